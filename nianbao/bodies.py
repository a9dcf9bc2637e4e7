"""The bodies that the reports of a corpus name. They lie on disk, for their number grows with the reports.

1. All mentions once, in path order: each name, as often as it was met.
2. Region by region, or several that hold together: which names are one body (normalize.organizations.merged).
3. The ids, which need to be told apart among all; then the bodies can go out, and each report asks for its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager

import msgspec
from msgspec import Struct

from nianbao.corpus import Corpus
from nianbao.hands import Pieces
from normalize.organizations.decisions import Decision
from normalize.organizations.joins import Rules
from normalize.organizations.keys import Key, form_of
from normalize.organizations.mentions import Mention, Named
from normalize.organizations.merged import Found, Known, Met, holding_together, key_of, merge, numbered
from normalize.organizations.rows import Body, organization_row
from normalize.organizations.rules import Decided, decide

_IN_A_PIECE = 500  # names at least, if there are so many: handing over a piece takes as long as merging a few

_SCHEMA = """
CREATE TABLE names (
    region TEXT, kind TEXT, bare TEXT, spelling TEXT,
    mentions INTEGER NOT NULL,
    library_id TEXT,
    first BLOB NOT NULL,        -- a Mention
    before INTEGER NOT NULL,    -- mentions that came earlier
    organization_id TEXT,
    PRIMARY KEY (region, kind, bare, spelling)
) WITHOUT ROWID;
CREATE TABLE bodies (
    organization_id TEXT NOT NULL,
    name TEXT NOT NULL,
    region_code TEXT NOT NULL,
    kind TEXT NOT NULL,
    packed BLOB NOT NULL        -- a Body
);
CREATE TABLE found (document_id TEXT NOT NULL, packed BLOB NOT NULL);
"""

_MET = """
INSERT INTO names (region, kind, bare, spelling, mentions, library_id, first, before) VALUES (?, ?, ?, ?, 1, ?, ?, ?)
ON CONFLICT DO UPDATE SET
    mentions = mentions + 1,
    library_id = min(coalesce(library_id, excluded.library_id), coalesce(excluded.library_id, library_id))
"""

_OF_NAME = "WHERE region = ? AND kind = ? AND bare = ? AND spelling = ?"

_INDEXES = """
CREATE UNIQUE INDEX bodies_by_id ON bodies (organization_id);
CREATE INDEX bodies_by_name ON bodies (name, region_code, kind, organization_id);
CREATE INDEX found_by_document ON found (document_id);
"""

Numbered = tuple[str, bytes]  # an id and a Body, encoded


class _Row(Struct, frozen=True):
    """A body as it is kept: the id that it has if no other body has it too, what it is sorted by, itself, its names."""

    organization_id: str
    name: str
    region_code: str
    kind: str
    packed: bytes
    names: tuple[Named, ...]


class _Result(Struct, frozen=True):
    """What a _Merging gives."""

    rows: list[_Row]
    found: list[Found]


class _Merging(Struct, frozen=True):
    """The names of some groups of regions, to be merged by themselves."""

    groups: tuple[tuple[Met, ...], ...]
    decided: Decided

    def done(self) -> bytes:
        """Return a _Result, encoded."""
        rows, found = list[_Row](), list[Found]()
        for names in self.groups:
            present = {met.named for met in names}
            own = {named: key for named, key in self.decided.keys.items() if named in present}
            merged = merge(names, self.decided.rules, own)
            rows += map(_row, merged.bodies)
            found += merged.found
        return msgspec.msgpack.encode(_Result(rows, found))


class Bodies:
    """The bodies of a corpus; `unused` are sentences about the user's decisions that are about no name of it."""

    def __init__(self, connection: sqlite3.Connection, unused: Sequence[str]) -> None:
        self._connection = connection
        self.unused = tuple(unused)

    def by_name(self) -> Iterator[Numbered]:
        """Yield the bodies by name and region, which is the order of «organizations»."""
        by_name = "SELECT organization_id, packed FROM bodies ORDER BY name, region_code, kind, organization_id"
        return self._connection.execute(by_name)

    def by_id(self) -> Iterator[Numbered]:
        """Yield the bodies by their ids, which is the order of «organization_aliases»."""
        return self._connection.execute("SELECT organization_id, packed FROM bodies ORDER BY organization_id")

    def known(self, document_id: str, mentions: Iterable[Mention]) -> Known:
        """Return what the report with these mentions is linked with."""
        ids = {named: self._id(named) for named in {mention.named for mention in mentions}}
        found = self._connection.execute("SELECT packed FROM found WHERE document_id = ?", (document_id,))
        doubts = tuple(msgspec.msgpack.decode(packed, type=Found) for (packed,) in found)
        return Known({named: own for named, own in ids.items() if own}, doubts)

    def _id(self, named: Named) -> str | None:
        ((own,),) = self._connection.execute(f"SELECT organization_id FROM names {_OF_NAME}", named)
        return None if own is None else str(own)


