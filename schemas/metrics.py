"""The vocabulary of metrics: what a number in a library's report can mean, and the words that say so."""

from __future__ import annotations

from functools import cache
from typing import ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from schemas.measure_words import Family, measure_words
from schemas.overlay import from_vocabulary
from schemas.words import Entry, load, refuse_entry

Side = Literal["before", "after", "alone", "near"]


_SIDES: dict[str, Side] = {"<": "before", ">": "after", "=": "alone"}


class Term(BaseModel):
    """An official term that an indicator bore, with the first and last year of its use where they are known."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    term: str
    since: int | None = Field(default=None, alias="from", ge=1949, le=2100)
    until: int | None = Field(default=None, alias="to", ge=1949, le=2100)

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"term {self.term!r} ends ({self.until}) before it begins ({self.since})")
        return self


class Metric(Entry):
    """One indicator: unit, group, ISO 2789 term, flow or stock, unit families, and the ways in which texts say it.

    `clause` is the clause of ISO 2789:2022 on collecting it (chapter 7) or on its term (chapter 3), None where it is
    not known for sure.
    A way (`cues`) is a list of groups; each group must be met by one of its words: "<" before the number, ">" after
    it, "=" as the only word before it in its clause.
    `whole` is the code of the indicator that this one is a part of, `attended` that of those who came to it; `terms`
    are the names that it bore in the years of other forms; `in_event` are the aggregations with which it is the
    library's even when told inside one happening.
    `added` is the code of what is added to a stock («持证读者8600人，当年新增320人»); `side` are the words that alone,
    beside a number of its whole, say that it is this part («举办活动86场，其中线上30场»).
    `meanings` are words that narrow or widen it, one list a meaning: a series whose word changes does not compare.
    `refused` words near the number forbid the metric; `units` narrows the families to these canonical units.
    """

    closed: ClassVar[frozenset[str]] = frozenset({"units"})

    unit: str
    group: Literal[
        "collection",
        "acquisition",
        "facility",
        "network",
        "access",
        "use",
        "activity",
        "staff",
        "finance",
        "reach",
        "population",
    ]
    iso2789: str
    clause: str | None = Field(default=None, pattern=r"^[37](\.\d{1,2}){1,3}$")
    flow: bool
    families: tuple[Family, ...]
    cues: tuple[tuple[tuple[str, ...], ...], ...]
    refused: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    blank: bool = False
    in_event: tuple[str, ...] = ()
    whole: str | None = None
    attended: str | None = None
    added: str | None = None
    side: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    meanings: tuple[tuple[str, ...], ...] = ()

    @field_validator("cues")
    @classmethod
    def _no_empty_word(cls, value: tuple[tuple[tuple[str, ...], ...], ...]) -> tuple[tuple[tuple[str, ...], ...], ...]:
        if not all(way and all(group and all(word.strip("<>= ") for word in group) for group in way) for way in value):
            raise ValueError("a cue is empty")
        return value


@from_vocabulary
@cache
def metrics() -> dict[str, Metric]:
    """Return the metrics by code, in file order."""
    return read_metrics()


def read_metrics(text: str | None = None) -> dict[str, Metric]:
    """Return the metrics of a text, or those known; raises VocabularyError where a code or a unit names nothing."""
    known = load("metrics.yaml", Metric, text)
    for metric in known.values():
        if metric.whole is not None and (metric.whole not in known or known[metric.whole].whole):
            problem = f"it is a part of {metric.whole!r}, which is no whole; name a metric that is no part itself"
            refuse_entry("metrics.yaml", metric.code, problem, text, "whole")
        if metric.attended is not None and metric.attended not in known:
            problem = f"those who came to it are {metric.attended!r}, which is no metric; name one"
            refuse_entry("metrics.yaml", metric.code, problem, text, "attended")
        if metric.added is not None and (metric.flow or metric.added not in known or not known[metric.added].flow):
            problem = f"what is added to it is {metric.added!r}; name the flow that is added to a stock"
            refuse_entry("metrics.yaml", metric.code, problem, text, "added")
        if metric.side and metric.whole is None:
            problem = f"{metric.side[0]!r} says which side of a whole it is; name its whole, or no side"
            refuse_entry("metrics.yaml", metric.code, problem, text, "side")
        if strange := [unit for unit in (metric.unit, *metric.units) if unit not in measure_words()]:
            problem = f"{strange[0]!r} is no unit of measure_words.yaml; name one of those, or add it there"
            refuse_entry("metrics.yaml", metric.code, problem, text, "unit")
    return known


@cache
def split_cue(cue: str) -> tuple[Side, str]:
    """Return on which side of the number a cue must stand, and its word.

    >>> split_cue("<藏书"), split_cue("期刊")
    (('before', '藏书'), ('near', '期刊'))
    """
    side = _SIDES.get(cue[0])
    return (side, cue[1:]) if side else ("near", cue)
