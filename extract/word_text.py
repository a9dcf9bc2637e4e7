"""The text of one Word paragraph, as a reader of the final version sees it."""

from __future__ import annotations

from collections.abc import Iterator

import regex
from lxml import etree

from extract.word_xml import children, name

_TAB, _BREAK = "\t", "\n"
_RUN, _TEXT, _FIELD_MARK = name("r"), name("t"), name("fldChar")
_SIGNS = {
    name("tab"): _TAB,
    name("ptab"): _TAB,
    name("br"): _BREAK,
    name("cr"): _BREAK,
    name("noBreakHyphen"): "-",
}
_SPACE_IN_XML = regex.compile(r"[\t\r\n]")  # Word shows these as a space; its own tabs and breaks are elements
_LEADING_TABS = regex.compile(r"^\t+")


def lines(paragraph: etree._Element) -> tuple[str, ...]:
    """Return the lines of a paragraph: one, and one more for each line or page break in it.

    Insertions, results of fields, hyperlinks and content controls are text; deletions and field codes are not.
    A line never begins with a tab, for that is how a cell is told in the text: leading tabs are spaces.
    """
    return tuple(_LEADING_TABS.sub(_as_spaces, line) for line in "".join(_pieces(paragraph)).split(_BREAK))


def _as_spaces(tabs: regex.Match[str]) -> str:
    return " " * len(tabs[0])


def _pieces(paragraph: etree._Element) -> Iterator[str]:
    """Yield the pieces of text; between the begin and the separate mark of a field stands its code, which is not text.

    Fields nest, also in codes, so `codes` holds for each open field whether its code still runs.
    """
    codes: list[bool] = []
    for piece in _in_runs(paragraph):
        if piece.tag == _FIELD_MARK:
            _pass_field_mark(codes, piece.get(name("fldCharType"), ""))
        elif not any(codes):
            yield _text(piece)


def _in_runs(element: etree._Element) -> Iterator[etree._Element]:
    """Yield what stands in the runs of an element; a run with a phonetic guide holds runs again."""
    for child in children(element):
        if child.tag == _RUN:
            yield from _in_runs(child)
        else:
            yield child


def _pass_field_mark(codes: list[bool], mark: str) -> None:
    if mark == "begin":
        codes.append(True)
    elif codes and mark == "separate":
        codes[-1] = False
    elif codes and mark == "end":
        codes.pop()


def _text(piece: etree._Element) -> str:
    if piece.tag == _TEXT:
        return str(_SPACE_IN_XML.sub(" ", piece.text or ""))
    return _SIGNS.get(str(piece.tag), "")
