"""Word files: flattened text, merged cells, revisions, fields, styles, and packages not to be trusted."""

from __future__ import annotations

import io

import docx
import pytest
from word_builder import cell, control, mark, paragraph, row, run, style, table, word

from extract.plain_text import blocks as text_blocks
from extract.word import read_word
from schemas.document import Block


def read(data: bytes) -> tuple[str, tuple[Block, ...]]:
    found = read_word(data)
    return found.text, found.blocks


def text_of(*body: str) -> str:
    return read(word(*body))[0]


def places(data: bytes) -> list[tuple[int, int, int, int, int, str]]:
    text, blocks = read(data)
    return [
        (b.place.table, b.place.row, b.place.column, b.place.row_span, b.place.column_span, text[b.start : b.end])
        for b in blocks
        if b.place
    ]


def test_paragraphs_and_tables_in_body_order() -> None:
    text, blocks = read(
        word(
            paragraph("总结"),
            paragraph(),
            table(row("序号", "主题"), row("1", "")),
            paragraph("后记"),
        )
    )
    assert text == "总结\n\n\t序号\n\t主题\n\n\t1\n\t\n\n后记\n"
    assert [text[block.start : block.end] for block in blocks] == ["总结", "序号", "主题", "1", "", "后记"]
    assert [block.number for block in blocks] == [1, 3, 4, 5, 6, 7]


def test_flattened_text_reads_the_same_as_a_text_file() -> None:
    data = word(
        paragraph("表一"),
        table(row("甲", ""), row("", "乙")),
        paragraph("表二"),
        table(row("丙", "丁")),
        paragraph("完"),
    )
    text, blocks = read(data)

    def spans(found: tuple[Block, ...]) -> list[object]:
        return [(block.start, block.end, block.place) for block in found]

    assert spans(blocks) == spans(tuple(text_blocks(text)))


PARAGRAPHS = [
    ("two runs", paragraph("全年", "借出"), "全年借出\n"),
    ("line break: two lines", paragraph("甲", "<w:r><w:br/></w:r>", "乙"), "甲\n乙\n"),
    ("old line break", paragraph("甲", "<w:r><w:cr/></w:r>", "乙"), "甲\n乙\n"),
    ("tab", paragraph("甲", "<w:r><w:tab/></w:r>", "乙"), "甲\t乙\n"),
    ("leading tabs would make a cell", paragraph("<w:r><w:tab/><w:tab/></w:r>", "甲"), "  甲\n"),
    ("tab after a break", paragraph("甲", "<w:r><w:br/><w:tab/></w:r>", "乙"), "甲\n 乙\n"),
    ("tab stops of the style are no tabs", paragraph("甲", properties="<w:tabs><w:tab/></w:tabs>"), "甲\n"),
    ("XML line ends are spaces", paragraph("甲\n\t乙"), "甲  乙\n"),
    ("hyphen", paragraph("7", "<w:r><w:noBreakHyphen/></w:r>", "8"), "7-8\n"),
    ("insertion", paragraph("甲", f"<w:ins>{run('乙')}</w:ins>"), "甲乙\n"),
    ("moved here", paragraph(f"<w:moveTo>{run('乙')}</w:moveTo>"), "乙\n"),
    ("deletion", paragraph("甲", "<w:del><w:r><w:delText>乙</w:delText></w:r></w:del>"), "甲\n"),
    ("moved away", paragraph("甲", f"<w:moveFrom>{run('乙')}</w:moveFrom>"), "甲\n"),
    ("inserted, then deleted", paragraph("甲", f"<w:ins><w:del>{run('乙')}</w:del></w:ins>"), "甲\n"),
    ("hyperlink", paragraph(f"<w:hyperlink>{run('网站')}</w:hyperlink>"), "网站\n"),
    ("simple field", paragraph(f'<w:fldSimple w:instr="DATE">{run("3月")}</w:fldSimple>'), "3月\n"),
    ("content control in a line", paragraph("甲", control(run("乙")), "丙"), "甲乙丙\n"),
    ("content control around paragraphs", control(paragraph("甲") + control(paragraph("乙"))), "甲\n乙\n"),
    ("phonetic guide: the text, not the sound", paragraph(
        f"<w:r><w:ruby><w:rt>{run('li')}</w:rt><w:rubyBase>{run('醴')}</w:rubyBase></w:ruby></w:r>"), "醴\n"),
    ("comment in the XML", paragraph("甲", "<w:r><w:t>乙<!-- x -->丙</w:t></w:r>"), "甲乙丙\n"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "body", "text"), PARAGRAPHS)
def test_text_of_a_paragraph(what: str, body: str, text: str) -> None:
    assert text_of(body) == text, what


def test_field_codes_are_no_text_even_where_fields_nest() -> None:
    inner = mark("begin") + "<w:r><w:instrText>PAGE</w:instrText></w:r>" + mark("separate") + run("7") + mark("end")
    outer = (
        mark("begin") + "<w:r><w:instrText>IF </w:instrText></w:r>" + inner + mark("separate") + run("册") + mark("end")
    )
    assert text_of(paragraph("12", outer, "。", inner)) == "12册。7\n"


