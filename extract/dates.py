"""Dates as written: days, ranges of days, months, years, with the strings of their parts.

Grammar, on folded text (blanks may stand between all parts):

    date    = prefix? (range | single) suffix?
    single  = year? month day? | year? month third | year half? | relative month? | numeric
    range   = single dash month? day | year? month dash month | single single (the dash is missing: a doubt)
    dash    = one or more of - — – － ~ ～, or 至, 到
    prefix  = 截止(到|至)? | 截至 | 自 | 从 | 到;  suffix = 起 | 开始 | 以来 | 前 | 底前
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from schemas.mentions import DateMention

_DASH = r"(?:\s*(?:[-—–─~～―-]{1,4}|至|到)\s*)"
_HAN_YEAR = r"[一二][〇○零oO九0][〇○零oO0一二三四五六七八九]{2}"
_YEAR = rf"(?:(?:19|20)\d\d|{_HAN_YEAR}|民国\s?\d{{2,3}}|[今去本当同次明上]年度?|次年|翌年)"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|元)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9]|廿[一二三四五六七八九]?|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_THIRD = r"[上中下]旬|月?[初底末](?![中级])"

_DATE = regex.compile(
    rf"""
    (?P<until>截[止至]\s*(?:到|至)?\s*(?:目前)?[,，]?\s*)?
    (?P<since>(?:自|从|始于)\s*)?
    (?:
      # 7-10月, 2020年1月至4月, 10月至12月, 1—11月份
      (?:(?P<y_a>{_YEAR})\s*(?:年)?\s*)?(?<!\d)(?P<m_a>{_MONTH})\s*(?:月份?)?{_DASH}(?:(?P<y2_a>{_YEAR})\s*年\s*)?(?P<m2_a>{_MONTH})\s*月份?(?!\s*\d{{1,2}}\s*[日号])
      # 10月1——25日, 6月29—7月7日, 2月10-13日, 12月28日至次年1月3日
    | (?:(?P<y_b>{_YEAR})\s*年?\s*)?(?<!\d)(?P<m_b>{_MONTH})\s*月\s*(?P<d_b>{_DAY})\s*[日号]?{_DASH}
        (?:(?P<y2_b>{_YEAR})\s*年?\s*)?(?:(?P<m2_b>{_MONTH})\s*月\s*)?(?P<d2_b>{_DAY})\s*[日号]
      # 10月10日11月20日: the dash is missing
    | (?:(?P<y_c>{_YEAR})\s*年?\s*)?(?<!\d)(?P<m_c>{_MONTH})\s*月\s*(?P<d_c>{_DAY})\s*[日号](?P<gap>\s*)(?P<m2_c>{_MONTH})\s*月\s*(?P<d2_c>{_DAY})\s*[日号]
      # 2014年12 月 26日, 3月4日, 8月20起, 三月五号
    | (?:(?P<y_d>{_YEAR})\s*年?\s*)?(?<!\d)(?P<m_d>{_MONTH})\s*月\s*(?P<d_d>{_DAY})\s*(?:[日号]|(?=\s*(?:起|开始|晚|上午|下午|,|，)))
      # 2014年6月中旬, 5月初, 11月底, 2014年3月份, 元月
    | (?:(?P<y_e>{_YEAR})\s*年?\s*)?(?<![\d个两几.])(?P<m_e>{_MONTH})\s*月份?\s*(?P<third>{_THIRD})?(?![\d\w]{{0,1}}均)
      # 2013-05-06, 2013.5.6, 2013/5/6, 2013.5
    | (?<![\d.])(?P<y_f>(?:19|20)\d\d)\s?[-./—]\s?(?P<m_f>1[0-2]|0?[1-9])(?:\s?[-./—]\s?(?P<d_f>[12]\d|3[01]|0?[1-9]))?(?![\d.%])(?!\s*[年月万亿余多个册人次])
      # 4.23来临之际, 4·23世界读书日, “5.18”
    | (?<![\d.])(?P<m_g>1[0-2]|0?[1-9])[.·•・](?P<d_g>[12]\d|3[01]|0?[1-9])(?=[”"]?\s*(?:来临|世界|国际|全国|读书|期间|当天|前夕|前后|系列|图书|阅读|[”"]))
      # 2014年, 二〇一四年度, 2013—2014年, 2018年上半年, 2014年底
    | (?<!\d)(?P<y_h>{_YEAR.replace("年度?", "年").replace("|次年|翌年", "")}|次年|翌年)(?:{_DASH}(?P<y2_h>(?:19|20)\d\d|{_HAN_YEAR}))?(?P<nian>\s*年)?(?P<half>\s*(?:[上下]半年|第?[一二三四1-4]季度|[初底末](?!中)|年[初底末]))?
    )
    (?P<suffix>\s*(?:起|开始|以来|底前|之前|以前|前(?![往台期沿来身辈景])))?
    """,
    regex.VERBOSE,
)
_START = regex.compile(r"[0-9一二三四五六七八九十元民今去本当同次明上翌截自从始]")
_RELATIVE = regex.compile(r"[今去本当同次明上翌]")


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
        mention = _mention(found)
        if mention is not None:
            yield mention


def _mention(found: regex.Match[str]) -> DateMention | None:
    parts = {name: text for name, text in found.groupdict().items() if text is not None}
    form = next(name[-1] for name in ("m_a", "m_b", "m_c", "m_d", "m_e", "y_f", "m_g", "y_h") if name in parts)
    year = parts.get(f"y_{form}", "")
    relative = year if _RELATIVE.match(year) else ""
    if form == "h" and not relative and "nian" not in parts:
        return None  # a bare «2014» is no date
    third = (parts.get("third") or parts.get("half") or "").strip()
    return DateMention(
        start=found.start(),
        end=found.end(),
        year="" if relative else year,
        month=parts.get(f"m_{form}", ""),
        day=parts.get(f"d_{form}", ""),
        year_to=parts.get(f"y2_{form}", ""),
        month_to=parts.get(f"m2_{form}", ""),
        day_to=parts.get(f"d2_{form}", ""),
        relative=relative,
        part=third,
        open_start="since" in parts or parts.get("suffix", "").strip() in {"起", "开始", "以来"},
        until="until" in parts or parts.get("suffix", "").strip() in {"底前", "之前", "以前", "前"},
        doubt="missing_range_mark" if form == "c" else "",
        rule=f"date_{_RULES[form]}",
    )


_RULES = {
    "a": "months",
    "b": "days",
    "c": "two_days",
    "d": "day",
    "e": "month",
    "f": "numeric",
    "g": "month_dot_day",
    "h": "year",
}
