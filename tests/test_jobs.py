"""Worker processes: the same output for any number of them, and a document that goes wrong costs only itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from multiprocessing import get_context
from pathlib import Path
from threading import Thread

import odd_work
import pytest
from test_batch import contents, rows, tree

from nianbao import refresh
from nianbao.batch import extract
from nianbao.steps import Running, Step
from nianbao.workers import CannotStartError, Done, Limits, Lost, run, start

ROOT = Path(__file__).resolve().parents[1]
posix = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
SHORT = Limits(seconds=1, megabytes=512)


def done(*tasks: str, jobs: int = 2, limits: Limits = SHORT) -> tuple[set[str], dict[str, str]]:
    """Return the tasks that came to a result, and the others with the reason."""
    good, bad = set(), {}
    for outcome in run(tasks, odd_work.echo, jobs=jobs, limits=limits):
        if isinstance(outcome, Lost):
            bad[outcome.task] = outcome.reason
        else:
            assert outcome.result.endswith(outcome.task.encode()) or outcome.task == "long"
            good.add(outcome.task)
    return good, bad


ORDINARY = tuple(f"task {number}" for number in range(20))


@pytest.mark.parametrize("jobs", [1, 3])
def test_every_task_comes_to_its_result(jobs: int) -> None:
    assert done(*ORDINARY, "long", jobs=jobs) == ({*ORDINARY, "long"}, {})


def test_both_ends_may_have_more_to_say_than_a_pipe_holds() -> None:
    """Tasks and results that are large: neither end waits for the other one to stop sending."""
    large = [f"{number} " + "册" * 1_000_000 for number in range(12)]
    heard: list[Done[str] | Lost[str]] = []
    one = Thread(target=lambda: heard.extend(run(large, odd_work.echo, jobs=2)), daemon=True)
    one.start()
    one.join(odd_work.FOREVER / 10)
    assert {outcome.task for outcome in heard if isinstance(outcome, Done)} == set(large)


def test_the_words_are_loaded_once_a_worker() -> None:
    outcomes = list(run(ORDINARY, odd_work.echo, jobs=2))
    assert len({outcome.result.split()[0] for outcome in outcomes if isinstance(outcome, Done)}) <= 2


def test_tasks_are_taken_as_they_are_needed() -> None:
    taken: list[str] = []

    def asked() -> object:
        for task in ORDINARY:
            taken.append(task)
            yield task

    outcomes = run(asked(), odd_work.echo, jobs=2)  # type: ignore[arg-type]
    next(outcomes)
    assert len(taken) <= 2 * 2 + 1
    outcomes.close()  # type: ignore[attr-defined]


WRONG = [  # task, reason
    pytest.param("hang", "time", id="hang"),
    pytest.param("die", "died", id="kill -9", marks=posix),
    pytest.param("crash", "died", id="segmentation fault", marks=posix),
    pytest.param("exit", "died", id="exit without a word"),
    pytest.param("eat", "memory", id="memory", marks=linux),
]


@pytest.mark.parametrize(("task", "reason"), WRONG)
def test_a_task_that_takes_its_process_down_costs_only_itself(task: str, reason: str) -> None:
    assert done(*ORDINARY[:3], task, *ORDINARY[3:]) == (set(ORDINARY), {task: reason})


@posix
def test_a_task_that_died_is_tried_once_more_alone(tmp_path: Path) -> None:
    task = f"once {tmp_path / 'flag'}"
    assert done(*ORDINARY, task) == ({*ORDINARY, task}, {})


@posix
def test_ctrl_c_does_not_reach_a_process_even_while_it_starts() -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    process = get_context("spawn").Process(target=odd_work.interrupt)
    start(process)
    process.join()
    assert (process.exitcode, signal.pthread_sigmask(signal.SIG_BLOCK, ())) == (0, before)


@posix
def test_how_a_process_ended_is_told() -> None:
    (outcome,) = run(["die"], odd_work.echo, jobs=1)
    assert outcome == Lost("die", "died", "SIGKILL")


def test_a_process_that_cannot_start_is_an_error() -> None:
    with pytest.raises(CannotStartError, match="ValueError: no words"):
        list(run(["a"], odd_work.broken, jobs=1))
    with pytest.raises(CannotStartError, match=r"3 processes that read ended before they began \(exit code 3\)"):
        list(run(["a"], odd_work.dead, jobs=1))


# --- a batch


@pytest.fixture
def odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(refresh, "Reader", odd_work.obedient_reader)
    return tree(tmp_path / "in", {"a.txt": "甲", "b.txt": "die", "c.txt": "丙"})


@posix
def test_a_document_that_kills_its_process_fails_and_is_tried_at_the_next_run(odd: Path, tmp_path: Path) -> None:
    first = extract(odd, tmp_path / "out", running=Running(jobs=2))
    said = "b.txt: the process that read it ended (SIGKILL), twice; the next run tries it again"
    assert first.failures == (("b.txt", said),)
    assert [row["status"] for row in rows(tmp_path / "out", "documents")] == ["ok", "failed", "ok"]
    again = extract(odd, tmp_path / "out", running=Running(jobs=2))
    assert (again.read, again.written, again.failures) == (1, False, first.failures)


def test_a_document_that_met_a_limit_is_read_again_under_another_one(odd: Path, tmp_path: Path) -> None:
    tree(odd, {"b.txt": "hang"})
    short = Running(jobs=1, limits=Limits(seconds=1))
    ((_, said),) = extract(odd, tmp_path / "out", running=short).failures
    assert said == "b.txt: reading it took more than 1 seconds, twice; give it more with --time-limit"
    assert extract(odd, tmp_path / "out", running=short).read == 0
    assert extract(odd, tmp_path / "out", running=Running(jobs=1, limits=Limits(seconds=1.1))).read == 1


def test_any_number_of_processes_gives_the_same_bytes(
    odd: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree(odd, {"b.txt": "乙", **{f"{number}.txt": str(number) for number in range(30)}})
    monkeypatch.setattr(refresh, "_WORTH", 1)
    outs = []
    for jobs in (1, 2, 3):
        extract(odd, tmp_path / str(jobs), running=Running(jobs=jobs))
        outs.append(contents(tmp_path / str(jobs)))
    assert len(outs[0]) > 33
    assert outs.count(outs[0]) == len(outs)


def test_reports_read_in_other_processes_give_the_bytes_of_this_one(tmp_path: Path) -> None:
    reports = [ROOT / "samples" / name for name in ("liling-2014.txt", "liling-2016.docx")]
    outs = []
    for jobs in (0, 1):
        extract(reports, tmp_path / str(jobs), running=Running(jobs=jobs))
        outs.append(contents(tmp_path / str(jobs)))
    assert outs[0]["facts.csv"].count(b"\n") > 100
    assert outs[0] == outs[1]


# --- Ctrl-C


@posix
def test_ctrl_c_ends_all_processes_and_the_next_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tree(tmp_path / "in", {"a.txt": "甲", "b.txt": "hang", "c.txt": "丙"})
    log, out = tmp_path / "log", tmp_path / "out"
    arguments = ["extract", folder, "--out", out, "--jobs", "1", "--log-file", log]
    child = subprocess.Popen(
        [sys.executable, ROOT / "tests" / "odd_work.py", *map(str, arguments)],
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    while not (log.exists() and '"document"' in log.read_text()) and child.poll() is None:
        time.sleep(0.02)
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=odd_work.FOREVER / 10)
    assert (child.returncode, said) == (
        130,
        "nianbao: stopped after 1 of 3 reports; run the same command again to go on\n",
    )
    assert contents(out) == {}
    monkeypatch.setattr(refresh, "Reader", odd_work.obedient_reader)
    told: list[Step] = []
    running = Running(jobs=1, limits=Limits(seconds=1))
    assert extract(folder, out, running=running, progress=told.append).read == 2
    assert (told[0].event, told[0].done) == ("begin", 1)
