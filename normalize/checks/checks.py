"""Checks: what does not fit together within one report, as doubts with the figures in their messages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from normalize.checks.arithmetic import changes_beside_values, sums_of_parts, tables_against_text
from normalize.checks.choice import comparable
from normalize.checks.equations import daily_means, per_head
from normalize.checks.levels import levels
from normalize.checks.limits import beyond_limits, days_beyond_year, parts_beyond_wholes
from normalize.checks.outcomes import Outcome, plain
from normalize.checks.same_activity import told_differently
from normalize.checks.statement_units import unit_of
from normalize.checks.statements import agree, exclude, statements
from normalize.checks.table_sums import table_sums
from normalize.facts.reading import Reading
from normalize.tables.tables import Tables
from schemas.document import Doubt
from schemas.mentions import Extraction, Section
from schemas.metrics import metrics
from schemas.rows import EventRow, FactRow


def check_reading(found: Extraction, readings: Sequence[Reading]) -> tuple[Doubt, ...]:
    """Return the doubts about a report's numbering and numerals, check by check."""
    return *_numbering(found.sections), *_unexplained(found), *_without_unit(readings)


def check_figures(
    readings: Sequence[Reading], facts: Sequence[FactRow], tables: Tables, events: Sequence[EventRow], year: int | None
) -> tuple[Outcome, ...]:
    """Return the outcomes of all checks of one report's figures; `facts` are those of prose and tables, in order."""
    told = levels(facts, year)
    return (
        *_conflicts(readings, year),
        *sums_of_parts(readings),
        *changes_beside_values(readings),
        *tables_against_text(readings, tables.facts, year),
        *table_sums(tables.tables, tables.activities, told),
        *told_differently(tables.activities, events, facts),
        *per_head(facts, told, year),
        *daily_means(facts, told, year),
        *beyond_limits(facts),
        *parts_beyond_wholes(told),
        *days_beyond_year(told),
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


def _conflicts(readings: Sequence[Reading], year: int | None) -> Iterator[Outcome]:
    """Yield one outcome for each indicator that the report states with values that exclude each other.

    Values that agree when rounded («1.1万», 11342) or by their hedges («25万余», 258788) do not; nor do those further
    apart than twofold, of the branches beside the library's, or of eleven months beside the year's, which are different
    things under one name rather than one thing told twice.
    """
    by_metric: dict[tuple[str, str | None], list[FactRow]] = defaultdict(list)
    for row in statements([reading.row for reading in readings], year):
        by_metric[row.metric or "", unit_of(row)].append(row)
    for (metric, _), stated in by_metric.items():
        told = comparable(stated)
        values = {row.value: row for row in reversed(told)}
        other = next((row for row in told if exclude(told[0].value, row.value) and not agree(told[0], row)), None)
        if other is not None:
            listed = ", ".join(plain(row.value) for row in reversed(values.values()))
            message = f"{metrics()[metric].label} ({metric}) is stated as {listed}."
            rest = tuple(row for row in told if exclude(other.value, row.value))
            yield Outcome("conflicting_values", False, message, rest, (other,), other.char_start, other.char_end)
