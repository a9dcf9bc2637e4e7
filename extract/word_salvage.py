"""Zips whose directory is lost, as after a broken download: the members that are still there, in a zip that is whole.

A zip ends with its directory, so that what is cut off loses it first. But each member begins with a header of its own,
and a packed stream says itself where it ends.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from msgspec import Struct

from extract.limits import MAX_MEMBERS, MAX_RATIO, MAX_TOTAL_BYTES, RATIO_MATTERS_FROM

_HEADER = struct.Struct("<4s5H3L2H")  # ISO/IEC 21320-1 and the APPNOTE of PKWARE, 4.3.7
_BEGINS = b"PK\x03\x04"
_SIZES_FOLLOW = 1 << 3
_ENCRYPTED = 1
_STEP = 1 << 16


class SwollenError(ValueError):
    """A zip that would swell as a bomb does."""


class Member(Struct, frozen=True):
    """A member found by its header: its name, what it holds as far as it is there, whether it is whole."""

    name: str
    data: bytes
    is_whole: bool


def mended(data: bytes) -> tuple[bytes, tuple[str, ...]] | None:
    """Return a whole zip with the members of one that is cut off, and the names of those that are not whole.

    None where the bytes do not begin as a zip or hold no member. Raises SwollenError where they would be too large.
    """
    members = {member.name: member for member in _members(data)}
    if not members:
        return None
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for member in members.values():
            archive.writestr(zipfile.ZipInfo(member.name), member.data)
    return buffer.getvalue(), tuple(member.name for member in members.values() if not member.is_whole)


def _members(data: bytes) -> Iterator[Member]:
    """Yield the members in the order in which they stand, those in XML only: nothing else is read."""
    at, left = 0, MAX_TOTAL_BYTES
    for _ in range(MAX_MEMBERS):
        at = data.find(_BEGINS, at)
        if at < 0 or at + _HEADER.size > len(data):
            return
        header = _HEADER.unpack_from(data, at)
        flags, method, packed, name_length, more_length = header[2], header[3], header[7], header[9], header[10]
        name = data[at + _HEADER.size : at + _HEADER.size + name_length].decode("utf-8", "replace")
        start = at + _HEADER.size + name_length + more_length
        at = start
        if not name.endswith((".xml", ".rels")) or flags & _ENCRYPTED:
            at = start if flags & _SIZES_FOLLOW else min(start + packed, len(data))
            continue
        member, at = _stored(data, name, start, packed) if method == 0 else _inflated(data, name, start, left)
        left -= len(member.data)
        yield member


def _stored(data: bytes, name: str, start: int, size: int) -> tuple[Member, int]:
    content = data[start : start + size]
    return Member(name, content, len(content) == size), start + len(content)


def _inflated(data: bytes, name: str, start: int, left: int) -> tuple[Member, int]:
    """Return a packed member as far as its stream goes, and where it ends."""
    stream, pieces, size, at = zlib.decompressobj(-zlib.MAX_WBITS), [], 0, start
    whole = True
    pending = b""
    while not stream.eof and (pending or at < len(data)):
        if not pending:
            pending = data[at : at + _STEP]
            at += len(pending)
        try:
            piece = stream.decompress(pending, _STEP)
        except zlib.error:
            whole = False
            break
        pending = stream.unconsumed_tail
        pieces.append(piece)
        size += len(piece)
        if size > left or (size > RATIO_MATTERS_FROM and size > MAX_RATIO * (at - start - len(pending))):
            raise SwollenError(name)
    return Member(name, b"".join(pieces), whole and stream.eof), at - len(stream.unused_data)
