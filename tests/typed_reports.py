"""One table of a report, typed in all the ways that people type tables, and a text read with its spans checked."""

from __future__ import annotations

import hashlib

from extract.aligned_columns import columns_of
from extract.plain_text import read_plain_text
from nianbao.pipeline import process
from schemas.document import Document
from schemas.rows import ReportRows

ROWS = (
    ("序号", "讲座主题", "主讲人", "时间", "人数"),
    ("1", "健康养生", "王某", "3月5日", "120"),
    ("2", "家庭教育", "李某", "4月6日", "80"),
    ("合计", "", "", "", "200"),
)
BEFORE, AFTER = "永宁县图书馆2014年工作总结\n讲座情况统计表\n", "全年共举办讲座2场。\n"


def document_of(text: str | bytes) -> Document:
    """Return the document of a text file, under a number of its own."""
    data = text if isinstance(text, bytes) else text.encode()
    read = read_plain_text(data)
    number = hashlib.sha256(data).hexdigest()[:12]
    return Document(
        number, "report.txt", "text/plain", read.encoding, read.text, read.blocks, "ok", read.doubts, (), read.reading
    )


def report_of(text: str | bytes) -> ReportRows:
    """Return the rows of a text file; all their spans lie in the text, and what is quoted stands there."""
    document = document_of(text)
    rows = process(document)
    assert rows.text == document.text
    assert rows.document.characters == len(document.text)
    for name in ("sections", "tables", "cells", "lectures", "events", "facts", "numbers", "findings"):
        for row in getattr(rows, name):
            if row.char_start is not None:
                assert 0 <= row.char_start <= row.char_end <= len(document.text)
                assert getattr(row, "raw", None) in {None, document.text[row.char_start : row.char_end]}
    return rows


def padded(cell: str, width: int) -> str:
    """Return a cell filled with blanks to a width in columns."""
    return cell + " " * (width - columns_of(cell))


def cut(paragraph: str, width: int) -> str:
    """Return a paragraph with a line end wherever a line would be wider than so many columns."""
    lines, line = [], ""
    for sign in paragraph:
        if columns_of(line + sign) > width:
            lines.append(line)
            line = ""
        line += sign
    return "\n".join([*lines, line])
