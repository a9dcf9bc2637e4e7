"""Parquet read back: types and metadata from the declarations, the rows of the CSV, row groups in bounded memory."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from made_reports import made_alias, made_indicator, made_organization, made_panel_row, made_report
from msgspec.structs import replace
from pyarrow import parquet

from nianbao.gather import publishable
from publish import parquet_files
from publish.csv_files import cell
from publish.folder import folder_output
from publish.formulas import restored
from publish.headings import Labels
from schemas.declarations import tables
from schemas.rows import ReportRows
from schemas.vocabularies import fingerprint


def written(folder: Path, *reports: ReportRows, asked: str = "parquet", labels: Labels = "en") -> Path:
    with folder_output(folder, asked, labels) as write:
        for rows, text in publishable(reports):
            if "documents" in rows:
                write(rows, text)
        write({"indicators": (made_indicator(),), "panel": (made_panel_row(),)})
        write({"organizations": (made_organization(),), "organization_aliases": (made_alias(),)})
    return folder


def shown(value: Any) -> str:
    return cell(Decimal(repr(value)) if isinstance(value, float) else value)


def test_parquet_holds_what_the_csv_holds(tmp_path: Path) -> None:
    out = written(tmp_path / "out", made_report(), made_report("ba9876543210", "b.txt"), asked="csv,parquet")
    for name in tables():
        with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            told = [[restored(text) for text in line] for line in list(csv.reader(file))[1:]]
        read = parquet.read_table(out / f"{name}.parquet").to_pylist()
        assert [[shown(value) for value in row.values()] for row in read] == told
        assert told


@pytest.mark.parametrize("name", tables())
def test_columns_have_the_types_declared(tmp_path: Path, name: str) -> None:
    table, found = tables()[name], parquet.read_schema(written(tmp_path / "out") / f"{name}.parquet")
    assert tuple(found.names) == table.column_names
    for column, field in zip(table.columns, found, strict=True):
        closed = pa.dictionary(pa.int32(), pa.string())
        assert field.type == (closed if column.values else parquet_files.TYPES[column.type])


def test_a_column_tells_its_title_meaning_and_unit(tmp_path: Path) -> None:
    found = parquet.read_schema(written(tmp_path / "out") / "outreach.parquet")
    assert found.field("volumes").metadata == {
        **{b"name": b"volumes", b"title": "册数".encode(), b"unit": b"volumes"},
        **{b"description": b"How many volumes were brought, lent or given."},
        **{key: value for key, value in found.field("volumes").metadata.items() if key.startswith(b"PARQUET:")},
    }
    assert found.metadata[b"title"] == "流动服务".encode()
    assert json.loads(found.metadata[b"nianbao:primaryKey"]) == ["outreach_id"]
    assert json.loads(found.metadata[b"nianbao:foreignKeys"])["section_id"] == "sections.section_id"
    assert found.metadata[b"nianbao:rules"].decode() == f"sha256:{fingerprint()}"


def test_chinese_labels_name_the_columns_and_keep_the_names_beside_them(tmp_path: Path) -> None:
    found = parquet.read_schema(written(tmp_path / "out", labels="zh") / "facts.parquet")
    assert found.names == [column.title for column in tables()["facts"].columns]
    assert [field.metadata[b"name"].decode() for field in found] == list(tables()["facts"].column_names)


def test_pandas_reads_numbers_dates_and_categories_as_such(tmp_path: Path) -> None:
    facts = pd.read_parquet(written(tmp_path / "out", made_report()) / "facts.parquet")
    assert facts["value"].tolist() == [590000.0, 2.0]
    assert str(facts["qualifier"].dtype) == "category"
    assert facts["period_start"][0].isoformat() == "2014-01-01"


def test_what_a_column_cannot_hold_is_counted_in_the_file(tmp_path: Path) -> None:
    report = made_report()
    fact, section = report.facts[0], report.sections[0]
    facts = tuple(
        replace(fact, value=Decimal(text)) for text in ("1234567890123456", "123456789012345", "1E+40", "0.1")
    )
    out = written(tmp_path / "out", replace(report, facts=facts, sections=(replace(section, depth=2**63),)))
    notes = parquet.ParquetFile(out / "facts.parquet").metadata.metadata[b"nianbao:notes"]
    assert json.loads(notes) == {"value": {"rounded": 1}}
    sections = parquet.ParquetFile(out / "sections.parquet")
    assert json.loads(sections.metadata.metadata[b"nianbao:notes"]) == {"depth": {"left_out": 1}}
    assert sections.read().column("depth").to_pylist() == [None]
    assert b"nianbao:notes" not in parquet.ParquetFile(out / "tables.parquet").metadata.metadata


def test_rows_go_out_in_row_groups_of_a_bounded_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_files, "BATCH_ROWS", 3)
    monkeypatch.setattr(parquet_files, "GROUP_ROWS", 6)
    statuses = ["actual", "planned", "actual", "actual", "planned"]
    facts = tuple(
        replace(made_report().facts[0], fact_id=str(n), status=statuses[n % 5], char_start=n) for n in range(20)
    )
    out = written(tmp_path / "out", replace(made_report(), facts=facts))
    found = parquet.ParquetFile(out / "facts.parquet")
    assert [found.metadata.row_group(n).num_rows for n in range(found.num_row_groups)] == [6, 6, 6, 2]
    read = found.read().to_pylist()
    assert [row["fact_id"] for row in read] == [str(n) for n in range(20)]
    assert [row["status"] for row in read] == [statuses[n % 5] for n in range(20)]


def test_long_texts_make_smaller_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_files, "BATCH_ROWS", 2)
    monkeypatch.setattr(parquet_files, "GROUP_BYTES", 1000)
    cells = tuple(replace(made_report().cells[0], row=n, text="长" * 200) for n in range(8))
    out = written(tmp_path / "out", replace(made_report(), cells=cells))
    assert parquet.ParquetFile(out / "cells.parquet").num_row_groups == 4
