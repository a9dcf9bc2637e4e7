"""What of a body's name tells it from others: the name folded, in the parts that are compared."""

from __future__ import annotations

from functools import cache

import regex
from msgspec import Struct

from normalize.values.numerals import read_numeral
from schemas.organization_kinds import kinds_by_ending, same_endings
from schemas.organization_words import organization_words
from schemas.overlay import from_vocabulary
from schemas.traditional import simplified
from schemas.words import alternation

Key = tuple[str, str, str]  # current region code or "", folded name without its region, kind or "" where not told

_BRACKETS = regex.compile(r"[(\[【〔](?P<inside>[^()\[\]【】〔〕]{0,40})[)\]】〕]")
_ORDINAL = regex.compile(r"第(?P<number>[一二三四五六七八九十百]{1,5}|\d{1,4})")
_COUNTED = regex.compile(r"(?P<number>[一二三四五六七八九十百]{1,5})号")
_SHORT_SCHOOL = regex.compile(r"第?(?P<number>[一二三四五六七八九十]{1,3}|\d{1,3})中$")  # 一中, 第十一中


class Form(Struct, frozen=True):
    """A folded name in its parts: «仙岳山», «南门», «社区» of «仙岳山办事处南门社区»; any of them may be empty."""

    township: str
    proper: str
    ending: str

    @property
    def text(self) -> str:
        """The folded name, the same for all spellings that are surely one name."""
        return f"{self.township}{self.proper}{self.ending}"

    @property
    def stem(self) -> str:
        """What is compared: the name without its ending, which makes names alike that are not."""
        return f"{self.township}{self.proper}"


def form_of(bare: str, kind: str) -> Form:
    """Return the parts of a name without its region.

    1. Traditional characters become simplified; brackets that only repeat the name go, others stay as part of it.
    2. Numbers are written one way: 第一中学, 第1中学 and 一中 are «第1中学».
    3. Of like endings the first stands for all («居民委员会» is «居委会»).
    4. The township before the name loses what tells that it is one («浦口镇», «浦口乡»: «浦口»).

    >>> form_of("仙岳山街道办事处南门社区", "community"), form_of("一中", "secondary_school").text
    (Form(township='仙岳山', proper='南门', ending='社区'), '第1中学')
    """
    name = _numbered(_without_repetition(bare.translate(simplified())))
    if kind == "secondary_school":
        name = _SHORT_SCHOOL.sub(lambda match: f"第{_digits(match['number'])}中学", name)
    ending = _ending(name) if kind else ""
    rest = name[: len(name) - len(ending)]
    township = _township().match(rest)
    if township is None or len(rest) - township.end() < 1:
        return Form("", rest, same_endings().get(ending, ending))
    return Form(township["name"], rest[township.end() :], same_endings().get(ending, ending))


def _without_repetition(name: str) -> str:
    def repeats(match: regex.Match[str]) -> str:
        inside = match["inside"]
        return "" if inside in name[: match.start()] + name[match.end() :] else f"({inside})"

    return _BRACKETS.sub(repeats, name)


def _numbered(name: str) -> str:
    name = _ORDINAL.sub(lambda match: f"第{_digits(match['number'])}", name)
    return _COUNTED.sub(lambda match: f"{_digits(match['number'])}号", name)


def _digits(number: str) -> str:
    value = read_numeral(number)
    return number if value is None else f"{value.normalize():f}"


def _ending(name: str) -> str:
    match = _endings().search(name)
    return match[0] if match else ""


@from_vocabulary
@cache
def _endings() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{alternation(kinds_by_ending())})$")


@from_vocabulary
@cache
def _township() -> regex.Pattern[str]:
    words = alternation(organization_words()["townships"])
    return regex.compile(rf"(?P<name>\p{{Han}}{{2,4}}?)(?:{words})")
