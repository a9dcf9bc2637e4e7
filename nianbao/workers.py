"""Worker processes that read documents: one that hangs, grows or dies costs its own document and no other.

Each worker has a pipe of its own and no lock is shared, so a process that is killed at any moment, even while it sends
its result, leaves the others and their results untouched.
"""

from __future__ import annotations

import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, suppress
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

from msgspec import Struct

from nianbao.worker import READY, RESULT, TOO_LARGE, Prepare, serve

T = TypeVar("T")

DIED, MEMORY, TIME = "died", "memory", "time"
_AHEAD = 2  # the task a worker is at, and the next one, so that it never waits for its turn
_STARTS = 3  # processes in a row that may end before they begin
_PATIENCE = 60.0  # seconds between two looks at workers that say nothing


class Limits(Struct, frozen=True):
    """What one document may take: seconds, and megabytes beyond what the word lists take."""

    seconds: float = 300
    megabytes: int = 2048


class Done(Struct, Generic[T], frozen=True):
    """A task and what its worker made of it."""

    task: T
    result: bytes


class Lost(Struct, Generic[T], frozen=True):
    """A task that took its worker down: DIED, MEMORY or TIME; `ended` says how the process ended, where it died."""

    task: T
    reason: str
    ended: str = ""


class CannotStartError(RuntimeError):
    """No worker gets as far as its first task; the message says why and what to do."""


Outcomes = Generator[Done[T] | Lost[T], None, None]


def run(tasks: Iterable[T], prepare: Prepare[T], *, jobs: int, limits: Limits | None = None) -> Outcomes[T]:
    """Yield what `jobs` processes make of the tasks, as they finish; those are taken from `tasks` as they are needed.

    1. Every process calls `prepare` once, and what that returns for each task.
    2. A task that takes its process down is tried once more when all the others are done, in a new process and with
       no other beside it; then it is Lost.

    Where the caller stops (an error, Ctrl-C, close()), all processes are killed at once. Raises CannotStartError.
    """

    with Crew(prepare, limits or Limits(), jobs) as crew:
        yield from crew.finish(tasks, jobs)


def twice(first: Outcomes[T], alone: Callable[[T], Outcomes[T]]) -> Outcomes[T]:
    """Yield the outcomes in `first`, but what `alone` makes of each task that was Lost there, at the end."""
    lost: list[T] = []
    with closing(first):
        for outcome in first:
            if isinstance(outcome, Lost):
                lost.append(outcome.task)
            else:
                yield outcome
    for task in lost:
        yield from alone(task)


class _Worker(Generic[T]):
    """One process with its pipe, the tasks that it was given, and when the first of them must be done."""

    def __init__(self, prepare: Prepare[T], limits: Limits) -> None:
        context = get_context("spawn")  # a fork would take along the locks of other threads as they are
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs, prepare, limits.megabytes), daemon=True)
        start(self.process)
        theirs.close()
        self.tasks: deque[T] = deque()
        self.ready = False
        self._seconds = limits.seconds
        self._until = float("inf")

    def give(self, task: T) -> None:
        """Send a task; the pipe holds it until its turn comes."""
        with suppress(OSError):  # it has died; the end of its pipe will say so
            self.pipe.send(task)
        self.tasks.append(task)
        if len(self.tasks) == 1:
            self._start_clock()

    def take(self) -> T:
        """Return the task that the worker is at, which is done."""
        task = self.tasks.popleft()
        self._start_clock()
        return task

    def begin(self) -> None:
        """Note that the words are loaded and that the first task begins."""
        self.ready = True
        self._start_clock()

    def left(self) -> float:
        """Return the seconds until the time of the current task is up."""
        return self._until - time.monotonic()

    def end(self) -> str:
        """Kill the process, if it still runs, and say how it ended."""
        self.process.kill() if self.left() <= 0 else self.process.join(1)
        self.pipe.close()
        return kill(self.process)

    def _start_clock(self) -> None:
        timed = self.ready and self.tasks
        self._until = time.monotonic() + self._seconds if timed else float("inf")


def start(process: BaseProcess) -> None:
    """Start a process that Ctrl-C does not reach, even before its own code runs: the first process decides."""
    if not hasattr(signal, "pthread_sigmask"):
        process.start()
        return
    resource_tracker.ensure_running()  # to start it would let the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def kill(process: BaseProcess) -> str:
    """Kill a process, if it still runs, and say how it ended."""
    process.kill()
    process.join()
    code = process.exitcode or 0
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


