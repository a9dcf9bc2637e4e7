"""Numerals, Arabic and Chinese and mixed, to exact decimal numbers.

A string goes in, a value or None comes out. Hedges (约, 余, 多) and measure words are not part of the string; 几, 数,
上 are, because they stand where a digit would («几百», «数十», «上千»).

How a numeral is read:

    1. One spelling: blanks out, traditional and formal characters simplified (萬, 贰拾), full width narrowed.
    2. Neighbours («二三十», «十七八») stand for their lower digit; 几 before a place stands for one, after 十 for none.
    3. What is no place value: 半, digit strings (二〇一四), decimals (三点五万).
    4. Place value: split at 亿, then at 万; sections of 千 百 十 and ones, where an Arabic number may stand for any
       digit (3万5千, 12.4万, 11千) and a last digit without 零 is read one place down (一千二 = 1200).
"""

from __future__ import annotations

import re
from decimal import Decimal

import regex

_LONGEST = 40  # code points without blanks; the longest spelled number below the limit is shorter
_MOST_DIGITS = 18  # a longer run of digits is a code and no count
_TOO_GREAT = Decimal(10) ** 18
_HUNDRED = Decimal(100)
_DIGITS = "零一二三四五六七八九"
_PLACES = (("千", 1000), ("百", 100), ("十", 10))
_SCALES = {"万": 10**4, "亿": 10**8}

_SIMPLIFIED: dict[int, int | str] = {
    **str.maketrans(
        "〇○兩两俩貳贰弍壹弌參叁叄弎肆伍陸陆柒捌玖拾佰仟萬億點點幾數０１２３４５６７８９．，",
        "零零二二二二二二一一三三三三四五六六七八九十百千万亿点点几数0123456789.,",
    ),
    **{ord("廿"): "二十", ord("卄"): "二十", ord("卅"): "三十", ord("卌"): "四十"},
}
_LETTERS_FOR_ZERO = str.maketrans("OoОоΟο", "000000")  # Latin, Cyrillic and Greek: «二O一四»
_BLANKS = re.compile(r"\s+")

_PLAIN_ARABIC = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,6})?")  # most numerals by far: 12, 3.5, read without more ado
_PLAIN_DIGITS = re.compile(rf"[0-9]{{1,{_MOST_DIGITS}}}")
_SEPARATOR = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")  # 1,234,567 but not 12,34
_TOO_LONG = re.compile(rf"[0-9]{{{_MOST_DIGITS + 1}}}")
_DIGIT_STRING = re.compile(rf"[0{_DIGITS}]{{2,}}")  # 二零一四, 二0一四
_DECIMAL = re.compile(rf"(?P<whole>[{_DIGITS}十百千]+)点(?P<part>[{_DIGITS}]+)(?P<scale>万?亿?)")

# 二三十, 十七八, 三五百, 两三: two digits side by side, alone among places
_PAIR = regex.compile(rf"(?<![{_DIGITS}0-9点])(?P<low>[{_DIGITS[1:9]}])(?P<high>[{_DIGITS[2:]}])(?![{_DIGITS}0-9点])")

_SOME_BEFORE_PLACE = re.compile(r"(?:\A(?:好几|数)|几)(?=[十百千万亿])")  # 几百, 数十, 好几千, 三百几十
_SOME_AFTER_TEN = regex.compile(r"(?<=十|[1-9]0)几(?![十百千])")  # 十几, 二十几万, 30几
_UP_TO = re.compile(r"\A[上成](?=[十百千万亿])")  # 上百, 成千
_ROUGH = re.compile(r"几|\A[数上成]|\A百十\Z")

_ONE_TERM = rf"[0-9]+(?:\.[0-9]+)?|[{_DIGITS[1:]}]"
_SECTION = re.compile(
    rf"""
      (?:(?P<千>{_ONE_TERM})千|(?P<bare_千>\A千))?        # 三千, 11千; 千 alone
      (?:零?(?P<百>{_ONE_TERM})百|(?P<bare_百>\A百))?     # 五百, 零五百; 百 alone
      (?:零?(?P<十>{_ONE_TERM})十|零?(?P<bare_十>十))?      # 三十, 十, 一百十
      (?:(?P<zero>零)?(?P<ones>{_ONE_TERM}))?               # 二, 零五; an Arabic number alone
    """,
    re.VERBOSE,
)
_FRACTION = re.compile(r"(?P<below>[^分]+)分之(?P<above>[^分]+)")


