"""Many reports as a stream: in path order, and the reports of one library, never all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping, Sequence, Set
from typing import Any, NamedTuple, Protocol

import msgspec

from nianbao.correction_book import NOBODY, Book
from nianbao.failures import repeated
from nianbao.reading import Reading, packed, unpack, unpack_names
from nianbao.store import Store
from normalize.across_years.panel import library_year
from normalize.corrections.findings import verdicts_on
from normalize.organizations.mentions import Mention, mentions
from schemas.rows import DocumentRow, ReportRows


class LibraryYear(NamedTuple):
    """A row of the panel: the library as the first report on that year calls it.

    The order is that of the panel: libraries by the first of their names, whatever it was in the year, then years.
    """

    library: str
    library_id: str
    report_year: int


class Told(NamedTuple):
    """A report as bytes, for nianbao.reading.unpack and unpack_names, and its document_id."""

    document_id: str
    packed: bytes
    named: bytes


class Corpus(Protocol):
    """What the tables that need many reports are made from."""

    @property
    def shelf(self) -> MutableMapping[str, bytes]:
        """Where what one pass finds is kept for a later one: in memory as the reports are, or on disk as they are."""

    def reports(self) -> Iterable[Told]:
        """Return all reports in path order; the second of two files with the same bytes has a documents row only."""

    def library_years(self) -> Iterable[LibraryYear]:
        """Return which library and year there is a report on, in the order of the panel."""

    def mentions(self) -> Iterable[Mention]:
        """Return where all reports name bodies, in path order."""

    def of_library(self, library_id: str, *, whole: bool = False) -> tuple[bytes, ...]:
        """Return the reports of one library in path order, for unpack: `whole`, or as reading.thin leaves them."""


class Held:
    """A corpus in memory."""

    def __init__(self, reports: Sequence[ReportRows], book: Book = NOBODY) -> None:
        self._reports = reports
        self.shelf: dict[str, bytes] = {}
        present = {report.document.document_id for report in reports}
        for report in reports if book.place else ():
            _shelve_verdicts(self.shelf, report, book, present)

    def reports(self) -> Iterator[Told]:
        """See Corpus."""
        return (_told(packed(report)) for report in self._reports)

    def mentions(self) -> Iterator[Mention]:
        """See Corpus."""
        return (mention for report in self._reports for mention in mentions(report))

    def library_years(self) -> Iterable[LibraryYear]:
        """See Corpus."""
        names: dict[tuple[str, int], str] = {}
        for report in self._reports:
            if key := library_year(report.document):
                names.setdefault(key, report.document.library or "")
        first: dict[str, str] = {}
        for (library_id, _), name in names.items():
            first[library_id] = min(name, first.get(library_id, name))
        found = (LibraryYear(name, *key) for key, name in names.items())
        return sorted(found, key=lambda row: (first[row.library_id], row.library_id, row.report_year))

    def of_library(self, library_id: str, *, whole: bool = False) -> tuple[bytes, ...]:
        """See Corpus."""
        found = (packed(report) for report in self._reports if report.document.library_id == library_id)
        return tuple(reading.packed if whole else reading.thin for reading in found)


_REPEATED = """
    SELECT DISTINCT document_id FROM current WHERE status != 'failed' GROUP BY document_id HAVING count(*) > 1
"""

# the first report on a library and year names it; SQLite takes the other columns from the row that has the minimum
_LIBRARY_YEARS = """
    SELECT library, library_id, report_year FROM (
        SELECT coalesce(library, '') AS library, library_id, report_year, min(source) FROM current
        WHERE library_id IS NOT NULL AND report_year IS NOT NULL GROUP BY library_id, report_year
    ) ORDER BY min(library) OVER (PARTITION BY library_id), library_id, report_year
"""

_OF_LIBRARY = """
    SELECT {column} FROM current AS report WHERE library_id = ? AND source = (
        SELECT min(source) FROM current WHERE document_id = report.document_id AND status != 'failed'
    ) ORDER BY source
"""


class Stored:
    """A corpus in a store, with the decisions of reviewers."""

    def __init__(self, store: Store, book: Book = NOBODY) -> None:
        self._store, self.book = store, book
        self.shelf = store.shelf()
        store.lay_over(self._decided(book) if book.place else ())

    def reports(self) -> Iterator[Told]:
        """See Corpus."""
        return (again or Told(*row) for row, again in self._once("document_id, packed, named"))

    def mentions(self) -> Iterator[Mention]:
        """See Corpus."""
        told = (again.named if again else named for (_, named), again in self._once("document_id, named"))
        return (mention for named in told for mention in unpack_names(named))

    def _decided(self, book: Book) -> Iterator[Reading]:
        """Yield the reports that reviewers decided something about, as they are then."""
        known = list(
            self._store.rows("SELECT source, document_id FROM reports WHERE status != 'failed' ORDER BY source")
        )
        present = {document_id for _, document_id in known}
        for source, document_id in known:
            if document_id in book.by_document or source in book.by_source:
                ((raw,),) = self._store.rows("SELECT packed FROM reports WHERE source = ?", (source,))
                report = unpack(raw)
                _shelve_verdicts(self.shelf, report, book, present)
                yield packed(book.corrected(report, present))

    def _once(self, columns: str) -> Iterator[tuple[tuple[Any, ...], Told | None]]:
        """Yield these columns of each report, and what a file gives instead that has the bytes of an earlier one."""
        several = {document_id for (document_id,) in self._store.rows(_REPEATED)}
        first: dict[str, DocumentRow] = {}
        query = f"SELECT document_id, status, source, {columns} FROM current ORDER BY source"
        for document_id, status, source, *row in self._store.rows(query):
            if document_id not in several or status == "failed":
                yield tuple(row), None
                continue
            ((raw,),) = self._store.rows("SELECT thin FROM current WHERE source = ?", (source,))
            own = unpack(raw).document
            again = repeated(own, first[document_id]) if document_id in first else None
            first.setdefault(document_id, own)
            yield tuple(row), _told(packed(again)) if again else None

    def library_years(self) -> Iterator[LibraryYear]:
        """See Corpus."""
        return (LibraryYear(*row) for row in self._store.rows(_LIBRARY_YEARS))

    def of_library(self, library_id: str, *, whole: bool = False) -> tuple[bytes, ...]:
        """See Corpus."""
        query = _OF_LIBRARY.format(column="packed" if whole else "thin")
        return tuple(found for (found,) in self._store.rows(query, (library_id,)))


def _shelve_verdicts(shelf: MutableMapping[str, bytes], report: ReportRows, book: Book, present: Set[str]) -> None:
    """Put what was decided on the findings of a report on the shelf, of files with the same bytes for the first."""
    name = f"verdicts {report.document.document_id}"
    told = verdicts_on(report, book.of(report.document, present))
    if told and name not in shelf:
        shelf[name] = msgspec.msgpack.encode(told)


def _told(reading: Reading) -> Told:
    return Told(reading.document_id, reading.packed, reading.named)
