"""The command `nianbao review`: pages of an output folder to check the numbers on, and to decide on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nianbao.terminal import WRONG_USE, Debug, Words, sentences, stop

REVIEW_EXIT = (
    "Exit: 0 written or ended by Ctrl-C, 2 wrong use or a folder that cannot be read, 3 the disk refused or nianbao "
    "has a fault."
)
_LACKING = "the pages are served with starlette and uvicorn; pip install 'nianbao[review]', or give --static"


def review(  # noqa: PLR0913, PLR0917  one parameter an option
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder that nianbao extract wrote.")],
    static: Annotated[
        bool, typer.Option("--static", help="Only write the pages into OUT/review; they open without a server.")
    ] = False,
    port: Annotated[
        int,
        typer.Option("--port", metavar="PORT", min=0, max=65535, help="Port of 127.0.0.1; a free one if not given."),
    ] = 0,
    show: Annotated[bool, typer.Option("--open", help="Open the index in the browser.")] = False,
    reviewer: Annotated[
        str, typer.Option("--reviewer", metavar="NAME", help="Who decides, for the column reviewer.")
    ] = "",
    add: Annotated[
        Path | None,
        typer.Option(
            "--add", metavar="FILE", help="First add the decisions that a page exported to OUT/corrections.csv."
        ),
    ] = None,
    vocabulary: Words = None,
    debug: Debug = False,
) -> None:
    """Show each report with what was read in it, on pages to decide on; decisions are saved to OUT/corrections.csv."""
    with sentences(debug=debug):
        if add is not None:
            add_decisions(out, add)
        if static:
            write_pages(out, vocabulary)
        else:
            serve_pages(out, vocabulary, (port, reviewer), show=show)


def write_pages(out: Path, vocabulary: Path | None) -> None:
    """Write the pages of an output folder and say where they are."""
    from nianbao.review_pages import review as run  # noqa: PLC0415  loads the templates and the charts
    from publish.review.place import FOLDER, INDEX  # noqa: PLC0415

    pages = run(out, vocabulary=vocabulary)
    typer.echo(f"{pages} review pages; open {out / FOLDER / INDEX}")


def serve_pages(out: Path, vocabulary: Path | None, at: tuple[int, str], *, show: bool) -> None:
    """Serve the pages of an output folder until Ctrl-C, written where they are not; `at`: the port, the reviewer."""
    try:
        from nianbao.review_serving import serve  # noqa: PLC0415  an extra
    except ModuleNotFoundError as error:
        if error.name not in {"starlette", "uvicorn"}:
            raise
        stop(_LACKING, WRONG_USE)
    from nianbao.review_pages import review_anew  # noqa: PLC0415
    from schemas.vocabularies import read_overlay, using  # noqa: PLC0415

    pages = review_anew(out, vocabulary=vocabulary)
    typer.echo("the review pages are up to date" if pages is None else f"{pages} review pages")
    with using(read_overlay(vocabulary)):
        serve(out, *at, vocabulary=vocabulary, show=show)


def add_decisions(out: Path, exported: Path) -> None:
    """Add the decisions of an exported file to those of an output folder and say how many are new."""
    from nianbao.saved_decisions import take_in  # noqa: PLC0415
    from nianbao.stored import open_output  # noqa: PLC0415

    typer.echo(f"{take_in(open_output(out).folder, exported)} decisions added to {out / 'corrections.csv'}")
