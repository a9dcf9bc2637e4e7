"""Many reports: every input file to its rows, in order; one bad file is a failed document and never ends the batch."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from nianbao.corpus import Stored
from nianbao.gather import Rows, stream
from nianbao.inputs import Input, InputError, collect
from nianbao.out_lock import locked
from nianbao.published import Counts, remember, state, unchanged
from nianbao.refresh import Tally, refresh
from nianbao.run_report import Clock, account
from nianbao.steps import END, PUBLISH, Progress, Running, Step, Stopped
from nianbao.store import Store, open_store
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
    was up to date already.
    """

    out: Path
    documents: int
    rows: dict[str, int]
    findings: dict[str, int]
    failures: tuple[tuple[str, str], ...]
    read: int
    written: bool


def extract(
    paths: PathLike | Iterable[PathLike],
    out: PathLike,
    *,
    vocabulary: PathLike | None = None,
    running: Running | None = None,
    progress: Progress | None = None,
    debug: bool = False,
) -> Summary:
    """Read the reports in `paths` (files and folders) and write all tables into the folder `out`.

    1. What was read before with the same content and the same rules is not read again; `out`/.nianbao keeps it.
    2. `out` is replaced as a whole at the end, never in part; where nothing changed, nothing is written.
    3. A run that is stopped or killed loses at most the documents that it was at; the next one goes on from there, to
       the same bytes.

    `vocabulary` is a folder of additions to the vocabularies, as schemas.vocabularies.read_overlay reads it. `progress`
    is called with each Step. With `debug`, all is read in this process, and an error that no rule foresees is raised
    instead of becoming a failed document.

    Raises InputError or OutputError, before anything is read, where a path cannot be used, VocabularyError where
    `vocabulary` cannot; OSError where writing fails; Stopped on Ctrl-C.
    """
    given = (paths,) if isinstance(paths, (str, os.PathLike)) else tuple(paths)
    run = _Run(Path(out), running or Running(), progress or _silent, Clock(), str(vocabulary) if vocabulary else None)
    with run.clock.stage("look"):
        inputs = _inputs([Path(path) for path in given], run.out)
    with using(read_overlay(vocabulary)), _workshop(run.out) as store:
        tally = _read(store, inputs, run, debug=debug)
        with run.clock.stage("look"):
            now = state(store)
            counts = standing = unchanged(store, run.out, now)
        if counts is None:
            counts = _publish(store, run, tally)
            remember(store, run.out, now, counts)
    run.progress(Step(END, tally.total, tally.total, tally.failed))
    return Summary(out=run.out, **asdict(counts), read=tally.read, written=standing is None)


class _Run(Struct, frozen=True):
    """What all stages of one run need."""

    out: Path
    running: Running
    progress: Progress
    clock: Clock
    vocabulary: str | None


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


def _publish(store: Store, run: _Run, tally: Tally) -> Counts:
    """Write all tables from the store; return what they hold."""
    counter = _Counter()
    run.progress(Step(PUBLISH, tally.total, tally.total, tally.failed))

    def said() -> bytes:
        documents = {"documents": tally.total, "read": tally.read, "kept": tally.kept}
        counts = {**documents, **asdict(counter.counts())}
        return account(run.clock, {"vocabulary": run.vocabulary, **asdict(run.running)}, counts)

    with run.clock.stage("publish"), folder_output(run.out, said) as write:
        for rows, text in stream(Stored(store)):
            write(rows, text)
            counter.add(rows)
    return counter.counts()


class _Counter:
    """Counts what is written as it goes by."""

    def __init__(self) -> None:
        self._rows: Counter[str] = Counter()
        self._severities: Counter[str] = Counter()
        self._failures: list[tuple[str, str]] = []

    def add(self, rows: Rows) -> None:
        """Count the rows of one call of a Write."""
        self._rows.update({name: len(some) for name, some in rows.items()})
        for row in (*rows.get("documents", ()), *rows.get("findings", ())):
            if isinstance(row, FindingRow):
                self._severities[row.severity] += 1
            elif isinstance(row, DocumentRow) and row.status == "failed":
                self._failures.append((row.source, row.error or ""))

    def counts(self) -> Counts:
        """Return what was counted."""
        return Counts(
            self._rows["documents"],
            {name: self._rows[name] for name in tables()},
            {name: self._severities[name] for name in SEVERITIES},
            tuple(self._failures),
        )


def _inputs(paths: Sequence[Path], out: Path) -> tuple[Input, ...]:
    """Return what is read; refuse what `out` would replace, and an `out` that cannot be used."""
    inputs = collect(paths)
    if not (out / WORKSHOP).exists():  # else once it is clear that nobody is at it
        check_out(out)
    place = out.resolve()
    for item in inputs:
        if item.path.resolve().is_relative_to(place):
            raise InputError(f"{item.path} lies in {out}, which would be replaced; give --out another folder")
    return inputs


def _silent(_: Step) -> None:
    """Tell nobody."""
