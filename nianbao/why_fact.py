"""Why a number is the fact that it is: its parts, how they were read, the words looked at, and each decision."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.explanation import Reason
from nianbao.why_metric import metric_reason
from normalize.facts.changes import reaches
from normalize.facts.confidence import uncertainties
from normalize.facts.reading import Reading
from normalize.facts.scope import branch_sentences
from publish.csv_files import Value, cell
from schemas.mentions import Extraction, QuantityMention, Section
from schemas.rows import FactRow

_PARTS = {
    "before": "hedge before",
    "number": "numeral",
    "scale": "scale",
    "number_to": "upper numeral",
    "middle": "hedge inside",
    "measure_word": "measure word",
    "after": "hedge after",
}
_MEASURES = {
    "level": "no word of change stands before it, or its metric is a flow of its own",
    "increase": "a word of increase or of comparison stands before it",
    "decrease": "a word of decrease stands before it",
    "rate": "a percentage beside a word of change or comparison",
    "share": "a percentage with no word of change beside it",
}
_AGGREGATIONS = {
    "total": "no 日均, 最高, 每… or 人均 before it",
    "daily_mean": "a word for a daily mean in its clause",
    "peak": "a word for a peak before it",
    "per_event": "每…, 各, 平均 or 人均 before it",
}


def fact_reasons(row: FactRow, reading: Reading, found: Extraction, year: int | None) -> tuple[Reason, ...]:
    """Return the decisions that made a fact, in the order in which they are taken; `year` is the report's."""
    return (
        Reason("parts", said_parts(reading.context.mention), f"rule {row.rule}"),
        Reason("read as", said_value(row), _said_unit(reading)),
        *_words(reading),
        metric_reason(row, reading.context, reading.candidates),
        Reason("measure", row.measure, _MEASURES.get(row.measure, "")),
        Reason("aggregation", row.aggregation, _aggregation(row)),
        Reason("status", row.status, _status(row, reading, found)),
        Reason("scope", row.scope, _scope(row, reading, found)),
        Reason("period", _days(row.period_start, row.period_end), _period(row, reading, found, year)),
        *_links(row),
        Reason("confidence", cell(row.confidence), _confidence(row, reading)),
    )


def said_parts(mention: QuantityMention) -> str:
    """Return the parts of a mention as they are written, each with what it is."""
    parts = ((name, getattr(mention, field)) for field, name in _PARTS.items())
    return ", ".join(f"{name} «{text}»" for name, text in parts if text)


def said_value(row: FactRow) -> str:
    """Return the value, the upper bound of a range, the unit and the qualifier of a fact, as one phrase."""
    upper = f"–{cell(row.upper)}" if row.upper is not None else ""
    return " ".join(filter(None, (f"{cell(row.value)}{upper}", row.unit, row.qualifier)))


def _said_unit(reading: Reading) -> str:
    word = reading.context.quantity.word
    return f"{word.code} counts {word.family}" if word else "no unit is written"


def _words(reading: Reading) -> Iterator[Reason]:
    context = reading.context
    looked_at = {"words before": context.own, "noun after": context.noun, "carried along": context.carried}
    for name, text in looked_at.items():
        if text.strip():
            yield Reason(name, f"«{text.strip()}»")
    if reading.row.item:
        yield Reason("item", reading.row.item)


def _aggregation(row: FactRow) -> str:
    if row.metric and row.metric.startswith("opening_"):
        return "the metric is already a week's"
    return _AGGREGATIONS.get(row.aggregation, "")


def _status(row: FactRow, reading: Reading, found: Extraction) -> str:
    plan = next((section for section in _around(reading.context.section, found) if section.kind == "plan"), None)
    told = "the happening that it is told in" if reading.context.happening else "its sentence or paragraph"
    if row.status == "planned":
        return f"«{plan.title}» is a plan" if plan else f"a word of planning in {told}"
    return "told as done although its section is a plan" if plan else f"no word of planning in {told}"


def _around(section: Section | None, found: Extraction) -> Iterator[Section]:
    while section is not None:
        yield section
        section = found.sections[section.parent] if section.parent is not None else None


def _scope(row: FactRow, reading: Reading, found: Extraction) -> str:
    context = reading.context
    if row.scope == "institution":
        return "its metric is an indicator of the library" if row.metric else "no word says that it is about less"
    if context.happening is not None and row.scope == "event":
        return f"told in the happening of {_dated(context.happening.start, reading, found)}"
    if row.scope == "branch":
        speaks = context.sentence.start in branch_sentences(found)
        return "its sentence speaks of one branch" if speaks else "the words before it, or its happening, name a branch"
    return {"event": "words of a single activity stand near"}.get(
        row.scope, "words of another body or thing stand near"
    )


def _dated(start: int, reading: Reading, found: Extraction) -> str:
    happening = reading.context.happening
    first = happening.dates[0] if happening else None
    return f"«{found.folded[first.start : first.end]}»" if first else str(start)


def _period(row: FactRow, reading: Reading, found: Extraction, year: int | None) -> str:
    context = reading.context
    if row.period_start is None or row.period_end is None:
        return "the report's year is not known" if year is None else "counted from a day that is not told"
    whole_year = year is not None and _days(row.period_start, row.period_end) == f"{year}-01-01–{year}-12-31"
    if whole_year:
        return "the report's year"
    if context.happening is not None:
        return f"the days of the happening of {_dated(context.happening.start, reading, found)}"
    dates = [date for date in found.dates if context.sentence.start <= date.start < context.mention.start]
    if dates:
        return "by the dates before it: " + "、".join(f"«{found.folded[date.start : date.end]}»" for date in dates)
    if row.status != "planned" and reaches(context.noun):
        return "what it rose or fell from has no date: the year before the report's"
    return "the year that is planned" if row.status == "planned" else "a year named near it"


def _days(start: Value, end: Value) -> str:
    return "–".join(dict.fromkeys(filter(None, (cell(start), cell(end))))) or "not known"


def _links(row: FactRow) -> Iterator[Reason]:
    """Yield how the fact hangs together with others: the baseline of a change, the whole of a part, a repetition."""
    if row.baseline_start is not None or row.baseline_value is not None:
        days, value = _days(row.baseline_start, row.baseline_end), cell(row.baseline_value)
        yield Reason("baseline", " ".join(filter(None, (value, days))))
    if row.part_of:
        yield Reason("part of", row.part_of)
    if row.same_as:
        yield Reason("same as", row.same_as)


def _confidence(row: FactRow, reading: Reading) -> str:
    doubts = [f"{doubt.why} (× {doubt.share})" for doubt in uncertainties(row, reading.context, reading.candidates)]
    return "; ".join(doubts) or "nothing speaks against it"
