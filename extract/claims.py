"""Claims: the places where numerals stand and count nothing, found by form before quantities are looked for.

Each rule below is for one reason why a numeral is no quantity; the role is the one it gives in the ledger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import regex

from schemas.words import Entry, alternation, load

_HAN = r"[零〇一二两三四五六七八九十百千]{1,5}"
_NUM = rf"(?:\d{{1,4}}|{_HAN})"


@dataclass(frozen=True, slots=True)
class Claim:
    """A half-open span whose numerals have this role."""

    start: int
    end: int
    role: str


_CODE = regex.compile(
    r"""
      (?:https?://|www\.)[\x21-\x7e]{1,300}                                    # an address on the web
    | [\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}                                   # an e-mail address
    | [〔\[（(【]\s?(?:19|20)\d\d\s?[〕\]）)】]\s?第?\s?\d{1,5}\s?号             # a document number 〔2020〕12号
    | (?<!\d)(?:0\d{2,3}[-—－ ]?\d{7,8}|1[3-9]\d{9}|400[-—]?\d{3,4}[-—]?\d{3,4})(?!\d)   # a telephone number
    | (?:电话|热线|传真|邮编|邮政编码|QQ群?|微信号?|密码|账号|卡号|证号|编号|代码|ISBN|ISSN|书号|刊号|统一社会信用代码)[:：为是\s]{0,3}[（(]?[\dA-Za-z-]{3,30}
    | (?<=[（(])\d{4,8}(?=[）)])                                               # a password in brackets
    | (?<!\d)1\d{2,4}(?=(?:公共)?(?:服务)?(?:平台|热线|台))                     # 12355平台
    | [A-Za-z]{1,8}[-_/ ]?\d[\d.\-A-Za-z]{0,20}                                # A4, GB/T 13191, Web2.0
    | (?<!\d)\d(?:\.\d)?[DGKP](?![A-Za-z])                                     # 3D, 5G, 4K
    | (?<![\d.])\d\.\d(?=版|时代|模式)                                          # 2.0版
    | (?<!\d)(?:985|211)(?=工程|高校|院校|大学)
    """,
    regex.VERBOSE,
)
_TIME = regex.compile(
    r"""
      (?<!\d)(?:[01]?\d|2[0-4])\s?[:：]\s?[0-5]\d(?:\s?[:：]\s?[0-5]\d)?(?!\d)     # 9:00, 13:30
    | (?<!\d)(?:[01]?\d|2[0-4]|[一二三四五六七八九十]{1,3})\s?(?:点钟?|时)(?:\s?(?:半|一刻|整|[0-5]?\d\s?分|[一二三四五六七八九十]{1,3}分))?(?=[,，。;；、）)]|至|到|开|正|起|前|后|—|-|左右|许|\s|$)
    """,
    regex.VERBOSE,
)
_CALENDAR = regex.compile(
    r"""
      (?:每?周|星期|礼拜)[一二三四五六日天\d](?:\s?(?:[、,，]|至|到|[-—~～]{1,2})\s?(?:周|星期)?[一二三四五六日天\d](?!\w))*(?:至[一二三四五六日])?   # 每周二至周日
    | (?:农历|阴历|夏历)?(?:正月|腊月|冬月)(?:初?[一二三四五六七八九十廿]{1,3})?[日夜]?                    # 正月十五日
    | (?:农历|阴历|夏历)[一二三四五六七八九十]{1,2}月(?:初?[一二三四五六七八九十廿]{1,3})?
    | (?:大年|年)?初[一二三四五六七八九十]{1,2}(?![中高级期步次衷等]|年级)                                # 大年初一
    | (?:二十|十九|21|20|19)世纪(?:[一二三四五六七八九\d]0?十?年代)?
    | (?:[一二三四五六七八九]十|[1-9]0)年代
    | (?<!\d)(?:19|20)\d\d(?=\s?[-—~～]{1,2}\s?(?:19|20)\d\d)                                            # the first of 2018—2020年
    | [一二三四1-4]季度
    """,
    regex.VERBOSE,
)
_ORDINAL = regex.compile(
    rf"""
      第\s?{_NUM}(?:\s?[、至到-]\s?第?{_NUM}(?=[届期批章节条轮次名个季]))?                  # 第39届, 第二十一个
    | {_NUM}(?:、[一二三四五])*\s?等奖                                                     # 一、二等奖
    | (?:[一二三四五](?:、))+(?=[一二三四五](?:等奖|季度|级|类|楼|期))
    | (?<!\d){_NUM}\s?(?:号(?:楼|馆|厅|线|路|文件|院|门|(?!召|码|称|角))|楼(?!盘)|届(?!时)|周年|级(?!以上的?台阶)|类(?!似)|年级|期工程|星级|路公交|版)
    | [大中小][一二三四五六](?=[班、,，])|[一二三四五六七八九](?=[年]?级?班)
    | {_NUM}中全会
    | (?<!\d)\d{{1,3}}\s?(?=[、,，]\s?\d{{1,3}}\s?号)
    """,
    regex.VERBOSE,
)
_AGE = regex.compile(
    r"(?:\d{1,3}|[一二三四五六七八九十]{1,4})(?:\s?(?:[-—~～]{1,2}|至|到|、)\s?(?:\d{1,3}|[一二三四五六七八九十]{1,4}))?[余多几来]?(?:周?岁|旬(?:老人|老者)?|后(?=大学生|青年|读者|馆员|孩子|宝妈))"
)
_ENUMERATION = regex.compile(
    r"(?:(?<=[。；：，、;:,\s（(”])|^)(?:[一二三四五六七八九]{1,2}(?=是|则|要|为了?[^\w])|[（(][\d一二三四五六七八九十]{1,2}[）)]|[①-⑳]|\d{1,2}(?=[、.](?!\d)))",
    regex.MULTILINE,
)
_QUOTED = regex.compile(
    r"《[^《》\n]{1,80}》|〈[^〈〉\n]{1,60}〉|“[^“”。\n]{1,40}[”“]|「[^「」\n]{1,40}」|『[^『』\n]{1,40}』|‘[^‘’。\n]{1,40}’|\"[^\"。\n]{1,40}\"|\[(?:image|bookmark)[^\]\n]{0,80}\]"
)
_MEASURED = "个项次种名位人场期本册台家处间条件张部篇幅套座所辆届天年月日元"
_ABBREVIATION = regex.compile(  # 三会一课, 两学一做, 一主多元; the shape numeral-noun-numeral-noun
    rf"(?<![零〇一二两三四五六七八九十百千万亿\d])[一二两双三四五六七八九十百千][^\W\d_一二两三四五六七八九十百千万亿{_MEASURED}][一二两三四五六七八九十百千多][^\W\d_一二两三四五六七八九十百千万亿{_MEASURED}余]"
)

_RULES: tuple[tuple[regex.Pattern[str], str], ...] = (
    (_CODE, "code"),
    (_TIME, "time"),
    (_CALENDAR, "date"),
    (_AGE, "name"),
    (_ORDINAL, "ordinal"),
    (_ENUMERATION, "list_marker"),
    (_ABBREVIATION, "name"),
)


@cache
def _phrases() -> tuple[regex.Pattern[str], frozenset[str]]:
    entries = load("numeral_names.yaml", Entry).values()
    decoys = {decoy for entry in entries for decoy in entry.look_alikes}
    return regex.compile(
        alternation([alias for entry in entries for alias in entry.aliases] + list(decoys))
    ), frozenset(decoys)


def find_claims(folded: str, earlier: Sequence[Claim] = ()) -> tuple[Claim, ...]:
    """Return the claims of a folded text, the strongest first; `earlier` ones (dates, heading markers) go before all.

    >>> [(c.role, "第39届3本“百名读者”"[c.start : c.end]) for c in find_claims("第39届3本“百名读者”")]
    [('ordinal', '第39'), ('name', '“百名读者”')]
    """
    claims = list(earlier)
    claims += [Claim(found.start(), found.end(), "name") for found in _QUOTED.finditer(folded)]
    for rule, role in _RULES:
        claims += [Claim(found.start(), found.end(), role) for found in rule.finditer(folded)]
    phrases, decoys = _phrases()
    claims += [
        Claim(found.start(), found.end(), "name") for found in phrases.finditer(folded) if found[0] not in decoys
    ]
    return tuple(claims)


def taken_spans(claims: Sequence[Claim]) -> tuple[tuple[int, int], ...]:
    """Return the spans that claims cover, merged and in order.

    >>> taken_spans([Claim(5, 9, "name"), Claim(0, 3, "date"), Claim(2, 4, "code")])
    ((0, 4), (5, 9))
    """
    merged: list[tuple[int, int]] = []
    for start, end in sorted((claim.start, claim.end) for claim in claims):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)
