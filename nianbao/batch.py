"""Many reports: every input file to its rows, in order; one bad file is a failed document and never ends the batch."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from nianbao.addresses import is_address, local_path
from nianbao.apart import apart
from nianbao.bodies import bodies
from nianbao.corpus import Stored
from nianbao.correction_book import account as became_of
from nianbao.correction_book import read_book
from nianbao.database_choice import DatabaseChoice, choose_database
from nianbao.gather import outgoing
from nianbao.hands import Piece, Pieces
from nianbao.inputs import Input, InputError, collect
from nianbao.out_lock import locked
from nianbao.published import Counts, remember, state, unchanged
from nianbao.refresh import Tally, crew_of, refresh
from nianbao.run_report import Clock, account
from nianbao.steps import END, PUBLISH, Progress, Running, Step, Stopped
from nianbao.store import Store, open_store
from nianbao.workers import Crew
from nianbao.writing import Tallied, written
from normalize.organizations.decisions import Decision, read_decisions
from publish.folder import check_out, folder_output
from publish.formats import DEFAULT, labels_named
from publish.formats import formats as formats_named
from publish.headings import Labels
from publish.placing import WORKSHOP, finish
from publish.remote_folder import check_remote, remote_output
from schemas.vocabularies import read_overlay, using

PathLike = str | os.PathLike[str]


class Summary(Struct, frozen=True):
    """What a batch did: the number of documents, rows by table, findings by severity, failures as (source, error).

    `read` of the documents were read now, the others stood as they were; `written` is false where the output in `out`
    was up to date already. `database` is the one written beside `out`, its password left out; `notes` are sentences
    about what was given and not used, and what the database had to do without.
    """

    out: Path | str
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
    formats: str | Sequence[str] = DEFAULT,
    labels: str = "en",
    database: str | None = None,
    running: Running | None = None,
    progress: Progress | None = None,
    debug: bool = False,
) -> Summary:
    """Read the reports in `paths` (see nianbao.inputs.collect) and write all tables into the folder or address `out`.

    1. What was read before with the same content and the same rules is not read again; `out`/.nianbao keeps it. An
       address keeps none: there all is read each time.
    2. `out` is replaced as a whole at the end, never in part; where nothing changed, nothing is written.
    3. A run that is stopped or killed loses at most the documents that it was at; the next one goes on from there, to
       the same bytes.

    `vocabulary` is a folder of additions to the vocabularies, as schemas.vocabularies.read_overlay reads it;
    `organizations` a file of names that are the same body or different ones, as
    normalize.organizations.decisions.read_decisions reads it; `corrections` a file of decisions on rows, by default
    corrections.csv in `out`, where there is one (schemas.corrections). `formats` are names of publish.formats.FORMATS,
    as a list or with commas; `labels` are «en», the names of the columns, or «zh», their Chinese titles. `database` is
    the URL of a database to write too. `progress` is called with each Step. With `debug`, all is read in this process,
    and an error that no rule foresees is raised instead of becoming a failed document.

    Raises InputError, FormatError or OutputError, before anything is read, where a path, a format or `database` cannot
    be used, VocabularyError where `vocabulary`, `organizations` or `corrections` cannot; DatabaseError where the
    database refuses, OSError where the disk does, WriterLostError where the process that writes the database in `out`
    ends; Stopped on Ctrl-C.
    """
    options = {"vocabulary": vocabulary, "organizations": organizations, "corrections": corrections}
    form = _Form(tuple(known.name for known in formats_named(formats)), labels_named(labels), database)
    with using(read_overlay(vocabulary)):
        run = _Run(running or Running(), progress or _silent, Clock(), options, read_decisions(organizations), form)
        return _run(run, paths, _target(out), debug=debug)


class _Form(Struct, frozen=True):
    """In which form the tables are written."""

    formats: tuple[str, ...]
    labels: Labels
    database: str | None


class _Run(Struct, frozen=True):
    """What all stages of one run need."""

    running: Running
    progress: Progress
    clock: Clock
    options: Mapping[str, PathLike | None]
    decisions: Sequence[Decision]
    form: _Form


def _run(run: _Run, paths: PathLike | Iterable[PathLike], target: Path | str, *, debug: bool) -> Summary:
    with run.clock.stage("look"):
        inputs = _inputs(paths, target, run.form.formats)
    if isinstance(target, Path):
        return _extract(run, inputs, target, debug=debug)
    with remote_output(target) as folder:
        return replace(_extract(run, inputs, folder, debug=debug), out=target)


def _extract(run: _Run, inputs: Sequence[Input], out: Path, *, debug: bool) -> Summary:
    given = run.options["corrections"]
    book = read_book(out, Path(given) if given is not None else None)
    beside = choose_database(out, run.form.database)
    with (
        _workshop(out, run.form.formats) as store,
        crew_of(0 if debug else run.running.jobs, run.running.limits) as crew,
    ):
        tally = _read(store, inputs, run, crew, debug=debug)
        with run.clock.stage("look"):
            now = state(store, msgspec.json.encode((run.decisions, book, run.form)).decode())
            # what stands in another place may have been changed there: writing it finds that out
            counts = standing = unchanged(store, out, now) if beside.name is None else None
        if counts is None:
            counts = _publish(Stored(store, book), out, run, tally, beside, Pieces(crew, tally.total))
            remember(store, out, now, counts)
    run.progress(Step(END, tally.total, tally.total, tally.failed))
    return Summary(out=out, **asdict(counts), read=tally.read, written=standing is None, database=beside.name)


@contextmanager
def _workshop(out: Path, formats: Sequence[str]) -> Iterator[Store]:
    """Yield the store of `out`, which this run alone holds; what an earlier run left half done is finished."""
    with locked(out) as workshop:
        finish(out)
        check_out(out, formats)
        with open_store(workshop) as store:
            yield store


def _read(store: Store, inputs: Sequence[Input], run: _Run, crew: Crew[Input | Piece], *, debug: bool) -> Tally:
    tally = Tally(len(inputs))
    done = 0
    try:
        with run.clock.stage("read"):
            for tally in refresh(store, inputs, run.running, run.progress, crew, debug=debug):
                done = tally.done
    except KeyboardInterrupt:
        raise Stopped(done, len(inputs)) from None
    return tally


def _publish(corpus: Stored, out: Path, run: _Run, tally: Tally, beside: DatabaseChoice, pieces: Pieces) -> Counts:
    """Write all tables from the store; return what they hold."""
    counter = Tallied(documents=bool(corpus.book.place))
    run.progress(Step(PUBLISH, tally.total, tally.total, tally.failed))

    def said() -> bytes:
        documents = {"documents": tally.total, "read": tally.read, "kept": tally.kept}
        counts = {**documents, **asdict(counter.counts())}
        options = {name: str(given) if given else None for name, given in run.options.items()}
        form = {**asdict(run.form), "database": beside.name}
        return account(run.clock, {**options, **form, **asdict(run.running)}, counts)

    with (
        run.clock.stage("publish"),
        folder_output(
            *(out, run.form.formats, run.form.labels),
            more=beside.ways,
            apart=apart if pieces.worth_a_writer else None,
            account=said,
        ) as write,
        bodies(corpus, run.decisions, pieces) as named,
    ):
        for counted in written(outgoing(corpus, named, pieces), write, pieces):
            counter.add(counted)
    decided = became_of(corpus.book, counter.documents, counter.codes)
    return replace(counter.counts(), notes=(*named.unused, *decided, *beside.notes))


def _target(out: PathLike) -> Path | str:
    """Return the folder of this machine, or the address, that the tables go to."""
    place = os.fspath(out)
    if not is_address(place):
        return Path(out)
    return local_path(place) or place


def _inputs(paths: PathLike | Iterable[PathLike], target: Path | str, formats: Sequence[str]) -> tuple[Input, ...]:
    """Return what is read; refuse what the output would replace, and a place of the output that cannot be used."""
    given = (paths,) if isinstance(paths, (str, os.PathLike)) else tuple(paths)
    inputs = collect([os.fspath(path) for path in given])
    if isinstance(target, str):
        check_remote(target, formats)
        return inputs
    if not (target / WORKSHOP).exists():  # else once it is clear that nobody is at it
        check_out(target, formats)
    place = target.resolve()
    for item in inputs:
        path = item.opener.local
        if path and path.resolve().is_relative_to(place):
            raise InputError(f"{path} lies in {target}, which would be replaced; give --out another folder")
    return inputs


def _silent(_: Step) -> None:
    """Tell nobody."""
