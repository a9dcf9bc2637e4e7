"""The panel: which of several statements is chosen and why, series over the years, coverage."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from made_reports import made_report
from msgspec.structs import replace
from typed_reports import report_of

from normalize.across_years.panel import coverage, indicators, panel
from normalize.checks.choice import choose
from normalize.checks.statements import agree, bounds, is_indicator
from schemas.metrics import metrics
from schemas.rows import FactRow, ReportRows

YEAR = (date(2014, 1, 1), date(2014, 12, 31))


def fact(raw: str, value: int | str, qualifier: str = "exact", **changes: object) -> FactRow:
    """Return a fact that states loans of 2014."""
    told = {"raw": raw, "value": Decimal(value), "lower": None, "upper": None, "qualifier": qualifier}
    told |= {"metric": "loans", "unit": "册次", "measure": "level", "aggregation": "total", "status": "actual"}
    told |= {"scope": "institution", "period_start": YEAR[0], "period_end": YEAR[1], "origin": "prose"}
    told |= {"baseline_start": None, "baseline_end": None, "baseline_value": None}
    return replace(made_report().facts[0], **{**told, **changes})  # type: ignore[arg-type]


def report(year: int, *facts: FactRow, library: str | None = "lib-1") -> ReportRows:
    """Return a report of one year with these facts, its document and facts numbered by the year."""
    made = made_report()
    name = f"d{year}"
    document = replace(made.document, document_id=name, library_id=library, report_year=year)
    rows = tuple(
        replace(row, fact_id=f"{name}-f{number}", document_id=name, char_start=number)
        for number, row in enumerate(facts, start=1)
    )
    return replace(made, document=document, facts=rows)


def of(year: int, value: int, **changes: object) -> FactRow:
    """Return a fact that states the loans of a year."""
    days = {"period_start": date(year, 1, 1), "period_end": date(year, 12, 31)}
    return fact(str(value), value, **{**days, **changes})  # type: ignore[arg-type]


BOUNDS = [  # raw, value, qualifier, upper, least, greatest
    ("59万册次", 590000, "exact", None, 590000, 590000),
    ("18万余册次", 180000, "over", None, 180000, 190000),
    ("50余万册次", 500000, "over", None, 500000, 600000),
    ("1300多册次", 1300, "over", None, 1300, 1400),
    ("超过50万册次", 500000, "over", None, 500000, None),
    ("近60万册次", 600000, "nearly", None, 590000, 600000),
    ("近100册次", 100, "nearly", None, 80, 100),
    ("约59万册次", 590000, "about", None, 585000, 595000),
    ("约100册次", 100, "about", None, 90, 110),
    ("不少于200册次", 200, "at_least", None, 200, None),
    ("至多200册次", 200, "at_most", None, None, 200),
    ("2—3万册次", 20000, "range", 30000, 20000, 30000),
]


@pytest.mark.parametrize("case", BOUNDS, ids=lambda case: case[0])
def test_what_the_words_allow(case: tuple[str, int, str, int | None, int | None, int | None]) -> None:
    raw, value, qualifier, upper, least, greatest = case
    stated = fact(raw, value, qualifier, upper=None if upper is None else Decimal(upper))
    assert bounds(stated) == (least, greatest)


AGREE = [
    (("1.1万", 11000, "exact"), ("11342", 11342, "exact"), True),
    (("约59万", 590000, "about"), ("60万", 600000, "exact"), False),
    (("约59万", 590000, "about"), ("588123", 588123, "exact"), True),
    (("超过50万", 500000, "over"), ("563201", 563201, "exact"), True),
    (("150余", 150, "over"), ("160", 160, "exact"), False),
    (("150余", 150, "over"), ("156", 156, "exact"), True),
    (("8927", 8927, "exact"), ("6000", 6000, "exact"), False),
    (("近60万", 600000, "nearly"), ("596000", 596000, "exact"), True),
    (("近60万", 600000, "nearly"), ("612000", 612000, "exact"), False),
]


@pytest.mark.parametrize(("one", "other", "said"), AGREE)
def test_agreement(one: tuple[str, int, str], other: tuple[str, int, str], said: bool) -> None:
    assert agree(fact(*one), fact(*other)) is said
    assert agree(fact(*other), fact(*one)) is said


STATES = [
    ({}, True),
    ({"measure": "increase"}, False),
    ({"status": "planned"}, False),
    ({"scope": "branch"}, False),
    ({"aggregation": "per_event"}, False),
    ({"period_start": date(2013, 1, 1), "period_end": date(2013, 12, 31)}, False),
    ({"period_end": date(2014, 11, 30)}, True),  # written in December on eleven months
    ({"period_end": date(2014, 6, 30)}, False),  # half a year is no year
    ({"period_start": date(2014, 7, 1)}, False),
    ({"period_start": date(2013, 12, 1), "period_end": date(2014, 11, 30)}, True),
    ({"period_start": date(2012, 5, 1)}, False),  # since a house was opened
    ({"metric": "collection_total", "period_start": date(2014, 6, 30), "period_end": date(2014, 6, 30)}, True),
]


@pytest.mark.parametrize(("changes", "said"), STATES)
def test_what_states_an_indicator(changes: dict[str, object], said: bool) -> None:
    assert is_indicator(fact("59万册次", 590000, **changes), 2014) is said


def test_most_agree_then_least_hedged() -> None:
    stated = [fact("58万", 580000), fact("约59万", 590000, "about"), fact("588123", 588123), fact("59万", 590000)]
    choice = choose([replace(row, char_start=place) for place, row in enumerate(stated)])
    assert choice.fact.raw == "588123"
    assert choice.reason == "3 of 4 statements agree on it; the least hedged and most exact of them"
    assert [row.raw for row in choice.others] == ["58万"]
    assert choice.conflict


def test_a_number_without_a_unit_is_counted_in_that_of_its_metric() -> None:
    (row,) = indicators([report(2014, of(2014, 590000, unit=None), of(2014, 588123))])
    assert (row.unit, row.statements, row.conflict) == ("册次", 2, False)
    first, second = indicators([report(2014, of(2014, 590000)), report(2015, of(2015, 600000, unit=None))])
    assert (first.unit, second.unit, second.change_on_previous) == ("册次", "册次", 10000)


def test_the_years_of_a_renamed_library_stay_together() -> None:
    reports = [
        report(2014, of(2014, 1000)),
        report(2015, of(2015, 1100)),
        report(2016, of(2016, 1200), library="lib-2"),
    ]
    names = ("宁乡市图书馆", "宁乡县图书馆", "宁乡县图书馆")
    named = [
        replace(one, document=replace(one.document, library=name)) for one, name in zip(reports, names, strict=True)
    ]
    rows = indicators(named)
    assert [(row.library_id, row.report_year) for row in rows] == [("lib-1", 2014), ("lib-1", 2015), ("lib-2", 2016)]
    assert [row.report_year for row in panel(rows, named)] == [2014, 2015, 2016]


def test_units_that_count_alike_are_one_series() -> None:
    staff = {"metric": "staff", "unit": "人"}
    rows = indicators([report(2014, of(2014, 9, **staff)), report(2015, of(2015, 10, **staff | {"unit": "名"}))])
    assert [(row.unit, row.change_on_previous) for row in rows] == [("人", None), ("人", 1)]
    titles = indicators([report(2014, of(2014, 900, metric="collection_total", unit="种"))])
    assert [row.unit for row in titles] == ["种"]


def test_what_a_number_came_from_is_not_in_the_panel() -> None:
    rows = indicators([report_of("山水县图书馆2014年工作总结\n一、概况\n馆舍面积由1300平方米扩至2100平方米。\n")])
    assert [(row.value, row.statements) for row in rows if row.metric == "floor_area"] == [(2100, 1)]


@pytest.mark.parametrize(
    ("told", "heads"),
    [
        ("服务人口40.1万人", 401000),
        ("全县常住人口40.1万人", 401000),
        ("该镇常住人口3.1万人", None),
        ("辖区人口8万人", 80000),
    ],
)
def test_whom_the_library_serves_is_in_its_panel(told: str, heads: int | None) -> None:
    rows = indicators([report_of(f"山水县图书馆2014年工作总结\n一、概况\n本馆开放，{told}。\n")])
    assert [row.value for row in rows if row.metric == "population_served"] == ([heads] if heads else [])


def test_the_library_before_its_branches() -> None:
    branches = fact("61万", 610000, sentence="全县12个分馆共外借61万册次。")
    assert choose([branches, fact("65万", 650000)]).fact.raw == "65万"
    assert not choose([branches, fact("65万", 650000)]).conflict
    assert choose([branches]).reason == "the only statement; it is told of the branches"
    system = fact("61万", 610000, sentence="总分馆共外借61万册次。")
    assert choose([system, fact("65万", 650000)]).conflict


def test_the_whole_year_before_a_part() -> None:
    part = fact("61万", 610000, period_end=date(2014, 11, 30))
    assert choose([part, fact("约65万", 650000, "about")]).fact.raw == "约65万"
    alone = choose([part])
    assert alone.reason == "the only statement; it covers 2014-01-01 to 2014-11-30"


def test_far_apart_is_no_contradiction() -> None:
    choice = choose([fact("59万", 590000), fact("3000", 3000, char_start=9)])
    assert not choice.conflict
    assert [row.value for row in choice.others] == [3000]


def test_many_values_end_in_time() -> None:
    assert choose([fact(str(value), value) for value in range(1000, 6000)]).fact.value


def test_a_series() -> None:
    reports = [
        report(2014, of(2014, 590000), of(2014, 600000)),
        report(2015, of(2015, 640000), of(2014, 593000)),
        report(2016, of(2016, 700000, baseline_value=Decimal(650000), baseline_start=date(2015, 1, 1),
                        baseline_end=date(2015, 12, 31))),
        report(2018, of(2018, 800000)),
    ]  # fmt: skip
    rows = {row.report_year: row for row in indicators(reports)}
    assert [rows[year].change_on_previous for year in rows] == [None, 50000, 60000, None]
    assert (rows[2014].restated_value, rows[2014].restated_fact_id) == (593000, "d2015-f2")
    assert (rows[2015].restated_value, rows[2015].restated_fact_id) == (650000, "d2016-f1")
    assert rows[2014].conflict
    assert rows[2014].other_values == "600000"
    assert 2017 not in rows


def test_the_order_of_reports_is_nothing() -> None:
    reports = [report(2014, of(2014, 5)), report(2015, of(2015, 7), of(2014, 6)), report(2016, of(2014, 4))]
    assert indicators(reports) == indicators(reports[::-1])


def test_a_library_in_doubt_has_no_series() -> None:
    assert indicators([report(2014, of(2014, 5), library=None)]) == ()
    assert panel((), [report(2014, of(2014, 5), library=None)]) == ()


BREAKS = [
    ((2008, "总藏书量达52万册"), (2010, "总藏量达55万册"), "the term changed: 总藏书量 until 2008, 总藏量 from 2009"),
    (
        (2015, "含电子图书在内总藏量90万册"),
        (2016, "纸质总藏量45万册"),
        "the report on 2015 says «含电子», ",
    ),
    ((2015, "总藏量90万册"), (2016, "纸质总藏量45万册"), "the report on 2015 says neither, "),
    ((2015, "总藏量44万册"), (2016, "纸质总藏量45万册"), None),
    ((2015, "总藏量44万册"), (2016, "总藏量90万册"), None),
]


@pytest.mark.parametrize(("before", "after", "said"), BREAKS)
def test_breaks_of_definition(before: tuple[int, str], after: tuple[int, str], said: str | None) -> None:
    values = [int("".join(sign for sign in text if sign.isdigit())) for _, text in (before, after)]
    reports = [
        report(year, of(year, value, metric="collection_total", unit="册", sentence=text))
        for (year, text), value in zip((before, after), values, strict=True)
    ]
    first, second = indicators(reports)
    assert first.definition_break is None
    assert (second.definition_break or "").startswith(said or "")
    assert (second.definition_break is None) is (said is None)


def test_the_wide_panel_and_what_is_covered() -> None:
    planned = of(2014, 99, metric="activities", status="planned", unit="场")
    reports = [report(2014, of(2014, 5), of(2014, 5, origin="table"), planned), report(2015)]
    first, second = panel(indicators(reports), reports)
    assert (first.report_year, first.loans, first.visits) == (2014, 5, None)
    assert (second.report_year, second.loans) == (2015, None)
    assert not hasattr(first, "lones")
    assert [(row.metric, row.facts, row.prose, row.tables, row.statements) for row in coverage(reports[0])] == [
        ("loans", 2, 1, 1, 2),
        ("activities", 1, 1, 0, 0),
    ]


def test_meanings_stand_with_few_metrics_and_are_told_apart() -> None:
    for metric in metrics().values():
        words = [word for meaning in metric.meanings for word in meaning]
        assert len(set(words)) == len(words), metric.code
