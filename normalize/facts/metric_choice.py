"""Which indicator a number is: every metric of the vocabulary is a candidate, scored by the words around the number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from normalize.facts.context import Context
from normalize.facts.cue_index import CueIndex, Group, Way, cue_index, words_after, words_before
from schemas.metrics import Metric

_OWN, _NOUN, _CARRIED = 3.0, 2.8, 1.2  # a cue in the clause before the number, in the noun after it, earlier on
_COUNTED = 3.6  # a cue in the noun after a measure word that says nothing of its own («9个服务窗口»)
_PLACES = {"generic", "place", "building"}
_PREDICATE = re.compile(
    r"设有|建有|配有|拥有|[已都均]|实现|开展|自办|全部|今年|建起|办起|建立了|开办"
)  # «14个乡镇设有图书室» counts towns
_PER_GROUP = 1.3  # meeting two groups says more than meeting one
_OPEN = {"generic", "place", "building", "time"}
_PER_CHARACTER = 0.25  # a longer cue says more
_PER_STEP = 0.03  # a cue further from its number says less
_LEAST = 1.2
_CONTINUES = re.compile(  # a clause with no word of its own goes on about what the sentence named before
    r"""^[\s、和与及（(]*
    (?:我馆|本馆)?
    (?:其中|分别|累计|合计|总计|总量|总数)?
    (?:[上下]半年|第?[一二三四]季度)?
    (?:[比较由从]?(?:上年|去年|上一年|前年|同期|现在|原来|[\d〇一二三四五六七八九零]{2,4}年)(?:同期|全年|值)?的?|[比较由从])?
    (?:共计?|历时|每年|仅仅?|只|才|已|就|更|达到?了?|为|有|是|至|含|在|占|约|近|多|较|了|到|做到|保持在|(?:延长|增加|提高|上升|扩大|增长|下降|减少|降低|扩建|发展)[至到]|[增升降扩]至
        |增加|减少|增长|下降|上升|增幅|降幅|总数|同比)*
    (?:峰值|最高|最多|高峰)?(?:的?一天|时|日|单日)?
    (?:日均|单日|全年|平均|每天|每日|每月|每周|人数|数量)?
    (?:达到?|为|有|是|高达|约|近)?
    [\s\d年月日上下半第一二三四季度—\-至]*(?:创下?单日)?$""",
    re.VERBOSE,
)
_CHANGES = re.compile(  # words after a number that name no noun: it changed by it, or it is a record
    r"\s*(?:增长|增加|上升|提高|提升|下降|减少|降低|延长|的?(?:历史)?(?:最高|最好)?(?:[纪记]录|新高|峰值))"
)
_COMES_TO = re.compile(r"[，、\s]*(?:累计|总数|总量|达到?)(?!发放|办|新)")
_ADDED = re.compile(
    r"(?:当年|今年|本年度?|全年|年内)?(?:帮助建立|各建|新建|新增|新办|新设|新开|新购|增设|再建|发展|办理)了?"
)
_EXAMPLES = re.compile(r"(?<![平高中初上同])等(?![级奖次于待同候额])(?=[^，。；]{2})")
_EDGES = " 、和与及，,约近达有为"

_Hit = tuple[float, str]  # what a cue is worth where it stands, and its word


class Candidate(Struct, frozen=True):
    """A metric that fits a number, how well, and the cues that speak for it."""

    metric: Metric
    score: float
    cues: tuple[str, ...]


class _Words(Struct, frozen=True):
    """The words of the vocabulary near a number with their distance from it; `alone` is the whole clause before it.

    `counted` is what a word in the noun is worth: more after a measure word that says nothing of its own.
    """

    before: Mapping[str, int]
    after: Mapping[str, int]
    alone: str
    counted: float


def candidates(context: Context) -> tuple[Candidate, ...]:
    """Return the metrics that fit a number, best first; of equals the one that the vocabulary lists first."""
    if "等" in context.own and (examples := list(_EXAMPLES.finditer(context.own))):
        named = examples[-1].end()  # «讲座、沙龙等活动»: activities are counted, lectures are some of them
        if fits := _fits(context, context.own[named:], context.carried + context.own[:named]):
            return fits
    counted = bool(context.noun.strip()) and not _CHANGES.match(context.noun)
    if counted or not _CONTINUES.match(context.own):
        return _fits(context, context.own, context.carried)
    if not context.carried and context.section is not None:
        return _fits(context, context.section.title + context.own, "")  # «成纪讲坛。全年12讲»
    carried, _, clause = context.carried.rstrip("，").rpartition("，")
    if _COMES_TO.match(context.own):
        clause = _ADDED.sub("", clause)  # «新建流通点3个，累计达15个»: there are 15, new or not
    return _fits(context, clause + context.own, carried)


def _fits(context: Context, own: str, carried: str) -> tuple[Candidate, ...]:
    family = context.quantity.family
    noun = _PREDICATE.split(context.noun)[0] if family in _PLACES else context.noun
    index = cue_index(family)
    words = _Words(words_before(own), words_after(noun), own.strip(_EDGES), _COUNTED if family in _OPEN else _NOUN)
    closed = _closed(index, words)
    earlier = words_before(carried) if any(index.ways[place].leading for place in closed) else {}
    best: dict[str, Candidate] = {}
    for place in sorted(closed):
        way = index.ways[place]
        fit = _met(way, closed[place], words, earlier)
        known = best.get(way.metric.code)
        if fit is not None and (known is None or fit.score > known.score) and _is_open(fit, way, context, words):
            best[way.metric.code] = fit
    return tuple(sorted(best.values(), key=_by_score)) if len(best) > 1 else tuple(best.values())


def _by_score(fit: Candidate) -> float:
    return -fit.score


def _closed(index: CueIndex, words: _Words) -> dict[int, _Hit]:
    """Return the ways whose last group is met near the number, each with the best of its cues."""
    closed: dict[int, _Hit] = {}
    for word, distance in words.before.items():
        if ways := index.before.get(word):
            _add(closed, ways, (_OWN + _PER_CHARACTER * len(word) - _PER_STEP * distance, word))
    for word, distance in words.after.items():
        if ways := index.after.get(word):
            _add(closed, ways, (words.counted + _PER_CHARACTER * len(word) - _PER_STEP * distance, word))
    if ways := index.alone.get(words.alone):
        _add(closed, ways, (_OWN + _PER_CHARACTER * len(words.alone), words.alone))
    return closed


def _add(closed: dict[int, _Hit], ways: Sequence[int], hit: _Hit) -> None:
    for way in ways:
        if way not in closed or closed[way] < hit:
            closed[way] = hit


def _met(way: Way, closing: _Hit, words: _Words, earlier: Mapping[str, int]) -> Candidate | None:
    """Return a way's metric with its score, or None where a group is not met or the words say too little."""
    if not way.leading:
        return Candidate(way.metric, closing[0], (closing[1],)) if closing[0] >= _LEAST else None
    met = [hit for group in way.leading if (hit := max(_hits(group, words, earlier), default=None)) is not None]
    if len(met) < len(way.leading):
        return None
    met.append(closing)
    score = sum(worth for worth, _ in met) / len(met) + _PER_GROUP * (len(met) - 1)
    return Candidate(way.metric, score, tuple(word for _, word in met)) if score >= _LEAST else None


def _hits(group: Group, words: _Words, earlier: Mapping[str, int]) -> Iterator[_Hit]:
    """Yield where the words of a leading group stand: near the number, or earlier in the sentence."""
    for word, distance in words.before.items():
        if word in group.before:
            yield _OWN + _PER_CHARACTER * len(word) - _PER_STEP * distance, word
    for word, distance in earlier.items():
        if word in group.before and word not in words.before:
            yield _CARRIED + _PER_CHARACTER * len(word) - _PER_STEP / 2 * distance, word
    for word, distance in words.after.items():
        if word in group.after:
            yield words.counted + _PER_CHARACTER * len(word) - _PER_STEP * distance, word
    if words.alone in group.alone:
        yield _OWN + _PER_CHARACTER * len(words.alone), words.alone


def _is_open(fit: Candidate, way: Way, context: Context, words: _Words) -> bool:
    """Whether neither the unit nor a refused word forbids the metric of a way.

    A refused word within a cue that was met is told otherwise («向» forbids a gift received, not «向我馆捐赠»).
    """
    units, quantity = way.metric.units, context.quantity
    if units and quantity.unit not in units and quantity.family != "percent":
        return False
    if way.refused_before.isdisjoint(words.before) and way.refused_after.isdisjoint(words.after):
        return True
    refused = [*way.refused_before & words.before.keys(), *way.refused_after & words.after.keys()]
    return all(any(word in cue for cue in fit.cues) for word in refused)
