"""The commands that learn from answers and decisions: `nianbao score`, `nianbao gold` and `nianbao suggest`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from nianbao.terminal import WRONG_USE, Debug, print_parts, sentences, stop
from nianbao.visible import visible

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


def gold(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder that nianbao extract wrote.")],
    answers: Annotated[Path, typer.Option("--out", metavar="GOLD", help="Folder for the answers; others there stay.")],
    documents: Annotated[
        list[str] | None,
        typer.Option("--documents", metavar="SOURCE", help="A document, by its source in the tables; may be repeated."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All documents that were read.")] = False,
    unreviewed: Annotated[bool, typer.Option("--unreviewed", help="Take undecided rows as they stand.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Write answers that are there already anew.")] = False,
    debug: Debug = False,
) -> None:
    """Write reviewed documents as answers, which nianbao score reads; every row needs a decision."""
    if every == bool(documents):
        stop("name documents with --documents, or give --all for all of them", WRONG_USE)
    with sentences(debug=debug):
        from nianbao.gold import write_gold  # noqa: PLC0415  not needed for --version and --help

        written = write_gold(out, answers, documents or (), unreviewed=unreviewed, replace=replace)
    for source, folder, counts in written.reports:
        told = ", ".join(f"{name} {count}" for name, count in counts.items() if count and name != "documents")
        typer.echo(visible(f"{source} → {written.gold / folder}: {told}"))


def suggest(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder that nianbao extract wrote.")],
    inputs: Annotated[
        list[Path], typer.Argument(metavar="INPUT", help="The reports that it was read from, to try the words on.")
    ],
    words: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write the words into this folder, for --vocabulary.")
    ] = None,
    corrections: Annotated[
        Path | None,
        typer.Option("--corrections", metavar="FILE", help="Decisions of reviewers; by default OUT/corrections.csv."),
    ] = None,
    vocabulary: Annotated[
        Path | None,
        typer.Option("--vocabulary", metavar="DIR", help="Folder of words that OUT was read with; they are kept."),
    ] = None,
    debug: Debug = False,
) -> None:
    """Suggest words for the vocabularies, by decisions made alike in several documents, and show their effect."""
    with sentences(debug=debug):
        from nianbao.suggested_words import additions, effect, write_additions  # noqa: PLC0415  loads the word lists
        from nianbao.suggestion_view import render_effect, render_suggestions  # noqa: PLC0415
        from nianbao.suggestions import suggestions  # noqa: PLC0415
        from schemas.vocabularies import read_overlay, using  # noqa: PLC0415

        own = read_overlay(vocabulary)
        with using(own):
            found = suggestions(out, corrections)
            files = additions(found, own) if found else {}
        if not found:
            typer.echo("no change was made alike in two documents; there is nothing to suggest")
            return
        print_parts(render_suggestions(found))
        print_parts(render_effect(effect(out, inputs, found, files, vocabulary)))
        if words is not None:
            write_additions(files, words)
            typer.echo(visible(f"written to {words}; `nianbao vocabulary check {words}` reads all examples with them"))
