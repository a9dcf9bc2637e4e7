"""Word packages that are not to be trusted: bombs, passwords, entities, damage, and odd but honest ones."""

from __future__ import annotations

import io
import zipfile

import pytest
from word_builder import W, document, package, paragraph, relations, row, table, word

from extract import limits
from extract.unreadable import UnreadableFile
from extract.word import read_word


def test_main_part_under_another_name_and_strict_namespaces() -> None:
    strict = document(paragraph("甲")).replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    top = relations(officeDocument="/word/document2.xml").replace(
        "schemas.openxmlformats.org/officeDocument/2006/relationships",
        "purl.oclc.org/ooxml/officeDocument/relationships",
    )
    assert read_word(package({"_rels/.rels": top, "word/document2.xml": strict})).text == "甲\n"


def lying_package(size: int) -> bytes:
    """Return a package whose directory declares another size for the main part than it has."""
    data = bytearray(word(paragraph("甲")))
    entry = data.index(b"word/document.xml", data.index(b"PK\x01\x02"))
    data[entry - 46 + 24 : entry - 46 + 28] = size.to_bytes(4, "little")
    return bytes(data)


def encrypted_package() -> bytes:
    data = bytearray(word(paragraph("甲")))
    entry = data.index(b"word/document.xml", data.index(b"PK\x01\x02"))
    data[entry - 46 + 8] |= 1
    return bytes(data)


def with_doctype(codec: str) -> bytes:
    declared = f'<?xml version="1.0" encoding="{codec}"?><!DOCTYPE x [<!ENTITY e "{"e" * 99}">]>'
    main = document(paragraph("<w:r><w:t>&e;</w:t></w:r>")).partition("\n")[2]
    return package({"word/document.xml": (declared + main).encode(codec)})


MAIN = "word/document.xml"
REFUSED = [
    ("no zip", b"text", "no whole Word package"),
    ("rich text", b"{\\rtf1}", "is a rich text document"),
    ("cut short", word(paragraph("甲"))[:20], "no whole Word package"),
    ("old format", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "an old Office document with the name of a .docx"),
    (
        "password",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "protected by a password",
    ),
    ("zip with password", encrypted_package(), "protected by a password"),
    ("another package", package({"xl/workbook.xml": "<x/>"}), "is an Excel workbook"),
    ("no XML", package({MAIN: "text"}), "is damaged"),
    ("a start of XML", package({MAIN: document(paragraph("甲"))[:300]}), "is damaged, and no text is left"),
    ("no body", package({MAIN: f'<w:document xmlns:w="{W}"/>'}), "has no body"),
    ("no text", word(paragraph(), table(row("", ""))), "holds no text"),
    ("bomb by ratio", package({MAIN: document(paragraph(" " * 4_000_000))}), "zip bomb"),
    ("bomb in the styles", word(paragraph("甲"), styles=" " * 4_000_000), "zip bomb"),
    ("declared too large", lying_package(2**31), "zip bomb"),
    ("declared too small", lying_package(40), "cannot be unpacked|is damaged"),
    ("document type", with_doctype("utf-8"), "has a document type"),
    ("document type in UTF-16", with_doctype("utf-16"), "has a document type"),
    ("too deep", word("<w:sdt>" * 300 + "</w:sdt>" * 300), "is damaged"),
]


@pytest.mark.parametrize(("what", "data", "message"), REFUSED, ids=[case[0] for case in REFUSED])
def test_packages_that_are_refused(what: str, data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message) as caught:
        read_word(data)
    assert ";" in str(caught.value), what


def test_a_bomb_that_is_not_read_does_not_matter() -> None:
    parts = {MAIN: document(paragraph("甲")), "word/media/image1.bmp": bytes(4_000_000)}
    assert read_word(package(parts)).text == "甲\n"


def test_parts_larger_than_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_PART_BYTES", 100)
    with pytest.raises(UnreadableFile, match="would swell"):
        read_word(word(paragraph("甲")))


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_packed_in_a_way_that_packages_do_not_know(method: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr(MAIN, document(paragraph("甲")))
    with pytest.raises(UnreadableFile, match="packed as Word never does"):
        read_word(buffer.getvalue())
