"""Sums that a report states: parts against their whole, changes against the two values that they lie between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from normalize.comparisons import CHANGES
from normalize.parts import wholes
from normalize.reading import Reading, by_sentence
from normalize.rounding import half_step
from normalize.statements import exclude, is_indicator
from schemas.document import Doubt
from schemas.metrics import metrics
from schemas.rows import FactRow

_FALLS = ("下降", "减少", "降低", "降幅", "下滑")


def parts_that_do_not_add_up(readings: Sequence[Reading]) -> Iterator[Doubt]:
    """Yield a doubt for each whole whose parts are told as all of it and miss it by more than they were rounded."""
    for found in wholes(readings):
        rows = [found.whole.row, *(part.row for part in found.parts)]
        if not found.claimed or any(row.qualifier != "exact" for row in rows):
            continue
        total = sum((row.value for row in rows[1:]), Decimal(0))
        if abs(total - rows[0].value) > sum((half_step(row.raw) for row in rows), Decimal(0)):
            sides = " + ".join(_plain(row.value) for row in rows[1:])
            message = f"{sides} = {_plain(total)}, not {_plain(rows[0].value)} (« {rows[0].raw} »)."
            yield Doubt("parts_do_not_add_up", message.replace("« ", "«").replace(" »", "»"), *_span(rows[0]))


def impossible_changes(readings: Sequence[Reading]) -> Iterator[Doubt]:
    """Yield a doubt for each change that does not lead from the earlier value to the later one that stand beside it."""
    for sentence in by_sentence(readings):
        for at, reading in enumerate(sentence):
            row = reading.row
            if row.measure not in CHANGES or row.baseline_value is None:
                continue
            level = next((r.row for r in reversed(sentence[:at]) if _is_level_of(r.row, row)), None)
            if level is not None and (doubt := _checked(reading, level, row.baseline_value)) is not None:
                yield doubt


def _is_level_of(level: FactRow, change: FactRow) -> bool:
    return (
        level.measure == "level"
        and level.metric == change.metric
        and level.value != change.baseline_value
        and change.unit in {"%", "倍", level.unit}
    )


def _checked(reading: Reading, level: FactRow, base: Decimal) -> Doubt | None:
    """Return the doubt about one change, with its equation; a hedged number allows what its rounding does not."""
    row = reading.row
    if base <= 0 or {row.qualifier, level.qualifier} != {"exact"}:
        return None
    falls = any(word in reading.context.own for word in _FALLS)
    difference = level.value - base
    slack = half_step(level.raw) + _rounded(base)
    if row.unit == "%":
        told = -row.value if falls else row.value
        found, room = difference / base * 100, slack / base * 100 * 2 + half_step(row.raw) + Decimal("0.1")
        equation = f"({_plain(level.value)} - {_plain(base)}) / {_plain(base)} = {found:.1f}%"
    elif row.unit == "倍":
        told, found = row.value, level.value / base
        room = slack / base * 2 + half_step(row.raw + "%") / 10
        equation = f"{_plain(level.value)} / {_plain(base)} = {found:.2f}"
    else:
        told, found, room = (-row.value if falls else row.value), difference, slack + half_step(row.raw)
        equation = f"{_plain(level.value)} - {_plain(base)} = {_plain(found)}"
    if abs(found - told) <= room:
        return None
    return Doubt("implausible_change", f"{equation}, not {_plain(told)} («{row.raw}»).", *_span(row))


def _rounded(value: Decimal) -> Decimal:
    """Return half the worth of the last digit of a value that is not written out to the ones («28.8万» → 500)."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) / 2 if isinstance(exponent, int) and exponent else Decimal(0)


def disagreements(readings: Sequence[Reading], tables: Sequence[FactRow], year: int | None) -> Iterator[Doubt]:
    """Yield a doubt for each indicator that a table states with a value that excludes the one of the text."""
    prose: dict[tuple[str, str | None], FactRow] = {}
    for reading in readings:
        if reading.row.metric and is_indicator(reading.row, year):
            prose.setdefault((reading.row.metric, reading.row.unit), reading.row)
    for row in tables:
        told = prose.get((row.metric or "", row.unit))
        if told is not None and is_indicator(row, year) and exclude(told.value, row.value):
            label = metrics()[row.metric or ""].label
            message = f"{label} ({row.metric}): the table has {_plain(row.value)}, the text {_plain(told.value)}."
            yield Doubt("table_and_prose_disagree", message, *_span(row))


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _span(row: FactRow) -> tuple[int, int]:
    return row.char_start, row.char_end
