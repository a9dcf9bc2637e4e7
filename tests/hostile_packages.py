"""Hostile Word files: packages, XML, styles, lists, tables and text made to break or to exhaust who reads them."""

from __future__ import annotations

import io
import random
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator

from word_builder import (
    W,
    cell,
    code,
    definition,
    document,
    list_level,
    list_of,
    mark,
    numbered,
    package,
    paragraph,
    relations,
    row,
    style,
    table,
    word,
)

MAIN = "word/document.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TOLD = "2019年，全馆接待读者3.2万人次。"
_RELATED = "word/_rels/document.xml.rels"
Maker = Callable[[], bytes]


def _told(*more: str) -> bytes:
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
    data = _told()
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
    yield "bomb of four gigabytes declared", bomb, lambda: patched(_told(), MAIN, 24, 4, 2**32 - 2)
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
    yield "size declared too small", "cannot be unpacked|damaged|partly", lambda: patched(_told(), MAIN, 24, 4, 40)
    yield "size declared as none", "cannot be unpacked|damaged|empty|no text", lambda: patched(_told(), MAIN, 24, 4, 0)
    yield "packed size declared too large", "ok", lambda: patched(_told(), MAIN, 20, 4, 2**31)
    yield "offset beyond the end", "cannot be unpacked", lambda: patched(_told(), MAIN, 42, 4, 2**31)
    yield "packed in an unknown way", "packed as Word never does", lambda: patched(_told(), MAIN, 10, 2, 77)
    yield "wrong checksum", "cannot be unpacked", lambda: patched(_told(), MAIN, 16, 4, 1)
    yield "overlapping members", "ok", _overlapping
    yield "member protected by a password", "password", lambda: patched(_told(), MAIN, 8, 2, 1)
    yield "directory lost", "partial", _directory_lost
    yield "directory lost of a streamed package", "partial", _streamed_and_cut
    yield "directory cut short", "partial", lambda: _told()[:-30]
    yield "cut in the main part", "partial", _cut_in_main
    yield "cut before the main part", "holds no word/document.xml|no whole Word package", _cut_before_main
    yield "cut in the first header", "no whole Word package", lambda: _told()[:20]
    yield "bytes before the zip", "ok", lambda: b"MZ" + bytes(500) + _told()
    yield "bytes after the zip", "ok", lambda: _told() + bytes(500)
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
    yield "zip without members", "holds no word/document.xml", lambda: zipped()
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
    yield "text elsewhere", "unread_object", lambda: _told('<w:altChunk r:id="r9"/>', '<w:subDoc r:id="r8"/>')
    yield "embedded object", "unread_object", lambda: _told(paragraph(_OBJECT))


_OBJECT = '<w:r><w:object><o:OLEObject ProgID="Package"/></w:object></w:r>'


def _round() -> str:
    return relations(officeDocument="_rels/.rels")


def _main() -> str:
    return document(paragraph(TOLD))


# --- XML


def declared(doctype: str, text: str, codec: str = "utf-8", named: str = "") -> bytes:
    """Return a main part with a document type, in any encoding."""
    head = f'<?xml version="1.0" encoding="{named or codec}"?>{doctype}'
    main = document(paragraph(f"<w:r><w:t>{text}</w:t></w:r>")).partition("\n")[2]
    return package({MAIN: (head + main).encode(codec)})


def _laughs() -> str:
    more = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE x [<!ENTITY l0 "哈哈">{more}]>'


