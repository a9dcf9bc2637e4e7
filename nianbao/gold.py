"""Reviewed documents as answers: what `nianbao score` measures later readings of the same reports by."""

from __future__ import annotations

import csv
import os
import secrets
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

import regex
from msgspec import Struct

from nianbao.batch import PathLike
from nianbao.inputs import InputError
from nianbao.score import DOCUMENT, REPORTS, read_answers
from nianbao.score_matching import Row
from nianbao.stored import StoredOutput, open_output

COLUMNS = {  # of each file of answers
    "documents": ("library", "region_code", "province", "city", "county", "report_year", "title"),
    "sections": ("char_start", "depth", "alt_depth", "optional", "parent_char_start", "marker", "title"),
    "lectures": ("sequence", "topic", "venue", "date_text", "start_date", "end_date", "participants", "note"),
    "outreach": (
        *("sequence", "host", "activity", "date_text", "start_date", "end_date", "place", "volumes", "participants"),
        "note",
    ),
    "reading_promotions": (
        *("sequence", "date_text", "start_date", "end_date", "audience", "place", "content", "participants", "effect"),
    ),
    "facts": (
        *("char_start", "char_end", "raw", "value", "upper", "unit", "qualifier", "metric", "measure", "aggregation"),
        *("status", "scope", "period_start", "period_end"),
    ),
    "events": (
        *("char_start", "char_end", "start_date", "end_date", "date_text", "kind", "title", "place", "participants"),
        "status",
    ),
}
DECIDED = tuple(name for name in COLUMNS if name != "sections")  # the tables that people decide on, row by row

_ALWAYS = {"documents", "sections", "facts", "events"}  # the others are written where a report has such rows
_NO_NAME = regex.compile(r"[^\w.-]+")


class Written(Struct, frozen=True):
    """What became answers: the folder, and for each report its source, its folder and how many rows of each table."""

    gold: Path
    reports: tuple[tuple[str, str, Mapping[str, int]], ...]


def write_gold(
    out: PathLike,
    gold: PathLike,
    documents: Sequence[str] = (),
    *,
    unreviewed: bool = False,
    replace: bool = False,
) -> Written:
    """Write the documents of the folder `out` with these sources, by default all that were read, as answers in `gold`.

    1. Each needs a decision on every row that answers hold: its own row, the facts and events of prose, the rows of
       lectures, outreach and reading promotions. With `unreviewed` undecided rows are taken as they stand.
    2. Headings need no decision: they are written as they stand, for a person to look over.
    3. Other reports in `gold` stay; one that is there already is written anew only with `replace`.

    Raises UnreadableOutput where `out` is no output, InputError, before anything is written, for a source that is not
    in it, a document with undecided rows, two documents that `score` could not tell apart, and a report in the way.
    """
    output, target = open_output(Path(out)), Path(gold)
    chosen = _chosen(output, documents)
    rows = _rows(output, {row["document_id"] for row in chosen})
    if not unreviewed:
        _refuse_undecided(chosen, rows)
    folders = _folders(chosen)
    there = _there(target)
    taken = [folder for folder in folders if (target / folder).exists()]
    if taken and not replace:
        raise InputError(f"{target / taken[0]} is there already; --replace writes it anew")
    for row, folder in zip(chosen, folders, strict=True):
        _write_report(target / folder, rows[row["document_id"]])
    seeds = {**there, **{folder: _name(row) for row, folder in zip(chosen, folders, strict=True)}}
    _write(target / REPORTS, ("folder", "seed"), ({"folder": key, "seed": seed} for key, seed in seeds.items()))
    return Written(
        target,
        tuple(
            (row["source"], folder, {name: len(some) for name, some in rows[row["document_id"]].items()})
            for row, folder in zip(chosen, folders, strict=True)
        ),
    )


Rows = Mapping[str, Sequence[Row]]


