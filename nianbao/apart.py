"""A way out that a process of its own writes, so that the first one need not: SQLite takes as long as all the rest.

1. The process opens the way out, takes part after part in the order given, and says of each that it is written; the
   first process is never more than a few parts ahead.
2. At the end it finishes what it wrote and says so; until then nothing of it counts.
3. What the way out raises there is raised in the first process, at the next part or at the end.

The process ends at once where the first one is killed, and is killed by it as soon as the writing is over or fails.
"""

from __future__ import annotations

import pickle
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from threading import Thread

from nianbao.worker import end_with_parent, take_in
from nianbao.workers import kill, start
from publish.ways_out import Halved, Prepare, Way
from schemas.overlay import Overlay, in_use
from schemas.vocabularies import using

_AHEAD = 32  # parts on the way: some tenths of a second of writing, and a few megabytes

# the first byte of what it is told, and what it says where nothing is wrong
_PART, _END, _DONE = b"p", b"e", b"d"


class WriterLostError(RuntimeError):
    """The process that writes one of the ways out ended; the message says how, and what to do."""


@contextmanager
def apart(way: Way, prepare: Prepare) -> Iterator[Halved]:
    """Yield `way`, a Halved with this first half, whose second half is done in a process of its own.

    Raises what the way out raises there, and WriterLostError where the process ends.
    """
    writer = _Writer(way)
    try:
        yield Halved(prepare, writer.take)
        writer.finish()
    finally:
        writer.dismiss()


class _Writer:
    """The process, its pipe, and how many things it was told that it has not done yet."""

    def __init__(self, way: Way) -> None:
        context = get_context("spawn")  # as in nianbao.workers
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, way, in_use()), daemon=True)
        start(self._process)
        theirs.close()
        self._told = 0

    def take(self, part: bytes) -> None:
        """Have a part written, and wait where too many are on the way."""
        while self._told == _AHEAD or wait([self._pipe], 0):
            self._hear()
        self._tell(_PART + part)

    def finish(self) -> None:
        """Wait until all is written and the way out is closed."""
        self._tell(_END)
        while self._told:
            self._hear()

    def dismiss(self) -> str:
        """Kill the process and say how it ended."""
        self._pipe.close()
        return kill(self._process)

    def _tell(self, what: bytes) -> None:
        with suppress(OSError):  # it has ended; the end of its pipe will say so
            self._pipe.send_bytes(what)
        self._told += 1

    def _hear(self) -> None:
        try:
            said = self._pipe.recv_bytes()
        except (EOFError, OSError):
            self._process.join(1)
            raise WriterLostError(
                f"the process that writes the database in OUT ended ({self.dismiss()}), as where memory runs out; "
                "OUT is as it was, and what was read is kept: run the same command again to go on"
            ) from None
        if said != _DONE:
            raise pickle.loads(said)
        self._told -= 1


def _serve(pipe: Connection, way: Way, overlay: Overlay) -> None:
    """Write what the pipe brings, and say how that ended; then wait for the end of the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the first one decides
    Thread(target=end_with_parent, daemon=True).start()
    coming: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=take_in, args=(pipe, coming), daemon=True).start()
    with suppress(OSError):  # the first process is gone
        pipe.send_bytes(_written(pipe, way, overlay, coming))
        while coming.get():  # what was on its way when something failed
            pass


def _written(pipe: Connection, way: Way, overlay: Overlay, coming: SimpleQueue[bytes]) -> bytes:
    """Return _DONE when all is written and the way out is closed, else the error, pickled."""
    try:
        with using(overlay), way() as write:
            assert isinstance(write, Halved)
            while (told := coming.get()) != _END:
                if not told:
                    raise EOFError  # the first process is gone: nothing of this may be taken for whole
                write.take(told[len(_PART) :])
                pipe.send_bytes(_DONE)
    except Exception as error:
        return _pickled(error)
    return _DONE


def _pickled(error: Exception) -> bytes:
    """Return an error as another process can have it: as what it is, or where that cannot be sent, as what it says."""
    try:
        pickled = pickle.dumps(error)
        pickle.loads(pickled)
    except Exception:
        return pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))
    return pickled
