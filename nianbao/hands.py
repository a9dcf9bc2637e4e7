"""The processes of a run: they read, and when all is read they do what of the writing needs no file.

What of it must be done in order is done in the first process, but for SQLite, which has one of its own (nianbao.apart).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from nianbao.inputs import Input
from nianbao.workers import Crew, Lost
from schemas.overlay import Overlay

_WINDOW = 128  # pieces under way or waiting for their turn, so that one that takes long does not fill the memory
_WORTH = 50  # pieces that a process more is worth: loading the words takes about as long
_WORTH_A_WRITER = 500  # reports that a process to write them is worth: with two cores, fewer take as long without it


class Piece(Protocol):
    """Work that needs nothing but what it holds, and gives the same bytes wherever it is done."""

    def done(self) -> bytes:
        """Do it."""


P = TypeVar("P", bound=Piece)


class Hands:
    """What one process does with what it is given: read an input, or do a piece of the writing."""

    def __init__(self, reader: Callable[[Overlay], Callable[[Input], bytes]], overlay: Overlay) -> None:
        self._read = reader(overlay)

    def __call__(self, task: Input | Piece) -> bytes:
        """Return what became of the task."""
        return self._read(task) if isinstance(task, Input) else task.done()


class Pieces:
    """Does pieces in turn: in the processes of `crew`, where `count` reports are worth it, else here."""

    def __init__(self, crew: Crew[Input | Piece] | None = None, count: int = 0) -> None:
        self._crew = crew
        self._size = max(crew.at_work, min(crew.size, count // _WORTH)) if crew else 0
        self._writers = min(self._size - 1, count // _WORTH_A_WRITER)  # one worker is for a machine of one core

    @property
    def apart(self) -> bool:
        """Whether other processes do them."""
        return self._size > 0

    @property
    def worth_a_writer(self) -> bool:
        """Whether what comes of them is so much that one more process should write (nianbao.apart)."""
        return self._writers > 0

    def each(self, pieces: Iterable[P]) -> Iterator[tuple[P, bytes]]:
        """Yield each piece with what it gave, in the order given; they are taken as they are needed."""
        return self._in_turn(pieces) if self.apart else ((piece, piece.done()) for piece in pieces)

    def _in_turn(self, pieces: Iterable[P]) -> Iterator[tuple[P, bytes]]:
        assert self._crew
        given: deque[P] = deque()
        done: dict[int, bytes] = {}
        for outcome in self._crew.work(_noted(pieces, given), self._size):
            task: P = outcome.task  # type: ignore[assignment]  # the crew gives back what it was given
            # what takes a process down is done here, where no limit holds, as in a run without processes
            done[id(task)] = task.done() if isinstance(outcome, Lost) else outcome.result
            while given and id(given[0]) in done:
                piece = given.popleft()
                yield piece, done.pop(id(piece))


def _noted(pieces: Iterable[P], given: deque[P]) -> Iterator[P | None]:
    """Yield the pieces and put them down in `given`; None, and no piece is taken, as long as the window is full."""
    coming = iter(pieces)
    while True:
        if len(given) >= _WINDOW:
            yield None
            continue
        piece = next(coming, None)
        if piece is None:
            return
        given.append(piece)
        yield piece
