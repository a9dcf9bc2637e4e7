"""Decisions of reviewers: kept in a file, found again in the text, applied to their rows and to nothing else."""

from __future__ import annotations

import csv
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_reports import made_report
from msgspec.structs import replace
from stored_outputs import run

import nianbao
from extract.read import read
from nianbao.correction_book import Book, read_book
from nianbao.pipeline import process
from normalize.corrections.corrections import CODE, apply
from publish.corrections_log import append
from publish.csv_files import cell
from schemas.correction_values import problem
from schemas.corrections import (
    COLUMNS,
    LASTING,
    RECORDS,
    Correction,
    ReviewedRow,
    at_span,
    decision,
    reading,
    standing,
    written,
)
from schemas.corrections_file import CorrectionError, escaped, line_of, parse_corrections, read_corrections, unescaped
from schemas.declarations import tables
from schemas.rows import FactRow, FindingRow, NumberRow, ReportRows, SectionRow

REPORT = """云山县图书馆2016年工作总结

一、基本情况
馆舍面积3200平方米，阅览座席260个。全年接待读者8.6万人次，外借图书5.1万册次。
编号甲17乙的书架重新油漆。

二、读者活动
5月12日，在云山县第一小学举办绘本故事会，参加儿童60人。
10月9日，重阳读书会在敬老院举行，到会老人35人。

三、讲座
序号\t讲座主题\t主讲人\t时间\t地点\t参加人数
1\t家庭阅读怎样开始\t周敏\t3月8日\t报告厅\t120
2\t怎样写地方志\t韩立\t9月20日\t二楼会议室\t45
"""


@pytest.fixture(scope="module", name="folder")
def reports_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    (folder / "yunshan-2016.txt").write_text(REPORT, encoding="utf-8")
    return folder


@cache
def read_text(text: str, path: Path) -> ReportRows:
    path.write_text(text, encoding="utf-8")
    return process(read(path, path.name))


@pytest.fixture(scope="module", name="report")
def read_report(folder: Path) -> ReportRows:
    return read_text(REPORT, folder / "yunshan-2016.txt")


def fact(report: ReportRows, raw: str) -> FactRow:
    return next(row for row in report.facts if row.raw == raw)


def not_applied(report: ReportRows) -> list[str]:
    return [row.message for row in report.findings if row.code == CODE]


def added_fact(report: ReportRows, text: str, **fields: str) -> list[Correction]:
    start = report.text.index(text)
    span = (start, start + len(text))
    return [at_span(report, "facts", span, ("add", field, value)) for field, value in fields.items()]


# applying


def test_the_report_has_rows_of_every_kind(report: ReportRows) -> None:
    assert fact(report, "8.6万人次").metric == "visits"
    assert len(report.events) == 2
    assert len(report.lectures) == 2


def test_no_decision_changes_nothing(report: ReportRows) -> None:
    assert apply(report, ()) is report


@pytest.mark.parametrize("table", RECORDS)
def test_an_accepted_row_says_so_and_nothing_else_changes(table: str) -> None:
    made = made_report()
    part = "document" if table == "documents" else table
    before = getattr(made, part)
    row: ReviewedRow = before if part == "document" else before[0]
    done = apply(made, [decision(made, table, row, "accept")])
    now = getattr(done, part) if part == "document" else getattr(done, part)[0]
    assert now.corrected == "accepted"
    assert replace(now, **{name: getattr(row, name) for name in ("corrected", "confidence") if hasattr(row, name)}) == (
        row
    )
    assert replace(done, **{part: before}) == made


def test_an_accepted_fact_is_sure(report: ReportRows) -> None:
    row = fact(report, "260个")
    assert fact(apply(report, [decision(report, "facts", row, "accept")]), "260个").confidence == 1


def test_what_now_reads_otherwise_was_not_accepted(report: ReportRows) -> None:
    row = fact(report, "260个")
    newer = replace(
        report, facts=tuple(replace(one, metric="computers") if one == row else one for one in report.facts)
    )
    done = apply(newer, [decision(report, "facts", row, "accept")])
    assert fact(done, "260个").corrected is None
    assert "metric=computers" in not_applied(done)[0]
    assert "metric=seats" in not_applied(done)[0]


CHANGED = [  # the fact, fields and values, what else follows
    ("8.6万人次", {"metric": "digital_visits"}, {"metric": "digital_visits", "scope": "institution"}),
    ("8.6万人次", {"value": "68000"}, {"value": Decimal(68000), "lower": None}),
    ("260个", {"upper": "300"}, {"lower": Decimal(260), "upper": Decimal(300), "qualifier": "range"}),
    ("260个", {"upper": "300", "qualifier": "about"}, {"qualifier": "about", "upper": Decimal(300)}),
    ("35人", {"metric": "activity_participants"}, {"scope": "institution"}),
    ("35人", {"metric": "activity_participants", "scope": "event"}, {"scope": "event"}),
    ("60人", {"unit": "人次"}, {"unit": "人次"}),
    ("260个", {"metric": ""}, {"metric": None}),
]


@pytest.mark.parametrize(("raw", "fields", "follows"), CHANGED)
def test_a_changed_field_takes_along_what_follows_from_it(
    report: ReportRows, raw: str, fields: dict[str, str], follows: dict[str, object]
) -> None:
    row = fact(report, raw)
    done = apply(report, [decision(report, "facts", row, "change", *pair) for pair in fields.items()])
    now = fact(done, raw)
    assert {name: getattr(now, name) for name in follows} == follows
    assert (now.corrected, now.confidence, now.fact_id) == ("changed", 1, row.fact_id)
    assert not_applied(done) == []
    assert done.numbers == report.numbers


