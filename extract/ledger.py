"""The ledger: every numeral of the source, Arabic or Chinese, with the role that the text gives it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.claims import Claim
from extract.words import Words
from schemas.measure_words import canonical_units
from schemas.mentions import Numeral, QuantityMention

_HAN_SIGNS = "〇零一二三四五六七八九十百千万亿两廿卅"
_FORMAL_SIGNS = "壹贰叁肆伍陆柒捌玖拾佰仟"
NUMERAL = re.compile(  # the class that stands first only makes the search fast
    rf"""
    [\d{_HAN_SIGNS}{_FORMAL_SIGNS}\u2460-\u249b\u3220-\u3229](?:
      (?<=\d)(?:\d|[.,]\d)*+                  # 12, 1,234.5, 2014.5.6
    | (?<=[{_HAN_SIGNS}])[{_HAN_SIGNS}]*+      # 一百二十, 二〇一四
    | (?<=[{_FORMAL_SIGNS}])[{_FORMAL_SIGNS}]++                      # 贰拾; alone the sign may be a surname
    | (?<=[\u2460-\u249b\u3220-\u3229])        # ① ⑴ ⒈ ㈠
    )
    """,
    re.VERBOSE,
)
_HAN = frozenset(_HAN_SIGNS + _FORMAL_SIGNS)


def find_numerals(
    folded: str, claims: Sequence[Claim], quantities: Sequence[QuantityMention], words: Words
) -> tuple[Numeral, ...]:
    """Return every numeral in order with its role and what gave it.

    A claim decides, then a quantity, then the word that the numeral is part of; what is left is unexplained.
    """
    facts = (Claim(mention.start, mention.end, "fact", mention.rule) for mention in quantities)
    strongest = _strongest(len(folded), [*claims, *facts])
    numerals = []
    for found in NUMERAL.finditer(folded):
        start, end = found.span()
        claim = strongest[start] or next(filter(None, strongest[start:end]), None)
        claim = claim or _in_words(folded, start, end, words)
        numerals.append(Numeral(start, end, claim.role, claim.rule, (claim.start, claim.end)))
    return tuple(numerals)


def _strongest(length: int, claims: Sequence[Claim]) -> list[Claim | None]:
    """Return for every character the strongest claim on it, or None; the strongest claims stand first."""
    strongest: list[Claim | None] = [None] * length
    for claim in reversed(claims):
        strongest[claim.start : claim.end] = [claim] * (claim.end - claim.start)
    return strongest


def _in_words(folded: str, start: int, end: int, words: Words) -> Claim:
    """Return what is said of a numeral that no claim and no quantity covers."""
    unexplained = Claim(start, end, "unexplained", "")
    if folded[start] not in _HAN or words.sentence_at(start) is None:
        return unexplained
    word_start, word_end = words.word_at(start)
    if word_end - word_start > end - start:
        return Claim(word_start, word_end, "part_of", "word")
    after = folded[end : end + 1]
    if after in canonical_units():
        return Claim(start, end + 1, "part_of", "measure_word")
    lettered = after.isalpha() or folded[max(0, start - 1) : start].isalpha()
    return Claim(start, end, "name", "in_letters") if lettered else unexplained
