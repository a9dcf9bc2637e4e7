"""Scans: a pattern that is tried only where its first character stands, so that a long text costs little."""

from __future__ import annotations

import re
from collections.abc import Iterator


def tried_at(begins: str, pattern: str) -> str:
    """Return the pattern of a scan: `begins` is the class of its first characters, which lookbehinds may follow.

    The engine runs fast through a text to a class that stands first, but not to one in a lookahead. So the class is
    consumed, and the pattern is then tried from before it, inside a lookbehind; its match is the first group.
    In the class digits are 0-9, all that folding leaves: a category as \\d would be asked of every character.
    """
    return rf"{begins}(?<=(?=({pattern}))(?s:.))"


class Scan:
    """A pattern with the class of the characters that it can begin with (see `tried_at`)."""

    def __init__(self, begins: str, pattern: str, flags: re.RegexFlag = re.VERBOSE) -> None:
        self._pattern = re.compile(tried_at(begins, pattern), flags)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the half-open spans of the matches in order, none overlapping.

        >>> list(Scan("[第一]", "第?一+").spans("第一一次一"))
        [(0, 3), (4, 5)]
        """
        end = 0
        for found in self._pattern.finditer(text):
            span = found.span(1)
            if span[0] >= end:
                end = span[1]
                yield span
