"""Words that the vocabularies lack, by what reviewers changed alike at the same words of several documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import regex
from msgspec import Struct

from extract.words import word_starts
from nianbao.batch import PathLike
from nianbao.score_matching import Row
from nianbao.stored import StoredOutput, open_output
from schemas.corrections import Correction, standing
from schemas.corrections_file import FILE_NAME, read_corrections
from schemas.indicator_labels import indicator_labels
from schemas.metrics import metrics
from schemas.table_kinds import table_kinds

LEAST_DOCUMENTS = 2
# how a report was cut up and what was found in it says nothing about words
_OF_NO_WORD = {"sections", "tables", "cells", "numbers", "findings"}
_SHORTEST, _LONGEST = 2, 12  # code points of a word

_CLAUSE = regex.compile(r"(?r)[^\W\d_]*+$")  # the letters that end a text, read from its end
_COUNTING = regex.compile(r"(?r)(?:共计|共有|达到|超过|约|共|达|为|有|是|了|近|逾|已)+$")
_NOUN = regex.compile(r"[^\W\d_]*+")
_COUNTS_NOTHING = regex.compile(r"[左右以上余多]++|^(?:其中|比|较|同比|增长|下降|增加|减少)")

Found = tuple[Correction, str]  # a decision and the word that it speaks for


class Suggestion(Struct, frozen=True):
    """One word for one entry of a vocabulary file, and the decisions that speak for it.

    `keys` lead to the list in the entry that takes the word: («cues»), («aliases»), («columns», «topic»).
    """

    file: str
    code: str
    keys: tuple[str, ...]
    word: str
    decisions: tuple[Correction, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that the decisions are on."""
        return tuple(dict.fromkeys(one.document_id for one in self.decisions))


def suggestions(out: PathLike, corrections: PathLike | None = None) -> tuple[Suggestion, ...]:
    """Return the words that the decisions on an output speak for in at least two documents, the best founded first.

    1. Numbers of prose that were given one metric: the words that they have in common, before the number or after it.
    2. Cells that were given one metric: their label. Fields of a row that were given a cell of that row: its header.
    3. A word that the vocabularies in use have for this already is none: another rule read otherwise.

    `corrections` is by default corrections.csv in `out`. Raises UnreadableOutput or CorrectionError.
    """
    output = open_output(Path(out))
    read = read_corrections(Path(corrections) if corrections is not None else output.folder / FILE_NAME)
    known = output.sources()
    changes = [one for own in standing(read.decisions).values() for one in (*own.additions, *own.changes) if one.value]
    changes = [one for one in changes if one.document_id in known and one.table not in _OF_NO_WORD]
    cells = _Cells(output, {one.document_id for one in changes})
    found = [*_metrics(changes, cells), *_labels(changes, cells), *_headers(changes, cells)]
    return tuple(
        sorted(found, key=lambda one: (-len(one.documents), -len(one.decisions), one.file, one.code, one.word))
    )


class _Cells:
    """The cells of the tables of some documents, by document."""

    def __init__(self, output: StoredOutput, documents: set[str]) -> None:
        table = output.table("tables")
        rows = (dict(zip(table.columns, row, strict=True)) for row in table.rows())
        self.kinds = {row["table_id"]: row["kind"] for row in rows if row["document_id"] in documents}
        self._cells: defaultdict[str, list[Row]] = defaultdict(list)
        cells = output.table("cells")
        for row in cells.rows():
            cell = dict(zip(cells.columns, row, strict=True))
            if cell["table_id"] in self.kinds:
                self._cells[cell["table_id"].partition("-")[0]].append(cell)

    def within(self, one: Correction) -> list[Row]:
        """Return the cells that the span of a decision touches."""
        if one.char_start is None or one.char_end is None:
            return []
        cells = self._cells.get(one.document_id, ())
        return [
            cell for cell in cells if int(cell["char_start"]) < one.char_end and one.char_start < int(cell["char_end"])
        ]

    def line(self, cell: Row) -> list[Row]:
        """Return the cells of the row of a cell, in order."""
        own = self._cells[cell["table_id"].partition("-")[0]]
        return [one for one in own if (one["table_id"], one["row"]) == (cell["table_id"], cell["row"])]

    def header(self, cell: Row) -> str:
        """Return the lowest header above a cell; empty where there is none."""
        own = self._cells[cell["table_id"].partition("-")[0]]
        same = [one for one in own if (one["table_id"], one["column"]) == (cell["table_id"], cell["column"])]
        texts = [one["text"] for one in same if one["role"] == "header" and int(one["row"]) < int(cell["row"])]
        return texts[-1] if texts else ""


