"""The ledger: every numeral of the source, Arabic or Chinese, with the role that the text gives it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import regex

from extract.claims import Claim
from extract.words import word_at
from schemas.measure_words import canonical_units
from schemas.mentions import Numeral, QuantityMention, Sentence

NUMERAL = regex.compile(r"\d+(?:[.,]\d+)*|[〇零一二三四五六七八九十百千万亿两廿卅]+|[\u2460-\u249b\u3220-\u3229]")
_HAN = regex.compile(r"[〇零一二三四五六七八九十百千万亿两廿卅]+")
_LETTER = regex.compile(r"[^\W\d_]")


class Roles:
    """For every character the role of the strongest claim on it, or "".

    >>> roles = Roles(9, [Claim(0, 3, "date"), Claim(2, 5, "name")])
    >>> roles.at(2), roles.at(4), roles.at(8)
    ('date', 'name', '')
    """

    def __init__(self, length: int, claims: Iterable[Claim]) -> None:
        self._roles = [""] * (length + 1)
        for claim in reversed(list(claims)):
            self._roles[claim.start : claim.end] = [claim.role] * (claim.end - claim.start)

    def at(self, place: int) -> str:
        return self._roles[place]


def find_numerals(
    folded: str, claims: Sequence[Claim], quantities: Sequence[QuantityMention], sentences: Sequence[Sentence]
) -> tuple[Numeral, ...]:
    """Return every numeral in order with its role.

    A claim decides, then a quantity, then the word that the numeral is part of; what is left is unexplained.
    """
    facts = [Claim(mention.start, mention.end, "fact") for mention in quantities]
    roles = Roles(len(folded), [*claims, *facts])
    starts = [sentence.start for sentence in sentences]
    numerals = []
    for found in NUMERAL.finditer(folded):
        role = next((roles.at(place) for place in range(*found.span()) if roles.at(place)), "")
        numerals.append(Numeral(*found.span(), role or _in_words(folded, found, sentences, starts)))
    return tuple(numerals)


def _in_words(folded: str, found: regex.Match[str], sentences: Sequence[Sentence], starts: Sequence[int]) -> str:
    """Return the role of a numeral that no claim and no quantity covers."""
    at = bisect_right(starts, found.start()) - 1
    if at < 0 or found.start() >= sentences[at].end or not _HAN.fullmatch(found[0]):
        return "unexplained"
    sentence = sentences[at]
    start, end = word_at(folded[sentence.start : sentence.end], found.start() - sentence.start)
    if end - start > len(found[0]):
        return "part_of"
    after = folded[found.end() : found.end() + 1]
    if after in canonical_units():
        return "part_of"
    return "name" if _LETTER.match(after) or _LETTER.match(folded[found.start() - 1 : found.start()]) else "unexplained"
