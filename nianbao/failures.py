"""The rows of files that give none: those that could not be read, and those met before under another name."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath

from msgspec.structs import replace

from extract.unreadable import UnreadableFile
from nianbao.openers import Opener
from schemas.rows import DocumentRow, FindingRow, ReportRows

_MEDIA_TYPES = {
    ".txt": "text/plain",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def failed(opener: Opener, source: str, error: str) -> ReportRows:
    """Return the documents row of a file that could not be read, and the finding that says why.

    `error` is a sentence that begins with the source. document_id is made of the file's bytes, or of `source` where
    even these cannot be had.
    """
    media_type = _MEDIA_TYPES.get(PurePosixPath(opener.name).suffix.lower(), "application/octet-stream")
    row = DocumentRow(_document_id(opener, source), source, media_type, status="failed", error=error)
    return ReportRows(row, findings=(_finding(row, "error", "unreadable_file", error),))


def unexpected(source: str, error: Exception) -> str:
    """Return one sentence for an error that no rule foresees, with its type.

    >>> unexpected("2014.txt", KeyError("loans"))
    "2014.txt: reading it met KeyError ('loans'), a fault in nianbao; run with --debug to see where"
    """
    said = " ".join(str(error).split())
    what = f"{type(error).__name__} ({said})" if said else type(error).__name__
    return f"{source}: reading it met {what}, a fault in nianbao; run with --debug to see where"


def repeated(document: DocumentRow, first: DocumentRow) -> ReportRows:
    """Return the documents row of a file with the same bytes as `first`, whose other rows stand there."""
    row = replace(first, source=document.source, media_type=document.media_type, encoding=document.encoding)
    message = f"{row.source} has the same bytes as {first.source}; its rows are given once, for that file"
    return ReportRows(row, findings=(_finding(row, "info", "duplicate_document", message),))


def _document_id(opener: Opener, source: str) -> str:
    return (content_hash(opener) or hashlib.sha256(source.encode("utf-8")).hexdigest())[:12]


def content_hash(opener: Opener) -> str | None:
    """Return the SHA-256 of a file's bytes; None where they cannot be had."""
    try:
        return opener.digest()
    except (OSError, UnreadableFile):
        return None


def _finding(row: DocumentRow, severity: str, code: str, message: str) -> FindingRow:
    # two failed files may have one document_id (two empty files), so the source makes the number
    number = hashlib.sha256(row.source.encode("utf-8")).hexdigest()[:8]
    return FindingRow(f"{row.document_id}-file-{number}", row.document_id, severity, code, message)
