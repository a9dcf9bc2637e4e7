"""Claims: the places where numerals stand and count nothing, found by form before quantities are looked for.

Each rule below is for one reason why a numeral is no quantity; the role is the one it gives in the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from schemas.overlay import from_vocabulary
from schemas.words import Entry, alternation, load

_HAN = r"[零〇一二两三四五六七八九十百千]{1,5}"
_NUM = rf"(?:\d{{1,4}}|{_HAN})"
_CODE_NAME = (
    r"电话|热线|传真|邮编|邮政编码|QQ群?|微信号?|密码|账号|卡号|证号|编号|代码|ISBN|ISSN|书号|刊号"
    r"|统一社会信用代码"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A half-open span whose numerals have this role, and the name of the rule that says so."""

    start: int
    end: int
    role: str
    rule: str


# Each line is for the input behind it; tests/test_claims.py holds hits and misses for every rule. The set at the head
# of a rule holds every character that its lines can begin with: nothing is tried elsewhere.
_CODE = regex.compile(
    rf"""
    (?=[\dA-Za-z_.+〔\[（(【电热传邮微密账卡证编代书刊统拨致备字-])(?:
      (?:https?://|www\.)[\x21-\x7e]{{1,300}}                          # an address on the web
    | (?<![A-Za-z\d_.+-])[A-Za-z\d_.+-]{{1,64}}@[\w-]{{1,64}}\.[\w.]{{1,64}}   # an e-mail address
    | [〔\[（(【][ ]?(?:19|20)\d\d[ ]?[〕\]）)】][ ]?第?[ ]?\d{{1,5}}[ ]?号   # a document number: 〔2020〕12号
    | (?<!\d)(?:0\d{{2,3}}[-—－ ]?\d{{7,8}}|1[3-9]\d{{9}})(?!\d)        # a telephone number
    | (?<!\d)400[-—]?\d{{3,4}}[-—]?\d{{3,4}}(?!\d)                     # 400-123-4567
    | (?:{_CODE_NAME})[:：为是 ]{{0,3}}[（(]?[\dA-Za-z-]{{3,30}}        # 邮编412200, ISBN 978-7-…
    | (?:拨打|致电)[^，。；\n\d]{{0,6}}\d{{3,12}}                       # 拨打12355
    | (?<=[（(])\d{{4,8}}(?=[）)])                                      # a password in brackets
    | (?<!\d)1\d{{2,4}}(?![台个人册])(?=[^\W\d_]{{0,6}}(?:平台|热线))         # 12355平台, 12345政务服务热线
    | (?<!\d)(?:110|119|120|122)(?=报警|急救|消防|火警|指挥)             # 119消防
    | [备字证][ ]?第?[ ]?\d{{4,14}}[ ]?号                                  # ICP备12345678号
    | (?i:No)\.[ ]?\d{{1,8}}                                            # No.3
    | [A-Za-z]{{1,8}}[-_/ ]?\d[\d.\-A-Za-z]{{0,20}}                    # A4, GB/T 13191, Web2.0
    | (?<![\d.])(?:[2-6]G|[234]D|[248]K|\d{{3,4}}P)(?![A-Za-z])         # 5G, 3D, 4K, 1080P
    | (?<!\d)[2-5]A(?=级|景区|[^\w])                                   # 4A级景区
    | (?<![\d.])\d\.\d(?=版|时代|模式)                                  # 2.0版
    | (?<!\d)(?:985|211)(?=工程|高校|院校|大学)                         # 211工程
    )
    """,
    regex.VERBOSE,
)
_HOUR = r"(?<!\d)(?:[01]?\d|2[0-4])"
_AFTER_HOUR = r"(?=[,，。;；、）)]|至|到|开|正|起|前|后|—|-|左右|许|\s|$)"
_TIME = regex.compile(
    rf"""
      {_HOUR}[ ]?[:：][ ]?[0-5]\d(?:[ ]?[:：][ ]?[0-5]\d)?(?!\d)             # 9:00, 13:30:00
    | (?:{_HOUR}|[一二三四五六七八九十]{{1,3}})[ ]?(?:点钟?|时)
        (?:[ ]?(?:半|一刻|整|[0-5]?\d[ ]?分|[一二三四五六七八九十]{{1,3}}分))?{_AFTER_HOUR}   # 8时30分至, 九点半
    """,
    regex.VERBOSE,
)
_RATIO = regex.compile(
    r"""
      (?<![\d:：.])\d{1,3}[ ]?[:：][ ]?\d{1,3}(?![\d:：.]|[ ]?[万亿余多册人个场次])   # 3:2
    | (?<![\d.])\d{1,3}比\d{1,3}(?![\d.]|[ ]?[万亿余多册人个场次])                # 3比2
    """,
    regex.VERBOSE,
)
_WEEKDAY = r"[一二三四五六日天\d]"
_LUNAR_DAY = r"初?[一二三四五六七八九十廿]{1,3}"
_CALENDAR = regex.compile(
    rf"""
    (?=[\d一二三四五六七八九十每周星礼农阴夏正腊冬大年初本同当该上下次月])(?:
      (?:每?周|星期|礼拜){_WEEKDAY}
        (?:[ ]?(?:[、,，]|至|到|[-—~～]{{1,2}})[ ]?(?:周|星期)?{_WEEKDAY}(?!\w)){{0,7}}
        (?:至[一二三四五六日])?                                         # 每周二至周日, 周六、周日
    | (?:农历|阴历|夏历)?(?:正月|腊月|冬月)(?:{_LUNAR_DAY})?[日夜]?       # 正月十五
    | (?:农历|阴历|夏历)[一二三四五六七八九十]{{1,2}}月(?:{_LUNAR_DAY})?  # 农历三月初三
    | (?:大年|年)?初[一二三四五六七八九十]{{1,2}}(?![中高级期步次衷等学生毕]|年级)   # 大年初一
    | 每年的?[ ]?\d{{1,2}}月份?(?:\d{{1,2}}[日号])?                       # 每年4月23日
    | (?:[本同当每该上下次]月|月的)[ ]?\d{{1,2}}[日号]                     # 本月5日, 每月15日
    | (?<![\w.,])\d{{1,2}}[日号]?[ ]?(?:至|到|[-—~～]{{1,2}})[ ]?\d{{1,2}}[日号](?![内间游后])   # 5日至8日
    | (?<=[。；;\n])\d{{1,2}}日(?=[,，上下晚])                            # 15日,召开…
    | (?:二十|十九|21|20|19)世纪(?:[一二三四五六七八九\d]0?十?年代)?      # 20世纪80年代
    | (?:[一二三四五六七八九]十|[1-9]0)年代                              # 八十年代
    | (?<!\d)(?:19|20)\d\d(?=[ ]?[-—~～]{{1,2}}[ ]?(?:19|20)\d\d)          # the first of 2018—2020年
    | [一二三四1-4]季度                                                # 三季度
    )
    """,
    regex.VERBOSE,
)
_NUMBERED = (  # what an ordinal numbers without 第: 4号楼, 三楼, 39届, 二级, 三年级
    r"号(?:楼|馆|厅|线|路|文件|院|门|(?![召码称角]))|楼(?!盘)|届(?!时)|周年|级(?!以上的?台阶)|类(?!似)|年级|期工程"
    r"|星级|路公交|版|单元"
)
_ORDINAL = regex.compile(
    rf"""
    (?=[第\d零〇两百千一二三四五六七八九十大中小初高（(A-Z])(?:
      第[ ]?{_NUM}(?:(?:[ ]?[、至到-][ ]?第?{_NUM}){{1,6}}(?=[届期批章节条轮次名个季]))?   # 第39届, 第一、二、三届
    | {_NUM}(?:、[一二三四五]){{0,4}}[ ]?等奖                              # 一、二等奖
    | (?<!、)(?:[一二三四五]、){{1,4}}(?=[一二三四五](?:等奖|季度|级|类|楼|期))   # 一、二级
    | (?<!\d){_NUM}(?:[ ]?(?:至|到|[-—~～]){_NUM})?[ ]?(?:{_NUMBERED})      # 4号楼, 三楼, 39届, 1至6年级
    | [大中小][一二三四五六](?=[班、,，])                                 # 大一班
    | [初高][一二三](?=[学年班的、,，和]|毕业)                             # 初一学生, 高三毕业
    | [一二三四五六七八九](?=年?级?班)|[（(]\d{{1,2}}[）)](?=班)           # 三年级班, (2)班
    | {_NUM}中全会                                                     # 六中全会
    | (?<!\d)\d{{1,3}}[ ]?(?=[、,，][ ]?\d{{1,3}}[ ]?号)                    # 3、4号
    | [A-Z]座\d{{1,2}}层                                               # A座12层
    )
    """,
    regex.VERBOSE,
)
_AGE_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十]{1,4})"
_AGE = regex.compile(
    rf"""
    (?=[\d一二三四五六七八九十])(?:
      (?<!\d){_AGE_NUMBER}(?:[ ]?(?:[-—~～]{{1,2}}|至|到|、)[ ]?{_AGE_NUMBER})?
        [余多几来]?(?:周?岁|旬(?:老人|老者)?|后(?=大学生|青年|读者|馆员|孩子|宝妈))   # 7岁, 6—12岁, 七旬老人
    | (?<!\d)(?:[5-9]0|00){{1,2}}后(?![来续勤])                          # 80后, 8090后
    )
    """,
    regex.VERBOSE,
)
_ENUMERATION = regex.compile(
    r"""
    (?=[\d一二三四五六七八九十（(①-⑳ —-])(?:
      (?:(?<=[。；：，、;:,\s（(”])|^)
        (?:[一二三四五六七八九]{1,2}(?=是|则|要|为了?[^\w])               # 一是…
          | [（(][\d一二三四五六七八九十]{1,2}[）)]                       # （2）
          | [①-⑳]
          | \d{1,2}(?=[、.](?!\d)))                                     # 3、 3.
    | ^[ ]{0,8}[一二三四五六七八九十]{1,3}(?=、)                         # 二、 on a line of its own, no heading
    | ^[ ]{0,8}\d{1,2}(?=、)                                            # 1、3月5日, an entry of a chronicle
    | ^[ ]{0,8}[-—]?[ ]?\d{1,3}[ ]?[-—]?[ ]{0,8}$                        # the number of a page
    | (?<=[.…·]{2}[ ]?|[^\s\d]\t)\d{1,3}(?=[ ]{0,8}$)                    # 一、概况……3 in a list of contents
    )
    """,
    regex.VERBOSE | regex.MULTILINE,
)
_QUOTED = regex.compile(
    r"""
      《[^《》\n]{1,80}》
    | 〈[^〈〉\n]{1,60}〉
    | “[^“”。\n]{1,40}[”“]
    | 「[^「」\n]{1,40}」
    | 『[^『』\n]{1,40}』
    | ‘[^‘’。\n]{1,40}’
    | "[^"。\n]{1,40}"
    | \[(?:image|bookmark)[^\]\n]{0,80}\]                               # what a converter left behind
    """,
    regex.VERBOSE,
)
_MEASURED = "个项次种名位人场期本册台家处间条件张部篇幅套座所辆届天年月日元"
_ANY_HAN_NUMBER = "一二两三四五六七八九十百千万亿"
_NOUN = rf"[^\W\d_{_ANY_HAN_NUMBER}{_MEASURED}]"  # one character that is neither numeral nor measure word
_ABBREVIATION = regex.compile(
    rf"""
      (?<![零〇{_ANY_HAN_NUMBER}\d])[一二两双三四五六七八九十百千]{_NOUN}
        [一二三四五六七八九十百千两多](?!余){_NOUN}                        # 三会一课, 两学一做, 一主多元
    | (?<![零〇{_ANY_HAN_NUMBER}\d])[二两三四五六七八九十]{_NOUN}{{1,2}}(?:合一|一体)   # 三馆合一
    | [二两三四五六七八九十百千]个一(?=[”"’工活目标系，。、；）)]|$)       # 六个一工程
    """,
    regex.VERBOSE,
)

