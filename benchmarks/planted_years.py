"""The true figures of the libraries of planted_reports.py, year by year, and which error is planted where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from planted_words import TOPICS

from schemas.places import LATEST, gazetteer

YEARS = (2017, 2018, 2019, 2020, 2021)
PLANTS = {  # name of a planted error: the code that must be raised
    "total": "total_mismatch",
    "subtotal": "subtotal_mismatch",
    "table_rows": "table_and_prose_disagree",
    "table": "table_and_prose_disagree",
    "parts": "parts_do_not_add_up",
    "change": "implausible_change",
    "per_head": "per_head_does_not_fit",
    "daily_mean": "daily_mean_does_not_fit",
    "limit": "implausible_value",
    "conflict": "conflicting_values",
    "activity": "activity_told_differently",
    "tables": "activity_told_differently",
    "rate": "rate_does_not_fit",
    "increase": "increase_does_not_fit",
    "restated": "restated_value",
    "stock": "stock_does_not_balance",
    "jump": "implausible_jump",
    "paragraph": "repeated_from_previous_year",
    "figure": "repeated_from_previous_year",
}
_ACROSS = frozenset({"rate", "increase", "restated", "change", "stock", "jump", "paragraph", "figure"})
_SHARE = 0.5  # of the reports have an error planted


@dataclass
class Year:
    """The true figures of one library and year, the wordings taken, and what is planted."""

    year: int
    plant: str | None
    values: dict[str, int]
    trap: str | None = None
    with_ebooks: bool = False
    training: str = ""
    lectures: list[tuple[int, int, str, int]] = field(default_factory=list)


def set_traps(now: Year, before: Year | None, number: int, random: Random) -> None:
    """Let some reports without an error look as if they had one.

    hedged: figures in 万 or with «约» beside exact ones that were made of the true values; part: visits of eleven
    months; every ninth library counts its electronic books as stock from 2020 on. An error that nobody can know beside
    these is not planted.
    """
    if now.plant is None:
        now.trap = random.choice(["hedged", "part", None, None])
    now.with_ebooks = number % 9 == 0 and now.year >= 2020
    unknown = {
        "stock": now.with_ebooks and now.year == 2020,  # with another definition nothing can be balanced
        # of eleven months no rate is known, nor of a year that has two values
        "rate": before is not None and (before.trap == "part" or before.plant == "conflict"),
        "increase": before is not None and before.plant == "table",  # nor a difference where the base is in doubt
    }
    if unknown.get(now.plant or ""):
        now.plant = None


def first_plant(plant: str | None) -> str | None:
    """Return the plant, or None where the error needs a year before."""
    return plant if plant not in _ACROSS else None


def dealt_plants(count: int, random: Random) -> Iterator[str | None]:
    """Yield a plant or None for each report, every kind about as often."""
    kinds = [*PLANTS] * (int(count * _SHARE) // len(PLANTS) + 1)
    dealt: list[str | None] = [*kinds, *[None] * (count - len(kinds))]
    random.shuffle(dealt)
    yield from dealt
    yield from [None] * count


def county_names() -> list[str]:
    """Return full names of counties that no other division bears."""
    places = gazetteer()
    found = []
    for code, told in sorted(places.by_code.items()):
        place = told[-1]
        if place.level == 3 and place.first_year <= YEARS[0] and place.last_year == LATEST and place.name[-1] in "县市":
            province = places.ancestors(code, YEARS[-1])[0]
            if len(places.by_name[place.name]) == 1 and province is not None and len(place.name) > 2:
                found.append(f"{province.name}{place.name}")
    return found


def next_year(before: Year | None, year: int, plant: str | None, random: Random) -> Year:
    """Return the figures of a year after those of the year before."""
    old = before.values if before else None
    values = {name: _drawn(name, old, year, random) for name in _SCALE}
    if old:
        values["weeded"] = random.randrange(300, 900)
        values["stock"] = old["stock"] + values["added"] - values["weeded"]
    if plant == "jump" and old:
        values["questions"] = old["questions"] * 27 + 11
    if plant == "figure" and old:
        values["self_service"] = old["self_service"]
    elif old and values["self_service"] == old["self_service"]:
        values["self_service"] += 13
    now = Year(year, plant, values)
    now.lectures = _lectures(random)
    values["lectures"] = len(now.lectures)
    return now


_SCALE = {  # figure: least, greatest in the first year
    "population": (9, 28), "visits": (90_000, 400_000), "days": (330, 355), "loans": (60_000, 260_000),
    "borrowers": (30_000, 90_000), "ebooks": (6_000, 30_000), "stock": (60_000, 110_000), "added": (4_000, 9_000),
    "weeded": (300, 900), "online": (12, 30), "onsite": (40, 90), "staff": (14, 40), "seats": (300, 700),
    "questions": (1_200, 5_000), "self_service": (10_000, 60_000), "training": (8, 24), "trained": (310, 980),
}  # fmt: skip
_FIXED = frozenset({"population", "staff", "seats"})
_FELL = {"visits": 0.4, "loans": 0.5, "borrowers": 0.5}  # what a year of closure left


def _drawn(name: str, old: dict[str, int] | None, year: int, random: Random) -> int:
    low, high = _SCALE[name]
    if old is None or name in {"days", "online", "onsite", "added", "training", "trained"}:
        value = random.randrange(low, high)
        if old and value == old[name] and name == "added":
            value += 1  # a figure may stay the same by chance, which nobody can tell from one that was copied
        return value + 3 if value % 10 == 0 and name != "population" else value  # a round number may be rounded
    if name in _FIXED:
        return old[name]
    grown = old[name] * random.uniform(0.93, 1.16)
    if name in _FELL and year in {2020, 2021}:
        grown = old[name] * (_FELL[name] if year == 2020 else 1 / _FELL[name]) * random.uniform(0.9, 1.1)
    value = int(grown)
    while value == old[name] or value % 10 == 0:
        value += 3
    return value


def _lectures(random: Random) -> list[tuple[int, int, str, int]]:
    topics = random.sample(TOPICS, random.randrange(8, 13))
    months = sorted([2, 11, *(random.randrange(3, 11) for _ in topics[2:])])
    return [
        (month, random.randrange(1, 28), topic, random.randrange(31, 149))
        for month, topic in zip(months, topics, strict=True)
    ]
