"""Bytes to text: marks, encodings told apart, bad bytes counted and placed."""

from __future__ import annotations

import codecs
import random

import pytest

from extract.decoding import decode
from extract.plausibility import plausibility
from extract.unreadable import UnreadableFile

SIMPLIFIED = "醴陵市图书馆2014年工作总结\n全年接待读者20余万人次，新购图书5800册，办理借书证1200个。\n"
TRADITIONAL = "縣立圖書館一百零三年度工作報告\n全年開放三百天，進館讀者約十二萬人次，借閱圖書二十萬冊。\n"

UNMARKED = [
    (SIMPLIFIED, "utf-8", "utf-8"),
    (TRADITIONAL, "utf-8", "utf-8"),
    ("2014: 12 books\n", "ascii", "utf-8"),
    (SIMPLIFIED, "gb2312", "gb18030"),
    (SIMPLIFIED, "gbk", "gb18030"),
    (SIMPLIFIED + "㐀𠀀䶮", "gb18030", "gb18030"),
    (TRADITIONAL, "gb18030", "gb18030"),
    (TRADITIONAL, "big5", "big5"),
    ("圖書館", "big5", "big5"),
    ("讀者借閱六萬冊", "big5", "big5"),
    ("館內恒溫，裏外整修", "cp950", "big5"),  # two signs that only the Windows form of Big5 has
    ("醴陵", "gb18030", "gb18030"),  # a name with a rare character alone
    (SIMPLIFIED, "utf-16-le", "utf-16"),
    (SIMPLIFIED, "utf-16-be", "utf-16"),
]


@pytest.mark.parametrize(("text", "codec", "encoding"), UNMARKED)
def test_encoding_without_a_mark(text: str, codec: str, encoding: str) -> None:
    decoded = decode(text.encode(codec))
    assert (decoded.encoding, decoded.text, decoded.bad_bytes) == (encoding, text, 0)


MARKED = [
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
]


@pytest.mark.parametrize(("mark", "codec", "encoding"), MARKED)
@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, "1"])
def test_a_mark_decides_and_is_dropped(mark: bytes, codec: str, encoding: str, text: str) -> None:
    decoded = decode(mark + text.encode(codec))
    assert (decoded.encoding, decoded.text) == (encoding, text)


BAD = [  # bytes, encoding, text, bad bytes, offset of the first
    ("读者20万人次".encode() + b"\xff\n", "utf-8", "读者20万人次\ufffd\n", 1, 7),
    (
        "全年接待".encode("gb18030") + b"\xff\xff" + "读者人次\n".encode("gb18030"),
        "gb18030",
        "全年接待\ufffd\ufffd读者人次\n",
        2,
        4,
    ),
    ("進館讀者人次\n".encode("big5") + b"\xff", "big5", "進館讀者人次\n\ufffd", 1, 7),
    (SIMPLIFIED.encode() + "册".encode()[:2], "utf-8", SIMPLIFIED + "\ufffd\ufffd", 2, len(SIMPLIFIED)),  # cut short
    (SIMPLIFIED.encode("gbk") + b"\xb2", "gb18030", SIMPLIFIED + "\ufffd", 1, len(SIMPLIFIED)),  # cut short
    (codecs.BOM_UTF8 + b"a\r\nb\xff", "utf-8", "a\nb\ufffd", 1, 3),
    (
        codecs.BOM_UTF16_LE + "图书".encode("utf-16-le") + b"\x00\xd8" + "馆".encode("utf-16-le"),
        "utf-16",
        "图书\ufffd馆",
        2,
        2,
    ),
    (codecs.BOM_UTF16_BE + "图书馆".encode("utf-16-be") + b"\x4e", "utf-16", "图书馆\ufffd", 1, 3),
]


@pytest.mark.parametrize(("data", "encoding", "text", "bad", "first"), BAD)
def test_bad_bytes_are_marked_counted_and_placed(data: bytes, encoding: str, text: str, bad: int, first: int) -> None:
    decoded = decode(data)
    assert (decoded.encoding, decoded.text) == (encoding, text)
    assert (decoded.bad_bytes, decoded.first_bad) == (bad, first)


def test_a_bad_byte_does_not_turn_utf8_into_gb18030() -> None:
    """Three-byte characters pair up as GB18030 without an error; only their rareness gives them away."""
    data = "图书馆服务读者".encode() + b"\xe5\xe4" + "二十万人".encode()
    assert decode(data).encoding == "utf-8"


@pytest.mark.parametrize("text", ["a\r\nb\rc\nd", "a\nb\nc\nd"])
def test_line_ends_are_read_as_one(text: str) -> None:
    assert decode(text.encode()).text == "a\nb\nc\nd"


def test_nothing_but_line_ends_is_changed() -> None:
    text = " \u3000１２\x0b三\u2028四\x0c\t五\u00a0"
    assert decode(text.encode()).text == text


RUBBISH = [b"\x00\x01\x02\x03" * 50, bytes(range(256)), b"ab\x00cd", b"\x7fELF\x02\x01\x01" + b"\x00" * 9, b"\xff" * 40]
RUBBISH.append(random.Random(1).randbytes(3000).replace(b"\0", b""))  # such as a compressed file without a zero


@pytest.mark.parametrize("data", RUBBISH)
def test_rubbish_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="not text in a known encoding"):
        decode(data)


MISREADINGS = [("gb18030", "cp950"), ("big5", "gb18030"), ("utf-8", "gb18030"), ("utf-8", "cp950")]


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL])
def test_plausibility_parts_right_readings_from_wrong_ones(text: str) -> None:
    assert plausibility(text) > 0.95
    for written, read in MISREADINGS:
        if written == "big5" and text == SIMPLIFIED:
            continue  # cannot be written so
        wrong = text.encode(written).decode(read, "replace")
        assert plausibility(wrong, wrong.count("\ufffd")) < 0.5
