"""Words of change: how a text says that a number rose, fell, came to something or is compared with something."""

from __future__ import annotations

import re

import regex

_WHEN = r"(?:(?P<back>上一?年度?|去年度?|前年)|(?P<year>(?:19|20)\d\d)年?度?)(?P<part>同期|同比|[年]?末|[年]?底)?"
_COMPARED = regex.compile(  # the words that name what a change is counted from
    rf"""(?:[比较]|相[比较]于?|高于|低于|超过?)\s*{_WHEN}
       | [与同和]\s*{_WHEN}[^，。；\d]{{0,4}}相?比
       | (?:是|为|达|相当于)\s*{_WHEN}[^，。；\d]{{0,4}}的$
       | (?P<same>同比)""",
    regex.VERBOSE,
)
_LEADS = regex.compile(rf"(?:^|[。；，\s])(?:[与同和]|相比|[比较])\s*{_WHEN}(?:[^，。；\d]{{0,4}}相?比较?)?(?=，)")
_IS_BASE = regex.compile(  # «比2010年的», «由»: the number is what another is compared with
    rf"(?:[由从自](?:原来|过去|原先|年初|(?:{_WHEN}))?的?(?:每周|每天)?|[比较]{_WHEN}[^，。；\d]{{0,4}}的)$"
)
_TIMES_OF = re.compile(rf"(?:是|为|达|相当于)\s*{_WHEN}[^，。；\d]{{0,4}}的$")
_REACHES = re.compile(
    r"[，\s]*(?:要|将|拟|力争|争取|计划)?(?:到|现在的?|目前的?|今年的?)?(?:已)?(?:猛|跃|递)?"
    r"(?:增|升|降|减|提|扩|涨|发展|延长|上升|增加|增长|提高|提升|扩大|扩建|下降|减少|降低|缩短)了?[至到为]"
)
_ASIDE_BASE = re.compile(  # «（上年为», «，上年值为»
    r"^[，\s]*(?:而)?(?:上一?年度?|去年度?|前年|(?:19|20)\d\d年)(?:同期|全年)?(?:数?值|数)?[为是]?$"
)
_ELLIPTICAL = re.compile(
    r"""^[，、和及\s]*(?:且|即)?(?:同比|环比|[比较与][^，。；\d]{0,6}(?:\d{2,4}年)?(?:同期|全年|末|底)?(?:相比)?)?
        (?:净|共|分别|均)*(?:净增|增长|增加|增幅|上升|提高|提升|下降|减少|降低|降幅|下滑|[多少](?:拨|投|购|借|办)?|(?<=[年期])[增减])
        (?:\s|了|达到?|为|近|约|率为?|幅度为?)*$""",
    re.VERBOSE,
)


def reaches(own: str) -> bool:
    """Return whether the words before a number say that something came up or down to it («增至», «下降到»).

    >>> reaches("增至"), reaches("增加")
    (True, False)
    """
    return bool(_REACHES.match(own))


def is_elliptical(own: str) -> bool:
    """Return whether the words before a number tell of a change and not of what («比上年增加»).

    >>> is_elliptical("比上年增加"), is_elliptical("，同比增长"), is_elliptical("外借图书增加")
    (True, True, False)
    """
    return bool(_ELLIPTICAL.match(own))


def is_multiple(own: str) -> bool:
    """Return whether a number says how many times an earlier year's value it is («是上年的1.5倍»)."""
    return bool(_TIMES_OF.search(own))


def is_base(own: str) -> bool:
    """Return whether a number is what the next one is compared with («比2010年的», «由»)."""
    return bool(_IS_BASE.search(own))


def is_aside_base(own: str) -> bool:
    """Return whether a number is the earlier value that stands beside another («（上年为28万人次）»).

    >>> is_aside_base("上年为"), is_aside_base("上年外借")
    (True, False)
    """
    return bool(_ASIDE_BASE.match(own))


def led_by_comparison(carried: str) -> bool:
    """Return whether a sentence begins by comparing («与上年相比，…»), so that what it tells are changes.

    >>> led_by_comparison("与上年相比，"), led_by_comparison("全年，")
    (True, False)
    """
    return bool(_LEADS.search(carried))


def compared_with(clause: str, carried: str) -> regex.Match[str] | None:
    """Return the words that name what a change is counted from: the last in its clause, or those leading its sentence.

    Groups: back (上年, 前年), year, part (同期, 末, 底), same (同比).
    """
    found = list(_COMPARED.finditer(clause))
    return found[-1] if found else _LEADS.search(carried)
