"""Texts that were decoded wrongly before they reached us: recognised, and read as they were meant where that is sure.

Each way to go wrong is a pair: the encoding that the text was taken for and the one that it was in. A repair is sure
where the way back is exact for the whole text and leads from rubbish to everyday Chinese.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

import regex
from msgspec import Struct

from extract.plausibility import PLAUSIBLE, plausibility
from schemas.document import Doubt

_WRONG_THEN_RIGHT = (
    ("gb18030", "utf-8"),  # 鍥句功
    ("windows-1252", "utf-8"),  # å›¾ä¹¦
    ("windows-1252", "gb18030"),  # Í¼Êé
    ("cp950", "utf-8"),  # 嚙
    ("cp950", "gb18030"),
    ("gb18030", "cp950"),
    ("cp437", "gb18030"),  # names in old archives
)
_NAMES = {"cp950": "big5"}
_CERTAIN = 0.9  # the plausibility that a repaired text must have
_FEWEST_HANZI = 3
_FEWEST = 4  # signs beyond ASCII; fewer prove nothing
_NOT_ASCII = regex.compile(r"[^\x00-\x7f]")
_HAN = regex.compile(r"\p{Han}")
_LOST = regex.compile("锟斤拷|锟斤|\ufffd")  # U+FFFD, as it stands and as GBK reads two of it
_GONE = "\ufffd"
_LINES = regex.compile(r"[\u2500-\u257f]+")  # tables are drawn with them
_SAMPLE = 50_000  # code points that are enough to judge by
_LOST_SHARE = 0.02


class Repair(Struct, frozen=True):
    """The text as it was meant, how its encoding is called, and the doubt that says what was done."""

    text: str
    encoding: str
    doubt: Doubt


def repair(text: str, encoding: str) -> Repair | None:
    """Return the text with its wrong decoding undone, or None where it is everyday Chinese or needs a person.

    >>> done = repair("å›¾ä¹¦é¦†å¹´æŠ¥", "utf-8")
    >>> done.text, done.encoding
    ('图书馆年报', 'utf-8 (repaired from windows-1252)')
    """
    if not _is_rubbish(text):
        return None
    for wrong, right in _WRONG_THEN_RIGHT:
        meant = _read_again(text, wrong, right, strict=True)
        if meant is not None and _is_chinese(meant, _CERTAIN):
            wrong_name, right_name = _NAMES.get(wrong, wrong), _NAMES.get(right, right)
            message = (
                f"The text is {right_name} that was read as {wrong_name} and saved as {encoding}; it was restored."
            )
            plain = meant.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
            return Repair(plain, f"{right_name} (repaired from {wrong_name})", Doubt("encoding_repaired", message))
    return None


def suspicion(text: str) -> Doubt | None:
    """Return the doubt about a text that was not repaired and looks wrongly decoded all the same, or None."""
    sample = text[:_SAMPLE]
    lost = sum(len(found[0]) for found in _LOST.finditer(sample))
    foreign = len(_NOT_ASCII.findall(sample))
    first = _LOST.search(text)
    if first and lost > _LOST_SHARE * foreign and (lost > _FEWEST or _is_rubbish(text)):
        message = f"{lost} characters are the traces of signs that an earlier program lost; get the original file."
        return Doubt("encoding_doubtful", message, first.start(), first.end())
    if not _is_rubbish(text):
        return None
    for wrong, right in _WRONG_THEN_RIGHT:
        meant = _read_again(sample, wrong, right, strict=False)
        if meant is not None and _is_chinese(meant, PLAUSIBLE):
            names = _NAMES.get(right, right), _NAMES.get(wrong, wrong)
            message = f"The text looks like {names[0]} read as {names[1]}, with signs lost; get the original file."
            return Doubt("encoding_doubtful", message)
    return None


def _is_rubbish(text: str) -> bool:
    sample = _LINES.sub("", text[:_SAMPLE])
    return len(_NOT_ASCII.findall(sample)) >= _FEWEST and plausibility(sample) < PLAUSIBLE


def _is_chinese(text: str, least: float) -> bool:
    """Whether a text is everyday Chinese, at least so plausible: words, and not signs alone."""
    hanzi, foreign = len(_HAN.findall(text)), len(_NOT_ASCII.findall(text))
    return (
        hanzi >= _FEWEST_HANZI
        and hanzi * 2 >= foreign
        and "\0" not in text
        and (
            plausibility(text, 2 * text.count(_GONE)) >= least  # a lost sign spoils its neighbour too
        )
    )


def _read_again(text: str, wrong: str, right: str, *, strict: bool) -> str | None:
    """Return the text encoded as what it was taken for and decoded as what it was; U+FFFD where that fails.

    With `strict` None where it fails anywhere.
    """
    encode = _ENCODERS.get(wrong) or partial(str.encode, encoding=wrong)
    try:
        return encode(text).decode(right)
    except UnicodeError:
        if strict:
            return None
    pieces = [_encoded(sign, encode) for sign in text]
    return b"".join(pieces).decode(right, "replace")


def _encoded(sign: str, encode: Callable[[str], bytes]) -> bytes:
    try:
        return b"\xff" if sign == _GONE else encode(sign)
    except UnicodeError:
        return b"\xff"  # no character in any of the encodings


def _as_gbk(text: str) -> bytes:
    """Encode as GB18030 with «€» as the byte 80, as Windows and browsers read it («涓€» for 一)."""
    return text.replace("€", "\udc80").encode("gb18030", "surrogateescape")


def _as_windows(text: str) -> bytes:
    """Encode as Windows-1252 whose five unused bytes stand for the control characters of Latin-1, as browsers do."""
    try:
        return b"".join([_windows()[sign] for sign in text])
    except KeyError as error:
        raise UnicodeError("Windows-1252 does not have this character") from error


@cache
def _windows() -> dict[str, bytes]:
    every = [bytes([byte]) for byte in range(256)]
    return {byte.decode("latin-1"): byte for byte in every} | {
        byte.decode("cp1252"): byte for byte in every if byte.decode("cp1252", "ignore")
    }


_ENCODERS = {"gb18030": _as_gbk, "windows-1252": _as_windows}
