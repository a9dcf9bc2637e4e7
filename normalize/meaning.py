"""What is said of a number beside its metric: measure, aggregation, status and scope, each from the words around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence, Set
from itertools import islice
from operator import attrgetter

import regex

from normalize.changes import led_by_comparison, reaches
from normalize.context import Context
from schemas.mentions import Extraction, Section

_START, _BLOCK = attrgetter("start"), attrgetter("block")
_PERCENT = {"%", "‰", "百分点", "倍"}


def _words(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern, regex.VERBOSE)


_CHANGES = _words(  # «同比增长12%», «较上年下降3个百分点», «是上年的1.5倍»
    r"""增长 | 增加 | 增幅 | 上升 | 提高 | 提升 | 下降 | 减少 | 降低 | 降幅 | 下滑 | 翻番 | 同比 | 环比
      | [较比](?:上|去)年 | (?:上|去)年的"""
)
_INCREASES = _words(  # «增加了15张小圆凳», «新增座席60个»
    r"(?:增加|新增|增添|新添|添置|添了|多了|增设|增长|提高)了?[^，。；]{0,12}$"
)
_COMPARED = _words(
    r"(?:[比较](?:上|去|前)|同比|[比较]\d{4}年|环比)[^，。；]{0,8}(?:增加|增长|净增|减少|下降|多|少)了?$"
)
_INCREASED_STEM = _words(r"(?:增加|增添|增设|添置)了|新增|新添|添了")
_DECREASES = _words(r"(?:减少|下降|降低|少了)了?[^，。；]{0,10}$")
_DAILY = _words(r"日均|平均每[天日]|每天平均|日平均")
_PEAK = _words(r"峰值|最高|高峰|高达|单日最多|最多(?:时|达|的?一天|的一[日场])")
_EACH = _words(  # «每月更新», «每场次», «人均», «各增加了一组», «两组各有16位»
    r"""(?: 每(?!年|一?次?天?不|个人都能)[^，。；\d]{1,8}
          | 人均 | 平均 | 均
          | (?<=[^\w]|[组室部馆处村点校区镇])各(?![类种项级界地个族大色方]|分馆|乡镇|社区|学校)[^，。；]{0,6}
        )[^，。；]{0,12}$
      | 各$"""
)
_PLANS = _words(
    r"""计划(?!生育|免疫|表|单列|经济|书|完成|执行)
      | (?<![虚模])拟(?![定订人好稿])
      | (?<![即行])将(?!近|来自|其|此|这|书|士|军|全部|收集|图书)              # «将开展», not «将图书送到»
          (?![^，。；]{0,14}(?:了|列为|作为|评为|送到|送进|赠|捐|分类|结合))
      | 力争 | 预计 | 打算 | 承诺(?![书制])
      | 争取(?=在|到|于|实现|完成|年内|早日)                                     # not «争取资金»
      | 目标[是为] | 确保(?=在|到|实现|年) | 准备(?=在|于|新|建) | 规划(?=建|到|新)"""
)
_STRONG_PLANS = _words(  # these speak for the rest of their paragraph
    r"""(?<![虚模])拟(?![定订人好稿]) | 新的一年 | 下一年 | 来年 | 明年 | 下一步 | 下一阶段 | 今后
      | 20\d\d年[,，]?(?:我馆)?(?:将|拟|计划)"""
)
_FIRST_SENTENCE = _words(r"[^。！？]*")
_DID = _words(r"了|已")
_DONE = _words(r"了|已经?|共计|圆满|成功|流通\d")
_BRANCH_NAMES = ("分馆", "书房", "书吧", "书屋", "图书室", "阅读空间", "流动站", "服务点", "驿站", "自助馆")
_BRANCH_NAME = f"(?:{'|'.join(_BRANCH_NAMES)})"
_BRANCH_OPENS = _words(r"创建|(?<!主)成立|建成|挂牌|揭牌|开馆|开门|落成|启用|投入使用|安装|对外(?:免费)?开放|送去")
_BRANCH_SUBJECT = _words(  # «名人书房位于…», «织里镇分馆是…», not «总分馆…»
    rf"""(?<![各总])(?<!农家)(?<!职工){_BRANCH_NAME}
         (?: 是 | 的(?=“)
           | [^，。；]{{0,3}}(?:位于|坐落|设[在于]|面积|占地|由|内设|馆内|建筑|(?<!建)设有|[配拥]有|配备|总?投资|建于)
         )"""
)
_BRANCH_OWN = _words(rf"(?<![各总个])(?<!所有){_BRANCH_NAME}[共就已]?(?:累计)?(?:流通|藏书|接待|外借|(?:建筑)?面积)")
_EACH_BRANCH = _words(rf"每[个家处所]?{_BRANCH_NAME}")
_LIBRARY_SUBJECT = _words(
    r"""[我本全]馆 | [省市县区州旗]图书馆 | 总馆 | 总分馆 | 各分馆 | 全[市县区] | 全年 | 本年度 | 一年来
      | 据[^，。]{0,6}统计"""
)
_EVENT = _words(
    r"""参赛 | 比赛 | 竞赛 | 大赛 | 征文 | 评奖 | 等奖 | 评选出 | 选手 | 角逐 | 应征 | 参展 | 同台 | 颁奖
      | 为期 | 首期 | 每人 | 赠送 | 捐赠?给 | 慰问 | 巡展 | 晚会 | 联欢 | 开幕 | 现场 | 当天 | 猜灯谜 | 训练营"""
)
_OTHER = _words(r"预装|内置|直径|独家|国家图书馆|全国|全省|分辨率|市民\d|总?人口")
_OTHER_BODY = _words(r"(?:集团|公司|农场|学校|中学|工会|兄弟馆)[^，。；]{0,8}(?:自办|有书|藏书|拥有)")
_WHOLE_PLACE = tuple(f"全{place}" for place in "县市区省国乡镇州")
_RESIDENTS = _words(r"[^，。；]{0,2}(?:群众|人口|居民|市民)")


def measure_of(context: Context, has_own_flow: bool) -> str:
    """Return level, increase, decrease, rate or share; a flow with a metric of its own («新增») is a level."""
    if reaches(context.own):  # «增至63小时», «提高到98%»: what it came to, not by how much
        return "share" if context.quantity.unit in _PERCENT else "level"
    if context.quantity.unit in _PERCENT:
        return "rate" if _CHANGES.search(context.clause[-20:] + context.noun[:8]) else "share"
    led = led_by_comparison(context.carried) and (_INCREASES.search(context.own) or _DECREASES.search(context.own))
    if led or _COMPARED.search(context.own):
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
        told = found.folded[context.happening.start : context.happening.end]
        return "planned" if is_planned(found, context.section, told) else "actual"
    if _in_plan(context.section, found.sections) or _plans(before):
        return "planned"
    first = found.sentences[bisect_left(found.sentences, context.sentence.block, key=_BLOCK)]
    announced = _STRONG_PLANS.search(found.folded, first.start, context.sentence.start)
    return "planned" if announced and not _DONE.search(context.clause) else "actual"


def is_planned(found: Extraction, section: Section | None, told: str) -> bool:
    """Return whether a happening is told as planned: in a plan without a word of its being done, or by its words."""
    if _in_plan(section, found.sections):
        return bool(_PLANS.search(told)) or not _DONE.search(told)
    first = _FIRST_SENTENCE.match(told)
    return _plans(first[0]) if first else False


def _plans(text: str) -> bool:
    """Return whether a text ends under a word of planning: none of doing follows it."""
    planned = [match.end() for match in _PLANS.finditer(text)]
    return bool(planned) and not _DID.search(text, planned[-1])


def _in_plan(section: Section | None, sections: Sequence[Section]) -> bool:
    while section is not None:
        if section.kind in {"plan", "summary", "chronicle"}:
            return section.kind == "plan"
        section = sections[section.parent] if section.parent is not None else None
    return False


def scope_of(context: Context, found: Extraction, branch_sentences: Set[int]) -> str:
    """Return institution, event, branch or other, for a number that is no indicator of the whole library."""
    if _OTHER_BODY.search(context.clause) or _OTHER.search(context.own[-14:] + context.noun[:8]) or _describes(context):
        return "other"
    if context.happening is not None:
        told = found.folded[context.happening.start : context.happening.end]
        opens = _BRANCH_OPENS.search(told) and regex.search(_BRANCH_NAME, told)
        return "branch" if opens else "event"
    if (
        _BRANCH_OWN.search(context.own)
        or ("每" in context.clause and _EACH_BRANCH.search(context.clause))
        or context.sentence.start in branch_sentences
    ):
        return "branch"
    near = context.clause + context.noun
    return "event" if _EVENT.search(near) else "institution"


def _describes(context: Context) -> bool:
    """Whether the number measures a thing that is being described, or counts people that are not the library's."""
    crowd = context.own.endswith(_WHOLE_PLACE) and _RESIDENTS.match(context.noun)
    return context.quantity.family == "words" or context.quantity.unit in {"米", "厘米", "毫米"} or bool(crowd)


def branch_sentences(found: Extraction) -> frozenset[int]:
    """Return where the sentences start that speak of one branch: it is their subject, or they go on about it.

    They go on to the end of the paragraph, or until the library as a whole is the subject.
    """
    sentences, folded = found.sentences, found.folded
    about: dict[int, None] = {}
    for first in _with_branch_as_subject(found):
        for sentence in islice(sentences, first, None):
            again = sentence.start in about or sentence.block != sentences[first].block
            goes_on = sentence is sentences[first] or not _LIBRARY_SUBJECT.search(folded, sentence.start, sentence.end)
            if again or not goes_on:
                break
            about[sentence.start] = None
    return frozenset(about)


def _with_branch_as_subject(found: Extraction) -> Iterator[int]:
    """Yield the sentences whose subject is a branch; only where the name of one stands is there one to be found."""
    folded = found.folded
    for name in _BRANCH_NAMES:
        at = folded.find(name)
        while at >= 0:
            place = bisect_right(found.sentences, at, key=_START) - 1
            if place >= 0 and _BRANCH_SUBJECT.match(folded, at, found.sentences[place].end):
                yield place
            at = folded.find(name, at + 1)
