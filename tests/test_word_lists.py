"""The examples that the vocabularies of names and section kinds carry, held to both ways."""

from __future__ import annotations

import pytest

from extract.claims import named_spans
from schemas.sections import kind_of_heading, section_kinds
from schemas.words import Entry, load

NAMES = load("numeral_names.yaml", Entry)
KINDS = section_kinds()


@pytest.mark.parametrize(
    ("code", "text"), [(entry.code, text) for entry in NAMES.values() for text in entry.examples.yes]
)
def test_a_name_is_found_by_its_own_entry(code: str, text: str) -> None:
    assert {text[start:end] for start, end in named_spans(text)} & set(NAMES[code].aliases)


@pytest.mark.parametrize("text", [text for entry in NAMES.values() for text in entry.examples.no])
def test_no_name_is_found(text: str) -> None:
    assert not list(named_spans(text))


@pytest.mark.parametrize(
    "entry", [entry for entry in NAMES.values() if entry.look_alikes], ids=lambda entry: entry.code
)
def test_look_alikes_are_no_names(entry: Entry) -> None:
    assert all(not list(named_spans(decoy)) for decoy in entry.look_alikes)


@pytest.mark.parametrize(("code", "text"), [(kind.code, text) for kind in KINDS.values() for text in kind.examples.yes])
def test_a_heading_is_of_its_kind(code: str, text: str) -> None:
    assert kind_of_heading(text) == code


@pytest.mark.parametrize(("code", "text"), [(kind.code, text) for kind in KINDS.values() for text in kind.examples.no])
def test_a_heading_is_not_of_this_kind(code: str, text: str) -> None:
    assert kind_of_heading(text) != code


@pytest.mark.parametrize("entry", [*NAMES.values(), *KINDS.values()], ids=lambda entry: entry.code)
def test_every_entry_has_examples_both_ways(entry: Entry) -> None:
    assert entry.examples.yes
    assert entry.examples.no
