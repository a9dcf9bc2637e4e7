"""A second run reads what changed and nothing else, and comes to the bytes of a clean run."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_reports import made_report
from test_batch import contents, rows, tree

from nianbao import batch, reading, rules
from nianbao.batch import extract
from nianbao.steps import Running, Step
from publish.ways_out import OutputError
from schemas.document import Document
from schemas.rows import ReportRows


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the documents that are read, which grows as they are."""
    read: list[str] = []

    def processed(document: Document) -> ReportRows:
        read.append(document.source)
        return made_report(document.document_id, document.source)

    monkeypatch.setattr(reading, "process", processed)
    return read


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return tree(tmp_path / "in", {"a.txt": "甲", "b.txt": "乙", "c.txt": "丙", "empty.txt": ""})


def clean(reports: Path, tmp_path: Path) -> dict[str, bytes]:
    extract(reports, tmp_path / "clean")
    return contents(tmp_path / "clean")


def test_an_unchanged_run_reads_nothing_and_writes_nothing(reports: Path, tmp_path: Path, counted: list[str]) -> None:
    first = extract(reports, tmp_path / "out")
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("[!.]*")}
    counted.clear()
    second = extract(reports, tmp_path / "out")
    assert counted == []
    assert (second.read, second.written) == (0, False)
    assert (second.rows, second.findings, second.failures) == (first.rows, first.findings, first.failures)
    assert all(path.stat().st_mtime_ns == time for path, time in times.items())


def test_only_what_changed_is_read(reports: Path, tmp_path: Path, counted: list[str]) -> None:
    extract(reports, tmp_path / "out")
    counted.clear()
    tree(reports, {"b.txt": "乙二", "d.txt": "丁"})
    (reports / "c.txt").rename(reports / "e.txt")
    told: list[Step] = []
    assert extract(reports, tmp_path / "out", progress=told.append).written
    assert counted == ["b.txt", "d.txt", "e.txt"]
    assert (told[0].done, told[0].total, told[0].failed) == (2, 5, 1)
    assert contents(tmp_path / "out") == clean(reports, tmp_path)


def test_an_input_that_is_gone_disappears(reports: Path, tmp_path: Path, counted: list[str]) -> None:
    extract(reports, tmp_path / "out")
    (reports / "b.txt").unlink()
    counted.clear()
    assert extract(reports, tmp_path / "out").written
    assert counted == []
    assert [row["source"] for row in rows(tmp_path / "out", "documents")] == ["a.txt", "c.txt", "empty.txt"]
    assert contents(tmp_path / "out") == clean(reports, tmp_path)


@pytest.mark.usefixtures("counted")
def test_the_first_of_two_files_alike_may_go(reports: Path, tmp_path: Path) -> None:
    tree(reports, {"d.txt": "甲"})
    extract(reports, tmp_path / "out")
    (reports / "a.txt").unlink()
    extract(reports, tmp_path / "out")
    assert contents(tmp_path / "out") == clean(reports, tmp_path)


def test_force_reads_all_again(reports: Path, tmp_path: Path, counted: list[str]) -> None:
    extract(reports, tmp_path / "out")
    counted.clear()
    forced = extract(reports, tmp_path / "out", running=Running(force=True))
    assert (counted, forced.written) == (["a.txt", "b.txt", "c.txt"], False)


def test_other_words_read_all_again(reports: Path, tmp_path: Path, counted: list[str]) -> None:
    extract(reports, tmp_path / "out")
    counted.clear()
    words = tree(tmp_path / "words", {"settings.yaml": "fair: {label: 庙会}"})
    extract(reports, tmp_path / "out", vocabulary=words)
    assert counted == ["a.txt", "b.txt", "c.txt"]


def test_other_code_reads_all_again(
    reports: Path, tmp_path: Path, counted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    extract(reports, tmp_path / "out")
    counted.clear()
    monkeypatch.setattr(rules, "_code", lambda: ("changed",))
    extract(reports, tmp_path / "out")
    assert counted == ["a.txt", "b.txt", "c.txt"]


def test_the_fingerprint_covers_every_source_file() -> None:
    root = Path(rules.__file__).parents[1]
    names = {name for name, _ in rules._sources()}
    assert {path.relative_to(root).as_posix() for path in root.glob("extract/*.py")} <= names
    assert "schemas/vocabulary/metrics.yaml" in names


TOUCHED = [  # what somebody did to the output
    lambda out: (out / "facts.csv").write_text("mine"),
    lambda out: (out / "lectures.csv").unlink(),
    lambda out: next((out / "text").iterdir()).unlink(),
    lambda out: (out / "datapackage.json").write_bytes((out / "datapackage.json").read_bytes() + b" "),
]


@pytest.mark.parametrize("touch", TOUCHED)
@pytest.mark.usefixtures("counted")
def test_an_output_that_somebody_changed_is_written_again(reports: Path, tmp_path: Path, touch: object) -> None:
    extract(reports, tmp_path / "out")
    touch(tmp_path / "out")  # type: ignore[operator]
    assert extract(reports, tmp_path / "out").written
    assert contents(tmp_path / "out") == clean(reports, tmp_path)


@pytest.mark.usefixtures("counted")
def test_a_second_run_at_the_same_time_is_refused(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*_: object) -> None:
        extract(reports, tmp_path / "out")

    with monkeypatch.context() as patch:
        patch.setattr(batch, "_publish", meanwhile)
        with pytest.raises(OutputError, match="out is being written by another run; wait until that has ended"):
            extract(reports, tmp_path / "out")
    assert extract(reports, tmp_path / "out").written
