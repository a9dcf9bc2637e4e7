"""The noun that a number counts, as written: after the number, else the words before it that the number completes."""

from __future__ import annotations

import regex

from normalize.facts.changes import reaches
from normalize.facts.context import Context

_EDGES = "的、和与及，, \t\n"
_END_EDGES = "的、和及，, \t\n"  # «与» ends a word: 参与
_LAST_NOUN = regex.compile(r"(?r)[^\W\d_]{1,12}$")  # read from the end
_NOUN_EDGES = "的 \t\n"
_REST_OF_DATE = regex.compile(
    r"^(?:(?:年度?|月份?|日|号)的$|(?:年度?|月份?|[日号])(?=[接共全图外办举]))"
)  # of «1至12月接待读者»
_VERBS = regex.compile(r"(?r)(?:[由从]|共计?|约|达到?了?|为|有|是|了|就|已|近|累计|总计|合计|量)+$")
_CHANGES = regex.compile(r"(?:同比|环比|年均?|比[^，。；\d]{1,6})?(?:分别)?(?:增长|增加|增幅|上升|下降|减少|下滑)")
_ENDS = regex.compile(r"(?:不等|之众|见方|大小|[整正许了呢]|(?:/|每)[天日周月年次人馆场期])")  # «3万元整», «300人次/天»
_DOING = regex.compile(  # what was done by those counted, or with what was counted, and no name for them
    r"""(?:已|均|都|全部|先后|分批|陆续|分别|前来|踊跃|积极|现场|同时|共同|一起){0,3}
        (?:参加|参与|参观|参赛|参训|到场|到馆|到会|入馆|进馆|受益|受训|获奖|入选|入围|听讲|听课|观看|出席|报名|结业|上架|入藏)
        (?!的|者|人|读者|群众|市民|观众|听众|学[员生]|选手|作品|论文|图书|单位|队|登记)""",
    regex.VERBOSE,
)


def item_of(context: Context) -> str | None:
    """Return the noun counted, or None where the text names none.

    After the number a noun may be missing: there stand what became of the number («增至»), what those counted did
    («参加了讲座»), or a word that closes the amount («3万元整»). A hedge («左右») is not among the context's words.
    """
    noun = context.noun.lstrip(_NOUN_EDGES)
    if noun and noun[0] not in _EDGES and not _is_none(noun):
        return noun.removesuffix("等").rstrip(_END_EDGES) or None
    own = _VERBS.sub("", context.own.rstrip())
    last = _LAST_NOUN.search(own)
    if last is None:
        return None
    of_date = own[: last.start()][-1:].isdecimal()
    return (_REST_OF_DATE.sub("", last[0]) or None) if of_date else last[0]


def _is_none(noun: str) -> bool:
    closes = _ENDS.fullmatch(noun.rstrip())
    return closes is not None or reaches(noun) or any(words.match(noun) for words in (_CHANGES, _DOING))
