"""Statements of branches: whether the branches, rather than the library, are what a sentence tells of."""

from __future__ import annotations

from functools import cache

import regex

from schemas.metrics import metrics
from schemas.overlay import from_vocabulary
from schemas.rows import FactRow

_OF_BRANCHES = regex.compile(  # «全县12个分馆共…», «其中城西分馆…», not «分馆26个»
    r"""\s*(?:其中)?[^总为向往在给到对与和及由从建设有增开成立办，]{0,10}?(?:分馆|服务点|流通点)
        (?!(?:总?数|总量|[达共已有至为约])*[\d一二两三四五六七八九十])""",
    regex.VERBOSE,
)
_OF_LIBRARY = regex.compile(r"[我本全]馆|总馆|总分馆|图书馆")
_CLAUSE = regex.compile(r"[，。；：,;]")
_LONGEST_CLAUSE = 80  # characters before a number in which its clause begins


def told_of_branches(fact: FactRow) -> bool:
    """Return whether a statement is about what branches do («分馆共添置了…»), not the library as a whole.

    They are the subject of its clause, or of its sentence until the library is named again. It is an indicator of the
    library's system where nothing else is said; beside a statement of the library's own it is another thing. Of
    metrics that count branches or what is in them nothing is told so.
    """
    at = fact.sentence.find(fact.raw)
    before = fact.sentence[max(0, at - _LONGEST_CLAUSE) : max(0, at)]
    if "分馆" not in before and "点" not in before:
        return False
    if fact.metric is None or _counts_branches(fact.metric):
        return False
    clause, led = _CLAUSE.split(before)[-1], _led_by_branches(before)
    return _led_by_branches(clause) is not None or (led is not None and not _OF_LIBRARY.search(before, led.end()))


def _led_by_branches(words: str) -> regex.Match[str] | None:
    """Return the branches that a clause begins with, None where its beginning is too far away to be seen."""
    return _OF_BRANCHES.match(words) if len(words) < _LONGEST_CLAUSE else None


@from_vocabulary
@cache
def _counts_branches(metric: str) -> bool:
    """Return whether the words of a metric name branches themselves."""
    return any("分馆" in word for way in metrics()[metric].cues for group in way for word in group)
