"""Suggested words as a folder of additions to the vocabularies, and what reading with them would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from msgspec import Struct

from nianbao.batch import PathLike, extract
from nianbao.comparison import compare
from nianbao.differences import RowDifference, TableDifference
from nianbao.inputs import InputError, collect
from nianbao.openers import LocalFile
from nianbao.stored import StoredOutput, open_output
from nianbao.suggestions import Suggestion
from schemas.indicator_labels import label_entries
from schemas.merging import extended
from schemas.overlay import Overlay
from schemas.strict_yaml import parse

TABLES = ("lectures", "outreach", "reading_promotions", "events", "facts")


class Effect(Struct, frozen=True):
    """What reading with the suggested words changes in the documents concerned, decisions left out on both sides.

    `sources` are those documents; `tables` the tables that reviewers decide on, with the rows that differ; `met` is how
    many of the `decisions` the words make needless.
    """

    sources: tuple[str, ...]
    tables: tuple[TableDifference, ...]
    met: int
    decisions: int

    @property
    def rows(self) -> tuple[tuple[str, RowDifference], ...]:
        """Every row that changed, appeared or vanished, with its table."""
        return tuple((table.name, row) for table in self.tables for row in table.rows)


def additions(found: Iterable[Suggestion], own: Overlay) -> dict[str, str]:
    """Return the text of each vocabulary file with the suggested words added to those of `own`, by file name."""
    files: dict[str, dict[str, Any]] = {source.name: dict(parse(source.text, source.place)) for source in own.sources}
    for one in found:
        file = files.setdefault(one.file, {})
        file[one.code] = extended(file.get(one.code, {}), _entry(one), ())
    return {
        name: yaml.safe_dump(file, allow_unicode=True, sort_keys=False, default_flow_style=None, width=120)
        for name, file in sorted(files.items())
    }


def _entry(one: Suggestion) -> Mapping[str, Any]:
    word: Any = [[one.word]] if one.keys == ("cues",) else one.word
    value: Any = [word]
    for key in reversed(one.keys):
        value = {key: value}
    if one.file == "indicator_labels.yaml" and one.code not in label_entries():
        value["label"] = one.word
        value["aliases"] = []
    entry: Mapping[str, Any] = value
    return entry


def write_additions(files: Mapping[str, str], folder: Path) -> None:
    """Write vocabulary files into a folder; raises InputError where one of these names is there already."""
    taken = [name for name in files if (folder / name).exists()]
    if taken:
        raise InputError(f"{folder / taken[0]} is there already; give --out a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def effect(
    out: PathLike,
    inputs: Iterable[PathLike],
    found: Sequence[Suggestion],
    files: Mapping[str, str],
    vocabulary: PathLike | None = None,
) -> Effect:
    """Return what the suggested words, as `additions` gives them, change in those documents of `out` that hold one.

    These are read twice from `inputs`, with the words in use and with `files`, since the rows of `out` bear decisions,
    and may have been read by other rules. `vocabulary` is the folder of words that is in use.
    Raises InputError where `inputs` lack all of them; those in archives do not count.
    """
    output = open_output(Path(out))
    concerned = _concerned(output, found)
    found_inputs = collect([Path(path) for path in inputs])
    wanted_inputs = [item.opener for item in found_inputs if item.source in concerned.values()]
    paths = [opener.path for opener in wanted_inputs if isinstance(opener, LocalFile)]
    if not paths:
        wanted = ", ".join([*concerned.values()][:3])
        raise InputError(f"the inputs lack the documents concerned ({wanted}); name those that OUT was read from")
    with TemporaryDirectory(prefix="nianbao-") as made:
        before, after, words = Path(made) / "before", Path(made) / "after", Path(made) / "words"
        write_additions(files, words)
        extract(paths, before, vocabulary=vocabulary, formats="csv")
        extract(paths, after, vocabulary=words, formats="csv")
        again = open_output(after)
        tables = tuple(table for table in compare(before, after, tables=TABLES).tables if table.rows)
        decisions = [one for suggestion in found for one in suggestion.decisions]
        met = len({(one.key, one.value) for one in decisions} & _read(again))
        return Effect(tuple(again.sources().values()), tables, met, len(decisions))


def _concerned(output: StoredOutput, found: Iterable[Suggestion]) -> dict[str, str]:
    words = {one.word.lstrip("<>") for one in found}
    own = {one.document_id for suggestion in found for one in suggestion.decisions}
    sources = output.sources()
    return {
        number: source
        for number, source in sources.items()
        if number in own or any(word in (output.text(number) or "") for word in words)
    }


def _read(output: StoredOutput) -> set[tuple[Any, str]]:
    """Return every reading of an output as the key of a decision and the value that it would ask for."""
    told: set[tuple[Any, str]] = set()
    for name in TABLES:
        table = output.table(name)
        for cells in table.rows():
            row = dict(zip(table.columns, cells, strict=True))
            place = (row["document_id"], name, int(row["char_start"]), int(row["char_end"]), "")
            told |= {((place, column), cell) for column, cell in row.items()}
    return told
