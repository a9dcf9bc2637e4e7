"""Planted errors, the small version of benchmarks/planted.py: a few libraries through the whole program."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
REPORTS = 120


@pytest.fixture(scope="module", autouse=True)
def _benchmarks_are_importable() -> None:
    sys.path.insert(0, str(BENCHMARKS))


@pytest.mark.parametrize("seed", [2789, 90001])
def test_planted_errors_are_found_and_nothing_else_is_raised(seed: int, tmp_path: Path) -> None:
    from planted import PRECISION, RECALL, planted_reports, run, scores  # noqa: PLC0415

    planted = list(planted_reports(REPORTS, seed))
    told = scores(planted, run(planted, tmp_path))
    assert told["all"].planted > REPORTS // 3
    assert {code: score for code, score in told.items() if score.recall < RECALL or score.precision < PRECISION} == {}


def test_every_check_is_planted() -> None:
    from planted_reports import planted_reports  # noqa: PLC0415
    from planted_years import PLANTS  # noqa: PLC0415

    assert {report.code for report in planted_reports(REPORTS * 2)} == {None, *PLANTS.values()}


def test_the_same_seed_gives_the_same_reports() -> None:
    from planted_reports import planted_reports  # noqa: PLC0415

    assert list(planted_reports(25)) == list(planted_reports(25)) != list(planted_reports(25, seed=1))


def test_every_statement_is_said_in_four_ways() -> None:
    from planted_words import WAYS  # noqa: PLC0415

    assert [way for way, said in WAYS.items() if len({*said}) < 4] == []
