"""A report as one text with one coordinate system, and the blocks that it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct


class CellPlace(Struct, frozen=True):
    """Where a cell stands: 0-based table (in reading order), row and column, and how far it spans."""

    table: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


class Block(Struct, frozen=True):
    """A paragraph or a cell of the document: text[start:end], half-open, in code points.

    A paragraph is one line without its line end; a cell is the text after its leading tab.
    `number` is the 1-based paragraph number in the source (line number for text files), so that a person finds it.
    `level` is the heading level that the source itself states (Word heading styles and outline levels), 1 = top.
    `furniture` is true for what belongs to the page that the report stood on and not to the report: navigation, page
    numbers, counters of visits, share buttons.
    """

    start: int
    end: int
    number: int
    place: CellPlace | None = None
    level: int | None = None
    is_title: bool = False
    furniture: bool = False


class Reading(Struct, frozen=True):
    """The text as a person reads it, where that is not how it is typed, with the place of every character.

    In `text` the line ends inside paragraphs cut at a fixed width are gone, the tags of a web page too, and every table
    stands as one cell a line. `blocks` are the parts of this text. Character i of it was typed at the half-open span
    from starts[i] to ends[i] of the document's text; one that the reader put in has an empty span, or that of the sign
    in whose place it stands.
    """

    text: str
    blocks: tuple[Block, ...]
    starts: Sequence[int]
    ends: Sequence[int]


class Doubt(Struct, frozen=True):
    """Something doubtful that was met on the way: a finding that has no number yet.

    `code` is one of vocabulary/findings.yaml; `message` is one sentence with the figures; start and end are a
    half-open span of the text, or None where the doubt has no place in it.
    """

    code: str
    message: str
    start: int | None = None
    end: int | None = None


class Document(Struct, frozen=True):
    """One file read: its text, where its parts are, and what was doubtful about reading it.

    `document_id` is the first 12 hexadecimal digits of the SHA-256 of the file's bytes; `source` is the path relative
    to the input root, with `/`; `status` is ok, or partial where some of the file could not be read; `margins` are the
    lines of headers and footers, each once, which are no part of the text; `reading` is None where the text is read as
    it is typed.
    """

    document_id: str
    source: str
    media_type: str
    encoding: str
    text: str
    blocks: tuple[Block, ...]
    status: Literal["ok", "partial"] = "ok"
    doubts: tuple[Doubt, ...] = ()
    margins: tuple[str, ...] = ()
    reading: Reading | None = None
