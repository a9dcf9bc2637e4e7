"""What the name of a file says: a report, an archive of reports, a format that is not read, or none of these."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

import regex

SUFFIXES = frozenset({".txt", ".docx"})
# Formats that reports are kept in and that nianbao does not read: in the batch, so that they fail by name, unhidden.
UNREAD_SUFFIXES = frozenset({".doc", ".wps", ".rtf", ".pdf", ".odt", ".htm", ".html", ".docm", ".dot"})
ARCHIVES = frozenset({".zip", ".tar"})
# Archives that cannot be opened at a place in the middle, or for which there is no free reader.
UNREAD_ARCHIVES = (".rar", ".7z", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst")

UNREAD_ARCHIVE = "archives of this kind are not read; unpack it, or pack the reports as .zip or .tar"
NESTED_ARCHIVE = "an archive in an archive is not opened; unpack it and give what it holds"

_STEERING = regex.compile(r"[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


def is_report(name: str) -> bool:
    """Whether a file of this name is read.

    >>> [is_report(name) for name in ("县/2014.DOCX", "2014.doc", "2014.zip")]
    [True, False, False]
    """
    return _suffix(name) in SUFFIXES


def is_archive(name: str) -> bool:
    """Whether a file of this name is opened as a folder of reports."""
    return _suffix(name) in ARCHIVES


def is_unread_archive(name: str) -> bool:
    """Whether a file of this name may hold reports, packed in a way that is not read."""
    return name.lower().endswith(UNREAD_ARCHIVES)


def is_unread(name: str) -> bool:
    """Whether a file of this name is in a format that reports are kept in and that is not read."""
    return _suffix(name) in UNREAD_SUFFIXES


def is_passed_over(parts: Sequence[str]) -> bool:
    """Whether a path leads to something hidden, to a lock file of Word or to what macOS adds to archives.

    >>> [is_passed_over(name.split("/")) for name in ("县/.git/a.txt", "~$2014.docx", "__MACOSX/2014.docx", "../a.txt")]
    [True, True, True, False]
    """
    return any((part.startswith((".", "~$")) and part != "..") or part == "__MACOSX" for part in parts)


def printable(name: str) -> str:
    """Return a file name as valid Unicode: names from old Chinese archives are often GB18030 bytes, not UTF-8.

    Signs that would break a line, steer a terminal or turn a name round are written as escapes.

    >>> import os
    >>> printable(os.fsdecode("年报.txt".encode("gb18030"))), printable("a\\nb\\u202etxt.docx")
    ('年报.txt', 'a\\\\nb\\\\u202etxt.docx')
    """
    found = decoded(name.encode("utf-8", "surrogateescape"))
    return _STEERING.sub(lambda sign: sign[0].encode("unicode_escape").decode("ascii"), found)


def decoded(raw: bytes) -> str:
    """Return the bytes of a name, in whichever encoding it was written, as text."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
