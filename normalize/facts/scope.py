"""Scope: whether a number speaks of the whole library, of one activity, of one branch or of something else."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import islice
from operator import attrgetter

import regex

from normalize.facts.context import Context, told_of
from schemas.mentions import Extraction

_START = attrgetter("start")


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


_BRANCH_NAMES = ("分馆", "书房", "书吧", "书屋", "图书室", "阅读空间", "流动站", "服务点", "流通点", "驿站", "自助馆")
_BRANCH_NAME = f"(?:{'|'.join(_BRANCH_NAMES)})"
_BRANCH = _words(_BRANCH_NAME)
_BRANCH_OPENS = _words(r"创建|成立(?<!主成立)|建成|挂牌|揭牌|开馆|开门|落成|启用|投入使用|安装|对外(?:免费)?开放|送去")
_BRANCH_SUBJECT = _words(  # «名人书房位于…», «织里镇分馆是…», not «总分馆…»
    rf"""(?<![各总])(?<!农家)(?<!职工){_BRANCH_NAME}
         (?: 是 | 的(?=“)
           | [^，。；]{{0,3}}(?:位于|坐落|设[在于]|面积|占地|由(?![现原过上去自约\d])|内设|馆内|建筑
                             |(?<!建)设有|[配拥]有|配备|总?投资
                          |投入(?!使用|运行|运营)|建于)
         )"""
)
_OF_ONE_BRANCH = regex.compile(  # «城川镇分馆全年接待…», not «乡镇分馆…», «各分馆…», «3个分馆…»
    rf"""(?<=[\p{{Han}}”]{{2}})(?<!乡镇|镇村|街道|社区|村级|校园|学校|流动|基层|直属|农家|职工|城市|新建|已建|全部|下属
          |县域|成员|所有|部分|[各总个家所座处间新老主多的到为向在至从与和、及设建使])
         {_BRANCH_NAME}(?:[^，。；、]{{0,4}}(?:首月|首年|以来|开放|开馆))?(?:全年|年|共|就|即|已|累计|一年)*
         (?:接待|外借|借阅|借还|流通|办证|办理|到馆|进馆)""",
    regex.VERBOSE,
)
_BRANCH_OWN = _words(rf"(?<![各总个])(?<!所有){_BRANCH_NAME}[共就已]?(?:累计)?(?:流通|藏书|接待|外借|(?:建筑)?面积)")
_EACH_BRANCH = _words(rf"每(?:[个家处所]?{_BRANCH_NAME}|馆|[家处所](?:均|都|各)?(?:配[备有送书发]|有|藏书|存书|投入))")
_LIBRARY_SUBJECT = _words(
    r"""[我本全]馆 | [省市县区州旗]图书馆 | 总馆 | 总分馆 | 各分馆 | 全[市县区] | 全年 | 本年度 | 一年来
      | 据[^，。]{0,6}统计"""
)
_EVENT = _words(
    r"""参赛 | 比赛 | 竞赛 | 大赛 | 征文 | 评奖 | 等奖 | 评选出 | 选手 | 角逐 | 应征 | 参展 | 同台 | 颁奖
      | 为期 | 首期 | 每人 | 赠送 | 捐赠?给 | 慰问 | 巡展 | 晚会 | 联欢 | 开幕 | 现场 | 当天 | 猜灯谜 | 训练营"""
)
_NAMED_EVENT = _words(  # «“小小讲解员”训练营每周六开营，共8期»: the rest of the sentence tells of it
    r"”[^，。；“]{0,8}(?:营|赛|诵读会|朗诵会|故事会|晚会)(?=[上中里，每期]|现场)"
)
_THIS_EVENT = _words(  # «此次活动», «这次新春书展», «本届读书节共»
    r"""(?:此次|这次|该次|本次|本届)[^，。；\d]{0,10}
        (?:活动|展|赛|讲座|节|营|会(?![员议计])|培训|征文|评选)(?![馆室厅周月])
      | 该(?:项|次)?(?:活动|展览|讲座|比赛|赛事) | (?:^|[。；，])活动(?:持续|现场|当天|期间|历时|中)"""
)
_THIS_SIGN = _words(r"[次届该]|活动")  # one of these stands in whatever points back at an activity
_OTHER = _words(r"印数|预装|内置|直径|独家|国家图书馆|全国|全省(?<!来自全省)|分辨率|市民\d|总人口|人口")
_OTHER_LIBRARIES = _words(  # «全市7家公共图书馆文献总藏量…»
    r"全[省市县区州][^，。；]{0,4}(?:公共图书馆|县级馆|图书馆)(?!系统)[^，。；]{0,8}(?:藏量|藏书|接待|外借|流通|有|共)"
)
_OTHER_BODY = _words(r"(?:集团|公司|农场|学校|中学|工会|兄弟馆)[^，。；]{0,8}(?:自办|有书|藏书|拥有)")
_WHOLE_PLACE = tuple(f"全{place}" for place in "县市区省国乡镇州")
_PLACE_ENDS = tuple("县市区省旗")
_TOWNS = _words(  # «全县14个乡镇设有图书室» counts towns, «全市7家县级馆» other libraries
    r"""(?:乡|镇|街道|社区|村|学校|中小学|苏木|嘎查)[镇村]?(?:都|均|已|全部|设有|建有|文化站)
      | [省市县区]级[^，。；]{0,3}馆"""
)
_RESIDENTS = _words(r"[^，。；]{0,2}(?:群众|人口|居民|市民)")


def scope_of(context: Context, found: Extraction, branch_sentences: Mapping[int, int]) -> str:
    """Return institution, event, branch or other, for a number that is no indicator of the whole library."""
    if _is_of_other_body(context) or _OTHER.search(context.own[-14:] + context.noun[:8]) or _describes(context):
        return "other"
    if context.happening is not None:
        told = told_of(context.happening, found.folded)
        opens = _BRANCH_OPENS.search(told) and _BRANCH.search(told)
        return "branch" if opens else "event"
    if (
        _BRANCH_OWN.search(context.own)
        or ("每" in context.carried + context.own and _EACH_BRANCH.search(context.carried + context.own))
        or _is_of_branch(context, branch_sentences)
    ):
        return "branch"
    told = context.carried + context.own
    if _EVENT.search(context.clause + context.noun) or ("”" in told and _NAMED_EVENT.search(told)):
        return "event"
    return "event" if goes_on_about_event(context) else "institution"


def _is_of_branch(context: Context, branch_sentences: Mapping[int, int]) -> bool:
    """Whether the sentence has named a branch as its subject before the number, and the library has not come back."""
    named = branch_sentences.get(context.sentence.start)
    if named is None or context.mention.start < named:
        return False
    part = context.carried + context.own
    return bool(_BRANCH.search(part)) or not _LIBRARY_SUBJECT.search(part)


def goes_on_about_event(context: Context) -> bool:
    """Return whether a number's sentence goes on about one activity told before it («此次活动共发放传单500份»)."""
    told = context.carried + context.own
    found = _THIS_EVENT.search(told) if _THIS_SIGN.search(told) else None
    return found is not None and not _LIBRARY_SUBJECT.search(told, found.end())


