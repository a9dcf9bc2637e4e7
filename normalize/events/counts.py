"""How many took part in a happening, and how many volumes and things it was about, of the numbers told in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from normalize.facts.reading import Reading

_STAFF = re.compile(r"工作人员|馆员|职工|员工|干部|同志|老师|评委|专家|志愿者|党员|领导")
_CHOSEN = re.compile(r"[^，。；]{0,6}(?:被|获奖|表彰|奖励|评[为出选]|等奖|入选|推荐|推选)")
_ONLINE = re.compile(r"观看|收看|在线|线上|点击|浏览|直播")
_KEPT_AWAY = re.compile(r"影响[^，。；]{0,4}$")  # «闭馆五十天，影响读者8000人次»
_WHO_CAME = re.compile(r"(?:观众|听众|读者|学员|参加|参与|到场)(?:人数)?(?:为|达|共|约|有)?$")
_LASTS = re.compile(  # «为期三天», «迎春书市三天»
    r"(?:历时|为期|持续|连续|一连)[了共约]?$|(?:书市|庙会|灯会|展销会?|培训班?|[夏冬]令营|训练营|读书节|文化节)$"
)
_OWN_KINDS = frozenset({"other", "study", "visit"})  # at a training or a contest staff is only some of those who come
_VOLUME_FAMILIES = {"volume", "loan"}
_ITEM_FAMILIES = {"document", "furniture", "machine"}


def days(told: Iterable[Reading], *, always: bool) -> int | None:
    """Return how many days the telling says that it lasts, or None; where `always`, any days told are those."""
    lasting = (
        r.row.value
        for r in told
        if r.row.unit in {"天", "日"} and r.row.aggregation == "total"
        if always or _LASTS.search(r.context.own)
    )
    return next((int(value) for value in lasting if value == int(value)), None)


def participants(told: Sequence[Reading], kind: str) -> Decimal | None:
    """Return how many took part: those there before those online, attendances before persons.

    Staff counts only by itself, and only in what is not done for others: «15名职工植树», not «3名馆员下乡送书».
    """
    if not told:
        return None
    total = [r for r in told if r.row.aggregation == "total" and not _KEPT_AWAY.search(r.context.own)]
    online = [r for r in total if _ONLINE.search(r.context.own + r.context.noun)]
    there = [r for r in total if r not in online]
    attendances = [r.row.value for r in there if _is_attendance(r)]
    people = [r for r in there if r.context.quantity.family == "person" and not _is_chosen(r)]
    persons = [r.row.value for r in people if not _is_staff(r)] or [
        r.row.value for r in people if kind in _OWN_KINDS and _leads(r)
    ]
    watched = [r.row.value for r in online if r.context.quantity.family in {"attendance", "person"}]
    return max(attendances or persons or watched, default=None)


def volumes(told: Iterable[Reading]) -> Decimal | None:
    """Return the largest number of books told of that is not the whole library's."""
    return _most(told, _VOLUME_FAMILIES)


def items(told: Iterable[Reading]) -> Decimal | None:
    """Return the largest number of papers, works or machines told of that is not the whole library's."""
    return _most(told, _ITEM_FAMILIES)


def _is_attendance(reading: Reading) -> bool:
    """Whether a number counts those who came, by its measure word or, without one, by the word before it."""
    family = reading.context.quantity.family
    return family == "attendance" or (family is None and bool(_WHO_CAME.search(reading.context.own)))


def _is_staff(reading: Reading) -> bool:
    return bool(_STAFF.match(reading.context.noun.lstrip("的")))


def _is_chosen(reading: Reading) -> bool:
    """Whether people are told of as those who were honoured or picked out, not as those who came."""
    return bool(_CHOSEN.search(reading.context.own) or _CHOSEN.match(reading.context.noun))


def _leads(reading: Reading) -> bool:
    """Whether people are the subject («17名职工到河畔植树»): then staff has taken part too."""
    happening, start = reading.context.happening, reading.context.mention.start
    first = happening is not None and start <= happening.dates[0].end + 2
    return first and bool(_STAFF.match(reading.context.noun))


def _most(told: Iterable[Reading], families: set[str]) -> Decimal | None:
    own = (r.row for r in told if r.context.quantity.family in families and r.row.scope != "institution")
    return max((row.value for row in own), default=None)
