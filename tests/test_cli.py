"""The command line: exit codes, what goes to which stream, and a view that no text can break."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from made_reports import made_report
from rich.cells import cell_len
from typer.testing import CliRunner

from nianbao import batch, cli, extracting, gather, reading, report, terminal
from schemas.document import Document
from schemas.rows import ReportRows


def processed(document: Document) -> ReportRows:
    if "fault" in document.text:
        raise KeyError("loans")
    return made_report(document.document_id, document.source)


@pytest.fixture(autouse=True)
def _made_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracting, "cores", lambda: 0)
    monkeypatch.setattr(reading, "process", processed)
    monkeypatch.setattr(report, "process", processed)
    monkeypatch.setattr(gather, "indicators", lambda _reports: ())
    monkeypatch.setattr(reading, "mentions", lambda _report: ())


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("甲馆", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "fault.txt").write_text("fault", encoding="utf-8")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "facts.csv").write_text("", encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli.app, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.usefixtures("here")
def test_all_read_is_exit_0() -> None:
    code, out, error = run("extract", "a.txt", "--out", "out")
    assert (code, error) == (0, "")
    assert "1 of 1 documents read; findings: 0 error, 1 warning, 1 info\nwritten to out\n" in out
    assert "facts                    2\n" in out


@pytest.mark.usefixtures("here")
def test_some_failed_is_exit_1_with_their_names() -> None:
    code, out, error = run("extract", ".", "--out", "out")
    assert (code, error) == (1, "")
    assert "1 of 3 documents read; findings: 2 error, 1 warning, 1 info\n" in out
    assert "failed: empty.txt: the file is empty" in out
    assert "failed: fault.txt: reading it met KeyError ('loans')" in out


WRONG = [  # arguments, what is said
    (["extract", "a.txt"], "Missing option '--out'"),
    (["extract", "--out", "out"], "Missing argument 'INPUT"),
    (["extract", "nowhere", "--out", "out"], "nianbao: nowhere does not exist; check the path\n"),
    (["extract", "a.txt", "nowhere", "--out", "out"], "nianbao: nowhere does not exist; check the path\n"),
    (["extract", "mine", "--out", "out"], "nianbao: no .txt or .docx file in mine; name a file or"),
    (
        ["extract", "a.txt", "--out", "mine"],
        "nianbao: mine holds facts.csv, which nianbao did not write; move that away or",
    ),
    (["extract", "a.txt", "--out", "a.txt"], "nianbao: a.txt is a file; give --out a folder\n"),
    (["show", "nowhere"], "nianbao: nowhere does not exist; check the path\n"),
    (["show"], "Missing argument 'FILE'"),
    (["publish"], "No such command 'publish'"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_wrong_use_is_exit_2_and_writes_nothing(here: Path, arguments: list[str], said: str) -> None:
    before = sorted(here.rglob("*"))
    code, out, error = run(*arguments)
    assert (code, out) == (2, "")
    assert said in error
    assert "Traceback" not in error
    assert sorted(here.rglob("*")) == before


def test_a_disk_that_refuses_is_one_sentence(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "out")

    monkeypatch.setattr(batch, "folder_output", full)
    code, _, error = run("extract", "a.txt", "--out", "out")
    assert code == 3
    assert error.count("\n") == 1
    assert "No space left on device (out); OUT is as it was" in error
    assert [path.name for path in (here / "out").iterdir()] == [".nianbao"]


@pytest.mark.usefixtures("here")
def test_faults_are_one_sentence_and_debug_raises_them() -> None:
    code, _, error = run("show", "fault.txt")
    assert (code, error) == (3, "nianbao: fault in nianbao, KeyError: 'loans'; run with --debug to see where\n")
    for arguments in (["show", "fault.txt"], ["extract", "fault.txt", "--out", "out"]):
        assert isinstance(CliRunner().invoke(cli.app, [*arguments, "--debug"]).exception, KeyError)


@pytest.mark.usefixtures("here")
def test_showing_what_cannot_be_read_is_exit_1() -> None:
    code, out, error = run("show", "empty.txt")
    assert (code, out) == (1, "")
    assert error.startswith("nianbao: empty.txt: the file is empty")


SHOWN = [
    "山水县图书馆",
    "└── 1.1 接待[red]读者",  # markup of the document is text
    "lectures, totals: none",
    '│ 家庭"阅读",',
    "接待读者约59万人次，",
    "590000 人次  visits  about  2014-01-01–2014-12-31",
    "送书[bold]2—3册。",
    "2–3 册  -  planned event range",
    "2014-05-04 exhibition 书画展[/] @ 展厅 400 participants planned",
    "warning invalid_date: 11月31日 does not exist",
]


@pytest.mark.usefixtures("here")
def test_show_tells_outline_tables_facts_events_and_findings() -> None:
    code, out, error = run("show", "a.txt")
    assert (code, error) == (0, "")
    for line in SHOWN:
        assert line in out
    assert "\x1b" not in out


@pytest.mark.usefixtures("here")
def test_show_keeps_the_borders_of_a_table_in_line() -> None:
    _, out, _ = run("show", "a.txt")
    table = [line for line in out.splitlines() if line.startswith(("┌", "│", "├", "└─"))]
    widths = {cell_len(line.rstrip()) for line in table if not line.startswith("└── ")}
    assert len(widths) == 1
    assert max(cell_len(line) for line in out.splitlines()) <= terminal.PIPED_WIDTH


@pytest.mark.usefixtures("here")
def test_show_takes_no_orders_from_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def with_escape(document: Document) -> ReportRows:
        return made_report(document.document_id, "a\x1b[2J.txt")

    monkeypatch.setattr(report, "process", with_escape)
    assert "a·[2J.txt" in run("show", "a.txt")[1]


def test_show_of_a_report_with_nothing_in_it(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "process", lambda document: ReportRows(made_report().document))
    code, out, _ = run("show", str(here / "a.txt"))
    assert code == 0
    assert "facts (0)" in out


def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, **environment},
    )


def test_the_module_is_the_command() -> None:
    done = start("-m", "nianbao", "--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("nianbao 0.")


def test_the_version_waits_for_no_heavy_library() -> None:
    code = (
        "import sys, nianbao.cli; nianbao.__version__; print(*{'pandas', 'jieba', 'docx', 'lxml'} & set(sys.modules))"
    )
    assert start("-c", code).stdout.strip() == ""


def test_the_command_reads_a_report_from_end_to_end(here: Path) -> None:
    (here / "县馆.txt").write_text("山水县图书馆2014年工作总结\n一、概况\n全年接待读者59万人次。\n", encoding="utf-8")
    done = start("-m", "nianbao", "extract", str(here / "县馆.txt"), "--out", str(here / "out"))
    assert (done.returncode, done.stderr) == (0, "")
    assert (here / "out" / "facts.csv").exists()
    shown = start("-m", "nianbao", "show", str(here / "县馆.txt"), PYTHONIOENCODING="ascii")
    assert shown.returncode == 0  # a terminal without Chinese gets question marks, not a traceback
    assert shown.stdout.isascii()
