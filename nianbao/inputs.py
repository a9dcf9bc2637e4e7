"""Which files a batch reads, in which order, and what each is called in the tables."""

from __future__ import annotations

import errno
import glob
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from extract.unreadable import UnreadableFile
from nianbao.addresses import AddressError, is_address, local_path, places
from nianbao.archives import Listed, members
from nianbao.openers import LocalFile, Member, Opener, RemoteFile
from nianbao.report_names import (
    NESTED_ARCHIVE,
    UNREAD_ARCHIVE,
    is_archive,
    is_passed_over,
    is_report,
    is_unread,
    is_unread_archive,
    printable,
)
from publish.datapackage import FILE_NAME
from publish.folder import described, is_output

_MOST_OF_A_DESCRIPTOR = 16 * 2**20
_TOO_LONG = "the path is longer than the system can open; move the folder nearer to the top"


class InputError(ValueError):
    """The inputs named cannot be a batch; the message says why and what to do. Nothing was read or written."""


class Input(Struct, frozen=True):
    """One file of the batch: where its bytes are, the name it bears in the tables, what forbids reading it, if
    anything."""

    opener: Opener
    source: str
    problem: str | None = None


class _Found(Struct, frozen=True):
    opener: Opener
    parts: tuple[str, ...]  # of its absolute path, through the archive that holds it
    depth: int  # how many of them are its name in the tables
    problem: str | None = None


def collect(paths: Iterable[str | Path]) -> tuple[Input, ...]:
    """Return the reports among `paths`, in code point order of `source`.

    1. A path is a file, a folder with all it holds, a pattern («in/**/*.docx»), which stands for what it matches, or
       an address of fsspec («s3://bucket/2014», «zip://*.docx::s3://bucket/2014.zip»).
    2. A folder gives its .txt and .docx files at any depth, and those in formats that reports are kept in and that
       cannot be read (.doc, .pdf …), so that they fail by name. Other files, hidden ones, the lock files of Word (~$)
       and earlier outputs of nianbao are passed over. A folder named like a report is in the batch and not entered.
    3. An archive (.zip, .tar) is a folder; an archive within it is not opened and fails by name, as do other archives.
    4. A file that is named itself is always in the batch, whatever its name.
    5. `source` is the path relative to the folder given, or the file's name, for what is in an archive with the name of
       the archive before («2014.zip/县/馆.docx»); where two would be the same, both take on the names of the folders
       above them until they differ. A file met twice is in the batch once.

    Raises InputError where a path does not exist, an address cannot be reached, or where there is nothing to read.
    """
    given = tuple(paths)
    try:
        found = {entry.parts: entry for place in reversed(given) for entry in _reports(place)}
    except AddressError as error:
        raise InputError(str(error)) from error
    if not found:
        named = ", ".join(str(path) for path in given) or "the empty list"
        raise InputError(f"no .txt or .docx file in {named}; name a file or a folder that holds reports")
    sources = _sources({parts: entry.depth for parts, entry in found.items()})
    inputs = (Input(entry.opener, sources[parts], entry.problem) for parts, entry in found.items())
    return tuple(sorted(inputs, key=lambda item: item.source))


def _reports(place: str | Path) -> Iterator[_Found]:
    path = local_path(place) if isinstance(place, str) and is_address(place) else Path(place)
    if path is None:
        yield from _at_address(str(place))
    elif os.path.exists(path):
        yield from _at_path(path)
    else:
        matched = sorted(Path(name) for name in glob.glob(str(path), recursive=True))
        if not matched:
            raise InputError(f"{path} does not exist; check the path")
        for inner in matched:
            if not is_passed_over((inner.name,)):
                yield from _at_path(inner)