def read_numeral(text: str) -> Decimal | None:
    """Return the value of a numeral, exact and without an exponent, or None where the text is no numeral.

    Rough numerals give the round number below (几百 → 100, 十几 → 10, 数十 → 10), neighbours the lower one; a bare 几
    states no number. Values from 10^18 and runs of more than 18 digits are no counts: None. Linear in the text.

    >>> [str(read_numeral(text)) for text in ("1,234.50", "12.4万", "3万5千", "两万五", "三百零五", "二〇一四", "几百")]
    ['1234.5', '124000', '35000', '25000', '305', '2014', '100']
    >>> read_numeral("半"), read_numeral("一部分")
    (Decimal('0.5'), None)
    """
    if _PLAIN_ARABIC.fullmatch(text):
        return _plain(Decimal(text)) if "." in text else Decimal(text)
    written = _one_spelling(text)
    pair = _pair(written)
    return _read(_without(written, pair, "high") if pair else written)


def read_neighbours(text: str) -> tuple[Decimal, Decimal] | None:
    """Return (lower, upper), both inclusive, of a numeral with two neighbouring digits, or None.

    >>> [tuple(map(str, read_neighbours(text) or ())) for text in ("二三十", "三五百", "十七八", "两三", "二十")]
    [('20', '30'), ('300', '500'), ('17', '18'), ('2', '3'), ()]
    """
    if _PLAIN_ARABIC.fullmatch(text):
        return None
    written = _one_spelling(text)
    pair = _pair(written)
    if pair is None:
        return None
    lower, upper = _read(_without(written, pair, "high")), _read(_without(written, pair, "low"))
    return (lower, upper) if lower is not None and upper is not None else None


def read_digits(text: str) -> int | None:
    """Return a number written digit by digit (二〇一四, 一四, 2014), or None. Two neighbours are digits here.

    >>> read_digits("二〇一四"), read_digits("二O一二"), read_digits("一二"), read_digits("十二")
    (2014, 2012, 12, None)
    """
    if _PLAIN_DIGITS.fullmatch(text):
        return int(text)
    written = _one_spelling(text).translate(_LETTERS_FOR_ZERO)
    digits = "".join(str(_DIGITS.index(sign)) if sign in _DIGITS else sign for sign in written)
    return int(digits) if _PLAIN_DIGITS.fullmatch(digits) else None


def read_fraction_phrase(text: str) -> Decimal | None:
    """Return a fraction in words as a percentage, or None: 百分之九十八点五 → 98.5, 千分之三 → 0.3.

    Rounded to six places where it does not end before (三分之二 → 66.666667).

    >>> [str(read_fraction_phrase(text)) for text in ("百分之九十八点五", "千分之三", "百分之百", "四分之三")]
    ['98.5', '0.3', '100', '75']
    """
    found = _FRACTION.fullmatch(_one_spelling(text))
    below, above = (read_numeral(found["below"]), read_numeral(found["above"])) if found else (None, None)
    if below is None or below < 1 or above is None:
        return None
    return _plain((_HUNDRED * above / below).quantize(Decimal("0.000001")))


def is_approximate(text: str) -> bool:
    """Return whether the numeral itself is rough: 几百, 十几, 数十, 上千, 二三十.

    >>> is_approximate("十几"), is_approximate("数千"), is_approximate("二三十"), is_approximate("三十")
    (True, True, True, False)
    """
    if _PLAIN_ARABIC.fullmatch(text):
        return False
    written = _one_spelling(text)
    return bool(_ROUGH.search(written) or _pair(written)) and read_numeral(text) is not None


def _one_spelling(text: str) -> str:
    """Return the numeral in simplified characters without blanks and separators; "" where it is too long to be one."""
    written = _BLANKS.sub("", text)
    if len(written) > _LONGEST:
        return ""
    written = _SEPARATOR.sub("", written.translate(_SIMPLIFIED))
    return "" if _TOO_LONG.search(written) else written


