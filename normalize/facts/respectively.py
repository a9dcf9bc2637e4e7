"""Lists told side by side: «外借图书、接待读者分别为12万册次、20万人次», each number with its own noun."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import regex
from msgspec.structs import replace

from normalize.facts.context import Context

_EACH = regex.compile(
    r"(?:各?分别|依次|(?<=、[^、，。；\d]{1,8})各(?!个|类|项|种|界|地))(?:[为是有达约共计近超]|达到|约为|完成|增加到?|新增)*$"
)
_SHARES = re.compile("别|依次|各$")
_GOES_ON = re.compile(r"\s*[、，和与及]\s*约?$")
_LISTS = (re.compile("、"), re.compile("[、和与及]"), re.compile("[、和与及，]"))


def with_own_nouns(contexts: Sequence[Context]) -> tuple[Context, ...]:
    """Return the contexts, each number that «分别» shares out with the noun that stands at its place in the list.

    Only where there are as many nouns as numbers; what the clause told before a noun is carried along to it.
    """
    told = list(contexts)
    for at, context in enumerate(contexts):
        each = _EACH.search(context.own) if _SHARES.search(context.own) else None
        if each is None:
            continue
        count = 1 + sum(1 for _ in _listed_after(contexts, at))
        for place, name in enumerate(_nouns(context.own[: each.start()], count)):
            own, before = name
            carried = context.carried + before
            told[at + place] = replace(contexts[at + place], own=own, carried=carried, clause=before + own)
    return tuple(told)


def _listed_after(contexts: Sequence[Context], at: int) -> Iterator[Context]:
    for later in contexts[at + 1 :]:
        if later.sentence is not contexts[at].sentence or not _GOES_ON.match(later.own):
            return
        yield later


def _nouns(text: str, count: int) -> list[tuple[str, str]]:
    """Return so many nouns of a list, each with the words before it; none where the list has more or fewer."""
    for between in _LISTS:
        edges = [(found.start(), found.end()) for found in between.finditer(text)]
        if count > 1 and len(edges) == count - 1:
            starts, ends = [0, *(end for _, end in edges)], [*(start for start, _ in edges), len(text)]
            return [(text[start:end], text[:start]) for start, end in zip(starts, ends, strict=True)]
    return []
