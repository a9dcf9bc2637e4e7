"""Total rows: telling by their words which rows sum up others."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from normalize.tables.cell_values import read_count

_PART = r"(?:本[页表]|[上下]半年|第?[一二三四1-4]季度|[上中下]旬|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?|承?前页)"
_TOTAL = regex.compile(
    rf"""
    (?P<part>{_PART})?
    (?:(?P<sub>小\s*计)|(?:全年|年度|以上|全部|总|各项|历年)?(?:合\s*计|总\s*计|共\s*计|总\s*数|总\s*和|汇\s*总|累\s*计)|总)
    (?:数|数量|人数|人次|册数|册次|场次)?
    [:：]?
    (?P<rest>(?:[\d,，.约共计万余多、；;()（）]|人次|册次|场次|[人册次场期个项本件元])*)
    """,
    regex.VERBOSE,
)
_FIGURE = regex.compile(r"(?P<number>\d[\d,，]*(?:\.\d+)?万?)余?(?P<unit>人次|册次|场次|[人册次场期个项本件元])?")
_ROWS = frozenset({"次", "场", "场次", "期", "项", "个"})


def total_role(words: Sequence[str]) -> str | None:
    """Return total or subtotal for a row whose words say so, else None.

    The word stands in the first filled cell, or in the second after a number or a blank («合　计», «合计：44次»);
    the totals of a page, a month or a quarter are subtotals.

    >>> total_role(["合计", "2610"]), total_role(["小计:", "3"]), total_role(["12", "共计", "80"])
    ('total', 'subtotal', 'total')
    >>> total_role(["合计机"]) is None
    True
    """
    for word in words[: 2 if words and read_count(words[0]) is not None else 1]:
        found = _TOTAL.fullmatch(word) if "计" in word or "总" in word else None
        if found:
            return "subtotal" if found["part"] or found["sub"] else "total"
    return None


def inline_figures(word: str) -> list[tuple[str, str]]:
    """Return the (number, unit) pairs that a total's own cell states: «合计：44次» → [("44", "次")].

    >>> inline_figures("合计：44次"), inline_figures("合计")
    ([('44', '次')], [])
    """
    found = _TOTAL.fullmatch(word)
    return [(one["number"], one["unit"] or "") for one in _FIGURE.finditer(found["rest"])] if found else []


def counts_rows(unit: str) -> bool:
    """Return whether a total in this unit may be the number of rows («44次», «12场»).

    >>> counts_rows("场"), counts_rows("人次")
    (True, False)
    """
    return unit in _ROWS
