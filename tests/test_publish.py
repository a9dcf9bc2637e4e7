"""The way out: cells, files, the descriptor, and an output folder that is always whole."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import frictionless
import pytest
from made_reports import TEXT, made_alias, made_coverage, made_indicator, made_organization, made_panel_row, made_report
from msgspec.structs import replace

from publish import folder
from publish.csv_files import Value, cell, csv_files
from publish.datapackage import PROFILE, descriptor
from publish.folder import folder_output
from publish.ways_out import DocumentText, OutputError
from schemas.declarations import tables
from schemas.rows import ReportRows, Row

CELLS: list[tuple[Value, str]] = [
    (None, ""),
    ("", ""),
    ("  两端空格 ", "  两端空格 "),
    (0, "0"),
    (True, "true"),
    (False, "false"),
    (date(2014, 5, 4), "2014-05-04"),
    (date(14, 5, 4), "0014-05-04"),
    (Decimal("400000"), "400000"),
    (Decimal("4E+5"), "400000"),  # what 40 × 10⁴ may come out as
    (Decimal("19.50"), "19.5"),
    (Decimal("100"), "100"),  # the noughts of a whole number are not trailing ones
    (Decimal("1E-7"), "0.0000001"),
    (Decimal("-0"), "0"),
    (Decimal("12345678901234567890123456789.10"), "12345678901234567890123456789.1"),  # past the context's 28 digits
]


@pytest.mark.parametrize(("value", "written"), CELLS)
def test_cell(value: Value, written: str) -> None:
    assert cell(value) == written


@pytest.mark.parametrize("value", [1.5, Decimal("NaN"), Decimal("Infinity"), ["a"]])
def test_what_no_column_holds_is_refused(value: Value) -> None:
    with pytest.raises(TypeError, match="a row holds"):
        cell(value)


def csv_bytes(folder: Path, name: str, rows: tuple[Row, ...]) -> bytes:
    with csv_files(folder) as write:
        write({name: rows[:1]})
        write({name: rows[1:]})
    return (folder / f"{name}.csv").read_bytes()


def test_csv_is_rfc_4180_with_a_mark(tmp_path: Path) -> None:
    data = csv_bytes(tmp_path, "cells", made_report().cells)
    head, rest = data[:3], data[3:].decode()
    assert head == b"\xef\xbb\xbf"
    assert rest.startswith("table_id,row,column,row_span,column_span,text,role,char_start,char_end,corrected\r\n")
    assert rest.endswith('1,0,1,2,"家庭""阅读"",\n上册",body,9,11,\r\n')


def test_a_csv_of_no_rows_is_its_header(tmp_path: Path) -> None:
    data = csv_bytes(tmp_path, "numbers", ())
    assert data.decode("utf-8-sig") == "document_id,char_start,char_end,raw,role,row_id,corrected\r\n"


@pytest.mark.parametrize("name", tables())
def test_csv_reads_back_as_written(name: str, tmp_path: Path) -> None:
    table, rows = tables()[name], made_rows(made_report())[name]
    read = list(csv.DictReader(io.StringIO(csv_bytes(tmp_path, name, rows).decode("utf-8-sig"), newline="")))
    assert read == [{column: cell(getattr(row, column)) for column in table.column_names} for row in rows]
    assert read


def made_rows(*reports: ReportRows) -> dict[str, tuple[Row, ...]]:
    of_many = {"documents", "indicators", "panel", "coverage", "organizations", "organization_aliases"}
    names = [name for name in tables() if name not in of_many]
    rows: dict[str, tuple[Row, ...]] = {name: sum((getattr(report, name) for report in reports), ()) for name in names}
    rows["documents"] = tuple(report.document for report in reports)
    rows["indicators"] = (made_indicator(),)
    rows["panel"] = (made_panel_row(),)
    rows["coverage"] = (made_coverage(),)
    rows["organizations"] = (made_organization(),)
    rows["organization_aliases"] = (made_alias(),)
    return rows


def written(out: Path, rows: Mapping[str, tuple[Row, ...]] | None = None, document_id: str = "0123456789ab") -> Path:
    made = made_rows(made_report()) if rows is None else rows
    with folder_output(out, "csv") as write:
        write(made, DocumentText(document_id, TEXT))
    return out


def contents(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def errors(out: Path) -> list[str]:
    report = frictionless.validate(out / "datapackage.json")
    return [error.type for task in report.tasks for error in task.errors] + [error.type for error in report.errors]


def test_the_descriptor_declares_every_table_and_column() -> None:
    package = json.loads(descriptor(tables().values()))
    assert package["$schema"] == PROFILE
    assert [resource["name"] for resource in package["resources"]] == list(tables())
    fields = {
        (resource["name"], field["name"]): field
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
    }
    assert fields["outreach", "volumes"]["unit"] == "volumes"
    assert fields["facts", "status"]["constraints"] == {"enum": ["actual", "planned"]}
    assert fields["documents", "source"]["constraints"] == {"required": True}
    sections = package["resources"][1]["schema"]
    assert sections["primaryKey"] == ["section_id"]
    assert sections["foreignKeys"] == [
        {"fields": ["parent_id"], "reference": {"resource": "", "fields": ["section_id"]}}
    ]


def test_the_package_is_valid_with_its_data(tmp_path: Path) -> None:
    other = made_report("ba9876543210", "县/2015.txt")
    twice = ReportRows(replace(other.document, source="县/2015 副本.txt"))
    assert errors(written(tmp_path / "out", made_rows(made_report(), other, twice))) == []


def test_the_package_is_valid_without_rows(tmp_path: Path) -> None:
    assert errors(written(tmp_path / "out", {})) == []


BROKEN: list[tuple[str, str, object, str]] = [  # table, column, value, what frictionless calls it
    ("sections", "parent_id", "s9", "foreign-key"),
    ("indicators", "fact_id", "f9", "foreign-key"),
    ("facts", "qualifier", "roughly", "constraint-error"),
    ("documents", "source", None, "constraint-error"),
    ("cells", "row", 0, "primary-key"),
]


@pytest.mark.parametrize(("name", "column", "value", "kind"), BROKEN)
def test_the_package_shows_data_that_break_the_contract(
    tmp_path: Path, name: str, column: str, value: object, kind: str
) -> None:
    rows = made_rows(made_report())
    rows[name] = (*rows[name][:-1], replace(rows[name][-1], **{column: value}))  # type: ignore[arg-type]
    assert kind in errors(written(tmp_path / "out", rows))


def test_the_folder_holds_every_table_the_descriptor_and_the_text(tmp_path: Path) -> None:
    found = contents(written(tmp_path / "new" / "out"))
    assert set(found) == {*(f"{name}.csv" for name in tables()), "datapackage.json", "text/0123456789ab.txt"}
    assert found["text/0123456789ab.txt"] == TEXT.encode()
    assert b"\r" not in found["datapackage.json"]


def test_two_writings_give_the_same_bytes(tmp_path: Path) -> None:
    assert contents(written(tmp_path / "one")) == contents(written(tmp_path / "two"))


def test_an_earlier_output_is_replaced_whole(tmp_path: Path) -> None:
    out = written(tmp_path / "out")
    (out / ".DS_Store").write_bytes(b"")
    written(out, {}, "f" * 12)
    assert [name for name in contents(out) if name.startswith("text/")] == ["text/ffffffffffff.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert "facts.csv" in contents(written(tmp_path / "out"))


def test_the_folder_may_be_read_by_whom_the_system_lets(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    assert written(tmp_path / "out").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("name", ["notes.txt", "log", "old/facts.csv", ".git/config"])
@pytest.mark.parametrize("again", [False, True])
def test_what_else_is_in_the_folder_stays(tmp_path: Path, name: str, again: bool) -> None:
    out = tmp_path / "out"
    (out / name).parent.mkdir(parents=True)
    (out / name).write_text("mine")
    if again:
        written(out)
    written(out)
    assert (out / name).read_text() == "mine"
    assert written(tmp_path / "fresh").joinpath("facts.csv").read_bytes() == (out / "facts.csv").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fresh", "out"]


def test_a_broken_exchange_leaves_all_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = written(tmp_path / "out")
    (out / "notes.txt").write_text("mine")
    before = contents(out)
    rename = Path.rename

    def breaking(path: Path, target: Path) -> Path:
        if path.name == "text" and path.parent.name == "next":
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", breaking)
    with pytest.raises(OSError, match="No space"):
        written(out)
    assert contents(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


FOREIGN = [("text/notes.txt", "text/notes.txt")]


@pytest.mark.parametrize(("name", "said"), FOREIGN)
def test_files_of_others_are_never_swept_away(tmp_path: Path, name: str, said: str) -> None:
    out = written(tmp_path / "out")
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).write_text("mine")
    before = contents(out)
    with pytest.raises(OutputError, match=f"holds {said}, which nianbao did not write; move that away"):
        written(out)
    assert contents(out) == before


@pytest.mark.parametrize("package", [None, "{", "[]", '{"name": "other", "resources": []}', '{"name": "nianbao"}'])
def test_a_folder_is_ours_only_by_its_descriptor(tmp_path: Path, package: str | None) -> None:
    (tmp_path / "facts.csv").write_text("mine")
    if package is not None:
        (tmp_path / "datapackage.json").write_text(package)
    with pytest.raises(OutputError, match="did not write"):
        written(tmp_path)


def test_a_file_is_no_place_for_tables(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OutputError, match="out is a file; give --out a folder"):
        written(tmp_path / "out")
    with pytest.raises(OutputError, match=r"out is a file, so .* cannot be made in it"):
        written(tmp_path / "out" / "inner")


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", ["descriptor", "_names"])
@pytest.mark.parametrize("old", [True, False])
def test_a_broken_run_leaves_the_old_output_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, step: str, old: bool
) -> None:
    out = tmp_path / "out"
    before = contents(written(out)) if old else {}

    def broken(*_: object) -> str:
        raise error

    monkeypatch.setattr(folder, step, broken)
    with pytest.raises(type(error)):
        written(out, {})
    assert contents(out) == before
    assert [path.name for path in tmp_path.iterdir()] == (["out"] if old else [])


def test_a_failed_rename_brings_the_old_output_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = written(tmp_path / "out")
    before, rename = contents(out), Path.rename

    def only_the_old(path: Path, target: Path) -> Path:
        if path.parent.name == "next":
            raise OSError(16, "Device or resource busy")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", only_the_old)
    with pytest.raises(OSError, match="busy"):
        written(out, {})
    assert contents(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
