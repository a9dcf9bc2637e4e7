"""Decisions saved the moment they are made: appended to corrections.csv, under a lock, in one write."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from schemas.corrections import COLUMNS, Correction
from schemas.corrections_file import CUT, csv_line, is_whole, line_of

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


def append(path: str | os.PathLike[str], corrections: Iterable[Correction]) -> None:
    """Add decisions to the end of a file, which is made where there is none; on the disk when this returns.

    1. All are checked first: either all are written or, with a CorrectionError, none.
    2. The file is locked, so that several programs may write to it; what stands in it is never changed.
    3. A last line that was cut off, by a full disk or a power cut, is closed with a mark and stays.
    """
    lines = "".join(line_of(one) for one in corrections).encode("utf-8")
    if not lines:
        return
    with Path(path).open("a+b") as file, _locked(file.fileno()):
        file.write(_opening(_end(file.fileno())) + lines)
        file.flush()
        os.fsync(file.fileno())


def _end(descriptor: int) -> bytes:
    """Return the last line of a file where no line end closes it, b"\\n" where one does, b"" for an empty file."""
    size = os.fstat(descriptor).st_size
    if not size:
        return b""
    os.lseek(descriptor, 0, os.SEEK_SET)
    raw = b"".join(iter(lambda: os.read(descriptor, 1 << 16), b""))
    return b"\n" if raw.endswith(b"\n") else raw[raw.rfind(b"\n") + 1 :]


def _opening(last: bytes) -> bytes:
    """Return what must be written before the first new line, after this last one."""
    header = csv_line(COLUMNS).encode("utf-8")
    if not last:
        return header
    if last == b"\n":
        return b""
    if last.removeprefix(b"\xef\xbb\xbf") == header.strip() or is_whole(last):
        return b"\n"
    return CUT.encode() + b"\n"


@contextmanager
def _locked(descriptor: int) -> Iterator[None]:
    """Hold the lock of an open file; wait where another program holds it."""
    if sys.platform == "win32":
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
        try:
            yield
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(descriptor, fcntl.LOCK_UN)
