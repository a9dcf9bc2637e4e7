"""The vocabulary of kinds of happenings, and the words of a text that tell a kind."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

import ahocorasick
from msgspec import Struct

from schemas.overlay import from_vocabulary
from schemas.words import Entry, alternation, load

Role = Literal["name", "deed", "sign", "tail"]

# Endings that make a name of their own every year, too many to list. What stands before and after keeps them from
# words that only look alike: 发展 is no 展, 赛事 no 赛, 加班 no 班, 学会 no 会.
_ENDINGS = {
    "exhibition": r"(?<![发开拓进扩伸施舒])展(?:览|示会)?(?!开(?![展幕放])|[现望柜架位台区馆厅评播销板品室期映演示出])",
    "contest": r"赛(?![区场制道事程点委绩])",
    "training": r"(?<![下上值加跟领轮全本换接早晚夜到按同])班(?![子组级长车次费委里上])",
    "lecture": r"第[\d一二三四五六七八九十百]{1,4}讲",
}
# A last word that tells no kind («…展览开幕式»), but for those that have one of their own («阅读推广活动»).
_TAILS = {
    "reading_promotion": r"(?:阅读推广|读书|阅读|全民阅读|体验)(?:系列|主题|宣传|志愿服务)*活动",
    "": r"""(?:系列|主题|推广|宣传|公益|体验|大型|展示)*活动(?![周月]) | (?:启动|开幕|闭幕|颁奖|开班|开营|首发)?仪式
          | 开幕式 | 闭幕式 | (?:颁奖|开幕|启动)(?:典礼|大会) | 典礼 | (?:工作|项目)(?=[，。；、”]|$)""",
}
# How the unlisted words begin, so that nothing is tried elsewhere.
_ENDINGS_BEGIN = {"exhibition": "展", "contest": "赛", "training": "班", "lecture": "第"}
_TAILS_BEGIN = {
    "reading_promotion": "阅读 读书 全民 体验",
    "": "系列 主题 推广 宣传 公益 体验 大型 展示 活动 启动 开幕 闭幕 颁奖 开班 开营 首发 仪式 典礼 工作 项目",
}
_TAIL_GROUPS = {"reading_promotion": "read", "": "tail"}


class EventKind(Entry):
    """A kind of happening: aliases are what it is called, deeds what is done, signs what goes with it."""

    deeds: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()


class EventWord(Struct, frozen=True):
    """A word of a text that tells a kind of happening: text[start:end], and the part that it plays.

    role: name (what a happening is called), deed, sign, or tail (a last word that leaves the kind to what it ends).
    """

    start: int
    end: int
    kind: str
    role: Role


@from_vocabulary
@cache
def event_kinds() -> dict[str, EventKind]:
    """Return the event kinds by code."""
    return load("event_kinds.yaml", EventKind)


@from_vocabulary
@cache
def _listed() -> dict[str, tuple[str, Role] | None]:
    """Return what each listed word tells, None for a look-alike."""
    listed: dict[str, tuple[str, Role] | None] = {
        word: None for kind in event_kinds().values() for word in kind.look_alikes
    }
    for kind in event_kinds().values():
        listed |= dict.fromkeys(kind.signs, (kind.code, "sign"))
        listed |= dict.fromkeys(kind.deeds, (kind.code, "deed"))
        listed |= dict.fromkeys(kind.aliases, (kind.code, "name"))
    return listed


@from_vocabulary
@cache
def _begins() -> ahocorasick.Automaton:
    """Return the automaton of how words begin, by their first two characters or the one of an ending, with the pattern.

    The groups of a pattern say which of the unlisted words it met. Few places of a text begin like a word, so little is
    tried at any of them.
    """
    listed: dict[str, list[str]] = {}
    for word in _listed():
        listed.setdefault(word[:2], []).append(word)
    automaton = ahocorasick.Automaton()
    for begin in sorted({*listed, *_ENDINGS_BEGIN.values(), *" ".join(_TAILS_BEGIN.values()).split()}):
        automaton.add_word(begin, (len(begin), _beginning(begin, listed.get(begin, []))))
    automaton.make_automaton()
    return automaton


def _beginning(begin: str, listed: list[str]) -> re.Pattern[str]:
    told = [f"(?P<{_TAIL_GROUPS[kind]}>{_TAILS[kind]})" for kind, all_ in _TAILS_BEGIN.items() if begin in all_.split()]
    told += [f"(?P<listed>{alternation(listed)})"] if listed else []
    told += [f"(?P<{kind}>{_ENDINGS[kind]})" for kind, first in _ENDINGS_BEGIN.items() if begin[0] == first]
    return re.compile("|".join(told), re.VERBOSE)


def event_words(text: str) -> tuple[EventWord, ...]:
    """Return the words of a text that tell a kind of happening, in order, look-alikes left out.

    >>> [(word.kind, word.role) for word in event_words("举办书画展开幕式，向小学赠书")]
    [('exhibition', 'name'), ('', 'tail'), ('donation', 'deed')]
    """
    words: list[EventWord] = []
    # of two beginnings on one place the longer comes later, and stays
    begins = {at - length + 1: pattern for at, (length, pattern) in _begins().iter(text)}
    end = 0
    for start, pattern in begins.items():
        found = pattern.match(text, start) if start >= end else None
        if found is not None:
            end = found.end()
            told = _told(str(found.lastgroup), found[0])
            words += [EventWord(start, end, *told)] if told else []
    return tuple(words)


def _told(group: str, word: str) -> tuple[str, Role] | None:
    if group == "listed":
        return _listed()[word]
    if group == "read":
        return "reading_promotion", "tail"
    return ("", "tail") if group == "tail" else (group, "name")
