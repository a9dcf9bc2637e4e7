"""The vocabulary of metrics: what a number in a library's report can mean, and the words that say so."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import field_validator

from schemas.measure_words import Family
from schemas.words import Entry, load

Side = Literal["before", "after", "alone", "near"]


_SIDES: dict[str, Side] = {"<": "before", ">": "after", "=": "alone"}


class Metric(Entry):
    """One indicator: unit, group, ISO 2789 term, flow or stock, unit families, and the ways in which texts say it.

    A way (`cues`) is a list of groups; each group must be met by one of its words: "<" before the number, ">" after
    it, "=" as the only word before it in its clause.
    `refused` words near the number forbid the metric; `units` narrows the families to these canonical units.
    """

    unit: str
    group: Literal[
        "collection", "acquisition", "facility", "network", "access", "use", "activity", "staff", "finance", "reach"
    ]
    iso2789: str
    flow: bool
    families: tuple[Family, ...]
    cues: tuple[tuple[tuple[str, ...], ...], ...]
    refused: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    blank: bool = False
    in_event: tuple[str, ...] = ()

    @field_validator("cues")
    @classmethod
    def _no_empty_word(cls, value: tuple[tuple[tuple[str, ...], ...], ...]) -> tuple[tuple[tuple[str, ...], ...], ...]:
        if not all(word.strip("<>=") for way in value for group in way for word in group):
            raise ValueError("a cue is empty")
        return value


@cache
def metrics() -> dict[str, Metric]:
    """Return the metrics by code, in file order."""
    return load("metrics.yaml", Metric)


@cache
def split_cue(cue: str) -> tuple[Side, str]:
    """Return on which side of the number a cue must stand, and its word.

    >>> split_cue("<藏书"), split_cue("期刊")
    (('before', '藏书'), ('near', '期刊'))
    """
    side = _SIDES.get(cue[0])
    return (side, cue[1:]) if side else ("near", cue)
