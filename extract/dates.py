"""Dates as written: days, ranges of days, months, years, with the strings of their parts.

Grammar, on folded text (blanks, no line end, may stand between all parts; forms are tried in the order of `_FORMS`):

    date     = until? since? (months | days | two days | day | month | numeric | dotted | year | season) suffix?
    months   = year? month dash year? month          7-10月, 2020年1月至4月, 2014年3、4月
    days     = year? month day dash year? month? day 10月1——25日, 12月28日至次年1月3日, 4月23日、24日
    two days = year? month day month day             10月10日11月20日: the dash is missing, a doubt
    day      = year? month day                       3月4日, 8月20起, 三月五号
    month    = year? month third?                    元月, 6月中旬, 11月底
    numeric  = 2013-05-06 | 2013.5 | 20140506 | 2013.5.6-5.8
    dotted   = 5.18国际博物馆日 | 4·23
    year     = year (dash year)? season?             2014年, 2013—2014年, 2018年上半年, 2014年底
    season   = 上半年 | 第三季度 | 年底
    dash     = one to four of - — – ~, or 至, 到;  until = 截至…;  since = 自, 从;  suffix = 起, 以来, 前…
    year     = four digits | 二〇一四 | 民国104年 | 98年5月 | a word that points at one (去年, 同年, 次年)

What recurs is no date: «每周二至周日», «每年4月» (see extract/claims.py), nor are days of the lunar calendar.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from schemas.mentions import DateMention

_DASH = r"(?:[ ]*(?:[-—–─~～―]{1,4}|(?:起|开始)?[ ]?(?:至|到))[ ]*)"
_ARABIC_YEAR = r"(?:19|20)\d\d"
_HAN_YEAR = r"[一二][〇○零oO九0][〇○零oO0一二三四五六七八九]{2}"
_REPUBLIC_YEAR = r"民国[ ]?\d{2,3}"
_SHORT_YEAR = r"(?<!\d)[0-289]\d(?=年[ ]?(?:1[0-2]|0?[1-9])月|年[初底末])"  # 98年5月, 05年底
_RELATIVE_YEAR = r"[今去本当同次明上]年度?|次年|翌年"
_YEAR = rf"(?:{_ARABIC_YEAR}|{_HAN_YEAR}|{_REPUBLIC_YEAR}|{_SHORT_YEAR}|{_RELATIVE_YEAR})"
_YEAR_ALONE = rf"(?:{_ARABIC_YEAR}|{_HAN_YEAR}|{_REPUBLIC_YEAR}|{_SHORT_YEAR}|[今去本当同次明上翌]年)"
_MONTH = r"(?:1[0-2]|0?[1-9]|(?<![农阴夏]历)(?:十[一二]?|[一二三四五六七八九])|元)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9]|廿[一二三四五六七八九]?|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_SEASON = r"[上下]半年|第?[一二三四1-4]季度|前[二两三]季度"

_LEAD = rf"(?:(?P<year>{_YEAR})[ ]*年?[ ]*)?(?<!\d)"  # the year that may stand before a month
_NEXT_YEAR = rf"(?:(?P<year_to>{_YEAR})[ ]*年?[ ]*)?"
_SAME_MONTH_DAYS = rf"(?:[ ]*[日号]?[ ]?(?:、[ ]?{_DAY}[ ]*[日号]?){{0,4}}[、和])"  # 4月23日、24日, 3月1、2、3日

_FORMS = {
    "months": rf"""
        {_LEAD}(?P<month>{_MONTH})[ ]*(?:月份?)?{_DASH}
            {_NEXT_YEAR}(?P<month_to>{_MONTH})[ ]*月份?(?![ ]*\d{{1,2}}[ ]*[日号])
      | (?:(?P<year>{_YEAR})[ ]*年?[ ]*|(?<=[在于从自到]))(?P<month>{_MONTH})、
            (?P<month_to>{_MONTH})[ ]*月份?(?![ ]*\d{{1,2}}[ ]*[日号])""",
    "days": rf"""
        {_LEAD}(?P<month>{_MONTH})[ ]*月[ ]*(?P<day>{_DAY})[ ]*
            (?:[日号]?{_DASH}{_NEXT_YEAR}(?:(?P<month_to>{_MONTH})[ ]*月[ ]*)?|{_SAME_MONTH_DAYS})
            (?P<day_to>{_DAY})[ ]*[日号]""",
    "two_days": rf"""
        {_LEAD}(?P<month>{_MONTH})[ ]*月[ ]*(?P<day>{_DAY})[ ]*[日号][ ]*
            (?P<month_to>{_MONTH})[ ]*月[ ]*(?P<day_to>{_DAY})[ ]*[日号]""",
    "day": rf"""
        {_LEAD}(?P<month>{_MONTH})[ ]*月[ ]*(?P<day>{_DAY})[ ]*
            (?:[日号]|(?=[ ]*(?:起|开始|晚|上午|下午|,|，)))""",
    "month": rf"""
        (?:(?P<year>{_YEAR})[ ]*年?[ ]*)?(?<![\d个两几.])(?P<month>{_MONTH})[ ]*月份?[ ]*
            (?P<part>[上中下]旬|月?[初底末](?![中级一二三四五六七八九十]))?(?!\w?均)""",
    "numeric": rf"""
        (?<![\d.])(?P<year>{_ARABIC_YEAR})[ ]?(?P<dot>[./])[ ]?(?P<month>1[0-2]|0?[1-9])
            (?:[ ]?(?P=dot)[ ]?(?P<day>[12]\d|3[01]|0?[1-9]){_DASH}
                (?:(?P<year_to>{_ARABIC_YEAR})(?P=dot))?(?P<month_to>1[0-2]|0?[1-9])(?P=dot)(?P<day_to>[12]\d|3[01]|0?[1-9])
              | {_DASH}(?P<year_to>{_ARABIC_YEAR})(?P=dot)(?P<month_to>1[0-2]|0?[1-9]))(?![\d.%])
      | (?<![\d.])(?P<year>{_ARABIC_YEAR})[ ]?[-./—][ ]?(?P<month>1[0-2]|0?[1-9])
            (?:[ ]?[-./—][ ]?(?P<day>[12]\d|3[01]|0?[1-9]))?(?![\d.%])(?![ ]*[年月万亿余多个册人次])
      | (?<![\dA-Za-z.])(?P<year>{_ARABIC_YEAR})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?![\d.])""",
    "month_dot_day": r"""
        (?<![\d.·])(?P<month>1[0-2]|0?[1-9])
            (?: [.•・](?P<day>[12]\d|3[01]|0?[1-9])
                (?=[”"]?[ ]*(?:来临|世界|国际|全国|读书|期间|当天|前夕|前后|系列|图书|阅读|[”"]))
              | ·(?P<day>[12]\d|3[01]|0?[1-9])(?![\d.·%]))""",
    "year": rf"""
        (?<!\d)(?P<year>{_YEAR_ALONE})(?:(?:[ ]*年)?{_DASH}(?P<year_to>{_ARABIC_YEAR}|{_HAN_YEAR}))?
            (?P<written>[ ]*学?年)?
            (?P<part>[ ]*(?:{_SEASON}|[初底末](?!中)|年[初底末]))?""",
    "season": rf"""
        (?P<part>{_SEASON}|(?<![\w每])年[初底末](?!中))""",
}
# How every date begins, so that nothing is tried elsewhere: by far most characters are told off by the first line.
_BEGINS = r"""
    (?=[\d一二三四五六七八九十元民今去本当同次明上翌下第前年截自从始])
    (?= (?:19|20)\d\d | [一二][〇○零oO九0]
      | \d\d?[ ]*[年月季、.•・·—–─~～―至到起开-]                            # 12月, 5.18, 1-11月, 98年5月
      | [一二三四五六七八九十元]{1,2}[ ]*[月季、—–─~～―至到起开-]               # 十月, 三季度
      | [今去本当同次明上翌]年 | 民国 | [上下]半年 | [第前].季度 | 年[初底末]
      | 截[止至] | 自 | 从 | 始于 )
