"""Golden files for the five seed reports: places, panel, findings, each line read against its report by eye.

The files hold codes, figures, days and places in the text, no words of the reports. `python tests/test_golden.py`
writes them anew; read what changed against the reports before you keep it. Skipped where the seed reports are not
beside the checkout.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract.read import read
from nianbao.gather import gather
from nianbao.pipeline import process
from publish.csv_files import cell

GOLDEN = Path(__file__).parent / "golden"
SEEDS = Path(__file__).parent.parent.parent / "shared" / "seeds"
COLUMNS = {  # table: what stands in its golden file
    "documents": ("document_id", "report_year", "region_code", "current_region_code", "period_start", "period_end"),
    "indicators": (
        *("region_code", "report_year", "metric", "value", "unit", "lower", "upper", "qualifier"),
        *("conflict", "other_values"),
    ),
    "findings": ("document_id", "severity", "code", "char_start", "char_end"),
}


pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed reports are not beside the checkout")


@cache
def rows() -> Mapping[str, Sequence[Any]]:
    return gather([process(read(path, path.name)) for path in sorted(SEEDS.iterdir())])


def golden(table: str) -> str:
    """Return the golden file of a table as it should be now."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS[table])
    writer.writerows([cell(getattr(row, column)) for column in COLUMNS[table]] for row in rows()[table])
    return out.getvalue()


@pytest.mark.parametrize("table", COLUMNS)
def test_the_seeds_give_what_was_read_by_eye(table: str) -> None:
    kept = (GOLDEN / f"{table}.csv").read_text(encoding="utf-8")
    assert golden(table).splitlines() == kept.splitlines()


def test_three_libraries_and_five_library_years() -> None:
    panel = [(row.library_id, row.region_code, row.report_year) for row in rows()["panel"]]
    assert sorted(row[1:] for row in panel) == [
        ("320831", 2019), ("370782", 2020), ("430281", 2014), ("430281", 2016), ("430281", 2020)
    ]  # fmt: skip
    assert len({row[0] for row in panel}) == 3


def test_the_values_that_contradict_each_other() -> None:
    told = {
        (row.report_year, row.metric): (int(row.value), row.other_values)
        for row in rows()["indicators"]
        if row.conflict
    }
    assert told == {(2014, "loans"): (590000, "600000"), (2020, "serial_subscriptions"): (150, "160")}


def test_the_campaign_that_ends_twice() -> None:
    (found,) = [row for row in rows()["findings"] if row.code == "activity_told_differently"]
    assert "the text and b2080c044402-t003 tell its last day as 2014-12-31 and 2014-11-30" in found.message


def main() -> None:
    """Write the golden files anew."""
    GOLDEN.mkdir(exist_ok=True)
    for table in COLUMNS:
        (GOLDEN / f"{table}.csv").write_text(golden(table), encoding="utf-8")


if __name__ == "__main__":
    main()
