"""The store: what comes back is what was put there, in order, whatever happened to the file."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from made_reports import made_report
from msgspec.structs import astuple, replace

from extract.read import read
from nianbao.bodies import bodies
from nianbao.corpus import Held, LibraryYear, Stored
from nianbao.failures import repeated
from nianbao.gather import publishable, stream
from nianbao.pipeline import process
from nianbao.reading import packed, unpack
from nianbao.store import FILE_NAME, Store, open_store
from schemas.rows import ReportRows

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (ROOT / "samples", ROOT.parent / "shared" / "seeds")
REPORTS = sorted(path for folder in FOLDERS for path in folder.glob("*.*") if path.suffix in {".txt", ".docx"})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        yield opened


def typed(value: object) -> object:
    """Return a value with the types of all that is in it, where equality would let 1 pass for Decimal(1)."""
    if hasattr(value, "__struct_fields__"):
        return type(value).__name__, typed(astuple(value))  # type: ignore[arg-type]
    return tuple(typed(item) for item in value) if isinstance(value, tuple) else (type(value), str(value))


def test_there_are_reports_to_pack() -> None:
    assert len(REPORTS) >= 8


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_a_report_comes_back_equal_in_value_and_type(path: Path) -> None:
    report = process(read(path, path.name))
    assert unpack(packed(report).packed) == report
    assert typed(unpack(packed(report).packed)) == typed(report)


def test_a_number_keeps_the_digits_it_was_written_with() -> None:
    made = made_report()
    facts = tuple(replace(made.facts[0], value=Decimal(text)) for text in ("4E+5", "19.50", "0.10"))
    back = unpack(packed(replace(made, facts=facts)).packed)
    assert [str(fact.value) for fact in back.facts] == ["4E+5", "19.50", "0.10"]


def of(source: str, document_id: str, **changes: object) -> ReportRows:
    made = made_report(document_id, source)
    return replace(made, document=replace(made.document, **changes))


MANY = [  # in path order; one library under two names, one report twice, one failed
    of("a.txt", "a" * 12, library_id="lib-1", library="乙馆", report_year=2014),
    of("b.txt", "b" * 12, library_id="lib-2", library="丙馆", report_year=2014),
    of("c.txt", "c" * 12, library_id="lib-1", library="甲馆", report_year=2013),
    of("d.txt", "d" * 12, library_id="lib-1", library="乙馆", report_year=2015),
    of("e.txt", "b" * 12, library_id="lib-2", library="丙馆", report_year=2014),
    of("f.txt", "f" * 12, library_id=None, library=None, report_year=None, status="failed"),
]


def test_a_corpus_is_the_same_from_the_store_as_from_memory(store: Store) -> None:
    for report in reversed(MANY):
        store.put(packed(report), "rules")
    held = [*MANY[:4], repeated(MANY[4].document, MANY[1].document), MANY[5]]
    assert [unpack(told.packed) for told in Stored(store).reports()] == held
    assert (
        list(Stored(store).library_years())
        == list(Held(held).library_years())
        == [
            LibraryYear("丙馆", "lib-2", 2014),
            LibraryYear("甲馆", "lib-1", 2013),
            LibraryYear("乙馆", "lib-1", 2014),
            LibraryYear("乙馆", "lib-1", 2015),
        ]
    )
    assert list(Stored(store).mentions()) == list(Held(held).mentions())
    assert [unpack(raw).document.source for raw in Stored(store).of_library("lib-2")] == ["b.txt"]
    stored = Stored(store)
    with bodies(stored) as named:
        assert list(stream(stored, named)) == list(publishable(held))


def test_what_is_put_replaces_and_what_is_forgotten_is_gone(store: Store) -> None:
    store.put(packed(MANY[0], "old"), "rules")
    before = store.state()
    store.put(packed(MANY[0], "new"), "rules")
    assert (store.kept()["a.txt"].content, store.state()) == ("new", before)
    store.put(packed(MANY[1]), "rules")
    assert store.state() != before
    store.forget(["b.txt"])
    assert store.state() == before


@pytest.mark.parametrize("damage", [b"", b"not a database" * 100])
def test_a_broken_store_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(damage)
    with open_store(tmp_path) as store:
        assert store.kept() == {}
        store.put(packed(MANY[0]), "rules")
    with open_store(tmp_path) as store:
        assert list(store.kept()) == ["a.txt"]


def test_a_store_of_another_make_is_made_anew(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.put(packed(MANY[0]), "rules")
        list(store.rows("PRAGMA user_version = 99"))
    with open_store(tmp_path) as store:
        assert store.kept() == {}
