"""Speed: one report from its text to all rows, beside jieba and beside one pass of one regular expression.

    python benchmarks/speed.py [REPORT or FOLDER …]

Without arguments the reports of samples/ are read, and those of ../shared/seeds where it is there. All three are timed
in turn in the same warm process, on the same text, each the best of several rounds; what the caches hold of the texts
themselves is forgotten before each round, so that no round profits from the one before. Columns: characters of the
text; milliseconds of nianbao, of `list(jieba.cut(text))` and of the pattern `_QUANTITY`; nianbao's time as a multiple
of each of the two. Then the sum of all reports, and the floor: what is left of nianbao's time if nothing is understood,
that is the patterns that must see the text, once each, and the same rows made of values already known. The aim is half
of jieba's time for 15,000 characters.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import jieba
import regex
from msgspec.structs import astuple

from extract.claims import Claim, find_claims, taken_spans
from extract.dates import find_dates
from extract.folding import fold
from extract.ledger import NUMERAL
from extract.quantities import find_quantities
from extract.read import read
from extract.sentences import split_sentences
from nianbao.as_typed import as_read
from nianbao.pipeline import process
from schemas.document import Document

_ROUNDS = 7
_ROOT = Path(__file__).resolve().parents[1]
_FOLDERS = (_ROOT / "samples", _ROOT.parent / "shared" / "seeds")
_OWN = ("extract.", "normalize.", "schemas.", "nianbao.")
_QUANTITY = regex.compile(  # what a first script for such reports looks for: a number, its scale, its measure word
    r"(?:约|近|超过|不足)?\d[\d,]*(?:\.\d+)?\s?[十百千万亿]*[余多]?(?:人次|册次|平方米|万元|[册种人次场个期份元项台%])"
)


def main(paths: Sequence[str]) -> None:
    """Print the table."""
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    documents = [read(path, path.name) for path in _reports(paths)]
    for document in documents:
        process(document)
    print(f"{'report':<28}{'chars':>7}{'nianbao':>10}{'jieba':>9}{'pattern':>9}{'x jieba':>9}{'x pattern':>11}")
    sums = [0.0, 0.0, 0.0]
    for document in documents:
        times = _times(document)
        sums = [one + other for one, other in zip(sums, times, strict=True)]
        print(_line(document.source, len(document.text), times))
    characters = sum(len(document.text) for document in documents)
    print(_line("all", characters, sums))
    print(_line("floor", characters, [sum(map(_floor, documents)), *sums[1:]]))


def _reports(paths: Sequence[str]) -> Iterator[Path]:
    for folder in map(Path, paths) if paths else _FOLDERS:
        found = sorted(folder.iterdir()) if folder.is_dir() else [folder]
        yield from (path for path in found if path.suffix in {".txt", ".docx"})


def _times(document: Document) -> list[float]:
    """Return the milliseconds of nianbao, of jieba and of the pattern."""
    text = document.text
    return [
        _best(lambda: process(document)),
        _best(lambda: list(jieba.cut(text))),
        _best(lambda: list(_QUANTITY.finditer(text))),
    ]


def _floor(document: Document) -> float:
    """Return the milliseconds of the passes over the text alone and of making the rows."""
    read = as_read(document)
    tables = (table for table in astuple(process(document)) if isinstance(table, tuple))
    rows = [(type(row), astuple(row)) for table in tables for row in table]
    return _best(lambda: (_passes(read), [kind(*values) for kind, values in rows]))


def _passes(document: Document) -> object:
    folded = fold(document.text)
    cells = [Claim(block.start, block.end, "table_cell", "cell") for block in document.blocks if block.place]
    claims = find_claims(folded, cells)
    numerals = list(NUMERAL.finditer(folded))
    quantities = find_quantities(folded, taken_spans(claims))
    return find_dates(folded), quantities, numerals, split_sentences(document, folded)


def _best(run: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(_ROUNDS):
        forget_texts()
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return best * 1000


def forget_texts() -> None:
    """Empty the caches with a limit; those without one hold the vocabularies, which a warm process has read."""
    for name, module in list(sys.modules.items()):
        for function in vars(module).values() if name.startswith(_OWN) else ():
            limit = function.cache_parameters()["maxsize"] if hasattr(function, "cache_parameters") else None
            if limit is not None and limit > 1:
                function.cache_clear()


def _line(name: str, characters: int, times: Sequence[float]) -> str:
    own, words, pattern = times
    shown = f"{name[:27]:<28}{characters:>7}{own:>10.1f}{words:>9.1f}{pattern:>9.2f}"
    return f"{shown}{own / words:>9.2f}{own / pattern:>11.0f}"


if __name__ == "__main__":
    main(sys.argv[1:])
