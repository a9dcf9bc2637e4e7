"""Automatic numbering is read as if it had been typed. Each case: a list of Word, and the lines that a reader sees."""

from __future__ import annotations

import pytest
from word_builder import cell, definition, list_level, list_of, numbered, paragraph, row, run, style, table, word

from extract.word import read_word
from extract.word_counting import written

CHINESE = definition(
    0,
    list_level(0, "%1、", "chineseCountingThousand"),
    list_level(1, "（%2）", "chineseCountingThousand", '<w:suff w:val="nothing"/>'),
    list_level(2, "%3.", more='<w:suff w:val="space"/>'),
    list_level(3, "（%4）"),
)
DECIMAL = definition(1, list_level(0, "%1"), list_level(1, "%1.%2"), list_level(2, "%1.%2.%3"))


def restart(level: int, start: int = 1) -> str:
    return f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def lines(*items: tuple[int | None, int | None], lists: str, styles: str = "", style_of: str = "") -> list[str]:
    """Return the markers of paragraphs given as (list, level)."""
    body = (
        paragraph("甲", style=style_of, properties="" if number is None and level is None else numbered(number, level))
        for number, level in items
    )
    return [
        line.removesuffix("甲").strip()
        for line in read_word(word(*body, numbering=lists, styles=styles)).text.split("\n")[:-1]
    ]


ONE = CHINESE + DECIMAL + list_of(1, 0) + list_of(2, 1)
CASES = [
    ("one level counts", ONE, [(1, 0), (1, 0), (1, 0)], ["一、", "二、", "三、"]),
    ("a lower level begins again",
     ONE, [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)], ["一、", "（一）", "（二）", "二、", "（一）"]),
    ("templates with several levels", ONE, [(2, 0), (2, 1), (2, 1), (2, 2), (2, 0), (2, 1)],
     ["1", "1.1", "1.2", "1.2.1", "2", "2.1"]),
    ("paragraphs between do not count", ONE, [(1, 0), (None, None), (1, 0)], ["一、", "", "二、"]),
    ("a level that nothing stands above", ONE, [(2, 1), (2, 1), (2, 0)], ["1.1", "1.2", "1"]),
    ("no level is the top one", ONE, [(1, None), (1, None)], ["一、", "二、"]),
    ("list 0 is none", ONE, [(1, 0), (0, 0), (1, 0)], ["一、", "", "二、"]),
    ("a list that nobody defined", ONE, [(77, 0)], [""]),
    ("a level that nobody defined", ONE, [(1, 7)], [""]),
    ("two lists of one definition go on with each other", ONE + list_of(3, 0), [(1, 0), (3, 0), (1, 0)],
     ["一、", "二、", "三、"]),
    ("a list that counts anew, once", ONE + list_of(3, 0, restart(0)), [(1, 0), (1, 0), (3, 0), (3, 0)],
     ["一、", "二、", "一、", "二、"]),
    ("a list that counts from a number", ONE + list_of(3, 0, restart(0, 5)), [(1, 0), (3, 0), (3, 0)],
     ["一、", "五、", "六、"]),
    ("only a lower level counts anew", ONE + list_of(3, 0, restart(1, 3)), [(1, 0), (1, 1), (3, 1), (3, 1), (1, 0)],
     ["一、", "（一）", "（三）", "（四）", "二、"]),
    ("a level replaced in one list",
     ONE + list_of(3, 0, f'<w:lvlOverride w:ilvl="0">{list_level(0, "第%1章", "decimal")}</w:lvlOverride>'),
     [(3, 0), (3, 1), (3, 0)], ["第1章", "（一）", "第2章"]),
    ("start value of a level", definition(0, list_level(0, "%1.", start=4)) + list_of(1, 0), [(1, 0), (1, 0)],
     ["4.", "5."]),
    ("a level that never begins again",
     definition(0, list_level(0, "%1、"), list_level(1, "%2.", more='<w:lvlRestart w:val="0"/>')) + list_of(1, 0),
     [(1, 0), (1, 1), (1, 0), (1, 1)], ["1、", "1.", "2、", "2."]),
    ("a level that begins again after the first level only",
     definition(0, list_level(0, "%1、"), list_level(1, "%2."), list_level(2, "%3)", more='<w:lvlRestart w:val="1"/>'))
     + list_of(1, 0), [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)],
     ["1、", "1.", "1)", "2.", "2)", "2、", "1)"]),
    ("legal numbering: all Arabic",
     definition(0, list_level(0, "第%1章", "chineseCounting"), list_level(1, "%1.%2", more="<w:isLgl/>"))
     + list_of(1, 0),
     [(1, 0), (1, 0), (1, 1)], ["第一章", "第二章", "2.1"]),
    ("bullets are no text",
     definition(0, list_level(0, "\uf06c", "bullet"), list_level(1, "%2.")) + list_of(1, 0),
     [(1, 0), (1, 1), (1, 0), (1, 1)], ["", "1.", "", "1."]),
    ("no number, but words", definition(0, list_level(0, "附件", "none")) + list_of(1, 0), [(1, 0)], [""]),
    ("a hidden marker",
     definition(0, list_level(0, "%1.", more="<w:rPr><w:vanish/></w:rPr>")) + list_of(1, 0), [(1, 0)], [""]),
    ("a list style", '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="馆"/></w:abstractNum>'
     f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="馆"/>{list_level(0, "%1）")}</w:abstractNum>'
     + list_of(1, 0) + list_of(2, 1), [(1, 0), (2, 0)], ["1）", "2）"]),
    ("zeros before, in alternatives", definition(0,
     '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
     '<w:numFmt w:val="decimalZero"/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback>'
     '</mc:AlternateContent><w:lvlText w:val="%1."/></w:lvl>') + list_of(1, 0), [(1, 0)], ["01."]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "lists", "items", "expected"), CASES)
