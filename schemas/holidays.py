"""The vocabulary of named days and holidays, and the phrases that make of such a name a date."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from typing import Literal

from pydantic import model_validator

from schemas.words import Entry, alternation, load

LUNAR = "农历"  # the `part` of a DateMention whose month and day are of the lunar calendar
EXACT = "当[天日晚]|这一?天"
_AROUND = (
    "期间|(?:小?长)?假(?:期间|期)?里?|黄金周(?:期间)?|假日(?:期间)?|前夕|前后|(?:来临|到来)?之际|(?:里|中)(?=[，,]|$)"
)
# one of these stands in every word of time
HOLIDAY_CUE = re.compile("期间|假|黄金周|当[天日晚]|这一?天|前夕|前后|来临|到来|之际")
_QUOTE = "[“”\"'‘’]?"
_WHO = (  # who is told of right after a named day, and what was done on it
    "我[馆市县区]|本[馆市县区]|[全县市区各]馆|[全县市区]图书馆|图书馆|馆[里内领]|馆长|全体|全[县市区]|[职员]工|党[员支]"
)
_DID = (
    "举[办行]|开[展放馆设]|组织(?!机构)|推出|邀请|召开|联合|启动|参[加与]|承办|协办|主办|走访|看望|布置|接待|发放|赠送"
    r"|(?:慰问|表彰)(?!大?会|活动|演出|信|品|[^\w]|$)|送[书去到]|放假|闭馆|不闭馆|不放假|不打烊|照常|正常|坚持|值班"
    "|轮流|加班|免费|设[立咨]|[与和][^，。；、]{1,12}(?:举办|开展|联)|[为向到赴给在][^，。；、]"
)


class Holiday(Entry):
    """A named day by one of three calendars, or a vacation of the schools; see holidays.yaml for the keys."""

    solar: tuple[int, int] | None = None
    lunar: tuple[int, int] | None = None
    term: Literal["清明", "秋分", "冬至"] | None = None
    vacation: Literal["winter", "summer"] | None = None
    holiday: tuple[int, int] | None = None

    @model_validator(mode="after")
    def _has_one_calendar(self) -> Holiday:
        if sum(kind is not None for kind in (self.solar, self.lunar, self.term, self.vacation)) != 1:
            raise ValueError("needs one of solar, lunar, term and vacation")
        return self


@cache
def holidays() -> dict[str, Holiday]:
    """Return the named days by code."""
    return load("holidays.yaml", Holiday)


@cache
def holiday_of(name: str) -> Holiday:
    """Return the named day that an alias stands for; KeyError where none does."""
    return {alias: holiday for holiday in holidays().values() for alias in holiday.aliases}[name]


@cache
def holiday_phrase() -> re.Pattern[str]:
    """Return the pattern of a named day, or two joined, with the word that makes it a time: groups first, second, cue.

    >>> holiday_phrase().fullmatch("中秋、国庆期间").groups()
    ('中秋', '国庆', '期间')
    >>> holiday_phrase().fullmatch("端午节主题活动")
    """
    known = holidays().values()
    names, full_names = _names()
    decoys = alternation(decoy for holiday in known for decoy in holiday.look_alikes)
    return re.compile(
        rf"""
        {decoys}                                                            # a match without the group `first`
      | (?P<first>{names}){_QUOTE}(?:(?:国际)?(?:{full_names})|节(?!目))?
        (?:[、和及与至到]{_QUOTE}(?P<second>{names}){_QUOTE})?
        (?P<cue>{EXACT}|{_AROUND})
        """,
        re.VERBOSE,
    )


@cache
def holiday_alone() -> re.Pattern[str]:
    """Return the pattern of a named day without a word of time, where who did what follows: the group first.

    Whether it leads its clause is for the caller to see.

    >>> holiday_alone().match("元旦举办书市")["first"], holiday_alone().match("元旦晚会")
    ('元旦', None)
    """
    names, full_names = _names()
    return re.compile(
        rf"""
        (?P<first>{names}){_QUOTE}(?:(?:(?:国际)?(?:{full_names})|节(?!目)){_QUOTE})?
        (?:晚上?|夜[里晚]?|[上下]午)?
        (?=[ ]?[，,]|{_WHO}|{_DID})
        """,
        re.VERBOSE,
    )


def names_one_day(phrase: str) -> bool:
    """Return whether a phrase names a day and nothing near it.

    >>> names_one_day("清明节当天"), names_one_day("清明节前后")
    (True, False)
    """
    found = holiday_phrase().fullmatch(phrase)
    return found is not None and not found["second"] and re.fullmatch(EXACT, found["cue"] or "") is not None


def _names() -> tuple[str, str]:
    """Return the alternations of all names, and of the labels that may follow one («“六一”国际儿童节»)."""
    known = holidays().values()
    by_head = groupby(sorted(alias for holiday in known for alias in holiday.aliases), key=lambda alias: alias[0])
    names = "|".join(f"{head}(?:{alternation(alias[1:] for alias in group)})" for head, group in by_head)
    return names, alternation(holiday.label for holiday in known if holiday.solar)
