"""The vocabulary of libraries whose region their names do not tell."""

from __future__ import annotations

from functools import cache

from schemas.overlay import from_vocabulary
from schemas.places import gazetteer
from schemas.words import Entry, load, refuse_entry

FILE = "named_libraries.yaml"


class NamedLibrary(Entry):
    """A library whose region its name does not tell; `region` is a code of places.tsv."""

    region: str


@from_vocabulary
@cache
def named_library_entries() -> dict[str, NamedLibrary]:
    """Return the libraries by code; raises VocabularyError where a region is no code of the list of places."""
    entries = load(FILE, NamedLibrary)
    for entry in entries.values():
        if entry.region not in gazetteer().by_code:
            problem = f'region {entry.region!r} is no code of GB/T 2260; write six digits in quotes, such as "430281"'
            refuse_entry(FILE, entry.code, problem, key="region")
    return entries
