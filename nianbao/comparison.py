"""Two runs side by side: which rows appeared, vanished or changed, so that a new rule shows its effect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from hashlib import blake2b
from pathlib import Path
from typing import Any

from msgspec import Struct

from nianbao.batch import PathLike
from nianbao.differences import Comparison, Declared, RowDifference, TableDifference
from nianbao.row_content import Content, Reader, References, document_of, own_id, references
from nianbao.row_matching import Matched, keys, match
from nianbao.stored import StoredOutput, UnreadableOutput, open_output


class _Side(Struct, frozen=True):
    output: StoredOutput
    sources: Mapping[str, str]
    references: References


def compare(out_a: PathLike, out_b: PathLike, *, tables: Iterable[str] = (), ignore: Iterable[str] = ()) -> Comparison:
    """Return what differs between two folders that `extract` wrote.

    `tables` names the tables to compare, by default all; the columns `ignore` are left out of all of them.

    1. Rows are told by their content: numbers that shift when a row is added (fact_id …) are left out, links are
       told by the place they point at.
    2. Equal rows are the same, wherever they stand in the file. The others are paired by place (document, span), or
       by the key of their table where they have no place: pairs changed, what is left appeared or vanished.
    3. Rows of a document that the other side lacks are counted apart and not listed.

    Time is linear in the rows; only rows that differ are held in memory, and the places that links point at.
    Raises UnreadableOutput where a folder is no output, is broken, or has no table or column of that name.
    """
    left_out = frozenset(ignore)
    folders = open_output(Path(out_a)), open_output(Path(out_b))
    _refuse_unknown(left_out, folders)
    names_a, names_b = _names(*folders, tuple(tables))
    a, b = _side(folders[0], names_a), _side(folders[1], names_b)
    shared = [name for name in names_b if name in names_a]
    return Comparison(
        out_a=a.output.folder,
        out_b=b.output.folder,
        tables=tuple(_table(name, a, b, left_out) for name in shared),
        tables_a=tuple(name for name in names_a if name not in names_b),
        tables_b=tuple(name for name in names_b if name not in names_a),
        sources_a=tuple(source for number, source in a.sources.items() if number not in b.sources),
        sources_b=tuple(source for number, source in b.sources.items() if number not in a.sources),
        texts=tuple(_other_texts(a, b)),
        declared=tuple(_declared(_described(a.output, shared), _described(b.output, shared))),
    )


def _side(output: StoredOutput, names: Iterable[str]) -> _Side:
    return _Side(output, output.sources(), references(output, names))


def _names(a: StoredOutput, b: StoredOutput, wanted: Sequence[str]) -> tuple[list[str], list[str]]:
    known = {**a.tables, **b.tables}
    for name in wanted:
        if name not in known:
            raise UnreadableOutput(f"neither folder has a table {name}; there are {', '.join(known)}")
    in_a, in_b = ([name for name in side.tables if not wanted or name in wanted] for side in (a, b))
    return in_a, in_b


def _refuse_unknown(columns: Iterable[str], outputs: Iterable[StoredOutput]) -> None:
    known = {column for output in outputs for table in output.tables.values() for column in table.columns}
    for column in sorted(columns):
        if column not in known:
            raise UnreadableOutput(f"no table has a column {column}; docs/tables.md lists the columns")


def _table(name: str, a: _Side, b: _Side, ignore: Set[str]) -> TableDifference:
    table_a, table_b = a.output.tables[name], b.output.tables[name]
    left_out = {own_id(table_a), own_id(table_b), *ignore}
    columns = tuple(column for column in table_b.columns if column in table_a.columns and column not in left_out)
    declared = next((key for key in (table_b.key, table_a.key) if {*key} <= {*columns}), ())
    rows = _Rows(name, columns, (*{**table_a.links, **table_b.links},), a, b)
    read = _unequal(Reader(table_a, columns, a.references), Reader(table_b, columns, b.references), rows)
    found = match(read.rest_a, read.rest_b, columns, keys(name, columns, declared))
    return TableDifference(
        name=name,
        same=read.same,
        only_a=read.only_a + sum(rows.is_foreign(row, b) for row in found.rest_a),
        only_b=read.only_b + sum(rows.is_foreign(row, a) for row in found.rest_b),
        columns_a=tuple(column for column in table_a.columns if column not in {*table_b.columns, *ignore}),
        columns_b=tuple(column for column in table_b.columns if column not in {*table_a.columns, *ignore}),
        rows=tuple(sorted(rows.listed(found), key=_place)),
    )


class _Unequal(Struct, frozen=True):
    same: int
    only_a: int
    only_b: int
    rest_a: list[Content]
    rest_b: list[Content]


def _unequal(a: Reader, b: Reader, rows: _Rows) -> _Unequal:
    """Return how many rows are equal, and the others; held are a digest a row, and the rows that may have changed."""
    waiting = Counter(_digest(row) for row in a.contents())
    same, only_a, only_b, rest_a, rest_b, pool = 0, 0, 0, [], [], _Pool()
    for row in b.contents():
        digest = _digest(row)
        if waiting[digest]:
            waiting[digest] -= 1
            same += 1
        elif rows.cannot_match(row, rows.a):
            only_b += 1
        else:
            rest_b.append(pool.kept(row))
    for row in a.contents() if waiting.total() else ():
        digest = _digest(row)
        if waiting[digest]:
            waiting[digest] -= 1
            if rows.cannot_match(row, rows.b):
                only_a += 1
            else:
                rest_a.append(pool.kept(row))
    return _Unequal(same, only_a, only_b, rest_a, rest_b)


def _digest(row: Content) -> bytes:
    return blake2b(repr(row).encode(), digest_size=16).digest()  # repr, because no sign is safe as a separator


class _Pool:
    """One object for each text, because cells of many rows say the same (codes, sources, sentences)."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def kept(self, row: Content) -> Content:
        return tuple(self._texts.setdefault(cell, cell) for cell in row)


