"""Names in the characters in which the report writes them, where it was understood in simplified ones."""

from __future__ import annotations

from typing import Any, TypeVar

from msgspec.structs import replace

from extract.folding import fold
from schemas.document import Document
from schemas.rows import EventRow, FactRow, ReportRows
from schemas.traditional import simplified, traditional_sign

R = TypeVar("R", EventRow, FactRow)

_NAMES = {"events": ("title", "place", "host"), "facts": ("item",)}


def as_written(rows: ReportRows, document: Document) -> ReportRows:
    """Return the rows with the library, the items and the names of events in the characters of the document's text.

    A name that does not stand in the text as it was read (blanks taken out, words joined) is left as it is.
    """
    text = document.text
    if traditional_sign().search(text) is None:
        return rows
    folded = fold(text)
    library = _written(rows.document.library, text, folded, 0, len(text))
    changed: dict[str, Any] = {
        name: tuple(_restored(row, fields, text, folded) for row in getattr(rows, name))
        for name, fields in _NAMES.items()
    }
    return replace(rows, document=replace(rows.document, library=library), **changed)


def _restored(row: R, fields: tuple[str, ...], text: str, folded: str) -> R:
    # a name stands in the sentence that tells of it, mostly a little before the number
    first, last = max(0, row.char_start - 200), row.char_end + 200
    names: dict[str, Any] = {field: _written(getattr(row, field), text, folded, first, last) for field in fields}
    return replace(row, **names)


def _written(name: str | None, text: str, folded: str, start: int, end: int) -> str | None:
    at = folded.find(name, start, end) if name else -1
    if name is None or at < 0:
        return name
    known = simplified()
    return "".join(
        typed if ord(typed) in known else read for typed, read in zip(text[at : at + len(name)], name, strict=True)
    )
