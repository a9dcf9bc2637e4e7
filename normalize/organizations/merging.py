"""Which folded names are one body: each joins the better name that it is surely, or most likely, a spelling of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

import regex

from normalize.organizations.joins import AS_FREQUENT, NO_RULES, Groups, Join, Joins, Name, Rules, rank
from normalize.organizations.keys import Key
from normalize.organizations.likeness import Likeness, likeness, misspelt_ending
from normalize.organizations.near import NearNames
from schemas.organization_kinds import organization_kinds
from schemas.organization_words import organization_words

TOWNSHIP_SCORE = SHORT_SCORE = 90  # set by hand: surely the same name, but another body may bear it too
FREQUENT = 4  # a name met so often is no slip, unless the other is met AS_FREQUENT times as often
SHORTEST_NAME, SHORTEST_KINDLESS, LONGEST_KINDLESS = 2, 3, 12
SHORTEST_ENDING, LONGEST_ENDING = 3, 6  # characters of an ending that may be misspelt

_NAME_ALONE = regex.compile(r"\p{Han}++")
_NUMBER_ALONE = regex.compile(r"第?\d++号?")


def merge_names(names: Sequence[Name], rules: Rules = NO_RULES) -> Mapping[Key, Join]:
    """Return which names join which, by key; names that join none are bodies of their own.

    1. What a user has confirmed, and names of one reporting library.
    2. «南门社区» joins «仙岳山办事处南门社区», if the region has no other 南门社区.
    3. Of one region, kind and ending, the rarer name joins the one that it is a slip for (`likeness`), in the name
       proper or in the township.
    4. A name with a misspelt ending joins the body of the region that bears the rest («胖处所», «派出所»).
    5. A name without an ending joins the only body of the region that it is short for.

    The names most often met come first, so the result is the same in whatever order they are given.
    """
    ranked = sorted(names, key=rank)
    joins = Joins(ranked, rules)
    for step in (_confirmed(rules), _libraries, _townships, _slips, _misspelt_endings, _kindless):
        step(ranked, joins)
    return joins.made


def _confirmed(rules: Rules) -> Callable[[Sequence[Name], Joins], None]:
    groups = Groups(sorted(rules.same))

    def step(ranked: Sequence[Name], joins: Joins) -> None:
        chosen = {key for pair in rules.same for key in pair}
        _join_groups(
            [name for name in ranked if name.key in chosen], lambda name: groups.first(name.key), "confirmed", joins
        )

    return step


def _libraries(ranked: Sequence[Name], joins: Joins) -> None:
    own = [name for name in ranked if name.library_id]
    _join_groups(own, lambda name: name.library_id, "library", joins)


def _join_groups(names: Iterable[Name], group: Callable[[Name], object], reason: str, joins: Joins) -> None:
    """Let the names of a group join its best-ranked one that has a kind, if any has."""
    roots: dict[object, Name] = {}
    for name in names:
        root = roots.setdefault(group(name), name)
        if root is not name and root.kind:
            joins.join(name, root, Likeness(100, reason))


def _townships(ranked: Sequence[Name], joins: Joins) -> None:
    told: defaultdict[tuple[str, str, str, str], list[Name]] = defaultdict(list)
    for name in ranked:
        if name.form.township and _is_local(name.kind) and joins.is_root(name):
            told[_within_township(name)].append(name)
    for name in ranked:
        full = told.get(_within_township(name), [])
        if len(full) == 1 and not name.form.township and _is_own(name.form.proper):
            joins.join(name, full[0], Likeness(TOWNSHIP_SCORE, "township_prefix"))


def _within_township(name: Name) -> tuple[str, str, str, str]:
    return name.region, name.kind, name.form.proper, name.form.ending


def _is_local(kind: str) -> bool:
    return bool(kind) and organization_kinds()[kind].local


def _is_own(proper: str) -> bool:
    """Return whether a body is known by this in its whole region: «中心», «实验» and «第1» go along with a township."""
    generic = proper in organization_words()["generic"] or _NUMBER_ALONE.fullmatch(proper)
    return len(proper) >= SHORTEST_NAME and not generic


def _slips(ranked: Sequence[Name], joins: Joins) -> None:
    """Compare the names proper of one township, then the townships of one name: what is equal makes nothing alike."""
    told = [name for name in ranked if name.kind]
    _slips_within(told, lambda name: (*_block(name), name.form.township), lambda name: name.form.proper, joins)
    told = [name for name in told if name.form.township]
    _slips_within(told, lambda name: (*_block(name), name.form.proper), lambda name: name.form.township, joins)


def _slips_within(
    ranked: Sequence[Name], block_of: Callable[[Name], tuple[str, ...]], part: Callable[[Name], str], joins: Joins
) -> None:
    by_block = sorted((name for name in ranked if joins.is_root(name)), key=block_of)
    for _, block in groupby(by_block, key=block_of):  # the sort is stable: the best names come first in each block
        near, roots = NearNames(), dict[Key, Name]()
        for name in block:
            found = _best(name, part(name), near, roots) if joins.is_free(name) else None
            if found is None or not joins.join(name, *found):
                near.add(part(name), name.key)
                roots[name.key] = name


def _block(name: Name) -> tuple[str, str, str]:
    return name.region, name.kind, name.form.ending


def _best(name: Name, part: str, near: NearNames, roots: Mapping[Key, Name]) -> tuple[Name, Likeness] | None:
    """Return the name whose part this one's is most likely a slip for."""
    found = [(like, roots[key]) for known, key in near.near(part) if (like := likeness(part, known))]
    found = [(like, root) for like, root in found if not _both_frequent(name, root)]
    best = min(found, key=lambda pair: (-pair[0].score, rank(pair[1])), default=None)
    return (best[1], best[0]) if best else None


