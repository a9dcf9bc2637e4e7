"""The commands that learn from answers and decisions: `nianbao score`, `nianbao gold` and `nianbao suggest`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from nianbao.terminal import Debug, print_parts, sentences

EXIT = "Exit: 0 done, 2 wrong use or a folder that cannot be read, 3 the disk refused or nianbao has a fault."


class Form(StrEnum):
    """How a score is told."""

    text = "text"
    json = "json"


def score(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder that nianbao extract wrote.")],
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="A folder of answers, as nianbao gold writes them.")],
    misses: Annotated[
        bool, typer.Option("--misses", help="List what was missed, what was too much and what is another value.")
    ] = False,
    form: Annotated[
        Form, typer.Option("--format", metavar="text|json", help="text for people, json for programs.")
    ] = Form.text,
    debug: Debug = False,
) -> None:
    """Score an output folder against a careful reader's answers: precision and recall by table, rightness by column."""
    with sentences(debug=debug):
        from nianbao.score import score as run  # noqa: PLC0415  not needed for --version and --help
        from nianbao.score import shown  # noqa: PLC0415
        from nianbao.score_view import as_json, render_misses, render_score  # noqa: PLC0415

        result = run(out, gold)
        listed = shown(result) if misses else None
        if form is Form.json:
            typer.echo(as_json(result, listed), nl=False)
            return
        print_parts(render_score(result))
        if listed is not None:
            print_parts(render_misses(listed))
