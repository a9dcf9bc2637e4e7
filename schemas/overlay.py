"""A user's additions to the vocabularies, and which of them are in use.

The words of a process are those built in, or those with one overlay on top. An overlay is in use for the length of a
`with using(…)` block; before it and after it the built-in words are. What is made of the words is kept in caches that
`from_vocabulary` marks; they are emptied when the words change, so that nothing asks at each call.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Protocol, TypeVar

from msgspec import Struct

from schemas.strict_yaml import VocabularyError, parse


class Source(Struct, frozen=True):
    """A vocabulary file: the text, and what messages call it; `name` is that of the built-in file it adds to, or is."""

    name: str
    place: str
    text: str

    def codes(self) -> tuple[str, ...]:
        """Return the codes of the entries, in file order."""
        return tuple(parse(self.text, self.place))


class Overlay(Struct, frozen=True):
    """The additions of one folder, one source a file, sorted by name. It holds the texts, so it can be sent to workers
    that do not see the folder, and a change on disk does not reach a run that has begun."""

    place: str = ""
    sources: tuple[Source, ...] = ()

    def source(self, name: str) -> Source | None:
        """Return what is added to a built-in file, or None."""
        return next((source for source in self.sources if source.name == name), None)

    def codes(self, name: str) -> tuple[str, ...]:
        """Return the codes that are added, or added to, in a built-in file."""
        source = self.source(name)
        return source.codes() if source else ()


BUILT_IN = Overlay()


class _Cached(Protocol):
    def cache_clear(self) -> None: ...


C = TypeVar("C", bound=_Cached)
_MADE_OF_WORDS: list[_Cached] = []


def from_vocabulary(cached: C) -> C:
    """Mark a cached function whose results depend on the vocabularies: `@from_vocabulary` above `@cache`."""
    _MADE_OF_WORDS.append(cached)
    return cached


class _InUse:
    """The overlay in use, and how many blocks use it now."""

    def __init__(self) -> None:
        self.overlay = BUILT_IN
        self._users = 0
        self._lock = Lock()

    def enter(self, overlay: Overlay) -> None:
        with self._lock:
            if self._users and overlay != self.overlay:
                here = self.overlay.place or "the built-in ones"
                wanted = overlay.place or "the built-in ones"
                raise VocabularyError(
                    f"the vocabularies in use are {here}, and a process has one at a time; "
                    f"use {wanted} after that run, or in a process of its own"
                )
            self._change(overlay)
            self._users += 1

    def leave(self) -> None:
        with self._lock:
            self._users -= 1
            if not self._users:
                self._change(BUILT_IN)

    def _change(self, overlay: Overlay) -> None:
        if overlay != self.overlay:
            self.overlay = overlay
            for cached in _MADE_OF_WORDS:
                cached.cache_clear()


_IN_USE = _InUse()


def in_use() -> Overlay:
    """Return the overlay in use; BUILT_IN where there is none."""
    return _IN_USE.overlay


@contextmanager
def entered(overlay: Overlay) -> Iterator[None]:
    """Read with this overlay inside the block, in every thread of the process.

    Blocks with the same overlay may nest and run side by side. Raises VocabularyError where another one is in use.
    """
    _IN_USE.enter(overlay)
    try:
        yield
    finally:
        _IN_USE.leave()
