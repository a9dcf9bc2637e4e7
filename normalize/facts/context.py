"""The words around a number: its clause, the noun counted, what the sentence said before, the section it stands in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

import regex
from msgspec import Struct

from normalize.values.quantities import Quantity, read_quantity
from schemas.mentions import Extraction, Happening, QuantityMention, Section, Sentence

_CLAUSE_EDGE = regex.compile(r"(?r)[，。；：！？（）,\n]")  # read from the end: the last edge before a number
_NOUN_END = re.compile(r"[，。；：！？）,\n\t]")
_ASIDE = re.compile(r"（[^（）]{0,12}）")
_ASIDES = re.compile(r"（[^（）]{0,80}）")
_NARROW = re.compile(r"[,;:()!?](?!(?<=\d,)\d{3})")  # reports mix both widths; «1,200» keeps its comma
_WIDE = str.maketrans(",;:()!?", "，；：（）！？")
_BLANKS = re.compile(r" {3,}")
_COORDINATION = re.compile(r"[、和与及][^、和与及]{0,6}$")
_COMES_BACK_LATER = re.compile(
    r"全年|每周(?![一二三四五六日天])|现有|目前|本年度|同比|截[止至]目前|到年底|发表论文|媒体报道|。(?:暑[假期]|寒假|平[时日]|节假日|[上下]半年)"
)
_COMES_BACK = re.compile(r"截[止至]|目前|现有|全年|本年度|累计|据统计|年内")
_LONGEST_NOUN = 24
FARTHEST = 2000  # characters back that words bear on a number; longer tellings are cut, so that time stays linear
_START = attrgetter("start")


class Context(Struct, frozen=True):
    """One number with the words that decide what it means; all texts are folded,
    and their punctuation is wide.

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


def read_contexts(found: Extraction) -> tuple[Context, ...]:
    """Return the context of every quantity of prose that has a value, in document order."""
    starts = [sentence.start for sentence in found.sentences]
    wide, mentions = widened(found.folded), found.quantities
    contexts = []
    for before, mention, after in zip((None, *mentions), mentions, (*mentions[1:], None), strict=False):
        place = bisect_right(starts, mention.start) - 1
        if place < 0 or mention.start >= found.sentences[place].end:
            continue  # in a table
        quantity = read_quantity(mention)
        if quantity is not None:
            contexts.append(_context(found, wide, mention, quantity, found.sentences[place], before, after))
    return tuple(contexts)


def _context(
    found: Extraction,
    wide: str,
    mention: QuantityMention,
    quantity: Quantity,
    sentence: Sentence,
    before: QuantityMention | None,
    after: QuantityMention | None,
) -> Context:
    start, place = sentence.start, mention.start
    told = _blanked(wide[start:place])
    edge = _CLAUSE_EDGE.search(told)
    clause_start = start + edge.end() if edge else start
    own_start = max(_after_hedge(before, wide), clause_start) if before else clause_start
    own = told[own_start - start :]
    limit = after.start if after and mention.end < after.start < sentence.end else sentence.end
    carried = wide[max(wide.rfind("；", start, own_start) + 1, start) : own_start]
    section = section_at(found.sections, place)
    happening = happening_at(found.happenings, place, found.folded)
    if happening and section and section.kind == "plan" and "；" in wide[happening.dates[0].end : place]:
        happening = None  # the items of a plan stand side by side («10月举办读书节；年购书3000册»)
    return Context(
        mention=mention,
        quantity=quantity,
        sentence=sentence,
        section=section,
        happening=happening,
        own=_BLANKS.sub("", own) if "   " in own else own,
        noun=_noun(wide, _after_hedge(mention, wide), limit, goes_on=limit < sentence.end),
        carried=_ASIDES.sub("", carried) if "（" in carried else carried,
        clause=wide[clause_start:place],
    )


def widened(text: str) -> str:
    """Return a text with Chinese punctuation for what was typed in half width, each sign in its place.

    >>> widened("办班3期,学员1,200人;结业.")
    '办班3期，学员1,200人；结业.'
    """
    return _NARROW.sub(lambda sign: sign[0].translate(_WIDE), text)


def _blanked(text: str) -> str:
    """Return a text with blanks for its short asides."""
    return _ASIDE.sub(lambda aside: " " * len(aside[0]), text) if "（" in text else text


def _after_hedge(mention: QuantityMention, wide: str) -> int:
    """Return where the words after a number begin, past the hedge that stands there («30个左右的书架»)."""
    return wide.index(mention.after, mention.end) + len(mention.after) if mention.after else mention.end


def _noun(wide: str, start: int, limit: int, *, goes_on: bool) -> str:
    """Return the words after a number: to the comma, asides in brackets left out, or to the next number of a list."""
    after = wide[start : min(limit, start + 2 * _LONGEST_NOUN)]
    if "（" in after:
        after = _ASIDE.sub("", after)
    stop = _NOUN_END.search(after)
    if stop is None and goes_on:
        listed = _COORDINATION.search(after)
        after = after[: listed.start()] if listed else after
    return after[: stop.start() if stop else None].partition("（")[0][:_LONGEST_NOUN]


def section_at(sections: Sequence[Section], place: int) -> Section | None:
    """Return the innermost section that holds a place, or None."""
    at: int | None = bisect_right(sections, place, key=_START) - 1
    if at == -1:
        return None
    while at is not None and sections[at].end <= place:
        at = sections[at].parent
    return None if at is None else sections[at]


def told_of(happening: Happening, folded: str) -> str:
    """Return the text that tells of a happening, or the head of it: every number in it is read in its light."""
    return folded[happening.start : min(happening.end, happening.start + FARTHEST)]


def happening_at(happenings: Sequence[Happening], place: int, folded: str) -> Happening | None:
    """Return the dated happening that is being told at a place, or None.

    A sentence that comes back to the library as it is («现有…», «全年…») has left the happening; in an entry of a
    chronicle only for itself.
    """
    at = bisect_right(happenings, place, key=_START) - 1
    found = happenings[at] if at >= 0 else None
    if found is None or place >= found.end:
        return None
    start = max(found.dates[0].end, place - FARTHEST)
    start = max(folded.rfind("。", start, place), start) if found.chronicle else start
    back = _COMES_BACK_LATER if found.chronicle else _COMES_BACK
    return None if back.search(folded, start, place) else found
