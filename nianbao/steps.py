"""What a run tells about itself while it goes on, and how it was meant to go."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from nianbao.workers import Limits

BEGIN, CLUSTER, DOCUMENT, PUBLISH, END = "begin", "cluster", "document", "publish", "end"
LOCAL = "local"


class Running(Struct, frozen=True):
    """How a run goes about its work; none of this changes a row.

    `jobs` is the number of processes that read, 0 for this one alone, without `limits` and without shelter from a
    document that brings its process down. With `force`, what was read before is read again. `cluster` is the address of
    a Dask scheduler whose workers read instead, or LOCAL for one that is started here with `jobs` workers, and
    `worker_wait` the seconds that a run waits where it has no workers.
    """

    jobs: int = 0
    limits: Limits = Limits()
    force: bool = False
    cluster: str | None = None
    worker_wait: float = 120


class Step(Struct, frozen=True):
    """Something that happened: BEGIN (some documents may be done already), CLUSTER, DOCUMENT, PUBLISH or END.

    `done` of `total` documents are read, `failed` of them in vain; `dashboard` is where the CLUSTER that is joined now
    can be watched; the rest is about one DOCUMENT.
    """

    event: str
    done: int
    total: int
    failed: int = 0
    source: str | None = None
    status: str | None = None
    seconds: float | None = None
    rows: int | None = None
    error: str | None = None
    dashboard: str | None = None


Progress = Callable[[Step], None]


class Stopped(KeyboardInterrupt):
    """Ctrl-C: how far the run got, and how to go on."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__(f"stopped after {done:,} of {total:,} reports; run the same command again to go on")


class ClusterError(RuntimeError):
    """No cluster can be worked with; the message says why and what to do. Nothing was read."""


class ClusterLostError(RuntimeError):
    """The cluster went away in the middle of a run; what was read is kept, and the next run goes on."""
