"""A way out that a process of its own writes: the same bytes, errors as if it were written here, no process left."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import own_words
import pytest
import typer
from odd_work import FOREVER, obedient_reader
from odd_writing import ERRORS, ODD_FORMATS, ORDER, no_half, obedient, telling
from test_batch import contents, rows, tree

from nianbao import apart as aparts
from nianbao import batch, hands, refresh
from nianbao.apart import WriterLostError, apart
from nianbao.batch import extract
from nianbao.hands import Pieces
from nianbao.steps import Running
from nianbao.terminal import sentences
from nianbao.workers import Crew, Limits
from publish import formats
from publish.ways_out import Halved, Prepare, Way
from schemas.vocabularies import read_overlay, using

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = [sys.executable, str(ROOT / "tests" / "odd_writing.py")]
SOON = FOREVER / 10  # a guard against hanging
posix = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


@pytest.fixture(autouse=True)
def _no_process_is_left() -> Iterator[None]:
    yield
    assert multiprocessing.active_children() == []


def test_parts_are_written_in_turn_though_no_pipe_holds_them(tmp_path: Path) -> None:
    parts = [f"{number} ".encode() + bytes([65 + number]) * 1_000_000 for number in range(20)]
    with apart(partial(obedient, tmp_path / "file"), no_half) as write:
        for part in parts:
            write.take(part)
    assert (tmp_path / "file").read_bytes() == b"".join(parts) + b"end"


def test_the_first_process_is_never_more_than_a_few_parts_ahead(tmp_path: Path) -> None:
    file = tmp_path / "file"
    with apart(partial(obedient, file), no_half) as write:
        for number in range(3 * aparts._AHEAD):
            write.take(b"slowly 0.003 ")
            written = file.read_bytes().count(b"slowly") if file.exists() else 0
            assert number + 1 - written <= aparts._AHEAD


def test_the_words_in_use_are_in_use_there(tmp_path: Path) -> None:
    words = own_words.folder(tmp_path / "words", {"metrics.yaml": own_words.METRIC})
    with using(read_overlay(words)), apart(partial(telling, tmp_path / "told"), no_half) as write:
        write.take(b"")
    assert (tmp_path / "told").read_text(encoding="utf-8") == str(words)


def put(way: Way, *orders: str) -> int:
    """Write the orders; return how many were taken until an error came, if one came before the end."""
    taken = 0
    try:
        with apart(way, no_half) as write:
            for order in orders:
                write.take(order.encode())
                taken += 1
    except Exception as error:
        error.taken = taken  # type: ignore[attr-defined]
        raise
    return taken


WHEN = {  # the way out, what is written: the order stands at the beginning, in a part, in the last one, at the end
    "open": lambda path, order: (partial(obedient, path, order), [""]),
    "part": lambda path, order: (partial(obedient, path), [order] + [""] * 1000),
    "last": lambda path, order: (partial(obedient, path), ["", order]),
    "close": lambda path, order: (partial(obedient, path, "", order), [""] * 20),
}


RAISED = [(name, "part") for name in ERRORS if name != "unsendable"]
RAISED += [(name, when) for name in ("disk", "large") for when in WHEN if when != "part"]


@pytest.mark.parametrize(("name", "when"), RAISED)
def test_what_is_raised_there_is_raised_here(tmp_path: Path, name: str, when: str) -> None:
    way, orders = WHEN[when](tmp_path / "file", f"raise {name}")
    expected = ERRORS[name]
    with pytest.raises(type(expected)) as caught:
        put(way, *orders)
    assert (type(caught.value), str(caught.value)) == (type(expected), str(expected))
    assert vars(caught.value).pop("taken") <= max(20, aparts._AHEAD)
    if isinstance(expected, OSError):
        assert isinstance(caught.value, OSError)
        assert (caught.value.errno, caught.value.filename) == (expected.errno, expected.filename)


def test_an_error_that_cannot_be_sent_says_what_it_was(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="UnsendableError: this, that"):
        put(partial(obedient, tmp_path / "file"), "raise unsendable")


ENDS = [pytest.param("die", "SIGKILL", marks=posix), pytest.param("exit", "exit code 0")]


@pytest.mark.parametrize("when", WHEN)
@pytest.mark.parametrize(("end", "how"), ENDS)
def test_a_process_that_ends_is_an_error_that_says_how_to_go_on(tmp_path: Path, end: str, how: str, when: str) -> None:
    way, orders = WHEN[when](tmp_path / "file", end)
    said = f"writes the database in OUT ended \\({how}\\).* run the same command again to go on"
    with pytest.raises(WriterLostError, match=said):
        put(way, *orders)


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
def test_an_error_of_the_first_process_ends_it_at_once(tmp_path: Path, error: type[BaseException]) -> None:
    file = tmp_path / "file"

    def broken_off() -> None:
        with apart(partial(obedient, file), no_half) as write:
            write.take(b"hang")
            raise error

    with pytest.raises(error):
        broken_off()
    assert not file.exists() or b"end" not in file.read_bytes()


@posix
def test_it_ends_by_itself_where_the_first_process_is_killed(tmp_path: Path) -> None:
    """Its output is a pipe that is at its end when no process holds it any more."""
    orders = ["written", "orphan", "never written"]
    child = subprocess.Popen(
        [*SCRIPT, "write", str(tmp_path / "file"), *orders],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    said, _ = child.communicate(timeout=SOON)
    assert (child.returncode, said) == (-signal.SIGKILL, b"")
    assert (tmp_path / "file").read_bytes() == b"writtenorphan"


# --- a batch


@pytest.fixture
def apart_opened(monkeypatch: pytest.MonkeyPatch) -> list[Prepare]:
    """Let a process write for a few reports, and return the first halves of what it writes."""
    opened: list[Prepare] = []

    def noted(way: Way, prepare: Prepare) -> AbstractContextManager[Halved]:
        opened.append(prepare)
        return apart(way, prepare)

    monkeypatch.setattr(batch, "apart", noted)
    monkeypatch.setattr(hands, "_WORTH", 1)
    monkeypatch.setattr(hands, "_WORTH_A_WRITER", 1)
    return opened


def test_few_reports_and_one_worker_need_none() -> None:
    worth = {
        (jobs, count): Pieces(Crew(partial(lambda: bytes), Limits(), jobs), count).worth_a_writer  # type: ignore[arg-type]
        for jobs in (1, 2)
        for count in (8, 1000)
    }
    assert [needed for needed, is_worth in worth.items() if is_worth] == [(2, 1000)]
    assert not Pieces().worth_a_writer


def test_the_database_of_another_process_has_the_bytes_of_this_one(tmp_path: Path, apart_opened: list[Prepare]) -> None:
    words = own_words.folder(tmp_path / "words", {"metrics.yaml": own_words.METRIC})
    given = [ROOT / "samples" / name for name in ("liling-2014.txt", "liling-2016.docx")]
    (tmp_path / "own.txt").write_text("山水县图书馆2019年工作总结\n一、设施\n全馆设朗读亭3座。\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    outs = []
    for jobs in (0, 1, 2):
        arguments = [*given, tmp_path / "own.txt", tmp_path / "empty.txt"]
        extract(arguments, tmp_path / str(jobs), vocabulary=words, running=Running(jobs=jobs))
        outs.append(contents(tmp_path / str(jobs)))
        assert len(apart_opened) == max(0, jobs - 1)
    assert outs[0] == outs[1] == outs[2]
    with sqlite3.connect(tmp_path / "2" / "nianbao.sqlite") as connection:
        assert connection.execute("SELECT reading_booths FROM panel WHERE library LIKE '山水%'").fetchall() == [(3,)]


@pytest.fixture
def odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, apart_opened: list[Prepare]) -> Path:
    """Return a folder of reports; what becomes of their database is in the environment."""
    monkeypatch.setattr(refresh, "Reader", obedient_reader)
    monkeypatch.setattr(formats, "FORMATS", ODD_FORMATS)
    monkeypatch.setenv(ORDER, "ordinary")
    return tree(tmp_path / "in", {f"{number}.txt": str(number) for number in range(3)})


def finished(odd: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Return what the next run, which need not read anything and starts no process, makes of the output."""
    monkeypatch.setenv(ORDER, "ordinary")
    assert extract(odd, out).read == 0
    assert {path.name for path in (out / ".nianbao").iterdir()} == {"reports.sqlite", "lock"}
    assert [row["source"] for row in rows(out, "documents")] == ["0.txt", "1.txt", "2.txt"]
    return contents(out)


