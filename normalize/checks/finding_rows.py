"""Outcomes as rows: findings with their table, fact and section, and the links to the facts of their equations."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from normalize.checks.outcomes import Outcome
from schemas.findings import finding_kinds
from schemas.rows import FactRow, FindingFactRow, FindingRow, TableRow

Found = tuple[tuple[FindingRow, ...], tuple[FindingFactRow, ...]]
S = TypeVar("S", FactRow, TableRow)


def finding_rows(
    outcomes: Iterable[Outcome],
    document_id: str,
    series: str,
    tables: Sequence[TableRow],
    facts: Sequence[FactRow],
    section_at: Callable[[int], str | None],
) -> Found:
    """Return the outcomes that do not hold as findings of one document, and the facts that each is linked to.

    Those without a place stand first, then in document order; each is given once. `series` is the letter of their
    numbers; tables and facts are those of the document, in its order. Facts of the document are named by where they
    begin, because checks that run before the facts are numbered know no other name.
    """
    ids = {fact.char_start: fact.fact_id for fact in facts}
    starts = [table.char_start for table in tables]
    told = {(one.code, one.message, one.start, one.end): one for one in outcomes if not one.holds}
    ordered = sorted(told.values(), key=lambda one: -1 if one.start is None else one.start)
    findings: list[FindingRow] = []
    links: list[FindingFactRow] = []
    for number, one in enumerate(ordered, start=1):
        finding_id, place = f"{document_id}-{series}{number:03d}", one.start
        table = holding(tables, starts, place) if place is not None else None
        findings.append(
            FindingRow(
                finding_id=finding_id,
                document_id=document_id,
                severity=finding_kinds()[one.code].severity,
                code=one.code,
                message=one.message,
                table_id=table.table_id if table else None,
                fact_id=_fact_id(one, ids, document_id),
                section_id=section_at(place) if place is not None else None,
                char_start=one.start,
                char_end=one.end,
            )
        )
        links += _links(finding_id, one, ids, document_id)
    return tuple(findings), tuple(links)


def holding(rows: Sequence[S], starts: Sequence[int], place: int) -> S | None:
    """Return the row whose span holds a place; rows in document order, `starts` where they start."""
    at = bisect_right(starts, place) - 1
    return rows[at] if at >= 0 and place < rows[at].char_end else None


def _fact_id(one: Outcome, ids: dict[int, str], document_id: str) -> str | None:
    if one.start is not None and one.start in ids:
        return ids[one.start]
    return _id(one.right[0], ids, document_id) if len(one.right) == 1 else None


def _links(finding_id: str, one: Outcome, ids: dict[int, str], document_id: str) -> Iterator[FindingFactRow]:
    roles: dict[str, str] = {}
    for role, facts in (("left", one.left), ("right", one.right)):
        for fact in facts:
            roles.setdefault(_id(fact, ids, document_id), role)
    if not roles and one.start in ids:
        roles[ids[one.start]] = "right"
    yield from (FindingFactRow(finding_id, fact_id, role) for fact_id, role in roles.items())


def _id(fact: FactRow, ids: dict[int, str], document_id: str) -> str:
    return ids.get(fact.char_start, fact.fact_id) if fact.document_id == document_id else fact.fact_id
