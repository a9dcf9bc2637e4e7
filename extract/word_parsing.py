"""The XML of a part, parsed without trust.

A part with a document type (the home of entities, of which Word writes none) is refused, nothing outside the part is
ever loaded, depth and lengths are those that libxml2 allows by itself, and tags are counted before they are parsed.
What is not well formed is read as far as it goes, and said to be damaged.
"""

from __future__ import annotations

import regex
from lxml import etree

from extract import limits
from extract.decoding import decode
from extract.unreadable import DamagedPart, UnreadableFile

# ISO/IEC 29500 Strict has other namespaces for the same elements.
_STRICT_BEGINS = b"http://purl.oclc.org/ooxml/"
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/",
        b"http://schemas.openxmlformats.org/drawingml/2006/",
    ),
)
_FEW_ZEROS = 20
_DECLARATION = regex.compile(r"\A\s*+<\?xml[^<>]*+\?>")
_NO_CHARACTER = regex.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")  # XML 1.0, Char
_REFERENCE = regex.compile(r"&\#(?:x0*+(?P<hexadecimal>[0-9A-Fa-f]{1,9})|0*+(?P<decimal>[0-9]{1,9}));")
_DOCTYPES = tuple("<!DOCTYPE".encode(codec) for codec in ("ascii", "utf-16-le", "utf-16-be"))


def parse(data: bytes, name: str) -> tuple[etree._Element, bool]:
    """Return the root element of a part's bytes, and whether all of it could be read.

    Raises UnreadableFile where it has a document type or too many tags, DamagedPart where nothing of it can be read.
    """
    marks = data.count(b"<") + data.count(b"=")
    if marks > limits.MAX_MARKS:
        raise UnreadableFile(f"the part {name} has more than {limits.MAX_MARKS} tags and attributes; split the report")
    if any(doctype in data for doctype in _DOCTYPES):
        raise _with_document_type(name)
    for strict, transitional in _STRICT if _STRICT_BEGINS in data else ():
        data = data.replace(strict, transitional)
    try:
        root, is_whole = etree.fromstring(data, _parser(mending=False)), True
    except (etree.XMLSyntaxError, ValueError) as error:
        root, is_whole = _mended(data, name, error), False
    if root.getroottree().docinfo.internalDTD is not None:  # whatever encoding the declaration was hidden in
        raise _with_document_type(name)
    return root, is_whole


def _mended(data: bytes, name: str, error: Exception) -> etree._Element:
    try:
        root: etree._Element | None = etree.fromstring(legible(data), _parser(mending=True))
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise DamagedPart(f"the part {name} is damaged", name) from error
    return root


def legible(data: bytes) -> bytes:
    """Return damaged XML in UTF-8, with U+FFFD for what is no character, so that nothing is lost without a trace.

    Bytes that are not in the encoding, control signs, and references to either or to halves of pairs are none.

    >>> legible(b"<a>1\x01&#xD800;&#65;</a>").decode()
    '<a>1\ufffd\ufffd&#65;</a>'
    """
    if data.count(0) * _FEW_ZEROS < len(data):  # UTF-16 has many
        data = data.replace(b"\0", b"\x01")
    text = _DECLARATION.sub("", decode(data).text, count=1)
    return _REFERENCE.sub(_kept, _NO_CHARACTER.sub("\ufffd", text)).encode("utf-8", "replace")


def _kept(reference: regex.Match[str]) -> str:
    digits = reference["hexadecimal"] or reference["decimal"]
    point = int(digits, 16 if reference["hexadecimal"] else 10)
    return reference[0] if point <= 0x10FFFF and not _NO_CHARACTER.match(chr(point)) else "\ufffd"


def _parser(*, mending: bool) -> etree.XMLParser:
    return etree.XMLParser(
        recover=mending,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


def _with_document_type(name: str) -> UnreadableFile:
    return UnreadableFile(f"the part {name} has a document type, which Word never writes; save the file anew in Word")
