"""One page, one file: data as JSON that cannot end its element, the modules of a script in one, and who may run them.

Pages open from disk, where a browser loads no module from a file. So our scripts are plain files of functions that are
joined in the order of SCRIPTS, inside of one function, when a page is made.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from types import MappingProxyType
from typing import Any

_DECIDING = ("source", "standing", "values", "saving", "deciding", "form", "adding", "decided")

SCRIPTS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "document": (
            "elements",
            "words",
            "chrome",
            "windowing",
            "text",
            "rows",
            "detail",
            "outline",
            *_DECIDING,
            "document",
        ),
        "index": ("elements", "words", "chrome", "windowing", "filters", "coverage", "index"),
        "library": ("elements", "words", "chrome", "library"),
    }
)

# «</script>» and «<!--» end or change a script element, «&» an attribute; the line separators end a line of old scripts
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def json_for_html(data: Any) -> str:
    """Return data as JSON that may stand in a script element; equal data, equal text.

    >>> json_for_html(["</script>", "书&\\u2028"])
    '["\\\\u003c/script\\\\u003e","书\\\\u0026\\\\u2028"]'
    """
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_ESCAPES)


@cache
def script(page: str) -> str:
    """Return the script of a kind of page."""
    body = "\n".join(_static(f"{name}.js") for name in SCRIPTS[page])
    return f'(() => {{\n"use strict";\n{body}}})();\n'


@cache
def style(page: str) -> str:
    """Return the style sheet of a kind of page."""
    return _static("base.css") + _static(f"{page}.css")


@cache
def policy(page: str) -> str:
    """Return the Content-Security-Policy of a kind of page: its one script and style sheet by their hashes, no more."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {source_hash(script(page))}",
            f"style-src {source_hash(style(page))}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
        )
    )


def served(page: bytes) -> bytes:
    """Return a page as a server gives it out: its policy lets it speak with that server, and nothing else besides.

    The policy stands before all words of a report, so the first «default-src» is its own.

    >>> served(b"<meta content='default-src none; script-src'>")
    b"<meta content='connect-src &#39;self&#39;; default-src none; script-src'>"
    """
    return page.replace(b"default-src ", b"connect-src &#39;self&#39;; default-src ", 1)


def source_hash(text: str) -> str:
    """Return how a policy names an inline script or style sheet (CSP Level 3).

    >>> source_hash("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _static(name: str) -> str:
    return files("publish").joinpath("review", "static", name).read_text(encoding="utf-8")
