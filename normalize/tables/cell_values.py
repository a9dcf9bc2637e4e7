"""The number that a cell states: plain counts, and values with their own unit and hedge."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from normalize.tables.units import Unit, read_unit
from normalize.values.numerals import read_numeral
from normalize.values.quantities import Quantity, read_quantity
from schemas.measure_words import canonical_units, measure_words
from schemas.mentions import QuantityMention
from schemas.overlay import from_vocabulary

_HAN = r"[零〇一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿]*"  # no bare scale: «万册» is a unit
_NUMBER = r"\d[\d,，]*(?:\.\d+)?(?:\s?[万亿])?"
_COUNT = re.compile(
    rf"""
    (?:约|近|共|共计|累计|计)?\s*
    (?P<number>{_NUMBER}|{_HAN})
    \s*[余多]?\s*(?:人次|人|册次|册|名|次|场次|场|本|位|户|件|种|个|台|项|篇|期)?
    """,
    re.VERBOSE,
)
_VALUE = re.compile(
    rf"""
    (?P<before>大约|约为|约|近|超过|超|逾|不足|不到|不少于)?\s*
    (?P<sign>[-－—﹣▲↓↑+＋])?\s*
    (?P<number>{_NUMBER}|{_HAN})
    \s*(?P<middle>[余多])?\s*
    (?P<unit>[%％‰]|个?百分点|[^\d\s。；;，,:：=×*]{{1,8}}?)?
    (?P<after>左右|以上|以内)?
    """,
    re.VERBOSE,
)
_NOTHING = frozenset({"", "-", "—", "——", "－", "/", "／", "无", "…", "……", "\\", "--"})
_DOWN = frozenset("-－—﹣▲↓")


class CellValue(Struct, frozen=True):
    """A number in a cell: what it is worth, its own unit if any, and its half-open span within the cell's text."""

    quantity: Quantity
    unit: Unit | None
    start: int
    end: int


@lru_cache(maxsize=16384)  # the cells of a table are looked at several times: for its header, its columns, its sums
def read_count(text: str | None, unit: Unit | None = None) -> Decimal | None:
    """Return the plain number of a count cell («1,200», «约60人», «一百二十»), or None.

    `unit` is that of the header or caption: its scale counts where the cell states none of its own, so «1.2» under
    «人次(万)» is 12000 and «1.2万» there is 12000 too.

    >>> read_count("约60人"), read_count("1,200"), read_count("每场50人")
    (Decimal('60'), Decimal('1200'), None)
    >>> read_count("1.2", Unit(Decimal(10000), "人次"))
    Decimal('12000')
    """
    number = _numeral_of((text or "").strip())
    value = read_numeral(number) if number else None
    if value is None or unit is None or number[-1] in "万亿":
        return value
    return _plain(value * unit.factor)


def _numeral_of(text: str) -> str:
    """Return the numeral of a count cell, or "" where it is none."""
    if text.isdecimal():  # most counts by far
        return text
    found = _COUNT.fullmatch(text)
    return found["number"].replace("，", ",").replace(" ", "") if found else ""


def _plain(value: Decimal) -> Decimal:
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def is_nothing(text: str) -> bool:
    """Return whether a cell is empty or only says so («—», «/», «无»)."""
    return text.strip() in _NOTHING


@from_vocabulary
@lru_cache(maxsize=16384)
def read_value(text: str, unit: Unit | None = None) -> CellValue | None:
    """Return the number that a whole cell states, or None; `unit` is the one stated for it elsewhere.

    A unit of the cell's own wins, and a scale of its own is not scaled again. A fall («-3.2», «↓3.2») is negative.

    >>> value = read_value("约1.5", Unit(Decimal(10000), "元"))
    >>> str(value.quantity.value), value.quantity.unit, value.quantity.qualifier, (value.start, value.end)
    ('15000', '元', 'about', (0, 4))
    >>> read_value("5月4日"), read_value("第3名"), str(read_value("-3.2%").quantity.value)
    (None, None, '-3.2')
    """
    stripped = text.strip()
    found = _VALUE.fullmatch(stripped)
    own = read_unit(found["unit"].replace("％", "%")) if found and found["unit"] else None
    if found is None or (found["unit"] and own is None):
        return None
    scaled = found["number"][-1] in "万亿" or (own is not None and own.factor != 1)
    quantity = _quantity(found, own, unit)
    if quantity is None:
        return None
    stated = unit if own is None or own.word is None else own
    factor = own.factor if own else Decimal(1)
    factor *= unit.factor if unit and not scaled and (own is None or own.word == unit.word) else 1
    sign = -1 if found["sign"] and found["sign"] in _DOWN else 1
    value = _plain(quantity.value * factor * sign)
    start = len(text) - len(text.lstrip())
    end = found.start("after") if found["after"] else found.end()
    return CellValue(_with_value(quantity, value), stated, start, start + end)


def _with_value(quantity: Quantity, value: Decimal) -> Quantity:
    return Quantity(value, None, quantity.unit, quantity.qualifier, quantity.word)


def _quantity(found: re.Match[str], own: Unit | None, unit: Unit | None) -> Quantity | None:
    word = own.word if own and own.word else unit.word if unit else None
    mention = QuantityMention(
        start=0,
        end=found.end(),
        before=found["before"] or "",
        number=found["number"].replace("，", ",").replace(" ", ""),
        number_to="",
        scale="",
        middle=found["middle"] or "",
        measure_word=word if word in canonical_units() else "",
        after=found["after"] or "",
        number_start=found.start("number"),
        rule="table_statistics",
    )
    read = read_quantity(mention)
    return read and Quantity(read.value, None, word, read.qualifier, measure_words().get(word or ""))
