"""Which metric a label of a statistics table names."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

import regex

from normalize.facts.context import Context
from normalize.facts.metric_choice import candidates
from normalize.tables.units import Unit
from normalize.values.quantities import Quantity
from schemas.indicator_labels import indicator_labels
from schemas.measure_words import measure_words
from schemas.mentions import QuantityMention, Sentence
from schemas.metrics import Metric, metrics
from schemas.overlay import from_vocabulary

_MARKER = regex.compile(
    r"(?:[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[（(]?\d{1,2}(?:\.\d{1,2}){0,2}[)）、.．]|[①-⑳◆●★·*＊-])\s*"
)
_BRACKETS = regex.compile(r"[（(\[【][^（）()\[\]【】]*[）)\]】]")
_EDGE = regex.compile(r"[\s　:：,，、]+")
_LEADING = regex.compile(
    r"(?:其中|本年度?|全年|年度|当年|今年|累计|全馆|本馆|截[至止]年末|年末|实际|现有|年内|全市|全县|全区|年(?=[^\d]))"
)
# a part of a whole has no metric unless it has a name of its own
_PART = regex.compile(r"[#＃]|其中|(?:线上|线下)$|^(?:线上|线下|成人|少儿|儿童|总馆|少年儿童)(?!活动)")
_SHARED = regex.compile(r"(?:参[加与观]|听众|到场|受益|培训|服务|活动|借阅|其中)?(?:总?人[次数]|册[次数]|次数|场次)")
_NOWHERE = Sentence(0, 0, 0)


@from_vocabulary
@lru_cache(maxsize=8192)
def plain_label(label: str) -> str:
    """Return a label without its number, brackets, blanks and leading words such as 其中 and 本年.

    >>> plain_label("（一）本年总流通人次（万人次）"), plain_label("其中：古籍")
    ('总流通人次', '古籍')
    """
    text = _EDGE.sub("", _BRACKETS.sub("", _MARKER.sub("", label.strip(), count=1)))
    while (found := _LEADING.match(text)) and found.end() < len(text) and text not in indicator_labels():
        text = text[found.end() :]
    return text


@from_vocabulary
@lru_cache(maxsize=8192)
def metric_of_label(label: str, unit: Unit | None, above: str = "") -> tuple[Metric, bool] | None:
    """Return (metric, whether the vocabulary has the very label), or None where the label names none.

    1. The whole label is in indicator_labels.yaml, and the unit, where one is stated, can be the metric's.
    2. Else the words of label and unit are scored like prose; `above` is the label of the group that it belongs to
       («讲座» above «参加人次»).

    >>> found = metric_of_label("总流通人次（万人次）", Unit(Decimal(10000), "人次"))
    >>> found and (found[0].code, found[1])
    ('visits', True)
    >>> metric_of_label("备注", None) is None
    True
    """
    text = plain_label(label)
    if not text:
        return None
    known = metrics().get(indicator_labels().get(text, ""))
    if known is not None and not (above and needs_group(text)) and _suits(known, unit):
        return known, True
    if _PART.search(label) or unit is None or unit.word is None:
        return None
    scored = _scored(f"{plain_label(above)}{text}" if above else text, unit)
    return (scored, False) if scored else None


def needs_group(label: str) -> bool:
    """Return whether a label says what is counted only with the label above it («参加人次», «册次»).

    >>> needs_group("参加人次（人次）"), needs_group("总流通人次")
    (True, False)
    """
    return bool(_SHARED.fullmatch(plain_label(label)))


def _suits(metric: Metric, unit: Unit | None) -> bool:
    """Return whether a metric may be stated in a unit; a rate or an unknown unit says nothing against it."""
    if unit is None or unit.family is None or unit.family in {"percent", "other"}:
        return True
    if metric.units and unit.word not in metric.units:
        return False
    return unit.family in metric.families or unit.word == metric.unit


def _scored(text: str, unit: Unit) -> Metric | None:
    word = measure_words()[unit.word or ""]
    for own, noun in ((text, ""), ("", text)):
        fits = candidates(_context(own, noun, Quantity(Decimal(1), None, unit.word, "exact", word)))
        if fits:
            return fits[0].metric
    return None


def _context(own: str, noun: str, quantity: Quantity) -> Context:
    """Return a number that stands after a label, as if a sentence told it."""
    return Context(
        mention=QuantityMention(0, 0, "", "1", "", "", "", "", "", 0, "table_statistics"),
        quantity=quantity,
        sentence=_NOWHERE,
        section=None,
        happening=None,
        own=own,
        noun=noun,
        carried="",
        clause=own,
    )