class _Rows(Struct, frozen=True):
    table: str
    columns: tuple[str, ...]
    links: tuple[str, ...]
    a: _Side
    b: _Side

    def listed(self, found: Matched) -> Iterator[RowDifference]:
        for old, new in found.pairs:
            yield self._difference(self.b, old, new)
        for row in found.rest_a:
            if not self.is_foreign(row, self.b):
                yield self._difference(self.a, row, None)
        for row in found.rest_b:
            if not self.is_foreign(row, self.a):
                yield self._difference(self.b, None, row)

    def is_foreign(self, row: Content, other: _Side) -> bool:
        """Whether a row is of a document that the other side lacks."""
        document_id = document_of(self.columns, self.links, row)
        return bool(document_id) and document_id not in other.sources

    def cannot_match(self, row: Content, other: _Side) -> bool:
        """Whether a row is of such a document and its place in it is what it is known by."""
        by_place = {"document_id", "char_start"} <= {*self.columns}
        return by_place and self.is_foreign(row, other)

    def _difference(self, side: _Side, old: Content | None, new: Content | None) -> RowDifference:
        row = new or old or ()
        document_id = document_of(self.columns, self.links, row) or ""
        # several files with the same bytes have one document_id
        own = row[self.columns.index("source")] if self.table == "documents" else side.sources.get(document_id, "")
        return RowDifference(own, document_id, self.columns, old, new)


def _place(row: RowDifference) -> tuple[str, int]:
    start = row.value("char_start")
    return row.source, int(start) if start.isdecimal() else -1


def _other_texts(a: _Side, b: _Side) -> Iterator[str]:
    for document_id, source in b.sources.items():
        if document_id in a.sources and a.output.text(document_id) != b.output.text(document_id):
            yield source


def _described(output: StoredOutput, names: Iterable[str]) -> dict[str, Any]:
    """Return datapackage.json with the tables `names` alone."""
    resources = [resource for resource in output.package["resources"] if resource["name"] in names]
    return {**output.package, "resources": resources}


def _declared(a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterator[Declared]:
    old, new = dict(_properties(a, "")), dict(_properties(b, ""))
    for where in {**old, **new}:
        if old.get(where) != new.get(where):
            yield Declared(where, old.get(where, ""), new.get(where, ""))


def _properties(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """Yield every property with its path; items of lists stand under their names: resources.facts.title."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _properties(inner, f"{where}.{key}" if where else str(key))
    elif isinstance(value, list) and all(isinstance(item, Mapping) and "name" in item for item in value):
        for item in value:
            yield from _properties(item, f"{where}.{item['name']}")
    else:
        yield where, ", ".join(map(str, value)) if isinstance(value, list) else str(value)
