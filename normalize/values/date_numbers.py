"""The numbers of a date as written: years of four or two digits, of the Republic, in Chinese; months and days."""

from __future__ import annotations

import re
from datetime import MAXYEAR

from normalize.values.numerals import read_digits, read_numeral

_REPUBLIC = re.compile(r"民国\s?(\d{1,3}|[元一二三四五六七八九十]+)")
_YEAR_ONE_OF_THE_REPUBLIC = 1912
_WINDOW = 50  # years of two digits lie within half a century of the report's


class NoDateError(ValueError):
    """A part of a date is no number, or no calendar has it."""


def day_or_month(text: str) -> int | None:
    """Return a month or day as a number («元» is one, «廿五» 25), None for ""; raise where it is none."""
    if not text:
        return None
    if len(text) <= 2 and text.isascii() and text.isdecimal():  # as nearly all are
        return int(text)
    bare = text.strip().rstrip("月份日号號")
    if not bare:
        return None
    if bare in ("元", "正"):
        return 1
    value = read_digits(bare)
    read = read_numeral(bare) if value is None else value
    if read is None or read != int(read):
        raise NoDateError
    return int(read)


def year_of(text: str, near: int | None) -> int:
    """Return a year as a number; two digits are the year nearest to `near`; raise where it is none.

    >>> year_of("二〇一四", None), year_of("98", 2010), year_of("二十", 2019), year_of("民国25", None)
    (2014, 1998, 2020, 1936)
    """
    if len(text) == 4 and text.isascii() and text.isdecimal():  # as nearly all are
        return int(text)
    bare = text.strip().removesuffix("度").removesuffix("年").strip()
    republic = _REPUBLIC.fullmatch(bare)
    if republic:
        return _YEAR_ONE_OF_THE_REPUBLIC - 1 + (day_or_month(republic[1]) or 0)
    value = day_or_month(bare)
    if value is None or len(bare) < 2 or value > MAXYEAR:
        raise NoDateError
    return _century(value, near) if value < 100 and len(bare) <= 3 else value


def _century(value: int, near: int | None) -> int:
    """Return the year that ends in these two digits and lies nearest to `near` (else from 1950 to 2049)."""
    least = (2000 if near is None else near) - _WINDOW
    return least + (value - least) % 100
