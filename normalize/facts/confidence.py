"""Confidence: how often a reader would agree with a fact, judged by what is doubtful about the way it was read.

A fact with nothing against it is right 98 times of 100 (value, unit, metric, status and scope all as a careful reader
has them). Every doubt below is a way of being read that goes wrong more often; its share says how many of the rows that
bear it stay right. The shares multiply. They were set by hand on reports with known answers, not fitted, and
tests/test_confidence.py holds that rows of 0.9 and more are right more often than the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Protocol

from msgspec import Struct

from normalize.facts.context import Context
from normalize.facts.metric_choice import Candidate

SURE = Decimal("0.90")  # from here on a row may be taken without a second look
_BEST = Decimal("0.98")
_LEAST = Decimal("0.05")
_CLEAR_LEAD = 0.5  # candidates closer than this to the winner are rivals
_LONG_CUE = 3  # characters; «图书外借» says more than «外借»
_ROUND = Decimal("0.01")
_WIDE_FAMILIES = frozenset({"generic", "place", "time", "group", "machine"})  # 个, 处, 次 count nearly everything
_NARROW_FAMILIES = frozenset({"duration", "document", "words", "container", "data", "households", "area"})


class Uncertainty(Struct, frozen=True):
    """One thing that is doubtful about a fact: its name, the share of such facts that are right, and why."""

    name: str
    share: Decimal
    why: str


def _uncertainty(name: str, share: str, why: str) -> Uncertainty:
    return Uncertainty(name, Decimal(share), why)


_NO_UNIT = _uncertainty("no_unit", "0.85", "no measure word is written")
_BARE_HAN = _uncertainty("chinese_numeral", "0.94", "a numeral in Chinese signs may be part of a phrase")
_SPREAD = _uncertainty("range", "0.90", "two numbers that stand for a range")
_PLAN = _uncertainty("planned", "0.92", "what is planned is told in few words")
_CHANGE = _uncertainty("change", "0.90", "a change, whose metric often stands far off")
_EACH = _uncertainty("not_a_total", "0.88", "a mean, a peak or so many each time")
_PART = _uncertainty("part", "0.96", "a part of a whole (其中)")
_RIVAL = _uncertainty("rival", "0.88", "another metric fits nearly as well")
_SHORT_CUE = _uncertainty("short_cue", "0.97", "one short word alone says the metric")
_WIDE_UNIT = _uncertainty("wide_unit", "0.97", "the measure word counts things of any kind")
_INHERITED = _uncertainty("inherited", "0.94", "the metric is that of another number")
_SET_ASIDE = _uncertainty("set_aside", "0.97", "words of a metric stand near, and the scope forbids it")
_UNNAMED = _uncertainty("unnamed", "0.84", "the library's number, and no word near it names a metric")
_OTHER = _uncertainty("other_scope", "0.94", "about another body or a thing described")


class Said(Protocol):
    """What is said of a number: a fact, or the decisions that one is made of."""

    @property
    def metric(self) -> str | None:
        """The code of the metric."""

    @property
    def measure(self) -> str:
        """level, increase, decrease, rate or share."""

    @property
    def aggregation(self) -> str:
        """total, daily_mean, peak or per_event."""

    @property
    def status(self) -> str:
        """actual or planned."""

    @property
    def scope(self) -> str:
        """institution, event, branch or other."""


def confidence_of(said: Said, context: Context, fits: tuple[Candidate, ...]) -> Decimal:
    """Return how sure a fact is, 0.05 to 0.98 with two digits: the shares of its doubts, multiplied."""
    sure = _BEST
    for doubt in uncertainties(said, context, fits):
        sure *= doubt.share
    return max(_LEAST, sure).quantize(_ROUND)


def uncertainties(said: Said, context: Context, fits: tuple[Candidate, ...]) -> tuple[Uncertainty, ...]:
    """Return what is doubtful about a fact by the way it was read."""
    named = _of_metric(said.metric, context, fits) if said.metric else _of_none(said, context, fits)
    return (*_of_form(said, context), *named)


def _of_form(said: Said, context: Context) -> Iterator[Uncertainty]:
    if context.quantity.unit is None:
        yield _NO_UNIT
    if context.mention.rule == "quantity_han":
        yield _BARE_HAN
    if context.quantity.upper is not None:
        yield _SPREAD
    if said.status == "planned":
        yield _PLAN
    if said.measure in {"increase", "decrease", "rate"}:
        yield _CHANGE
    if said.aggregation in {"daily_mean", "per_event"}:
        yield _EACH
    if "其中" in context.clause:
        yield _PART


def _of_metric(metric: str, context: Context, fits: tuple[Candidate, ...]) -> Iterator[Uncertainty]:
    won = next((fit for fit in fits if fit.metric.code == metric), None)
    if won is None:
        yield _INHERITED
        return
    rivals = (fit for fit in fits if fit is not won)
    if any(won.score - rival.score < _CLEAR_LEAD for rival in rivals):
        yield _RIVAL
    if len(won.cues) == 1 and len(won.cues[0]) < _LONG_CUE:
        yield _SHORT_CUE
    if context.quantity.family in _WIDE_FAMILIES:
        yield _WIDE_UNIT


def _of_none(said: Said, context: Context, fits: tuple[Candidate, ...]) -> Iterator[Uncertainty]:
    if fits and said.measure != "share":
        yield _SET_ASIDE
    if said.scope == "other":
        yield _OTHER
    if fits or said.scope != "institution" or context.happening is not None or said.measure == "share":
        return
    if context.quantity.family not in _NARROW_FAMILIES:
        yield _UNNAMED
