"""The vocabulary of indicator labels: how statistics tables name the metrics."""

from __future__ import annotations

from functools import cache

from schemas.words import Entry, load


@cache
def indicator_labels() -> dict[str, str]:
    """Return the code of metrics.yaml for every label of vocabulary/indicator_labels.yaml. Do not change the result.

    >>> indicator_labels()["总流通人次"]
    'visits'
    """
    entries = load("indicator_labels.yaml", Entry).values()
    return {label: entry.code for entry in entries for label in (entry.label, *entry.aliases)}
