"""An output folder read back: the tables that its datapackage.json declares, their rows as they stand in the CSV files.

Nothing is asked of the tables but what they declare themselves, so outputs of earlier and later versions can be read,
and those whose columns bear Chinese titles: the columns have here the names of the contract, and the texts are had back
as they were before they were made safe for spreadsheets.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from publish.datapackage import COLUMN, FILE_NAME, NAME, TEXT_MARK
from publish.folder import TEXT_FOLDER
from publish.formulas import restored

AGAIN = "run `nianbao extract` again to write the folder anew"

# a sentence of a report that has no full stops is one cell; the csv module would stop at 131072 characters
_LONGEST_CELL = 2**31 - 1


class UnreadableOutput(ValueError):  # noqa: N818 (as UnreadableFile)
    """A folder cannot be read as an output of nianbao; the message says what is wrong where, and what to do."""


class StoredTable(Struct, frozen=True):
    """One CSV file of an output: its columns by its header; key and links (column: table) as declared there; the places
    of the columns whose texts bear a mark against spreadsheets."""

    name: str
    path: Path
    columns: tuple[str, ...]
    key: tuple[str, ...]
    links: Mapping[str, str]
    marked: tuple[int, ...] = ()

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Yield the rows, each with a cell for every column, as written; raises UnreadableOutput at a broken one."""
        lines = _lines(self.path)
        next(lines)
        for number, line in lines:
            if len(line) != len(self.columns):
                raise UnreadableOutput(
                    f"{self.path}: the row that ends on line {number} has {len(line)} cells, the header "
                    f"{len(self.columns)}; {AGAIN}"
                )
            for place in self.marked:
                line[place] = restored(line[place])
            yield tuple(line)

    def select(self, *columns: str) -> Iterator[tuple[str, ...]]:
        """Yield these cells of each row; raises UnreadableOutput where the table lacks one of the columns."""
        lacking = [column for column in columns if column not in self.columns]
        if lacking:
            raise UnreadableOutput(f"{self.path} has no column {', '.join(lacking)}; {AGAIN}")
        places = [self.columns.index(column) for column in columns]
        for row in self.rows():
            yield tuple(row[place] for place in places)


class StoredOutput(Struct, frozen=True):
    """A folder that `nianbao extract` wrote: its datapackage.json and its tables by name."""

    folder: Path
    package: Mapping[str, Any]
    tables: Mapping[str, StoredTable]

    def table(self, name: str) -> StoredTable:
        """Return a table; raises UnreadableOutput where the output has none of this name."""
        if name not in self.tables:
            raise UnreadableOutput(f"{self.folder} has no table {name}; {AGAIN}")
        return self.tables[name]

    def sources(self) -> dict[str, str]:
        """Return the first source of each document_id."""
        sources: dict[str, str] = {}
        for document_id, source in self.table("documents").select("document_id", "source"):
            sources.setdefault(document_id, source)
        return sources

    def text(self, document_id: str) -> str | None:
        """Return the text that the offsets of a document count in; None where the folder does not hold it."""
        try:
            return (self.folder / TEXT_FOLDER / f"{document_id}.txt").read_bytes().decode("utf-8")
        except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
            return None


def open_output(folder: Path) -> StoredOutput:
    """Return the output in `folder`; raises UnreadableOutput where there is none or a declared file is missing."""
    if not folder.exists():
        raise UnreadableOutput(f"{folder} does not exist; check the path")
    if not folder.is_dir():
        raise UnreadableOutput(f"{folder} is a file; name a folder that `nianbao extract` wrote")
    package = _package(folder)
    try:
        resources = [resource for resource in package["resources"] if str(resource["path"]).endswith(".csv")]
        held = sorted({str(resource.get("format", "no")) for resource in package["resources"]})
        if held and not resources:
            raise UnreadableOutput(
                f"{folder} holds its tables as {', '.join(held)}, and CSV is what is read here; run `nianbao extract` "
                "again with csv among the formats"
            )
        tables = {str(resource["name"]): _table(folder, resource) for resource in resources}
    except (KeyError, TypeError, AttributeError) as error:
        raise UnreadableOutput(
            f"{folder / FILE_NAME} does not describe tables as nianbao does ({type(error).__name__}: {error}); {AGAIN}"
        ) from error
    return StoredOutput(folder, package, tables)


def _package(folder: Path) -> Mapping[str, Any]:
    path = folder / FILE_NAME
    if not path.is_file():
        raise UnreadableOutput(f"{folder} holds no {FILE_NAME}; name a folder that `nianbao extract` wrote")
    try:
        package = json.loads(path.read_bytes())
    except ValueError as error:
        raise UnreadableOutput(f"{path} is not JSON ({error}); {AGAIN}") from error
    if not isinstance(package, dict) or package.get("name") != NAME:
        raise UnreadableOutput(f"{path} is not of nianbao; name a folder that `nianbao extract` wrote")
    return package


def _table(folder: Path, resource: Mapping[str, Any]) -> StoredTable:
    path = folder / Path(str(resource["path"])).name  # a name only: nothing outside the folder is opened
    if not path.is_file():
        raise UnreadableOutput(f"{folder} lacks {path.name}, which its {FILE_NAME} names; {AGAIN}")
    header = next(_lines(path), (1, []))[1]
    schema = resource["schema"]
    named = {str(field["name"]): str(field.get(COLUMN, field["name"])) for field in schema["fields"]}
    texts = {field["name"] for field in schema["fields"] if field.get("type") == "string" and TEXT_MARK in resource}
    lacking = [field["name"] for field in schema["fields"] if field["name"] not in header]
    if lacking:
        raise UnreadableOutput(
            f"{path}: the header lacks {', '.join(lacking)}, which {FILE_NAME} declares; the file was changed: {AGAIN}"
        )
    if len(set(header)) != len(header):
        raise UnreadableOutput(f"{path}: the header names a column twice; the file was changed: {AGAIN}")
    name = str(resource["name"])
    keys = {str(key["fields"][0]): str(key["reference"]["resource"] or name) for key in schema.get("foreignKeys", ())}
    links = {named.get(column, column): other for column, other in keys.items()}
    key = tuple(named.get(column, column) for column in _as_names(schema.get("primaryKey", ())))
    marked = tuple(place for place, column in enumerate(header) if column in texts)
    return StoredTable(name, path, tuple(named.get(column, column) for column in header), key, links, marked)


def _as_names(key: str | Sequence[str]) -> tuple[str, ...]:
    return (key,) if isinstance(key, str) else tuple(key)  # Table Schema allows both


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the records of a CSV file with the number of their last line."""
    csv.field_size_limit(_LONGEST_CELL)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            for line in reader:
                yield reader.line_num, line
        except (csv.Error, UnicodeDecodeError) as error:
            raise UnreadableOutput(f"{path}: broken after line {reader.line_num} ({error}); {AGAIN}") from error
