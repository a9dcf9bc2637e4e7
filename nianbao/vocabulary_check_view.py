"""What the examples of a vocabulary came to, as things that rich prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from nianbao.visible import visible
from nianbao.vocabulary_check import Checked, Example


def render(checked: Checked) -> Iterator[RenderableType]:
    """Yield the examples of the folder's entries, then the other examples that went wrong, and the sums."""
    spoilt = [example for example in checked.others if not example.right]
    if checked.own or spoilt:
        yield _table([*checked.own, *spoilt])
    for kind, code in checked.untested:
        yield Text(visible(f"{kind} {code}: no examples; give it some (examples: {{yes: […], no: […]}})"))
    yield Text(f"your entries: {_sum(checked.own)}")
    yield Text(f"all others: {_sum(checked.others)}")


def _table(examples: Iterable[Example]) -> Table:
    table = Table("", "vocabulary", "code", "example", "read as", box=None, pad_edge=False)
    for example in examples:
        verdict = "ok" if example.right else "wrong"
        wanted = "" if example.wanted else "not "
        row = (verdict, example.kind, f"{wanted}{example.code}", example.text, ", ".join(example.read) or "nothing")
        table.add_row(*(Text(visible(cell), overflow="fold") for cell in row))
    return table


def _sum(examples: tuple[Example, ...]) -> str:
    wrong = sum(not example.right for example in examples)
    if not wrong:
        return "every example is read as it says" if examples else "no examples"
    return f"{wrong} of {len(examples)} examples are read otherwise"
