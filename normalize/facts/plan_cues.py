"""Paragraphs of plans outside any plan section: a cue at their head makes what they tell planned, and of its year."""

from __future__ import annotations

import re

_CUE = re.compile(
    r"""[\s（(]* (?:[一二三四五六七八九十]{1,3}|\d{1,2})?[、.)）]*\s* (?:在|对)?
        (?: (?P<year>20\d\d)[ ]?年度? | (?P<next>来年|明年|下一?年度?|新的一年|新一年) | 下一步|下一阶段|下阶段|今后 )
        (?: (?:里|中)?[，：]
          | 的?(?:我馆|本馆|主要|重点|总体|工作|初步|基本){0,3}(?:的)?
            (?:准备|计划|打算|安排|设想|思路|要点|目标|任务|重点|展望)[^，。；：\d]{0,6}[：，。] )""",
    re.VERBOSE,
)
_ITEM = re.compile(
    r"[ 　]*(?:[（(]?\d{1,2}[）)、.．]|[（(]?[一二三四五六七八九十]{1,3}[）)、]|[①-⑳]|[一二三四五六七八九十]是)"
)
_MOST_ITEMS = 30
_LONGEST_CUE = 80  # characters; a cue stands at the head, however long its paragraph is
_FARTHEST = 3000  # characters that a cue at the head of a paragraph speaks for
_DONE = re.compile(r"了|已经?(?!有)|圆满|共计")


def cued_year(folded: str, place: int, year: int | None) -> int | None:
    """Return the year that the cue at the head of a place's paragraph plans for («来年准备：»), or None without one.

    The items of a list are planned by the line that leads to it («明年要做好：», then «1、…»). A year that is named
    counts only where it comes after the report's: «2014年，我馆…» in a report on 2014 is none.

    >>> cued_year("下一步打算：3月办书展。", 6, 2014)
    2015
    """
    if year is None:
        return None
    start = folded.rfind("\n", max(0, place - _FARTHEST), place) + 1
    if not start and place > _FARTHEST:
        return None
    cue = _CUE.match(_wide(folded[start : min(place, start + _LONGEST_CUE)])) or _over_list(folded, start)
    if cue is None:
        return None
    planned = int(cue["year"]) if cue["year"] else year + 1
    return planned if planned > year else None


def _over_list(folded: str, start: int) -> re.Match[str] | None:
    """Return the cue of the line over the list that the paragraph at `start` is an item of, or None."""
    for _ in range(_MOST_ITEMS):
        if not start or not _ITEM.match(folded, start):
            break
        above = folded.rfind("\n", max(0, start - 1 - _FARTHEST), start - 1) + 1
        if not above and start > _FARTHEST:
            break
        line = _wide(folded[above : start - 1]).rstrip()
        if line.endswith("：") and not _ITEM.match(line):
            return _CUE.match(line)
        start = above
    return None


def _wide(text: str) -> str:
    return text.replace(":", "：").replace(",", "，")


def is_done(told: str) -> bool:
    """Return whether a telling says of something that it is done, whatever stands at the head of its paragraph."""
    return bool(_DONE.search(told))
