"""Paragraph styles: which heading level a Word paragraph states, and whether it is the title."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import regex
from lxml import etree

from extract.word_xml import name, value, whole

_HEADING = regex.compile(
    r"(?:heading|标题|標題)[ \u3000]*([1-9])", regex.IGNORECASE
)  # «heading 1», «标题 2», «Heading3»
_TITLE = regex.compile(r"title|标题|標題", regex.IGNORECASE)
_BODY_TEXT = 9  # the outline level that says «not a heading»; 0 to 8 are the headings, 0 on top


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its name, the id of the style it is based on, its own outline level (0 = top, 9 = body text)."""

    name: str
    based_on: str | None = None
    outline: int | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """What a paragraph is by its style: a heading of a level (1 = top), the title, or neither."""

    level: int | None = None
    is_title: bool = False


Styles = Mapping[str, Style]


def read_styles(root: etree._Element) -> dict[str, Style]:
    """Return the styles of a styles part by their id; the default paragraph style also under ""."""
    styles = {}
    for element in root.iter(name("style")):
        identity = element.get(name("styleId"), "")
        style = Style(value(element, "name") or identity, value(element, "basedOn"), _outline(element))
        styles[identity] = style
        if element.get(name("default")) in {"1", "true", "on"} and element.get(name("type")) == "paragraph":
            styles[""] = style
    return styles


def role(paragraph: etree._Element, styles: Styles) -> Role:
    """Return what a paragraph is.

    1. The title, where its style or one that this is based on is named so before any is a heading.
       (The title style of Chinese Word has an outline level, but it names the document, not a section.)
    2. Else its own outline level.
    3. Else the outline level of the nearest style of that chain, or the level in the style's name.
    """
    outline = None
    for style in _chain(value(paragraph, "pPr/pStyle") or "", styles):
        if _TITLE.fullmatch(style.name.strip()):
            return Role(is_title=True)
        outline = _style_outline(style)
        if outline is not None:
            break
    own = _outline(paragraph)
    outline = outline if own is None else own
    return Role(None if outline is None or outline >= _BODY_TEXT else outline + 1)


def _chain(identity: str, styles: Styles) -> Iterator[Style]:
    seen: set[str] = set()  # a damaged file may base a style on itself
    following: str | None = identity
    while following is not None and following not in seen:
        seen.add(following)
        style = styles.get(following, Style(following))  # built-in styles may be used without being declared
        yield style
        following = style.based_on


def _style_outline(style: Style) -> int | None:
    if style.outline is not None:
        return style.outline
    heading = _HEADING.fullmatch(style.name.strip())
    return int(heading[1]) - 1 if heading else None


def _outline(element: etree._Element) -> int | None:
    stated = value(element, "pPr/outlineLvl")
    return None if stated is None else whole(stated, _BODY_TEXT)
