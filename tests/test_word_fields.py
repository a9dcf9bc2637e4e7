"""Fields: results and not codes, over paragraphs, nested, broken; tables of contents; symbols and formulas."""

from __future__ import annotations

import pytest
from word_builder import code, complex_field, control, mark, paragraph, row, run, style, table, word

from extract.word import read_word

GALLERY = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
STYLES = style("a", "Normal", default=True) + style("t1", "toc 1") + style("t0", "TOC Heading") + style("m2", "目录 2")
TAB = "<w:r><w:tab/></w:r>"


def sym(font: str, char: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>'


TEXTS = [
    ("a field over two paragraphs",
     [paragraph("甲", mark("begin"), code("QUOTE"), mark("separate"), "乙"), paragraph("丙", mark("end"), "丁")],
     "甲乙\n丙丁\n"),
    ("a code over two paragraphs",
     [paragraph("甲", mark("begin"), code("IF")), paragraph(code("x"), mark("end"), "乙")], "甲\n乙\n"),
    ("a field that never ends hides nothing after its paragraph",
     [paragraph("甲", mark("begin"), code("PAGE")), paragraph("乙")], "甲\n乙\n"),
    ("a field whose end was deleted with it",
     [paragraph("甲", f"<w:del>{mark('begin')}{code('PAGE')}{mark('end')}</w:del>"), paragraph("乙")], "甲\n乙\n"),
    ("a stray end", [paragraph("甲", mark("end"), "乙")], "甲乙\n"),
    ("an index entry has no text", [paragraph("甲", complex_field('XE "乙"'))], "甲\n"),
    ("a hidden field is closed all the same", [paragraph(
     "".join(f"<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType='{kind}'/></w:r>" for kind in ("begin", "end")),
     "甲")], "甲\n"),
    ("number in a circle", [paragraph(complex_field(r"eq \o\ac(○,3)"), "展览")], "③展览\n"),
    ("old phonetic guide",
     [paragraph(complex_field(r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(lǐ),醴)'), "陵")], "醴陵\n"),
    ("fraction", [paragraph(complex_field(r"EQ \f(1,2)"))], "1/2\n"),
    ("symbol field", [paragraph(complex_field(r'SYMBOL 252 \f "Wingdings" \s 12'))], "✓\n"),
    ("tick", [paragraph(sym("Wingdings", "F0FC"), "完成")], "✓完成\n"),
    ("boxes", [paragraph(sym("Wingdings 2", "F052"), sym("Wingdings", "F0A8"), sym("Wingdings 2", "00A3"))], "☑☐☐\n"),
    ("circled numbers", [paragraph(sym("Wingdings", "F081"), sym("Wingdings", "F08A"))], "①⑩\n"),
    ("mathematics", [paragraph("3", sym("Symbol", "F0B4"), "4", sym("Symbol", "F0B3"), "5")], "3×4≥5\n"),
    ("an unknown sign stays what it is", [paragraph(sym("馆徽", "F0FF"))], "\uf0ff\n"),
    ("damaged signs",
     [paragraph("甲", sym("Wingdings", "x"), sym("Wingdings", "D800"), sym("Wingdings", "0"))], "甲\n"),
    ("soft hyphens", [paragraph("a", "<w:r><w:softHyphen/></w:r>", "b\xadc")], "abc\n"),
    ("smart tag and custom XML",
     [paragraph(f"<w:smartTag>{run('醴陵')}</w:smartTag>", f"<w:customXml>{run('市')}</w:customXml>")], "醴陵市\n"),
    ("formula", [paragraph("约", "<m:oMath><m:r><m:t>50%</m:t></m:r></m:oMath>")], "约50%\n"),
    ("emoji in alternatives", [paragraph("<w:r><mc:AlternateContent><mc:Choice Requires='w16se'><w16se/></mc:Choice>"
     "<mc:Fallback><w:t>☺</w:t></mc:Fallback></mc:AlternateContent></w:r>")], "☺\n"),
    ("phonetic guide",
     [paragraph(f"<w:r><w:ruby><w:rt>{run('lǐ')}</w:rt><w:rubyBase>{run('醴')}</w:rubyBase></w:ruby></w:r>"
     )], "醴\n"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "body", "text"), TEXTS)
def test_text(what: str, body: list[str], text: str) -> None:
    assert read_word(word(*body)).text == text, what


def entry(text: str, page: str) -> str:
    return run(text) + TAB + complex_field(" PAGEREF _Toc1 ", run(page))


START = mark("begin") + code(' TOC \\o "1-3" ') + mark("separate")
FIELD = [paragraph(START, entry("一、概况", "1")), paragraph(entry("二、服务", "2")), paragraph(mark("end"))]
REPORT = [paragraph("一、概况"), paragraph("我馆开放。")]
CONTENTS = [
    ("field", [*FIELD, *REPORT], "\n一、概况\n我馆开放。\n", 2),
    ("field under its title", [paragraph("年报"), paragraph("目  录"), paragraph(), *FIELD, *REPORT],
     "年报\n\n一、概况\n我馆开放。\n", 3),
    ("the field ends where the body begins",
     [*FIELD[:2], paragraph(mark("end"), "一、概况")], "一、概况\n", 2),
    ("styles",
     [paragraph("目录", style="t0"), paragraph("一、概况\t1", style="t1"), paragraph("（一）馆舍\t1", style="m2"),
     *REPORT], "一、概况\n我馆开放。\n", 3),
    ("content control",
     [control(paragraph("目录") + paragraph("一、概况 1"), GALLERY), *REPORT], "一、概况\n我馆开放。\n", 2),
    ("a sentence in the content control is text",
     [control(paragraph("一、概况 1") + paragraph("我馆开放。") , GALLERY)], "我馆开放。\n", 1),
    ("a whole sentence with its page number", [paragraph("一、馆舍。我馆开放。", TAB, "12", style="t1"), *REPORT],
     "一、概况\n我馆开放。\n", 1),
    ("simple field", [paragraph(f'<w:fldSimple w:instr="TOC \\f">{run("一、概况 1")}</w:fldSimple>'), *REPORT],
     "一、概况\n我馆开放。\n", 1),
    ("a field that never ends", [paragraph(START, entry("一、概况", "1")), *REPORT], "一、概况\n我馆开放。\n", 1),
    ("the word alone is no directory", [paragraph("目录"), *REPORT], "目录\n一、概况\n我馆开放。\n", 0),
    ("nor is another style", [paragraph("一、概况", style="工具"), *REPORT], "一、概况\n一、概况\n我馆开放。\n", 0),
]  # fmt: skip


@pytest.mark.parametrize(("what", "body", "text", "lines"), CONTENTS)
def test_tables_of_contents_are_left_out(what: str, body: list[str], text: str, lines: int) -> None:
    found = read_word(word(*body, styles=STYLES))
    assert found.text == text, what
    said = [doubt.message.partition(" (")[2].partition(" line")[0] for doubt in found.doubts]
    assert [(doubt.code) for doubt in found.doubts] == ["contents_left_out"] * bool(lines)
    assert said == [str(lines)] * bool(lines)


def test_contents_in_a_frame_of_one_cell() -> None:
    body = table(row(f"<w:tc>{''.join(FIELD)}</w:tc>"))
    assert read_word(word(body, *REPORT)).text == "\n一、概况\n我馆开放。\n"
