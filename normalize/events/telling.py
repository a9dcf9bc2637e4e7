"""The first sentence of a happening taken apart: what only leads in, its clauses, its words, what is quoted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from schemas.event_kinds import EventWord, event_words
from schemas.holidays import holidays
from schemas.overlay import from_vocabulary
from schemas.words import alternation

_CLOCK = r"(?:\d{1,2}[:：]\d{2}(?:[-—~至]+\d{1,2}[:：]\d{2})?)"
_THEN = r"(?:(?:到来|来临)?之际|期间|前夕|前后|这一?天|当[天日]|到来时|来临时)(?!的)"


def _phrase(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


_STOP = re.compile(r"[，。；：！？、\n]")
_QUOTED = re.compile(r"“[^”\n]{1,60}”|《[^》\n]{1,60}》|「[^」\n]{1,40}」|‘[^’\n]{1,40}’")
_CLAUSE = re.compile(r"[，。；：！？\n]")


class Telling(Struct, frozen=True):
    """The first sentence of a happening without its date and what leads in.

    lead_in: what stood before it; masked: the text with the stops inside quotations blotted out, as long as the text;
    words: the words that tell a kind, in order; stops: where the clauses end.
    """

    text: str
    lead_in: str
    masked: str
    words: tuple[EventWord, ...]
    stops: tuple[int, ...]

    def clause(self, place: int) -> tuple[int, int]:
        """Return the half-open span of the clause that holds a place."""
        after = bisect_right(self.stops, place)
        start = self.stops[after - 1] + 1 if after else 0
        return start, self.stops[after] if after < len(self.stops) else len(self.text)

    def clauses(self) -> Iterator[tuple[int, int]]:
        """Yield the half-open spans of the clauses that are not empty, in order."""
        start = 0
        for stop in (*self.stops, len(self.text)):
            if stop > start:
                yield start, stop
            start = stop + 1


@from_vocabulary
@cache
def _lead_in() -> re.Pattern[str]:
    holiday = alternation(alias for named in holidays().values() for alias in named.aliases)
    return _phrase(  # what only says when, why, on what occasion or under whom
        rf"""(?: [\s.、()：]+ | 【[^】\n]{{1,24}}】 | （[^）]{{0,20}}） | （?\d{{1,2}}[.、)）．](?!\d) | [①-⑳]
          | 其?[一二三四五六七八九十]是
          | [当同][天日] | (?:周|星期)[一二三四五六日天] | 前后
          | (?:凌晨|上午|下午|中午|晚上?|早上)(?:{_CLOCK}|\d{{1,2}}[时点]半?)? | {_CLOCK}
          | [，,至] | 起(?![草动步航]) | 开始， | 间，
          | (?:正值|适逢|时值|恰逢|是)?“?(?:第[^，。；]{{1,8}}个“?)?(?:{holiday})”?(?:{_THEN}|，)
          | (?:为了|为(?![^，。；]{{0,20}}(?:送[去到书给]|赠|捐|读报|办证|慰问))|根据|按照|依据|结合|围绕|通过|经过?
              |针对|随着|由于|本着|值此|借助|利用)[^，,。；]{{0,60}}+[，,]
            (?:(?:进一步|扎实|深入|积极|切实|充分|不断|大力|更好|有效|全面|认真|努力)*+
               (?:提高|提升|丰富|营造|引导|推动|推进|促进|激发|培养|弘扬|传承|加强|增强|倡导|展示|让|使|开展好|落实|发挥|满足|拓展
                 |宣传|普及|帮助|鼓励|打造|形成|贯彻|展现|保障|发展|活跃|做好|进一步)[^，,。；]{{0,60}}+[，,])*+
          | [^，。；之期前这当到来]{{0,30}}+{_THEN}(?:（[^）]{{0,12}}）)?，?
          | [^，。；]{{1,34}}+(?:(?<=[指领]导下)|(?<=支持下)|(?<=帮助下)|(?<=中))，
        )"""
    )


def telling_of(sentence: str) -> Telling:
    """Return a sentence taken apart; after a «；» it tells of something else."""
    start = lead_end(sentence)
    masked = _QUOTED.sub(_without_stops, sentence[start:]).partition("；")[0]
    text = sentence[start : start + len(masked)]
    stops = tuple(found.start() for found in _CLAUSE.finditer(masked))
    return Telling(text, sentence[:start], masked, event_words(text), stops)


def _without_stops(quoted: re.Match[str]) -> str:
    return _STOP.sub("·", quoted[0])


def lead_end(sentence: str) -> int:
    """Return where the words end that only lead a sentence in.

    >>> lead_end("为迎接六一，我馆办展览")
    6
    """
    end = 0
    while (found := _lead_in().match(sentence, end)) and found.end() > end:
        end = found.end()
    return end
