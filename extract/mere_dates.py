"""Dates that tell of no happening: of papers, of signatures, of counts."""

from __future__ import annotations

import re

from schemas.document import Block
from schemas.mentions import DateMention

_OF_A_PAPER = re.compile(  # «2012年3月15日印发的…», «3月1日发布的规则», «由…2012年7月出版»
    r"""[^，。；、\n]{0,14}?(?: (?:印发|下发|颁布|签发|转发)
                             | (?:发布|公布|出台|施行|实施|召开)的[^，。；]{0,12}
                               (?:规则|办法|规定|通知|意见|方案|精神|要求|文件|条例|标准|名单)
                             | 出版(?=[，。；,]) | (?:提取|制表|填报|统计)(?=[）)，。]|$) )""",
    re.VERBOSE,
)
_BY_A_PAPER = re.compile(r"(?:根据|按照?|依照|照着|依据|遵照|贯彻|落实)[^，。；\n]{0,16}$")
_PAPER = re.compile(r"[^，。；\n]{0,24}(?:文件|通知|精神|意见|方案|规定|办法|规则|任务书|会议)")
_COUNTS = re.compile(  # «1—11月进馆读者41万人次», «7月至8月日均到馆1800人次», «1—6月4.4万人次»
    r"""[^，。；\d“《\n]{0,10}
        (?:[进到入来]馆|接待|外借|借阅|借还|流通|办证|日均|读者|总计|合计|累计|共计|平均|完成)[^，。；\d“《\n]{0,8}\d
      | [,，]?[ ]?(?:共|累计|图书馆|我馆){0,2}(?:接待读者|到馆|进馆|外借|借阅|流通|办证)[^，。；\d“《\n]{0,8}\d
      | [ ]?\d[\d.,]{0,12}[万余多]{0,2}(?:人次|册次|册|人)""",
    re.VERBOSE,
)
_PEAKS = re.compile(
    r"[^，。；\n]{0,6}(?:创下|单日|当日|达到?)[^，。；\d\n]{0,6}(?:单日)?\d[^，。；\n]{0,12}(?:最高|纪录|峰值)"
)
_SIGNS = re.compile(r"(?:馆|室|局|委|会|站|中心|制|填报|日期|时间|印发)[：:]?[ 　]*$")


def is_mere(folded: str, block: Block, date: DateMention) -> bool:
    """Return whether a date of a paragraph tells of no happening.

    It dates a paper («…印发的通知»), signs the report («某某图书馆 2013年1月15日»), says for which months something is
    counted («1—11月接待读者…»), names the day of a record, or only points back at the day last named («当天…»).
    """
    if date.rule == "date_same_day":
        return True
    if not folded[date.end : block.end].strip("日。 　") and _SIGNS.search(folded, block.start, date.start):
        return True
    if _OF_A_PAPER.match(folded, date.end, block.end):
        return True
    if _BY_A_PAPER.search(folded, max(block.start, date.start - 24), date.start) and _PAPER.match(folded, date.end):
        return True
    if not date.day and _COUNTS.match(folded, date.end, block.end):
        return True
    return bool(_PEAKS.match(folded, date.end, block.end))