def test_lists(what: str, lists: str, items: list[tuple[int | None, int | None]], expected: list[str]) -> None:
    assert lines(*items, lists=lists) == expected, what


SUFFIXES = [("tab", "一、 甲\n"), ("space", "一、 甲\n"), ("nothing", "一、甲\n")]


@pytest.mark.parametrize(("suffix", "text"), SUFFIXES)
def test_what_follows_the_number(suffix: str, text: str) -> None:
    lists = definition(0, list_level(0, "%1、", "chineseCounting", f'<w:suff w:val="{suffix}"/>')) + list_of(1, 0)
    assert read_word(word(paragraph("甲", properties=numbered(1, 0)), numbering=lists)).text == text


LINKED = (
    definition(
        0,
        list_level(0, "第%1章", "chineseCounting", '<w:pStyle w:val="1"/>'),
        list_level(1, "%1.%2", more='<w:pStyle w:val="2"/><w:isLgl/>'),
    )
    + definition(1, list_level(0, "%1)", "lowerLetter"))
    + list_of(1, 0)
    + list_of(2, 1)
)
HEADINGS = (
    style("1", "heading 1", numbering='<w:numId w:val="1"/>')
    + style("2", "heading 2", "1", numbering='<w:numId w:val="1"/>')
    + style("3", "馆用二级", "2")
    + style("4", "无编号标题", "2", numbering='<w:numId w:val="0"/>')
    + style("5", "缩进标题", "1", numbering='<w:ilvl w:val="1"/>')
)


def test_numbering_by_style() -> None:
    body = [
        paragraph("概况", style="1"),
        paragraph("馆舍", style="2"),
        paragraph("人员", style="3"),  # by the style that it is based on
        paragraph("附", style="4"),  # taken out of the list again
        paragraph("经费", style="5"),  # the list of its base, the level of its own
        paragraph("服务", style="1"),
        paragraph("讲座", style="2", properties=numbered(2, 0)),  # the paragraph says otherwise
        paragraph("展览", style="2", properties=numbered(0)),
        paragraph("活动", style="1", properties=numbered(None, 1)),  # only the level is its own
    ]
    assert read_word(word(*body, styles=HEADINGS, numbering=LINKED)).text.split("\n")[:-1] == [
        "第一章 概况", "1.1 馆舍", "1.2 人员", "附", "1.3 经费", "第二章 服务", "a) 讲座", "展览", "2.1 活动"
    ]  # fmt: skip


