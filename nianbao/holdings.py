"""What an output folder holds, as records: who reported when, the panel of each library, coverage, findings by kind."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from msgspec import Struct


class PanelValue(Struct, frozen=True):
    """A value of the panel: number, upper bound where it is a range, hedge, and whether statements disagree."""

    value: Decimal
    upper: Decimal | None
    qualifier: str
    conflict: bool


class Series(Struct, frozen=True):
    """One metric of a library in one unit, by year; `label` is empty for a code that the vocabulary does not know."""

    metric: str
    label: str
    unit: str
    values: Mapping[int, PanelValue]


class LibraryPanel(Struct, frozen=True):
    """One library: how many of the vocabulary's metrics each year of its reports gives, and its series."""

    name: str
    region_code: str
    documents: int
    coverage: Mapping[int, int]
    series: tuple[Series, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """The years of its reports, in order."""
        return tuple(self.coverage)


class NotWhole(Struct, frozen=True):
    """A file that was read in part or not at all, and why."""

    source: str
    status: str
    error: str


class FindingCount(Struct, frozen=True):
    """How often a kind of finding was met, and the first one."""

    severity: str
    code: str
    label: str
    count: int
    example: str
    source: str


class Overview(Struct, frozen=True):
    """What an output folder holds.

    `unplaced` are the files that were read but whose library or year is not known: they have no part in the panel.
    `given` says for each metric of the vocabulary in how many yearly reports it is given, the most frequent first.
    """

    out: Path
    documents: int
    not_whole: tuple[NotWhole, ...]
    unplaced: tuple[str, ...]
    libraries: tuple[LibraryPanel, ...]
    given: Mapping[str, int]
    findings: tuple[FindingCount, ...]
    metrics: tuple[str, ...]  # those asked for; empty for all

    @property
    def reports(self) -> int:
        """How many library-years there are."""
        return sum(len(library.years) for library in self.libraries)
