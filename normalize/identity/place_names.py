"""Region words read from the left of a name: «江苏省淮安市金湖县…» as a chain of places, each inside the one before."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from schemas.places import Place, gazetteer


class Chain(Struct, frozen=True):
    """Places read one inside the other; text[:end] are their names, `word` is the last one as written."""

    places: tuple[Place, ...]
    end: int
    word: str

    @property
    def place(self) -> Place:
        """The innermost place."""
        return self.places[-1]

    @property
    def is_full(self) -> bool:
        """Whether the innermost place is called by its full name («金湖县», not «金湖»)."""
        return self.place.name == self.word


@lru_cache(maxsize=4096)
def longest(text: str) -> tuple[Chain, ...]:
    """Return the readings of a text's first words that reach farthest, by code; empty where it names no place there.

    Full names win over short ones.

    >>> [chain.place.code for chain in longest("杭州市余杭区图书馆")][:1]
    ['330110']
    """
    read = list(_steps(text, 0, ()))
    end = max((chain.end for chain in read), default=0)
    farthest = [chain for chain in read if chain.end == end]
    full = [chain for chain in farthest if chain.is_full]
    return tuple(sorted(full or farthest, key=lambda chain: chain.place.code))


def _steps(text: str, start: int, outer: tuple[Place, ...]) -> Iterator[Chain]:
    names = gazetteer()
    if text[start : start + 2] not in names.heads:
        return
    for end in range(min(len(text), start + names.longest_name), start + 1, -1):
        for place in names.by_name.get(text[start:end], ()):
            if not outer or (outer[-1].contains(place) and place.level > outer[-1].level):
                chain = Chain((*outer, place), end, text[start:end])
                yield chain
                yield from _steps(text, end, chain.places)
