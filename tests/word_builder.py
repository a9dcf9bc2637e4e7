"""Word files made at test time: a package out of XML, as small as a test needs it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def relations(**targets: str) -> str:
    """Return a .rels part: kind="target"."""
    items = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items())
    )
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}">{items}</Relationships>'


def document(body: str) -> str:
    """Return a main part with this body."""
    return f'{_DECLARATION}<w:document xmlns:w="{W}"><w:body>{body}<w:sectPr/></w:body></w:document>'


def run(text: str) -> str:
    """Return a run with this text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph; content that is no XML becomes a run."""
    inside = "".join(item if item.startswith("<") else run(item) for item in content if item)
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{properties}</w:pPr>{inside}</w:p>"


def cell(*content: str, span: int = 1, merge: str | None = None) -> str:
    """Return a cell; merge is restart, continue or "" (the short form of continue)."""
    grid = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    down = "" if merge is None else f'<w:vMerge w:val="{merge}"/>' if merge else "<w:vMerge/>"
    inside = "".join(item if item.startswith(("<w:p>", "<w:tbl>", "<w:sdt>")) else paragraph(item) for item in content)
    return f"<w:tc><w:tcPr>{grid}{down}</w:tcPr>{inside or paragraph()}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Return a row; content that is no cell becomes one."""
    inside = "".join(item if item.startswith(("<w:tc>", "<w:sdt>")) else cell(item) for item in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def table(*rows: str) -> str:
    """Return a table of rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def control(content: str) -> str:
    """Return content in a content control."""
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def style(identity: str, name: str, based_on: str = "", outline: int | None = None, default: bool = False) -> str:
    """Return a paragraph style."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    level = "" if outline is None else f'<w:pPr><w:outlineLvl w:val="{outline}"/></w:pPr>'
    mark = ' w:default="1"' if default else ""
    return f'<w:style w:type="paragraph" w:styleId="{identity}"{mark}><w:name w:val="{name}"/>{base}{level}</w:style>'


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """Return the bytes of a zip with these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def word(*body: str, styles: str = "") -> bytes:
    """Return a .docx with these paragraphs and tables and these styles."""
    return package(
        {
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/document.xml": document("".join(body)),
            "word/_rels/document.xml.rels": relations(styles="styles.xml"),
            "word/styles.xml": f'{_DECLARATION}<w:styles xmlns:w="{W}">{styles}</w:styles>',
        }
    )
