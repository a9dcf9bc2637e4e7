"""Dates as written: days, ranges of days, months, years, with the strings of their parts.

The grammar is in extract/date_forms.py, the names of days (春节期间, 正月十五) in extract/named_days.py. What recurs is
no date: «每周二至周日», «每年4月» (see extract/claims.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.date_forms import BEGINS, DATE
from extract.named_days import with_named_days
from schemas.mentions import DateMention

# form → the groups of its year, month, day, year_to, month_to, day_to, part and part_to, and the name of its rule
_PARTS = {
    "months": ("year month - months_year_to months_month_to - - -", "months"),
    "listed": ("year month - - listed_month_to - - -", "months"),
    "days": ("year month day days_year_to days_month_to days_day_to - -", "days"),
    "two_days": ("year month day - two_month_to two_day_to - -", "two_days"),
    "until_third": ("year month day until_year_to until_month_to - - until_part", "thirds"),
    "one_day": ("year month day - - - - -", "day"),
    "thirds": ("year month - thirds_year_to thirds_month_to thirds_day_to first_part thirds_part", "thirds"),
    "one_month": ("year month - - - - part -", "month"),
    "numeric_days": ("n_year n_month n_day n_year_to n_month_to n_day_to - -", "numeric"),
    "numeric_months": ("n_year n_month - m_year_to m_month_to - - -", "numeric"),
    "numeric": ("s_year s_month s_day - - - - -", "numeric"),
    "compact": ("c_year c_month c_day - - - - -", "numeric"),
    "dotted": ("- d_month d_day - - - - -", "month_dot_day"),
    "pointed": ("- d_month p_day - - - - -", "month_dot_day"),
    "yearly": ("y_year - - y_year_to - - y_part -", "year"),
    "season": ("- - - - - - q_part -", "season"),
}
_UNSAID = DATE.groupindex["unsaid"]
_GROUPS = {
    form: (tuple(DATE.groupindex.get(name, _UNSAID) for name in names.split()), f"date_{rule}")
    for form, (names, rule) in _PARTS.items()
}
_UNTIL, _SINCE, _WRITTEN = (DATE.groupindex[name] for name in ("until", "since", "written"))
_RELATIVE = frozenset("今去本当同次明上翌")
_RECURS = re.compile(r"每年(?:的|在|于)?\s?$")
_OPENS = frozenset({"起", "开始", "以来"})
_CLOSES = frozenset({"底前", "之前", "以前", "前"})


def find_dates(folded: str) -> tuple[DateMention, ...]:
    """Return the dates of a folded text in order, none overlapping.

    >>> [(d.month, d.day, d.month_to, d.day_to) for d in find_dates("10月1——25日开展,6月29—7月7日结束")]
    [('10', '1', '', '25'), ('6', '29', '7', '7')]
    >>> [(d.year, d.month, d.until) for d in find_dates("截止2014年12月份")]
    [('2014', '12', True)]
    """
    return with_named_days(folded, tuple(_mentions(folded)))


def _mentions(folded: str) -> Iterator[DateMention]:
    begins, at = BEGINS.search(folded), 0
    while begins is not None:
        start = begins.start()
        found = DATE.match(folded, start)
        at = found.end() if found is not None else start + 1
        if found is not None and not _is_no_date(folded, found):
            yield _mention(folded, found)
        begins = BEGINS.search(folded, at)


def _is_no_date(folded: str, found: re.Match[str]) -> bool:
    """Whether it is a bare «2014», which is a number, or comes again every year."""
    bare = found.lastgroup == "yearly" and found[_WRITTEN] is None and found["y_part"] is None
    if bare and found["y_year"][0] not in _RELATIVE:
        return True
    start = found.start()
    near = folded[max(0, start - 5) : start]
    return "每年" in near and _RECURS.search(near) is not None


def _mention(folded: str, found: re.Match[str]) -> DateMention:
    form = found.lastgroup or ""
    groups, rule = _GROUPS[form]
    year, month, day, year_to, month_to, day_to, part, part_to = found.group(*groups)
    start, end = found.span()
    suffix = folded[found.end(form) : end].strip()
    relative = bool(year) and year[0] in _RELATIVE
    if part and year_to and form == "yearly":
        part, part_to = None, part  # «2013—2014年底»
    return DateMention(  # in the order of its fields: names would take a third more time
        start,
        end,
        "" if relative or not year else year,
        month or "",
        day or "",
        "" if not year_to or year_to[0] in _RELATIVE else year_to,  # «至次年1月3日»: that it comes after says it
        month_to or "",
        day_to or "",
        year if relative else "",
        part.strip() if part else "",
        part_to.strip() if part_to else "",
        found[_SINCE] is not None or suffix in _OPENS,
        found[_UNTIL] is not None or suffix in _CLOSES,
        "missing_range_mark" if form == "two_days" else "",
        rule,
    )
