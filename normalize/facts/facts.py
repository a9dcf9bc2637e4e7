"""Facts: every quantity of prose with its meaning."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from normalize.facts.changes import reaches
from normalize.facts.comparisons import with_baselines
from normalize.facts.confidence import confidence_of
from normalize.facts.context import Context, read_contexts
from normalize.facts.indicator import metric_of
from normalize.facts.items import item_of
from normalize.facts.meaning import aggregation_of, is_from_now, measure_of, status_of
from normalize.facts.metric_choice import Candidate, candidates
from normalize.facts.parts import with_parts
from normalize.facts.periods import happening_period, period_of, year_period
from normalize.facts.plan_cues import cued_year, is_done
from normalize.facts.reading import Reading
from normalize.facts.respectively import with_own_nouns
from normalize.facts.scope import branch_sentences, scope_of
from normalize.values.calendar import Period
from schemas.document import Document
from schemas.mentions import Extraction
from schemas.metrics import Metric
from schemas.rows import FactRow

_CHANGED = re.compile(r"(?:增加|增长|净增|减少|下降|上升|提高)了?近?$")
_OF_STOCK = re.compile(r"[，（、和及]*(?:其中|含|[^，。；、\d]{2,8}$)")
_RECURS = re.compile(r"每月|每年|每季|今年|本年|全年")
_SERVED = re.compile(r"服务(?:常住)?(?:总)?人口|(?:[全本我][县市区州旗盟]|辖区)内?(?:现?有)?(?:常住)?人口")


class _Said(Struct, frozen=True):
    """What is said of a number beside its value and its days."""

    metric: str | None
    measure: str
    aggregation: str
    status: str
    scope: str


class _Report(Struct, frozen=True):
    """What all numbers of one report are read against."""

    document: Document
    found: Extraction
    year: int | None
    branches: Mapping[int, int]
    periods: Mapping[int, Period | None]


def read_facts(document: Document, found: Extraction, year: int | None) -> tuple[Reading, ...]:
    """Return every quantity of prose as a fact, in document order; metric None where it is no indicator."""
    contexts = with_own_nouns(read_contexts(found))
    told_in = {context.happening.start: context.happening for context in contexts if context.happening}
    periods = {start: happening_period(happening, found, year) for start, happening in told_in.items()}
    report = _Report(document, found, year, branch_sentences(found), periods)
    readings: list[Reading] = []
    told: list[Reading] = []  # of the sentence that is being read
    for context in contexts:
        if told and told[-1].context.sentence is not context.sentence:
            told = []
        told.append(_read(report, context, told, len(readings) + 1))
        readings.append(told[-1])
    return with_parts(with_baselines(readings, year))


def _read(report: _Report, context: Context, told: Sequence[Reading], number: int) -> Reading:
    fits = candidates(_as_asked(context))
    aggregation = aggregation_of(context)
    scope = scope_of(context, report.found, report.branches)
    metric = metric_of(context, fits, aggregation, scope, told)
    scope = _scope(metric, scope, context)
    status = _status(report, context, told)
    said = _Said(
        metric=metric.code if metric else None,
        measure=measure_of(context, metric is not None and metric.flow and not _is_changed(context, metric, fits)),
        aggregation="total" if metric and metric.code.startswith("opening_") else aggregation,
        status=status,
        scope=scope,
    )
    period = _as_of(context, metric, told) or _period(report, context, metric, scope, status)
    sentence = told[0].row.sentence if told else _one_line(report.document, context)
    return Reading(_row(report.document, context, fits, said, period, sentence, number), context, fits)


def _is_changed(context: Context, metric: Metric, fits: Sequence[Candidate]) -> bool:
    """Whether the words that name a metric are the subject of a verb of change («购书经费增加5万元»)."""
    changed = _CHANGED.search(context.own)
    cues = (cue for fit in fits if fit.metric is metric for cue in fit.cues)
    return changed is not None and any(cue in context.own[: changed.start()] for cue in cues)


def _status(report: _Report, context: Context, told: Sequence[Reading]) -> str:
    """Return planned or actual; all numbers of one happening in one section are told alike."""
    before = told[-1] if told and context.happening is not None else None
    if before and (before.context.happening, before.context.section) == (context.happening, context.section):
        return before.row.status
    return "planned" if _is_cued(report, context) else status_of(context, report.found)


def _is_cued(report: _Report, context: Context) -> bool:
    """Whether the head of a number's paragraph announces a plan («2015年打算：») and the number is not told as done."""
    if context.happening is not None or is_from_now(context.own) or is_done(context.carried + context.own):
        return False
    return cued_year(report.found.folded, context.mention.start, report.year) is not None


def _row(
    document: Document,
    context: Context,
    fits: tuple[Candidate, ...],
    said: _Said,
    period: Period | None,
    sentence: str,
    number: int,
) -> FactRow:
    mention, quantity = context.mention, context.quantity
    return FactRow(
        fact_id=f"{document.document_id}-f{number:04d}",
        document_id=document.document_id,
        section_id=f"{document.document_id}-s{context.section.index + 1:03d}" if context.section else None,
        metric=said.metric,
        item=item_of(context),
        value=quantity.value,
        lower=quantity.value if quantity.upper is not None else None,
        upper=quantity.upper,
        unit=quantity.unit,
        qualifier=quantity.qualifier,
        measure=said.measure,
        aggregation=said.aggregation,
        status=said.status,
        scope=said.scope,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        baseline_start=None,
        baseline_end=None,
        baseline_value=None,
        raw=document.text[mention.start : mention.end],
        sentence=sentence,
        char_start=mention.start,
        char_end=mention.end,
        part_of=None,
        same_as=None,
        origin="prose",
        rule=mention.rule,
        confidence=confidence_of(said, context, fits),
    )


def _one_line(document: Document, context: Context) -> str:
    return " ".join(document.text[context.sentence.start : context.sentence.end].split())


def _scope(metric: Metric | None, scope: str, context: Context) -> str:
    """Return the scope of a number with a metric: an indicator is the library's, whatever it is told of beside.

    People are the library's where it serves them or they are those of its county, not of a town («该镇常住人口»).
    """
    if metric is not None and metric.group == "population":
        return "institution" if _SERVED.search(context.own) else scope
    if metric is None or (scope, metric.code) == ("branch", "capital_investment"):
        return scope
    return "institution"


def _as_asked(context: Context) -> Context:
    """Return a context without the words after the number that say what it came to («由12万册增加到…»)."""
    return replace(context, noun="") if reaches(context.noun) else context


def _as_of(context: Context, metric: Metric | None, told: Sequence[Reading]) -> Period | None:
    """Return the day that the number before was counted on, where this one is a part of that stock, or None."""
    if not told or context.happening is not None or (metric is not None and metric.flow):
        return None
    before = told[-1]
    start, end = before.row.period_start, before.row.period_end
    alike = before.context.happening is None and before.context.quantity.family == context.quantity.family
    if start is None or end is None or start != end or not alike or not _OF_STOCK.match(context.own):
        return None
    return Period(start, end)


def _period(report: _Report, context: Context, metric: Metric | None, scope: str, status: str) -> Period | None:
    happening = context.happening
    if happening is None:
        return period_of(context, metric, status == "planned", report.found, report.year)
    if scope == "institution" and metric is not None and (not metric.flow or _RECURS.search(context.clause)):
        return year_period(report.year)
    return report.periods[happening.start]
