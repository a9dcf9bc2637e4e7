"""Tables in text files: however they are typed, the same rows come out, and their cells are where they stand."""

from __future__ import annotations

import pytest
from typed_reports import AFTER, BEFORE, ROWS, document_of, padded, report_of

from extract.html_text import read_html
from extract.plain_text import read_layout
from extract.tracing import Traced
from schemas.rows import ReportRows

WAYS = {
    "one cell a line": "\n".join("".join(f"\t{cell}\n" for cell in row) for row in ROWS),
    "tabs": "\n".join("\t".join(row) for row in ROWS),
    "tabs, last cells missing": "\n".join(["\t".join(ROWS[0]) + "\t备注", *("\t".join(row) for row in ROWS[1:])]),
    "bars": "\n".join(f"| {' | '.join(row)} |" for row in ROWS),
    "bars, no outer ones": "\n".join("|".join(row) for row in ROWS),
    "full-width bars": "\n".join("｜".join(("", *row, "")) for row in ROWS),
    "rule below the header": "\n".join(
        [f"|{'|'.join(ROWS[0])}|", "|---|:--|--:|:-:|---|", *(f"|{'|'.join(row)}|" for row in ROWS[1:])]
    ),
    "drawn": "┌──┬──┬──┬──┬──┐\n"
    + "\n├──┼──┼──┼──┼──┤\n".join(f"│{'│'.join(row)}│" for row in ROWS)
    + "\n└──┴──┴──┴──┴──┘",
    "drawn with plus and minus": "+--+--+--+--+--+\n"
    + "\n+--+--+--+--+--+\n".join(f"|{'|'.join(row)}|" for row in ROWS)
    + "\n+--+--+--+--+--+",
    "blanks": "\n".join("".join(padded(cell, 12) for cell in row).rstrip() for row in ROWS),
    "blanks, indented, with a rule": "\n".join(
        "    " + line
        for line in (
            "".join(padded(cell, 12) for cell in ROWS[0]),
            "-" * 50,
            *("".join(padded(cell, 12) for cell in row) for row in ROWS[1:]),
        )
    ),
    "full-width blanks": "\n".join("　".join(cell for cell in row if cell) for row in ROWS),
    "html": "<table border=1>\n<tbody>"
    + "".join(f"<tr>\n{''.join(f'  <td><p>{cell}</p></td>' for cell in row)}</tr>\n" for row in ROWS)
    + "</tbody></table>",
    "html, nothing closed": "<TABLE>" + "".join(f"<TR>{'<TD>'.join(('', *row))}" for row in ROWS) + "</TABLE>",
    "page number inside": "\n".join("\t".join(row) for row in ROWS[:3]) + "\n- 3 -\n" + "\t".join(ROWS[3]),
}


def cells(rows: ReportRows) -> list[tuple[int, int, str]]:
    return [(cell.row, cell.column, cell.text) for cell in rows.cells if cell.text and cell.text != "备注"]


@pytest.mark.parametrize("way", WAYS)
def test_a_table_is_a_table_however_it_is_typed(way: str) -> None:
    rows = report_of(BEFORE + WAYS[way] + "\n" + AFTER)
    expected = [(row, column, text) for row, texts in enumerate(ROWS) for column, text in enumerate(texts) if text]
    if way == "full-width blanks":  # nothing says that the total's cells are missing: its sum finds its column
        expected[-1] = (3, 1, "200")
    assert cells(rows) == expected
    for cell in rows.cells:
        assert rows.text[cell.char_start : cell.char_end].replace("<p>", "").replace("</p>", "").strip() == cell.text
    (table,) = rows.tables
    assert (table.kind, table.caption, table.rows, table.total_check) == ("lectures", "讲座情况统计表", 4, "ok")
    assert [(row.topic, row.speaker, row.date_text, row.participants) for row in rows.lectures] == [
        ("健康养生", "王某", "3月5日", 120),
        ("家庭教育", "李某", "4月6日", 80),
    ]
    assert [(fact.metric, fact.raw) for fact in rows.facts if fact.origin == "prose"] == [("lectures", "2场")]


