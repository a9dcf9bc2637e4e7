"""`nianbao compare`: only what the text or its meaning changed is a difference, and every difference is told."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from stored_outputs import (
    BROKEN,
    A,
    B,
    add_column,
    change_package,
    change_table,
    drop_column,
    report,
    run,
    with_fact,
    write,
)

import nianbao
from nianbao import looking
from nianbao.differences import Comparison
from nianbao.row_matching import keys, match
from schemas.rows import ReportRows


@pytest.fixture
def compared(tmp_path: Path) -> Callable[..., Comparison]:
    def compare(after: ReportRows, before: ReportRows | None = None) -> Comparison:
        return nianbao.compare(write(tmp_path / "a", before or report()), write(tmp_path / "b", after))

    return compare


def told(comparison: Comparison) -> dict[str, dict[str, int]]:
    """Return the counts that are not 0 of the tables that differ, those that are made of the panel left out."""
    return {
        table.name: {kind: count for kind, count in table.counts.items() if count}
        for table in comparison.tables
        if table.differs and table.name not in {"panel", "coverage"}
    }


def renumbered(made: ReportRows) -> ReportRows:
    """Return the made report with one more fact before the others, so that all numbers shift."""
    document_id = made.document.document_id
    first, second = made.facts
    extra = replace(first, metric="loans", raw="一册", char_start=5, char_end=7)
    return replace(
        made,
        facts=(
            extra,
            replace(first, fact_id=f"{document_id}-f2"),
            replace(second, fact_id=f"{document_id}-f3", part_of=f"{document_id}-f2"),
        ),
        numbers=tuple(replace(number, row_id=f"{document_id}-f2") for number in made.numbers),
        findings=tuple(replace(one, finding_id=f"{one.finding_id}x") for one in made.findings),
        finding_facts=tuple(
            replace(one, finding_id=f"{one.finding_id}x", fact_id=f"{document_id}-f2") for one in made.finding_facts
        ),
    )


def test_an_output_is_the_same_as_itself(compared: Callable[..., Comparison]) -> None:
    comparison = compared(report())
    assert not comparison.differs
    assert comparison.declared == ()
    same = {table.name: table.same for table in comparison.tables}
    assert [same[name] for name in ("documents", "sections", "cells", "facts", "indicators")] == [1, 2, 3, 2, 1]
    assert [name for name, table in zip(same, comparison.tables, strict=True) if table.rows] == []


def test_numbers_that_shift_are_no_change(compared: Callable[..., Comparison]) -> None:
    comparison = compared(renumbered(report()))
    assert told(comparison) == {"facts": {"appeared": 1}, "indicators": {"appeared": 1}}
    assert next(table for table in comparison.tables if table.name == "facts").same == 2


CHANGES = [  # changes of the second fact (2—3册, part of the first), the cells that differ
    ({"metric": "outreach_volumes"}, [("metric", "", "outreach_volumes")]),
    ({"part_of": None}, [("part_of", f"{A}:9", "")]),
    ({"part_of": f"{A}-f2"}, [("part_of", f"{A}:9", f"{A}:20")]),
    ({"rule": "range"}, [("rule", "quantity", "range")]),
    ({"char_end": 23, "raw": "2—3"}, [("raw", "2—3册", "2—3"), ("char_end", "24", "23")]),
    ({"char_start": 19, "raw": "书2—3册"}, [("raw", "2—3册", "书2—3册"), ("char_start", "20", "19")]),
]


@pytest.mark.parametrize(("changes", "cells"), CHANGES)
def test_a_row_is_known_by_its_place(
    compared: Callable[..., Comparison], changes: dict[str, object], cells: list[tuple[str, str, str]]
) -> None:
    comparison = compared(with_fact(report(), 1, **changes))
    assert told(comparison) == {"facts": {"changed": 1}}
    row = next(table for table in comparison.tables if table.name == "facts").rows[0]
    assert [(change.column, change.old, change.new) for change in row.changes] == cells
    assert (row.kind, row.source, row.document_id) == ("changed", "2014.txt", A)


def test_a_row_at_another_place_is_another_row(compared: Callable[..., Comparison]) -> None:
    comparison = compared(with_fact(report(), 1, char_start=27, char_end=30))
    assert told(comparison) == {"facts": {"vanished": 1, "appeared": 1}}


def test_columns_can_be_left_out(tmp_path: Path) -> None:
    after = with_fact(with_fact(report(), 0, confidence=Decimal("0.1")), 1, confidence=Decimal("0.1"), rule="range")
    a, b = write(tmp_path / "a", report()), write(tmp_path / "b", after)
    assert told(nianbao.compare(a, b)) == {"facts": {"changed": 2}}
    assert told(nianbao.compare(a, b, ignore=["confidence"])) == {"facts": {"changed": 1}}
    assert run("compare", a, b, "--ignore", "confidence", "--ignore", "rule")[0] == 0


def test_a_metric_shows_its_effect_by_rule_and_metric_and_in_the_panel(compared: Callable[..., Comparison]) -> None:
    comparison = compared(with_fact(report(), 0, metric="loans"))
    assert told(comparison) == {"facts": {"changed": 1}, "indicators": {"vanished": 1, "appeared": 1}}
    facts = next(table for table in comparison.tables if table.name == "facts")
    assert facts.changed_columns == {"metric": 1}
    assert facts.by("metric") == {"visits → loans": {"changed": 1, "vanished": 0, "appeared": 0}}
    assert facts.by("rule") == {"quantity": {"changed": 1, "vanished": 0, "appeared": 0}}


def test_the_order_of_rows_is_no_difference_but_their_number_is(tmp_path: Path) -> None:
    a, b = write(tmp_path / "a", report()), write(tmp_path / "b", report())
    change_table(b, "facts", lambda lines: [lines[0], lines[2], lines[1]])
    assert not nianbao.compare(a, b).differs
    change_table(b, "facts", lambda lines: [*lines, lines[2]])
    assert told(nianbao.compare(a, b)) == {"facts": {"appeared": 1}}
    assert told(nianbao.compare(b, a)) == {"facts": {"vanished": 1}}


def test_documents_of_one_side_are_counted_apart_and_not_listed(tmp_path: Path) -> None:
    one, more = report(), report(B, "2015.txt", library="临水县图书馆", report_year=2015)
    comparison = nianbao.compare(write(tmp_path / "a", one), write(tmp_path / "b", one, more))
    assert (comparison.sources_a, comparison.sources_b) == ((), ("2015.txt",))
    only = {table.name: table.only_b for table in comparison.tables}
    assert (only["facts"], only["cells"], only["documents"], only["indicators"]) == (2, 3, 1, 0)
    assert [
        table.name for table in comparison.tables if table.rows and table.name in {"facts", "cells", "indicators"}
    ] == []


def test_a_file_whose_bytes_changed_is_on_both_lists(compared: Callable[..., Comparison]) -> None:
    comparison = compared(report(B))
    assert (comparison.sources_a, comparison.sources_b) == (("2014.txt",), ("2014.txt",))
    documents = comparison.tables[0]
    assert [change.column for row in documents.rows for change in row.changes] == ["document_id"]


def test_a_renamed_file_is_one_change(compared: Callable[..., Comparison]) -> None:
    comparison = compared(report(source="二〇一四.txt"))
    assert told(comparison) == {"documents": {"changed": 1}}
    assert comparison.sources_a == ()


def test_a_text_that_was_decoded_otherwise_is_told(compared: Callable[..., Comparison]) -> None:
    made = report()
    comparison = compared(replace(made, text=made.text.replace("册", "冊")))
    assert comparison.texts == ("2014.txt",)
    assert comparison.differs
    assert told(comparison) == {}


def test_tables_and_columns_that_one_side_lacks_are_told(tmp_path: Path) -> None:
    a, b = write(tmp_path / "a", report()), write(tmp_path / "b", report())
    add_column(b, "facts", "reason", "why")
    (b / "robots.csv").write_text("metric,share\nvisits,1\n", encoding="utf-8")
    fields = [{"name": "metric", "type": "string"}, {"name": "share", "type": "number"}]
    added = {"name": "robots", "path": "robots.csv", "schema": {"fields": fields, "primaryKey": "metric"}}
    change_package(b, lambda package: package["resources"].append(added))
    comparison = nianbao.compare(a, b)
    assert (comparison.tables_a, comparison.tables_b) == ((), ("robots",))
    facts = next(table for table in comparison.tables if table.name == "facts")
    assert (facts.same, facts.columns_a, facts.columns_b) == (2, (), ("reason",))
    assert not nianbao.compare(b, b).differs
    code, out, _ = run("compare", a, b)
    assert code == 1
    assert "columns only in B: reason\n" in out
    assert "tables only in B: robots\n" in out


def test_a_table_that_nianbao_does_not_know_is_matched_by_its_key(tmp_path: Path) -> None:
    folders = [write(tmp_path / name, report()) for name in "ab"]
    for folder, share in zip(folders, ("1", "2"), strict=True):
        (folder / "robots.csv").write_text(f"metric,share\nvisits,{share}\nloans,1\n", encoding="utf-8")
        fields = [{"name": "metric", "type": "string"}, {"name": "share", "type": "number"}]
        added = {"name": "robots", "path": "robots.csv", "schema": {"fields": fields, "primaryKey": "metric"}}
        change_package(folder, lambda package, added=added: package["resources"].append(added))  # type: ignore[misc]
    assert told(nianbao.compare(*folders)) == {"robots": {"changed": 1}}


def test_another_version_is_told_and_is_no_difference_of_rows(tmp_path: Path) -> None:
    a, b = write(tmp_path / "a", report()), write(tmp_path / "b", report())
    change_package(b, lambda package: package.update(version="9.9.9"))
    code, out, _ = run("compare", a, b)
    assert code == 0
    assert "datapackage.json version: (empty) → 9.9.9\n" in out


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    after = with_fact(renumbered(report()), 2, metric="loans", raw="2\x1b[31m册")
    return write(tmp_path / "a", report()), write(tmp_path / "b", after)


def test_the_text_tells_counts_then_rows_with_place_and_quotation(two: tuple[Path, Path]) -> None:
    code, out, error = run("compare", *two)
    assert (code, error) == (1, "")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "facts 1 1 0 1 0 0" in lines
    assert "changed columns: metric 1, raw 1" in lines
    assert "- → loans 1" in lines
    assert lines.index("+ 2014.txt at 5 «一册»") < lines.index("~ 2014.txt at 20 «2·[31m册»")
    assert "metric (empty) → loans" in lines
    assert "\x1b" not in out


def test_limit_lists_the_first_rows_and_says_how_many_more(two: tuple[Path, Path]) -> None:
    _, out, _ = run("compare", *two, "--limit", "1", "--table", "facts")
    assert "+ 2014.txt at 5" in out
    assert "~ 2014.txt" not in out
    assert "… 1 more of 2 in facts; --all lists them\n" in out
    assert "sections" not in out
    _, out, _ = run("compare", *two, "--all", "--table", "facts")
    assert "more of" not in out


def test_json_is_one_object_with_all_rows(two: tuple[Path, Path]) -> None:
    code, out, _ = run("compare", *two, "--format", "json")
    read = json.loads(out)
    assert code == 1
    assert read["differ"] is True
    assert read["tables"]["facts"]["by"]["metric"]["loans"] == {"changed": 0, "vanished": 0, "appeared": 1}
    changed = next(row for row in read["rows"] if row["table"] == "facts" and row["difference"] == "changed")
    assert changed["cells"]["metric"] == {"old": "", "new": "loans"}
    assert (changed["char_start"], changed["quote"]) == (20, "2\x1b[31m册")
    assert len(read["rows"]) == sum(
        sum(table[kind] for kind in ("changed", "vanished", "appeared")) for table in read["tables"].values()
    )
    same = json.loads(run("compare", two[0], two[0], "--format", "json")[1])
    assert (same["differ"], same["rows"]) == (False, [])


def test_csv_has_a_line_for_each_cell_that_differs(two: tuple[Path, Path]) -> None:
    code, out, _ = run("compare", *two, "--format", "csv", "--table", "facts")
    lines = list(csv.DictReader(io.StringIO(out)))
    assert code == 1
    assert [(line["column"], line["old"]) for line in lines if line["difference"] == "changed"] == [
        ("metric", ""),
        ("raw", "2—3册"),
    ]
    appeared = {line["column"]: line["new"] for line in lines if line["difference"] == "appeared"}
    assert (appeared["metric"], appeared["value"], appeared["char_start"]) == ("loans", "590000", "5")
    assert "fact_id" not in appeared


def test_a_person_who_looks_at_csv_gets_no_control_characters(
    two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdout", Screen())
    with pytest.raises(typer.Exit):
        looking.compare(*two, form=looking.Format.csv)
    printed = sys.stdout.getvalue()  # type: ignore[attr-defined]
    assert "2·[31m册" in printed
    assert "\x1b" not in printed


def test_a_row_without_raw_text_is_quoted_from_the_text(tmp_path: Path) -> None:
    made = report()
    after = replace(made, lectures=tuple(replace(row, topic="读书") for row in made.lectures))
    _, out, _ = run("compare", write(tmp_path / "a", made), write(tmp_path / "b", after))
    assert f"~ 2014.txt at 5 «{made.text[5:7]}»" in out


@pytest.mark.parametrize(("spoil", "said"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_broken_folder_is_one_sentence_and_exit_2(tmp_path: Path, spoil: Callable[[Path], object], said: str) -> None:
    a, b = write(tmp_path / "a", report()), write(tmp_path / "b", report())
    spoil(b)
    code, out, error = run("compare", a, b)
    assert (code, out) == (2, "")
    assert said in error
    assert error.startswith("nianbao: ")
    assert error.count("\n") == 1


WRONG = [  # arguments after OUT_A, what is said
    (["nowhere"], "nowhere does not exist; check the path"),
    (["{a}/facts.csv"], "facts.csv is a file; name a folder"),
    (["{a}", "--table", "fact"], "neither folder has a table fact; there are documents, sections,"),
    (["{a}", "--ignore", "sureness"], "no table has a column sureness; docs/tables.md lists"),
    (["{a}", "--all", "--limit", "3"], "--limit and --all exclude each other"),
    (["{a}", "--limit", "-1"], "--limit"),
    (["{a}", "--format", "xml"], "--format"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_wrong_use_is_exit_2(tmp_path: Path, arguments: list[str], said: str) -> None:
    a = write(tmp_path / "a", report())
    code, out, error = run("compare", a, *(argument.format(a=a) for argument in arguments))
    assert (code, out) == (2, "")
    assert said in error


def test_an_output_without_a_column_is_compared_by_the_others(tmp_path: Path) -> None:
    a, b = write(tmp_path / "a", report()), write(tmp_path / "b", with_fact(report(), 0, metric="loans"))
    drop_column(a, "facts", "confidence")
    facts = next(table for table in nianbao.compare(a, b).tables if table.name == "facts")
    assert (facts.same, facts.columns_b) == (1, ("confidence",))
    drop_column(a, "documents", "source")
    code, _, error = run("compare", a, b)
    assert code == 2
    assert "documents.csv has no column source; run `nianbao extract` again" in error


ROWS = st.lists(st.tuples(st.sampled_from("mn"), *[st.sampled_from(["", "1", "2"])] * 2), max_size=12)
COLUMNS = ("document_id", "char_start", "char_end")


@given(ROWS, ROWS)
def test_matching_loses_no_row_and_pairs_none_twice(
    rows_a: list[tuple[str, ...]], rows_b: list[tuple[str, ...]]
) -> None:
    found = match(rows_a, rows_b, COLUMNS, keys("sections", COLUMNS, ()))
    assert Counter([old for old, _ in found.pairs] + found.rest_a) == Counter(rows_a)
    assert Counter([new for _, new in found.pairs] + found.rest_b) == Counter(rows_b)
    assert all(old[:2] == new[:2] and old[1] for old, new in found.pairs)
