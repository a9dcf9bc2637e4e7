"""The command `nianbao review`: pages of an output folder to check the numbers on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nianbao.terminal import WRONG_USE, Debug, Words, sentences, stop

REVIEW_EXIT = "Exit: 0 written, 2 wrong use or a folder that cannot be read, 3 the disk refused or nianbao has a fault."


def review(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder that nianbao extract wrote.")],
    static: Annotated[
        bool, typer.Option("--static", help="Write the pages into OUT/review; they open from disk, without a server.")
    ] = False,
    vocabulary: Words = None,
    debug: Debug = False,
) -> None:
    """Write pages that show each report with what was read in it; the only way so far is --static."""
    if not static:
        stop("give --static, which writes the pages into OUT/review", WRONG_USE)
    with sentences(debug=debug):
        write_pages(out, vocabulary)


def write_pages(out: Path, vocabulary: Path | None) -> None:
    """Write the pages of an output folder and say where they are."""
    from nianbao.review_pages import review as run  # noqa: PLC0415  loads the templates and the charts
    from publish.review.place import FOLDER, INDEX  # noqa: PLC0415

    pages = run(out, vocabulary=vocabulary)
    typer.echo(f"{pages} review pages; open {out / FOLDER / INDEX}")
