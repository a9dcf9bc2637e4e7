"""Units that a table states once for many numbers: in a header, in its caption, in a column of units."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

import regex
from msgspec import Struct

from schemas.measure_words import canonical_units, measure_words
from schemas.overlay import from_vocabulary

_SCALES = {"万": Decimal(10**4), "亿": Decimal(10**8), "千": Decimal(1000), "百万": Decimal(10**6), "百": Decimal(100)}
_SCALE = regex.compile(r"(?P<scale>百万|[百千万亿])(?P<rest>.*)")
_BRACKETS = regex.compile(
    r"[（(\[【](?:单位[:：])?(?P<inside>[^（）()\[\]【】]{1,8}(?:[（(][^（）()]{1,3}[）)])?)[）)\]】]"
)
_STATED = regex.compile(r"单位[:：](?P<units>[^。；;）)\s]{1,12})")  # «单位：万元», «(计量单位：册)»
_NUMBER_OF = regex.compile(r"(?P<unit>[^\d\W]{1,3}?)数量?$")  # 册数, 人数, 种数, 台数
_ALTERNATIVES = regex.compile(r"[/、,，或]")
_ENDINGS = ("人次", "册次", "场次", "件次", "班次", "平方米", "公里", "小时")


class Unit(Struct, frozen=True):
    """A unit with the scale before it: «万元» is 10000 × 元; the word is None where only a scale is stated («万»)."""

    factor: Decimal
    word: str | None

    @property
    def family(self) -> str | None:
        """The unit family of the word."""
        return measure_words()[self.word].family if self.word else None


@from_vocabulary
@lru_cache(maxsize=4096)
def read_unit(text: str) -> Unit | None:
    """Return the unit that a text names and nothing else («万元», «册(次)», «个/处»), or None.

    >>> read_unit("万人次"), read_unit("册（次）"), read_unit("备注")
    (Unit(factor=Decimal('10000'), word='人次'), Unit(factor=Decimal('1'), word='册次'), None)
    """
    text = text.strip("：: ")
    known = canonical_units()
    if text in known:
        return Unit(Decimal(1), known[text])
    scaled = _SCALE.fullmatch(text)
    if scaled:
        rest = read_unit(scaled["rest"]) if scaled["rest"] else Unit(Decimal(1), None)
        return Unit(_SCALES[scaled["scale"]] * rest.factor, rest.word) if rest else None
    first = _ALTERNATIVES.split(text)[0]
    return read_unit(first) if first != text and first else None


@from_vocabulary
@lru_cache(maxsize=4096)
def unit_of_header(text: str) -> Unit | None:
    """Return the unit that a header or a label states in brackets or after a comma, or None.

    >>> unit_of_header("经费（万元）"), unit_of_header("送书册数(册)").word, unit_of_header("增长（%）").word
    (Unit(factor=Decimal('10000'), word='元'), '册', '%')
    """
    for found in _BRACKETS.finditer(text):
        unit = read_unit(found["inside"])
        if unit is not None:
            return unit
    head, comma, tail = text.replace("，", ",").rpartition(",")
    stated = stated_unit(text)
    return stated or (read_unit(tail) if comma and head else None)


def stated_unit(text: str) -> Unit | None:
    """Return the one unit that «单位：…» states for a whole table; None where it states several or none.

    >>> stated_unit("2014年经费情况表（单位：万元）").word, stated_unit("单位：人次、册次")
    ('元', None)
    """
    found = _STATED.search(text)
    if found is None or len(_ALTERNATIVES.split(found["units"])) > 1:
        return None
    return read_unit(found["units"])


def unit_of_ending(label: str) -> Unit | None:
    """Return the unit that a label ends with («外借册次», «图书种数», «参加人数»), or None.

    >>> unit_of_ending("总流通人次").word, unit_of_ending("图书种数").word, unit_of_ending("馆名")
    ('人次', '种', None)
    """
    for ending in _ENDINGS:
        if label.endswith(ending):
            return read_unit(ending)
    found = _NUMBER_OF.search(label[-4:])
    if found is None:
        return None
    return next((unit for at in range(len(found["unit"])) if (unit := read_unit(found["unit"][at:]))), None)
