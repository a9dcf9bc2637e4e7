"""One run at a time on one output folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from publish.placing import WORKSHOP
from publish.ways_out import OutputError

_NAME = "lock"


@contextmanager
def locked(out: Path) -> Iterator[Path]:
    """Yield the workshop in `out`, made if need be and held by this run; the system lets go of it if the run is killed.

    Raises OutputError where another run holds it.
    """
    workshop = out / WORKSHOP
    workshop.mkdir(parents=True, exist_ok=True)
    lock = FileLock(workshop / _NAME)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise OutputError(
            f"{out} is being written by another run; wait until that has ended, or give --out another folder"
        ) from None
    try:
        yield workshop
    finally:
        lock.release()
