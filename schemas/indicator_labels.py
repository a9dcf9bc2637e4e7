"""The vocabulary of indicator labels: how statistics tables name the metrics."""

from __future__ import annotations

from functools import cache

from schemas.metrics import metrics
from schemas.overlay import from_vocabulary
from schemas.words import Entry, load, refuse_entry

FILE = "indicator_labels.yaml"


class IndicatorLabel(Entry):
    """How tables name one metric; the code is the metric's, and the label is one of the names."""

    @property
    def spellings(self) -> tuple[str, ...]:
        """The label and then the aliases."""
        return (self.label, *self.aliases)


@from_vocabulary
@cache
def label_entries() -> dict[str, IndicatorLabel]:
    """Return the entries by the metric's code; raises VocabularyError where a code is no metric's."""
    entries = load(FILE, IndicatorLabel)
    for code in entries:
        if code not in metrics():
            refuse_entry(FILE, code, "it is no code of metrics.yaml; write one of those, or add the metric there")
    return entries


@from_vocabulary
@cache
def indicator_labels() -> dict[str, str]:
    """Return the code of metrics.yaml for every label of vocabulary/indicator_labels.yaml. Do not change the result.

    >>> indicator_labels()["总流通人次"]
    'visits'
    """
    return {label: entry.code for entry in label_entries().values() for label in entry.spellings}
