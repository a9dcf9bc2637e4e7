"""Heading markers: the numbers that Chinese reports put before a heading, by family.

A family is a way of numbering («一、», «（一）», «1.»). Its rank is the order in which writers nest families by custom
(GB/T 9704, section 7.3.3: 一、（一）1.（1）), which is only a fallback: what a report does itself comes first.
"""

from __future__ import annotations

import re

from msgspec import Struct

from schemas.holidays import holiday_alone
from schemas.words import HAN

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
    circled = {chr(first + i): i + 1 for first in (0x2460, 0x2474, 0x2488) for i in range(20)}
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
_NUMBER = rf"(?:{_HAN}|\d{{1,2}})"
_CHAPTER_STOP = r"\s*[、:：.]?"
# after «2.5», what makes it an amount («2.5万册», «1.5小时») and not the number of a heading («2.1馆舍»)
_AMOUNT = (
    r"(?:[万亿倍米元个余多来吨亩]|月(?![度报])|公里|公斤|公顷|平方|平米|小时|分钟|人次|册|[TGMK]B?(?![A-Za-z])"
    r"|[”\"]?(?:国际|世界|全国|读书|图书|来临|期间|前后|系列)[^\n]{0,12}日|当[天日])"
)
# after «一、», what makes it the first of a list of ordinals («一、二季度», «一、是…») and not a marker
_MORE_ORDINALS = rf"\s*{_HAN}\s*(?:[、季楼级类等层月届期]|是)"

# family → its shape; its one group that matches is the number. The order is that in which they are tried.
_SHAPES = {
    "part": rf"第({_NUMBER})(?:部分|篇|编){_CHAPTER_STOP}",  # 第一部分
    "chapter": rf"第({_NUMBER})章{_CHAPTER_STOP}",  # 第二章
    "article": rf"第({_NUMBER})节{_CHAPTER_STOP}",  # 第三节
    "formal": r"([壹贰叁肆伍陆柒捌玖拾]{1,3})\s*[、.]",  # 壹、
    "han": rf"""({_HAN})\s*(?:
            [、.](?!{_MORE_ORDINALS})  # 一、 一.
          | [,，](?=\S{{2,20}}$)       # 一，概况: only before a short line
          | \s{{1,4}}(?=\S)           # 一 概况
        )""",
    "paren_han": rf"[（(〔【\[]\s*({_HAN})\s*[）)〕】\]]\s*[、.]?",  # （一） (一)、
    "decimal_3": rf"\d{{1,2}}\.\d{{1,2}}\.(\d{{1,2}})\.?(?!{_AMOUNT})(?=\s|[^\W\d_①-⒛])",  # 2.1.3
    "decimal_2": rf"\d{{1,2}}\.(\d{{1,2}})\.?(?!{_AMOUNT})(?=\s|[^\W\d_①-⒛])",  # 2.1
    "paren_arabic": r"""
            [（(]\s*(\d{1,2})\s*[）)]\s*[、.]?  # （1）
          | (\d{1,2})[）)]\s*[、.]?              # 1)
          | ([\u2474-\u2487])\s*[、.]?          # ⑴""",
    "arabic": r"""
            (\d{1,2})\s*(?:[、,，]|\.)(?!\d)     # 1. 1、
          | (\d{1,2})\.(?=(?:19|20)\d\d年)      # 2.2016年…
          | ([\u2488-\u249b])\s*               # ⒈
          | (\d{1,2})[ ]{1,4}(?=(?:\d{4}年)?"""
    rf"""[{HAN}][^，。；：、\d]{{1,20}}$)   # 1　馆藏与经费""",
    "circled": r"([\u2460-\u2473])\s*[、.]?",  # ①
}
_MARKER = re.compile("|".join(f"(?P<{family}>{shape}\n)" for family, shape in _SHAPES.items()), re.VERBOSE)
_BEGINS = frozenset("第（(〔【[0123456789").union(key[0] for key in ORDINALS)  # the characters a marker can begin with
_LINE_DATE = re.compile(
    r"""
      (?:(?:19|20)\d\d\s*年\s*)?\d{1,2}\s*月\s*(?:\d{1,2}|[上中下]旬|[初底末]|份?[,，:：至到—-])   # 3月5日…  2014年3月…
    | \d{4}[./-]\d{1,2}[./-]\d{1,2}                                                    # 2014.3.5
    | [一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}[日号]|[上中下]旬|份?[,，:：])   # 三月五日
    | \d{1,2}\s*月份?                                                                 # 3月举办…
      (?:举[办行]|开[展始]|召开|组织|参加|邀请|[承协]办|完成|迎接|接受|启动|在|与|赴|我馆|图书馆)
    | 农历|(?:正月|腊月|冬月)[初二三十廿]|大年[初三]                                         # 正月十五…
    """,
    re.VERBOSE,
)


def _tells_of_day(line: str, at: int) -> bool:
    """Whether a named day leads the title and who did what follows: «1、春节，我馆举办灯会»."""
    begins = at + (line[at] in "“\"‘'")
    return holiday_alone().match(line, begins) is not None


class Marker(Struct, frozen=True):
    """The marker of one line: its family, its number, and its length with the blanks that follow."""

    family: str
    ordinal: int
    text: str
    length: int


def read_marker(line: str) -> Marker | None:
    """Return the heading marker that a folded line begins with, or None.

    A line whose title begins with a day, a month or a named day is an entry of a chronicle, not a heading.

    >>> read_marker("（二）馆舍情况")
    Marker(family='paren_han', ordinal=2, text='（二）', length=3)
    >>> read_marker("1月5日,召开会议"), read_marker("3.5万册"), read_marker("1、1月5日,召开会议")
    (None, None, None)
    """
    found = _MARKER.match(line) if line[:1] in _BEGINS else None
    if found is None:
        return None
    family = str(found.lastgroup)
    number = next(filter(None, found.groups()[found.re.groupindex[family] :]))
    title = line[found.end() :]
    length = found.end() + len(title) - len(title.lstrip())
    if number not in ORDINALS or not line[length:] or _LINE_DATE.match(line, length) or _tells_of_day(line, length):
        return None
    return Marker(family, ORDINALS[number], found[0].strip(), length)
