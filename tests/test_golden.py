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

import pytest

from extract.read import read
from nianbao.gather import gather
from nianbao.pipeline import process
from publish.csv_files import cell
from schemas.rows import Row

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


@cache
def rows() -> Mapping[str, Sequence[Row]]:
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
    if not SEEDS.is_dir():
        pytest.skip("the seed reports are not beside the checkout")
    kept = (GOLDEN / f"{table}.csv").read_text(encoding="utf-8")
    assert golden(table).splitlines() == kept.splitlines()


def main() -> None:
    """Write the golden files anew."""
    GOLDEN.mkdir(exist_ok=True)
    for table in COLUMNS:
        (GOLDEN / f"{table}.csv").write_text(golden(table), encoding="utf-8")


if __name__ == "__main__":
    main()
