"""What stands at an address that fsspec opens: s3://bucket/folder, memory://x.docx, zip://*.docx::s3://bucket/x.zip."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

import regex
from msgspec import Struct

from extract.unreadable import UnreadableFile
from nianbao.archives import Listed, members
from nianbao.openers import LocalFile, RemoteFile, shown
from nianbao.report_names import is_archive, is_passed_over

# two letters at least: «C://» is a drive
_ADDRESS = regex.compile(r"[a-z][a-z0-9+.-]++(?:://|::)")
_IN_ARCHIVE = regex.compile(r"(?:zip|tar)://(?<pattern>[^:]*+)::(?<archive>.++)")


class AddressError(ValueError):
    """Nothing can be read at an address; the message says which, why, and what to do."""


def is_address(text: str) -> bool:
    """Whether this is an address for fsspec, not a path.

    >>> [is_address(text) for text in ("s3://bucket/2014", "zip://*.txt::a.zip", "C://reports", "reports/2014")]
    [True, True, False, False]
    """
    return bool(_ADDRESS.match(text))


def local_path(text: str) -> Path | None:
    """Return the path that a file:// address names; None for other addresses."""
    if not text.startswith(("file://", "local://")):
        return None
    return Path(_store(text)[1])


class Place(Struct, frozen=True):
    """What an address leads to: one file that is `named`, or the files of a folder, not yet chosen by their names;
    `above` are the parts of the address that lead to them."""

    above: tuple[str, ...]
    files: tuple[Listed, ...]
    named: bool = False


def places(url: str) -> Iterator[Place]:
    """Yield what an address names: a file, a folder with all it holds, or each that a pattern matches.

    «zip://PATTERN::ARCHIVE» names the members of an archive, itself a path or an address, that the pattern matches.
    Raises AddressError where nothing is there or it cannot be reached.
    """
    inner = _IN_ARCHIVE.fullmatch(url)
    if inner:
        yield _in_archive(inner["archive"], inner["pattern"])
        return
    try:
        yield from _elsewhere(url)
    except AddressError:
        raise
    except ImportError as error:
        raise AddressError(f"{shown(url)} needs a package more ({error}); for s3, pip install 'nianbao[s3]'") from error
    except Exception as error:  # every store has errors of its own
        said = shown(" ".join(str(error).split())) or type(error).__name__
        raise AddressError(f"{shown(url)} cannot be listed ({said}); check the address and the credentials") from error


def _elsewhere(url: str) -> Iterator[Place]:
    store, root = _store(url)
    before, _, last = url.rpartition("::")
    protocol = last.partition("://")[0]
    roots = _matched(store, root) if glob.has_magic(root) and not store.exists(root) else [root]
    found = False
    for path in roots:
        named = not store.isdir(path)
        files = [path] if named and store.exists(path) else [] if named else sorted(store.find(path))
        cut = len(_parts(path)) - named
        listed = tuple(Listed(_parts(file)[cut:], _remote(before, protocol, file)) for file in files)
        if listed:
            found = True
            yield Place((f"{protocol}:", *_parts(path)[:cut]), listed, named)
    if not found:
        raise AddressError(f"nothing is at {shown(url)}; check the address")


def _matched(store: Any, pattern: str) -> list[str]:
    fixed = len(list(takewhile(lambda part: not glob.has_magic(part), _parts(pattern))))
    return [path for path in sorted(store.glob(pattern)) if not is_passed_over(_parts(path)[fixed:])]


def _remote(before: str, protocol: str, file: str) -> RemoteFile:
    address = file if "://" in file else f"{protocol}://{file}"
    return RemoteFile(f"{before}::{address}" if before else address)


def _parts(path: str) -> tuple[str, ...]:
    return tuple(part for part in shown(path).split("/") if part)


def _store(url: str) -> tuple[Any, str]:
    """Return the store of fsspec that an address is in, and the address within it."""
    from fsspec.core import url_to_fs  # noqa: PLC0415  loads asyncio, which most runs have no use for

    store, root = url_to_fs(url)
    return store, str(root)


def _in_archive(place: str, pattern: str) -> Place:
    from fsspec.utils import glob_translate  # noqa: PLC0415  as above

    path = local_path(place) if is_address(place) else Path(place)
    archive = LocalFile(path) if path else RemoteFile(place)
    if not is_archive(archive.name):
        raise AddressError(f"{shown(place)} is no .zip or .tar; name an archive after «::»")
    wanted = regex.compile(glob_translate(pattern or "**"))
    try:
        found = members(archive)
    except UnreadableFile as error:
        raise AddressError(f"{shown(place)}: {error}") from error
    chosen = tuple(
        Listed((archive.name, *listed.parts), listed.opener, listed.problem)
        for listed in found
        if wanted.fullmatch("/".join(listed.parts))
    )
    if not chosen:
        raise AddressError(f"nothing in {shown(place)} matches {pattern}; check the pattern")
    return Place(Path(os.path.abspath(path)).parent.parts if path else _parts(place)[:-1], chosen)
