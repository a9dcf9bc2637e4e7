"""What hangs on paragraphs: text boxes, notes, pictures, objects; and the margins of the pages."""

from __future__ import annotations

import pytest
from word_builder import cell, complex_field, note, paragraph, row, run, style, table, word

from extract.word import WordText, read_word

REFERENCE = '<w:r><w:{0}Reference w:id="{1}"/></w:r>'
PICTURE = (
    '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic><pic:blipFill><a:blip r:embed="r9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
    "</w:drawing></w:r>"
)
OLD_PICTURE = '<w:r><w:pict><v:shape><v:imagedata r:id="r9"/></v:shape></w:pict></w:r>'


def shape(*content: str) -> str:
    inside = f"<wps:txbx><w:txbxContent>{''.join(content)}</w:txbxContent></wps:txbx>"
    return f"<w:drawing><wps:wsp>{inside}</wps:wsp></w:drawing>"


def old_shape(*content: str) -> str:
    inside = f"<v:textbox><w:txbxContent>{''.join(content)}</w:txbxContent></v:textbox>"
    return f"<w:pict><v:shape>{inside}</v:shape></w:pict>"


def both(choice: str, fallback: str) -> str:
    """Return a run with the two forms in which Word writes each drawing."""
    alternatives = f'<mc:Choice Requires="wps">{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback>'
    return f"<w:r><mc:AlternateContent>{alternatives}</mc:AlternateContent></w:r>"


def graphic(kind: str) -> str:
    return f'<w:r><w:drawing><a:graphic><a:graphicData uri="http://x/2006/{kind}"/></a:graphic></w:drawing></w:r>'


BOX = paragraph("书香")
BOXES = [
    ("both branches are one box",
     [paragraph("甲", both(shape(BOX), old_shape(BOX)), "乙"), paragraph("丙")], "甲乙\n书香\n丙\n"),
    ("only the fallback has text", [paragraph("甲", both("<w:drawing/>", old_shape(BOX)))], "甲\n书香\n"),
    ("old box", [paragraph("甲", run(old_shape(BOX)))], "甲\n书香\n"),
    ("box in a box",
     [paragraph("甲", both(shape(paragraph("外", both(shape(BOX), old_shape(BOX)))), ""))], "甲\n外\n书香\n"),
    ("two boxes", [paragraph("甲", both(shape(BOX), ""), both(shape(paragraph("香")), ""))], "甲\n书香\n香\n"),
    ("box with a table",
     [paragraph("甲", both(shape(table(row("乙", "丙")), paragraph()), ""))], "甲\n\t乙\n\t丙\n\n\n"),
    ("box in a cell",
     [table(row(cell(paragraph("甲", both(shape(BOX), old_shape(BOX)))), "乙"))], "\t甲 书香\n\t乙\n\n"),
    ("words as a drawing",
     [paragraph("甲", run('<w:pict><v:shape><v:textpath string="年报"/></v:shape></w:pict>'))], "甲\n年报\n"),
    ("paragraphs in alternatives",
     [f"<mc:AlternateContent><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent>"], "书香\n"),
    ("a line has no text", [paragraph("甲", both("<w:drawing/>", "<w:pict><v:line/></w:pict>"))], "甲\n"),
    ("box of a deleted run", [paragraph("甲", f"<w:del>{both(shape(BOX), '')}</w:del>")], "甲\n"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "body", "text"), BOXES)
def test_text_boxes_stand_once_after_their_paragraph(what: str, body: list[str], text: str) -> None:
    found = read_word(word(*body))
    assert (found.text, found.doubts) == (text, ()), what


def test_what_hangs_on_a_paragraph_has_its_number() -> None:
    found = read_word(word(paragraph("甲"), paragraph("乙", both(shape(BOX, BOX), "")), paragraph("丙")))
    assert [block.number for block in found.blocks] == [1, 2, 2, 2, 3]


NOTES = note("footnote", 1, paragraph("含分馆。"), paragraph("下同。")) + note("footnote", 2, paragraph("统计口径。"))


def cites(identity: int, kind: str = "footnote") -> str:
    return REFERENCE.format(kind, identity)


