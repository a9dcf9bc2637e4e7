"""run.json: what a run was, for whoever finds its output later."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

import msgspec

from nianbao.rules import fingerprint, versions


class Clock:
    """The seconds of a run, stage by stage; the time of day has no part in anything else that is written."""

    def __init__(self) -> None:
        self.started = datetime.now(UTC)
        self._ended: dict[str, float] = {}
        self._open: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time of the block as that of a stage."""
        self._open[name] = time.perf_counter()
        try:
            yield
        finally:
            self._ended = self.seconds()
            del self._open[name]

    def seconds(self) -> dict[str, float]:
        """Return the seconds by stage, so far for those that are going on."""
        now = time.perf_counter()
        names = {**self._ended, **self._open}
        return {name: self._ended.get(name, 0.0) + now - self._open.get(name, now) for name in names}


def account(clock: Clock, options: Mapping[str, object], counts: Mapping[str, object]) -> bytes:
    """Return run.json: versions, rules, options, counts, seconds by stage; it differs from run to run."""
    try:
        own = version("nianbao")
    except PackageNotFoundError:  # run from a source tree that was never installed
        own = "unknown"
    said = {
        "nianbao": own,
        "versions": versions(),
        "rules": fingerprint(),
        "started": clock.started.isoformat(timespec="seconds"),
        "options": options,
        "counts": counts,
        "seconds": {name: round(seconds, 3) for name, seconds in clock.seconds().items()},
    }
    return msgspec.json.format(msgspec.json.encode(said), indent=2) + b"\n"
