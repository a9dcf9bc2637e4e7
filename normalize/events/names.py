"""Where a sentence names its happening: an award, a deed, what was held, what is quoted."""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec import Struct

from normalize.events.fronts import after_coming, front
from normalize.events.telling import Telling
from normalize.events.verbs import AWARD, GOVERNS, HELD
from schemas.event_kinds import EventWord

_BEFORE_OBJECT = re.compile(r"[对把将给向从]|[为由](?!期)")
_GOES_ON = re.compile(r"[^，。；：、“”和及与并同在的是了为将\d]{0,6}")
_TAIL_AFTER_QUOTED = re.compile(r"[^，。；：、“”《》和及与并同在的是了为将走进\d（]{0,8}")
_LISTED = re.compile(
    r"[^，。；：、“”《》]{1,12}+(?:、[^，。；：、“”《》]{1,12}?){1,8}等(?!级|待|候|奖)(?=一?系列|各类|多项|多种)"
)
_ATTRIBUTE = re.compile(r"的(?!$|[，。；])")
_QUOTED = re.compile(r"[“「《][^”」》\n]{2,40}[”」》]")
_WORK = re.compile(r"《[^》\n]{1,40}》")
_SPOKEN = re.compile(r"(?:主讲|讲授|宣讲|题为|题目为|主题为)了?$")  # «邀请教授主讲《…》»
_ON_THE_WAY = re.compile("走进|走遍|走村|下基层|进|来馆")
_OF_A_NAME = frozenset({"开设", "推出", "进行", "完成"})  # «公益课堂开设三个班»: the name is what stands before
_LONGEST_QUOTE = 24  # how far a quotation may go on behind the word that names


class Name(Struct, frozen=True):
    """The name of a happening: text[start:end] of its telling.

    found: award, deed (its whole clause), held (the object of a verb), named (a clause that begins with it), quoted,
    or clause, where nothing better names it.
    """

    start: int
    end: int
    found: str


def name_in(telling: Telling) -> Name | None:
    """Return where a sentence names its happening, or None where it has no words that could.

    1. What the library was awarded, unless the sentence tells first of the contest where it was won.
    2. A deed that is the happening («来馆调研», «向…赠书»), before what is held along with it: its clause.
    3. In the first clause that has one: the object of a verb of holding, or the name that the clause begins with.
    4. What is quoted, with the word after it.
    """
    award = AWARD.search(telling.text)
    named = _named(telling)
    if award and not (named and named.end < award.start() and _comes_first(telling, named)):
        return trimmed(telling, award.start("title"), award.end("title"), "award")
    deed = GOVERNS.search(telling.masked)
    if deed and (named is None or deed.start() < named.start or _is_work_seen(telling, named, deed.end())):
        return clause_name(telling, deed.start(), "deed")
    if named and telling.text[named.start : named.end] == "活动":  # «“书香”阅读月启动，开展活动28项»
        return _quoted(telling) or named
    return named or _quoted(telling)


def _is_work_seen(telling: Telling, name: Name, seen: int) -> bool:
    """Whether a name is no more than the work that visitors see («局长到馆检查指导工作»)."""
    return name.found == "named" and seen <= name.end and telling.text.endswith("工作", name.start, name.end)


def _named(telling: Telling) -> Name | None:
    """Return the name in the first clause that holds one.

    Of two acts the first is the happening: after a clause that tells a deed there is no name («送书300册，与战士座谈»).
    """
    names = [word for word in telling.words if word.role in {"name", "tail"}]
    if not names:
        return None
    deed = next((word.start for word in telling.words if _does(telling, word)), len(telling.text))
    held = list(HELD.finditer(telling.masked))
    for start, end in telling.clauses():
        inside = [word for word in names if start <= word.start < end]
        if not inside:
            continue
        if deed < start:
            break
        found = _held(telling, inside, held, start, end) or _leads(telling, inside, start)
        if found:
            return found
    return None


def _comes_first(telling: Telling, name: Name) -> bool:
    """Whether what was held is told before an award that was won there («举行故事比赛，我馆选手获银奖»)."""
    contest = (word for word in telling.words if word.kind == "contest" and name.start <= word.start < name.end)
    return name.found == "held" or any(contest)


