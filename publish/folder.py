"""The output folder: written in its workshop and put in place whole, so that OUT is always the old or the new one."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import regex

from publish.csv_files import csv_files, file_name
from publish.datapackage import FILE_NAME, NAME, descriptor
from publish.placing import WORKSHOP, Names, finish, replacing
from publish.review.place import FOLDER as REVIEW_FOLDER
from publish.review.place import review_files
from publish.ways_out import DocumentText, TableRows, Write
from schemas.declarations import tables

TEXT_FOLDER = "text"
DATABASE_FILE = "nianbao.sqlite"

# the application id of an SQLite file, which ends its first 72 bytes
APPLICATION = b"nian"
_HEADER = 72

# what the run was and how long it took: of nianbao, but no part of the data, and never the same twice
RUN_FILE = "run.json"

# «0f3a9c2e1b7d.txt»: a document_id; not «notes.txt», which somebody else put there
_TEXT_NAME = regex.compile(r"[0-9a-f]{12}\.txt")

# what file managers leave behind in any folder that was looked at; not worth an error
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


class OutputError(ValueError):
    """OUT cannot be used; the message says why and what to do. Nothing was written."""


@contextmanager
def folder_output(
    out: Path, *more: Callable[[Path], AbstractContextManager[Write]], account: Callable[[], bytes] | None = None
) -> Iterator[Write]:
    """Yield what writes every declared table, the texts by document_id, and datapackage.json into the folder `out`.

    `more` are further ways out that write into the folder, such as publish.database.sqlite_file.

    1. Refuse an `out` in which something that nianbao did not write bears a name that it needs.
    2. Write all files into the workshop in `out`, run.json last, if `account` says what it holds.
    3. Put them in the place of the earlier ones by renaming; what else is in `out` stays. Until then the earlier output
       is untouched; where a step fails, it is as it was and the error goes on; where the process is killed,
       publish.placing.finish brings it to its end.

    Raises OutputError, or OSError where the disk does.
    """
    finish(out)
    check_out(out)
    with replacing(out.resolve(), lambda folder: _names(out, folder)) as folder:
        with csv_files(folder) as write_tables, _texts(folder / TEXT_FOLDER) as write_text, ExitStack() as stack:
            others = [stack.enter_context(way(folder)) for way in more]

            def write(rows: TableRows, text: DocumentText | None = None) -> None:
                for way in (write_tables, write_text, *others):
                    way(rows, text)

            yield write
        (folder / FILE_NAME).write_bytes(descriptor(tables().values()).encode("utf-8"))
        if account:
            (folder / RUN_FILE).write_bytes(account())


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
    return (*(file_name(table) for table in tables().values()), DATABASE_FILE, TEXT_FOLDER, RUN_FILE, FILE_NAME)


def _names(out: Path, folder: Path) -> Names:
    """Return what is taken away, the descriptor first, and what of `folder` is put there, the descriptor last."""
    earlier = {path.partition("/")[0] for path in written_files(out)} - {FILE_NAME}
    return Names((FILE_NAME, *sorted(earlier)), tuple(name for name in _own_names() if (folder / name).exists()))


def _replaced_in(out: Path) -> tuple[str, ...]:
    """Return what of `out` a new output replaces: also review pages, which show the tables that they were made from."""
    return (*_own_names(), REVIEW_FOLDER) if review_files(out) else _own_names()


def _foreign(out: Path) -> set[str]:
    return _entries(out) - written_files(out)


def is_output(folder: Path) -> bool:
    """Whether nianbao wrote this folder, or began to: its datapackage.json or its workshop says so."""
    return (folder / WORKSHOP).is_dir() or bool(written_files(folder))


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
    account = {RUN_FILE} if _is_account(folder / RUN_FILE) else set()
    database = {DATABASE_FILE} if _is_own_database(folder / DATABASE_FILE) else set()
    return {FILE_NAME, *names, *account, *database} | {f"{TEXT_FOLDER}/{name}" for name in texts} | review_files(folder)


def _is_own_database(path: Path) -> bool:
    """Whether an SQLite file says in its header, where the format has a place for it, that nianbao made it."""
    try:
        with path.open("rb") as file:
            return file.read(_HEADER).endswith(APPLICATION)
    except OSError:
        return False


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


@contextmanager
def _texts(folder: Path) -> Iterator[Write]:
    folder.mkdir()

    def write(rows: TableRows, text: DocumentText | None = None) -> None:
        if text:
            # bytes, not text mode: a line end must stay one code point on every system
            (folder / f"{text.document_id}.txt").write_bytes(text.text.encode("utf-8"))

    yield write
