"""Whether a number with a measure word counts anything: «一个平台» does not, «馆长一名» does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extract.words import Words
from schemas.measure_words import canonical_units, half_inside, measure_words
from schemas.mentions import QuantityMention, Sentence
from schemas.words import alternation

_HAN = re.compile(r"[零〇一二两三四五六七八九十百千万亿廿卅半]+")
_FORMAL = re.compile(r"[壹贰叁肆伍陆柒捌玖]")
_BARE_POWER = re.compile(r"[百千万亿]+")
_GREAT_SCALES = frozenset({"万", "亿", "百万", "千万"})
_SET_UP = (
    *("新建", "建成", "建立", "建设", "新增", "增加", "增设", "新设", "设立", "设置", "设有", "成立", "创建", "布点"),
    *("开设", "开办", "举办", "开展", "承办", "举行", "组织", "新开", "新办", "推出", "改造", "打造", "安装", "添置"),
    *("购置", "购买", "购入", "采购", "配备", "配置", "配有", "引进", "拥有", "共有", "现有", "还有", "另有"),
    *("共", "仅", "再", "各", "完成", "获", "发表", "出版", "编辑", "赠送", "捐赠", "收到", "送去", "提供"),
)
_NOT_CONCRETE = (
    *("平台", "品牌", "台阶", "窗口", "亮点", "特色", "重点", "难点", "环节", "阶段", "方面", "问题", "目标", "任务"),
    *("体系", "机制", "模式", "氛围", "环境", "机会", "过程", "整体", "形象", "方向", "层次", "高潮", "热潮", "风景"),
    *("名片", "阵地", "载体", "基础", "契机", "重要", "新的", "好的", "良好", "专门", "又一个"),
)
_FACILITIES = (
    *("馆", "室", "书房", "书屋", "书吧", "点", "站", "中心", "空间", "基地", "广场", "驿站", "班", "团", "队"),
    *("厅", "角", "机", "车", "项目", "库"),
)
_CROWD = re.compile(r"(?:读者|群众|市民|居民|村民|牧民|农民|学生|师生|小朋友|孩子|家长|观众|听众|职工|官兵)")
_CLAUSE_END = r"\s{0,8}(?:[，。；：、）)（(,;:.]|$)"
_SETS_UP = re.compile(rf"(?:{alternation(_SET_UP)})了?[^，。；：、]{{0,14}}$")
_ABSTRACT = re.compile(rf"[^，。；：、]{{0,10}}?(?:{alternation(_NOT_CONCRETE)}|人(?=[，。；]))")
_FACILITY = re.compile(rf"[^，。；：、]{{0,12}}?(?:{alternation(_FACILITIES)})")
_ENDS_CLAUSE = re.compile(_CLAUSE_END)
_LEADS_TO_TOTAL = re.compile(
    r"(?:为|达到?|是|至|到|[^\d\s][:：]|共|计|有|数|人次|册次|场次|[总流][量计]|藏量|[座坐]席|座位|阅览座)\s?$"
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")  # «117,300»: nothing but an amount is written so
_NO_COUNT_BEFORE = re.compile(r"(?:[每任某这那同第另的之]|任何)$")
_NO_COUNT_AT_END = re.compile(r"(?:[每任某这那同第另的]|[再更]上)$")
_LOOK_BACK = 24  # characters; longer than what any pattern for the text before a number needs
_POINTS_BACK = frozenset("这那此该")


def that_count(folded: str, mentions: Iterable[QuantityMention], words: Words) -> Iterator[QuantityMention]:
    """Yield the mentions that count something; those in cells are kept whole, for the tables to read."""
    for mention in mentions:
        sentence = words.sentence_at(mention.start)
        if sentence is None or counts(folded, mention, sentence, words):
            yield mention


def counts(folded: str, mention: QuantityMention, sentence: Sentence, words: Words) -> bool:
    """Return whether a mention states how many or how much there is of something (`refusal` says how this is told)."""
    return not refusal(folded, mention, sentence, words)


def refusal(folded: str, mention: QuantityMention, sentence: Sentence, words: Words) -> str:
    """Return the name of the rule by which a mention counts nothing, or "" where it counts.

    1. Arabic numbers and hedged ones do, if a measure word, a scale or a clause that ends there says that they count.
    2. A number in Chinese numerals does not where it is part of a longer word (by jieba's word boundaries).
    3. A bare power («百名», «万册») names a round crowd and counts nothing.
    4. «这两个» points back at what was counted before.
    5. A bare «一» counts as its measure word says: always, where something is set up or held, or never.
    """
    number = mention.number
    is_bare_han = bool(_HAN.fullmatch(number)) and not (mention.before or mention.middle or mention.scale)
    if not mention.measure_word:
        return "" if _counts_without_unit(folded, mention, sentence, is_bare_han) else "no_measure_word"
    if _FORMAL.match(number):
        counted = len(number) > 1 or mention.measure_word in {"册", "元", "本", "人", "人次"}
        return "" if counted else "formal_sign"
    if not is_bare_han or mention.number_to or half_inside(mention.measure_word):
        return ""
    if _BARE_POWER.fullmatch(number):
        return "round_crowd"
    if folded[mention.start - 1 : mention.start] in _POINTS_BACK:
        return "points_back"
    if _is_part_of_word(mention, words) and not _counts_in_week(folded, mention):
        return "part_of_word"
    return "" if number != "一" or _one_counts(folded, mention, sentence) else "bare_one"


def _counts_without_unit(folded: str, mention: QuantityMention, sentence: Sentence, is_bare_han: bool) -> bool:
    if mention.rule in {"quantity_fraction", "quantity_fold", "quantity_tenths", "quantity_mixed"}:
        return True
    if mention.rule == "quantity_rough":
        return bool(_CROWD.match(folded, mention.end, sentence.end))
    ends = bool(_ENDS_CLAUSE.match(folded, mention.end, sentence.end))
    if is_bare_han:
        return len(mention.number) > 1 and mention.number[-1] in "百千万亿" and ends
    if mention.scale in _GREAT_SCALES or mention.middle or mention.number_to[-1:] in {"万", "亿"}:
        return True
    lead = _LEADS_TO_TOTAL.search(folded, max(0, mention.number_start - 4), mention.number_start)
    lead = lead or _GROUPED.fullmatch(mention.number)
    return ends and bool(mention.before or lead)


def _is_part_of_word(mention: QuantityMention, words: Words) -> bool:
    start, end = words.word_at(mention.number_start)
    return start < mention.number_start or end > mention.end


def _counts_in_week(folded: str, mention: QuantityMention) -> bool:
    """Whether «每周五天» counts days of the week: the claims have taken the Fridays, so what is left is a number."""
    return folded.endswith("每周", 0, mention.number_start)


def _one_counts(folded: str, mention: QuantityMention, sentence: Sentence) -> bool:
    word = measure_words()[canonical_units()[mention.measure_word]]
    if word.countable_one == "never":
        return False
    before = (max(sentence.start, mention.start - _LOOK_BACK), mention.start)
    if _ENDS_CLAUSE.match(folded, mention.end, sentence.end):
        return not _NO_COUNT_AT_END.search(folded, *before) and word.family not in {"time", "duration"}
    if _NO_COUNT_BEFORE.search(folded, *before) or folded[mention.end : mention.end + 1] == "一":
        return False
    sets_up = bool(_SETS_UP.search(folded, *before))
    if word.countable_one == "always":
        return sets_up or word.family != "person"
    if _ABSTRACT.match(folded, mention.end, sentence.end):
        return False
    return sets_up and (word.family != "generic" or bool(_FACILITY.match(folded, mention.end, sentence.end)))
