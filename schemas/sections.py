"""The vocabulary of section kinds, and reading a kind off a heading."""

from __future__ import annotations

import re
from functools import cache

from schemas.overlay import from_vocabulary
from schemas.words import Entry, alternation, load


@from_vocabulary
@cache
def section_kinds() -> dict[str, Entry]:
    """Return the section kinds by code."""
    return load("section_kinds.yaml", Entry)


@from_vocabulary
@cache
def _alias_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    kinds = section_kinds().values()
    owner = {alias: kind.code for kind in kinds for alias in kind.aliases}
    decoys = {decoy: "" for kind in kinds for decoy in kind.look_alikes}
    return re.compile(alternation([*owner, *decoys])), owner | decoys


def kind_of_heading(title: str) -> str | None:
    """Return the code of the first section kind that a heading names, or None.

    >>> kind_of_heading("2014年工作总结和2015年工作要点"), kind_of_heading("加强沟通")
    ('summary', None)
    """
    pattern, owner = _alias_pattern()
    return next((owner[found[0]] for found in pattern.finditer(title) if owner[found[0]]), None)
