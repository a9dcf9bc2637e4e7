"""What was published from a store, so that a run that changes nothing writes nothing."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from nianbao.rules import fingerprint
from nianbao.store import Store
from publish.folder import written_files
from publish.review.place import review_files

_NOTE = "published"


class Counts(Struct, frozen=True):
    """What an output holds: documents, rows by table, findings by severity, failures as (source, error), notes."""

    documents: int
    rows: dict[str, int]
    findings: dict[str, int]
    failures: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


class Published(Struct, frozen=True):
    """An output: the state that it was made from, each file with its size and time of change, and its counts."""

    state: str
    files: dict[str, tuple[int, int]]
    counts: Counts


def state(store: Store, form: str = "") -> str:
    """Return a digest of all that decides the bytes of an output: the readings, the rules, the form asked for."""
    return sha256("\0".join((store.state(), fingerprint(), form)).encode()).hexdigest()


def unchanged(store: Store, out: Path, now: str) -> Counts | None:
    """Return the counts of the output in `out` where it was made from the state `now` and nobody touched it since."""
    noted = store.noted(_NOTE)
    if noted is None:
        return None
    last = msgspec.json.decode(noted, type=Published)
    return last.counts if last.state == now and last.files == _files(out) else None


def remember(store: Store, out: Path, now: str, counts: Counts) -> None:
    """Note what was just published."""
    store.note(_NOTE, Published(now, _files(out), counts))


def _files(out: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for name in sorted(written_files(out) - review_files(out)):  # pages are made afterwards, from the output
        if (out / name).exists():
            about = (out / name).stat()
            found[name] = (about.st_size, about.st_mtime_ns)
    return found
