"""Vocabularies: word lists as YAML entries, read strictly and checked once.

A file is a mapping of codes to entries. Every entry has a label and may have aliases (the words that stand for it),
look_alikes (texts that contain an alias and must not match) and examples (yes and no, checked by the tests).
Unknown keys, repeated keys and one alias under two codes are errors that name file and line.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import regex
from pydantic import BaseModel, ConfigDict, ValidationError

from schemas.strict_yaml import packaged, parse, refuse, require_mapping


class Examples(BaseModel):
    """Texts that an entry must match (yes) and must not match (no)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


class Entry(BaseModel):
    """One word of a vocabulary: code, Chinese label, aliases, look-alikes, examples."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    label: str
    aliases: tuple[str, ...] = ()
    look_alikes: tuple[str, ...] = ()
    examples: Examples = Examples()


E = TypeVar("E", bound=Entry)


def load(name: str, model: type[E], text: str | None = None) -> dict[str, E]:
    """Return the entries of vocabulary/<name> by code, in file order.

    `text` stands in for the packaged file (user vocabularies, tests). Raises VocabularyError with file and line.
    """
    text = packaged("vocabulary", name) if text is None else text
    entries: dict[str, E] = {}
    for code, body in require_mapping(parse(text, name), name).items():
        try:
            entries[code] = model(code=code, **body)
        except (ValidationError, TypeError) as error:
            refuse(name, text, f"{code}:", f"entry {code!r}: {error}")
    _refuse_shared_aliases(name, text, entries.values())
    return entries


def _refuse_shared_aliases(name: str, text: str, entries: Iterable[Entry]) -> None:
    owner: dict[str, str] = {}
    for entry in entries:
        for alias in entry.aliases:
            if alias in owner:
                problem = f"alias {alias!r} stands under {owner[alias]!r} and {entry.code!r}; keep one"
                refuse(name, text, f"{entry.code}:", problem)
            owner[alias] = entry.code


def alternation(words: Iterable[str]) -> str:
    """Return a regex alternation of literal words, longest first, so that a longer word is never cut short.

    >>> alternation(["册", "册次"])
    '册次|册'
    """
    return "|".join(regex.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
