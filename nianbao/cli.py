"""The command line of `nianbao`: the commands that read reports and words, and those of `nianbao.looking`.

Results go to stdout, progress and errors to stderr.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from nianbao.looking import COMPARE_EXIT, SUMMARY_EXIT, compare, summary
from nianbao.terminal import SOME_FAILED, WRONG_USE, Debug, console, print_parts, sentences, stop
from nianbao.visible import visible

if TYPE_CHECKING:
    from nianbao.batch import Summary

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)

vocabularies = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(vocabularies, name="vocabulary", help="Check your own words, and list what is known.")

Words = Annotated[
    Path | None,
    typer.Option("--vocabulary", metavar="DIR", help="Folder of words of your own, added to the built-in ones."),
]


def main() -> None:
    """Run the command line of this process."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that has no sign for a character is no reason to stop
    app(prog_name="nianbao")


def _print_version(wanted: bool) -> None:
    if wanted:
        from nianbao import __version__  # noqa: PLC0415  reads the metadata of the distribution

        typer.echo(f"nianbao {__version__}")
        raise typer.Exit


@app.callback(epilog="Exit: 0 all read, 1 some failed, 2 wrong use, 3 the disk refused or nianbao has a fault.")
def nianbao(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Legacy reports of Chinese public libraries in, tidy tables out."""


@app.command()
def extract(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT", help="Reports (.txt, .docx), folders, archives (.zip, .tar), patterns or s3:// addresses."
        ),
    ],
    out: Annotated[
        str,
        typer.Option("--out", metavar="OUT", help="Folder or s3:// address; an earlier output there is replaced."),
    ],
    vocabulary: Words = None,
    formats: Annotated[
        str,
        typer.Option(
            "--format", metavar="FORMAT,…", help="csv, parquet, xlsx, jsonl, or some of them with commas between."
        ),
    ] = "csv",
    labels: Annotated[
        str, typer.Option("--labels", metavar="en|zh", help="Columns under their names, or under Chinese titles.")
    ] = "en",
    debug: Debug = False,
) -> None:
    """Read reports and write their tables, texts and datapackage.json into OUT."""
    with sentences(debug=debug):
        from nianbao.batch import extract as run  # noqa: PLC0415  loads the word lists

        with _progress() as progress:
            task = progress.add_task("", total=None)
            bar = _Bar(progress, task)
            batch = run(inputs, out, vocabulary=vocabulary, formats=formats, labels=labels, progress=bar, debug=debug)
        _print_summary(batch, console())
    if batch.failures:
        raise typer.Exit(SOME_FAILED)


@app.command()
def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One report (.txt or .docx).")],
    vocabulary: Words = None,
    debug: Debug = False,
) -> None:
    """Show what is read in one report: outline, tables, facts with their sentences, events, findings."""
    with sentences(debug=debug):
        from nianbao.report import read_report  # noqa: PLC0415  the readers load with the word lists
        from nianbao.show import render  # noqa: PLC0415

        with _readable(file, debug=debug):
            report = read_report(file, vocabulary=vocabulary)
        print_parts(render(report))


@app.command()
def explain(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One report (.txt or .docx).")],
    find: Annotated[
        str | None, typer.Option("--find", metavar="TEXT", help="Explain the numbers in or around this text.")
    ] = None,
    at: Annotated[
        int | None,
        typer.Option(
            "--at", metavar="OFFSET", min=0, help="Explain the number at this offset of text/<document_id>.txt."
        ),
    ] = None,
    vocabulary: Words = None,
    debug: Debug = False,
) -> None:
    """Explain any number of a report: what it was taken for, how it was read, and why; without options, list all."""
    if find is not None and at is not None:
        stop("--find and --at exclude each other; give one", WRONG_USE)
    with sentences(debug=debug):
        from extract.read import read  # noqa: PLC0415  the readers load with the word lists
        from nianbao.explain import explain as run  # noqa: PLC0415
        from nianbao.explain_view import render_explanations, render_ledger  # noqa: PLC0415
        from nianbao.report_names import printable  # noqa: PLC0415
        from schemas.vocabularies import read_overlay, using  # noqa: PLC0415

        with _readable(file, debug=debug), using(read_overlay(vocabulary)):
            explanations = run(read(file, printable(file.name)), find, at)
        if find is None and at is None:
            print_parts(render_ledger(explanations))
        elif explanations:
            print_parts(render_explanations(explanations))
        else:
            asked = f"in or around «{find}»" if find is not None else f"at offset {at}"
            stop(f"{file} has no number {asked}; without options the command lists all", WRONG_USE)


app.command(epilog=SUMMARY_EXIT)(summary)
app.command(epilog=COMPARE_EXIT)(compare)


@vocabularies.command()
def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of words of your own.")],
    debug: Debug = False,
) -> None:
    """Load a folder of words and read the examples of its entries, and the built-in ones, which it may not harm."""
    with sentences(debug=debug):
        from nianbao.vocabulary_check import check_folder  # noqa: PLC0415  loads the word lists
        from nianbao.vocabulary_check_view import render  # noqa: PLC0415

        result = check_folder(folder)
        print_parts(render(result))
    if result.wrong:
        raise typer.Exit(SOME_FAILED)


@vocabularies.command(name="list")
def list_entries(
    kind: Annotated[
        str | None,
        typer.Argument(metavar="KIND", help="One vocabulary, such as metrics, units or tables."),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="text (long lists of words are cut), csv or json.")
    ] = "text",
    vocabulary: Words = None,
    debug: Debug = False,
) -> None:
    """List what is known: code, Chinese label, words, unit, flow or stock, and the file that it is from."""
    with sentences(debug=debug):
        from nianbao.vocabulary_list import PLAIN, as_tables, listed  # noqa: PLC0415  loads the word lists
        from schemas.vocabularies import KINDS, read_overlay, using  # noqa: PLC0415

        if form not in {"text", *PLAIN}:
            stop(f"no such format: {form}; --format takes text, {', '.join(PLAIN)}", WRONG_USE)
        if kind is not None and kind not in KINDS:
            stop(f"no such vocabulary: {kind}; there are {', '.join(KINDS)}", WRONG_USE)
        with using(read_overlay(vocabulary)):
            entries = tuple(listed(kind))
        if form == "text":
            print_parts(as_tables(entries))
        else:
            typer.echo(PLAIN[form](entries), nl=False)


@contextmanager
def _readable(file: Path, *, debug: bool) -> Iterator[None]:
    """Turn a file that is missing or cannot be read into one sentence and an exit code."""
    from extract.read import UnreadableFile  # noqa: PLC0415  the readers load with the word lists

    if not file.exists():
        stop(f"{file} does not exist; check the path", WRONG_USE)
    try:
        yield
    except UnreadableFile as error:
        if debug:
            raise
        stop(str(error), SOME_FAILED)


class _Bar:
    """A progress callback that moves one task of a progress bar."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress = progress
        self._task = task

    def __call__(self, done: int, total: int, source: str) -> None:
        self._progress.update(self._task, completed=done, total=total, description=visible(source))


def _progress() -> Progress:
    return Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )


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
    screen.print(Text(f"written to {batch.out}"), soft_wrap=True)
