"""Texts that were decoded wrongly before: restored where the way back is exact, doubted where it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typed_reports import document_of, report_of

from extract.mojibake import repair, suspicion

# runs that GBK, misreading their UTF-8, takes in pairs of bytes, so that nothing is lost
TEXT = "图书馆一年的工作总结报告\n一年工作总结\n全年接待群众18万人\n\n"


def as_windows(data: bytes) -> str:
    """Read bytes as browsers read Windows-1252."""
    return "".join(bytes([b]).decode("cp1252") if bytes([b]).decode("cp1252", "ignore") else chr(b) for b in data)


def as_gbk(data: bytes) -> str:
    """Read bytes as browsers read GBK: the byte 80 is «€», what is no character U+FFFD."""
    signs, at = [], 0
    while at < len(data):
        length = 1 if data[at] <= 0x80 else 2
        piece = data[at : at + length]
        signs.append("€" if piece == b"\x80" else piece.decode("gbk", "replace")[:1])
        at += length if signs[-1] != "\ufffd" else 1
    return "".join(signs)


WRONG = [  # how it was misread, what its encoding is said to be
    (as_gbk(TEXT.encode()), "utf-8 (repaired from gb18030)"),
    (as_windows(TEXT.encode()), "utf-8 (repaired from windows-1252)"),
    (TEXT.encode().decode("latin-1"), "utf-8 (repaired from windows-1252)"),
    (as_windows(TEXT.encode("gb18030")), "gb18030 (repaired from windows-1252)"),
    (TEXT.encode("gb18030").decode("latin-1"), "gb18030 (repaired from windows-1252)"),
]


@pytest.mark.parametrize(("wrong", "encoding"), WRONG)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_was_misread_is_restored(wrong: str, encoding: str, codec: str) -> None:
    document = document_of(wrong.encode(codec))
    assert document.text == TEXT
    assert document.encoding == encoding
    (doubt,) = document.doubts
    assert doubt.code == "encoding_repaired"
    assert doubt.message.endswith("it was restored.")


def test_the_rows_are_those_of_the_restored_text() -> None:
    rows = report_of(as_windows(TEXT.encode()))
    assert [(fact.metric, fact.raw) for fact in rows.facts] == [("visits", "18万人")]
    assert rows.document.encoding == "utf-8 (repaired from windows-1252)"
    assert [(f.code, f.severity) for f in rows.findings if f.code == "encoding_repaired"] == [
        ("encoding_repaired", "info")
    ]


LOST = [
    as_gbk("一、基本情况统计如下表所示，全年接待读者很多".encode()),
    "锟斤拷锟斤拷锟斤拷图书馆锟斤拷年报",
    "图书馆\ufffd\ufffd\ufffd年\ufffd\ufffd报\ufffd\ufffd",
    as_windows(TEXT.encode()) * 3 + "图书馆",  # a line in order beside the rest
]


@pytest.mark.parametrize("text", LOST)
def test_what_lost_signs_is_left_and_doubted(text: str) -> None:
    document = document_of(text)
    assert document.text == text
    assert document.encoding == "utf-8"
    assert document.status == "ok"
    assert [doubt.code for doubt in document.doubts] == ["encoding_doubtful"]


SOUND = [
    TEXT,
    "圖書館一年的工作總結報告\n",
    "Bibliothèque municipale à Besançon, été, œuvre, naïve, garçon",
    "ئۇيغۇر ئاپتونوم رايونلۇق كۇتۇپخانا",
    "བོད་ལྗོངས་དཔེ་མཛོད་ཁང",
    "┌──┬──┐\n│甲│乙│\n└──┴──┘",
    "鄠邑区、盩厔、鄜县、郿坞、邠州",  # rare characters of old names
    "图书馆\ufffd年报全文如下，全年接待读者很多，书也不少，大家都很满意，明年还要努力，争取更好的成绩，再上一层楼",
    "★☆●○◆",
    "",
]


@pytest.mark.parametrize("text", SOUND)
def test_what_is_sound_is_left_alone(text: str) -> None:
    assert repair(text, "utf-8") is None
    assert suspicion(text) is None


@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    done = repair(text, "utf-8")
    assert done is None or done.text != text
    suspicion(text)
