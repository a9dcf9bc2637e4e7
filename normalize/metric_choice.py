"""Which indicator a number is: every metric of the vocabulary is a candidate, scored by the words around the number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Self

import regex

from normalize.context import Context
from schemas.metrics import Metric, metrics, split_cue
from schemas.overlay import from_vocabulary

_OWN, _NOUN, _CARRIED = 3.0, 2.8, 1.2  # a cue in the clause before the number, in the noun after it, earlier on
_COUNTED = 3.6  # a cue in the noun after a measure word that says nothing of its own («9个服务窗口»)
_PLACES = {"generic", "place", "building"}
_PREDICATE = regex.compile(
    r"设有|建有|配有|拥有|[已都均]|实现|开展|自办|全部|今年"
)  # «14个乡镇设有图书室» counts towns
_PER_GROUP = 1.3  # meeting two groups says more than meeting one
_OPEN_FAMILIES = {"generic", "place", "building", "time"}
_PER_CHARACTER = 0.25  # a longer cue says more
_PER_STEP = 0.03  # a cue further from its number says less
_LEAST = 1.2
_CONTINUES = regex.compile(  # a clause with no word of its own goes on about what the sentence named before
    r"""^[\s、和与及（(]*
    (?:其中|分别|累计|合计|总计|总量|总数)?
    (?:[比较由从]?(?:上年|去年|上一年|前年|同期|现在|原来|[\d〇一二三四五六七八九零]{2,4}年)(?:同期|全年|值)?的?|[比较由从])?
    (?:共计?|已|就|更|达到?了?|为|有|是|至|含|在|占|约|近|多|较|了|到|做到|保持在|(?:延长|增加|提高|上升|扩大|增长|下降|减少|降低|扩建|发展)[至到]|[增升降扩]至
        |增加|减少|增长|下降|上升|增幅|降幅|总数|同比)*
    (?:峰值|最高|最多|高峰)?(?:的?一天|时|日|单日)?
    (?:日均|单日|全年|平均|每天|每日|每月|每周|人数|数量)?
    (?:达到?|为|有|是|高达|约|近)?
    [\s\d年月日上下半第一二三四季度—\-至]*$""",
    regex.VERBOSE,
)
_CHANGES = regex.compile(r"\s*(?:增长|增加|上升|提高|提升|下降|减少|降低|延长)")
_MASKED = regex.compile(r"总分馆|图书馆[学协]会|(?:借阅|外借)[室处部机]")  # words that hold a cue and do not mean it


_EDGES = " 、和与及，,约近达有为"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A metric that fits a number, how well, and the cues that speak for it."""

    metric: Metric
    score: float
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    """Where the cues of the vocabulary stand around a number: word → distance from the number, in characters."""

    before: Mapping[str, int]
    after: Mapping[str, int]
    carried: Mapping[str, int]
    told: frozenset[str]
    alone: str
    counted: float

    @classmethod
    def around(cls, before: str, after: str, carried: str, *, open_family: bool) -> Self:
        in_clause, in_noun = _nearest(before, from_end=True), _nearest(after, from_end=False)
        earlier = _nearest(carried, from_end=True)
        return cls(
            before=in_clause,
            after=in_noun,
            carried=earlier,
            told=frozenset([*in_clause, *in_noun, *earlier]),
            alone=before.strip(_EDGES),
            counted=_COUNTED if open_family else _NOUN,
        )


@dataclass(frozen=True, slots=True, order=True)
class _Hit:
    score: float
    cue: str
    near: bool


def candidates(context: Context) -> tuple[Candidate, ...]:
    """Return the metrics that fit a number, best first; of equals the one that the vocabulary lists first."""
    counted = bool(context.noun.strip()) and not _CHANGES.match(context.noun)
    if counted or not _CONTINUES.match(context.own):
        return _fits(context, context.own, context.carried)
    carried, _, clause = context.carried.rstrip("，").rpartition("，")
    return _fits(context, clause + context.own, carried)


def _fits(context: Context, before: str, carried: str) -> tuple[Candidate, ...]:
    family = context.quantity.family
    noun = _PREDICATE.split(context.noun)[0] if family in _PLACES else context.noun
    words = _Words.around(_mask(before), _mask(noun), _mask(carried), open_family=family in _OPEN_FAMILIES)
    near = {code for found in (words.before, words.after) for word in found for code in _index().owners[word]}
    fits = [
        candidate
        for metric in _of_family(family)
        if metric.code in near and _has_unit(metric, context) and (candidate := _score(metric, words)) is not None
    ]
    return tuple(sorted(fits, key=lambda candidate: -candidate.score))


@from_vocabulary
@cache
def _of_family(family: str | None) -> tuple[Metric, ...]:
    known = metrics().values()
    if family == "percent":  # a rate of change may be that of any flow or stock
        return tuple(known)
    return tuple(metric for metric in known if (metric.blank if family is None else family in metric.families))


def _has_unit(metric: Metric, context: Context) -> bool:
    return not metric.units or context.quantity.unit in metric.units or context.quantity.family == "percent"


def _mask(text: str) -> str:
    return _MASKED.sub(lambda found: "　" * len(found[0]), text)


@dataclass(frozen=True, slots=True)
class _Index:
    """All words of all metrics: by their first two characters (one, for single characters), and whose they are.

    ways: for each metric its ways of being said, a set of words for each group; a way is met if all its groups are.
    refused: for each metric the words that speak against it.
    """

    by_head: Mapping[str, tuple[str, ...]]
    owners: Mapping[str, tuple[str, ...]]
    ways: Mapping[str, tuple[tuple[frozenset[str], ...], ...]]
    refused: Mapping[str, frozenset[str]]


@from_vocabulary
@cache
def _index() -> _Index:
    owners: dict[str, list[str]] = {}
    for metric in metrics().values():
        cues = [cue for way in metric.cues for group in way for cue in group]
        for cue in dict.fromkeys([*cues, *metric.refused]):
            owners.setdefault(split_cue(cue)[1], []).append(metric.code)
    by_head: dict[str, list[str]] = {}
    for word in owners:
        by_head.setdefault(word[:2], []).append(word)
    return _Index(
        {head: tuple(words) for head, words in by_head.items()},
        {word: tuple(codes) for word, codes in owners.items()},
        {metric.code: tuple(tuple(map(_bare, way)) for way in metric.cues) for metric in metrics().values()},
        {metric.code: _bare(metric.refused) for metric in metrics().values()},
    )


def _bare(cues: Sequence[str]) -> frozenset[str]:
    return frozenset(split_cue(cue)[1] for cue in cues)


def _nearest(text: str, *, from_end: bool) -> dict[str, int]:
    """Return the words of the vocabulary in a text with their least distance from its end (or its beginning)."""
    by_head = _index().by_head
    heads = by_head.keys() & {*text, *map("".join, pairwise(text))}
    words = (word for head in heads for word in by_head[head])
    if from_end:
        return {word: len(text) - at - len(word) for word in words if (at := text.rfind(word)) >= 0}
    return {word: at for word in words if (at := text.find(word)) >= 0}


def _score(metric: Metric, words: _Words) -> Candidate | None:
    """Score a metric by the best of its ways of being said; None where no way is met or a refused word stands near.

    The last group of a way must be met near the number; the others may be met earlier in the sentence.
    """
    index = _index()
    if not words.told.isdisjoint(index.refused[metric.code]) and any(_stands_near(c, words) for c in metric.refused):
        return None
    ways = zip(metric.cues, index.ways[metric.code], strict=True)
    told = [way for way, groups in ways if not any(words.told.isdisjoint(group) for group in groups)]
    fits = [fit for way in told if (fit := _meet_way(metric, way, words)) is not None]
    return max(fits, key=lambda fit: fit.score, default=None)


def _stands_near(cue: str, words: _Words) -> bool:
    side, word = split_cue(cue)
    return (side != "after" and word in words.before) or (side != "before" and word in words.after)


def _meet_way(metric: Metric, way: Sequence[Sequence[str]], words: _Words) -> Candidate | None:
    hits = [max((hit for cue in group for hit in _places(cue, words)), default=None) for group in way]
    met = [hit for hit in hits if hit is not None]
    if len(met) < len(way) or not met[-1].near:
        return None
    score = sum(hit.score for hit in met) / len(met) + _PER_GROUP * (len(met) - 1)
    return Candidate(metric, score, tuple(hit.cue for hit in met)) if score >= _LEAST else None


def _places(cue: str, words: _Words) -> Iterator[_Hit]:
    """Yield where a cue stands: in the clause, earlier in the sentence, or in the noun after the number."""
    side, word = split_cue(cue)
    worth = _PER_CHARACTER * len(word)
    if side == "alone":
        if words.alone == word:
            yield _Hit(_OWN + worth, word, True)
        return
    if side != "after":
        if word in words.before:
            yield _Hit(_OWN + worth - _PER_STEP * words.before[word], word, True)
        elif word in words.carried:
            yield _Hit(_CARRIED + worth - _PER_STEP / 2 * words.carried[word], word, False)
    if side != "before" and word in words.after:
        yield _Hit(words.counted + worth - _PER_STEP * words.after[word], word, True)
