"""Dask clusters of real processes, as they stand on several machines: a scheduler, and workers with their nannies."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import dask
from distributed import Client, LocalCluster

_LOOPBACK = ("--host", "127.0.0.1")


@contextmanager
def cluster(workers: int = 2, *, allowed_failures: int = 3) -> Iterator[str]:
    """Yield the address of a scheduler with so many workers, which another process may join."""
    how = {"threads_per_worker": 1, "memory_limit": None, "host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": allowed_failures}),
        LocalCluster(n_workers=workers, silence_logs=logging.CRITICAL, **how) as made,
    ):
        yield made.scheduler_address


@contextmanager
def scheduler() -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield the address of a scheduler in a process of its own, and what kills it."""
    command = ["scheduler", *_LOOPBACK, "--port", "0", "--no-dashboard", "--no-show"]
    child = subprocess.Popen([sys.executable, "-m", "dask", *command], stderr=subprocess.PIPE, text=True)
    assert child.stderr
    lines = iter(child.stderr.readline, "")
    address = next(line.split()[-1] for line in lines if "Scheduler at:" in line)
    try:
        yield address, child.kill
    finally:
        child.kill()
        child.communicate()


@contextmanager
def joined(address: str, code: Path) -> Iterator[Callable[[], None]]:
    """Add a worker that reads with the code in the folder `code`; yield what kills it, as the end of the block does."""
    command = ["worker", address, "--no-nanny", "--nthreads", "1", "--no-dashboard", *_LOOPBACK]
    path = os.pathsep.join((str(code), str(Path(__file__).parent)))
    with Client(address, set_as_default=False) as client:
        child = subprocess.Popen(
            [sys.executable, "-m", "dask", *command],
            cwd=code,
            env={**os.environ, "PYTHONPATH": path},
            stderr=subprocess.DEVNULL,
        )
        while not client.nthreads() and child.poll() is None:
            time.sleep(0.05)
    try:
        yield child.kill
    finally:
        child.kill()
        child.wait()


def processes(address: str) -> list[int]:
    """Return the process number of each worker; there are two, the time that a new one takes set aside."""
    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=30)
        return list(client.run(os.getpid).values())
