"""The commands that look at output folders: `nianbao summary` and `nianbao compare`."""

from __future__ import annotations

import sys
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nianbao.terminal import DIFFERENT, WRONG_USE, Debug, console, print_parts, sentences, stop
from nianbao.visible import visible

if TYPE_CHECKING:
    from nianbao.comparison_export import Sink

SUMMARY_EXIT = "Exit: 0 shown, 2 wrong use or a folder that cannot be read, 3 the disk refused or nianbao has a fault."
COMPARE_EXIT = (
    "Exit: 0 no row differs, 1 some differ, 2 wrong use or a folder that cannot be read, 3 the disk refused or nianbao "
    "has a fault."
)

ROWS = 20  # rows of a table that the text lists where --limit is not given


class Format(StrEnum):
    """How a comparison is told."""

    text = "text"
    json = "json"
    csv = "csv"


def summary(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder that nianbao extract wrote.")],
    library: Annotated[
        str | None, typer.Option("--library", metavar="TEXT", help="Only libraries whose name holds this text.")
    ] = None,
    metric: Annotated[
        list[str] | None, typer.Option("--metric", metavar="CODE", help="Only this metric; may be repeated.")
    ] = None,
    findings: Annotated[
        list[str] | None,
        typer.Option(
            "--findings", metavar="CODE", help="List the findings of this code with their lines; may be repeated."
        ),
    ] = None,
    debug: Debug = False,
) -> None:
    """Show what an output folder holds: failures, libraries, their metrics over the years, coverage, findings."""
    with sentences(debug=debug):
        from nianbao.finding_lines import finding_lines  # noqa: PLC0415  not needed for --version and --help
        from nianbao.overview import summary as run  # noqa: PLC0415
        from nianbao.overview_view import render_findings, render_overview  # noqa: PLC0415

        if findings:
            print_parts(render_findings(findings, finding_lines(out, findings, library=library)))
        else:
            screen = console()
            print_parts(render_overview(run(out, library=library, metrics=metric or ()), screen.width))


def compare(  # noqa: PLR0913, PLR0917 (a parameter is an option of the command)
    out_a: Annotated[Path, typer.Argument(metavar="OUT_A", help="The folder of the run before.")],
    out_b: Annotated[Path, typer.Argument(metavar="OUT_B", help="The folder of the run after.")],
    table: Annotated[
        list[str] | None, typer.Option("--table", metavar="NAME", help="Only this table; may be repeated.")
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar="COLUMN", help="Leave out this column, such as confidence; may be repeated."),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", metavar="N", min=0, help=f"List the first N rows of each table that differ; as text {ROWS}."
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="List all rows that differ, as json and csv do.")] = False,
    form: Annotated[
        Format, typer.Option("--format", metavar="text|json|csv", help="text for people, json or csv for programs.")
    ] = Format.text,
    debug: Debug = False,
) -> None:
    """Compare two output folders: which rows appeared, vanished or changed, by table, column, rule and metric."""
    if every and limit is not None:
        stop("--limit and --all exclude each other; give one", WRONG_USE)
    with sentences(debug=debug):
        from nianbao.comparison import compare as run  # noqa: PLC0415  not needed for --version and --help
        from nianbao.comparison_export import write_csv, write_json  # noqa: PLC0415
        from nianbao.comparison_view import render_comparison  # noqa: PLC0415

        comparison = run(out_a, out_b, tables=table or (), ignore=ignore or ())
        if form is Format.text:
            listed = None if every else ROWS if limit is None else limit
            print_parts(render_comparison(comparison, listed))
        else:
            write = write_csv if form is Format.csv else write_json
            write(comparison, limit, _machine_output())
    if comparison.differs:
        raise typer.Exit(DIFFERENT)


class _Shown:
    """A stream to the terminal that lets no control character of a report through."""

    def write(self, text: str) -> int:
        return sys.stdout.write(visible(text))


def _machine_output() -> Sink:
    """Return stdout as programs expect it: UTF-8 on every system, exact unless a person is looking."""
    if sys.stdout.isatty():
        return _Shown()
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    return sys.stdout
