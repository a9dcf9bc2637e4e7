"""Where a report names bodies: small records, from which the bodies of all reports are made."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from normalize.organizations.names import BodyName, body_names, named_parts
from schemas.lineage import current_code
from schemas.overlay import from_vocabulary
from schemas.rows import DocumentRow, EventRow, LectureRow, OutreachRow, ReadingPromotionRow, ReportRows

LONGEST_KINDLESS = 30  # code points; a longer text without the ending of a body is a description
UNKNOWN = "?"  # begins the region of bodies whose region is not known, which are those of one library only

Named = tuple[str, str, str, str]  # region, kind or "", name without its region, spelling
ActivityRow = LectureRow | OutreachRow | ReadingPromotionRow | EventRow


class Mention(Struct, frozen=True):
    """A name met once, with the place in the text; library_id where it is the reporting library itself."""

    named: Named
    document_id: str
    table_id: str | None = None
    section_id: str | None = None
    char_start: int | None = None
    char_end: int | None = None
    library_id: str | None = None


def mentions(report: ReportRows) -> Iterator[Mention]:
    """Yield what one report names in its tables and events, itself first; pure, and apart from all other reports.

    A part of a cell without the ending of a body («星海明筑») is a name of no kind: it may be short for a body.
    """
    document, own = report.document, namer(report.document)
    for body in body_names(own.library, own):
        yield Mention(_named(body, own), document.document_id, library_id=document.library_id)
    rows: tuple[ActivityRow, ...] = (*report.lectures, *report.outreach, *report.reading_promotions, *report.events)
    for row in rows:
        table = getattr(row, "table_id", None)
        for field in fields(row):
            for named in names_in(getattr(row, field), own, field == "audience"):
                yield Mention(named, document.document_id, table, row.section_id, row.char_start, row.char_end)


def fields(row: ActivityRow) -> tuple[str, ...]:
    """Return the fields of a row that name bodies."""
    if isinstance(row, LectureRow):
        return ("venue",)
    return ("audience", "place") if isinstance(row, ReadingPromotionRow) else ("host", "place")


def namer(document: DocumentRow) -> DocumentRow:
    """Return what of a document decides how it names bodies: its library, region and year, and no more of it."""
    known = document.library or ""
    return DocumentRow(
        document_id="" if known else document.document_id,
        source="",
        media_type="",
        library=document.library,
        region_code=document.region_code,
        report_year=document.report_year,
    )


@from_vocabulary
@lru_cache(maxsize=8192)  # rows often name the body above, and each report is read for its mentions and for its links
def names_in(written: str | None, document: DocumentRow, people: bool = False) -> tuple[Named, ...]:
    """Return the names in a cell of a report with this `namer`; among `people` («少年儿童») those with a kind only."""
    found = body_names(written, document) if people else named_parts(written, document)
    return tuple(_named(body, document) for body in found if body.kind or len(body.bare) <= LONGEST_KINDLESS)


def _named(body: BodyName, document: DocumentRow) -> Named:
    """Return a name with the region's code of today, so that a county that became a city keeps its schools."""
    if body.region_code:
        return current_code(body.region_code, document.report_year), body.kind, body.bare, body.spelling
    return f"{UNKNOWN}{document.library or document.document_id}", body.kind, body.bare, body.spelling