IMPOSSIBLE = [  # the fact, fields and values, what is said
    ("260个", {"upper": "200"}, "the upper bound 200 would be below the value 260"),
    ("260个", {"period_start": "2017-01-01"}, "period_start 2017-01-01 would be after period_end 2016-12-31"),
]


@pytest.mark.parametrize(("raw", "fields", "said"), IMPOSSIBLE)
def test_what_cannot_be_is_not_applied(report: ReportRows, raw: str, fields: dict[str, str], said: str) -> None:
    row = fact(report, raw)
    done = apply(report, [decision(report, "facts", row, "change", *pair) for pair in fields.items()])
    assert fact(done, raw) == row
    assert said in not_applied(done)[0]


def test_repetitions_are_linked_anew(tmp_path: Path) -> None:
    text = "云山县图书馆2016年总结\n\n一、概况\n全年接待读者8.6万人次。\n\n二、服务\n一年来接待读者8.6万人次。\n"
    report = read_text(text, tmp_path / "a.txt")
    first, second = (row for row in report.facts if row.raw == "8.6万人次")
    assert second.same_as == first.fact_id
    done = apply(report, [decision(report, "facts", second, "change", "metric", "digital_visits")])
    assert [row.same_as for row in done.facts if row.raw == "8.6万人次"] == [None, None]


def test_a_rejected_fact_leaves_no_link_and_stays_in_the_ledger() -> None:
    made = made_report()
    first, second = made.facts
    made = replace(
        made,
        findings=tuple(replace(row, fact_id=first.fact_id) for row in made.findings),
        facts=(first, replace(second, same_as=first.fact_id)),
    )
    done = apply(made, [decision(made, "facts", first, "reject")])
    assert [row.fact_id for row in done.facts] == [second.fact_id]
    assert (done.facts[0].part_of, done.facts[0].same_as) == (None, None)
    assert [(row.role, row.row_id) for row in done.numbers] == [("rejected", None)]
    assert done.findings == ()


def test_an_equation_falls_with_any_of_its_numbers(tmp_path: Path) -> None:
    told = "全年办证500个，其中成人证300个，少儿证100个。\n接待读者8.6万人次，全年接待读者9.9万人次。\n"
    text = f"云山县图书馆2016年总结\n\n一、概况\n{told}"
    report = read_text(text, tmp_path / "i.txt")
    assert report.finding_facts
    link = report.finding_facts[0]
    row = next(row for row in report.facts if row.fact_id == link.fact_id)
    done = apply(report, [decision(report, "facts", row, "reject")])
    assert link.finding_id not in {one.finding_id for one in done.findings}
    assert link.finding_id not in {one.finding_id for one in done.finding_facts}


def test_a_finding_about_a_number_falls_with_its_reading_and_no_sooner() -> None:
    made = made_report()
    one, other = made.findings
    made = replace(made, findings=(replace(one, fact_id=made.facts[0].fact_id), other))
    accepted = apply(made, [decision(made, "facts", made.facts[0], "accept")])
    assert accepted.findings == made.findings
    changed = apply(made, [decision(made, "facts", made.facts[0], "change", "value", "95000")])
    assert changed.findings == (other,)


def test_the_numeral_of_a_rejected_cell_is_its_tables(tmp_path: Path) -> None:
    text = "云山县图书馆2016年统计\n\n指标\t单位\t数值\n总藏量\t册\t81000\n外借册次\t册次\t40500\n"
    report = read_text(text, tmp_path / "b.txt")
    row = fact(report, "81000")
    done = apply(report, [decision(report, "facts", row, "reject")])
    number = next(one for one in done.numbers if one.raw == "81000")
    assert (number.role, number.row_id) == ("table_cell", report.tables[0].table_id)


@pytest.mark.parametrize("table", ["events", "lectures"])
def test_a_rejected_row_is_gone(report: ReportRows, table: str) -> None:
    first, second = getattr(report, table)
    done = apply(report, [decision(report, table, first, "reject")])
    assert getattr(done, table) == (second,)
    assert replace(done, **{table: (first, second)}) == report


def test_an_added_fact_stands_in_its_place_in_rows_and_ledger(report: ReportRows) -> None:
    assert "17" not in {row.raw for row in report.facts}
    done = apply(report, added_fact(report, "17", value="17", unit="号", metric="reading_rooms"))
    row = fact(done, "17")
    assert (row.value, row.unit, row.metric, row.scope) == (17, "号", "reading_rooms", "institution")
    assert (row.rule, row.confidence, row.corrected, row.origin) == ("reviewed", 1, "added", "prose")
    assert row.sentence == "编号甲17乙的书架重新油漆。"
    assert row.section_id == fact(done, "260个").section_id
    assert [one.char_start for one in done.facts] == sorted(one.char_start for one in done.facts)
    assert [(one.role, one.row_id) for one in done.numbers if one.raw == "17"] == [("fact", row.fact_id)]
    assert [one for one in done.findings if one.char_start == row.char_start] == []


def test_an_added_fact_can_be_changed_and_taken_back(report: ReportRows) -> None:
    added = added_fact(report, "17", value="17")
    changed = apply(report, [*added, replace(added[0], action="change", value="18")])
    assert fact(changed, "17").value == 18
    assert fact(changed, "17").corrected == "added"
    assert apply(report, [*added, replace(added[0], action="undo", value="")]) == report


def test_a_number_that_is_read_already_is_not_added_again(report: ReportRows) -> None:
    done = apply(report, added_fact(report, "60个。", value="60"))
    assert done.facts == report.facts
    assert "is read as «260个» already" in not_applied(done)[0]


