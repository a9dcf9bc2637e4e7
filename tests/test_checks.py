"""The checks of one report: equations, limits, table sums, one activity told twice; what holds and what does not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from typed_reports import report_of

from normalize.checks.intervals import Interval, rounding
from normalize.checks.levels import levels
from normalize.checks.outcomes import surer
from schemas.rows import ReportRows

HEAD = "山水县图书馆2014年工作总结\n一、概况\n"


def codes(rows: ReportRows) -> list[str]:
    return [finding.code for finding in rows.findings]


def told(text: str) -> ReportRows:
    return report_of(f"{HEAD}{text}\n")


def table(caption: str, *rows: str) -> str:
    """Return a table as one cell a line; rows are cells between spaces, «-» for an empty one."""
    cells = ("\n".join(f"\t{'' if cell == '-' else cell}" for cell in row.split()) for row in rows)
    return f"{caption}\n\n" + "\n\n".join(cells) + "\n"


# new: text, the code of its finding, the equation in its message
DOES_NOT_FIT = [
    ("服务人口20万人，接待读者16万人次，人均到馆1.2次。", "per_head_does_not_fit", "1.2 × 200000 = 240000, not 160000"),
    # a last digit of nought was written too
    ("服务人口16万人，接待读者40362人次，人均到馆0.40次。", "per_head_does_not_fit", "= 64000, not 40362"),
    ("服务人口20万人，接待读者12.4万人次，人均到馆1.00次。", "per_head_does_not_fit", "= 200000, not 124000"),
    ("常住人口30万人，总藏量9万册，人均藏书0.6册。", "per_head_does_not_fit", "0.6 × 300000 = 180000, not 90000"),
    (
        "全年开放340天，接待读者102000人次，日均接待500人次。",
        "daily_mean_does_not_fit",
        "500 × 340 = 170000, not 102000",
    ),
    ("全年开放380天。", "implausible_value", "days_open is stated as 380; there are no more than 366."),
    ("每周开放8天。", "implausible_value", "no more than 7."),
    ("全年开放340天，闭馆60天。", "implausible_value", "340 + 60 = 400, not 366"),
    ("全馆职工3人，副馆长5名。", "implausible_value", "deputy_directors is stated as 5, more than staff"),
    ("阅览座席120个，其中少儿阅览座席160个。", "implausible_value", "seats_children is stated as 160, more than seats"),
    ("读者满意度108%。", "implausible_value", "A share of 108% is over 100%."),
    ("全年接待读者20万人次。\n全年到馆读者23万人次。", "conflicting_values", "stated as 200000, 230000"),
    ("全年接待读者20万人次。\n全年接待读者23万。", "conflicting_values", "stated as 200000, 230000"),
    ("全年购书8900册。\n总分馆共添置图书6100册。", "conflicting_values", "stated as 8900, 6100"),
    ("全年购书8900册。\n分馆全部开放，我馆添置图书6100册。", "conflicting_values", "stated as 8900, 6100"),
    ("全年购书8900册。\n为分馆添置图书6100册。", "conflicting_values", "stated as 8900, 6100"),
    ("全年购书8900册。\n建成12个分馆，添置图书6100册。", "conflicting_values", "stated as 8900, 6100"),
    ("全年购书8900册。\n分馆12个，添置图书6100册。", "conflicting_values", "stated as 8900, 6100"),
    ("建有分馆26个。\n全市现有分馆28个。", "conflicting_values", "stated as 26, 28"),
    ("各分馆共添置图书8900册。\n全县分馆新增图书6100册。", "conflicting_values", "stated as 8900, 6100"),
]
FITS = [
    "服务人口20万人，接待读者16万人次，人均到馆0.8次。",
    "服务人口20万人，接待读者16.3万人次，人均到馆0.8次。",  # rounded
    "服务人口20万人，接待读者19.93万人次，人均到馆1.0次。",
    "服务人口20万人，接待读者16万余人次，人均到馆0.83次。",  # hedged
    "服务人口20万人，1—10月接待读者12万人次，人均到馆0.8次。",  # ten months against a year
    "全年开放340天，接待读者102310人次，日均接待300人次。",  # cut off
    "全年开放340天，接待读者102310人次，日均接待280人次。",  # divided by the days of the calendar
    "全年开放340天，接待读者102310人次，暑假日均接待900人次。",  # a mean of some days
    "全年开放340天，接待读者102310人次，分馆日均接待60人次。",  # a mean of one house
    "全年开放365天，每周开放7天，闭馆1天。",
    "全馆职工3人，副馆长1名。",
    "阅览座席约120个，少儿阅览座席121个。",  # hedged
    "全年接待读者25万余人次。\n全年到馆读者258788人次。",
    "全年购书8900册。\n各分馆共添置图书6100册。",  # the branches' books beside the library's
    "全年购书8900册。\n直属分馆今年全部免费开放，添置图书6100册。",
    "全年购书8900册。\n本馆工作扎实，其中城西分馆添置图书6100册。",
    "1—11月接待读者17万人次，全年20万人次。",  # eleven months beside the year
    "全年借阅五万二千册次。截至11月末，已借出四万七千册次。",
    "全年接待读者20万人次。自2012年5月新馆开放以来，接待读者31万人次。",  # since the year before last
    "馆舍面积由1300平方米扩至2100平方米。",  # what it was before
    "全年外借图书8万册次，接待读者6万人次。",  # a reader borrows more than one
]


@pytest.mark.parametrize(("text", "code", "equation"), DOES_NOT_FIT)
def test_figures_that_cannot_be_are_found(text: str, code: str, equation: str) -> None:
    found = [finding for finding in told(text).findings if finding.code == code]
    assert len(found) == 1
    assert equation in found[0].message


@pytest.mark.parametrize("text", FITS)
def test_figures_that_can_be_are_not(text: str) -> None:
    assert codes(told(text)) == []


def test_a_finding_is_linked_to_the_facts_of_its_equation() -> None:
    rows = told("服务人口20万人，接待读者16万人次，人均到馆1.2次。")
    raws = {fact.fact_id: fact.raw for fact in rows.facts}
    (finding,) = rows.findings
    assert finding.fact_id is not None
    assert raws[finding.fact_id] == "16万人次"
    linked = [(link.finding_id, raws[link.fact_id], link.role) for link in rows.finding_facts]
    number = finding.finding_id
    assert linked == [(number, "1.2次", "left"), (number, "20万人", "left"), (number, "16万人次", "right")]


def test_what_holds_raises_the_confidence_of_its_facts_and_nothing_else_does() -> None:
    def sure(text: str) -> dict[str, Decimal]:
        return {fact.raw: fact.confidence for fact in told(text).facts}

    alone = sure("人均到馆0.8次，阅览座席120个。")
    held = sure("服务人口20万人，接待读者16万人次，人均到馆0.8次，阅览座席120个。")
    broken = sure("服务人口20万人，接待读者16万人次，人均到馆1.2次，阅览座席120个。")
    assert held["0.8次"] == surer(alone["0.8次"]) > alone["0.8次"]
    assert held["120个"] == alone["120个"]
    assert broken["1.2次"] == alone["0.8次"]


LECTURES = ("序号 主题 时间 地点 人数", "1 茶与生活 2月3日 报告厅 60", "2 旧书修补 4月5日 报告厅 40",
            "3 剪纸入门 6月7日 报告厅 50", "4 地方掌故 9月8日 报告厅 70", "5 用眼卫生 11月9日 报告厅 80")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "caption", "found"),
    [
        ("全年举办讲座8场（见附表）。", "讲座情况表", True),
        ("全年举办讲座5场（见附表）。", "讲座情况表", False),
        ("全年举办讲座8场。", "讲座情况表", False),  # the text does not say that it tells of the table
        ("全年举办讲座8场（部分见附表）。", "部分讲座一览表", False),
        ("全年举办讲座5场，听讲座读者340人次。", "讲座情况表", True),  # the number is the table's own
        ("全年举办讲座5场，听讲座读者300人次。", "讲座情况表", False),
        ("全年举办讲座近10场（见附表）。", "讲座情况表", True),
        ("全年举办讲座5场以上（见附表）。", "讲座情况表", False),
    ],
)
def test_table_sums_against_the_text(text: str, caption: str, found: bool) -> None:
    rows = told(f"{text}\n{table(caption, *LECTURES)}")
    assert ("table_and_prose_disagree" in codes(rows)) is found


PROMOTIONS = ("序号 时间 地点 内容 人数", "1 2月4日 广场 灯谜会 300", "2 4月5日 广场 诵读会 200",
              "3 6月1日 广场 故事会 100", "4 9月8日 广场 诗会 100", "5 11月9日 广场 书市 300")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "lectures", "found"),
    [
        ("全年参加读者活动1000人次（见附表）。", False, None),
        ("全年参加读者活动1600人次（见附表）。", False, "t001 sums to 1000 participants, the text has 1600"),
        ("全年参加读者活动1600人次。", False, None),  # the text does not say that it tells of the table
        ("全年参加读者活动1000人次（见附表）。", True, None),  # of this table alone
        ("全年参加读者活动1300人次（见附表）。", True, None),  # of both
        ("全年参加读者活动1600人次（见附表）。", True, "t002 sum to 1300 participants, the text has 1600"),
    ],
)
def test_all_activities_against_the_tables(text: str, lectures: bool, found: str | None) -> None:
    tables = [table("阅读推广活动情况表", *PROMOTIONS), *([table("讲座情况表", *LECTURES)] if lectures else [])]
    rows = told("\n".join([text, *tables]))
    messages = [finding.message for finding in rows.findings if finding.code == "table_and_prose_disagree"]
    assert len(messages) == (found is not None)
    assert found is None or found in messages[0]


def test_a_table_of_a_part_of_the_year_says_nothing() -> None:
    spring = [LECTURES[0], *(f"{n} 主题{n} 3月{n}日 报告厅 60" for n in range(1, 8))]
    assert "table_and_prose_disagree" not in codes(told(f"全年举办讲座18场（见附表）。\n{table('讲座表', *spring)}"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("6月7日，举办“剪纸入门”讲座，参加人数50人。", None),
        ("6月7日，举办“剪纸入门”讲座，参加人数64人。", "its participants as 64 and 50"),
        ("6月7日，举办“剪纸入门”讲座，参加人数50余人。", None),
        ("6月7日，举办“版画入门”讲座，参加人数64人。", None),  # another title
        ("6月8日，举办“剪纸入门”讲座，参加人数64人。", None),  # another day: another session
        ("6月7日，举办“剪纸入门”讲座，评出优秀作品8件。", None),
    ],
)
def test_an_activity_told_in_a_table_and_in_the_text(text: str, said: str | None) -> None:
    rows = told(f"{text}\n{table('讲座情况表', *LECTURES)}")
    found = [finding.message for finding in rows.findings if finding.code == "activity_told_differently"]
    assert len(found) == (said is not None)
    assert said is None or said in found[0]


@pytest.mark.parametrize(("people", "said"), [("64", "its participants as 50 and 64"), ("50", None)])
def test_an_activity_told_in_two_tables(people: str, said: str | None) -> None:
    promotions = (
        "序号 时间 地点 对象 内容 人数",
        f"1 6月7日 报告厅 市民 剪纸入门讲座 {people}",
        "2 7月8日 广场 市民 读书竞赛 90",
    )
    rows = told(f"{table('讲座情况表', *LECTURES)}\n{table('阅读推广活动情况表', *promotions)}")
    found = [finding.message for finding in rows.findings if finding.code == "activity_told_differently"]
    assert len(found) == (said is not None)
    assert said is None or said in found[0]


# value, as written, by how much it may be rounded
ROUNDED = [
    (123000, "12.3万册", 500), (12305, "12305册", 0), (12300, "12300册", 50), (400000, "400000册", 8000),
    ("0.47", "0.47次", "0.005"), ("0.4", "0.40次", "0.005"), (615, "615人次", 0), ("3.1", "3.1%", "0.05"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "raw", "room"), ROUNDED)
def test_by_how_much_a_number_may_be_rounded(value: int | str, raw: str, room: int | str) -> None:
    assert rounding(Decimal(value), raw) == Decimal(room)


def test_open_intervals_meet_everything_on_their_open_side() -> None:
    low, high = Interval(Decimal(5), None), Interval(None, Decimal(7))
    assert low.meets(high)
    assert not low.meets(Interval(Decimal(1), Decimal(4)))
    assert (low + high) == Interval(None, None)
    assert (low * Interval(Decimal(2), Decimal(3))) == Interval(Decimal(10), None)


def test_an_indicator_told_with_two_values_has_no_level() -> None:
    rows = told("全年接待读者20万人次。\n全年到馆读者23万人次。\n外借图书8万册次。")
    assert set(levels(rows.facts, 2014)) == {"loans"}


@pytest.mark.parametrize(("before", "after"), [("0.80", "0.90"), ("0.98", "0.99"), ("0.99", "0.99"), ("0.05", "0.53")])
def test_the_doubt_is_halved(before: str, after: str) -> None:
    assert surer(Decimal(before)) == Decimal(after)
