"""The final version: what was deleted or hidden is not read, what was inserted is."""

from __future__ import annotations

import pytest
from word_builder import cell, paragraph, row, run, style, table, word

from extract.word import read_word

GONE = "<w:rPr><w:del/></w:rPr>"
HIDDEN = "<w:vanish/>"
STYLES = (
    style("a", "Normal", default=True)
    + style("h", "隐藏段", "a", hidden=HIDDEN)
    + style("h2", "隐藏段二", "h")
    + style("h3", "不再隐藏", "h", hidden='<w:vanish w:val="0"/>')
    + style("c", "隐藏字", hidden=HIDDEN)
    + style("c2", "隐藏字二", "c")
)


def deleted(text: str) -> str:
    return f"<w:del><w:r><w:delText>{text}</w:delText></w:r></w:del>"


CASES = [
    ("deleted in a run that was inserted", [paragraph("甲", f"<w:ins>{run('乙')}{deleted('丙')}</w:ins>")], "甲乙\n"),
    ("a deleted paragraph mark joins", [paragraph("全年", properties=GONE), paragraph("借出")], "全年借出\n"),
    ("a deleted paragraph is gone",
     [paragraph("甲"), paragraph(deleted("乙"), properties=GONE), paragraph("丙")], "甲\n丙\n"),
    ("three into one",
     [paragraph("甲", properties=GONE), paragraph("乙", properties=GONE), paragraph("丙")], "甲乙丙\n"),
    ("a deleted mark at the end", [paragraph("甲", properties=GONE)], "甲\n"),
    ("a deleted mark before a table", [paragraph("甲", properties=GONE), table(row("乙", "丙"))], "甲\n\t乙\n\t丙\n\n"),
    ("a paragraph moved away", [paragraph(f"<w:moveFrom>{run('甲')}</w:moveFrom>",
     properties="<w:rPr><w:moveFrom/></w:rPr>"), paragraph("乙")], "乙\n"),
    ("an inserted mark parts", [paragraph("甲", properties="<w:rPr><w:ins/></w:rPr>"), paragraph("乙")], "甲\n乙\n"),
    ("deleted row", [table(row("甲", "乙"), row("丙", "丁", properties="<w:del/>"))], "\t甲\n\t乙\n\n"),
    ("inserted row", [table(row("甲", "乙"), row("丙", "丁", properties="<w:ins/>"))], "\t甲\n\t乙\n\n\t丙\n\t丁\n\n"),
    ("deleted cell", [table(row("甲", cell("乙", properties="<w:cellDel/>"), "丙"))], "\t甲\n\t丙\n\n"),
    ("deleted table", [paragraph("甲"), table(row("乙", "丙", properties="<w:del/>")), paragraph("丁")], "甲\n丁\n"),
    ("cells merged as a tracked change", [table(
        row(cell("甲", properties='<w:cellMerge w:vMerge="rest"/>'), "乙"),
        row(cell("", properties='<w:cellMerge w:vMerge="cont"/>'), "丙"))], "\t甲\n\t乙\n\n\t丙\n\n"),
    ("hidden row", [table(row("甲", "乙"), row("丙", "丁", properties="<w:hidden/>"))], "\t甲\n\t乙\n\n"),
    ("hidden run", [paragraph("甲", run("乙", HIDDEN), "丙")], "甲丙\n"),
    ("not hidden after all", [paragraph("甲", run("乙", '<w:vanish w:val="false"/>'))], "甲乙\n"),
    ("hidden on the web only", [paragraph(run("甲", "<w:webHidden/>"))], "甲\n"),
    ("hidden before a change", [paragraph(run("甲", f"<w:rPrChange><w:rPr>{HIDDEN}</w:rPr></w:rPrChange>"))], "甲\n"),
    ("hidden by its style", [paragraph("甲"), paragraph("乙", style="h")], "甲\n\n"),
    ("by the style below", [paragraph("甲"), paragraph("乙", style="h2")], "甲\n\n"),
    ("shown again by a style", [paragraph("甲", style="h3")], "甲\n"),
    ("shown again by the run", [paragraph(run("甲", '<w:vanish w:val="0"/>'), style="h")], "甲\n"),
    ("hidden by the style of the run", [paragraph("甲", run("乙", '<w:rStyle w:val="c2"/>'))], "甲\n"),
    ("two styles that hide undo each other", [paragraph(run("甲", '<w:rStyle w:val="c"/>'), style="h")], "甲\n"),
    ("a whole hidden paragraph", [paragraph("甲"), paragraph(run("乙", HIDDEN), properties=f"<w:rPr>{HIDDEN}</w:rPr>"),
     paragraph("丙")], "甲\n丙\n"),
    ("hidden mark, text shown", [paragraph("甲", properties=f"<w:rPr>{HIDDEN}</w:rPr>"), paragraph("乙")], "甲\n乙\n"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "body", "text"), CASES)
def test_final_version(what: str, body: list[str], text: str) -> None:
    assert read_word(word(*body, styles=STYLES)).text == text, what


def test_a_joined_paragraph_is_what_its_last_part_is() -> None:
    styles = style("1", "heading 1")
    found = read_word(word(paragraph("概", properties=GONE), paragraph("况", style="1"), styles=styles))
    assert [(found.text[block.start : block.end], block.level, block.number) for block in found.blocks] == [
        ("概况", 1, 2)
    ]
