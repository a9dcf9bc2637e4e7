"""One report: the stages in order."""

from __future__ import annotations

from extract.extraction import extract
from nianbao.as_typed import as_read, as_typed
from nianbao.as_written import as_written
from normalize.resolve import resolve
from schemas.document import Document
from schemas.rows import ReportRows


def process(document: Document) -> ReportRows:
    """Return all rows of one document: what it says (extract), then what it means (normalize).

    Both stages see the text as a person reads it; the rows point into the text as it is typed, and name things in the
    characters of the report.
    """
    read = as_read(document)
    rows = as_written(resolve(read, extract(read)), read)
    return as_typed(rows, document)
