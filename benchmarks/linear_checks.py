"""Linear checks: what each check costs when its rows are doubled, and doubled again.

    python benchmarks/linear_checks.py [UNITS]

Reports of 100 units (or UNITS), of twice and of four times as many are read once, and each check is timed alone on
their rows: the best of five rounds, in seconds of this process. A unit states every kind of figure that a check looks
at under a heading of its own, has a row in each of two tables of activities, and comes in three materials: with values
of its own, with the same values as all others (what agrees is gone through to the end), and in one endless sentence,
as no report has, which shows a careless loop. The checks across years get two such reports of one library, then small
ones of as many libraries. Printed is by how much each doubling multiplied the time: 2 is linear, 4 is quadratic; what
takes less than a millisecond is noise, and «-».
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise

from msgspec.structs import replace

from extract.extraction import extract
from extract.plain_text import read_plain_text
from nianbao.pipeline import process
from normalize.across_years.across_years import checked_across_years
from normalize.across_years.jumps import jump_bounds, jumps, log_ratios
from normalize.across_years.library_years import library_years
from normalize.across_years.panel import indicators
from normalize.across_years.repetitions import repetitions
from normalize.across_years.stock_balance import stock_balance
from normalize.across_years.year_changes import changes, restatements
from normalize.checks.arithmetic import changes_beside_values, sums_of_parts, tables_against_text
from normalize.checks.checks import check_figures, check_reading
from normalize.checks.equations import daily_means, per_head
from normalize.checks.levels import levels
from normalize.checks.limits import beyond_limits, days_beyond_year, parts_beyond_wholes
from normalize.checks.same_activity import told_differently
from normalize.checks.table_sums import table_sums
from normalize.facts.facts import read_facts
from normalize.tables.tables import read_tables
from schemas.document import Document
from schemas.rows import ReportRows

_LEAST, _DOUBLINGS, _ROUNDS, _NOISE = 100, 2, 5, 0.001
_YEAR = 2018
_TOLD = (
    "全年接待读者{n}1人次（上年为{n}0人次）",
    "外借图书{n}2册次，比上年增加{n}册次",
    "总藏量{n}3册，新增图书{n}册，注销图书{n}册",
    "举办活动{n}场次，其中线上{n}场次，线下{n}场次",
    "服务人口{n}4人，人均到馆{n}.2次，开放3{d}天，日均接待{n}人次",
    "电子图书访问{n}5次，比上年的{n}3次增长{d}%",
    "读者满意度1{d}%",
    "{m}月{d}日，举办“主题{n}”讲座，{n}人参加",
)
_TABLES = (
    ("讲座", {"序号": "{n}", "主题": "主题{n}", "时间": "{m}月{d}日", "地点": "报告厅", "人数": "{n}"}),
    ("阅读推广活动", {"序号": "{n}", "时间": "{m}月{d}日", "地点": "广场", "内容": "主题{n}", "人数": "{n}"}),
)
_Runs = Mapping[str, Callable[[], object]]


def main(least: int = _LEAST) -> None:
    """Print the tables."""
    sizes = [least * 2**step for step in range(_DOUBLINGS + 1)]
    print(f"{'check':<34}{'seconds':>9}   growth per doubling, from {least} units on")
    for name, made in _MATERIALS.items():
        _compare(f"one report, {name}", [_of_one_report(made(size, _YEAR)) for size in sizes])
    for name, made in _MATERIALS.items():
        _compare(
            f"two years of one library, {name}",
            [_of_two_years([process(made(size, year)) for year in _years()]) for size in sizes],
        )
    _compare("two years of many libraries", [_of_two_years(_libraries(size)) for size in sizes])


def _compare(material: str, sizes: Sequence[_Runs]) -> None:
    print(f"-- {material}")
    for name in sizes[0]:
        times = [_seconds(runs[name]) for runs in sizes]
        told = [f"x{after / before:.2f}" if before > _NOISE else "-" for before, after in pairwise(times)]
        print(f"{name:<34}{times[-1]:>9.4f}   {'  '.join(told)}", flush=True)


def _seconds(run: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(_ROUNDS):
        gc.collect()
        start = time.process_time()
        run()
        best = min(best, time.process_time() - start)
    return best


def _of_one_report(document: Document) -> _Runs:
    """Return the checks within one report, each ready to run."""
    found = extract(document)
    readings = read_facts(document, found, _YEAR)
    tables = read_tables(document, found, _YEAR)
    rows = process(document)
    facts, told = rows.facts, levels(rows.facts, _YEAR)
    return {
        "numbering, numerals": lambda: check_reading(found, readings),
        "parts": lambda: list(sums_of_parts(readings)),
        "changes beside values": lambda: list(changes_beside_values(readings)),
        "tables against text": lambda: list(tables_against_text(readings, tables.facts, _YEAR)),
        "table sums": lambda: list(table_sums(tables.tables, tables.activities, told)),
        "one activity told twice": lambda: list(told_differently(tables.activities, rows.events, facts)),
        "per head": lambda: list(per_head(facts, told, _YEAR)),
        "daily means": lambda: list(daily_means(facts, told, _YEAR)),
        "limits": lambda: [*beyond_limits(facts), *parts_beyond_wholes(told), *days_beyond_year(told)],
        "levels": lambda: levels(facts, _YEAR),
        "all, and conflicting values": lambda: check_figures(readings, facts, tables, rows.events, _YEAR),
    }


def _of_two_years(reports: Sequence[ReportRows]) -> _Runs:
    """Return the checks across years, each ready to run on all libraries."""
    chosen = indicators(reports)
    bounds = jump_bounds([log_ratios(chosen)])
    of: dict[str, list[ReportRows]] = {}
    for report in reports:
        of.setdefault(report.document.library_id or "", []).append(report)
    rows = {library: [row for row in chosen if row.library_id == library] for library in of} if len(of) == 1 else {}
    if not rows:
        return {"all across years": lambda: checked_across_years(reports, chosen)}
    ((before, after),) = [library_years(told, rows[library]) for library, told in of.items()]
    return {
        "rates, increases": lambda: list(changes(before, after)),
        "restatements": lambda: list(restatements(before, after)),
        "stock": lambda: list(stock_balance(before, after)),
        "bounds of jumps": lambda: jump_bounds([log_ratios(chosen)]),
        "jumps": lambda: list(jumps(before, after, bounds)),
        "repetitions": lambda: list(repetitions(before, after)),
        "the panel": partial(indicators, reports),
        "all across years": lambda: checked_across_years(reports, chosen),
    }


def _years() -> tuple[int, int]:
    return _YEAR, _YEAR + 1


def _libraries(count: int) -> list[ReportRows]:
    """Return reports of so many libraries on two years, of two units each."""
    one = [process(_document(2, year, same=True)) for year in _years()]
    return [_renamed(report, f"lib-{number:08d}") for number in range(count) for report in one]


def _renamed(report: ReportRows, library: str) -> ReportRows:
    document_id = f"{library[4:]}{report.document.report_year}"
    facts = tuple(
        replace(fact, document_id=document_id, fact_id=f"{document_id}-{fact.fact_id[-5:]}") for fact in report.facts
    )
    document = replace(report.document, document_id=document_id, library_id=library)
    return replace(report, document=document, facts=facts)


def _document(units: int, year: int, *, same: bool = False, in_one: bool = False) -> Document:
    """Return a report of so many units."""
    told = [[way.format(**_values(0 if same else number)) for way in _TOLD] for number in range(units)]
    lines = ["，".join(way for ways in told for way in ways)] if in_one else []
    lines = lines or [line for ways in told for line in ("一、读者服务", "。".join(ways))]
    head = [f"桐庐县图书馆{year}年工作总结", *lines]
    tables = (_table(f"{year}年{kind}情况表", columns, units) for kind, columns in _TABLES)
    read = read_plain_text("\n".join([*head, *tables]).encode())
    return Document(f"{year:012d}", "made.txt", "text/plain", read.encoding, read.text, read.blocks)


def _table(caption: str, columns: Mapping[str, str], units: int) -> str:
    rows = [list(columns), *([cell.format(**_values(number)) for cell in columns.values()] for number in range(units))]
    return "\n\n".join([caption, *("\n".join(f"\t{cell}" for cell in row) for row in rows)]) + "\n"


_MATERIALS: Mapping[str, Callable[[int, int], Document]] = {
    "values of their own": _document,
    "the same values": partial(_document, same=True),
    "one sentence": partial(_document, in_one=True),
}


def _values(number: int) -> dict[str, int]:
    return {"n": 100 + number, "m": number % 12 + 1, "d": number % 28 + 1}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
