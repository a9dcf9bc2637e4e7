"""Which indicator a number is: every metric of the vocabulary is a candidate, scored by the words around the number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from normalize.context import Context
from schemas.metrics import Metric, metrics, split_cue

_OWN, _NOUN, _CARRIED = 3.0, 2.8, 1.2  # a cue in the clause before the number, in the noun after it, earlier on
_COUNTED = 3.6  # a cue in the noun after a measure word that says nothing of its own («9个服务窗口»)
_PER_GROUP = 1.3  # meeting two groups says more than meeting one
_OPEN_FAMILIES = {"generic", "place", "building", "time"}
_PER_CHARACTER = 0.25  # a longer cue says more
_PER_STEP = 0.03  # a cue further from its number says less
_LEAST = 1.2
_CONTINUES = regex.compile(  # a clause with no word of its own goes on about what the sentence named before
    r"""^[\s、和与及（(]*
    (?:其中|分别|累计|合计|总计|总量|总数)?
    (?:[比较由从](?:上年|去年|上一年|前年|同期|[\d〇一二三四五六七八九零]{2,4}年)?(?:同期|全年)?的?)?
    (?:共计?|已|就|更|达到?了?|为|有|是|至|含|在|占|约|近|多|较|了|到|做到|保持在|(?:延长|增加|提高|上升|扩大|增长|下降|减少|降低)[至到]|增至|升至|降至)*
    (?:峰值|最高|最多|高峰)?(?:的?一天|时|日|单日)?
    (?:日均|单日|全年|平均|每天|每日|每月|每周|人数|数量)?
    (?:达到?|为|有|是|高达|约|近)?
    [\s\d年月日]*$""",
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
    """The words around a number that cues are looked for in."""

    before: str
    after: str
    carried: str
    open_family: bool


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
    carried, _, clause = context.carried.rstrip("，,").rpartition("，")
    return _fits(context, clause + context.own, carried)


def _fits(context: Context, before: str, carried: str) -> tuple[Candidate, ...]:
    family = context.quantity.family
    words = _Words(_mask(before), _mask(context.noun), _mask(carried), family in _OPEN_FAMILIES)
    fits = [
        candidate
        for metric in _of_family(family)
        if _has_unit(metric, context) and (candidate := _score(metric, words)) is not None
    ]
    return tuple(sorted(fits, key=lambda candidate: -candidate.score))


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


def _score(metric: Metric, words: _Words) -> Candidate | None:
    """Score a metric by the best of its ways of being said; None where no way is met or a refused word stands near.

    The last group of a way must be met near the number; the others may be met earlier in the sentence.
    """
    if any(_stands_near(cue, words) for cue in metric.refused):
        return None
    fits = [fit for way in metric.cues if (fit := _meet_way(metric, way, words)) is not None]
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
        if words.before.strip(_EDGES) == word:
            yield _Hit(_OWN + worth, word, True)
        return
    if side != "after":
        if (at := words.before.rfind(word)) >= 0:
            yield _Hit(_OWN + worth - _PER_STEP * (len(words.before) - at - len(word)), word, True)
        elif (at := words.carried.rfind(word)) >= 0:
            yield _Hit(_CARRIED + worth - _PER_STEP / 2 * (len(words.carried) - at - len(word)), word, False)
    if side != "before" and (at := words.after.find(word)) >= 0:
        yield _Hit((_COUNTED if words.open_family else _NOUN) + worth - _PER_STEP * at, word, True)
