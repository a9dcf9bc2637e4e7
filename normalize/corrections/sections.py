"""Sections that a reviewer takes out: false headings, whose rows belong to the section around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from normalize.corrections.findings import without_findings
from schemas.rows import ReportRows, SectionRow

_WITHIN = ("tables", "lectures", "outreach", "reading_promotions", "events", "facts", "findings")
_OF_NUMBERS = {"numbering_gap", "numbering_repeated"}  # what is said of the number of a heading


def with_sections(report: ReportRows, sections: Sequence[SectionRow]) -> ReportRows:
    """Return a report with the sections that a reviewer left it, in document order.

    1. What stood in one that is gone, its own sections too, stands in the next one around it that is left, or in none.
    2. Depths and paths are those of the tree that is left. Spans and section_ids stay as they are.
    3. What was found about the number of a heading that is none falls with it.
    """
    kept = {section.section_id for section in sections}
    around = {section.section_id: section.parent_id for section in report.sections}
    if kept == around.keys():
        return replace(report, sections=tuple(sections))
    left = {section_id: _left(section_id, around, kept) for section_id in around}
    moved: dict[str, Any] = {name: tuple(_moved(row, left) for row in getattr(report, name)) for name in _WITHIN}
    starts = {section.char_start for section in report.sections if section.section_id not in kept}
    fallen = {row.finding_id for row in report.findings if row.code in _OF_NUMBERS and row.char_start in starts}
    return without_findings(replace(report, sections=tuple(_tree(sections, left)), **moved), fallen)


def _left(section_id: str | None, around: Mapping[str, str | None], kept: Collection[str]) -> str | None:
    """Return the section itself or the next one around it that is left; None where none is."""
    while section_id is not None and section_id not in kept:
        section_id = around[section_id]
    return section_id


def _moved(row: Any, left: Mapping[str, str | None]) -> Any:
    now = left.get(row.section_id, row.section_id)
    return row if now == row.section_id else replace(row, section_id=now)


def _tree(sections: Iterable[SectionRow], left: Mapping[str, str | None]) -> Iterator[SectionRow]:
    children: Counter[str | None] = Counter()
    paths: dict[str | None, str] = {}
    for section in sections:
        parent = left[section.parent_id] if section.parent_id else None
        children[parent] += 1
        number = str(children[parent])
        paths[section.section_id] = f"{paths[parent]}.{number}" if parent else number
        path = paths[section.section_id]
        yield replace(section, parent_id=parent, depth=path.count(".") + 1, path=path)
