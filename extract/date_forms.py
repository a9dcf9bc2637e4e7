"""The grammar of dates as written, as one pattern; extract/dates.py reads its matches.

On folded text; blanks, no line end, may stand between all parts; forms are tried in this order:

    date     = until? since? (monthly | numeric | dotted | year | season) suffix?
    monthly  = year? month (months | days | two days | day | month)
    months   = dash year? month                      7-10月, 2020年1月至4月, 2014年3、4月
    days     = 月 day dash year? month? day           10月1——25日, 12月28日至次年1月3日, 4月23日、24日
    thirds   = 月 (third | day) dash month third?     10月下旬至11月上旬, 4月15日至5月底
    two days = 月 day month day                       10月10日11月20日: the dash is missing, a doubt
    day      = 月 day                                 3月4日, 8月20起, 三月五号
    month    = 月 third?                              元月, 6月中旬, 11月底
    numeric  = 2013-05-06 | 2013.5 | 20140506 | 2013.5.6-5.8
    dotted   = 5.18国际博物馆日 | 4·23
    year     = year (dash year)? season?             2014年, 2013—2014年, 2018年上半年, 2014年底
    season   = 上半年 | 第三季度 | 一至三季度 | 年底
    dash     = one to four of - — – ~, or 至, 到;  until = 截至…;  since = 自, 从;  suffix = 起, 以来, 前…
    year     = four digits | 二〇一四 | 民国104年 | 98年5月 | 于98年 | a word that points at one (去年, 同年, 次年)

The standard library's `re` reads this pattern in half the time that `regex` takes; it wants every group named once.
"""

from __future__ import annotations

import re

DASH = r"(?:[ ]*+(?:[-—–─~～―]{1,4}|(?:起|开始)?[ ]?(?:至|到))[ ]*+)"
_ARABIC_YEAR = r"(?:19|20)\d\d"
_HAN_YEAR = r"[一二][〇○零oO九0][〇○零oO0一二三四五六七八九]{2}"
_REPUBLIC_YEAR = r"民国[ ]?\d{2,3}"
_SHORT_YEAR = r"(?<!\d)[0-2789]\d(?=年[ ]?(?:的[ ]?)?(?:1[0-2]|0?[1-9])月|年[初底末])"  # 98年5月, 05年底
_RELATIVE_YEAR = r"[今去本当同次明上翌]年度?"
_YEAR = rf"(?:{_ARABIC_YEAR}|{_HAN_YEAR}|{_REPUBLIC_YEAR}|{_SHORT_YEAR}|{_RELATIVE_YEAR})"
_BARE_SHORT_YEAR = (  # 09年, 于98年, «，98年建成», but not 在80年的历史
    r"(?:(?<![\d.])0\d(?=年(?![级代]))"
    r"|(?<=[于自从])[789]\d(?=年(?![来前里内间的之多余以代历]))"
    r"|(?<![^，。；：、\s])[6789]\d"
    r"(?=年[ ]?(?:建|成立|创[建办]|开馆|新建|扩建|搬|迁|落成|投入|竣工|恢复|获|被|荣|购|起)))"
)
_YEAR_ALONE = (
    rf"(?:{_ARABIC_YEAR}|{_HAN_YEAR}|{_REPUBLIC_YEAR}|{_SHORT_YEAR}|{_BARE_SHORT_YEAR}|[今去本当同次明上翌]年)"
)
_MONTH = r"(?:1[0-2]|0?[1-9]|(?<![农阴夏旧]历)(?:十[一二]?|[一二三四五六七八九])|元)"
DAY = r"(?:[12]\d|3[01]|0?[1-9]|廿[一二三四五六七八九]?|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_MONTH_NUMBER, _DAY_NUMBER = r"(?:1[0-2]|0?[1-9])", r"(?:[12]\d|3[01]|0?[1-9])"
_THIRD = r"(?:上中旬|中下旬|[上中下]旬|月?[初底末](?![中级一二三四五六七八九十]))"
_SEASON = r"(?:[上下]半年|第?(?:[一二三四1-4][ ]?[、—–~～至到-][ ]?第?)?[一二三四1-4]季度|前[二两三]季度)"
_NO_DAY = r"(?![ ]*+\d{1,2}[ ]*+[日号])"


def _next_year(group: str) -> str:
    return rf"(?:(?P<{group}>{_YEAR})[ ]*+年?[ ]*+)?"


