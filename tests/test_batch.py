"""Many reports: what is collected, what it is called, and that no file ends the batch or is hidden by it."""

from __future__ import annotations

import csv
import hashlib
import os
from pathlib import Path

import pytest
from made_reports import made_report
from msgspec.structs import replace

import nianbao
from extract.read import UnreadableFile
from nianbao import batch, gather, reading, report
from nianbao.batch import Summary, extract
from nianbao.inputs import InputError, collect
from nianbao.report_names import printable
from nianbao.steps import Running, Step
from publish.ways_out import OutputError
from schemas.document import Document
from schemas.rows import ReportRows


def processed(document: Document) -> ReportRows:
    if "fault" in document.text:
        raise KeyError("loans")
    return made_report(document.document_id, document.source)


@pytest.fixture(autouse=True)
def _made_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "process", processed)
    monkeypatch.setattr(report, "process", processed)
    monkeypatch.setattr(gather, "indicators", lambda _reports: ())
    monkeypatch.setattr(reading, "mentions", lambda _report: ())


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return tree(tmp_path / "in", {"a.txt": "甲馆", "县/b.TXT": "乙馆", "县/c.txt": "丙馆"})


def tree(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def rows(out: Path, name: str) -> list[dict[str, str]]:
    with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def contents(out: Path) -> dict[str, bytes]:
    """Return the output's files; run.json, which tells the time, and the workshop are no part of it."""
    files = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
    own = {name for name in files if name.startswith(".nianbao/")} | {"run.json"}
    return {name: path.read_bytes() for name, path in files.items() if name not in own}


def sources(*paths: Path) -> list[str]:
    return [item.source for item in collect(paths)]


# --- what is in the batch


def test_a_folder_gives_its_reports_in_path_order(tmp_path: Path) -> None:
    names = ["b.txt", "a/z.docx", "B.txt", "a.txt", "年/2.TXT", "a b.txt"]
    tree(tmp_path, dict.fromkeys(names, ""))
    assert sources(tmp_path) == ["B.txt", "a b.txt", "a.txt", "a/z.docx", "b.txt", "年/2.TXT"]


@pytest.mark.parametrize("name", ["x.csv", "x.jpg", "x", ".x.txt", ".git/x.txt", "~$x.docx", "x.txt.bak", "txt"])
def test_other_files_of_a_folder_are_passed_over(tmp_path: Path, name: str) -> None:
    assert sources(tree(tmp_path, {"a.txt": "", name: ""})) == ["a.txt"]


def test_a_file_named_itself_is_always_in_the_batch(tmp_path: Path) -> None:
    tree(tmp_path, {"x.doc": "", ".y.txt": ""})
    assert sources(tmp_path / "x.doc", tmp_path / ".y.txt") == [".y.txt", "x.doc"]


SAME = [  # files, inputs, sources: two roots may hold files of one name
    (["a/x.txt", "b/x.txt"], ["a", "b"], ["a/x.txt", "b/x.txt"]),
    (["a/x.txt", "b/x.txt", "b/y.txt"], ["a", "b"], ["a/x.txt", "b/x.txt", "y.txt"]),
    (["a/in/x.txt", "b/in/x.txt"], ["a/in", "b/in"], ["a/in/x.txt", "b/in/x.txt"]),
    (["a/x.txt", "b/x.txt"], ["a/x.txt", "b/x.txt"], ["a/x.txt", "b/x.txt"]),
    (["a/x.txt"], ["a", "a/x.txt", "a"], ["x.txt"]),
    (["a/b/x.txt"], ["a", "a/b"], ["b/x.txt"]),  # met twice: the first root that holds it gives the name
]


@pytest.mark.parametrize(("files", "given", "expected"), SAME)
def test_no_two_files_have_one_source(tmp_path: Path, files: list[str], given: list[str], expected: list[str]) -> None:
    tree(tmp_path, dict.fromkeys(files, ""))
    assert sources(*(tmp_path / name for name in given)) == expected


def test_a_link_to_a_folder_above_leads_round_only_once(tmp_path: Path) -> None:
    tree(tmp_path, {"a/x.txt": ""})
    (tmp_path / "a" / "again").symlink_to(tmp_path, target_is_directory=True)
    assert sources(tmp_path) == ["a/x.txt"]


def test_names_in_old_chinese_encodings_are_readable() -> None:
    assert printable(os.fsdecode("醴陵.txt".encode("gb18030"))) == "醴陵.txt"
    assert printable("醴陵.txt") == "醴陵.txt"
    assert printable(os.fsdecode(b"\xff\xff.txt")) == r"\xff\xff.txt"


def test_what_does_not_exist_or_holds_nothing_is_wrong_use(tmp_path: Path) -> None:
    tree(tmp_path, {"x.csv": ""})
    with pytest.raises(InputError, match=r"nowhere does not exist; check the path"):
        extract([tmp_path, tmp_path / "nowhere"], tmp_path / "out")
    with pytest.raises(InputError, match=r"no \.txt or \.docx file in .*; name a file or a folder"):
        extract(tmp_path, tmp_path / "out")
    with pytest.raises(InputError, match="the empty list"):
        extract([], tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]


def test_a_folder_that_cannot_be_opened_is_a_failed_document(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    iterdir = Path.iterdir

    def closed(path: Path) -> object:
        if path.name == "县":
            raise PermissionError(13, "Permission denied")
        return iterdir(path)

    monkeypatch.setattr(Path, "iterdir", closed)
    found = {item.source: item.problem for item in collect([reports])}
    assert found == {"a.txt": None, "县": "the folder cannot be opened (Permission denied); give leave to read it"}


# --- the batch


def test_a_batch_writes_the_tables_and_says_so(reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    summary = extract([str(reports)], str(out))
    assert summary.documents == 3
    assert summary.failures == ()
    assert summary.findings == {"error": 0, "warning": 3, "info": 3}
    assert summary.rows == {name: len(rows(out, name)) for name in summary.rows}
    assert summary.rows["facts"] == 6
    assert [row["source"] for row in rows(out, "documents")] == ["a.txt", "县/b.TXT", "县/c.txt"]
    texts = {row["document_id"] for row in rows(out, "documents")}
    assert {path.stem for path in (out / "text").iterdir()} == texts


def test_a_second_run_gives_the_same_bytes(reports: Path, tmp_path: Path) -> None:
    outs = [tmp_path / "out1", tmp_path / "out2"]
    for out in outs:
        extract(reports, out)
    first, second = (contents(out) for out in outs)
    assert first == second


def test_an_output_among_the_inputs_is_not_read(reports: Path) -> None:
    first = extract(reports, reports / "out")
    again = extract(reports, reports / "out", running=Running(force=True))
    assert again == replace(first, written=False)


FAILING: list[tuple[str, bytes | None, str]] = [  # name, content (None: a folder), what the sentence says
    ("empty.txt", b"", "empty.txt: the file is empty"),
    ("folder.txt", None, "folder.txt: this is a folder"),
    ("report.docx", b"not a package", "report.docx: "),
    ("fault.txt", b"fault", "fault.txt: reading it met KeyError ('loans'), a fault in nianbao"),
]


@pytest.mark.parametrize(("name", "content", "said"), FAILING)
def test_a_bad_file_is_a_failed_document_and_the_batch_goes_on(
    reports: Path, tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    if content is None:
        tree(reports / name, {"inner.txt": "甲"})
    else:
        tree(reports, {name: content})
    summary = extract(reports, tmp_path / "out")
    ((source, error),) = summary.failures
    assert (source, error.startswith(said)) == (name, True)
    (row,) = (row for row in rows(tmp_path / "out", "documents") if row["status"] == "failed")
    assert (row["source"], row["error"], row["characters"]) == (name, error, "")
    assert row["document_id"] == hashlib.sha256(name.encode() if content is None else content).hexdigest()[:12]
    (finding,) = (row for row in rows(tmp_path / "out", "findings") if row["code"] == "unreadable_file")
    assert (finding["severity"], finding["document_id"], finding["message"]) == ("error", row["document_id"], error)
    assert summary.documents == 4
    assert summary.rows["facts"] == 6


@pytest.mark.parametrize("suffix", [".doc", ".pdf", ".wps", ".html"])
def test_reports_in_formats_that_are_not_read_fail_by_name(tmp_path: Path, suffix: str) -> None:
    tree(tmp_path, {"a.txt": "甲", f"in/b{suffix}": "乙"})
    ((source, error),) = extract(tmp_path, tmp_path / "out").failures
    assert source == f"in/b{suffix}"
    assert suffix in error


def test_two_failed_files_alike_have_findings_of_their_own(tmp_path: Path) -> None:
    tree(tmp_path, {"a.txt": "", "b.txt": ""})
    extract(tmp_path, tmp_path / "out")
    assert len({row["finding_id"] for row in rows(tmp_path / "out", "findings")}) == 2


def test_the_same_report_twice_gives_its_rows_once(tmp_path: Path) -> None:
    tree(tmp_path, {"a.txt": "甲馆", "b.txt": "甲馆"})
    summary = extract(tmp_path, tmp_path / "out")
    first, second = rows(tmp_path / "out", "documents")
    assert {**first, "source": "b.txt"} == second
    assert second["status"] == "ok"
    assert summary.rows["facts"] == 2
    (finding,) = (row for row in rows(tmp_path / "out", "findings") if row["code"] == "duplicate_document")
    assert finding["message"] == "b.txt has the same bytes as a.txt; its rows are given once, for that file"


def test_a_failed_reading_does_not_make_a_good_one_a_repetition(tmp_path: Path) -> None:
    tree(tmp_path, {"a.docx": "甲馆", "b.txt": "甲馆"})
    summary = extract(tmp_path, tmp_path / "out")
    assert [source for source, _ in summary.failures] == ["a.docx"]
    assert summary.rows["facts"] == 2


def test_debug_raises_what_no_rule_foresees(reports: Path, tmp_path: Path) -> None:
    tree(reports, {"fault.txt": "fault", "empty.txt": ""})
    with pytest.raises(KeyError, match="loans"):
        extract(reports, tmp_path / "out", debug=True)
    assert contents(tmp_path / "out") == {}


def test_progress_tells_each_file_what_is_done_and_what_failed(reports: Path, tmp_path: Path) -> None:
    told: list[Step] = []
    extract(tree(reports, {"b.txt": ""}), tmp_path / "out", progress=told.append)
    assert [(step.event, step.source, step.done, step.failed) for step in told] == [
        ("begin", None, 0, 0),
        ("document", "a.txt", 1, 0),
        ("document", "b.txt", 2, 1),
        ("document", "县/b.TXT", 3, 1),
        ("document", "县/c.txt", 4, 1),
        ("publish", None, 4, 1),
        ("end", None, 4, 1),
    ]
    assert {step.total for step in told} == {4}
    assert [(step.status, step.rows) for step in told[1:3]] == [("ok", 16), ("failed", 1)]


def test_nothing_is_read_where_out_is_refused(reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "refresh", None)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "facts.csv").write_text("mine")
    with pytest.raises(OutputError, match="did not write"):
        extract(reports, tmp_path / "mine")


def test_inputs_that_out_would_replace_are_refused(reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    extract(reports, out)
    with pytest.raises(InputError, match=r"lies in .*, which would be replaced; give --out another folder"):
        extract(out / "text", out)
    assert len(rows(out, "documents")) == 3


# --- one report


def test_a_report_has_every_table_as_a_typed_frame(reports: Path) -> None:
    frames = nianbao.read_report(reports / "a.txt").frames()
    assert len(frames) == 17
    assert all(
        len(frames[name])
        for name in frames
        if name not in {"indicators", "panel", "organizations", "organization_aliases"}
    )
    facts, lectures = frames["facts"], frames["lectures"]
    assert facts["value"].tolist() == [590000.0, 2.0]
    assert facts["section_id"].isna().tolist() == [False, True]
    assert {str(facts[name].dtype) for name in ("value", "upper", "confidence")} == {"float64"}
    assert str(facts["metric"].dtype) == "string"
    assert str(facts["char_start"].dtype) == "Int64"
    assert str(lectures["start_date"].dtype) == "datetime64[s]"
    assert str(frames["indicators"]["conflict"].dtype) == "boolean"
    assert lectures["start_date"].dt.strftime("%Y-%m-%d").tolist() == ["2014-05-04"]


def test_a_report_shows_its_rows(reports: Path) -> None:
    read = nianbao.read_report(str(reports / "a.txt"))
    assert read.document.source == "a.txt"
    for name in made_report().__struct_fields__:
        assert getattr(read, name) == getattr(read.rows, name)


def test_a_report_that_cannot_be_read_raises(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="empty"):
        nianbao.read_report(tree(tmp_path, {"a.txt": ""}) / "a.txt")


def test_the_public_names_are_there_and_no_others() -> None:
    assert set(nianbao.__all__) <= set(dir(nianbao))
    assert nianbao.Summary is Summary
    assert nianbao.__version__[0].isdigit()
    with pytest.raises(AttributeError, match="no attribute 'loans'"):
        nianbao.loans  # noqa: B018
