"""An output folder at a glance: failures, libraries over their years, coverage of the vocabulary, findings by kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path

import regex
from msgspec import Struct

from nianbao.batch import PathLike
from nianbao.holdings import FindingCount, LibraryPanel, NotWhole, Overview, PanelValue, Series
from nianbao.inputs import InputError
from nianbao.stored import AGAIN, StoredOutput, StoredTable, UnreadableOutput, open_output
from nianbao.writing import SEVERITIES
from schemas.findings import finding_kinds
from schemas.metrics import metrics as vocabulary

# «19.5», as publish writes numbers; Decimal would take «NaN» and «1e999999» too
_PLAIN_NUMBER = regex.compile(r"-?[0-9]++(?:\.[0-9]++)?")

_NAMES = 10  # libraries that an error names


class Reported(Struct, frozen=True):
    """One row of documents, as far as it is looked at here; `library_id` is the name where the table has no ids."""

    document_id: str
    source: str
    library_id: str
    library: str
    region_code: str
    year: str
    status: str
    error: str


class _Indicator(Struct, frozen=True):
    library_id: str
    year: int
    metric: str
    unit: str
    value: PanelValue


def summary(out: PathLike, *, library: str | None = None, metrics: Iterable[str] = ()) -> Overview:
    """Return what the folder `out`, which `extract` wrote, holds.

    `library` keeps the libraries whose names hold this text, `metrics` the series of these codes. Raises
    UnreadableOutput where `out` is no output or is broken, InputError where no library or metric is meant.
    """
    output, wanted = open_output(Path(out)), tuple(metrics)
    documents = reported(output, library)
    ids = {one.library_id for one in documents}
    indicators = [row for row in _indicators(output) if row.library_id in ids]
    _refuse_unknown(wanted, {row.metric for row in indicators})
    libraries = tuple(_libraries(documents, indicators, wanted))
    given = Counter(metric for _, _, metric in {(row.library_id, row.year, row.metric) for row in indicators})
    return Overview(
        out=output.folder,
        documents=len(documents),
        not_whole=tuple(NotWhole(one.source, one.status, one.error) for one in documents if one.status != "ok"),
        unplaced=tuple(one.source for one in documents if one.status != "failed" and not (one.library and one.year)),
        libraries=libraries,
        given=_ranked(given),
        findings=tuple(_finding_counts(output, documents)),
        metrics=wanted,
    )


def _ranked(given: Counter[str]) -> dict[str, int]:
    """Return the counts of every metric of the vocabulary and of those met, the greatest first."""
    codes = (*vocabulary(), *sorted(given.keys() - vocabulary().keys()))
    return {code: given[code] for code in sorted(codes, key=lambda code: -given[code])}


def reported(output: StoredOutput, library: str | None) -> tuple[Reported, ...]:
    """Return the documents of an output whose library's name holds `library`, by default all."""
    table = output.table("documents")
    number = _library_column(table)
    columns = ("document_id", "source", number, "library", "region_code", "report_year", "status", "error")
    found = tuple(Reported(*row) for row in table.select(*columns))
    kept = tuple(one for one in found if library is None or library in one.library)
    if library is not None and not kept:
        names = ", ".join([*dict.fromkeys(one.library for one in found if one.library)][:_NAMES]) or "none"
        raise InputError(
            f"{output.folder} has no library whose name holds «{library}»; there are, among others: {names}"
        )
    return kept


def _library_column(table: StoredTable) -> str:
    return "library_id" if "library_id" in table.columns else "library"


def _refuse_unknown(wanted: Sequence[str], met: set[str]) -> None:
    known = {*vocabulary(), *met}
    for code in wanted:
        if code not in known:
            raise InputError(f"no metric has the code {code}{meant(code, known)}; docs/tables.md lists the codes")


def meant(code: str, known: Iterable[str]) -> str:
    """Return « (near: …)» for a code that is like known ones, else nothing."""
    near = get_close_matches(code, sorted(known), 3, 0.5)
    return f" (near: {', '.join(near)})" if near else ""


def _indicators(output: StoredOutput) -> Iterator[_Indicator]:
    table = output.table("indicators")
    number = _library_column(table) if _library_column(table) in output.table("documents").columns else "library"
    columns = (number, "report_year", "metric", "unit", "value", "upper", "qualifier", "conflict")
    for library_id, year, metric, unit, value, upper, qualifier, conflict in table.select(*columns):
        if value and year:
            top = _number(upper, table) if upper and qualifier == "range" else None
            read = PanelValue(_number(value, table), top, qualifier, conflict == "true")
            yield _Indicator(library_id, int(_number(year, table)), metric, unit, read)


def _number(cell: str, table: StoredTable) -> Decimal:
    if not _PLAIN_NUMBER.fullmatch(cell):
        raise UnreadableOutput(f"{table.path}: «{cell}» is not a number; the file was changed: {AGAIN}")
    return Decimal(cell)


def _libraries(
    documents: Iterable[Reported], indicators: Iterable[_Indicator], wanted: Sequence[str]
) -> Iterator[LibraryPanel]:
    own: dict[str, list[Reported]] = defaultdict(list)
    rows: dict[str, list[_Indicator]] = defaultdict(list)
    for one in documents:
        if one.library and one.year.isdecimal():
            own[one.library_id].append(one)
    for row in indicators:
        rows[row.library_id].append(row)
    for library_id in sorted(own, key=lambda number: (own[number][0].region_code, own[number][0].library)):
        reports = own[library_id]
        codes: dict[int, set[str]] = {year: set() for year in sorted(int(one.year) for one in reports)}
        for row in rows[library_id]:
            codes.setdefault(row.year, set()).add(row.metric)
        coverage = {year: len(codes[year]) for year in sorted(codes)}
        series = tuple(_series(rows[library_id], wanted))
        yield LibraryPanel(reports[-1].library, reports[-1].region_code, len(reports), coverage, series)


def _series(rows: Iterable[_Indicator], wanted: Sequence[str]) -> Iterator[Series]:
    values: dict[tuple[str, str], dict[int, PanelValue]] = defaultdict(dict)
    for row in rows:
        if not wanted or row.metric in wanted:
            values[row.metric, row.unit].setdefault(row.year, row.value)
    order = {code: number for number, code in enumerate(vocabulary())}
    for metric, unit in sorted(values, key=lambda key: (order.get(key[0], len(order)), key)):
        label = vocabulary()[metric].label if metric in vocabulary() else ""
        yield Series(metric, label, unit, dict(sorted(values[metric, unit].items())))


def _finding_counts(output: StoredOutput, documents: Iterable[Reported]) -> Iterator[FindingCount]:
    sources = _sources(documents)
    counts: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for document_id, severity, code, message in output.table("findings").select(
        "document_id", "severity", "code", "message"
    ):
        if document_id in sources:
            counts[severity, code] += 1
            first.setdefault((severity, code), (message, sources[document_id]))
    for severity, code in sorted(counts, key=lambda key: (_grave(key[0]), -counts[key], key)):
        yield FindingCount(severity, code, finding_label(code), counts[severity, code], *first[severity, code])


def _sources(documents: Iterable[Reported]) -> Mapping[str, str]:
    sources: dict[str, str] = {}
    for one in documents:
        sources.setdefault(one.document_id, one.source)
    return sources


def _grave(severity: str) -> int:
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)


def finding_label(code: str) -> str:
    """Return the Chinese label of a kind of finding; empty for a code that the vocabulary does not know."""
    return finding_kinds()[code].label if code in finding_kinds() else ""
