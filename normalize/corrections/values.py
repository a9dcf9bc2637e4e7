"""One row with the decisions on it: fields changed, and what follows from them made again."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from msgspec.structs import replace

from schemas.correction_values import typed
from schemas.corrections import Decided, ReviewedRow, reading
from schemas.rows import FactRow, NumberRow

R = TypeVar("R", bound=ReviewedRow)

SURE = Decimal(1)
_IN_ORDER = (("start_date", "end_date"), ("period_start", "period_end"), ("baseline_start", "baseline_end"))


def decided(table: str, row: R, decisions: Decided) -> R | str:
    """Return a row as a reviewer decided on it, or in a sentence why it cannot be so.

    What was accepted must still be what is read: a row that a newer rule reads otherwise is not what was looked at.
    """
    told = (*decisions.additions, *decisions.changes)
    values = {one.field: typed(table, one.field, one.value) for one in told}
    changed = replace(row, **values_with_dependents(row, values)) if values else row
    wrong = contradiction(changed) or _of_another(row, changed) or otherwise(table, changed, decisions)
    return wrong or _marked(changed, "changed" if values else "accepted")


def otherwise(table: str, row: ReviewedRow, decisions: Decided) -> str | None:
    """Return in a sentence that a row no longer says what was accepted or rejected; None where it does.

    A verdict that does not say what the row said is on any reading.
    """
    verdict, now = decisions.verdict, reading(table, row)
    if verdict is None or verdict.value in {"", now}:
        return None
    return f"it was decided on «{verdict.value}», and now «{now}» is read there"


def _marked(row: R, how: str) -> R:
    own: dict[str, Any] = {"corrected": how}
    if isinstance(row, FactRow):
        own["confidence"] = SURE
    return replace(row, **own)


def values_with_dependents(row: ReviewedRow, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return changed fields with those that follow from them and that nobody decided on.

    1. The lower bound of a range is its value; a number with an upper bound is a range, one without is none.
    2. A number that is an indicator is one of the library.
    """
    known = dict(values)
    if not isinstance(row, FactRow):
        return known
    upper = known.get("upper", row.upper)
    known["lower"] = known.get("value", row.value) if upper is not None else None
    if "upper" in known and "qualifier" not in known:
        known["qualifier"] = "range" if upper is not None else "exact" if row.qualifier == "range" else row.qualifier
    if known.get("metric") and "scope" not in known:
        known["scope"] = "institution"
    return known


def contradiction(row: ReviewedRow) -> str | None:
    """Return in a sentence why a row cannot be: its days or bounds stand the wrong way round."""
    for first, last in _IN_ORDER:
        start, end = getattr(row, first, None), getattr(row, last, None)
        if start is not None and end is not None and start > end:
            return f"{first} {start.isoformat()} would be after {last} {end.isoformat()}"
    if isinstance(row, FactRow) and row.upper is not None and row.upper < row.value:
        return f"the upper bound {row.upper:f} would be below the value {row.value:f}"
    return None


def _of_another(row: ReviewedRow, changed: ReviewedRow) -> str | None:
    """Return in a sentence that a numeral has its role from another row; None where it has its own, or keeps it."""
    if isinstance(row, NumberRow) and changed != row and row.row_id is not None:
        return f"the numeral is used by {row.row_id}; decide on that row"
    return None
