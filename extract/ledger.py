"""The ledger: every numeral of the source, Arabic or Chinese, with the role that the text gives it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import regex

from extract.claims import Claim
from extract.words import Words
from schemas.measure_words import canonical_units
from schemas.mentions import Numeral, QuantityMention

NUMERAL = regex.compile(
    r"""
      \d+(?:[.,]\d+)*+                        # 12, 1,234.5, 2014.5.6
    | [〇零一二三四五六七八九十百千万亿两廿卅]+   # 一百二十, 二〇一四
    | [壹贰叁肆伍陆柒捌玖拾佰仟]{2,}              # 贰拾; alone the sign may be a surname
    | [\u2460-\u249b\u3220-\u3229]            # ① ⑴ ⒈ ㈠
    """,
    regex.VERBOSE,
)
_HAN = regex.compile(r"[〇零一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟]+")
_LETTER = regex.compile(r"[^\W\d_]")


class Strongest:
    """For every character the strongest claim on it, or None.

    >>> strongest = Strongest(9, [Claim(0, 3, "date", "date"), Claim(2, 5, "name", "age")])
    >>> [claim and claim.role for claim in map(strongest.at, (2, 4, 8))]
    ['date', 'name', None]
    """

    def __init__(self, length: int, claims: Iterable[Claim]) -> None:
        self._claims: list[Claim | None] = [None] * (length + 1)
        for claim in reversed(list(claims)):
            self._claims[claim.start : claim.end] = [claim] * (claim.end - claim.start)

    def at(self, place: int) -> Claim | None:
        """Return the strongest claim on a character, or None."""
        return self._claims[place]


def find_numerals(
    folded: str, claims: Sequence[Claim], quantities: Sequence[QuantityMention], words: Words
) -> tuple[Numeral, ...]:
    """Return every numeral in order with its role and what gave it.

    A claim decides, then a quantity, then the word that the numeral is part of; what is left is unexplained.
    """
    facts = [Claim(mention.start, mention.end, "fact", mention.rule) for mention in quantities]
    strongest = Strongest(len(folded), [*claims, *facts])
    numerals = []
    for found in NUMERAL.finditer(folded):
        start, end = found.span()
        claim = next((claim for place in range(start, end) if (claim := strongest.at(place))), None)
        claim = claim or _in_words(folded, found, words)
        numerals.append(Numeral(start, end, claim.role, claim.rule, (claim.start, claim.end)))
    return tuple(numerals)


def _in_words(folded: str, found: regex.Match[str], words: Words) -> Claim:
    """Return what is said of a numeral that no claim and no quantity covers."""
    unexplained = Claim(*found.span(), "unexplained", "")
    if not _HAN.fullmatch(found[0]) or words.sentence_at(found.start()) is None:
        return unexplained
    start, end = words.word_at(found.start())
    if end - start > len(found[0]):
        return Claim(start, end, "part_of", "word")
    after = folded[found.end() : found.end() + 1]
    if after in canonical_units():
        return Claim(found.start(), found.end() + 1, "part_of", "measure_word")
    before = folded[max(0, found.start() - 1) : found.start()]
    lettered = _LETTER.match(after) or _LETTER.match(before)
    return Claim(*found.span(), "name", "in_letters") if lettered else unexplained
