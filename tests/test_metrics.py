"""The vocabulary of metrics says of itself what it must and must not match; this holds it to its word."""

from __future__ import annotations

import pytest

from extract.extraction import extract
from normalize.facts import read_facts
from schemas.document import Block, Document
from schemas.metrics import metrics

YEAR = 2014


def read(text: str) -> set[str | None]:
    document = Document("0" * 12, "x.txt", "text/plain", "utf-8", text, (Block(0, len(text), 1),))
    return {reading.row.metric for reading in read_facts(document, extract(document), YEAR)}


YES = [(code, text) for code, metric in metrics().items() for text in metric.examples.yes]
NO = [(code, text) for code, metric in metrics().items() for text in metric.examples.no]


@pytest.mark.parametrize(("code", "text"), YES)
def test_an_example_states_its_metric(code: str, text: str) -> None:
    assert code in read(text + "。")


@pytest.mark.parametrize(("code", "text"), NO)
def test_a_counterexample_does_not(code: str, text: str) -> None:
    assert code not in read(text + "。")


def test_every_metric_has_examples_both_ways() -> None:
    assert [code for code, metric in metrics().items() if not (metric.examples.yes and metric.examples.no)] == []
