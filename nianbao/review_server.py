"""The review pages served to one person on this machine, and the decisions that the pages send, saved at once.

Who may ask: the browser that holds the token, at our own address, from our own pages. The token is the first part of
every path, so there is no cookie that other servers of this machine would be sent; a page names it again in a header
when it saves, which no page of another origin can do unasked.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from threading import Lock
from typing import TypeAlias

import msgspec
from msgspec import Struct
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from nianbao.review_pages import review
from nianbao.saved_decisions import RefusedDecision, save, saved
from nianbao.stored import UnreadableOutput
from publish.review.embedding import served
from publish.review.place import INDEX, ReviewError, page_file
from schemas.corrections import Correction
from schemas.strict_yaml import VocabularyError

LOCAL = "127.0.0.1"
TOKEN_HEADER = "x-nianbao-token"
LARGEST_BODY = 1 << 20  # bytes: a form of decisions on the longest row
MOST_DECISIONS = 64  # in one request: the fields of a row, and as many again to take them back

Next: TypeAlias = Callable[[Request], Awaitable[Response]]

_HEADERS = {
    "content-security-policy": "frame-ancestors 'none'; object-src 'none'; base-uri 'none'; form-action 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class NoPage(LookupError):  # noqa: N818 (as UnreadableOutput)
    """There is no page of this name."""


class Desk(Struct, frozen=True):
    """What is served, where, and to whom: the output folder, the port, the token, the name of the reviewer; the words
    of their own that the reports were read with, if any."""

    out: Path
    port: int
    token: str
    reviewer: str = ""
    vocabulary: Path | None = None

    @property
    def address(self) -> str:
        """The address that opens the index."""
        return f"http://{LOCAL}:{self.port}/{self.token}/"

    @property
    def hosts(self) -> tuple[str, str]:
        """The names that the server answers to."""
        return f"{LOCAL}:{self.port}", f"localhost:{self.port}"


def app(desk: Desk) -> Starlette:
    """Return the server of an output folder as an ASGI application."""

    async def guarded(request: Request, then: Next) -> Response:
        wrong = refusal(desk, request)
        response = _told(wrong, 403) if wrong else await then(request)
        response.headers.update(_HEADERS)
        return response

    def index(request: Request) -> Response:
        return RedirectResponse(f"/{desk.token}/{INDEX}", 303)

    writing = Lock()

    def page(request: Request) -> Response:
        with writing:
            return _answered(lambda: _page(desk, request.path_params["name"]), "text/html; charset=utf-8")

    def made(request: Request) -> Response:
        return _answered(lambda: msgspec.json.encode(saved(desk.out, request.path_params["document_id"])))

    async def make(request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return _told(f"a request holds at most {LARGEST_BODY} bytes; save fewer decisions at once", 413)
        return await run_in_threadpool(_answered, lambda: _saved(desk, body))

    application = Starlette(
        routes=[
            Route("/{token}/", index),
            Route("/{token}/decisions", make, methods=["POST"]),
            Route("/{token}/decisions/{document_id}", made),
            Route("/{token}/{name}", page),
        ],
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=guarded)],
    )
    application.router.redirect_slashes = False  # a path is one that we know, or none
    return application


def refusal(desk: Desk, request: Request) -> str | None:
    """Return in a sentence why a request is not answered; None where it is.

    1. It is sent to our own name and port: a foreign name that was made to point here is not one of ours.
    2. It comes from no page of another origin, as far as the browser says.
    3. It has the token in its path; one that saves has it in a header too, and says that it comes from our origin.
    """
    host, origin = request.headers.get("host", ""), request.headers.get("origin")
    saves = request.method not in {"GET", "HEAD"}
    if host not in desk.hosts:
        return "this is not the address that nianbao review printed"
    if request.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
        return "a page of another site asked for this"
    if (saves or origin is not None) and origin != f"http://{host}":
        return "a page of another origin asked for this"
    tokens = [request.url.path.split("/")[1], *([request.headers.get(TOKEN_HEADER, "")] if saves else [])]
    if not all(secrets.compare_digest(token.encode(), desk.token.encode()) for token in tokens):
        return "the address lacks the token; open the one that nianbao review printed"
    return None


async def _body(request: Request) -> bytes | None:
    """Return the body of a request; None where it is too large, which is seen before all of it has come."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def _saved(desk: Desk, body: bytes) -> bytes:
    try:
        decisions = msgspec.json.decode(body, type=list[Correction])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RefusedDecision(f"the request holds no decisions: {error}") from error
    if not 0 < len(decisions) <= MOST_DECISIONS:
        raise RefusedDecision(f"there are {len(decisions)} decisions; save from 1 to {MOST_DECISIONS} at once")
    save(desk.out, decisions, desk.reviewer)
    return b"{}"


def _page(desk: Desk, name: str) -> bytes:
    """Return a page; all are written where there are none, because a later run of extract took the old ones away."""
    if page_file(desk.out, INDEX) is None:
        review(desk.out, vocabulary=desk.vocabulary)
    path = page_file(desk.out, name)
    if path is None:
        raise NoPage("there is no such page")
    return served(path.read_bytes())


def _answered(work: Callable[[], bytes], media_type: str = "application/json") -> Response:
    """Return what `work` returns, or in a sentence why it could not be done."""
    try:
        return Response(work(), media_type=media_type)
    except NoPage as error:
        return _told(str(error), 404)
    except RefusedDecision as error:
        return _told(str(error), 400, error.field)
    except (VocabularyError, UnreadableOutput, ReviewError) as error:
        return _told(str(error), 409)
    except OSError as error:
        return _told(f"the system refused: {error.strerror or error}; nothing was saved", 500)


def _told(sentence: str, status: int, field: str = "") -> Response:
    return JSONResponse({"error": sentence, "field": field}, status)
