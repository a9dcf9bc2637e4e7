"""kill -9 at any moment: what stands is the old output or the new one, and the next run comes to the clean bytes."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from collections.abc import Callable
from functools import partial, wraps
from pathlib import Path

import pytest
from made_reports import made_report
from test_batch import contents, tree

from nianbao import batch, reading
from nianbao.batch import extract
from nianbao.steps import Running
from nianbao.store import Store
from publish import placing
from schemas.document import Document
from schemas.rows import ReportRows

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the run that is killed is a fork")

# before each of these calls a run may be killed: all that it does to the disk, and what it reads
STEPS: list[tuple[object, str]] = [
    (reading, "process"),
    (Store, "put"),
    (Store, "forget"),
    (Store, "note"),
    (batch, "finish"),
    (batch, "remember"),
    (Path, "mkdir"),
    (Path, "rename"),
    (Path, "rmdir"),
    (Path, "unlink"),
    (Path, "write_bytes"),
    (Path, "write_text"),
    (placing.shutil, "rmtree"),
]


# without a database, whose tables take longer to make than all else; one that is broken off is in test_database.py
plain = partial(extract, formats=("csv",))


def processed(document: Document) -> ReportRows:
    return made_report(document.document_id, document.source)


@pytest.fixture(autouse=True)
def _made_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "process", processed)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return tree(tmp_path / "in", {"a.txt": "甲", "b.txt": "乙"})


def killed_at(number: int, run: Callable[[], object]) -> bool:
    """Do a run in a fork that kills itself before its step of this number; return whether it came so far."""
    child = os.fork()
    if not child:
        _arm(number)
        run()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) in {0, -signal.SIGKILL}
    return os.WIFSIGNALED(status)


def _arm(number: int) -> None:
    left = iter(range(number, -1, -1))

    def armed(step: Callable[..., object]) -> Callable[..., object]:
        @wraps(step)
        def dying(*args: object, **options: object) -> object:
            if next(left) == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return step(*args, **options)

        return dying

    for place, name in STEPS:
        setattr(place, name, armed(getattr(place, name)))


@pytest.mark.parametrize("earlier", [False, True], ids=["new", "again, with a file of somebody else"])
def test_a_run_killed_at_any_step_is_finished_by_the_next(reports: Path, tmp_path: Path, earlier: bool) -> None:
    before, out = tmp_path / "before", tmp_path / "out"
    before.mkdir()
    if earlier:
        plain(tree(tmp_path / "old", {"a.txt": "甲", "c.txt": "丙"}), before)
        tree(before, {"notes.txt": "mine"})
    plain(reports, tmp_path / "clean")
    old, new = contents(before), contents(tmp_path / "clean") | ({"notes.txt": b"mine"} if earlier else {})
    number = 0
    while True:
        shutil.copytree(before, out)
        came = killed_at(number, lambda: plain(reports, out))
        standing = contents(out)
        assert standing in (old, new) or "datapackage.json" not in standing, number
        plain(reports, out)
        assert contents(out) == new, number
        assert left_over(out) == set()
        shutil.rmtree(out)
        if not came:
            break
        number += 1
    assert number > 30


def left_over(out: Path) -> set[str]:
    """Return what lies in the workshop besides the store and the lock."""
    return {path.name for path in (out / ".nianbao").iterdir()} - {"reports.sqlite", "lock"}


def test_a_run_killed_again_and_again_comes_to_its_end(reports: Path, tmp_path: Path) -> None:
    """Each run is killed one step later than the one before."""
    extract(reports, tmp_path / "clean")
    number = 0
    while killed_at(number, lambda: extract(reports, tmp_path / "out")):
        number += 1
    assert contents(tmp_path / "out") == contents(tmp_path / "clean")


def test_what_was_read_before_the_kill_is_not_read_again(reports: Path, tmp_path: Path) -> None:
    number = 0
    while not (kept := _kept(tmp_path / "out")):
        assert killed_at(number, lambda: extract(reports, tmp_path / "out", running=Running(force=True)))
        number += 1
    assert extract(reports, tmp_path / "out").read == 2 - kept


def _kept(out: Path) -> int:
    path = out / ".nianbao" / "reports.sqlite"
    if not path.exists():
        return 0
    with sqlite3.connect(path) as connection:
        made = connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        return int(connection.execute("SELECT count(*) FROM reports").fetchone()[0]) if made else 0
