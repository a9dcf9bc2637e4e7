"""Hostile Word documents: XML, depth, size, tables, styles and lists made to break or to exhaust who reads them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from hostile_packages import MAIN, TOLD, Maker, told, zipped
from word_builder import (
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
    row,
    style,
    table,
    word,
)

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
    yield "entity not declared", "partial", lambda: told(paragraph("<w:r><w:t>甲&nope;乙</w:t></w:r>"))
    yield "surrogates as references", "partial", lambda: told(paragraph("<w:r><w:t>甲&#xD800;&#56320;</w:t></w:r>"))
    yield "control signs", "partial", lambda: told(paragraph("<w:r><w:t>甲\x01\x08\x1b[31m乙</w:t></w:r>"))
    yield "zero signs", "partial", lambda: told(paragraph("<w:r><w:t>甲&#0;\0乙</w:t></w:r>"))
    yield "tags crossed", "partial", lambda: told("<w:p><w:r></w:p></w:r>", paragraph("乙"))
    yield "main part cut off", "partial", lambda: package({MAIN: document(paragraph(TOLD) * 9)[:-400]})
    yield "nothing but a declaration", damaged, lambda: package({MAIN: '<?xml version="1.0"?>'})
    yield (
        "another namespace",
        "no body",
        lambda: package({MAIN: document(paragraph(TOLD)).replace("2006/main", "2099/main")}),
    )
    yield "bidirectional signs", "ok", lambda: told(paragraph("\u202e\u2066馆藏123册\u2069\u202c\u200f\u061c"))
    yield "private signs", "ok", lambda: told(paragraph("\ue000\uf8ff\U000f0000\U0010fffd馆藏123册\ufdd0"))
    yield "combining signs", "ok", lambda: told(paragraph("馆" + "\u0301" * 100_000))
    yield "a million attributes", "ok|damaged|tags|partial", lambda: told(_attributes())
    yield "many namespaces", "ok|damaged|tags|partial", lambda: told(_namespaces())


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
            lambda d=depth, t=runs: told(f"<w:p>{nested(d, *t, '<w:t>甲</w:t>')}</w:p>"),
        )
    controls = ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>")
    groups = ("<wps:g>", "</wps:g>")
    fallback = ("<mc:AlternateContent><mc:Fallback>", "</mc:Fallback></mc:AlternateContent>")
    yield "controls 120 deep", "ok", lambda: told(nested(120, *controls, inside))
    yield "controls 20000 deep", deep, lambda: told(nested(20_000, *controls, inside))
    yield (
        "groups 200 deep",
        "ok",
        lambda: told(f"<w:p><w:r><w:drawing>{nested(200, *groups, '')}</w:drawing></w:r></w:p>"),
    )
    yield "alternatives 120 deep", "ok", lambda: told(nested(120, *fallback, inside * 300))
    yield "fields 10000 deep", "ok", lambda: stored(_deep_fields(10_000))
    yield (
        "fields that never end",
        "ok",
        lambda: stored(paragraph(TOLD) + paragraph(mark("begin") + code("TOC")) * 20_000),
    )
    yield "ends of fields that never began", "ok", lambda: told(paragraph(mark("end") * 20_000))
    yield "notes that refer to themselves", "ok", _notes_in_notes
    yield "boxes 30 deep", "ok", lambda: told(nested(30, _BOX_BEGINS, _BOX_ENDS, inside))


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
    yield "a run of thirty thousand characters", "ok", lambda: told(paragraph("馆" * 30_000))
    yield "a row of twenty thousand cells", "ok", lambda: stored(paragraph(TOLD) + table(row(*("1",) * 20_000)))


def stored(body: str) -> bytes:
    """Return a package whose main part is not packed, so that its ratio says nothing."""
    return zipped((MAIN, document(body).encode()), method=zipfile.ZIP_STORED)


# --- tables, styles, lists


def _spanned(value: str, kind: str = "gridSpan") -> bytes:
    spans = f'<w:{kind} w:val="{value}"/>'
    return told(table(row(cell("项目", properties=spans), "册"), row("甲", "1"), row("乙", "2")))


def _wide_table() -> bytes:
    wide = cell("1", properties='<w:gridSpan w:val="999"/>')
    return told(table(*(row(*(wide,) * 30) for _ in range(60))))


def _merged_tall() -> bytes:
    first = row(*(cell("1", merge="restart") for _ in range(60)))
    return stored(table(first, *(row(*(cell("2", merge="continue") for _ in range(60))) for _ in range(400))))


def _tables() -> Iterator[tuple[str, str, Maker]]:
    for value in ("2147483648", "-1", "0", "x", "", "9" * 400, "1e9", "١٢"):
        yield f"column span «{value[:12]}»", "ok", lambda v=value: _spanned(v)
    yield (
        "columns before of a billion",
        "ok",
        lambda: told(table(row("1", properties='<w:gridBefore w:val="1000000000"/>'), row("1", "2"))),
    )
    yield "merge of an unknown kind", "ok", lambda: _spanned("9" * 99, "vMerge")
    yield "merges of nothing", "ok", lambda: told(table(*(row(cell("1", merge="")) for _ in range(500))))
    yield "wide cells in many rows", "ok", _wide_table
    yield "merged cells of many rows", "ok", _merged_tall
    yield "rows without cells", "ok", lambda: told(table(*("<w:tr/>",) * 20_000, row("1", "2")))
    yield "table without rows", "ok", lambda: told("<w:tbl/>" * 20_000)


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


def documents() -> Iterator[tuple[str, str, Maker]]:
    """Yield name, outcome and maker of each: ok, partial, the code of a finding, or words of the error."""
    for group in (_xml, _depth, _size, _tables, _styles):
        yield from group()
