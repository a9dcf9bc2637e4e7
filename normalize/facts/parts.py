"""Parts and wholes: which number of a sentence is a part of which.

«举办活动80场，其中线上30场，线下50场», «馆藏46万册（图书40万册，报刊6万册）», «成人25万人次、少儿15万人次，
合计40万人次».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from msgspec import Struct

from normalize.facts.reading import Reading, amended, by_sentence
from schemas.metrics import metrics

_OPENS = re.compile(r"其中|包括(?<!不包括)|含(?<![不饱蕴]含)(?!量)|分为")
_ALL = re.compile(r"分为|分别为")
_ENDS = re.compile(  # a clause that tells of something else ends the list of parts
    r"接待|外借|借阅|借出|流通|举办|开展|新增|新购|订购|办理|投入|累计|目前|全年|全馆|现有|共有|同比|[比较](?:上|去|前|20)|另"
)
_SUMS = re.compile(r"^[，、\s]*(?:两项|以上|三项|共)?(?:合计|总计|共计)(?:为|达|约)?$")
_PAIRS = (
    ("线上|网上", "线下|现场"),
    ("(?<!各)总馆|馆本部|本馆", "分馆"),
    ("成人|成年", "少儿|少年|未成年|儿童"),
    ("男", "女"),
    ("中文", "外文"),
    ("上半年", "下半年"),
)
_SIDES = [(re.compile(one), re.compile(other)) for one, other in _PAIRS]
_SIDE = re.compile("|".join(side for pair in _PAIRS for side in pair))


class Whole(Struct, frozen=True):
    """A number with its parts; `claimed`: whether the text says that they are all of it."""

    whole: Reading
    parts: tuple[Reading, ...]
    claimed: bool


def with_parts(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Return the readings, each part pointing at its whole; a part does not have the metric of its whole.

    1. After «其中», «包括»: the numbers of the list that it opens, of the whole's unit family and no greater than it.
    2. Two sides of one thing (线上 and 线下, 总馆 and 分馆 …) after a number of their family that they belong to.
    3. Two or more numbers in brackets right after one of their family.
    4. «…，合计…»: the numbers of its family before it in the sentence.
    """
    found = tuple(wholes(readings))
    of = {id(part): one.whole for one in found for part in one.parts}
    if not of:
        return tuple(readings)
    divided = {id(one.whole): _of_all(one) for one in found}
    return tuple(_as_part(_named(reading, divided.get(id(reading))), of.get(id(reading))) for reading in readings)


def _of_all(found: Whole) -> str | None:
    """Return the metric of a number that bears that of a part, where its own parts divide what both are parts of.

    «馆员68人，其中正高1人»: 馆员 is a rank, and here all who work there.
    """
    own = metrics()[found.whole.row.metric].whole if found.whole.row.metric else None
    named = (metrics()[part.row.metric] for part in found.parts if part.row.metric)
    return own if own and any(own == metric.whole for metric in named) else None


def _named(reading: Reading, metric: str | None) -> Reading:
    return amended(reading, metric=metric) if metric else reading


def _as_part(part: Reading, whole: Reading | None) -> Reading:
    if whole is None:
        return part
    named = metrics()[part.row.metric].group == "staff" if part.row.metric else False  # «馆员68人，其中中级29人»
    days = [
        (row.period_start, row.period_end) for row in (part.row, whole.row)
    ]  # a season of it is the indicator itself
    same = part.row.metric == whole.row.metric and not named and days[0] == days[1]
    return amended(part, part_of=whole.row.fact_id, metric=None if same else part.row.metric)


def wholes(readings: Sequence[Reading]) -> Iterator[Whole]:
    """Yield every whole that has parts, in document order."""
    for sentence in by_sentence(readings):
        if len(sentence) == 1:
            continue
        taken: set[int] = set()
        for find in (_opened, _two_sides, _bracketed, _summed):
            for found in find(sentence):
                if not taken & {id(part) for part in found.parts}:
                    taken |= {id(part) for part in found.parts}
                    yield found


def _opened(sentence: Sequence[Reading]) -> Iterator[Whole]:
    """Yield what «其中» opens: its own number, then those of the clauses after it that tell of nothing else."""
    for at, reading in enumerate(sentence):
        if at == 0 or not _OPENS.search(reading.context.own):
            continue
        whole = _last_like(sentence[:at], reading)
        if whole is None:
            continue
        parts = [reading]
        for later in sentence[at + 1 :]:
            if _ENDS.search(later.context.own) or _SUMS.match(later.context.own):
                break
            if _in_brackets(reading) and not _in_brackets(later):
                break
            if _fits(whole, later):
                parts.append(later)
        yield Whole(whole, tuple(parts), bool(_ALL.search(reading.context.own)) or _are_sides(parts))


def _two_sides(sentence: Sequence[Reading]) -> Iterator[Whole]:
    for at, (reading, after) in enumerate(pairwise(sentence)):
        if not _are_sides([reading, after]):
            continue
        whole = _last_like(sentence[:at], reading)
        if whole is not None and _fits(whole, after):
            yield Whole(whole, (reading, after), True)


def _bracketed(sentence: Sequence[Reading]) -> Iterator[Whole]:
    for at, whole in enumerate(sentence[:-1]):
        if not sentence[at + 1].context.carried.endswith("（"):
            continue
        inside = list(takewhile(_in_brackets, sentence[at + 1 :]))
        if len(inside) > 1 and all(_fits(whole, part) for part in inside):
            yield Whole(whole, tuple(inside), _are_sides(inside))


def _in_brackets(reading: Reading) -> bool:
    carried = reading.context.carried
    return carried.rfind("（") > carried.rfind("）")


def _summed(sentence: Sequence[Reading]) -> Iterator[Whole]:
    for at, whole in enumerate(sentence):
        if _SUMS.match(whole.context.own):
            parts: list[Reading] = []
            for before in reversed(sentence[:at]):
                if not _fits(whole, before):
                    break
                parts.insert(0, before)
            if len(parts) > 1:
                yield Whole(whole, tuple(parts), True)


def _last_like(before: Sequence[Reading], part: Reading) -> Reading | None:
    return next((reading for reading in reversed(before) if _fits(reading, part)), None)


def _fits(whole: Reading, part: Reading) -> bool:
    """Whether a number can be a part of another: levels of one unit family, no greater, in one part of the sentence."""
    one, other = whole.context.quantity, part.context.quantity
    return (
        one.family == other.family
        and _stand_together(whole, part)
        and (_in_brackets(part) or not _in_brackets(whole))
        and one.family not in {None, "percent", "duration"}
        and whole.row.measure == part.row.measure == "level"
        and whole.row.aggregation == part.row.aggregation == "total"
        and other.value <= (one.upper or one.value)
    )


def _stand_together(one: Reading, other: Reading) -> bool:
    """Whether two numbers stand in one part of a sentence, between semicolons: both parts begin alike."""
    first, second = ((reading.context.carried + reading.context.own)[:4] for reading in (one, other))
    return first.startswith(second) or second.startswith(first)


def _are_sides(parts: Sequence[Reading]) -> bool:
    """Whether two numbers are the two sides of one thing, by the words right before each."""
    if len(parts) != 2:
        return False
    first, second = (part.context.own for part in parts)
    if not _SIDE.search(first):
        return False
    return any(
        (one.search(first) and other.search(second)) or (other.search(first) and one.search(second))
        for one, other in _SIDES
    )
