"""The workers of a Dask cluster read the documents; this process sends them and keeps what comes back.

The bytes of a document travel to the scheduler and on to a worker, so no worker needs to see the disk of this machine;
no more of them are under way than keep all workers at work. A worker that goes away costs nothing: Dask gives its
documents to another one. What a document may do to its worker is said in nianbao.cluster_worker.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import Any, NamedTuple
from uuid import uuid4

import dask
import msgspec
from distributed import Client, Future, LocalCluster, as_completed
from distributed.scheduler import KilledWorker

from extract.limits import MAX_BYTES
from extract.unreadable import UnreadableFile
from nianbao.cluster_worker import OtherCodeError, Parcel, Readers, read_there
from nianbao.inputs import Input
from nianbao.openers import LocalFile
from nianbao.reading import reading
from nianbao.rules import code_and_versions
from nianbao.steps import LOCAL, ClusterError, ClusterLostError, Running
from nianbao.worker import Prepare
from nianbao.workers import DIED, Done, Lost, Outcomes, twice

_AHEAD = 3  # parcels for each thread of the cluster: one being read, one waiting there, one on its way
_UNDER_WAY = 256 * 2**20  # bytes that the scheduler holds for us at most, or one parcel that is larger
_TOGETHER = 8  # documents in a parcel, which costs the scheduler and us the same for one as for many
_PARCEL = 4 * 2**20  # bytes after which a parcel is full
_SHARE = 4  # parcels that each thread should still come to get, so that all end at the same time
_RETRIES = 2  # of what failed for no fault of the document
_TO_CONNECT = 10.0  # seconds
_COUNT_AGAIN = 5.0  # seconds after which the threads of the cluster are counted again: workers come and go
_GLANCE = 0.1  # seconds between two looks at whether something came back and whether workers are left
_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # Windows has one for both
_LOOPBACK = "127.0.0.1"


def run_on_cluster(
    inputs: Sequence[Input], prepare: Prepare[Input], running: Running, joined: Callable[[str], None]
) -> Outcomes[Input]:
    """Yield what the cluster makes of the inputs, as nianbao.workers.run does; `joined` is told of its dashboard.

    1. All workers must have the code and the libraries of this process, else nothing is read.
    2. A document that takes its process or its workers down is tried once more, alone, when all others are done.

    Raises ClusterError before anything is read, ClusterLostError where the scheduler goes away, where all workers do
    and none comes for `running.worker_wait` seconds, or where a worker that came later cannot read.
    """
    with _connected(running) as client, _readers(client, prepare, running) as plugin:
        joined(client.dashboard_link)
        desk = _Desk(client, plugin, running.worker_wait)
        yield from twice(desk.work(inputs), lambda item: desk.work((item,)))


@contextmanager
def _connected(running: Running) -> Iterator[Client]:
    """Yield a client of the cluster, which has a worker by then."""
    address = running.cluster
    # Dask warns of documents as of tables that should be left on the workers
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"}), ExitStack() as stack:
        if address == LOCAL:
            address = stack.enter_context(_local(max(1, running.jobs))).scheduler_address
        client = stack.enter_context(_client(address))
        try:
            client.wait_for_workers(1, timeout=running.worker_wait)
        except TimeoutError as error:
            raise ClusterError(f"{address} has no workers; start them with `dask worker {address}`") from error
        yield client


def _client(address: str | None) -> Client:
    try:
        return Client(address, timeout=_TO_CONNECT, set_as_default=False, name="nianbao")
    except (OSError, ValueError, TypeError) as error:
        said = _said(error)
    # A client that could not connect closes itself when it is collected. Where that happens while another one starts,
    # in the same thread, it waits for ever for the lock that the other one has.
    gc.collect()
    raise ClusterError(
        f"no Dask scheduler answers at {address} ({said}); start one with `dask scheduler`, and name the address that "
        "it prints, such as tcp://HOST:8786"
    )


@contextmanager
def _local(workers: int) -> Iterator[LocalCluster]:
    """Yield a cluster of this machine; where the run is broken off its workers are killed and not asked to end."""
    # no limit of memory: that of the documents holds, in the processes below the workers
    with LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        memory_limit=None,
        host=_LOOPBACK,
        dashboard_address=f"{_LOOPBACK}:0",
        silence_logs=logging.CRITICAL,
    ) as cluster:
        try:
            yield cluster
        except BaseException:
            for nanny in cluster.workers.values():
                nanny.auto_restart = False
                with suppress(OSError, TypeError):  # it has ended, or has not begun
                    os.kill(nanny.pid, _KILL)
            raise


@contextmanager
def _readers(client: Client, prepare: Prepare[Input], running: Running) -> Iterator[str]:
    """Yield the name of the plugin that reads on every worker of now and later; raises ClusterError."""
    plugin = Readers(f"nianbao-{uuid4().hex}", prepare, running.limits, code_and_versions())
    try:
        try:
            client.register_plugin(plugin)
        except OtherCodeError as error:
            raise ClusterError(str(error)) from error
        except Exception as error:  # what a worker without nianbao, or with another one, says
            raise ClusterError(
                f"a worker of the cluster cannot read ({_said(error)}); install there what is installed here"
            ) from error
        yield plugin.name
    finally:
        if client.status == "running":
            with suppress(Exception):  # the scheduler may be gone, a worker never have had it: nothing hangs on it
                client.unregister_worker_plugin(plugin.name)


class _Sent(NamedTuple):
    parcel: Parcel
    size: int
    future: Future[Any]


class _Desk:
    """Sends inputs to the cluster and takes what comes back."""

    def __init__(self, client: Client, plugin: str, worker_wait: float) -> None:
        self._client = client
        self._plugin = plugin
        self._worker_wait = worker_wait
        self._sent: dict[str, _Sent] = {}  # by the key that Dask knows it by
        self._number = 0
        self._threads = 0
        self._counted = float("-inf")
        self._seen = time.monotonic()  # when there was a worker

    def work(self, inputs: Sequence[Input]) -> Outcomes[Input]:
        """Yield the outcomes as they come; inputs are read from disk as the cluster has room."""
        rest = deque(inputs)
        back = as_completed(loop=self._client.loop, with_results=True, raise_errors=False)
        try:
            while True:
                yield from self._hand_out(rest, back)
                if not self._sent:
                    return
                for future, result in self._come(back):
                    yield from _outcomes(self._sent.pop(future.key), result)
        finally:
            back.clear()
            self._sent.clear()  # Dask drops what nobody waits for

    def _come(self, back: as_completed) -> list[tuple[Any, Any]]:
        """Return what has come back, as soon as something has; raises ClusterLostError where no worker is left."""
        while not (batch := back.next_batch(block=False)):
            with back.thread_condition:
                back.thread_condition.wait(_GLANCE)
            self._count()
            if self._threads:
                self._seen = time.monotonic()
            elif time.monotonic() - self._seen > self._worker_wait:
                raise ClusterLostError(
                    f"the cluster has had no workers for {self._worker_wait:g} seconds; what was read is kept: start "
                    "workers and run the same command again, or have it wait longer with --worker-wait"
                )
        return batch  # type: ignore[no-any-return]

    def _count(self) -> None:
        if time.monotonic() - self._counted > min(_COUNT_AGAIN, self._worker_wait / 2):
            with suppress(OSError):  # the scheduler is gone: what was sent there says so
                self._threads = sum(self._client.nthreads().values())
            self._counted = time.monotonic()

    def _hand_out(self, rest: deque[Input], back: as_completed) -> Iterator[Done[Input]]:
        """Send what there is room for; yield what cannot be sent, which fails here."""
        while rest and self._has_room():
            packed: list[tuple[Input, bytes]] = []
            size = 0
            most = min(_TOGETHER, len(rest) // (_SHARE * max(1, self._threads)))
            while rest and (not packed or (len(packed) < most and size < _PARCEL)):
                item = rest.popleft()
                data = None if item.problem else _bytes(item)
                if data is None:
                    yield Done(item, msgspec.msgpack.encode(reading(item)))
                else:
                    packed.append((item, data))
                    size += len(data)
            if packed:
                self._send(Parcel(self._plugin, tuple(packed)), size, back)

    def _send(self, parcel: Parcel, size: int, back: as_completed) -> None:
        self._number += 1
        key = f"{self._plugin}-{self._number}"
        future = self._client.submit(read_there, parcel, key=key, pure=False, retries=_RETRIES)
        self._sent[key] = _Sent(parcel, size, future)
        back.add(future)

    def _has_room(self) -> bool:
        self._count()
        if not self._sent:
            return True
        under_way = sum(sent.size for sent in self._sent.values())
        return len(self._sent) < _AHEAD * max(1, self._threads) and under_way < _UNDER_WAY


def _outcomes(sent: _Sent, result: Any) -> Outcomes[Input]:
    """Yield what came of each input of a parcel; what is here counts, though its worker may have gone since."""
    if isinstance(result, dict):
        for item, _ in sent.parcel.inputs:
            answer = result[item.source]
            yield Done(item, answer) if isinstance(answer, bytes) else Lost(item, *answer)
    elif sent.future.status == "error":
        error = result[1]
        if not isinstance(error, KilledWorker):
            raise ClusterLostError(f"{_said(error)}; what was read is kept: mend that and run the same command again")
        for item, _ in sent.parcel.inputs:
            yield Lost(item, DIED, "with several workers of the cluster")
    else:
        raise ClusterLostError(
            "the scheduler of the cluster is gone; what was read is kept: run the same command again when it is back"
        )


def _bytes(item: Input) -> bytes | None:
    """Return the bytes of a file, None where they cannot be had or are more than is read."""
    opener = item.opener
    try:
        if not isinstance(opener, LocalFile):
            data = opener.load(MAX_BYTES)
            return data if len(data) <= MAX_BYTES else None
        if not opener.path.is_file() or opener.path.stat().st_size > MAX_BYTES:
            return None
        return opener.path.read_bytes()
    except (OSError, UnreadableFile):
        return None


def _said(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
