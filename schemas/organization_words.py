"""The vocabulary of words that decide whether two names may be one body: collective, generic, opposite, townships."""

from __future__ import annotations

from functools import cache

from schemas.overlay import from_vocabulary
from schemas.words import Entry, load


@from_vocabulary
@cache
def organization_words() -> dict[str, frozenset[str]]:
    """Return the words by the code of their group."""
    return {code: frozenset(entry.aliases) for code, entry in load("organization_words.yaml", Entry).items()}
