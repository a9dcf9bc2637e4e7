"""Divisions over time: the code that a place of an earlier list has today, where it became another kind of division."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache

from schemas.places import LATEST, Place, gazetteer

_COUNTY = 3


@cache
def current_code(code: str, year: int | None) -> str:
    """Return the code that the place of this code in `year` has in the newest list, or its last one where it ended.

    A county that became a city or a district keeps its short name and gets another code: in the year after its last one
    exactly one division of the same level in the same province begins that bears its full or short name. One that took
    another name («许昌县», «建安区») is the only county or city of its prefecture that ended then, where exactly one
    division began. A place that was merged into another, or cut up, has no successor.

    >>> current_code("430124", 2010), current_code("430182", 2020), current_code("110103", 2005)
    ('430182', '430182', '110103')
    """
    place = gazetteer().named(code, year)
    while place is not None and place.last_year < LATEST:
        code = place.code
        place = _successor(place)
    return place.code if place else code


def _successor(place: Place) -> Place | None:
    return _by_name_or_code(place) or (_renamings(place.last_year).get(place.code) if place.level == _COUNTY else None)


def _by_name_or_code(place: Place) -> Place | None:
    begun = _of_its_kind(place, _begun().get(place.last_year + 1, ()))
    for same in (_same_name, _same_short_name, _lengthened_name):
        found = [other for other in begun if same(place, other)]
        found = [other for other in found if place.name == other.name or not _keeps_its_name(other)]
        if found:
            return found[0] if len(found) == 1 else None
    return next((other for other in begun if other.code == place.code and not _is_taken(other)), None)


def _of_its_kind(place: Place, others: Iterable[Place]) -> list[Place]:
    return [other for other in others if other.level == place.level and other.code[:2] == place.code[:2]]


def _is_taken(place: Place) -> bool:
    """Return whether another place of the year before bears this one's name: 綦江县 became 綦江区 on 万盛区's code."""
    before = _of_its_kind(place, _ended().get(place.first_year - 1, ()))
    return any(other.code != place.code and _same_short_name(other, place) for other in before)


def _keeps_its_name(place: Place) -> bool:
    """Return whether it is a place of the year before under another code: 上饶县 is not what 上饶市 became."""
    return any(_same_name(place, other) for other in _of_its_kind(place, _ended().get(place.first_year - 1, ())))


def _same_name(place: Place, other: Place) -> bool:
    return place.name == other.name


def _same_short_name(place: Place, other: Place) -> bool:
    if place.level == _COUNTY and place.name.endswith("区") and other.name.endswith("市"):
        return False  # 庐山区 became 濂溪区 in the year in which 星子县 became 庐山市
    return not {place.name, *place.other_names}.isdisjoint((other.name, *other.other_names))


def _lengthened_name(place: Place, other: Place) -> bool:
    """Return whether a county of one character got a second one as a district or city: 蓟县 → 蓟州区."""
    return len(place.name) == 2 and place.name[0] == other.name[0]


@cache
def _renamings(year: int) -> dict[str, Place]:
    """Return what the counties and cities that ended with a year became under another name, by their codes."""
    known = {after.code for place in _ended().get(year, ()) if (after := _by_name_or_code(place))}
    ended, begun = defaultdict(list), defaultdict(list)
    for place in _ended().get(year, ()):
        if place.level == _COUNTY and place.name[-1] in "县市" and _by_name_or_code(place) is None:
            ended[_prefecture(place.code, year)].append(place)
    for place in _begun().get(year + 1, ()):
        if place.level == _COUNTY and place.code not in known and len(gazetteer().by_code[place.code]) == 1:
            begun[_prefecture(place.code, year + 1)].append(place)
    return {
        places[0].code: begun[where][0]
        for where, places in ended.items()
        if where and len(places) == len(begun.get(where, ())) == 1
    }


def _prefecture(code: str, year: int) -> str | None:
    """Return the code that the prefecture of a place has today, None where it has none."""
    _, prefecture = gazetteer().ancestors(code, year)
    return current_code(prefecture.code, year) if prefecture else None


@cache
def _begun() -> dict[int, list[Place]]:
    return _by_year(lambda place: place.first_year)


@cache
def _ended() -> dict[int, list[Place]]:
    return _by_year(lambda place: place.last_year)


def _by_year(year_of: Callable[[Place], int]) -> dict[int, list[Place]]:
    years: dict[int, list[Place]] = {}
    for places in gazetteer().by_code.values():
        for place in places:
            years.setdefault(year_of(place), []).append(place)
    return years
