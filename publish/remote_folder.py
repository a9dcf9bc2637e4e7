"""An output at an address that fsspec opens, such as s3://bucket/out: written here first, then put there whole.

A store has no renaming of folders, so what stands there is told by its datapackage.json: while files are being put in
place it says «unfinished» and names the earlier files and the new ones, and the true one is put there last. Where the
way breaks off, the next run knows what is there for an output of nianbao, and puts it right.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import regex

from publish.datapackage import FILE_NAME, NAME
from publish.folder import RUN_FILE, TEXT_FOLDER, described, is_text_name, own_names
from publish.formats import DEFAULT, formats
from publish.placing import WORKSHOP
from publish.ways_out import OutputError

UNFINISHED = "nianbao:unfinished"

# two letters at least: «C://» is a drive
_ADDRESS = regex.compile(r"[a-z][a-z0-9+.-]++://")
_USER = regex.compile(r"(?<=//)[^/@]++@")


class UploadError(OSError):
    """The way to the address broke off; the message says where, and that running again puts it right."""


def is_address(out: str) -> bool:
    """Whether an output is to go to an address of fsspec, not to a folder of this machine.

    >>> [is_address(out) for out in ("s3://bucket/out", "C://out", "out")]
    [True, False, False]
    """
    return bool(_ADDRESS.match(out))


def check_remote(url: str, asked: str | Iterable[str] = DEFAULT) -> None:
    """Raise OutputError unless the address can be reached and nothing that nianbao did not write is in the way."""
    store, root = _opened(url)
    strange = _entries(store, root, url) - _written(store, root)
    in_the_way = sorted(path for path in strange if path.partition("/")[0] in own_names(formats(asked)))
    if in_the_way:
        more = f" and {len(in_the_way) - 1} more" if len(in_the_way) > 1 else ""
        raise OutputError(
            f"{_shown(url)} holds {in_the_way[0]}{more}, which nianbao did not write; move that away or give --out a "
            "new address"
        )


@contextmanager
def remote_output(url: str) -> Iterator[Path]:
    """Yield a folder of this machine that is to become an output, and put that at the address `url` at the end.

    Raises UploadError where the way there breaks off.
    """
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "out"
        yield folder
        try:
            _put(folder, *_opened(url))
        except Exception as error:  # every store has errors of its own
            raise UploadError(
                f"the way to {_shown(url)} broke off ({_said(error)}); what is there is marked as unfinished: mend "
                "that and run again"
            ) from error


def _put(folder: Path, store: Any, root: str) -> None:
    new = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    new = {name for name in new if not name.startswith(f"{WORKSHOP}/")}
    old = _written(store, root)
    marker = folder.parent / FILE_NAME
    marker.write_bytes(_unfinished(old | new))
    # put_file, which makes the folders above where a store has such; makedirs would make a bucket of a mistyped name
    store.put_file(str(marker), posixpath.join(root, FILE_NAME))
    for name in sorted(old - new):
        path = posixpath.join(root, name)
        if store.exists(path):
            store.rm_file(path)
    names = sorted(new - {FILE_NAME})
    store.put([str(folder / name) for name in names], [posixpath.join(root, name) for name in names])
    store.put_file(str(folder / FILE_NAME), posixpath.join(root, FILE_NAME))


def _unfinished(names: set[str]) -> bytes:
    resources = [{"name": name, "path": name} for name in sorted(names - {FILE_NAME})]
    return json.dumps({"name": NAME, UNFINISHED: True, "resources": resources}, ensure_ascii=False).encode("utf-8")


def _opened(url: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs  # noqa: PLC0415  loads asyncio, which most runs have no use for

    try:
        store, root = url_to_fs(url)
    except Exception as error:
        raise OutputError(f"{_shown(url)} cannot be opened ({_said(error)}); check the address of --out") from error
    return store, str(root).rstrip("/")


def _entries(store: Any, root: str, url: str) -> set[str]:
    try:
        store.invalidate_cache()
        return {str(path)[len(root) :].lstrip("/") for path in store.find(root)} - {""}
    except FileNotFoundError:
        return set()
    except Exception as error:
        raise OutputError(
            f"{_shown(url)} cannot be looked into ({_said(error)}); check the address and the credentials"
        ) from error


def _written(store: Any, root: str) -> set[str]:
    """Return the paths of what nianbao wrote there, by its datapackage.json."""
    try:
        names = described(store.cat_file(posixpath.join(root, FILE_NAME)))
    except FileNotFoundError:
        return set()
    if not names:
        return set()
    folder = posixpath.join(root, TEXT_FOLDER)
    texts = store.find(folder) if store.exists(folder) else ()
    found = (posixpath.basename(path) for path in texts)
    own = {RUN_FILE} if store.exists(posixpath.join(root, RUN_FILE)) else set()
    own |= {name for name in names if ".." not in name.split("/")}
    return own | {f"{TEXT_FOLDER}/{name}" for name in found if is_text_name(name)}


def _said(error: Exception) -> str:
    return _shown(" ".join(str(error).split())) or type(error).__name__


def _shown(text: str) -> str:
    """Return a text without the name and the password that may stand in an address."""
    return _USER.sub("", text)
