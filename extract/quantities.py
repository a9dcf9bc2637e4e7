"""Quantities as written: hedges, numeral, scale and measure word, with the span from first hedge or digit to the unit.

Grammar, on folded text (one blank may stand between the parts):

    quantity = before? amount (dash amount)? unit?         a hedge after the unit is noted, and is not in the span
    amount   = arabic middle? scale? middle? | han middle? | 几/数/十几/几十/上百… | 半 (before a unit of time)
    arabic   = 1,234.5 | 12.4 | 3 . 5
    scale    = 十 百 千 万 亿 百万 千万 …;  middle = 余 多 来 几
    before   = 约 近 超过 不少于 …;  after = 左右 以上 以内 …
    percent  = 百分之… 千分之… | arabic %;  fold = …倍 | 翻一番

What has this shape and counts nothing (dates, ordinals, names, codes) is claimed by extract/claims.py first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from schemas.measure_words import MeasureWord, canonical_units, measure_words
from schemas.mentions import QuantityMention
from schemas.words import alternation

_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,15}(?:\s?\.\s?\d{1,6})?(?!\d))"
_HAN_DIGIT = "一二两三四五六七八九"
_HAN = r"[零〇一二两三四五六七八九十百千万亿廿卅]{1,16}(?:点[零〇一二三四五六七八九]{1,4}万?)?"
_FORMAL = r"[壹贰叁肆伍陆柒捌玖][壹贰叁肆伍陆柒捌玖拾佰仟万]{0,12}"
_ROUGH = r"(?:十几|[几数][十百千万亿]{1,3}|上[百千万]{1,2}|成[百千万](?=上[百千万])|百十)"
_SCALE = r"(?:[十百千]?万亿?|亿|[十百千](?!分之))"
_MIDDLE = r"(?:余|多(?!少|媒|功能|元化|种类|样|年来)|来(?=[个名人次万本册场位]))"
_DASH = r"\s?(?:[-—–~～―]{1,3}|至|到)\s?"
BEFORE = [
    "约有",
    "约为",
    "大约",
    "大概",
    "约",
    "将近",
    "接近",
    "近",
    "超过",
    "超出",
    "超",
    "突破",
    "逾",
    "多达",
    "高达",
    "不少于",
    "不低于",
    "不下",
    "至少",
    "不超过",
    "不多于",
    "至多",
    "最多",
    "不足",
    "不到",
    "不满",
]
AFTER = ["左右", "上下", "以上", "以下", "以内", "之多", "之内", "开外"]
_BEFORE = regex.compile(rf"(?:{alternation(w for w in BEFORE if w != '高达')})\s?$")
_AFTER = regex.compile(rf"\s?(?P<after>{alternation(AFTER)})")
_TIME_UNIT = r"(?=(?:个(?:多)?(?:月|小时|学期|世纪)|天|年(?![级代度轮])|小时|日(?!制)))"


def _amount(name: str) -> str:
    return rf"""(?:
        (?P<{name}_arabic>{_ARABIC})\s?(?P<{name}_middle>{_MIDDLE})?\s?(?P<{name}_scale>{_SCALE})?\s?(?P<{name}_late>{_MIDDLE})?
      | (?P<{name}_rough>{_ROUGH})\s?(?P<{name}_rough_late>{_MIDDLE})?
      | (?P<{name}_han>{_HAN}|{_FORMAL})\s?(?P<{name}_han_middle>{_MIDDLE})?(?P<{name}_han_scale>[万亿])?(?P<{name}_han_late>{_MIDDLE})?
      | (?P<{name}_half>半){_TIME_UNIT}
    )"""


@cache
def _units() -> str:
    """Return the alternation of all spellings of all measure words, each refusing its look-alikes."""
    guarded = {}
    for word in measure_words().values():
        for spelling in word.spellings:
            refused = _tails(spelling, word.look_alikes)
            allowed = _tails(spelling, (*word.exceptions, *word.spellings))
            guard = f"(?={allowed})|" * bool(allowed) + f"(?!{refused})"
            guarded[spelling] = regex.escape(spelling) + (f"(?:{guard})" if refused else "")
            if spelling[-1].isascii() and spelling[-1].isalpha():
                guarded[spelling] += "(?![A-Za-z])"
    return "|".join(guarded[spelling] for spelling in sorted(guarded, key=lambda text: (-len(text), text)))


def _tails(spelling: str, longer: Sequence[str]) -> str:
    return alternation(text[len(spelling) :] for text in longer if text.startswith(spelling) and text != spelling)


@cache
def _pattern() -> regex.Pattern[str]:
    return regex.compile(
        rf"""
          (?P<fraction>[百千万]分之\s?(?:{_ARABIC}|{_HAN}))
        | (?P<fold>翻[一两二三]番|翻番)
        | (?<![\d.,]){_amount("a")}(?:(?P<unit_a>{_units()})?{_DASH}{_amount("b")})?\s?(?P<unit>{_units()})?
        """,
        regex.VERBOSE,
    )


def find_quantities(folded: str, taken: Sequence[tuple[int, int]] = ()) -> tuple[QuantityMention, ...]:
    """Return the quantities of a folded text in order; spans in `taken` (sorted, half-open) are not looked into."""
    return tuple(_scan(folded, taken))


def _scan(folded: str, taken: Sequence[tuple[int, int]]) -> Iterator[QuantityMention]:
    pattern, at, next_taken = _pattern(), 0, 0
    while True:
        stop = taken[next_taken][0] if next_taken < len(taken) else len(folded)
        while found := pattern.search(folded, at, stop):
            mention = _mention(folded, found, stop)
            if mention is not None:
                yield mention
            at = mention.end if mention else max(found.end("a_arabic"), found.end("a_han"), found.start() + 1)
        if next_taken >= len(taken):
            return
        at = max(at, taken[next_taken][1])
        next_taken += 1


def _mention(folded: str, found: regex.Match[str], stop: int) -> QuantityMention | None:
    if found["fraction"] or found["fold"]:
        return _whole(folded, found)
    word = found["unit"] or ""
    end = found.end() if word else _end_without_unit(found)
    middle = "".join(found[f"a_{part}"] or "" for part in ("middle", "late", "rough_late", "han_middle", "han_late"))
    number = found["a_arabic"] or found["a_rough"] or found["a_han"] or found["a_half"]
    scale = found["a_scale"] or found["a_han_scale"] or ""
    number_to = "".join(found[f"b_{part}"] or "" for part in ("arabic", "scale", "rough", "han", "han_scale"))
    if number_to:
        number, scale, middle = (
            number + scale,
            "",
            "".join(found[f"b_{part}"] or "" for part in ("middle", "late", "han_middle", "han_late")),
        )
    start, before = _before(folded, found.start())
    after = _AFTER.match(folded, end, stop)
    return QuantityMention(
        start,
        end,
        before,
        number,
        number_to,
        scale,
        middle,
        word,
        after["after"] if after else "",
        found.start(),
        _rule(found),
    )


def _rule(found: regex.Match[str]) -> str:
    if found["b_arabic"] or found["b_han"]:
        return "quantity_range"
    return next(f"quantity_{form}" for form in ("arabic", "rough", "han", "half") if found[f"a_{form}"])


def _end_without_unit(found: regex.Match[str]) -> int:
    ends = [found.end(name) for name in found.groupdict() if name[:2] in {"a_", "b_"} and found[name]]
    return max(ends)


def _whole(folded: str, found: regex.Match[str]) -> QuantityMention:
    start, before = _before(folded, found.start())
    kind = "quantity_fraction" if found["fraction"] else "quantity_fold"
    return QuantityMention(start, found.end(), before, found[0], "", "", "", "", "", found.start(), kind)


def _before(folded: str, start: int) -> tuple[int, str]:
    """Return where the hedge before a number begins, and the hedge; (start, "") where there is none."""
    found = _BEFORE.search(folded, max(0, start - 5), start)
    if found is None or _is_word_tail(folded, found.start()):
        return start, ""
    return found.start(), found[0].strip()


_WORD_TAILS = regex.compile(r"(?:[节简大制条公签特预合誓邀赴违失履契]约|[附最靠临邻亲新远]近|高超|赶超)$")


def _is_word_tail(folded: str, at: int) -> bool:
    """Whether the hedge's first character ends another word («最近100天», «附近3个村»)."""
    return bool(_WORD_TAILS.search(folded, max(0, at - 1), at + 1))


def unit_of(mention: QuantityMention) -> MeasureWord | None:
    """Return the measure word of a mention, or None where none is written."""
    return measure_words()[canonical_units()[mention.measure_word]] if mention.measure_word else None
