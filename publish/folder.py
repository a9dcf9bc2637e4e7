"""The output folder: written beside its place and put there whole, so that OUT is always the old or the new one."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import regex

from publish.csv_files import csv_files, file_name
from publish.datapackage import FILE_NAME, NAME, descriptor
from publish.review.place import FOLDER as REVIEW_FOLDER
from publish.review.place import review_files
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
def folder_output(out: Path) -> Iterator[Write]:
    """Yield what writes every declared table, the texts by document_id, and datapackage.json into the folder `out`.

    1. Refuse an `out` in which something that nianbao did not write bears a name that it needs.
    2. Write all files into a temporary folder beside `out`.
    3. Put it in the place of `out` by renaming; where `out` holds other things too, rename what is in it, and leave
       those as they are. Until then the old `out` is untouched; where a step fails, it is as it was, the temporary
       folder is removed and the error goes on.

    Raises OutputError, or OSError where the disk does.
    """
    check_out(out)
    with _replacing(out.resolve()) as folder:
        with csv_files(folder) as write_tables, _texts(folder / TEXT_FOLDER) as write_text:

            def write(rows: TableRows, text: DocumentText | None = None) -> None:
                write_tables(rows, text)
                write_text(rows, text)

            yield write
        (folder / FILE_NAME).write_bytes(descriptor(tables().values()).encode("utf-8"))


def check_out(out: Path) -> None:
    """Raise OutputError unless `out` can be made, or is a folder in which no strange file has a name of ours."""
    _check_parent(out.absolute())
    if not out.exists():
        return
    if not out.is_dir():
        raise OutputError(f"{out} is a file; give --out a folder")
    if not os.access(out, os.W_OK):
        raise OutputError(f"{out} cannot be written to; give --out a folder where you may write")
    in_the_way = sorted(path for path in _foreign(out) if path.partition("/")[0] in _replaced_in(out))
    if in_the_way:
        more = f" and {len(in_the_way) - 1} more" if len(in_the_way) > 1 else ""
        raise OutputError(
            f"{out} holds {in_the_way[0]}{more}, which nianbao did not write; move that away or give --out a new folder"
        )


def _own_names() -> tuple[str, ...]:
    """Return what an output holds, datapackage.json last: where it stands, the rest does."""
    return (*(file_name(table) for table in tables().values()), TEXT_FOLDER, FILE_NAME)


def _replaced_in(out: Path) -> tuple[str, ...]:
    """Return what of `out` a new output replaces: also review pages, which show the tables that they were made from."""
    return (*_own_names(), REVIEW_FOLDER) if review_files(out) else _own_names()


def _foreign(out: Path) -> set[str]:
    return _entries(out) - written_files(out)


def is_output(folder: Path) -> bool:
    """Whether nianbao wrote this folder: its datapackage.json says so."""
    return bool(written_files(folder))


def written_files(folder: Path) -> set[str]:
    """Return the paths, relative to `folder`, of what nianbao wrote there, by its datapackage.json; else nothing."""
    try:
        package = json.loads((folder / FILE_NAME).read_bytes())
        if package["name"] != NAME:
            return set()
        names = {str(resource["path"]) for resource in package["resources"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    texts = (path.name for path in (folder / TEXT_FOLDER).glob("*.txt") if _TEXT_NAME.fullmatch(path.name))
    return {FILE_NAME, *names} | {f"{TEXT_FOLDER}/{name}" for name in texts} | review_files(folder)


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
    old.mkdir()
    moved: list[tuple[Path, Path]] = []
    try:
        for name in _replaced_in(out):
            for source, target in ((out / name, old / name), (folder / name, out / name)):
                if source.exists():
                    source.rename(target)
                    moved.append((source, target))
    except BaseException:
        for source, target in reversed(moved):
            target.rename(source)
        old.rmdir()
        raise
    shutil.rmtree(old, ignore_errors=True)
    folder.rmdir()