_PLACE_NAME = regex.compile(  # 八里店镇, 五堵镇, 三道桥村, but 六个村, 十余所小学, 十位村民
    rf"""
    (?<![{_ANY_HAN_NUMBER}\d第])[一二三四五六七八九十]
    (?![个所座家处条种间位名余多来几本次场期支项届社区大级])\p{{Han}}{{1,2}}(?:镇|乡|村|街道|社区)(?![民干部级镇村级])
    """,
    regex.VERBOSE,
)

_RULES: tuple[tuple[regex.Pattern[str], str, str], ...] = (  # pattern, role, name of the rule; the strongest first
    (_QUOTED, "name", "quoted"),
    (_CODE, "code", "code"),
    (_TIME, "time", "time"),
    (_RATIO, "name", "ratio"),
    (_CALENDAR, "date", "calendar"),
    (_AGE, "name", "age"),
    (_ORDINAL, "ordinal", "ordinal"),
    (_ENUMERATION, "list_marker", "enumeration"),
    (_ABBREVIATION, "name", "abbreviation"),
    (_PLACE_NAME, "name", "place_name"),
)


@from_vocabulary
@cache
def _phrases() -> tuple[regex.Pattern[str], frozenset[str]]:
    """Return the pattern of all names and look-alikes of numeral_names.yaml, and the look-alikes."""
    entries = load("numeral_names.yaml", Entry).values()
    decoys = frozenset(decoy for entry in entries for decoy in entry.look_alikes)
    aliases = (alias for entry in entries for alias in entry.aliases)
    return regex.compile(alternation([*aliases, *decoys])), decoys


