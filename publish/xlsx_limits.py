"""What an Excel worksheet can hold, and how a value is made to fit: never silently, every change has a note.

Source: «Excel specifications and limits» (Microsoft); the first of March 1900 is the first date that Excel, which takes
1900 for a leap year, and other programs number alike.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

import regex
from msgspec import Struct

from publish.csv_files import Value, cell

MAX_ROWS = 1_048_576  # of a sheet, its heading included
MAX_CHARACTERS = 32_767  # of a cell, counted in UTF-16 units
MAX_LINKS = 65_530  # of a sheet
MAX_DIGITS = 15  # of a number; further ones would become noughts
MAX_NUMBER = Decimal("9.99E+307")
FIRST_DATE = date(1900, 3, 1)

# what XML cannot hold even escaped: noncharacters and halves of surrogate pairs
_UNWRITABLE = regex.compile("[\ufffe\uffff\ud800-\udfff]")


class Note(StrEnum):
    """What was done to a value, as the first sheet says it after the number of cells."""

    cut = f"with a text longer than {MAX_CHARACTERS} characters: cut; the whole text is in text/<document_id>.txt"
    replaced = "with a character that XML cannot hold: replaced by U+FFFD"
    digits = f"with a number that {MAX_DIGITS} digits cannot hold: written as text"
    early = f"with a date before {FIRST_DATE}: written as text"
    unlinked = f"without their link: a sheet holds {MAX_LINKS} links"


class Fitted(Struct, frozen=True):
    """A value that Excel can hold, and what was done to make it so."""

    value: Value
    note: Note | None = None


def fitted(value: Value) -> Fitted:
    """Return a value as Excel can hold it.

    >>> fitted(Decimal("1234567890123456"))
    Fitted(value='1234567890123456', note=<Note.digits: 'with a number that 15 digits cannot hold: written as text'>)
    """
    match value:
        case str():
            return _text(value)
        case bool() | None:
            return Fitted(value)
        case int() | Decimal():
            return Fitted(value) if _holds(Decimal(value)) else Fitted(cell(value), Note.digits)
        case date() if value < FIRST_DATE:
            return Fitted(cell(value), Note.early)
    return Fitted(value)


def _text(text: str) -> Fitted:
    clean = _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    # two units at most for a character: shorter texts need no counting
    if len(clean) > MAX_CHARACTERS // 2 and len(clean.encode("utf-16-le")) > 2 * MAX_CHARACTERS:
        cut = clean.encode("utf-16-le")[: 2 * MAX_CHARACTERS]
        return Fitted(cut.decode("utf-16-le", "ignore"), Note.cut)
    return Fitted(clean, None if clean == text else Note.replaced)


def _holds(number: Decimal) -> bool:
    digits = "".join(map(str, number.as_tuple().digits)).strip("0")
    return len(digits) <= MAX_DIGITS and abs(number) <= MAX_NUMBER
