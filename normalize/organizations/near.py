"""Which names may be a slip for which, found without comparing each with each: the work grows as the names do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from normalize.organizations.keys import Key
from normalize.organizations.likeness import sounds

FULLEST = 8  # names that share one clue and are compared with; a clue of more tells little
LONG = 9  # characters from which one put for another leaves names alike enough

_Clue = tuple[str | int, ...]


class NearNames:
    """Names by the clues that a slip leaves standing: all but one of the characters in order, or the sounds.

    Each name has as many clues as it has characters, twice that where it is long. Names are added best first, so those
    that a full clue turns away are the rarer ones.
    """

    def __init__(self) -> None:
        self._by_clue: defaultdict[_Clue, list[tuple[str, Key]]] = defaultdict(list)

    def add(self, name: str, key: Key) -> None:
        """Take in a name, with the key that `near` is to give for it."""
        less = (("less", shorter) for shorter in _one_less(name))
        for clue in {("whole", name), ("sounds", *sounds(name)), *less, *_put_for_another(name)}:
            known = self._by_clue[clue]
            if len(known) < FULLEST:
                known.append((name, key))

    def near(self, name: str) -> list[tuple[str, Key]]:
        """Return the names taken in that differ by no more than a slip, and maybe some that differ by more."""
        whole = (("whole", shorter) for shorter in _one_less(name))
        clues = {("whole", name), ("sounds", *sounds(name)), ("less", name), *whole, *_put_for_another(name)}
        return sorted({found for clue in clues for found in self._by_clue.get(clue, ())})


def _put_for_another(name: str) -> Iterator[_Clue]:
    if len(name) >= LONG:
        for place in range(len(name)):
            yield ("put", place, name[:place] + name[place + 1 :])


def _one_less(name: str) -> set[str]:
    return {name[:place] + name[place + 1 :] for place in range(len(name))}