def test_a_rejected_number_can_be_added_otherwise(report: ReportRows) -> None:
    wrong = decision(report, "facts", fact(report, "260个"), "reject")
    done = apply(report, [wrong, *added_fact(report, "座席260个", value="260", metric="seats")])
    assert [row.raw for row in done.facts if "260" in row.raw] == ["座席260个"]
    number = next(row for row in done.numbers if row.raw == "260")
    assert (number.role, number.row_id) == ("fact", fact(done, "座席260个").fact_id)


def test_what_a_newer_rule_reads_is_changed_where_it_was_added(report: ReportRows) -> None:
    added = added_fact(report, "260个", value="261", metric="seats")
    done = apply(report, added)
    assert (fact(done, "260个").value, fact(done, "260个").corrected) == (261, "changed")
    assert len(done.facts) == len(report.facts)


def test_a_fact_without_value_is_not_added(report: ReportRows) -> None:
    done = apply(report, added_fact(report, "17", unit="号"))
    assert done.facts == report.facts
    assert "needs a value" in not_applied(done)[0]


def test_another_library_has_another_place(report: ReportRows) -> None:
    done = apply(report, [decision(report, "documents", report.document, "change", "library", "醴陵市图书馆")])
    assert (done.document.region_code, done.document.county) == ("430281", "醴陵市")
    assert done.document.library_id != report.document.library_id
    assert done.document.corrected == "changed"


def test_another_region_keeps_the_name(report: ReportRows) -> None:
    done = apply(report, [decision(report, "documents", report.document, "change", "region_code", "430281")])
    assert (done.document.library, done.document.city) == ("云山县图书馆", "株洲市")


def test_another_year_moves_the_days_that_name_none(report: ReportRows) -> None:
    done = apply(report, [decision(report, "documents", report.document, "change", "report_year", "2015")])
    assert [row.start_date.isoformat() for row in done.events] == ["2015-05-12", "2015-10-09"]
    assert [cell(row.start_date) for row in done.lectures] == ["2015-03-08", "2015-09-20"]
    assert cell(fact(done, "8.6万人次").period_end) == "2015-12-31"
    assert cell(done.document.period_start) == "2015-01-01"


def test_a_day_that_names_its_year_stays(tmp_path: Path) -> None:
    text = "云山县图书馆2016年总结\n\n一、活动\n2016年5月12日，在县广场举办书展，展出图书300册。\n6月1日举办故事会。\n"
    report = read_text(text, tmp_path / "c.txt")
    done = apply(report, [decision(report, "documents", report.document, "change", "report_year", "2017")])
    assert [cell(row.start_date) for row in done.events] == ["2016-05-12", "2017-06-01"]


def test_a_second_file_with_the_same_bytes_has_no_rows_to_correct(report: ReportRows, folder: Path) -> None:
    row = fact(report, "260个")
    copy = ReportRows(report.document, findings=(replace(made_report().findings[0], code="duplicate_document"),))
    done = apply(copy, [decision(report, "facts", row, "reject")])
    assert done == copy


# which decision stands


def test_the_last_decision_counts(report: ReportRows) -> None:
    row = fact(report, "260个")
    accept, reject = (decision(report, "facts", row, action) for action in ("accept", "reject"))
    assert apply(report, [accept, reject]) == apply(report, [reject])
    assert apply(report, [reject, accept]) == apply(report, [accept])


def test_undo_takes_one_decision_back(report: ReportRows) -> None:
    row = fact(report, "260个")
    one = decision(report, "facts", row, "change", "value", "270")
    other = decision(report, "facts", row, "change", "unit", "席")
    assert apply(report, [one, other, replace(one, action="undo", value="")]) == apply(report, [other])
    assert apply(report, [one, replace(one, action="undo", value="")]) == report


def test_who_changes_a_row_after_rejecting_it_wants_it(report: ReportRows) -> None:
    row = fact(report, "260个")
    reject, change = decision(report, "facts", row, "reject"), decision(report, "facts", row, "change", "value", "270")
    assert apply(report, [reject, change]) == apply(report, [change])
    assert apply(report, [change, reject]) == apply(report, [replace(reject, value="")])


def test_a_changed_row_can_be_accepted_as_it_is_then(report: ReportRows) -> None:
    change = decision(report, "facts", fact(report, "260个"), "change", "value", "270")
    changed = apply(report, [change])
    done = apply(report, [change, decision(changed, "facts", fact(changed, "260个"), "accept")])
    assert done == changed


def test_of_rows_with_one_span_the_one_that_was_meant_is_changed() -> None:
    made = made_report()
    first = made.facts[0]
    twin = replace(first, fact_id=f"{first.fact_id}b", metric="loans")
    made = replace(made, facts=(first, twin, made.facts[1]))
    done = apply(made, [decision(made, "facts", twin, "change", "value", "7")])
    assert [row.value for row in done.facts[:2]] == [first.value, 7]
    assert apply(done, [decision(made, "facts", twin, "change", "value", "7")]) == done
    gone = apply(made, [decision(made, "facts", first, "reject")])
    assert gone.facts[0] == twin
    assert apply(gone, [decision(made, "facts", first, "reject")]) == gone
    blind = replace(decision(made, "facts", twin, "change", "value", "7"), row="")
    assert "2 rows are read there" in not_applied(apply(made, [blind]))[0]


# finding the place again


def moved(report: ReportRows, text: str, path: Path) -> ReportRows:
    path.write_text(text, encoding="utf-8")
    return process(read(path, report.document.source))