def test_lines_of_a_broken_paragraph_share_its_number() -> None:
    text, blocks = read(word(paragraph("甲"), paragraph("乙", "<w:r><w:br/></w:r>", "丙"), paragraph("丁")))
    assert [(text[block.start : block.end], block.number) for block in blocks] == [
        ("甲", 1),
        ("乙", 2),
        ("丙", 2),
        ("丁", 3),
    ]


def test_a_cell_is_one_line() -> None:
    content = paragraph("5月", "<w:r><w:br/></w:r>", "6月") + paragraph() + paragraph("<w:r><w:tab/></w:r>", "7月")
    assert text_of(table(row(cell(content), "二"))) == "\t5月 6月  7月\n\t二\n\n"


def test_merged_cells_stand_once_with_their_spans() -> None:
    data = word(
        table(
            row(cell("类别", merge="restart"), cell("讲座", span=2)),
            row(cell(merge=""), "场次", "人次"),
            row(cell(merge="continue"), "3", "90"),
            row(cell("合计", span=2), "90"),
        )
    )
    assert places(data) == [
        (0, 0, 0, 3, 1, "类别"),
        (0, 0, 1, 1, 2, "讲座"),
        (0, 1, 1, 1, 1, "场次"),
        (0, 1, 2, 1, 1, "人次"),
        (0, 2, 1, 1, 1, "3"),
        (0, 2, 2, 1, 1, "90"),
        (0, 3, 0, 1, 2, "合计"),
        (0, 3, 2, 1, 1, "90"),
    ]


def test_two_merges_one_under_the_other() -> None:
    rows = [row(cell("甲", merge="restart"), "1"), row(cell(merge=""), "2"), row(cell("乙", merge="restart"), "3")]
    found = places(word(table(*rows, row(cell(merge=""), "4"))))
    assert [(place[1], place[3], place[5]) for place in found if place[2] == 0] == [(0, 2, "甲"), (2, 2, "乙")]


def test_a_continuation_of_nothing_is_a_cell() -> None:
    found = places(word(table(row(cell("甲", merge=""), "乙"), row(cell(merge=""), "丙"))))
    assert found == [(0, 0, 0, 2, 1, "甲"), (0, 0, 1, 1, 1, "乙"), (0, 1, 1, 1, 1, "丙")]


def test_a_row_that_begins_late_and_a_deleted_row() -> None:
    late = row("乙", properties='<w:gridBefore w:val="1"/>')
    found = places(word(table(row("甲", "丙"), row("删", properties="<w:del/>"), late)))
    assert found == [(0, 0, 0, 1, 1, "甲"), (0, 0, 1, 1, 1, "丙"), (0, 1, 1, 1, 1, "乙")]


def test_cells_merged_sideways_the_old_way() -> None:
    first, more = (f'<w:hMerge w:val="{kind}"/>' for kind in ("restart", "continue"))
    merged = row(
        cell("讲座", properties=first), cell("不显示", properties=more), cell(properties="<w:hMerge/>"), "人次"
    )
    found = places(word(table(merged, row(cell("甲", properties=more), "乙", "丙", "丁"))))
    assert [place[1:] for place in found] == [
        (0, 0, 1, 3, "讲座"),
        (0, 3, 1, 1, "人次"),
        (1, 0, 1, 1, "甲"),  # goes on with nothing
        (1, 1, 1, 1, "乙"),
        (1, 2, 1, 1, "丙"),
        (1, 3, 1, 1, "丁"),
    ]


def test_rows_of_unequal_length() -> None:
    found = places(
        word(table(row("一", "二", "三"), row(cell("甲", span=2)), row("子", "丑"), row(cell("全", span=3))))
    )
    assert [place[1:] for place in found] == [
        (0, 0, 1, 1, "一"),
        (0, 1, 1, 1, "二"),
        (0, 2, 1, 1, "三"),
        (1, 0, 1, 2, "甲"),
        (2, 0, 1, 1, "子"),
        (2, 1, 1, 1, "丑"),
        (3, 0, 1, 3, "全"),
    ]


def test_a_continuation_beside_the_merged_column_is_a_cell() -> None:
    found = places(word(table(row(cell("甲", span=2, merge="restart"), "乙"), row("一", cell("丙", merge=""), "丁"))))
    assert [place[1:] for place in found] == [
        (0, 0, 1, 2, "甲"),
        (0, 2, 1, 1, "乙"),
        (1, 0, 1, 1, "一"),
        (1, 1, 1, 1, "丙"),
        (1, 2, 1, 1, "丁"),
    ]


