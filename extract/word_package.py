"""The .docx package: opened without trust, its parts inflated within limits.

Nothing is inflated before its declared size and ratio were checked, alone and with all that was read before it, and
zipfile gives no byte more than was declared, so that a small file cannot fill the memory. Members are only ever looked
up by name and read into memory: no name leads to a file, and no relation out of the package.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from extract import limits
from extract.unreadable import DamagedPart, UnreadableFile, looks_like
from extract.word_salvage import SwollenError, mended

_OLD = b"\xd0\xcf\x11\xe0"
_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 1
_AGAIN = "get the file again, or save it anew in Word"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, LookupError)
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # ISO/IEC 29500-2, annex B: the two ways that packages know
_OTHERS = {  # what lies in a zip of another format
    "xl/workbook.xml": "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "content.xml": "an OpenDocument file",
    "META-INF/container.xml": "an EPUB book",
}


class Package:
    """An opened package. `cut` are the names of parts that were cut off, known where the zip had to be mended."""

    def __init__(self, archive: zipfile.ZipFile, size: int, cut: frozenset[str] = frozenset(), *, lost: bool) -> None:
        self._archive = archive
        self._size = size
        self._inflated = self._packed = 0
        self.cut = cut
        self.directory_lost = lost

    def __contains__(self, name: str) -> bool:
        return name in self._archive.NameToInfo

    def kind(self) -> str | None:
        """Return what the package is by its members, where it is of another known format than Word's."""
        return next((kind for name, kind in _OTHERS.items() if name in self), None)

    def inflate(self, name: str) -> bytes:
        """Return the bytes of a part; raise UnreadableFile where they are too many, DamagedPart where they are lost."""
        info = self._archive.getinfo(name)
        if info.flag_bits & _ENCRYPTED:
            raise UnreadableFile("the package is protected by a password; open it in Word and save it unprotected")
        if info.compress_type not in _PACKED:
            raise DamagedPart(f"the part {_short(name)} cannot be unpacked, for it is packed as Word never does", name)
        self._refuse_bomb(info)
        try:
            with self._archive.open(info) as part:
                data = part.read(info.file_size + 1)
        except (*_BROKEN, NotImplementedError) as error:
            raise DamagedPart(f"the part {_short(name)} cannot be unpacked", name) from error
        return data

    def _refuse_bomb(self, info: zipfile.ZipInfo) -> None:
        """Raise UnreadableFile where a part, or all that are read up to it, would swell beyond the limits."""
        self._inflated += info.file_size
        self._packed += min(info.compress_size, self._size)  # no part is packed in more bytes than there are
        large = info.file_size > limits.MAX_PART_BYTES or self._inflated > limits.MAX_TOTAL_BYTES
        ratio = self._inflated / max(1, self._packed)
        if large or (self._inflated > limits.RATIO_MATTERS_FROM and ratio > limits.MAX_RATIO):
            size = f"{info.file_size} bytes out of {info.compress_size}"
            raise UnreadableFile(
                f"the part {_short(info.filename)} would swell to {size}, as a zip bomb does; {_AGAIN}"
            )


def open_package(data: bytes) -> Package:
    """Return the opened package, mended where its directory is lost.

    Raises UnreadableFile where the bytes are none, encrypted, of another format or hold too many members.
    """
    if data.startswith(_OLD):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        what = "protected by a password" if encrypted else "an old Office document with the name of a .docx"
        raise UnreadableFile(f"the file is {what}; open it in Word and save it as an unprotected .docx")
    members = data.count(_DIRECTORY_ENTRY)  # counted, for each costs memory when the directory is read
    if members > limits.MAX_MEMBERS:
        raise UnreadableFile(
            f"the package holds more than {limits.MAX_MEMBERS} members; open it in Word and save it as .docx"
        )
    try:
        return Package(zipfile.ZipFile(io.BytesIO(data)), len(data), lost=False)
    except _BROKEN as error:
        package = _mended(data)
        if package is None:
            kind = looks_like(data)
            what = f"is {kind}" if kind and not data.startswith(b"PK") else "is no whole Word package"
            raise UnreadableFile(f"the file {what}; get it again, or open it in Word and save it as .docx") from error
        return package


def _mended(data: bytes) -> Package | None:
    try:
        found = mended(data)
    except SwollenError as error:
        raise UnreadableFile(f"the file swells when unpacked, as a zip bomb does; {_AGAIN}") from error
    if found is None:
        return None
    whole, cut = found
    return Package(zipfile.ZipFile(io.BytesIO(whole)), len(whole), frozenset(cut), lost=True)


def _short(name: str) -> str:
    """Return a member's name for a message: printable and no longer than a line."""
    return name[:80].encode("unicode_escape").decode("ascii") if not name.isprintable() else name[:80]
