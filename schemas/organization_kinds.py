"""The vocabulary of kinds of bodies: the endings of names by which a body is told."""

from __future__ import annotations

from functools import cache

from schemas.overlay import from_vocabulary
from schemas.words import Entry, load


class OrganizationKind(Entry):
    """A kind of body; its aliases are endings of names, and those in `alone` are names by themselves."""

    alone: tuple[str, ...] = ()


@from_vocabulary
@cache
def organization_kinds() -> dict[str, OrganizationKind]:
    """Return the kinds of bodies by code, in file order."""
    return load("organization_kinds.yaml", OrganizationKind)
