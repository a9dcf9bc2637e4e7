"""Tables typed with signs or blanks between their cells: found, and rewritten as one cell a line.

A table is a run of lines, none of them empty, of which each is a row. The first way of the three that finds one counts:

- bars: cells between | ｜ │ ┃ ║, with or without rules (|---|---|, ├──┼──┤) between the rows;
- tabs: a tab between the cells of a line; last cells may be missing;
- columns: two or more blanks (or a full-width one) between the cells of at least three lines, below a line of headers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from itertools import pairwise

import regex
from msgspec import Struct

from extract.aligned_columns import aligned_rows
from extract.folding import fold
from extract.markers import read_marker
from extract.tracing import Edit

Span = tuple[int, int]
Row = tuple[Span, tuple[Span, ...]]  # a line, and the spans of its cells; a rule has none

_BARS = "|｜│┃║"
_BAR = regex.compile(rf"[{_BARS}]")
_RULE = regex.compile(rf"[\s{_BARS}+＋:：=＝\-—－_─━═┄┅┈┉╌╍┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╭╮╰╯]*+")
_RULE_MARK = regex.compile(r"[-—－=＝─━═┄┅┈┉╌╍]")
_FEWEST_ROWS = 2
_BLANKS = " \t\u3000"


class Line(Struct, frozen=True):
    """One line of a text, the half-open span without its line end."""

    start: int
    end: int


def table_edits(text: str, skipped: Set[int] = frozenset()) -> list[Edit]:
    """Return the edits that turn every table typed with signs or blanks into one cell a line.

    Lines that begin with a tab are cells already and stay, unless they are rows of a table typed with tabs. `skipped`
    are the numbers (from 0) of lines that are page furniture: they may stand inside a table.

    >>> from extract.tracing import Traced
    >>> table = "一览\\n| 序号 | 主题 |\\n|---|---|\\n| 1 | 健康 |\\n"
    >>> Traced.of(table).edit(table_edits(table)).text
    '一览\\n\\t序号\\n\\t主题\\n\\n\\n\\t1\\n\\t健康\\n\\n'
    """
    runs = (run for run in _runs(text, skipped) if len(run) >= _FEWEST_ROWS)
    return [edit for run in runs for row in _rows(text, run) for edit in _rewritten(*row)]


def _runs(text: str, skipped: Set[int]) -> Iterator[list[Line]]:
    """Yield the runs of lines that are not empty; an empty line ends a run, but not beside lines that are skipped."""
    run: list[Line] = []
    at, empty, passed = 0, False, False
    for number, line in enumerate(text.split("\n")):
        if number in skipped:
            passed = True
        elif not line.strip():
            empty = True
        else:
            if empty and not passed and run:
                yield run
                run = []
            run.append(Line(at, at + len(line)))
            empty = passed = False
        at += len(line) + 1
    if run:
        yield run


def _rows(text: str, run: Sequence[Line]) -> Iterator[Row]:
    """Yield the rows of the tables in a run: of each kind the stretches that look like it, then the tests on them."""
    yield from sorted(
        [
            *_stretches(text, run, _barred, _bar_rows),
            *_stretches(text, run, _tabbed, _tab_rows),
            *_stretches(text, run, _spaced, _aligned),
        ]
    )


def _stretches(
    text: str,
    run: Sequence[Line],
    belongs: Callable[[str], bool],
    rows: Callable[[str, Sequence[Line]], Iterator[Row]],
) -> Iterator[Row]:
    stretch: list[Line] = []
    for line in run:
        if belongs(text[line.start : line.end]):
            stretch.append(line)
        else:
            yield from rows(text, stretch)
            stretch = []
    yield from rows(text, stretch)


def _rewritten(line: Span, cells: Sequence[Span]) -> Iterator[Edit]:
    """Yield the edits that make of a line its cells, each after a tab, and an empty line; of a rule nothing."""
    at = line[0]
    for number, (start, end) in enumerate(cells):
        yield Edit(at, start, "\n\t" if number else "\t")
        at = end
    yield Edit(at, line[1], "\n" if cells else "")


def _barred(line: str) -> bool:
    if _BAR.match(line.lstrip(" \u3000")):
        return True
    return "\t" not in line and (bool(_BAR.search(line)) or _is_rule(line))


def _is_rule(line: str) -> bool:
    return bool(_RULE.fullmatch(line)) and len(_RULE_MARK.findall(line)) >= 3


def _bar_rows(text: str, lines: Sequence[Line]) -> Iterator[Row]:
    rules = [_is_rule(text[line.start : line.end]) for line in lines]
    rows = [() if rule else _between_bars(text, line) for line, rule in zip(lines, rules, strict=True)]
    counts = Counter(len(row) for row in rows if row)
    if not counts:
        return
    width, rows_alike = counts.most_common(1)[0]
    closed = sum(text[line.start : line.end].strip()[0] in _BARS for line in lines) >= _FEWEST_ROWS
    enough = _FEWEST_ROWS if any(rules) or closed or width > 2 else _FEWEST_ROWS + 1
    if width >= 2 and rows_alike >= enough:
        yield from (((line.start, line.end), row) for line, row in zip(lines, rows, strict=True))


def _between_bars(text: str, line: Line) -> tuple[Span, ...]:
    bars = [found.start() for found in _BAR.finditer(text, line.start, line.end)]
    edges = [line.start - 1, *bars, line.end]
    spans = [_stripped(text, start + 1, end) for start, end in pairwise(edges)]
    first, last = spans[0], spans[-1]
    outer = (1 if first[0] == first[1] and bars else 0), (1 if last[0] == last[1] and bars else 0)
    return tuple(spans[outer[0] : len(spans) - outer[1]])


def _tabbed(line: str) -> bool:
    return "\t" in line.strip(" \u3000") and not _barred(line)


def _tab_rows(text: str, lines: Sequence[Line]) -> Iterator[Row]:
    """Yield the rows of lines with tabs: two with as many tabs as any, the others with fewer (last cells missing).

    Below a first line with the most tabs, which are two or more, two lines with any tabs will do.
    """
    counts = [text.count("\t", line.start, line.end) for line in lines]
    most = max(counts, default=0)
    inner = [bool(text[line.start : line.end].lstrip("\t").rstrip(_BLANKS).count("\t")) for line in lines]
    alike = sum(count == most and typed for count, typed in zip(counts, inner, strict=True))
    headed = counts[:1] == [most] and most >= 2 and sum(inner) > _FEWEST_ROWS
    flat = sum(text[line.start] == "\t" for line in lines) * 2 > len(lines)  # already one cell a line
    if not (alike >= _FEWEST_ROWS or headed) or flat or (most == 1 and _numbered(text, lines)):
        return
    for line in lines:
        edges = [line.start - 1, *(at for at in range(line.start, line.end) if text[at] == "\t"), line.end]
        spans = [_stripped(text, start + 1, end) for start, end in pairwise(edges)]
        yield (line.start, line.end), tuple(spans)


def _numbered(text: str, lines: Sequence[Line]) -> bool:
    """Whether most lines are numbered headings, the tab after the number or before a page number (contents)."""
    firsts = [fold(text[line.start : line.end]).strip() for line in lines]
    return sum(read_marker(first) is not None for first in firsts) * 2 > len(lines)


def _spaced(line: str) -> bool:
    return "\t" not in line.rstrip() and not _BAR.search(line)


def _aligned(text: str, lines: Sequence[Line]) -> Iterator[Row]:
    """Yield the rows of the tables whose columns blanks hold apart, and the rules between them."""
    spans = [(line.start, line.end) for line in lines]
    rules = [span for span in spans if _is_rule(text[slice(*span)])]
    frozen = frozenset(rules)
    rows = list(aligned_rows(text, [span for span in spans if span not in frozen]))
    yield from rows
    yield from ((rule, ()) for rule in rules if rows and rows[0][0] < rule < rows[-1][0])


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip(_BLANKS))
    return (start + lead, start + len(piece.rstrip(_BLANKS))) if lead < len(piece) else (start, start)
