"""`nianbao gold`: reviewed documents become answers, and what is read again is scored against them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
from stored_outputs import run

import nianbao
from extract.read import read
from nianbao.pipeline import process
from nianbao.score import score
from publish.corrections_log import append
from schemas.corrections import decision
from schemas.rows import ReportRows

REPORT = """白沙县图书馆2012年工作总结

一、概况
馆舍面积1800平方米，阅览座席150个。全年接待读者3.5万人次。

二、活动
4月23日，在县广场举办图书漂流活动，参加市民200人。

三、讲座
序号\t讲座主题\t主讲人\t时间\t地点\t参加人数
1\t怎样养蜂\t陈青\t3月8日\t报告厅\t70
"""


@pytest.fixture(name="folder")
def two_reports(tmp_path: Path) -> Path:
    for name, text in (("a/baisha-2012.txt", REPORT), ("b/baisha-2013.txt", REPORT.replace("2012年", "2013年"))):
        (tmp_path / "reports" / name).parent.mkdir(parents=True)
        (tmp_path / "reports" / name).write_text(text, encoding="utf-8")
    nianbao.extract(tmp_path / "reports", tmp_path / "out")
    return tmp_path


def decide(folder: Path, source: str, tables: Sequence[str]) -> ReportRows:
    """Accept every row of these tables but the number of visits, which is changed."""
    report = process(read(folder / "reports" / source, source))
    told = [decision(report, "documents", report.document, "accept")] if "documents" in tables else []
    for table in tables:
        for row in getattr(report, table, ()):
            visits = table == "facts" and row.metric == "visits"
            told.append(decision(report, table, row, *(("change", "value", "36000") if visits else ("accept",))))
    append(folder / "out" / "corrections.csv", told)
    nianbao.extract(folder / "reports", folder / "out")
    return report


def test_a_reviewed_document_becomes_answers_that_later_readings_are_scored_by(folder: Path) -> None:
    decide(folder, "a/baisha-2012.txt", ["documents", "facts", "events", "lectures"])
    code, out, _ = run("gold", folder / "out", "--documents", "a/baisha-2012.txt", "--out", folder / "gold")
    assert code == 0
    assert "a/baisha-2012.txt → " in out
    assert "facts 4, events 1" in out
    assert sorted(path.name for path in (folder / "gold" / "baisha-2012").iterdir()) == [
        *("document.csv", "events.csv", "facts.csv", "lectures.csv", "sections.csv")
    ]
    assert {name: tally.f1 for name, tally in score(folder / "out", folder / "gold").tallies.items() if tally.gold} == {
        **dict.fromkeys(["documents", "sections", "lectures", "quantities", "facts", "events", "provenance"], 1.0)
    }
    (folder / "out" / "corrections.csv").unlink()
    nianbao.extract(folder / "reports", folder / "out")
    assert score(folder / "out", folder / "gold").tallies["facts"].hit == 2


def test_rejected_rows_are_no_answers(folder: Path) -> None:
    report = decide(folder, "a/baisha-2012.txt", ["documents", "facts", "events", "lectures"])
    append(folder / "out" / "corrections.csv", [decision(report, "lectures", report.lectures[0], "reject")])
    nianbao.extract(folder / "reports", folder / "out")
    code, _, _ = run("gold", folder / "out", "--documents", "a/baisha-2012.txt", "--out", folder / "gold")
    assert code == 0
    assert not (folder / "gold" / "baisha-2012" / "lectures.csv").exists()


def test_a_document_with_undecided_rows_is_refused_with_their_number(folder: Path) -> None:
    decide(folder, "a/baisha-2012.txt", ["documents", "facts"])
    command = ("gold", folder / "out", "--documents", "a/baisha-2012.txt", "--out", folder / "gold")
    code, _, said = run(*command)
    assert code == 2
    assert "has 2 rows without a decision (lectures 1, events 1); decide them and run `nianbao extract` again" in said
    assert not (folder / "gold").exists()
    assert run(*command, "--unreviewed")[0] == 0


def test_reports_are_added_to_those_that_are_there(folder: Path) -> None:
    command = ("gold", folder / "out", "--out", folder / "gold", "--unreviewed")
    assert run(*command, "--documents", "b/baisha-2013.txt")[0] == 0
    code, _, said = run(*command, "--all")
    assert code == 2
    assert "baisha-2013 is there already; --replace writes it anew" in said
    assert run(*command, "--all", "--replace")[0] == 0
    with (folder / "gold" / "reports.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [
            *(["folder", "seed"], ["baisha-2013", "baisha-2013.txt"], ["baisha-2012", "baisha-2012.txt"])
        ]


WRONG = [  # the options, what is said
    ([], "name documents with --documents, or give --all for all of them"),
    (["--all", "--documents", "x"], "name documents with --documents, or give --all"),
    (["--documents", "c.txt"], "holds no document c.txt that was read; there are, among others: a/baisha-2012.txt"),
]


@pytest.mark.parametrize(("options", "said"), WRONG)
def test_wrong_use_is_told_in_a_sentence(folder: Path, options: list[str], said: str) -> None:
    code, _, told = run("gold", folder / "out", "--out", folder / "gold", *options)
    assert code == 2
    assert said in told


def test_a_folder_of_something_else_is_left_alone(folder: Path) -> None:
    (folder / "gold").mkdir()
    (folder / "gold" / "notes.md").write_text("x", encoding="utf-8")
    code, _, said = run("gold", folder / "out", "--out", folder / "gold", "--all", "--unreviewed")
    assert code == 2
    assert "is no folder of answers" in said
    assert [path.name for path in (folder / "gold").iterdir()] == ["notes.md"]


def test_two_reports_of_one_name_are_refused(folder: Path) -> None:
    (folder / "reports" / "b" / "baisha-2012.txt").write_text(REPORT.replace("3.5", "4.5"), encoding="utf-8")
    nianbao.extract(folder / "reports", folder / "out")
    code, _, said = run("gold", folder / "out", "--out", folder / "gold", "--all", "--unreviewed")
    assert code == 2
    assert "a/baisha-2012.txt and b/baisha-2012.txt have one name" in said
