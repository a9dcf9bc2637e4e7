"""Of which kind a happening is: words weighed by the place that they hold in its telling.

The order, first that tells wins:

1. An award is told by its verbs.
2. A deed that is the happening itself, whatever was held along with it: «来馆调研，并旁听讲座» is a visit.
3. The last word of the name, its tails left out: «征文大赛颁奖仪式» is a contest, «捐赠工作培训班» a training. Of two
   names joined by «暨» or «·» the first that tells. «…阅读推广活动» leaves the kind to a name that is rarer than itself
   (contest, exhibition, lecture, training, collection); to no deed: «送书进文化站阅读推广活动» is reading promotion.
4. Other words of the name, the nearest to its end first; then what its tail tells; then signs in it.
5. The rest of the sentence: names and deeds before signs, earlier before later.
6. The sentences after it in the same way; then the occasion («服务宣传周期间，发放传单»).
7. What is called an activity and no more is taken for reading promotion, unless it is one of the house.

A word before «的» describes something else («座谈的意见») and tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from normalize.events.names import Name
from normalize.events.telling import Telling
from normalize.events.verbs import VISITS
from schemas.event_kinds import EventWord, event_words

_JOINED = re.compile(r"暨|·")
_RARER = frozenset({"contest", "exhibition", "lecture", "training", "collection", "study"})
_NEAR = 60  # characters: what is told later in a sentence is seldom what the happening is
_STILL_NAME = re.compile(r"[）)”’》」\s]*")
_GIVES = re.compile(r"[捐赠]")
_OCCASION = re.compile(r"期间|当[天日]")
_LONGEST_OCCASION = 30
_DESCRIBED = re.compile("[上中里]?的")
_OF_THE_HOUSE = re.compile("职工|员工|馆员|干部|工会|安全|消防|卫生|消毒|植树|绿化|整治|扫除|清理|工程|检查")
_CALLED_TOGETHER = re.compile(r"召开[^，。；]{0,24}会$")


def kind_of(telling: Telling, name: Name | None, rest: Iterable[Telling]) -> str:
    """Return the kind of a happening from its first sentence, the name in it, and the sentences after it.

    >>> from normalize.events.names import name_in
    >>> from normalize.events.telling import telling_of
    >>> telling = telling_of("我馆举行“书香”征文大赛颁奖仪式，赠书20册")
    >>> kind_of(telling, name_in(telling), ())
    'contest'
    """
    if name is not None and name.found == "award":
        return "award"
    if name is not None and name.found == "deed":
        return _of_deed(telling, name)
    words = [word for word in telling.words if not _describes(telling.text, word)]
    kind = _of_name(telling, name, words) if name is not None else None
    kind = kind or _of_sentence(_near(words)) or next((k for k in map(_of_other, rest) if k), None)
    return kind or _of_occasion(telling) or _of_activity(telling, name) or "other"


def _of_activity(telling: Telling, name: Name | None) -> str | None:
    """Return reading promotion for an activity that no word says more of, None for one of the house."""
    held = name is not None and name.found in {"held", "named"} and telling.text.startswith("活动", name.end - 2)
    return "reading_promotion" if held and not _OF_THE_HOUSE.search(telling.text) else None


def _of_occasion(telling: Telling) -> str | None:
    """Return the kind of what the happening was a part of («服务宣传周期间，发放传单»), or None."""
    occasion = _OCCASION.search(telling.lead_in)
    return _of_sentence(event_words(telling.lead_in[: occasion.start()][-_LONGEST_OCCASION:])) if occasion else None


def _of_other(telling: Telling) -> str | None:
    return _of_sentence(_near([word for word in telling.words if not _describes(telling.text, word)]))


def _of_deed(telling: Telling, name: Name) -> str:
    clause = telling.text[name.start : name.end]
    gives = _GIVES.search(clause)
    visits = VISITS.search(clause)
    return "visit" if visits and not (gives and gives.start() < visits.start()) else "donation"


def _describes(text: str, word: EventWord) -> bool:
    described = _DESCRIBED.match(text, word.end)
    return described is not None and described.end() < len(text)


def _of_name(telling: Telling, name: Name, words: Sequence[EventWord]) -> str | None:
    bounds = [name.start, *(found.start() for found in _JOINED.finditer(telling.text, name.start, name.end)), name.end]
    if name.found == "named" and (opens := _opens_after(telling, name, words)):
        words = [word for word in words if word.role == "name" or word is opens]
        bounds[-1] = opens.end
    for start, end in pairwise(bounds):
        inside = [word for word in words if start <= word.start and word.end <= end]
        if kind := _of_part(telling.text, inside, end):
            return kind
    called = _CALLED_TOGETHER.search(telling.text, max(0, name.start - 8), name.end)
    return "meeting" if called else None


def _opens_after(telling: Telling, name: Name, words: Iterable[EventWord]) -> EventWord | None:
    """Return the deed of opening that the name is the subject of («图书室阅读推广活动正式对外开放»), or None."""
    end = telling.clause(name.end)[1] if name.end < len(telling.text) else name.end
    after = (word for word in words if word.kind == "opening" and word.role == "deed")
    return next((word for word in after if name.end <= word.start < end), None)


def _of_part(text: str, words: list[EventWord], end: int) -> str | None:
    tail = None
    while words and words[-1].role == "tail" and _STILL_NAME.fullmatch(text, words[-1].end, end):
        tail = words[-1].kind or tail
        end = words[-1].start
        words = words[:-1]
    strong = [word for word in words if word.role in {"name", "deed"}]
    if tail is not None:
        strong = [word for word in strong if word.kind in _RARER]
    if strong and strong[-1].role == "name" and _STILL_NAME.fullmatch(text, strong[-1].end, end):
        return strong[-1].kind
    names = [word for word in strong if word.role == "name"] or strong
    signs = [word.kind for word in words if word.role == "sign"]
    return names[-1].kind if names else tail or (signs[-1] if signs else None)


def _near(words: Iterable[EventWord]) -> list[EventWord]:
    return [word for word in words if word.start < _NEAR]


def _of_sentence(words: Sequence[EventWord]) -> str | None:
    told = [word.kind for word in words if word.role in {"name", "deed"}]
    signs = [word.kind for word in words if word.kind]
    return next(iter(told or signs), None)
