"""Tables of activities: headers of one and more rows, totals, units, tables that go on, merged cells."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from time import perf_counter

import pytest
from typed_tables import codes, report, spanned

HEAD = ["序号", "讲座主题", "时间", "人数"]
CAPTION = "2022年公益讲座一览表"


def lectures(*rows: Sequence[str]) -> list[list[str]]:
    return [HEAD, *(list(row) for row in rows)]


ONE = ["1", "家风与家教", "3月5日", "80"]
TWO = ["2", "节气里的诗", "4月9日", "120"]
THREE = ["3", "古镇旧事", "5月7日", "60"]


def test_a_title_row_in_the_table_is_its_caption() -> None:
    found = report([[CAPTION], HEAD, ONE, TWO])
    assert [(table.kind, table.caption, table.header_rows) for table in found.tables] == [("lectures", CAPTION, 2)]
    assert [row.participants for row in found.lectures] == [80, 120]
    assert {cell.role for cell in found.cells if cell.row < 2} == {"header"}


def test_spanning_headers_are_joined_and_the_parts_summed() -> None:
    found = spanned(
        [
            [("序号", 2, 1), ("讲座主题", 2, 1), ("时间", 2, 1), ("参与人数", 1, 2), ("备注", 2, 1)],
            ["成人", "少儿"],
            ["1", "家风与家教", "3月5日", "50", "30", ""],
            ["2", "节气里的诗", "4月9日", "100", "20", "线上"],
            ["", "合计", "", "150", "51", ""],
        ],
        before=CAPTION,
    )
    assert [(row.topic, row.participants, row.note) for row in found.lectures] == [
        ("家风与家教", 80, None),
        ("节气里的诗", 120, "线上"),
    ]
    assert found.tables[0].header_rows == 2
    assert codes(found, "total_mismatch") == [
        "The total in «2022年公益讲座一览表» of «参与人数 / 少儿» is stated as 51; the rows sum to 50."
    ]


def test_of_joined_headers_a_sum_column_stands_for_its_parts() -> None:
    rows = [[("主题", 2, 1), ("人次", 1, 3)], ["线上", "线下", "小计"], ["家风与家教", "50", "30", "80"]]
    assert [row.participants for row in spanned(rows, before=CAPTION).lectures] == [80]


@pytest.mark.parametrize(
    "head",
    [
        [["序号", "讲座主题", "时间", "参与人数", "", "备注"], ["", "", "", "成人", "少儿", ""]],  # left blank
        [["序号", "讲座主题", "时间", "参与人数", "备注"], ["成人", "少儿"]],  # merged cells lost
    ],
)
def test_two_header_rows_that_were_typed(head: list[list[str]]) -> None:
    found = report(
        CAPTION, [*head, ["1", "家风与家教", "3月5日", "50", "30", "晴"], ["2", "诗", "4月9日", "9", "1", ""]]
    )
    assert [(row.sequence, row.participants, row.note) for row in found.lectures] == [(1, 80, "晴"), (2, 10, None)]


def test_header_rows_repeated_after_a_page_break_are_headers() -> None:
    found = report(CAPTION, lectures(ONE, TWO, HEAD, THREE))
    assert [row.sequence for row in found.lectures] == [1, 2, 3]
    assert [cell.role for cell in found.cells if cell.row == 3] == ["header"] * 4


def test_merged_cells_are_filled_down_for_tidy_rows_but_not_in_cells() -> None:
    rows = [
        HEAD,
        ["1", ("家风与家教", 2, 1), "3月5日", ("80", 2, 1)],
        ["2", "3月12日"],
        ["合计", "", "", "80"],
    ]
    found = spanned(rows, before=CAPTION)
    assert [(row.topic, str(row.start_date), row.participants) for row in found.lectures] == [
        ("家风与家教", "2022-03-05", 80),
        ("家风与家教", "2022-03-12", None),  # what was counted once stands once
    ]
    assert [cell.text for cell in found.cells].count("家风与家教") == 1
    assert found.tables[0].total_check == "ok"


@pytest.mark.parametrize(
    ("caption", "header", "cell", "value"),
    [
        (CAPTION, "人数(人次)", "80", 80),
        (CAPTION, "人次（万）", "1.2", 12000),
        (CAPTION, "参加人次（万人次）", "0.35", 3500),
        (CAPTION, "人次（万）", "1.2万", 12000),  # a scale of the cell's own is not scaled again
        (f"{CAPTION}（单位：万人次）", "人数", "0.5", 5000),
        (f"{CAPTION}（单位：万元）", "人数", "50", 50),  # money is not what this column counts
        (CAPTION, "人数", "约80余人", 80),
        (CAPTION, "人数", "８０", 80),
    ],
)
def test_units_of_headers_and_captions(caption: str, header: str, cell: str, value: int) -> None:
    found = report(caption, [["主题", "时间", header], ["家风与家教", "3月5日", cell]])
    assert [row.participants for row in found.lectures] == [value]


def test_volumes_with_their_unit_in_the_header() -> None:
    found = report(
        "（三）送书下乡", [["服务单位", "时间", "册数（册）", "人次"], ["清泉镇中心小学", "3月5日", "300", "45"]]
    )
    assert [(row.volumes, row.participants, row.setting) for row in found.outreach] == [(300, 45, "school")]


def test_short_rows_and_missing_numbers() -> None:
    found = report(CAPTION, [HEAD, ["", "家风与家教", "3月5日", "80"], ["", "节气里的诗"], ["3", "古镇旧事", "5月7日"]])
    assert [(row.sequence, row.topic, row.participants) for row in found.lectures] == [
        (None, "家风与家教", 80),
        (None, "节气里的诗", None),
        (3, "古镇旧事", None),
    ]


TOTALS = [  # the total row, role of its cells, verdict
    (["合计", "", "", "260"], "total", "ok"),
    (["合  计", "260"], "total", "ok"),
    (["总计：", "260"], "total", "ok"),
    (["", "共计", "", "260"], "total", "ok"),
    (["4", "合计", "", "260"], "total", "ok"),
    (["合计：3场260人次"], "total", "ok"),
    (["合计：3场"], "total", "ok"),
    (["合计：44次"], "total", "mismatch"),
    (["小计", "", "", "260"], "subtotal", "ok"),
    (["小计", "", "", "261"], "subtotal", "mismatch"),
    (["", "", "", "260"], "total", "ok"),  # says nothing but the sum
    (["260"], "total", "ok"),
    (["", "", "", "261"], "body", "none"),
    (["合计", "", "", ""], "total", "none"),
]


@pytest.mark.parametrize(("row", "role", "verdict"), TOTALS)
def test_total_rows(row: list[str], role: str, verdict: str) -> None:
    found = report(CAPTION, lectures(ONE, TWO, THREE, row))
    assert {cell.role for cell in found.cells if cell.row == 4} == {role}
    assert found.tables[0].total_check == verdict
    assert len(found.lectures) == (4 if role == "body" else 3)
    assert bool(codes(found, "total_mismatch", "subtotal_mismatch")) == (verdict == "mismatch")


def test_subtotals_and_the_total_over_them() -> None:
    rows = lectures(ONE, ["小计", "", "", "80"], TWO, THREE, ["二季度小计", "", "", "180"], ["合计", "", "", "270"])
    found = report(CAPTION, rows)
    assert codes(found, "total_mismatch", "subtotal_mismatch") == [
        "The total in «2022年公益讲座一览表» of «人数» is stated as 270; the rows sum to 260."
    ]


@pytest.mark.parametrize(
    ("stated", "check"),
    [
        (["0.5", "5000"], "ok"),
        (["5000", "0.5"], "ok"),  # each number is the sum of one column, in that column's unit
        (["5000"], "ok"),
        (["5000", "5000"], "mismatch"),  # one column has that sum as written; the other would have it twice
    ],
)
def test_each_number_of_a_total_row_is_the_sum_of_one_column(stated: list[str], check: str) -> None:
    head = ["服务单位", "送书册数（万册）", "服务人次"]
    body = [["东村", "0.3", "3000"], ["西村", "0.2", "2000"]]
    assert report("送书下乡一览表", [head, *body, ["合计", *stated]]).tables[0].total_check == check


def test_a_total_row_that_lost_cells_is_laid_on_its_columns_by_sums() -> None:
    head = ["序号", "服务单位", "时间", "册数", "人次"]
    body = [["1", "清泉镇", "3月5日", "300", "45"], ["2", "石桥村", "4月6日", "200", "30"]]
    assert report("送书下乡一览表", [head, *body, ["合计", "500", "75"]]).tables[0].total_check == "ok"
    assert report("送书下乡一览表", [head, *body, ["合计", "75"]]).tables[0].total_check == "ok"
    assert codes(report("送书下乡一览表", [head, *body, ["合计", "500", "76"]]), "total_mismatch") == [
        "The total in «送书下乡一览表» of «人次» is stated as 76; the rows sum to 75."
    ]


@pytest.mark.parametrize("between", ["（续表）", "续上表", "表1（续）"])
@pytest.mark.parametrize("head", [[HEAD], []])
def test_a_table_that_goes_on(between: str, head: list[list[str]]) -> None:
    found = report(CAPTION, lectures(ONE, TWO), between, [*head, THREE, ["合计", "", "", "261"]])
    assert [table.kind for table in found.tables] == ["lectures", "lectures"]
    assert [(row.sequence, row.table_id[-4:]) for row in found.lectures] == [(1, "t001"), (2, "t001"), (3, "t002")]
    assert [table.total_check for table in found.tables] == ["none", "mismatch"]
    assert len(found.cells) == 12 + 4 * len(head) + 8
    assert codes(found, "total_mismatch", "numbering_gap") == [
        "The total in «2022年公益讲座一览表» of «人数» is stated as 261; the rows sum to 260."
    ]


def test_tables_side_by_side_go_on_where_their_rows_do() -> None:
    last = ["合计", "", "", "260"]
    assert [table.total_check for table in spanned(lectures(ONE, TWO), [THREE, last]).tables] == ["none", "ok"]
    assert [table.total_check for table in spanned(lectures(ONE, TWO), lectures(THREE, last)).tables] == ["none", "ok"]
    fresh = spanned(lectures(ONE, TWO), lectures(ONE, TWO, ["合计", "", "", "200"]))
    assert fresh.tables[1].total_check == "ok"
    closed = spanned(lectures(ONE, TWO, ["合计", "", "", "200"]), lectures(THREE, ["合计", "", "", "60"]))
    assert [table.total_check for table in closed.tables] == ["ok", "ok"]


def test_a_table_with_a_caption_of_its_own_does_not_go_on() -> None:
    found = report(CAPTION, lectures(ONE, TWO), "2022年读者座谈会一览表", lectures(THREE, ["合计", "", "", "60"]))
    assert [table.total_check for table in found.tables] == ["none", "ok"]


KINDS = [  # caption or heading, header, kind
    (CAPTION, HEAD, "lectures"),
    ("2022年业务培训情况表", ["培训内容", "授课人", "培训时间", "参训人数"], "trainings"),
    ("（二）培训情况", ["名称", "时间", "人数"], "trainings"),
    ("2022年讲座培训一览表", ["活动主题", "时间", "人数"], "lectures"),
    ("2022年展览一览表", ["名称", "展出时间", "地点", "参观人次"], "exhibitions"),
    ("一、流动服务活动", ["单位", "时间", "册数", "人数"], "outreach"),
    ("送书下乡统计表", ["时间", "地点", "内容", "册数", "人次"], "outreach"),
    ("", ["服务点名称", "借书时间", "图书册数"], "outreach"),
    ("2022年读者活动汇总表", ["活动名称", "时间", "地点", "参与人数", "成效"], "reading_promotions"),
    ("", ["活动名称", "主办单位", "时间", "参加人数"], "reading_promotions"),
    ("", ["姓名", "性别", "职称", "学历"], "staff"),
    ("", ["荣誉名称", "授予单位", "时间"], "honours"),
    ("", ["货号", "颜色", "尺寸"], "unknown"),
    ("", ["名称", "地点", "备注"], "unknown"),
]


@pytest.mark.parametrize(("before", "header", "kind"), KINDS)
def test_the_kind_is_told_by_header_caption_and_heading(before: str, header: list[str], kind: str) -> None:
    body = [f"甲{number}" for number in range(len(header))]
    found = report(*([before] if before else []), "概况如下。", [header, body, body])
    if before and not before.startswith(("一、", "（")):
        found = report(before, [header, body, body])
    assert [table.kind for table in found.tables] == [kind]
    assert bool(codes(found, "unknown_table")) == (kind == "unknown")
    assert len(found.cells) == 3 * len(header)


def test_rows_of_trainings_are_lectures() -> None:
    found = report(
        "2022年业务培训情况表", [["培训内容", "授课人", "培训时间", "参训人数"], ["编目", "何静", "3月5日", "12"]]
    )
    assert [(row.topic, row.speaker, row.participants) for row in found.lectures] == [("编目", "何静", 12)]


def test_a_doubtful_header_is_a_finding() -> None:
    found = report(CAPTION, [["主题", "时间", "参与的人数"], ["家风与家教", "3月5日", "80"]])
    assert found.lectures[0].participants == 80
    assert codes(found, "doubtful_header") == []
    doubtful = report(CAPTION, [["讲座的主题词", "时间", "人数"], ["家风与家教", "3月5日", "80"]])
    assert len(codes(doubtful, "doubtful_header")) == 1
    assert "讲座的主题词" in codes(doubtful, "doubtful_header")[0]


def test_group_headings_and_remarks_are_no_rows() -> None:
    rows = [*lectures(["一、成人讲座"], ONE, ["二、少儿讲座"], TWO), ["注：人数为现场人数。"]]
    assert [row.topic for row in report(CAPTION, rows).lectures] == ["家风与家教", "节气里的诗"]


def test_large_tables_are_read_in_linear_time() -> None:
    head = ["序号", "服务单位", "活动内容", "时间", "册数", "人次"]
    body = [[str(n), f"清泉镇第{n}村", "送书", "3月5日", "10", "20"] for n in range(1, 40)]
    parts: list[str | list[list[str]]] = []
    for number in range(100):
        parts += [f"流动服务一览表（{number}）", [head, *body, ["合计", "", "", "", "390", "780"]]]
    started = perf_counter()
    found = report(*parts)
    assert len(found.outreach) == 3900
    assert {table.total_check for table in found.tables} == {"ok"}
    assert sum((row.volumes or Decimal(0) for row in found.outreach), Decimal(0)) == 39000
    assert perf_counter() - started < 30
