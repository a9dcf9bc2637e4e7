"""Builds samples/liling-2016.docx from sample_docx_source.md, so that the binary file can be read in a diff.

    python tests/build_sample_docx.py [OUT.docx]

Lines of the source: «! » title, «# » and «## » headings by Word style, «|a|b|» a table row, anything else a paragraph.
In a row «<» is merged with the cell to its left (gridSpan) and «^» with the cell above it (vMerge).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import docx
from docx.document import Document

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "sample_docx_source.md"
SAMPLE = HERE.parent / "samples" / "liling-2016.docx"
STYLES = {"! ": "Title", "# ": "Heading 1", "## ": "Heading 2"}


def blocks(source: str) -> Iterator[tuple[bool, list[str]]]:
    """Yield (is a table, its lines), in order; blank lines are left out."""
    lines = [line for line in source.splitlines() if line]
    for is_table, group in groupby(lines, key=lambda line: line.startswith("|")):
        yield is_table, list(group)


def add_paragraph(document: Document, line: str) -> None:
    mark = next((mark for mark in STYLES if line.startswith(mark)), "")
    document.add_paragraph(line.removeprefix(mark), style=STYLES.get(mark))


def add_table(document: Document, lines: list[str]) -> None:
    rows = [line[1:-1].split("|") for line in lines]
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text == "<":
                table.cell(r, c - 1).merge(table.cell(r, c))
            elif text == "^":
                table.cell(r - 1, c).merge(table.cell(r, c))
            else:
                table.cell(r, c).text = text


def build(source: str) -> Document:
    """Return the Word document that the source describes."""
    document = docx.Document()
    for is_table, lines in blocks(source):
        if is_table:
            add_table(document, lines)
        else:
            for line in lines:
                add_paragraph(document, line)
    return document


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE
    build(SOURCE.read_text(encoding="utf-8")).save(str(target))
