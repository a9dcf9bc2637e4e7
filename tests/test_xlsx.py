"""The workbook, read back: types, headings, filters, links, and what becomes of what Excel cannot hold."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_reports import TEXT, made_alias, made_indicator, made_organization, made_panel_row, made_report
from msgspec.structs import replace
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from nianbao.gather import publishable
from publish import xlsx_links, xlsx_sheets
from publish.csv_files import Value, cell
from publish.folder import folder_output
from publish.formulas import restored
from publish.ways_out import DocumentText
from publish.xlsx_limits import MAX_CHARACTERS, Fitted, Note, fitted
from publish.xlsx_links import Links, address, sheet_name
from schemas.declarations import tables
from schemas.rows import ReportRows, Row

ACROSS: dict[str, Iterable[Row]] = {
    "indicators": (made_indicator(),),
    "panel": (made_panel_row(),),
    "organizations": (made_organization(),),
    "organization_aliases": (made_alias(),),
}


def written(folder: Path, *reports: ReportRows, asked: str = "xlsx") -> Workbook:
    with folder_output(folder, asked) as write:
        for rows, text in publishable(reports):
            if "documents" in rows:
                write(rows, text)
        write(ACROSS)
    return openpyxl.load_workbook(folder / "nianbao.xlsx")


def sheet(book: Workbook, name: str) -> Worksheet:
    found = book[sheet_name(tables()[name])]
    assert isinstance(found, Worksheet)
    return found


def at(page: Worksheet, row: int, column: str, table: str) -> Any:
    return page.cell(row, tables()[table].column_names.index(column) + 1)


def link(one: Any) -> tuple[str | None, str | None] | None:
    return one.hyperlink and (one.hyperlink.target, one.hyperlink.location)


def test_the_workbook_has_a_sheet_a_table_after_two_that_explain(tmp_path: Path) -> None:
    book = written(tmp_path / "out", made_report())
    assert book.sheetnames == ["目录", "字段", *(table.title for table in tables().values())]
    told = list(book["目录"].iter_rows(values_only=True))
    assert told[0] == ("表", "名称", "含义", "行数", "说明")
    assert [row[1] for row in told[1:]] == list(tables())
    assert {row[1]: row[3] for row in told}["facts"] == 2
    assert link(book["目录"]["A2"]) == (None, "'文档'!A1")
    fields = list(book["字段"].iter_rows(values_only=True))
    assert len(fields) == 1 + sum(len(table.columns) for table in tables().values())


def test_headings_are_chinese_frozen_and_have_filters(tmp_path: Path) -> None:
    book = written(tmp_path / "out", made_report())
    for name, table in tables().items():
        page = sheet(book, name)
        assert [one.value for one in page[1]] == [column.title for column in table.columns]
        assert page.freeze_panes == "A2"
        assert page.auto_filter.ref == f"A1:{page.cell(1, len(table.columns)).column_letter}{page.max_row}"


@pytest.mark.parametrize("name", tables())
def test_a_title_can_be_the_name_of_a_sheet(name: str) -> None:
    last = sheet_name(tables()[name], 99)
    assert len(last) <= 31
    assert not set(last) & set("[]:*?/\\'")


def shown(value: Any) -> str:
    return cell(
        Decimal(str(value)) if isinstance(value, float) else value.date() if isinstance(value, datetime) else value
    )


def test_the_workbook_holds_what_the_csv_holds(tmp_path: Path) -> None:
    book = written(tmp_path / "out", made_report(), made_report("ba9876543210", "县/2015.txt"), asked="csv,xlsx")
    for name in tables():
        with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            told = [[restored(text) for text in line] for line in list(csv.reader(file))[1:]]
        assert [[shown(value) for value in row] for row in sheet(book, name).iter_rows(2, values_only=True)] == told


def test_dates_are_dates_and_numbers_numbers(tmp_path: Path) -> None:
    book = written(tmp_path / "out", made_report())
    facts, lectures, indicators = (sheet(book, name) for name in ("facts", "lectures", "indicators"))
    assert at(lectures, 2, "start_date", "lectures").value == datetime(2014, 5, 4)
    assert at(lectures, 2, "start_date", "lectures").number_format == "yyyy-mm-dd"
    assert at(facts, 2, "value", "facts").value == 590000
    assert at(facts, 2, "confidence", "facts").value == 0.9
    assert at(indicators, 2, "conflict", "indicators").value is False


def test_a_row_leads_to_its_place(tmp_path: Path) -> None:
    second = made_report("ba9876543210", "县/2015.txt")
    book = written(tmp_path / "out", made_report(), second)
    facts, indicators, sections = (sheet(book, name) for name in ("facts", "indicators", "sections"))
    assert link(at(facts, 2, "document_id", "facts")) == ("text\\0123456789ab.txt", None)
    assert link(at(facts, 2, "section_id", "facts")) == (None, "'章节'!A3")
    assert link(at(facts, 5, "part_of", "facts")) == (None, "'事实'!A4")
    assert at(sections, 3, "section_id", "sections").value == at(facts, 2, "section_id", "facts").value
    assert link(at(indicators, 2, "fact_id", "indicators")) == (None, "'事实'!A2")


def test_a_row_that_points_at_a_later_one_leads_there(tmp_path: Path) -> None:
    report = made_report()
    first, second = report.facts
    turned = replace(report, facts=(replace(second, part_of=first.fact_id), first))
    assert link(at(sheet(written(tmp_path / "out", turned), "facts"), 2, "part_of", "facts")) == (None, "'事实'!A3")


def test_a_document_without_text_has_no_link(tmp_path: Path) -> None:
    report = made_report()
    failed = ReportRows(replace(report.document, status="failed"), findings=report.findings)
    page = sheet(written(tmp_path / "out", failed), "documents")
    assert at(page, 2, "document_id", "documents").hyperlink is None


FORMULAS = [
    "=1+1",
    "+5",
    "-5",
    "@x",
    "http://a.cn",
    "internal:x!A1",
    "=HYPERLINK(1)",
    "{=1}",
    " 两端 ",
    "_x0041_",
    "\x01",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_is_always_text(tmp_path: Path, text: str) -> None:
    report = made_report()
    made = replace(report, tables=(replace(report.tables[0], caption=text),))
    found = at(sheet(written(tmp_path / "out", made), "tables"), 2, "caption", "tables")
    assert (found.data_type in {"s", "inlineStr"}, found.hyperlink) == (True, None)
    assert openpyxl.utils.escape.unescape(found.value) == text


LIMITS: list[tuple[Value, Value, Note | None]] = [
    ("册" * MAX_CHARACTERS, "册" * MAX_CHARACTERS, None),
    ("册" * (MAX_CHARACTERS + 1), "册" * MAX_CHARACTERS, Note.cut),
    ("𠮷" * MAX_CHARACTERS, "𠮷" * (MAX_CHARACTERS // 2), Note.cut),  # two units each; the last does not fit whole
    ("a\uffffb", "a\N{REPLACEMENT CHARACTER}b", Note.replaced),
    (Decimal("999999999999999"), Decimal("999999999999999"), None),
    (Decimal("9999999999999999"), "9999999999999999", Note.digits),
    (Decimal("1E+20"), Decimal("1E+20"), None),  # noughts are no digits
    (Decimal("1E+308"), "1" + "0" * 308, Note.digits),
    (-1234567890123456, "-1234567890123456", Note.digits),
    (date(1900, 3, 1), date(1900, 3, 1), None),
    (date(1900, 2, 28), "1900-02-28", Note.early),
    (date(14, 5, 4), "0014-05-04", Note.early),
    (True, True, None),
    (None, None, None),
]


@pytest.mark.parametrize(("value", "held", "note"), LIMITS)
def test_what_excel_cannot_hold_is_made_to_fit_and_noted(value: Value, held: Value, note: Note | None) -> None:
    assert fitted(value) == Fitted(held, note)


@given(st.text(max_size=50))
def test_a_text_within_the_limits_is_not_touched_but_for_what_xml_lacks(text: str) -> None:
    found = fitted(text)
    assert (found.value == text) == (found.note is None)


def test_the_first_sheet_counts_what_was_changed(tmp_path: Path) -> None:
    report = made_report()
    long = replace(report.facts[0], sentence="长" * 40_000, value=Decimal("1234567890123456"))
    told = list(written(tmp_path / "out", replace(report, facts=(long,)))["目录"].iter_rows(values_only=True))
    (notes,) = (row[4] for row in told if row[1] == "facts")
    assert notes == (
        "1 cells with a text longer than 32767 characters: cut; the whole text is in text/<document_id>.txt; "
        "1 cells with a number that 15 digits cannot hold: written as text"
    )


def test_rows_go_on_in_a_further_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (xlsx_sheets, xlsx_links):
        monkeypatch.setattr(module, "MAX_ROWS", 3)
    book = written(tmp_path / "out", *(made_report(f"{n:012}", f"{n}.txt") for n in range(3)))
    facts = [name for name in book.sheetnames if name.startswith("事实")]
    assert facts == ["事实", "事实 (2)", "事实 (3)"]
    rows = [row[0] for name in facts for row in book[name].iter_rows(2, values_only=True)]
    assert rows == [f"{n:012}-f{k}" for n in range(3) for k in (1, 2)]
    assert link(at(book["事实 (3)"], 3, "part_of", "facts")) == (None, "'事实 (3)'!A2")
    assert address(tables()["facts"], 5) == "internal:'事实 (3)'!A3"


def test_links_past_the_limit_are_plain_texts_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_sheets, "MAX_LINKS", 3)
    book = written(tmp_path / "out", made_report(), made_report("ba9876543210", "b.txt"))
    page = sheet(book, "facts")
    assert sum(one.hyperlink is not None for row in page.iter_rows(2) for one in row) == 3
    (notes,) = (row[4] for row in book["目录"].iter_rows(values_only=True) if row[1] == "facts")
    assert notes == "5 cells without their link: a sheet holds 65530 links"
    assert at(page, 5, "document_id", "facts").value == "ba9876543210"


def test_the_places_kept_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_links, "MAX_LINKS", 2)
    links, facts = Links(), made_report().facts
    for number in range(4):
        rows = tuple(replace(fact, fact_id=f"{number}-{fact.fact_id}") for fact in facts)
        links.begin({"facts": rows}, DocumentText("0123456789ab", TEXT))
    indicators = tables()["indicators"]
    links.begin({}, None)
    first, late = (links.of(indicators, "fact_id", f"{n}-{facts[0].fact_id}") for n in (0, 2))
    assert (first._original_url if first else "", late) == ("internal:'事实'!A2", None)


def test_a_broken_run_leaves_no_workbook(tmp_path: Path) -> None:
    def break_off() -> None:
        with folder_output(tmp_path / "out", "xlsx") as write:
            write({"facts": made_report().facts})
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        break_off()
    assert list(tmp_path.iterdir()) == []
