"""The five real reports against their gold answers, where both lie beside the checkout."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import nianbao

SHARED = Path(__file__).parent.parent.parent / "shared"
LEAST = {
    "documents": 1.0,
    "lectures": 1.0,
    "outreach": 1.0,
    "reading_promotions": 1.0,
    "provenance": 1.0,
    "sections": 0.97,
    "quantities": 0.98,
    "facts": 0.95,
    "events": 0.95,
}
LEAST_RIGHT = {"qualifier": 0.97, "status": 0.97, "measure": 0.97, "aggregation": 0.95, "scope": 0.95}

pytestmark = pytest.mark.skipif(
    not (SHARED / "score.py").exists(), reason="the seed reports are not beside the checkout"
)


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, float]]:
    folder = tmp_path_factory.mktemp("seeds")
    nianbao.extract([SHARED / "seeds"], folder / "out")
    command = [sys.executable, str(SHARED / "score.py"), str(folder / "out"), str(SHARED / "gold")]
    subprocess.run([*command, "--json", str(folder / "scores.json")], check=True, capture_output=True)
    result: dict[str, dict[str, float]] = json.loads((folder / "scores.json").read_text(encoding="utf-8"))
    return result


@pytest.mark.parametrize("table", LEAST)
def test_a_table_is_read_well_enough(scores: dict[str, dict[str, float]], table: str) -> None:
    assert scores[table]["f1"] >= LEAST[table]


@pytest.mark.parametrize("attribute", LEAST_RIGHT)
def test_an_attribute_is_right_often_enough(scores: dict[str, dict[str, float]], attribute: str) -> None:
    assert scores["quantities"][f"{attribute}_right"] >= LEAST_RIGHT[attribute]


def test_the_ledger_explains_every_numeral(tmp_path: Path) -> None:
    for seed in sorted((SHARED / "seeds").glob("*.txt")):
        report = nianbao.read_report(seed)
        assert [row.raw for row in report.numbers if row.role == "unexplained"] == []
