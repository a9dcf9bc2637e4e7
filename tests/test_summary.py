"""`nianbao summary`: what an output holds, on a terminal, with nothing cut off that could be taken for a number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import regex
from msgspec.structs import replace
from rich.cells import cell_len
from rich.console import Console
from stored_outputs import BROKEN, A, B, add_column, change_table, drop_column, report, run, with_fact, write

import nianbao
from nianbao.holdings import PanelValue, Series
from nianbao.sparkline import sparkline
from nianbao.terminal import PIPED_WIDTH
from nianbao.year_grid import Line, change, written, year_grids
from schemas.metrics import metrics
from schemas.rows import DocumentRow, FactRow, FindingRow, ReportRows

VISITS = {2014: ("400000", "about"), 2015: ("500000", "over"), 2017: ("450000", "nearly")}


def yearly(year: int, value: str, qualifier: str, **changes: object) -> ReportRows:
    """Return a report of a year that states its visits."""
    number = f"{year:012x}"
    period = {"period_start": date(year, 1, 1), "period_end": date(year, 12, 31)}
    made = report(number, f"{year}.txt", report_year=year, **changes)
    return with_fact(made, 0, value=Decimal(value), qualifier=qualifier, **period)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    failed = ReportRows(DocumentRow(B, "old.doc", "x/y", status="failed", error="old.doc: not read\x1b[2J"))
    partial = report(A, "part.txt", library=None, status="partial", error="2 bytes are lost")
    years = [yearly(year, *stated) for year, stated in VISITS.items()]
    return write(tmp_path / "out", *years, failed, partial)


def shown(*arguments: str | Path) -> list[str]:
    code, printed, error = run("summary", *arguments)
    assert (code, error) == (0, "")
    assert "\x1b" not in printed
    assert max(cell_len(line) for line in printed.splitlines()) <= PIPED_WIDTH
    return [" ".join(line.split()) for line in printed.splitlines()]


def test_what_was_not_read_whole_comes_first(out: Path) -> None:
    assert shown(out)[:4] == [
        "failed: old.doc: not read·[2J",
        "partial: 2 bytes are lost",
        "4 of 5 documents read",
        "without library or year, and so in no panel: part.txt",
    ]


def test_a_panel_shows_hedges_the_shape_and_the_change(out: Path) -> None:
    lines = shown(out)
    assert "山水县图书馆 3 1 2014–2015, 2017" in lines
    assert "metric unit 2014 2015 2017 change" in lines
    assert "visits 总流通人次 人次 ≈400,000 ≥500,000 ≤450,000 ▁█▅ -10%" in lines


def test_a_value_on_which_statements_disagree_is_marked(tmp_path: Path) -> None:
    made = yearly(2014, "400000", "exact")
    first = made.facts[0]
    other = replace(first, fact_id=f"{first.fact_id}x", value=Decimal(430000), char_start=16, char_end=18)
    out = write(tmp_path / "out", replace(made, facts=(first, other)))
    assert "visits 总流通人次 人次 400,000!" in shown(out)


def test_coverage_counts_the_metrics_of_the_vocabulary(out: Path) -> None:
    lines = shown(out)
    assert f"a report gives 1 of the {len(metrics())} metrics" in lines
    assert "山水县图书馆 2015 1" in lines
    assert "visits 总流通人次 3 of 3" in lines
    assert f"{len(metrics()) - 1} metrics are given by no report" in lines


def test_a_report_that_gives_nothing_counts_too(tmp_path: Path) -> None:
    empty = replace(report(B, "2015.txt", report_year=2015), facts=())
    found = nianbao.summary(write(tmp_path / "out", report(), empty))
    assert found.libraries[0].coverage == {2014: 1, 2015: 0}
    assert found.reports == 2
    assert f"a report gives 0–1 of the {len(metrics())} metrics, the median 0.5" in shown(tmp_path / "out")


def test_findings_are_counted_by_kind_the_gravest_first(out: Path) -> None:
    found = [(one.severity, one.code, one.count, one.source) for one in nianbao.summary(out).findings]
    assert found == [("warning", "invalid_date", 4, "2014.txt"), ("info", "unknown_table", 4, "2014.txt")]
    start = next(line for line in shown(out) if line.startswith("warning"))
    assert start == "warning invalid_date 日期不存在 4 2014.txt: 11月31日 does not exist"


def test_findings_of_a_code_are_listed_with_their_line(tmp_path: Path) -> None:
    made = report()
    start = made.text.index("约59万")
    place = FindingRow(f"{A}-w1", A, "warning", "implausible_value", "too\x1bmuch", None, None, None, start, start + 4)
    out = write(tmp_path / "out", replace(made, findings=(place, *made.findings)))
    assert shown(out, "--findings", "implausible_value", "--findings", "unknown_table") == [
        f"warning 2014.txt at {start}, line 2",
        "implausible_value: too·much",
        "接待读者[约59万]人次，",
        "info 2014.txt",
        "unknown_table: no kind fits",
        "2 findings of implausible_value, unknown_table",
    ]
    assert shown(out, "--findings", "invalid_date", "--library", "山水")[-1] == "1 findings of invalid_date"


def test_libraries_and_metrics_can_be_chosen(tmp_path: Path) -> None:
    other = yearly(2016, "7000", "exact", library="临江区图书馆")
    out = write(tmp_path / "out", yearly(2014, "400000", "exact"), other)
    assert [library.name for library in nianbao.summary(out, library="临江").libraries] == ["临江区图书馆"]
    lines = shown(out, "--metric", "visits", "--metric", "loans")
    assert "library unit 2014 2016" in lines
    assert lines.index("临江区图书馆 人次 7,000") < lines.index("山水县图书馆 人次 400,000")
    assert "no report gives it" in lines
    assert not any("findings" in line for line in lines)


def test_many_libraries_are_listed_and_the_first_shown(tmp_path: Path) -> None:
    many = [report(f"{number:012x}", f"{number}.txt", library=f"第{number}区图书馆") for number in range(7)]
    lines = shown(write(tmp_path / "out", *many))
    assert sum(line.startswith("visits ") and "of" not in line for line in lines) == 5
    assert "2 more libraries; --library TEXT or --metric CODE shows them" in lines
    assert all(any(line.startswith(f"第{number}区图书馆 1 1 2014") for line in lines) for number in range(7))


def test_an_output_of_nothing_is_shown(tmp_path: Path) -> None:
    failed = ReportRows(DocumentRow(B, "old.doc", "x/y", status="failed", error="old.doc: not read"))
    lines = shown(write(tmp_path / "out", failed))
    assert "0 of 1 documents read" in lines
    assert any(line.startswith("libraries (0)") for line in lines)


def test_libraries_with_one_name_and_two_numbers_are_two(tmp_path: Path) -> None:
    """Columns that a later version adds are used where they are: two counties may have a library of one name."""
    out = write(tmp_path / "out", yearly(2014, "400000", "exact"), yearly(2015, "500000", "exact"))
    for table in ("documents", "indicators"):
        add_column(out, table, "library_id", "")
        change_table(
            out,
            table,
            lambda lines: [
                lines[0],
                *([*line[:-1], f"lib-{line[lines[0].index('report_year')]}"] for line in lines[1:]),
            ],
        )
    assert [library.coverage for library in nianbao.summary(out).libraries] == [{2014: 1}, {2015: 1}]


def test_a_code_that_the_vocabulary_does_not_know_is_shown_without_label(out: Path) -> None:
    change_table(out, "indicators", lambda lines: [[cell.replace("visits", "robots") for cell in row] for row in lines])
    assert any(line.startswith("robots 人次 ≈400,000") for line in shown(out))
    assert shown(out, "--metric", "robots")[1].startswith("robots")


@pytest.mark.parametrize(("spoil", "said"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_broken_folder_is_exit_2_unless_the_broken_table_is_not_looked_at(
    tmp_path: Path, spoil: Callable[[Path], object], said: str
) -> None:
    out = write(tmp_path / "out", report())
    spoil(out)
    code, printed, error = run("summary", out)
    if "cells.csv" in said:
        assert code == 0
        return
    assert (code, printed) == (2, "")
    assert said in error


WRONG = [  # arguments after OUT, what is said
    (["--metric", "visit"], "no metric has the code visit (near: visits, "),
    (["--library", "北海"], "has no library whose name holds «北海»; there are, among others: 山水县图书馆"),
    (["--findings", "invalid_dates"], "no finding has the code invalid_dates (near: invalid_date"),
    (["--findings", "invalid_date", "--library", "北海"], "has no library whose name holds «北海»"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_what_nothing_bears_is_exit_2(out: Path, arguments: list[str], said: str) -> None:
    code, printed, error = run("summary", out, *arguments)
    assert (code, printed) == (2, "")
    assert said in error


@pytest.mark.parametrize("cell", ["many", "NaN", "1e9999999", "-Infinity"])
def test_a_value_that_is_no_number_is_exit_2(out: Path, cell: str) -> None:
    change_table(out, "indicators", lambda lines: [[one.replace("500000", cell) for one in row] for row in lines])
    code, _, error = run("summary", out)
    assert code == 2
    assert f"indicators.csv: «{cell}» is not a number" in error


def test_an_output_that_lacks_a_column_is_exit_2(out: Path) -> None:
    drop_column(out, "indicators", "conflict")
    code, _, error = run("summary", out)
    assert code == 2
    assert "indicators.csv has no column conflict; run `nianbao extract` again" in error


def value(number: str, qualifier: str = "exact", upper: str | None = None) -> PanelValue:
    return PanelValue(Decimal(number), Decimal(upper) if upper else None, qualifier, False)


WRITTEN = [  # value, as the panel writes it
    (value("19.5"), "19.5"),
    (value("2", "range", "3"), "2–3"),
    (value("1200", "at_least"), "≥1,200"),
    (value("1200", "at_most"), "≤1,200"),
]


@pytest.mark.parametrize(("stated", "told"), WRITTEN)
def test_a_value_is_written_with_its_hedge(stated: PanelValue, told: str) -> None:
    assert written(stated) == told


CHANGED = [  # values in order, unit, change
    (["80", "100"], "人次", "+25%"),
    (["100", "100"], "人次", "0%"),
    (["0", "100"], "人次", ""),
    (["100"], "人次", ""),
    (["70.5", "72"], "%", "+1.5 points"),
]


@pytest.mark.parametrize(("numbers", "unit", "told"), CHANGED)
def test_the_change_is_of_the_last_value_on_the_one_before(numbers: list[str], unit: str, told: str) -> None:
    assert change(Series("x", "", unit, {2000 + place: value(one) for place, one in enumerate(numbers)})) == told


@pytest.mark.parametrize(
    ("numbers", "line"), [([1, 2], ""), ([1, 1, 1], "▅▅▅"), ([0, 7, 8], "▁██"), ([1, None, 2, 3], "▁ ▅█")]
)
def test_a_sparkline_has_a_sign_for_each_value(numbers: list[int | None], line: str) -> None:
    assert sparkline([None if number is None else Decimal(number) for number in numbers]) == line


@pytest.mark.parametrize("width", [40, 72, 100, 160])
def test_no_number_is_cut_off_however_many_years(width: int) -> None:
    years = range(1990, 2024)
    series = Series("visits", "总流通人次", "人次", {year: value(f"{year}000", "about") for year in years})
    screen = Console(width=width, markup=False, highlight=False)
    with screen.capture() as capture:
        for grid in year_grids("metric", [Line("visits 总流通人次", series)], years, width):
            screen.print(grid)
    printed = capture.get()
    assert [regex.findall(rf"≈{year * 1000:,}(?!\S)", printed) for year in years] == [
        [f"≈{year * 1000:,}"] for year in years
    ]
    assert all(cell_len(line) <= width for line in printed.splitlines()) or width < 72
    assert "…" not in printed


def test_a_fact_row_is_what_the_panel_is_made_of() -> None:
    """Guards the made reports: without an indicator the panels above would be empty and say nothing."""
    fact: FactRow = report().facts[0]
    assert (fact.metric, fact.scope, fact.status) == ("visits", "institution", "actual")