NO_TABLES = [
    "一、\t加强领导\n二、\t健全制度\n三、\t抓好落实\n",  # a tab after the number
    "一、概况\t1\n二、服务\t3\n三、展望\t8\n",  # a table of contents
    "馆长 | 书记\n",  # one line
    "电话：123456 | 传真：654321\n地址：人民路 | 邮编：412200\n",
    "　　全年举办讲座12场。\n　　接待读者3万人次。\n　　外借图书2万册次。\n",  # indents
    "馆长：王某  电话：123\n副馆长：李某  电话：456\n主任：张某  电话：789\n",  # labels are no headers
    "甲  乙\n1  2\n",  # two lines prove nothing
    "合　　计\n共　　计\n总　　计\n",  # one word a line
    "<图书馆> & <读者>\n1 < 2\n",  # no tags
    "--------\n图书馆\n--------\n",
]


@pytest.mark.parametrize("text", NO_TABLES)
def test_what_is_no_table_stays_prose(text: str) -> None:
    blocks, reading = read_layout(text)
    assert reading is None
    assert [block.place for block in blocks] == [None] * len(blocks)


def test_labels_with_values_are_paragraphs_with_facts() -> None:
    rows = report_of("永宁县图书馆2019年年报\n一、基本情况\n建筑面积：3200平方米\n馆藏图书：12.5万册\n在编人员：9人\n")
    found = [(fact.metric, fact.raw) for fact in rows.facts]
    assert found == [("floor_area", "3200平方米"), ("collection_total", "12.5万册"), ("staff", "9人")]
    assert rows.tables == ()


def test_short_rows_of_aligned_columns_stand_below_their_headers() -> None:
    lines = [("项目", "人数", "册数"), ("讲座", "120", "300"), ("展览", "80", "200"), ("合计", "", "500")]
    text = "\n".join("".join(padded(cell, 10) for cell in line).rstrip() for line in lines)
    read = document_of(text)
    assert [read.text[block.start : block.end] for block in read.blocks][-3:] == ["合计", "", "500"]
    assert [block.place.column for block in read.blocks if block.place and block.place.row == 3] == [0, 1, 2]


def test_spans_of_html_cells_are_kept() -> None:
    text = (
        "<table><tr><th rowspan=2>项目<th colspan='2'>次数<tr><td>2013<td>2014</tr>"
        "<tr><td rowspan=9>讲座<td>1<td>2</table>"
    )
    places = [block.place for block in document_of(text).blocks]
    assert [(p.row, p.column, p.row_span, p.column_span) for p in places if p] == [
        (0, 0, 2, 1),
        (0, 1, 1, 2),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
        (2, 0, 1, 1),  # no cell reaches below its table
        (2, 1, 1, 1),
        (2, 2, 1, 1),
    ]


def test_neighbouring_html_tables_are_two_and_a_layout_table_is_prose() -> None:
    inner = "<table><tr><td>甲</td><td>乙</td></tr></table>"
    text = f"<table><tr><td>导航</td><td>一、概况<br>全年开放。{inner}{inner}</td></tr></table>"
    blocks = document_of(text).blocks
    found = [(text[block.start : block.end], block.place and block.place.table) for block in blocks]
    assert found == [
        ("导航", None),
        ("一、概况", None),
        ("全年开放。", None),
        ("甲", 0),
        ("乙", 0),
        ("甲", 1),
        ("乙", 1),
    ]


PAGES = [  # what stands there, what is read
    (
        "<p>一、概况</p>\n\t<p>&emsp;全年<b>接待</b>读者<span style='a:b'>18</span>.6万人次</p>",
        "一、概况¶全年接待读者18.6万人次",
    ),
    ("借阅率&gt;50%&nbsp;&amp;&#26143;&bogus;", "借阅率>50% &星&bogus;"),
    ("<!-- 起 --><script>var a = '<p>';</script>正文<style>p {}</style><br/>下文", "正文¶下文"),
    ("<!DOCTYPE html><html><head><title>年报</title></head><body>正文</body></html>", "正文"),
    ("<td>没有表格的单元格</td>", "没有表格的单元格"),
    ("《<读者>》<5万册", "《<读者>》<5万册"),
]


@pytest.mark.parametrize(("text", "expected"), PAGES)
def test_tags_and_entities(text: str, expected: str) -> None:
    read = Traced.of(text).edit(read_html(text)[0]).text
    assert "¶".join(line.strip() for line in read.split("\n") if line.strip()) == expected


def test_facts_across_tags_point_into_the_file() -> None:
    rows = report_of("<p>永宁县图书馆2019年总结</p><p>全年接待读者<b>18</b>.6万人次。</p>")
    (fact,) = rows.facts
    assert (fact.metric, fact.value, fact.raw) == ("visits", 186000, "18</b>.6万人次")
    assert fact.sentence == "全年接待读者18.6万人次。"
