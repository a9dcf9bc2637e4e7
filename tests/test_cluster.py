"""A cluster: real workers of Dask read, to the bytes of a run on one machine, whatever happens to them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

pytest.importorskip("distributed", reason="Dask is not installed: nianbao[cluster]")

import made_clusters
import odd_work
import psutil
from test_batch import contents, rows, tree
from typer.testing import CliRunner

from nianbao import cluster, refresh
from nianbao.batch import extract
from nianbao.cli import app
from nianbao.cluster_worker import OtherCodeError, Parcel, Readers
from nianbao.inputs import Input, collect
from nianbao.rules import code_and_versions
from nianbao.steps import CLUSTER, DOCUMENT, LOCAL, ClusterError, ClusterLostError, Running, Step
from nianbao.store import open_store
from nianbao.workers import Done, Limits
from publish.placing import WORKSHOP

ROOT = Path(__file__).resolve().parents[1]
SHORT = Limits(seconds=1, megabytes=512)
posix = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with made_clusters.cluster() as address:
        yield address


@pytest.fixture
def odd(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refresh, "Reader", odd_work.obedient_reader)


def ordinary(folder: Path, count: int = 20) -> Path:
    return tree(folder, {f"县/{number:02}.txt": f"报告{number}" for number in range(count)})


def test_reports_read_on_a_cluster_give_the_bytes_of_this_machine(address: str, tmp_path: Path) -> None:
    named = ("liling-2014.txt", "liling-2016.docx")
    reports = [ROOT / "samples" / name for name in named]
    reports += [tmp_path / "old.doc", tmp_path / "empty.txt"]
    tree(tmp_path, {"old.doc": "old", "empty.txt": ""})
    extract(reports, tmp_path / "here")
    extract(reports, tmp_path / "there", running=Running(cluster=address))
    assert contents(tmp_path / "here")["facts.csv"].count(b"\n") > 100
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


# --- what may happen to workers


@posix
@pytest.mark.usefixtures("odd")
def test_a_worker_killed_between_two_documents_costs_nothing(address: str, tmp_path: Path) -> None:
    folder = ordinary(tmp_path / "in")
    before = set(made_clusters.processes(address))
    assert len(before) == 2

    def kill(step: Step) -> None:
        if step.event == DOCUMENT and step.done == 3:
            os.kill(min(before), signal.SIGKILL)

    summary = extract(folder, tmp_path / "there", running=Running(cluster=address), progress=kill)
    assert (summary.read, summary.failures) == (20, ())
    assert [row["status"] for row in rows(tmp_path / "there", "documents")] == ["ok"] * 20
    assert min(before) not in made_clusters.processes(address)


@posix
@pytest.mark.usefixtures("odd")
def test_a_worker_killed_in_the_middle_of_a_document_costs_nothing(address: str, tmp_path: Path) -> None:
    flag = tmp_path / "flag"
    folder = tree(ordinary(tmp_path / "in"), {"a.txt": f"orphan-once {flag}"})
    summary = extract(folder, tmp_path / "there", running=Running(cluster=address))
    assert flag.exists()
    assert (summary.read, summary.failures) == (21, ())


@posix
@pytest.mark.usefixtures("odd")
def test_a_document_that_kills_every_worker_fails_and_costs_no_other(tmp_path: Path) -> None:
    folder = tree(ordinary(tmp_path / "in", 4), {"z.txt": "orphan"})
    with made_clusters.cluster(1, allowed_failures=0) as address:
        summary = extract(folder, tmp_path / "there", running=Running(cluster=address))
    said = "the process that read it ended (with several workers of the cluster), twice; the next run tries it again"
    assert summary.failures == (("z.txt", f"z.txt: {said}"),)
    assert summary.rows["documents"] == 5


@posix
@pytest.mark.usefixtures("odd")
def test_a_document_that_goes_wrong_ends_as_on_one_machine(address: str, tmp_path: Path) -> None:
    folder = tree(ordinary(tmp_path / "in", 6), {"die.txt": "die", "hang.txt": "hang"})
    workers = set(made_clusters.processes(address))
    there = extract(folder, tmp_path / "there", running=Running(cluster=address, limits=SHORT))
    assert there.failures == (  # the words of tests/test_jobs.py
        ("die.txt", "die.txt: the process that read it ended (SIGKILL), twice; the next run tries it again"),
        ("hang.txt", "hang.txt: reading it took more than 1 seconds, twice; give it more with --time-limit"),
    )
    assert [row["status"] for row in rows(tmp_path / "there", "documents")] == ["failed"] * 2 + ["ok"] * 6
    assert set(made_clusters.processes(address)) == workers  # none of them was harmed


@pytest.mark.usefixtures("odd")
def test_processes_that_nobody_needs_are_ended(address: str, tmp_path: Path) -> None:
    extract(ordinary(tmp_path / "in"), tmp_path / "out", running=Running(cluster=address))
    below = [child for pid in made_clusters.processes(address) for child in psutil.Process(pid).children()]
    assert [child for child in below if "spawn_main" in " ".join(child.cmdline())] == []


@pytest.mark.usefixtures("odd")
def test_inputs_are_taken_as_the_cluster_has_room(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = collect([ordinary(tmp_path / "in", 60)])
    assert _taken_before_the_first_outcome(address, inputs, monkeypatch) <= 2 * cluster._AHEAD * cluster._TOGETHER < 60
    monkeypatch.setattr(cluster, "_UNDER_WAY", 1)
    monkeypatch.setattr(cluster, "_PARCEL", 1)
    assert _taken_before_the_first_outcome(address, inputs, monkeypatch) == 1


def _taken_before_the_first_outcome(address: str, inputs: Sequence[Input], monkeypatch: pytest.MonkeyPatch) -> int:
    taken: list[Input] = []
    with monkeypatch.context() as patch:
        patch.setattr(cluster, "_bytes", lambda item: taken.append(item) or item.opener.path.read_bytes())
        prepare = partial(odd_work.obedient_reader, None)
        outcomes = cluster.run_on_cluster(inputs, prepare, Running(cluster=address), lambda _: None)  # type: ignore[arg-type]
        assert isinstance(next(outcomes), Done)
        outcomes.close()
    return len(taken)


# --- clusters that cannot be worked with


def kept(out: Path) -> int:
    """Return how many reports the next run need not read."""
    with open_store(out / WORKSHOP) as store:
        return len(store.kept())


def refused(reports: Path, out: Path, running: Running) -> str:
    with pytest.raises(ClusterError) as caught:
        extract(reports, out, running=running)
    assert contents(out) == {}
    return str(caught.value)


@pytest.mark.parametrize("wrong", ["tcp://127.0.0.1:1", "127.0.0.1:1", "what://127.0.0.1:8786", "tls://127.0.0.1:1"])
def test_an_address_without_a_scheduler_is_one_sentence(
    wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_TO_CONNECT", 0.5)
    folder = tree(tmp_path / "in", {"a.txt": "甲"})
    result = CliRunner().invoke(app, ["extract", str(folder), "--out", str(tmp_path / "out"), "--cluster", wrong])
    assert result.exit_code == 2
    assert result.stderr.startswith(f"nianbao: no Dask scheduler answers at {wrong} (")
    assert result.stderr.endswith("name the address that it prints, such as tcp://HOST:8786\n")
    assert result.stderr.count("\n") == 1


def test_a_cluster_without_workers_is_one_sentence(tmp_path: Path) -> None:
    folder = tree(tmp_path / "in", {"a.txt": "甲"})
    with made_clusters.cluster(0) as empty:
        said = refused(folder, tmp_path / "out", Running(cluster=empty, worker_wait=0.5))
    assert said == f"{empty} has no workers; start them with `dask worker {empty}`"


def test_a_worker_with_other_code_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other"
    for package in ("nianbao", "extract", "normalize", "publish", "schemas"):
        shutil.copytree(ROOT / package, other / package, ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "nianbao" / "pipeline.py").open("a") as file:
        file.write("# changed\n")
    folder = tree(tmp_path / "in", {"a.txt": "甲"})
    with made_clusters.cluster(0) as address, made_clusters.joined(address, other):
        said = refused(folder, tmp_path / "out", Running(cluster=address))
    assert said.startswith("the worker tcp://127.0.0.1:")
    assert said.endswith("has other code of nianbao than the run; install the same on all machines of the cluster")


def test_a_worker_without_nianbao_is_refused(tmp_path: Path) -> None:
    folder = tree(tmp_path / "in", {"a.txt": "甲"})
    # another one may be installed where the tests run, so this one stands before it and cannot be loaded
    tree(tmp_path / "bare", {"nianbao/__init__.py": "raise ModuleNotFoundError('no nianbao')\n"})
    with made_clusters.cluster(0) as address, made_clusters.joined(address, tmp_path / "bare"):
        said = refused(folder, tmp_path / "out", Running(cluster=address))
    assert said.startswith("a worker of the cluster cannot read (")
    assert said.endswith("; install there what is installed here")


class _Worker:
    address = "tcp://10.0.0.7:40000"
    local_directory = "."


def test_a_worker_with_other_code_that_comes_later_reads_nothing() -> None:
    code = {**code_and_versions(), "regex": "1999.1"}
    late = Readers("late", partial(odd_work.obedient_reader, None), Limits(), code)  # type: ignore[arg-type]
    said = r"tcp://10.0.0.7:40000 has regex \d+\.\S+ and the run 1999.1; install the same on all"
    with pytest.raises(OtherCodeError, match=said):
        late.setup(_Worker())  # type: ignore[arg-type]
    with pytest.raises(OtherCodeError, match=said):
        late.read(Parcel("late", ()))


def test_what_came_back_counts_though_its_worker_has_gone_since(tmp_path: Path) -> None:
    (item,) = collect([tree(tmp_path, {"a.txt": "甲"})])
    sent = cluster._Sent(Parcel("any", ((item, b""),)), 0, SimpleNamespace(status="lost"))  # type: ignore[arg-type]
    assert list(cluster._outcomes(sent, {item.source: b"rows"})) == [Done(item, b"rows")]
    with pytest.raises(ClusterLostError, match="the scheduler of the cluster is gone"):
        list(cluster._outcomes(sent, CancelledError()))


@pytest.mark.usefixtures("odd")
def test_workers_that_all_go_away_are_waited_for_and_the_next_run_goes_on(tmp_path: Path) -> None:
    folder = tree(ordinary(tmp_path / "in"), {"县/zz.txt": "hang"})  # so that it cannot be over before
    with made_clusters.cluster(0) as address, made_clusters.joined(address, ROOT) as end:

        def stop(step: Step) -> None:
            if step.event == DOCUMENT and step.done == 2:
                end()

        running = Running(cluster=address, worker_wait=0.5)
        with pytest.raises(ClusterLostError, match=r"no workers for 0.5 seconds; what was read is kept: start workers"):
            extract(folder, tmp_path / "out", running=running, progress=stop)
    assert contents(tmp_path / "out") == {}
    assert kept(tmp_path / "out") >= 2


@pytest.mark.usefixtures("odd")
def test_a_scheduler_that_goes_away_is_one_sentence_and_the_next_run_goes_on(tmp_path: Path) -> None:
    folder = tree(ordinary(tmp_path / "in"), {"县/zz.txt": "hang"})  # so that it cannot be over before
    with made_clusters.scheduler() as (address, end), made_clusters.joined(address, ROOT):

        def stop(step: Step) -> None:
            if step.event == DOCUMENT and step.done == 2:
                end()

        with pytest.raises(ClusterLostError, match="what was read is kept: run the same command again"):
            extract(folder, tmp_path / "out", running=Running(cluster=address), progress=stop)
    assert contents(tmp_path / "out") == {}
    assert kept(tmp_path / "out") >= 2


def test_without_dask_a_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "nianbao.cluster")
    monkeypatch.delitem(sys.modules, "nianbao.cluster_worker")
    said = refused(tree(tmp_path / "in", {"a.txt": "甲"}), tmp_path / "out", Running(cluster=LOCAL))
    assert said.endswith("run `pip install nianbao[cluster]`")


# --- one that is started here


@pytest.mark.usefixtures("odd")
def test_a_local_cluster_listens_on_loopback_alone(tmp_path: Path) -> None:
    told: list[Step] = []
    heard: set[str] = set()

    def look(step: Step) -> None:
        told.append(step)
        if step.event == CLUSTER:
            us = psutil.Process()
            for process in (us, *us.children(recursive=True)):
                found = process.net_connections(kind="inet")
                heard.update(at.laddr.ip for at in found if at.status == psutil.CONN_LISTEN)

    running = Running(jobs=2, cluster=LOCAL)
    assert extract(ordinary(tmp_path / "in"), tmp_path / "out", running=running, progress=look).read == 20
    (joined,) = (step for step in told if step.event == CLUSTER)
    assert str(joined.dashboard).startswith("http://127.0.0.1:")
    assert heard == {"127.0.0.1"}


def test_where_nothing_changed_no_cluster_is_joined(tmp_path: Path, odd: None) -> None:
    folder = ordinary(tmp_path / "in", 3)
    extract(folder, tmp_path / "out", running=Running(jobs=1))
    assert extract(folder, tmp_path / "out", running=Running(cluster="tcp://127.0.0.1:1")).read == 0


def test_processes_of_this_machine_and_a_cluster_exclude_each_other(tmp_path: Path) -> None:
    arguments = ["extract", str(tmp_path), "--out", str(tmp_path / "out"), "--cluster", "tcp://h:8786", "--jobs", "2"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("nianbao: --jobs counts processes of this machine, ")


@posix
def test_ctrl_c_ends_a_local_cluster_with_one_sentence(tmp_path: Path) -> None:
    folder = tree(tmp_path / "in", {"a.txt": "甲", "b.txt": "hang", "c.txt": "丙"})
    log, out = tmp_path / "log", tmp_path / "out"
    arguments = ["extract", folder, "--out", out, "--cluster", "local", "--jobs", "1", "--log-file", log]
    child = subprocess.Popen(
        [sys.executable, ROOT / "tests" / "odd_work.py", *map(str, arguments)],
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    while not (log.exists() and '"document"' in log.read_text()) and child.poll() is None:
        time.sleep(0.02)
    assert child.stderr
    assert child.stderr.readline().startswith("the cluster is at work; watch it at http://127.0.0.1:")
    below = psutil.Process(child.pid).children(recursive=True)
    os.killpg(child.pid, signal.SIGINT)  # as a terminal does: all processes hear it
    _, said = child.communicate(timeout=odd_work.FOREVER / 10)
    assert (child.returncode, said) == (
        130,
        "nianbao: stopped after 1 of 3 reports; run the same command again to go on\n",
    )
    assert psutil.wait_procs(below, timeout=10)[1] == []
