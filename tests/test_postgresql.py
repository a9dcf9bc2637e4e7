"""PostgreSQL, on a server of the tests' own: the same tables and content as in SQLite, rights, locks, search."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from made_databases import (
    RUNS,
    A,
    BrokenOffError,
    books,
    breaking,
    connected,
    content,
    csv_content,
    fill,
    of_reports,
    select,
)
from made_reports import made_report
from msgspec.structs import replace
from postgresql_server import PASSWORD, server
from three_years import check_year_after_year
from typer.testing import CliRunner

from nianbao import cli
from publish import database as databases
from publish import database_layout
from publish.database import check_database, database
from publish.database_layout import KEPT
from publish.ways_out import DatabaseError, DocumentText, OutputError
from schemas.declarations import tables


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with server(tmp_path_factory.mktemp("postgresql")) as url:
        yield url


def execute(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


_numbers = itertools.count()


@pytest.fixture
def url(host: str) -> str:
    name = f"reports{next(_numbers)}"
    execute(f"{host}/postgres", f"CREATE DATABASE {name}")
    return f"{host}/{name}"


# --- what is in it


def test_every_row_is_as_in_the_csv_files(url: str, tmp_path: Path) -> None:
    assert fill(url, RUNS["failed and read"]) == []
    found = content(url)
    assert {name: found[name] for name in tables()} == csv_content(tmp_path / "csv", RUNS["failed and read"])


def test_it_holds_what_sqlite_holds(url: str, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path / 'reports.sqlite'}"
    for one in (url, other):
        fill(one, RUNS["copied"])
    assert content(url) == content(other)


def test_findings_about_facts_of_two_documents_from_run_to_run(host: str, url: str, tmp_path: Path) -> None:
    fresh = f"{url}_fresh"
    execute(f"{host}/postgres", f"CREATE DATABASE {fresh.rpartition('/')[2]}")
    check_year_after_year(tmp_path, url, fresh)


def test_the_tables_are_those_that_are_declared(url: str) -> None:
    fill(url, RUNS["one"])
    for name, table in tables().items():
        columns = select(
            url,
            f"SELECT column_name, data_type FROM information_schema.columns "
            f"WHERE table_schema = 'public' AND table_name = '{name}' ORDER BY ordinal_position",
        )
        types = {"string": "text", "integer": "bigint", "number": "numeric", "date": "date", "boolean": "boolean"}
        assert columns == [(column.name, types[column.type]) for column in table.columns]


def test_tables_and_columns_say_what_they_mean(url: str) -> None:
    fill(url, RUNS["one"])
    assert select(url, "SELECT obj_description('facts'::regclass)") == [("事实: Every quantity, with its meaning.",)]
    ((said,),) = select(
        url,
        "SELECT col_description('outreach'::regclass, attnum) FROM pg_attribute "
        "WHERE attrelid = 'outreach'::regclass AND attname = 'volumes'",
    )
    assert said == "册数: How many volumes were brought, lent or given. Unit: volumes."


CONTRACT = [  # what the declarations forbid
    "UPDATE facts SET qualifier = 'roughly'",
    "UPDATE facts SET fact_id = NULL",
    "UPDATE sections SET parent_id = 'nowhere'",
    "DELETE FROM facts",
    "INSERT INTO documents SELECT * FROM documents",
]


@pytest.mark.parametrize("statement", CONTRACT)
def test_the_database_keeps_the_contract(url: str, statement: str) -> None:
    fill(url, RUNS["one"])
    with pytest.raises(psycopg.IntegrityError):
        execute(url, statement)


NASTY = [
    "\\N",
    "\\.",
    "\\",
    "a\tb",
    "a\nb",
    "a\r\nb",
    '"',
    "'",
    "\\x41",
    "\u2028",
    "\ufffd",
    "𠮷",
    "\x01",
    "\x7f",
    " ",
    "",
]


def test_copy_keeps_every_character(url: str) -> None:
    report = made_report(A)
    sections = tuple(
        replace(report.sections[0], section_id=f"{A}-{number}", title=text, path=text)
        for number, text in enumerate(NASTY)
    )
    with database(url) as write:
        write({"documents": (report.document,), "sections": sections})
    found = select(url, f"SELECT title, path FROM sections ORDER BY substr(section_id, {len(A) + 2})::int")
    assert found == [(text, text) for text in NASTY]


def test_the_character_that_postgresql_has_not_is_a_fault_of_ours(url: str) -> None:
    row = replace(made_report(A).document, title="a\0b")
    with pytest.raises(psycopg.DataError, match="NUL"), database(url) as write:
        write({"documents": (row,)})


# --- run after run

PAIRS = [pair for pair in itertools.product(RUNS, RUNS) if any("copied" in name for name in pair)][::3]


def test_what_was_there_before_makes_no_difference(url: str, tmp_path: Path) -> None:
    once = {}
    for name, run in RUNS.items():
        other = f"sqlite:///{tmp_path / name}"
        fill(other, run)
        once[name] = content(other)
    for pair in PAIRS:
        for name in pair:
            fill(url, RUNS[name])
            assert content(url) == once[name], pair


def test_a_run_broken_off_anywhere_is_mended_by_the_next(url: str, tmp_path: Path) -> None:
    run, fresh = RUNS["failed and read"], f"sqlite:///{tmp_path / 'fresh'}"
    fill(fresh, run)
    expected = content(fresh)
    for after in itertools.count(12, 11):
        fill(url, RUNS["copied"])
        before = content(url)
        try:
            with breaking(after):
                fill(url, run)
        except BrokenOffError:
            left = content(url)
            assert set(books(left)) <= {*books(before), *books(expected)}
            for name, rows in of_reports(left).items():
                assert set(rows) <= {*before[name], *expected[name]}
            assert left["indicators"] in ([], before["indicators"])
        else:
            break
        fill(url, run)
        assert content(url) == expected
    assert after > 50


def test_other_declarations_make_the_tables_anew(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(url, RUNS["two"])
    execute(url, "CREATE TABLE shelf (x text)", "ALTER TABLE facts ADD mine text")
    monkeypatch.setattr(database_layout, "_LAYOUT", -1)
    fill(url, RUNS["one"])
    assert select(url, "SELECT count(*) FROM shelf") == [(0,)]
    columns = select(url, "SELECT column_name FROM information_schema.columns WHERE table_name = 'facts'")
    assert ("mine",) not in columns
    assert [row[0] for row in content(url)[KEPT]] == ["a.txt"]


def test_a_view_on_our_tables_forbids_that_in_a_sentence(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(url, RUNS["two"])
    execute(url, "CREATE VIEW mine AS SELECT * FROM facts")
    before = content(url)
    monkeypatch.setattr(database_layout, "_LAYOUT", -1)
    with pytest.raises(DatabaseError, match="refused: cannot drop table facts because other objects depend on it"):
        fill(url, RUNS["one"])
    assert content(url) == before


def test_a_schema_of_its_own(url: str) -> None:
    execute(url, "CREATE TABLE facts (mine text)")
    with pytest.raises(
        OutputError, match=r"holds facts, which nianbao did not make; give another database or \?schema="
    ):
        check_database(url, Path("out"))
    own = f"{url}?schema=Jahr 2014"
    for _ in range(2):
        fill(own, RUNS["copied"])
    assert len(content(own)["documents"]) == 3
    assert select(url, "SELECT count(*) FROM facts") == [(0,)]


def test_a_second_run_at_once_is_refused(url: str) -> None:
    with database(url) as write:
        with pytest.raises(
            DatabaseError, match=r"another run is writing into postgresql://.*; run again when it has ended"
        ):
            fill(url, RUNS["two"])
        write({"documents": (made_report(A).document,)})
    fill(url, RUNS["two"])
    assert len(content(url)["documents"]) == 2


def test_a_lost_connection_is_a_sentence_and_leaves_whole_documents(url: str) -> None:
    fill(url, RUNS["one"])
    report = made_report("c" * 12, "c.txt")
    lost = pytest.raises(DatabaseError, match=r"refused: .*; see to that and run again")
    with lost, database(url) as write:
        write({"documents": (report.document,), "sections": report.sections})
        execute(
            url,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
            "AND datname = current_database()",
        )
        write({"indicators": ()})
    assert [row[1] for row in content(url)["documents"]] == ["a.txt", "c.txt"]
    fill(url, RUNS["one"])


# --- search


def test_sentences_are_found_through_the_index(url: str) -> None:
    text = "一、概况\n新增流动图书车2辆。 举办讲座3场！\n"
    with database(url) as write:
        write({"documents": (made_report(A).document,)}, DocumentText(A, text))
    for phrase, expected in (("流动图书车", "新增流动图书车2辆。"), ("讲座", "举办讲座3场！")):
        statement = f"SELECT char_start, text FROM sentences WHERE text LIKE '%%{phrase}%%'"
        ((start, found),) = select(url, statement)
        assert text[start : start + len(found)] == found == expected
    with connected(url) as connection:
        connection.exec_driver_sql("SET enable_seqscan = off")
        plan = connection.exec_driver_sql("EXPLAIN SELECT * FROM sentences WHERE text LIKE '%%流动图书车%%'").scalars()
        assert "ix_sentences_text" in " ".join(plan)
    ((runs,),) = select(url, "SELECT cardinality(show_trgm('流动图书车'))")
    assert runs > 3


def test_the_join_of_the_docstring_runs(url: str) -> None:
    fill(url, RUNS["one"])
    (join,) = [part for part in str(databases.__doc__).split("\n\n") if part.startswith("    SELECT")]
    (row,) = select(url, join)
    assert row == ("山水县图书馆", 2000, "visits", 590000, "人次", "a.txt", made_report().facts[0].sentence)


# --- what is refused


def reader_of(url: str, *rights: str) -> str:
    name = f"reader{next(_numbers)}"
    execute(url, f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}'", *(right.format(name) for right in rights))
    return url.replace("nianbao:", f"{name}:", 1)


def test_without_the_extension_all_else_goes_on(url: str) -> None:
    database_name = url.rpartition("/")[2]
    execute(url, f"REVOKE ALL ON DATABASE {database_name} FROM PUBLIC")
    reader = reader_of(url, f"GRANT CONNECT ON DATABASE {database_name} TO {{}}", "GRANT ALL ON SCHEMA public TO {}")
    (note,) = fill(reader, RUNS["one"])
    assert note.startswith("sentences have no full-text index, because PostgreSQL refused the extension pg_trgm (perm")
    assert content(url)["sentences"]
    execute(
        url,
        "CREATE SCHEMA trigrams",
        "CREATE EXTENSION pg_trgm SCHEMA trigrams",
        f"GRANT USAGE ON SCHEMA trigrams TO {reader.split('://')[1].split(':')[0]}",
    )
    assert fill(reader, RUNS["two"]) == []
    assert select(url, "SELECT count(*) FROM pg_indexes WHERE indexname = 'ix_sentences_text'") == [(1,)]


def test_no_rights_is_a_sentence(url: str) -> None:
    reader = reader_of(url)
    with pytest.raises(DatabaseError, match="refused: permission denied for schema public; see to that and run again"):
        fill(reader, RUNS["one"])


def test_a_database_in_another_encoding_is_refused(host: str) -> None:
    execute(f"{host}/postgres", "CREATE DATABASE old ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(DatabaseError, match="old is not kept in UTF-8; make a database WITH ENCODING 'UTF8'"):
        fill(f"{host}/old", RUNS["one"])


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ((PASSWORD, "wr0ng_secret"), 'password authentication failed for user "nianbao"; see to that and run again'),
        (("/reports", "/nowhere"), "does not exist; see to that and run again"),
    ],
)
def test_no_message_shows_the_password(
    url: str, tmp_path: Path, change: tuple[str, str], said: str, debug: bool
) -> None:
    (tmp_path / "a.txt").write_text("清河县图书馆2014年工作总结\n", encoding="utf-8")
    given = url.replace(*change)
    arguments = ["extract", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "--database", given]
    result = CliRunner().invoke(cli.app, [*arguments, "--debug"] if debug else arguments)
    told = result.output + repr(result.exception) + repr(result.exception and result.exception.__cause__)
    assert said in told
    assert "secret" not in told
    assert not (tmp_path / "out").exists()
    assert debug or (result.exit_code, result.stderr.count("\n")) == (3, 1)


def test_extract_writes_into_it(url: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("清河县图书馆2014年工作总结\n\n全年接待读者5万人次。\n", encoding="utf-8")
    arguments = ["extract", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "--database", url]
    for _ in range(2):
        result = CliRunner().invoke(cli.app, arguments)
        assert result.exit_code == 0
        assert PASSWORD not in result.output
    assert select(url, "SELECT value FROM facts WHERE metric = 'visits'") == [(50000,)]
