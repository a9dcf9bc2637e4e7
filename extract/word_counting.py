"""The ways in which Word writes the number of a list item (ST_NumberFormat, ISO/IEC 29500-1, 17.18.59)."""

from __future__ import annotations

from collections.abc import Callable

_HAN, _HAN_PLACES = "零一二三四五六七八九", ("", "十", "百", "千")
_LEGAL, _LEGAL_PLACES = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")
_LEGAL_OLD, _LEGAL_OLD_PLACES = "零壹貳參肆伍陸柒捌玖", ("", "拾", "佰", "仟")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def written(number: int, way: str) -> str:
    """Return a list number as Word writes it; a way that is not known, or that ends before, writes Arabic digits.

    >>> written(12, "chineseCounting"), written(3, "ideographTraditional"), written(28, "upperLetter")
    ('十二', '丙', 'BB')
    >>> written(2, "decimalEnclosedCircle"), written(21, "decimalEnclosedCircle"), written(4, "lowerRoman")
    ('②', '21', 'iv')
    """
    return (_WAYS.get(way, str)(number) if number >= 0 else "") or str(number)


def _places(number: int, digits: str, places: tuple[str, ...], filler: str = "零") -> str:
    """Return a number below 10000 with its places spelled out; one filler stands for a run of inner zeros."""
    if not 0 < number < 10000:
        return ""
    text, gap = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += (filler if gap else "") + digits[digit] + places[place]
        gap = bool(text) and not digit
    return text


def _thousands(number: int) -> str:
    text = _places(number, _HAN, _HAN_PLACES)
    return text.removeprefix("一") if 10 <= number < 20 else text


def _counting(number: int) -> str:
    """Return 一 to 九十九 with the ten spelled out, from a hundred on digit by digit."""
    return _thousands(number) if number < 100 else _digits(number, "○")


def _japanese(number: int) -> str:
    text = _places(number, _HAN, _HAN_PLACES, filler="")
    for place in "十百千":
        text = text.replace(f"一{place}", place)
    return text


def _digits(number: int, zero: str) -> str:
    return str(number).translate({ord("0"): zero, **{ord(str(n)): _HAN[n] for n in range(1, 10)}})


def _row(signs: str) -> Callable[[int], str]:
    """Return the way that takes its signs one after the other and then ends."""
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else ""


def _signs(first: str, how_many: int) -> Callable[[int], str]:
    return _row("".join(chr(ord(first) + step) for step in range(how_many)))


def _letters(first: str) -> Callable[[int], str]:
    """Return a to z, then aa, bb, cc."""
    return lambda number: chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 780 else ""


def _roman(number: int) -> str:
    text = ""
    for worth, sign in _ROMAN if 0 < number < 4000 else ():
        text += sign * (number // worth)
        number %= worth
    return text


def _full_width(number: int) -> str:
    return str(number).translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})


def _sixty(number: int) -> str:
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if 0 < number <= 60 else ""


_WAYS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "numberInDash": lambda number: f"- {number} -",
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": _thousands,
    "taiwaneseCountingThousand": _thousands,
    "japaneseCounting": _japanese,
    "ideographDigital": lambda number: _digits(number, "〇"),
    "japaneseDigitalTenThousand": lambda number: _digits(number, "〇"),
    "taiwaneseDigital": lambda number: _digits(number, "○"),
    "chineseLegalSimplified": lambda number: _places(number, _LEGAL, _LEGAL_PLACES),
    "ideographLegalTraditional": lambda number: _places(number, _LEGAL_OLD, _LEGAL_OLD_PLACES),
    "ideographTraditional": _row(_STEMS),
    "ideographZodiac": _row(_BRANCHES),
    "ideographZodiacTraditional": _sixty,
    "decimalEnclosedCircle": _signs("①", 20),
    "decimalEnclosedCircleChinese": _signs("①", 10),
    "decimalEnclosedParen": _signs("⑴", 20),
    "decimalEnclosedFullstop": _signs("⒈", 20),
    "ideographEnclosedCircle": _signs("㊀", 10),
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
}
