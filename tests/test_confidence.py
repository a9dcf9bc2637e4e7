"""Confidence means something: rows of 0.90 and more are right more often than the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from answers import SETS, csv_rows

import nianbao
from normalize.facts.confidence import SURE
from publish.csv_files import cell
from schemas.rows import FactRow

SHARED = Path(__file__).parent.parent.parent / "shared"
HOMES = {  # set: where its reports lie, and their answers
    "samples": (SETS["samples"], SETS["samples"] / "expected"),
    "trial": (SETS["trial"], SETS["trial"] / "expected"),
    "seeds": (SHARED / "seeds", SHARED / "gold"),
}
ASKED = ("value", "unit", "metric", "status", "scope")
ROWS_AT_LEAST = 100  # on either side of the line, samples and trial together

Answer = Mapping[str, str]


def number(text: str) -> str:
    return format(Decimal(text).normalize(), "f")


def is_right(row: FactRow, answer: Answer | None) -> bool:
    """Whether a careful reader says the same; an answer without a unit agrees with any."""
    if answer is None or number(cell(row.value)) != number(answer["value"]):
        return False
    return all(cell(getattr(row, name)) == answer[name] for name in ASKED[1:] if answer[name] or name != "unit")


def answer_to(row: FactRow, answers: list[Answer]) -> Answer | None:
    """Take from the answers the one for this place; for Word reports, which state no place, the next of these words."""
    words = "".join(row.raw.split())
    for answer in answers:
        here = answer["char_start"] == str(row.char_start)
        if here or (not answer["char_start"] and "".join(answer["raw"].split()) == words):
            answers.remove(answer)
            return answer
    return None


@cache
def judged(name: str) -> tuple[tuple[Decimal, bool], ...]:
    """Return (confidence, whether it is right) of every fact of prose of a set of reports."""
    return tuple(_judged(name))


def _judged(name: str) -> Iterator[tuple[Decimal, bool]]:
    reports, gold = HOMES[name]
    for report in csv_rows(gold / "reports.csv"):
        answers: list[Answer] = [*csv_rows(gold / report["folder"] / "facts.csv")]
        for row in nianbao.read_report(reports / report["seed"]).facts:
            if row.origin == "prose":
                yield row.confidence, is_right(row, answer_to(row, answers))


def share_right(rows: list[tuple[Decimal, bool]]) -> float:
    return sum(right for _, right in rows) / len(rows)


def split(rows: tuple[tuple[Decimal, bool], ...]) -> tuple[list[tuple[Decimal, bool]], list[tuple[Decimal, bool]]]:
    return [row for row in rows if row[0] >= SURE], [row for row in rows if row[0] < SURE]


def require(name: str) -> None:
    if not HOMES[name][0].is_dir():
        pytest.skip("the seed reports are not beside the checkout")


@pytest.mark.parametrize("name", HOMES)
def test_sure_rows_are_right_more_often(name: str) -> None:
    require(name)
    sure, others = split(judged(name))
    assert share_right(sure) > share_right(others)


def test_confidence_is_about_the_share_that_is_right() -> None:
    sure, others = split(judged("samples") + judged("trial"))
    assert min(len(sure), len(others)) >= ROWS_AT_LEAST
    for rows in (sure, others):
        told = float(sum(confidence for confidence, _ in rows)) / len(rows)
        assert told == pytest.approx(share_right(rows), abs=0.05)


def test_confidence_has_two_digits_and_lies_between_0_and_1() -> None:
    told = {confidence for confidence, _ in judged("samples")}
    assert all(0 < confidence < 1 and confidence.as_tuple().exponent == -2 for confidence in told)
    assert len(told) > 10
