"""Fields: what of them is text. The result is, the code is not; some codes are drawn and have no result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import regex
from lxml import etree

from extract.word_symbols import symbol
from extract.word_xml import name

MARK = name("fldChar")
_KIND = name("fldCharType")
_DROPPED = (name("del"), name("moveFrom"))
_CONTENTS = regex.compile(r"\s*TOC\b")
# EQ \o\ac(○,3) is a number in a circle, EQ \* jc2 \o\ad(\s\up 9(lǐ),醴) a phonetic guide: the last part is the text.
_OVERLAY = regex.compile(
    r"\s*EQ\b[^()]*\\o\s*\\a[a-z]\s*\((?P<first>.*)[,;，](?P<last>[^,;，()]*)\)\s*", regex.IGNORECASE
)
_FRACTION = regex.compile(r"\s*EQ\s*\\f\s*\((?P<above>[^,;()]*)[,;](?P<below>[^,;()]*)\)\s*", regex.IGNORECASE)
_SYMBOL = regex.compile(
    r'\s*SYMBOL\s+(?P<code>[1-9]\d{0,4}|0x[0-9A-Fa-f]{1,5})\b(?:.*\\f\s*"(?P<font>[^"]*)")?', regex.DOTALL
)


@dataclass(slots=True)
class _Open:
    code: list[str] = field(default_factory=list)
    is_code: bool = True
    is_contents: bool = False


class Fields:
    """The fields that are open at a point of a text. They nest, also in codes, and may run over paragraphs."""

    def __init__(self) -> None:
        self.open: list[_Open] = []
        self._in_codes = self._in_contents = 0  # how many of them: counted, for a hostile file nests thousands
        self._with_result = 0  # how many of them, from the outermost, have shown text

    @property
    def in_code(self) -> bool:
        """Whether this is the code of some field."""
        return self._in_codes > 0

    @property
    def in_contents(self) -> bool:
        """Whether this is a table of contents."""
        return self._in_contents > 0

    def pass_mark(self, mark: etree._Element) -> str:
        """Take note of a begin, separate or end mark, and return the text that a field without result is drawn as."""
        kind, drawn = mark.get(_KIND), ""
        if kind == "begin":
            self.open.append(_Open())
            self._in_codes += 1
        elif self.open and kind == "separate":
            self._separate(self.open[-1])
        elif self.open and kind == "end":
            closed = self.open.pop()
            self._in_codes -= closed.is_code
            self._in_contents -= closed.is_contents
            has_result = self._with_result > len(self.open)
            self._with_result = min(self._with_result, len(self.open))
            drawn = "" if has_result else drawn_as("".join(closed.code))
        return drawn

    def _separate(self, inner: _Open) -> None:
        self._in_codes -= inner.is_code
        self._in_contents -= inner.is_contents
        inner.is_code, inner.is_contents = False, is_contents("".join(inner.code))
        self._in_contents += inner.is_contents

    def add_code(self, text: str) -> None:
        """Take note of a piece of the code of the innermost field."""
        if self.open:
            self.open[-1].code.append(text)

    def has_text(self) -> None:
        """Take note that text was shown as the result of the open fields."""
        self._with_result = len(self.open)


def is_contents(code: str) -> bool:
    """Return whether a field code makes a table of contents.

    >>> is_contents(' TOC \\\\o "1-3" '), is_contents(" PAGEREF _Toc1 "), is_contents("")
    (True, False, False)
    """
    return _CONTENTS.match(code) is not None


def drawn_as(code: str) -> str:
    """Return the text of a field that Word draws from its code alone, "" for any other.

    >>> drawn_as(r"EQ \\o\\ac(○,3)"), drawn_as(r"EQ \\* jc2 \\o\\ad(\\s\\up 9(lǐ),醴)"), drawn_as(r"EQ \\f(1,2)")
    ('③', '醴', '1/2')
    """
    overlay = _OVERLAY.fullmatch(code)
    if overlay:
        return _enclosed(overlay["first"].strip(), overlay["last"].strip())
    fraction = _FRACTION.fullmatch(code)
    if fraction:
        return f"{fraction['above']}/{fraction['below']}"
    sign = _SYMBOL.match(code)
    return symbol(sign["font"] or "", f"{int(sign['code'], 0):x}") if sign else ""


def _enclosed(ring: str, text: str) -> str:
    is_number = ring in {"○", "〇", "◯", "O"} and text.isascii() and text.isdigit() and len(text) <= 2
    return chr(0x245F + int(text)) if is_number and 1 <= int(text) <= 20 else text


def are_whole(marks: Iterable[etree._Element]) -> bool:
    """Return whether each field that begins in a text ends there, so that it may run over paragraphs."""
    balance = 0
    for mark in marks:
        kind = mark.get(_KIND)
        if kind in {"begin", "end"} and next(mark.iterancestors(_DROPPED), None) is None:
            balance += 1 if kind == "begin" else -1
    return balance == 0
