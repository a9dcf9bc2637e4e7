"""Output folders made of rows by hand, and changed by hand, for the tests of the commands that look at them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from made_reports import made_report
from msgspec.structs import fields, replace
from typer.testing import CliRunner

from nianbao import cli
from nianbao.gather import publishable
from publish.folder import folder_output
from schemas.rows import DocumentRow, ReportRows

A, B = "a" * 12, "b" * 12


def report(document_id: str = A, source: str = "2014.txt", **changes: Any) -> ReportRows:
    """Return the made report with `changes` of its documents row; each name of a library has a number of its own."""
    made = made_report(document_id, source)
    document = replace(made.document, **changes)
    if "library_id" in {field.name for field in fields(DocumentRow)}:
        numbered: dict[str, Any] = {"library_id": document.library and f"lib-{document.library}"}
        document = replace(document, **numbered)
    return replace(made, document=document)


def with_fact(made: ReportRows, number: int, **changes: Any) -> ReportRows:
    """Return a report in which one fact is another."""
    facts = [replace(fact, **changes) if place == number else fact for place, fact in enumerate(made.facts)]
    return replace(made, facts=tuple(facts))


def write(folder: Path, *reports: ReportRows) -> Path:
    """Write an output folder of these reports."""
    with folder_output(folder, "csv") as out:
        for rows, text in publishable(reports):
            out(rows, text)
    return folder


def change_table(folder: Path, name: str, changed: Callable[[list[list[str]]], list[list[str]]]) -> None:
    """Write a table anew with other lines, its header the first of them."""
    path = folder / f"{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = changed(list(csv.reader(file)))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(lines)


def change_package(folder: Path, changed: Callable[[dict[str, Any]], None]) -> None:
    """Change datapackage.json in place."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    changed(package)
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")


def add_column(folder: Path, name: str, column: str, value: str) -> None:
    """Give a table a column, declared, with one value in all rows; one of this name is replaced."""
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        if column in next(csv.reader(file)):
            drop_column(folder, name, column)
    change_table(folder, name, lambda lines: [[*lines[0], column], *([*line, value] for line in lines[1:])])

    def declare(package: dict[str, Any]) -> None:
        resource = next(item for item in package["resources"] if item["name"] == name)
        resource["schema"]["fields"].append({"name": column, "type": "string"})

    change_package(folder, declare)


def drop_column(folder: Path, name: str, column: str) -> None:
    """Take a column from a table and from its declaration, as if an earlier version had written it."""

    def without(lines: list[list[str]]) -> list[list[str]]:
        place = lines[0].index(column)
        return [[*line[:place], *line[place + 1 :]] for line in lines]

    def forget(package: dict[str, Any]) -> None:
        schema = next(item for item in package["resources"] if item["name"] == name)["schema"]
        schema["fields"] = [field for field in schema["fields"] if field["name"] != column]

    change_table(folder, name, without)
    change_package(folder, forget)


def run(*arguments: str | Path) -> tuple[int, str, str]:
    """Return exit code, stdout and stderr of a command."""
    result = CliRunner().invoke(cli.app, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


def not_utf8(folder: Path) -> None:
    """Make a table a file of another encoding."""
    (folder / "facts.csv").write_bytes("事实\r\n".encode("gbk"))


def cut_short(folder: Path) -> None:
    """Cut a table in the middle of a quoted cell."""
    path = folder / "cells.csv"
    path.write_bytes(path.read_bytes()[: path.read_bytes().rindex(b'"')])


BROKEN: list[tuple[str, Callable[[Path], object], str]] = [  # name, what was done to the folder, what is said
    ("no descriptor", lambda out: (out / "datapackage.json").unlink(), "holds no datapackage.json; name a folder that"),
    ("not JSON", lambda out: (out / "datapackage.json").write_text("{"), "datapackage.json is not JSON ("),
    ("a list", lambda out: (out / "datapackage.json").write_text("[]"), "datapackage.json is not of nianbao"),
    ("another's", lambda out: change_package(out, lambda it: it.update(name="x")), "json is not of nianbao; name a"),
    ("no tables", lambda out: change_package(out, lambda it: it.pop("resources")), "does not describe tables as"),
    ("a table is gone", lambda out: (out / "facts.csv").unlink(), "lacks facts.csv, which its datapackage.json names"),
    ("an empty table", lambda out: (out / "facts.csv").write_bytes(b""), "facts.csv: the header lacks fact_id, "),
    (
        "other columns",
        lambda out: change_table(out, "facts", lambda it: [["x", *it[0][1:]], *it[1:]]),
        "lacks fact_id,",
    ),
    (
        "a column twice",
        lambda out: change_table(out, "facts", lambda it: [[*line, line[0]] for line in it]),
        "facts.csv: the header names a column twice",
    ),
    (
        "a short row",
        lambda out: change_table(out, "documents", lambda it: [*it, ["x"]]),
        "documents.csv: the row that ends on line 3 has 1 cells, the header ",
    ),
    ("not UTF-8", not_utf8, "facts.csv: broken after line 0 ('utf-8' codec can't decode"),
    ("cut short", cut_short, "cells.csv: broken after line 5 (unexpected end of data)"),
]
