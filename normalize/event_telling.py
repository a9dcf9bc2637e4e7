"""The first sentence of a happening taken apart: what only leads in, its clauses, its words, what is quoted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

from schemas.event_kinds import EventWord, event_words

_CLOCK = r"(?:\d{1,2}[:：]\d{2}(?:[-—~至]+\d{1,2}[:：]\d{2})?)"
_HOLIDAY = r"""(?:元旦|春节|元宵节?|妇女节|植树节|清明节?|劳动节|青年节|端午节?|儿童节|建党节|建军节|教师节
      |中秋节?|重阳节|国庆节?|世界读书日|世界图书(?:与版权)?日|五一|六一|七一|八一|十一|三八|[暑寒]假)"""
_THEN = r"(?:(?:到来|来临)?之际|期间|前夕|前后|这一?天|当[天日]|到来时|来临时)(?!的)"


def _phrase(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


_LEAD_IN = _phrase(  # what only says when, why, on what occasion or under whom
    rf"""(?: [\s.、()：]+ | 【[^】\n]{{1,24}}】 | （[^）]{{0,20}}） | （?\d{{1,2}}[.、)）．](?!\d) | [①-⑳]
      | 其?[一二三四五六七八九十]是
      | [当同][天日] | (?:周|星期)[一二三四五六日天] | 前后
      | (?:凌晨|上午|下午|中午|晚上?|早上)(?:{_CLOCK}|\d{{1,2}}[时点]半?)? | {_CLOCK}
      | [，,至] | 起(?![草动步航]) | 开始， | 间，
      | (?:正值|适逢|时值|恰逢|是)?“?(?:第[^，。；]{{1,8}}个“?)?{_HOLIDAY}”?(?:{_THEN}|，)
      | (?:为了|为(?![^，。；]{{0,20}}(?:送[去到书给]|赠|捐|读报|办证|慰问))|根据|按照|依据|结合|围绕|通过|经过?
          |针对|随着|由于|本着|值此|借助|利用)[^，,。；]{{0,60}}+[，,]
        (?:(?:进一步|扎实|深入|积极|切实|充分|不断|大力|更好|有效|全面|认真|努力)*+
           (?:提高|提升|丰富|营造|引导|推动|推进|促进|激发|培养|弘扬|传承|加强|增强|倡导|展示|让|使|开展好|落实|发挥|满足|拓展
             |宣传|普及|帮助|鼓励|打造|形成|贯彻|展现|保障|发展|活跃|做好|进一步)[^，,。；]{{0,60}}+[，,])*+
      | [^，。；之期前这当到来]{{0,30}}+{_THEN}(?:（[^）]{{0,12}}）)?，?
      | [^，。；]{{1,34}}+(?:(?<=[指领]导下)|(?<=支持下)|(?<=帮助下)|(?<=中))，
    )"""
)
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
    while (found := _LEAD_IN.match(sentence, end)) and found.end() > end:
        end = found.end()
    return end
