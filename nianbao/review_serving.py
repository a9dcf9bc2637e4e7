"""The review server as a process: a port of this machine, an address with a new token, and an end at Ctrl-C."""

from __future__ import annotations

import secrets
import socket
import webbrowser
from contextlib import suppress
from pathlib import Path

import typer
import uvicorn

from nianbao.review_server import LOCAL, Desk, app
from publish.review.place import ReviewError


def serve(out: Path, port: int, reviewer: str, *, show: bool) -> None:
    """Serve the pages of an output until Ctrl-C; say the address, and open it in the browser if `show`.

    Nothing but this machine can reach it. The token of its address is made anew each time. Port 0: one that is free.
    """
    with _listening(port) as listening:
        desk = Desk(out, listening.getsockname()[1], secrets.token_urlsafe(32), reviewer)
        typer.echo(f"open {desk.address}\ndecisions are saved to {out / 'corrections.csv'}; Ctrl-C ends")
        if show:
            webbrowser.open(desk.address)
        server = uvicorn.Server(
            uvicorn.Config(
                app(desk), log_level="error", access_log=False, server_header=False, lifespan="off", ws="none"
            )
        )
        with suppress(KeyboardInterrupt):  # sent on by uvicorn after it has answered what was asked
            server.run(sockets=[listening])
        typer.echo("ended")


def _listening(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind((LOCAL, port))
    except (OSError, OverflowError) as error:
        listening.close()
        why = error.strerror if isinstance(error, OSError) else error
        raise ReviewError(f"port {port} cannot be used ({why}); give another, or none for a free one") from error
    return listening
