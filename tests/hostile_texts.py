"""Hostile text files: bytes that are no text, and texts that punish patterns, tables and sections."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

Maker = Callable[[], bytes]
TOLD = "2019年，全馆接待读者3.2万人次。\n"


def _said(text: str) -> Maker:
    return (TOLD + text).encode


def _bytes() -> Iterator[tuple[str, str, Maker]]:
    rubbish = "not text"
    yield "empty", "is empty", lambda: b""
    yield "zeros", rubbish, lambda: bytes(100_000)
    yield "blanks alone", "holds no text", lambda: b"\xef\xbb\xbf" + b" \r\n\t\n" * 1000
    yield "text with zeros", rubbish, lambda: (TOLD * 9).encode().replace(b"\n", b"\0")
    yield "noise", rubbish, lambda: random.Random(1).randbytes(100_000)
    yield "old Word file", "old Office document", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999)
    yield "zip", "a zip package", lambda: b"PK\x03\x04" + bytes(999)
    yield "picture", rubbish, lambda: b"\x89PNG\r\n\x1a\n" + random.Random(2).randbytes(9999)
    yield "UTF-16 without a mark", "ok", lambda: (TOLD * 9).encode("utf-16-le")
    yield "UTF-16 with half a sign", "partial", lambda: (TOLD * 9).encode("utf-16")[:-1]
    yield "UTF-16 with lone surrogates", "partial", lambda: (TOLD * 9 + "\ud800").encode("utf-16", "surrogatepass")
    yield "UTF-32", "ok", lambda: (TOLD * 9).encode("utf-32")
    yield "UTF-7", "ok", lambda: (TOLD * 9).encode("utf-7")
    yield "UTF-8 and GB18030 by turns", "partial|not text|ok", lambda: (TOLD.encode() + TOLD.encode("gb18030")) * 99
    yield "surrogates in UTF-8", "partial", lambda: TOLD.encode() * 9 + b"\xed\xa0\x80\xed\xb0\x80"
    yield "long forms in UTF-8", "partial", lambda: TOLD.encode() * 9 + b"\xc0\xaf\xe0\x80\xaf"
    yield "control signs", "ok", _said(TOLD * 99 + "\x1b[2J\x07\x08\n")
    yield "bidirectional signs", "ok", _said("\u202e馆藏\u2066123\u2069册\u202c" * 999)
    yield "private signs", "ok", _said("\ue000\uf8ff\U0010fffd馆藏123册。" * 999)
    yield "marks of byte order within", "ok", _said("\ufeff馆藏\ufeff123\ufeff册" * 999)


# What is repeated up to a length: a bait for each kind of rule, and one that is larger than any report.
_LONG = 12_000
_BAITS = (
    *("1", "一", "十", "万", "亿", "年", "（", "“", "《", "—", "。", "，", "、", " ", "\u3000", "\t", "册", "半", "几"),
    *(
        "第",
        "其中",
        "其中：",
        "1,",
        "1.",
        "1-",
        "1年",
        "1月1日",
        "2014年5月4日",
        "2014年5月4日，举办讲座1场。",
        "百分之",
    ),
    *(
        "1万",
        "约",
        "一一年",
        "（一",
        "1、",
        "一、",
        "①",
        "至",
        "截至",
        "a@",
        "http://",
        "&lt;",
        "&#",
        "<",
        "<td",
        "|",
        "+-",
    ),
)
_BAIT_LINES = (
    *("其中\n", "其中：1册\n", "一、\n", "（一）甲\n", "1.1.1.1 甲\n", "5月4日，开会。\n", "2014年总结\n", "|1|2\n"),
    *("1\t2\n", "1  2  3\n", "第1页\n", "一、甲\n（一）乙\n1、丙\n（1）丁\n①戊\n", "——\n", "\t1\n\n", "馆：\n", "书\n"),
)


def _baits() -> Iterator[tuple[str, str, Maker]]:
    for bait in _BAITS:
        text = bait * (_LONG // len(bait)) + "\n"
        yield f"run of {bait.strip() or ascii(bait)}"[:30], "ok", _said(text)
    for bait in _BAIT_LINES:
        yield f"lines of {bait.strip()[:12]}".replace("\n", " "), "ok", _said(bait * (_LONG // len(bait)))
    mixed = random.Random(3).choices([*"1一万年月日（）、，。至约册个 \t.-—%", "其中", "截至", "每周"], k=_LONG)
    yield "all baits mixed", "ok", _said("".join(mixed))
    headings = "".join(f"{'1.' * (number % 60 + 1)} 甲\n" for number in range(_LONG // 120))
    yield "headings sixty deep", "ok", _said(headings)


def _sizes() -> Iterator[tuple[str, str, Maker]]:
    large = "more than|longer than|larger than"
    yield "ten million digits", large, _said("1" * 10_000_000)
    yield "a line of five million characters", large, _said("馆藏" * 2_500_000)
    yield "three million short lines", large, _said("甲\n" * 3_000_000)
    yield "table of a million cells", large, _said("1\t2\t3\t4\n" * 250_000)
    yield "a million brackets", large, _said("（" * 500_000 + "）" * 500_000 + "书" * 3_000_000)


def _pages() -> Iterator[tuple[str, str, Maker]]:
    wide = "<table>" + f"<tr>{'<td rowspan=9999 colspan=9999>1' * 20}</tr>" * 50 + "</table>"
    tall = f"<table><tr>{'<td rowspan=1000>1' * 300}{'<tr><td>2' * 1000}</table>"
    entities = "<!DOCTYPE x [<!ENTITY a '" + "甲" * 999 + "'>]>" + "&a;" * 9999
    yield "web page 5000 deep", "ok", _said("<div><table><tr><td>" * 5000 + "甲" + "</td></tr></table></div>" * 5000)
    yield "web page with entities", "ok", _said(entities)
    yield "web page with wide cells", "ok", _said(wide)
    yield "web page with tall cells", "ok", _said(tall)
    yield "web page of scripts", "ok", _said("<script>" * 9999 + "</style>" * 9999)
    yield "comment that never ends", "ok", _said("<!--" * 20_000)
    yield "attributes without end", "ok", _said("<td " + "colspan = " * 10_000)


def texts() -> Iterator[tuple[str, str, Maker]]:
    """Yield name, outcome and maker of each: ok, partial, the code of a finding, or words of the error."""
    for group in (_bytes, _baits, _sizes, _pages):
        yield from group()
