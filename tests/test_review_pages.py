"""The review pages as files: what is in them, what can never be in them, and where they are put."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import regex
from attack_report import ATTACKS, TEXT, attacked
from lxml import html
from msgspec.structs import replace
from stored_outputs import A, B, change_table, report, run, write

import nianbao
from nianbao.reading_again import how_read
from nianbao.review_pages import reports
from nianbao.review_pages import review as write_review
from nianbao.stored import open_output
from publish.review import charts, text_blocks
from publish.review.charts import Point, chart
from publish.review.document_page import page_data
from publish.review.embedding import SCRIPTS, script, source_hash, style
from publish.review.labels import column_labels, words
from publish.review.library_page import series
from publish.review.marks import Mark, marks, pieces, stretches
from publish.review.place import ReviewError
from publish.review.reports import SHOWN, StoredReport, row_key
from publish.review.text_blocks import Grid, Paragraph, blocks
from schemas.declarations import tables
from schemas.findings import finding_kinds

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "publish" / "review" / "static"
TEMPLATES = ROOT / "publish" / "review" / "templates"
SAMPLES = sorted(path for path in (ROOT / "samples").glob("*.*") if path.suffix in {".txt", ".docx"})


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples as an output folder with its pages."""
    folder = tmp_path_factory.mktemp("samples") / "out"
    nianbao.extract(SAMPLES, folder)
    write_review(folder)
    return folder


