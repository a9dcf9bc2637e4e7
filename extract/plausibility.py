"""How much a text looks like what people write: the judge between two ways to read the same bytes.

Plausibility is the share of everyday characters among all that is not ASCII. Everyday are the frequent hanzi of either
standard (level 1 of GB 2312-1980 and of Big5, 6 816 together) and Chinese punctuation; both readings are measured with
the one yardstick. A right reading scores above 0.95, simplified or traditional; GB18030 bytes read as Big5, Big5 bytes
read as GB18030 and UTF-8 bytes read as GB18030 stay below 0.5.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import regex

PLAUSIBLE = 0.8
_NOT_ASCII = regex.compile(r"[^\x00-\x7f]+")


def plausibility(text: str, bad_bytes: int = 0) -> float:
    """Return the share of everyday characters among the characters that are not ASCII and the bad bytes: 0 to 1.

    >>> plausibility("馆藏12万册"), plausibility("鏂囩尞") < 0.5
    (1.0, True)
    """
    foreign = "".join(_NOT_ASCII.findall(text))
    total = len(foreign) - foreign.count("\ufffd") + bad_bytes
    return sum(map(_everyday().__contains__, foreign)) / total if total else 1.0


def is_everyday(text: str) -> bool:
    """Return whether nearly all of a text, ASCII included, is printable ASCII or everyday Chinese."""
    if "\0" in text:
        return False
    printable = sum(character.isprintable() or character in "\t\r\n" for character in text if character.isascii())
    chinese = sum(map(_everyday().__contains__, text))
    return printable + chinese >= PLAUSIBLE * len(text)


@cache
def _everyday() -> frozenset[str]:
    gb = _two_byte("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF))
    big5 = _two_byte("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)])
    ranges = ((0x2010, 0x203B), (0x2460, 0x24FF), (0x3000, 0x3020), (0xFF01, 0xFF5E))
    signs = {chr(code) for first, last in ranges for code in range(first, last + 1)}
    return frozenset(gb | big5 | signs | set("\xa0·×÷±°℃㎡％‰￥"))


def _two_byte(codec: str, leads: Iterable[int], trails: Iterable[int]) -> set[str]:
    trail_bytes = bytes(trails)
    return {bytes((lead, trail)).decode(codec, "ignore") for lead in leads for trail in trail_bytes} - {""}
