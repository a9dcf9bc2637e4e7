"""The descriptor of an output folder: datapackage.json (Data Package v2, Table Schema), from the declarations.

Source: https://datapackage.org/standard/data-package/ and https://datapackage.org/standard/table-schema/
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from publish.csv_files import file_name
from schemas.declarations import Column, Table
from schemas.vocabularies import fingerprint

NAME = "nianbao"
FILE_NAME = "datapackage.json"
RULES = "nianbao:rules"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

# the files begin with a byte order mark; this is still the registered name, and readers of data packages skip the mark
ENCODING = "utf-8"


def descriptor(tables: Iterable[Table]) -> str:
    """Return the text of datapackage.json for `tables`, each in <name>.csv; the same tables and rules, the same text.

    `nianbao:rules` says by which rules the tables were read: equal where they are the same, a user's words included.
    """
    package = {
        "$schema": PROFILE,
        "name": NAME,
        "title": "年报: tables read from annual reports of public libraries",
        "description": "Offsets are half-open spans of code points in text/<document_id>.txt.",
        RULES: f"sha256:{fingerprint()}",
        "resources": [_resource(table) for table in tables],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "path": file_name(table),
        "title": table.title,
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": ENCODING,
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column, table) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.links:
        schema["foreignKeys"] = [_foreign_key(column, target, table) for column, target in table.links.items()]
    return schema


def _field(column: Column, table: Table) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.type,
        "title": column.title,
        "description": column.meaning,
    }
    if column.unit:
        field["unit"] = column.unit
    constraints: dict[str, Any] = {}
    if column.name in table.key:
        constraints["required"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    return field | ({"constraints": constraints} if constraints else {})


def _foreign_key(column: str, target: str, table: Table) -> dict[str, Any]:
    other, _, other_column = target.partition(".")
    # a table that points into itself is named by the empty string, which readers of v1 and of v2 both know
    resource = "" if other == table.name else other
    return {"fields": [column], "reference": {"resource": resource, "fields": [other_column]}}
