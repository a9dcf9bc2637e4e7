"""What a decision may say: its form, and for each field the values that the column takes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from functools import partial
from typing import get_args

import msgspec
import regex
from msgspec.structs import fields

from schemas.corrections import ACTIONS, LASTING, RECORDS, Correction, Value
from schemas.declarations import tables
from schemas.event_kinds import event_kinds
from schemas.measure_words import canonical_units
from schemas.metrics import metrics
from schemas.places import gazetteer
from schemas.sections import section_kinds
from schemas.words import Entry, load

_HASH = regex.compile(r"[0-9a-f]{12}(?:[0-9a-f]{52})?+")
_PLAIN_NUMBER = regex.compile(r"-?[0-9]{1,18}+(?:\.[0-9]{1,9}+)?+")
_YEARS = frozenset(map(str, range(1900, 2101)))
_MOST_SHOWN = 12  # codes that a message lists

# what a numeral does that no row uses; of the others the fact, the cell or the decision on the fact says it
_ROLES = ("date", "time", "ordinal", "list_marker", "name", "code", "part_of", "furniture", "unexplained")
_UNDECIDED = "code=correction_not_applied;"  # how the reading of a finding about a decision begins

_CODES: dict[
    tuple[str, str], Callable[[], Collection[str]]
] = {  # what a column may be changed to, where that is listed
    ("facts", "metric"): metrics,
    ("events", "kind"): event_kinds,
    ("outreach", "setting"): partial(load, "settings.yaml", Entry),
    ("documents", "region_code"): lambda: gazetteer().by_code,
    ("sections", "kind"): section_kinds,
    ("numbers", "role"): lambda: _ROLES,
}


def problem(correction: Correction) -> str | None:
    """Return what is wrong with a decision and what to do, as the end of a sentence; None for a sound one."""
    return _wrong_form(correction) or _wrong_place(correction) or _wrong_action(correction) or _wrong_value(correction)


def _wrong_form(one: Correction) -> str | None:
    if not _HASH.fullmatch(one.content_hash):
        return f"content_hash {one.content_hash!r} is not 12 or 64 hexadecimal digits; write the document_id"
    if one.table not in RECORDS:
        return f"table {one.table!r} is not reviewed; reviewed are {', '.join(RECORDS)}"
    if one.action not in ACTIONS:
        return f"action {one.action!r} is not known; write one of {', '.join(ACTIONS)}"
    return None


def _wrong_place(one: Correction) -> str | None:
    if one.table == "documents":
        placed = one.char_start is not None or one.char_end is not None
        return "the row of documents has no place; leave char_start and char_end empty" if placed else None
    wrong = _wrong_finding(one) if one.table == "findings" else None
    if wrong or (one.table == "findings" and one.char_start is None and one.char_end is None):
        return wrong
    if one.char_start is None or one.char_end is None or not 0 <= one.char_start < one.char_end:
        return f"{one.char_start}:{one.char_end} is no span; write char_start and a greater char_end, from 0"
    if len(one.quote) != one.char_end - one.char_start:
        told = f"{len(one.quote)} characters, the span {one.char_end - one.char_start}"
        return f"quote has {told}; quote the text of the span"
    return None


def _wrong_finding(one: Correction) -> str | None:
    if not one.row:
        return "a finding is known by what it says; write in row «code=…; message=…»"
    if one.row.startswith(_UNDECIDED):
        return "a decision that was not applied is mended by another decision on its row, or by taking it back"
    unplaced = one.char_start is None and one.char_end is None
    return "a finding about no place has no quote; leave it empty" if unplaced and one.quote else None


def _wrong_action(one: Correction) -> str | None:
    if one.action in {"accept", "reject"} and one.field:
        return f"{one.action} is of the whole row; leave field empty"
    if one.action == "reject" and one.table in LASTING:
        if one.table == "documents":
            return "a document cannot be rejected; take the file out of the input"
        return f"rows of {one.table} cannot be rejected: nothing of the source is left out; change or accept it"
    if one.action == "add" and one.table != "facts":
        return "only facts can be added; write change, or the table facts"
    if one.action in {"change", "add"} and one.field not in tables()[one.table].reviewed:
        known = ", ".join(tables()[one.table].reviewed)
        if not known:
            return f"rows of {one.table} are accepted or rejected; none of their fields can be changed"
        return f"field {one.field!r} of {one.table} cannot be changed; those that can are {known}"
    return None


def _wrong_value(one: Correction) -> str | None:
    if one.action not in {"change", "add"}:
        return None
    wrong = _wrong_type(one) or _wrong_code(one.table, one.field, one.value)
    return f"{one.field} cannot be {one.value!r}: {wrong}" if wrong else None


def _wrong_type(one: Correction) -> str | None:
    column = next(column for column in tables()[one.table].columns if column.name == one.field)
    if not one.value:
        return None if may_be_empty(one.table, one.field) else "the column is never empty; write a value"
    if len(one.value.splitlines()) > 1:
        return "it has a line end; write it on one line"
    if one.field == "report_year":
        return None if one.value in _YEARS else "write a year from 1900 to 2100"
    match column.type:
        case "integer":
            return None if one.value.isascii() and one.value.isdecimal() and len(one.value) < 10 else "write digits"
        case "number":
            return None if _PLAIN_NUMBER.fullmatch(one.value) else "write a plain number, such as 400000 or 19.5"
        case "date":
            return None if _is_day(one.value) else "write a day of the calendar, such as 2014-05-04"
    return None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def codes_of(table: str, field: str) -> Collection[str] | None:
    """Return the codes that a column may be changed to; None where it takes other values too."""
    column = next(column for column in tables()[table].columns if column.name == field)
    return _CODES[table, field]() if (table, field) in _CODES else column.values


def _wrong_code(table: str, field: str, value: str) -> str | None:
    known = codes_of(table, field)
    if value and known is not None and value not in known:
        shown = ", ".join(list(known)[:_MOST_SHOWN]) + (" …" if len(known) > _MOST_SHOWN else "")
        return f"write one of {shown}"
    usual = canonical_units().get(value, value) if field == "unit" else value
    return None if usual == value else f"the unit is written {usual}"


def may_be_empty(table: str, field: str) -> bool:
    """Whether a column of a row may say nothing."""
    return type(None) in get_args(_type_of(table, field))


def _type_of(table: str, field: str) -> object:
    return next(one.type for one in fields(RECORDS[table]) if one.name == field)


def typed(table: str, field: str, value: str) -> Value:
    """Return the value of a sound decision as the record holds it; None for an empty one.

    >>> typed("facts", "value", "19.5"), typed("events", "start_date", "2014-05-04"), typed("facts", "metric", "")
    (Decimal('19.5'), datetime.date(2014, 5, 4), None)
    """
    found: Value = msgspec.convert(value, _type_of(table, field), strict=False) if value else None
    return found
