"""Text of reports and names of files as a terminal may see them."""

from __future__ import annotations

import unicodedata

_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(text: str) -> str:
    """Return `text` with a dot for each character that could move the cursor, recolour a terminal or turn text round.

    Those are the control characters (Cc) but the line end, and the format characters that set a writing direction
    (Unicode Standard Annex 9), which could make a name read as another one.

    >>> visible("书\\x1b[31m目"), visible("报\\u202etxt.exe")
    ('书·[31m目', '报·txt.exe')
    """
    return "".join("·" if _steers(char) else char for char in text)


def _steers(char: str) -> bool:
    return char in _DIRECTIONS or (unicodedata.category(char) == "Cc" and char != "\n")
