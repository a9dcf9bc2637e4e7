"""One report: the stages in order."""

from __future__ import annotations

from extract.extraction import extract
from normalize.resolve import resolve
from schemas.document import Document
from schemas.rows import ReportRows


def process(document: Document) -> ReportRows:
    """Return all rows of one document: what it says (extract), then what it means (normalize)."""
    return resolve(document, extract(document))
