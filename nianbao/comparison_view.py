"""A comparison as things that rich prints: counts by table, by column and by rule, then the rows themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from nianbao.differences import KINDS, Comparison, Kind, RowDifference, TableDifference
from nianbao.quotation import Quotation
from nianbao.visible import visible

_SIGNS: dict[Kind, tuple[str, str]] = {
    "changed": ("~", "yellow"),
    "vanished": ("-", "red"),
    "appeared": ("+", "green"),
}

# where a row stands is told on its first line, and its quotation is there too
_TOLD_ALREADY = frozenset({"document_id", "char_start", "char_end", "raw", "sentence", "source"})

# what a changed row is about, where that did not change
_NAMING = ("library", "report_year", "name", "metric", "code", "row", "column")

_LONGEST = 60  # characters of a cell on a line
_GROUPS = 12  # values that a breakdown lists


def render_comparison(comparison: Comparison, limit: int | None) -> Iterator[RenderableType]:
    """Yield the parts of the view; of each table the first `limit` rows that differ, or with None all."""
    if not comparison.differs:
        yield Text(f"no row differs: {_said(str(comparison.out_a))} and {_said(str(comparison.out_b))}")
    else:
        yield Text(f"A  {_said(str(comparison.out_a))}\nB  {_said(str(comparison.out_b))}")
        yield _counts(comparison)
        yield from _lists(comparison)
    yield from _declared(comparison)
    quotation = Quotation(comparison)
    for table in comparison.tables:
        if table.rows or table.columns_a or table.columns_b:
            yield from _table(table, limit, quotation)


def _counts(comparison: Comparison) -> RenderableType:
    grid = Table("table", "same", *KINDS, "only in A", "only in B", box=None, pad_edge=False)
    for column in grid.columns[1:]:
        column.justify = "right"
    for table in comparison.tables:
        counts = (table.same, *table.counts.values(), table.only_a, table.only_b)
        style = "bold" if table.differs else "dim"
        grid.add_row(_said(table.name), *(str(count) for count in counts), style=style)
    return grid


def _lists(comparison: Comparison) -> Iterator[RenderableType]:
    lists = {
        "tables only in A": comparison.tables_a,
        "tables only in B": comparison.tables_b,
        "documents only in A": comparison.sources_a,
        "documents only in B": comparison.sources_b,
        "documents whose text differs, so that offsets do": comparison.texts,
    }
    for name, items in lists.items():
        if items:
            more = f" and {len(items) - _GROUPS} more" if len(items) > _GROUPS else ""
            yield Text(f"{_said(name)}: {', '.join(_said(item) for item in items[:_GROUPS])}{more}")


def _declared(comparison: Comparison) -> Iterator[RenderableType]:
    for one in comparison.declared[:_GROUPS]:
        yield Text(f"datapackage.json {_said(one.where)}: {_arrow(_short(one.old), _short(one.new))}")
    if len(comparison.declared) > _GROUPS:
        yield Text(f"datapackage.json: {len(comparison.declared) - _GROUPS} more properties differ")


def _table(table: TableDifference, limit: int | None, quotation: Quotation) -> Iterator[RenderableType]:
    yield Text("")
    yield Rule(Text(_said(table.name)), align="left")
    for side, columns in (("A", table.columns_a), ("B", table.columns_b)):
        if columns:
            yield Text(f"columns only in {side}: {', '.join(map(_said, columns))}")
    if table.changed_columns:
        counts = ", ".join(f"{_said(column)} {count}" for column, count in table.changed_columns.items())
        yield Text(f"changed columns: {counts}")
    for column in table.groups:
        yield _breakdown(column, table.by(column))
    shown = table.rows if limit is None else table.rows[:limit]
    for row in shown:
        yield from _row(row, quotation)
    if len(shown) < len(table.rows):
        yield Text(
            f"… {len(table.rows) - len(shown)} more of {len(table.rows)} in {_said(table.name)}; --all lists them"
        )


def _breakdown(column: str, found: Mapping[str, Mapping[Kind, int]]) -> RenderableType:
    grid = Table(f"by {column}", *KINDS, box=None, pad_edge=False)
    for place in grid.columns[1:]:
        place.justify = "right"
    for value, counts in list(found.items())[:_GROUPS]:
        grid.add_row(Text(_said(value)), *(str(count or "") for count in counts.values()))
    if len(found) > _GROUPS:
        rest = list(found.values())[_GROUPS:]
        totals = (sum(counts[kind] for counts in rest) for kind in KINDS)
        grid.add_row(f"{len(rest)} others", *(str(total or "") for total in totals), style="dim")
    return grid


def _row(row: RowDifference, quotation: Quotation) -> Iterator[RenderableType]:
    start, quote = row.value("char_start"), quotation.of(row)
    place = (_said(row.source), f"at {start}" if start else "", f"«{_short(quote)}»" if quote else "")
    name = _name(row) if row.kind == "changed" else ""
    yield Text.assemble(_SIGNS[row.kind], *(f" {part}" for part in place if part), (name, "dim"))
    if row.kind == "changed":
        yield _changes(row)
    else:
        told = (change for change in row.changes if change.column not in _TOLD_ALREADY)
        cells = (f"{_said(change.column)}: {_value(row, change.old or change.new)}" for change in told)
        yield Padding(Text("; ".join(cells)), (0, 0, 0, 2))


def _name(row: RowDifference) -> str:
    changed = {change.column for change in row.changes}
    told = (_short(row.value(column)) for column in _NAMING if column not in changed)
    return "".join(f" {cell}" for cell in told if cell)


def _changes(row: RowDifference) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column()
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for change in row.changes:
        grid.add_row("", Text(_said(change.column)), _arrow(_value(row, change.old), _value(row, change.new)))
    return grid


def _value(row: RowDifference, cell: str) -> str:
    place = cell.removeprefix(f"{row.document_id}:")
    return _short(cell) if place == cell else f"the row at {place}"


def _arrow(old: str, new: str) -> Text:
    return Text.assemble((old or "(empty)", "red"), " → ", (new or "(empty)", "green"))


def _short(text: str) -> str:
    said = _said(text)
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"


def _said(text: str) -> str:
    return visible(" ".join(text.split()))
