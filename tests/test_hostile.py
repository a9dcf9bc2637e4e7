"""Hostile files: each ends in one sentence or in what could be read of it, within its limits; none ends the batch."""

from __future__ import annotations

import os
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_corpus import corpus
from run_apart import End, run_apart, wrong_spans

from extract import limits
from extract.read import UnreadableFile, read
from nianbao.inputs import collect, printable
from nianbao.pipeline import process
from nianbao.reading import read_one

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the limits are those that Linux enforces")

KILOBYTES = 250_000  # that any of them may take
BOMB_KILOBYTES = 50_000  # that a bomb may take, however large it would be
FILES = {hostile.name: hostile for hostile in corpus()}
BOMBS = [name for name, hostile in FILES.items() if hostile.outcome == "zip bomb"]


@pytest.fixture(scope="module")
def ends(tmp_path_factory: pytest.TempPathFactory) -> dict[str, End]:
    """How each file ended, in a process of its own."""
    return {end.name: end for end in run_apart(FILES.values(), tmp_path_factory.mktemp("hostile"))}


def test_the_corpus_is_large() -> None:
    assert len(FILES) > 200
    assert len(BOMBS) >= 7
    assert len({hostile.what for hostile in FILES.values()}) == len(FILES)


@pytest.mark.parametrize("name", FILES)
def test_each_ends_as_it_must(ends: dict[str, End], name: str) -> None:
    end, hostile = ends[name], FILES[name]
    assert end.status in {"ok", "partial", "error"}, end.said
    assert end.kilobytes < (BOMB_KILOBYTES if name in BOMBS else KILOBYTES)
    reached = end.said if end.status == "error" else " ".join([end.status, *end.codes])
    assert re.search(hostile.outcome, reached), reached
    if end.status == "error":
        assert_is_one_sentence(end.said, name)
    assert (end.status == "partial") == ("partly_unreadable" in end.codes)


def assert_is_one_sentence(said: str, name: str) -> None:
    """What, where and what to do."""
    assert said.startswith(f"{name}: ")
    assert ";" in said
    assert said.isprintable()
    assert len(said) < 400


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_before_it_is_inflated(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inflated = 0
    inflate = zipfile.ZipExtFile.read

    def counted(member: zipfile.ZipExtFile, size: int | None = -1) -> bytes:
        nonlocal inflated
        data = inflate(member, size)
        inflated += len(data)
        return data

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    path = tmp_path / name
    path.write_bytes(FILES[name].make())
    with pytest.raises(UnreadableFile, match="zip bomb"):
        read(path, name)
    assert inflated <= limits.RATIO_MATTERS_FROM


SALVAGED = [
    name for name in FILES if "directory-lost-of" in name or "directory-cut" in name or "directory-lost." in name
]


@pytest.mark.parametrize("name", SALVAGED)
def test_what_a_broken_download_still_holds_is_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name].make())
    document = read(path, name)
    assert document.text == "2019年，全馆接待读者3.2万人次。\n"
    assert document.status == "partial"
    assert "its directory is lost" in document.doubts[0].message


def test_the_start_of_a_text_that_is_cut_off_is_read(tmp_path: Path) -> None:
    hostile = next(hostile for hostile in FILES.values() if "cut-in-the-main-part" in hostile.name)
    path = tmp_path / hostile.name
    path.write_bytes(hostile.make())
    rows = process(read(path, hostile.name))
    assert rows.text.count("全馆接待读者3.2万人次") > 50
    assert len([fact for fact in rows.facts if fact.metric == "visits"]) > 50
    assert not wrong_spans(rows)


# --- what lies in a folder


def tree(root: Path) -> Iterator[tuple[str, str]]:
    """Make a folder of what is no report and of odd names; yield each source and how it ends."""
    (root / "loop.txt").symlink_to(root / "loop.txt")
    yield "loop.txt", "cannot be opened"
    (root / "gone.docx").symlink_to(root / "nothing.docx")
    yield "gone.docx", "cannot be opened"
    (root / "ring").mkdir()
    (root / "ring" / "again").symlink_to(root)
    os.mkfifo(root / "pipe.txt")
    yield "pipe.txt", "device or pipe"
    (root / "folder.docx").mkdir()
    yield "folder.docx", "this is a folder"
    (root / "device.txt").symlink_to("/dev/zero")
    yield "device.txt", "device or pipe"
    said = "2019年，全馆接待读者3.2万人次。"
    for name, source in ODD_NAMES:
        (root / name).write_text(said + source, "utf-8")
        yield source, ""


ODD_NAMES = [
    ("x...txt", "x...txt"),
    ("a\nb.txt", "a\\nb.txt"),
    ("a\x1b[2Jb.txt", "a\\x1b[2Jb.txt"),
    ("a\u202etxt.exe.txt", "a\\u202etxt.exe.txt"),
    ("=1+1,\"'.txt", "=1+1,\"'.txt"),
    (os.fsdecode(b"a\xff\xfe.txt"), "a\\xff\\xfe.txt"),
    (os.fsdecode("年报".encode("gb18030") + b".txt"), "年报.txt"),
    ("馆" * 80 + ".txt", "馆" * 80 + ".txt"),
]


def test_a_folder_of_odd_files_is_read_to_its_end(tmp_path: Path) -> None:
    expected = dict(tree(tmp_path))
    reports = {
        report.document.source: report.document
        for report in (read_one(item, debug=True) for item in collect([tmp_path]))
    }
    assert reports.keys() == expected.keys()
    for source, words in expected.items():
        assert words in (reports[source].error or ""), source
        assert (reports[source].status == "failed") == bool(words), source


def test_a_file_that_vanishes_while_the_batch_runs(tmp_path: Path) -> None:
    for name in ("1.txt", "2.docx"):
        (tmp_path / name).write_text("2019年", "utf-8")
    inputs = collect([tmp_path])
    (tmp_path / "1.txt").unlink()
    (tmp_path / "2.docx").unlink()
    reports = [read_one(item, debug=True) for item in inputs]
    assert [report.document.status for report in reports] == ["failed", "failed"]
    assert all("cannot be opened" in (report.document.error or "") for report in reports)


def test_names_that_steer_a_terminal_are_escaped() -> None:
    assert printable("a\r\x07\u2028\u2066b") == "a\\r\\x07\\u2028\\u2066b"
