"""The vocabulary of metrics says of itself what it must and must not match; this holds it to its word."""

from __future__ import annotations

import pytest
import regex

from extract.extraction import extract
from normalize.facts.facts import read_facts
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


# what the statistical form of public libraries and ISO 2789 ask for → the codes that say it
COVERED = {
    "collection by kind": "collection_total collection_books collection_serials collection_ebooks "
    "collection_rare_books collection_local_documents collection_audiovisual collection_children "
    "collection_braille collection_open_shelf",
    "additions and weeding": "acquisitions_books acquisitions_serials acquisitions_ebooks acquisitions_audiovisual "
    "withdrawals",
    "cards": "registered_users cards_issued cards_children",
    "visits": "visits visits_children electronic_reading_room_visits",
    "loans in persons and in volumes": "borrowers loans loans_children in_house_use renewals reservations",
    "reference and other libraries": "reference_questions topic_services interlibrary_loans document_delivery",
    "digital use": "digital_visits downloads ebook_uses followers posts post_reads online_viewers",
    "activities, sessions and attendance": "activities activity_participants lectures lecture_participants exhibitions "
    "exhibition_visitors training_sessions training_participants online_activities online_activity_participants",
    "network": "branches township_libraries village_reading_rooms service_points member_libraries",
    "vehicles and self-service": "vehicles self_service_machines self_service_loans",
    "seats, areas, terminals": "seats seats_children floor_area reading_room_area stack_area "
    "computers_public bandwidth",
    "opening": "opening_days_per_week opening_hours_per_week days_open hours_open days_closed",
    "staff by title and education": "staff staff_senior_titles staff_intermediate_titles staff_junior_titles "
    "staff_postgraduate staff_bachelor staff_college staff_women",
    "income and expenditure by kind": "income_total funding income_own income_donations expenditure_total "
    "expenditure_staff expenditure_basic expenditure_projects expenditure_acquisitions expenditure_digital",
    "per head and rates": "collection_per_capita acquisitions_per_capita acquisition_spending_per_capita "
    "area_per_capita visits_per_capita loans_per_capita card_rate collection_use_rate",
    "satisfaction and population": "satisfaction population_served",
}


@pytest.mark.parametrize("asked", COVERED)
def test_the_form_and_the_standard_are_covered(asked: str) -> None:
    assert set(COVERED[asked].split()) - metrics().keys() == set()


def test_every_metric_says_what_it_is() -> None:
    known = metrics()
    assert len(known) >= 120
    assert {metric.flow for metric in known.values()} == {True, False}
    assert [metric.code for metric in known.values() if not (metric.label and metric.cues and metric.families)] == []


def test_only_terms_of_the_standard_have_its_clause() -> None:
    clauses = {metric.code: metric.clause for metric in metrics().values() if metric.clause}
    assert [code for code in clauses if metrics()[code].iso2789 == "none" and clauses[code][:3] not in {"7.2"}] == []
    assert len(clauses) >= 96


def test_former_terms_say_from_when_to_when() -> None:
    terms = {term.term: (term.since, term.until) for term in metrics()["funding"].terms}
    assert terms == {"财政补助收入": (None, 2018), "财政拨款收入": (2019, None)}


REFUSED = [  # what is put in the place of one line of the file, and what the error says
    ("  whole: visits\n", "", "says which side of a whole it is"),
    ("  added: cards_issued\n", "  added: seats\n", "name the flow that is added to a stock"),
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
