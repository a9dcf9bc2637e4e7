"""Word files made at test time: a package out of XML, as small as a test needs it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": W,
        "r": _OFFICE,
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)


def relations(*pairs: tuple[str, str], **targets: str) -> str:
    """Return a .rels part: kind="target", or pairs of them where a kind stands twice."""
    items = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate([*pairs, *targets.items()])
    )
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}">{items}</Relationships>'


def part(root: str, content: str) -> str:
    """Return a part with a root element of this name."""
    return f"{_DECLARATION}<w:{root} {NAMESPACES}>{content}</w:{root}>"


def document(body: str) -> str:
    """Return a main part with this body."""
    return part("document", f"<w:body>{body}<w:sectPr/></w:body>")


def run(text: str, properties: str = "") -> str:
    """Return a run with this text, or with these elements."""
    inside = text if text.startswith("<") else f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inside}</w:r>"


def paragraph(*content: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph; content that is no XML becomes a run."""
    inside = "".join(item if item.startswith("<") else run(item) for item in content if item)
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{properties}</w:pPr>{inside}</w:p>"


def cell(*content: str, span: int = 1, merge: str | None = None, properties: str = "") -> str:
    """Return a cell; merge is restart, continue or "" (the short form of continue)."""
    grid = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    down = "" if merge is None else f'<w:vMerge w:val="{merge}"/>' if merge else "<w:vMerge/>"
    blocks = ("<w:p>", "<w:tbl>", "<w:sdt>")
    inside = "".join(item if item.startswith(blocks) else paragraph(item) for item in content)
    return f"<w:tc><w:tcPr>{grid}{down}{properties}</w:tcPr>{inside or paragraph()}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Return a row; content that is no cell becomes one."""
    inside = "".join(item if item.startswith(("<w:tc>", "<w:sdt>")) else cell(item) for item in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def table(*rows: str) -> str:
    """Return a table of rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def control(content: str, properties: str = "") -> str:
    """Return content in a content control."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def mark(kind: str) -> str:
    """Return a run with a field mark: begin, separate or end."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text: str) -> str:
    """Return a run with a piece of a field code."""
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def complex_field(instruction: str, *result: str) -> str:
    """Return a field with its code and, if there is any, its result."""
    shown = mark("separate") + "".join(result) if result else ""
    return mark("begin") + code(instruction) + shown + mark("end")


def style(
    identity: str,
    name: str,
    based_on: str = "",
    outline: int | None = None,
    *,
    default: bool = False,
    numbering: str = "",
    hidden: str = "",
) -> str:
    """Return a style; numbering is the content of its w:numPr, hidden that of its w:rPr."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    listed = f"<w:numPr>{numbering}</w:numPr>" if numbering else ""
    level = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
    inside = f'<w:name w:val="{name}"/>{base}<w:pPr>{listed}{level}</w:pPr><w:rPr>{hidden}</w:rPr>'
    first = ' w:default="1"' if default else ""
    return f'<w:style w:type="paragraph" w:styleId="{identity}"{first}>{inside}</w:style>'


def numbered(number: int | None, level: int | None = None) -> str:
    """Return the property that puts a paragraph into a list."""
    at = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    identity = "" if number is None else f'<w:numId w:val="{number}"/>'
    return f"<w:numPr>{at}{identity}</w:numPr>"


def list_level(at: int, template: str, way: str = "decimal", more: str = "", start: int = 1) -> str:
    """Return a level of a list definition."""
    inside = f'<w:start w:val="{start}"/><w:numFmt w:val="{way}"/>{more}<w:lvlText w:val="{template}"/>'
    return f'<w:lvl w:ilvl="{at}">{inside}</w:lvl>'


def definition(identity: int, *levels: str) -> str:
    """Return a list definition (w:abstractNum)."""
    return f'<w:abstractNum w:abstractNumId="{identity}">{"".join(levels)}</w:abstractNum>'


def list_of(number: int, identity: int, *overrides: str) -> str:
    """Return a list (w:num) of a definition."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{identity}"/>{"".join(overrides)}</w:num>'


def note(kind: str, identity: int, *content: str) -> str:
    """Return a footnote or endnote."""
    return f'<w:{kind} w:id="{identity}">{"".join(content)}</w:{kind}>'


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """Return the bytes of a zip with these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def word(
    *body: str,
    styles: str = "",
    numbering: str = "",
    footnotes: str = "",
    endnotes: str = "",
    headers: Sequence[str] = (),
    footers: Sequence[str] = (),
) -> bytes:
    """Return a .docx with these paragraphs and tables, and with the parts beside them that are not empty."""
    named = {"styles": styles, "numbering": numbering, "footnotes": footnotes, "endnotes": endnotes}
    beside = {("styles", "styles.xml"): part("styles", styles)}
    beside |= {(kind, f"{kind}.xml"): part(kind, content) for kind, content in named.items() if content}
    for kind, root, contents in (("header", "hdr", headers), ("footer", "ftr", footers)):
        beside |= {(kind, f"{kind}{n}.xml"): part(root, content) for n, content in enumerate(contents, start=1)}
    return package(
        {
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/document.xml": document("".join(body)),
            "word/_rels/document.xml.rels": relations(*beside),
            **{f"word/{target}": content for (_, target), content in beside.items()},
        }
    )
