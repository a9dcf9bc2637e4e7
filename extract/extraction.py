"""Everything that a document says, found in one go: the extract stage."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from extract.claims import Claim, find_claims, taken_spans
from extract.counting import counts
from extract.dates import find_dates
from extract.folding import fold
from extract.happenings import find_happenings
from extract.headings import find_title
from extract.ledger import find_numerals
from extract.outline import outline
from extract.quantities import find_quantities
from extract.sentences import split_sentences
from extract.tables import find_tables
from schemas.document import Document
from schemas.mentions import DateMention, Extraction, QuantityMention, Section, Sentence


def extract(document: Document) -> Extraction:
    """Return the outline, tables, sentences, dates, quantities, numerals and happenings of a document."""
    folded = fold(document.text)
    tables = find_tables(document, folded)
    title = find_title(document, folded)
    sections = outline(document, folded, tables, title)
    sentences = split_sentences(document, folded)
    dates = find_dates(folded)
    claims = find_claims(folded, tuple(_first_claims(document, sections, dates)))
    mentions = find_quantities(folded, taken_spans(claims))
    in_cells = [Claim(block.start, block.end, "table_cell") for block in document.blocks if block.place]
    quantities = tuple(_that_count(folded, mentions, sentences))
    quoted = [(claim.start, claim.end) for claim in claims if folded[claim.start] in '《“「『‘"〈']
    return Extraction(
        folded=folded,
        sections=sections,
        tables=tables,
        sentences=sentences,
        quantities=quantities,
        dates=dates,
        numerals=find_numerals(folded, [*in_cells, *claims], quantities, sentences),
        happenings=find_happenings(document, folded, dates, sections, quoted),
        title=title,
    )


def _first_claims(document: Document, sections: Sequence[Section], dates: Sequence[DateMention]) -> Iterator[Claim]:
    for section in sections:
        if section.marker:
            yield Claim(section.start, section.start + len(section.marker), "list_marker")
    for date in dates:
        yield Claim(date.start, date.end, "date")


def _that_count(
    folded: str, mentions: Sequence[QuantityMention], sentences: Sequence[Sentence]
) -> Iterator[QuantityMention]:
    """Yield the mentions that count something; those in cells are kept whole, for the tables to read."""
    starts = [sentence.start for sentence in sentences]
    for mention in mentions:
        at = bisect_right(starts, mention.start) - 1
        sentence = sentences[at] if at >= 0 and mention.start < sentences[at].end else None
        if sentence is None or counts(folded, mention, sentence):
            yield mention
