"""Files to documents: blocks of text files, errors in a sentence, partial files."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from word_builder import paragraph, row, table, word

from extract import limits
from extract import read as reader
from extract.plain_text import blocks
from extract.read import UnreadableFile, read
from schemas.document import Block, Document


def saved(folder: Path, data: bytes, name: str = "report.txt") -> Document:
    path = folder / name
    path.write_bytes(data)
    return read(path, f"in/{name}")


def check(document: Document) -> None:
    """Blocks lie in the text, in order and apart; as it is read, each is on one line; the text can be written."""
    document.text.encode("utf-8")
    in_order(document.text, document.blocks)
    text, parts = (document.reading or document).text, (document.reading or document).blocks
    in_order(text, parts)
    for block in parts:
        assert "\n" not in text[block.start : block.end]
        after, before = text[block.end :], text[: block.start]
        if block.place is not None:  # a cell of a web page begins and ends without the blanks around its words
            after, before = after.lstrip(" \u3000"), before.rstrip(" \u3000")
        assert not after or after[0] == "\n"
        assert block.place is None or before[-1] == "\t"
    assert [(block.number, block.place) for block in parts] == [(b.number, b.place) for b in document.blocks]
    places = [(b.place.table, b.place.row, b.place.column) for b in document.blocks if b.place]
    assert len(places) == len(set(places))


def in_order(text: str, parts: tuple[Block, ...]) -> None:
    last = 0
    for block in parts:
        assert last <= block.start <= block.end <= len(text)
        last = block.end


def test_text_document(tmp_path: Path) -> None:
    data = "县图书馆工作总结\r\n\r\n  一、概况\r\n".encode("gb18030")
    document = saved(tmp_path, data)
    assert document.text == "县图书馆工作总结\n\n  一、概况\n"
    assert [(block.number, document.text[block.start : block.end]) for block in document.blocks] == [
        (1, "县图书馆工作总结"),
        (3, "  一、概况"),
    ]
    assert document.document_id == hashlib.sha256(data).hexdigest()[:12]
    assert (document.source, document.media_type, document.encoding) == ("in/report.txt", "text/plain", "gb18030")
    assert (document.status, document.doubts) == ("ok", ())


# text, cells as (table, row, column, text); "¶" stands for a paragraph
LAYOUTS = [
    ("表\n\t序号\n\t主题\n\n\t1\n\t\n", ["¶表", (0, 0, 0, "序号"), (0, 0, 1, "主题"), (0, 1, 0, "1"), (0, 1, 1, "")]),
    ("\t甲\n\n\n \u3000\n\t乙\n", [(0, 0, 0, "甲"), (0, 1, 0, "乙")]),  # blank lines, even with spaces, end one row
    ("\t甲\n段落\n\t乙\n", [(0, 0, 0, "甲"), "¶段落", (1, 0, 0, "乙")]),  # a paragraph ends the table
    ("\t\n\t\n", [(0, 0, 0, ""), (0, 0, 1, "")]),  # tabs alone are empty cells, not empty lines
    ("\n\n\t甲", [(0, 0, 0, "甲")]),  # no row before the first, no line end after the last
    ("\t 合  计 \n", [(0, 0, 0, " 合  计 ")]),  # a cell is what stands there, unstripped
    ("\t甲\t乙\n", [(0, 0, 0, "甲\t乙")]),
    ("甲\u2028乙\x0b丙\n", ["¶甲\u2028乙\x0b丙"]),  # only \n ends a line
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), LAYOUTS)
def test_blocks(text: str, expected: list[object]) -> None:
    found: list[object] = []
    for block in blocks(text):
        raw, place = text[block.start : block.end], block.place
        found.append((place.table, place.row, place.column, raw) if place else f"¶{raw}")
        assert text.count("\n", 0, block.start) + 1 == block.number
    assert found == expected


def test_partial_file(tmp_path: Path) -> None:
    document = saved(tmp_path, "全年接待读者\n借出图书".encode() + b"\xff\xfe" + "万册\n".encode() + b"\xff")
    assert document.status == "partial"
    (doubt,) = document.doubts
    assert doubt.code == "partly_unreadable"
    assert doubt.message == "3 bytes are not utf-8 and read as U+FFFD, the first in line 2 at offset 11."
    assert document.text[doubt.start : doubt.end] == "\ufffd\ufffd"
    check(document)


ERRORS = [
    ("report.txt", b"", "the file is empty"),
    ("report.docx", b"", "the file is empty"),
    ("report.txt", b"\xef\xbb\xbf \r\n\t\n", "holds no text"),
    (
        "report.doc",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "old .doc format is not read; open the file in Word and save it as .docx",
    ),
    ("REPORT.DOC", b"x", "save it as .docx"),
    ("report.pdf", b"%PDF-1.4", r"files named \.pdf are not read"),
    ("report", b"x", "files named without extension"),
    ("report.txt", b"%PDF-1.4\n", "is a PDF with the name of a text file"),
    ("report.txt", b"{\\rtf1 x}", "is a rich text document"),
    ("report.txt", word(paragraph("一")), "is a zip package"),
    ("report.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "an old Office document"),
    ("report.txt", b"\x00\x01\x02", "not text in a known encoding"),
]


@pytest.mark.parametrize(("name", "data", "message"), ERRORS)
def test_errors_say_what_where_and_what_to_do(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message) as caught:
        saved(tmp_path, data, name)
    text = str(caught.value)
    assert text.startswith(f"in/{name}: ")
    assert ";" in text
    assert "\n" not in text
    assert str(tmp_path) not in text  # the same words on every machine


def test_folder_named_like_a_text(tmp_path: Path) -> None:
    (tmp_path / "x.txt").mkdir()
    with pytest.raises(UnreadableFile, match=r"x\.txt: this is a folder"):
        read(tmp_path / "x.txt", "x.txt")


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        read(tmp_path / "x.txt", "x.txt")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to the superuser")
def test_forbidden_file(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("一", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        read(path, "x.txt")


def test_forbidden_file_as_the_system_says_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    (tmp_path / "x.txt").write_text("一", encoding="utf-8")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UnreadableFile, match=r"cannot be opened \(Permission denied\); check"):
        read(tmp_path / "x.txt", "x.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.txt")
    with pytest.raises(UnreadableFile, match="device or pipe"):
        read(tmp_path / "x.txt", "x.txt")


def test_too_large_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_TEXT_BYTES", 2)
    with pytest.raises(UnreadableFile, match="larger than"):
        saved(tmp_path, b"abc")


def test_word_document(tmp_path: Path) -> None:
    document = saved(tmp_path, word(paragraph("讲座一览"), table(row("1", "健康"))), "年报.DOCX")
    assert document.text == "讲座一览\n\t1\n\t健康\n\n"
    assert (document.encoding, document.media_type, document.status) == ("", reader.WORD, "ok")
    check(document)


def survives(data: bytes, name: str) -> None:
    """Any bytes give a sound document or the one error."""
    with TemporaryDirectory() as folder:
        try:
            document = saved(Path(folder), data, name)
        except UnreadableFile as error:
            assert str(error).startswith(f"in/{name}: ")  # noqa: PT017 (either way is right)
        else:
            check(document)
            codes = [doubt.code for doubt in document.doubts]
            assert (document.status == "partial") == ("partly_unreadable" in codes)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
@example(b"\xff")
@example(b"\x81\x30\x81")
@example(b"\xff\xfe\x00")
@example(b"\xff\xfe\x00\x00\x00")
@example(b"\xef\xbb\xbf\xed\xa0\x80")
def test_any_bytes_as_text(data: bytes) -> None:
    survives(data, "x.txt")


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from([*"馆书册\t\n\n\t| 1圖\u3000-<>", "\r\n", "<table>", "<td>", "</td>", "<tr>", "&lt;"])
    ).map("".join),
    st.sampled_from(["utf-8", "gb18030", "utf-8-sig", "utf-16"]),
)
@example("<table><td><td>\u3000馆", "utf-8")
@example("<table><td><td>\u3000", "utf-8")
def test_any_layout_as_text(text: str, codec: str) -> None:
    survives(text.encode(codec), "x.txt")


_WORD = word(paragraph("一、概况", style="1"), table(row("1", "2")), styles="")


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(_WORD) - 1), st.binary(min_size=1, max_size=6))
def test_any_damage_to_a_word_file(at: int, patch: bytes) -> None:
    survives(_WORD[:at] + patch + _WORD[at + len(patch) :], "x.docx")


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_as_word(data: bytes) -> None:
    survives(data, "x.docx")
