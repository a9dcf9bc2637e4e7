"""Names merged to bodies, all of them at once in memory, as tests look at them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from nianbao.bodies import bodies
from nianbao.corpus import Held
from nianbao.gather import OfBodies, OfNames
from normalize.organizations.decisions import Decision
from normalize.organizations.mentions import Named, mentions
from normalize.organizations.merged import Known
from schemas.panel_rows import OrganizationAliasRow, OrganizationRow
from schemas.rows import ReportRows


class Bodies(Struct, frozen=True):
    """The rows of the bodies that reports name; the ids by name; what each report is linked with, by document_id."""

    organizations: tuple[OrganizationRow, ...]
    aliases: tuple[OrganizationAliasRow, ...]
    ids: Mapping[Named, str]
    known: Mapping[str, Known]
    unused: tuple[str, ...]


def merge(reports: Sequence[ReportRows], decisions: Sequence[Decision] = ()) -> Bodies:
    """Return the bodies that the reports name."""
    with bodies(Held(reports), decisions) as named:
        known = {one.document.document_id: named.known(one.document.document_id, mentions(one)) for one in reports}
        return Bodies(
            OfBodies(tuple(named.by_name())).rows()[0]["organizations"],  # type: ignore[arg-type]
            OfNames(tuple(named.by_id())).rows()[0]["organization_aliases"],  # type: ignore[arg-type]
            {name: own for one in known.values() for name, own in one.ids.items()},
            known,
            named.unused,
        )
