"""A fact beside the words it was read from: what the later steps of reading, the checks and explanations work on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from normalize.facts.confidence import confidence_of
from normalize.facts.context import Context
from normalize.facts.metric_choice import Candidate
from schemas.rows import FactRow


class Reading(Struct, frozen=True):
    """A fact with the context it was read in and the metrics that were considered."""

    row: FactRow
    context: Context
    candidates: tuple[Candidate, ...]


def amended(reading: Reading, **values: Any) -> Reading:
    """Return a reading whose fact has other values, and the confidence that these leave it."""
    row = replace(reading.row, **values)
    sure = confidence_of(row, reading.context, reading.candidates)
    return replace(reading, row=row if sure == row.confidence else replace(row, confidence=sure))


def by_sentence(readings: Sequence[Reading]) -> Iterator[tuple[Reading, ...]]:
    """Yield the readings of each sentence, in document order."""
    told: list[Reading] = []
    for reading in readings:
        if told and told[-1].context.sentence is not reading.context.sentence:
            yield tuple(told)
            told = []
        told.append(reading)
    if told:
        yield tuple(told)