def _xml() -> Iterator[tuple[str, str, Maker]]:
    doctype, damaged = "has a document type", "damaged|document type|no text"
    swollen = f'<!DOCTYPE x [<!ENTITY a "{"哈" * 50_000}">]>'
    system = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    remote = '<!DOCTYPE x SYSTEM "http://localhost:9/x.dtd">'
    parameter = '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://localhost:9/x"> %a;]>'
    yield "billion laughs", doctype, lambda: declared(_laughs(), "&l11;")
    yield "quadratic blowup", doctype, lambda: declared(swollen, "&a;" * 50_000)
    yield "external entity", doctype, lambda: declared(system, "&a;")
    yield "external document type", doctype, lambda: declared(remote, "甲")
    yield "external parameter entity", doctype, lambda: declared(parameter, "甲")
    yield "laughs in UTF-16", doctype, lambda: declared(_laughs(), "&l11;", "utf-16")
    yield "laughs in UTF-16 without a mark", damaged, lambda: declared(_laughs(), "&l11;", "utf-16-be")
    yield "laughs in UTF-7", damaged, lambda: declared(_laughs(), "&l11;", "utf-7")
    yield "laughs in EBCDIC", damaged, lambda: declared(_laughs().replace("哈", "h"), "&l11;", "cp037")
    yield "laughs in GB18030", doctype, lambda: declared(_laughs(), "&l11;", "gb18030")
    yield "main part in UTF-16", "ok", lambda: declared("", TOLD, "utf-16")
    yield "main part in GB18030", "ok|partial", lambda: declared("", TOLD, "gb18030")
    yield "encoding declared wrongly", "partial|damaged", lambda: declared("", TOLD, "gb18030", "utf-8")
    yield "encoding unknown", "partial|damaged", lambda: declared("", TOLD, "utf-8", "x-none")
    yield "entity not declared", "partial", lambda: _told(paragraph("<w:r><w:t>甲&nope;乙</w:t></w:r>"))
    yield "surrogates as references", "partial", lambda: _told(paragraph("<w:r><w:t>甲&#xD800;&#56320;</w:t></w:r>"))
    yield "control signs", "partial", lambda: _told(paragraph("<w:r><w:t>甲\x01\x08\x1b[31m乙</w:t></w:r>"))
    yield "zero signs", "partial", lambda: _told(paragraph("<w:r><w:t>甲&#0;\0乙</w:t></w:r>"))
    yield "tags crossed", "partial", lambda: _told("<w:p><w:r></w:p></w:r>", paragraph("乙"))
    yield "main part cut off", "partial", lambda: package({MAIN: document(paragraph(TOLD) * 9)[:-400]})
    yield "nothing but a declaration", damaged, lambda: package({MAIN: '<?xml version="1.0"?>'})
    yield "another namespace", "no body", lambda: package({MAIN: _main().replace("2006/main", "2099/main")})
    yield "bidirectional signs", "ok", lambda: _told(paragraph("\u202e\u2066馆藏123册\u2069\u202c\u200f\u061c"))
    yield "private signs", "ok", lambda: _told(paragraph("\ue000\uf8ff\U000f0000\U0010fffd馆藏123册\ufdd0"))
    yield "combining signs", "ok", lambda: _told(paragraph("馆" + "\u0301" * 100_000))
    yield "a million attributes", "ok|damaged|tags|partial", lambda: _told(_attributes())
    yield "many namespaces", "ok|damaged|tags|partial", lambda: _told(_namespaces())


def _attributes() -> str:
    attributes = " ".join(f'x{number}="1"' for number in range(100_000))
    return f"<w:p {attributes}/>"


def _namespaces() -> str:
    return "".join(f'<w:p xmlns:n{number}="u{number}"/>' for number in range(20_000))


# --- depth, number and size


def nested(depth: int, before: str, after: str, inside: str) -> str:
    """Return something in as many of the same."""
    return before * depth + inside + after * depth


