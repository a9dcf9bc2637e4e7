"""Sums that a report states: parts against their whole, changes against the two values that they lie between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from normalize.checks.outcomes import Outcome, outcome, plain
from normalize.checks.statements import agree, exclude, is_indicator, statements
from normalize.facts.comparisons import CHANGES
from normalize.facts.parts import wholes
from normalize.facts.reading import Reading, by_sentence
from normalize.values.rounding import half_step
from schemas.metrics import metrics
from schemas.rows import FactRow

_FALLS = ("下降", "减少", "降低", "降幅", "下滑")


def sums_of_parts(readings: Sequence[Reading]) -> Iterator[Outcome]:
    """Yield, for each whole whose parts are told as all of it, whether they come to it as far as they were rounded."""
    for found in wholes(readings):
        rows = [found.whole.row, *(part.row for part in found.parts)]
        if not found.claimed or any(row.qualifier != "exact" for row in rows):
            continue
        total = sum((row.value for row in rows[1:]), Decimal(0))
        holds = abs(total - rows[0].value) <= sum((half_step(row.raw) for row in rows), Decimal(0))
        sides = " + ".join(plain(row.value) for row in rows[1:])
        said = "" if holds else f", not {plain(rows[0].value)}"
        message = f"{sides} = {plain(total)}{said} («{rows[0].raw}»)."
        yield outcome("parts_do_not_add_up", holds, message, rows[1:], rows[0])


def changes_beside_values(readings: Sequence[Reading]) -> Iterator[Outcome]:
    """Yield, for each change, whether it leads from the earlier value to the later one that stand beside it."""
    for sentence in by_sentence(readings):
        for at, reading in enumerate(sentence):
            row = reading.row
            if row.measure not in CHANGES or row.baseline_value is None:
                continue
            level = next((r.row for r in reversed(sentence[:at]) if _is_level_of(r.row, row)), None)
            if level is not None and (found := _checked(reading, level, row.baseline_value)) is not None:
                yield found


def _is_level_of(level: FactRow, change: FactRow) -> bool:
    return (
        level.measure == "level"
        and level.metric == change.metric
        and level.value != change.baseline_value
        and change.unit in {"%", "倍", level.unit}
    )


def _checked(reading: Reading, level: FactRow, base: Decimal) -> Outcome | None:
    """Return the outcome of one change, with its equation; a hedged number allows what its rounding does not."""
    row = reading.row
    if base <= 0 or {row.qualifier, level.qualifier} != {"exact"}:
        return None
    falls = any(word in reading.context.own for word in _FALLS)
    difference = level.value - base
    slack = half_step(level.raw) + _rounded(base)
    if row.unit == "%":
        told = -row.value if falls else row.value
        found, room = difference / base * 100, slack / base * 100 * 2 + half_step(row.raw) + Decimal("0.1")
        equation = f"({plain(level.value)} - {plain(base)}) / {plain(base)} = {found:.1f}%"
    elif row.unit == "倍":
        told, found = row.value, level.value / base
        room = slack / base * 2 + half_step(row.raw + "%") / 10
        equation = f"{plain(level.value)} / {plain(base)} = {found:.2f}"
    else:
        told, found, room = (-row.value if falls else row.value), difference, slack + half_step(row.raw)
        equation = f"{plain(level.value)} - {plain(base)} = {plain(found)}"
    holds = abs(found - told) <= room
    message = f"{equation}, {'fits' if holds else 'not'} {plain(told)} («{row.raw}»)."
    return outcome("implausible_change", holds, message, (level,), row)


def _rounded(value: Decimal) -> Decimal:
    """Return half the worth of the last digit of a value that is not written out to the ones («28.8万» → 500)."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) / 2 if isinstance(exponent, int) and exponent else Decimal(0)


def tables_against_text(readings: Sequence[Reading], tables: Sequence[FactRow], year: int | None) -> Iterator[Outcome]:
    """Yield, for each indicator that a table states and the text too, whether neither value excludes the other.

    Values that do not exclude each other and are further apart than twofold are different things: they prove nothing.
    """
    prose: dict[tuple[str, str | None], FactRow] = {}
    for row in statements([reading.row for reading in readings], year):
        prose.setdefault((row.metric or "", row.unit), row)
    for row in tables:
        told = prose.get((row.metric or "", row.unit))
        if told is None or not is_indicator(row, year):
            continue
        excluded = exclude(told.value, row.value) and not agree(told, row)
        if excluded or agree(told, row):
            label = metrics()[row.metric or ""].label
            message = f"{label} ({row.metric}): the table has {plain(row.value)}, the text {plain(told.value)}."
            yield outcome("table_and_prose_disagree", not excluded, message, (told,), row)
