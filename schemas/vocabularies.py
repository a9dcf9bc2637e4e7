"""All vocabularies together: what they are called, how a user's folder adds to them, and which rules are in use."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

from msgspec import Struct

from schemas.event_kinds import event_kinds
from schemas.indicator_labels import label_entries
from schemas.measure_words import measure_words
from schemas.metrics import metrics
from schemas.named_libraries import named_library_entries
from schemas.organization_kinds import organization_kinds
from schemas.overlay import BUILT_IN, Overlay, Source, entered, from_vocabulary, in_use
from schemas.sections import section_kinds
from schemas.strict_yaml import VocabularyError
from schemas.table_kinds import table_kinds
from schemas.untrusted_yaml import read_untrusted
from schemas.words import Entry, load

PathLike = str | os.PathLike[str]


class Vocabulary(Struct, frozen=True):
    """One vocabulary that can be added to: what the command line calls it, its file, and its entries in use."""

    kind: str
    file: str
    entries: Callable[[], Mapping[str, Entry]]


VOCABULARIES = (
    Vocabulary("metrics", "metrics.yaml", metrics),
    Vocabulary("labels", "indicator_labels.yaml", label_entries),
    Vocabulary("units", "measure_words.yaml", measure_words),
    Vocabulary("tables", "table_kinds.yaml", table_kinds),
    Vocabulary("sections", "section_kinds.yaml", section_kinds),
    Vocabulary("events", "event_kinds.yaml", event_kinds),
    Vocabulary("settings", "settings.yaml", partial(load, "settings.yaml", Entry)),
    Vocabulary("organizations", "organization_kinds.yaml", organization_kinds),
    Vocabulary("libraries", "named_libraries.yaml", named_library_entries),
    Vocabulary("names", "numeral_names.yaml", partial(load, "numeral_names.yaml", Entry)),
    Vocabulary("furniture", "page_furniture.yaml", partial(load, "page_furniture.yaml", Entry)),
)
KINDS = tuple(vocabulary.kind for vocabulary in VOCABULARIES)


def read_overlay(directory: PathLike | None) -> Overlay:
    """Return the additions in a folder, or BUILT_IN for None.

    The folder holds files named like those of schemas/vocabulary that can be added to; hidden files and notes (.md) are
    passed over. Raises VocabularyError where it holds anything else, or nothing. What the files say is checked when
    they come into use (`using`).
    """
    if directory is None:
        return BUILT_IN
    folder = Path(directory)
    if not folder.is_dir():
        raise VocabularyError(f"{folder} is no folder; name the folder that holds your vocabulary files")
    known = [vocabulary.file for vocabulary in VOCABULARIES]
    paths = sorted(path for path in folder.iterdir() if not (path.name.startswith(".") or path.suffix == ".md"))
    if strange := [path for path in paths if path.name not in known]:
        raise VocabularyError(f"{strange[0]} is no vocabulary that can be added to; known are {', '.join(known)}")
    if not paths:
        raise VocabularyError(f"{folder} holds no vocabulary; it can hold {', '.join(known)}")
    return Overlay(str(folder), tuple(Source(path.name, str(path), read_untrusted(path)) for path in paths))


@contextmanager
def using(overlay: Overlay) -> Iterator[None]:
    """Read with this overlay inside the block, in every thread of the process; all its files are checked first.

    A worker process enters it with the Overlay that it was sent. Raises VocabularyError where a file breaks its
    contract (file, line, what to do), or where another overlay is in use.
    """
    with entered(overlay):
        if overlay.sources:
            for vocabulary in VOCABULARIES:
                vocabulary.entries()
        yield


@from_vocabulary
@cache
def fingerprint() -> str:
    """Return the SHA-256 of the rules in use: the version of nianbao, every built-in word list, and the overlay.

    Two runs with the same fingerprint read the same report in the same way. Where an overlay lies has no part in it.
    """
    digest = sha256()
    for name, text in _rules():
        for part in (name, text):
            raw = part.encode("utf-8")
            digest.update(b"%d:" % len(raw) + raw)
    return digest.hexdigest()


def _rules() -> Iterator[tuple[str, str]]:
    try:
        yield "version", version("nianbao")
    except PackageNotFoundError:  # run from a source tree that was never installed
        yield "version", "unknown"
    for path in sorted(files("schemas").joinpath("vocabulary").iterdir(), key=lambda path: path.name):
        if path.name.endswith((".yaml", ".tsv")):
            yield path.name, path.read_text(encoding="utf-8")
    for source in in_use().sources:
        yield f"added to {source.name}", source.text
