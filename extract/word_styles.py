"""Styles: what a paragraph is by its style (heading, title, line of a directory), its numbering, and what is hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import regex
from lxml import etree
from msgspec import Struct

from extract.limits import MAX_STYLE_DEPTH
from extract.word_xml import is_on, list_level, name, value, whole

# «heading 1», «标题 2», «Heading3», «heading 1,章»; «一级标题»
_HEADING = regex.compile(
    r"(?:heading|标题|標題)[ \u3000]*(?P<n>[1-9])(?:[,，].*)?|(?P<n>[1-9一二三四五六七八九])级标题", regex.IGNORECASE
)
_TITLE = regex.compile(r"title|标题|標題", regex.IGNORECASE)
_CONTENTS = regex.compile(r"(?:toc|目录|目錄|contents)[ \u3000]*(?:[1-9]|heading|标题)", regex.IGNORECASE)
_HAN = "一二三四五六七八九"
BODY_TEXT = 9  # the outline level that says «not a heading»; 0 to 8 are the headings, 0 on top
_DEEPEST = 8


class Style(Struct, frozen=True):
    """A style as declared: what it says itself, None where it says nothing.

    `outline`: 0 = top, 9 = body text; `number` and `level`: the list (w:numId) and level that it numbers paragraphs by.
    """

    name: str
    based_on: str | None = None
    outline: int | None = None
    number: str | None = None
    level: int | None = None
    hidden: bool | None = None


class Role(Struct, frozen=True):
    """What a paragraph is by its style: a heading of a level (1 = top), the title, or neither."""

    level: int | None = None
    is_title: bool = False


class Effect(Struct, frozen=True):
    """What a style and those that it is based on do to a paragraph.

    `number` is the list (w:numId) that it puts paragraphs into; `lineage` are the styles from it up to the one that
    names the list, each with the level that it states.
    """

    role: Role = Role()
    is_contents: bool = False
    hidden: bool = False
    number: str | None = None
    lineage: tuple[tuple[str, int | None], ...] = ()

    def role_with(self, outline: int | None) -> Role:
        """Return what a paragraph of this style is, with its own outline level (0 = top) if it states one."""
        return self.role if outline is None or self.role.is_title else _role(outline, is_title=False)


class Styles:
    """The styles of a document; what each does is worked out once, where it is asked for."""

    def __init__(self, declared: Mapping[str, etree._Element]) -> None:
        self._declared = declared
        self._effects: dict[str, Effect] = {}

    def effect(self, identity: str) -> Effect:
        """Return what a style does; "" is the default paragraph style."""
        found = self._effects.get(identity)
        if found is None:
            found = self._effects[identity] = _effect([*_chain(identity, self._declared)])
        return found


def read_styles(root: etree._Element | None) -> Styles:
    """Return the styles of a styles part, which may be missing."""
    declared = {}
    for element in () if root is None else root.iter(name("style")):
        identity = element.get(name("styleId"), "")
        declared[identity] = element
        if element.get(name("default")) in {"1", "true", "on"} and element.get(name("type")) == "paragraph":
            declared[""] = element
    return Styles(declared)


def _style(element: etree._Element, identity: str) -> Style:
    level = value(element, "pPr/numPr/ilvl")
    outline = value(element, "pPr/outlineLvl")
    vanish = element.find(f"{name('rPr')}/{name('vanish')}")
    return Style(
        name=value(element, "name") or identity,
        based_on=value(element, "basedOn"),
        outline=None if outline is None else whole(outline, BODY_TEXT),
        number=value(element, "pPr/numPr/numId"),
        level=None if level is None else list_level(level),
        hidden=None if vanish is None else is_on(vanish),
    )


def _chain(identity: str, styles: Mapping[str, etree._Element]) -> Iterator[tuple[str, Style]]:
    seen: set[str] = set()  # a damaged file may base a style on itself
    following: str | None = identity
    while following is not None and following not in seen and len(seen) < MAX_STYLE_DEPTH:
        seen.add(following)
        declared = styles.get(following)  # built-in styles may be used without being declared
        style = Style(following) if declared is None else _style(declared, following)
        yield following, style
        following = style.based_on


def _effect(chain: list[tuple[str, Style]]) -> Effect:
    styles = [style for _, style in chain]
    with_list = next((at for at, style in enumerate(styles) if style.number is not None), None)
    return Effect(
        role=_role(*_outline(styles)),
        is_contents=_CONTENTS.fullmatch(styles[0].name.strip()) is not None,
        hidden=next((style.hidden for style in styles if style.hidden is not None), False),
        number=None if with_list is None else styles[with_list].number,
        lineage=() if with_list is None else tuple((key, style.level) for key, style in chain[: with_list + 1]),
    )


def _role(outline: int | None, is_title: bool) -> Role:
    return Role(None if outline is None or outline >= BODY_TEXT else outline + 1, is_title)


def _outline(styles: list[Style]) -> tuple[int | None, bool]:
    """Return outline level and whether it is the title: whichever the nearest style of the chain says.

    (The title style of Chinese Word has an outline level, but it names the document, not a section.)
    """
    for style in styles:
        if _TITLE.fullmatch(style.name.strip()):
            return None, True
        heading = _HEADING.fullmatch(style.name.strip())
        if style.outline is not None:
            return style.outline, False
        if heading:
            return min(_DEEPEST, (_HAN.find(heading["n"]) + 1 or int(heading["n"])) - 1), False
    return None, False
