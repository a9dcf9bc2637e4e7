"""Statistics tables become facts with origin `table`: each year column its period, metrics by the labels."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from typed_tables import codes, report, spanned

from normalize.across_years.panel import indicators
from schemas.rows import FactRow, ReportRows

YEARS = [
    ["指标", "单位", "2022年", "2021年", "增长%"],
    ["总藏量", "万册", "42.6", "40.1", "6.23"],
    ["总流通人次", "人次", "213000", "198,500", "7.3"],
    ["书刊文献外借册次", "册次", "28万", "29.5万", "-5.1"],
    ["购书经费", "万元", "80", "—", ""],
]


def table_facts(rows: ReportRows) -> list[FactRow]:
    return [fact for fact in rows.facts if fact.origin == "table"]


def told(rows: ReportRows) -> list[tuple[str | None, str, str | None, str]]:
    """Return (metric, value, unit, year of the period) of the facts of tables."""
    return [(f.metric, f"{f.value:f}", f.unit, str(f.period_start)[:4]) for f in table_facts(rows)]


def test_each_year_column_is_its_period() -> None:
    found = report("主要业务数据表", YEARS)
    assert [table.kind for table in found.tables] == ["statistics"]
    assert told(found) == [
        ("collection_total", "426000", "册", "2022"),
        ("collection_total", "401000", "册", "2021"),
        ("collection_total", "6.23", "%", "2022"),
        ("visits", "213000", "人次", "2022"),
        ("visits", "198500", "人次", "2021"),
        ("visits", "7.3", "%", "2022"),
        ("loans", "280000", "册次", "2022"),
        ("loans", "295000", "册次", "2021"),
        ("loans", "-5.1", "%", "2022"),
        ("expenditure_acquisitions", "800000", "元", "2022"),
    ]
    measures = [fact.measure for fact in table_facts(found)]
    assert measures == ["level", "level", "rate"] * 3 + ["level"]


def test_a_fact_says_where_it_was_read() -> None:
    found = report("主要业务数据表", YEARS)
    first = table_facts(found)[0]
    assert (first.raw, first.sentence) == ("42.6", "总藏量 万册 42.6 40.1 6.23")
    assert (first.rule, first.scope, first.status, first.qualifier) == (
        "table_statistics",
        "institution",
        "actual",
        "exact",
    )
    for fact in found.facts:
        assert found.text[fact.char_start : fact.char_end] == fact.raw
    ledger = [number for number in found.numbers if number.row_id == first.fact_id]
    assert [(number.raw, number.role) for number in ledger] == [("42.6", "table_cell")]


def test_facts_of_prose_and_tables_are_numbered_in_document_order() -> None:
    found = report("全年接待读者21.3万人次。", "主要业务数据表", YEARS, "全年举办讲座24场。")
    assert [fact.origin for fact in found.facts] == ["prose", *["table"] * 10, "prose"]
    assert [fact.fact_id[-4:] for fact in found.facts] == [f"{number:04d}" for number in range(1, 13)]


LAYOUTS = [  # why, table, (metric, value, unit, year)
    (
        "label and value",
        [["总藏量", "42.6万册"], ["阅览座席", "620个"]],
        [("collection_total", "426000", "册", "2022"), ("seats", "620", "个", "2022")],
    ),
    (
        "item and number",
        [["项目", "数量"], ["总藏量（册）", "426000"], ["年外借册次", "280000"]],
        [("collection_total", "426000", "册", "2022"), ("loans", "280000", "册次", "2022")],
    ),
    (
        "two side by side",
        [
            ["项目", "数量", "项目", "数量"],
            ["总藏量（册）", "426000", "座席数（个）", "620"],
            ["分馆（个）", "15", "从业人员（人）", "16"],
        ],
        [
            ("collection_total", "426000", "册", "2022"),
            ("seats", "620", "个", "2022"),
            ("branches", "15", "个", "2022"),
            ("staff", "16", "人", "2022"),
        ],
    ),
    (
        "this and last year",
        [
            ["序号", "指标名称", "计量单位", "本年", "上年", "增减数"],
            ["1", "有效借书证数", "张", "16000", "15000", "1000"],
            ["2", "举办展览", "次", "12", "14", "-2"],
        ],
        [
            ("registered_users", "16000", "张", "2022"),
            ("registered_users", "15000", "张", "2021"),
            ("registered_users", "1000", "张", "2022"),
            ("exhibitions", "12", "次", "2022"),
            ("exhibitions", "14", "次", "2021"),
            ("exhibitions", "2", "次", "2022"),
        ],
    ),
    (
        "a row a year",
        [["年份", "总流通人次（万人次）", "外借册次（万册次）"], ["2021", "19.85", "29.5"], ["2022", "21.3", "28"]],
        [
            ("visits", "198500", "人次", "2021"),
            ("loans", "295000", "册次", "2021"),
            ("visits", "213000", "人次", "2022"),
            ("loans", "280000", "册次", "2022"),
        ],
    ),
    (
        "one row",
        [["总藏量（册）", "总流通人次", "外借册次"], ["426000", "213000", "280000"]],
        [
            ("collection_total", "426000", "册", "2022"),
            ("visits", "213000", "人次", "2022"),
            ("loans", "280000", "册次", "2022"),
        ],
    ),
    (
        "a row a branch",
        [
            ["分馆名称", "藏书量（册）", "流通人次"],
            ["清泉分馆", "12000", "8000"],
            ["石桥分馆", "9000", "4100"],
            ["合计", "21000", "12100"],
        ],
        [
            (None, "12000", "册", "2022"),
            (None, "8000", "人次", "2022"),
            (None, "9000", "册", "2022"),
            (None, "4100", "人次", "2022"),
        ],
    ),
    (
        "years as numbers",
        [["指标", "2021", "2022"], ["总流通人次", "198500", "213000"]],
        [("visits", "198500", "人次", "2021"), ("visits", "213000", "人次", "2022")],
    ),
    (
        "labels that need the one above",
        [
            ["项目", "单位", "数值"],
            ["举办讲座", "场", "24"],
            ["参加人次", "人次", "3200"],
            ["举办展览", "次", "12"],
            ["参观人次", "人次", "41000"],
        ],
        [
            ("lectures", "24", "场", "2022"),
            ("lecture_participants", "3200", "人次", "2022"),
            ("exhibitions", "12", "次", "2022"),
            ("exhibition_visitors", "41000", "人次", "2022"),
        ],
    ),
    (
        "full width, numbers in words",
        [["指标", "单位", "本年"], ["总藏量", "册", "４２６０００"], ["分馆数", "个", "十五"]],
        [("collection_total", "426000", "册", "2022"), ("branches", "15", "个", "2022")],
    ),
]


@pytest.mark.parametrize(("rows", "facts"), [case[1:] for case in LAYOUTS], ids=[case[0] for case in LAYOUTS])
def test_layouts(rows: Sequence[Sequence[str]], facts: list[tuple[str | None, str, str | None, str]]) -> None:
    found = report("2022年基本情况统计表", rows)
    assert [table.kind for table in found.tables] == ["statistics"]
    assert told(found) == facts
    assert codes(found, "unknown_table", "total_mismatch") == []


@pytest.mark.parametrize("rows", [case[1] for case in LAYOUTS], ids=[case[0] for case in LAYOUTS])
def test_the_layouts_are_known_without_a_caption(rows: Sequence[Sequence[str]]) -> None:
    assert [table.kind for table in report("概况如下。", rows).tables] == ["statistics"]


def test_changes_below_zero_are_decreases() -> None:
    found = report("业务统计", LAYOUTS[3][1])
    assert [fact.measure for fact in table_facts(found)] == ["level", "level", "increase", "level", "level", "decrease"]


def test_branches_have_no_metric_and_their_total_is_checked() -> None:
    rows = [["分馆名称", "藏书量（册）", "流通人次"], ["清泉分馆", "12000", "8000"], ["石桥分馆", "9000", "4100"]]
    found = report("分馆业务统计", [*rows, ["合计", "21000", "12000"]])
    assert {fact.scope for fact in table_facts(found)} == {"branch"}
    assert codes(found, "total_mismatch") == [
        "The total in «分馆业务统计» of «流通人次» is stated as 12000; the rows sum to 12100."
    ]


def test_a_unit_stated_once_for_the_table() -> None:
    found = report("2022年经费统计表（单位：万元）", [["项目", "金额"], ["财政拨款", "320.5"], ["购书经费", "80"]])
    assert told(found) == [("funding", "3205000", "元", "2022"), ("expenditure_acquisitions", "800000", "元", "2022")]


def test_plans_shares_and_rates() -> None:
    rows = [["指标", "单位", "计划数", "完成数", "完成率"], ["总流通人次", "人次", "200000", "213000", "106.5%"]]
    found = report("2022年主要指标完成情况", rows)
    assert [(f.status, f.measure, f.metric) for f in table_facts(found)] == [
        ("planned", "level", "visits"),
        ("actual", "level", "visits"),
        ("actual", "share", None),
    ]


def test_group_labels_in_merged_cells() -> None:
    rows = [
        ["类别", "指标", "单位", "2022年"],
        [("讲座", 2, 1), "场次", "场", "24"],
        ["参加人次", "人次", "3200"],
        [("展览", 2, 1), "场次", "场", "12"],
        ["参观人次", "人次", "41000"],
    ]
    found = spanned(rows, before="2022年业务统计表")
    assert [fact.metric for fact in table_facts(found)] == [
        "lectures",
        "lecture_participants",
        "exhibitions",
        "exhibition_visitors",
    ]


def test_headers_over_several_columns() -> None:
    rows = [
        [("指标", 2, 1), ("单位", 2, 1), ("年度", 1, 2)],
        ["2021年", "2022年"],
        ["总流通人次", "人次", "198500", "213000"],
        ["分馆数", "个", "14", "15"],
    ]
    assert told(spanned(rows, before="2022年业务统计表")) == [
        ("visits", "198500", "人次", "2021"),
        ("visits", "213000", "人次", "2022"),
        ("branches", "14", "个", "2021"),
        ("branches", "15", "个", "2022"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["姓名", "年龄"], ["何静", "34"], ["林远", "41"]],
        [["货号", "颜色"], ["甲", "红"]],
        [["时间", "车次", "里程"], ["3月5日", "2", "40"], ["4月6日", "3", "55"]],
    ],
)
def test_other_tables_with_numbers_state_no_indicator(rows: list[list[str]]) -> None:
    found = report("概况如下。", rows)
    assert table_facts(found) == []
    assert len(found.cells) == sum(map(len, rows))


def test_the_panel_takes_facts_of_tables() -> None:
    found = report("主要业务数据表", YEARS)
    assert found.document.report_year == 2022
    values = {row.metric: (f"{row.value:f}", row.unit) for row in indicators([found])}
    assert values["visits"] == ("213000", "人次")
    assert values["collection_total"] == ("426000", "册")
