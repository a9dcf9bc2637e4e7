"""Who reports, on which year, when: read from the report itself and its file name, never from a folder or a clock."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath

from msgspec import Struct

from normalize.identity.library_names import squeeze, without_years
from normalize.identity.report_period import Period, period_of_title
from normalize.identity.report_year import report_period
from normalize.identity.reporting_library import Reporting, reporting_library
from normalize.identity.signature import published
from schemas.document import Doubt

_LONGEST_TITLE = 60
_NAMES_REPORT = re.compile(r"年报|年度报告|总结|工作报告|工作汇报|述职|大事记")


class Identity(Struct, frozen=True):
    """The reporting library, the report's year, title and date; None where the report does not say.

    period_start and period_end are the first and last day covered (closed interval): the calendar year, unless the
    title names months or years. Of a report on several years the last one is report_year.
    """

    library: str | None
    report_year: int | None
    title: str | None
    published: date | None
    period_start: date | None
    period_end: date | None
    doubts: tuple[Doubt, ...]


def identify(
    text: str, folded: str, title: tuple[int, int] | None, source: str, margins: Sequence[str] = ()
) -> Identity:
    """Return who and when of a report.

    `folded` is the text with its widths folded, of the same length; `title` is the half-open span of the report's own
    title, or None; of `source` only the file's name without its ending is read. `margins` are the lines of headers and
    footers: they are asked for library, title and year where the rest says nothing.
    """
    stem = PurePosixPath(source).stem
    folded_title = " ".join(folded[slice(*title)].split()) if title else ""
    signed = published(folded)
    titles = (without_years(squeeze(name)) for name in (folded_title, stem))
    beside = [unicodedata.normalize("NFKC", line).strip() for line in margins]
    named = reporting_library(squeeze(folded), *titles)
    named = named if named.library else reporting_library(squeeze("\n".join(beside)), "", "")
    title_beside = "" if title else next(filter(_names_report, beside), "")
    period = report_period(folded_title, folded, stem, signed) or period_of_title(title_beside)
    return Identity(
        library=named.library,
        report_year=period.year if period else None,
        title=" ".join(text[slice(*title)].split() if title else title_beside.split()) or None,
        published=signed,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        doubts=_doubts(named, period),
    )


def _names_report(line: str) -> bool:
    return len(line) <= _LONGEST_TITLE and "。" not in line and _NAMES_REPORT.search(line) is not None


def _doubts(named: Reporting, period: Period | None) -> tuple[Doubt, ...]:
    doubts = []
    if named.library is None:
        doubts.append(Doubt("unknown_library", "Neither the text nor the file name says which library reports."))
    if named.rival is not None:
        message = (
            f"The report may be that of {named.library} or of {named.rival}: it names both alike; the first is taken."
        )
        doubts.append(Doubt("library_in_doubt", message))
    if period is None:
        unknown_year = "Neither the text nor the file name says which year the report is about."
        doubts.append(Doubt("unknown_year", unknown_year))
    return tuple(doubts)
