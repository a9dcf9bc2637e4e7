"""The examples that vocabulary entries carry, read as a report would be: do the words do what they are meant to?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from extract.claims import named_spans
from extract.folding import fold
from extract.furniture import is_furniture
from nianbao.pipeline import process
from normalize.identity.places import find_place
from normalize.organizations.names import body_names
from normalize.tables.headers import match_header, named_kinds
from normalize.tables.label_metrics import metric_of_label
from normalize.tables.settings import setting_of
from schemas.document import Block, Document
from schemas.event_kinds import event_words
from schemas.named_libraries import named_library_entries
from schemas.overlay import Overlay
from schemas.rows import DocumentRow, FactRow
from schemas.sections import kind_of_heading
from schemas.table_kinds import table_kinds
from schemas.vocabularies import VOCABULARIES, PathLike, read_overlay, using
from schemas.words import Entry

_NOWHERE = DocumentRow("", "", "")


class Example(Struct, frozen=True):
    """One example as it was read: `wanted` says whether `code` should be among the codes `read`.

    `added` says whether the entry is new in the overlay, or added to there.
    """

    kind: str
    code: str
    text: str
    wanted: bool
    read: tuple[str, ...]
    added: bool

    @property
    def right(self) -> bool:
        """Whether it was read as the entry says."""
        return (self.code in self.read) == self.wanted


class Checked(Struct, frozen=True):
    """What the examples say of a folder: `own` are those of its entries, `others` those of entries it leaves alone,
    whose reading its words may harm; `untested` are (kind, code) of its entries without any."""

    own: tuple[Example, ...]
    others: tuple[Example, ...]
    untested: tuple[tuple[str, str], ...]

    @property
    def wrong(self) -> tuple[Example, ...]:
        """The examples that are not read as their entries say."""
        return tuple(example for example in (*self.own, *self.others) if not example.right)


def check_folder(folder: PathLike) -> Checked:
    """Load a folder of additions and read all examples with them; raises VocabularyError where it cannot be used."""
    overlay = read_overlay(folder)
    with using(overlay):
        examples = tuple(_check(overlay))
        return Checked(
            own=tuple(example for example in examples if example.added),
            others=tuple(example for example in examples if not example.added),
            untested=tuple(_untested(overlay)),
        )


def _check(overlay: Overlay) -> Iterator[Example]:
    for vocabulary in VOCABULARIES:
        added = overlay.codes(vocabulary.file)
        read = READERS[vocabulary.kind]
        for entry in vocabulary.entries().values():
            for text, wanted in _examples(entry):
                yield Example(vocabulary.kind, entry.code, text, wanted, read(text, entry), entry.code in added)


def _examples(entry: Entry) -> Iterator[tuple[str, bool]]:
    yield from ((text, True) for text in entry.examples.yes)
    yield from ((text, False) for text in entry.examples.no)


def _untested(overlay: Overlay) -> list[tuple[str, str]]:
    return [
        (vocabulary.kind, code)
        for vocabulary in VOCABULARIES
        for code in overlay.codes(vocabulary.file)
        if not any(_examples(vocabulary.entries()[code]))
    ]


def _facts(text: str) -> tuple[FactRow, ...]:
    sentence = f"{text}。"
    return process(Document("", "", "text/plain", "", sentence, (Block(0, len(sentence), 1),))).facts


def _metrics(text: str, _: Entry) -> tuple[str, ...]:
    return _distinct(fact.metric for fact in _facts(text))


def _units(text: str, _: Entry) -> tuple[str, ...]:
    return _distinct(fact.unit for fact in _facts(text))


def _tables(caption: str, entry: Entry) -> tuple[str, ...]:
    """Return the kinds that a caption names; for the entry's own, also that of a table with its first headers."""
    named = named_kinds((caption,))
    columns = table_kinds()[entry.code].columns.values()
    if entry.code not in named:
        return tuple(named)
    header = match_header({at: headers[:1] for at, headers in enumerate(columns) if headers}, (caption,))
    return _distinct([header.kind if header else None, *(kind for kind in named if kind != entry.code)])


def _organizations(name: str, _: Entry) -> tuple[str, ...]:
    return _distinct(body.kind for body in body_names(name, _NOWHERE))


def _labels(label: str, _: Entry) -> tuple[str, ...]:
    found = metric_of_label(label, None)
    return (found[0].code,) if found else ()


def _libraries(name: str, entry: Entry) -> tuple[str, ...]:
    """Return the entry's code where the library's region is read as it says, or else the region that is read."""
    region = find_place(name, "", None).region_code
    wanted = named_library_entries()[entry.code].region
    return (entry.code,) if region == wanted else _distinct([region])


def _names(text: str, entry: Entry) -> tuple[str, ...]:
    found = _distinct(text[start:end] for start, end in named_spans(text))
    return tuple(entry.code if word in entry.aliases else word for word in found)


def _furniture(line: str, entry: Entry) -> tuple[str, ...]:
    return (entry.code,) if is_furniture(fold(line)) else ()


def _distinct(codes: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code in codes if code))


READERS: Mapping[str, Callable[[str, Entry], tuple[str, ...]]] = {  # what a text is read as, by kind of vocabulary
    "metrics": _metrics,
    "labels": _labels,
    "units": _units,
    "tables": _tables,
    "sections": lambda title, _: _distinct([kind_of_heading(title)]),
    "events": lambda text, _: _distinct(word.kind or None for word in event_words(text)),
    "settings": lambda activity, _: _distinct([setting_of(activity, None, None)]),
    "organizations": _organizations,
    "libraries": _libraries,
    "names": _names,
    "furniture": _furniture,
}
