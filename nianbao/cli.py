"""The command line: extract, show, explain, vocabulary. Results go to stdout, progress and errors to stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from nianbao.visible import visible

if TYPE_CHECKING:
    from nianbao.batch import Summary

SOME_FAILED = 1
WRONG_USE = 2
FAULT = 3

PIPED_WIDTH = 100

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)

vocabularies = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(vocabularies, name="vocabulary", help="Check your own words, and list what is known.")

Words = Annotated[
    Path | None,
    typer.Option("--vocabulary", metavar="DIR", help="Folder of words of your own, added to the built-in ones."),
]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error instead of one sentence.")]


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
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT", help="Reports (.txt, .docx) or folders of them.")],
    out: Annotated[
        Path, typer.Option("--out", metavar="OUT", help="Folder for the tables; an earlier output there is replaced.")
    ],
    vocabulary: Words = None,
    debug: Debug = False,
) -> None:
    """Read reports and write their tables, texts and datapackage.json into OUT."""
    with _sentences(debug=debug):
        from nianbao.batch import extract as run  # noqa: PLC0415  loads the word lists

        with _progress() as progress:
            task = progress.add_task("", total=None)
            summary = run(inputs, out, vocabulary=vocabulary, progress=_Bar(progress, task), debug=debug)
        _print_summary(summary, _console())
    if summary.failures:
        raise typer.Exit(SOME_FAILED)


@app.command()
def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One report (.txt or .docx).")],
    vocabulary: Words = None,
    debug: Debug = False,
) -> None:
    """Show what is read in one report: outline, tables, facts with their sentences, events, findings."""
    with _sentences(debug=debug):
        from nianbao.report import read_report  # noqa: PLC0415  the readers load with the word lists
        from nianbao.show import render  # noqa: PLC0415

        with _readable(file, debug=debug):
            report = read_report(file, vocabulary=vocabulary)
        _print(render(report))


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
        _stop("--find and --at exclude each other; give one", WRONG_USE)
    with _sentences(debug=debug):
        from extract.read import read  # noqa: PLC0415  the readers load with the word lists
        from nianbao.explain import explain as run  # noqa: PLC0415
        from nianbao.explain_view import render_explanations, render_ledger  # noqa: PLC0415
        from nianbao.inputs import printable  # noqa: PLC0415
        from schemas.vocabularies import read_overlay, using  # noqa: PLC0415

        with _readable(file, debug=debug), using(read_overlay(vocabulary)):
            explanations = run(read(file, printable(file.name)), find, at)
        if find is None and at is None:
            _print(render_ledger(explanations))
        elif explanations:
            _print(render_explanations(explanations))
        else:
            asked = f"in or around «{find}»" if find is not None else f"at offset {at}"
            _stop(f"{file} has no number {asked}; without options the command lists all", WRONG_USE)


@vocabularies.command()
def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of words of your own.")],
    debug: Debug = False,
) -> None:
    """Load a folder of words and read the examples of its entries, and the built-in ones, which it may not harm."""
    with _sentences(debug=debug):
        from nianbao.vocabulary_check import check_folder  # noqa: PLC0415  loads the word lists
        from nianbao.vocabulary_check_view import render  # noqa: PLC0415

        result = check_folder(folder)
        _print(render(result))
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
    with _sentences(debug=debug):
        from nianbao.vocabulary_list import PLAIN, as_tables, listed  # noqa: PLC0415  loads the word lists
        from schemas.vocabularies import KINDS, read_overlay, using  # noqa: PLC0415

        if form not in {"text", *PLAIN}:
            _stop(f"no such format: {form}; --format takes text, {', '.join(PLAIN)}", WRONG_USE)
        if kind is not None and kind not in KINDS:
            _stop(f"no such vocabulary: {kind}; there are {', '.join(KINDS)}", WRONG_USE)
        with using(read_overlay(vocabulary)):
            entries = tuple(listed(kind))
        if form == "text":
            _print(as_tables(entries))
        else:
            typer.echo(PLAIN[form](entries), nl=False)


@contextmanager
def _readable(file: Path, *, debug: bool) -> Iterator[None]:
    """Turn a file that is missing or cannot be read into one sentence and an exit code."""
    from extract.read import UnreadableFile  # noqa: PLC0415  the readers load with the word lists

    if not file.exists():
        _stop(f"{file} does not exist; check the path", WRONG_USE)
    try:
        yield
    except UnreadableFile as error:
        if debug:
            raise
        _stop(str(error), SOME_FAILED)


def _print(parts: Iterable[RenderableType]) -> None:
    console = _console()
    for part in parts:
        console.print(part)


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


def _console() -> Console:
    width = None if sys.stdout.isatty() else PIPED_WIDTH
    return Console(width=width, markup=False, highlight=False, emoji=False)


@contextmanager
def _sentences(*, debug: bool) -> Iterator[None]:
    """Turn errors into one sentence on stderr and an exit code, unless `debug` asks for the traceback."""
    from nianbao.inputs import InputError  # noqa: PLC0415  not needed for --version and --help
    from publish.folder import OutputError  # noqa: PLC0415
    from schemas.strict_yaml import VocabularyError  # noqa: PLC0415

    try:
        yield
    except (typer.Exit, typer.Abort):
        raise
    except (InputError, OutputError, VocabularyError) as error:
        if debug:
            raise
        _stop(str(error), WRONG_USE)
    except OSError as error:
        if debug:
            raise
        place = f" ({error.filename})" if error.filename else ""
        _stop(f"the system refused: {error.strerror or error}{place}; OUT is as it was: mend that and run again", FAULT)
    except Exception as error:
        if debug:
            raise
        said = " ".join(str(error).split())
        _stop(f"fault in nianbao, {type(error).__name__}: {said}; run with --debug to see where", FAULT)


def _stop(sentence: str, code: int) -> NoReturn:
    typer.echo(visible(f"nianbao: {sentence}"), err=True)
    raise typer.Exit(code)


def _print_summary(summary: Summary, console: Console) -> None:
    table = Table("table", "rows", box=None, pad_edge=False)
    table.columns[1].justify = "right"
    for name, count in summary.rows.items():
        table.add_row(name, str(count))
    console.print(table)
    read = summary.documents - len(summary.failures)
    found = ", ".join(f"{count} {severity}" for severity, count in summary.findings.items())
    console.print(f"{read} of {summary.documents} documents read; findings: {found}", soft_wrap=True)
    for _, error in summary.failures:
        console.print(Text(visible(f"failed: {error}")), soft_wrap=True)
    console.print(Text(f"written to {summary.out}"), soft_wrap=True)
