"""The rows of many reports as the published tables, those that need many reports included, as a stream.

1. Through all reports once, by the names alone: the bodies that they name (nianbao.bodies).
2. Library by library, thin: its indicators, and how they change from year to year, which gives the bounds of the panel.
3. Library by library, whole: what its years prove or disprove, put on the shelf for each report.
4. Out go the bodies; report by report in path order its own rows, linked to the bodies and checked; then the panel.

What is done for one library or one report is a piece (nianbao.hands): other processes may do it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice
from typing import Protocol

import msgspec
from msgspec import Struct
from msgspec.structs import fields

from nianbao.bodies import Bodies, Numbered, bodies
from nianbao.corpus import Corpus, Held
from nianbao.correction_book import NOBODY, Book
from nianbao.hands import Pieces
from nianbao.reading import unpack, unpack_names
from normalize.across_years.across_years import across_years, by_document, with_outcomes
from normalize.across_years.jumps import JumpBounds, jump_bounds, log_ratios
from normalize.across_years.panel import coverage, indicators, panel
from normalize.checks.outcomes import Outcome
from normalize.corrections.findings import with_verdicts
from normalize.organizations.decisions import Decision
from normalize.organizations.links import link
from normalize.organizations.merged import Known
from normalize.organizations.rows import Body, alias_rows, organization_row
from publish.ways_out import DocumentText
from schemas.corrections import Correction
from schemas.declarations import tables
from schemas.panel_rows import IndicatorRow, PanelRow
from schemas.rows import ReportRows, Row

Rows = Mapping[str, tuple[Row, ...]]
Part = tuple[Rows, DocumentText | None]

_AT_ONCE = 500  # bodies that go out in one piece
_OF_ONE_REPORT = tuple(field.name for field in fields(ReportRows) if field.name not in {"document", "text"})


class Outgoing(Protocol):
    """What one call of publish.ways_out.Write is made of, wherever that is done."""

    def rows(self) -> Part:
        """Return what the Write takes."""


class OfBodies(Struct, frozen=True):
    """Some of the bodies on their way out."""

    some: tuple[Numbered, ...]

    def rows(self) -> Part:
        """See Outgoing."""
        return {"organizations": tuple(organization_row(body, own) for own, body in _unpacked(self.some))}, None


class OfNames(Struct, frozen=True):
    """The names of some of the bodies on their way out."""

    some: tuple[Numbered, ...]

    def rows(self) -> Part:
        """See Outgoing."""
        return {
            "organization_aliases": tuple(chain(*(alias_rows(body, own) for own, body in _unpacked(self.some))))
        }, None


class OfReport(Struct, frozen=True):
    """One report on its way out: itself, what its library's years say of it, the bodies that it names, and what
    reviewers decided on findings, some of which are made here."""

    packed: bytes
    outcomes: bytes | None
    names: Known
    verdicts: bytes | None = None

    def rows(self) -> Part:
        """See Outgoing."""
        told = msgspec.msgpack.decode(self.outcomes, type=list[Outcome]) if self.outcomes else []
        known = link(with_outcomes(unpack(self.packed), told), self.names)
        decided = msgspec.msgpack.decode(self.verdicts, type=tuple[Correction, ...]) if self.verdicts else ()
        return _of_report(with_verdicts(known, decided)), _text(known)


class InYears(Struct, frozen=True):
    """The years of one library in the panel, on their way out."""

    found: bytes

    def rows(self) -> Part:
        """See Outgoing."""
        found = msgspec.msgpack.decode(self.found, type=_OfLibrary)
        return {"indicators": found.indicators, "panel": found.panel}, None


class _OfLibrary(Struct, frozen=True):
    """The panel's rows of one library."""

    indicators: tuple[IndicatorRow, ...]
    panel: tuple[PanelRow, ...]


class _Reckoned(Struct, frozen=True):
    """An _OfLibrary, encoded, and how its indicators change: metric, later year, log ratios."""

    found: bytes
    ratios: list[tuple[str, int, Sequence[float]]]


class _Reckoning(Struct, frozen=True):
    """The panel of one library, from its reports."""

    library_id: str
    thin: tuple[bytes, ...]

    def done(self) -> bytes:
        """Return a _Reckoned, encoded."""
        reports = [unpack(raw) for raw in self.thin]
        chosen = indicators(reports)
        found = msgspec.msgpack.encode(_OfLibrary(chosen, panel(chosen, reports)))
        ratios = [(metric, year, some) for (metric, year), some in log_ratios(chosen).items()]
        return msgspec.msgpack.encode(_Reckoned(found, ratios))


