"""Explanations: for any numeral of a report, where it stands, what it was taken for, and why."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator

from extract.folding import fold
from nianbao.as_typed import span_as_typed
from nianbao.examination import Examined, examine, numerals
from nianbao.explanation import Explanation, Option, Place, Reason
from nianbao.why_fact import fact_reasons, said_parts, said_value
from nianbao.why_metric import options
from nianbao.why_not import CLAIMS, REFUSALS
from normalize.values.calendar import read_period
from publish.csv_files import cell
from schemas.document import Block, Document
from schemas.mentions import DateMention, Extraction, Numeral, Section
from schemas.rows import FactRow, NumberRow, TableRow


def explain(document: Document, find: str | None = None, at: int | None = None) -> tuple[Explanation, ...]:
    """Return the explanations of a document's numerals, in order.

    `find`: those that a text holds or that stand in the same quantity, date or name as it does; full width and half
    width are one. `at`: the one at an offset of the document's text. Neither: all. A quantity or date with several
    numerals is explained once where it is asked for, and once for every numeral where all are. What is explained is
    the reading of the rules: decisions of reviewers are no part of it.
    """
    examined = examine(document)
    pairs = numerals(examined)
    if find is None and at is None:
        return tuple(_explained(examined, *pair) for pair in pairs)
    wanted = _finds(examined, find) if find is not None else _stands_at(examined, at or 0)
    chosen = {pair[0].claim: pair for pair in reversed(pairs) if wanted(*pair)}
    return tuple(_explained(examined, *pair) for pair in sorted(chosen.values(), key=lambda pair: pair[0].start))


Wanted = Callable[[Numeral, NumberRow], bool]


def _finds(examined: Examined, text: str) -> Wanted:
    sought, folded = fold(text).strip(), examined.found.folded
    places: list[tuple[int, int]] = []
    place = folded.find(sought) if sought else -1
    while place >= 0:
        places.append((place, place + len(sought)))
        place = folded.find(sought, place + 1)

    def wanted(numeral: Numeral, _: NumberRow) -> bool:
        first, last = numeral.claim
        return any(
            (first <= start and end <= last) or (start <= numeral.start and numeral.end <= end) for start, end in places
        )

    return wanted


def _stands_at(examined: Examined, at: int) -> Wanted:
    inside = any(row.char_start <= at < row.char_end for _, row in numerals(examined))

    def wanted(numeral: Numeral, row: NumberRow) -> bool:
        start, end = span_as_typed(examined.typed, *numeral.claim)
        return row.char_start <= at < row.char_end if inside else start <= at < end

    return wanted


def _explained(examined: Examined, numeral: Numeral, row: NumberRow) -> Explanation:
    start, end = span_as_typed(examined.typed, *numeral.claim)
    summary, reasons, considered = _why(examined, numeral, row)
    return Explanation(
        start=row.char_start,
        end=row.char_end,
        claim_start=start,
        claim_end=end,
        raw=examined.typed.text[start:end],
        role=row.role,
        rule=numeral.rule,
        row_id=row.row_id,
        place=_place(examined, numeral, row),
        sentence=_sentence(examined, numeral),
        summary=summary,
        reasons=reasons,
        options=considered,
    )


Why = tuple[str, tuple[Reason, ...], tuple[Option, ...]]


def _why(examined: Examined, numeral: Numeral, row: NumberRow) -> Why:
    fact = next((fact for fact in examined.rows.facts if fact.fact_id == row.row_id), None)
    reading = examined.readings.get(numeral.claim[0])
    claimed = Reason("claimed", numeral.rule or "nothing", CLAIMS.get(numeral.rule, ""))
    if row.role == "fact" and fact is not None and reading is not None:
        reasons = fact_reasons(fact, reading, examined.found, examined.rows.document.report_year)
        return _said(fact), reasons, options(fact, reading.context, reading.candidates)
    if row.role == "fact":
        return (
            "no value",
            (Reason("claimed", numeral.rule, "its numeral has no value, or it stands in no sentence"),),
            (),
        )
    if row.role == "table_cell":
        return _of_cell(examined, row, claimed, fact)
    date = examined.dates.get(numeral.claim[0]) if numeral.rule == "date" else None
    if date is not None:
        return _of_date(examined, date, claimed)
    return "", (claimed, *_no_count(examined, numeral)), ()


def _said(fact: FactRow) -> str:
    return f"{said_value(fact)}: {fact.metric or 'no metric'}"


def _of_cell(examined: Examined, row: NumberRow, claimed: Reason, fact: FactRow | None) -> Why:
    if fact is not None:
        read = Reason("read as", said_value(fact), f"rule {fact.rule}: {fact.sentence}")
        return _said(fact), (claimed, read, Reason("metric", fact.metric or "none")), ()
    table: TableRow | None = next((table for table in examined.rows.tables if table.table_id == row.row_id), None)
    kind = table.kind if table else "unknown"
    return f"table of {kind}", (claimed, Reason("table", kind, (table.caption if table else None) or "")), ()


_DATE_PARTS = ("year", "month", "day", "part", "relative", "year_to", "month_to", "day_to")


def _of_date(examined: Examined, date: DateMention, claimed: Reason) -> Why:
    parts = ((name.replace("_to", " (to)"), getattr(date, name)) for name in _DATE_PARTS)
    said = ", ".join(f"{name} «{text}»" for name, text in parts if text)
    year = examined.rows.document.report_year
    period = read_period(date, year)
    days = "–".join(dict.fromkeys((cell(period.start), cell(period.end)))) if period else "no day of the calendar"
    doubts = "; ".join(doubt.message for doubt in period.doubts) if period else ""
    whose = "" if date.year else f"the year is the report's, {year}, or the one before it in the text"
    return days, (claimed, Reason("parts", said), Reason("read as", days, doubts or whose)), ()


def _no_count(examined: Examined, numeral: Numeral) -> Iterator[Reason]:
    for mention, rule in examined.refused:
        if mention.start <= numeral.start < mention.end:
            yield Reason("parts", said_parts(mention), f"rule {mention.rule}")
            yield Reason("counts nothing", rule, REFUSALS.get(rule, ""))


def _place(examined: Examined, numeral: Numeral, row: NumberRow) -> Place:
    block = _block_at(examined, numeral.start)
    cell_at = block.place if block else None
    return Place(
        line=examined.typed.text.count("\n", 0, row.char_start) + 1,
        paragraph=block.number if block else None,
        cell=(cell_at.table + 1, cell_at.row + 1, cell_at.column + 1) if cell_at else None,
        sections=tuple(f"{item.marker}{item.title}" for item in _headings(examined.found, numeral.start)),
    )


def _headings(found: Extraction, place: int) -> list[Section]:
    return sorted((item for item in found.sections if item.start <= place < item.end), key=lambda item: item.depth)


def _block_at(examined: Examined, place: int) -> Block | None:
    return next((block for block in examined.read.blocks if block.start <= place < block.end), None)


def _sentence(examined: Examined, numeral: Numeral) -> tuple[str, str, str]:
    sentences, text = examined.found.sentences, examined.read.text
    at = bisect_right(sentences, numeral.start, key=lambda sentence: sentence.start) - 1
    block = _block_at(examined, numeral.start)
    first, last = (block.start, block.end) if block else (numeral.start, numeral.end)
    if at >= 0 and numeral.start < sentences[at].end:
        first, last = sentences[at].start, sentences[at].end
    start, end = max(numeral.claim[0], first), min(numeral.claim[1], last)
    return text[first:start], text[start:end], text[end:last]
