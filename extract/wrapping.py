"""Hard-wrapped paragraphs: lines that were cut at a fixed width, joined again.

Width is counted in columns, a Chinese character taking two. The text as a whole is measured first: only where its
lines end at one width, and mostly in the middle of a sentence, are lines joined at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import regex

from extract.aligned_columns import columns_of
from extract.dates import find_dates
from extract.markers import read_marker
from extract.tracing import Edit

Span = tuple[int, int]

_SLACK = 6  # columns by which a full line may fall short: punctuation and numbers are not cut
_NARROWEST, _WIDEST = 24, 160
_FEWEST_FULL = 3
_FULL_SHARE = 0.3  # of the lines that are neighbours, those that are full
_LONGER_SHARE = 0.03  # of the lines, those that may be wider than the width
_MID_SENTENCE = 0.6  # of the full lines, those that do not end as a sentence does
_STOP = regex.compile(r"[。！？；：!?;:…][”’」』）)\"]*\s*$")
_INDENT = regex.compile(r"[ \t\u3000]*")
_SHORT = 0.6  # of the width; a line without a stop that is shorter, after a stop, names what follows


def wrap_edits(text: str, folded: str, lines: Sequence[Span]) -> list[Edit]:
    """Return the edits that take out the line ends inside paragraphs; none where the text was not cut at a width.

    `lines` are the half-open spans of the lines that may be prose, in order; only lines that follow each other directly
    are joined. A line goes on in the next one if it is full, unless the next one begins with a heading marker, is
    indented, or follows a stop and begins with a date or is short itself.
    """
    widths = [columns_of(text[start:end].rstrip()) for start, end in lines]
    full = _full_width(folded, lines, widths)
    if full is None:
        return []
    margin = _margin(text, lines)
    return [
        _join(text, lines[at], lines[at + 1])
        for at in range(len(lines) - 1)
        if lines[at][1] + 1 == lines[at + 1][0]
        and full - _SLACK <= widths[at]
        and _goes_on(text, folded, lines[at], lines[at + 1], margin, short=widths[at + 1] < _SHORT * full)
    ]


def _full_width(folded: str, lines: Sequence[Span], widths: Sequence[int]) -> int | None:
    """Return the width at which the lines were cut, or None."""
    ranked = sorted(widths)
    if not ranked:
        return None
    width = ranked[-1 - int(_LONGER_SHARE * len(ranked))]
    if not _NARROWEST <= width <= _WIDEST:
        return None
    before = [at for at in range(len(lines) - 1) if lines[at][1] + 1 == lines[at + 1][0]]  # those with a next line
    full = [at for at in before if width - _SLACK <= widths[at]]
    cut = [at for at in full if not _STOP.search(folded, *lines[at])]
    enough = len(full) >= max(_FEWEST_FULL, _FULL_SHARE * len(before)) and len(cut) >= _MID_SENTENCE * len(full)
    unmarked = sum(read_marker(folded[slice(*lines[at + 1])].strip()) is None for at in cut)
    return width if enough and unmarked * 2 > len(cut) else None


def _margin(text: str, lines: Sequence[Span]) -> int:
    """Return the columns by which the lines are usually indented: those of most lines, the second and later ones."""
    indents = Counter(_indent(text, line) for line in lines)
    return min(indents.most_common(1)[0][0], 2 + min(indents))


def _indent(text: str, line: Span) -> int:
    blank = _INDENT.match(text, *line)
    return columns_of(blank[0].replace("\t", "    ")) if blank else 0


def _goes_on(text: str, folded: str, line: Span, following: Span, margin: int, *, short: bool) -> bool:
    after = folded[slice(*following)].strip()
    if _indent(text, following) > margin or read_marker(after) is not None:
        return False
    if not _STOP.search(folded, *line):
        return True
    dated = any(date.start == 0 for date in find_dates(after[:20]))
    return not dated and not (short and not _STOP.search(after))


def _join(text: str, line: Span, following: Span) -> Edit:
    start = line[0] + len(text[slice(*line)].rstrip())
    blank = _INDENT.match(text, *following)
    end = blank.end() if blank else following[0]
    sides = text[start - 1 : start], text[end : end + 1]
    words = all(side.isascii() and side.isalpha() for side in sides)
    return Edit(start, end, " " if words else "")


def prose_lines(text: str, skipped: frozenset[int]) -> Iterator[Span]:
    """Yield the lines that may be prose: not empty, no cell of a table, their number (from 0) not among the skipped."""
    at = 0
    for number, line in enumerate(text.split("\n")):
        if line.strip() and not line.startswith("\t") and number not in skipped:
            yield at, at + len(line)
        at += len(line) + 1
