"""A score as things that rich prints, and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from nianbao.score import Score, Shown
from nianbao.scoring import Sign, Tally
from nianbao.visible import visible

_SIGNS: dict[Sign, tuple[str, str]] = {"missed": ("-", "red"), "extra": ("+", "green"), "wrong": ("~", "yellow")}
_LONGEST = 100  # characters of a miss on its line
_OWN = 60  # characters of a row that its line marks


def render_score(result: Score) -> Iterator[RenderableType]:
    """Yield precision, recall and F1 by table, and of the rows that match how many have each column right."""
    yield Text(f"{visible(str(result.out))} against {result.reports} reports of {visible(str(result.gold))}")
    table = Table("table", "precision", "recall", "F1", "answers", "found", box=None, pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    for name, one in result.tallies.items():
        shares = (f"{share:.3f}" for share in (one.precision, one.recall, one.f1))
        table.add_row(name, *shares, str(one.gold), str(one.found))
    yield table
    yield Text("\nof the rows that match, right by column")
    for name, one in result.tallies.items():
        if one.asked:
            parts = (f"{column} {one.right[column]}/{asked}" for column, asked in one.asked.items())
            yield Text(f"  {name}: {', '.join(parts)}")


def render_misses(misses: Iterable[Shown]) -> Iterator[RenderableType]:
    """Yield each miss with its report, and the line of the text in which the row's characters are marked."""
    yield Text("\n- missed, + not in the answers, ~ another value")
    for one in misses:
        sign, style = _SIGNS[one.miss.sign]
        yield Text.assemble((sign, style), f" {one.miss.table} {_said(one.miss.report)}: {_cut(_said(one.miss.said))}")
        before, own, after = (_line(part) for part in one.around)
        if own:
            yield Text.assemble("    ", before.lstrip(), (f"[{_cut(own, _OWN)}]", "bold reverse"), after.rstrip())


def as_json(result: Score, misses: Iterable[Shown] | None) -> str:
    """Return a score as JSON: a member a table, and with `misses` a list of them."""
    told: dict[str, Any] = {
        "out": str(result.out),
        "gold": str(result.gold),
        "reports": result.reports,
        "tables": {name: _table(one) for name, one in result.tallies.items()},
    }
    if misses is not None:
        told["misses"] = [_miss(one) for one in misses]
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _table(one: Tally) -> dict[str, Any]:
    return {
        "precision": one.precision,
        "recall": one.recall,
        "f1": one.f1,
        "hit": one.hit,
        "gold": one.gold,
        "found": one.found,
        "columns": {name: {"right": one.right[name], "asked": asked} for name, asked in one.asked.items()},
    }


def _miss(one: Shown) -> dict[str, Any]:
    return {
        "kind": one.miss.sign,
        "table": one.miss.table,
        "report": one.miss.report,
        "said": one.miss.said,
        "document_id": one.miss.document_id,
        "char_start": one.miss.row.get("char_start", ""),
        "char_end": one.miss.row.get("char_end", ""),
        "before": one.around[0],
        "text": one.around[1],
        "after": one.around[2],
    }


def _said(text: str) -> str:
    return visible(" ".join(text.split()))


def _line(text: str) -> str:
    return visible(text.replace("\n", " ").replace("\t", " "))


def _cut(text: str, longest: int = _LONGEST) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
