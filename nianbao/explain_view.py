"""Explanations as things that rich prints: no markup is read in the report's own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from nianbao.explanation import Explanation, Option, Place
from nianbao.visible import visible


def render_explanations(explanations: Sequence[Explanation]) -> Iterator[RenderableType]:
    """Yield the parts of the view: each numeral with its place, its sentence, the decisions and the candidates."""
    for one in explanations:
        yield Rule(Text(_one_line(one.raw), style="bold"), align="left")
        yield Text(f"{one.role}{f' ({one.rule})' if one.rule else ''} at {one.start}, {_said_place(one.place)}")
        yield _sentence(one)
        yield _reasons(one)
        if one.options:
            yield _options(one.options)
        yield Text("")


def render_ledger(explanations: Sequence[Explanation]) -> Iterator[RenderableType]:
    """Yield one line a numeral: offset, line, role, rule, what it is part of, what became of it."""
    grid = Table("offset", "line", "role", "rule", "written", "read as", box=None, pad_edge=False)
    for column in grid.columns:
        column.no_wrap = True
    grid.columns[0].justify = grid.columns[1].justify = "right"
    for one in explanations:
        grid.add_row(
            str(one.start),
            str(one.place.line),
            Text(one.role, style="red" if one.role == "unexplained" else ""),
            Text(one.rule, style="dim"),
            Text(_shortened(_one_line(one.raw))),
            Text(_one_line(one.summary), style="cyan"),
        )
    yield grid


_LONGEST = 24  # characters of what a numeral is part of, on a line of the ledger


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _one_line(text: str) -> str:
    return visible(" ".join(text.split()))


def _said_place(place: Place) -> str:
    paragraph = f", paragraph {place.paragraph}" if place.paragraph is not None else ""
    cell = ", table {}, row {}, column {}".format(*place.cell) if place.cell else ""
    path = " > ".join(_one_line(title) for title in place.sections)
    return f"line {place.line}{paragraph}{cell}{f', in {path}' if path else ''}"


def _sentence(one: Explanation) -> Text:
    before, marked, after = (visible(" ".join(part.split("\n"))) for part in one.sentence)
    return Text.assemble(before.lstrip(), (f"[{marked}]", "bold reverse"), after.rstrip())


def _grid(columns: int) -> Table:
    grid = Table.grid(padding=(0, 2))
    for _ in range(columns):
        grid.add_column(overflow="fold")
    return grid


def _reasons(one: Explanation) -> RenderableType:
    grid = _grid(4)
    for reason in one.reasons:
        why = Text(_one_line(reason.why), style="dim")
        grid.add_row("", Text(reason.topic), Text(_one_line(reason.said), style="cyan"), why)
    return grid


def _options(options: Sequence[Option]) -> RenderableType:
    grid = _grid(5)
    for option in options:
        score = "out" if option.score is None else str(option.score)
        words = "、".join(f"«{_one_line(cue)}»" for cue in option.cues)
        won = Text("*" if option.won else " ", style="bold green")
        name = Text.assemble((option.metric, "cyan"), f" {option.label}")
        grid.add_row("", won, name, score, Text(" ".join(filter(None, (words, option.why)))))
    return grid
