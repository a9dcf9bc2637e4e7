"""The output folder: written beside its place and put there whole, so that OUT is always the old or the new one."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import regex

from publish.datapackage import FILE_NAME, NAME, descriptor
from publish.formats import DEFAULT, Format, formats
from publish.headings import Labels
from publish.ways_out import DocumentText, TableRows, Write
from schemas.declarations import tables

TEXT_FOLDER = "text"

# «0f3a9c2e1b7d.txt»: a document_id; not «notes.txt», which somebody else put there
_TEXT_NAME = regex.compile(r"[0-9a-f]{12}\.txt")

# what file managers leave behind in any folder that was looked at; not worth an error
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


class OutputError(ValueError):
    """OUT cannot be used; the message says why and what to do. Nothing was written."""


@contextmanager
def folder_output(out: Path, asked: str | Iterable[str] = DEFAULT, labels: Labels = "en") -> Iterator[Write]:
    """Yield what writes every declared table in the formats asked for, the texts by document_id, and datapackage.json.

    1. Refuse an `out` in which something that nianbao did not write bears a name that it needs.
    2. Write all files into a temporary folder beside `out`.
    3. Put it in the place of `out` by renaming; where `out` holds other things too, rename what is in it, and leave
       those as they are. Until then the old `out` is untouched; where a step fails, it is as it was, the temporary
       folder is removed and the error goes on. Files of an earlier output in formats no longer asked for go with it.

    Raises FormatError or OutputError, or OSError where the disk does.
    """
    kinds = formats(asked)
    check_out(out, asked)
    with _replacing(out.resolve()) as folder:
        with ExitStack() as stack:
            ways = [stack.enter_context(kind.open(folder, labels)) for kind in kinds]
            ways.append(stack.enter_context(_texts(folder / TEXT_FOLDER)))

            def write(rows: TableRows, text: DocumentText | None = None) -> None:
                for way in ways:
                    way(rows, text)

            yield write
        (folder / FILE_NAME).write_bytes(descriptor(tables().values(), kinds, labels).encode("utf-8"))


def check_out(out: Path, asked: str | Iterable[str] = DEFAULT) -> None:
    """Raise OutputError unless `out` can be made, or is a folder in which no strange file has a name of ours."""
    _check_parent(out.absolute())
    if not out.exists():
        return
    if not out.is_dir():
        raise OutputError(f"{out} is a file; give --out a folder")
    if not os.access(out, os.W_OK):
        raise OutputError(f"{out} cannot be written to; give --out a folder where you may write")
    in_the_way = sorted(path for path in _foreign(out) if path.partition("/")[0] in own_names(formats(asked)))
    if in_the_way:
        more = f" and {len(in_the_way) - 1} more" if len(in_the_way) > 1 else ""
        raise OutputError(
            f"{out} holds {in_the_way[0]}{more}, which nianbao did not write; move that away or give --out a new folder"
        )


def own_names(kinds: Sequence[Format]) -> tuple[str, ...]:
    """Return what an output in these formats holds, datapackage.json last: where it stands, the rest does."""
    return (*(name for kind in kinds for name in kind.files()), TEXT_FOLDER, FILE_NAME)


def _foreign(out: Path) -> set[str]:
    return _entries(out) - written_files(out)


def is_output(folder: Path) -> bool:
    """Whether nianbao wrote this folder: its datapackage.json says so."""
    return bool(written_files(folder))


def written_files(folder: Path) -> set[str]:
    """Return the paths, relative to `folder`, of what nianbao wrote there, by its datapackage.json; else nothing."""
    try:
        names = described((folder / FILE_NAME).read_bytes())
    except OSError:
        return set()
    if not names:
        return set()
    texts = (path.name for path in (folder / TEXT_FOLDER).glob("*.txt"))
    return names | {f"{TEXT_FOLDER}/{name}" for name in texts if is_text_name(name)}


def described(package: bytes) -> set[str]:
    """Return the paths that a datapackage.json of nianbao names, and its own; nothing where it is not of nianbao."""
    try:
        content = json.loads(package)
        if content["name"] != NAME:
            return set()
        return {FILE_NAME, *(str(resource["path"]) for resource in content["resources"])}
    except (ValueError, KeyError, TypeError):
        return set()


def is_text_name(name: str) -> bool:
    """Whether a file in the folder of texts bears a name that nianbao gives.

    >>> [is_text_name(name) for name in ("0f3a9c2e1b7d.txt", "notes.txt")]
    [True, False]
    """
    return bool(_TEXT_NAME.fullmatch(name))


def _check_parent(path: Path) -> None:
    existing = next(parent for parent in path.parents if parent.exists())
    if not existing.is_dir():
        raise OutputError(f"{existing} is a file, so {path} cannot be made in it; give --out another folder")
    if not os.access(existing, os.W_OK):
        raise OutputError(f"{existing} cannot be written to; give --out a folder where you may write")


def _entries(folder: Path) -> set[str]:
    files = (path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())
    return {path.relative_to(folder).as_posix() for path in files if path.name not in _LITTER}


@contextmanager
def _texts(folder: Path) -> Iterator[Write]:
    folder.mkdir()

    def write(rows: TableRows, text: DocumentText | None = None) -> None:
        if text:
            # bytes, not text mode: a line end must stay one code point on every system
            (folder / f"{text.document_id}.txt").write_bytes(text.text.encode("utf-8"))

    yield write


@contextmanager
def _replacing(out: Path) -> Iterator[Path]:
    """Yield a new folder beside `out`; at the end it becomes `out`, or after an error it is gone."""
    out.parent.mkdir(parents=True, exist_ok=True)
    # not tempfile.mkdtemp, which makes folders that nobody else may read
    folder = out.parent / f".{out.name}.{secrets.token_hex(6)}.tmp"
    folder.mkdir()
    try:
        yield folder
        _swap(folder, out)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _swap(folder: Path, out: Path) -> None:
    if not out.exists():
        folder.rename(out)
        return
    if _foreign(out):
        _exchange(folder, out)
        return
    old = folder.with_suffix(".old")
    out.rename(old)
    try:
        folder.rename(out)
    except BaseException:
        old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _exchange(folder: Path, out: Path) -> None:
    """Put the entries of `folder` into `out`, in the place of the earlier ones; what else is in `out` stays."""
    old = folder.with_suffix(".old")
    new = {path.name for path in folder.iterdir()}
    earlier = {path.partition("/")[0] for path in written_files(out) & _entries(out)}
    names = sorted(new | earlier, key=lambda name: (name == FILE_NAME, name))
    old.mkdir()
    try:
        for name in names:
            if (out / name).exists():
                (out / name).rename(old / name)
            if (folder / name).exists():
                (folder / name).rename(out / name)
    except BaseException:
        for name in names:
            if (out / name).exists() and not (folder / name).exists() and name in new:
                (out / name).rename(folder / name)
            if (old / name).exists():
                (old / name).rename(out / name)
        old.rmdir()
        raise
    shutil.rmtree(old, ignore_errors=True)
    folder.rmdir()
