"""The output folder: written in its workshop and put in place whole, so that OUT is always the old or the new one."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path

import msgspec
import regex

from publish.datapackage import FILE_NAME, NAME, descriptor
from publish.formats import DEFAULT, Format, formats
from publish.headings import Labels
from publish.placing import WORKSHOP, Names, finish, replacing
from publish.review.place import FOLDER as REVIEW_FOLDER
from publish.review.place import review_files
from publish.ways_out import Apart, DocumentText, Halved, OutputError, Prepare, TableRows, Way, Write
from schemas.declarations import tables

TEXT_FOLDER = "text"

# what the run was and how long it took: of nianbao, but no part of the data, and never the same twice
RUN_FILE = "run.json"

# «0f3a9c2e1b7d.txt»: a document_id; not «notes.txt», which somebody else put there
_TEXT_NAME = regex.compile(r"[0-9a-f]{12}\.txt")

# what file managers leave behind in any folder that was looked at; not worth an error
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


class FolderWrite:
    """The `Write` of a folder: all its ways out together, by name."""

    def __init__(self, ways: Mapping[str, Write]) -> None:
        self._ways = ways

    def __call__(self, rows: TableRows, text: DocumentText | None = None) -> None:
        """See Write."""
        for way in self._ways.values():
            way(rows, text)

    def prepares(self) -> dict[str, Prepare]:
        """Return the first halves of the ways out that have two."""
        return {name: way.prepare for name, way in self._ways.items() if isinstance(way, Halved)}

    def take(self, prepared: Mapping[str, bytes], rows: Callable[[], tuple[TableRows, DocumentText | None]]) -> None:
        """Write what the first halves made; `rows` gives the other ways out what that was made of."""
        whole = None if prepared.keys() >= self._ways.keys() else rows()
        for name, way in self._ways.items():
            if isinstance(way, Halved) and name in prepared:
                way.take(prepared[name])
            elif whole:
                way(*whole)


@contextmanager
def folder_output(
    out: Path,
    asked: str | Iterable[str] = DEFAULT,
    labels: Labels = "en",
    *,
    more: Sequence[Way] = (),
    apart: Apart | None = None,
    account: Callable[[], bytes] | None = None,
) -> Iterator[FolderWrite]:
    """Yield what writes every declared table in the formats asked for, the texts by document_id, and datapackage.json.

    `more` are further ways out that are written to with these, such as publish.database.database. `apart` opens those
    formats whose writing is worth a process of its own, where there is to be one.

    1. Refuse an `out` in which something that nianbao did not write bears a name that it needs.
    2. Write all files into the workshop in `out`, run.json last, if `account` says what it holds.
    3. Put them in the place of the earlier ones by renaming; what else is in `out` stays, files of an earlier output in
       formats no longer asked for go. Until then the earlier output is untouched; where a step fails, it is as it was
       and the error goes on; where the process is killed, publish.placing.finish brings it to its end.

    Raises FormatError or OutputError, or OSError where the disk does.
    """
    kinds = formats(asked)
    finish(out)
    check_out(out, asked)
    with replacing(out.resolve(), lambda folder: _names(out, folder)) as folder:
        with ExitStack() as stack:
            ways = {kind.name: stack.enter_context(_opened(kind, folder, labels, apart)) for kind in kinds}
            ways[TEXT_FOLDER] = _texts(folder / TEXT_FOLDER)
            ways |= {f"more {number}": stack.enter_context(way()) for number, way in enumerate(more)}
            yield FolderWrite(ways)
        (folder / FILE_NAME).write_bytes(descriptor(tables().values(), kinds, labels).encode("utf-8"))
        if account:
            (folder / RUN_FILE).write_bytes(account())


def _opened(kind: Format, folder: Path, labels: Labels, apart: Apart | None) -> AbstractContextManager[Write]:
    way = partial(kind.open, folder, labels)
    return apart(way, kind.prepare) if apart and kind.prepare else way()


def check_out(out: Path, asked: str | Iterable[str] = DEFAULT) -> None:
    """Raise OutputError unless `out` can be made, or is a folder in which no strange file has a name of ours."""
    _check_parent(out.absolute())
    if not out.exists():
        return
    if not out.is_dir():
        raise OutputError(f"{out} is a file; give --out a folder")
    if not os.access(out, os.W_OK):
        raise OutputError(f"{out} cannot be written to; give --out a folder where you may write")
    in_the_way = sorted(path for path in _foreign(out) if path.partition("/")[0] in _replaced_in(out, formats(asked)))
    if in_the_way:
        more = f" and {len(in_the_way) - 1} more" if len(in_the_way) > 1 else ""
        raise OutputError(
            f"{out} holds {in_the_way[0]}{more}, which nianbao did not write; move that away or give --out a new folder"
        )


def own_names(kinds: Sequence[Format]) -> tuple[str, ...]:
    """Return what an output in these formats holds, datapackage.json last: where it stands, the rest does."""
    return (*(name for kind in kinds for name in kind.files()), TEXT_FOLDER, RUN_FILE, FILE_NAME)


def _names(out: Path, folder: Path) -> Names:
    """Return what is taken away, the descriptor first, and what of `folder` is put there, the descriptor last."""
    # a descriptor may name what is not there, or what lies elsewhere
    earlier = {path.partition("/")[0] for path in written_files(out) & _entries(out)} - {FILE_NAME}
    new = {path.name for path in folder.iterdir()} - {FILE_NAME}
    return Names((FILE_NAME, *sorted(earlier)), (*sorted(new), FILE_NAME))


def _replaced_in(out: Path, kinds: Sequence[Format]) -> tuple[str, ...]:
    """Return what of `out` a new output replaces: also review pages, which show the tables that they were made from."""
    return (*own_names(kinds), REVIEW_FOLDER) if review_files(out) else own_names(kinds)


def _foreign(out: Path) -> set[str]:
    return _entries(out) - written_files(out)


def is_output(folder: Path) -> bool:
    """Whether nianbao wrote this folder, or began to: its datapackage.json or its workshop says so."""
    return (folder / WORKSHOP).is_dir() or bool(written_files(folder))


def written_files(folder: Path) -> set[str]:
    """Return the paths, relative to `folder`, of what nianbao wrote there, by its datapackage.json; else nothing."""
    try:
        names = described((folder / FILE_NAME).read_bytes())
    except OSError:
        return set()
    if not names:
        return set()
    texts = (path.name for path in (folder / TEXT_FOLDER).glob("*.txt"))
    account = {RUN_FILE} if _is_account(folder / RUN_FILE) else set()
    return names | account | {f"{TEXT_FOLDER}/{name}" for name in texts if is_text_name(name)} | review_files(folder)


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


def _is_account(path: Path) -> bool:
    try:
        return NAME in json.loads(path.read_bytes())
    except (OSError, ValueError, TypeError):
        return False


def _check_parent(path: Path) -> None:
    existing = next(parent for parent in path.parents if parent.exists())
    if not existing.is_dir():
        raise OutputError(f"{existing} is a file, so {path} cannot be made in it; give --out another folder")
    if not os.access(existing, os.W_OK):
        raise OutputError(f"{existing} cannot be written to; give --out a folder where you may write")


def _entries(folder: Path) -> set[str]:
    tops = (top for top in folder.iterdir() if top.name != WORKSHOP)
    found = (path for top in tops for path in (top, *top.rglob("*")))
    files = (path for path in found if not path.is_dir() or path.is_symlink())
    return {path.relative_to(folder).as_posix() for path in files if path.name not in _LITTER}


def _texts(folder: Path) -> Halved:
    folder.mkdir()

    def take(prepared: bytes) -> None:
        if prepared:
            name, text = msgspec.msgpack.decode(prepared, type=tuple[str, bytes])
            (folder / name).write_bytes(text)

    return Halved(_text_file, take)


def _text_file(_rows: TableRows, text: DocumentText | None) -> bytes:
    """Return the name and the bytes of a document's text, packed; nothing where there is none."""
    # bytes, not text mode: a line end must stay one code point on every system
    return msgspec.msgpack.encode((f"{text.document_id}.txt", text.text.encode("utf-8"))) if text else b""
