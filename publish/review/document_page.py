"""One report as the data of its page: the text in blocks and pieces, the rows beside it, and what the codes mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from publish.review.decision_data import decision_data, decision_labels
from publish.review.labels import Pair, code_labels, column_labels, finding_meanings, metric_labels, table_labels
from publish.review.marks import Stretch, marks, pieces, stretches
from publish.review.reports import SHOWN, Cells, HowRead, StoredReport, row_key
from publish.review.text_blocks import Block, Grid, block_at, blocks
from schemas.declarations import tables

# columns whose cells are codes that have a label
_CODED = frozenset(
    [
        "kind",
        "qualifier",
        "measure",
        "aggregation",
        "status",
        "scope",
        "origin",
        "role",
        "severity",
        "code",
        "total_check",
        "setting",
    ]
)

# what the page says of all its rows, or says elsewhere
_LEFT_OUT = frozenset({"document_id", "sentence"})

Piece = str | list[Any]


def page_data(report: StoredReport) -> dict[str, Any]:
    """Return what the page of a report is drawn from, as plain lists and mappings.

    `blocks`: paragraphs {p: pieces, s: start, h: depth of the section it heads, c: 1 where it continues} and tables
    {t: place in tables, s, g: rows of [row, column, row span, column span, role, start, pieces], c}. A piece is a text,
    or [text, marks …] where marks are places in `marks`, the nearest row first.
    `marks`: [table, place of the row], in the order of the text.
    `tables`: for each table its columns, rows (cells in the order of the columns) and the key of each row.
    `how`: for the key of a fact its decisions [what, outcome, why] and candidates [metric, score, words, won, why out].
    `decide`: what its rows are decided on with, see decision_data.
    `about`: [key of a finding, key of a fact that it is about], where the output has the table finding_facts.
    `outline`: [depth, marker, title, kind, block] of each section.
    """
    found, laid = marks(report), blocks(report)
    covered = stretches(found)
    text = report.text or ""
    return {
        "document": {column: value for column, value in report.document.items() if value},
        "blocks": [_block(block, covered, text) for block in laid],
        "marks": [[mark.table, mark.row] for mark in found],
        "tables": {name: _table(name, report.table(name)) for name in SHOWN}
        | {"documents": _table("documents", [report.document])},
        "outline": [
            [int(row["depth"]), row["marker"], row["title"], row["kind"], block_at(laid, int(row["char_start"]))]
            for row in report.table("sections")
        ],
        "how": {f"facts/{fact_id}": _how(how) for fact_id, how in report.how.items()},
        "about": [
            [f"findings/{row['finding_id']}", f"facts/{row['fact_id']}"] for row in report.table("finding_facts")
        ],
        "decide": decision_data(report, laid),
        "labels": _labels(report),
    }


def _block(block: Block, covered: Sequence[Stretch], text: str) -> dict[str, Any]:
    data: dict[str, Any] = {"s": block.start}
    if isinstance(block, Grid):
        data["t"] = block.table
        data["g"] = [
            [
                [
                    *(cell.row, cell.column, cell.row_span, cell.column_span, cell.role, cell.start),
                    _pieces(text, covered, cell.start, cell.end),
                ]
                for cell in row
            ]
            for row in block.rows
        ]
    else:
        data["p"] = _pieces(text, covered, block.start, block.end)
        if block.level:
            data["h"] = block.level
    if block.continued:
        data["c"] = 1
    return data


def _pieces(text: str, covered: Sequence[Stretch], start: int, end: int) -> list[Piece]:
    return [
        [text[one.start : one.end], *one.marks] if one.marks else text[one.start : one.end]
        for one in pieces(covered, start, end)
    ]


def _table(name: str, rows: Sequence[Cells]) -> dict[str, Any]:
    columns = [column for column in tables()[name].column_names if column not in _LEFT_OUT]
    return {
        "columns": columns,
        "rows": [[row.get(column, "") for column in columns] for row in rows],
        "keys": [row_key(name, row) for row in rows],
    }


def _how(how: HowRead) -> list[list[list[Any]]]:
    return [
        [[one.topic, one.said, one.why] for one in how.decisions],
        [[one.metric, one.score, one.cues, int(one.won), one.why] for one in how.candidates],
    ]


def _labels(report: StoredReport) -> dict[str, dict[str, Pair]]:
    rows = [row for name in SHOWN for row in report.table(name)]
    codes = {row[column] for row in rows for column in _CODED if row.get(column)}
    every = decision_labels()
    return {
        "columns": column_labels(),
        "tables": table_labels(),
        "codes": every["codes"] | code_labels({*codes, report.document["status"], "unexplained"}),
        "metrics": every["metrics"] | metric_labels(_metrics(report)),
        "findings": finding_meanings(row["code"] for row in report.table("findings")),
    }


def _metrics(report: StoredReport) -> Iterator[str]:
    yield from (row["metric"] for row in report.table("facts") if row["metric"])
    yield from (candidate.metric for how in report.how.values() for candidate in how.candidates)
