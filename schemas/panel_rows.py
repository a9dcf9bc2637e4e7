"""The rows of tables that need many reports: the panel, what is covered, the organisations; see schemas.rows."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from schemas.metrics import metrics


class IndicatorRow(Struct, frozen=True):
    library_id: str
    library: str
    region_code: str | None
    report_year: int
    metric: str
    value: Decimal
    unit: str | None
    lower: Decimal | None
    upper: Decimal | None
    qualifier: str
    fact_id: str
    reason: str
    statements: int
    conflict: bool
    other_values: str | None
    restated_value: Decimal | None
    restated_fact_id: str | None
    change_on_previous: Decimal | None
    definition_break: str | None


class PanelRow(Struct, frozen=True):
    """A library and year; each metric of the vocabulary is a column too, and its value an attribute."""

    library_id: str
    library: str
    region_code: str | None
    report_year: int
    values: Mapping[str, Decimal]

    def __getattr__(self, name: str) -> Decimal | None:
        if name not in metrics():
            raise AttributeError(f"a row of the panel has no {name!r}")
        return self.values.get(name)


class CoverageRow(Struct, frozen=True):
    document_id: str
    library_id: str | None
    report_year: int | None
    metric: str
    facts: int
    prose: int
    tables: int
    statements: int


class OrganizationRow(Struct, frozen=True):
    organization_id: str
    name: str
    kind: str
    region_code: str | None
    province: str | None
    city: str | None
    county: str | None
    library_id: str | None
    aliases: str | None
    mentions: int


class OrganizationAliasRow(Struct, frozen=True):
    organization_id: str
    name: str
    mentions: int
    score: int
    reason: str
