"""Folded names and the joins between them: what may join what, whichever rule proposes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from msgspec import Struct

from normalize.organizations.keys import Form, Key
from normalize.organizations.likeness import Likeness, is_doubled

AS_FREQUENT = 4  # so many times as often as another, a name is the right one although the other looks better


class Name(Struct, frozen=True):
    """A folded name with how often it was met, and the library_id where a reporting library bears it."""

    key: Key
    form: Form
    mentions: int
    library_id: str | None = None

    @property
    def region(self) -> str:
        """The region's code, or what stands for it."""
        return self.key[0]

    @property
    def kind(self) -> str:
        """The code of the kind, or nothing where no ending tells it."""
        return self.key[2]


class Join(Struct, frozen=True):
    """The better name that a name joins, how like they are (0 to 100) and why."""

    root: Key
    score: int
    reason: str


class Rules(Struct, frozen=True):
    """Pairs of keys that a user has decided on."""

    same: frozenset[tuple[Key, Key]] = frozenset()
    different: frozenset[frozenset[Key]] = frozenset()


NO_RULES = Rules()

T = TypeVar("T", str, Key)


class Groups(Generic[T]):
    """Things that pairs hold together, directly or by others."""

    def __init__(self, pairs: Iterable[tuple[T, T]]) -> None:
        self._above: dict[T, T] = {}
        for one, other in pairs:
            first, second = sorted((self.first(one), self.first(other)))
            if first != second:
                self._above[second] = first

    def first(self, thing: T) -> T:
        """Return what stands for the group of a thing: the least of its things."""
        while thing in self._above:
            above = self._above[thing]
            self._above[thing] = self._above.get(above, above)  # halves the way for the next who asks
            thing = above
        return thing


class Joins:
    """The joins while they are made. A name that others have joined joins none itself, so no chain of doubts grows."""

    def __init__(self, names: Iterable[Name], rules: Rules) -> None:
        self.made: dict[Key, Join] = {}
        self._members = {name.key: [name] for name in names}
        self._different = rules.different

    def is_free(self, name: Name) -> bool:
        """Return whether a name stands alone so far."""
        return name.key not in self.made and len(self._members[name.key]) == 1

    def is_root(self, name: Name) -> bool:
        """Return whether a name has joined no other."""
        return name.key not in self.made

    def join(self, name: Name, root: Name, like: Likeness) -> bool:
        """Let a name join another, if neither a user nor two library_ids keep it, or one of those joined, apart."""
        if not (self.is_free(name) and self.is_root(root)) or any(
            self._apart(name, one) for one in self._members[root.key]
        ):
            return False
        self.made[name.key] = Join(root.key, like.score, like.reason)
        self._members[root.key].append(name)
        return True

    def _apart(self, name: Name, other: Name) -> bool:
        two_libraries = name.library_id and other.library_id and name.library_id != other.library_id
        return bool(two_libraries) or frozenset((name.key, other.key)) in self._different


def rank(name: Name) -> tuple[bool, bool, bool, float, Key]:
    """Return what sorts the better names first: libraries, names with a kind, the frequent, those written plainly."""
    weight = name.mentions / AS_FREQUENT if is_doubled(name.form.stem) else name.mentions
    return name.library_id is None, not name.kind, name.kind == "other", -weight, name.key
