"""OUT/review: a page a document, a page a library, and the index that leads to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from markupsafe import escape

from publish.review.document_page import page_data
from publish.review.embedding import policy
from publish.review.index_page import entry, index_data
from publish.review.library_page import Library, library, series
from publish.review.place import INDEX, page_kind, page_name, replaced, review_files
from publish.review.rendering import render_document, render_index, render_library
from publish.review.reports import Cells, StoredReport


def write_review(out: Path, reports: Iterable[StoredReport], indicators: Iterable[Cells]) -> int:
    """Write the pages of an output into out/review and return how many documents have one.

    `reports` are taken one by one, the rows of `indicators` library by library, so memory holds one of them and the
    digests that the index is made of. A document without text, and the second of two with the same bytes, has no page.
    The folder is replaced as a whole. Raises ReviewError where other files are in it, or an id is no name of a file.
    """
    with replaced(out) as folder:
        entries, pages = [], set[str]()
        for report in reports:
            entries.append(entry(report))
            document_id = report.document["document_id"]
            if report.text is not None and document_id not in pages:
                _write(folder, page_name(document_id), render_document(page_data(report)))
                pages.add(document_id)
        libraries = tuple(_libraries(folder, indicators, pages))
        _write(folder, INDEX, render_index(index_data(entries, pages, libraries)))
    return len(pages)


def are_current(out: Path) -> bool:
    """Return whether the pages of an output stand in out/review, with the scripts and styles of this version.

    A run that changes the output takes its pages away, so those that stand there are of its rows.
    """
    one_of_each = {page_kind(name): out / name for name in sorted(review_files(out))}
    ours = (escape(policy(kind)).encode() in page.read_bytes() for kind, page in one_of_each.items())
    return "index" in one_of_each and all(ours)


def _libraries(folder: Path, indicators: Iterable[Cells], pages: Collection[str]) -> Iterator[Library]:
    for library_id, group in groupby(indicators, lambda row: row["library_id"]):
        rows = tuple(group)
        digest = library(rows)
        _write(folder, page_name(library_id), render_library(digest, series(rows, pages)))
        yield digest


def _write(folder: Path, name: str, page: str) -> None:
    (folder / name).write_bytes(page.encode("utf-8"))
