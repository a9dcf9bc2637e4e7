"""One report, two files: typed as text and built as a Word file it gives the same outline, tables and facts.

Each report of samples/ is built twice: as it is typed, and with the numbers of its headings as automatic numbering.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import regex
from word_builder import definition, list_level, list_of, numbered, paragraph, row, run, table, word

from extract.markers import ORDINALS, read_marker
from extract.read import read
from nianbao import read_report
from nianbao.report import Report
from schemas.document import Block, Document

SAMPLES = sorted((Path(__file__).resolve().parents[1] / "samples").glob("*.txt"))
_NUMBER = regex.compile(r"[一二三四五六七八九十]+|\d+")


class Lists:
    """The lists that the headings of a report need: one definition for each way of numbering, with what it counted."""

    def __init__(self) -> None:
        self.definitions: dict[str, int] = {}
        self.items: list[str] = []
        self._counted: dict[str, tuple[int, int]] = {}

    def put(self, marker: str) -> str | None:
        """Return the property that makes Word write this marker, or None where no list of Word could."""
        found = _NUMBER.search(marker)
        if found is None or found[0] not in ORDINALS:
            return None
        way = "decimal" if found[0].isdigit() else "chineseCountingThousand"
        template = f"{way}|{marker[: found.start()]}%1{marker[found.end() :]}"
        identity = self.definitions.setdefault(template, len(self.definitions))
        ordinal = ORDINALS[found[0]]
        number, last = self._counted.get(template, (0, 0))
        if not number or ordinal != last + 1:
            number = len(self.items) + 1
            start = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{ordinal}"/></w:lvlOverride>'
            self.items.append(list_of(number, identity, start))
        self._counted[template] = (number, ordinal)
        return numbered(number, 0)

    def xml(self) -> str:
        kept = (template.partition("|") for template in self.definitions)
        levels = (list_level(0, template, way) for way, _, template in kept)
        return "".join(definition(number, level) for number, level in enumerate(levels)) + "".join(self.items)


def typed(line: str) -> str:
    return paragraph(run(escape(line)))


def automatic(line: str, lists: Lists) -> str:
    """Return a paragraph whose marker, if it has one, is written by Word."""
    marker = read_marker(line)
    listed = lists.put(marker.text) if marker and line.startswith(marker.text) else None
    if marker is None or listed is None:
        return typed(line)
    return paragraph(run(escape(line[marker.length :])), properties=listed)


def table_of(text: str, cells: Sequence[Block]) -> str:
    rows = groupby(cells, key=lambda block: block.place.row if block.place else 0)
    return table(*(row(*(escape(text[cell.start : cell.end]) for cell in cells)) for _, cells in rows))


def as_word(document: Document, *, by_lists: bool) -> bytes:
    """Return a report as a Word file, paragraph by paragraph and table by table."""
    lists, shown = Lists(), document.reading or document

    def parts() -> Iterator[str]:
        for number, group in groupby(shown.blocks, key=lambda block: block.place.table if block.place else None):
            blocks = list(group)
            if number is not None:
                yield table_of(shown.text, blocks)
                continue
            for block in blocks:
                line = shown.text[block.start : block.end]
                yield automatic(line, lists) if by_lists else typed(line)

    body = "".join(parts())
    return word(body, numbering=lists.xml())


@cache
def as_text(path: Path) -> Report:
    return read_report(path)


def outline(report: Report) -> list[object]:
    return [(section.marker, section.title, section.depth, section.path, section.kind) for section in report.sections]


def grids(report: Report) -> list[object]:
    order = {row.table_id: number for number, row in enumerate(report.tables)}
    tables = [(row.kind, row.caption, row.rows, row.columns, row.header_rows, row.total_check) for row in report.tables]
    return tables + [(order[cell.table_id], cell.row, cell.column, cell.text, cell.role) for cell in report.cells]


def tidy(report: Report) -> list[object]:
    return [
        *((row.sequence, row.topic, row.venue, row.start_date, row.participants) for row in report.lectures),
        *((row.sequence, row.activity, row.start_date, row.place, row.volumes) for row in report.outreach),
        *((row.sequence, row.content, row.start_date, row.participants) for row in report.reading_promotions),
    ]


def facts(report: Report) -> list[object]:
    return [
        (fact.raw, fact.metric, fact.value, fact.upper, fact.unit, fact.qualifier, fact.status, fact.scope,
         fact.period_start, fact.period_end, fact.origin)
        for fact in report.facts
    ]  # fmt: skip


def events(report: Report) -> list[object]:
    return [(event.kind, event.title, event.start_date, event.end_date, event.status) for event in report.events]


def who(report: Report) -> object:
    row = report.document
    return row.library, row.report_year, row.title, row.region_code


@pytest.mark.parametrize("by_lists", [False, True], ids=["typed numbers", "automatic numbers"])
@pytest.mark.parametrize("sample", SAMPLES, ids=[sample.stem for sample in SAMPLES])
def test_the_same_in_word(sample: Path, by_lists: bool, tmp_path: Path) -> None:
    built = tmp_path / f"{sample.stem}.docx"
    built.write_bytes(as_word(read(sample, sample.name), by_lists=by_lists))
    expected, found = as_text(sample), read_report(built)
    for view in (who, outline, grids, tidy, facts, events):
        assert view(found) == view(expected), view.__name__


def test_there_are_samples_and_their_numbers_become_lists() -> None:
    lists = [as_word(read(sample, sample.name), by_lists=True).count(b"numbering.xml") for sample in SAMPLES]
    assert len(lists) >= 6
    assert sum(map(bool, lists)) >= 4