def _metrics(changes: Iterable[Correction], cells: _Cells) -> Iterator[Suggestion]:
    """Yield words near numbers of prose; those before the number go first, as they are what a rule looks at first."""
    told = [one for one in changes if (one.table, one.field) == ("facts", "metric") and not cells.within(one)]
    for code in dict.fromkeys(one.value for one in told):
        own = [one for one in told if one.value == code]
        before = _shared([(one, _words_before(one)) for one in own], ends=True)
        spoken_for = {id(one) for some in before.values() for one in some}
        rest = [(one, _words_after(one)) for one in own if id(one) not in spoken_for]
        words = {f"<{word}": some for word, some in before.items()}
        words |= {f">{word}": some for word, some in _shared(rest, ends=False).items()}
        for word, some in words.items():
            if not _is_known(word, code):
                yield Suggestion("metrics.yaml", code, ("cues",), word, tuple(some))


def _is_known(word: str, code: str) -> bool:
    return any(word in way[0] for way in metrics()[code].cues if len(way) == 1)


def _words_before(one: Correction) -> str:
    clause = _CLAUSE.search(_COUNTING.sub("", one.before.rstrip()))
    return _COUNTING.sub("", clause[0]) if clause else ""


def _words_after(one: Correction) -> str:
    noun = _NOUN.match(one.after)
    return _COUNTS_NOTHING.sub("", noun[0]) if noun else ""


def _shared(found: Sequence[Found], *, ends: bool) -> Mapping[str, list[Correction]]:
    """Return the longest words that begin, or end, the words of several documents, with the decisions of each.

    They are cut where words are, so that no half of one is suggested.
    """
    by_word: defaultdict[str, list[Correction]] = defaultdict(list)
    for one, words in found:
        for cut in (*word_starts(words), len(words)):
            word = words[cut:] if ends else words[:cut]
            if _SHORTEST <= len(word) <= _LONGEST:
                by_word[word].append(one)
    often = {word: some for word, some in by_word.items() if _documents(some) >= LEAST_DOCUMENTS}
    kept: dict[str, list[Correction]] = {}
    spoken_for: set[int] = set()
    for word in sorted(often, key=lambda word: (-len(word), word)):
        new = [one for one in often[word] if id(one) not in spoken_for]
        if _documents(new) >= LEAST_DOCUMENTS:
            kept[word] = new
            spoken_for |= {id(one) for one in new}
    return kept


def _documents(some: Iterable[Correction]) -> int:
    return len({one.document_id for one in some})


def _labels(changes: Iterable[Correction], cells: _Cells) -> Iterator[Suggestion]:
    """Yield the labels of rows of statistics tables whose cells were given one metric."""
    told: defaultdict[tuple[str, str], list[Correction]] = defaultdict(list)
    for one in changes:
        within = cells.within(one) if (one.table, one.field) == ("facts", "metric") else []
        for cell in within[:1]:
            label = next((other["text"] for other in cells.line(cell) if _NOUN.fullmatch(other["text"])), "")
            if len(label) >= _SHORTEST and label not in indicator_labels():
                told[one.value, label].append(one)
    for (code, label), some in told.items():
        if _documents(some) >= LEAST_DOCUMENTS:
            yield Suggestion("indicator_labels.yaml", code, ("aliases",), label, tuple(some))


def _headers(changes: Iterable[Correction], cells: _Cells) -> Iterator[Suggestion]:
    """Yield the headers of the cells that were given to one field of the rows of a table."""
    told: defaultdict[tuple[str, str, str], list[Correction]] = defaultdict(list)
    for one in changes:
        for cell in cells.within(one) if one.table not in {"facts", "events", "documents"} else ():
            kind, word = cells.kinds[cell["table_id"]], cells.header(cell)
            fields = table_kinds()[kind].columns if kind in table_kinds() else {}
            if cell["text"].strip() == one.value and word and word not in fields.get(one.field, (word,)):
                told[kind, one.field, word].append(one)
    for (kind, field, word), some in told.items():
        if _documents(some) >= LEAST_DOCUMENTS:
            yield Suggestion("table_kinds.yaml", kind, ("columns", field), word, tuple(some))