def _is_of_other_body(context: Context) -> bool:
    """Whether another body is the subject, and the library has not come back as one."""
    told = context.carried + context.own
    found = _OTHER_BODY.search(told)
    if found is None and ("公共" in told or "级馆" in told):
        found = _OTHER_LIBRARIES.search(told)
    return found is not None and not _LIBRARY_SUBJECT.search(told, found.end()) and "与我馆" not in told


def _describes(context: Context) -> bool:
    """Whether the number measures a thing that is being described, or counts people that are not the library's."""
    crowd = context.own.endswith(_WHOLE_PLACE) and _RESIDENTS.match(context.noun)
    crowd = crowd or (context.own.endswith(_PLACE_ENDS) and _TOWNS.match(context.noun))
    return context.quantity.family == "words" or context.quantity.unit in {"米", "厘米", "毫米"} or bool(crowd)


def branch_sentences(found: Extraction) -> dict[int, int]:
    """Return where the sentences start that speak of one branch, and where they begin to: at its name, or at once.

    Where a sentence tells what a branch is («…位于…»), those after it go on about it to the end of the paragraph, or
    until the library as a whole is the subject; a sentence that only tells of its use speaks for itself.
    """
    sentences, folded = found.sentences, found.folded
    about: dict[int, int] = {}
    for first, at, lasts in _with_branch_as_subject(found):
        if not lasts:
            about.setdefault(sentences[first].start, at)
            continue
        for sentence in islice(sentences, first, None):
            again = sentence.start in about or sentence.block != sentences[first].block
            goes_on = sentence is sentences[first] or not _LIBRARY_SUBJECT.search(folded, sentence.start, sentence.end)
            if again or not goes_on:
                break
            about[sentence.start] = sentence.start
    return about


def _with_branch_as_subject(found: Extraction) -> Iterator[tuple[int, int, bool]]:
    """Yield the sentences whose subject is a branch, where its name stands, and whether what follows is about it."""
    folded = found.folded
    for name in _BRANCH_NAMES:
        at = folded.find(name)
        while at >= 0:
            place = bisect_right(found.sentences, at, key=_START) - 1
            end = found.sentences[place].end if place >= 0 else 0
            if place >= 0 and _BRANCH_SUBJECT.match(folded, at, end):
                yield place, at, True
            elif place >= 0 and _OF_ONE_BRANCH.match(folded, at, end):
                yield place, at, False
            at = folded.find(name, at + 1)
