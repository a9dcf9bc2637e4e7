"""Quantities: what a number as written is worth, in which unit, and how the text hedges it."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from normalize.values.numerals import is_approximate, read_fraction_phrase, read_neighbours, read_numeral
from schemas.measure_words import MeasureWord, canonical_units, half_inside, hedge_inside, measure_words
from schemas.mentions import QuantityMention

_BEFORE = {
    **dict.fromkeys(["约", "约有", "约为", "大约", "大概"], "about"),
    **dict.fromkeys(["超过", "超出", "超", "突破", "逾", "多达"], "over"),
    **dict.fromkeys(["近", "将近", "接近", "不足", "不到", "不满"], "nearly"),
    **dict.fromkeys(["不少于", "不低于", "不下", "至少"], "at_least"),
    **dict.fromkeys(["不超过", "不多于", "至多", "最多"], "at_most"),
}
_AFTER = {
    **dict.fromkeys(["左右", "上下", "光景"], "about"),
    **dict.fromkeys(["以上", "之多", "开外", "有余", "出头", "多", "余"], "over"),
    **dict.fromkeys(["不到", "不足"], "nearly"),
    **dict.fromkeys(["以下", "以内", "之内"], "at_most"),
}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_SCALES |= {"百亿": 10**10, "千亿": 10**11, "万亿": 10**12, "十亿": 10**9}


class Quantity(Struct, frozen=True):
    """A quantity read: its value (the lower bound of a range), upper bound of a range, canonical unit, qualifier."""

    value: Decimal
    upper: Decimal | None
    unit: str | None
    qualifier: str
    word: MeasureWord | None

    @property
    def family(self) -> str | None:
        """The unit family, or None where no unit is written."""
        return self.word.family if self.word else None


def read_quantity(mention: QuantityMention) -> Quantity | None:
    """Return what a mention is worth, or None where its numeral has no value («几» alone).

    The hedge before the number wins over those inside it and after it; 万 and 亿 scale both bounds of «1—2万».
    """
    if mention.rule in {"quantity_fraction", "quantity_fold", "quantity_tenths"}:
        return _whole(mention)
    value, upper = _bounds(mention)
    if value is None:
        return None
    word = measure_words()[canonical_units()[mention.measure_word]] if mention.measure_word else None
    if mention.measure_word and half_inside(mention.measure_word) and mention.number != "半":
        value += Decimal("0.5")
    unit = word.code if word else None
    return Quantity(_plain(value), _plain(upper) if upper is not None else None, unit, _qualifier(mention, upper), word)


def _plain(value: Decimal) -> Decimal:
    """Return the same number, a whole one without a fraction of zeros."""
    whole = Decimal(int(value))
    return whole if whole == value else value.normalize()


def _whole(mention: QuantityMention) -> Quantity | None:
    percent = measure_words()["%"]
    if mention.rule == "quantity_fold":
        times = {"翻两番": 4, "翻二番": 4, "翻三番": 8}.get(mention.number, 2)
        return Quantity(Decimal(times), None, "倍", _qualifier(mention, None), measure_words()["倍"])
    if mention.rule == "quantity_tenths":
        tenths, _, part = mention.number.partition("成")
        head, tail = _number(tenths), Decimal(5) if part == "半" else _number(part)
        value = None if head is None or tail is None else head + tail / 10
        return None if value is None else Quantity(value, None, "成", _qualifier(mention, None), measure_words()["成"])
    value = read_fraction_phrase(mention.number)
    return None if value is None else Quantity(value, None, "%", _qualifier(mention, None), percent)


def _bounds(mention: QuantityMention) -> tuple[Decimal | None, Decimal | None]:
    neighbours = read_neighbours(mention.number) if not mention.number_to else None
    scale = Decimal(_SCALES.get(mention.scale, 1))
    if neighbours is not None:
        return neighbours[0] * scale, neighbours[1] * scale
    value = _number(mention.number)
    if value is None or not mention.number_to:
        return (None if value is None else value * scale), None
    upper = _number(mention.number_to)
    if upper is not None and mention.number_to[-1:] in "百千万亿" and mention.number[-1:] not in "十百千万亿":
        power = Decimal(_SCALES[mention.number_to[-1]])
        if value < upper / power:
            value *= power
    return value, upper


def _number(text: str) -> Decimal | None:
    return Decimal("0.5") if text == "半" else read_numeral(text)


def _qualifier(mention: QuantityMention, upper: Decimal | None) -> str:
    if mention.before:
        return _BEFORE[mention.before]
    if upper is not None:
        return "range"
    if mention.after:
        return _AFTER[mention.after]
    if is_approximate(mention.number):
        return "about"
    if mention.middle in {"来", "把"}:
        return "about"
    return "over" if mention.middle or (mention.measure_word and hedge_inside(mention.measure_word)) else "exact"
