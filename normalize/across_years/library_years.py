"""One library over its years: what each year's reports state, as the checks across years take it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from normalize.checks.intervals import Interval, allowed
from normalize.checks.levels import is_whole_year
from schemas.panel_rows import IndicatorRow
from schemas.rows import FactRow, ReportRows


class Level(Struct, frozen=True):
    """An indicator of a library and year with the fact that states it."""

    row: IndicatorRow
    fact: FactRow

    @property
    def allowed(self) -> Interval:
        """The values that the statement allows."""
        return allowed(self.fact)


class LibraryYear(Struct, frozen=True):
    """The reports of one library on one year, and the indicators that they state without contradiction."""

    year: int
    reports: tuple[ReportRows, ...]
    levels: Mapping[str, Level]


def library_years(reports: Sequence[ReportRows], chosen: Sequence[IndicatorRow]) -> tuple[LibraryYear, ...]:
    """Return the years of one library in order; `chosen` are its rows of the panel.

    A file that gives a documents row only (the same bytes as another, or unreadable) is no report of a year. An
    indicator is left out where statements contradict each other, or where a flow is not that of the whole year.
    """
    by_year: defaultdict[int, list[ReportRows]] = defaultdict(list)
    for report in reports:
        if report.document.report_year is not None and report.text:
            by_year[report.document.report_year].append(report)
    facts = {fact.fact_id: fact for told in by_year.values() for report in told for fact in report.facts}
    rows: defaultdict[int, dict[str, Level]] = defaultdict(dict)
    for row in chosen:
        fact = facts.get(row.fact_id)
        if fact is not None and row.other_values is None and is_whole_year(fact):
            rows[row.report_year][row.metric] = Level(row, fact)
    return tuple(LibraryYear(year, tuple(by_year[year]), rows[year]) for year in sorted(by_year))


def consecutive(years: Sequence[LibraryYear]) -> Iterator[tuple[LibraryYear, LibraryYear]]:
    """Yield each year that follows another without a gap, after that other."""
    return ((before, after) for before, after in pairwise(years) if after.year == before.year + 1)
