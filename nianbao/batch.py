"""Many reports: every input file to its rows, in order; one bad file is a failed document and never ends the batch."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from extract.read import UnreadableFile
from nianbao.addresses import local_path
from nianbao.failures import failed, repeated, unexpected
from nianbao.gather import publishable
from nianbao.inputs import Input, InputError, collect
from nianbao.pipeline import process
from publish.folder import check_out, folder_output
from publish.formats import DEFAULT, labels_named
from publish.remote_folder import check_remote, is_address, remote_output
from schemas.declarations import tables
from schemas.rows import DocumentRow, ReportRows
from schemas.vocabularies import read_overlay, using

PathLike = str | os.PathLike[str]
Progress = Callable[[int, int, str], None]

SEVERITIES = ("error", "warning", "info")


class Summary(Struct, frozen=True):
    """What a batch did: the number of documents, rows by table, findings by severity, failures as (source, error)."""

    out: Path | str
    documents: int
    rows: dict[str, int]
    findings: dict[str, int]
    failures: tuple[tuple[str, str], ...]


def extract(
    paths: PathLike | Iterable[PathLike],
    out: PathLike,
    *,
    vocabulary: PathLike | None = None,
    formats: str | Sequence[str] = DEFAULT,
    labels: str = "en",
    progress: Progress | None = None,
    debug: bool = False,
) -> Summary:
    """Read the reports in `paths` and write all tables into the folder `out`, which may be an address such as s3://….

    `paths` are files, folders, archives, patterns and addresses of fsspec, as nianbao.inputs.collect takes them.

    `out` is replaced as a whole at the end, never in part. `vocabulary` is a folder of additions to the vocabularies,
    as schemas.vocabularies.read_overlay reads it. `formats` are names of publish.formats.FORMATS, as a list or with
    commas; `labels` are «en», the names of the columns, or «zh», their Chinese titles. `progress` is called before each
    file with its number (from 0), the number of files and its name, and once at the end. With `debug`, an error that no
    rule foresees is raised instead of becoming a failed document.

    Raises InputError, FormatError or OutputError, before anything is read, where a path or format cannot be used,
    VocabularyError where `vocabulary` cannot; OSError where writing fails.
    """
    given = (paths,) if isinstance(paths, (str, os.PathLike)) else tuple(paths)
    target = _target(out)
    inputs = collect([os.fspath(path) for path in given])
    check_remote(target, formats) if isinstance(target, str) else check_out(target, formats)
    named = labels_named(labels)
    if isinstance(target, Path):
        _refuse_inside(inputs, target)
    output = remote_output(target, formats, named) if isinstance(target, str) else folder_output(target, formats, named)
    with using(read_overlay(vocabulary)):
        reports = tuple(read_all(inputs, progress, debug=debug))
        counts: Counter[str] = Counter()
        with output as write:
            for rows, text in publishable(reports):
                write(rows, text)
                counts.update({name: len(some) for name, some in rows.items()})
        return _summary(target, reports, {name: counts[name] for name in tables()})


def read_all(inputs: Sequence[Input], progress: Progress | None = None, *, debug: bool = False) -> Iterator[ReportRows]:
    """Yield the rows of each input in turn; the second of two files with the same bytes gives a documents row only."""
    seen: dict[str, DocumentRow] = {}
    for number, item in enumerate(inputs):
        if progress:
            progress(number, len(inputs), item.source)
        report = read_one(item, seen, debug=debug)
        if report.document.status != "failed":
            seen.setdefault(report.document.document_id, report.document)
        yield report
    if progress:
        progress(len(inputs), len(inputs), "")


def read_one(item: Input, seen: dict[str, DocumentRow], *, debug: bool = False) -> ReportRows:
    """Return the rows of one input; `seen` are the documents read before it, by document_id."""
    if item.problem:
        return failed(item.opener, item.source, f"{item.source}: {item.problem}")
    try:
        document = item.opener.document(item.source)
        first = seen.get(document.document_id)
        return repeated(document, first) if first else process(document)
    except UnreadableFile as error:
        return failed(item.opener, item.source, str(error))
    except Exception as error:
        if debug:
            raise
        return failed(item.opener, item.source, unexpected(item.source, error))


def _target(out: PathLike) -> Path | str:
    """Return the folder of this machine, or the address, that the tables go to."""
    place = os.fspath(out)
    if not is_address(place):
        return Path(out)
    return local_path(place) or place


def _refuse_inside(inputs: Iterable[Input], out: Path) -> None:
    place = out.resolve()
    for item in inputs:
        path = item.opener.local
        if path and path.resolve().is_relative_to(place):
            raise InputError(f"{path} lies in {out}, which would be replaced; give --out another folder")


def _summary(out: Path | str, reports: Sequence[ReportRows], rows: dict[str, int]) -> Summary:
    severities = Counter(finding.severity for report in reports for finding in report.findings)
    documents = [report.document for report in reports]
    failures = tuple((row.source, row.error or "") for row in documents if row.status == "failed")
    return Summary(out, len(documents), rows, {name: severities[name] for name in SEVERITIES}, failures)