def test_levels_of_headings_stay_with_their_numbers() -> None:
    body = [paragraph("概况", style="1"), paragraph("馆舍", style="2")]
    found = read_word(word(*body, styles=HEADINGS, numbering=LINKED))
    assert [(found.text[block.start : block.end], block.level) for block in found.blocks] == [
        ("第一章 概况", 1),
        ("1.1 馆舍", 2),
    ]


def test_numbers_in_cells_even_of_empty_paragraphs() -> None:
    first = cell(paragraph(properties=numbered(2, 0)))
    found = read_word(word(table(row("序号", "主题"), row(first, "国学"), row(first, "健康")), numbering=ONE))
    assert found.text == "\t序号\n\t主题\n\n\t1\n\t国学\n\n\t2\n\t健康\n\n"


def test_deleted_and_hidden_paragraphs_do_not_count() -> None:
    gone = f"{numbered(1, 0)}<w:rPr><w:del/></w:rPr>"
    hidden = f"{numbered(1, 0)}<w:rPr><w:vanish/></w:rPr>"
    body = [
        paragraph("甲", properties=numbered(1, 0)),
        paragraph("<w:del><w:r><w:delText>乙</w:delText></w:r></w:del>", properties=gone),
        paragraph(run("丙", "<w:vanish/>"), properties=hidden),
        paragraph("丁", properties=numbered(1, 0)),
    ]
    assert read_word(word(*body, numbering=ONE)).text == "一、 甲\n二、 丁\n"


def test_an_earlier_list_of_a_tracked_change_is_not_read() -> None:
    changed = f"<w:pPrChange><w:pPr>{numbered(1, 0)}</w:pPr></w:pPrChange>"
    assert read_word(word(paragraph("甲", properties=changed), numbering=ONE)).text == "甲\n"


# way, {number: as Word writes it}
WAYS = [
    ("decimal", {0: "0", 12: "12"}),
    ("decimalZero", {3: "03", 12: "12"}),
    ("decimalFullWidth", {12: "１２"}),
    ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 35: "三十五", 100: "一○○"}),
    ("chineseCountingThousand", {10: "十", 19: "十九", 20: "二十", 101: "一百零一", 110: "一百一十", 1001: "一千零一"}),
    ("japaneseCounting", {10: "十", 21: "二十一", 100: "百", 101: "百一", 110: "百十"}),
    ("ideographDigital", {10: "一〇", 21: "二一"}),
    ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
    ("ideographZodiac", {1: "子", 12: "亥", 13: "13"}),
    ("ideographZodiacTraditional", {1: "甲子", 11: "甲戌", 60: "癸亥", 61: "61"}),
    ("chineseLegalSimplified", {1: "壹", 2: "贰", 10: "壹拾", 12: "壹拾贰", 105: "壹佰零伍"}),
    ("ideographLegalTraditional", {2: "貳", 6: "陸", 11: "壹拾壹"}),
    ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
    ("decimalEnclosedCircleChinese", {1: "①", 10: "⑩", 11: "11"}),
    ("decimalEnclosedParen", {1: "⑴", 20: "⒇", 21: "21"}),
    ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛"}),
    ("ideographEnclosedCircle", {1: "㊀", 10: "㊉"}),
    ("upperLetter", {1: "A", 26: "Z", 27: "AA", 28: "BB"}),
    ("lowerLetter", {2: "b", 53: "aaa"}),
    ("upperRoman", {4: "IV", 9: "IX", 14: "XIV", 1990: "MCMXC"}),
    ("lowerRoman", {3: "iii"}),
    ("numberInDash", {3: "- 3 -"}),
    ("a way of tomorrow", {3: "3"}),
]


@pytest.mark.parametrize(("way", "numbers"), WAYS)
def test_ways_of_writing(way: str, numbers: dict[int, str]) -> None:
    assert {number: written(number, way) for number in numbers} == numbers
