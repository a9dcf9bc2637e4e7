"""What is in an archive of reports: its members with their names and places, without unpacking anything.

An archive is not trusted: its directory is read up to a limit, a name is only a name («../x.txt» leads nowhere), and
members that claim more bytes than the archive has are refused. Where a name stands twice, the later file holds, as for
every program that unpacks.
"""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from msgspec import Struct

from extract.unreadable import UnreadableFile
from nianbao.openers import LocalFile, Member, RemoteFile
from nianbao.report_names import decoded

MAX_MEMBERS = 100_000  # ten times the largest collection met; the directory of more would fill the memory
MAX_DIRECTORY = 16 * 2**20  # bytes of a directory or of one header: 160 for each of so many members

_UTF8_NAME = 0x800  # flags of a zip member
_LOCKED = 0x1
_METHODS = {zipfile.ZIP_STORED: "stored", zipfile.ZIP_DEFLATED: "deflated"}


class Listed(Struct, frozen=True):
    """One file of an archive or of a folder elsewhere: the parts of its path there, and what forbids reading it."""

    parts: tuple[str, ...]
    opener: RemoteFile | Member
    problem: str | None = None


def members(archive: LocalFile | RemoteFile) -> tuple[Listed, ...]:
    """Return the files in a .zip or .tar, in the order of their names.

    Raises UnreadableFile, with a sentence that has no name in it, where the archive cannot be opened or trusted.
    """
    try:
        with archive.open() as file:
            listing = _zip(archive, file) if archive.name.lower().endswith(".zip") else _tar(archive, file)
            found = {listed.parts: listed for listed in listing if listed.parts}
    except (zipfile.BadZipFile, tarfile.TarError, OSError, EOFError, ValueError, NotImplementedError) as error:
        if isinstance(error, UnreadableFile):
            raise
        said = " ".join(str(error).split())
        raise UnreadableFile(f"the archive cannot be opened ({said}); get it again") from error
    return tuple(found[parts] for parts in sorted(found))


class _Bounded(io.BufferedIOBase):
    """A file of which no more than MAX_DIRECTORY bytes are read at once, whatever its own headers claim."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or size < 0:
            here = self._file.tell()
            size = self._file.seek(0, os.SEEK_END) - here
            self._file.seek(here)
        if size > MAX_DIRECTORY:
            raise UnreadableFile(f"the archive has a directory of more than {MAX_DIRECTORY // 2**20} MiB; split it")
        return self._file.read(size)

    def seek(self, place: int, whence: int = os.SEEK_SET, /) -> int:
        return self._file.seek(place, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True


def _zip(archive: LocalFile | RemoteFile, file: BinaryIO) -> Iterator[Listed]:
    length = file.seek(0, os.SEEK_END)
    with zipfile.ZipFile(cast("BinaryIO", _Bounded(file))) as package:
        entries = package.infolist()
    _refuse_many(len(entries))
    if sum(entry.compress_size for entry in entries) > length:
        raise UnreadableFile("the files in the archive overlap; get it again from where it was made")
    utf8 = _all_utf8(entries)
    for entry in entries:
        if entry.filename.endswith("/"):
            continue
        parts = _parts(_zip_name(entry, utf8=utf8))
        if not parts:
            continue
        kind = _METHODS.get(entry.compress_type)
        member = Member(
            *(archive, parts[-1], entry.header_offset, entry.compress_size, entry.file_size),
            kind="stored" if kind == "stored" else "deflated",
            checksum=entry.CRC,
        )
        yield Listed(parts, member, _zip_problem(entry))


def _zip_problem(entry: zipfile.ZipInfo) -> str | None:
    if entry.flag_bits & _LOCKED:
        return "the file is locked with a password in the archive; unpack it with the password and give the files"
    if entry.compress_type not in _METHODS:
        return f"the file is packed by method {entry.compress_type}, which is not read; pack it anew as plain .zip"
    return None


def _raw_name(entry: zipfile.ZipInfo) -> bytes:
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF8_NAME else "cp437")


def _all_utf8(entries: list[zipfile.ZipInfo]) -> bool:
    """Whether the names that do not say their encoding are UTF-8: all are, or the archive is of an older program."""
    try:
        b"\n".join(_raw_name(entry) for entry in entries if not entry.flag_bits & _UTF8_NAME).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _zip_name(entry: zipfile.ZipInfo, *, utf8: bool) -> str:
    raw = _raw_name(entry)
    if utf8 or entry.flag_bits & _UTF8_NAME:
        return decoded(raw)
    return raw.decode("gb18030", "backslashreplace")


def _tar(archive: LocalFile | RemoteFile, file: BinaryIO) -> Iterator[Listed]:
    length = file.seek(0, os.SEEK_END)
    file.seek(0)
    with tarfile.open(fileobj=cast("BinaryIO", _Bounded(file)), mode="r:") as package:
        for number, entry in enumerate(package, 1):
            _refuse_many(number)
            parts = _parts(decoded(entry.name.encode("utf-8", "surrogateescape")))
            if entry.isdir() or not parts:
                continue
            member = Member(archive, parts[-1], entry.offset_data, entry.size, entry.size)
            yield Listed(parts, member, _tar_problem(entry, length))


def _tar_problem(entry: tarfile.TarInfo, length: int) -> str | None:
    if not entry.isreg() or entry.issparse():
        return "the archive holds a link or a special file under this name, which is not followed; give the file itself"
    if entry.offset_data + entry.size > length:
        return "the archive ends before the file does; get the archive again"
    return None


def _refuse_many(count: int) -> None:
    if count > MAX_MEMBERS:
        raise UnreadableFile(f"the archive holds more than {MAX_MEMBERS} files; split it")


def _parts(name: str) -> tuple[str, ...]:
    """Return the parts of a member's name; old programs for Windows write backslashes, and a NUL ends a name."""
    plain = name.partition("\0")[0].replace("\\", "/")
    return tuple(part for part in plain.split("/") if part not in {"", "."})
