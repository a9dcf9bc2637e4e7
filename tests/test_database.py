"""SQLite: tables by the declarations, documents whole or absent, full-text search, errors that show no password."""

from __future__ import annotations

import itertools
import os
import sqlite3
import subprocess
import sys
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from made_databases import (
    RUNS,
    WHOLE,
    A,
    B,
    BrokenOffError,
    Content,
    File,
    books,
    breaking,
    content,
    csv_content,
    fill,
    of_reports,
    select,
    write_run,
)
from made_reports import TEXT, made_indicator, made_report
from msgspec.structs import replace
from typer.testing import CliRunner, Result

from nianbao import cli
from publish import database as databases
from publish import database_file, database_layout
from publish.database import check_database, database
from publish.database_address import address
from publish.database_layout import KEPT, SENTENCES, layout
from publish.database_values import as_sqlite
from publish.folder import folder_output, is_output, written_files
from publish.formats import SQLITE_FILE
from publish.sentence_spans import sentence_spans, with_sections
from publish.ways_out import DatabaseError, DocumentText, OutputError
from schemas.declarations import tables
from schemas.rows import SectionRow


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'reports.sqlite'}"


def file_of(url: str) -> Path:
    return Path(str(address(url).url.database))


# --- what is in it


def test_the_tables_are_those_that_are_declared(url: str) -> None:
    fill(url, RUNS["one"])
    with sqlite3.connect(file_of(url)) as connection:
        for name, table in tables().items():
            found = connection.execute(f"PRAGMA table_info({name})").fetchall()
            assert [column[1] for column in found] == list(table.column_names)
            assert tuple(column[1] for column in sorted(found, key=lambda one: one[5]) if column[5]) == table.key
            assert {column[1] for column in found if column[3]} == set(table.key)
            links = connection.execute(f"PRAGMA foreign_key_list({name})").fetchall()
            known = {column: to for column, to in table.links.items() if (name, column) != ("finding_facts", "fact_id")}
            assert {link[3]: f"{link[2]}.{link[4]}" for link in links} == known


def test_every_row_is_as_in_the_csv_files(url: str, tmp_path: Path) -> None:
    fill(url, RUNS["failed and read"])
    expected = csv_content(tmp_path / "csv", RUNS["failed and read"])
    found = content(url)
    assert {name: found[name] for name in tables()} == expected
    assert all(expected.values())


def test_types_are_what_sums_and_comparisons_need(url: str) -> None:
    fill(url, RUNS["one"])
    assert select(url, "SELECT typeof(value), value FROM facts ORDER BY fact_id") == [
        ("integer", 590000),
        ("integer", 2),
    ]
    assert select(url, "SELECT DISTINCT typeof(confidence), typeof(char_start) FROM facts") == [("real", "integer")]
    assert select(url, "SELECT DISTINCT strftime('%m', start_date) FROM lectures") == [("05",)]
    assert select(url, "SELECT conflict FROM indicators WHERE NOT conflict") == [(0,)]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**10), max_value=10**10))
def test_a_number_of_fifteen_digits_comes_back_as_it_was(number: Decimal) -> None:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE t (value NUMERIC)")
        connection.execute("INSERT INTO t VALUES (?)", (as_sqlite(number),))
        (found,) = connection.execute("SELECT value FROM t").fetchone()
    assert Decimal(repr(found)) == number


def test_whole_numbers_are_exact_as_far_as_sqlite_has_them() -> None:
    assert as_sqlite(Decimal(2**63 - 1)) == 2**63 - 1
    assert as_sqlite(Decimal(2**70)) == float(2**70)


def test_a_column_says_in_the_database_what_it_means(url: str) -> None:
    fill(url, RUNS["one"])
    found = select(
        url,
        "SELECT title, meaning, unit FROM nianbao_columns WHERE (table_name, column_name) = ('outreach', 'volumes')",
    )
    assert found == [("册数", "How many volumes were brought, lent or given.", "volumes")]
    (count,) = select(url, "SELECT count(*) FROM nianbao_columns WHERE table_name <> 'sentences'")
    assert count == (sum(len(table.columns) for table in tables().values()),)


