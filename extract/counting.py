"""Whether a number with a measure word counts anything: «一个平台» does not, «馆长一名» does."""

from __future__ import annotations

import regex

from extract.words import word_at
from schemas.measure_words import canonical_units, measure_words
from schemas.mentions import QuantityMention, Sentence

_HAN = regex.compile(r"[零〇一二两三四五六七八九十百千万亿廿卅半]+")
_FORMAL = regex.compile(r"[壹贰叁肆伍陆柒捌玖]")
_BARE_POWER = regex.compile(r"[百千万亿]+")
_SETS_UP = regex.compile(
    r"(?:新建|建成|建立|建设|新增|增加|增设|新设|设立|设置|设有|开设|开办|举办|开展|承办|举行|组织|安装|添置|购置|购买|购入|采购|配备|配置|配有|引进|"
    r"新开|成立|拥有|共有|现有|共|仅|再|各|另有|还有|完成|获|发表|出版|编辑|赠送|捐赠|收到|送去|提供了?|改造|打造了?|推出|新办|创建|布点)了?[^，。；：、]{0,14}$"
)
_ABSTRACT = regex.compile(
    r"^[^，。；：、]{0,10}?(?:平台|品牌|台阶|窗口|亮点|特色|重点|难点|环节|阶段|方面|问题|目标|任务|体系|机制|模式|氛围|环境|机会|过程|整体|形象|方向|层次|"
    r"高潮|热潮|风景|风景线|名片|阵地|载体|基础|契机|重要|新的|好的|良好|专门|又一个|人(?=[，。；]))"
)
_FACILITY = regex.compile(
    r"^[^，。；：、]{0,12}?(?:馆|室|书房|书屋|书吧|点|站|中心|空间|基地|广场|驿站|班|团|队|厅|角|机|车|项目|库)"
)
_POINTS_BACK = frozenset("这那此该")
_ENDS_CLAUSE = regex.compile(r"^[\s]*(?:[，。；：、）)(（,;:.]|$)")


def counts(folded: str, mention: QuantityMention, sentence: Sentence) -> bool:
    """Return whether a mention states how many or how much there is of something.

    1. Arabic numbers and hedged ones do, if a measure word, a scale or a clause that ends there says that they count.
    2. A number in Chinese numerals does not where it is part of a longer word (by jieba's word boundaries).
    3. A bare power («百名», «万册») names a round crowd and counts nothing.
    4. «这两个» points back at what was counted before.
    5. A bare «一» counts as its measure word says: always, where something is set up or held, or never.
    """
    number = mention.number
    han = bool(_HAN.fullmatch(number)) and not mention.before and not mention.middle and not mention.scale
    if not mention.measure_word:
        return _counts_without_unit(folded, mention, han)
    if _FORMAL.match(number):
        return len(number) > 1 or mention.measure_word in {"册", "元", "本", "人", "人次"}
    if not han or mention.number_to:
        return True
    if _is_part_of_word(folded, mention, sentence) or _BARE_POWER.fullmatch(number):
        return False
    if folded[mention.start - 1 : mention.start] in _POINTS_BACK:
        return False
    return number != "一" or _one_counts(folded, mention, sentence)


def _counts_without_unit(folded: str, mention: QuantityMention, han: bool) -> bool:
    if mention.rule in {"quantity_fraction", "quantity_fold"}:
        return True
    if mention.rule == "quantity_rough":
        return False
    ends = bool(_ENDS_CLAUSE.match(folded[mention.end : mention.end + 2]))
    if han:
        return len(mention.number) > 1 and mention.number[-1] in "百千万亿" and ends
    if mention.scale in {"万", "亿", "百万", "千万"} or mention.middle:
        return True
    lead = folded[max(0, mention.number_start - 4) : mention.number_start]
    return ends and bool(mention.before or regex.search(r"(?:为|达到?|是|至|到|[:：]|共|计|有|数)\s?$", lead))


def _is_part_of_word(folded: str, mention: QuantityMention, sentence: Sentence) -> bool:
    text = folded[sentence.start : sentence.end]
    start, end = word_at(text, mention.number_start - sentence.start)
    inside = mention.end - sentence.start
    return start < mention.number_start - sentence.start or end > inside


def _one_counts(folded: str, mention: QuantityMention, sentence: Sentence) -> bool:
    word = measure_words()[canonical_units()[mention.measure_word]]
    if word.countable_one == "never":
        return False
    before, after = folded[sentence.start : mention.start], folded[mention.end : sentence.end]
    if _ENDS_CLAUSE.match(after) and before[-1:] not in {"每", "任", "某", "这", "那", "同", "第", "另"}:
        return not before.endswith(("再上", "更上")) and word.family not in {"time", "duration"}
    if (
        before.endswith(("每", "这", "那", "某", "同", "任", "另", "任何", "的", "之"))
        or folded[mention.end : mention.end + 1] == "一"
    ):
        return False
    if word.countable_one == "always":
        return word.family not in {"person"} or bool(_SETS_UP.search(before))
    if _ABSTRACT.match(after):
        return False
    if word.family == "generic":
        return bool(_SETS_UP.search(before)) and bool(_FACILITY.match(after))
    return bool(_SETS_UP.search(before))