def _at_path(path: Path) -> Iterator[_Found]:
    if not os.path.isdir(path) or is_report(path.name):
        yield from _at_file(LocalFile(path), _parts(path), 1)
        return
    for inner, problem in _walk(path, frozenset()):
        depth = max(1, len(inner.relative_to(path).parts))
        if problem:
            yield _Found(LocalFile(inner), _parts(inner), depth, problem)
        else:
            yield from _at_file(LocalFile(inner), _parts(inner), depth)


def _parts(path: Path) -> tuple[str, ...]:
    return Path(os.path.abspath(path)).parts  # not resolve(): two links to one file are two sources


def _at_file(file: LocalFile | RemoteFile, parts: tuple[str, ...], depth: int) -> Iterator[_Found]:
    """Yield a file, or where it is an archive the reports in it, or what forbids opening it."""
    if is_unread_archive(file.name):
        yield _Found(file, parts, depth, UNREAD_ARCHIVE)
    elif not is_archive(file.name):
        yield _Found(file, parts, depth)
    else:
        try:
            listed = members(file)
        except UnreadableFile as error:
            yield _Found(file, parts, depth, str(error))
        else:
            yield from _chosen(listed, parts, depth)


def _at_address(url: str) -> Iterator[_Found]:
    for place in places(url):
        if not place.named:
            yield from _chosen(place.files, place.above, 0)
            continue
        for file in place.files:
            yield from _at_opener(file.opener, (*place.above, *file.parts), 1)


def _chosen(files: Sequence[Listed], above: tuple[str, ...], depth: int) -> Iterator[_Found]:
    """Yield those of the files in an archive or a folder elsewhere that are in the batch, chosen as in a folder."""
    outputs = {file.parts[:-1] for file in files if file.parts[-1] == FILE_NAME and _is_ours(file.opener)}
    for file in files:
        name, parts = file.parts[-1], (*above, *file.parts)
        inside = any(file.parts[:length] in outputs for length in range(len(file.parts)))
        if is_passed_over(file.parts) or inside:
            continue
        if is_report(name) or is_unread(name):
            yield _Found(file.opener, parts, depth + len(file.parts), file.problem)
        elif is_archive(name) or is_unread_archive(name):
            yield from _at_opener(file.opener, parts, depth + len(file.parts))


def _at_opener(opener: RemoteFile | Member, parts: tuple[str, ...], depth: int) -> Iterator[_Found]:
    if isinstance(opener, RemoteFile):
        yield from _at_file(opener, parts, depth)
    else:
        yield _Found(opener, parts, depth, NESTED_ARCHIVE)


def _is_ours(opener: RemoteFile | Member) -> bool:
    try:
        return bool(described(opener.load(_MOST_OF_A_DESCRIPTOR)))
    except UnreadableFile:
        return False


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
        if is_passed_over((path.name,)):
            continue
        if is_report(path.name):
            yield path, None
        elif os.path.isdir(path):
            yield from _walk(path, above | {here})
        elif is_unread(path.name) or is_archive(path.name) or is_unread_archive(path.name):
            yield path, None
        elif _is_too_long(path):
            yield path, _TOO_LONG


def _is_too_long(path: Path) -> bool:
    """Whether the system cannot even say what is there: a folder so deep may hold reports and is not hidden."""
    try:
        path.lstat()
    except OSError as error:
        return error.errno == errno.ENAMETOOLONG
    return False


def _sources(lengths: dict[tuple[str, ...], int]) -> dict[tuple[str, ...], str]:
    """Return a name for each path: its last parts, `lengths` of them or as many more as set it apart."""
    names = {parts: _tail(parts, length) for parts, length in lengths.items()}
    counts = Counter(names.values())
    longer = {
        parts: min(length + 1, len(parts)) if counts[names[parts]] > 1 else length for parts, length in lengths.items()
    }
    return names if longer == lengths else _sources(longer)


def _tail(parts: tuple[str, ...], length: int) -> str:
    # the root of a path has slashes of its own
    return printable("/".join(part.rstrip("/\\") for part in parts[-length:]).lstrip("/"))
