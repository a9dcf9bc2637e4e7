"""The words around a number: its clause, the noun counted, what the sentence said before, the section it stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from normalize.quantities import Quantity, read_quantity
from schemas.document import Document
from schemas.mentions import Extraction, Happening, QuantityMention, Section, Sentence

_CLAUSE = regex.compile(r"[，。；：！？（）,;:!?\n]")
_PART = regex.compile(r"[；;]")
_NOUN_END = regex.compile(r"[，。；：！？）,;:!?\n\t]")
_ASIDE = regex.compile(r"（[^（）]{0,12}）|\([^()]{0,12}\)")
_ASIDES = regex.compile(r"（[^（）]{0,80}）|\([^()]{0,80}\)")
_NARROW = regex.compile(r"(?<!\d),|,(?!\d{3})|[;:()!?]")  # reports mix both widths; «1,200» keeps its comma
_WIDE = str.maketrans(",;:()!?", "，；：（）！？")
_BLANKS = regex.compile(r" {3,}")
_COORDINATION = regex.compile(r"[、和与及][^、和与及]{0,6}$")
_COMES_BACK_LATER = regex.compile(r"全年|每周|现有|目前|本年度|同比|截[止至]目前|到年底")
_COMES_BACK = regex.compile(r"截[止至]|目前|现有|全年|本年度|累计|据统计|年内")
_LONGEST_NOUN = 24


@dataclass(frozen=True, slots=True)
class Context:
    """One number with the words that decide what it means; all texts are folded.

    own: from the clause's beginning, or the number before, to the number; noun: after it, to the next number or comma;
    carried: the sentence's words before `own` (back to a semicolon); clause: the whole clause before the number,
    earlier numbers included; happening: the dated happening that the number is told in.
    """

    mention: QuantityMention
    quantity: Quantity
    sentence: Sentence
    section: Section | None
    happening: Happening | None
    own: str
    noun: str
    carried: str
    clause: str


def read_contexts(document: Document, found: Extraction) -> tuple[Context, ...]:
    """Return the context of every quantity of prose that has a value, in document order."""
    starts = [sentence.start for sentence in found.sentences]
    mentions = found.quantities
    contexts = []
    for at, mention in enumerate(mentions):
        quantity = read_quantity(mention)
        place = bisect_right(starts, mention.start) - 1
        if quantity is None or place < 0 or mention.start >= found.sentences[place].end:
            continue
        before = mentions[at - 1] if at else None
        after = mentions[at + 1] if at + 1 < len(mentions) else None
        contexts.append(_context(found, mention, quantity, found.sentences[place], before, after))
    return tuple(contexts)


def _context(
    found: Extraction,
    mention: QuantityMention,
    quantity: Quantity,
    sentence: Sentence,
    before: QuantityMention | None,
    after: QuantityMention | None,
) -> Context:
    folded = found.folded
    told = _ASIDE.sub(lambda aside: " " * len(aside[0]), folded[sentence.start : mention.start])
    clause_start = sentence.start + _last(_CLAUSE, told, 0, len(told))
    own_start = max(clause_start, before.end if before and before.end > sentence.start else 0)
    limit = min(sentence.end, after.start if after and after.start > mention.end else sentence.end)
    return Context(
        mention=mention,
        quantity=quantity,
        sentence=sentence,
        section=section_at(found.sections, mention.start),
        happening=happening_at(found.happenings, mention.start, folded),
        own=_wide(_BLANKS.sub("", told[own_start - sentence.start :])),
        noun=_wide(_noun(folded, mention.end, limit, goes_on=limit < sentence.end)),
        carried=_wide(_ASIDES.sub("", folded[_last(_PART, folded, sentence.start, own_start) : own_start])),
        clause=_wide(folded[clause_start : mention.start]),
    )


def _wide(text: str) -> str:
    return _NARROW.sub(lambda sign: sign[0].translate(_WIDE), text)


def _noun(folded: str, start: int, limit: int, *, goes_on: bool) -> str:
    """Return the words after a number: to the comma, asides in brackets left out, or to the next number of a list."""
    after = _ASIDE.sub("", folded[start : min(limit, start + 2 * _LONGEST_NOUN)])
    stop = _NOUN_END.search(after)
    if stop is None and goes_on:
        listed = _COORDINATION.search(after)
        after = after[: listed.start()] if listed else after
    return after[: stop.start() if stop else None].partition("（")[0][:_LONGEST_NOUN]


def _last(pattern: regex.Pattern[str], folded: str, start: int, end: int) -> int:
    """Return where the last match of a pattern in a span ends, or the span's start."""
    return max((found.end() for found in pattern.finditer(folded, start, end)), default=start)


def section_at(sections: Sequence[Section], place: int) -> Section | None:
    """Return the innermost section that holds a place, or None."""
    holding = [section for section in sections if section.start <= place < section.end]
    return max(holding, key=lambda section: section.depth, default=None)


def happening_at(happenings: Sequence[Happening], place: int, folded: str) -> Happening | None:
    """Return the dated happening that is being told at a place, or None.

    A sentence that comes back to the library as it is («现有…», «全年…») has left the happening; in an entry of a
    chronicle only for itself.
    """
    at = bisect_right(happenings, place, key=lambda item: item.start) - 1
    found = happenings[at] if at >= 0 else None
    if found is None or place >= found.end:
        return None
    start = max(folded.rfind("。", found.start, place), found.dates[0].end) if found.chronicle else found.dates[0].end
    back = _COMES_BACK_LATER if found.chronicle else _COMES_BACK
    return None if back.search(folded, start, place) else found
