"""What a happening is called: the shortest phrase that names it, without what only counts or quotes."""

from __future__ import annotations

import re

from normalize.events.fronts import front
from normalize.events.names import Name, clause_name
from normalize.events.telling import Telling
from normalize.events.verbs import HELD

_ACTS = re.compile(
    "进行|完成|实现|开通|成立|创建|建成|挂牌|引进|添置|更新|赠送|送去|安装|迎来|观看|学习|清理|启用|上线|开放|取消|整理"
)
_COUNTED_END = re.compile(
    r"""[，\s]*(?:各|共|约|近|超|合计)?[\d一二两三四五六七八九十百千万]+[\d.,万余多]*
        [册本人名件幅台张场次种部套块组期份元棵天个家间]+次?$""",
    re.VERBOSE,
)
_COUNTED_FRONT = re.compile(r"^\d+[多余]?[名位个人]")
_OCCASION = re.compile(  # «服务宣传周期间，在人民路设点»: what was done there has no other name
    r"(?P<name>[^，。；、：\s\d日号起至]{2,14}(?:宣传|服务|活动|读书|阅读|科普|文化|艺术)[周月节])期间"
)
_LONGEST = 60


def title_of(telling: Telling, name: Name | None) -> str | None:
    """Return the title: the name, or the first clause where there is none, trimmed of what does not name.

    >>> from normalize.events.names import name_in
    >>> from normalize.events.telling import telling_of
    >>> telling = telling_of("为迎接六一，我馆在少儿室举办了亲子绘本讲座，20个家庭参加")
    >>> title_of(telling, name_in(telling))
    '亲子绘本讲座'
    """
    if name is None and (occasion := _OCCASION.search(telling.lead_in)):
        return _unquoted(occasion["name"])
    name = (
        name
        or _acting_clause(telling)
        or next((clause_name(telling, start, "clause") for start, _ in telling.clauses()), None)
    )
    if name is None:
        return None
    title = telling.text[name.start : name.end]
    if name.found == "clause" and (verb := HELD.match(telling.masked, name.start, name.end)):
        title = telling.text[front(telling, verb.end(), name.end, subject=False) : name.end] or title
    if name.found in {"clause", "deed"}:
        title = _COUNTED_FRONT.sub("", _COUNTED_END.sub("", title) or title)
    return _unquoted(title)[:_LONGEST] or None


def _unquoted(title: str) -> str:
    """Return a title without quotation marks that stand around the whole of it, or without their pair."""
    title = title.replace("（）", "")
    whole = title[1:-1]
    if title[:1] in "“「‘" and title[-1:] in "”」’" and not set(whole) & set("“”「」"):
        return whole
    for opening, closing in ("“”", "《》", "「」", "（）"):
        if title.count(closing) != title.count(opening):
            title = title.strip(opening + closing)
    return title.rstrip("；;，,。 、")


def _acting_clause(telling: Telling) -> Name | None:
    """Return the first clause that says what was done, else None."""
    for start, end in telling.clauses():
        inside = any(start <= word.start < end for word in telling.words)
        if (inside and end - start > 4) or _ACTS.search(telling.text, start, end):
            return clause_name(telling, start, "clause")
    return None