@pytest.fixture(scope="module")
def attack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The attack report as an output folder with its pages."""
    folder = attacked(tmp_path_factory.mktemp("attack") / "out")
    write_review(folder)
    return folder


def pages(out: Path) -> list[Path]:
    return sorted((out / "review").glob("*.html"))


def contents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in pages(out)}


def embedded(page: Path) -> Any:
    node = html.document_fromstring(page.read_text(encoding="utf-8")).get_element_by_id("data")
    return json.loads(node.text)


def stored(out: Path) -> Iterator[StoredReport]:
    return reports(open_output(out))


# what is written


def test_every_document_and_library_has_a_page_and_the_index_leads_there(out: Path) -> None:
    ids = {one.document["document_id"] for one in stored(out)}
    libraries = {one.document["library_id"] for one in stored(out)}
    assert {path.stem for path in pages(out)} == {"index", *ids, *libraries}
    data = embedded(out / "review" / "index.html")
    assert [row[0] for row in data["documents"]] == [one.document["document_id"] for one in stored(out)]
    assert set(data["libraries"]) == libraries
    assert len(ids) == len(SAMPLES) > 5


def test_the_page_holds_the_whole_text_and_every_row(out: Path) -> None:
    for one in stored(out):
        data = embedded(out / "review" / f"{one.document['document_id']}.html")
        assert "".join(said(data)) == "".join((one.text or "").split())
        for name in SHOWN:
            assert data["tables"][name]["keys"] == [row_key(name, row) for row in one.table(name)]


def said(data: Any) -> Iterator[str]:
    """Yield the words of the blocks without the spaces."""
    for block in data["blocks"]:
        runs = [block["p"]] if "p" in block else [cell[6] for row in block["g"] for cell in row]
        for piece in (piece for pieces_in in runs for piece in pieces_in):
            yield "".join((piece if isinstance(piece, str) else piece[0]).split())


def test_every_row_with_a_span_can_be_reached_from_the_text(out: Path) -> None:
    for one in stored(out):
        data = page_data(one)
        marked = {mark for block in data["blocks"] for mark in marks_in(block)}
        shown = {tuple(data["marks"][mark]) for mark in marked}
        spans = {(mark.table, mark.row) for mark in marks(one)}
        assert spans - shown == set()
        assert len(data["tables"]["facts"]["rows"]) == sum(name == "facts" for name, _ in shown)


def marks_in(block: Any) -> Iterator[int]:
    runs = [block["p"]] if "p" in block else [cell[6] for row in block["g"] for cell in row]
    for cell in runs:
        for piece in cell:
            yield from () if isinstance(piece, str) else piece[1:]


def test_the_page_of_a_report_of_15_000_characters_is_small(out: Path, tmp_path: Path) -> None:
    dense = "".join(one.text or "" for one in stored(out))
    (tmp_path / "长.txt").write_text((dense * 2)[:15_000], encoding="utf-8")
    nianbao.extract(tmp_path / "长.txt", tmp_path / "out")
    write_review(tmp_path / "out")
    (one,) = stored(tmp_path / "out")
    page = tmp_path / "out" / "review" / f"{one.document['document_id']}.html"
    assert len(embedded(page)["marks"]) > 1500
    assert page.stat().st_size < 1_000_000


def test_the_same_output_gives_the_same_bytes(out: Path) -> None:
    before = contents(out)
    write_review(out)
    assert contents(out) == before


def test_pages_say_what_they_are_in_both_languages(out: Path) -> None:
    for path in pages(out):
        page = html.document_fromstring(path.read_text(encoding="utf-8"))
        assert page.get("lang") == "zh-Hans"
        keys = {key for name in ("label", "label-name", "label-hint") for key in page.xpath(f"//@data-{name}")}
        assert keys - set(words().interface) == set()
        assert len(page.xpath("//main")) == len(page.xpath("//h1")) == 1


def test_every_word_that_the_scripts_ask_for_is_known() -> None:
    asked = {
        key
        for path in STATIC.glob("*.js")
        for key in regex.findall(r'(?:\bword\(|\btold\("\w+", )"(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert len(asked) > 15
    assert asked - set(words().interface) == set()


def test_no_word_is_left_over() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in [*STATIC.glob("*.js"), *TEMPLATES.glob("*.html")])
    assert [key for key in words().interface if not regex.search(rf"\b{key}\b", told)] == []


def test_every_column_and_code_of_the_tables_has_a_chinese_label() -> None:
    labels = column_labels()
    for name in SHOWN:
        for column in tables()[name].columns:
            assert labels.get(f"{name}.{column.name}", labels[column.name])[0] == column.title
            assert [code for code in column.values or () if code not in words().codes] == []


def test_every_kind_of_finding_is_explained_in_chinese(out: Path) -> None:
    assert words().findings.keys() == finding_kinds().keys()
    assert [said for said in words().findings.values() if not regex.fullmatch(r"\p{Han}.+。", said)] == []
    for one in stored(out):
        data = embedded(out / "review" / f"{one.document['document_id']}.html")
        assert data["labels"]["findings"].keys() == {row["code"] for row in one.table("findings")}


def test_every_script_and_style_sheet_is_used() -> None:
    assert {path.stem for path in STATIC.glob("*.js")} == {name for names in SCRIPTS.values() for name in names}
    assert {path.stem for path in STATIC.glob("*.css")} == {"base", *SCRIPTS}


# what can never be in a page


def test_a_page_runs_its_one_script_and_nothing_else(out: Path, attack: Path) -> None:
    for path in [*pages(out), *pages(attack)]:
        page = html.document_fromstring(path.read_text(encoding="utf-8"))
        policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        scripts = [node.text for node in page.iter("script") if node.get("type") != "application/json"]
        styles = [node.text for node in page.iter("style")]
        assert [f"script-src {source_hash(text)}" in policy for text in scripts] == [True]
        assert [f"style-src {source_hash(text)}" in policy for text in styles] == [True]
        assert policy.startswith("default-src 'none'; ")
        assert "base-uri 'none'; form-action 'none'" in policy
        assert "unsafe" not in policy


def test_no_page_names_a_handler_a_style_or_another_place(out: Path, attack: Path) -> None:
    local = regex.compile(r"(?:index|[0-9a-f]{12}|lib-[\w-]+)\.html(?:#[\w/-]+)?|#[\w-]+")
    for path in [*pages(out), *pages(attack)]:
        page = html.document_fromstring(path.read_text(encoding="utf-8"))
        names = {name for node in page.iter() if isinstance(node.tag, str) for name in node.attrib}
        assert [name for name in names if name.startswith("on") or name in {"style", "src", "action"}] == []
        assert [link for link in page.xpath("//@href") if not local.fullmatch(link)] == []


def test_the_words_of_a_report_never_become_markup(attack: Path) -> None:
    plain = {"html", "head", "meta", "title", "style", "body", "script"}
    for path in pages(attack):
        text = path.read_text(encoding="utf-8")
        page = html.document_fromstring(text)
        assert text.count("<script") == text.count("</script>") == 2
        assert text.count("<style") == text.count("</style>") == 1
        assert not any(attack in text for attack in ATTACKS if attack.startswith(("<", "</", '"', "]]")))
        assert plain <= {node.tag for node in page.iter() if isinstance(node.tag, str)}
        assert page.xpath("//img | //iframe | //object | //embed | //base | //form[@action]") == []


def test_the_words_of_a_report_arrive_as_they_are(attack: Path) -> None:
    (one,) = stored(attack)
    page = attack / "review" / f"{one.document['document_id']}.html"
    assert one.text == TEXT
    assert "".join(said(embedded(page))) == "".join(TEXT.split())
    assert "\u2028" not in html.document_fromstring(page.read_text(encoding="utf-8")).get_element_by_id("data").text


def test_our_scripts_never_make_markup_of_text() -> None:
    for page in SCRIPTS:
        assert not regex.search(
            r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function|</", script(page)
        )
        assert "</" not in style(page)


# how facts were read


def test_every_fact_of_prose_says_how_it_was_read(out: Path) -> None:
    for one in stored(out):
        how = embedded(out / "review" / f"{one.document['document_id']}.html")["how"]
        prose = [row for row in one.table("facts") if row["origin"] == "prose"]
        assert set(how) == {row_key("facts", row) for row in prose}
        for row in prose:
            decisions, candidates = how[row_key("facts", row)]
            assert {"parts", "status"} <= {topic for topic, _, why in decisions if why}
            assert [said for topic, said, _ in decisions if topic == "confidence"] in ([], [row["confidence"]])
            assert [metric for metric, _, _, won, _ in candidates if won] in ([], [row["metric"]])
            assert all(score or why for _, score, _, _, why in candidates)


def test_a_fact_that_would_be_read_otherwise_now_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "一.txt").write_text("青川县图书馆2018年工作总结\n外借图书3.2万册次，到馆5万人次。\n", encoding="utf-8")
    nianbao.extract(tmp_path / "一.txt", tmp_path / "out")
    (one,) = stored(tmp_path / "out")
    changed = tuple({**row, "value": "1"} if number == 0 else row for number, row in enumerate(one.table("facts")))
    known = how_read(one)
    assert set(known) == {row["fact_id"] for row in one.table("facts")}
    assert set(how_read(replace(one, rows={**one.rows, "facts": changed}))) == set(list(known)[1:])
    assert how_read(replace(one, text=None)) == {}


def test_a_finding_names_all_the_facts_that_it_is_about(tmp_path: Path) -> None:
    one = next(stored(write(tmp_path / "out", report())))
    about = (
        {"finding_id": "d1", "fact_id": "f2", "role": "left"},
        {"finding_id": "d1", "fact_id": "f3", "role": "right"},
    )
    assert page_data(one)["about"] == [[f"findings/{A}-w1", f"facts/{A}-f1"]]
    told = page_data(replace(one, rows={**one.rows, "finding_facts": about}))["about"]
    assert told == [["findings/d1", "facts/f2"], ["findings/d1", "facts/f3"]]


# where pages are put


def test_extract_writes_the_pages_that_review_writes(tmp_path: Path) -> None:
    (tmp_path / "一.txt").write_text("青川县图书馆2018年工作总结\n外借图书3.2万册次。\n", encoding="utf-8")
    code, told, _ = run("extract", tmp_path / "一.txt", "--out", tmp_path / "out", "--review")
    assert (code, told.count("1 review pages; open")) == (0, 1)
    before = contents(tmp_path / "out")
    assert run("review", tmp_path / "out", "--static")[0] == 0
    assert contents(tmp_path / "out") == before != {}


def test_review_says_how_it_is_called(tmp_path: Path) -> None:
    for how in ((), ("--static",)):
        code, _, told = run("review", tmp_path, *how)
        assert (code, "holds no datapackage.json" in told) == (2, True)


def test_other_files_in_review_are_never_swept_away(tmp_path: Path) -> None:
    out = write(tmp_path / "out", report())
    write_review(out)
    (out / "review" / "notes.txt").write_text("mine")
    code, _, told = run("review", out, "--static")
    assert (code, "notes.txt, which nianbao did not write; move that away" in told) == (2, True)
    with pytest.raises(ValueError, match=r"notes\.txt"):
        write(out, report())
    assert (out / "review" / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("strange", [False, True])
def test_a_new_output_takes_the_pages_of_the_old_one_away(tmp_path: Path, strange: bool) -> None:
    out = write(tmp_path / "out", report())
    write_review(out)
    if strange:
        (out / "mine.txt").write_text("mine")
    write(out, report())
    assert not (out / "review").exists()
    assert (out / "mine.txt").exists() == strange


def test_a_broken_run_leaves_the_old_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = write(tmp_path / "out", report())
    write_review(out)
    before = contents(out)

    def broken(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("publish.review.writing.render_index", broken)
    with pytest.raises(OSError, match="No space"):
        write_review(out)
    assert contents(out) == before
    assert [path.name for path in out.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("name", ["../../up", "index", "a.b", "LIB-1", "lib-/x"])
def test_an_id_that_is_no_name_of_a_page_is_refused(tmp_path: Path, name: str) -> None:
    out = write(tmp_path / "out", report())
    text = (out / "text" / f"{A}.txt").read_bytes()
    change_table(out, "documents", lambda lines: [lines[0], [name, *lines[1][1:]]])
    (out / "text" / "index.txt").write_bytes(text)
    (out / "text" / "a.b.txt").write_bytes(text)
    with pytest.raises(ValueError, match=r"no id that nianbao gives|lacks the text"):
        write_review(out)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert not (out / "review").exists()


def test_a_failed_or_repeated_document_is_listed_and_has_no_page_of_its_own(tmp_path: Path) -> None:
    bad = report(B, "坏.docx", status="failed", error="坏.docx: no package")
    bad = replace(type(bad)(bad.document), findings=())
    again = type(bad)(replace(report().document, source="副本.txt"))
    out = write(tmp_path / "out", report(), bad, again)
    (out / "text" / f"{B}.txt").unlink(missing_ok=True)
    assert write_review(out) == 1
    rows = embedded(out / "review" / "index.html")["documents"]
    assert [row[1] for row in rows] == ["2014.txt", "坏.docx", "副本.txt"]
    assert not (out / "review" / f"{B}.html").exists()


def test_a_missing_text_is_said(tmp_path: Path) -> None:
    out = write(tmp_path / "out", report())
    (out / "text" / f"{A}.txt").unlink()
    with pytest.raises(ValueError, match=rf"lacks the text of 2014.txt \({A}\)"):
        write_review(out)


# marks: overlapping rows as stretches that do not overlap

OVERLAPS: list[tuple[str, list[tuple[int, int]], list[tuple[int, int, tuple[int, ...]]]]] = [  # all new
    ("apart", [(0, 2), (4, 6)], [(0, 2, (0,)), (4, 6, (1,))]),
    ("touching", [(0, 2), (2, 4)], [(0, 2, (0,)), (2, 4, (1,))]),
    ("inside", [(0, 6), (2, 4)], [(0, 2, (0,)), (2, 4, (1, 0)), (4, 6, (0,))]),
    ("across", [(0, 4), (2, 6)], [(0, 2, (0,)), (2, 4, (0, 1)), (4, 6, (1,))]),
    ("the same", [(1, 3), (1, 3)], [(1, 3, (0, 1))]),
    ("none", [], []),
]


@pytest.mark.parametrize(("name", "spans", "expected"), OVERLAPS, ids=[case[0] for case in OVERLAPS])
def test_stretches(name: str, spans: list[tuple[int, int]], expected: list[tuple[int, int, tuple[int, ...]]]) -> None:
    found = stretches(tuple(Mark(*span, "facts", number) for number, span in enumerate(spans)))
    assert [(one.start, one.end, one.marks) for one in found] == expected
    assert [one.start for one in pieces(found, 0, 8)] == sorted({one.start for one in pieces(found, 0, 8)})
    assert "".join("01234567"[one.start : one.end] for one in pieces(found, 0, 8)) == "01234567"


def test_a_numeral_stands_behind_the_fact_that_it_is_read_as() -> None:
    found = (Mark(0, 5, "facts", 0), Mark(1, 3, "numbers", 0))
    assert [one.marks for one in stretches(found)] == [(0,), (0, 1), (0,)]


# blocks: paragraphs and tables

CELL = {"table_id": "t", "row_span": "1", "column_span": "1", "role": "body", "text": ""}


def made(text: str, cells: list[tuple[int, int, str]], sections: tuple[tuple[str, str, int], ...] = ()) -> StoredReport:
    """Return a report of one table, its cells as (row, column, text) in the order of the text, and some sections."""
    rows, at = [], 0
    for row, column, words_in in cells:
        at = text.index(words_in, at) if words_in else at
        rows.append(
            {**CELL, "row": str(row), "column": str(column), "char_start": str(at), "char_end": str(at + len(words_in))}
        )
        at += len(words_in)
    headings = [
        {
            "marker": marker,
            "title": title,
            "depth": str(depth),
            "char_start": str(text.index(marker + title)),
            "char_end": str(len(text)),
        }
        for marker, title, depth in sections
    ]
    return StoredReport({}, {"tables": ({"table_id": "t"},), "cells": tuple(rows), "sections": tuple(headings)}, text)


def test_a_table_stands_where_its_cells_are_and_leaves_nothing_out() -> None:
    text = "前文\n甲\t乙\n──────\n注：另计\n丙\t丁\n后文\n"
    found = blocks(made(text, [(0, 0, "甲"), (0, 1, "乙"), (1, 0, "丙"), (1, 1, "丁")]))
    kinds = [text[one.start : one.end] if isinstance(one, Paragraph) else len(one.rows) for one in found]
    assert kinds == ["前文", 2, "注：另计", "后文"]


def test_an_empty_cell_takes_its_place() -> None:
    (grid,) = blocks(made("甲\t\t乙\n", [(0, 0, "甲"), (0, 1, ""), (0, 2, "乙")]))
    assert isinstance(grid, Grid)
    assert [(cell.start, cell.end) for cell in grid.rows[0]] == [(0, 1), (1, 1), (3, 4)]


def test_a_long_table_and_a_long_line_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_blocks, "MOST_ROWS", 2)
    monkeypatch.setattr(text_blocks, "LONGEST_PARAGRAPH", 6)
    text = "一句。二句。三句\n" + "".join(f"格{row}\n" for row in range(5))
    found = blocks(made(text, [(row, 0, f"格{row}") for row in range(5)]))
    lines = [text[one.start : one.end] for one in found if isinstance(one, Paragraph)]
    assert lines == ["一句。二句。", "三句"]
    assert [(len(one.rows), one.continued) for one in found if isinstance(one, Grid)] == [
        (2, False),
        (2, True),
        (1, True),
    ]


def test_a_heading_is_a_line_of_its_own() -> None:
    text = "一、概况\n（一）馆舍。本馆建于城东。\n"
    found = blocks(made(text, [], (("一、", "概况", 1), ("（一）", "馆舍", 2))))
    assert [one.level for one in found if isinstance(one, Paragraph)] == [1, 0]


# charts


def test_a_chart_is_the_same_each_time_and_holds_no_style_script_or_link() -> None:
    points = (Point(2014, 3, 3, 4), Point(2016, 5, 5, 5, True, (6.0,)), Point(2018, 2, 2, 2, break_=True))
    drawn = chart(points, '"><script>')
    assert drawn == chart(points, '"><script>')
    page = html.fragment_fromstring(drawn)
    assert (page.get("role"), page.get("aria-label")) == ("img", '"><script>')
    assert not regex.search(r"<style|<script|style=|href=|\bon\w+=", drawn)


def test_hedges_conflicts_other_values_and_breaks_are_drawn() -> None:
    def count(points: tuple[Point, ...]) -> tuple[int, ...]:
        drawn = chart(points, "")
        return tuple(drawn.count(sign) for sign in ('stroke="var(--bad)"', 'fill="var(--bad)"', 'stroke-width="6"'))

    plain = (Point(2014, 3, 3, 3), Point(2015, 4, 4, 4))
    told = (Point(2014, 3, 3, 5, True, (7.0, 8.0)), Point(2015, 4, 4, 4, break_=True))
    assert [b - a for a, b in zip(count(plain), count(told), strict=True)] == [2, 2, 0]
    assert chart(plain, "") != chart((replace(plain[0], high=5.0), plain[1]), "")
    assert charts.chart(plain, "").count("<svg") == 1


def test_values_of_a_library_lead_to_their_facts(out: Path) -> None:
    page = html.document_fromstring((out / "review" / "lib-1fb3154d.html").read_text(encoding="utf-8"))
    links = page.xpath("//table//a/@href")
    keys = {
        key
        for path in pages(out)
        if regex.fullmatch("[0-9a-f]{12}", path.stem)
        for key in embedded(path)["tables"]["facts"]["keys"]
    }
    assert len(links) > 50
    assert {link.partition("#")[2] for link in links} - keys == set()
    assert len(page.xpath("//figure//*[local-name()='svg']")) == len(page.xpath("//figure")) > 5


def test_a_hedged_value_bears_its_sign() -> None:
    row = dict.fromkeys(tables()["indicators"].column_names, "")
    row |= {"metric": "visits", "unit": "人次", "report_year": "2014", "value": "50000", "upper": "60000"}
    row |= {"qualifier": "over", "fact_id": f"{A}-f1", "conflict": "true", "other_values": "48000|52000"}
    (one,) = series([row], {A})
    (value,) = one.values.values()
    assert (value.said, value.link, value.others) == (">50\u2009000", f"{A}.html#facts/{A}-f1", "48000 | 52000")
    assert series([row], set())[0].values["2014"].link == ""
    assert series([{**row, "qualifier": "range"}], set())[0].values["2014"].said == "50\u2009000–60\u2009000"


def test_the_errors_of_pages_are_sentences() -> None:
    assert issubclass(ReviewError, ValueError)