def test_lookups_go_by_an_index(url: str) -> None:
    fill(url, RUNS["two"])
    for where in (
        "documents WHERE document_id = ''",
        "documents WHERE library_id = ''",
        "facts WHERE metric = ''",
        "facts WHERE section_id = ''",
        "numbers WHERE document_id = ''",
        "cells WHERE table_id = ''",
        "indicators WHERE metric = '' AND report_year = 2014",
    ):
        plan = " ".join(str(step[3]) for step in select(url, f"EXPLAIN QUERY PLAN SELECT * FROM {where}"))
        assert "SEARCH" in plan, where


CONTRACT = [  # what the declarations forbid
    "UPDATE facts SET qualifier = 'roughly'",
    "UPDATE facts SET document_id = NULL, fact_id = NULL",
    "UPDATE sections SET parent_id = 'nowhere'",
    "DELETE FROM facts",
    "INSERT INTO documents SELECT * FROM documents",
]


@pytest.mark.parametrize("statement", CONTRACT)
def test_the_database_keeps_the_contract(url: str, statement: str) -> None:
    fill(url, RUNS["one"])
    connection = sqlite3.connect(file_of(url))
    connection.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError), connection:
        connection.execute(statement)
    connection.close()


def test_a_value_out_of_its_list_is_a_fault_of_ours(url: str) -> None:
    report = made_report(A)
    broken = replace(report.facts[0], qualifier="roughly")
    with pytest.raises(sa.exc.IntegrityError), database(url) as write:
        write({"documents": (report.document,), "facts": (broken,)})


def test_so_it_is_in_the_file_beside_the_tables(tmp_path: Path) -> None:
    report = made_report(A)
    broken = replace(report.facts[0], qualifier="roughly")
    said = "facts.qualifier holds 'roughly', which is not in its list"
    with pytest.raises(ValueError, match=said), folder_output(tmp_path / "out", "sqlite") as write:
        write({"documents": (report.document,), "facts": (broken,)})
    assert not (tmp_path / "out").exists()


# --- run after run


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Content]:
    """What a new database holds after each run."""
    folder, found = tmp_path_factory.mktemp("fresh"), {}
    for name, run in RUNS.items():
        fill(f"sqlite:///{folder / name}", run)
        found[name] = content(f"sqlite:///{folder / name}")
    return found


@pytest.mark.parametrize("before", RUNS)
def test_what_was_there_before_makes_no_difference(url: str, fresh: dict[str, Content], before: str) -> None:
    for after in RUNS:
        for name in (before, after):
            fill(url, RUNS[name])
            assert content(url) == fresh[name]
    searchable(url)


def searchable(url: str) -> None:
    with sqlite3.connect(file_of(url)) as connection:
        connection.execute("INSERT INTO sentences_fts (sentences_fts, rank) VALUES ('integrity-check', 1)")


def test_unchanged_documents_are_not_written_again(url: str) -> None:
    fill(url, RUNS["two"])
    numbers = "SELECT document_id, sentence_number FROM sentences ORDER BY sentence_number"
    before = select(url, numbers)
    with breaking(10**6) as statements:
        fill(url, RUNS["two"])
    assert not [one for one in statements if one.startswith(("INSERT INTO facts", "DELETE FROM facts"))]
    fill(url, RUNS["other rules"])
    after = select(url, numbers)
    assert [row for row in before if row[0] != A] == [row for row in after if row[0] != A]
    assert before != after


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], File]:
    """Each file of all runs by what the books say of it."""
    folder, found = tmp_path_factory.mktemp("known"), {}
    for number, file in enumerate({file for run in RUNS.values() for file in run}):
        url = f"sqlite:///{folder / str(number)}"
        fill(url, (file,))
        (told,) = books(content(url))
        found[told] = file
    return found


@pytest.mark.parametrize("before", ["nothing", "copied", "the same by other rules"])
def test_a_run_broken_off_anywhere_leaves_documents_whole_or_absent(
    tmp_path: Path, fresh: dict[str, Content], known: dict[tuple[str, ...], File], before: str
) -> None:
    run = "failed and read"
    url, same = (f"sqlite:///{tmp_path / name}" for name in ("broken", "same"))
    for after in itertools.count(len(before), 7):
        fill(url, RUNS[before])
        try:
            with breaking(after):
                fill(url, RUNS[run])
        except BrokenOffError:
            left = content(url)
            fill(same, [known[told] for told in books(left)])
            assert of_reports(left) == of_reports(content(same))
            assert left["indicators"] in ([], fresh[before]["indicators"])
        else:
            break
        then = run if after % 2 else before
        fill(url, RUNS[then])
        assert content(url) == fresh[then]
        searchable(url)
    assert after > 60


