"""What was read in one report, as things that rich prints: no markup is read in the report's own words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich import box
from rich.console import RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from nianbao.report import Report
from nianbao.visible import visible
from publish.csv_files import Value, cell
from schemas.rows import CellRow, DocumentRow, EventRow, FactRow, FindingRow, ReportRows, SectionRow, TableRow

_DOCUMENT_LINES = {
    "library": ("library",),
    "place": ("province", "city", "county", "region_code"),
    "year": ("report_year",),
    "title": ("title",),
    "published": ("published",),
    "read as": ("media_type", "encoding", "status", "characters"),
}


def render(report: Report) -> Iterator[RenderableType]:
    """Yield the parts of the view: who and when, outline, tables, facts by sentence, events, findings."""
    rows = report.rows
    yield _document(rows.document)
    yield from _part("outline", len(rows.sections), [_outline(rows.sections)])
    yield from _part("tables", len(rows.tables), _tables(rows))
    yield from _part("facts", len(rows.facts), _facts(rows.facts))
    yield from _part("events", len(rows.events), map(_event, rows.events))
    yield from _part("findings", len(rows.findings), map(_finding, rows.findings))


def _said(value: Value) -> str:
    return visible(cell(value))


def _part(name: str, count: int, body: Iterator[RenderableType] | list[RenderableType]) -> Iterator[RenderableType]:
    yield Text("")
    yield Rule(Text(f"{name} ({count})"), align="left")
    if count:
        yield from body


def _document(row: DocumentRow) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_row(Text("file", style="dim"), Text(_said(row.source)))
    for name, columns in _DOCUMENT_LINES.items():
        said = [_said(getattr(row, column)) for column in columns]
        if any(said):
            grid.add_row(Text(name, style="dim"), Text(" ".join(filter(None, said))))
    return grid


def _outline(sections: tuple[SectionRow, ...]) -> RenderableType:
    tree = Tree(Text("."), hide_root=True)
    nodes: dict[str | None, Tree] = {None: tree}
    for row in sections:
        label = Text.assemble((f"{row.path} ", "dim"), _said(row.marker), _said(row.title))
        label.append(f"  {row.kind}" if row.kind else "", style="cyan")
        nodes[row.section_id] = nodes.get(row.parent_id, tree).add(label)
    return tree


def _tables(rows: ReportRows) -> Iterator[RenderableType]:
    cells = {table_id: list(group) for table_id, group in groupby(rows.cells, key=lambda row: row.table_id)}
    for row in rows.tables:
        yield Text.assemble((f"{_said(row.caption)} ", "bold"), (f"{row.kind}, totals: {row.total_check}", "cyan"))
        yield _grid(row, cells.get(row.table_id, []))


def _grid(row: TableRow, cells: list[CellRow]) -> RenderableType:
    """Return the table with its cells where they stand; a cell that spans is written once, at its first place."""
    grid = Table(box=box.SQUARE, show_header=False, show_lines=True)
    width = max([row.columns, *(item.column + 1 for item in cells)])
    for _ in range(width):
        grid.add_column(overflow="fold")
    for _, group in groupby(cells, key=lambda item: item.row):
        line = [Text("")] * width
        for item in group:
            line[item.column] = Text(_said(item.text), style="" if item.role == "body" else "bold")
        grid.add_row(*line)
    return grid


def _facts(facts: tuple[FactRow, ...]) -> Iterator[RenderableType]:
    for sentence, group in groupby(facts, key=lambda row: row.sentence):
        stated = list(group)
        text = Text(_said(sentence))
        text.highlight_words([_said(row.raw) for row in stated], style="bold")
        yield text
        yield _readings(stated)
        yield Text("")


def _readings(facts: list[FactRow]) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    for row in facts:
        upper = f"–{_said(row.upper)}" if row.upper is not None else ""
        value = f"{_said(row.value)}{upper} {_said(row.unit)}".strip()
        meaning = (row.measure, row.aggregation, row.status, row.scope, row.qualifier)
        usual = ("level", "total", "actual", "institution", "exact")
        said = [code for code, plain in zip(meaning, usual, strict=True) if code != plain]
        period = _period(row.period_start, row.period_end)
        metric = Text(row.metric or "-", style="cyan")
        grid.add_row("", Text(value, style="green"), metric, Text(" ".join(said)), period)  # "" sets the line in
    return grid


def _event(row: EventRow) -> RenderableType:
    told = [_said(row.title), f"@ {_said(row.place)}" if row.place else ""]
    counts = [f"{_said(row.participants)} participants" if row.participants is not None else "", _planned(row)]
    text = Text.assemble(_period(row.start_date, row.end_date), " ", (row.kind, "cyan"))
    text.append("".join(f" {part}" for part in [*told, *counts] if part))
    return text


def _planned(row: EventRow) -> str:
    return "" if row.status == "actual" else row.status


def _period(start: Value, end: Value) -> Text:
    days = dict.fromkeys(filter(None, (_said(start), _said(end))))
    return Text("–".join(days), style="dim")


def _finding(row: FindingRow) -> RenderableType:
    style = {"error": "bold red", "warning": "yellow"}.get(row.severity, "dim")
    return Text.assemble((row.severity, style), f" {row.code}: {_said(row.message)}")
