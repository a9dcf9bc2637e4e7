"""WordprocessingML elements: names, values, and children with the wrappers taken off."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from extract.limits import MAX_LEVEL

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

ALTERNATIVES = f"{_COMPATIBILITY}AlternateContent"
_BOX = f"{_W}txbxContent"

# Elements that stand around others without being anything that a reader sees.
WRAPPERS = frozenset(
    _W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "dir", "bdo")
)


def name(local: str) -> str:
    """Return the qualified name of a WordprocessingML element or attribute."""
    return _W + local


_VAL = name("val")


def children(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the children in order, those of wrappers (content controls, hyperlinks, insertions) in their place."""
    for child in element:
        if child.tag in WRAPPERS:
            yield from children(child)
        elif child.tag == ALTERNATIVES:
            yield from children(chosen(child))
        else:
            yield child


def chosen(alternatives: etree._Element) -> etree._Element:
    """Return the one branch of mc:AlternateContent that is read, for all of them show the same.

    A choice with a text box comes first (its text is whole there), then the fallback, then any choice.
    """
    branches = [branch for branch in alternatives if isinstance(branch.tag, str)]
    with_box = (branch for branch in branches if next(branch.iter(_BOX), None) is not None)
    fallback = (branch for branch in reversed(branches) if branch.tag == f"{_COMPATIBILITY}Fallback" and len(branch))
    ordered = [*with_box, *fallback, *branches, alternatives]
    return ordered[0]


def value(element: etree._Element, path: str) -> str | None:
    """Return w:val of the element at `path` («pPr/outlineLvl»): "" where it has none, None where it is not there."""
    found = element.find("/".join(_W + step for step in path.split("/")))
    return None if found is None else found.get(_VAL, "")


def val(element: etree._Element) -> str:
    """Return the w:val of an element, "" where it has none."""
    return element.get(_VAL, "")


def is_on(element: etree._Element) -> bool:
    """Return whether an element that switches something (w:vanish) switches it on, as it does without a value."""
    return element.get(_VAL, "true") not in {"0", "false", "off", "none"}


def whole(text: str | None, default: int) -> int:
    """Return a whole number from 0 to 999 written in an attribute, or the default where it is none.

    >>> whole("3", 1), whole("-1", 1), whole(None, 1)
    (3, 1, 1)
    """
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 3 else default


def list_level(text: str | None) -> int:
    """Return the level of a list (0 = top) that an attribute states; all that no list has are one level below the last.

    >>> list_level("2"), list_level("500"), list_level("-1")
    (2, 9, 0)
    """
    return min(whole(text, 0), MAX_LEVEL + 1)
