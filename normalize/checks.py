"""Checks: what does not fit together within one report, as doubts with the figures in their messages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from normalize.arithmetic import impossible_changes, parts_that_do_not_add_up
from normalize.reading import Reading
from normalize.statements import exclude, is_indicator
from schemas.document import Doubt
from schemas.mentions import Extraction, Section
from schemas.metrics import metrics

_YEAR_DAYS, _WEEK_DAYS, _WEEK_HOURS = 366, 7, 168
_LIMITS = {"days_open": _YEAR_DAYS, "opening_days_per_week": _WEEK_DAYS, "opening_hours_per_week": _WEEK_HOURS}


def check_report(found: Extraction, readings: Sequence[Reading], year: int | None) -> tuple[Doubt, ...]:
    """Return the doubts about a report's numbering, numerals and values, check by check."""
    return (
        *_numbering(found.sections),
        *_unexplained(found),
        *_without_unit(readings),
        *_conflicts(readings, year),
        *_implausible(readings),
        *parts_that_do_not_add_up(readings),
        *impossible_changes(readings),
    )


def _numbering(sections: Sequence[Section]) -> Iterator[Doubt]:
    """Yield a doubt for each heading whose number does not follow the one before it in its run."""
    last: dict[tuple[int | None, str], Section] = {}
    for section in sections:
        if not section.family:
            continue
        run = (section.parent, section.family)
        before = last.get(run)
        expected = before.ordinal + 1 if before else 1
        if section.ordinal > expected:
            told = f"after «{before.marker}»" if before else "at the beginning of its run"
            message = (
                f"Heading «{section.marker}{section.title}» stands {told}; {_missing(expected, section.ordinal - 1)}."
            )
            yield Doubt("numbering_gap", message, section.start, section.title_end)
        elif before is not None and section.ordinal <= before.ordinal and section.ordinal != 1:
            message = f"Heading «{section.marker}{section.title}» repeats a number: «{before.marker}» stands before it."
            yield Doubt("numbering_repeated", message, section.start, section.title_end)
        last[run] = section


def _missing(first: int, last: int) -> str:
    return f"number {first} is missing" if first == last else f"numbers {first} to {last} are missing"


def _unexplained(found: Extraction) -> Iterator[Doubt]:
    for numeral in found.numerals:
        if numeral.role == "unexplained":
            raw = found.folded[numeral.start : numeral.end]
            yield Doubt("unexplained_number", f"No rule says what «{raw}» does here.", numeral.start, numeral.end)


def _without_unit(readings: Sequence[Reading]) -> Iterator[Doubt]:
    for reading in readings:
        row = reading.row
        if row.unit is None:
            message = f"«{row.raw}» has no measure word that the vocabulary knows."
            yield Doubt("unknown_unit", message, row.char_start, row.char_end)


def _conflicts(readings: Sequence[Reading], year: int | None) -> Iterator[Doubt]:
    """Yield one doubt for each indicator that the report states with values that exclude each other.

    Values that agree when rounded («1.1万», 11342) do not; nor do those further apart than twofold, which are
    different things under one name rather than one thing told twice.
    """
    by_metric: dict[tuple[str, str | None], list[Reading]] = defaultdict(list)
    for reading in readings:
        if is_indicator(reading.row, year) and reading.row.metric:
            by_metric[reading.row.metric, reading.row.unit].append(reading)
    for (metric, _), told in by_metric.items():
        values = list(dict.fromkeys(reading.row.value for reading in told))
        other = next((value for value in values[1:] if exclude(values[0], value)), None)
        if other is not None:
            listed = ", ".join(f"{value.normalize():f}" for value in values)
            message = f"{metrics()[metric].label} ({metric}) is stated as {listed}."
            last = next(reading.row for reading in told if reading.row.value == other)
            yield Doubt("conflicting_values", message, last.char_start, last.char_end)


def _implausible(readings: Sequence[Reading]) -> Iterator[Doubt]:
    for reading in readings:
        row = reading.row
        limit = _LIMITS.get(row.metric or "")
        if limit is not None and row.value > limit:
            message = f"{row.metric} is stated as {row.value.normalize():f}; there are no more than {limit}."
            yield Doubt("implausible_value", message, row.char_start, row.char_end)
        if row.measure == "share" and row.unit == "%" and row.value > 100:
            yield Doubt("implausible_value", f"A share of {row.value:f}% is over 100%.", row.char_start, row.char_end)
