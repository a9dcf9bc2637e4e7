"""The cues of the metrics made ready to be found: one automaton of all words, and what each word says for whom."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain

import ahocorasick
from msgspec import Struct

from schemas.metrics import Metric, Side, metrics, split_cue
from schemas.overlay import from_vocabulary

_MASKED = [
    "总分馆",
    "图书馆学会",
    "图书馆协会",
    "采编部",
    "采编室",
    "采访部",
]  # words that hold a cue and do not mean it
_MASKED += [lending + room for lending in ("借阅", "外借") for room in "室处部机"]
_MASKS = frozenset(_MASKED)
_MASK = re.compile("|".join(_MASKED))


class Group(Struct, frozen=True):
    """Words of which one must be met: before the number, after it, or alone in its clause before it."""

    before: frozenset[str]
    after: frozenset[str]
    alone: frozenset[str]


class Way(Struct, frozen=True):
    """One way of saying a metric: groups met anywhere in the sentence, and a last one, `closing`, met near the number.

    refused_before and refused_after are the words that forbid the metric where they stand before the number or in the
    noun after it.
    """

    metric: Metric
    leading: tuple[Group, ...]
    closing: Group
    refused_before: frozenset[str]
    refused_after: frozenset[str]


class CueIndex(Struct, frozen=True):
    """The ways in file order, and for each word of a closing group, by where it stands, the ways that it closes."""

    ways: tuple[Way, ...]
    before: Mapping[str, Sequence[int]]
    after: Mapping[str, Sequence[int]]
    alone: Mapping[str, Sequence[int]]


@from_vocabulary
@cache
def cue_index(family: str | None) -> CueIndex:
    """Return the cues of the metrics that may be counted in units of a family (None: that may stand without a unit).

    A percentage may be the change of any metric, so its index holds them all.
    """
    ways = tuple(_way(metric, way) for metric in metrics().values() if _may_be(metric, family) for way in metric.cues)
    return CueIndex(
        ways,
        _by_word([way.closing.before for way in ways]),
        _by_word([way.closing.after for way in ways]),
        _by_word([way.closing.alone for way in ways]),
    )


def _by_word(groups: Sequence[frozenset[str]]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, group in enumerate(groups):
        for word in group:
            places.setdefault(word, []).append(place)
    return places


def _way(metric: Metric, way: Sequence[Sequence[str]]) -> Way:
    *leading, closing = map(_group, way)
    return Way(metric, tuple(leading), closing, _refused(metric, "after"), _refused(metric, "before"))


def _group(cues: Sequence[str]) -> Group:
    told = [split_cue(cue) for cue in cues]
    return Group(
        frozenset(word for side, word in told if side in {"before", "near"}),
        frozenset(word for side, word in told if side in {"after", "near"}),
        frozenset(word for side, word in told if side == "alone"),
    )


def _may_be(metric: Metric, family: str | None) -> bool:
    if family == "percent":
        return True
    return metric.blank if family is None else family in metric.families


def _refused(metric: Metric, elsewhere: Side) -> frozenset[str]:
    """Return the words that refuse a metric, without those that do so only on the other side of the number."""
    return frozenset(word for side, word in map(split_cue, metric.refused) if side != elsewhere)


@from_vocabulary
@cache
def _automaton() -> ahocorasick.Automaton:
    """Return the automaton of all words of all metrics (Aho and Corasick 1975): every occurrence in one pass."""
    automaton = ahocorasick.Automaton()
    for metric in metrics().values():
        for cue in chain(metric.refused, *chain.from_iterable(metric.cues)):
            word = split_cue(cue)[1]
            automaton.add_word(word, word)
    for word in _MASKED:
        automaton.add_word(word, word)
    automaton.make_automaton()
    return automaton


def words_before(text: str) -> dict[str, int]:
    """Return the words in the text before a number with their least distance from it, in characters."""
    last = len(text) - 1
    found = {word: last - end for end, word in _automaton().iter(text)}  # the last occurrence stays
    return found if _MASKS.isdisjoint(found) else words_before(_masked(text))


def words_after(text: str) -> dict[str, int]:
    """Return the words in the text after a number with their least distance from it, in characters."""
    hits = reversed(list(_automaton().iter(text)))
    found = {word: end - len(word) + 1 for end, word in hits}  # the first occurrence stays
    return found if _MASKS.isdisjoint(found) else words_after(_masked(text))


def _masked(text: str) -> str:
    return _MASK.sub(lambda found: "　" * len(found[0]), text)
