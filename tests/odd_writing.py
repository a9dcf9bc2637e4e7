"""Ways out that go wrong in every way, for the process that writes them; it imports this."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from odd_work import obey
from sqlalchemy.exc import IntegrityError

from nianbao.apart import apart
from publish import formats
from publish.database import sqlite_file
from publish.ways_out import DatabaseError, DocumentText, Halved, OutputError, TableRows
from schemas.overlay import in_use

ORDER = "NIANBAO_TEST_ORDER"  # what the odd database does with each part


class UnsendableError(Exception):
    """An error that another process cannot make again from what it says."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"{what}, {why}")


ERRORS: dict[str, Exception] = {
    "disk": OSError(28, "No space left on device", "nianbao.sqlite"),
    "out": OutputError("OUT holds something"),
    "database": DatabaseError("nianbao.sqlite refused: disk I/O error"),
    "contract": IntegrityError("INSERT", None, sqlite3.IntegrityError("NOT NULL constraint failed")),
    "list": ValueError("facts.qualifier holds 'roughly', which is not in its list"),
    "large": ValueError("册" * 5_000_000),
    "unsendable": UnsendableError("this", "that"),
}


def no_half(_rows: TableRows, _text: DocumentText | None) -> bytes:
    """Stand in the place of a first half."""
    return b""


@contextmanager
def obedient(path: Path, before: str = "", after: str = "") -> Iterator[Halved]:
    """Yield what writes parts into a file and does what each says; so it does at the beginning and at the end."""
    _do(before)
    with path.open("wb") as file:

        def take(part: bytes) -> None:
            file.write(part)
            file.flush()
            _do(part[:1000].decode(errors="ignore"))

        yield Halved(no_half, take)
        _do(after)
        file.write(b"end")


@contextmanager
def telling(path: Path) -> Iterator[Halved]:
    """Yield what writes which words are in use."""
    yield Halved(no_half, lambda _: path.write_text(in_use().place, encoding="utf-8") and None)


@contextmanager
def odd_sqlite(folder: Path, _labels: object) -> Iterator[Halved]:
    """Yield the writing of the SQLite file, which does what the environment says with each part."""
    with sqlite_file(folder / formats.SQLITE_FILE) as real:

        def take(part: bytes) -> None:
            real.take(part)
            _do(os.environ[ORDER])

        yield Halved(real.prepare, take)


ODD_FORMATS = {**formats.FORMATS, "sqlite": replace(formats.FORMATS["sqlite"], open=odd_sqlite)}


def _do(order: str) -> None:
    if order.startswith("raise "):
        raise ERRORS[order.removeprefix("raise ")]
    obey(order)


def _write_apart(path: str, *orders: str) -> None:
    """Have a file written by another process."""
    import odd_writing  # noqa: PLC0415  under the name by which the other process finds it

    with apart(partial(odd_writing.obedient, Path(path)), odd_writing.no_half) as write:
        for order in orders:
            write.take(order.encode())


def _extract(*arguments: str) -> None:
    """Be `nianbao extract` with the odd database, written by another process."""
    import odd_writing  # noqa: PLC0415
    from odd_work import obedient_reader  # noqa: PLC0415

    from nianbao import cli, hands, refresh  # noqa: PLC0415

    formats.FORMATS = odd_writing.ODD_FORMATS  # type: ignore[misc]
    refresh.Reader = obedient_reader  # type: ignore[assignment,misc]
    hands._WORTH = hands._WORTH_A_WRITER = 1
    sys.argv = ["nianbao", "extract", *arguments]
    cli.main()


if __name__ == "__main__":
    {"write": _write_apart, "extract": _extract}[sys.argv[1]](*sys.argv[2:])
