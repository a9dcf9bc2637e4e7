"""What a Word paragraph says of itself: its style, list, outline level and mark."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree
from msgspec import Struct

from extract.word_styles import BODY_TEXT
from extract.word_xml import is_on, list_level, name, val, value, whole


class Properties(Struct, frozen=True):
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
_DELETED, _MOVED = name("del"), name("moveFrom")
_OWN, _OF_MARKS = {_STYLE, _LIST, _OUTLINE}, {_DELETED, _MOVED, _VANISH}


def properties(paragraph: etree._Element) -> Properties:
    """Return what a w:p element says of itself."""
    first = next(iter(paragraph), None)
    if first is None or first.tag != _PROPERTIES:  # they come first, if there are any
        return _PLAIN
    found: dict[str, etree._Element] = {}
    for item in first:
        if item.tag == _MARK:
            found |= {of_mark.tag: of_mark for of_mark in item if of_mark.tag in _OF_MARKS}
        elif item.tag in _OWN:
            found[item.tag] = item
    return _stated(found) if found else _PLAIN


def _stated(found: Mapping[str, etree._Element]) -> Properties:
    style, numbering, outline = (found.get(tag) for tag in (_STYLE, _LIST, _OUTLINE))
    level = None if numbering is None else value(numbering, "ilvl")
    return Properties(
        style="" if style is None else val(style),
        number=None if numbering is None else value(numbering, "numId"),
        level=None if level is None else list_level(level),
        outline=None if outline is None else whole(val(outline), BODY_TEXT),
        mark_gone=_DELETED in found or _MOVED in found,
        mark_hidden=_VANISH in found and is_on(found[_VANISH]),
    )
