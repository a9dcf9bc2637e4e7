"""Text of a report that a spreadsheet would run: a cell that begins with =, + or the like is a formula when opened.

The rule, both ways: a text that begins with a sign that starts a formula, or with an apostrophe, gets one apostrophe
before it; to have the text back, take one apostrophe from the front of every text that begins with one. The rule holds
for columns of type string; numbers, dates and codes of the other columns stay as they are.

Source: OWASP, «CSV Injection»; the full-width signs are what Excel reads as the plain ones under East Asian settings.
"""

from __future__ import annotations

MARK = "'"

# a tab or a line end before the sign is skipped by spreadsheets; NUL is skipped by some readers
STARTS = frozenset("=+-@\t\r\n\0＝＋－＠")

_MARKED = STARTS | {MARK}


def neutralised(text: str) -> str:
    """Return a text that no spreadsheet runs.

    >>> [neutralised(text) for text in ("=1+1", "－5人", "'八五'规划", "5人", "")]
    ["'=1+1", "'－5人", "''八五'规划", '5人', '']
    """
    return MARK + text if text[:1] in _MARKED else text


def restored(text: str) -> str:
    """Return the text that `neutralised` was given.

    >>> [restored(text) for text in ("'=1+1", "''八五'规划", "5人")]
    ['=1+1', "'八五'规划", '5人']
    """
    return text.removeprefix(MARK)
