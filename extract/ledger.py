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


class Roles:
    """For every character the role of the strongest claim on it, or "".

    >>> roles = Roles(9, [Claim(0, 3, "date", "date"), Claim(2, 5, "name", "age")])
    >>> roles.at(2), roles.at(4), roles.at(8)
    ('date', 'name', '')
    """

    def __init__(self, length: int, claims: Iterable[Claim]) -> None:
        self._roles = [""] * (length + 1)
        for claim in reversed(list(claims)):
            self._roles[claim.start : claim.end] = [claim.role] * (claim.end - claim.start)

    def at(self, place: int) -> str:
        """Return the role of the strongest claim on a character, or ""."""
        return self._roles[place]


def find_numerals(
    folded: str, claims: Sequence[Claim], quantities: Sequence[QuantityMention], words: Words
) -> tuple[Numeral, ...]:
    """Return every numeral in order with its role.

    A claim decides, then a quantity, then the word that the numeral is part of; what is left is unexplained.
    """
    facts = [Claim(mention.start, mention.end, "fact", mention.rule) for mention in quantities]
    roles = Roles(len(folded), [*claims, *facts])
    numerals = []
    for found in NUMERAL.finditer(folded):
        start, end = found.span()
        role = next((roles.at(place) for place in range(start, end) if roles.at(place)), "")
        numerals.append(Numeral(start, end, role or _in_words(folded, found, words)))
    return tuple(numerals)


def _in_words(folded: str, found: regex.Match[str], words: Words) -> str:
    """Return the role of a numeral that no claim and no quantity covers."""
    if not _HAN.fullmatch(found[0]) or words.sentence_at(found.start()) is None:
        return "unexplained"
    start, end = words.word_at(found.start())
    after = folded[found.end() : found.end() + 1]
    if end - start > len(found[0]) or after in canonical_units():
        return "part_of"
    before = folded[max(0, found.start() - 1) : found.start()]
    return "name" if _LETTER.match(after) or _LETTER.match(before) else "unexplained"
