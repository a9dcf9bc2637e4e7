"""An output folder against answers: the folder of answers read, each report tallied, the tallies summed."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from msgspec import Struct

from nianbao.batch import PathLike
from nianbao.inputs import InputError
from nianbao.score_matching import Row
from nianbao.scoring import COLUMNS, TABLES, Answered, Miss, Tally, added, score_report
from nianbao.stored import StoredOutput, open_output

REPORTS = "reports.csv"
DOCUMENT = "document.csv"

_FOUND = ("sections", "facts", "events", *COLUMNS)
_AROUND = 40  # characters of the line on either side of a row
_NEEDED = {  # columns that the measures ask of answers
    "documents": ("library", "region_code", "report_year"),
    "sections": ("depth", "alt_depth", "optional", "title"),
    "facts": ("raw", "value", "unit", "metric", "qualifier", "measure", "aggregation", "status", "scope"),
    "events": ("start_date", "end_date", "kind", "title", "participants", "status"),
}


class Score(Struct, frozen=True):
    """An output scored: by table, over all reports of the answers."""

    out: Path
    gold: Path
    reports: int
    tallies: Mapping[str, Tally]


class Shown(Struct, frozen=True):
    """A miss with the line of the text around it: before, the row's own characters, after; empty where unknown."""

    miss: Miss
    around: tuple[str, str, str]


def score(out: PathLike, gold: PathLike) -> Score:
    """Return how well the reports in the folder `out` were read, by the answers in the folder `gold`.

    `gold` holds reports.csv (folder, seed) and a folder for each report, as `nianbao gold` writes them. A report is
    found in `out` by the stem of its file: that of the seed, or the folder's name. Only its rows are held in memory.
    Raises UnreadableOutput where `out` is no output, InputError where `gold` are no answers.
    """
    output, answers = open_output(Path(out)), Path(gold)
    entries = read_answers(answers / REPORTS)
    if not entries:
        raise InputError(f"{answers / REPORTS} names no report; name a folder that holds answers")
    _require(entries, ("folder", "seed"), answers / REPORTS)
    documents = {PurePosixPath(row["source"]).stem: row for row in _rows(output, "documents")}
    wanted = [documents.get(entry["folder"]) or documents.get(PurePosixPath(entry["seed"]).stem) for entry in entries]
    found = _by_document(output, {row["document_id"] for row in wanted if row})
    scores = [
        score_report(_answered(answers, entry["folder"], document, found, output))
        for entry, document in zip(entries, wanted, strict=True)
    ]
    return Score(output.folder, answers, len(entries), {name: added(one[name] for one in scores) for name in TABLES})


def read_answers(path: Path) -> list[Row]:
    """Return the rows of a CSV file of answers; none where it is not there, as a report may lack a table.

    Raises InputError where the file is broken.
    """
    if not path.is_file():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows: list[Row] = [{name: cell or "" for name, cell in row.items()} for row in csv.DictReader(file)]
            return rows
    except (csv.Error, UnicodeDecodeError, AttributeError) as error:
        raise InputError(f"{path} is no CSV file in UTF-8 ({error}); mend it") from error


def _answered(
    answers: Path, folder: str, document: Row | None, found: Mapping[str, Mapping[str, list[Row]]], output: StoredOutput
) -> Answered:
    gold = {"documents": read_answers(answers / folder / DOCUMENT)}
    gold |= {name: read_answers(answers / folder / f"{name}.csv") for name in _FOUND}
    if len(gold["documents"]) != 1:
        raise InputError(f"{answers / folder / DOCUMENT} has {len(gold['documents'])} rows; it needs one")
    for name, columns in _NEEDED.items():
        path = answers / folder / (DOCUMENT if name == "documents" else f"{name}.csv")
        _require(gold[name], columns, path)
    number = document["document_id"] if document else ""
    rows = {name: found[name].get(number, []) for name in _FOUND}
    return Answered(folder, document, gold, rows, output.text(number) if document else None)


def _require(rows: Iterable[Row], columns: Iterable[str], path: Path) -> None:
    for row in rows:
        lacking = [column for column in columns if column not in row]
        if lacking:
            raise InputError(f"{path} has no column {', '.join(lacking)}; the answers need it")
        return


def _rows(output: StoredOutput, name: str) -> Iterator[Row]:
    table = output.table(name)
    return (dict(zip(table.columns, row, strict=True)) for row in table.rows())


def _by_document(output: StoredOutput, wanted: set[str]) -> dict[str, Mapping[str, list[Row]]]:
    result: dict[str, Mapping[str, list[Row]]] = {}
    for name in _FOUND:
        own: defaultdict[str, list[Row]] = defaultdict(list)
        for row in _rows(output, name):
            if row["document_id"] in wanted:
                own[row["document_id"]].append(row)
        result[name] = own
    return result


def shown(result: Score) -> Iterator[Shown]:
    """Yield the misses of a score table by table, each with its line of the text."""
    output, held = open_output(result.out), ("", "")
    for name in TABLES:
        for miss in result.tallies[name].misses:
            if miss.document_id != held[0]:
                held = (miss.document_id, output.text(miss.document_id) or "" if miss.document_id else "")
            yield Shown(miss, _around(miss.row, held[1]))


def _around(row: Row, text: str) -> tuple[str, str, str]:
    """Return the line at the row's span, or where its words stand once, as offsets of .docx answers are empty."""
    words = row.get("raw") or row.get("title") or ""
    start, end = row.get("char_start") or "", row.get("char_end") or ""
    first = int(start) if start.isdecimal() else -1
    last = int(end) if end.isdecimal() else first + len(words)
    if first < 0 and words and text.count(words) == 1:
        first = text.index(words)
        last = first + len(words)
    if not 0 <= first < last <= len(text):
        return "", "", ""
    begin = max(text.rfind("\n", 0, first) + 1, first - _AROUND)
    line_end = text.find("\n", first)
    stop = min(line_end if line_end >= 0 else len(text), last + _AROUND)
    return text[begin:first], text[first : min(last, stop)], text[last:stop]
