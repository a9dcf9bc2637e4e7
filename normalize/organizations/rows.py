"""A body with all its spellings as rows: which spelling is its name, and why each of the others is taken for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from normalize.identity.places import PlaceReading, reading
from normalize.organizations.joins import Join
from normalize.organizations.keys import Key
from normalize.organizations.mentions import UNKNOWN, Named
from schemas.panel_rows import OrganizationAliasRow, OrganizationRow

_REASONS = {  # why a merge that a person should know of was made, for its message
    "township_prefix": "the region has no other body of that name with a township",
    "homophone": "the names sound the same",
    "typo": "one character more or less",
    "ending": "the ending is misspelt",
    "short_form": "no other body of the region has a name that it is short for",
}


class Spelling(Struct, frozen=True):
    """A name as met, how often, the join that brought it to the body if its folded name is another, its library_id."""

    named: Named
    mentions: int
    join: Join | None
    library_id: str | None

    @property
    def text(self) -> str:
        """The name as spelled."""
        return self.named[3]


class Body(Struct, frozen=True):
    """A body: the key of its canonical name, and all spellings, sorted by region, kind and name."""

    key: Key
    spellings: tuple[Spelling, ...]

    @property
    def place(self) -> PlaceReading:
        """The body's region under its newest names."""
        return PlaceReading() if self.key[0].startswith(UNKNOWN) else reading(self.key[0], None)

    @property
    def canonical(self) -> Spelling:
        """The spelling with the full region if there is one, else the most frequent, else the longest."""
        region = self.place.county or self.place.city or self.place.province or UNKNOWN
        own = (spelling for spelling in self.spellings if spelling.join is None)
        return max(own, key=lambda one: (one.text.startswith(region), one.mentions, len(one.text), one.named))


def organization_row(body: Body, organization_id: str) -> OrganizationRow:
    """Return the row of a body."""
    place, name = body.place, body.canonical.text
    return OrganizationRow(
        organization_id=organization_id,
        name=name,
        kind=body.key[2],
        region_code=place.region_code,
        province=place.province,
        city=place.city,
        county=place.county,
        library_id=min((one.library_id for one in body.spellings if one.library_id), default=None),
        aliases="|".join(sorted({one.text for one in body.spellings} - {name})) or None,
        mentions=sum(one.mentions for one in body.spellings),
    )


def alias_rows(body: Body, organization_id: str) -> list[OrganizationAliasRow]:
    """Return one row a spelling, the name of the body first, the others by the alphabet; one that came by several ways
    counts once, under the surest of its reasons."""
    canonical = body.canonical
    spelled: dict[str, tuple[int, int, str]] = {}
    for one in body.spellings:
        score, reason = (one.join.score, one.join.reason) if one.join else (100, _folded(one, canonical))
        mentions, best, why = spelled.get(one.text, (0, 0, ""))
        spelled[one.text] = (mentions + one.mentions, *max((best, why), (score, reason)))
    mentions, _, _ = spelled.pop(canonical.text)
    return [
        OrganizationAliasRow(organization_id, canonical.text, mentions, 100, "canonical"),
        *(OrganizationAliasRow(organization_id, text, *about) for text, about in sorted(spelled.items())),
    ]


def _folded(one: Spelling, canonical: Spelling) -> str:
    is_prefix = one.named[2] == canonical.named[2] and all(
        name.text.endswith(name.named[2]) for name in (one, canonical)
    )
    return "region_prefix" if is_prefix else "folding"


def doubtful_spellings(body: Body, before: Callable[[Named], int]) -> Iterator[Spelling]:
    """Yield for each merge that a person should know of the spelling that was met first, as `before` tells it."""
    first: dict[str, Spelling] = {}
    for one in sorted(body.spellings, key=lambda one: before(one.named)):
        if one.join and one.join.reason in _REASONS:
            first.setdefault(one.named[2], one)
    yield from first.values()


def told(body: Body, one: Spelling) -> str:
    """Return the message of a merge: the names, how like they are, and why."""
    if one.join is None:
        raise ValueError(f"«{one.text}» is the name of the body itself; it was merged with nothing")
    why = _REASONS[one.join.reason]
    return f"«{one.text}» is taken for «{body.canonical.text}» ({one.join.score} of 100): {why}."
