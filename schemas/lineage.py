"""Divisions over time: the code that a place of an earlier list has today, where it became another kind of division."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from schemas.places import LATEST, Place, gazetteer


@cache
def current_code(code: str, year: int | None) -> str:
    """Return the code that the place of this code in `year` has in the newest list, or its last one where it ended.

    A county that became a city or a district keeps its short name and gets another code: in the year after its last one
    exactly one division of the same level in the same province begins that bears its full or short name. A place that
    was merged into another, or cut up, has no successor.

    >>> current_code("430124", 2010), current_code("430182", 2020), current_code("110103", 2005)
    ('430182', '430182', '110103')
    """
    place = gazetteer().named(code, year)
    while place is not None and place.last_year < LATEST:
        code = place.code
        place = _successor(place)
    return place.code if place else code


def _successor(place: Place) -> Place | None:
    begun = _of_its_kind(place, _begun().get(place.last_year + 1, ()))
    for same in (_same_name, _same_short_name, _lengthened_name):
        found = [other for other in begun if same(place, other)]
        if found:
            return found[0] if len(found) == 1 else None
    return next((other for other in begun if other.code == place.code and not _is_taken(other)), None)


def _of_its_kind(place: Place, others: Iterable[Place]) -> list[Place]:
    return [other for other in others if other.level == place.level and other.code[:2] == place.code[:2]]


def _is_taken(place: Place) -> bool:
    """Return whether another place of the year before bears this one's name: 綦江县 became 綦江区 on 万盛区's code."""
    before = _of_its_kind(place, _ended().get(place.first_year - 1, ()))
    return any(other.code != place.code and _same_short_name(other, place) for other in before)


def _same_name(place: Place, other: Place) -> bool:
    return place.name == other.name


def _same_short_name(place: Place, other: Place) -> bool:
    return not {place.name, *place.other_names}.isdisjoint((other.name, *other.other_names))


def _lengthened_name(place: Place, other: Place) -> bool:
    """Return whether a county of one character got a second one as a district or city: 蓟县 → 蓟州区."""
    return len(place.name) == 2 and place.name[0] == other.name[0]


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