CITED = [
    ("footnote after its paragraph",
     [paragraph("五十万册", cites(1), "。"), paragraph("后")], "五十万册。\n含分馆。\n下同。\n后\n"),
    ("two notes", [paragraph("甲", cites(2), "乙", cites(1))], "甲乙\n统计口径。\n含分馆。\n下同。\n"),
    ("endnote", [paragraph("甲", cites(1, "endnote")), paragraph("乙")], "甲\n尾注。\n乙\n"),
    ("in a cell: after the table", [table(row(cell(paragraph("50", cites(2))), "乙")), paragraph("丙")],
     "\t50\n\t乙\n\n统计口径。\n丙\n"),
    ("in a nested table: after the outer one",
     [table(row(cell(table(row(cell(paragraph("50", cites(2))), "一")), paragraph("外")), "乙"))],
     "\t外\n\t乙\n\n\t50\n\t一\n\n统计口径。\n"),
    ("a note is read once", [paragraph("甲", cites(2)), paragraph("乙", cites(2))], "甲\n统计口径。\n乙\n"),
    ("a note that is missing", [paragraph("甲", cites(9))], "甲\n"),
    ("comments are not the text", [paragraph('<w:commentRangeStart w:id="1"/>', "甲", '<w:commentRangeEnd w:id="1"/>',
     '<w:r><w:commentReference w:id="1"/></w:r>')], "甲\n"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "body", "text"), CITED)
def test_notes(what: str, body: list[str], text: str) -> None:
    assert read_word(word(*body, footnotes=NOTES, endnotes=note("endnote", 1, paragraph("尾注。")))).text == text, what


def test_a_note_that_cites_itself() -> None:
    notes = note("footnote", 1, paragraph("注", cites(1)))
    assert read_word(word(paragraph("甲", cites(1)), footnotes=notes)).text == "甲\n注\n"


def doubts(found: WordText) -> list[tuple[str, str]]:
    return [(doubt.code, found.text[doubt.start : doubt.end]) for doubt in found.doubts]


EMBEDDED = (
    '<w:r><w:object><v:shape><v:imagedata r:id="r9"/></v:shape><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'
)
UNREAD = [
    ("another format",
     [paragraph("甲"), '<w:altChunk r:id="r9"/>', paragraph("乙")], [("unread_object", "")], "another format"),
    ("embedded object", [paragraph("甲", EMBEDDED)], [("unread_object", "甲")], "Excel.Sheet.12"),
    ("control", [paragraph("甲", run("<w:object/>"))], [("unread_object", "甲")], "control"),
    ("chart", [paragraph("甲", graphic("chart"))], [("unread_object", "甲")], "chart"),
    ("diagram", [paragraph("甲", graphic("diagram"))], [("unread_object", "甲")], "SmartArt"),
    ("in a cell", [table(row("甲", cell(paragraph("乙", EMBEDDED))))], [("unread_object", "乙")], "Excel"),
    ("two objects", [paragraph("甲", EMBEDDED), paragraph("乙", EMBEDDED)],
     [("unread_object", "甲"), ("unread_object", "乙")], "Excel"),
    ("master document", [paragraph("甲"), '<w:subDoc r:id="r9"/>'], [("unread_object", "")], "master document"),
    ("pictures",
     [paragraph("甲"), paragraph("乙", PICTURE), paragraph(OLD_PICTURE)], [("picture", "乙")], "2 pictures"),
    ("both forms are one picture",
     [paragraph("甲", both(PICTURE[5:-6], OLD_PICTURE[5:-6]))], [("picture", "甲")], "1 picture,"),
    ("picture in a note", [paragraph("甲", cites(1))], [("picture", "注")], "1 picture,"),
    ("a text box on a picture is a text box", [paragraph("甲", run(old_shape(BOX).replace("</w:pict>",
     '<v:imagedata r:id="r9"/></w:pict>')))], [], ""),
]  # fmt: skip


@pytest.mark.parametrize(("what", "body", "expected", "says"), UNREAD)
def test_what_is_not_read_is_said(what: str, body: list[str], expected: list[tuple[str, str]], says: str) -> None:
    found = read_word(word(*body, footnotes=note("footnote", 1, paragraph("注", PICTURE))))
    assert doubts(found) == expected, what
    assert all(says in doubt.message for doubt in found.doubts)


def test_headers_and_footers_stand_apart() -> None:
    page = paragraph("第", complex_field("PAGE", run("3")), "页 共", complex_field("NUMPAGES", run("9")), "页")
    headers = [paragraph("醴陵市图书馆"), paragraph("醴陵市图书馆") + table(row("2016年工作总结", "内部资料"))]
    found = read_word(
        word(paragraph("甲"), headers=headers, footers=[page, paragraph("- 3 -"), paragraph("醴陵市图书馆办")])
    )
    assert found.text == "甲\n"
    assert found.margins == ("醴陵市图书馆", "2016年工作总结", "内部资料", "醴陵市图书馆办")


def test_text_box_in_a_header() -> None:
    header = paragraph(both(shape(paragraph("醴陵市图书馆")), old_shape(paragraph("醴陵市图书馆"))))
    assert read_word(word(paragraph("甲"), headers=[header])).margins == ("醴陵市图书馆",)


def test_a_heading_with_a_box_stays_a_heading() -> None:
    body = [paragraph("概况", both(shape(BOX), ""), style="1")]
    found = read_word(word(*body, styles=style("1", "heading 1")))
    assert [block.level for block in found.blocks] == [1, None]
