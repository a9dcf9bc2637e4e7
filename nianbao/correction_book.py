"""The decisions of reviewers as a run uses them: which are for which report, and what became of all of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from pathlib import Path

from msgspec import Struct

from normalize.corrections.corrections import CODE, apply
from schemas.corrections import Correction, standing
from schemas.corrections_file import FILE_NAME, read_corrections
from schemas.rows import DocumentRow, ReportRows

_NAMED = 3  # files that a note names

Numbered = tuple[int, Correction]


class Book(Struct, frozen=True):
    """The decisions of one file, with their place in it, by document and by source; the same for all reports."""

    place: str = ""
    by_document: Mapping[str, Sequence[Numbered]] = {}
    by_source: Mapping[str, Sequence[Numbered]] = {}
    notes: tuple[str, ...] = ()

    def of(self, document: DocumentRow, present: Set[str]) -> tuple[Correction, ...]:
        """Return the decisions for one report, in the order of the file: those on its content, and those on an earlier
        content of the same file. `present` are the document_ids of the run: what is still there has not changed."""
        return self.on_file(document.document_id, document.source, present)

    def on_file(self, document_id: str, source: str, present: Set[str]) -> tuple[Correction, ...]:
        """Return what `of` does, for the document of this id and source."""
        own = self.by_document.get(document_id, ())
        earlier = (pair for pair in self.by_source.get(source, ()) if pair[1].document_id not in present)
        return tuple(one for _, one in sorted((*own, *earlier), key=lambda pair: pair[0]))

    def corrected(self, report: ReportRows, present: Set[str]) -> ReportRows:
        """Return a report with the decisions on it."""
        return apply(report, self.of(report.document, present))


NOBODY = Book()


def read_book(out: Path, given: Path | None = None) -> Book:
    """Return the decisions in `given`, by default those in corrections.csv of the output folder, where there are any.

    Raises CorrectionError where a file breaks its contract, or where `given` is not there.
    """
    path = given if given is not None else out / FILE_NAME
    if given is None and not path.exists():
        return NOBODY
    read = read_corrections(path)
    documents: defaultdict[str, list[Numbered]] = defaultdict(list)
    sources: defaultdict[str, list[Numbered]] = defaultdict(list)
    for number, one in enumerate(read.decisions):
        documents[one.document_id].append((number, one))
        sources[one.source].append((number, one))
    return Book(str(path), dict(documents), dict(sources), read.notes)


def account(book: Book, documents: Iterable[DocumentRow], findings: Counter[str]) -> tuple[str, ...]:
    """Return what became of the decisions, as sentences: none where there are none.

    `documents` are those of the run, `findings` the number of its findings by code.
    """
    if not book.place:
        return ()
    rows = {row.document_id: row for row in documents}
    sources = {row.source for row in rows.values()}
    of_these = sum(len(own.all) for row in rows.values() for own in standing(book.of(row, rows.keys())).values())
    not_applied = findings[CODE]
    told = f"{book.place}: {of_these - not_applied} decisions applied, {not_applied} not"
    notes = [f"{told} (findings {CODE} say why)" if not_applied else told, *book.notes]
    gone = [
        one
        for document_id, pairs in book.by_document.items()
        if document_id not in rows
        for own in standing(one for _, one in pairs).values()
        for one in own.all
        if one.source not in sources
    ]
    if gone:
        names = list(dict.fromkeys(one.source or one.document_id for one in gone))
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        listed = ", ".join(names[:_NAMED])
        notes.append(f"{len(gone)} decisions are on files that were not given ({listed}{more}); they stay in the file")
    return tuple(notes)
