"""The descriptor of an output folder: datapackage.json (Data Package v2, Table Schema), from the declarations.

Source: https://datapackage.org/standard/data-package/ and https://datapackage.org/standard/table-schema/
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from publish.formats import FORMATS, Format
from publish.formulas import MARK
from publish.headings import Labels, heading, headings
from schemas.declarations import Column, Table, tables
from schemas.vocabularies import fingerprint

NAME = "nianbao"
FILE_NAME = "datapackage.json"
RULES = "nianbao:rules"
LABELS = "nianbao:labels"
COLUMN = "nianbao:column"
TEXT_MARK = "nianbao:textMark"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

# the files begin with a byte order mark; this is still the registered name, and readers of data packages skip the mark
ENCODING = "utf-8"

_AS_CSV = {
    "encoding": ENCODING,
    "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
    TEXT_MARK: MARK,
}


def descriptor(declared: Iterable[Table], formats: Sequence[Format] | None = None, labels: Labels = "en") -> str:
    """Return the text of datapackage.json for tables in `formats`, by default CSV; same tables and rules, same text.

    `nianbao:rules` says by which rules the tables were read: equal where they are the same, a user's words included.
    `nianbao:labels` says what the columns are called; where they bear their titles, `nianbao:column` has their names.
    `nianbao:textMark` of a CSV resource is the sign before a text that a spreadsheet would run as a formula, or that
    begins with the sign itself: take one from the front of every text that begins with it. A table is «facts» in the
    first of CSV, Parquet and JSON Lines that is there, and «facts-jsonl» in the others.
    """
    kinds, told = tuple(formats or (FORMATS["csv"],)), tuple(declared)
    package = {
        "$schema": PROFILE,
        "name": NAME,
        "title": "年报: tables read from annual reports of public libraries",
        "description": "Offsets are half-open spans of code points in text/<document_id>.txt.",
        RULES: f"sha256:{fingerprint()}",
        LABELS: labels,
        "resources": [resource for kind in kinds for resource in _resources(kind, kinds, told, labels)],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resources(
    kind: Format, kinds: Sequence[Format], told: Sequence[Table], labels: Labels
) -> Iterator[dict[str, Any]]:
    if not kind.rows:
        for path in dict.fromkeys(kind.file(table) for table in told):
            yield {"name": f"{NAME}-{kind.name}", "path": path, "format": kind.name, "mediatype": kind.media_type}
        return
    first = next(other for other in kinds if other.rows)
    suffix = "" if kind is first else f"-{kind.name}"
    for table in told:
        yield _resource(kind, table, suffix) | {"schema": _schema(table, suffix, labels)}


def _resource(kind: Format, table: Table, suffix: str) -> dict[str, Any]:
    return {
        "name": table.name + suffix,
        "type": "table",
        "path": kind.file(table),
        "title": table.title,
        "description": table.meaning,
        "format": kind.name,
        "mediatype": kind.media_type,
    } | (_AS_CSV if kind.name == "csv" else {})


def _schema(table: Table, suffix: str, labels: Labels) -> dict[str, Any]:
    called = dict(zip(table.column_names, headings(table, labels), strict=True))
    schema: dict[str, Any] = {
        "fields": [_field(column, table, called[column.name]) for column in table.columns],
        "missingValues": [""],
        "primaryKey": [called[column] for column in table.key],
    }
    if table.links:
        keys = [_foreign_key(column, target, table, suffix, labels) for column, target in table.links.items()]
        schema["foreignKeys"] = keys
    return schema


def _field(column: Column, table: Table, name: str) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": name,
        "type": column.type,
        "title": column.title,
        "description": column.meaning,
    }
    if name != column.name:
        field[COLUMN] = column.name
    if column.unit:
        field["unit"] = column.unit
    constraints: dict[str, Any] = {}
    if column.name in table.key:
        constraints["required"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    return field | ({"constraints": constraints} if constraints else {})


def _foreign_key(column: str, target: str, table: Table, suffix: str, labels: Labels) -> dict[str, Any]:
    other, _, other_column = target.partition(".")
    # a table that points into itself is named by the empty string, which readers of v1 and of v2 both know
    resource = "" if other == table.name else other + suffix
    here, there = (_called(tables()[name], of, labels) for name, of in ((table.name, column), (other, other_column)))
    return {"fields": [here], "reference": {"resource": resource, "fields": [there]}}


def _called(table: Table, name: str, labels: Labels) -> str:
    return heading(next(column for column in table.columns if column.name == name), labels)
