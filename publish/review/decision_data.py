"""What the page of a report needs to decide on its rows: which values each field takes, the decisions made so far, and
the text between the blocks, so that a decision quotes the text to the character."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import asdict

from publish.review.labels import Pair, code_labels, metric_labels
from publish.review.reports import Cells, StoredReport, span
from publish.review.text_blocks import Block, Grid
from schemas.correction_values import codes_of, may_be_empty
from schemas.corrections import CONTEXT, LASTING, RECORDS, head_end
from schemas.declarations import tables
from schemas.measure_words import canonical_units
from schemas.metrics import metrics


def decision_data(report: StoredReport, laid: Sequence[Block]) -> dict[str, Any]:
    """Return what a page decides with, as plain lists and mappings.

    `fields`: for each table that is reviewed its fields [column, type, 1 where it may be empty, codes or null].
    `quoted`: for each of them the columns that a decision quotes. `lasting`: those whose rows cannot be rejected.
    `heads`: for sections and tables, row by row, where the first line ends that they are decided on by.
    `units`: the units of the vocabulary; `spellings`: other spellings and the unit that each is written as.
    `gaps`: [start, text] of what no block shows, such as the signs between the cells of a table.
    `made`: the decisions so far, in order, each with its cells by column. `context`: how much of the text beside its
    quote a decision keeps.
    """
    units = canonical_units()
    return {
        "fields": {name: _fields(name) for name in RECORDS},
        "quoted": {name: tables()[name].quoted for name in RECORDS},
        "lasting": sorted(LASTING),
        "heads": {
            name: [_head(row, report.text or "") for row in report.table(name)] for name in ("sections", "tables")
        },
        "units": sorted(set(units.values())),
        "spellings": {spelling: unit for spelling, unit in units.items() if spelling != unit},
        "gaps": [[start, text] for start, text in _gaps(report.text or "", laid)],
        "made": [asdict(one) for one in report.decisions],
        "context": CONTEXT,
    }


def decision_labels() -> dict[str, dict[str, Pair]]:
    """Return the labels of all codes and metrics that a field may be changed to."""
    codes = {
        code
        for table in RECORDS
        for field in tables()[table].reviewed
        if field not in {"metric", "region_code"}
        for code in codes_of(table, field) or ()
    }
    return {
        "codes": code_labels({*codes, "accepted", "changed", "added", "rejected"}),
        "metrics": metric_labels(metrics()),
    }


def _fields(table: str) -> list[list[Any]]:
    types = {column.name: column.type for column in tables()[table].columns}
    return [
        [field, types[field], int(may_be_empty(table, field)), _codes(table, field)]
        for field in tables()[table].reviewed
    ]


def _head(row: Cells, text: str) -> int | None:
    place = span(row)
    return head_end(text, *place) if place else None


def _codes(table: str, field: str) -> list[str] | None:
    codes = codes_of(table, field)
    return None if codes is None else list(codes)


def _gaps(text: str, laid: Iterable[Block]) -> list[tuple[int, str]]:
    """Return the stretches of a text that no block shows, with their starts."""
    shown = sorted(
        span
        for block in laid
        for span in (
            [(cell.start, cell.end) for row in block.rows for cell in row]
            if isinstance(block, Grid)
            else [(block.start, block.end)]
        )
    )
    gaps, at = [], 0
    for start, end in [*shown, (len(text), len(text))]:
        if start > at:
            gaps.append((at, text[at:start]))
        at = max(at, end)
    return gaps
