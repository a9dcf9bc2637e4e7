"""Many reports: every input file to its rows, in order; one bad file is a failed document and never ends the batch."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from nianbao.corpus import Stored
from nianbao.correction_book import Book, read_book
from nianbao.correction_book import account as became_of
from nianbao.database_choice import DatabaseChoice, choose_database
from nianbao.gather import Rows, bodies, stream
from nianbao.inputs import Input, InputError, collect
from nianbao.out_lock import locked
from nianbao.published import Counts, remember, state, unchanged
from nianbao.refresh import Tally, refresh
from nianbao.run_report import Clock, account
from nianbao.steps import END, PUBLISH, Progress, Running, Step, Stopped
from nianbao.store import Store, open_store
from normalize.organization_decisions import Decision, read_decisions
from publish.folder import check_out, folder_output
from publish.placing import WORKSHOP, finish
from schemas.declarations import tables
from schemas.rows import DocumentRow, FindingRow
from schemas.vocabularies import read_overlay, using

PathLike = str | os.PathLike[str]

SEVERITIES = ("error", "warning", "info")


class Summary(Struct, frozen=True):
    """What a batch did: the number of documents, rows by table, findings by severity, failures as (source, error).

    `read` of the documents were read now, the others stood as they were; `written` is false where the output in `out`
    was up to date already. `database` is the one written beside `out`, its password left out; `notes` are sentences
    about what was given and not used, and what the database had to do without.
    """

    out: Path
    documents: int
    rows: dict[str, int]
    findings: dict[str, int]
    failures: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    read: int
    written: bool
    database: str | None = None


def extract(  # noqa: PLR0913 (a keyword is an option of the run)
    paths: PathLike | Iterable[PathLike],
    out: PathLike,
    *,
    vocabulary: PathLike | None = None,
    organizations: PathLike | None = None,
    corrections: PathLike | None = None,
    database: str | bool = True,
    running: Running | None = None,
    progress: Progress | None = None,
    debug: bool = False,
) -> Summary:
    """Read the reports in `paths` (files and folders) and write all tables into the folder `out`.

    1. What was read before with the same content and the same rules is not read again; `out`/.nianbao keeps it.
    2. `out` is replaced as a whole at the end, never in part; where nothing changed, nothing is written.
    3. A run that is stopped or killed loses at most the documents that it was at; the next one goes on from there, to
       the same bytes.

    `vocabulary` is a folder of additions to the vocabularies, as schemas.vocabularies.read_overlay reads it;
    `organizations` a file of names that are the same body or different ones, as
    normalize.organization_decisions.read_decisions reads it; `corrections` a file of decisions on rows, by default
    corrections.csv in `out`, where there is one (schemas.corrections). `database` is the URL of a database to write
    too; with True it is `out`/nianbao.sqlite, with False there is none. `progress` is called with each Step. With
    `debug`, all is read in this process, and an error that no rule foresees is raised instead of becoming a failed
    document.

    Raises InputError or OutputError, before anything is read, where a path or `database` cannot be used,
    VocabularyError where `vocabulary`, `organizations` or `corrections` cannot; DatabaseError where the database
    refuses, OSError where the disk does; Stopped on Ctrl-C.
    """
    options = {"vocabulary": vocabulary, "organizations": organizations, "corrections": corrections}
    run = _Run(Path(out), running or Running(), progress or _silent, Clock(), options)
    with run.clock.stage("look"):
        inputs = _inputs(paths, run.out)
    decisions = read_decisions(organizations)
    with using(read_overlay(vocabulary)):
        given = _Given(decisions, read_book(run.out, Path(corrections) if corrections is not None else None), database)
        return _extract(run, inputs, given, debug=debug)


class _Run(Struct, frozen=True):
    """What all stages of one run need."""

    out: Path
    running: Running
    progress: Progress
    clock: Clock
    options: Mapping[str, PathLike | None]


class _Given(Struct, frozen=True):
    """What decides the output beside the readings: decisions on bodies and on rows, and the database."""

    decisions: Sequence[Decision]
    book: Book
    database: str | bool


def _extract(run: _Run, inputs: Sequence[Input], given: _Given, *, debug: bool) -> Summary:
    beside = choose_database(run.out, given.database)
    with _workshop(run.out) as store:
        tally = _read(store, inputs, run, debug=debug)
        with run.clock.stage("look"):
            now = state(store, msgspec.json.encode(given).decode())
            # what stands in another place may have been changed there: writing it finds that out
            counts = standing = unchanged(store, run.out, now) if beside.name is None else None
        if counts is None:
            counts = _publish(store, run, tally, given, beside)
            remember(store, run.out, now, counts)
    run.progress(Step(END, tally.total, tally.total, tally.failed))
    return Summary(out=run.out, **asdict(counts), read=tally.read, written=standing is None, database=beside.name)


@contextmanager
def _workshop(out: Path) -> Iterator[Store]:
    """Yield the store of `out`, which this run alone holds; what an earlier run left half done is finished."""
    with locked(out) as workshop:
        finish(out)
        check_out(out)
        with open_store(workshop) as store:
            yield store


def _read(store: Store, inputs: Sequence[Input], run: _Run, *, debug: bool) -> Tally:
    tally = Tally(len(inputs))
    done = 0
    try:
        with run.clock.stage("read"):
            for tally in refresh(store, inputs, run.running, run.progress, debug=debug):
                done = tally.done
    except KeyboardInterrupt:
        raise Stopped(done, len(inputs)) from None
    return tally


def _publish(store: Store, run: _Run, tally: Tally, given: _Given, beside: DatabaseChoice) -> Counts:
    """Write all tables from the store; return what they hold."""
    counter = _Counter()
    run.progress(Step(PUBLISH, tally.total, tally.total, tally.failed))

    def said() -> bytes:
        documents = {"documents": tally.total, "read": tally.read, "kept": tally.kept}
        counts = {**documents, **asdict(counter.counts())}
        options = {name: str(given) if given else None for name, given in run.options.items()}
        return account(run.clock, {**options, "database": beside.name, **asdict(run.running)}, counts)

    with run.clock.stage("publish"), folder_output(run.out, *beside.ways, account=said) as write:
        corpus = Stored(store, given.book)
        merged = bodies(corpus, given.decisions)
        for rows, text in stream(corpus, merged):
            write(rows, text)
            counter.add(rows)
    decided = became_of(given.book, counter.documents, counter.codes)
    return replace(counter.counts(), notes=(*merged.unused, *decided, *beside.notes))


class _Counter:
    """Counts what is written as it goes by."""

    def __init__(self) -> None:
        self._rows: Counter[str] = Counter()
        self._severities: Counter[str] = Counter()
        self._failures: list[tuple[str, str]] = []
        self.codes: Counter[str] = Counter()
        self.documents: list[DocumentRow] = []

    def add(self, rows: Rows) -> None:
        """Count the rows of one call of a Write."""
        self._rows.update({name: len(some) for name, some in rows.items()})
        for row in (*rows.get("documents", ()), *rows.get("findings", ())):
            if isinstance(row, FindingRow):
                self._severities[row.severity] += 1
                self.codes[row.code] += 1
            elif isinstance(row, DocumentRow):
                self.documents.append(row)
                if row.status == "failed":
                    self._failures.append((row.source, row.error or ""))

    def counts(self) -> Counts:
        """Return what was counted."""
        return Counts(
            self._rows["documents"],
            {name: self._rows[name] for name in tables()},
            {name: self._severities[name] for name in SEVERITIES},
            tuple(self._failures),
            (),
        )


def _inputs(paths: PathLike | Iterable[PathLike], out: Path) -> tuple[Input, ...]:
    """Return what is read; refuse what `out` would replace, and an `out` that cannot be used."""
    given = (paths,) if isinstance(paths, (str, os.PathLike)) else tuple(paths)
    inputs = collect([Path(path) for path in given])
    if not (out / WORKSHOP).exists():  # else once it is clear that nobody is at it
        check_out(out)
    place = out.resolve()
    for item in inputs:
        if item.path.resolve().is_relative_to(place):
            raise InputError(f"{item.path} lies in {out}, which would be replaced; give --out another folder")
    return inputs


def _silent(_: Step) -> None:
    """Tell nobody."""