class Crew(Generic[T]):
    """Worker processes that stay, up to `size` of them, for one stream of tasks after another."""

    def __init__(self, prepare: Prepare[T], limits: Limits, size: int) -> None:
        self._prepare = prepare
        self._limits = limits
        self.size = size
        self._workers: dict[Connection, _Worker[T]] = {}
        self._lost_starts = 0  # since the last one that succeeded
        self._again: deque[T] = deque()  # tasks that stood behind one that took their worker down

    def __enter__(self) -> Crew[T]:
        """Return the crew."""
        return self

    def __exit__(self, *_: object) -> None:
        """Kill all workers."""
        self.dismiss()

    @property
    def at_work(self) -> int:
        """How many workers there are now."""
        return len(self._workers)

    def finish(self, tasks: Iterable[T], size: int) -> Outcomes[T]:
        """Yield the outcomes as `run` does; the workers stay, but where a task is tried again."""
        return twice(self.work(tasks, size), self._alone)

    def _alone(self, task: T) -> Outcomes[T]:
        self.dismiss()
        yield from self.work((task,), 1)

    def work(self, tasks: Iterable[T | None], size: int | None = None) -> Outcomes[T]:
        """Yield the outcomes as they come; workers start as tasks need them, up to `size` where it is given.

        `tasks` may give None for now, as long as a task is under way: they are asked again after its outcome.
        """
        rest = iter(tasks)
        while True:
            self._hand_out(rest, self.size if size is None else size)
            if not any(worker.tasks for worker in self._workers.values()):
                return
            first = min(worker.left() for worker in self._workers.values())
            for pipe in wait(list(self._workers), min(max(first, 0), _PATIENCE)):
                yield from self._hear(self._workers[pipe])  # type: ignore[index]  # wait returns what it was given
            for worker in [worker for worker in self._workers.values() if worker.left() <= 0]:
                yield from self._hear(worker) if worker.pipe.poll() else self._lose(worker, TIME)

    def dismiss(self) -> None:
        """Kill all workers: at once, because one in the middle of C code hears no gentler signal."""
        for worker in self._workers.values():
            worker.process.kill()
        for worker in self._workers.values():
            worker.process.join()
            worker.pipe.close()
        self._workers.clear()

    def _hand_out(self, rest: Iterator[T | None], size: int) -> None:
        for depth in range(1, _AHEAD + 1):
            while any(self._with_room(depth)) or len(self._workers) < size:
                task = self._again.popleft() if self._again else next(rest, None)
                if task is None:
                    return
                worker = min(self._with_room(depth), key=lambda worker: len(worker.tasks), default=None)
                (worker or self._start()).give(task)

    def _with_room(self, depth: int) -> Iterator[_Worker[T]]:
        return (worker for worker in self._workers.values() if len(worker.tasks) < depth)

    def _start(self) -> _Worker[T]:
        worker = _Worker(self._prepare, self._limits)
        self._workers[worker.pipe] = worker
        return worker

    def _hear(self, worker: _Worker[T]) -> Iterator[Done[T] | Lost[T]]:
        try:
            said = worker.pipe.recv_bytes()
        except (EOFError, OSError):
            yield from self._lose(worker, DIED)
            return
        kind, body = said[:1], said[1:]
        if kind == RESULT:
            yield Done(worker.take(), body)
        elif kind == READY:
            self._lost_starts = 0
            worker.begin()
        elif kind == TOO_LARGE:
            yield from self._lose(worker, MEMORY)
        else:
            raise CannotStartError(f"a process that reads cannot start: {body.decode()}")

    def _lose(self, worker: _Worker[T], reason: str) -> Iterator[Lost[T]]:
        del self._workers[worker.pipe]
        ended = worker.end()
        if worker.ready and worker.tasks:
            yield Lost(worker.tasks.popleft(), reason, ended)
        self._again.extend(worker.tasks)
        self._lost_starts += not worker.ready
        if self._lost_starts == _STARTS:
            raise CannotStartError(
                f"{_STARTS} processes that read ended before they began ({ended}); give --jobs a lower number"
            )
