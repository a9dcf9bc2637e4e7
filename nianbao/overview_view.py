"""What an output folder holds, as things that rich prints: no markup is read in the report's own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from statistics import median

from rich.console import RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from nianbao.finding_lines import FindingLine
from nianbao.holdings import FindingCount, LibraryPanel, Overview, Series
from nianbao.visible import visible
from nianbao.year_grid import LEGEND, Line, year_grids
from schemas.metrics import metrics

PANELS = 5  # libraries whose panels are shown where none is asked for
_ENDS = 5  # reports, and metrics, at either end of a ranking
_STYLES = {"error": "bold red", "warning": "yellow"}


def render_overview(overview: Overview, width: int) -> Iterator[RenderableType]:
    """Yield the parts of the view: what was not read whole, libraries, panels, coverage, findings by kind.

    With metrics asked for there is one grid a metric, a line a library, and nothing else.
    """
    if overview.metrics:
        yield from _by_metric(overview, width)
        return
    yield from _not_whole(overview)
    yield from _part(f"libraries ({len(overview.libraries)})")
    yield _libraries(overview.libraries)
    for library in overview.libraries[:PANELS]:
        yield from _panel(library, width)
    if any(library.series for library in overview.libraries):
        yield Text(LEGEND, style="dim")
    if len(overview.libraries) > PANELS:
        yield Text(f"{len(overview.libraries) - PANELS} more libraries; --library TEXT or --metric CODE shows them")
    yield from _coverage(overview)
    yield from _part(f"findings ({sum(finding.count for finding in overview.findings)})")
    if overview.findings:
        yield _findings(overview.findings)


def render_findings(codes: Sequence[str], lines: Iterable[FindingLine]) -> Iterator[RenderableType]:
    """Yield each finding with its file, offset and line of the source, and at the end how many there are."""
    count = 0
    for found in lines:
        count += 1
        place = f" at {found.char_start}" if found.char_start is not None else ""
        line = f", line {found.line}" if found.line is not None else ""
        yield Text.assemble(
            (found.severity, _STYLES.get(found.severity, "dim")), f" {_said(found.source)}{place}{line}"
        )
        yield Text(f"  {_said(found.code)}: {_said(found.message)}")
        if any(found.around):
            before, at, after = (visible(part.replace("\n", " ").replace("\t", " ")) for part in found.around)
            yield Text.assemble("  ", before.lstrip(), (f"[{at}]", "bold reverse"), after.rstrip())
    yield Text(f"{count} findings of {', '.join(map(_said, codes))}")


def _said(text: str) -> str:
    return visible(" ".join(text.split()))


def _part(name: str) -> Iterator[RenderableType]:
    yield Text("")
    yield Rule(Text(_said(name)), align="left")


def _not_whole(overview: Overview) -> Iterator[RenderableType]:
    for one in overview.not_whole:
        style = "bold red" if one.status == "failed" else "yellow"
        yield Text.assemble((_said(one.status), style), f": {_said(one.error or one.source)}")
    failed = sum(one.status == "failed" for one in overview.not_whole)
    yield Text(f"{overview.documents - failed} of {overview.documents} documents read")
    if overview.unplaced:
        more = f" and {len(overview.unplaced) - _ENDS} more" if len(overview.unplaced) > _ENDS else ""
        names = ", ".join(_said(source) for source in overview.unplaced[:_ENDS])
        yield Text(f"without library or year, and so in no panel: {names}{more}")


def _libraries(libraries: Sequence[LibraryPanel]) -> RenderableType:
    grid = Table("library", "region", "documents", "metrics", "years", box=None, pad_edge=False)
    grid.columns[2].justify = grid.columns[3].justify = "right"
    for library in libraries:
        counts = sorted({min(library.coverage.values()), max(library.coverage.values())})
        given = "–".join(str(count) for count in counts)
        years = Text(spans(library.years))
        grid.add_row(Text(_said(library.name)), Text(_said(library.region_code)), str(library.documents), given, years)
    return grid


def spans(years: Sequence[int]) -> str:
    """Return years in order with runs as a span.

    >>> spans([2011, 2014, 2015, 2016])
    '2011, 2014–2016'
    """
    runs = (list(run) for _, run in groupby(enumerate(years), key=lambda item: item[1] - item[0]))
    ends = (dict.fromkeys((run[0][1], run[-1][1])) for run in runs)
    return ", ".join("–".join(map(str, end)) for end in ends)


def _panel(library: LibraryPanel, width: int) -> Iterator[RenderableType]:
    yield from _part(library.name)
    lines = [Line(_said(f"{series.metric} {series.label}"), _clean(series)) for series in library.series]
    if lines:
        yield from year_grids("metric", lines, library.years, width)


def _clean(series: Series) -> Series:
    return Series(series.metric, series.label, _said(series.unit), series.values)


def _by_metric(overview: Overview, width: int) -> Iterator[RenderableType]:
    for code in overview.metrics:
        told = [
            (library, series) for library in overview.libraries for series in library.series if series.metric == code
        ]
        yield from _part(f"{code} {metrics()[code].label if code in metrics() else ''}")
        if told:
            lines = [Line(_said(library.name), _clean(series)) for library, series in told]
            years = sorted({year for _, series in told for year in series.values})
            yield from year_grids("library", lines, years, width)
        else:
            yield Text("no report gives it")
    yield Text(LEGEND, style="dim")


def _coverage(overview: Overview) -> Iterator[RenderableType]:
    reports = [
        (count, f"{_said(library.name)} {year}")
        for library in overview.libraries
        for year, count in library.coverage.items()
    ]
    if not reports:
        return
    total = sum(code in metrics() for code in overview.given)
    yield from _part("coverage")
    yield Text(_spread([count for count, _ in reports], total))
    ranked = sorted(reports, key=lambda report: -report[0])
    yield from _ends("reports", [(name, str(count)) for count, name in ranked])
    given = [(code, count) for code, count in overview.given.items() if count]
    yield from _ends("metrics", [(_metric(code), f"{count} of {len(reports)}") for code, count in given])
    yield Text(f"{len(overview.given) - len(given)} metrics are given by no report")


def _spread(counts: Sequence[int], total: int) -> str:
    least, most = min(counts), max(counts)
    if least == most:
        return f"a report gives {least} of the {total} metrics"
    return f"a report gives {least}–{most} of the {total} metrics, the median {median(counts):g}"


def _metric(code: str) -> str:
    return _said(f"{code} {metrics()[code].label if code in metrics() else ''}")


def _ends(name: str, ranked: Sequence[tuple[str, str]]) -> Iterator[RenderableType]:
    grid = Table(name, "given", box=None, pad_edge=False)
    grid.columns[1].justify = "right"
    whole = len(ranked) <= 2 * _ENDS
    shown = ranked if whole else [*ranked[:_ENDS], ("…", ""), *ranked[-_ENDS:]]
    for line in shown:
        grid.add_row(*(Text(cell) for cell in line))
    yield grid


def _findings(findings: Iterable[FindingCount]) -> RenderableType:
    grid = Table("severity", "code", "", "count", "for example", box=None, pad_edge=False)
    grid.columns[3].justify = "right"
    grid.columns[4].overflow = "fold"
    for one in findings:
        severity = Text(_said(one.severity), style=_STYLES.get(one.severity, "dim"))
        example = Text(f"{_said(one.source)}: {_said(one.example)}")
        grid.add_row(severity, Text(_said(one.code)), Text(one.label), str(one.count), example)
    return grid
