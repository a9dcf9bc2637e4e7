"""Numerals: one value and all its spellings, what is none, and round trips."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.values.numerals import is_approximate, read_digits, read_fraction_phrase, read_neighbours, read_numeral

# one value → its spellings; the rarer ones say where they come from
SPELLINGS = {
    "0": "0 零 〇 ０ 0.0",
    "0.5": "半 0.5 零点五 ０．５",
    "2": "2 二 两 貳 贰 兩 02 ２",
    "3.5": "3.5 三点五 3.50 ３.５",
    "10": "10 十 拾 一十 １０",
    "12": "12 十二 拾贰 一十二",
    "20": "20 二十 廿 贰拾",
    "25": "25 二十五 廿五",
    "31": "31 三十一 卅一",
    "55": "55 五十五 五五",
    "100": "100 百 一百 壹佰",
    "110": "110 一百一十 一百一 一百十",
    "120": "120 一百二十 一百二",
    "305": "305 三百零五 三百〇五 叁佰零伍",
    "350": "350 三百五十 三百五",
    "1000": "1000 1,000 1，000 千 一千 1千 壹仟",
    "1200": "1200 1,200 一千二 一千二百 1千2 1千2百",
    "2008": "2008 二〇〇八 二零零八 二○○八 两千零八",
    "2014": "2014 二〇一四 二零一四 二O一四 二０一四 二0一四 两千零一十四",  # letters and digits for 〇: typists' habit
    "11000": "11000 11千 1.1万 一万一 一万一千",
    "10000": "10000 万 一万 1万 10千 壹萬",
    "25000": "25000 两万五 两万五千 二万五千 2万5千 2.5万 2万5",
    "35000": "3万5千 三万五 3.5万 三点五万 35,000",
    "30005": "30005 三万零五 3万零5",
    "124000": "12.4万 124,000 十二万四 十二万四千 十二点四万",
    "235000": "23.5万 贰拾叁万伍仟 貳拾叄萬伍仟",
    "1000000": "百万 一百万 100万 1,000,000",
    "30000000": "3千万 三千万 3000万 0.3亿",
    "120000000": "一亿二 一亿二千万 1.2亿 1亿2000万",
    "200000003": "两亿零三 二亿零三",
    "2000000000000": "2万亿 两万亿 20000亿",
}


@pytest.mark.parametrize(("value", "spelling"), [(v, s) for v, row in SPELLINGS.items() for s in row.split()])
def test_every_spelling_has_its_value(value: str, spelling: str) -> None:
    assert str(read_numeral(spelling)) == value


ROUGH = [
    ("几百", "100"),
    ("几十", "10"),
    ("十几", "10"),
    ("数十", "10"),
    ("数千", "1000"),
    ("几万", "10000"),
    ("十几万", "100000"),
    ("几十万", "100000"),
    ("二十几", "20"),
    ("30几", "30"),
    ("上百", "100"),
    ("上千", "1000"),
    ("成百", "100"),
    ("好几千", "1000"),
    ("三百几十", "310"),
    ("百十", "100"),
    ("二三十", "20"),
    ("幾百", "100"),
]


@pytest.mark.parametrize(("text", "value"), ROUGH)
def test_rough_numerals_give_the_round_number_below(text: str, value: str) -> None:
    assert str(read_numeral(text)) == value
    assert is_approximate(text)


@pytest.mark.parametrize("text", ["三十", "百", "12.4万", "二〇一四", "几", "数", "上", "成人", ""])
def test_what_is_not_rough(text: str) -> None:
    assert not is_approximate(text)


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("二三十", "20", "30"),
        ("十七八", "17", "18"),
        ("七八百", "700", "800"),
        ("三五", "3", "5"),
        ("三五百", "300", "500"),
        ("两三千", "2000", "3000"),
        ("五六万", "50000", "60000"),
        ("三四十万", "300000", "400000"),
        ("一百二三", "120", "130"),
        ("一千二三百", "1200", "1300"),
        ("两万五六", "25000", "26000"),
    ],
)
def test_neighbours(text: str, lower: str, upper: str) -> None:
    assert [str(bound) for bound in read_neighbours(text) or ()] == [lower, upper]
    assert str(read_numeral(text)) == lower


@pytest.mark.parametrize("text", ["九十", "三十", "五五", "二〇一四", "一二三", "三点四五", "一三十", "23", ""])
def test_no_neighbours(text: str) -> None:
    assert read_neighbours(text) is None


NO_NUMERALS = [
    *["", " ", "个", "约59万", "59万余", "59万册", "第三", "一部分", "半半", "一半"],
    *["十百千", "亿万", "千万万", "万一亿亿", "十十", "百千", "几", "好几", "数", "上", "数以百计", "几几", "十几几"],
    *["12,34", "1.2.3", "12..3", ".5", "5.", "1,2345", "3万5.5", "1万20000", "三点", "点五", "零百"],
    *["½", "Ⅲ", "①", "٣", "NaN", "Infinity", "1e5", "-5", "+5", "0x10", "1_000"],
    *["1" * 19, "9" * 5000, "千" * 41, "9999999999999999亿"],
]


@pytest.mark.parametrize("text", NO_NUMERALS)
def test_what_is_no_numeral(text: str) -> None:
    assert read_numeral(text) is None


def test_blanks_inside_are_the_typists() -> None:
    assert read_numeral("3 . 5") == Decimal("3.5")
    assert read_numeral("12 000") == Decimal(12000)
    assert read_numeral("　１２．４ 万") == Decimal(124000)


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("百分之九十八点五", "98.5"),
        ("百分之98.5", "98.5"),
        ("百分之百", "100"),
        ("百分之一百二十", "120"),
        ("千分之三", "0.3"),
        ("万分之五", "0.05"),
        ("十分之三", "30"),
        ("四分之三", "75"),
        ("三分之一", "33.333333"),
        ("三分之二", "66.666667"),
        ("百 分之 五", "5"),
        ("百分之几", "None"),
        ("零分之一", "None"),
        ("0.00000000000000001分之九亿", "None"),
        ("分之", "None"),
        ("百分之五分之一", "None"),
        ("部分之五", "None"),
        ("五", "None"),
    ],
)
def test_fraction_phrases(text: str, percent: str) -> None:
    assert str(read_fraction_phrase(text)) == percent


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一二", 12),
        ("二〇一四", 2014),
        ("一四", 14),
        ("〇八", 8),
        ("２０１４", 2014),
        ("十二", None),
        ("", None),
        ("2.5", None),
    ],
)
def test_digits(text: str, number: int | None) -> None:
    assert read_digits(text) == number


PLACES = ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十"))


def spell(number: int) -> str:
    """Return a number from 0 below 10^12 as it is spelled in full: 10203 → 一万零二百零三."""
    if number < 10:
        return "零一二三四五六七八九"[number]
    place, sign = next((place, sign) for place, sign in PLACES if number >= place)
    rest = number % place
    gap = "零" if rest and rest * 10 < place else ""
    return spell(number // place) + sign + (gap + spell(rest) if rest else "")


NUMBERS = st.one_of(st.integers(0, 10**12 - 1), st.integers(0, 20_000), st.integers(0, 11).map(lambda power: 10**power))


def test_spell_spells() -> None:
    spelled = ["零", "十", "一百零五", "一万零二百零三", "二十万零三十"]
    assert [
        spell(number).removeprefix("一") if number == 10 else spell(number) for number in (0, 10, 105, 10203, 200030)
    ] == spelled


@given(NUMBERS)
def test_spelled_numbers_come_back(number: int) -> None:
    assert read_numeral(spell(number)) == number
    assert read_numeral(f"{number:,}") == number


@given(st.integers(0, 10**9), st.integers(1, 4))
def test_scaled_decimals_come_back(digits: int, places: int) -> None:
    written = Decimal(digits).scaleb(-places)
    assert read_numeral(f"{written:f}万") == written * 10**4
    assert read_numeral(f"{written:f}亿") == written * 10**8


@given(st.integers(0, 10**12 - 1))
def test_formal_and_traditional_characters_say_the_same(number: int) -> None:
    formal = str.maketrans("一二三四五六七八九十百千万亿", "壹贰叁肆伍陆柒捌玖拾佰仟萬億")
    assert read_numeral(spell(number).translate(formal)) == number


@given(NUMBERS, st.sampled_from(["low", "up"]))
def test_reads_as_cn2an_writes(number: int, mode: str) -> None:
    assert read_numeral(cn2an.an2cn(number, mode)) == number


@given(st.text("零〇一二两三四五六七八九十百千万亿点几数上半廿0123456789.,， O贰拾", max_size=12))
def test_any_row_of_signs_is_a_plain_number_or_none(text: str) -> None:
    value = read_numeral(text)
    assert value is None or (value >= 0 and "E" not in str(value) and not str(value).endswith(".0"))
    bounds = read_neighbours(text)
    assert bounds is None or (bounds[0] < bounds[1] and value == bounds[0])


@given(st.text())
def test_no_text_breaks_the_readers(text: str) -> None:
    read_numeral(text)
    read_digits(text)
    read_neighbours(text)
    read_fraction_phrase(text)
    is_approximate(text)


def test_spelled_numbers_rise() -> None:
    values = [read_numeral(spell(number)) or Decimal(0) for number in range(0, 12_000)]
    assert all(low < high for low, high in pairwise(values))
