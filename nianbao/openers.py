"""Where the bytes of an input are: in a file, at an address that fsspec opens, or in an archive at either of them.

An opener is a small record that another process can be sent; it opens nothing until it is asked.
"""

from __future__ import annotations

import hashlib
import os
import struct
import zlib
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Literal, cast

import regex
from msgspec import Struct

from extract.limits import MAX_BYTES
from extract.read import read, read_with
from extract.unreadable import UnreadableFile
from schemas.document import Document

_DAMAGED = "the archive holds it damaged; get the archive again"
_TOO_LARGE = f"the file is larger than {MAX_BYTES / 10**6:.0f} MB; split it into single reports"

# «ftp://user:secret@host»
_USER = regex.compile(r"(?<=//)[^/@]++@")


def shown(address: str) -> str:
    """Return an address without the name and the password that may stand in it.

    >>> shown("ftp://liu:secret@host/2014.txt")
    'ftp://host/2014.txt'
    """
    return _USER.sub("", address)


class LocalFile(Struct, frozen=True):
    """A file of this machine."""

    path: Path

    @property
    def name(self) -> str:
        """The name whose end tells the format."""
        return self.path.name

    @property
    def local(self) -> Path | None:
        """The file of this machine that is read."""
        return self.path

    def open(self) -> BinaryIO:
        """Open the file; raises OSError."""
        return self.path.open("rb")

    def document(self, source: str) -> Document:
        """Read the document; raises UnreadableFile."""
        return read(self.path, source)

    def digest(self) -> str:
        """Return the SHA-256 of the bytes; raises OSError where they cannot be had."""
        if not self.path.is_file():  # a pipe would never end
            raise FileNotFoundError(f"{self.path} is no regular file")
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


class RemoteFile(Struct, frozen=True):
    """A file at an address of fsspec, such as s3://bucket/2014.docx."""

    url: str

    @property
    def name(self) -> str:
        """The name whose end tells the format."""
        return PurePosixPath(self.url.partition("?")[0]).name

    @property
    def local(self) -> Path | None:
        """None: nothing of this machine is read."""
        return None

    def open(self) -> BinaryIO:
        """Open the file for reading at any place; raises UnreadableFile where it cannot be."""
        import fsspec  # noqa: PLC0415  loads asyncio, which most runs have no use for

        try:
            return cast("BinaryIO", fsspec.open(self.url, "rb").open())
        except Exception as error:  # every store has errors of its own
            raise _unfetched(error) from error

    def load(self, most: int) -> bytes:
        """Return at most one byte more than `most`; raises UnreadableFile where the file cannot be fetched."""
        try:
            with self.open() as file:
                return file.read(most + 1)
        except UnreadableFile:
            raise
        except Exception as error:
            raise _unfetched(error) from error

    def document(self, source: str) -> Document:
        """Read the document; raises UnreadableFile."""
        return read_with(self.load, self.name, source)

    def digest(self) -> str:
        """Return the SHA-256 of the bytes; raises UnreadableFile where they cannot be had."""
        return _digest(self.load(MAX_BYTES))


class Member(Struct, frozen=True):
    """One file of an archive: where its bytes begin, how many there are packed and unpacked, and how they are packed.

    `name` is only a name: nothing is ever written under it. For a zip, `start` is where its own header begins and
    `checksum` its CRC-32; for a tar, where the bytes begin.
    """

    archive: LocalFile | RemoteFile
    name: str
    start: int
    packed: int
    size: int
    kind: Literal["tar", "stored", "deflated"] = "tar"
    checksum: int | None = None

    @property
    def local(self) -> Path | None:
        """The archive, where it is a file of this machine."""
        return self.archive.local

    def load(self, most: int) -> bytes:
        """Return the bytes; raises UnreadableFile where they are more than `most` or not what the archive says.

        However a member is packed, no more than `most` and one bytes of it are unpacked.
        """
        if self.size > most:
            raise UnreadableFile(_TOO_LARGE)
        try:
            with self.archive.open() as file:
                data = self._unpacked(file, most)
        except (OSError, struct.error, zlib.error) as error:
            raise UnreadableFile(f"{_DAMAGED} ({error})") from error
        if len(data) != self.size or (self.checksum is not None and zlib.crc32(data) != self.checksum):
            raise UnreadableFile(f"{_DAMAGED} (its size or checksum differs)")
        return data

    def document(self, source: str) -> Document:
        """Read the document; raises UnreadableFile."""
        return read_with(self.load, self.name, source)

    def digest(self) -> str:
        """Return the SHA-256 of the bytes; raises UnreadableFile where they cannot be had."""
        return _digest(self.load(MAX_BYTES))

    def _unpacked(self, file: BinaryIO, most: int) -> bytes:
        file.seek(self.start)
        if self.kind == "tar":
            return file.read(self.size)
        signature, name_length, extra_length = struct.unpack("<4s22xHH", file.read(30))
        if signature != b"PK\x03\x04":
            raise UnreadableFile(f"{_DAMAGED} (it is not where the directory says)")
        file.seek(name_length + extra_length, os.SEEK_CUR)
        if self.kind == "stored":
            return file.read(self.size)
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(file.read(self.packed), most + 1)


Opener = LocalFile | RemoteFile | Member


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _unfetched(error: Exception) -> UnreadableFile:
    said = shown(" ".join(str(error).split())) or type(error).__name__
    return UnreadableFile(f"the file cannot be fetched ({said}); check the address and the leave to read it")
