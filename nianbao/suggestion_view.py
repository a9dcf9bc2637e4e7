"""Suggested words as things that rich prints: what speaks for each, and what reading with them changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from nianbao.differences import RowDifference
from nianbao.suggested_words import Effect
from nianbao.suggestions import Suggestion
from nianbao.visible import visible

_ROWS = 20  # rows that differ that are listed
_SIGNS = {"changed": ("~", "yellow"), "vanished": ("-", "red"), "appeared": ("+", "green")}
_SIDES = {"<": "before the number", ">": "after the number"}


def render_suggestions(found: Sequence[Suggestion]) -> Iterator[RenderableType]:
    """Yield each suggestion on a line, with one of the texts that speak for it."""
    for one in found:
        where = _SIDES.get(one.word[0], "as a label" if one.keys == ("aliases",) else "as a header")
        entry = f"{one.code}.{one.keys[-1]}" if one.keys[0] == "columns" else one.code
        count = f"{len(one.decisions)} decisions in {len(one.documents)} documents"
        yield Text.assemble((entry, "bold"), f" ← «{_said(one.word.lstrip('<>'))}» {where}: {count} ({one.file})")
        first = one.decisions[0]
        before, after = _said(first.before)[-20:], _said(first.after)[:20]
        yield Text.assemble(f"    {before}", (f"[{_said(first.quote)[:60]}]", "bold reverse"), after)


def render_effect(effect: Effect) -> Iterator[RenderableType]:
    """Yield what would change: rows by table, then the rows themselves."""
    yield Text(f"\nread with these words, {len(effect.sources)} documents concerned:")
    for table in effect.tables:
        told = ", ".join(f"{count} {kind}" for kind, count in table.counts.items() if count)
        yield Text(f"  {table.name}: {told}")
    if not effect.tables:
        yield Text("  no row would differ")
    for table_name, row in effect.rows[:_ROWS]:
        sign, style = _SIGNS[row.kind]
        yield Text.assemble("  ", (sign, style), f" {table_name} {_said(row.source)}: {_cells(row)}")
    if len(effect.rows) > _ROWS:
        yield Text(f"  and {len(effect.rows) - _ROWS} more rows")
    yield Text(f"{effect.met} of {effect.decisions} decisions would be read so without a reviewer")


def _cells(row: RowDifference) -> str:
    quote = _said(row.value("raw"))
    if row.kind != "changed":
        return (
            f"{quote or _said(row.value('topic') or row.value('content') or row.value('host'))} {row.value('metric')}"
        )
    parts = (f"{one.column} {_said(one.old) or '-'} → {_said(one.new) or '-'}" for one in row.changes)
    return f"{quote} {', '.join(parts)}".strip()


def _said(text: str) -> str:
    return visible(" ".join(text.split()))
