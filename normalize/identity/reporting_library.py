"""The library that a report is about: all names of libraries weighed by where they stand and how often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import regex
from msgspec import Struct, field

from normalize.identity.library_names import LIBRARY, LibraryName, bare_name, branch_name, library_names
from normalize.identity.places import named_libraries

# What a name weighs by where it stands.
IN_TITLE, IN_FILE_NAME, AT_HEAD, IN_FIRST_WORDS, AT_FOOT = 12.0, 6.0, 5.0, 3.0, 6.0
LINE_START, IN_BODY, OF_OTHERS = 2.0, 1.0, 0.25
HEAD_LINES, FOOT_LINES, SHORT_LINE = 3, 4, 40
LEAST = 3.0  # less than three plain mentions do not make the reporting library
RIVAL = 0.8  # of the winner's weight
LEAST_PROVINCE = 6.0  # county reports mention their province's library now and then
_SIGNATURE = regex.compile(
    rf"[（(]?\p{{Han}}{{2,20}}{LIBRARY}\p{{Han}}{{2,10}}分馆[\d年月日.〇○零一二三四五六七八九十-]*[）)]?"
)


class _Group(Struct, frozen=True):
    """Spellings of one library («金湖图书馆», «江苏省金湖县图书馆») and their weights."""

    codes: frozenset[str]
    kind: str
    spellings: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    @property
    def weight(self) -> float:
        return sum(self.spellings.values())


class Reporting(Struct, frozen=True):
    """The reporting library's full name, or None, and another library that weighs nearly as much, or None."""

    library: str | None
    rival: str | None = None


def reporting_library(squeezed: str, title: str, stem: str) -> Reporting:
    """Return the reporting library's full name as written, and its rival; all three texts without spaces.

    1. Names that begin with a place count: in title, head, foot and file name more, after «与», «赴» and the like less.
    2. Spellings that can mean one place («金湖图书馆», «金湖县图书馆») are counted together.
    3. The heaviest wins, if it weighs enough, under its heaviest spelling.
    4. Else a proper name without a place («嘉道理图书馆») in the title, then in the file name.
    5. A rival is another library of at least four fifths of the winner's weight: the report may be either's.
    6. A branch that the title, else the file name, else a line at head or foot names after the winner reports itself.
    """
    lines = [line for line in squeezed.split("\n") if line and not line.isspace()]
    groups = _grouped([*_weighed_title(title, stem), *_weighed_text(squeezed, lines)])
    best = max(groups, key=lambda group: group.weight, default=None)
    if best and best.weight >= (LEAST_PROVINCE if _is_provincial(best) else LEAST):
        near = [group for group in groups if group is not best and group.weight >= best.weight * RIVAL]
        rival = max(near, key=lambda group: group.weight, default=None)
        branch = _branch(best, (title, stem, *_signatures(lines)))
        return Reporting(_usual(best) + branch, _usual(rival) if rival else None)
    return Reporting(bare_name(title) or bare_name(stem))


def _branch(group: _Group, texts: Sequence[str]) -> str:
    """Return the branch that the first text to name any names, if it is one of this library; else «»."""
    for text in texts:
        found = next(_names(text, _known_names(text)), None)
        if found is not None:
            return (branch_name(text[found.start :]) or "") if found.name in group.spellings else ""
        if LIBRARY not in text and (branch := branch_name(text)):
            return branch
    return ""


def _signatures(lines: Sequence[str]) -> list[str]:
    """Return the lines at head and foot that are no more than the full name of a branch, with or without a day."""
    return [line for line in (*lines[:HEAD_LINES], *lines[-FOOT_LINES:]) if _SIGNATURE.fullmatch(line)]


def _usual(group: _Group) -> str:
    return max(sorted(group.spellings), key=lambda name: group.spellings[name])


def _is_provincial(group: _Group) -> bool:
    return all(code.endswith("0000") for code in group.codes)


def _known_names(squeezed: str) -> dict[str, str]:
    return {name: code for name, code in named_libraries().items() if name in squeezed}


def _names(squeezed: str, known: Mapping[str, str]) -> Iterator[LibraryName]:
    if LIBRARY in squeezed:
        yield from library_names(squeezed)
    for name, code in known.items():
        at = squeezed.find(name)
        while at >= 0:
            yield LibraryName(at, name, frozenset([code]), "", True, False, False)
            at = squeezed.find(name, at + len(name))


def _weighed_title(title: str, stem: str) -> Iterator[tuple[LibraryName, float]]:
    for text, weight in ((title, IN_TITLE), (stem, IN_FILE_NAME)):
        yield from ((found, weight) for found in list(_names(text, _known_names(text)))[:1])


def _weighed_text(squeezed: str, lines: Sequence[str]) -> Iterator[tuple[LibraryName, float]]:
    foot, known = len(lines) - FOOT_LINES, _known_names(squeezed)
    for number, line in enumerate(lines):
        if LIBRARY not in line and not known:
            continue
        is_short, is_cell = len(line) <= SHORT_LINE, line.startswith("\t")
        for found in _names(line, known):
            place = _place(number < HEAD_LINES, is_short and number >= foot, is_short)
            yield found, _weight(found, 0.0 if is_cell else place)


def _place(at_head: bool, at_foot: bool, is_short: bool) -> float:
    if at_head:
        return AT_HEAD if is_short else IN_FIRST_WORDS
    return AT_FOOT if at_foot else 0.0


def _weight(found: LibraryName, place: float) -> float:
    if found.of_others or (found.is_named and place in (0.0, IN_FIRST_WORDS)):
        return OF_OTHERS
    return place or (LINE_START if found.start == 0 else IN_BODY)


def _grouped(weighed: Sequence[tuple[LibraryName, float]]) -> list[_Group]:
    groups: list[_Group] = []
    for found, weight in sorted(weighed, key=lambda pair: not pair[0].is_full):  # full names lay the groups
        same = [group for group in groups if group.kind == found.kind and group.codes & found.codes]
        group = max(same, key=lambda group: group.weight, default=None)
        if group is None:
            group = _Group(found.codes, found.kind)
            groups.append(group)
        group.spellings[found.name] += weight
    return groups