class _Checking(Struct, frozen=True):
    """The checks across the years of one library."""

    whole: tuple[bytes, ...]
    found: bytes
    bounds: JumpBounds

    def done(self) -> bytes:
        """Return the outcomes by document, encoded."""
        chosen = msgspec.msgpack.decode(self.found, type=_OfLibrary).indicators
        outcomes = across_years([unpack(raw) for raw in self.whole], chosen, self.bounds)
        return msgspec.msgpack.encode(by_document(outcomes))


def gather(reports: Sequence[ReportRows], decisions: Sequence[Decision] = (), book: Book = NOBODY) -> Rows:
    """Return the rows of every declared table by table name, in the order of the contract and of `reports`.

    `decisions` say of pairs of names that they are one body or are not; `book` holds the decisions that the reports
    have in them already, for the findings that are made here.
    """
    parts = [rows for rows, _ in publishable(reports, decisions, book)]
    return {name: tuple(row for part in parts for row in part.get(name, ())) for name in tables()}


def publishable(
    reports: Sequence[ReportRows], decisions: Sequence[Decision] = (), book: Book = NOBODY
) -> Iterator[Part]:
    """Yield what publish.ways_out.Write takes, for reports that are in memory."""
    corpus = Held(reports, book)
    with bodies(corpus, decisions) as named:
        yield from stream(corpus, named)


def stream(corpus: Corpus, named: Bodies) -> Iterator[Part]:
    """Yield what publish.ways_out.Write takes; `named` are the bodies of the corpus."""
    return (part.rows() for part in outgoing(corpus, named, Pieces()))


def outgoing(corpus: Corpus, named: Bodies, pieces: Pieces) -> Iterator[Outgoing]:
    """Yield what goes out, in order; what must be known of many reports before is done with `pieces`."""
    _shelve_outcomes(corpus, _shelve_libraries(corpus, pieces), pieces)
    yield from (OfBodies(some) for some in _slices(named.by_name()))
    yield from (OfNames(some) for some in _slices(named.by_id()))
    for told in corpus.reports():
        outcomes, verdicts = (corpus.shelf.get(f"{name} {told.document_id}") for name in ("outcomes", "verdicts"))
        yield OfReport(told.packed, outcomes, named.known(told.document_id, unpack_names(told.named)), verdicts)
    for library_id in _libraries(corpus):
        yield InYears(corpus.shelf[f"library {library_id}"])


def _shelve_libraries(corpus: Corpus, pieces: Pieces) -> JumpBounds:
    """Put the panel's rows of each library on the shelf; return the bounds of the changes in all of them."""

    def ratios() -> Iterator[dict[tuple[str, int], Sequence[float]]]:
        todo = (_Reckoning(library_id, corpus.of_library(library_id)) for library_id in _libraries(corpus))
        for one, raw in pieces.each(todo):
            reckoned = msgspec.msgpack.decode(raw, type=_Reckoned)
            corpus.shelf[f"library {one.library_id}"] = reckoned.found
            yield {(metric, year): some for metric, year, some in reckoned.ratios}

    return jump_bounds(ratios())


def _shelve_outcomes(corpus: Corpus, bounds: JumpBounds, pieces: Pieces) -> None:
    todo = (
        _Checking(corpus.of_library(library_id, whole=True), corpus.shelf[f"library {library_id}"], bounds)
        for library_id in _libraries(corpus)
    )
    for _, raw in pieces.each(todo):
        for document_id, some in msgspec.msgpack.decode(raw, type=dict[str, msgspec.Raw]).items():
            corpus.shelf[f"outcomes {document_id}"] = bytes(some)


def _slices(every: Iterator[Numbered]) -> Iterator[tuple[Numbered, ...]]:
    """Yield the bodies in some hundreds; none at all, once, where there is none."""
    yield tuple(islice(every, _AT_ONCE))
    while some := tuple(islice(every, _AT_ONCE)):
        yield some


def _unpacked(some: Iterable[Numbered]) -> Iterator[tuple[str, Body]]:
    decoder = msgspec.msgpack.Decoder(Body)
    return ((own, decoder.decode(packed)) for own, packed in some)


def _libraries(corpus: Corpus) -> Iterator[str]:
    """Yield each library once, in the order of the panel."""
    for library_id, _ in groupby(found.library_id for found in corpus.library_years()):
        yield library_id


def _of_report(report: ReportRows) -> Rows:
    rows: dict[str, tuple[Row, ...]] = {name: getattr(report, name) for name in _OF_ONE_REPORT}
    return rows | {"documents": (report.document,), "coverage": coverage(report)}


def _text(report: ReportRows) -> DocumentText | None:
    """Return the text, None for a failed document, which has none, and a repeated one, whose text is there already."""
    codes = {finding.code for finding in report.findings}
    if report.document.status == "failed" or "duplicate_document" in codes:
        return None
    return DocumentText(report.document.document_id, report.text)