def test_the_mark_tells_a_run_that_did_not_end(url: str) -> None:
    complete = "SELECT value FROM nianbao WHERE name = 'complete'"
    fill(url, RUNS["one"])
    assert select(url, complete) == [("true",)]
    with suppress(BrokenOffError), database(url) as write:
        write({"documents": (made_report("c" * 12, "c.txt").document,)})
        raise BrokenOffError
    assert select(url, complete) == [("false",)]
    assert content(url)["indicators"] == []
    fill(url, RUNS["one"])
    assert select(url, complete) == [("true",)]


KILLED = """
import os
from made_databases import *
with database({url!r}) as write:
    report = report_of(File("c.txt", "c" * 12))
    write({{"documents": (report.document,), "sections": report.sections}})
    write({{"documents": (report_of(File("a.txt", A, rules=2)).document,)}})
    write({{"indicators": ()}})
    os._exit(9)
"""


def test_a_process_that_is_killed_leaves_whole_documents(url: str, fresh: dict[str, Content]) -> None:
    fill(url, RUNS["two"])
    path = os.pathsep.join(sys.path)
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run([sys.executable, "-c", KILLED.format(url=url)], env=environment, check=False)
    assert done.returncode == 9
    assert file_of(f"{url}-wal").exists()
    left = content(url)
    assert [row[1] for row in left["documents"]] == ["a.txt", "b.txt", "c.txt"]
    assert {row[1] for row in left["facts"]} == {B}
    fill(url, RUNS["two"])
    assert content(url) == fresh["two"]
    assert not file_of(f"{url}-wal").exists()


def test_tables_that_need_all_reports_may_come_in_pieces(url: str) -> None:
    with database(url) as write:
        report = made_report(A)
        write({"documents": (report.document,), "facts": report.facts, "sections": report.sections})
        for year in (2013, 2014):
            write({"indicators": iter([replace(made_indicator(A), report_year=year)])})
    assert select(url, "SELECT report_year FROM indicators ORDER BY report_year") == [(2013,), (2014,)]


def test_a_report_after_them_is_a_broken_contract(url: str) -> None:
    with database(url) as write:
        write({"indicators": ()})
        with pytest.raises(ValueError, match="a report came after"):
            write({"documents": (made_report(A).document,)})
    with pytest.raises(ValueError, match="facts is filled report by report"), database(url) as write:
        write({"facts": made_report(A).facts})