WRONG = [  # what the database does, what is said
    ("raise disk", "the system refused: No space left on device (nianbao.sqlite); OUT is as it was"),
    ("raise database", "nianbao.sqlite refused: disk I/O error; OUT is as it was"),
    ("raise contract", "fault in nianbao, IntegrityError: (sqlite3.IntegrityError) NOT NULL constraint failed"),
    pytest.param("die", "the process that writes the database in OUT ended (SIGKILL)", marks=posix),
]


@pytest.mark.parametrize(("order", "said"), WRONG)
def test_out_is_as_it_was_and_the_next_run_goes_on(
    odd: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    order: str,
    said: str,
) -> None:
    out = tmp_path / "out"
    extract(tree(tmp_path / "old", {"a.txt": "甲"}), out)
    before = contents(out)
    monkeypatch.setenv(ORDER, order)
    with pytest.raises(typer.Exit) as caught, sentences(debug=False):
        extract(odd, out, running=Running(jobs=2))
    assert caught.value.exit_code == 3
    assert capsys.readouterr().err.startswith(f"nianbao: {said}")
    assert contents(out) == before
    assert {path.name for path in (out / ".nianbao").iterdir()} <= {"reports.sqlite", "lock"}
    assert set(finished(odd, out, monkeypatch)) > {"nianbao.sqlite", "facts.csv"}


STOPPED = [  # the signal, what the database does meanwhile, what the run ends with
    pytest.param(signal.SIGINT, "hang", 130, id="Ctrl-C"),
    pytest.param(None, "orphan", -9, id="kill -9 of the first process"),
]


@posix
@pytest.mark.parametrize(("sent", "order", "code"), STOPPED)
def test_a_run_stopped_while_it_writes_leaves_no_process_and_the_next_goes_on(
    odd: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: signal.Signals | None, order: str, code: int
) -> None:
    """Ctrl-C reaches all processes of the terminal; the output is at its end when the last of them is."""
    log, out = tmp_path / "log", tmp_path / "out"
    child = subprocess.Popen(
        [*SCRIPT, "extract", str(odd), "--out", str(out), "--jobs", "2", "--log-file", str(log)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), ORDER: order},
    )
    database = out / ".nianbao" / "next" / formats.SQLITE_FILE
    while not database.exists() and child.poll() is None:
        time.sleep(0.02)
    if sent:
        os.killpg(child.pid, sent)
    said, _ = child.communicate(timeout=SOON)
    assert (child.returncode, b"KeyboardInterrupt" in said) == (code, False), said.decode()
    assert contents(out) == {}
    assert "nianbao.sqlite" in finished(odd, out, monkeypatch)
