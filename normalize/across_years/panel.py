"""The panel: one chosen value for each library, year and metric; and which report gives what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from normalize.across_years.series import with_series
from normalize.checks.choice import choose
from normalize.checks.statement_units import series_unit, unit_of, usual_unit
from normalize.checks.statements import bounds, statements
from schemas.metrics import metrics
from schemas.panel_rows import CoverageRow, IndicatorRow, PanelRow
from schemas.rows import DocumentRow, FactRow, ReportRows

_Key = tuple[str, int, str]  # library_id, report_year, metric


def indicators(reports: Sequence[ReportRows]) -> tuple[IndicatorRow, ...]:
    """Return the chosen values of many reports, by library, year and metric in the vocabulary's order.

    A report whose library or year is in doubt gives none. lower and upper are the bounds that the hedge of the chosen
    statement implies; what later reports say of the year stands beside it (normalize.across_years.series).
    """
    groups: defaultdict[_Key, list[FactRow]] = defaultdict(list)
    documents: dict[tuple[str, int], DocumentRow] = {}
    for report in reports:
        key = library_year(report.document)
        if key is None:
            continue
        documents.setdefault(key, report.document)
        for fact in statements(report.facts, key[1]):
            groups[*key, fact.metric or ""].append(fact)
    order = {code: number for number, code in enumerate(metrics())}
    names = _first_names(documents)
    keys = sorted(groups, key=lambda key: (names[key[0]], key[0], key[1], order[key[2]]))
    return with_series([_row(key, groups[key], documents[key[:2]]) for key in keys], reports)


def library_year(document: DocumentRow) -> tuple[str, int] | None:
    """Return what a report's row in the panel is called, or None where library or year is in doubt."""
    if document.library_id is None or document.report_year is None:
        return None
    return document.library_id, document.report_year


def _row(key: _Key, facts: Sequence[FactRow], document: DocumentRow) -> IndicatorRow:
    library_id, year, metric = key
    unit = usual_unit(metric, facts)
    choice = choose([fact for fact in facts if unit_of(fact) == unit])
    lower, upper = bounds(choice.fact)
    return IndicatorRow(
        library_id=library_id,
        library=document.library or "",
        region_code=document.region_code,
        report_year=year,
        metric=metric,
        value=choice.fact.value,
        unit=series_unit(choice.fact),
        lower=lower,
        upper=upper,
        qualifier=choice.fact.qualifier,
        fact_id=choice.fact.fact_id,
        reason=choice.reason,
        statements=len(facts),
        conflict=choice.conflict,
        other_values="|".join(_told_once(choice.others)) or None,
        restated_value=None,
        restated_fact_id=None,
        change_on_previous=None,
        definition_break=None,
    )


def _told_once(facts: Iterable[FactRow]) -> Iterable[str]:
    return dict.fromkeys(f"{fact.value.normalize():f}" for fact in facts)


def panel(rows: Sequence[IndicatorRow], reports: Sequence[ReportRows]) -> tuple[PanelRow, ...]:
    """Return the indicators one row a library and year, in their order; a report without any gives an empty row."""
    values: defaultdict[tuple[str, int], dict[str, Decimal]] = defaultdict(dict)
    for row in rows:
        values[row.library_id, row.report_year][row.metric] = row.value
    documents: dict[tuple[str, int], DocumentRow] = {}
    for report in reports:
        key = library_year(report.document)
        if key is not None:
            documents.setdefault(key, report.document)
    found = [
        PanelRow(key[0], document.library or "", document.region_code, key[1], values[key])
        for key, document in documents.items()
    ]
    names = _first_names(documents)
    return tuple(sorted(found, key=lambda row: (names[row.library_id], row.library_id, row.report_year)))


def _first_names(documents: Mapping[tuple[str, int], DocumentRow]) -> dict[str, str]:
    """Return the first of each library's names, by which it stands: its years stay together when it is renamed."""
    found: dict[str, str] = {}
    for (library_id, _), document in documents.items():
        name = document.library or ""
        found[library_id] = min(name, found.get(library_id, name))
    return found


def coverage(report: ReportRows) -> tuple[CoverageRow, ...]:
    """Return which metrics one report gives, in the vocabulary's order."""
    document = report.document
    told = Counter(fact.metric for fact in report.facts if fact.metric)
    in_tables = Counter(fact.metric for fact in report.facts if fact.origin == "table")
    stated = Counter(fact.metric for fact in statements(report.facts, document.report_year))
    return tuple(
        CoverageRow(
            *(document.document_id, document.library_id, document.report_year, code),
            *(told[code], told[code] - in_tables[code], in_tables[code], stated[code]),
        )
        for code in metrics()
        if code in told
    )
