"""Explanations: every numeral of a report is found by its words or its place, and says what became of it and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import regex
from rich.console import Console
from typer.testing import CliRunner

from extract.counting import refusal
from extract.plain_text import blocks
from extract.read import read
from nianbao import cli
from nianbao.explain import explain
from nianbao.explain_view import render_explanations, render_ledger
from nianbao.explanation import Explanation
from nianbao.pipeline import process
from nianbao.why_not import CLAIMS, REFUSALS
from schemas.document import Document

ROOT = Path(__file__).resolve().parents[1]
REPORTS = sorted(path for path in (ROOT / "samples").iterdir() if path.suffix in {".txt", ".docx"})

TEXT = """青川县图书馆2018年工作总结

一、基本情况

截至2018年12月31日，馆藏图书8.6万余册，工作人员9名。全年接待读者近5万人次，外借图书３.2万册次。

二、读者活动

4月23日至27日，“[red]书香三湘[/red]”读书周在县文化广场举行，2000多人参加。百名读者到馆，统一了思想，这两个活动都好，第三届如期举行。

三、2019年工作计划

新建2—3个分馆，购书不少于6000册，上架率达98%。
"""
DOCUMENT = Document("0" * 12, "青川.txt", "text/plain", "utf-8", TEXT, tuple(blocks(TEXT)))


def one(text: str) -> Explanation:
    (found,) = explain(DOCUMENT, find=text)
    return found


def said(explanation: Explanation) -> dict[str, str]:
    return {reason.topic: reason.said for reason in explanation.reasons}


def why(explanation: Explanation, topic: str) -> str:
    return next(reason.why for reason in explanation.reasons if reason.topic == topic)


ROLES: list[tuple[str, str, str, str]] = [  # what is asked for, role, rule, what it is part of
    ("8.6万余册", "fact", "quantity_arabic", "8.6万余册"),
    ("8.6", "fact", "quantity_arabic", "8.6万余册"),
    ("3.2万册次", "fact", "quantity_arabic", "３.2万册次"),
    ("2—3", "fact", "quantity_range", "2—3个"),
    ("2018年12月31日", "date", "date", "截至2018年12月31日"),
    ("４月２３日", "date", "date", "4月23日至27日"),
    ("书香三湘", "name", "quoted", "“[red]书香三湘[/red]”"),
    ("统一", "name", "phrase", "统一"),
    ("百名", "part_of", "word", "百名"),
    ("两个", "part_of", "word", "两个"),
    ("第三", "ordinal", "ordinal", "第三"),
    ("二、", "list_marker", "heading_marker", "二、"),
]


@pytest.mark.parametrize(("text", "role", "rule", "raw"), ROLES)
def test_a_text_finds_the_number_in_or_around_it(text: str, role: str, rule: str, raw: str) -> None:
    found = one(text)
    assert (found.role, found.rule, found.raw) == (role, rule, raw)


SAID: list[tuple[str, dict[str, str]]] = [
    (
        "8.6万余册",
        {
            "parts": "numeral «8.6», scale «万», hedge inside «余», measure word «册»",
            "read as": "86000 册 over",
            "metric": "collection_total",
            "scope": "institution",
            "period": "2018-12-31",
        },
    ),
    ("近5万人次", {"parts": "hedge before «近», numeral «5», scale «万», measure word «人次»", "metric": "visits"}),
    ("2000多人", {"metric": "none", "scope": "event", "period": "2018-04-23–2018-04-27"}),
    ("2—3个", {"read as": "2–3 个 range", "status": "planned"}),
    ("98%", {"metric": "none", "measure": "share"}),
    ("27日", {"claimed": "date", "read as": "2018-04-23–2018-04-27"}),
    ("百名", {"claimed": "word", "counts nothing": "round_crowd"}),
    ("两个", {"claimed": "word", "counts nothing": "points_back"}),
    ("第三", {"claimed": "ordinal"}),
]


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_a_number_says_what_was_decided(text: str, expected: dict[str, Any]) -> None:
    told = said(one(text))
    assert {topic: told.get(topic) for topic in expected} == expected


NEIGHBOURS = [  # text, what is asked for, words of the reason for its metric
    ("举办活动86场，其中线上30场。", "30场", "«线上» names a side of the activities told before it"),
    ("有效读者证6480张，当年新增1015张。", "1015张", "what was added to the stock told before it"),
]


@pytest.mark.parametrize(("text", "raw", "words"), NEIGHBOURS)
def test_a_metric_by_its_neighbours_says_so(text: str, raw: str, words: str) -> None:
    document = Document("0" * 12, "x.txt", "text/plain", "utf-8", text, tuple(blocks(text)))
    (found,) = explain(document, find=raw)
    assert words in why(found, "metric")


WHY = [  # what is asked for, topic, words of the reason
    ("近5万人次", "metric", "«接待读者»"),
    ("近5万人次", "period", "the report's year"),
    ("2000多人", "scope", "«4月23日至27日»"),
    ("2—3个", "status", "«2019年工作计划» is a plan"),
    ("98%", "metric", "a share of a whole is no indicator"),
    ("百名", "counts nothing", "round crowd"),
    ("8.6万余册", "confidence", "one short word"),
]


@pytest.mark.parametrize(("text", "topic", "words"), WHY)
def test_a_decision_has_its_reason(text: str, topic: str, words: str) -> None:
    assert words in why(one(text), topic)


def test_the_winner_is_marked_and_near_misses_say_why_they_are_out() -> None:
    options = one("近5万人次").options
    assert [(option.metric, option.score is not None) for option in options if option.won] == [("visits", True)]
    assert all(option.why for option in options if option.score is None)


def test_a_number_says_where_it_is() -> None:
    found = one("9名")
    assert (found.place.line, found.place.paragraph) == (5, 5)
    assert found.place.sections == ("一、基本情况",)
    assert found.sentence == ("截至2018年12月31日，馆藏图书8.6万余册，工作人员", "9名", "。")


def test_an_offset_finds_its_number_and_the_quantity_around_it() -> None:
    start = TEXT.index("8.6万余册")
    found = [one.raw for at in (start, start + 3, start + 4) for one in explain(DOCUMENT, at=at)]
    assert found == ["8.6万余册"] * 3
    assert [one.start for one in explain(DOCUMENT, at=TEXT.index("27日"))] == [TEXT.index("27日")]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_numeral_of_a_report_is_explained(path: Path) -> None:
    document = read(path, path.name)
    rows, explanations = process(document), explain(document)
    ledger = [(row.char_start, row.char_end, row.role, row.row_id) for row in rows.numbers]
    told_of = [(one.start, one.end, one.role, one.row_id) for one in explanations if one.raw[0] not in "半翻"]
    assert told_of == ledger  # 半天 and 翻番 are facts without a numeral
    assert all(document.text[one.claim_start : one.claim_end] == one.raw for one in explanations)
    assert all(one.reasons for one in explanations)
    facts = {row.fact_id: row for row in rows.facts if row.origin == "prose"}
    told = {one.row_id: said(one) for one in explanations if one.role == "fact"}
    assert {name: row.metric or "none" for name, row in facts.items()} == {name: told[name]["metric"] for name in facts}


def test_a_report_read_otherwise_than_typed_keeps_its_places() -> None:
    for path in (ROOT / "tests" / "trial").glob("*.txt"):
        document = read(path, path.name)
        for found in explain(document):
            assert found.place.line == document.text.count("\n", 0, found.start) + 1
            assert document.text[found.claim_start : found.claim_end] == found.raw


def test_every_rule_is_told_in_words() -> None:
    for path in REPORTS:
        for found in explain(read(path, path.name)):
            assert found.role == "fact" or found.rule in CLAIMS
    source = Path(refusal.__code__.co_filename).read_text(encoding="utf-8")
    assert set(regex.findall(r'"" if [^\n]+ else "(\w+)"|return "(\w+)"', source)) <= {
        *((name, "") for name in REFUSALS),
        *(("", name) for name in REFUSALS),
    }


def printed(parts: Any) -> str:
    console = Console(width=100, markup=False, highlight=False, emoji=False)
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    return capture.get()


def test_the_view_takes_no_markup_from_the_text() -> None:
    assert "“[red]书香三湘[/red]”" in printed(render_explanations(explain(DOCUMENT, find="书香三湘")))
    assert "“[red]书香三湘[/red]”" in printed(render_ledger(explain(DOCUMENT)))


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    Path("empty.txt").write_bytes(b"")
    return "a.txt"


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli.app, ["explain", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_the_command_explains_one_number(report: str) -> None:
    code, out, error = run(report, "--find", "近5万人次")
    assert (code, error) == (0, "")
    assert "全年接待读者[近5万人次]，" in out
    assert "line 5, paragraph 5, in 一、基本情况" in out
    assert run(report, "--at", str(TEXT.index("近5万人次") + 1))[1] == out


def test_the_command_lists_all_numbers_a_line_each(report: str) -> None:
    code, out, error = run(report)
    assert (code, error) == (0, "")
    assert len(out.splitlines()) == 1 + len(explain(DOCUMENT))


WRONG = [  # arguments, exit code, what is said
    (["a.txt", "--find", "八百册"], 2, "a.txt has no number in or around «八百册»"),
    (["a.txt", "--at", "1"], 2, "a.txt has no number at offset 1"),
    (["a.txt", "--at", "1", "--find", "9"], 2, "exclude each other"),
    (["nowhere.txt"], 2, "nowhere.txt does not exist"),
    (["empty.txt"], 1, "the file is empty"),
]


@pytest.mark.usefixtures("report")
@pytest.mark.parametrize(("arguments", "expected", "words"), WRONG)
def test_wrong_use_is_one_sentence(arguments: list[str], expected: int, words: str) -> None:
    code, out, error = run(*arguments)
    assert (code, out) == (expected, "")
    assert words in error
    assert error.count("\n") == 1