"""
_SUFFIX = r"(?:起|开始|以来|底前|之前|以前|前(?![往台期沿来身辈景二两三]))"
_ALTERNATIVES = "|".join(f"(?P<{name}_form>{form})" for name, form in _FORMS.items())
_DATE = regex.compile(
    rf"""
    {_BEGINS}
    (?P<until>截[止至][ ]*(?:到|至)?[ ]*(?:目前)?[,，]?[ ]*)?
    (?P<since>(?:自|从|始于)[ ]*)?
    (?:{_ALTERNATIVES})
    (?P<suffix>[ ]*{_SUFFIX})?
    """,
    regex.VERBOSE,
)
_RELATIVE = regex.compile(r"[今去本当同次明上翌]")
_RECURS = regex.compile(r"每年(?:的|在|于)?\s?$")
_OPENS = frozenset({"起", "开始", "以来"})
_CLOSES = frozenset({"底前", "之前", "以前", "前"})


def find_dates(folded: str) -> tuple[DateMention, ...]:
    """Return the dates of a folded text in order, none overlapping.

    >>> [(d.month, d.day, d.month_to, d.day_to) for d in find_dates("10月1——25日开展,6月29—7月7日结束")]
    [('10', '1', '', '25'), ('6', '29', '7', '7')]
    >>> [(d.year, d.month, d.until) for d in find_dates("截止2014年12月份")]
    [('2014', '12', True)]
    """
    return tuple(_mentions(folded))


def _mentions(folded: str) -> Iterator[DateMention]:
    for found in _DATE.finditer(folded):
        if not _is_no_date(folded, found):
            yield _mention(found)


def _is_no_date(folded: str, found: regex.Match[str]) -> bool:
    """Whether it is a bare «2014», which is a number, or comes again every year."""
    if found["year_form"] and not found["written"] and not found["part"] and not _RELATIVE.match(found["year"]):
        return True
    return bool(_RECURS.search(folded, max(0, found.start() - 5), found.start()))


def _mention(found: regex.Match[str]) -> DateMention:
    parts = {name: text for name, text in found.groupdict().items() if text is not None}
    form = next(name for name in _FORMS if f"{name}_form" in parts)
    year, suffix = parts.get("year", ""), parts.get("suffix", "").strip()
    relative = year if _RELATIVE.match(year) else ""
    year_to = parts.get("year_to", "")
    return DateMention(
        start=found.start(),
        end=found.end(),
        year="" if relative else year,
        month=parts.get("month", ""),
        day=parts.get("day", ""),
        year_to="" if _RELATIVE.match(year_to) else year_to,  # «至次年1月3日»: that it comes after the first says it
        month_to=parts.get("month_to", ""),
        day_to=parts.get("day_to", ""),
        relative=relative,
        part=parts.get("part", "").strip(),
        open_start="since" in parts or suffix in _OPENS,
        until="until" in parts or suffix in _CLOSES,
        doubt="missing_range_mark" if form == "two_days" else "",
        rule=f"date_{form}",
    )