def _depth() -> Iterator[tuple[str, str, Maker]]:
    deep = "partial|nested|no text"
    inside = paragraph(TOLD)
    for depth in (40, 20_000):
        tables = ("<w:tbl><w:tr><w:tc>", f"{paragraph()}</w:tc><w:tc>{inside}</w:tc></w:tr></w:tbl>")
        runs = ("<w:r>", "</w:r>")
        yield (
            f"tables {depth} deep",
            deep if depth > 99 else "ok",
            lambda d=depth, t=tables: stored(nested(d, *t, inside)),
        )
        yield (
            f"runs {depth} deep",
            deep if depth > 99 else "ok",
            lambda d=depth, t=runs: _told(f"<w:p>{nested(d, *t, '<w:t>甲</w:t>')}</w:p>"),
        )
    controls = ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>")
    groups = ("<wps:g>", "</wps:g>")
    fallback = ("<mc:AlternateContent><mc:Fallback>", "</mc:Fallback></mc:AlternateContent>")
    yield "controls 120 deep", "ok", lambda: _told(nested(120, *controls, inside))
    yield "controls 20000 deep", deep, lambda: _told(nested(20_000, *controls, inside))
    yield (
        "groups 200 deep",
        "ok",
        lambda: _told(f"<w:p><w:r><w:drawing>{nested(200, *groups, '')}</w:drawing></w:r></w:p>"),
    )
    yield "alternatives 120 deep", "ok", lambda: _told(nested(120, *fallback, inside * 300))
    yield "fields 10000 deep", "ok", lambda: stored(_deep_fields(10_000))
    yield (
        "fields that never end",
        "ok",
        lambda: stored(paragraph(TOLD) + paragraph(mark("begin") + code("TOC")) * 20_000),
    )
    yield "ends of fields that never began", "ok", lambda: _told(paragraph(mark("end") * 20_000))
    yield "notes that refer to themselves", "ok", _notes_in_notes
    yield "boxes 30 deep", "ok", lambda: _told(nested(30, _BOX_BEGINS, _BOX_ENDS, inside))


_BOX_BEGINS = "<w:p><w:r><w:pict><v:textbox><w:txbxContent>"
_BOX_ENDS = "</w:txbxContent></v:textbox></w:pict></w:r></w:p>"


def _deep_fields(depth: int) -> str:
    result = mark("separate") + "<w:r><w:t>甲</w:t></w:r>"
    return paragraph((mark("begin") + code(" REF x ") + result) * depth + mark("end") * depth)


def _notes_in_notes() -> bytes:
    refer = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    notes = "".join(f'<w:footnote w:id="{n}">{paragraph(refer.format((n + 1) % 9))}</w:footnote>' for n in range(9))
    return word(paragraph(TOLD, refer.format(0)), footnotes=notes)


def _size() -> Iterator[tuple[str, str, Maker]]:
    """Yield large files that shrink too well, so stored: what is tested is the number of things in them."""
    large = "more than|larger than|longer than"
    yield "a million cells", large, lambda: stored(f"<w:tbl><w:tr>{'<w:tc><w:p/></w:tc>' * 1000}</w:tr></w:tbl>" * 1000)
    yield "two million empty paragraphs", large, lambda: stored(paragraph(TOLD) + "<w:p/>" * 2_000_000)
    yield "a paragraph of ten million characters", large, lambda: stored(paragraph(*("馆藏书" * 10_000,) * 334))
    yield "a run of ten million characters", large, lambda: stored(paragraph("馆藏书" * 3_400_000))
    yield "a run of thirty thousand characters", "ok", lambda: _told(paragraph("馆" * 30_000))
    yield "a row of twenty thousand cells", "ok", lambda: stored(paragraph(TOLD) + table(row(*("1",) * 20_000)))


def stored(body: str) -> bytes:
    """Return a package whose main part is not packed, so that its ratio says nothing."""
    return zipped((MAIN, document(body).encode()), method=zipfile.ZIP_STORED)


# --- tables, styles, lists


def _spanned(value: str, kind: str = "gridSpan") -> bytes:
    spans = f'<w:{kind} w:val="{value}"/>'
    return _told(table(row(cell("项目", properties=spans), "册"), row("甲", "1"), row("乙", "2")))


def _wide_table() -> bytes:
    wide = cell("1", properties='<w:gridSpan w:val="999"/>')
    return _told(table(*(row(*(wide,) * 30) for _ in range(60))))


def _merged_tall() -> bytes:
    first = row(*(cell("1", merge="restart") for _ in range(60)))
    return stored(table(first, *(row(*(cell("2", merge="continue") for _ in range(60))) for _ in range(400))))


