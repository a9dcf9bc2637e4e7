"""Where a library is: its own name read against the dated list of places, never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from normalize.identity.place_names import longest
from schemas.document import Doubt
from schemas.named_libraries import named_library_entries
from schemas.overlay import from_vocabulary
from schemas.places import Place, gazetteer

GRACE_YEARS = 1  # the list shows each year's end; a name given up within the year still stands in that year's report


class PlaceReading(Struct, frozen=True):
    """A place by GB/T 2260 with the names that its code had in the year; None where the level does not apply.

    `candidates` are the codes that the name could mean where it is not decided; region_code is then None.
    """

    region_code: str | None = None
    province: str | None = None
    city: str | None = None
    county: str | None = None
    candidates: tuple[str, ...] = ()
    doubt: Doubt | None = None


@from_vocabulary
@cache
def named_libraries() -> dict[str, str]:
    """Return the region code of each library of named_libraries.yaml by its name."""
    return {alias: entry.region for entry in named_library_entries().values() for alias in entry.aliases}


def find_place(library_name: str | None, text: str, year: int | None) -> PlaceReading:
    """Return the place of a library by its own name, as the list stood in `year` (the newest list for None).

    1. A library of named_libraries.yaml has the region given there.
    2. The region words at the head of the name are read as a chain, each place inside the one before.
    3. Of places with that name, those in force in the year stay, or else those nearest in time.
    4. A bare word («长沙图书馆») means the upper place where it is the name of both («长沙市» over «长沙县»).
    5. Where several places are left, their full names in `text` decide (for a bare word), then the provinces and
       prefectures that it names, by a clear margin.
    6. Else region_code is None, and the doubt ambiguous_place names the candidates.
    """
    if not library_name:
        return PlaceReading()
    name = library_name.replace(" ", "")
    if name in named_libraries():
        return reading(named_libraries()[name], year)
    read = longest(name)
    places = in_force([chain.place for chain in read], year)
    text = text.replace(name, "")
    if len(places) > 1 and not read[0].is_full:
        places = _called_in_full(text, _upper(places))
    if len(places) > 1:
        places = _told_by(text, places, read[0].word, year)
    if len(places) == 1:
        return reading(places[0].code, year)
    return _undecided(library_name, places, year) if places else PlaceReading()


def reading(code: str, year: int | None) -> PlaceReading:
    """Return a code of the list with its province, prefecture and county as they were called in the year.

    >>> reading("429004", 2020)
    PlaceReading(region_code='429004', province='湖北省', city=None, county='仙桃市', candidates=(), doubt=None)
    """
    province, prefecture = gazetteer().ancestors(code, year)
    county = None if code.endswith("00") else gazetteer().named(code, year)
    return PlaceReading(code, _name(province), _name(prefecture), _name(county))


def _name(place: Place | None) -> str | None:
    return place.name if place else None


def in_force(places: Sequence[Place], year: int | None) -> list[Place]:
    """Return the places in force in the year, one a code, or the nearest in time where none is; sorted by code."""
    unique = list({place.code: place for place in sorted(places, key=lambda place: -place.years_from(year))}.values())
    least = min((place.years_from(year) for place in unique), default=0)
    limit = 0 if least == 0 else max(least, GRACE_YEARS)
    return sorted((place for place in unique if place.years_from(year) <= limit), key=lambda place: place.code)


def _upper(places: list[Place]) -> list[Place]:
    provinces = [place for place in places if place.level == 1]  # «河南图书馆»: counties keep their 县
    holders = [place for place in places if all(place.contains(other) for other in places)]
    return provinces or holders or places


def _called_in_full(text: str, places: list[Place]) -> list[Place]:
    counts = [text.count(place.name) for place in places]
    most = max(counts)
    return [place for place, count in zip(places, counts, strict=True) if 2 * count >= most] if most > 1 else places


def _told_by(text: str, places: list[Place], word: str, year: int | None) -> list[Place]:
    counts = sorted(((_evidence(text, place, word, year), place.code, place) for place in places), reverse=True)
    (most, _, winner), (second, _, _) = counts[:2]
    return [winner] if most >= 2 and most >= 2 * second else places


def _evidence(text: str, place: Place, word: str, year: int | None) -> int:
    """Return how much of the text speaks for a place: 3 a full prefecture name, 2 a full province name, 1 a short one.

    The word that is to be explained, and what contains it, tells nothing.
    """
    province, prefecture = gazetteer().ancestors(place.code, year)
    outer = ((2, province), (3, prefecture if prefecture and prefecture.code != place.code else None))
    return sum(_mentions(text, above, weight, word) for weight, above in outer if above)


def _mentions(text: str, place: Place, weight: int, word: str) -> int:
    full = text.count(place.name)
    short = [name for name in place.other_names if name not in word]
    return weight * full + sum(max(text.count(name) - full, 0) for name in short)


def _undecided(name: str, places: Sequence[Place], year: int | None) -> PlaceReading:
    codes = tuple(place.code for place in places)
    told = "、".join(f"{''.join(_path(code, year))}（{code}）" for code in codes)
    return PlaceReading(None, candidates=codes, doubt=Doubt("ambiguous_place", f"«{name}» may be in {told}."))


def _path(code: str, year: int | None) -> list[str]:
    found = reading(code, year)
    return [name for name in (found.province, found.city, found.county) if name]
