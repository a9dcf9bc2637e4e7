"""The command `nianbao extract`: its options, what it says."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from nianbao.reviewing import write_pages
from nianbao.steps import LOCAL, Running
from nianbao.terminal import SOME_FAILED, WRONG_USE, Debug, Words, console, sentences, stop
from nianbao.visible import visible
from nianbao.workers import Limits

if TYPE_CHECKING:
    from nianbao.batch import Summary

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT", help="Reports (.txt, .docx), folders, archives (.zip, .tar), patterns or s3:// addresses."
    ),
]
Out = Annotated[
    str, typer.Option("--out", metavar="OUT", help="Folder or s3:// address; an earlier output there is replaced.")
]
Decisions = Annotated[
    Path | None,
    typer.Option("--organizations", metavar="FILE", help="CSV of names that are the same body or different ones."),
]
Corrections = Annotated[
    Path | None,
    typer.Option("--corrections", metavar="FILE", help="Decisions of reviewers; OUT/corrections.csv if not given."),
]
Formats = Annotated[
    str,
    typer.Option("--format", metavar="FORMAT,…", help="Some of csv, parquet, xlsx, jsonl, sqlite, with commas."),
]
Headings = Annotated[
    str, typer.Option("--labels", metavar="en|zh", help="Columns under their names, or under Chinese titles.")
]
Database = Annotated[
    str | None,
    typer.Option(
        "--database", metavar="URL", help="Database to write too, sqlite:///FILE or postgresql://USER@HOST/NAME."
    ),
]
Pages = Annotated[bool, typer.Option("--review", help="Also write OUT/review: pages to check the numbers on.")]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", metavar="N", min=0, help="Processes that read; all cores if not given, 0: none but this one."
    ),
]
Seconds = Annotated[
    float, typer.Option("--time-limit", metavar="SECONDS", min=0.1, help="What reading one report may take.")
]
Megabytes = Annotated[
    int,
    typer.Option(
        "--memory-limit", metavar="MB", min=1, help="What one report may take beyond the word lists, on Linux."
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Dask scheduler whose workers read, tcp://HOST:PORT; local: one started here.",
    ),
]
Wait = Annotated[
    float,
    typer.Option(
        "--worker-wait", metavar="SECONDS", min=0.1, help="How long to wait where the cluster has no workers."
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Read everything again, changed or not.")]
LogFile = Annotated[
    Path | None, typer.Option("--log-file", metavar="FILE", help="Add what happens to FILE, one JSON object a line.")
]


def extract(  # noqa: PLR0913, PLR0917 (a parameter is an option of the command)
    inputs: Inputs,
    out: Out,
    vocabulary: Words = None,
    organizations: Decisions = None,
    corrections: Corrections = None,
    formats: Formats = "csv,sqlite",
    labels: Headings = "en",
    database: Database = None,
    review: Pages = False,
    jobs: Jobs = None,
    time_limit: Seconds = 300,
    memory_limit: Megabytes = 2048,
    cluster: Cluster = None,
    worker_wait: Wait = 120,
    force: Force = False,
    log_file: LogFile = None,
    debug: Debug = False,
) -> None:
    """Read reports and write their tables, texts and datapackage.json into OUT; what is unchanged is not read again."""
    if cluster not in {None, LOCAL} and jobs is not None:
        stop("--jobs counts processes of this machine, and the workers of the cluster read; leave one out", WRONG_USE)
    limits = Limits(time_limit, memory_limit)
    _extract(
        *(inputs, out, log_file, Running(cores() if jobs is None else jobs, limits, force, cluster, worker_wait)),
        vocabulary=vocabulary,
        organizations=organizations,
        corrections=corrections,
        formats=formats,
        labels=labels,
        database=database,
        review=review,
        debug=debug,
    )


def _extract(
    inputs: list[str], out: str, log_file: Path | None, running: Running, *, review: bool, debug: bool, **how: Any
) -> None:
    if review and "://" in out:
        stop("--review writes pages into a folder; give --out a folder of this machine", WRONG_USE)
    with sentences(debug=debug):
        from nianbao.batch import extract as run  # noqa: PLC0415  loads the word lists
        from nianbao.progress import shown  # noqa: PLC0415

        with shown(log_file) as progress:
            batch = run(inputs, out, running=running, progress=progress, debug=debug, **how)
        _print_summary(batch, console())
        if review:
            write_pages(Path(out), how["vocabulary"])
    if batch.failures:
        raise typer.Exit(SOME_FAILED)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _print_summary(batch: Summary, screen: Console) -> None:
    table = Table("table", "rows", box=None, pad_edge=False)
    table.columns[1].justify = "right"
    for name, count in batch.rows.items():
        table.add_row(name, str(count))
    screen.print(table)
    read = batch.documents - len(batch.failures)
    found = ", ".join(f"{count} {severity}" for severity, count in batch.findings.items())
    screen.print(f"{read} of {batch.documents} documents read; findings: {found}", soft_wrap=True)
    for _, error in batch.failures:
        screen.print(Text(visible(f"failed: {error}")), soft_wrap=True)
    for note in batch.notes:
        screen.print(Text(visible(note)), soft_wrap=True)
    again = (
        f"; {batch.documents - batch.read} of them were unchanged and not read again"
        if batch.read < batch.documents
        else ""
    )
    places = f"{batch.out} and {batch.database}" if batch.database else str(batch.out)
    done = f"written to {visible(places)}{again}" if batch.written else f"nothing changed: {batch.out} is up to date"
    screen.print(Text(done), soft_wrap=True)
