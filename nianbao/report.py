"""One report for use in Python: its rows as records, or as data frames."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from extract.read import read
from nianbao.batch import PathLike
from nianbao.bodies import bodies
from nianbao.corpus import Held
from nianbao.correction_book import NOBODY, Book, read_book
from nianbao.gather import gather
from nianbao.pipeline import process
from nianbao.report_names import printable
from normalize.corrections.findings import verdicts_on, with_verdicts
from normalize.organizations.decisions import Decision, read_decisions
from normalize.organizations.links import link
from normalize.organizations.mentions import mentions
from schemas.overlay import BUILT_IN, Overlay
from schemas.rows import (
    CellRow,
    DocumentRow,
    EventRow,
    FactRow,
    FindingFactRow,
    FindingRow,
    LectureRow,
    NumberRow,
    OutreachRow,
    ReadingPromotionRow,
    ReportRows,
    Row,
    SectionRow,
    TableRow,
)
from schemas.vocabularies import read_overlay, using

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True)
class Report:
    """One report read. Each property is a table of the contract; `text[row.char_start:row.char_end]` is where a row
    was read. `vocabulary` are the additions that it was read with, `decisions` those on names of bodies, `book`
    those on rows."""

    rows: ReportRows
    vocabulary: Overlay = field(default=BUILT_IN, repr=False)
    decisions: tuple[Decision, ...] = field(default=(), repr=False)
    book: Book = field(default=NOBODY, repr=False)

    @property
    def text(self) -> str:
        """The text that all offsets count in."""
        return self.rows.text

    @property
    def document(self) -> DocumentRow:
        """Who, where and which year."""
        return self.rows.document

    @property
    def sections(self) -> tuple[SectionRow, ...]:
        """The section tree, in document order."""
        return self.rows.sections

    @property
    def tables(self) -> tuple[TableRow, ...]:
        """The tables met, known kind or not."""
        return self.rows.tables

    @property
    def cells(self) -> tuple[CellRow, ...]:
        """Every cell of every table."""
        return self.rows.cells

    @property
    def lectures(self) -> tuple[LectureRow, ...]:
        """Rows of lecture tables."""
        return self.rows.lectures

    @property
    def outreach(self) -> tuple[OutreachRow, ...]:
        """Rows of outreach tables."""
        return self.rows.outreach

    @property
    def reading_promotions(self) -> tuple[ReadingPromotionRow, ...]:
        """Rows of reading-promotion tables."""
        return self.rows.reading_promotions

    @property
    def events(self) -> tuple[EventRow, ...]:
        """Dated happenings told in prose."""
        return self.rows.events

    @property
    def facts(self) -> tuple[FactRow, ...]:
        """Every quantity, with its meaning."""
        return self.rows.facts

    @property
    def numbers(self) -> tuple[NumberRow, ...]:
        """The ledger of numerals."""
        return self.rows.numbers

    @property
    def findings(self) -> tuple[FindingRow, ...]:
        """What is doubtful in the report or in its reading."""
        return self.rows.findings

    @property
    def finding_facts(self) -> tuple[FindingFactRow, ...]:
        """Which facts each finding is about, on which side of its equation."""
        return self.rows.finding_facts

    def all_rows(self) -> Mapping[str, tuple[Row, ...]]:
        """Return the rows of every table by name, indicators and organizations of this report alone included."""
        with using(self.vocabulary):
            return gather((self.rows,), self.decisions, self.book)

    def frames(self) -> dict[str, pandas.DataFrame]:
        """Return every table by name as a data frame with the declared columns.

        Text is `string`, whole numbers `Int64`, other numbers `float64`, dates `datetime64[s]`, true and false
        `boolean`; what the text does not say is missing in each of them.
        """
        from nianbao.frames import frames  # noqa: PLC0415  pandas takes a while to load

        return frames(self.all_rows())


def read_report(
    path: PathLike,
    *,
    vocabulary: PathLike | None = None,
    organizations: PathLike | None = None,
    corrections: PathLike | None = None,
) -> Report:
    """Read one .txt or .docx report; `source` in its rows is the name of the file.

    `vocabulary` is a folder of additions to the vocabularies, as schemas.vocabularies.read_overlay reads it;
    `organizations` a file of names that are the same body or different ones, as
    normalize.organizations.decisions.read_decisions reads it; `corrections` a file of decisions of reviewers, such as
    the corrections.csv of an output folder. A report alone knows no folder, so none are applied where none are given.

    Raises extract.read.UnreadableFile, with one sentence that says why, where the file cannot be read, and
    VocabularyError where `vocabulary`, `organizations` or `corrections` cannot be used.
    """
    file, overlay, decisions = Path(path), read_overlay(vocabulary), read_decisions(organizations)
    book = NOBODY if corrections is None else read_book(file.parent, Path(corrections))
    with using(overlay):
        read_rows = process(read(file, printable(file.name)))
        present = {read_rows.document.document_id}
        rows = book.corrected(read_rows, present)
        with bodies(Held((rows,)), decisions) as named:
            linked = link(rows, named.known(rows.document.document_id, mentions(rows)))
        told = verdicts_on(linked, book.of(linked.document, present))
        return Report(with_verdicts(linked, told), overlay, decisions, book)
