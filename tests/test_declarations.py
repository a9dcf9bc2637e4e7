"""The declared tables against the records of the rows, and what the strict loaders refuse."""

from __future__ import annotations

import typing
from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import fields

from schemas import declarations, panel_rows, rows
from schemas.metrics import metrics
from schemas.strict_yaml import VocabularyError, parse

RECORDS = {
    "documents": rows.DocumentRow,
    "sections": rows.SectionRow,
    "tables": rows.TableRow,
    "cells": rows.CellRow,
    "lectures": rows.LectureRow,
    "outreach": rows.OutreachRow,
    "reading_promotions": rows.ReadingPromotionRow,
    "events": rows.EventRow,
    "facts": rows.FactRow,
    "numbers": rows.NumberRow,
    "indicators": panel_rows.IndicatorRow,
    "panel": panel_rows.PanelRow,
    "coverage": panel_rows.CoverageRow,
    "organizations": panel_rows.OrganizationRow,
    "organization_aliases": panel_rows.OrganizationAliasRow,
    "findings": rows.FindingRow,
    "finding_facts": rows.FindingFactRow,
}
TYPES = {str: "string", int: "integer", Decimal: "number", date: "date", bool: "boolean"}


def test_every_table_has_a_record_and_every_record_a_table() -> None:
    assert list(declarations.tables()) == list(RECORDS)
    assert set(typing.get_args(rows.Row)) == set(RECORDS.values())


@pytest.mark.parametrize("name", RECORDS)
def test_fields_are_the_columns_in_name_order_and_type(name: str) -> None:
    hints = typing.get_type_hints(RECORDS[name])
    made_of = {
        field.name: TYPES[
            next(kind for kind in (*typing.get_args(hints[field.name]), hints[field.name]) if kind in TYPES)
        ]
        for field in fields(RECORDS[name])
        if not (name == "panel" and field.name == "values")
    }
    if name == "panel":
        made_of |= dict.fromkeys(metrics(), "number")
    assert list(made_of.items()) == [(column.name, column.type) for column in declarations.tables()[name].columns]


@pytest.mark.parametrize("name", RECORDS)
def test_key_columns_exist_and_are_never_empty(name: str) -> None:
    hints = typing.get_type_hints(RECORDS[name])
    table = declarations.tables()[name]
    assert set(table.key) <= set(table.column_names)
    assert all(hints[column] in TYPES for column in table.key)  # a plain type: None is not among its values


def test_every_column_has_a_chinese_title_and_a_meaning() -> None:
    for table in declarations.tables().values():
        for column in table.columns:
            assert any("一" <= char <= "鿿" for char in column.title), column.name
            assert column.meaning.endswith("."), column.name


COLUMNS = "a_id: {type: string, title: 甲, meaning: M.}\nb: {type: string, title: 乙, meaning: M.}\n"
TABLE = "one: {title: 一, meaning: M., columns: [a_id, b], key: [a_id]}\n"

REFUSED = [  # columns.yaml, tables.yaml, what the error says
    (COLUMNS + "b: {type: string, title: 丙, meaning: M.}\n", TABLE, "columns.yaml:3: key 'b' stands twice"),
    (COLUMNS + "c: {type: string, titel: 丙, meaning: M.}\n", TABLE, "columns.yaml:3: column 'c'"),
    (COLUMNS + "c: {type: text, title: 丙, meaning: M.}\n", TABLE, "columns.yaml:3: column 'c'"),
    (
        COLUMNS,
        TABLE.replace("a_id, b]", "a_id, c]"),
        "tables.yaml:1: table 'one' lists 'c', which columns.yaml does not",
    ),
    (COLUMNS, TABLE.replace("title", "label"), "tables.yaml:1: table 'one'"),
    (COLUMNS, TABLE.replace("key:", "links: {b: two.a_id}, key:"), "one.b links to 'two.a_id', which is not declared"),
    (COLUMNS, TABLE.replace("key:", "links: {c: one.a_id}, key:"), "one.c links to 'one.a_id', which is not declared"),
    (COLUMNS, TABLE + TABLE, "tables.yaml:2: key 'one' stands twice"),
    ("- a_id\n", TABLE, "columns.yaml:1: the file must be a mapping"),
    (COLUMNS, "one: [\n", "tables.yaml:2: "),
]


@pytest.mark.parametrize(("columns", "tables", "said"), REFUSED)
def test_a_broken_declaration_is_refused_with_its_line(
    monkeypatch: pytest.MonkeyPatch, columns: str, tables: str, said: str
) -> None:
    texts = {"columns.yaml": columns, "tables.yaml": tables}
    monkeypatch.setattr(declarations, "packaged", lambda _folder, name: texts[name])
    with pytest.raises(VocabularyError) as error:
        declarations.tables.__wrapped__()
    assert said in str(error.value)


def test_one_name_may_mean_another_thing_in_one_table() -> None:
    declared = declarations.tables()
    of = {(table, column.name): column for table in declared for column in declared[table].columns}
    assert of["documents", "status"].values == ("ok", "partial", "failed")
    assert of["facts", "status"].values == ("actual", "planned")


@pytest.mark.parametrize("text", ["a: 1\na: 2", "a: {b: 1, b: 2}", "a: [{b: 1, b: 1}]"])
def test_a_key_twice_is_refused_at_any_depth(text: str) -> None:
    with pytest.raises(VocabularyError, match=r"x\.yaml:\d+: key '.' stands twice; keep one"):
        parse(text, "x.yaml")
