"""The checks across the years of one library: changes, restatements, the stock's balance, jumps, repetitions."""

from __future__ import annotations

from math import log

import pytest
from msgspec.structs import replace
from typed_reports import report_of

from normalize.across_years.across_years import across_years, checked_across_years
from normalize.across_years.jumps import bounds_of, jump_bounds, log_ratios
from normalize.across_years.panel import indicators
from normalize.checks.outcomes import surer
from schemas.rows import FindingRow, ReportRows

NO_BOUNDS = jump_bounds([])


def year(number: int, text: str, library: str = "金湖县图书馆") -> ReportRows:
    return report_of(f"{library}{number}年工作总结\n一、概况\n{text}\n")


def checked(*reports: ReportRows) -> tuple[ReportRows, ...]:
    return checked_across_years(reports, indicators(reports))


def found(*reports: ReportRows) -> list[FindingRow]:
    return [row for report in checked(*reports) for row in report.findings if "-x" in row.finding_id]


PARAGRAPH = "本馆依托乡镇分馆开设夜间课堂，全年举办培训12期，培训学员462人次，课后回访的意见都已转给任课教师并逐条答复"
FOUNDING = "本馆始建于1978年，馆舍建筑面积3260平方米，地处城区中心，周边学校和社区环绕，公交线路直达，读者来馆便利。"

# new: the report on 2016, the one on 2017, the code of its finding, the equation
DOES_NOT_FIT = [
    ("接待读者20万人次。", "接待读者24.2万人次，同比增长31%。", "rate_does_not_fit", "= 21.0%, not 31%"),
    ("接待读者20万人次。", "接待读者16.2万人次，比上年下降9%。", "rate_does_not_fit", "= -19.0%, not -9%"),
    ("外借图书81234册次。", "外借图书85236册次，比上年增加9002册次。", "increase_does_not_fit", "90236, not 85236"),
    ("外借图书81234册次。", "外借图书75236册次，比上年减少1998册次。", "increase_does_not_fit", "79236, not 75236"),
    ("外借读者31234人次。", "外借读者33876人次（上年为35321人次）。", "restated_value", "35321, not the 31234"),
    (
        "总藏量81235册。",
        "总藏量94321册，新增图书5123册。注销图书812册。",
        "stock_does_not_balance",
        "81235 + 5123 - 812 = 85546, not 94321",
    ),
    ("总藏量81235册。", "总藏量94321册，新增图书5123册。", "stock_does_not_balance", "= 86358, not 94321"),
    ("解答咨询2345次。", "解答咨询234587次。", "implausible_jump", "fixed: fewer than 30 changes"),
    ("自助借还图书23457册次。", "自助借还图书23457册次。", "repeated_from_previous_year", "to the last digit"),
    (f"{PARAGRAPH}。", f"{PARAGRAPH}。", "repeated_from_previous_year", "«12期», «462人次»"),
]
FITS = [
    ("接待读者20万人次。", "接待读者24.2万人次，同比增长21%。"),
    ("接待读者约20万人次。", "接待读者24.2万人次，同比增长22%。"),  # hedged
    ("接待读者20.04万人次。", "接待读者24.2万人次，同比增长21%。"),  # rounded
    ("1—10月接待读者14万人次。", "接待读者24.2万人次，同比增长21%。"),  # no base for a whole year
    ("接待读者20万人次。", "上半年接待读者9.7万人次，同比增长21%。"),  # no level for a whole year
    ("外借图书8.12万册次。", "外借图书85236册次，比上年增加4002册次。"),
    ("外借读者31234人次。", "外借读者33876人次（上年为3.1万人次）。"),
    ("总藏量81235册。", "总藏量85546册，新增图书5123册。注销图书812册。"),
    ("总藏量81235册。", "总藏量84987册，新增图书5123册。注销图书812册。"),  # within 2 %
    ("总藏量81235册。", "总藏量94321册。"),  # additions are not told
    ("总藏量81235册。", "总藏量（含电子图书）194321册，新增图书5123册。"),  # another definition
    ("解答咨询2345次。", "解答咨询6587次。"),
    ("举办讲座2场。", "举办讲座45场。"),  # small
    ("自助借还图书2.3万册次。", "自助借还图书2.3万册次。"),  # two digits
    ("总藏量81235册。", "总藏量81235册。"),  # a stock may stay
    ("接待读者约23457人次。", "接待读者约23457人次。"),  # hedged
    (FOUNDING, FOUNDING),
    (f"{PARAGRAPH}。", f"{PARAGRAPH.replace('462', '517')}。"),
]


@pytest.mark.parametrize(("before", "after", "code", "equation"), DOES_NOT_FIT)
def test_what_does_not_fit_the_year_before_is_a_finding_of_the_later_report(
    before: str, after: str, code: str, equation: str
) -> None:
    earlier, later = year(2016, before), year(2017, after)
    (finding,) = found(earlier, later)
    assert (finding.code, finding.document_id) == (code, later.document.document_id)
    assert finding.finding_id == f"{later.document.document_id}-x001"
    assert equation in finding.message