def test_a_file_that_changed_slightly_keeps_its_decisions(report: ReportRows, tmp_path: Path) -> None:
    newer = moved(report, REPORT.replace("一、基本情况\n", "一、基本情况\n本馆位于县城中心。\n"), tmp_path / "d.txt")
    assert newer.document.document_id != report.document.document_id
    done = apply(newer, [decision(report, "facts", fact(report, "8.6万人次"), "change", "value", "86500")])
    assert fact(done, "8.6万人次").value == 86500
    assert not_applied(done) == []


UNCERTAIN = [  # what the newer text has instead, what is said
    ("全年接待读者9.6万人次", "the quote does not stand in it between the same words; «.6万人次，» at "),
    ("全年共接待读者8.6万人次", "the quote does not stand in it between the same words; «8.6万人次» at "),
]


@pytest.mark.parametrize(("instead", "said"), UNCERTAIN)
def test_what_is_not_certain_is_said_and_not_applied(
    report: ReportRows, tmp_path: Path, instead: str, said: str
) -> None:
    newer = moved(report, REPORT.replace("全年接待读者8.6万人次", instead), tmp_path / "e.txt")
    done = apply(newer, [decision(report, "facts", fact(report, "8.6万人次"), "change", "value", "86500")])
    assert done.facts == newer.facts
    assert said in not_applied(done)[0]


def test_a_quote_that_stands_twice_is_not_certain(report: ReportRows, tmp_path: Path) -> None:
    newer = moved(report, f"{REPORT}\n四、附\n{REPORT}", tmp_path / "f.txt")
    done = apply(newer, [decision(report, "facts", fact(report, "8.6万人次"), "reject")])
    assert done.facts == newer.facts
    assert "in 2 places" in not_applied(done)[0]


def test_a_row_that_is_no_longer_read_is_said(report: ReportRows) -> None:
    row = fact(report, "260个")
    newer = replace(report, facts=tuple(one for one in report.facts if one != row))
    assert "no row is read there now" in not_applied(apply(newer, [decision(report, "facts", row, "accept")]))[0]
    assert not_applied(apply(newer, [decision(report, "facts", row, "reject")])) == []


def test_a_decision_that_was_taken_back_is_not_missed(report: ReportRows, tmp_path: Path) -> None:
    newer = moved(report, REPORT.replace("260个", "270个"), tmp_path / "g.txt")
    one = decision(report, "facts", fact(report, "260个"), "reject")
    assert apply(newer, [one, replace(one, action="undo", value="")]) == newer


def test_a_row_of_a_table_is_found_where_lines_were_put_in_around_it(report: ReportRows, tmp_path: Path) -> None:
    row = "1\t家庭阅读怎样开始\t周敏\t3月8日\t报告厅\t120\n"
    newer = moved(report, REPORT.replace(row, f"{row}2\t剪纸的样式\t郑宽\t4月2日\t报告厅\t30\n"), tmp_path / "h.txt")
    done = apply(newer, [decision(report, "lectures", report.lectures[0], "change", "speaker", "周敏之")])
    assert [one.speaker for one in done.lectures] == ["周敏之", "郑宽", "韩立"]


def test_a_short_cell_alone_on_its_line_is_not_found_elsewhere(report: ReportRows) -> None:
    one = replace(
        decision(report, "facts", fact(report, "260个"), "reject"),
        **{"content_hash": "a" * 12, "before": "床位\n", "after": "\n书架"},
    )
    assert apply(report, [one]).facts == report.facts


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_in_any_other_state_of_the_file_only_the_same_words_are_corrected(
    report: ReportRows, tmp_path: Path, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(REPORT)))
    end = min(len(REPORT), start + data.draw(st.integers(0, 60)))
    put_in = data.draw(st.sampled_from(["", "另有座席30个。", REPORT[20:80], "\n", "9"]))
    newer = moved(report, REPORT[:start] + put_in + REPORT[end:], tmp_path / "any.txt")
    told = [decision(report, "facts", row, "change", "item", row.raw) for row in report.facts]
    done = apply(newer, told)
    corrected = [row for row in done.facts if row.corrected]
    assert all(row.raw == row.item for row in corrected)
    assert len(corrected) + len(not_applied(done)) == len(told)


# any decisions


