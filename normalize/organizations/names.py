"""Names of bodies as one spelling: what kind a body is, where its name ends, which region it belongs to."""

from __future__ import annotations

import unicodedata
from functools import cache

import regex
from msgspec import Struct

from normalize.identity.place_names import longest
from normalize.identity.places import in_force, named_libraries, reading
from normalize.organizations.keys import form_of
from schemas.organization_kinds import kinds_by_ending, organization_kinds
from schemas.organization_words import organization_words
from schemas.overlay import from_vocabulary
from schemas.rows import DocumentRow
from schemas.traditional import simplified
from schemas.words import alternation

LONGEST_ROOM = 12  # code points after a body's name: «醴陵市图书馆二楼多功能报告厅», «南门中学全体师生»

# the reporting library by its short names: 我馆, 本馆, 馆内, 总馆, 图书馆, 县馆, 县图书馆, 我市图书馆
_OWN_LIBRARY = regex.compile(
    r"(?:[我本总]馆|馆内|[我本]?(?P<level>[省市县区州旗])馆|[我本]?(?P<level>[省市县区州旗])?图书馆(?!学会|协会))"
)
# the region by its level alone: 县武警中队, 我市实验小学, 省图书馆
_LEVEL = regex.compile(r"[我本]?(?P<level>[省市县区州旗])(?=.)")
_QUOTES = frozenset("“”\"'‘’「」")
_SEPARATORS = regex.compile(r"[、;；/\n]")
_AND = regex.compile(r"[和与及]")


class BodyName(Struct, frozen=True):
    """A body as spelled once: region_code where known, the name without its region, the kind."""

    spelling: str
    bare: str
    region_code: str | None
    kind: str


@from_vocabulary
@cache
def _alone() -> frozenset[str]:
    return frozenset(word for entry in organization_kinds().values() for word in entry.alone)


@from_vocabulary
@cache
def _endings() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """Return what ends a name at its very end, and what ends it before a room or people."""
    inside = alternation(alias for alias in kinds_by_ending() if len(alias) > 1)
    return regex.compile(rf"(?:{alternation(kinds_by_ending())})$"), regex.compile(inside)


def spelling(written: str) -> str:
    """Return a name with widths and brackets folded, without white space and quotation marks.

    >>> spelling("醴陵市 南门中学（东）")
    '醴陵市南门中学(东)'
    """
    return "".join(sign for sign in unicodedata.normalize("NFKC", written) if not (sign.isspace() or sign in _QUOTES))


@from_vocabulary
@cache
def _collective() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """Return what stands before the ending where many bodies are meant (各, 贫困, 12所), and what ends such names."""
    words = alternation(organization_words()["collective"])
    before = rf"(?:{words}|[\d一二三四五六七八九十百几数多两]++[个所家座间])++"
    return regex.compile(before), regex.compile(rf"(?:{alternation(organization_words()['many'])})$")


def body_names(written: str | None, document: DocumentRow) -> tuple[BodyName, ...]:
    """Return the bodies that a cell or field names, in order; people («全市少年儿童») and bare words are none.

    Short names of the reporting library stand for it; a room or people after a body's name are cut off; «各学校» and
    «贫困村» are many bodies and none.
    """
    return tuple(found for found in named_parts(written, document) if found.kind)


def named_parts(written: str | None, document: DocumentRow) -> tuple[BodyName, ...]:
    """Return the bodies that a cell or field names, and its other parts as names of no kind, in order."""
    parts = (spelling(part) for part in _SEPARATORS.split(written or ""))
    whole = (_with_library(name, document) for part in parts for name in _joined_names(part) if name)
    return tuple(_body(name, document) or _kindless(name, document) for name in whole)


def _joined_names(part: str) -> tuple[str, ...]:
    """Return the two names that «和» joins, where both end like one, or else the part as it is («和平小学»)."""
    at_end, _ = _endings()
    for joint in _AND.finditer(part):
        one, other = part[: joint.start()], part[joint.end() :]
        if _names_one(at_end.search(one)) and _names_one(at_end.search(other)):
            return one, other
    return (part,)


def _names_one(ending: regex.Match[str] | None) -> bool:
    return ending is not None and (ending.start() > 0 or ending[0] in _alone())


def _with_library(name: str, document: DocumentRow) -> str:
    match = _OWN_LIBRARY.match(name.translate(simplified()))
    if match is None or document.library is None:
        return name
    if match["level"] and document.region_code not in {None, _at_level(match["level"], document)}:
        return name  # «省图书馆» in a county's report
    return f"{document.library}{name[match.end() :]}"


def _at_level(level: str, document: DocumentRow) -> str | None:
    """Return the code of the innermost place around the report's library whose name ends with the word: 县, 市, 省."""
    if document.region_code is None:
        return None
    place, code = reading(document.region_code, document.report_year), document.region_code
    around = ((place.county, code), (place.city, f"{code[:4]}00"), (place.province, f"{code[:2]}0000"))
    return next((own for name, own in around if name and name.endswith(level)), None)


def _body(name: str, document: DocumentRow) -> BodyName | None:
    at_end, inside = _endings()
    plain = name.translate(simplified())
    match = at_end.search(plain) or max(
        inside.finditer(plain, overlapped=True), key=lambda found: found.end(), default=None
    )
    if match is None or not _names_one(match) or len(name) - match.end() > LONGEST_ROOM:
        return None
    region_code, bare = _region(plain[: match.end()], document)
    kind = kinds_by_ending()[match[0]]
    before, many = _collective()
    if before.fullmatch(form_of(bare, kind).proper) or many.search(bare):
        return None
    return BodyName(name[: match.end()], bare, region_code, kind)


def _kindless(name: str, document: DocumentRow) -> BodyName:
    region_code, bare = _region(name.translate(simplified()), document)
    return BodyName(name, bare, region_code, "")


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
    return _by_level(name, document) or (document.region_code, name)


def _by_level(name: str, document: DocumentRow) -> tuple[str, str] | None:
    """Return region and rest of «县武警中队»; None for «县委», «市民中心» and where no place is of that level."""
    match = _LEVEL.match(name)
    rest = name[match.end() :] if match else ""
    ending = _endings()[0].search(rest)
    if match is None or name in _alone() or ending is None or len(rest) < 2:  # «县委» is a name of its own
        return None
    return (code, rest) if (code := _at_level(match["level"], document)) else None
