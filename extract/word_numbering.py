"""Automatic numbering: the marker that Word puts before a numbered paragraph, as text."""

from __future__ import annotations

from collections.abc import Mapping

import regex
from lxml import etree
from msgspec import Struct, field

from extract.limits import MAX_LEVEL, MAX_TEMPLATE
from extract.word_counting import written
from extract.word_styles import Effect
from extract.word_xml import is_on, list_level, name, value, whole

_PLACEHOLDER = regex.compile(r"%([1-9])")
_NO_LIST = "0"  # the w:numId that takes a paragraph out of the list of its style
_SILENT = {"bullet", "none"}


class Level(Struct, frozen=True):
    """One level of a list: first number, way of writing, template («第%1章»), what follows, when it begins again.

    `restart`: None = after any higher level, 0 = never, n = only after the n-th level or a higher one.
    `legal`: all numbers of the template in Arabic digits. `style` is the paragraph style that the level belongs to.
    """

    start: int = 1
    way: str = "decimal"
    template: str = ""
    suffix: str = " "
    legal: bool = False
    restart: int | None = None
    style: str = ""

    def begins_again_after(self, level: int) -> bool:
        """Return whether a paragraph of a higher level (0 = top) makes this level begin again."""
        return self.restart is None or level < self.restart


class List(Struct, frozen=True):
    """A list (w:num): the definition that it counts with, its levels (0 = top), and where it counts anew."""

    definition: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int] = field(default_factory=dict)

    def start(self, level: int) -> int:
        """Return the first number of a level."""
        return self.starts.get(level, self.levels.get(level, Level()).start)


class Counters:
    """The lists of a document and how far each has counted. Lists of one definition go on with each other."""

    def __init__(self, lists: Mapping[str, List]) -> None:
        self._lists = lists
        self._values: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def marker(self, number: str | None, level: int | None, effect: Effect) -> str:
        """Count one paragraph and return its marker with what follows it, "" where it has none.

        `number` and `level` are its own list and level, None where only its style may name them.
        """
        identity = effect.number if number is None else number
        known = self._lists.get(identity or _NO_LIST)
        if known is None or identity is None or identity == _NO_LIST:
            return ""
        at = _level(known, level, effect if number is None or number == effect.number else Effect())
        self._count(identity, known, at)
        return _shown(known, at, self._values[known.definition])

    def _count(self, identity: str, known: List, level: int) -> None:
        values = self._values.setdefault(known.definition, {})
        anew = level in known.starts and (identity, level) not in self._begun
        self._begun.add((identity, level))
        values[level] = values[level] + 1 if level in values and not anew else known.start(level)
        for deeper in [deeper for deeper in values if deeper > level]:
            if known.levels.get(deeper, Level()).begins_again_after(level):
                del values[deeper]


def _level(known: List, own: int | None, effect: Effect) -> int:
    """Return the paragraph's own level, else the one that belongs to the nearest style or that this style names."""
    if own is not None:
        return own
    for style, stated in effect.lineage:
        linked = [number for number, level in known.levels.items() if level.style == style]
        if linked or stated is not None:
            return linked[0] if linked else stated or 0
    return 0


def _shown(known: List, at: int, values: Mapping[int, int]) -> str:
    level = known.levels.get(at)
    if level is None or level.way in _SILENT or not level.template:
        return ""

    def number(found: regex.Match[str]) -> str:
        which = int(found[1]) - 1
        way = known.levels.get(which, Level()).way
        count = values.get(which, known.start(which))
        return "" if way in _SILENT else written(count, "decimal" if level.legal else way)

    text = _PLACEHOLDER.sub(number, level.template).strip()
    return text + level.suffix if text else ""


def read_numbering(root: etree._Element | None) -> dict[str, List]:
    """Return the lists of a numbering part, which may be missing, by their w:numId."""
    if root is None:
        return {}
    definitions = {item.get(name("abstractNumId"), ""): item for item in root.iter(name("abstractNum"))}
    by_style = {value(item, "styleLink"): key for key, item in definitions.items()}
    levels: dict[str, dict[int, Level]] = {}  # by definition, for many lists may have one
    lists = {}
    for item in root.iter(name("num")):
        key = value(item, "abstractNumId") or ""
        if key in definitions:  # a definition may only point to that of a list style
            key = by_style.get(value(definitions[key], "numStyleLink") or "", key)
            if key not in levels:
                levels[key] = _levels(definitions[key])
            lists[item.get(name("numId"), "")] = _list(item, key, levels[key])
    return lists


def _list(item: etree._Element, key: str, stated: Mapping[int, Level]) -> List:
    levels, starts = dict(stated), {}
    for override in item.iter(name("lvlOverride")):
        levels |= _levels(override)
        start = value(override, "startOverride")
        if start is not None:
            starts[list_level(override.get(name("ilvl")))] = whole(start, 1)
    return List(key, levels, starts)


def _levels(parent: etree._Element) -> dict[int, Level]:
    levels = {list_level(item.get(name("ilvl"))): item for item in parent.iterchildren(name("lvl"))}
    return {at: _read_level(item) for at, item in levels.items() if at <= MAX_LEVEL}


def _read_level(item: etree._Element) -> Level:
    restart, template = value(item, "lvlRestart"), value(item, "lvlText") or ""
    legal, vanish = item.find(name("isLgl")), item.find(f"{name('rPr')}/{name('vanish')}")
    way = next(item.iter(name("numFmt")), None)  # it may stand in alternatives
    hidden = vanish is not None and is_on(vanish)
    return Level(
        start=whole(value(item, "start"), 0),
        way="none" if hidden else "decimal" if way is None else way.get(name("val"), "decimal"),
        template=template if len(template) <= MAX_TEMPLATE else "",
        suffix="" if value(item, "suff") == "nothing" else " ",  # a tab is a gap as wide as the page likes it
        legal=legal is not None and is_on(legal),
        restart=None if restart is None else whole(restart, 0),
        style=value(item, "pStyle") or "",
    )
