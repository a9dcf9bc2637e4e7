"""Heading markers: the numbers that Chinese reports put before a heading, by family.

A family is a way of numbering («一、», «（一）», «1.»). Its rank is the order in which writers nest families by custom
(GB/T 9704, section 7.3.3: 一、（一）1.（1）), which is only a fallback: what a report does itself comes first.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

_HAN_DIGITS = "一二三四五六七八九"


def _han_ordinals() -> dict[str, int]:
    ones = ["", *_HAN_DIGITS]
    spelled = {"十" + one: 10 + i for i, one in enumerate(ones)}
    spelled |= {one: i for i, one in enumerate(ones) if i}
    for tens, digit in enumerate(_HAN_DIGITS, start=1):
        spelled |= {f"{digit}十{one}": tens * 10 + i for i, one in enumerate(ones)}
    return spelled


def _ordinals() -> dict[str, int]:
    """Return every spelling of a marker's number, 1 to 99, with its value."""
    han = _han_ordinals()
    formal = {
        text.translate(str.maketrans("一二三四五六七八九十", "壹贰叁肆伍陆柒捌玖拾")): n for text, n in han.items()
    }
    circled = {chr(0x2460 + i): i + 1 for i in range(20)}
    return han | formal | circled | {str(n): n for n in range(1, 100)} | {f"0{n}": n for n in range(1, 10)}


ORDINALS = _ordinals()
RANKS = {
    "part": 1,
    "chapter": 2,
    "article": 3,
    "formal": 4,
    "han": 5,
    "paren_han": 6,
    "arabic": 7,
    "decimal_2": 8,
    "decimal_3": 9,
    "paren_arabic": 10,
    "circled": 11,
}

_HAN = "[一二三四五六七八九十]{1,3}"
_MARKER = regex.compile(
    rf"""
      (?P<part>第(?P<part_n>{_HAN}|\d{{1,2}})(?:部分|篇|编)\s*[、:：.]?)       # 第一部分
    | (?P<chapter>第(?P<chapter_n>{_HAN}|\d{{1,2}})章\s*[、:：.]?)              # 第二章
    | (?P<article>第(?P<article_n>{_HAN}|\d{{1,2}})节\s*[、:：.]?)              # 第三节
    | (?P<formal>(?P<formal_n>[壹贰叁肆伍陆柒捌玖拾]{{1,3}})\s*[、.])           # 壹、
    | (?P<han>(?P<han_n>{_HAN})\s*(?:[、.](?!\s*{_HAN}\s*(?:[、季楼级类等层月届期]|是))|[,，](?=\S{{2,20}}$)|\s{{1,4}}(?=\S)))  # 一、 一.
    | (?P<paren_han>[（(〔【\[]\s*(?P<paren_han_n>{_HAN})\s*[）)〕】\]]\s*[、.]?)   # （一） (一)
    | (?P<decimal_3>\d{{1,2}}\.\d{{1,2}}\.(?P<decimal_3_n>\d{{1,2}})\.?(?=\s|[^\W\d_万亿倍米元个余多]))   # 2.1.3
    | (?P<decimal_2>\d{{1,2}}\.(?P<decimal_2_n>\d{{1,2}})\.?(?=\s|[^\W\d_万亿倍米元个余多来]))            # 2.1
    | (?P<paren_arabic>[（(]\s*(?P<paren_arabic_n>\d{{1,2}})\s*[）)]\s*[、.]?|(?P<half_n>\d{{1,2}})[）)]\s*[、.]?)  # （1） 1)
    | (?P<arabic>(?P<arabic_n>\d{{1,2}})\s*(?:[、,，]|\.)(?!\d)|(?P<arabic_year_n>\d{{1,2}})\.(?=(?:19|20)\d\d年))    # 1. 1、 2.2016年
    | (?P<circled>(?P<circled_n>[\u2460-\u2473])\s*[、.]?)                      # ①
    """,
    regex.VERBOSE,
)
_LINE_DATE = regex.compile(
    r"""(?:(?:19|20)\d\d\s*年\s*)?\d{1,2}\s*月\s*(?:\d{1,2}|[上中下]旬|份?[,，:：至到—-])  # 3月5日…  2014年3月…
      | (?:\d{4}[./-])\d{1,2}[./-]\d{1,2}                                            # 2014.3.5
      | [一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}[日号]|[上中下]旬|份?[,，:：])""",
    regex.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Marker:
    """The marker of one line: its family, its number, and its length with the blanks that follow."""

    family: str
    ordinal: int
    text: str
    length: int


def read_marker(line: str) -> Marker | None:
    """Return the heading marker that a folded line begins with, or None.

    A line whose title begins with a day or month is an entry of a chronicle, not a heading.

    >>> read_marker("（二）馆舍情况")
    Marker(family='paren_han', ordinal=2, text='（二）', length=3)
    >>> read_marker("1月5日,召开会议"), read_marker("3.5万册"), read_marker("1、1月5日,召开会议")
    (None, None, None)
    """
    found = _MARKER.match(line)
    if found is None:
        return None
    family = found.lastgroup if found.lastgroup in RANKS else next(name for name in RANKS if found[name])
    number = next(found[f"{name}_n"] for name in (family, "arabic_year", "half") if found[f"{name}_n"])
    length = found.end() + len(line[found.end() :]) - len(line[found.end() :].lstrip())
    if number not in ORDINALS or not line[length:] or _LINE_DATE.match(line, length):
        return None
    return Marker(family, ORDINALS[number], found[0].strip(), length)
