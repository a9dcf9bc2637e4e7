"""The samples and the trial set against the answers of a careful reader, both ways: missed and too much.

Every difference must stand in known_wrong.txt, the public register of what is still read wrongly in them; a line there
that is no longer true fails too. The held-out set is never tuned to: only its score is kept.
"""

from __future__ import annotations

import pytest
from answers import REGISTER, SETS, differences, f1, reports

TUNED = [(name, folder, file) for name in ("samples", "trial") for folder, file in reports(name)]

# F1, a row counting only if every compared column is right. The very first run on the held-out reports, counted more
# leniently (dates alone; value, unit and metric alone), had events 0.651 and facts 0.850, sections 0.870.
HELD_OUT = {"document": 0.9, "sections": 0.95, "facts": 0.85, "events": 0.80, "lectures": 1.0, "outreach": 1.0}


@pytest.mark.parametrize(("name", "least"), [("samples", 7), ("trial", 8), ("held_out", 10)])
def test_there_are_reports_with_answers(name: str, least: int) -> None:
    assert len(reports(name)) >= least
    assert all((SETS[name] / file).exists() for _, file in reports(name))


@pytest.mark.parametrize(("name", "folder", "file"), TUNED)
def test_a_report_is_read_as_a_careful_reader_does(name: str, folder: str, file: str) -> None:
    lines = REGISTER.read_text(encoding="utf-8").splitlines()
    assert differences(name, folder, file) == [line for line in lines if line[2:].startswith(f"{name}/{folder} ")]


def test_the_held_out_reports_are_read_well_enough() -> None:
    score = f1("held_out")
    assert {table: score[table] for table in HELD_OUT if score[table] < HELD_OUT[table]} == {}