def _chosen(output: StoredOutput, sources: Sequence[str]) -> list[Row]:
    table = output.table("documents")
    read: list[Row] = [dict(zip(table.columns, row, strict=True)) for row in table.rows()]
    by_source = {row["source"]: row for row in read if row["status"] != "failed"}
    for source in sources:
        if source not in by_source:
            known = ", ".join([*by_source][:5])
            raise InputError(
                f"{output.folder} holds no document {source} that was read; there are, among others: {known}"
            )
    chosen = [by_source[source] for source in dict.fromkeys(sources)] if sources else [*by_source.values()]
    if not chosen:
        raise InputError(f"{output.folder} holds no document that was read")
    return [*{row["document_id"]: row for row in reversed(chosen)}.values()][::-1]


def _rows(output: StoredOutput, wanted: set[str]) -> dict[str, dict[str, list[Row]]]:
    """Return the rows of answers of the documents wanted, by document and table."""
    result: dict[str, dict[str, list[Row]]] = {number: {name: [] for name in COLUMNS} for number in wanted}
    for name in COLUMNS:
        table = output.table(name)
        for cells in table.rows():
            row = dict(zip(table.columns, cells, strict=True))
            if row["document_id"] in wanted and row.get("origin", "prose") == "prose":
                result[row["document_id"]][name].append(row)
    for rows in result.values():
        rows["documents"] = rows["documents"][:1]  # files with the same bytes are one report
        rows["sections"] = list(_sections(rows["sections"]))
    return result


def _sections(rows: Iterable[Row]) -> Iterator[Row]:
    starts: dict[str, str] = {}
    for row in rows:
        starts[row["section_id"]] = row["char_start"]
        yield {**row, "alt_depth": "", "optional": "", "parent_char_start": starts.get(row["parent_id"], "")}


def _refuse_undecided(chosen: Iterable[Row], rows: Mapping[str, Rows]) -> None:
    for document in chosen:
        own = rows[document["document_id"]]
        open_rows = Counter({name: sum(not row.get("corrected") for row in own[name]) for name in DECIDED})
        if open_rows.total():
            told = ", ".join(f"{name} {count}" for name, count in open_rows.items() if count)
            raise InputError(
                f"{document['source']} has {open_rows.total()} rows without a decision ({told}); decide them and run "
                "`nianbao extract` again, or give --unreviewed to take them as they stand"
            )


def _folders(chosen: Iterable[Row]) -> list[str]:
    """Return the name of each report's folder: the stem of its file, by which `score` finds it."""
    stems: defaultdict[str, list[str]] = defaultdict(list)
    for row in chosen:
        stems[_NO_NAME.sub("_", PurePosixPath(row["source"]).stem).strip("._") or row["document_id"]].append(
            row["source"]
        )
    for sources in stems.values():
        if len(sources) > 1:
            raise InputError(
                f"{sources[0]} and {sources[1]} have one name, by which answers are found; name one of them"
            )
    return [*stems]


def _name(row: Row) -> str:
    return PurePosixPath(row["source"]).name


def _there(gold: Path) -> dict[str, str]:
    """Return the seed of each report that a folder of answers holds; raises InputError where it is something else."""
    if not gold.exists():
        return {}
    if not gold.is_dir() or (not (gold / REPORTS).is_file() and any(gold.iterdir())):
        raise InputError(f"{gold} is no folder of answers; give --out a new folder, or one with {REPORTS}")
    return {row["folder"]: row.get("seed", "") for row in read_answers(gold / REPORTS) if row.get("folder")}


def _write_report(folder: Path, rows: Rows) -> None:
    """Write the files of one report into a folder beside its place, and put that there whole."""
    made = folder.with_name(f".{folder.name}.{secrets.token_hex(6)}.tmp")
    made.mkdir(parents=True)
    try:
        for name, columns in COLUMNS.items():
            if name in _ALWAYS or rows[name]:
                _write(made / (DOCUMENT if name == "documents" else f"{name}.csv"), columns, rows[name])
        if folder.exists():
            shutil.rmtree(folder)
        made.rename(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _write(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    beside = path.with_name(f".{path.name}.tmp")
    with beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([row[column] for column in columns] for row in rows)
    os.replace(beside, path)
