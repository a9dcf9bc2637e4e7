"""What a run says while it goes on."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from nianbao import progress
from nianbao.progress import Lines, Log, Pace, shown
from nianbao.steps import Step

STEPS = (
    Step("begin", 4, 10),
    Step("document", 5, 10, 0, "a.txt", "ok", 0.5, 12),
    Step("document", 6, 10, 1, "b.txt", "failed", 0.1, 1, "b.txt: the file is empty"),
    Step("publish", 10, 10, 1),
    Step("end", 10, 10, 1),
)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the time that is told next, in a list of one."""
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_a_step_tells_rate_time_left_and_failures_of_this_run(clock: list[float]) -> None:
    pace = Pace()
    told = []
    for step in STEPS:
        told.append(pace.told(step))
        clock[0] += 2
    assert told[:4] == [
        "4 of 10 reports",
        "5 of 10 reports, 0.5 a second, 0:10 left",
        "6 of 10 reports, 0.5 a second, 0:08 left, 1 failed",
        "10 of 10 reports, writing the tables, 1 failed",
    ]


def test_a_line_is_written_every_few_seconds(clock: list[float]) -> None:
    stream = io.StringIO()
    lines = Lines(stream, every=5)
    for step in STEPS:
        lines(step)
        clock[0] += 3
    assert stream.getvalue().splitlines() == ["6 of 10 reports, 0.3 a second, 0:12 left, 1 failed"]


def test_the_log_has_an_object_a_line(tmp_path: Path) -> None:
    stream = io.StringIO()
    for step in STEPS:
        Log(stream)(step)
    said = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [line.pop("time")[-6:] for line in said] == ["+00:00"] * len(STEPS)
    assert said[0] == {"event": "begin", "done": 4, "total": 10, "failed": 0}
    assert (said[2]["source"], said[2]["status"], said[2]["error"]) == ("b.txt", "failed", "b.txt: the file is empty")


def test_a_run_adds_to_the_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        with shown(tmp_path / "log") as tell:
            tell(STEPS[0])
    assert len((tmp_path / "log").read_text(encoding="utf-8").splitlines()) == 2
    assert capsys.readouterr().err == ""


def test_a_terminal_has_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(progress.sys, "stderr", terminal)
    monkeypatch.setenv("COLUMNS", "120")
    with shown() as tell:
        tell(STEPS[0])
        tell(Step("document", 5, 10, 1, "a\x1b[2J.txt", "ok", 0.5, 12))
    assert "5 of 10 reports" in terminal.getvalue()
    assert "a·[2J.txt" in terminal.getvalue()
