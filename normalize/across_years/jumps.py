"""Jumps: changes from one year to the next far beyond those of the other libraries in the panel."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from math import exp, log
from statistics import median

from msgspec import Struct

from normalize.across_years.library_years import LibraryYear
from normalize.checks.outcomes import Outcome, outcome, plain
from schemas.metrics import metrics
from schemas.panel_rows import IndicatorRow

Ratios = Mapping[tuple[str, int], Sequence[float]]

_ENOUGH = 30  # ratios of a metric before their spread is trusted
_TO_DEVIATION = 1.4826  # the median absolute deviation of a normal distribution, times this, is its standard deviation
_DEVIATIONS = 6
_FLOW_FACTOR, _STOCK_FACTOR = 3.0, 2.0  # smaller jumps are never raised, however alike the other libraries are
_FLOW_ALONE, _STOCK_ALONE = 10.0, 4.0  # the fixed factors where the panel is too small
_CLOSED_YEARS = frozenset({2020, 2021, 2022})  # libraries closed for months: flows fell and rose again
_CLOSED_FACTOR = 5.0
_SMALL = 50  # counts below this jump by nature
_LUMPY = frozenset(  # come in one year and not in the next
    {"capital_investment", "donations_received", "awards", "media_reports", "digital_visits", "online_viewers"}
)


class Bounds(Struct, frozen=True):
    """The least and the greatest log ratio of a value to that of the year before; `basis` says whence they come."""

    low: float
    high: float
    basis: str


class JumpBounds(Struct, frozen=True):
    """Bounds by metric and later year, and by metric where a year has too few ratios."""

    of_year: Mapping[tuple[str, int], Bounds]
    of_metric: Mapping[str, Bounds]


def log_ratios(chosen: Sequence[IndicatorRow]) -> Ratios:
    """Return the log ratios of successive years of one library, by metric and later year: its part of the digest.

    `chosen` are its rows of the panel, series by series in year order or not.
    """
    series: defaultdict[tuple[str, str], list[IndicatorRow]] = defaultdict(list)
    for row in chosen:
        series[row.library_id, row.metric].append(row)
    found: defaultdict[tuple[str, int], list[float]] = defaultdict(list)
    for rows in series.values():
        for before, after in pairwise(sorted(rows, key=lambda row: row.report_year)):
            if _compare(before, after):
                found[after.metric, after.report_year].append(log(after.value / before.value))
    return found


def jump_bounds(digests: Iterable[Ratios]) -> JumpBounds:
    """Return the bounds of the panel from the digests of its libraries.

    1. Median ± 6 robust deviations (1.4826 times the median absolute deviation) of a metric's ratios into one year, if
       there are 30; so what befell all libraries in that year is no jump. But never closer to the median than a factor
       of 3 (flows) or 2 (stocks).
    2. With fewer in each year, the same over all years.
    3. With fewer than 30 in all, bounds_of() takes fixed factors: 10 for flows, 4 for stocks.
    """
    years: defaultdict[tuple[str, int], array[float]] = defaultdict(_no_ratios)  # a quarter of what lists take
    for digest in digests:
        for key, ratios in digest.items():
            years[key].extend(ratios)
    of_metric: defaultdict[str, list[array[float]]] = defaultdict(list)
    for (metric, _), told in years.items():
        of_metric[metric].append(told)
    all_years = ((metric, list(chain.from_iterable(some))) for metric, some in of_metric.items())
    return JumpBounds(
        {key: _robust(key[0], told, f"into {key[1]}") for key, told in years.items() if len(told) >= _ENOUGH},
        {metric: _robust(metric, told, "of all years") for metric, told in all_years if len(told) >= _ENOUGH},
    )


def _no_ratios() -> array[float]:
    return array("d")


def bounds_of(bounds: JumpBounds, metric: str, year: int) -> Bounds:
    """Return the bounds for one metric and later year; in 2020 to 2022 flows have more room, unless the panel says."""
    found = bounds.of_year.get((metric, year))
    if found is not None:
        return found
    flow = metrics()[metric].flow
    room = log(_CLOSED_FACTOR) if flow and year in {*_CLOSED_YEARS, max(_CLOSED_YEARS) + 1} else 0.0
    wide = bounds.of_metric.get(metric) or _fixed(_FLOW_ALONE if flow else _STOCK_ALONE)
    return Bounds(wide.low - room, wide.high + room, wide.basis)


def jumps(before: LibraryYear, after: LibraryYear, bounds: JumpBounds) -> Iterator[Outcome]:
    """Yield an outcome that does not hold for each indicator that jumps beyond the bounds.

    Series with a break of definition between the years, small counts, and indicators that come and go by nature (gifts,
    awards, building funds) say nothing.
    """
    for metric, level in after.levels.items():
        base = before.levels.get(metric)
        if base is None or metric in _LUMPY or level.row.definition_break or not _compare(base.row, level.row):
            continue
        if max(base.row.value, level.row.value) < _SMALL:
            continue
        told = bounds_of(bounds, metric, after.year)
        ratio = level.row.value / base.row.value
        if not told.low <= log(ratio) <= told.high:
            message = (
                f"{metric}: {plain(level.row.value)} / {plain(base.row.value)} = {ratio:.2f}; "
                f"from year to year {exp(told.low):.2f} to {exp(told.high):.2f} is usual ({told.basis})."
            )
            yield outcome("implausible_jump", False, message, (base.fact,), level.fact)


def _compare(before: IndicatorRow, after: IndicatorRow) -> bool:
    return (
        after.report_year == before.report_year + 1
        and after.unit == before.unit
        and before.value > 0
        and after.value > 0
        and metrics()[after.metric].unit != "%"
    )


def _robust(metric: str, ratios: Sequence[float], when: str) -> Bounds:
    middle = median(ratios)
    spread = _TO_DEVIATION * median(abs(ratio - middle) for ratio in ratios)
    least = log(_FLOW_FACTOR if metrics()[metric].flow else _STOCK_FACTOR)
    room = max(_DEVIATIONS * spread, least)
    return Bounds(middle - room, middle + room, f"{len(ratios)} changes {when}")


def _fixed(factor: float) -> Bounds:
    return Bounds(-log(factor), log(factor), f"fixed: fewer than {_ENOUGH} changes in the panel")
