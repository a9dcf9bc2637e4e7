"""The vocabulary of named days and holidays, and the phrases that make of such a name a date."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from pydantic import model_validator

from schemas.words import Entry, alternation, load

LUNAR = "农历"  # the `part` of a DateMention whose month and day are of the lunar calendar
EXACT = "当[天日晚]"
_AROUND = (
    "期间|(?:小?长)?假(?:期间|期)?里?|黄金周(?:期间)?|假日(?:期间)?|前夕|前后|(?:来临|到来)?之际|(?:里|中)(?=[，,]|$)"
)
HOLIDAY_CUE = re.compile("期间|假|黄金周|当[天日晚]|前夕|前后|来临|到来|之际")  # one stands in every word of time
_QUOTE = "[“”\"'‘’]?"


class Holiday(Entry):
    """A named day by one of three calendars, or a vacation of the schools; see holidays.yaml for the keys."""

    solar: tuple[int, int] | None = None
    lunar: tuple[int, int] | None = None
    term: Literal["清明", "冬至"] | None = None
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
    names = alternation(alias for holiday in known for alias in holiday.aliases)
    full_names = alternation(holiday.label for holiday in known if holiday.solar)  # «“六一”国际儿童节»
    decoys = alternation(decoy for holiday in known for decoy in holiday.look_alikes)
    return re.compile(
        rf"""
        {decoys}                                                            # a match without the group `first`
      | (?P<first>{names}){_QUOTE}(?:(?:国际)?(?:{full_names}))?
        (?:[、和及与]{_QUOTE}(?P<second>{names}){_QUOTE})?
        (?P<cue>{EXACT}|{_AROUND})
        """,
        re.VERBOSE,
    )
