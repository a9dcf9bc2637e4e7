"""The bodies that reports name: which spellings are one body, and what is doubtful about that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from msgspec import Struct

from normalize.organizations.joins import NO_RULES, Groups, Join, Name, Rules
from normalize.organizations.keys import Form, Key, form_of
from normalize.organizations.mentions import Mention, Named
from normalize.organizations.merging import merge_names
from normalize.organizations.rows import Body, Spelling, doubtful_spellings, told
from schemas.document import Doubt

ID_DIGITS = 8


class Met(Struct, frozen=True):
    """A name as the reports have it: how often, the library_id where a reporting library bears it, where first, and how
    many mentions of any name came before that."""

    named: Named
    mentions: int
    library_id: str | None
    first: Mention
    before: int


class Found(Struct, frozen=True):
    """What is doubtful about a mention."""

    mention: Mention
    doubt: Doubt


class Merged(Struct, frozen=True):
    """Bodies with all their spellings, and one doubt a doubtful merge, where the name that was merged stands first."""

    bodies: tuple[Body, ...]
    found: tuple[Found, ...]


class Known(Struct, frozen=True):
    """What one report is linked with: the id of each of its names that is a body's, and what is doubtful about them."""

    ids: Mapping[Named, str]
    found: tuple[Found, ...] = ()


def merge(names: Sequence[Met], rules: Rules = NO_RULES, own: Mapping[Named, Key] | None = None) -> Merged:
    """Return the bodies among the names of one or more regions, in whatever order they are given.

    1. Names of one region that differ in width, brackets, numerals, like endings or a written-out region only
       («醴陵市南门中学», and «南门中学» in a report of 醴陵市) are one body.
    2. Of those that are left, some are slips or short names for others (normalize/organizations/merging.py); another
       number, another kind, another ending, another compass word or another region is another body.
    3. The name is the spelling with the full region if there is one, else the most frequent; the rest are aliases.

    `own` are the keys of names that a user keeps apart. Regions that hold together (see there) must come together; any
    others may come by themselves, with the same result.
    """
    forms = {met.named: form_of(met.named[2], met.named[1]) for met in names}
    keys = {named: key_of(named, form) for named, form in forms.items()} | dict(own or {})
    joins = merge_names(tuple(_names(names, forms, keys)), rules)
    bodies = tuple(_bodies(names, keys, joins))
    return Merged(bodies, tuple(_found(bodies, names)))


def key_of(named: Named, form: Form) -> Key:
    """Return what all spellings have in common that surely are one name."""
    return named[0], form.text, named[1]


def holding_together(libraries: Iterable[tuple[str, str]], rules: Rules) -> Mapping[str, tuple[str, ...]]:
    """Return each region that holds together with others, with all of them, sorted: a library (region, library_id) or a
    user's decision is in both."""
    of_library: dict[str, str] = {}
    shared = [(of_library.setdefault(library_id, region), region) for region, library_id in libraries]
    pairs = {pair for pair in (*shared, *((one[0], other[0]) for one, other in rules.same)) if pair[0] != pair[1]}
    groups = Groups(sorted(pairs))
    together: defaultdict[str, list[str]] = defaultdict(list)
    for region in sorted({region for pair in pairs for region in pair}):
        together[groups.first(region)].append(region)
    return {region: tuple(regions) for regions in together.values() for region in regions}


def numbered(keys: Iterable[Key]) -> dict[Key, str]:
    """Return the ids of bodies: «org-» and the first eight hexadecimal digits of the SHA-256 of region, folded name and
    kind; more where two of `keys` would share them, for the later one by the alphabet.

    An id does not change with the other reports of the batch; a body known by a misspelt or short name alone takes the
    id of the better name as soon as a report gives that.
    """
    taken: dict[str, Key] = {}
    for key in sorted(keys):
        digest = sha256("\t".join(key).encode()).hexdigest()
        length = ID_DIGITS
        while digest[:length] in taken:
            length += 1
        taken[digest[:length]] = key
    return {key: f"org-{digits}" for digits, key in taken.items()}


def _names(names: Iterable[Met], forms: Mapping[Named, Form], keys: Mapping[Named, Key]) -> Iterator[Name]:
    """Yield the folded names, each with the parts of its spelling that tells its township, if one does."""
    spelled: defaultdict[Key, list[Met]] = defaultdict(list)
    for met in names:
        spelled[keys[met.named]].append(met)
    for key, some in spelled.items():
        form = max((forms[met.named] for met in some), key=lambda form: (len(form.township), form.proper))
        library_id = min((met.library_id for met in some if met.library_id), default=None)
        yield Name(key, form, sum(met.mentions for met in some), library_id)


def _bodies(names: Iterable[Met], keys: Mapping[Named, Key], joins: Mapping[Key, Join]) -> Iterator[Body]:
    spelled: defaultdict[Key, list[Spelling]] = defaultdict(list)
    for met in sorted(names, key=lambda met: met.named):
        join = joins.get(keys[met.named])
        root = join.root if join else keys[met.named]
        if root[2]:  # a name of no kind that is short for nothing is no body
            spelled[root].append(Spelling(met.named, met.mentions, join, met.library_id))
    return (Body(root, tuple(spellings)) for root, spellings in spelled.items())


def _found(bodies: Iterable[Body], names: Iterable[Met]) -> Iterator[Found]:
    known = {met.named: met for met in names}
    for body in bodies:
        for doubtful in doubtful_spellings(body, lambda named: known[named].before):
            mention = known[doubtful.named].first
            yield Found(mention, Doubt("merged_name", told(body, doubtful), mention.char_start, mention.char_end))
