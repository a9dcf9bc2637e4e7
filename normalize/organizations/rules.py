"""A user's decisions, brought to the folded names that they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from msgspec import Struct

from normalize.organizations.decisions import Decision
from normalize.organizations.joins import Rules
from normalize.organizations.keys import Key
from normalize.organizations.mentions import Named

_APART = "≠"  # stands in no name: marks a spelling that a user keeps apart from its own folded name


class Decided(Struct, frozen=True):
    """The keys of all names, the pairs decided on, and a sentence for each name in the decisions that never occurs."""

    keys: Mapping[Named, Key]
    rules: Rules
    unused: tuple[str, ...]


def decide(keys: Mapping[Named, Key], decisions: Sequence[Decision]) -> Decided:
    """Return the keys and pairs after a user's decisions.

    A decision is about names spelled like its own in one region, or like its own without the region; names that are
    spelled in two regions only are the same body if that is said. Spellings of one folded name that are said to be
    different get keys of their own.
    """
    spelled = _by_spelling(keys)
    apart = {
        named
        for one in decisions
        if one.decision == "different"
        for named in _named(one.other, one, spelled)
        if any(keys[named] == keys[other] for other in _named(one.name, one, spelled) if other[3] != named[3])
    }
    own = {
        named: (key[0], f"{key[1]}{_APART}{named[3]}", key[2]) if named in apart else key for named, key in keys.items()
    }
    pairs: dict[str, set[tuple[Key, Key]]] = {"same": set(), "different": set()}
    for one in decisions:
        left, right = ({own[named] for named in _named(name, one, spelled)} for name in (one.name, one.other))
        pairs[one.decision].update(_pairs(left, right))
    different = frozenset(frozenset(pair) for pair in pairs["different"])
    return Decided(own, Rules(frozenset(pairs["same"]), different), tuple(_unused(decisions, spelled)))


def _by_spelling(keys: Iterable[Named]) -> Mapping[str, Sequence[Named]]:
    spelled: defaultdict[str, list[Named]] = defaultdict(list)
    for named in sorted(keys):
        for text in {named[2], named[3]}:
            spelled[text].append(named)
    return spelled


def _named(text: str, decision: Decision, spelled: Mapping[str, Sequence[Named]]) -> Sequence[Named]:
    wanted = (None, decision.region_code)
    found = [named for named in spelled.get(text, ()) if decision.region_code is None or named[0] in wanted]
    return [named for named in found if named[3] == text] or found


def _pairs(left: set[Key], right: set[Key]) -> Iterator[tuple[Key, Key]]:
    found = [(one, other) for one, other in product(left, right) if one != other]
    within = [pair for pair in found if pair[0][0] == pair[1][0]]
    return iter(within or found)


def _unused(decisions: Sequence[Decision], spelled: Mapping[str, Sequence[Named]]) -> Iterator[str]:
    for one in decisions:
        for name in (one.name, one.other):
            if not _named(name, one, spelled):
                yield f"{one.place}: no report names «{name}»; the line does nothing"
