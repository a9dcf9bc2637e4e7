"""Which files a batch reads, in which order, and what each is called in the tables."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

import regex
from msgspec import Struct

from publish.folder import is_output

_STEERING = regex.compile(r"[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
SUFFIXES = frozenset({".txt", ".docx"})
# Formats that reports are kept in and that nianbao does not read: in the batch, so that they fail by name, unhidden.
UNREAD_SUFFIXES = frozenset({".doc", ".wps", ".rtf", ".pdf", ".odt", ".htm", ".html", ".docm", ".dot"})


class InputError(ValueError):
    """The inputs named cannot be a batch; the message says why and what to do. Nothing was read or written."""


class Input(Struct, frozen=True):
    """One file of the batch: its path, the name it bears in the tables, and what forbids reading it, if anything."""

    path: Path
    source: str
    problem: str | None = None


class _Found(Struct, frozen=True):
    path: Path
    depth: int  # how many parts of the path are its name in the tables
    problem: str | None = None


def collect(paths: Iterable[Path]) -> tuple[Input, ...]:
    """Return the reports among `paths` (files, and folders with all they hold), in code point order of `source`.

    1. A folder gives its .txt and .docx files at any depth, and those in formats that reports are kept in and that
       cannot be read (.doc, .pdf …), so that they fail by name. Other files, hidden ones, the lock files of Word (~$)
       and earlier outputs of nianbao are passed over. A folder named like a report is in the batch and not entered.
    2. A file that is named itself is always in the batch, whatever its name.
    3. `source` is the path relative to the folder given, or the file's name; where two would be the same, both take
       on the names of the folders above them until they differ. A file met twice is in the batch once.

    Raises InputError where a path does not exist or where there is nothing to read.
    """
    given = tuple(paths)
    for path in given:
        if not os.path.exists(path):
            raise InputError(f"{path} does not exist; check the path")
    found = {_absolute(entry.path): entry for path in reversed(given) for entry in _reports(path)}
    if not found:
        places = ", ".join(str(path) for path in given) or "the empty list"
        raise InputError(f"no .txt or .docx file in {places}; name a file or a folder that holds reports")
    sources = _sources({path: entry.depth for path, entry in found.items()})
    inputs = (Input(entry.path, sources[path], entry.problem) for path, entry in found.items())
    return tuple(sorted(inputs, key=lambda item: item.source))


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # not resolve(): two links to one file are two sources


def _reports(path: Path) -> Iterator[_Found]:
    if not os.path.isdir(path) or _is_report_name(path):
        yield _Found(path, 1)
        return
    for inner, problem in _walk(path, frozenset()):
        yield _Found(inner, max(1, len(inner.relative_to(path).parts)), problem)


def _walk(folder: Path, above: frozenset[Path]) -> Iterator[tuple[Path, str | None]]:
    """Yield the reports in `folder`; `above` are the folders around it, so that a link cannot lead round in a ring."""
    here = folder.resolve()
    if here in above or is_output(folder):
        return
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield folder, f"the folder cannot be opened ({error.strerror}); give leave to read it"
        return
    for path in entries:
        # os.path.isdir, because Path.is_dir raises where a folder may be listed but not entered
        if path.name.startswith((".", "~$")):
            continue
        if _is_report_name(path):
            yield path, None
        elif os.path.isdir(path):
            yield from _walk(path, above | {here})
        elif path.suffix.lower() in UNREAD_SUFFIXES:
            yield path, None


def _is_report_name(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES


def _sources(lengths: dict[Path, int]) -> dict[Path, str]:
    """Return a name for each absolute path: its last parts, `lengths` of them or as many more as set it apart."""
    names = {path: _tail(path, length) for path, length in lengths.items()}
    counts = Counter(names.values())
    longer = {
        path: min(length + 1, len(path.parts)) if counts[names[path]] > 1 else length
        for path, length in lengths.items()
    }
    return names if longer == lengths else _sources(longer)


def _tail(path: Path, length: int) -> str:
    return printable(PurePath(*path.parts[-length:]).as_posix().lstrip("/"))


def printable(name: str) -> str:
    """Return a file name as valid Unicode: names from old Chinese archives are often GB18030 bytes, not UTF-8.

    Signs that would break a line, steer a terminal or turn a name round are written as escapes.

    >>> import os
    >>> printable(os.fsdecode("年报.txt".encode("gb18030"))), printable("a\\nb\\u202etxt.docx")
    ('年报.txt', 'a\\\\nb\\\\u202etxt.docx')
    """
    return _STEERING.sub(lambda sign: sign[0].encode("unicode_escape").decode("ascii"), _decoded(name))


def _decoded(name: str) -> str:
    raw = name.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")