def _pair(written: str) -> regex.Match[str] | None:
    """Return the two neighbouring digits: the second follows the first, or they are 三五."""
    for found in _PAIR.finditer(written):
        if found[0] == "三五" or _DIGITS.find(found["high"]) - _DIGITS.find(found["low"]) == 1:
            return found
    return None


def _without(written: str, found: regex.Match[str], group: str) -> str:
    return written[: found.start(group)] + written[found.end(group) :]


def _read(written: str) -> Decimal | None:
    if written in ("半", "百十"):  # «百十来人» is about a hundred
        return Decimal("0.5") if written == "半" else _HUNDRED
    zeros = written.translate(_LETTERS_FOR_ZERO)
    point = _DECIMAL.fullmatch(written)
    if _DIGIT_STRING.fullmatch(zeros):
        value = Decimal(read_digits(zeros) or 0)
    elif (read := _decimal(point) if point else _scaled(_firm(written), "亿")) is not None:
        value = read
    else:
        return None
    return _plain(value) if value < _TOO_GREAT else None


def _firm(written: str) -> str:
    """Return a rough numeral as the round number below: 几百 → 一百, 十几 → 十, 上千 → 千."""
    return str(_SOME_BEFORE_PLACE.sub("一", _SOME_AFTER_TEN.sub("", _UP_TO.sub("", written))))


def _plain(value: Decimal) -> Decimal:
    """Return the same number without an exponent and without trailing zeros."""
    whole = int(value)
    return Decimal(whole) if value == whole else value.normalize()


def _decimal(found: re.Match[str]) -> Decimal | None:
    whole = _section(found["whole"])
    if whole is None:
        return None
    part = "".join(str(_DIGITS.index(sign)) for sign in found["part"])
    scale = 1
    for sign in found["scale"]:
        scale *= _SCALES[sign]
    return Decimal(f"{whole:f}.{part}") * scale


def _scaled(written: str, sign: str) -> Decimal | None:
    """Return the value of what stands around the first 亿 or, within its parts, the first 万: 两亿零三百万."""
    head, mark, tail = written.partition(sign)
    if not mark:
        return _below(written, sign)
    times = _below(head, sign) if head else Decimal(1)  # 万 alone is one 万
    rest = _rest(tail, sign)
    return None if times is None or rest is None else times * _SCALES[sign] + rest


def _below(written: str, sign: str) -> Decimal | None:
    return _scaled(written, "万") if sign == "亿" else _section(written)


def _rest(tail: str, sign: str) -> Decimal | None:
    """Return the value of what follows a 万 or 亿: nothing, a digit one place down (两万五), or a smaller number."""
    if not tail:
        return Decimal(0)
    if len(tail) == 1 and tail in _DIGITS[1:] + "123456789":
        return _digit(tail) * _SCALES[sign] / 10
    tail = tail.removeprefix("零")
    value = _below(tail, sign) if tail and tail[0] not in "零百千万" else None
    is_smaller = value is not None and value < _SCALES[sign] and value == value.to_integral_value()
    return value if is_smaller else None


def _digit(term: str) -> Decimal:
    return Decimal(_DIGITS.index(term) if term in _DIGITS else term)


def _section(written: str) -> Decimal | None:
    """Return the value of a numeral without 万 and 亿, or None; its places fall from left to right."""
    if written == "零":
        return Decimal(0)
    found = _SECTION.fullmatch(written)
    if found is None or not written or written[0] == "零":
        return None
    terms = [(_digit(found[sign] or "一"), place) for sign, place in _PLACES if found[sign] or found[f"bare_{sign}"]]
    if found["ones"]:
        lowest = terms[-1][1] if terms else 1
        one_down = lowest > 10 and not found["zero"] and len(found["ones"]) == 1  # 一千二
        terms.append((_digit(found["ones"]), lowest // 10 if one_down else 1))
    return _sum(terms)


def _sum(terms: list[tuple[Decimal, int]]) -> Decimal | None:
    """Return the sum of digit × place, or None where a later term does not fit below the place before it."""
    total, limit = Decimal(0), None
    for digit, place in terms:
        term = digit * place
        if limit is not None and (term >= limit or term != term.to_integral_value()):
            return None
        total, limit = total + term, place
    return total
