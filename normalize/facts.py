"""Facts: every quantity of prose with its meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import regex

from normalize.calendar import Period
from normalize.context import Context, read_contexts
from normalize.meaning import aggregation_of, branch_sentences, measure_of, scope_of, status_of
from normalize.metric_choice import Candidate, candidates
from normalize.periods import happening_period, period_of, year_period
from schemas.document import Document
from schemas.mentions import Extraction
from schemas.metrics import Metric, metrics
from schemas.rows import FactRow

_STANDING = {"collection", "facility"}  # groups of stocks that a happening does not make its own
_ITEM_EDGE = regex.compile(r"^[的、和与及,，\s]+|[的、和与及等,，\s]+$")
_LAST_NOUN = regex.compile(r"[^\W\d_]{1,12}$")
_SEASON = regex.compile(r"季度|半年|\d月")
_RECURS = regex.compile(r"每月|每年|每季|今年|本年|全年")
_VERBS = regex.compile(r"(?:共计?|约|达到?了?|为|有|是|了|就|已|近|累计|总计|合计|量)+$")


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact with the context it was read in and the metrics that were considered."""

    row: FactRow
    context: Context
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class _Report:
    """What all numbers of one report are read against."""

    document: Document
    found: Extraction
    year: int | None
    branches: Mapping[int, bool]
    periods: Mapping[int, Period | None]


def read_facts(document: Document, found: Extraction, year: int | None) -> tuple[Reading, ...]:
    """Return every quantity of prose as a fact, in document order; metric None where it is no indicator."""
    periods = {item.start: happening_period(item, found, year) for item in found.happenings}
    report = _Report(document, found, year, branch_sentences(found), periods)
    readings: list[Reading] = []
    for context in read_contexts(document, found):
        before = readings[-1] if readings and readings[-1].context.sentence is context.sentence else None
        readings.append(_read(report, context, before, len(readings) + 1))
    return tuple(readings)


def _read(report: _Report, context: Context, before: Reading | None, number: int) -> Reading:
    fits = candidates(context)
    aggregation = aggregation_of(context)
    scope = scope_of(context, report.found, report.branches)
    metric = _metric(context, fits, aggregation, scope, before)
    if metric is not None and not (scope == "branch" and metric.code == "capital_investment"):
        scope = "institution"
    status = status_of(context, report.found)
    period = _period(report, context, metric, scope, status)
    document, mention, quantity = report.document, context.mention, context.quantity
    row = FactRow(
        fact_id=f"{document.document_id}-f{number:04d}",
        document_id=document.document_id,
        section_id=f"{document.document_id}-s{context.section.index + 1:03d}" if context.section else None,
        metric=metric.code if metric else None,
        item=_item(context),
        value=quantity.value,
        lower=quantity.value if quantity.upper is not None else None,
        upper=quantity.upper,
        unit=quantity.unit,
        qualifier=quantity.qualifier,
        measure=measure_of(context, metric is not None and metric.flow),
        aggregation="total" if metric and metric.code.startswith("opening_") else aggregation,
        status=status,
        scope=scope,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        baseline_start=None,
        baseline_end=None,
        baseline_value=None,
        raw=document.text[mention.start : mention.end],
        sentence=" ".join(document.text[context.sentence.start : context.sentence.end].split()),
        char_start=mention.start,
        char_end=mention.end,
        part_of=None,
        same_as=None,
        origin="prose",
        rule=mention.rule,
        confidence=_confidence(context, fits, metric),
    )
    return Reading(row, context, fits)


def _metric(
    context: Context, fits: tuple[Candidate, ...], aggregation: str, scope: str, before: Reading | None
) -> Metric | None:
    """Return the best metric that the number's scope and its neighbours leave possible.

    1. A share has none; a rate has that of its own words, else that of the number before it in the sentence.
    2. A part of the number before («其中…») does not have the metric of the whole; a number a head has none.
    3. A number of one happening, branch or other thing is an indicator of the library only where the vocabulary says
       that the metric is one even then, or where it is a standing stock told in passing.
    """
    known = metrics().get(before.row.metric) if before and before.row.metric else None
    if context.quantity.family == "percent":
        if measure_of(context, has_own_flow=False) != "rate" or context.quantity.unit == "倍":
            return None
        return fits[0].metric if fits else known
    if not fits or "人均" in context.own:
        return None
    metric = fits[0].metric
    if before and known is metric and _is_part(context, aggregation) and not _is_part(before.context, "total"):
        return None
    if scope == "institution" or aggregation in metric.in_event:
        return metric
    if scope == "event" and context.happening is None:
        return metric  # its own words say what it is, louder than a contest named in passing
    standing = not metric.flow and metric.group in _STANDING and any(cue in context.own for cue in fits[0].cues)
    return metric if scope == "event" and standing else None


def _is_part(context: Context, aggregation: str) -> bool:
    """Whether a number is a part of one before it; a mean, a peak or a season of it is the indicator itself."""
    return "其中" in context.clause and aggregation == "total" and not _SEASON.search(context.own)


def _period(report: _Report, context: Context, metric: Metric | None, scope: str, status: str) -> Period | None:
    happening = context.happening
    if happening is None:
        return period_of(context, metric, status == "planned", report.found, report.year)
    if scope == "institution" and metric is not None and (not metric.flow or _RECURS.search(context.clause)):
        return year_period(report.year)
    return report.periods[happening.start]


def _item(context: Context) -> str | None:
    """Return the noun counted as written: after the number, else the words before it that the number completes."""
    noun = _ITEM_EDGE.sub("", context.noun.strip())
    if noun:
        return noun
    own = _VERBS.sub("", context.own.rstrip())
    last = _LAST_NOUN.search(own)
    return last[0] if last else None


def _confidence(context: Context, fits: tuple[Candidate, ...], metric: Metric | None) -> Decimal:
    """Return how sure the reading is: 0.5 for a bare number, more for a unit, a clear metric and no close rival."""
    score = Decimal("0.9") if context.quantity.unit else Decimal("0.6")
    if metric is None:
        return score - (Decimal("0.1") if fits else Decimal(0))
    rival = next((fit for fit in fits if fit.metric is not metric), None)
    lead = fits[0].score - rival.score if rival else 1.0
    return score if lead >= 0.5 else score - Decimal("0.15")
