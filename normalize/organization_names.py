"""Names of bodies as one spelling: what kind a body is, where its name ends, which region it belongs to."""

from __future__ import annotations

import unicodedata
from functools import cache

import regex
from msgspec import Struct

from normalize.place_names import longest
from normalize.places import in_force, named_libraries
from schemas.organization_kinds import organization_kinds
from schemas.overlay import from_vocabulary
from schemas.rows import DocumentRow
from schemas.words import alternation

LONGEST_ROOM = 12  # code points after a body's name: «醴陵市图书馆二楼多功能报告厅», «南门中学全体师生»

# the reporting library by its short names: 我馆, 本馆, 馆内, 图书馆, 县图书馆, 我市图书馆
_OWN_LIBRARY = regex.compile(r"(?:[我本]馆|馆内|我?[省市县区州旗]?图书馆(?!学会|协会))")
_QUOTES = frozenset("“”\"'‘’「」")
_SEPARATORS = regex.compile(r"[、;；/\n]")


class BodyName(Struct, frozen=True):
    """A body as spelled once: region_code where known, the name without its region, the kind."""

    spelling: str
    bare: str
    region_code: str | None
    kind: str


@from_vocabulary
@cache
def _kinds() -> dict[str, str]:
    return {alias: entry.code for entry in organization_kinds().values() for alias in entry.aliases}


@from_vocabulary
@cache
def _alone() -> frozenset[str]:
    return frozenset(word for entry in organization_kinds().values() for word in entry.alone)


@from_vocabulary
@cache
def _endings() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """Return what ends a name at its very end, and what ends it before a room or people."""
    inside = alternation(alias for alias in _kinds() if len(alias) > 1)
    return regex.compile(rf"(?:{alternation(_kinds())})$"), regex.compile(inside)


def spelling(written: str) -> str:
    """Return a name with widths and brackets folded, without white space and quotation marks.

    >>> spelling("醴陵市 南门中学（东）")
    '醴陵市南门中学(东)'
    """
    return "".join(sign for sign in unicodedata.normalize("NFKC", written) if not (sign.isspace() or sign in _QUOTES))


def body_names(written: str | None, document: DocumentRow) -> tuple[BodyName, ...]:
    """Return the bodies that a cell or field names, in order; people («全市少年儿童») and bare words are none.

    Short names of the reporting library stand for it; a room or people after a body's name are cut off.
    """
    parts = (spelling(part) for part in _SEPARATORS.split(written or ""))
    return tuple(found for part in parts if (found := _body(_with_library(part, document), document)))


def _with_library(name: str, document: DocumentRow) -> str:
    match = _OWN_LIBRARY.match(name)
    if match is None or document.library is None:
        return name
    return f"{document.library}{name[match.end() :]}"


def _body(name: str, document: DocumentRow) -> BodyName | None:
    at_end, inside = _endings()
    match = at_end.search(name) or max(inside.finditer(name), key=lambda found: found.end(), default=None)
    if match is None or (match.start() == 0 and match[0] not in _alone()) or len(name) - match.end() > LONGEST_ROOM:
        return None
    name = name[: match.end()]
    region_code, bare = _region(name, document)
    return BodyName(name, bare, region_code, _kinds()[match[0]])


def _region(name: str, document: DocumentRow) -> tuple[str | None, str]:
    """Return the region that a name states by its first words, or else the report's, and the rest of the name."""
    if name in named_libraries():
        return named_libraries()[name], name
    read = longest(name)
    codes = {place.code for place in in_force([chain.place for chain in read], document.report_year)}
    rest = name[read[0].end :] if read else name
    if document.region_code in codes and rest:
        return document.region_code, rest
    if read and read[0].is_full and len(codes) == 1 and rest:
        return codes.pop(), rest
    return document.region_code, name
