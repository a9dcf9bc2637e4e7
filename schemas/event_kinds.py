"""The vocabulary of kinds of happenings, and reading a kind off a text."""

from __future__ import annotations

from functools import cache

import regex

from schemas.overlay import from_vocabulary
from schemas.words import Entry, alternation, load


@from_vocabulary
@cache
def event_kinds() -> dict[str, Entry]:
    """Return the event kinds by code, in the order in which they are asked."""
    return load("event_kinds.yaml", Entry)


@from_vocabulary
@cache
def _patterns() -> tuple[tuple[str, regex.Pattern[str], frozenset[str]], ...]:
    asked = [kind for kind in event_kinds().values() if kind.aliases]
    return tuple(
        (kind.code, regex.compile(alternation([*kind.aliases, *kind.look_alikes])), frozenset(kind.look_alikes))
        for kind in asked
    )


def kind_of_event(*texts: str) -> str:
    """Return the kind that the first of the texts names that names any, in the vocabulary's order; else other.

    >>> kind_of_event("“书香”征文大赛阅读推广活动"), kind_of_event("清理档案")
    ('contest', 'other')
    """
    for text in texts:
        for code, pattern, decoys in _patterns():
            if any(found[0] not in decoys for found in pattern.finditer(text)):
                return code
    return "other"
