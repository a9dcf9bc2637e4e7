"""OUT/review: a page a document, a page a library, and the index; written beside its place and put there whole."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

import regex

from publish.review.document_page import page_data
from publish.review.index_page import entry, index_data
from publish.review.library_page import Library, library, series
from publish.review.rendering import render_document, render_index, render_library
from publish.review.reports import Cells, StoredReport

FOLDER = "review"
INDEX = "index.html"

# «0f3a9c2e1b7d.html», «lib-0df8c05c.html»: nothing that could lead out of the folder or be taken for an address
_ID = regex.compile(r"[0-9a-z](?:[0-9a-z-]{0,62}[0-9a-z])?+")
_PAGE = regex.compile(r"(?:index|[0-9a-f]{12}|lib-[0-9a-z-]{1,60})\.html")


class ReviewError(ValueError):
    """The pages cannot be written; the message says why and what to do. The folder is as it was."""


def write_review(out: Path, reports: Iterable[StoredReport], indicators: Iterable[Cells]) -> int:
    """Write the pages of an output into out/review and return how many documents have one.

    `reports` are taken one by one, the rows of `indicators` library by library, so memory holds one of them and the
    digests that the index is made of. A document without text, and the second of two with the same bytes, has no page.
    The folder is replaced as a whole. Raises ReviewError where other files are in it, or an id is no name of a file.
    """
    with _replaced(out / FOLDER) as folder:
        entries, pages = [], set[str]()
        for report in reports:
            entries.append(entry(report))
            document_id = report.document["document_id"]
            if report.text is not None and document_id not in pages:
                _write(folder, document_id, render_document(page_data(report)))
                pages.add(document_id)
        libraries = tuple(_libraries(folder, indicators, pages))
        _write(folder, "index", render_index(index_data(entries, pages, libraries)))
    return len(pages)


def review_files(out: Path) -> set[str]:
    """Return the paths, relative to `out`, of the pages that stand there."""
    return {f"{FOLDER}/{path.name}" for path in (out / FOLDER).glob("*.html") if _PAGE.fullmatch(path.name)}


def _libraries(folder: Path, indicators: Iterable[Cells], pages: Collection[str]) -> Iterator[Library]:
    for library_id, group in groupby(indicators, lambda row: row["library_id"]):
        rows = tuple(group)
        digest = library(rows)
        _write(folder, library_id, render_library(digest, series(rows, pages)))
        yield digest


def _write(folder: Path, name: str, page: str) -> None:
    if not _ID.fullmatch(name):
        raise ReviewError(f"«{name}» is no id that nianbao gives; the tables were changed: run `nianbao extract` again")
    (folder / f"{name}.html").write_bytes(page.encode("utf-8"))


@contextmanager
def _replaced(place: Path) -> Iterator[Path]:
    """Yield a new folder beside `place`; at the end it takes its place, or after an error it is gone."""
    strange = sorted(path.name for path in place.glob("*") if not _PAGE.fullmatch(path.name))
    if strange or (place.exists() and not place.is_dir()):
        raise ReviewError(f"{place} holds {', '.join(strange[:1])} that nianbao did not write; move that away")
    folder = place.parent / f".{place.name}.{secrets.token_hex(6)}.tmp"
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