FRAMES = [
    ("one cell", table(row(cell("一、概况", "我馆开放。"))), "一、概况\n我馆开放。\n"),
    ("one cell over several columns", table(row(cell("我馆开放。", span=4))), "我馆开放。\n"),
    ("a table framed by one cell", table(row(cell(table(row("甲", "乙")), paragraph("后")))), "\t甲\n\t乙\n\n后\n"),
    ("a frame in a cell", table(row(cell(table(row("内")), paragraph("后")), "乙")), "\t内 后\n\t乙\n\n"),
    ("one cell left of two", table(row("甲", cell("乙", properties="<w:cellDel/>"))), "甲\n"),
    ("a frame in a content control", control(table(control(row(control(cell("甲")))))), "甲\n"),
    ("one column is a table", table(row("甲"), row("乙")), "\t甲\n\n\t乙\n\n"),
]


@pytest.mark.parametrize(("what", "body", "text"), FRAMES)
def test_a_table_of_one_cell_is_a_frame_around_prose(what: str, body: str, text: str) -> None:
    assert text_of(body) == text, what


def test_headings_in_a_frame_are_headings() -> None:
    (block,) = read(word(table(row(f"<w:tc>{paragraph('概况', style='Heading2')}</w:tc>"))))[1]
    assert (block.level, block.place) == (2, None)


def test_nonsense_spans_count_as_one() -> None:
    data = word(table(row(cell("甲", span=99999), "乙")))
    assert [place[2:5] for place in places(data)] == [(0, 1, 1), (1, 1, 1)]


def test_rows_and_cells_in_content_controls() -> None:
    assert text_of(table(control(row("甲", control(cell("乙")))), row("丙"))) == "\t甲\n\t乙\n\n\t丙\n\n"


def test_nested_tables_follow_the_table_around_them() -> None:
    inner = table(row("内一", cell(table(row("最内", "二")), paragraph())))
    data = word(table(row(cell("外一", inner, paragraph("续")), "外二"), row("外三")), table(row("后", "二")))
    text, blocks = read(data)
    assert text == "\t外一 续\n\t外二\n\n\t外三\n\n\t内一\n\t\n\n\t最内\n\t二\n\n\t后\n\t二\n\n"
    assert [place[0] for place in places(data)] == [0, 0, 0, 1, 1, 2, 2, 3, 3]
    assert [block.start for block in blocks] == sorted(block.start for block in blocks)


STYLES = (
    style("a", "Normal", default=True)
    + style("1", "heading 1", "a", outline=0)
    + style("2", "标题 2", "a")
    + style("k1", "馆用一级", "1")
    + style("k2", "馆用正文", "1", outline=9)
    + style("k5", "馆用二级", "2")
    + style("k3", "馆用三级", "a", outline=2)
    + style("a3", "Title", "a", outline=0)
    + style("k4", "馆用题名", "a3")
    + style("x", "循环", "y")
    + style("y", "循环二", "x")
)
ROLES = [  # style, own properties, level, is title
    ("", "", None, False),
    ("1", "", 1, False),
    ("2", "", 2, False),
    ("k1", "", 1, False),
    ("k2", "", None, False),
    ("k3", "", 3, False),
    ("a3", "", None, True),
    ("k4", "", None, True),
    ("x", "", None, False),
    ("Heading4", "", 4, False),  # built in, used without being declared
    ("标题5", "", 5, False),
    ("二级标题", "", 2, False),
    ("3级标题", "", 3, False),
    ("标题 1,章标题", "", 1, False),
    ("k5", "", 2, False),
    ("副标题", "", None, False),
    ("", '<w:outlineLvl w:val="1"/>', 2, False),
    ("1", '<w:outlineLvl w:val="3"/>', 4, False),
    ("1", '<w:outlineLvl w:val="9"/>', None, False),
    ("a3", '<w:outlineLvl w:val="0"/>', None, True),
]


@pytest.mark.parametrize(("identity", "properties", "level", "is_title"), ROLES)
def test_heading_levels_and_title(identity: str, properties: str, level: int | None, is_title: bool) -> None:
    body = paragraph("概况", style=identity, properties=properties)
    (block,) = read(word(body, styles=STYLES))[1]
    assert (block.level, block.is_title) == (level, is_title)


def test_a_file_made_by_python_docx() -> None:
    made = docx.Document()
    made.add_heading("年度报告", level=0)
    made.add_heading("概况", level=1)
    made.add_paragraph("馆舍面积")
    grid = made.add_table(rows=2, cols=3)
    for number, grid_cell in enumerate(grid.row_cells(0)):
        grid_cell.text = f"栏{number}"
    grid.cell(1, 0).merge(grid.cell(1, 1)).text = "合计"
    grid.cell(1, 2).text = "70"
    buffer = io.BytesIO()
    made.save(buffer)
    text, blocks = read(buffer.getvalue())
    assert text == "年度报告\n概况\n馆舍面积\n\t栏0\n\t栏1\n\t栏2\n\n\t合计\n\t70\n\n"
    assert [(block.level, block.is_title) for block in blocks[:3]] == [(None, True), (1, False), (None, False)]
    assert places(buffer.getvalue())[3] == (0, 1, 0, 1, 2, "合计")


def test_tables_nested_deep_are_read() -> None:
    body = table(row("底", "里"))
    for _ in range(30):
        body = table(row(cell(body, paragraph("层")), "旁"))
    assert text_of(body).endswith("\t底\n\t里\n\n")
