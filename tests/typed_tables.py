"""Documents with tables, built from rows: typed with tabs, or with the spans that Word and HTML tables have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.plain_text import blocks
from nianbao.pipeline import process
from schemas.document import Block, CellPlace, Document
from schemas.rows import ReportRows

Cell = str | tuple[str, int, int]  # text, or (text, rows spanned, columns spanned)


def typed(text: str) -> ReportRows:
    """Return what is read from a text of paragraphs and flattened tables (one cell a line after a tab)."""
    return process(Document("0123456789ab", "县/2022.txt", "text/plain", "utf-8", text, tuple(blocks(text))))


def flat(rows: Sequence[Sequence[str]]) -> str:
    """Return rows in the flattened form: a cell a line, an empty line after each row."""
    return "".join("".join(f"\t{cell}\n" for cell in row) + "\n" for row in rows)


def report(*parts: str | Sequence[Sequence[str]], year: int = 2022) -> ReportRows:
    """Return what is read from a report of paragraphs (strings) and typed tables (rows)."""
    body = "".join(f"{part}\n" if isinstance(part, str) else flat(part) for part in parts)
    return typed(f"山水县图书馆{year}年工作总结\n{body}")


def spanned(*tables: Sequence[Sequence[Cell]], before: str = "", year: int = 2022) -> ReportRows:
    """Return what is read from a report with tables side by side whose cells may span rows and columns."""
    text = f"山水县图书馆{year}年工作总结\n" + (f"{before}\n" if before else "")
    found = list(blocks(text))
    for index, rows in enumerate(tables):
        for place, words in places(index, rows):
            found.append(Block(len(text) + 1, len(text) + 1 + len(words), index + 1, place))
            text += f"\t{words}\n"
    return process(Document("0123456789ab", "县/2022.docx", "application/x", "", text, tuple(found)))


def places(table: int, rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[CellPlace, str]]:
    """Yield the place and the text of every cell, places that cells from above cover left out."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            words, down, right = cell if isinstance(cell, tuple) else (cell, 1, 1)
            while (number, column) in taken:
                column += 1
            taken |= {(number + i, column + j) for i in range(down) for j in range(right)}
            yield CellPlace(table, number, column, down, right), words


def codes(rows: ReportRows, *wanted: str) -> list[str]:
    """Return the messages of the findings with these codes."""
    return [finding.message for finding in rows.findings if finding.code in wanted]