@st.composite
def decisions(draw: st.DrawFn, report: ReportRows) -> Correction:
    table = draw(st.sampled_from([name for name in RECORDS if name == "documents" or getattr(report, name)]))
    rows = (report.document,) if table == "documents" else getattr(report, table)
    action = draw(st.sampled_from(["accept", "reject", "change", "change", "add", "undo"]))
    if action == "add":
        start = draw(st.integers(0, len(report.text) - 3))
        span = (start, start + draw(st.integers(1, 3)))
        field, value = draw(st.sampled_from([("value", "5"), ("metric", "visits"), ("unit", "册")]))
        return at_span(report, "facts", span, ("add", field, value))
    row = draw(st.sampled_from(rows))
    if action in {"accept", "reject"}:
        made = decision(report, table, row, "accept" if table in LASTING else action)
        if problem(made):  # an empty cell has no place
            return decision(report, "documents", report.document, "accept")
        return draw(st.sampled_from([made, replace(made, value="")]))
    field = draw(st.sampled_from(tables()[table].reviewed or ("",)))
    values = [
        "",
        "1",
        "2015",
        "2015-06-01",
        "visits",
        "exact",
        "planned",
        "event",
        "甲",
        "人次",
        "award",
        "430281",
        "code",
        "plan",
    ]
    made = decision(report, table, row, action, field, draw(st.sampled_from(values)))
    if problem(made):
        made = replace(made, action="accept" if table in LASTING else "reject", field="", value="")
    return decision(report, "documents", report.document, "accept") if problem(made) else made


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_applied_again_nothing_changes_and_nothing_is_lost(report: ReportRows, data: st.DataObject) -> None:
    told = data.draw(st.lists(decisions(report), max_size=6))
    done = apply(report, told)
    assert apply(done, told) == done
    assert [(row.char_start, row.raw) for row in done.numbers] == [(row.char_start, row.raw) for row in report.numbers]
    assert [row.table_id for row in done.tables] == [row.table_id for row in report.tables]
    assert [(row.table_id, row.role) for row in done.cells] == [(row.table_id, row.role) for row in report.cells]
    assert done.text == report.text
    sections = {row.section_id: row for row in done.sections}
    assert all(row.parent_id is None or row.depth == sections[row.parent_id].depth + 1 for row in done.sections)
    within = (done.tables, done.lectures, done.events, done.facts, done.findings)
    assert {row.section_id for some in within for row in some} <= sections.keys() | {None}
    ids = {row.fact_id for row in done.facts}
    assert len(ids) == len(done.facts)
    assert {row.part_of for row in done.facts} | {row.same_as for row in done.facts} <= ids | {None}
    assert {row.fact_id for row in done.findings} <= ids | {None}
    assert {link.fact_id for link in done.finding_facts} <= ids
    assert {link.finding_id for link in done.finding_facts} <= {row.finding_id for row in done.findings}
    assert {row.row_id for row in done.numbers} <= ids | {row.table_id for row in done.tables} | {None}
    assert all(done.text[row.char_start : row.char_end] == row.raw for row in done.facts)
    touched = {(one.table, one.char_start) for one in told} | {("facts", None)}
    if not any(one.table == "documents" for one in told):
        assert done.document == report.document
        for name in ("lectures", "events"):
            before, after = (
                [replace(row, section_id=None) for row in getattr(rows, name) if (name, row.char_start) not in touched]
                for rows in (report, done)
            )
            assert before == after


# the file


