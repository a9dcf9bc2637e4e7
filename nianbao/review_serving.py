"""The review server as a process: a port of this machine, an address with a new token, and an end at Ctrl-C."""

from __future__ import annotations

import secrets
import socket
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import Any

import typer
import uvicorn

from nianbao.review_server import LOCAL, Desk, app
from publish.review.place import ReviewError


def serve(out: Path, port: int, reviewer: str, *, vocabulary: Path | None = None, show: bool = False) -> None:
    """Serve the pages of an output until Ctrl-C; say the address, and open it in the browser if `show`.

    Nothing but this machine can reach it. The token of its address is made anew each time. Port 0: one that is free.
    """
    with listen(port) as listening:
        desk = Desk(out, listening.getsockname()[1], secrets.token_urlsafe(32), reviewer, vocabulary)
        typer.echo(f"open {desk.address}\ndecisions are saved to {out / 'corrections.csv'}; Ctrl-C ends")
        if show:
            webbrowser.open(desk.address)
        with suppress(KeyboardInterrupt):  # sent on by uvicorn after it has answered what was asked
            server(desk).run(sockets=[listening])
        typer.echo("ended")


def server(desk: Desk) -> uvicorn.Server:
    """Return the server of a desk; it runs on the socket that it is given."""
    options: dict[str, Any] = {"log_level": "error", "access_log": False, "server_header": False}
    return uvicorn.Server(uvicorn.Config(app(desk), **options, lifespan="off", ws="none"))


def listen(port: int) -> socket.socket:
    """Return a socket at a port of this machine alone, 0 for one that is free; raises ReviewError if it is taken."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind((LOCAL, port))
    except (OSError, OverflowError) as error:
        listening.close()
        why = error.strerror if isinstance(error, OSError) else error
        raise ReviewError(f"port {port} cannot be used ({why}); give another, or none for a free one") from error
    return listening
