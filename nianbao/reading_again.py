"""How the facts of a stored document were read: its text is read again, and what was decided on the way is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from extract.plain_text import read_layout
from nianbao.as_typed import span_as_typed
from nianbao.examination import Examined, examine
from nianbao.why_fact import fact_reasons
from nianbao.why_metric import options
from normalize.facts.reading import Reading
from publish.csv_files import cell
from publish.review.reports import Candidate, Cells, Decision, HowRead, StoredReport
from schemas.document import Document
from schemas.rows import FactRow

# the same fact is one with the same place and the same meaning; other rules or words may have read it in between
_SAME = ("char_start", "char_end", "value", "upper", "unit", "metric", "scope", "status", "rule")


def how_read(report: StoredReport) -> Mapping[str, HowRead]:
    """Return how each fact of a document was read, by fact_id; facts of tables are read from their headers alone.

    A fact that is not the same when its text is read again (the words of a user are gone, or nianbao is another) is
    left out, so what is said is always true of the row that it stands beside.
    """
    wanted = {_same(row): row for row in report.table("facts") if row["origin"] == "prose"}
    if not wanted or report.text is None:
        return {}
    blocks, reading = read_layout(report.text)
    own = report.document
    examined = examine(
        Document(own["document_id"], own["source"], own["media_type"], "", report.text, blocks, reading=reading)
    )
    return {
        wanted[key]["fact_id"]: HowRead(
            tuple(_decisions(fact, told, examined, wanted[key]["confidence"])), tuple(_candidates(fact, told))
        )
        for fact, told in _facts(examined)
        if (key := _same({column: cell(getattr(fact, column)) for column in _SAME})) in wanted
    }


def _same(row: Cells) -> tuple[str, ...]:
    return tuple(row[column] for column in _SAME)


def _facts(examined: Examined) -> Iterator[tuple[FactRow, Reading]]:
    spans = {
        span_as_typed(examined.typed, reading.context.mention.start, reading.context.mention.end): reading
        for reading in examined.readings.values()
    }
    for fact in examined.rows.facts:
        reading = spans.get((fact.char_start, fact.char_end))
        if reading is not None and fact.origin == "prose":
            yield fact, reading


def _decisions(fact: FactRow, reading: Reading, examined: Examined, confidence: str) -> Iterator[Decision]:
    """Yield the decisions that have a reason; that of the confidence only where other reports did not change it."""
    for reason in fact_reasons(fact, reading, examined.found, examined.rows.document.report_year):
        if reason.why and (reason.topic != "confidence" or reason.said == confidence):
            yield Decision(reason.topic, reason.said, reason.why)


def _candidates(fact: FactRow, reading: Reading) -> Iterator[Candidate]:
    for option in options(fact, reading.context, reading.candidates):
        score = "" if option.score is None else cell(option.score)
        yield Candidate(option.metric, score, "、".join(option.cues), option.won, option.why)
