"""What the words of a happening say of it: kind, title, place, host."""

from __future__ import annotations

import regex
from msgspec import Struct

from normalize.events.choice import kind_of
from normalize.events.names import Name, name_in
from normalize.events.places import host_of, place_of
from normalize.events.telling import Telling, telling_of
from normalize.events.titles import title_of
from normalize.facts.context import widened

_LONGEST = 1000  # characters: what a happening is stands at the head of its telling, however long that is
_LATER = 2  # sentences after the first that may still say what the happening is
_STRAIGHT = regex.compile(r'"([^"\n]{1,40})"')  # a quotation in the marks of a typewriter


class Profile(Struct, frozen=True):
    """Kind, title, place and host of a happening, as written; None where its telling does not say."""

    kind: str
    title: str | None
    place: str | None
    host: str | None


def profile_of(told: str) -> Profile:
    """Return what a happening's telling says of it; `told` is the telling without its date.

    >>> profile_of("，我馆在文化广场举办元宵灯谜会，读者踊跃。")
    Profile(kind='reading_promotion', title='元宵灯谜会', place='文化广场', host='我馆')
    """
    narrow, told = told, _STRAIGHT.sub("“\\1”", widened(told[:_LONGEST]))
    first, *rest = told.split("。", 1 + _LATER)
    later = [sentence for sentence in rest[:_LATER] if sentence]
    telling = telling_of(first)
    name = name_in(telling)
    return Profile(
        kind=kind_of(telling, name, map(telling_of, later)),
        title=_as_written(title_of(*_naming(telling, name, later)), told, narrow),
        place=_as_written(place_of(first) or (place_of(later[0]) if later else None), told, narrow),
        host=_as_written(host_of(first), told, narrow),
    )


def _as_written(words: str | None, told: str, narrow: str) -> str | None:
    """Return words of the widened telling in the punctuation of the text, where they stand in it as one piece."""
    at = told.find(words) if words else -1
    return words if words is None or at < 0 else narrow[at : at + len(words)]


def _naming(telling: Telling, name: Name | None, later: list[str]) -> tuple[Telling, Name | None]:
    """Return the sentence that names the happening, and the name: the first, where it has any word that tells."""
    if name is None and all(word.role == "sign" for word in telling.words):
        for other in map(telling_of, later):
            found = name_in(other)
            if found and found.found in {"held", "named"}:
                return other, found
    return telling, name
