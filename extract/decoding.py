"""From bytes to text: which encoding a text file is written in.

1. A byte order mark decides (UTF-8, UTF-16, UTF-32, GB18030) and is dropped.
2. Zero bytes without a mark: UTF-16 where that reads as everyday text, else the file is not text.
3. Strict UTF-8: text in another encoding practically never passes as UTF-8.
4. Strict GB18030, where the reading is plausible: almost any two bytes are a GB18030 character, so that the bytes pass
   says little; that they spell everyday characters says much.
5. Otherwise the most plausible of UTF-8, GB18030 and Big5, bad bytes counted against a reading.
"""

from __future__ import annotations

import codecs

import regex
from msgspec import Struct
from msgspec.structs import replace

from extract.plausibility import PLAUSIBLE, is_everyday, plausibility
from extract.unreadable import UnreadableFile

_MARKS = (  # longer marks first: the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
    ("\ufeff".encode("gb18030"), "gb18030", "gb18030"),
)
_WITHOUT_MARK = (("utf-8", "utf-8"), ("gb18030", "gb18030"), ("cp950", "big5"))  # cp950 is Big5 as Windows writes it
_TOO_MANY_BAD, _TOO_MANY_CONTROLS = 0.3, 0.05  # shares of all bytes; in text the second is practically 0

_BAD_BYTE = regex.compile("[\udc80-\udcff]")  # as the error handler surrogateescape marks them
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_NOT_TEXT = "the file is not text in a known encoding; save the report as .txt in UTF-8 or as .docx"


class Decoded(Struct, frozen=True):
    """A text with `\\n` line ends and no byte order mark, and how well it could be read.

    `encoding` is utf-8, utf-16, utf-32, gb18030 or big5. The `bad_bytes` bytes that are no characters stand in the text
    as U+FFFD; `first_bad` is the offset of the first, None where there is none.
    """

    encoding: str
    text: str
    bad_bytes: int = 0
    first_bad: int | None = None


def decode(data: bytes) -> Decoded:
    """Return the text of a file's bytes in the encoding found by the steps above.

    Raises UnreadableFile where the bytes are not text.
    """
    reading = _read_marked(data) or _read_zeros(data) or _read_unmarked(data)
    _refuse_rubbish(reading, len(data))
    first = None if reading.first_bad is None else len(_with_plain_line_ends(reading.text[: reading.first_bad]))
    return replace(reading, text=_with_plain_line_ends(reading.text), first_bad=first)


def _read_marked(data: bytes) -> Decoded | None:
    for mark, codec, encoding in _MARKS:
        if data.startswith(mark):
            read = _read_wide if codec.startswith(("utf-16", "utf-32")) else _read_bytewise
            return read(data[len(mark) :], codec, encoding)
    return None


def _read_zeros(data: bytes) -> Decoded | None:
    """Return the reading as UTF-16 without a mark; None where the bytes hold no zero, so are surely something else."""
    if 0 not in data:
        return None
    for codec in ("utf-16-le", "utf-16-be"):
        reading = _read_wide(data, codec, "utf-16")
        if not reading.bad_bytes and is_everyday(reading.text):
            return reading
    raise UnreadableFile(_NOT_TEXT)


def _read_unmarked(data: bytes) -> Decoded:
    readings = []
    for codec, encoding in _WITHOUT_MARK:
        reading = _read_bytewise(data, codec, encoding)
        if not reading.bad_bytes and (encoding == "utf-8" or _score(reading)[0] >= PLAUSIBLE):
            return reading
        readings.append(reading)
    return max(readings, key=_score)


def _score(reading: Decoded) -> tuple[float, int]:
    return plausibility(reading.text, reading.bad_bytes), -reading.bad_bytes


def _read_bytewise(data: bytes, codec: str, encoding: str) -> Decoded:
    """Read an encoding whose bad bytes are told apart one by one: each becomes one U+FFFD."""
    text = data.decode(codec, "surrogateescape")
    first = _BAD_BYTE.search(text)
    if first is None:
        return Decoded(encoding, text)
    mended, bad_bytes = _BAD_BYTE.subn("\ufffd", text)
    return Decoded(encoding, mended, bad_bytes, first.start())


def _read_wide(data: bytes, codec: str, encoding: str) -> Decoded:
    """Read UTF-16 or UTF-32: each bad code unit becomes one U+FFFD."""
    try:
        return Decoded(encoding, data.decode(codec))
    except UnicodeDecodeError as error:
        first = len(data[: error.start].decode(codec))
    kept = data.decode(codec, "ignore")
    return Decoded(encoding, data.decode(codec, "replace"), len(data) - len(kept.encode(codec)), first)


def _refuse_rubbish(reading: Decoded, length: int) -> None:
    controls = len(_CONTROL.findall(reading.text))
    too_many = controls > 1 + _TOO_MANY_CONTROLS * length or reading.bad_bytes > _TOO_MANY_BAD * length
    if "\0" in reading.text or too_many:
        raise UnreadableFile(_NOT_TEXT)


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
