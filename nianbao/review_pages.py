"""Review pages of an output folder, made from what stands in it: its tables, and its texts read again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby
from pathlib import Path

from msgspec.structs import replace

from nianbao.batch import PathLike
from nianbao.correction_book import Book, read_book
from nianbao.reading_again import how_read
from nianbao.saved_decisions import decisions_on
from nianbao.stored import AGAIN, StoredOutput, UnreadableOutput, open_output
from publish.review.reports import SHOWN, Cells, StoredReport
from publish.review.writing import are_current, write_review
from schemas.vocabularies import read_overlay, using

_OF_A_DOCUMENT = tuple(name for name in SHOWN if name != "cells")
_ABOUT = "finding_facts"  # outputs of earlier versions have no such table


def review(out: PathLike, *, vocabulary: PathLike | None = None) -> int:
    """Write the pages of the folder `out`, which `extract` wrote, into out/review; return how many documents have one.

    Give the `vocabulary` that the reports were read with, if any: the texts are read again to say how each fact was
    read. Raises UnreadableOutput where `out` is no output or is broken, publish.review.place.ReviewError where the
    pages cannot be written, CorrectionError where OUT/corrections.csv is broken; OSError where the disk refuses.
    """
    output = open_output(Path(out))
    with using(read_overlay(vocabulary)):
        book, sources = read_book(output.folder), output.sources()
        explained = (_with_decisions(replace(one, how=how_read(one)), book, sources) for one in reports(output))
        return write_review(output.folder, explained, _rows(output, "indicators"))


def review_anew(out: PathLike, *, vocabulary: PathLike | None = None) -> int | None:
    """Do what `review` does where it is needed; None where the pages of the output as it is stand there already.

    With a `vocabulary` they are always written: nobody knows which words the pages that stand there were written with.
    """
    output = open_output(Path(out))
    return None if vocabulary is None and are_current(output.folder) else review(out, vocabulary=vocabulary)


def reports(output: StoredOutput) -> Iterator[StoredReport]:
    """Yield the documents of an output with their rows and texts, one in memory at a time.

    The tables hold their rows in the order of documents, so each is read once from top to bottom.
    """
    tables = {name: _Groups(_rows(output, name), "document_id") for name in _OF_A_DOCUMENT}
    cells = _Groups(_rows(output, "cells"), "table_id")
    about = _Groups(_rows(output, _ABOUT) if _ABOUT in output.tables else iter(()), "finding_id")
    for document in _rows(output, "documents"):
        document_id = document["document_id"]
        rows = {name: groups.take({document_id}) for name, groups in tables.items()}
        rows["cells"] = cells.take({table["table_id"] for table in rows["tables"]})
        rows[_ABOUT] = about.take({finding["finding_id"] for finding in rows["findings"]})
        text = output.text(document_id)
        if text is None and document["status"] != "failed":
            raise UnreadableOutput(f"{output.folder} lacks the text of {document['source']} ({document_id}); {AGAIN}")
        yield StoredReport(document, rows, text)


def _with_decisions(report: StoredReport, book: Book, sources: dict[str, str]) -> StoredReport:
    made = decisions_on(book, sources, report.document["document_id"], report.text or "")
    return replace(report, decisions=made)


def _rows(output: StoredOutput, name: str) -> Iterator[Cells]:
    table = output.table(name)
    return (dict(zip(table.columns, row, strict=True)) for row in table.rows())


class _Groups:
    """Rows in runs of one value in a column, taken in the order in which they stand."""

    def __init__(self, rows: Iterator[Cells], column: str) -> None:
        self._groups = groupby(rows, lambda row: row[column])
        self._next = next(self._groups, None)

    def take(self, values: Collection[str]) -> tuple[Cells, ...]:
        """Return the rows of the next runs as long as they have one of these values, none where the first has not."""
        rows: list[Cells] = []
        while self._next is not None and self._next[0] in values:
            rows.extend(self._next[1])
            self._next = next(self._groups, None)
        return tuple(rows)
