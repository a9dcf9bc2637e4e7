"""Vocabularies: word lists as YAML entries, read strictly and checked once.

A file is a mapping of codes to entries. Every entry has a label and may have aliases (the words that stand for it),
look_alikes (texts that contain an alias and must not match) and examples (yes and no, checked by the tests).
Unknown keys, repeated keys and one alias under two codes are errors that name file and line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, ClassVar, NoReturn, TypeVar, cast

import regex
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from schemas.merging import ClashError, extended
from schemas.overlay import Overlay, Source, in_use
from schemas.strict_yaml import VocabularyError, line_at, line_of_word, packaged, parse, require_mapping

HAN = "々〇㐀-䶿一-鿿"  # Chinese characters as a class of `re`, which knows no scripts, up to U+FFFF

_NEAR = 0.85  # of 1: codes this alike may be a slip of the pen for one another


class Examples(BaseModel):
    """Texts that an entry must match (yes) and must not match (no)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


class Entry(BaseModel):
    """One word of a vocabulary: code, Chinese label, aliases, look-alikes, examples.

    `code_form` is how a code is written; `closed` are the lists that an overlay may not add to, because a longer one
    would let the entry match less.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    code_form: ClassVar[str] = r"[a-z][a-z0-9_]*"
    closed: ClassVar[frozenset[str]] = frozenset()

    code: str
    label: str
    aliases: tuple[str, ...] = ()
    look_alikes: tuple[str, ...] = ()
    examples: Examples = Examples()

    @property
    def spellings(self) -> tuple[str, ...]:
        """The words that may stand under this code only."""
        return self.aliases

    @field_validator("code")
    @classmethod
    def _is_a_code(cls, value: str) -> str:
        if not regex.fullmatch(cls.code_form, value):
            raise ValueError("write a code in lower-case letters, digits and _, beginning with a letter")
        return value

    @field_validator("label", "aliases", "look_alikes")
    @classmethod
    def _says_something(cls, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        for word in (value,) if isinstance(value, str) else value:
            if not word.strip() or len(word.splitlines()) > 1:
                raise ValueError(f"{word!r} is no word; a word is not blank and has no line end")
        return value


E = TypeVar("E", bound=Entry)


def load(name: str, model: type[E], text: str | None = None) -> dict[str, E]:
    """Return the entries of vocabulary/<name> by code, in file order, and after them those of the overlay in use.

    An entry of the overlay whose code is known adds to the lists of that entry (schemas/merging.py). `text` stands in
    for the packaged file and any overlay. Raises VocabularyError with file and line.
    """
    if text is not None:
        return _checked((Source(name, name, text),), model)
    return cast(dict[str, E], dict(_loaded(name, model, in_use())))


@lru_cache(maxsize=64)  # by overlay, so that going back to one costs no parsing
def _loaded(name: str, model: type[Entry], overlay: Overlay) -> Mapping[str, Entry]:
    return _checked(sources(name, overlay), model)


def sources(name: str, overlay: Overlay) -> tuple[Source, ...]:
    """Return the built-in file of this name and, where there is one, what the overlay adds to it."""
    added = overlay.source(name)
    return (Source(name, name, packaged("vocabulary", name)), *((added,) if added else ()))


def _checked(read: Sequence[Source], model: type[E]) -> dict[str, E]:
    entries: dict[str, E] = {}
    for source in read:
        for code, body in require_mapping(parse(source.text, source.place), source.place).items():
            entries[code] = _entry(code, body, entries, source, model)
    _refuse_shared_spellings(read, entries.values())
    return entries


def _entry(code: Any, body: Any, entries: Mapping[str, E], source: Source, model: type[E]) -> E:
    if not isinstance(code, str):
        _refuse(source, (code,), f"code {code!r} is no text; put it in quotes")
    if not isinstance(body, dict) or "code" in body:
        _refuse(source, (code,), f"entry {code!r} must be a mapping of keys to values, its code the key before it")
    known = entries.get(code)
    try:
        if known is None:
            return model.model_validate({**body, "code": code})
        return model.model_validate(extended(known.model_dump(mode="json", by_alias=True), body, model.closed))
    except ClashError as error:
        _refuse(source, (code, *error.path), f"entry {code!r}: {error}")
    except ValidationError as error:
        where, told = _told(error, model)
        near = get_close_matches(code, entries, n=1, cutoff=_NEAR) if known is None else []
        told += f"; or write {near[0]!r}, if that is the entry to add to" if near else ""
        # where an entry is added to, positions in its lists are not those of the file
        _refuse(source, (code, *(where if known is None else where[:1])), f"entry {code!r}: {told}")


def _told(error: ValidationError, model: type[Entry]) -> tuple[tuple[str | int, ...], str]:
    """Return where the first problem is, and all of them as one sentence."""
    problems = error.errors(include_url=False, include_input=False)
    told = [": ".join([*([".".join(map(str, one["loc"]))] if one["loc"] else []), _problem(one)]) for one in problems]
    if any(one["type"] == "extra_forbidden" for one in problems):
        told.append(f"known keys are {', '.join(name for name in model.model_fields if name != 'code')}")
    return problems[0]["loc"], "; ".join(told)


def _problem(one: Mapping[str, Any]) -> str:
    plain = {
        "missing": "is missing; add it",
        "extra_forbidden": "is no key of an entry; leave it out",
        "string_type": "is no text; put it in quotes",
        "tuple_type": "must be a list",
        "dict_type": "must be a mapping",
        "model_type": "must be a mapping",
    }
    return plain.get(one["type"], str(one["msg"]).removeprefix("Value error, "))


def _refuse(source: Source, path: Sequence[Any], problem: str) -> NoReturn:
    raise VocabularyError(f"{source.place}:{line_at(source.text, path)}: {problem}")


def refuse_entry(name: str, code: str, problem: str, text: str | None = None, key: str = "") -> NoReturn:
    """Raise VocabularyError at the last place where an entry of a vocabulary says something under a key."""
    read = (Source(name, name, text),) if text is not None else sources(name, in_use())
    told = [source for source in read if code in source.codes()]
    _refuse((told or read)[-1], (code, key) if key else (code,), f"entry {code!r}: {problem}")


def _refuse_shared_spellings(read: Sequence[Source], entries: Iterable[Entry]) -> None:
    owner: dict[str, str] = {}
    for entry in entries:
        for word in entry.spellings:
            if word in owner:
                _refuse_shared(word, (owner[word], entry.code), read)
            owner[word] = entry.code


def _refuse_shared(word: str, codes: tuple[str, str], read: Sequence[Source]) -> NoReturn:
    """Name both places, first the one in the overlay or, within a file, the later one."""
    if codes[0] == codes[1]:
        _refuse(read[-1], (codes[0], "aliases"), f"alias {word!r} stands twice under {codes[0]!r}; keep one")
    (rank, line, code), (last, last_line, last_code) = sorted(_place(word, code, read) for code in codes)
    also = f"{code!r} ({read[rank].place}:{line}{', built in' if rank < last else ''})"
    problem = f"alias {word!r} stands under {last_code!r} and under {also}; keep one"
    raise VocabularyError(f"{read[last].place}:{last_line}: {problem}")


def _place(word: str, code: str, read: Sequence[Source]) -> tuple[int, int, str]:
    """Return which source has a word under a code, on which line, and the code."""
    for rank, source in enumerate(read):
        line = line_of_word(source.text, code, word)
        if line is not None:
            return rank, line, code
    raise AssertionError(f"{word!r} does not stand under {code!r}")


def alternation(words: Iterable[str]) -> str:
    """Return a regex alternation of literal words, longest first, so that a longer word is never cut short.

    >>> alternation(["册", "册次"])
    '册次|册'
    """
    return "|".join(regex.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
