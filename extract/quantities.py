"""Quantities as written: hedges, numeral, scale and measure word, with the span from first hedge or digit to the unit.

Grammar, on folded text (one blank may stand between the parts, no line end):

    quantity = before? amount (dash amount)? unit?         a hedge after the unit is noted, and is not in the span
    amount   = mixed middle? | arabic middle? scale? middle? | rough scale? | han middle? scale? | 半 (before a time)
    arabic   = 1,234.5 | 12.4 | 3 . 5;                     mixed = 3万5千 | 1亿2000万 | 1万2
    rough    = 几百 | 数十 | 十几 | 上百 | 成千 | 百十
    scale    = 十 百 千 万 亿 百万 千万 …;                 middle = 余 多 来 把 | + (9万+)
    before   = 约 近 超过 不少于 …;                        after = 左右 以上 以内 …
    unit     = a measure word, or one in brackets: 8.5万(册)
    percent  = 百分之… 千分之… 三分之二 | arabic %;        fold = …倍 | 翻一番;    tenths = 三成五 | 八成半

What has this shape and counts nothing (dates, ordinals, names, codes) is claimed by extract/claims.py first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extract.scanning import tried_at
from schemas.measure_words import MeasureWord, canonical_units, measure_words
from schemas.mentions import QuantityMention
from schemas.overlay import from_vocabulary
from schemas.words import alternation

_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,15}(?:[ ]?\.[ ]?\d{1,6})?(?!\d))"
_MIXED = r"""(?:
      \d{1,4}[ ]?亿[ ]?\d{1,4}[ ]?万                        # 1亿2000万
    | \d{1,4}[ ]?万[ ]?\d[ ]?千(?:[ ]?\d[ ]?百)?               # 3万5千, 3万5千2百
    | \d{1,4}[ ]?万[ ]?\d{4}(?![\d,.年])                    # 3万5000
    | \d{1,3}[ ]?千[ ]?\d[ ]?百                             # 3千5百
    | \d{1,4}万\d(?![\d.,%万千百十年月日、至~—–-])             # 1万2
    )"""
_HAN_DIGIT = "一二两三四五六七八九"
_HAN_NUMERAL = f"{_HAN_DIGIT}十百千万亿"
_HAN = r"[零〇一二两三四五六七八九十百千万亿廿卅]{1,16}(?:点[零〇一二三四五六七八九]{1,4}万?)?"
_TENTHS = rf"(?<![\d.点{_HAN_NUMERAL}])[\d{_HAN_DIGIT}]成[\d{_HAN_DIGIT}半](?![\d.点半几多余来{_HAN_NUMERAL}])"
_SMALL_HAN = rf"[{_HAN_DIGIT}十百]{{1,5}}"
_FORMAL = r"[壹贰叁肆伍陆柒捌玖][壹贰叁肆伍陆柒捌玖拾佰仟万]{0,12}"
_ROUGH = r"""(?:
      [二三四五六七八九]?十几[百千万亿]{0,2}               # 十几, 十几万, 二十几
    | 好?[几数][十百千万亿]{1,3}                           # 几百, 数十万, 好几千
    | 上[百千万]{1,2}                                      # 上百
    | 成[百千万](?=上[百千万])                              # 成百上千
    | 百十
    )"""
_BEGINS = r"[0-9零〇一二两三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖半几数好上成翻](?<!\d\d)"
_SCALE = r"(?:[十百千]?万亿?|亿|[十百千](?!分之))"
_MIDDLE = (
    r"(?:余|多(?!少|媒|功能|元化|种类|样|年来)|(?:来|(?<=[百千万])把)(?=[个名人次万本册场位天种件台家张幅部篇条]))"
)
_PLUS = r"(?<=[\d万千百亿])\+(?![\dA-Za-z+])"  # «9万+», but not «1+N»
_DASH = r"[ ]?(?:[-—–~～―]{1,3}|至|到)[ ]?"
BEFORE = (
    *("约有", "约为", "大约", "大概", "约"),
    *("将近", "接近", "近", "不足", "不到", "不满"),
    *("超过", "超出", "超", "突破", "逾", "多达"),
    *("不少于", "不低于", "不下", "至少"),
    *("不超过", "不多于", "至多", "最多"),
)
AFTER = ("左右", "上下", "光景", "以上", "以下", "以内", "之多", "之内", "开外", "出头")
AFTER_AT_END = ("有余", "多", "余", "不到", "不足")  # «两万册多。», but not «3人多次», «2万元余款»
_BEFORE = frozenset(BEFORE)
_BEFORE_ENDS = frozenset(word[-1] for word in BEFORE)
_LONGEST_BEFORE = max(map(len, BEFORE))
_CLOSES = r"(?=[ ]?(?:[,，。;；:：、）)\n]|$))"
_AFTER = re.compile(rf"[ ]?(?P<after>{alternation(AFTER)}|(?:{alternation(AFTER_AT_END)}){_CLOSES})")
_TIME_UNIT = r"(?=(?:个(?:多)?(?:月|小时|学期|世纪)|天|年(?![级代度轮])|小时|日(?!制)))"


def _amount(name: str) -> str:
    """Return the pattern of an amount, as a group `name` whose parts are groups that begin with `name`."""
    return rf"""(?P<{name}>
        (?P<{name}_mixed>{_MIXED})(?P<{name}_mixed_late>{_MIDDLE})?
      | (?P<{name}_arabic>{_ARABIC})(?:[ ]?(?P<{name}_middle>{_MIDDLE}))?
            (?:[ ]?(?P<{name}_scale>{_SCALE}))?(?:[ ]?(?P<{name}_late>{_MIDDLE}|{_PLUS}))?
      | (?P<{name}_rough>{_ROUGH})(?:[ ]?(?P<{name}_rough_late>{_MIDDLE}))?
      | (?P<{name}_han>{_HAN}|{_FORMAL})(?:[ ]?(?P<{name}_han_middle>{_MIDDLE}))?
            (?P<{name}_han_scale>[万亿])?(?P<{name}_han_late>{_MIDDLE})?
      | (?P<{name}_half>(?<!个)半){_TIME_UNIT}                            # 半年, but not 五个半天
    )"""


@from_vocabulary
@cache
def _units() -> str:
    """Return the alternation of all spellings of all measure words, each refusing its look-alikes."""
    guarded = {}
    for word in measure_words().values():
        for spelling in word.spellings:
            refused = _tails(spelling, word.look_alikes)
            allowed = _tails(spelling, (*word.exceptions, *word.spellings))
            guard = f"(?={allowed})|" * bool(allowed) + f"(?!{refused})"
            guarded[spelling] = re.escape(spelling) + (f"(?:{guard})" if refused else "")
            if spelling[-1].isascii() and spelling[-1].isalpha():
                guarded[spelling] += "(?![A-Za-z])"
    heads: dict[str, list[str]] = {}
    for spelling in sorted(guarded, key=lambda text: (-len(text), text)):
        heads.setdefault(spelling[0], []).append(guarded[spelling][len(re.escape(spelling[0])) :])
    tried = "|".join(f"{re.escape(head)}(?:{'|'.join(tails)})" for head, tails in heads.items())
    return f"(?=[{''.join(map(re.escape, heads))}])(?:{tried})"


def _tails(spelling: str, longer: Sequence[str]) -> str:
    return alternation(text[len(spelling) :] for text in longer if text.startswith(spelling) and text != spelling)


@from_vocabulary
@cache
def _pattern() -> re.Pattern[str]:
    unit = _units()
    return re.compile(
        tried_at(
            _BEGINS,
            rf"""
              (?P<whole>
                  (?P<fraction>[百千万]分之[ ]?(?:{_ARABIC}|{_HAN})|{_SMALL_HAN}分之{_SMALL_HAN})
                | (?P<fold>翻了?[一两二三]番|翻了?番)
                | {_TENTHS}(?!{unit}))
            | (?<![\d.])(?<!\d,){_amount("a")}
                (?:(?P<unit_a>{unit})?{_DASH}{_amount("b")})?
                (?:[ ]?(?P<unit>{unit})|[（(](?P<bracketed>{unit})[）)])?
            """,
        ),
        re.VERBOSE,
    )


def find_quantities(folded: str, taken: Sequence[tuple[int, int]] = ()) -> tuple[QuantityMention, ...]:
    """Return the quantities of a folded text in order; spans in `taken` (sorted, half-open) are not looked into."""
    return tuple(_scan(folded, taken))


def _scan(folded: str, taken: Sequence[tuple[int, int]]) -> Iterator[QuantityMention]:
    pattern, at = _pattern(), 0
    for stop, resume in (*taken, (len(folded), len(folded))):
        blank = folded[at:stop].isspace()  # as mostly between the cells of a table
        while not blank and (found := pattern.search(folded, at, stop)):
            mention = _mention(folded, found, stop)
            yield mention
            at = mention.end
        at = max(at, resume)


def _mention(folded: str, found: re.Match[str], stop: int) -> QuantityMention:
    first = found.start()
    start, before = _before(folded, first)
    whole, word, bracketed, upper = found.group("whole", "unit", "bracketed", "b")
    if whole:
        rule = f"quantity_{'fraction' if found['fraction'] else 'fold' if found['fold'] else 'tenths'}"
        end, after = found.end(1), _hedge(folded, found.end(1), stop)
        return QuantityMention(start, end, before, whole, "", "", "", "", after, first, rule)
    end = found.end(1) if word or bracketed else found.end("b" if upper else "a")
    number, scale, middle, rule = _amount_of(found, "a")
    number_to = ""
    if upper:  # a range keeps its scales with its numbers
        number, scale, rule = number + scale, "", "quantity_range"
        to, to_scale, middle, _ = _amount_of(found, "b")
        number_to = to + to_scale
    unit, after = word or bracketed or "", _hedge(folded, end, stop)
    return QuantityMention(start, end, before, number, number_to, scale, middle, unit, after, first, rule)


def _hedge(folded: str, end: int, stop: int) -> str:
    """Return the hedge that stands behind a quantity, or ""."""
    after = _AFTER.match(folded, end, stop)
    return after["after"] if after else ""


_FORMS = ("arabic", "han", "rough", "mixed", "half")
_MIDDLES = ("mixed_late", "middle", "late", "rough_late", "han_middle", "han_late")
_NUMERALS_OF, _SCALES_OF, _MIDDLES_OF = (
    {name: tuple(f"{name}_{part}" for part in parts) for name in "ab"}
    for parts in (_FORMS, ("scale", "han_scale"), _MIDDLES)
)


def _amount_of(found: re.Match[str], name: str) -> tuple[str, str, str, str]:
    """Return (numeral, scale, hedge inside, rule) of the amount in the group `name`."""
    numerals = found.group(*_NUMERALS_OF[name])
    form, numeral = next((form, text) for form, text in zip(_FORMS, numerals, strict=True) if text)
    if numeral == found[name]:
        return numeral, "", "", f"quantity_{form}"
    scale, middle = ("".join(filter(None, found.group(*groups[name]))) for groups in (_SCALES_OF, _MIDDLES_OF))
    return numeral, scale, middle, f"quantity_{form}"


def _before(folded: str, start: int) -> tuple[int, str]:
    """Return where the hedge before a number begins, and the hedge; (start, "") where there is none."""
    end = start - folded.endswith(" ", 0, start)
    if folded[end - 1 : end] in _BEFORE_ENDS:
        for length in range(min(end, _LONGEST_BEFORE), 0, -1):
            if folded[end - length : end] in _BEFORE and not _is_word_tail(folded, end - length):
                return end - length, folded[end - length : end]
    return start, ""


_WORD_TAILS = frozenset(
    (
        *(f"{sign}约" for sign in "节简大制条公签特预合誓邀赴违失履契"),
        *(f"{sign}近" for sign in "附最靠临邻亲新远"),
        *("高超", "赶超"),
    )
)


def _is_word_tail(folded: str, at: int) -> bool:
    """Whether the hedge's first character ends another word («最近100天», «附近3个村»)."""
    return folded[max(0, at - 1) : at + 1] in _WORD_TAILS


def unit_of(mention: QuantityMention) -> MeasureWord | None:
    """Return the measure word of a mention, or None where none is written."""
    return measure_words()[canonical_units()[mention.measure_word]] if mention.measure_word else None
