"""Seeing a run go on: a bar on a terminal, a line every few seconds elsewhere, JSON lines in a file."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn

from nianbao.steps import BEGIN, CLUSTER, DOCUMENT, END, PUBLISH, Step
from nianbao.steps import Progress as Tell
from nianbao.visible import visible

_EVERY = 5.0  # seconds between two lines


@contextmanager
def shown(log_file: Path | None = None, every: float = _EVERY) -> Iterator[Tell]:
    """Yield what shows each Step on stderr and writes it to `log_file`. Raises OSError where that cannot be written."""
    with ExitStack() as stack:
        parts: list[Tell] = [stack.enter_context(_bar()) if sys.stderr.isatty() else Lines(sys.stderr, every)]
        if log_file:
            parts.append(Log(stack.enter_context(log_file.open("a", encoding="utf-8"))))

        def tell(step: Step) -> None:
            for part in parts:
                part(step)

        yield tell


class Pace:
    """How fast the documents of this run are read; those that stood already have no part in it."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._before = 0

    def told(self, step: Step) -> str:
        """Return what a step says in a line: how many, how fast, how long still, how many in vain.

        A step BEGIN starts the clock.
        """
        if step.event == BEGIN:
            self._since, self._before = time.monotonic(), step.done
        if step.event == CLUSTER:
            return f"the cluster is at work; watch it at {step.dashboard}"
        said = [f"{step.done:,} of {step.total:,} reports"]
        seconds, read = time.monotonic() - self._since, step.done - self._before
        if step.event == PUBLISH:
            said.append("writing the tables")
        elif read and seconds > 0:
            said += [f"{read / seconds:.1f} a second", f"{span((step.total - step.done) * seconds / read)} left"]
        return ", ".join((*said, f"{step.failed:,} failed") if step.failed else said)


def span(seconds: float) -> str:
    """Return a length of time as people say it.

    >>> [span(seconds) for seconds in (0.2, 59, 61, 3600, 90061)]
    ['0:00', '0:59', '1:01', '1:00:00', '25:01:01']
    """
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class Lines:
    """A line every few seconds, for output that goes to a file or a pipe; a run that is over before writes none.

    Where its cluster can be watched is said in any case.
    """

    def __init__(self, stream: TextIO, every: float = _EVERY) -> None:
        self._stream = stream
        self._every = every
        self._pace = Pace()
        self._last = time.monotonic()

    def __call__(self, step: Step) -> None:
        """Write a line, where it is time for one."""
        said = self._pace.told(step)
        now = time.monotonic()
        if step.event == CLUSTER or (step.event != END and now - self._last >= self._every):
            self._stream.write(f"{said}\n")
            self._stream.flush()
            self._last = now


class Log:
    """One JSON object a line: time, event, what the Step holds; empty fields are left out."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __call__(self, step: Step) -> None:
        """Write a line; it is in the file when this returns."""
        fields = {name: value for name, value in msgspec.structs.asdict(step).items() if value is not None}
        said = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), **fields}
        self._stream.write(msgspec.json.encode(said).decode() + "\n")
        self._stream.flush()


@contextmanager
def _bar() -> Iterator[Tell]:
    columns = (BarColumn(), TextColumn("{task.description}", markup=False), TextColumn("{task.fields[source]}"))
    with Progress(*columns, console=Console(stderr=True, markup=False), transient=True) as bar:
        task, pace = bar.add_task("", total=None, source=""), Pace()
        yield lambda step: _move(bar, task, pace, step)


def _move(bar: Progress, task: TaskID, pace: Pace, step: Step) -> None:
    if step.event == CLUSTER:
        bar.console.print(pace.told(step))
        return
    source = visible(step.source or "") if step.event == DOCUMENT else ""
    bar.update(task, completed=step.done, total=step.total, description=pace.told(step), source=source)
