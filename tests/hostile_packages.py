"""Hostile Word packages: zips that swell, lie, overlap or are cut off, other formats, and what leads out of them."""

from __future__ import annotations

import io
import random
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator

from word_builder import W, document, package, paragraph, relations, word

MAIN = "word/document.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TOLD = "2019年，全馆接待读者3.2万人次。"
_RELATED = "word/_rels/document.xml.rels"
Maker = Callable[[], bytes]


def told(*more: str) -> bytes:
    """Return a package that tells one thing, and then these paragraphs and tables."""
    return word(paragraph(TOLD), *more)


def noise(length: int) -> str:
    """Return letters that hardly shrink, the same every time."""
    return random.Random(length).randbytes(length * 3 // 8).hex()[: length * 3 // 4].ljust(length, "x")


# --- the zip


def zipped(*parts: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip with these members in order; a name may stand twice."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a name that stands twice
        for name, content in parts:
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            archive.writestr(info, content)
    return buffer.getvalue()


def patched(data: bytes, name: str, at: int, size: int, value: int) -> bytes:
    """Return a zip with a field of the directory's entry for `name` written over."""
    changed = bytearray(data)
    entry = changed.index(name.encode(), changed.index(b"PK\x01\x02")) - 46
    changed[entry + at : entry + at + size] = value.to_bytes(size, "little")
    return bytes(changed)


def _many_members() -> bytes:
    return zipped((MAIN, document(paragraph(TOLD)).encode()), *((f"x/{number}", b"") for number in range(20_000)))


def _overlapping() -> bytes:
    """Return a zip of which all directory entries point at one member, as the bombs of overlapping files do."""
    data = bytearray(zipped((MAIN, document(paragraph(TOLD)).encode()), *((f"word/h{n}.xml", b"x") for n in range(50))))
    at = data.index(b"PK\x01\x02")
    while data[at : at + 4] == b"PK\x01\x02":
        data[at + 42 : at + 46] = bytes(4)
        at += 46 + sum(struct.unpack_from("<HHH", data, at + 28))
    return bytes(data)


def _nested_zips() -> bytes:
    inner = bytes(1_000_000)
    for _ in range(6):
        inner = zipped(*((f"{number}.zip", inner) for number in range(8)))
    return zipped((MAIN, document(paragraph(TOLD)).encode()), ("word/embeddings/a.zip", inner))


def _directory_lost() -> bytes:
    data = told()
    return data[: data.index(b"PK\x01\x02")]


def _cut_in_main() -> bytes:
    text = "".join(paragraph(f"第{number}项：{noise(60)}。{TOLD}") for number in range(400))
    data = zipped((MAIN, document(text).encode()))
    return data[: len(data) // 2]


def _cut_before_main() -> bytes:
    data = zipped(("[Content_Types].xml", b"<Types/>" * 20), (MAIN, document(paragraph(TOLD)).encode()))
    return data[: data.index(MAIN.encode()) + 4]


def _streamed_and_cut() -> bytes:
    """Return a package written without seeking, so that sizes stand after the data, whose directory is lost."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.written = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.written += data
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        archive.writestr("_rels/.rels", relations(officeDocument=MAIN))
        archive.writestr(MAIN, document(paragraph(TOLD)))
    return bytes(pipe.written[: pipe.written.index(b"PK\x01\x02")])


def _directory_lost_bomb() -> bytes:
    data = package({MAIN: document(paragraph("甲" * 30_000_000))})
    return data[: data.index(b"PK\x01\x02")]


def _bomb_of_parts() -> bytes:
    """Return a package of many headers, none of them a bomb for itself."""
    header = f'<w:hdr xmlns:w="{W}">{paragraph("x" * 900_000)}</w:hdr>'
    names = [f"header{number}.xml" for number in range(400)]
    parts = {MAIN: document(paragraph(TOLD)), _RELATED: relations(*(("header", name) for name in names))}
    return package(parts | {f"word/{name}": header for name in names})


def _one_header_many_times() -> bytes:
    header = f'<w:hdr xmlns:w="{W}">{paragraph(noise(100_000))}</w:hdr>'
    related = relations(*(("header", f"./{'x/../' * (n % 7)}header1.xml") for n in range(5_000)))
    return package({MAIN: document(paragraph(TOLD)), _RELATED: related, "word/header1.xml": header})


def _long_name() -> bytes:
    return zipped((MAIN, document(paragraph(TOLD)).encode()), ("word/" + "x" * 60_000, b"x"))


def _zip() -> Iterator[tuple[str, str, Maker]]:
    bomb = "zip bomb"
    main = document(paragraph(TOLD)).encode()
    yield "bomb by ratio", bomb, lambda: package({MAIN: document(paragraph("甲" * 20_000_000))})
    yield "bomb in the styles", bomb, lambda: _told_with("word/styles.xml", b" " * 60_000_000, "styles")
    yield "bomb in the lists", bomb, lambda: _told_with("word/numbering.xml", b" " * 60_000_000, "numbering")
    yield "bomb in the notes", bomb, lambda: _told_with("word/footnotes.xml", b" " * 60_000_000, "footnotes")
    yield "bomb in the relations", bomb, lambda: package({MAIN: main, _RELATED: b" " * 60_000_000})
    yield "bomb of four gigabytes declared", bomb, lambda: patched(told(), MAIN, 24, 4, 2**32 - 2)
    yield "bomb of parts", bomb, _bomb_of_parts
    yield "bomb that is never read", "ok", lambda: package({MAIN: main, "word/media/a.bmp": bytes(60_000_000)})
    yield (
        "packed by lzma",
        "packed as Word never does",
        lambda: zipped((MAIN, b" " * 60_000_000), method=zipfile.ZIP_LZMA),
    )
    yield (
        "packed by bzip2",
        "packed as Word never does",
        lambda: zipped((MAIN, b" " * 60_000_000), method=zipfile.ZIP_BZIP2),
    )
    yield "bomb without a directory", bomb, _directory_lost_bomb
    yield "zips in zips", "ok", _nested_zips
    yield "too many members", "more than .* members", _many_members
    yield "one header related five thousand times", "ok", _one_header_many_times
    yield "size declared too small", "cannot be unpacked|damaged|partly", lambda: patched(told(), MAIN, 24, 4, 40)
    yield "size declared as none", "cannot be unpacked|damaged|empty|no text", lambda: patched(told(), MAIN, 24, 4, 0)
    yield "packed size declared too large", "ok", lambda: patched(told(), MAIN, 20, 4, 2**31)
    yield "offset beyond the end", "cannot be unpacked", lambda: patched(told(), MAIN, 42, 4, 2**31)
    yield "packed in an unknown way", "packed as Word never does", lambda: patched(told(), MAIN, 10, 2, 77)
    yield "wrong checksum", "cannot be unpacked", lambda: patched(told(), MAIN, 16, 4, 1)
    yield "overlapping members", "ok", _overlapping
    yield "member protected by a password", "password", lambda: patched(told(), MAIN, 8, 2, 1)
    yield "directory lost", "partial", _directory_lost
    yield "directory lost of a streamed package", "partial", _streamed_and_cut
    yield "directory cut short", "partial", lambda: told()[:-30]
    yield "cut in the main part", "partial", _cut_in_main
    yield "cut before the main part", "holds no word/document.xml|no whole Word package", _cut_before_main
    yield "cut in the first header", "no whole Word package", lambda: told()[:20]
    yield "bytes before the zip", "ok", lambda: b"MZ" + bytes(500) + told()
    yield "bytes after the zip", "ok", lambda: told() + bytes(500)
    yield "members that climb", "ok", lambda: zipped(("../../etc/passwd", b"x"), ("/root/x", b"x"), (MAIN, main))
    yield "members with odd names", "ok", lambda: zipped(("a\\..\\b", b"x"), ("c:\\x\u202e", b"x"), (MAIN, main))
    yield "member named twice", "ok", lambda: zipped((MAIN, document(paragraph("甲1册")).encode()), (MAIN, main))
    yield "member with a zero sign in its name", "ok", lambda: zipped((MAIN, main), ("word/a\0b.xml", b"x"))
    yield "member with a long name", "ok", _long_name
    yield "names in capitals", "ok|holds no word/document.xml", lambda: zipped(("WORD/Document.XML", main))


def _told_with(part: str, content: bytes, kind: str) -> bytes:
    target = part.removeprefix("word/")
    return package({MAIN: document(paragraph(TOLD)), _RELATED: relations((kind, target)), part: content})


# --- what stands around the main part


def _related_to(*targets: str, mode: str = "") -> bytes:
    related = relations(*(("header", target) for target in targets))
    return package({MAIN: document(paragraph(TOLD)), _RELATED: related.replace("/>", f"{mode}/>")})


def _others() -> Iterator[tuple[str, str, Maker]]:
    external = ' TargetMode="External"'
    yield "empty", "is empty", lambda: b""
    yield "zeros", "no whole Word package", lambda: bytes(10_000)
    yield "encrypted", "protected by a password", lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    yield "old format", "an old Office document", lambda: OLE + bytes(600) + "WordDocument".encode("utf-16-le")
    yield "sheet", "Excel", lambda: package({"xl/workbook.xml": "<x/>", "[Content_Types].xml": "<Types/>"})
    yield "slides", "PowerPoint", lambda: package({"ppt/presentation.xml": "<x/>"})
    yield "open document", "OpenDocument", lambda: package({"mimetype": "x", "content.xml": "<x/>"})
    yield "book", "EPUB", lambda: package({"mimetype": "x", "META-INF/container.xml": "<x/>"})
    yield "zip of photographs", "holds no word/document.xml", lambda: zipped(("a.jpg", b"x"))
    yield "zip without members", "holds no word/document.xml", zipped
    yield "content types wrong", "ok", lambda: package({"[Content_Types].xml": "<Types", MAIN: _main()})
    yield "relations damaged", "partial", lambda: package({MAIN: _main(), _RELATED: "<Relationships"})
    yield "top relations damaged", "partial", lambda: package({"_rels/.rels": "<R", MAIN: _main()})
    yield "styles damaged", "partial", lambda: _told_with("word/styles.xml", b"<w:styles", "styles")
    yield "styles of another kind", "ok", lambda: _told_with("word/styles.xml", b"<html/>", "styles")
    yield "relations out of the package", "ok", lambda: _related_to("../../../etc/passwd", "/etc/passwd", "//x/y", "")
    yield "relations to the net", "ok", lambda: _related_to("http://localhost:9/x.xml", "file:///etc/passwd")
    yield "relations declared external", "ok", lambda: _related_to("http://localhost:9/x.xml", mode=external)
    yield "relations to itself", "ok", lambda: _related_to("document.xml", "_rels/document.xml.rels")
    yield "main part is its own relations", "no body", lambda: package({"_rels/.rels": _round()})
    yield "text elsewhere", "unread_object", lambda: told('<w:altChunk r:id="r9"/>', '<w:subDoc r:id="r8"/>')
    yield "embedded object", "unread_object", lambda: told(paragraph(_OBJECT))


_OBJECT = '<w:r><w:object><o:OLEObject ProgID="Package"/></w:object></w:r>'


def _round() -> str:
    return relations(officeDocument="_rels/.rels")


def _main() -> str:
    return document(paragraph(TOLD))


def packages() -> Iterator[tuple[str, str, Maker]]:
    """Yield name, outcome and maker of each: ok, partial, the code of a finding, or words of the error."""
    yield from _zip()
    yield from _others()
