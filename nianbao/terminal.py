"""What the commands share: exit codes, the console, errors as one sentence."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console, RenderableType

from nianbao.visible import visible

SOME_FAILED = 1
DIFFERENT = 1
WRONG_USE = 2
FAULT = 3
STOPPED = 130

PIPED_WIDTH = 100

Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error instead of one sentence.")]
Words = Annotated[
    Path | None,
    typer.Option("--vocabulary", metavar="DIR", help="Folder of words of your own, added to the built-in ones."),
]


def print_parts(parts: Iterable[RenderableType]) -> None:
    """Print the parts of a view to stdout."""
    screen = console()
    for part in parts:
        screen.print(part)


def console() -> Console:
    """Return the console for stdout: as wide as the terminal, plain and of a fixed width where it is none."""
    width = None if sys.stdout.isatty() else PIPED_WIDTH
    return Console(width=width, markup=False, highlight=False, emoji=False)


@contextmanager
def sentences(*, debug: bool) -> Iterator[None]:
    """Turn errors into one sentence on stderr and an exit code, unless `debug` asks for the traceback."""
    from nianbao.apart import WriterLostError  # noqa: PLC0415  not needed for --version and --help
    from nianbao.inputs import InputError  # noqa: PLC0415
    from nianbao.steps import ClusterError, ClusterLostError, Stopped  # noqa: PLC0415
    from nianbao.stored import UnreadableOutput  # noqa: PLC0415
    from nianbao.workers import CannotStartError  # noqa: PLC0415
    from publish.formats import FormatError  # noqa: PLC0415
    from publish.remote_folder import UploadError  # noqa: PLC0415
    from publish.review.place import ReviewError  # noqa: PLC0415
    from publish.ways_out import DatabaseError, OutputError  # noqa: PLC0415
    from schemas.strict_yaml import VocabularyError  # noqa: PLC0415

    wrong_use = (ClusterError, InputError, FormatError, OutputError, ReviewError, UnreadableOutput, VocabularyError)
    try:
        yield
    except (typer.Exit, typer.Abort, BrokenPipeError):  # click ends quietly where `head` has read enough
        raise
    except Stopped as error:
        stop(str(error), STOPPED)
    except wrong_use as error:
        if debug:
            raise
        stop(str(error), WRONG_USE)
    except (DatabaseError, CannotStartError, ClusterLostError, UploadError, WriterLostError) as error:
        if debug:
            raise
        stop(f"{error}; OUT is as it was" if isinstance(error, DatabaseError) else str(error), FAULT)
    except OSError as error:
        if debug:
            raise
        place = f" ({error.filename})" if error.filename else ""
        stop(f"the system refused: {error.strerror or error}{place}; OUT is as it was: mend that and run again", FAULT)
    except Exception as error:
        if debug:
            raise
        said = " ".join(str(error).split())
        stop(f"fault in nianbao, {type(error).__name__}: {said}; run with --debug to see where", FAULT)


def stop(sentence: str, code: int) -> NoReturn:
    """Say a sentence on stderr and exit with `code`."""
    typer.echo(visible(f"nianbao: {sentence}"), err=True)
    raise typer.Exit(code)
