"""What the vocabularies know, entry by entry, with the file that each is from."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import asdict, fields
from rich.console import OverflowMethod, RenderableType
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


class Listed(Struct, frozen=True):
    """One entry of a vocabulary.

    `words`: what stands for it in texts, the cues of a metric included; `group`: a metric's group, a unit's family, the
    tidy table of a kind of tables, a library's region; `kept`: flow or stock, for metrics; `file`: the built-in file
    that has it, if any; `added`: file and line where a user's folder adds it or adds to it.
    """

    kind: str
    code: str
    label: str
    words: tuple[str, ...]
    unit: str
    kept: str
    group: str
    file: str
    added: str


def listed(kind: str | None = None) -> Iterator[Listed]:
    """Yield the entries of the vocabularies in use, of one kind or of all, in file order."""
    for vocabulary in VOCABULARIES:
        if kind in {None, vocabulary.kind}:
            built_in, *added = sources(vocabulary.file, in_use())
            files = dict.fromkeys(built_in.codes(), vocabulary.file)
            places = {code: f"{more.place}:{line_at(more.text, [code])}" for more in added for code in more.codes()}
            for entry in vocabulary.entries().values():
                yield _listed(vocabulary, entry, files.get(entry.code, ""), places.get(entry.code, ""))


def _listed(vocabulary: Vocabulary, entry: Entry, file: str, added: str) -> Listed:
    metric = entry if isinstance(entry, Metric) else None
    return Listed(
        kind=vocabulary.kind,
        code=entry.code,
        label=entry.label,
        words=_cue_words(metric) if metric else entry.aliases,
        unit=metric.unit if metric else "",
        kept=("flow" if metric.flow else "stock") if metric else "",
        group=_group(entry),
        file=file,
        added=added,
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


_GIVE_WAY: Mapping[str, OverflowMethod] = {"words": "ellipsis", "added": "fold"}  # columns that a narrow page cuts
PLAIN: Mapping[str, Callable[[Iterable[Listed]], str]] = {"csv": as_csv, "json": as_json}


def as_tables(entries: Sequence[Listed]) -> Iterator[RenderableType]:
    """Yield a table for each vocabulary, without the columns that are empty; long lists of words are cut."""
    files = {vocabulary.kind: vocabulary.file for vocabulary in VOCABULARIES}
    names = [column.name for column in fields(Listed)]
    for kind in dict.fromkeys(entry.kind for entry in entries):
        rows = [_cells(entry) for entry in entries if entry.kind == kind]
        used = [at for at, name in enumerate(names) if name not in {"kind", "file"} and any(row[at] for row in rows)]
        yield Rule(Text(f"{kind} ({len(rows)}), {files[kind]}"), align="left")
        yield _table([names[at] for at in used], [[row[at] for at in used] for row in rows])


def _table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in names:
        table.add_column(name, no_wrap=name not in _GIVE_WAY)
    for row in rows:
        cells = zip(names, row, strict=True)
        table.add_row(*(Text(cell, no_wrap=name != "added", overflow=_GIVE_WAY.get(name)) for name, cell in cells))
    return table


def _cells(entry: Listed) -> list[str]:
    cells = (getattr(entry, column.name) for column in fields(Listed))
    return [visible("|".join(cell) if isinstance(cell, tuple) else cell) for cell in cells]
