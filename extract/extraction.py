"""Everything that a document says, found in one go: the extract stage."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from msgspec.structs import replace

from extract.carried_dates import with_carried_dates
from extract.claims import Claim, find_claims, taken_spans
from extract.counting import that_count
from extract.dates import find_dates
from extract.folding import fold
from extract.happenings import find_happenings
from extract.headings import find_title
from extract.ledger import find_numerals
from extract.month_lines import dates_under_months
from extract.outline import outline
from extract.pointed_entries import pointed_entries
from extract.quantities import find_quantities
from extract.sentences import split_sentences
from extract.tables import find_tables
from extract.unpunctuated import with_stops
from extract.words import Words
from schemas.document import Document
from schemas.mentions import DateMention, Extraction, Section


def extract(document: Document) -> Extraction:
    """Return the outline, tables, sentences, dates, quantities, numerals and happenings of a document.

    Page furniture is claimed whole; no other stage sees it.
    """
    folded = fold(document.text)
    furniture = [
        Claim(block.start, block.end, "furniture", "furniture") for block in document.blocks if block.furniture
    ]
    document = replace(document, blocks=tuple(block for block in document.blocks if not block.furniture))
    tables = find_tables(document, folded)
    folded = with_stops(document.blocks, folded)
    title = find_title(document, folded)
    entries = pointed_entries(document, folded)
    sections = outline(_without(document, entries) if entries else document, folded, tables, title)
    sentences = split_sentences(document, folded)
    words = Words(folded, sentences)
    dates = find_dates(folded)
    dates = tuple(date for date in dates if not _lies_in(furniture, date.start)) if furniture else dates
    dates = _with_entries(dates, entries)
    dates = with_carried_dates(folded, dates_under_months(document, folded, dates, sections))
    in_cells = [Claim(block.start, block.end, "table_cell", "table_cell") for block in document.blocks if block.place]
    claims = find_claims(folded, (*furniture, *_first_claims(document, sections, dates)))
    mentions = find_quantities(folded, taken_spans((*claims, *_plain_numbers(folded, in_cells))))
    quantities = tuple(that_count(folded, mentions, words))
    quoted = [(claim.start, claim.end) for claim in claims if folded[claim.start] in '《“「『‘"〈']
    return Extraction(
        folded=folded,
        sections=sections,
        tables=tables,
        sentences=sentences,
        quantities=quantities,
        dates=dates,
        numerals=find_numerals(folded, [*in_cells, *claims], quantities, words),
        happenings=find_happenings(document, folded, dates, sections, quoted),
        title=title,
    )


def _plain_numbers(folded: str, in_cells: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the cells that hold a number and nothing else: the tables read these themselves."""
    return (cell for cell in in_cells if folded[cell.start : cell.end].isdecimal())


def _without(document: Document, entries: Mapping[int, DateMention]) -> Document:
    return replace(document, blocks=tuple(block for block in document.blocks if block.start not in entries))


def _with_entries(dates: tuple[DateMention, ...], entries: Mapping[int, DateMention]) -> tuple[DateMention, ...]:
    """Return the dates together with those that lead entries, in order."""
    if not entries:
        return dates
    led = sorted(entries.values(), key=attrgetter("start"))
    taken = {place for date in led for place in range(date.start, date.end)}
    return tuple(sorted([*(date for date in dates if date.start not in taken), *led], key=attrgetter("start")))


def _lies_in(claims: Sequence[Claim], place: int) -> bool:
    at = bisect_right(claims, place, key=lambda claim: claim.start) - 1
    return at >= 0 and place < claims[at].end


def _first_claims(document: Document, sections: Sequence[Section], dates: Sequence[DateMention]) -> Iterator[Claim]:
    for section in sections:
        if section.marker:
            yield Claim(section.start, section.start + len(section.marker), "list_marker", "heading_marker")
    for date in dates:
        yield Claim(date.start, date.end, "date", "date")
