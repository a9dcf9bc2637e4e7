"""Measure words and units: the vocabulary of vocabulary/measure_words.yaml and what it says of a text."""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from schemas.overlay import from_vocabulary
from schemas.words import Entry, load

FILE = "measure_words.yaml"

Family = Literal[
    "volume",
    "title",
    "person",
    "attendance",
    "loan",
    "time",
    "place",
    "generic",
    "document",
    "words",
    "machine",
    "furniture",
    "room",
    "building",
    "vehicle",
    "area",
    "length",
    "money",
    "data",
    "duration",
    "percent",
    "households",
    "group",
    "container",
    "other",
]
CountableOne = Literal["always", "made", "never"]
_NO_PART_OF_A_UNIT = frozenset("万亿 \t")


class MeasureWord(Entry):
    """One measure word: `code` is the canonical unit, `aliases` its other spellings.

    countable_one: whether a bare 一 with it states a count: always, only where something is set up or held, never.
    look_alikes: texts that begin with the word and are no measure; exceptions: longer texts where it is one again.
    """

    code_form: ClassVar[str] = r"\S+"

    family: Family
    countable_one: CountableOne
    exceptions: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """The canonical spelling and then the aliases."""
        return (self.code, *self.aliases)

    @model_validator(mode="after")
    def _words_hang_together(self) -> Self:
        for words, begin, of in (
            (self.look_alikes, self.spellings, "the measure word"),
            (self.exceptions, self.look_alikes, "a look-alike"),
        ):
            if strange := [word for word in words if not word.startswith(begin)]:
                raise ValueError(f"{strange[0]!r} does not begin with {of}; begin it so, or leave it out")
        if scaled := [word for word in self.spellings if _NO_PART_OF_A_UNIT & {*word}]:
            raise ValueError(f"{scaled[0]!r} holds a blank or a scale (万, 亿), which is no part of a unit")
        return self

    def is_look_alike(self, text: str, at: int) -> bool:
        """Return whether a longer word begins at text[at] and the measure word only seems to stand there.

        The longest of the entry's spellings, exceptions and look-alikes decides.

        >>> work = measure_words()["部"]
        >>> work.is_look_alike("三部门联合", 1), work.is_look_alike("3部长篇", 1), work.is_look_alike("3部电影", 1)
        (True, False, False)
        """
        refused = _longest(self.look_alikes, text, at)
        return refused > _longest(chain(self.spellings, self.exceptions), text, at)


def _longest(words: chain[str] | tuple[str, ...], text: str, at: int) -> int:
    return max((len(word) for word in words if text.startswith(word, at)), default=0)


def read_measure_words(text: str | None = None) -> dict[str, MeasureWord]:
    """Return the entries by canonical unit; `text` stands in for the packaged file.

    Raises VocabularyError where the file breaks its contract or a spelling belongs to two units.
    """
    return load(FILE, MeasureWord, text)


@from_vocabulary
@cache
def measure_words() -> dict[str, MeasureWord]:
    """Return the measure words by canonical unit, in file order. Do not change the result."""
    return read_measure_words()


@from_vocabulary
@cache
def canonical_units() -> dict[str, str]:
    """Return every spelling of every measure word with its canonical unit. Do not change the result.

    >>> canonical_units()["册（次）"], canonical_units()["㎡"], canonical_units()["个小时"]
    ('册次', '平方米', '小时')
    """
    return {spelling: word.code for word in measure_words().values() for spelling in word.spellings}


def hedge_inside(spelling: str) -> bool:
    """Return whether a spelling holds the hedge «over» («三个多月», «个余月»).

    >>> hedge_inside("个多月"), hedge_inside("个月")
    (True, False)
    """
    return "多" in spelling or "余" in spelling


def half_inside(spelling: str) -> bool:
    """Return whether a spelling adds a half to the number before it («一个半小时» = 1.5).

    >>> half_inside("个半小时"), half_inside("小时")
    (True, False)
    """
    return "半" in spelling
