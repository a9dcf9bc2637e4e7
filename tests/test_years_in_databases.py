"""Findings about facts of two documents, restatements by a later report: what SQLite holds of them, run after run."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_databases import select
from three_years import RIGHT, TOLD, check_all_years, check_year_after_year, facts_of_findings, run

from publish.formats import SQLITE_FILE


def beside(folder: Path) -> str:
    """Return the URL of the database that stands in an output by default."""
    return f"sqlite:///{folder / 'out' / SQLITE_FILE}"


def test_three_years_in_the_default_formats(tmp_path: Path) -> None:
    run(tmp_path, TOLD)
    check_all_years(beside(tmp_path))
    assert select(beside(tmp_path), "PRAGMA foreign_key_check") == []


def test_a_year_gone_or_redone_in_the_default_formats(tmp_path: Path) -> None:
    run(tmp_path, TOLD)
    run(tmp_path, {year: text for year, text in TOLD.items() if year != 2017})
    assert facts_of_findings(beside(tmp_path)) == []
    run(tmp_path, {**TOLD, 2017: RIGHT})
    assert {link[1] for link in facts_of_findings(beside(tmp_path))} == {"restated_value"}
    assert select(beside(tmp_path), "PRAGMA foreign_key_check") == []


def test_a_database_that_is_kept_from_run_to_run(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kept.sqlite'}"
    check_year_after_year(tmp_path, url, f"sqlite:///{tmp_path / 'fresh.sqlite'}")
    assert select(url, "PRAGMA foreign_key_check") == []


@pytest.mark.parametrize("year", TOLD)
def test_each_report_alone_says_nothing_of_the_others(tmp_path: Path, year: int) -> None:
    run(tmp_path, {year: TOLD[year]})
    assert facts_of_findings(beside(tmp_path)) == []