def _tables() -> Iterator[tuple[str, str, Maker]]:
    for value in ("2147483648", "-1", "0", "x", "", "9" * 400, "1e9", "١٢"):
        yield f"column span «{value[:12]}»", "ok", lambda v=value: _spanned(v)
    yield (
        "columns before of a billion",
        "ok",
        lambda: _told(table(row("1", properties='<w:gridBefore w:val="1000000000"/>'), row("1", "2"))),
    )
    yield "merge of an unknown kind", "ok", lambda: _spanned("9" * 99, "vMerge")
    yield "merges of nothing", "ok", lambda: _told(table(*(row(cell("1", merge="")) for _ in range(500))))
    yield "wide cells in many rows", "ok", _wide_table
    yield "merged cells of many rows", "ok", _merged_tall
    yield "rows without cells", "ok", lambda: _told(table(*("<w:tr/>",) * 20_000, row("1", "2")))
    yield "table without rows", "ok", lambda: _told("<w:tbl/>" * 20_000)


def _style_chain(length: int) -> bytes:
    styles = "".join(style(f"s{n}", f"n{n}", f"s{n + 1}", numbering='<w:numId w:val="1"/>') for n in range(length))
    return word(*(paragraph(TOLD, style=f"s{n}") for n in range(0, length, 2)), styles=styles)


def _styles() -> Iterator[tuple[str, str, Maker]]:
    level = list_level(0, "%1.")
    yield "style based on itself", "ok", lambda: word(paragraph(TOLD, style="a"), styles=style("a", "A", "a"))
    yield (
        "styles in a ring",
        "ok",
        lambda: word(
            paragraph(TOLD, style="a"), styles=style("a", "A", "b") + style("b", "B", "c") + style("c", "C", "a")
        ),
    )
    yield "styles 1000 deep", "ok", lambda: _style_chain(1000)
    yield (
        "style named in a thousand signs",
        "ok",
        lambda: word(paragraph(TOLD, style="a"), styles=style("a", "heading " + " " * 50_000 + "x")),
    )
    yield (
        "list styles in a ring",
        "ok",
        lambda: word(
            paragraph(TOLD, properties=numbered(1, 0)), numbering=_linked(0, 1) + _linked(1, 0) + list_of(1, 0)
        ),
    )
    yield (
        "list of a list that is not there",
        "ok",
        lambda: word(paragraph(TOLD, properties=numbered(1, 0)), numbering=list_of(1, 77)),
    )
    yield (
        "list level of a billion",
        "ok",
        lambda: word(paragraph(TOLD, properties=numbered(1, 10**9)), numbering=definition(0, level) + list_of(1, 0)),
    )
    yield (
        "list that starts at a billion",
        "ok",
        lambda: word(
            paragraph(TOLD, properties=numbered(1, 0)),
            numbering=definition(0, list_level(0, "%1.", start=10**9)) + list_of(1, 0),
        ),
    )
    yield (
        "list template of a megabyte",
        "ok",
        lambda: word(
            *(paragraph(TOLD, properties=numbered(1, 0)) for _ in range(2000)),
            numbering=definition(0, list_level(0, "%1" * 5000)) + list_of(1, 0),
        ),
    )
    yield "lists with many levels each", "ok", _many_levels
    yield (
        "counting in an unknown way",
        "ok",
        lambda: word(
            paragraph(TOLD, properties=numbered(1, 0)),
            numbering=definition(0, list_level(0, "%1%2%9%0%", way="hex2")) + list_of(1, 0),
        ),
    )


def _linked(identity: int, to: int) -> str:
    inside = f'<w:styleLink w:val="s{identity}"/><w:numStyleLink w:val="s{to}"/>'
    return f'<w:abstractNum w:abstractNumId="{identity}">{inside}</w:abstractNum>'


def _many_levels() -> bytes:
    levels = definition(0, *(list_level(at, "%1.") for at in range(3000)))
    return word(
        *(paragraph(TOLD, properties=numbered(n, n % 999)) for n in range(2000)),
        numbering=levels + "".join(list_of(n, 0) for n in range(3000)),
    )


def packages() -> Iterator[tuple[str, str, Maker]]:
    """Yield name, outcome and maker of each: ok, partial, the code of a finding, or words of the error."""
    for group in (_zip, _others, _xml, _depth, _size, _tables, _styles):
        yield from group()