# An empty group that closes a form says which form it is; what stands behind it is the suffix.
_MONTHLY = rf"""
    (?:(?P<year>{_YEAR})[ ]*+年?[ ]*+(?:的[ ]*+)?)? (?<!\d)
    (?P<free>(?<![个两几.])|(?<=\n\d\.)|(?<=\n\d\d\.))? (?P<led>(?<=[在于从自到，；（]))?
    (?P<month>{_MONTH})
    (?:
      (?: [ ]*+(?:月份?)?{DASH}{_next_year("months_year_to")}(?P<months_month_to>{_MONTH})[ ]*+月份?{_NO_DAY}
          (?P<months>)
        | (?(year)|(?(led)|(?!)))、(?P<listed_month_to>{_MONTH})[ ]*+月份?{_NO_DAY}(?P<listed>))
    | [ ]*+月[ ]*+(?P<day>{DAY})[ ]*
        (?: (?: [日号]?{DASH}{_next_year("days_year_to")}(?:(?P<days_month_to>{_MONTH})[ ]*+月[ ]*+)?
              | [ ]*+[日号]?[ ]?(?:、[ ]?{DAY}[ ]*+[日号]?){{0,4}}[、和])           # 4月23日、24日, 3月1、2、3日
            (?P<days_day_to>{DAY})[ ]*+[日号](?P<days>)
          | [日号][ ]*+(?P<two_month_to>{_MONTH})[ ]*+月[ ]*+(?P<two_day_to>{DAY})[ ]*+[日号](?P<two_days>)
          | [日号]{DASH}{_next_year("until_year_to")}(?P<until_month_to>{_MONTH})[ ]*+月[ ]*+(?P<until_part>{_THIRD})
            (?P<until_third>)
          | (?:[日号]|(?=[ ]*+(?:起|开始|晚|上午|下午|,|，)))(?P<one_day>))
    | (?(free)|(?!))[ ]*+月份?[ ]*
        (?: (?P<first_part>{_THIRD}){DASH}{_next_year("thirds_year_to")}(?P<thirds_month_to>{_MONTH})[ ]*+月[ ]*
            (?:(?P<thirds_part>{_THIRD})|(?P<thirds_day_to>{DAY})[ ]*+[日号])?(?P<thirds>)
          | (?P<part>{_THIRD})?(?!\w?均)(?P<one_month>))
    )"""
_NUMERIC = rf"""
    (?<![\d.])(?P<n_year>{_ARABIC_YEAR})[ ]?(?P<dot>[./])[ ]?(?P<n_month>{_MONTH_NUMBER})
        (?:[ ]?(?P=dot)[ ]?(?P<n_day>{_DAY_NUMBER}){DASH}
            (?:(?P<n_year_to>{_ARABIC_YEAR})(?P=dot))?(?P<n_month_to>{_MONTH_NUMBER})(?P=dot)(?P<n_day_to>{_DAY_NUMBER})
            (?![\d.%])(?P<numeric_days>)
          | {DASH}(?P<m_year_to>{_ARABIC_YEAR})(?P=dot)(?P<m_month_to>{_MONTH_NUMBER})(?![\d.%])(?P<numeric_months>))
  | (?<![\d.])(?P<s_year>{_ARABIC_YEAR})[ ]?[-./—][ ]?(?P<s_month>{_MONTH_NUMBER})
        (?:[ ]?[-./—][ ]?(?P<s_day>{_DAY_NUMBER}))?(?![\d.%])(?![ ]*+[年月万亿余多个册人次])(?P<numeric>)
  | (?<![\dA-Za-z.])(?P<c_year>{_ARABIC_YEAR})(?P<c_month>0[1-9]|1[0-2])(?P<c_day>0[1-9]|[12]\d|3[01])(?![\d.])
        (?P<compact>)"""
_DOTTED = rf"""
    (?:(?<![\d.·])|(?<=[\n。；]·))(?P<d_month>{_MONTH_NUMBER})     # «·4·23…»: the first point is a list's
        (?: [.•・](?P<d_day>{_DAY_NUMBER})
            (?=[”"]?[ ]*+(?:来临|世界|国际|全国|读书|期间|当天|前夕|前后|系列|图书|阅读|[”"]))(?P<dotted>)
          | ·(?P<p_day>{_DAY_NUMBER})(?![\d.·%])(?P<pointed>))"""
_YEARLY = rf"""
    (?<!\d)(?P<y_year>{_YEAR_ALONE})(?:(?:[ ]*+年)?{DASH}(?P<y_year_to>{_ARABIC_YEAR}|{_HAN_YEAR}))?
        (?P<written>[ ]*+学?年)?
        (?P<y_part>[ ]*+(?:{_SEASON}|[初底末](?!中)|年[初底末]))?(?P<yearly>)
  | (?P<q_part>{_SEASON}|(?:(?<!\w)|(?<=[到至由从止]))年[初底末](?!中))(?P<season>)"""
SUFFIX = r"(?:起|开始|以来|底前|之前|以前|前(?![往台期沿来身辈景二两三]))"
DATE = re.compile(
    rf"""
    (?P<until>截[止至][ ]*+(?:到|至)?[ ]*+(?:目前)?[,，]?[ ]*+)?
    (?P<since>(?:自|从|始于)[ ]*+)?
    (?P<unsaid>(?!))?                            # a group that is never there
    (?:{_MONTHLY}|{_NUMERIC}|{_DOTTED}|{_YEARLY})
    (?:[ ]*+{SUFFIX})?
    """,
    re.VERBOSE,
)
# How every date begins, so that nothing is tried elsewhere: by far most characters are told off by the first set.
BEGINS = re.compile(
    r"""
    [0-9一二三四五六七八九十元民今去本当同次明上翌下第前年截自从始]
    (?: (?<=\d)(?:\d?[ ]*+[年月季、.•・·—–─~～―至到起开-]|(?:(?<=1)9|(?<=2)0)\d\d)     # 12月, 5.18, 1-11月, 98年5月
      | (?<=[一二三四五六七八九十元])(?:[一二三四五六七八九十元]?[ ]*+[月季、—–─~～―至到起开-]|[〇○零oO九0])   # 十月
      | (?<=[今去本当同次明上翌])年 | (?<=民)国 | (?<=[上下])半年 | (?<=年)[初底末]
      | (?<=[第前])(?:.[ ]?[、—–~～至到-][ ]?第?)?.季度
      | (?<=截)[止至] | (?<=[自从]) | (?<=始)于 )
    """,
    re.VERBOSE,
)