def test_other_declarations_make_the_tables_anew(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(url, RUNS["two"])
    with sqlite3.connect(file_of(url)) as connection:
        connection.execute("ALTER TABLE facts ADD COLUMN mine TEXT")
        connection.execute("CREATE TABLE former (x TEXT)")
        connection.execute("INSERT INTO nianbao_columns VALUES ('former', 0, 'x', 'string', '', '', NULL)")
        connection.execute("CREATE TABLE shelf (x TEXT)")
    monkeypatch.setattr(database_layout, "_LAYOUT", -1)
    fill(url, RUNS["one"])
    names = {row[0] for row in select(url, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert "shelf" in names
    assert "former" not in names
    assert "mine" not in {row[1] for row in select(url, "PRAGMA table_info(facts)")}
    assert [row[0] for row in content(url)[KEPT]] == ["a.txt"]


def test_tables_of_others_are_not_touched(url: str) -> None:
    with sqlite3.connect(file_of(url)) as connection:
        connection.execute("CREATE TABLE facts (mine TEXT)")
    before = file_of(url).read_bytes()
    for refuse in (lambda: fill(url, RUNS["one"]), lambda: check_database(url, Path("out"))):
        with pytest.raises(OutputError, match="holds facts, which nianbao did not make; give another database"):
            refuse()
    assert file_of(url).read_bytes() == before


def test_two_runs_at_once_do_not_mix(url: str) -> None:
    fill(url, RUNS["one"])
    late = pytest.raises(DatabaseError, match="another program has written")
    with late, database(url) as write:
        fill(url, RUNS["two"])
        write_run(write, RUNS["renamed"])
    assert [row[0] for row in content(url)[KEPT]] == ["a.txt", "b.txt"]


def test_others_can_read_while_a_run_writes(url: str) -> None:
    fill(url, RUNS["one"])
    with database(url) as write:
        report = made_report("c" * 12, "c.txt")
        write({"documents": (report.document,)})
        assert select(url, "SELECT source FROM documents ORDER BY source") == [("a.txt",), ("c.txt",)]
        write({})
    assert select(url, "SELECT source FROM documents") == [("c.txt",)]


# --- beside the CSV files


def test_out_holds_the_database_and_nothing_beside_it(tmp_path: Path) -> None:
    outs = [tmp_path / "one", tmp_path / "two"]
    for out in (*outs, outs[0]):
        with folder_output(out, ("csv", "sqlite")) as write:
            write_run(write, RUNS["copied"])
    assert sorted(path.name for path in outs[0].iterdir() if "sqlite" in path.name) == [SQLITE_FILE]
    assert (outs[0] / SQLITE_FILE).read_bytes() == (outs[1] / SQLITE_FILE).read_bytes()
    assert content(f"sqlite:///{outs[0] / SQLITE_FILE}")[KEPT]
    assert is_output(outs[0])
    assert SQLITE_FILE in written_files(outs[0])


@pytest.mark.parametrize("mine", [False, True])
def test_a_run_without_a_database_leaves_no_old_one(tmp_path: Path, mine: bool) -> None:
    out = tmp_path / "out"
    with folder_output(out, ("csv", "sqlite")) as write:
        write_run(write, RUNS["one"])
    if mine:
        (out / "notes.md").write_text("mine")
    with folder_output(out, "csv") as write:
        write_run(write, RUNS["one"])
    assert not (out / SQLITE_FILE).exists()
    assert (out / "notes.md").exists() == mine


def test_a_database_of_others_in_out_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / SQLITE_FILE) as connection:
        connection.execute("CREATE TABLE mine (x TEXT)")
    with (
        pytest.raises(OutputError, match=f"holds {SQLITE_FILE}, which nianbao did not write"),
        folder_output(tmp_path),
    ):
        pass


def test_a_failed_database_leaves_out_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with folder_output(out, ("csv", "sqlite")) as write:
        write_run(write, RUNS["one"])
    before = {path.name: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    with pytest.raises(BrokenOffError), breaking(60), folder_output(out, ("csv", "sqlite")) as write:
        write_run(write, RUNS["two"])
    assert {path.name: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


# --- search

SEARCH = """SELECT s.document_id, s.char_start, s.text
FROM sentences_fts f JOIN sentences s ON s.sentence_number = f.rowid
WHERE sentences_fts MATCH '"{phrase}"' ORDER BY s.document_id, s.char_start"""
SHORT = "SELECT document_id, char_start, text FROM sentences WHERE text LIKE '%{phrase}%'"

FOUND = [  # statement, phrase, sentences
    (SEARCH, "流动图书车", ["新增流动图书车2辆。"]),
    (SEARCH, "图书车", ["新增流动图书车2辆。"]),
    (SEARCH, "2辆。", ["新增流动图书车2辆。"]),
    (SEARCH, "讲座", []),  # two characters are no run of three
    (SHORT, "讲座", ["举办讲座3场！"]),
    (SHORT, "概况", ["一、概况"]),
]


@pytest.mark.parametrize(("statement", "phrase", "sentences"), FOUND)
def test_sentences_are_found_by_any_phrase(url: str, statement: str, phrase: str, sentences: list[str]) -> None:
    text = "一、概况\n新增流动图书车2辆。 举办讲座3场！\n"
    with database(url) as write:
        write({"documents": (made_report(A).document,)}, DocumentText(A, text))
    found = select(url, statement.format(phrase=phrase))
    assert [row[2] for row in found] == sentences
    assert all(text[start : start + len(sentence)] == sentence for _, start, sentence in found)


@pytest.mark.parametrize("reports", [1, 2, 100])
@pytest.mark.parametrize("run", RUNS)
def test_the_file_beside_the_tables_holds_what_a_database_of_its_own_does(
    tmp_path: Path, fresh: dict[str, Content], monkeypatch: pytest.MonkeyPatch, run: str, reports: int
) -> None:
    monkeypatch.setattr(database_file, "_REPORTS", reports)
    with folder_output(tmp_path / "out", ("sqlite",)) as write:
        write_run(write, RUNS[run])
    url = f"sqlite:///{tmp_path / 'out' / SQLITE_FILE}"
    assert content(url) == fresh[run]
    assert select(url, "SELECT value FROM nianbao WHERE name = 'complete'") == [("true",)]
    searchable(url)


def test_sentences_of_the_file_beside_the_tables_are_found(tmp_path: Path) -> None:
    with folder_output(tmp_path / "out", ("sqlite",)) as write:
        write({"documents": (made_report(A).document,)}, DocumentText(A, "新增流动图书车2辆。"))
        write({"documents": (made_report(B, "b.txt").document,)}, DocumentText(B, "流动图书车下乡。"))
    found = select(f"sqlite:///{tmp_path}/out/nianbao.sqlite", SEARCH.format(phrase="流动图书车"))
    assert {row[2] for row in found} == {"新增流动图书车2辆。", "流动图书车下乡。"}


def test_a_sqlite_without_the_index_does_without(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases.sentence_index, "NAME", "no such (")
    (note,) = fill(url, RUNS["one"])
    assert note.startswith("sentences have no full-text index, because this SQLite has none")
    assert content(url)[SENTENCES]


@given(st.text(alphabet="一二图书。！？”』 \t\n\u3000a!", max_size=60))
def test_every_sign_that_is_no_blank_or_stop_is_in_one_sentence(text: str) -> None:
    spans = list(sentence_spans(text))
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
    assert all("\n" not in text[start:end] for start, end in spans)
    inside = {place for start, end in spans for place in range(start, end)}
    assert all(place in inside or sign in "。！？!” 』\t\n\u3000" for place, sign in enumerate(text))


def test_a_sentence_stands_in_the_innermost_section() -> None:
    sections = [
        SectionRow(name, A, None, 1, "1", None, name, None, start, end)
        for name, start, end in (("s1", 2, 10), ("s2", 4, 6), ("s3", 10, 12))
    ]
    spans = [(0, 1), (2, 3), (4, 5), (6, 7), (10, 11), (12, 13)]
    assert [name for *_, name in with_sections(spans, sections)] == [None, "s1", "s2", "s1", "s3", None]


def test_the_examples_of_the_docstrings_run(url: str) -> None:
    fill(url, RUNS["one"])
    told = [(databases.__doc__, 1), (databases.sentence_index.__doc__, 3)]
    for doc, count in told:
        examples = [part for part in str(doc).split("\n\n") if part.startswith("    SELECT")]
        assert len(examples) == count
        for example in examples:
            select(url, example)
    (join,) = [part for part in str(databases.__doc__).split("\n\n") if part.startswith("    SELECT")]
    (row,) = select(url, join)
    assert row == ("山水县图书馆", 2000, "visits", 590000, "人次", "a.txt", made_report().facts[0].sentence)


# --- what is refused

WRONG_URLS = [
    ("not a url", "is no URL of a database; give sqlite:///FILE or postgresql://USER@HOST/DATABASE"),
    ("postgresql://u:secret@h:port/d", "is no URL of a database"),
    ("mysql://u:secret@h/d", "names mysql, which nianbao does not write"),
    ("postgresql+asyncpg://u:secret@h/d", r"names postgresql\+asyncpg, which"),
    ("sqlite://", "names no file; give sqlite:///FILE"),
    ("sqlite:///:memory:", "names no file"),
    ("sqlite:///x?mode=ro", "gives SQLite the option mode"),
    ("postgresql://u:secret@h/d?schema=a&schema=b", "no schema or more than one"),
]


@pytest.mark.parametrize(("given", "said"), WRONG_URLS)
def test_a_url_that_is_none_is_wrong_use(given: str, said: str) -> None:
    with pytest.raises(OutputError, match=said) as raised:
        address(given)
    assert "secret" not in str(raised.value)
    assert raised.value.__cause__ is None


def test_no_name_shows_a_password() -> None:
    place = address("postgresql://lin:s3cret@host/d?password=0ther&sslpassword=th1rd&schema=y")
    assert place.name == "postgresql://lin:***@host/d?schema=y"
    assert place.without_secrets("s3cret 0ther th1rd") == "*** *** ***"
    assert "schema" not in place.url.query


REFUSED = [  # what stands at the path, what is said
    (b"not a database at all, but long enough" * 40, "refused: file is not a database; see to that and run again"),
    (None, "refused: unable to open database file; see to that and run again"),
]


@pytest.mark.parametrize(("there", "said"), REFUSED)
def test_a_database_that_refuses_is_one_sentence(tmp_path: Path, there: bytes | None, said: str) -> None:
    path = tmp_path / "x.sqlite"
    if there is None:
        path.mkdir()
    else:
        path.write_bytes(there)
    with pytest.raises(DatabaseError, match=said):
        check_database(f"sqlite:///{path}", tmp_path / "out")


def test_a_full_disk_is_one_sentence(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(url, RUNS["one"])
    prepare = databases._prepare_sqlite

    def small(driver: sqlite3.Connection, record: object) -> None:
        prepare(driver, record)
        (pages,) = driver.execute("PRAGMA page_count").fetchone()
        driver.execute(f"PRAGMA max_page_count = {pages}")

    monkeypatch.setattr(databases, "_prepare_sqlite", small)
    before = content(url)
    with pytest.raises(DatabaseError, match="refused: database or disk is full; see to that and run again"):
        fill(url, tuple(File(f"{number}.txt", f"{number:012x}", WHOLE) for number in range(99)))
    monkeypatch.undo()
    assert len(books(content(url))) > 1
    fill(url, RUNS["one"])
    assert content(url) == before


def test_postgresql_without_its_driver_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(DatabaseError, match=r"needs psycopg; run: pip install 'nianbao\[postgresql\]'"):
        check_database("postgresql://u:secret@127.0.0.1:1/d", tmp_path / "out")


# --- the command


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, arguments)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("清河县图书馆2014年工作总结\n\n全年接待读者5万人次。\n", encoding="utf-8")
    return tmp_path


def test_extract_writes_the_database_into_out(here: Path) -> None:
    assert run("extract", "a.txt", "--out", "out").exit_code == 0
    assert select(f"sqlite:///{here / 'out' / SQLITE_FILE}", "SELECT value FROM facts WHERE metric = 'visits'") == [
        (50000,)
    ]
    assert run("extract", "a.txt", "--out", "out", "--format", "csv").exit_code == 0
    assert not (here / "out" / SQLITE_FILE).exists()


def test_extract_writes_another_database(here: Path) -> None:
    for _ in range(2):
        result = run("extract", "a.txt", "--out", "out", "--format", "csv", "--database", "sqlite:///all.sqlite")
        assert "written to out and sqlite:///all.sqlite" in result.stdout
    assert select(f"sqlite:///{here / 'all.sqlite'}", "SELECT source FROM documents") == [("a.txt",)]
    assert not (here / "out" / SQLITE_FILE).exists()


WRONG_USE = [  # arguments, exit code, what is said
    (["--database", ""], 2, "--database is no URL of a database; give sqlite:///FILE or postgresql://"),
    (["--database", "oracle://u:secret@h/d"], 2, "--database names oracle, which nianbao does not write"),
    (["--database", "sqlite:///out/x.sqlite"], 2, "lies in out, which is replaced; name a file elsewhere, or leave"),
    (["--database", "sqlite:///no/x.sqlite"], 2, "cannot be made, because no is no folder; make it first"),
    (["--database", "sqlite:///a.txt"], 3, "sqlite:///a.txt refused: file is not a database"),
    (["--database", "postgresql://u:secret@127.0.0.1:1/d"], 3, "postgresql://u:***@127.0.0.1:1/d refused: connection"),
]


@pytest.mark.parametrize(("arguments", "code", "said"), WRONG_USE)
def test_what_is_refused_is_one_sentence_and_writes_nothing(
    here: Path, arguments: list[str], code: int, said: str
) -> None:
    (here / "a.txt").write_bytes((here / "a.txt").read_bytes() * 40)
    result = run("extract", "a.txt", "--out", "out", *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert "secret" not in result.stderr
    assert [path.name for path in here.iterdir()] == ["a.txt"]


def test_the_text_of_the_made_reports_is_what_is_searched(url: str) -> None:
    fill(url, RUNS["one"])
    found = select(url, "SELECT char_start, char_end, text FROM sentences ORDER BY char_start")
    assert found
    assert all(TEXT[start:end] == sentence for start, end, sentence in found)
    assert layout(None, "sqlite").version == layout(None, "sqlite").version
