"""Repetitions: a paragraph or an exact figure of the year that stands in the report of the year before too."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import regex
from msgspec import Struct

from normalize.across_years.library_years import LibraryYear
from normalize.checks.outcomes import Outcome, outcome, plain
from schemas.metrics import metrics
from schemas.rows import FactRow, ReportRows

_LEAST_CHARACTERS, _LEAST_DIGITS = 40, 4
_CODE = "repeated_from_previous_year"
_FOLDED_AWAY = regex.compile(r"[\s\p{P}]+")


class _Paragraph(Struct, frozen=True):
    """A paragraph that tells something of the year, folded, with its span and its facts."""

    folded: str
    start: int
    end: int
    facts: tuple[FactRow, ...]


def repetitions(before: LibraryYear, after: LibraryYear) -> Iterator[Outcome]:
    """Yield an outcome that does not hold for each paragraph and each exact figure taken over from the year before.

    1. Paragraphs of 40 characters and more, blanks and punctuation aside, that tell a flow or a happening of the year:
       founding, rooms and rules are told alike every year.
    2. Exact values of four significant digits and more of a flow, outside those paragraphs; a stock may stay as it is.
    """
    told = {one.folded: one for report in before.reports for one in _paragraphs(report)}
    seen: set[str] = set()
    for report in after.reports:
        for one in _paragraphs(report):
            if one.folded in told:
                seen.update(fact.fact_id for fact in one.facts)
                yield _repeated(told[one.folded], one, before.year)
    for metric, level in after.levels.items():
        base = before.levels.get(metric)
        if base is not None and level.fact.fact_id not in seen and _is_same_figure(base.fact, level.fact):
            value = plain(level.row.value)
            message = f"{metric} is {value} («{level.fact.raw}»), to the last digit the value of {before.year}."
            yield outcome(_CODE, False, message, (base.fact,), level.fact)


def _paragraphs(report: ReportRows) -> Iterator[_Paragraph]:
    """Yield the paragraphs of prose that tell of the year, in document order."""
    starts = [fact.char_start for fact in report.facts]
    at = 0
    for line in report.text.split("\n"):
        start, at = at, at + len(line) + 1
        if len(line) < _LEAST_CHARACTERS or "\t" in line:
            continue
        facts = report.facts[bisect_left(starts, start) : bisect_left(starts, start + len(line))]
        if any(_is_of_year(fact) for fact in facts):
            folded = _FOLDED_AWAY.sub("", unicodedata.normalize("NFKC", line))
            if len(folded) >= _LEAST_CHARACTERS:
                yield _Paragraph(folded, start, start + len(line), tuple(facts))


def _is_of_year(fact: FactRow) -> bool:
    if fact.status != "actual" or fact.origin != "prose":
        return False
    return fact.scope == "event" or (fact.metric is not None and metrics()[fact.metric].flow)


def _repeated(earlier: _Paragraph, later: _Paragraph, year: int) -> Outcome:
    message = f"This paragraph, with {_figures(later.facts)}, stands in the report on {year} word for word."
    return Outcome(_CODE, False, message, earlier.facts, later.facts, later.start, later.end)


def _figures(facts: Sequence[FactRow]) -> str:
    shown = ", ".join(f"«{fact.raw}»" for fact in facts[:3])
    return shown if len(facts) <= 3 else f"{shown} and {len(facts) - 3} more figures"


def _is_same_figure(one: FactRow, other: FactRow) -> bool:
    if not metrics()[other.metric or ""].flow or one.value != other.value or one.unit != other.unit:
        return False
    digits = len(other.value.normalize().as_tuple().digits)
    return one.qualifier == other.qualifier == "exact" and digits >= _LEAST_DIGITS
