"""The vocabulary of metrics says of itself what it must and must not match; this holds it to its word."""

from __future__ import annotations

import pytest
import regex

from extract.extraction import extract
from normalize.facts import read_facts
from schemas.document import Block, Document
from schemas.metrics import metrics, read_metrics
from schemas.strict_yaml import VocabularyError, packaged

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


def test_the_form_and_the_standard_are_covered() -> None:
    known = metrics()
    assert len(known) >= 120
    assert {metric.group for metric in known.values()} >= {
        "collection",
        "use",
        "staff",
        "finance",
        "reach",
        "population",
    }
    assert {metric.flow for metric in known.values()} == {True, False}


def test_former_terms_say_from_when_to_when() -> None:
    terms = {term.term: (term.since, term.until) for term in metrics()["funding"].terms}
    assert terms == {"财政补助收入": (None, 2018), "财政拨款收入": (2019, None)}


REFUSED = [  # what is put in the place of one line of the file, and what the error says
    ("  whole: seats\n", "  whole: seat\n", "is a part of 'seat', which is no whole"),
    ("  whole: seats\n", "  whole: seats_blind\n", "is a part of 'seats_blind', which is no whole"),
    ("from: 2019", "since: 2019", "metrics.yaml"),
    (
        "{term: 财政拨款收入, from: 2019}",
        "{term: 财政拨款收入, from: 2019, to: 2018}",
        "ends (2018) before it begins (2019)",
    ),
    ('  clause: "7.2.10"\n', '  clause: "6.2.10"\n', "entry 'visits'"),
    ("  clause:", "  section:", "section"),
    ("  group: population\n", "  group: people\n", "entry 'population_served'"),
]


@pytest.mark.parametrize(("line", "wrong", "said"), REFUSED)
def test_a_broken_vocabulary_is_refused(line: str, wrong: str, said: str) -> None:
    text = packaged("vocabulary", "metrics.yaml")
    assert line in text
    with pytest.raises(VocabularyError, match=regex.escape(said)):
        read_metrics(text.replace(line, wrong, 1))
