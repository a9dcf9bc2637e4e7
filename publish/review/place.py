"""Where the pages stand: OUT/review, a folder of nothing but pages, replaced as a whole."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import regex

FOLDER = "review"
INDEX = "index.html"

# «0f3a9c2e1b7d», «lib-0df8c05c»: nothing that could lead out of the folder or be taken for an address
_ID = r"[0-9a-f]{12}|lib-[\w-]{1,60}"
_PAGE = regex.compile(rf"(?:index|{_ID})\.html")


class ReviewError(ValueError):
    """The pages cannot be written; the message says why and what to do. What stands in the folder is as it was."""


def page_name(identifier: str) -> str:
    """Return the name of the page of a document or library; raises ReviewError where it would be no name of a page.

    >>> page_name("0123456789ab"), page_name("lib-0df8c05c")
    ('0123456789ab.html', 'lib-0df8c05c.html')
    """
    name = f"{identifier}.html"
    if not _PAGE.fullmatch(name) or name == INDEX:
        raise ReviewError(f"«{identifier}» is no id that nianbao gives; run `nianbao extract` again to write OUT anew")
    return name


def page_kind(name: str) -> str:
    """Return what a page shows: all documents, a library or a document.

    >>> page_kind("review/index.html"), page_kind("lib-0df8c05c.html"), page_kind("0123456789ab.html")
    ('index', 'library', 'document')
    """
    stem = name.rpartition("/")[2].removesuffix(".html")
    return "library" if stem.startswith("lib-") else "index" if f"{stem}.html" == INDEX else "document"


def page_file(out: Path, name: str) -> Path | None:
    """Return where the page of a name stands in `out`; None where there is none, or the name is no name of a page."""
    path = out / FOLDER / name if _PAGE.fullmatch(name) else None
    return path if path is not None and path.is_file() and not path.is_symlink() else None


def review_files(out: Path) -> set[str]:
    """Return the paths, relative to `out`, of the pages that stand there."""
    return {f"{FOLDER}/{path.name}" for path in (out / FOLDER).glob("*.html") if _PAGE.fullmatch(path.name)}


@contextmanager
def replaced(out: Path) -> Iterator[Path]:
    """Yield a new folder in `out`; at the end it takes the place of out/review, or after an error it is gone.

    Raises ReviewError where out/review holds anything but pages.
    """
    place = out / FOLDER
    strange = [place.name] if place.is_file() or place.is_symlink() else sorted(path.name for path in place.glob("*"))
    strange = [name for name in strange if not _PAGE.fullmatch(name)]
    if strange:
        raise ReviewError(f"{place} holds {strange[0]}, which nianbao did not write; move that away")
    folder = out / f".{FOLDER}.{secrets.token_hex(6)}.tmp"
    old = folder.with_suffix(".old")
    folder.mkdir()
    try:
        yield folder
        if place.exists():
            place.rename(old)
        folder.rename(place)
    except BaseException:
        if old.exists() and not place.exists():
            old.rename(place)
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)
