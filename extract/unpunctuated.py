"""Prose whose clauses are parted by blanks and nothing else, as some reports before 2010 were typed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.markers import ORDINALS
from schemas.document import Block
from schemas.measure_words import canonical_units

_SHORTEST = 30  # characters; a shorter line is a heading, a signature, a row of names
_FEWEST = 3  # gaps that make a line one of clauses
_LONGEST_UNIT = 4
_STOP = re.compile(r"[，。；！？,;!?|\t]")
_GAP = re.compile(r"(?<=[\w”》）)%]) {1,4}(?=[\w“《（(])")
_HEADING = re.compile(r"[ 　（(]*[一二三四五六七八九十\d]{1,3}[）)、. ]{1,4}[^\d ]{2,12}")  # «一 藏书建设»
_DATE = re.compile(r"\d{1,4}[年月]|\d{1,2}\.\d{1,2}[日 ]")
_NUMERALS = frozenset("0123456789一二两三四五六七八九十百千万余多几")
_SCALES = frozenset("万亿千百十余多")


def with_stops(blocks: Iterable[Block], folded: str) -> str:
    """Return a folded text with a comma for the first blank of every gap between the clauses of unpunctuated prose.

    Behind a heading with its number the sign is a colon. A line is such prose where it is long, has no stop, and has
    three gaps or more. A gap beside a number is one only where the number is told to its end. One code point stays one,
    so spans stay true.

    >>> line = "全年接待读者3万人次 借阅图书6万册次 发放借书证850个 闭馆5天 其余时间照常开放"
    >>> with_stops((Block(0, len(line), 1),), line)
    '全年接待读者3万人次，借阅图书6万册次，发放借书证850个，闭馆5天，其余时间照常开放'
    """
    signs: list[str] | None = None
    for block in blocks:
        places = _gaps(folded, block.start, block.end) if block.place is None else []
        if places:
            signs = signs or list(folded)
            for place in places:
                signs[place] = "，"
            if _HEADING.fullmatch(folded, block.start, places[0]):
                signs[places[0]] = "："
    return "".join(signs) if signs else folded


def _gaps(folded: str, start: int, end: int) -> list[int]:
    """Return where the gaps between clauses begin in one line of prose; [] where it has stops or too few gaps."""
    if end - start < _SHORTEST or " " not in folded[start:end] or _STOP.search(folded, start, end):
        return []
    gaps = [gap for gap in _GAP.finditer(folded, start, end) if not _is_inside(folded, start, gap)]
    return [gap.start() for gap in gaps] if len(gaps) >= _FEWEST else []


def _is_inside(folded: str, start: int, gap: re.Match[str]) -> bool:
    """Whether a gap parts no clauses: it stands behind a marker, between Latin words, or within a quantity."""
    left, right = gap.span()
    before, after = folded[left - 1], folded[right]
    word = folded[max(start, left - 3, folded.rfind(" ", start, left) + 1) : left]
    if word.strip("（）()、.") in ORDINALS or (before.isascii() and after.isascii() and not after.isdigit()):
        return True
    if before.isdigit():
        return after in _SCALES or after.isdigit() or _begins_with_unit(folded, right)
    if after.isdigit():
        return not (_DATE.match(folded, right) or before in _SCALES or _ends_with_unit(folded, start, left))
    return False


def _begins_with_unit(folded: str, place: int) -> bool:
    return any(folded[place : place + length] in canonical_units() for length in range(1, _LONGEST_UNIT))


def _ends_with_unit(folded: str, start: int, place: int) -> bool:
    units = canonical_units()
    lengths = (length for length in range(1, _LONGEST_UNIT) if folded[max(start, place - length) : place] in units)
    return any(folded[max(start, place - length - 2) : place - length].rstrip()[-1:] in _NUMERALS for length in lengths)
