"""The file of decisions, corrections.csv: a header, then one line a decision, later ones after earlier ones.

The file is the user's: it is added to and read, never written anew. Line ends inside a quote are written as \\n: a
record is a line, and a file that was cut in the middle of one can be read up to there.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NoReturn

import regex
from msgspec import Struct
from msgspec.structs import astuple

from schemas.correction_values import problem
from schemas.corrections import COLUMNS, Correction
from schemas.strict_yaml import VocabularyError

FILE_NAME = "corrections.csv"
CUT = "#cut"  # ends a line that was cut off in the middle and went on after it by another one

_ESCAPES = {"\\\\": "\\", "\\n": "\n", "\\r": "\r", "\\t": "\t", "\\u2028": "\u2028", "\\u2029": "\u2029"}
_ESCAPED = {char: escape for escape, char in _ESCAPES.items()}
_ESCAPE = regex.compile(r"\\(?:u202[89]|.)")
_STEERING = regex.compile("[\\\\\n\r\t\u2028\u2029]")
_TEXTS = ("row", "value", "quote", "before", "after")  # the columns that are escaped


class CorrectionError(VocabularyError):
    """A file of decisions breaks its contract; the message says file, line and what to do."""


class Corrections(Struct, frozen=True):
    """The decisions of a file in order, and sentences about lines that could not be read and were left in it."""

    decisions: tuple[Correction, ...] = ()
    notes: tuple[str, ...] = ()


def read_corrections(path: str | os.PathLike[str]) -> Corrections:
    """Return the decisions of a file in UTF-8; none where it is empty.

    A last line that was cut off is passed over with a note. Raises CorrectionError where the file cannot be read, or
    any other line breaks the form.
    """
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise CorrectionError(f"{path} cannot be read: {error.strerror}; name a CSV file of decisions") from error
    return parse_corrections(raw, str(path))


def parse_corrections(raw: bytes, file: str) -> Corrections:
    """Return the decisions of the bytes of a file; `file` is what messages call it."""
    lines = list(_lines(raw.removeprefix(b"\xef\xbb\xbf")))
    if not lines:
        return Corrections()
    (number, header, whole), *rest = lines
    if header.decode("utf-8", "replace").split(",") != list(COLUMNS):
        if not whole and len(lines) == 1:
            return Corrections((), (_said(file, number),))
        _refuse(f"{file}:{number}", f"the header is not {','.join(COLUMNS)}; write it so")
    decisions, notes = [], []
    for number, line, whole in rest:
        if line.endswith(CUT.encode()) or not (whole or is_whole(line)):
            notes.append(_said(file, number))
        else:
            decisions.append(_correction(line, f"{file}:{number}"))
    return Corrections(tuple(decisions), tuple(notes))


def is_whole(line: bytes) -> bool:
    """Return whether a line without its line end holds a whole decision: UTF-8, with a cell for every column."""
    try:
        return len(_cells(line.decode("utf-8"))) == len(COLUMNS)
    except (UnicodeDecodeError, csv.Error):
        return False


def line_of(correction: Correction) -> str:
    """Return a decision as its line of the file, line end included; raises CorrectionError where it is not sound."""
    wrong = problem(correction)
    if wrong:
        raise CorrectionError(f"the decision on {correction.source}: {wrong}")
    cells = zip(COLUMNS, astuple(correction), strict=True)
    told = [escaped(str(cell)) if name in _TEXTS else "" if cell is None else str(cell) for name, cell in cells]
    return csv_line(told)


def csv_line(cells: Iterable[str]) -> str:
    """Return cells as one record of a CSV file with its line end."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def escaped(text: str) -> str:
    """Return a text on one line.

    >>> escaped("一、概况\\n接待\\\\读者")
    '一、概况\\\\n接待\\\\\\\\读者'
    """
    return _STEERING.sub(lambda sign: _ESCAPED[sign[0]], text)


def unescaped(text: str) -> str:
    """Return the text that `escaped` wrote on one line; an unknown escape stays as it is."""
    return _ESCAPE.sub(lambda sign: _ESCAPES.get(sign[0], sign[0]), text)


def _lines(raw: bytes) -> Iterator[tuple[int, bytes, bool]]:
    """Yield the lines that say something with their numbers from 1, and whether a line end closes each."""
    for number, line in enumerate(raw.splitlines(keepends=True), start=1):
        bare = line.rstrip(b"\r\n")
        if bare.strip(b" ,\t"):
            yield number, bare, bare != line


def _said(file: str, number: int) -> str:
    return f"{file}:{number}: the line was cut off in the middle of a decision and is passed over; decide that again"


def _correction(line: bytes, place: str) -> Correction:
    try:
        cells = _cells(line.decode("utf-8"))
    except (UnicodeDecodeError, csv.Error) as error:
        _refuse(place, f"the line is no CSV in UTF-8 ({error}); save the file as UTF-8, a decision on one line")
    if len(cells) != len(COLUMNS):
        _refuse(place, f"there are {len(cells)} cells for {len(COLUMNS)} columns; mend the line or take it out")
    row = dict(zip(COLUMNS, cells, strict=True)) | {
        name: unescaped(cell) for name, cell in zip(COLUMNS, cells, strict=True) if name in _TEXTS
    }
    start, end = (_offset(row.pop(name), name, place) for name in ("char_start", "char_end"))
    found = Correction(char_start=start, char_end=end, **row)
    wrong = problem(found)
    return found if wrong is None else _refuse(place, wrong)


def _cells(line: str) -> list[str]:
    return next(csv.reader([line], strict=True), [])


def _offset(cell: str, name: str, place: str) -> int | None:
    if not cell:
        return None
    if not (cell.isascii() and cell.isdecimal() and len(cell) < 10):
        _refuse(place, f"{name} {cell!r} is no offset; write digits, or leave it empty for documents")
    return int(cell)


def _refuse(place: str, wrong: str) -> NoReturn:
    raise CorrectionError(f"{place}: {wrong}")
