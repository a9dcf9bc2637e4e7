"""The vocabulary of kinds of bodies: the endings of names by which a body is told."""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import Self

from pydantic import model_validator

from schemas.overlay import from_vocabulary
from schemas.words import Entry, load


class OrganizationKind(Entry):
    """A kind of body; its aliases are endings of names, those in `alone` are names by themselves.

    `local` kinds are those that one township has many of, each with a name of its own. `alike` are groups of endings
    that are one word, written long or short; the first stands for the group.
    """

    local: bool = False
    alone: tuple[str, ...] = ()
    alike: tuple[tuple[str, ...], ...] = ()

    @model_validator(mode="after")
    def _alike_are_aliases(self) -> Self:
        words = list(chain.from_iterable(self.alike))
        for word in words:
            if word not in self.aliases:
                raise ValueError(f"{word!r} of alike is none of the aliases; add it there")
            if words.count(word) > 1:
                raise ValueError(f"{word!r} stands twice in alike; keep one")
        return self


@from_vocabulary
@cache
def organization_kinds() -> dict[str, OrganizationKind]:
    """Return the kinds of bodies by code, in file order."""
    return load("organization_kinds.yaml", OrganizationKind)


@from_vocabulary
@cache
def kinds_by_ending() -> dict[str, str]:
    """Return the code of the kind by every ending of a name."""
    return {alias: entry.code for entry in organization_kinds().values() for alias in entry.aliases}


@from_vocabulary
@cache
def same_endings() -> dict[str, str]:
    """Return for every ending that belongs to a group of like ones the word that stands for the group."""
    groups = (group for entry in organization_kinds().values() for group in entry.alike)
    return {word: group[0] for group in groups for word in group}
