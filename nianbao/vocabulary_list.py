"""What the vocabularies know, entry by entry, with the file that each is from."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields

from rich.console import RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from nianbao.visible import visible
from schemas.measure_words import MeasureWord
from schemas.metrics import Metric, split_cue
from schemas.named_libraries import NamedLibrary
from schemas.overlay import in_use
from schemas.strict_yaml import line_at
from schemas.table_kinds import TableKind
from schemas.vocabularies import VOCABULARIES, Vocabulary
from schemas.words import Entry, sources


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of a vocabulary.

    `words`: what stands for it in texts, the cues of a metric included; `group`: a metric's group, a unit's family, the
    tidy table of a kind of tables, a library's region; `kept`: flow or stock, for metrics; `origin`: the built-in file,
    and place and line where a user's folder adds it or adds to it.
    """

    kind: str
    code: str
    label: str
    words: tuple[str, ...]
    unit: str
    kept: str
    group: str
    origin: str


def listed(kind: str | None = None) -> Iterator[Listed]:
    """Yield the entries of the vocabularies in use, of one kind or of all, in file order."""
    for vocabulary in VOCABULARIES:
        if kind in {None, vocabulary.kind}:
            origins = _origins(vocabulary.file)
            yield from (_listed(vocabulary, entry, origins[entry.code]) for entry in vocabulary.entries().values())


def _listed(vocabulary: Vocabulary, entry: Entry, origin: str) -> Listed:
    metric = entry if isinstance(entry, Metric) else None
    return Listed(
        kind=vocabulary.kind,
        code=entry.code,
        label=entry.label,
        words=_cue_words(metric) if metric else entry.aliases,
        unit=metric.unit if metric else "",
        kept=("flow" if metric.flow else "stock") if metric else "",
        group=_group(entry),
        origin=origin,
    )


def _cue_words(metric: Metric) -> tuple[str, ...]:
    cues = (cue for way in metric.cues for group in way for cue in group)
    return tuple(dict.fromkeys([*(term.term for term in metric.terms), *(split_cue(cue)[1] for cue in cues)]))


def _group(entry: Entry) -> str:
    match entry:
        case Metric():
            return entry.group
        case MeasureWord():
            return entry.family
        case TableKind():
            return entry.rows_as
        case NamedLibrary():
            return entry.region
    return ""


def _origins(file: str) -> dict[str, str]:
    """Return where each code of a vocabulary stands."""
    built_in, *added = sources(file, in_use())
    places = {code: [file] for code in built_in.codes()}
    for source in added:
        for code in source.codes():
            places.setdefault(code, []).append(f"{source.place}:{line_at(source.text, [code])}")
    return {code: ", ".join(found) for code, found in places.items()}


def as_json(entries: Iterable[Listed]) -> str:
    """Return the entries as a JSON array of objects, one a line."""
    lines = ",\n".join(json.dumps(asdict(entry), ensure_ascii=False) for entry in entries)
    return f"[\n{lines}\n]\n"


def as_csv(entries: Iterable[Listed]) -> str:
    """Return the entries as CSV with a header; words are separated by |."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in fields(Listed)])
    writer.writerows(_cells(entry) for entry in entries)
    return text.getvalue()


PLAIN: Mapping[str, Callable[[Iterable[Listed]], str]] = {"csv": as_csv, "json": as_json}


def as_tables(entries: Sequence[Listed]) -> Iterator[RenderableType]:
    """Yield a table for each kind, without columns that none of its entries fills; long lists of words are cut."""
    for kind in dict.fromkeys(entry.kind for entry in entries):
        rows = [entry for entry in entries if entry.kind == kind]
        yield Rule(Text(f"{kind} ({len(rows)})"), align="left")
        yield _table([column.name for column in fields(Listed)][1:], [_cells(entry)[1:] for entry in rows])


def _table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    used = [at for at in range(len(names)) if any(row[at] for row in rows)]
    table = Table(box=None, pad_edge=False)
    for at in used:
        table.add_column(names[at], no_wrap=True, overflow="ellipsis" if names[at] == "words" else "fold")
    for row in rows:
        table.add_row(*(Text(row[at]) for at in used))
    return table


def _cells(entry: Listed) -> list[str]:
    cells = (getattr(entry, column.name) for column in fields(Listed))
    return [visible("|".join(cell) if isinstance(cell, tuple) else cell) for cell in cells]