@pytest.mark.parametrize(("before", "after"), FITS)
def test_what_fits_the_year_before_is_not(before: str, after: str) -> None:
    assert found(year(2016, before), year(2017, after)) == []


def test_a_gap_between_the_years_says_nothing() -> None:
    assert found(year(2015, "接待读者20万人次。"), year(2017, "接待读者24.2万人次，同比增长31%。")) == []


def test_another_library_says_nothing() -> None:
    other = year(2016, "接待读者20万人次。", "盱眙县图书馆")
    assert found(other, year(2017, "接待读者24.2万人次，同比增长31%。")) == []


def test_the_order_of_the_files_does_not_matter() -> None:
    one, other = year(2016, "接待读者20万人次。"), year(2017, "接待读者24.2万人次，同比增长31%。")
    assert found(one, other) == found(other, one) != []


def test_a_copy_of_a_file_is_no_second_year() -> None:
    one = year(2016, f"{PARAGRAPH}。")
    copy = ReportRows(replace(one.document, source="copy.txt", report_year=2017))
    assert found(one, copy) == []


def test_findings_across_years_stand_among_the_others_in_place_order() -> None:
    earlier = year(2016, "接待读者20万人次。")
    later = year(2017, "每周开放9天。接待读者24.2万人次，同比增长31%。全年开放399天。")
    rows = checked(earlier, later)[1].findings
    assert [row.code for row in rows] == ["implausible_value", "rate_does_not_fit", "implausible_value"]
    places = [row.char_start for row in rows]
    assert places == sorted(places, key=lambda place: place or -1)
    assert all(row.section_id for row in rows)


def test_a_finding_is_linked_to_the_facts_of_both_reports() -> None:
    earlier, later = year(2016, "接待读者20万人次。"), year(2017, "接待读者24.2万人次，同比增长31%。")
    raws = {fact.fact_id: fact.raw for report in (earlier, later) for fact in report.facts}
    links = checked(earlier, later)[1].finding_facts
    assert [(raws[link.fact_id], link.role) for link in links] == [
        ("20万人次", "left"),
        ("24.2万人次", "left"),
        ("31%", "right"),
    ]


def test_what_holds_raises_the_confidence_in_both_reports() -> None:
    reports = year(2016, "接待读者20万人次。"), year(2017, "接待读者24.2万人次，同比增长21%。")
    for before, after in zip(reports, checked(*reports), strict=True):
        assert [fact.confidence for fact in after.facts] == [surer(fact.confidence) for fact in before.facts]


def test_reports_of_libraries_in_doubt_stay_as_they_are() -> None:
    one = year(2016, "接待读者20万人次。")
    unknown = replace(one, document=replace(one.document, library_id=None))
    assert checked(unknown) == (unknown,)


def test_each_library_can_be_checked_by_itself() -> None:
    """Nothing but the bounds of the panel crosses libraries."""
    reports = [
        year(number, f"接待读者{20 + number % 7}万人次，同比增长31%。", library)
        for library in ("金湖县图书馆", "盱眙县图书馆")
        for number in (2016, 2017)
    ]
    chosen = indicators(reports)
    libraries = sorted({row.library_id for row in chosen})
    digests = [log_ratios([row for row in chosen if row.library_id == library]) for library in libraries]
    alone = [
        across_years(
            [report for report in reports if report.document.library_id == library],
            [row for row in chosen if row.library_id == library],
            jump_bounds(digests),
        )
        for library in libraries
    ]
    messages = {one.message for outcomes in alone for one in outcomes if not one.holds}
    assert messages == {row.message for row in found(*reports)} != set()


def panel_bounds(ratios: list[float], metric: str = "visits", in_year: int = 2017) -> tuple[float, float, str]:
    bounds = bounds_of(jump_bounds([{(metric, in_year): ratios}]), metric, 2017)
    return bounds.low, bounds.high, bounds.basis


def test_bounds_are_the_fixed_factors_where_the_panel_is_small() -> None:
    assert panel_bounds([0.0] * 29) == (-log(10), log(10), "fixed: fewer than 30 changes in the panel")
    assert panel_bounds([0.0] * 29, "collection_total")[:2] == (-log(4), log(4))


def test_bounds_follow_what_befell_all_libraries_in_a_year() -> None:
    low, high, basis = panel_bounds([log(0.3) + step / 100 for step in range(-20, 21)])
    assert basis == "41 changes into 2017"
    assert low < log(0.3) < high < log(1.2)


def test_bounds_are_those_of_all_years_where_a_year_has_few_ratios() -> None:
    assert panel_bounds([0.1] * 40, in_year=2012)[2] == "40 changes of all years"


def test_one_wild_ratio_does_not_move_the_bounds() -> None:
    steps = [step / 100 for step in range(-20, 21)]
    assert panel_bounds([*steps, 9.0])[1] == pytest.approx(panel_bounds(steps)[1], abs=0.1)


def test_flows_have_more_room_in_the_years_of_closure() -> None:
    assert bounds_of(NO_BOUNDS, "visits", 2020).high > bounds_of(NO_BOUNDS, "visits", 2019).high
    assert bounds_of(NO_BOUNDS, "seats", 2020) == bounds_of(NO_BOUNDS, "seats", 2019)
