"""What stands before the name of a happening and is no part of it: the library as subject, the place, a count."""

from __future__ import annotations

import re

from normalize.events.telling import Telling, lead_end
from schemas.words import HAN


def _phrase(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


_SUBJECT = _phrase(  # «我馆», «某县图书馆党支部», but not the library of «图书馆服务», «自助图书馆»
    r"""(?:我馆|本馆|我们
      |[^，。；在“”《》]{0,14}?(?<!自助|流动|汽车|数字|少儿)图书馆
        (?![学协]会|阅览|读者|之|内|服务|业|法|联|理|古|总分|管|代表|同行|馆长|领导|系统|工作(?!人员|者)|年会|建成|分馆|评估|副)
        (?:党支部|工会|团支部|党总支|全体[^，。]{0,6}|职工)?)"""
)
_PLACE = r"""[^，。；“”]{2,24}?(?:馆|室|厅|场|学校|小学|中学|幼儿园|社区|村|镇|乡|院|园|中心|站|居委会)
    (?![^，。；“”]{0,6}(?:馆|室|厅|广场|小学|中学|社区|村|站|院))"""
_PLACE += rf"(?=[{HAN}“《])"
_AT = _phrase(rf"(?:在|于){_PLACE}")  # «在文化广场»
_CAME = _phrase(rf"[^，。；“”《》在到]{{0,10}}(?:到|来到|走进){_PLACE}")  # «志愿者到某某村»
_FRONT = _phrase(
    r"""(?:了|的|过|为期[^，。的]{1,6}的|由[^，。；]{2,30}?(?:主办|举办|承办|组织)的|[，：、\s]
      |(?:联合|共同|正式|隆重|成功|先后|积极|特|分别|陆续|如期|顺利|还|又|并|将|计划|拟|全力)+(?![员手])
      |(?:[约近]?\d+|[一二两三四五六七八九十]+)(?:余|多)?[场期次项名位个](?:次|余|多)?)"""
)


def front(telling: Telling, start: int, end: int, *, subject: bool) -> int:
    """Return where a name in telling.text[start:end] begins; `subject`: the library may stand before it.

    >>> from normalize.events.telling import telling_of
    >>> front(telling_of("我馆在文化广场举行的灯谜会"), 0, 13, subject=True)
    7
    """
    patterns = (_SUBJECT, _AT, _FRONT) if subject else (_AT, _FRONT)
    while start < end:
        after = start + lead_end(telling.text[start:end]) if subject else start
        if after == start:
            found = next(filter(None, (pattern.match(telling.masked, start, end) for pattern in patterns)), None)
            after = found.end() if found else start
        if after >= end or after == start:
            break
        start = after
    return start


def after_coming(telling: Telling, start: int, end: int) -> int:
    """Return where the words go on behind those that say who came where («志愿者到某某村»), or `start`."""
    came = _CAME.match(telling.masked, start, end)
    return int(came.end()) if came else start
