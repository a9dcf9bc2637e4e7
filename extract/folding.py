"""Folding: another spelling of the text, code point for code point, so that one pattern reads all spellings."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from schemas.traditional import simplified

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_KEEP = "，：；！？（）"  # Chinese punctuation keeps its width: it says more in Chinese text than its ASCII twin


@cache
def _table() -> dict[int, str]:
    folded = {ord(space): " " for space in _SPACES}
    for code in (*range(0xFF01, 0xFF5F), *range(0x1D7CE, 0x1D800)):  # full-width ASCII, mathematical digits
        if chr(code) not in _KEEP:
            folded[code] = unicodedata.normalize("NFKC", chr(code))
    return simplified() | folded


@cache
def _folding() -> re.Pattern[str]:
    """Return the pattern of the stretches that hold all that folding changes: in most texts they are few.

    The engine is quick to look for a class that stands first (not for «class+») and lists no sign beyond U+FFFF.
    """
    changed = "".join(chr(code) for code in _table() if code <= 0xFFFF)
    sign = f"[{re.escape(changed)}\U00010000-\U0010ffff]"
    return re.compile(f"{sign}{sign}*")


def fold(text: str) -> str:
    """Return the text with full-width letters, digits and signs made narrow, odd spaces plain, hanzi simplified.

    The result has the same length, so a span found in it is a span of the text.

    >>> fold("馆藏１２．５万册　")
    '馆藏12.5万册 '
    >>> fold("馆藏𝟏𝟐万册")
    '馆藏12万册'
    >>> fold("民國一〇四年藏書三萬餘冊")
    '民国一〇四年藏书三万余册'
    """
    table = _table()
    return _folding().sub(lambda found: found[0].translate(table), text)