def test_the_file_gives_back_what_was_appended(report: ReportRows, tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    lecture = decision(report, "lectures", report.lectures[0], "change", "topic", "家庭阅读,从今天开始")
    told = [lecture, decision(report, "documents", report.document, "accept")]
    append(path, told[:1])
    append(path, told[1:])
    assert read_corrections(path).decisions == tuple(told)
    assert path.read_text(encoding="utf-8").count("\n") == 3
    with path.open(encoding="utf-8", newline="") as file:
        assert [row["field"] for row in csv.DictReader(file)] == ["topic", ""]


def test_what_excel_saves_is_read(report: ReportRows, tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    told = decision(report, "facts", report.facts[0], "accept")
    append(path, [told])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_corrections(path).decisions == (told,)
    append(path, [told])
    assert read_corrections(path).decisions == (told, told)


@pytest.mark.parametrize("lost", [1, 2, 5, 30, 100])
def test_a_line_that_was_cut_off_is_said_kept_and_closed(report: ReportRows, tmp_path: Path, lost: int) -> None:
    path = tmp_path / "corrections.csv"
    one, two = (decision(report, "facts", row, "accept") for row in report.facts[:2])
    append(path, [one, replace(two, reviewer="周", decided_at="2026-01-05T10:00:00")])
    cut = path.read_bytes()[:-lost]
    path.write_bytes(cut)
    before = read_corrections(path)
    append(path, [one])
    after = read_corrections(path)
    assert path.read_bytes().startswith(cut)
    assert after.decisions == (*before.decisions, one)
    if lost > 25:
        assert before.decisions == (one,)
        assert ":3: the line was cut off" in before.notes[0]
        assert after.notes == before.notes


def test_several_writers_lose_nothing(report: ReportRows, tmp_path: Path) -> None:
    path, one = tmp_path / "corrections.csv", decision(report, "facts", report.facts[0], "accept")
    told = [replace(one, reviewer=f"{number}") for number in range(60)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda some: append(path, [some]), told))
    read_back = read_corrections(path)
    assert sorted(map(line_of, read_back.decisions)) == sorted(map(line_of, told))
    assert read_back.notes == ()


def test_a_cut_header_is_said(tmp_path: Path) -> None:
    assert parse_corrections(b"content_hash,tab", "c.csv").notes[0].startswith("c.csv:1: the line was cut off")
    assert parse_corrections(b"", "c.csv").decisions == ()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_quote_fits_on_one_line(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert "\n" not in escaped(text)
    assert "\r" not in escaped(text)


def refused(**changes: object) -> Correction:
    made = made_report()
    return replace(decision(made, "facts", made.facts[0], "change", "metric", "visits"), **changes)


REFUSED: list[tuple[dict[str, object], str]] = [  # what is wrong with a decision, what is said
    ({"content_hash": "0123"}, "content_hash '0123' is not 12 or 64 hexadecimal digits"),
    ({"table": "panel"}, "table 'panel' is not reviewed; reviewed are documents, sections"),
    ({"table": "cells", "action": "reject", "field": "", "value": ""}, "rows of cells cannot be rejected"),
    ({"table": "numbers", "field": "role", "value": "fact"}, "role cannot be 'fact': write one of date, time"),
    ({"table": "findings"}, "a finding is known by what it says"),
    ({"table": "findings", "row": "code=x; message=y"}, "rows of findings are accepted or rejected"),
    ({"table": "findings", "row": f"code={CODE}; message=y"}, "a decision that was not applied is mended by another"),
    (
        {"table": "findings", "row": "code=x", "char_start": None, "char_end": None},
        "a finding about no place has no quote",
    ),
    ({"action": "delete"}, "action 'delete' is not known; write one of accept, reject, change, add, undo"),
    ({"char_end": None}, "9:None is no span"),
    ({"char_end": 9}, "9:9 is no span"),
    ({"quote": "约5"}, "quote has 2 characters, the span 6"),
    ({"table": "documents"}, "the row of documents has no place"),
    ({"action": "accept"}, "accept is of the whole row; leave field empty"),
    ({"action": "add", "table": "events", "field": "kind", "value": "visit"}, "only facts can be added"),
    ({"field": "fact_id"}, "field 'fact_id' of facts cannot be changed; those that can are metric, item, value"),
    ({"value": "readers"}, "metric cannot be 'readers': write one of collection_total, "),
    ({"field": "value", "value": ""}, "value cannot be '': the column is never empty"),
    ({"field": "value", "value": "1e5"}, "write a plain number, such as 400000 or 19.5"),
    ({"field": "value", "value": "NaN"}, "write a plain number"),
    ({"field": "period_start", "value": "2015-02-29"}, "write a day of the calendar, such as 2014-05-04"),
    ({"field": "scope", "value": "city"}, "write one of institution, event, branch, other"),
    ({"field": "unit", "value": "㎡"}, "the unit is written 平方米"),
    (
        {"table": "documents", "char_start": None, "char_end": None, "field": "report_year", "value": "16"},
        "write a year",
    ),
    ({"field": "item", "value": "书\n刊"}, "it has a line end; write it on one line"),
]


@pytest.mark.parametrize(("changes", "said"), REFUSED)
def test_an_unsound_decision_is_refused_with_a_sentence(changes: dict[str, object], said: str, tmp_path: Path) -> None:
    wrong = refused(**changes)
    assert said in (problem(wrong) or "")
    with pytest.raises(CorrectionError, match="the decision on"):
        append(tmp_path / "corrections.csv", [refused(), wrong])
    assert not (tmp_path / "corrections.csv").exists()


def test_a_document_is_not_rejected() -> None:
    made = made_report()
    assert "take the file out of the input" in (problem(decision(made, "documents", made.document, "reject")) or "")


HEADER = ",".join(COLUMNS)
BROKEN = [  # the lines of a file, what is said
    ("a,b\n", "c.csv:1: the header is not content_hash,table,"),
    (f"{HEADER}\nx,y\n", "c.csv:2: there are 2 cells for 14 columns; mend the line or take it out"),
    (f"{HEADER}\n{line_of(refused())}x\n", "c.csv:3: there are 1 cells"),
    (HEADER + "\n" + line_of(refused()).replace(",9,15,", ",9,1５,"), "c.csv:2: char_end '1５' is no offset"),
    (HEADER + "\n" + line_of(refused()).replace("visits", "readers"), "c.csv:2: metric cannot be 'readers'"),
    (f'{HEADER}\n"a" b\n', "c.csv:2: the line is no CSV in UTF-8"),
]


@pytest.mark.parametrize(("text", "said"), BROKEN)
def test_a_broken_file_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(CorrectionError) as error:
        parse_corrections(text.encode(), "c.csv")
    assert said in str(error.value)


@pytest.mark.parametrize("table", RECORDS)
def test_what_is_reviewed_is_what_the_csv_file_says(table: str) -> None:
    made = made_report()
    row = made.document if table == "documents" else getattr(made, table)[0]
    for column in tables()[table].reviewed:
        assert written(getattr(row, column)) == cell(getattr(row, column))
    assert all("=" in part for part in reading(table, row).split("; "))


def test_decisions_of_one_row_are_told_together(report: ReportRows) -> None:
    row = fact(report, "260个")
    told = [decision(report, "facts", row, "change", "value", "270"), decision(report, "facts", row, "accept")]
    (own,) = standing(told).values()
    assert (own.changes, own.verdict) == ((told[0],), told[1])


# through the whole program


@pytest.fixture
def extracted(folder: Path, tmp_path: Path) -> Callable[..., dict[str, list[dict[str, str]]]]:
    def extract(**options: Path) -> dict[str, list[dict[str, str]]]:
        result = nianbao.extract(folder, tmp_path / "out", **options)
        notes.append(result.notes)
        return {name: rows(tmp_path / "out" / f"{name}.csv") for name in ("facts", "indicators", "findings")}

    notes: list[tuple[str, ...]] = []
    extract.notes = notes  # type: ignore[attr-defined]
    return extract


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_extract_applies_what_lies_in_its_folder_and_leaves_it_there(
    report: ReportRows, extracted: Callable[..., dict[str, list[dict[str, str]]]], tmp_path: Path
) -> None:
    extracted()
    kept = tmp_path / "out" / "corrections.csv"
    visits, seats = fact(report, "8.6万人次"), fact(report, "260个")
    append(kept, [decision(report, "facts", visits, "change", "value", "87000")])
    append(kept, [decision(report, "facts", seats, "reject")])
    before = kept.read_bytes()
    for _ in range(2):
        found = extracted()
        told = {row["metric"]: row["value"] for row in found["indicators"]}
        assert told["visits"] == "87000"
        assert "seats" not in told
        assert kept.read_bytes() == before
    assert extracted.notes[-1] == (f"{kept}: 2 decisions applied, 0 not",)  # type: ignore[attr-defined]


def test_another_file_can_be_named_and_what_fits_nothing_is_counted(
    report: ReportRows, extracted: Callable[..., dict[str, list[dict[str, str]]]], tmp_path: Path
) -> None:
    path, row = tmp_path / "decisions.csv", fact(report, "260个")
    lost = replace(decision(report, "facts", row, "accept"), content_hash="f" * 12, source="old/1999.txt")
    stale = replace(decision(report, "facts", row, "accept"), value="metric=staff; value=9")
    append(path, [decision(report, "facts", fact(report, "8.6万人次"), "accept"), lost, stale])
    found = extracted(corrections=path)
    assert [row["code"] for row in found["findings"]].count(CODE) == 1
    assert extracted.notes[-1] == (  # type: ignore[attr-defined]
        f"{path}: 1 decisions applied, 1 not (findings {CODE} say why)",
        "1 decisions are on files that were not given (old/1999.txt); they stay in the file",
    )


def test_one_report_is_shown_with_the_decisions_that_are_named(report: ReportRows, folder: Path) -> None:
    path, source = folder.parent / "decisions.csv", folder / report.document.source
    append(path, [decision(report, "facts", fact(report, "8.6万人次"), "change", "value", "87000")])
    assert (run("show", source)[1].count("86000 人次"), run("show", source)[1].count("87000 人次")) == (1, 0)
    code, told, _ = run("show", source, "--corrections", path)
    assert (code, told.count("86000 人次"), told.count("87000 人次")) == (0, 0, 1)
    assert fact(nianbao.read_report(source, corrections=path).rows, "8.6万人次").corrected == "changed"
    code, _, told = run("show", source, "--corrections", folder / "none.csv")
    assert (code, "none.csv cannot be read" in told) == (2, True)


def test_a_file_that_is_not_there_is_refused(folder: Path, tmp_path: Path) -> None:
    code, _, said = run("extract", folder, "--out", tmp_path / "out", "--corrections", tmp_path / "none.csv")
    assert code == 2
    assert "none.csv cannot be read" in said
    assert not (tmp_path / "out").exists()


def test_a_file_that_moved_and_one_that_took_its_place_are_told_apart(report: ReportRows, tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    append(path, [decision(report, "facts", fact(report, "260个"), "reject")])
    book = read_book(tmp_path)
    other = replace(report.document, document_id="b" * 12)
    renamed = replace(report.document, source="moved.txt")
    assert len(book.of(other, {"b" * 12})) == 1
    assert book.of(other, {"b" * 12, report.document.document_id}) == ()
    assert len(book.of(renamed, {report.document.document_id})) == 1
    assert Book().of(renamed, set()) == ()


# sections, tables, cells, numbers, findings


NESTED = """云山县图书馆2016年工作总结

一、读者服务
全年接待读者8.6万人次。
（一）借阅
1、外借
外借图书5.1万册次。
2、阅览
阅览座席260个。
（二）讲座
举办讲座12场。

二、自动化
编号甲17乙的书架重新油漆。
"""


@pytest.fixture(scope="module", name="nested")
def read_nested(folder: Path) -> ReportRows:
    return read_text(NESTED, folder / "nested.txt")


def section(report: ReportRows, title: str) -> SectionRow:
    return next(row for row in report.sections if row.title == title)


def told_of(report: ReportRows, title: str, action: str, field: str = "", value: str = "") -> Correction:
    return decision(report, "sections", section(report, title), action, field, value)


def test_a_section_is_decided_on_by_its_heading(nested: ReportRows, folder: Path) -> None:
    assert told_of(nested, "读者服务", "accept").quote == "一、读者服务"
    longer = read_text(NESTED.replace("260", "2600"), folder / "nested.txt")
    assert section(apply(longer, [told_of(nested, "读者服务", "accept")]), "读者服务").corrected == "accepted"


def test_a_section_gets_another_title_and_kind(nested: ReportRows) -> None:
    told = [
        told_of(nested, "讲座", "change", "title", "公益讲座"),
        told_of(nested, "讲座", "change", "kind", "training"),
    ]
    assert [problem(one) for one in told] == [None, None]
    now = section(apply(nested, told), "公益讲座")
    assert (now.kind, now.corrected, now.path) == ("training", "changed", section(nested, "讲座").path)


def test_what_a_false_heading_held_stands_in_the_section_around_it(nested: ReportRows) -> None:
    done = apply(nested, [told_of(nested, "借阅", "reject")])
    assert not_applied(done) == []
    assert [(row.title, row.depth, row.path) for row in done.sections] == [
        ("读者服务", 1, "1"),
        ("外借", 2, "1.1"),
        ("阅览", 2, "1.2"),
        ("讲座", 2, "1.3"),
        ("自动化", 1, "2"),
    ]
    assert {row.parent_id for row in done.sections if row.depth == 2} == {section(nested, "读者服务").section_id}
    assert fact(done, "260个").section_id == section(nested, "阅览").section_id


def test_without_a_section_around_it_the_rows_stand_in_none(nested: ReportRows) -> None:
    done = apply(nested, [told_of(nested, "自动化", "reject"), told_of(nested, "外借", "reject")])
    (finding,) = [row for row in done.findings if row.code == "unexplained_number"]
    assert finding.section_id is None
    assert fact(done, "5.1万册次").section_id == section(nested, "借阅").section_id


def test_false_headings_one_in_the_other_go_together(nested: ReportRows) -> None:
    done = apply(nested, [told_of(nested, "借阅", "reject"), told_of(nested, "外借", "reject")])
    assert fact(done, "5.1万册次").section_id == section(nested, "读者服务").section_id


def test_what_was_found_about_a_false_heading_falls_with_it(folder: Path) -> None:
    gap = read_text(NESTED.replace("2、阅览", "4、阅览"), folder / "gap.txt")
    assert "numbering_gap" in {row.code for row in gap.findings}
    assert "numbering_gap" not in {row.code for row in apply(gap, [told_of(gap, "阅览", "reject")]).findings}


def test_a_table_gets_another_caption_and_a_cell_another_text(report: ReportRows) -> None:
    (table,), cell_ = report.tables, next(row for row in report.cells if row.text == "韩立")
    told = [
        decision(report, "tables", table, "change", "caption", "讲座一览"),
        decision(report, "cells", cell_, "change", "text", "韩 立"),
    ]
    assert told[0].quote == REPORT.partition("三、讲座\n")[2].partition("\n")[0]
    done = apply(report, told)
    assert (done.tables[0].caption, done.tables[0].corrected) == ("讲座一览", "changed")
    assert [row.text for row in done.cells if row.corrected] == ["韩 立"]
    assert done.lectures == report.lectures


def test_an_empty_cell_has_no_place_to_decide_on(report: ReportRows) -> None:
    empty = replace(report.cells[0], text="", char_end=report.cells[0].char_start)
    assert "is no span" in (problem(decision(report, "cells", empty, "accept")) or "")


def number(report: ReportRows, raw: str) -> NumberRow:
    return next(row for row in report.numbers if row.raw == raw)


def test_an_unexplained_number_is_explained(report: ReportRows) -> None:
    done = apply(report, [decision(report, "numbers", number(report, "17"), "change", "role", "code")])
    assert (number(done, "17").role, number(done, "17").corrected) == ("code", "changed")
    assert done.findings == ()


def test_the_role_of_a_number_of_a_fact_is_that_of_the_fact(report: ReportRows) -> None:
    told = decision(report, "numbers", number(report, "260"), "change", "role", "code")
    (said,) = not_applied(apply(report, [told]))
    assert "the numeral is used by" in said
    rejected = decision(report, "facts", fact(report, "260个"), "reject")
    assert number(apply(report, [rejected, told]), "260").role == "code"


def test_a_finding_that_is_none_is_gone_and_one_that_is_right_says_so(report: ReportRows) -> None:
    (finding,) = report.findings
    assert apply(report, [decision(report, "findings", finding, "reject")]).findings == ()
    (now,) = apply(report, [decision(report, "findings", finding, "accept")]).findings
    assert now == replace(finding, corrected="accepted")


def test_a_finding_that_says_another_thing_was_not_decided_on(report: ReportRows) -> None:
    (finding,) = report.findings
    other = replace(report, findings=(replace(finding, message="No rule says what «18» does here."),))
    for action in ("accept", "reject"):
        assert apply(other, [decision(report, "findings", finding, action)]) == other


def test_a_finding_may_be_answered_by_the_decision_that_it_led_to(report: ReportRows) -> None:
    right = decision(report, "findings", report.findings[0], "accept")
    mended = decision(report, "numbers", number(report, "17"), "change", "role", "code")
    assert apply(report, [right, mended]).findings == ()


def test_no_link_is_left_of_a_finding_that_is_gone() -> None:
    made = made_report()
    for finding in made.findings:  # one with a place and links, one with neither
        done = apply(made, [decision(made, "findings", finding, "reject")])
        assert finding not in done.findings
        assert finding.finding_id not in {link.finding_id for link in done.finding_facts}
        assert len(done.findings) == 1


YEARS = {  # in the later year the library says another thing of the earlier one
    "2015.txt": "云山县图书馆2015年工作总结\n\n全年接待读者8.1万人次。\n",
    "2016.txt": "云山县图书馆2016年工作总结\n\n全年接待读者8.6万人次，上年为7.2万人次。\n",
}


def test_a_finding_across_the_years_is_decided_on_too(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, text in YEARS.items():
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    nianbao.extract(tmp_path / "in", out)
    found = [row for row in rows(out / "findings.csv") if "-x" in row["finding_id"]]
    assert found
    for action, left in (("accept", "accepted"), ("reject", None)):
        (out / "corrections.csv").unlink(missing_ok=True)
        append(out / "corrections.csv", [verdict(out, one, action) for one in found])
        result = nianbao.extract(tmp_path / "in", out)
        assert f"{len(found)} decisions applied, 0 not" in result.notes[0]
        said = {row["finding_id"]: row["corrected"] for row in rows(out / "findings.csv")}
        assert [said.get(one["finding_id"]) for one in found] == [left] * len(found)
    links = {row["finding_id"] for row in rows(out / "finding_facts.csv")}
    assert not links & {one["finding_id"] for one in found}


def verdict(out: Path, finding: dict[str, str], action: str) -> Correction:
    text = (out / "text" / f"{finding['document_id']}.txt").read_text(encoding="utf-8")
    row = FindingRow(
        *(finding[name] for name in ("finding_id", "document_id", "severity", "code", "message")),
        char_start=int(finding["char_start"]),
        char_end=int(finding["char_end"]),
    )
    document = replace(made_report().document, document_id=row.document_id, source="2016.txt")
    return decision(ReportRows(document, findings=(row,), text=text), "findings", row, action)


def test_one_report_alone_has_the_verdicts_wherever_its_findings_are_asked_for(folder: Path, tmp_path: Path) -> None:
    path = folder / "yunshan-2016.txt"
    alone = nianbao.read_report(path)
    append(tmp_path / "c.csv", [decision(alone.rows, "findings", alone.findings[0], "reject")])
    again = nianbao.read_report(path, corrections=tmp_path / "c.csv")
    assert (again.findings, again.all_rows()["findings"]) == ((), ())
