"""The command line of `nianbao`: the commands that read reports and words, and those of `nianbao.looking`.

Results go to stdout, progress and errors to stderr.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from nianbao.answering import EXIT as ANSWERING_EXIT
from nianbao.answering import gold, score, suggest
from nianbao.extracting import extract
from nianbao.looking import COMPARE_EXIT, SUMMARY_EXIT, compare, summary
from nianbao.reviewing import REVIEW_EXIT, review
from nianbao.terminal import SOME_FAILED, WRONG_USE, Debug, Words, print_parts, sentences, stop

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)

vocabularies = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(vocabularies, name="vocabulary", help="Check your own words, and list what is known.")


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


@app.callback(
    epilog="Exit: 0 all read, 1 some failed, 2 wrong use, 3 the disk refused or a fault in nianbao, 130 Ctrl-C."
)
def nianbao(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Legacy reports of Chinese public libraries in, tidy tables out."""


app.command()(extract)


@app.command()
def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One report (.txt or .docx).")],
    vocabulary: Words = None,
    corrections: Annotated[
        Path | None,
        typer.Option(
            "--corrections", metavar="FILE", help="Decisions of reviewers to apply, such as OUT/corrections.csv."
        ),
    ] = None,
    debug: Debug = False,
) -> None:
    """Show what is read in one report: outline, tables, facts with their sentences, events, findings."""
    with sentences(debug=debug):
        from nianbao.report import read_report  # noqa: PLC0415  the readers load with the word lists
        from nianbao.show import render  # noqa: PLC0415

        with _readable(file, debug=debug):
            report = read_report(file, vocabulary=vocabulary, corrections=corrections)
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
app.command(epilog=REVIEW_EXIT)(review)
app.command(epilog=ANSWERING_EXIT)(score)
app.command(epilog=ANSWERING_EXIT)(gold)
app.command(epilog=ANSWERING_EXIT)(suggest)


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
