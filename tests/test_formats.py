"""The formats of an output: the same rows in all of them, the same bytes twice, and text that no spreadsheet runs."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import frictionless
import pytest
import stored_outputs
from hypothesis import given
from hypothesis import strategies as st
from made_reports import TEXT, made_alias, made_indicator, made_organization, made_panel_row, made_report
from msgspec.structs import replace

import nianbao
from nianbao.gather import publishable
from nianbao.stored import UnreadableOutput, open_output
from publish.csv_files import cell, csv_files
from publish.folder import check_out, folder_output
from publish.formats import FORMATS, FormatError, formats, labels_named
from publish.formulas import STARTS, neutralised, restored
from publish.headings import Labels, headings
from publish.ways_out import DocumentText, OutputError
from schemas.declarations import tables
from schemas.rows import Row, TableRow

ACROSS: Mapping[str, Iterable[Row]] = {
    "indicators": (made_indicator(),),
    "panel": (made_panel_row(),),
    "organizations": (made_organization(),),
    "organization_aliases": (made_alias(),),
}


def written(out: Path, asked: str | Sequence[str] = "csv,parquet,xlsx,jsonl", labels: Labels = "en") -> Path:
    """Write an output of two reports, as a batch does."""
    reports = (made_report(), made_report("ba9876543210", "县/2015.txt"))
    with folder_output(out, asked, labels) as write:
        for rows, text in publishable(reports):
            if "documents" in rows:
                write(rows, text)
        write(ACROSS)
    return out


def names(out: Path) -> set[str]:
    found = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    return {name for name in found if not name.startswith(".nianbao/")}


def contents(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in names(out)}


def lines(out: Path, name: str) -> list[list[str]]:
    with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


# --- which formats


ASKED = [
    ("csv", ["csv"]),
    ("jsonl,csv", ["csv", "jsonl"]),
    ("xlsx, parquet", ["parquet", "xlsx"]),
    (["csv", "csv"], ["csv"]),
]


@pytest.mark.parametrize(("asked", "found"), ASKED)
def test_formats_are_named_in_any_order(asked: str | list[str], found: list[str]) -> None:
    assert [known.name for known in formats(asked)] == found


@pytest.mark.parametrize(("asked", "said"), [("xls", "xls"), ("csv,", "the empty name"), ("", "the empty name")])
def test_an_unknown_format_is_one_sentence_that_lists_what_there_is(asked: str, said: str) -> None:
    with pytest.raises(
        FormatError, match=f"^no such format: {said}; --format takes csv, parquet, xlsx, jsonl, sqlite$"
    ):
        formats(asked)


def test_no_format_and_unknown_labels_are_refused() -> None:
    with pytest.raises(FormatError, match="no format is named"):
        formats([])
    with pytest.raises(FormatError, match="no such labels: de; --labels takes en, zh"):
        labels_named("de")


WRONG = [(["--format", "ods"], "no such format: ods; --format takes csv"), (["--labels", "fr"], "no such labels: fr")]


@pytest.mark.parametrize(("options", "said"), WRONG)
def test_wrong_options_are_exit_2_and_write_nothing(tmp_path: Path, options: list[str], said: str) -> None:
    (tmp_path / "a.txt").write_text("山水县图书馆2014年工作总结", encoding="utf-8")
    code, _, error = stored_outputs.run("extract", tmp_path / "a.txt", "--out", tmp_path / "out", *options)
    assert (code, said in error) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_the_command_writes_the_formats_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("山水县图书馆2014年工作总结\n全年接待读者3万人次。", encoding="utf-8")
    code, _, error = stored_outputs.run(
        "extract", tmp_path / "a.txt", "--out", tmp_path / "out", "--format", "jsonl,xlsx", "--labels", "zh"
    )
    assert (code, error) == (0, "")
    (fact,) = [json.loads(line) for line in (tmp_path / "out" / "facts.jsonl").read_text("utf-8").splitlines()]
    assert (fact["指标"], fact["数值"]) == ("visits", 30000)
    assert (tmp_path / "out" / "nianbao.xlsx").exists()


# --- the folder


def test_the_folder_holds_what_was_asked_for_and_no_more(tmp_path: Path) -> None:
    out = written(tmp_path / "out", "parquet,xlsx")
    texts = {"text/0123456789ab.txt", "text/ba9876543210.txt"}
    assert names(out) == {"nianbao.xlsx", "datapackage.json", *texts, *(f"{name}.parquet" for name in tables())}


def test_two_writings_give_the_same_bytes(tmp_path: Path) -> None:
    assert contents(written(tmp_path / "one")) == contents(written(tmp_path / "two"))


@pytest.mark.parametrize("mine", [False, True])
def test_formats_no_longer_asked_for_go_with_the_earlier_output(tmp_path: Path, mine: bool) -> None:
    out = written(tmp_path / "out")
    if mine:
        (out / "notes.md").write_text("mine")
    written(out, "jsonl")
    assert {Path(name).suffix for name in names(out)} == {".jsonl", ".json", ".txt"} | ({".md"} if mine else set())
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_only_names_of_the_formats_asked_for_are_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "facts.parquet").write_text("mine")
    check_out(tmp_path, "csv,jsonl")
    with pytest.raises(OutputError, match=r"holds facts\.parquet, which nianbao did not write"):
        written(tmp_path, "parquet")


def test_a_descriptor_that_names_files_elsewhere_moves_none_of_them(tmp_path: Path) -> None:
    out = written(tmp_path / "out", "csv")
    (out / "notes.md").write_text("mine")
    (tmp_path / "other.csv").write_text("mine")
    stored_outputs.change_package(out, lambda it: it["resources"].append({"name": "x", "path": "../other.csv"}))
    written(out, "csv")
    assert (tmp_path / "other.csv").read_text() == "mine"


def test_the_descriptor_names_every_file_once(tmp_path: Path) -> None:
    package = json.loads((written(tmp_path / "out") / "datapackage.json").read_bytes())
    resources = package["resources"]
    assert len({resource["name"] for resource in resources}) == len(resources) == 3 * len(tables()) + 1
    assert {resource["path"] for resource in resources} | {"datapackage.json"} == {
        name for name in names(tmp_path / "out") if "/" not in name
    }
    keys = {key["reference"]["resource"] for resource in resources for key in _keys(resource, "-jsonl")}
    assert keys <= {f"{name}-jsonl" for name in tables()} | {""}


def _keys(
    resource: dict[str, dict[str, list[dict[str, dict[str, str]]]]], suffix: str
) -> Iterator[dict[str, dict[str, str]]]:
    if str(resource["name"]).endswith(suffix):
        yield from resource["schema"].get("foreignKeys", ())


@pytest.mark.parametrize("labels", ["en", "zh"])
@pytest.mark.parametrize("asked", ["csv", "jsonl", "csv,jsonl,xlsx"])
def test_the_package_is_valid_with_its_data(tmp_path: Path, asked: str, labels: Labels) -> None:
    pytest.importorskip("jsonlines", reason="frictionless reads JSON Lines with its extra «json»")
    package = frictionless.Package(str(written(tmp_path / "out", asked, labels) / "datapackage.json"))
    if "xlsx" in asked:
        package.remove_resource("nianbao-xlsx")  # tests/test_xlsx.py reads it
    report = package.validate()
    assert [error.message for task in report.tasks for error in task.errors] == []
    assert report.errors == []


# --- the same rows


def test_jsonl_holds_what_the_csv_holds(tmp_path: Path) -> None:
    out = written(tmp_path / "out", "csv,jsonl")
    for name, table in tables().items():
        with (out / f"{name}.jsonl").open(encoding="utf-8") as file:
            read = [json.loads(line, parse_float=Decimal) for line in file]
        assert all(tuple(row) == table.column_names for row in read)
        told = [[cell(value) for value in row.values()] for row in read]
        assert told == [[restored(text) for text in line] for line in lines(out, name)[1:]]
        assert told


def test_jsonl_keeps_what_was_read_to_the_last_digit(tmp_path: Path) -> None:
    fact = replace(made_report().facts[0], value=Decimal("12345678901234567890.10"), raw="=1\u2028\n")
    with folder_output(tmp_path / "out", "jsonl") as write:
        write({"facts": (fact,), "sections": (replace(made_report().sections[0], depth=10**30),)})
    (line,) = (tmp_path / "out" / "facts.jsonl").read_bytes().decode().splitlines()[:1]
    assert '"value":12345678901234567890.1,' in line
    assert json.loads((tmp_path / "out" / "facts.jsonl").read_bytes())["raw"] == "=1\u2028\n"
    assert json.loads((tmp_path / "out" / "sections.jsonl").read_bytes())["depth"] == 10**30


# --- Chinese column names


@pytest.mark.parametrize("name", tables())
def test_titles_are_unique_within_a_table(name: str) -> None:
    titles = headings(tables()[name], "zh")
    assert len(set(titles)) == len(titles)
    assert all(titles)


def test_the_titles_of_tables_are_unique_too() -> None:
    titles = {table.title for table in tables().values()}
    assert len(titles) == len(tables())


def test_chinese_labels_change_the_headings_and_nothing_else(tmp_path: Path) -> None:
    plain, zh = written(tmp_path / "a", "csv"), written(tmp_path / "b", "csv", "zh")
    for name, table in tables().items():
        assert lines(plain, name)[0] == list(table.column_names)
        assert lines(zh, name)[0] == list(headings(table, "zh"))
        assert lines(plain, name)[1:] == lines(zh, name)[1:]


def test_outputs_with_chinese_labels_are_read_like_any_other(tmp_path: Path) -> None:
    plain, zh = written(tmp_path / "a", "csv"), written(tmp_path / "b", "csv", "zh")
    a, b = open_output(plain), open_output(zh)
    for name in tables():
        assert (a.table(name).columns, a.table(name).key) == (b.table(name).columns, b.table(name).key)
        assert (a.table(name).links, list(a.table(name).rows())) == (b.table(name).links, list(b.table(name).rows()))
    assert not nianbao.compare(plain, zh).differs
    assert nianbao.summary(plain).libraries == nianbao.summary(zh).libraries


@pytest.mark.parametrize("command", ["summary", "compare"])
def test_an_output_without_csv_is_not_read_and_says_so(tmp_path: Path, command: str) -> None:
    out = written(tmp_path / "out", "jsonl,parquet")
    with pytest.raises(UnreadableOutput):
        open_output(out)
    code, _, error = stored_outputs.run(command, *([out] if command == "summary" else [out, out]))
    assert code == 2
    assert "out holds its tables as jsonl, parquet, and CSV is what is read here; run `nianbao extract` again" in error


# --- formulas

TEXTS = st.text() | st.text("=+-@'＝＋－＠\t\r\n\0a5", max_size=4)


@given(TEXTS)
def test_no_text_starts_a_formula_and_all_are_had_back(text: str) -> None:
    safe = neutralised(text)
    assert safe[:1] not in STARTS
    assert restored(safe) == text


HOSTILE = ["=cmd|'/c calc'!A1", "+5人", "-", "@SUM(A1)", "＝1+1", "\t=1", "'八五'规划", "''", "平常"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_csv_cell_that_a_spreadsheet_would_run_is_made_safe_and_read_back(tmp_path: Path, text: str) -> None:
    report = made_report()
    made = replace(report, tables=(replace(report.tables[0], caption=text),))
    out = stored_outputs.write(tmp_path / "out", made)
    header, (*row,) = lines(out, "tables")
    assert row[header.index("caption")] == neutralised(text)
    assert [caption for (caption,) in open_output(out).table("tables").select("caption")] == [text]


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_no_cell_of_a_csv_starts_a_formula(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    folder = tmp_path_factory.mktemp("csv")
    texts = [text.encode("utf-8", "replace").decode() for text in texts]
    rows = [TableRow(str(n), "d", None, "unknown", text, 1, 1, 0, "none", 0, 1) for n, text in enumerate(texts)]
    with csv_files(folder) as write:
        write({"tables": rows})
    cells = [one for line in lines(folder, "tables") for one in line]
    assert [one for one in cells if one[:1] in STARTS] == []


def test_numbers_below_nought_stay_numbers(tmp_path: Path) -> None:
    indicator = replace(made_indicator(), change_on_previous=Decimal(-5))
    with folder_output(tmp_path / "out", "csv") as write:
        write({"indicators": (indicator,)}, DocumentText("0123456789ab", TEXT))
    header, row = lines(tmp_path / "out", "indicators")
    assert row[header.index("change_on_previous")] == "-5"


def test_outputs_of_before_the_rule_are_read_as_they_stand(tmp_path: Path) -> None:
    out = written(tmp_path / "out", "csv")
    at = tables()["tables"].column_names.index("caption")

    def quoted(table: list[list[str]]) -> list[list[str]]:
        return [table[0], *([*line[:at], "'八五'规划", *line[at + 1 :]] for line in table[1:])]

    stored_outputs.change_table(out, "tables", quoted)
    stored_outputs.change_package(out, lambda it: [one.pop("nianbao:textMark") for one in it["resources"]] and None)
    assert {caption for (caption,) in open_output(out).table("tables").select("caption")} == {"'八五'规划"}


def test_every_format_can_be_opened(tmp_path: Path) -> None:
    for name, known in FORMATS.items():
        (tmp_path / name).mkdir()
        with known.open(tmp_path / name, "en") as write:
            write({})
        assert {path.name for path in (tmp_path / name).iterdir()} == set(known.files())
