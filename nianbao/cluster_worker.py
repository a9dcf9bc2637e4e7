"""What a worker of a Dask cluster does: it keeps processes that read, as a run on one machine does.

A document is read in a process of its own below the Dask worker. One that hangs, grows or dies costs that process and
not the worker, whose other threads read on; and it ends in the same row, with the same words, as on one machine.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing import current_process
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from distributed import Worker, WorkerPlugin, get_worker
from msgspec import Struct
from msgspec.structs import replace
from tornado.ioloop import PeriodicCallback

from nianbao.inputs import Input
from nianbao.openers import LocalFile
from nianbao.rules import code_and_versions
from nianbao.worker import Prepare
from nianbao.workers import Crew, Limits, Lost

_IDLE = 60.0  # seconds after which a process that nobody needs is ended: its run is over, or was killed


Answer = bytes | tuple[str, str]  # what reading made of an input, or how that took its process down: reason, end


class Parcel(Struct, frozen=True):
    """Inputs on their way to a worker, with their bytes, and the name of the plugin that reads them."""

    plugin: str
    inputs: tuple[tuple[Input, bytes], ...]


class OtherCodeError(RuntimeError):
    """A worker would read by other rules than the run it works for; the message says what differs and what to do."""


def read_there(parcel: Parcel) -> dict[str, Answer]:
    """Return what `Readers.read` does on the worker that calls this."""
    plugin = get_worker().plugins.get(parcel.plugin)
    if not isinstance(plugin, Readers):
        raise RuntimeError("the worker joined while the run began and knows nothing of it yet")
    return plugin.read(parcel)


class Readers(WorkerPlugin):
    """The processes of one Dask worker that read for one run: as many as it has threads at work, from the first need.

    `code` is what nianbao.rules.code_and_versions gives where the run was started; a worker with another is refused.
    """

    def __init__(self, name: str, prepare: Prepare[Input], limits: Limits, code: Mapping[str, str]) -> None:
        self.name = name
        self._prepare = prepare
        self._limits = limits
        self._code = dict(code)
        self._folder = Path()
        self._free: deque[tuple[float, Crew[Input]]] = deque()  # since when, and the process; the last used stands last
        self._watch: PeriodicCallback | None = None
        self._open = False
        self._refused = ""

    def setup(self, worker: Worker) -> None:
        """Begin on this worker; raises OtherCodeError."""
        if other := _differences(code_and_versions(), self._code):
            self._refused = f"the worker {worker.address} has {other}; install the same on all machines of the cluster"
            raise OtherCodeError(self._refused)
        self._folder = Path(worker.local_directory)
        # a nanny starts its worker as a daemon, which may have no processes below it; these end when the worker does
        if current_process().daemon:
            current_process().daemon = False
        self._watch = PeriodicCallback(self._end_idle, _IDLE * 1000)
        self._watch.start()
        self._open = True

    def teardown(self, worker: Worker) -> None:
        """End the processes that read nothing now; the others end with their documents."""
        self._open = False
        if self._watch:
            self._watch.stop()
        while self._free:
            self._free.pop()[1].dismiss()

    def read(self, parcel: Parcel) -> dict[str, Answer]:
        """Return the answer to each input by its source."""
        if self._refused:
            raise OtherCodeError(self._refused)  # Dask lets a worker that came later stay, whatever its setup raised
        with self._crew() as crew, TemporaryDirectory(dir=self._folder) as folder:
            outcomes = crew.work(_unpacked(parcel, Path(folder)))
            return {
                outcome.task.source: (outcome.reason, outcome.ended) if isinstance(outcome, Lost) else outcome.result
                for outcome in outcomes
            }

    @contextmanager
    def _crew(self) -> Iterator[Crew[Input]]:
        """Yield a process that nobody else uses meanwhile."""
        crew: Crew[Input] = self._free.pop()[1] if self._free else Crew(self._prepare, self._limits, 1)
        done = False
        try:
            yield crew
            done = True
        finally:
            if done and self._open:
                self._free.append((time.monotonic(), crew))
            else:
                crew.dismiss()

    def _end_idle(self) -> None:
        while self._free and time.monotonic() - self._free[0][0] > _IDLE:
            self._free.popleft()[1].dismiss()


def _unpacked(parcel: Parcel, folder: Path) -> Iterator[Input]:
    """Yield the inputs as files of this machine."""
    for number, (item, data) in enumerate(parcel.inputs):
        path = folder / f"{number}{PurePosixPath(item.opener.name).suffix}"
        path.write_bytes(data)
        yield replace(item, opener=LocalFile(path))


def _differences(here: Mapping[str, str], wanted: Mapping[str, str]) -> str:
    names = sorted(name for name in {*here, *wanted} if here.get(name) != wanted.get(name))
    return ", ".join(
        "other code of nianbao than the run"
        if name == "code"
        else f"{name} {here.get(name, 'missing')} and the run {wanted.get(name, 'none')}"
        for name in names
    )
