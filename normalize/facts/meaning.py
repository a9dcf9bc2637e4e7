"""What is said of a number beside its metric: measure, aggregation and status, each from the words around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from operator import attrgetter

from normalize.facts.changes import is_elliptical, led_by_comparison, reaches
from normalize.facts.context import FARTHEST, Context, told_of
from schemas.mentions import Extraction, Section

_BLOCK = attrgetter("block")
_PERCENT = {"%", "‰", "百分点", "倍", "成"}


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


_CHANGES = _words(  # «同比增长12%», «较上年下降3个百分点», «是上年的1.5倍»
    r"""增长 | 增加 | 增幅 | 上升 | 提高 | 提升 | 下降 | 减少 | 降低 | 降幅 | 下滑 | 翻番 | 同比 | 环比
      | [较比](?:上|去)年 | (?:上|去)年的 | (?:是|为|达|相当于)(?:19|20)\d\d年的"""
)
_CHANGE_SIGN = _words(r"[增添新多设提减降少]")  # one of these stands in whatever says that a number changed
_INCREASES = _words(  # «增加了15张小圆凳», «新增座席60个»
    r"(?:增加|新增|增添|新添|添置|添了|多了|增设|增长|提高)了?[^，。；]{0,12}$"
)
_COMPARED = _words(
    r"(?:[比较](?:上|去|前)|同比|[比较]\d{2,4}年|环比)[^，。；]{0,8}(?:增加|增长|净增|减少|下降|[多少](?:拨|投|购|借|办)?)了?$"
)
_INCREASED_STEM = _words(r"(?:增加|增添|增设|添置)了|新增|新添|添了")
_DECREASES = _words(r"(?:减少|下降|降低|少了)了?[^，。；]{0,10}$")
_DAILY = _words(r"日均|平均每[天日]|每天平均|日平均")
_PEAK = _words(r"峰值|最高|高峰|高达|单日最多|最多(?:时|达|的?一天|的一[日场])|创下?单日$")
_RECURRING_SIGN = _words(r"[日均每最峰高各]")  # one of these stands in whatever says that a number is no total
_EACH = _words(  # «每月更新», «每场次», «人均», «各增加了一组», «两组各有16位»
    r"""(?: 每(?!年|一?次?天?不|个人都能)[^，。；\d]{1,8}
          | 人均 | 平均 | 均
          | (?<=[^\w]|[①-⒛组室部馆处村点校区镇])各(?![类种项级界地个族大色方]|分馆|乡镇|社区|学校)[^，。；]{0,6}
        )[^，。；]{0,12}$
      | 各$"""
)
_PLANS = _words(
    r"""计划(?!生育|免疫|表|单列|经济|书|完成|执行)
      | 拟(?<![虚模]拟)(?![定订人好稿])
      | 将(?<![即行]将)(?!至|近|临|来自|其|此|这|书|士|军|全部|收集|图书)    # «将开展», not «将图书送到», «春节将至»
          (?![^，。；]{2,20}(?:通过|进行|[由从]原))
          (?![^，。；]{0,14}(?:了|列为|作为|评为|送到|送进|赠|捐|分类|结合))
      | 力争 | 预计 | 打算 | 承诺(?![书制])
      | 争取(?=在|于|实现|完成|年内|早日|到(?:\d+[年月]|年[底末]|明年|[上下]半年))  # not «争取资金»
      | 目标[是为] | 确保(?=在|到|实现|年) | 准备(?=在|于|新|建) | 规划(?=建|到|新)"""
)
_STRONG_PLANS = _words(  # these speak for the rest of their paragraph
    r"""拟(?<![虚模]拟)(?![定订人好稿]) | 新的一年 | 下一年 | 来年 | 明年 | 下一步 | 下一阶段 | 今后
      | 20\d\d年[,，]?(?:我馆)?(?:将|拟|计划)"""
)
_AHEAD = _words(  # «明年购书2000册», «来年准备：», not «为明年的评估打下基础»
    r"(?<![为了对])(?:来年|明年|下一年度?|新的一年|下一步|下一阶段)(?![^，。；：]{0,8}(?:打下|奠定|做好准备))"
)
_FROM_NOW = _words(r"[由从自](?:现在|现有|目前|原来|原有|过去)的?$")  # «由现在的4个发展到8个»
_FIRST_SENTENCE = _words(r"[^。！？]*")
_DID = _words(r"了|已|实际")
_DONE = _words(r"了|已经?|实际|共计|圆满|成功|流通\d")
_FUTURE_HEADING = _words(r"下一?步|今后|打算|展望|来年|明年|下一年|新的?一年|设想|思路|准备|努力方向|新年")
_PLAN_TITLE = _words(  # «2014年工作计划», not «2013年工作总结和2014年工作计划»
    r"^(?!.*(?:总结|年报|报告|汇报|回顾|情况|完成)).*(?:计划|要点|打算|思路|安排|设想|规划)(?!生育|免疫)"
)
_SENTENCE = _words(r"[。；！？\n]")
_RESULT = _words(
    r"""(?:完成|举办|开展|建成|实现|取得|接待|新增|增加|购置|获得|荣获|达到)了 | 已
      | 共计?(?=[接举开办外征收完采购发新]|\d)"""
)
_FEW = 2  # one sentence alone may look back before it looks ahead


def measure_of(context: Context, has_own_flow: bool) -> str:
    """Return level, increase, decrease, rate or share; a flow with a metric of its own («新增») is a level."""
    if context.quantity.unit not in _PERCENT and not _CHANGE_SIGN.search(context.clause):
        return "level"
    if reaches(context.own):  # «增至63小时», «提高到98%»: what it came to, not by how much
        return "share" if context.quantity.unit in _PERCENT else "level"
    if context.quantity.unit in _PERCENT:
        is_fold = context.mention.rule == "quantity_fold"  # «翻一番»
        return "rate" if is_fold or _CHANGES.search(context.clause[-20:] + context.noun[:8]) else "share"
    led = led_by_comparison(context.carried) and (_INCREASES.search(context.own) or _DECREASES.search(context.own))
    bare = is_elliptical(context.own) and not context.noun.strip()  # «外借7.5万册次，减少2700册次。»
    if led or bare or _COMPARED.search(context.own):
        return "decrease" if _DECREASES.search(context.own) else "increase"
    if has_own_flow:
        return "level"
    if _DECREASES.search(context.own):
        return "decrease"
    if _INCREASES.search(context.own) or _lists_increase(context):
        return "increase"
    return "level"


def _lists_increase(context: Context) -> bool:
    """Whether the number goes on with a list that «增加了…» opened."""
    lists = context.own.startswith("、") or context.own.endswith(("、", "和", "与", "及"))
    return lists and bool(_INCREASED_STEM.search(context.clause))


def aggregation_of(context: Context) -> str:
    """Return total, daily_mean, peak or per_event."""
    if not _RECURRING_SIGN.search(context.clause):
        return "total"
    if _DAILY.search(context.clause):
        return "daily_mean" if not _PEAK.search(context.own) else "peak"
    if _PEAK.search(context.own):
        return "peak"
    own = context.clause if context.own.strip()[:1] in {"", "、"} else context.own
    return "per_event" if _EACH.search(own) else "total"


def status_of(context: Context, found: Extraction) -> str:
    """Return planned or actual: by the section, by words of planning before the number, or earlier in the paragraph."""
    before = found.folded[context.sentence.start : context.mention.start]
    if context.happening is not None:
        told = told_of(context.happening, found.folded)
        return "planned" if is_planned(found, context.section, told) else "actual"
    planned = _in_plan(context.section, found) or _plans(before)
    planned = planned or (is_titled_plan(found) and not _DONE.search(context.clause))
    if planned or (_AHEAD.search(before) and not _DONE.search(before)):
        return "actual" if is_from_now(context.own) else "planned"
    first = found.sentences[bisect_left(found.sentences, context.sentence.block, key=_BLOCK)]
    start = max(first.start, context.sentence.start - FARTHEST)
    announced = _STRONG_PLANS.search(found.folded, start, context.sentence.start)
    return "planned" if announced and not _DONE.search(context.clause) else "actual"


def is_planned(found: Extraction, section: Section | None, told: str) -> bool:
    """Return whether a happening is told as planned: in a plan without a word of its being done, or by its words."""
    if _in_plan(section, found) or is_titled_plan(found):
        return bool(_PLANS.search(told)) or not _DONE.search(told)
    first = _FIRST_SENTENCE.match(told)
    return _plans(first[0]) if first else False


def _plans(text: str) -> bool:
    """Return whether a text ends under a word of planning: none of doing follows it."""
    if not _PLANS.search(text):
        return False
    *_, last = _PLANS.finditer(text)
    return not _DID.search(text, last.end())


def _in_plan(section: Section | None, found: Extraction) -> bool:
    """Whether a section, or the nearest around it that is a plan, a summary or a chronicle, is a plan."""
    while section is not None:
        if section.kind in {"plan", "summary", "chronicle"}:
            return section.kind == "plan" and (
                bool(_FUTURE_HEADING.search(section.title))
                or not _tells_what_was_done(found.folded[section.title_end : section.end])
            )
        section = found.sections[section.parent] if section.parent is not None else None
    return False


def is_from_now(own: str) -> bool:
    """Return whether a number is what there is now and a plan starts from («由现在的4个发展到8个»).

    >>> is_from_now("流通点由现在的"), is_from_now("流通点发展到")
    (True, False)
    """
    return bool(_FROM_NOW.search(own))


def is_titled_plan(found: Extraction) -> bool:
    """Return whether the document's own title makes all of it a plan («2014年工作计划»): it does not tell results."""
    if found.title is None:
        return False
    return _names_plan(found.folded[slice(*found.title)]) and not _tells_what_was_done(found.folded)


@lru_cache(maxsize=64)
def _names_plan(title: str) -> bool:
    return bool(_PLAN_TITLE.search(title))


@lru_cache(maxsize=64)
def _tells_what_was_done(text: str) -> bool:
    """Whether a section tells results although its heading names a plan («2014年工作要点» in the report on 2014).

    Words of doing must stand in two sentences at least, and in more of them than words of planning.
    """
    told = [sentence for sentence in _SENTENCE.split(text) if sentence.strip()]
    done = sum(bool(_RESULT.search(sentence)) for sentence in told)
    planned = sum(bool(_PLANS.search(sentence) or _STRONG_PLANS.search(sentence)) for sentence in told)
    return done >= _FEW and done > planned
