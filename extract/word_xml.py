"""WordprocessingML elements: names, values, and children with the wrappers taken off."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# Elements that stand around others without being anything that a reader sees.
_WRAPPERS = frozenset(
    _W + name
    for name in (
        "sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "dir", "bdo",
        "ruby", "rubyBase",
    )
)  # fmt: skip


def name(local: str) -> str:
    """Return the qualified name of a WordprocessingML element or attribute."""
    return _W + local


def children(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the children in order, those of wrappers (content controls, hyperlinks, insertions) in their place."""
    for child in element:
        if child.tag in _WRAPPERS:
            yield from children(child)
        else:
            yield child


def value(element: etree._Element, path: str) -> str | None:
    """Return w:val of the element at `path` («pPr/outlineLvl»): "" where it has none, None where it is not there."""
    found = element.find("/".join(_W + step for step in path.split("/")))
    return None if found is None else found.get(_W + "val", "")


def whole(text: str | None, default: int) -> int:
    """Return a whole number from 0 to 999 written in an attribute, or the default where it is none.

    >>> whole("3", 1), whole("-1", 1), whole(None, 1)
    (3, 1, 1)
    """
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 3 else default
