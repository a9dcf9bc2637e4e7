"""What a Word paragraph says of itself: its style, list, outline level and mark."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from extract.word_styles import BODY_TEXT
from extract.word_xml import is_on, name, val, value, whole


@dataclass(frozen=True, slots=True)
class Properties:
    """The style's id ("" = default), own list and level, own outline level (0 = top); None where it says nothing.

    `mark_gone`: its end was deleted, so it goes on with the next one; `mark_hidden`: its end is hidden.
    """

    style: str = ""
    number: str | None = None
    level: int | None = None
    outline: int | None = None
    mark_gone: bool = False
    mark_hidden: bool = False


_PLAIN = Properties()
_PROPERTIES, _STYLE, _LIST = name("pPr"), name("pStyle"), name("numPr")
_OUTLINE, _MARK, _VANISH = name("outlineLvl"), name("rPr"), name("vanish")
_GONE = (name("del"), name("moveFrom"))


def properties(paragraph: etree._Element) -> Properties:
    """Return what a w:p element says of itself."""
    stated = paragraph.find(_PROPERTIES)
    if stated is None or not len(stated):
        return _PLAIN
    found = {item.tag: item for item in stated}
    style, numbering, outline, mark = (found.get(tag) for tag in (_STYLE, _LIST, _OUTLINE, _MARK))
    level = None if numbering is None else value(numbering, "ilvl")
    vanish = None if mark is None else mark.find(_VANISH)
    return Properties(
        style="" if style is None else val(style),
        number=None if numbering is None else value(numbering, "numId"),
        level=None if level is None else whole(level, 0),
        outline=None if outline is None else whole(val(outline), BODY_TEXT),
        mark_gone=mark is not None and any(mark.find(tag) is not None for tag in _GONE),
        mark_hidden=vanish is not None and is_on(vanish),
    )
