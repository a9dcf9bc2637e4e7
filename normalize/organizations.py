"""The bodies that reports name: one row a body, whatever its spellings, and one row a spelling."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from msgspec import Struct

from normalize.organization_decisions import Decision
from normalize.organization_joins import Join, Name
from normalize.organization_keys import Key, form_of
from normalize.organization_mentions import Mention, Named
from normalize.organization_merging import merge_names
from normalize.organization_rows import Body, Spelling, alias_rows, doubtful_spellings, organization_row, told
from normalize.organization_rules import decide
from schemas.document import Doubt
from schemas.panel_rows import OrganizationAliasRow, OrganizationRow

ID_DIGITS = 8


class Found(Struct, frozen=True):
    """What is doubtful about a mention."""

    mention: Mention
    doubt: Doubt


class Merged(Struct, frozen=True):
    """The bodies of many reports; `ids` of every name met that is a body's, `found` by document, `unused` decisions."""

    organizations: tuple[OrganizationRow, ...]
    aliases: tuple[OrganizationAliasRow, ...]
    ids: Mapping[Named, str]
    found: Mapping[str, tuple[Found, ...]]
    unused: tuple[str, ...]


class _Met(Struct, frozen=True):
    """All that was met, by name: how often, where first, and as which reporting library."""

    counts: Counter[Named]
    first: dict[Named, Mention]
    libraries: dict[Named, str]


def merge(mentions: Iterable[Mention], decisions: Sequence[Decision] = ()) -> Merged:
    """Return the bodies that are named, in whatever order the reports come; rows sorted by name and region.

    1. Names of one region that differ in width, brackets, numerals, like endings or a written-out region only
       («醴陵市南门中学», and «南门中学» in a report of 醴陵市) are one body.
    2. Of those that are left, some are slips or short names for others (normalize/organization_merging.py); another
       number, another kind, another ending, another compass word or another region is another body.
    3. The name is the spelling with the full region if there is one, else the most frequent; the rest are aliases.
    4. The id is «org-» and the first eight hexadecimal digits of the SHA-256 of region, folded name and kind (more
       where two bodies would share them). It does not change with the other reports of the batch; a body known by a
       misspelt or short name alone takes the id of the better name as soon as a report gives that.

    Memory grows with the distinct names, not with the mentions.
    """
    met = _met(mentions)
    forms = {named: form_of(named[2], named[1]) for named in met.counts}
    keys: dict[Named, Key] = {named: (named[0], form.text, named[1]) for named, form in forms.items()}
    decided = decide(keys, decisions)
    joins = merge_names(tuple(_names(met, decided.keys)), decided.rules)
    return _merged(met, decided.keys, joins, decided.unused)


def _met(mentions: Iterable[Mention]) -> _Met:
    met = _Met(Counter(), {}, {})
    for mention in mentions:
        met.counts[mention.named] += 1
        met.first.setdefault(mention.named, mention)
        if mention.library_id:
            known = met.libraries.get(mention.named, mention.library_id)
            met.libraries[mention.named] = min(known, mention.library_id)
    return met


def _names(met: _Met, keys: Mapping[Named, Key]) -> Iterator[Name]:
    """Yield the folded names, each with the parts of its spelling that tells its township, if one does."""
    spelled: defaultdict[Key, list[Named]] = defaultdict(list)
    for named, key in keys.items():
        spelled[key].append(named)
    for key, names in spelled.items():
        form = max((form_of(named[2], named[1]) for named in names), key=lambda form: (len(form.township), form.proper))
        library_id = min((met.libraries[named] for named in names if named in met.libraries), default=None)
        yield Name(key, form, sum(met.counts[named] for named in names), library_id)


def _merged(met: _Met, keys: Mapping[Named, Key], joins: Mapping[Key, Join], unused: tuple[str, ...]) -> Merged:
    spelled: defaultdict[Key, list[Spelling]] = defaultdict(list)
    for named in sorted(keys):
        join = joins.get(keys[named])
        root = join.root if join else keys[named]
        if root[2]:  # a name of no kind that is short for nothing is no body
            spelled[root].append(Spelling(named, met.counts[named], join, met.libraries.get(named)))
    ids = _ids(sorted(spelled))
    bodies = [Body(ids[root], root, tuple(spellings)) for root, spellings in spelled.items()]
    rows = map(organization_row, bodies)
    aliases = (row for body in bodies for row in alias_rows(body))
    return Merged(
        tuple(sorted(rows, key=lambda row: (row.name, row.region_code or "", row.kind, row.organization_id))),
        tuple(sorted(aliases, key=lambda row: (row.organization_id, row.reason != "canonical", row.name))),
        {spelling.named: body.organization_id for body in bodies for spelling in body.spellings},
        _found(bodies, met),
        unused,
    )


def _ids(keys: Sequence[Key]) -> dict[Key, str]:
    taken: dict[str, Key] = {}
    for key in keys:
        digest = sha256("\t".join(key).encode()).hexdigest()
        length = ID_DIGITS
        while digest[:length] in taken:
            length += 1
        taken[digest[:length]] = key
    return {key: f"org-{digits}" for digits, key in taken.items()}


def _found(bodies: Iterable[Body], met: _Met) -> Mapping[str, tuple[Found, ...]]:
    """Return one doubt a doubtful merge, by the document that holds the first place of the name that was merged."""
    found: defaultdict[str, list[Found]] = defaultdict(list)
    order = {named: number for number, named in enumerate(met.first)}
    for body in bodies:
        for doubtful in doubtful_spellings(body, order):
            mention = met.first[doubtful.named]
            doubt = Doubt("merged_name", told(body, doubtful), mention.char_start, mention.char_end)
            found[mention.document_id].append(Found(mention, doubt))
    return {document: tuple(doubts) for document, doubts in found.items()}
