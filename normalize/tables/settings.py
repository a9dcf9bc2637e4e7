"""The kind of place that an outreach activity went to, by its own words and then by who or where it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from schemas.overlay import from_vocabulary
from schemas.words import Entry, alternation, load

_ENTERED = re.compile(r"[进入下到]")


@from_vocabulary
@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of all words, look-alikes among them: these hide the words that they begin with or hold."""
    entries = load("settings.yaml", Entry).values()
    return re.compile(alternation(word for entry in entries for word in (*entry.aliases, *entry.look_alikes)))


@from_vocabulary
@cache
def _codes() -> dict[str, str]:
    return {alias: entry.code for entry in load("settings.yaml", Entry).values() for alias in entry.aliases}


def setting_of(activity: str | None, host: str | None, place: str | None) -> str | None:
    """Return a code of settings.yaml, or None where no word tells.

    1. The activity's words, the one after 进, 入, 下 or 到 first («送书进军营» to the police is military);
    2. the host's, 3. the place's. In a name the last word tells what it is («司徒村小学» is a school).

    >>> setting_of("送书进社区", None, None), setting_of("送书", "实验小学", "状元洲"), setting_of("送书", None, None)
    ('community', 'school', None)
    """
    return _of_activity(activity or "") or _last(host or "") or _last(place or "")


def _of_activity(activity: str) -> str | None:
    entered = _ENTERED.search(activity)
    after = next(_told(activity[entered.start() :]), None) if entered else None
    return after or next(_told(activity), None)


def _last(name: str) -> str | None:
    told = list(_told(name))
    return told[-1] if told else None


def _told(text: str) -> Iterator[str]:
    """Yield the codes of the words of a text, in order."""
    codes = _codes()
    return (codes[found[0]] for found in _pattern().finditer(text) if found[0] in codes)
