"""Facts of statistics tables: every number of a table of indicators, with the year of its column and its metric."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from normalize.tables.cell_values import CellValue, read_value
from normalize.tables.column_meaning import ColumnMeaning, meaning_of
from normalize.tables.grids import Grid
from normalize.tables.label_metrics import metric_of_label, needs_group, plain_label
from normalize.tables.statistics_layout import Layout, Panel, unit_of_label
from normalize.tables.units import Unit, read_unit, stated_unit
from schemas.document import Block, Document
from schemas.metrics import Metric
from schemas.rows import FactRow

RULE = "table_statistics"
_NARROW = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")
_SURE, _LIKELY, _NO_METRIC = Decimal("0.9"), Decimal("0.75"), Decimal("0.6")


class _Label(Struct, frozen=True):
    """What a number is called: the label, the one that groups it, and the unit that they or the table state."""

    text: str
    above: str
    unit: Unit | None


class _Place(Struct, frozen=True):
    """The table whose rows are read, where it belongs, the report's year, and the unit stated for all its numbers."""

    grid: Grid
    document: Document
    section_id: str | None
    layout: Layout
    year: int | None
    stated: Unit | None


def read_statistics(grid: Grid, document: Document, section_id: str | None, year: int | None) -> tuple[FactRow, ...]:
    """Return the facts of a statistics table in reading order; none for a table without a layout of indicators.

    `year` is the report's. Facts have no fact_id yet (""); scope is institution, or branch for a table with a row a
    branch, whose facts have no metric. Total rows give none: their sums are no statements of an indicator.
    """
    if grid.layout is None:
        return ()
    stated = next((unit for hint in grid.hints if (unit := stated_unit(hint)) is not None), None)
    place = _Place(grid, document, section_id, grid.layout, year, stated)
    facts = [fact for row in grid.body() for panel in grid.layout.panels for fact in _row_facts(place, panel, row)]
    return tuple(sorted(facts, key=lambda fact: fact.char_start))


def _row_facts(place: _Place, panel: Panel, row: int) -> Iterator[FactRow]:
    grid, down = place.grid, place.layout.way == "rows"
    if down and not grid.sheet.plain[row].get(panel.label, ""):
        return
    label_of_row = _label_down(grid, panel, row) if down else None
    told = _row_text(grid, row)
    for column, meaning in _meanings(place, panel, row).items():
        block = grid.sheet.own[row].get(column)
        if block is None:
            continue
        label = label_of_row or _label_across(grid, column)
        unit = _unit(place, column, label, meaning)
        value = read_value(place.document.text[block.start : block.end].translate(_NARROW), unit)
        if value is not None:
            yield _fact(place, told, block, value, label, meaning)


def _meanings(place: _Place, panel: Panel, row: int) -> dict[int, ColumnMeaning]:
    """Return what each value column means; in a table with a row a year, the row says the year."""
    grid, layout, year = place.grid, place.layout, place.year
    if layout.way == "rows":
        return {column: meaning_of(grid.columns.get(column, ()), year) for column in panel.values}
    texts = (grid.sheet.plain[row].get(panel.label, ""),) if layout.by == "year" else ()
    return dict.fromkeys(panel.values, meaning_of(texts, year))


def _label_down(grid: Grid, panel: Panel, row: int) -> _Label:
    cells = grid.sheet.plain[row]
    text = cells.get(panel.label, "")
    above = cells.get(panel.group, "") if panel.group is not None else ""
    if needs_group(text) and not above:
        above = _label_above(grid, panel, row)
    unit = read_unit(cells.get(panel.unit, "")) if panel.unit is not None else None
    return _Label(text, above if needs_group(text) else "", unit or unit_of_label(text))


def _label_above(grid: Grid, panel: Panel, row: int) -> str:
    for before in range(row - 1, max(row - 4, grid.header_rows - 1), -1):
        text = grid.sheet.plain[before].get(panel.label, "")
        if text and not needs_group(text):
            return text
    return ""


def _label_across(grid: Grid, column: int) -> _Label:
    text = "".join(grid.columns.get(column, ()))
    return _Label(text, "", unit_of_label(text))


def _unit(place: _Place, column: int, label: _Label, meaning: ColumnMeaning) -> Unit | None:
    if meaning.measure in {"rate", "share"}:
        return Unit(Decimal(1), "%")
    own = place.grid.units.get(column) if place.layout.way == "rows" else None
    if label.unit is not None and label.unit.word is not None:
        factor = own.factor if own is not None and own.word is None else Decimal(1)
        return Unit(label.unit.factor * factor, label.unit.word)
    if own is not None and own.word is not None:
        return own
    return place.stated or own or label.unit


def _fact(place: _Place, told: str, block: Block, value: CellValue, label: _Label, meaning: ColumnMeaning) -> FactRow:
    branch = place.layout.by == "place"
    found = None if branch else _metric(label, value.unit, meaning)
    measure, amount = _measure(meaning, value)
    period = meaning.period
    start = block.start + value.start
    return FactRow(
        fact_id="",
        document_id=place.document.document_id,
        section_id=place.section_id,
        metric=found[0].code if found else None,
        item=plain_label(label.text) or label.text or None,
        value=amount,
        lower=None,
        upper=None,
        unit=value.quantity.unit or (value.unit.word if value.unit else None),
        qualifier=value.quantity.qualifier,
        measure=measure,
        aggregation="total",
        status=meaning.status,
        scope="branch" if branch else "institution",
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        baseline_start=None,
        baseline_end=None,
        baseline_value=None,
        raw=place.document.text[start : block.start + value.end],
        sentence=told,
        char_start=start,
        char_end=block.start + value.end,
        part_of=None,
        same_as=None,
        origin="table",
        rule=RULE,
        confidence=_NO_METRIC if found is None else _SURE if found[1] else _LIKELY,
    )


def _row_text(grid: Grid, row: int) -> str:
    texts = grid.sheet.texts[row]
    return " ".join(texts[column] for column in sorted(texts) if texts[column])


def _metric(label: _Label, unit: Unit | None, meaning: ColumnMeaning) -> tuple[Metric, bool] | None:
    """Return the metric of a number: that of its label; a share has none."""
    if meaning.measure == "share" or (meaning.measure == "level" and unit is not None and unit.word in {"%", "‰"}):
        return None
    return metric_of_label(label.text, label.unit if meaning.measure == "rate" else unit, label.above)


def _measure(meaning: ColumnMeaning, value: CellValue) -> tuple[str, Decimal]:
    """Return the measure and the number: a change below zero is a decrease, a percentage at a level a share."""
    amount = value.quantity.value
    if meaning.measure == "increase":
        if value.unit is not None and value.unit.word == "%":
            return "rate", amount
        return ("decrease", -amount) if amount < 0 else ("increase", amount)
    if meaning.measure == "level" and value.unit is not None and value.unit.word in {"%", "‰"}:
        return "share", amount
    return meaning.measure, amount
