"""The bodies that reports name, spellings folded: one row a body."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from normalize.organization_names import BodyName, body_names
from normalize.places import reading
from schemas.panel_rows import OrganizationRow
from schemas.rows import ReportRows

ID_DIGITS = 8

_Key = tuple[str, str, str]  # region code or "", name without its region, kind


def organizations(reports: Iterable[ReportRows]) -> tuple[OrganizationRow, ...]:
    """Return the bodies named in tables, events and as reporting library, sorted by name (code points) and region.

    1. Each field is split into names; rooms and people after a name are cut off.
    2. Names that differ in width, spaces, brackets or a written-out region only («醴陵市南门中学», and «南门中学» in a
       report of 醴陵市) are one body; another number, another kind or another region is another body.
    3. The name is the spelling with the full region if there is one, else the most frequent; the rest are aliases.
    4. The id is «org-» and the first eight hexadecimal digits of the SHA-256 of region, bare name and kind (more where
       two bodies would share them), so it does not change with the other reports of the batch.
    """
    spellings: defaultdict[_Key, Counter[str]] = defaultdict(Counter)
    for report in reports:
        for body in _bodies(report):
            spellings[body.region_code or "", body.bare, body.kind][body.spelling] += 1
    ids = _ids(sorted(spellings))
    rows = (_row(ids[key], key, counts) for key, counts in spellings.items())
    return tuple(sorted(rows, key=lambda row: (row.name, row.region_code or "", row.kind)))


def _bodies(report: ReportRows) -> Iterator[BodyName]:
    for field in _fields(report):
        yield from body_names(field, report.document)


def _fields(report: ReportRows) -> Iterator[str | None]:
    yield report.document.library
    for lecture in report.lectures:
        yield lecture.venue
    for outreach in report.outreach:
        yield outreach.host
        yield outreach.place
    for promotion in report.reading_promotions:
        yield promotion.audience
        yield promotion.place
    for event in report.events:
        yield event.host
        yield event.place


def _ids(keys: Sequence[_Key]) -> dict[_Key, str]:
    taken: dict[str, _Key] = {}
    for key in keys:
        digest = sha256("\t".join(key).encode()).hexdigest()
        length = ID_DIGITS
        while digest[:length] in taken:
            length += 1
        taken[digest[:length]] = key
    return {key: f"org-{digits}" for digits, key in taken.items()}


def _row(organization_id: str, key: _Key, spellings: Counter[str]) -> OrganizationRow:
    region_code, _, kind = key
    place = reading(region_code, None) if region_code else None
    region = (place.county or place.city or place.province or "") if place else ""
    name = max(
        sorted(spellings), key=lambda text: (bool(region) and text.startswith(region), spellings[text], len(text))
    )
    aliases = "|".join(sorted(set(spellings) - {name}))
    return OrganizationRow(organization_id, name, kind, region_code or None, aliases or None, spellings.total())
