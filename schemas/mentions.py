"""What the extract stage finds in a text: strings with half-open spans, not yet values."""

from __future__ import annotations

from msgspec import Struct

from schemas.document import Block


class Section(Struct, frozen=True):
    """A heading with all it holds: start is that of the marker (or title), end that of the last thing it holds.

    `index` counts from 0 in document order; `parent` is the index of the section around it, None at the top;
    `title_end` is where the title ends, so a run-in paragraph begins there; `kind` is a code of section_kinds.yaml;
    `family` and `ordinal` are the way of numbering and the number of its marker ("" and 0 where there is none).
    """

    index: int
    parent: int | None
    depth: int
    path: str
    marker: str
    title: str
    kind: str | None
    start: int
    title_end: int
    end: int
    family: str = ""
    ordinal: int = 0


class RawTable(Struct, frozen=True):
    """A table as rows of cell blocks, with the span of its caption paragraph (None where there is none)."""

    index: int
    rows: tuple[tuple[Block, ...], ...]
    caption: tuple[int, int] | None
    start: int
    end: int


class QuantityMention(Struct, frozen=True):
    """A number that counts or measures, as written; text[start:end] runs from the first hedge or digit to the unit.

    before, middle, after: the hedges before the number, between number and unit, and after the unit («左右»), or "".
    number, number_to: the numeral («12.4万», «几百», «半») and the upper one of a range, or "".
    measure_word: as written («册（次）»), or ""; unit: its canonical form («册次»); family: its unit family.
    """

    start: int
    end: int
    before: str
    number: str
    number_to: str
    scale: str
    middle: str
    measure_word: str
    after: str
    number_start: int
    rule: str


class DateMention(Struct, frozen=True):
    """A date or a range of dates as written: the strings of its parts, "" where the text leaves one out.

    `part` is a third of the month or a season of the year (中旬, 底, 上半年), `part_to` that of the second date.
    `doubt` is "" or the code of a finding: missing_range_mark where two dates stand side by side.
    `open_start` is true for «…起 / 以来», `until` for «截至… / …前»: the one day is then only an end of a period.
    """

    start: int
    end: int
    year: str
    month: str
    day: str
    year_to: str = ""
    month_to: str = ""
    day_to: str = ""
    relative: str = ""
    part: str = ""
    part_to: str = ""
    open_start: bool = False
    until: bool = False
    doubt: str = ""
    rule: str = ""


class Numeral(Struct, frozen=True):
    """One numeral of the source, Arabic or Chinese, and the role that the text gives it (see the numbers table).

    `rule` names what gave it the role, and `claim` is the half-open span that this took: the whole quantity, date,
    name or cell that the numeral is part of.
    """

    start: int
    end: int
    role: str
    rule: str
    claim: tuple[int, int]


class Sentence(Struct, frozen=True):
    """A sentence of prose: text[start:end], within one paragraph, which is Document.blocks[block]."""

    start: int
    end: int
    block: int


class Happening(Struct, frozen=True):
    """A dated happening told in prose: the dates that bound it and the span that tells it.

    `chronicle` is true for an entry of a chronicle, a paragraph that the date leads and that tells nothing else.
    """

    start: int
    end: int
    dates: tuple[DateMention, ...]
    chronicle: bool


class Extraction(Struct, frozen=True):
    """Everything that was found in one document."""

    folded: str
    sections: tuple[Section, ...]
    tables: tuple[RawTable, ...]
    sentences: tuple[Sentence, ...]
    quantities: tuple[QuantityMention, ...]
    dates: tuple[DateMention, ...]
    numerals: tuple[Numeral, ...]
    happenings: tuple[Happening, ...]
    title: tuple[int, int] | None
