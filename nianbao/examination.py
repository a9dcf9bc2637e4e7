"""One report read, with everything beside its rows that its numerals are explained by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from extract.claims import Claim, taken_spans
from extract.counting import refusal
from extract.extraction import extract
from extract.quantities import find_quantities
from extract.words import Words
from nianbao.as_typed import as_read, as_typed, span_as_typed
from nianbao.as_written import as_written
from normalize.facts.facts import read_facts
from normalize.facts.reading import Reading
from normalize.resolve import resolve
from schemas.document import Document
from schemas.mentions import DateMention, Extraction, Numeral, QuantityMention
from schemas.rows import NumberRow, ReportRows

_LEFT_OVER = frozenset({"word", "measure_word", "in_letters", ""})  # rules for what no claim and no quantity covers


class Examined(Struct, frozen=True):
    """One report read, with everything that its numerals are explained by; `typed` is the document as it came.

    `rows.numbers` are those of `found.numerals`, one for one; `readings` and `dates` are by where they start; `refused`
    has the form of a quantity and counts nothing, each with the rule that says so.
    """

    typed: Document
    read: Document
    found: Extraction
    rows: ReportRows
    readings: Mapping[int, Reading]
    dates: Mapping[int, DateMention]
    refused: tuple[tuple[QuantityMention, str], ...]


def examine(document: Document) -> Examined:
    """Read a document and keep what was found on the way."""
    read = as_read(document)
    found = extract(read)
    rows = as_typed(as_written(resolve(read, found), read), document)
    readings = read_facts(read, found, rows.document.report_year)
    return Examined(
        typed=document,
        read=read,
        found=found,
        rows=rows,
        readings={reading.context.mention.start: reading for reading in readings},
        dates={date.start: date for date in found.dates},
        refused=tuple(_refused(found)),
    )


def _refused(found: Extraction) -> Iterator[tuple[QuantityMention, str]]:
    """Yield what has the form of a quantity and counts nothing, with the rule that says so."""
    claims = [Claim(*item.claim, item.role, item.rule) for item in found.numerals if item.rule not in _LEFT_OVER]
    words = Words(found.folded, found.sentences)
    for mention in find_quantities(found.folded, taken_spans(claims)):
        sentence = words.sentence_at(mention.start)
        if sentence is not None and (rule := refusal(found.folded, mention, sentence, words)):
            yield mention, rule


def numerals(examined: Examined) -> list[tuple[Numeral, NumberRow]]:
    """Return the numerals of the ledger with their rows, and facts told without one («半天», «翻番») likewise."""
    listed = list(zip(examined.found.numerals, examined.rows.numbers, strict=True))
    known = {numeral.claim[0] for numeral, _ in listed}
    untold = (reading.context.mention for start, reading in examined.readings.items() if start not in known)
    return sorted([*listed, *(_as_numeral(examined, mention) for mention in untold)], key=lambda pair: pair[0].start)


def _as_numeral(examined: Examined, mention: QuantityMention) -> tuple[Numeral, NumberRow]:
    start = mention.number_start
    numeral = Numeral(start, start + len(mention.number), "fact", mention.rule, (mention.start, mention.end))
    first, last = span_as_typed(examined.typed, numeral.start, numeral.end)
    fact_start, _ = span_as_typed(examined.typed, *numeral.claim)
    fact_id = next((row.fact_id for row in examined.rows.facts if row.char_start == fact_start), None)
    raw = examined.typed.text[first:last]
    return numeral, NumberRow(examined.typed.document_id, first, last, raw, "fact", fact_id)