def _does(telling: Telling, word: EventWord) -> bool:
    """Whether a word is a deed, and more than the way to where something is held («走进社区，开展…»)."""
    return word.role == "deed" and not _ON_THE_WAY.match(telling.text, word.start)


def _held(telling: Telling, names: list[EventWord], held: list[re.Match[str]], start: int, end: int) -> Name | None:
    """Return what a verb of holding is about: from the last such verb before a name to the end of the name."""
    verbs = [verb for verb in held if start <= verb.start() < end and not _in_quotes(telling.text, start, verb.start())]
    for verb in verbs:
        after = [word for word in names if word.start >= verb.end()]
        if after:
            last = _last_of(telling, after)
            begin = max(v.end() for v in verbs if v.end() <= after[0].start)
            if summed := _summed_up(telling, begin, after):
                return summed
            if any(word.end == verb.start() for word in names) and verb[0] in _OF_A_NAME:
                return None
            return trimmed(telling, begin, _with_work(telling, last.end), "held")
    return None


def _summed_up(telling: Telling, begin: int, names: list[EventWord]) -> Name | None:
    """Return what names a list as a whole («举办讲座、展览等系列读书活动»), or None where no list is summed up."""
    listed = _LISTED.match(telling.masked, begin)
    after = [word for word in names if listed and listed.end() <= word.start < telling.clause(listed.end())[1]]
    return trimmed(telling, listed.end(), _last_of(telling, after).end, "held") if listed and after else None


def _with_work(telling: Telling, end: int) -> int:
    """Return where a name ends with the work that it gives the title of («党课《…》»)."""
    work = _WORK.match(telling.text, end)
    return work.end() if work else end


def _in_quotes(text: str, start: int, place: int) -> bool:
    return text.count("“", start, place) > text.count("”", start, place)


def _leads(telling: Telling, names: list[EventWord], start: int) -> Name | None:
    """Return the name that a clause begins with («…作品展览在图书馆开展»)."""
    last = _last_of(telling, names)
    if last.role == "name" and _ATTRIBUTE.match(telling.masked, last.end):
        return None
    begin = front(telling, start, last.end, subject=True)
    before = (word for word in telling.words if begin <= word.start < last.start)
    if (
        any(word.kind == "study" and word.role == "deed" for word in before)
        or last.end - begin < 3
        or _BEFORE_OBJECT.match(telling.text[begin : last.end])
    ):
        return None  # «观看大会开幕式»: the name is of what is watched
    begin = after_coming(telling, begin, last.start)
    return trimmed(telling, begin, last.end, "named")


def _last_of(telling: Telling, names: list[EventWord]) -> EventWord:
    """Return the last word of the name that the first of the words stands in."""
    last = names[0]
    for before, word in pairwise(names):
        gap = telling.masked[before.end : word.start]
        attribute = gap.startswith("的") and "，" not in gap
        quoted = telling.text[before.end : before.end + 1] in "”’》" and len(gap) < 14
        if not (attribute or quoted or _GOES_ON.fullmatch(gap)):
            break
        last = word
    return last


def _quoted(telling: Telling) -> Name | None:
    found = _QUOTED.search(telling.text)
    deed = next((word.start for word in telling.words if word.role == "deed"), None)
    spoken = found is not None and _SPOKEN.search(telling.text, 0, found.start())
    if (
        found is None
        or (deed is not None and deed < found.start() and not spoken)
        or telling.text.startswith("在", found.start() - 1)
    ):
        return None
    rest = _TAIL_AFTER_QUOTED.match(telling.masked, found.end())
    return Name(found.start(), rest.end() if rest and rest.end() - found.end() < 7 else found.end(), "quoted")


def clause_name(telling: Telling, place: int, found: str) -> Name:
    """Return the clause that holds a place, as the name of a happening that has no better one."""
    start, end = telling.clause(place)
    return trimmed(telling, start, end, found)


def trimmed(telling: Telling, start: int, end: int, found: str) -> Name:
    """Return a name without what stands before it, and with the whole of a quotation that it ends in."""
    if _in_quotes(telling.text, start, end) and (close := telling.text.find("”", end, end + _LONGEST_QUOTE)) >= 0:
        end = close + 1
    return Name(front(telling, start, end, subject=found not in {"held", "award"}), end, found)
