"""Headers and footers: text that stands in the margins of the pages, apart from the body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex
from lxml import etree

from extract.word_body import BodyReader
from extract.word_numbering import Counters
from extract.word_parts import Paragraph, Part
from extract.word_styles import Styles

_LETTER = regex.compile(r"\p{L}")
_PAGE_NUMBER = regex.compile(r"第?\s*\d*\s*页?[\s,，/共]*\d*\s*页?|page\s*\d*(?:\s*(?:of|/)\s*\d*)?", regex.IGNORECASE)


def read_margins(roots: Iterable[etree._Element], styles: Styles) -> tuple[str, ...]:
    """Return the lines of the header and footer parts, each once, in order, without page numbers and lines of signs."""
    lines: dict[str, None] = {}
    for root in roots:
        reader = BodyReader(styles, Counters({}), {}, whole_fields=False)
        lines |= dict.fromkeys(line for line in map(str.strip, _lines(reader.parts(root))) if _says_something(line))
    return tuple(lines)


def _says_something(line: str) -> bool:
    return _LETTER.search(line) is not None and _PAGE_NUMBER.fullmatch(line) is None


def _lines(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Paragraph):
            yield from part.lines
        else:
            yield from (line for row in part.rows for cell in row for line in _lines(cell.parts))
