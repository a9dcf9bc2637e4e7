"""One identifier for one library, whatever its reports call it and whatever its county was called that year."""

from __future__ import annotations

import unicodedata
from hashlib import sha256

from normalize.identity.place_names import longest
from normalize.identity.places import PlaceReading
from schemas.lineage import current_code

_DIGITS = 8
_SAME = (("少儿", "少年儿童"), ("公共图书馆", "图书馆"))  # words that reports use for one another in a library's name


def library_id(name: str | None, place: PlaceReading, year: int | None) -> str | None:
    """Return «lib-» and eight hexadecimal digits of the SHA-256 of region and bare name; None where in doubt.

    1. The region is the code of the newest list: a library keeps its identifier when its county becomes a city.
    2. The bare name is what follows the region words: «湖南省醴陵市图书馆», «醴陵市图书馆» and «醴陵图书馆» are one;
       a children's library, a branch and a library with a name of its own are others.
    3. A name that may stand in several places has none: two libraries under one identifier are worse than a gap.
    """
    if not name or place.candidates:
        return None
    region = current_code(place.region_code, year) if place.region_code else ""
    digest = sha256(f"{region}\t{_bare(name, place.region_code)}".encode()).hexdigest()
    return f"lib-{digest[:_DIGITS]}"


def _bare(name: str, region_code: str | None) -> str:
    bare = "".join(unicodedata.normalize("NFKC", name).split())
    if region_code:
        ends = [chain.end for chain in longest(bare) if chain.place.code == region_code]
        bare = bare[max(ends, default=0) :]
    for written, usual in _SAME:
        bare = bare.replace(written, usual)
    return bare
