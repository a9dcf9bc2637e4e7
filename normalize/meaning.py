"""What is said of a number beside its metric: measure, aggregation, status and scope, each from the words around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex

from normalize.context import Context
from schemas.mentions import Extraction, Section

_PERCENT = {"%", "‰", "百分点", "倍"}
_CHANGES = regex.compile(
    r"增长|增加|增幅|上升|下降|减少|降低|提高|提升|同比|较上年|比上年|较去年|比去年|环比|翻番|上年的|去年的|降幅|下滑"
)
_INCREASES = regex.compile(r"(?:增加|新增|增添|多了|增设|增长|提高)了?[^，。；]{0,12}$")
_INCREASED_STEM = regex.compile(r"(?:增加|新增|增添|增设)了")
_DECREASES = regex.compile(r"(?:减少|下降|降低|少了)了?[^，。；]{0,10}$")
_DAILY = regex.compile(r"日均|平均每天|每天平均|平均每日|日平均")
_PEAK = regex.compile(r"峰值|最高|高峰|单日最多|最多(?:时|达|一天)|高达")
_EACH = regex.compile(
    r"(?:每(?!周|年|星期|一?次?天?不|个人都能)[^，。；\d]{1,8}|人均|平均|均|(?<=[^\w]|组|室|部|馆|处|村|点|校|区|镇)各(?!类|种|项|级|界|地|个|族|大|色|方|分馆|乡镇|社区|学校)[^，。；]{0,6})[^，。；]{0,12}$"
)
_PLANS = regex.compile(
    r"计划(?!生育|免疫|表|单列|经济|书|完成|执行)|拟(?!定|订|人|好|稿)|(?<![即行])将(?!近|来自|其|此|这|书|士|军|全部|收集|图书|近|[^，。；]{0,14}(?:了|列为|作为|评为|送到|送进|赠|捐|分类|结合))|力争|预计|打算|争取(?=在|到|于|实现|完成|年内|早日)|承诺(?!书|制)|目标(?:是|为)|确保(?:在|到|实现|年)|准备(?=在|于|新|建)|规划(?=建|到|新)"
)
_STRONG_PLANS = regex.compile(
    r"拟(?!定|订|人|好|稿)|年内拟|新的一年|下一年|来年|明年|下一步|下一阶段|今后|20\d\d年,?，?(?:我馆)?(?:将|拟|计划)"
)
_FIRST_SENTENCE = regex.compile(r"[^。！？]*")
_DID = regex.compile(r"了|已")
_DONE = regex.compile(r"了|已经?|共计|开展了|完成了|圆满|成功|流通\d")
_BRANCH_NAME = r"(?:分馆|书房|书吧|书屋|图书室|阅读空间|流动站|服务点|驿站|自助馆)"
_BRANCH_OPENS = regex.compile(r"创建|(?<!主)成立|建成|挂牌|开馆|落成|安装|对外(?:免费)?开放|送去|揭牌|启用|投入使用")
_BRANCH_SUBJECT = regex.compile(
    rf"{_BRANCH_NAME}[^，。；]{{0,3}}(?:位于|坐落|设在|设于|面积|占地|由|内设|馆内|建筑|(?<!建)设有|配有|配备|拥有|总投资|投资|建于|是我)"
)
_BRANCH_OWN = regex.compile(
    rf"(?<![各总])(?<!所有)(?<!个){_BRANCH_NAME}(?:共|累计|就|已)?(?:流通|藏书|接待|外借|面积|建筑面积)"
)
_LIBRARY_SUBJECT = regex.compile(
    r"我馆|本馆|全馆|[省市县区州旗]图书馆|总馆|全[市县区]|总分馆|据[^，。]{0,6}统计|各分馆|全年|本年度|一年来"
)
_EVENT = regex.compile(
    r"参赛|比赛|竞赛|大赛|征文|评奖|等奖|选手|为期|每人|赠送|捐赠给|捐给|慰问|巡展|晚会|开幕|现场|当天|同台|参展|应征|评选出|角逐|联欢|颁奖|首期"
)
_OTHER = regex.compile(r"预装|内置|直径|独家|老专家|国家图书馆|全国|全省|每个设备|分辨率|市民\d|总人口|人口")


def measure_of(context: Context, has_own_flow: bool) -> str:
    """Return level, increase, decrease, rate or share; a flow with a metric of its own («新增») is a level."""
    if context.quantity.unit in _PERCENT:
        return "rate" if _CHANGES.search(context.clause[-20:] + context.noun[:8]) else "share"
    if has_own_flow:
        return "level"
    if _DECREASES.search(context.own):
        return "decrease"
    if _INCREASES.search(context.own) or _lists_increase(context):
        return "increase"
    return "level"


def _lists_increase(context: Context) -> bool:
    """Whether the number goes on with a list that «增加了…» opened."""
    return context.own.endswith(("、", "和", "与", "及")) and bool(_INCREASED_STEM.search(context.clause))


def aggregation_of(context: Context) -> str:
    """Return total, daily_mean, peak or per_event."""
    if _DAILY.search(context.clause):
        return "daily_mean" if not _PEAK.search(context.own) else "peak"
    if _PEAK.search(context.own):
        return "peak"
    own = context.own if context.own.strip() else context.clause
    return "per_event" if _EACH.search(own) else "total"


def status_of(context: Context, found: Extraction) -> str:
    """Return planned or actual: by the section, by words of planning before the number, or earlier in the paragraph."""
    before = found.folded[context.sentence.start : context.mention.start]
    if context.happening is not None:
        told = found.folded[context.happening.start : context.happening.end]
        return "planned" if is_planned(found, context.section, told) else "actual"
    if _in_plan(context.section, found.sections) or _plans(before):
        return "planned"
    start = next(item.start for item in found.sentences if item.block == context.sentence.block)
    earlier = found.folded[start : context.sentence.start]
    return "planned" if _STRONG_PLANS.search(earlier) and not _DONE.search(context.clause) else "actual"


def is_planned(found: Extraction, section: Section | None, told: str) -> bool:
    """Return whether a dated happening is told as planned: in a plan without a word of it being done, or by its words."""
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


def scope_of(context: Context, found: Extraction, branch_sentences: Mapping[int, bool]) -> str:
    """Return institution, event, branch or other, for a number that is no indicator of the whole library."""
    if _OTHER.search(context.own[-14:] + context.noun[:8]) or context.quantity.family in {"words", "length"}:
        return "other"
    if context.happening is not None:
        told = found.folded[context.happening.start : context.happening.end]
        opens = _BRANCH_OPENS.search(told) and regex.search(_BRANCH_NAME, told)
        return "branch" if opens else "event"
    if _BRANCH_OWN.search(context.own) or branch_sentences.get(context.sentence.start):
        return "branch"
    near = context.clause + context.noun
    return "event" if _EVENT.search(near) else "institution"


def branch_sentences(found: Extraction) -> dict[int, bool]:
    """Return by sentence start whether the sentence speaks of one branch: it names one as its subject, or goes on."""
    speaks: dict[int, bool] = {}
    current, block = False, -1
    for sentence in found.sentences:
        text = found.folded[sentence.start : sentence.end]
        if sentence.block != block:
            current, block = False, sentence.block
        if _BRANCH_SUBJECT.search(text):
            current = True
        elif _LIBRARY_SUBJECT.search(text):
            current = False
        speaks[sentence.start] = current
    return speaks
