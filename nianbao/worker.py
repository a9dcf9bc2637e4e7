"""What one worker process does: prepare once, then take task after task from its pipe until that ends."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

T = TypeVar("T")
Prepare = Callable[[], Callable[[T], bytes]]

# the first byte of what a worker says
READY, RESULT, TOO_LARGE, NOT_READY = b"r", b"d", b"m", b"n"


def serve(pipe: Connection, prepare: Prepare[T], megabytes: int) -> None:
    """Work until the pipe ends. A task that runs out of memory ends the process, whose memory is in pieces then."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the first one decides
    Thread(target=end_with_parent, daemon=True).start()
    coming: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=take_in, args=(pipe, coming), daemon=True).start()
    try:
        work = prepare()
        limit_memory(megabytes)
    except Exception as error:
        pipe.send_bytes(NOT_READY + f"{type(error).__name__}: {error}".encode())
        return
    with suppress(EOFError, OSError):  # the parent is gone
        pipe.send_bytes(READY)
        while told := coming.get():
            try:
                said = RESULT + work(pickle.loads(told))
            except MemoryError:
                pipe.send_bytes(TOO_LARGE)
                return
            pipe.send_bytes(said)


def take_in(pipe: Connection, coming: SimpleQueue[bytes]) -> None:
    """Take tasks from the pipe as they come: two ends that both send more than it holds would wait for each other."""
    with suppress(EOFError, OSError, MemoryError):
        while True:
            coming.put(pipe.recv_bytes())
    coming.put(b"")


def limit_memory(megabytes: int) -> None:
    """Let this process take so much more memory than it has now, where the system can hold it to that (Linux)."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return
    import resource  # noqa: PLC0415  not there on Windows

    now = int(statm.read_text().split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = now + megabytes * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))


def end_with_parent() -> None:
    """End this process where the first one is killed, whatever it is doing."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