def named_spans(folded: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open spans of the names and set phrases of numeral_names.yaml, in order, none overlapping.

    >>> list(named_spans("一卡通十分方便,用时十分钟"))
    [(0, 3), (3, 5)]
    """
    phrases, decoys = _phrases()
    return (found.span() for found in phrases.finditer(folded) if found[0] not in decoys)


def find_claims(folded: str, earlier: Sequence[Claim] = ()) -> tuple[Claim, ...]:
    """Return the claims of a folded text, the strongest first; `earlier` ones (dates, heading markers) go before all.

    >>> [(c.rule, c.role, "第39届3本“百名读者”"[c.start : c.end]) for c in find_claims("第39届3本“百名读者”")]
    [('quoted', 'name', '“百名读者”'), ('ordinal', 'ordinal', '第39')]
    """
    claims = list(earlier)
    for pattern, role, rule in _RULES:
        claims += [Claim(*found.span(), role, rule) for found in pattern.finditer(folded)]
    claims += [Claim(start, end, "name", "phrase") for start, end in named_spans(folded)]
    return tuple(claims)


def taken_spans(claims: Sequence[Claim]) -> tuple[tuple[int, int], ...]:
    """Return the spans that claims cover, merged and in order.

    >>> taken_spans([Claim(5, 9, "name", "age"), Claim(0, 3, "date", "date"), Claim(2, 4, "code", "code")])
    ((0, 4), (5, 9))
    """
    merged: list[tuple[int, int]] = []
    for start, end in sorted((claim.start, claim.end) for claim in claims):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)