def _both_frequent(name: Name, root: Name) -> bool:
    return name.mentions >= FREQUENT and name.mentions * AS_FREQUENT > root.mentions


def _misspelt_endings(ranked: Sequence[Name], joins: Joins) -> None:
    bearing: defaultdict[tuple[str, str], list[Name]] = defaultdict(list)
    for name in ranked:
        if name.kind and name.kind != "other" and name.form.stem and joins.is_root(name):
            bearing[name.region, name.form.stem].append(name)
    for name in ranked:
        if name.kind in {"", "other"} and joins.is_free(name):
            for root, like in _with_ending_spelt(name, bearing):
                if joins.join(name, root, like):
                    break


def _with_ending_spelt(name: Name, bearing: Mapping[tuple[str, str], Sequence[Name]]) -> list[tuple[Name, Likeness]]:
    text = name.form.text
    found = []
    for length in range(SHORTEST_ENDING, min(LONGEST_ENDING, len(text) - SHORTEST_NAME) + 1):
        for root in bearing.get((name.region, text[:-length]), ()):
            if like := misspelt_ending(text[-length:], root.form.ending):
                found.append((root, like))
    return sorted(found, key=lambda pair: (-pair[1].score, rank(pair[0])))


def _kindless(ranked: Sequence[Name], joins: Joins) -> None:
    short = [name for name in ranked if not name.kind and joins.is_free(name) and _may_be_short(name.form.text)]
    regions = {name.region for name in short}
    whole: defaultdict[tuple[str, str], list[Name]] = defaultdict(list)
    near: defaultdict[str, NearNames] = defaultdict(NearNames)
    roots = {name.key: name for name in ranked if name.kind and name.region in regions and joins.is_root(name)}
    for name in roots.values():
        for stem in {name.form.stem, name.form.proper}:
            whole[name.region, stem].append(name)
        near[name.region].add(name.form.proper, name.key)
    for name in short:
        same = whole.get((name.region, name.form.text), [])
        if len(same) == 1 and _is_local(same[0].kind):  # a square or a station bears the name of the place around it
            joins.join(name, same[0], Likeness(SHORT_SCORE, "short_form"))
        elif not same:
            _join_if_single(name, near[name.region], roots, joins)


def _may_be_short(text: str) -> bool:
    is_name = SHORTEST_KINDLESS <= len(text) <= LONGEST_KINDLESS and _NAME_ALONE.fullmatch(text)
    return bool(is_name) and text not in organization_words()["generic"]


def _join_if_single(name: Name, near: NearNames, roots: Mapping[Key, Name], joins: Joins) -> None:
    text = name.form.text
    found = {key: like for stem, key in near.near(text) if (like := likeness(text, stem))}
    if len(found) == 1 and all(_is_local(key[2]) for key in found):
        ((key, like),) = found.items()
        joins.join(name, roots[key], like)