@contextmanager
def bodies(corpus: Corpus, decisions: Sequence[Decision] = (), pieces: Pieces | None = None) -> Iterator[Bodies]:
    """Yield the bodies that reports name; `decisions` say of pairs of names that they are one body or are not."""
    # a database without a name lies in a file that goes when it is closed, and in memory while it is small
    with closing(sqlite3.connect("", isolation_level=None)) as connection:
        for pragma in ("journal_mode = OFF", "synchronous = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        connection.executemany(_MET, _values(corpus.mentions()))
        decided = decide(_decided_on(connection, decisions), decisions)
        for _, raw in (pieces or Pieces()).each(_mergings(connection, decided)):
            _keep(connection, msgspec.msgpack.decode(raw, type=_Result))
        _part_same_ids(connection)
        connection.execute("COMMIT")
        connection.executescript(_INDEXES)
        yield Bodies(connection, decided.unused)


def _values(mentions: Iterable[Mention]) -> Iterator[tuple[object, ...]]:
    encode = msgspec.msgpack.Encoder().encode
    return ((*met.named, met.library_id, encode(met), before) for before, met in enumerate(mentions))


def _decided_on(connection: sqlite3.Connection, decisions: Sequence[Decision]) -> dict[Named, Key]:
    """Return the keys of the names that decisions may be about."""
    texts = {text for one in decisions for text in (one.name, one.other)}
    every = connection.execute("SELECT region, kind, bare, spelling FROM names") if texts else ()
    return {named: key_of(named, form_of(named[2], named[1])) for named in every if texts & {named[2], named[3]}}


def _mergings(connection: sqlite3.Connection, decided: Decided) -> Iterator[_Merging]:
    some: list[tuple[Met, ...]] = []
    for group in _groups(connection, decided.rules):
        some.append(group)
        if sum(map(len, some)) >= _IN_A_PIECE:
            yield _Merging(tuple(some), decided)
            some = []
    if some:
        yield _Merging(tuple(some), decided)


def _groups(connection: sqlite3.Connection, rules: Rules) -> Iterator[tuple[Met, ...]]:
    """Yield the names of regions that hold together; most regions stand alone."""
    of_libraries = "SELECT DISTINCT region, library_id FROM names WHERE library_id IS NOT NULL ORDER BY region"
    together = holding_together(connection.execute(of_libraries), rules)
    for region in _regions(connection):
        group = together.get(region, (region,))
        if group[0] == region:
            yield tuple(met for one in group for met in _names(connection, one))


def _regions(connection: sqlite3.Connection) -> Iterator[str]:
    region = ""
    while found := connection.execute("SELECT min(region) FROM names WHERE region > ?", (region,)).fetchone()[0]:
        region = str(found)
        yield region


def _names(connection: sqlite3.Connection, region: str) -> list[Met]:
    decoder = msgspec.msgpack.Decoder(Mention)
    found = connection.execute("SELECT mentions, library_id, first, before FROM names WHERE region = ?", (region,))
    return [_met(decoder.decode(first), mentions, library_id, before) for mentions, library_id, first, before in found]


def _met(first: Mention, mentions: int, library_id: str | None, before: int) -> Met:
    return Met(first.named, mentions, library_id, first, before)


def _row(body: Body) -> _Row:
    own = numbered([body.key])[body.key]
    row = organization_row(body, own)
    names = tuple(one.named for one in body.spellings)
    return _Row(own, row.name, row.region_code or "", row.kind, msgspec.msgpack.encode(body), names)


def _keep(connection: sqlite3.Connection, result: _Result) -> None:
    rows = [(row.organization_id, row.name, row.region_code, row.kind, row.packed) for row in result.rows]
    connection.executemany("INSERT INTO bodies VALUES (?, ?, ?, ?, ?)", rows)
    _number(connection, ((row.organization_id, row.names) for row in result.rows))
    found = [(one.mention.document_id, msgspec.msgpack.encode(one)) for one in result.found]
    connection.executemany("INSERT INTO found VALUES (?, ?)", found)


def _number(connection: sqlite3.Connection, named: Iterable[tuple[str, Sequence[Named]]]) -> None:
    values = ((own, *name) for own, names in named for name in names)
    connection.executemany(f"UPDATE names SET organization_id = ? {_OF_NAME}", values)


def _part_same_ids(connection: sqlite3.Connection) -> None:
    """Give bodies ids of their own where eight digits are the same for two, which happens among many thousands."""
    shared = connection.execute("SELECT organization_id FROM bodies GROUP BY organization_id HAVING count(*) > 1")
    for organization_id in [row[0] for row in shared]:
        found = connection.execute("SELECT rowid, packed FROM bodies WHERE organization_id = ?", (organization_id,))
        some = [(number, msgspec.msgpack.decode(packed, type=Body)) for number, packed in found.fetchall()]
        ids = numbered(body.key for _, body in some)
        connection.executemany(
            "UPDATE bodies SET organization_id = ? WHERE rowid = ?", [(ids[body.key], number) for number, body in some]
        )
        _number(connection, ((ids[body.key], [one.named for one in body.spellings]) for _, body in some))
