"""The .docx package: opened without trust, and its XML parts.

Nothing is inflated before its declared size and ratio were checked, zipfile gives no byte more than was declared, and a
part with a document type (the home of entities) is refused, so that a small file cannot fill the memory.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib

from lxml import etree

from extract.unreadable import UnreadableFile, looks_like

MAX_PART_BYTES = 64 * 1024 * 1024
MAX_RATIO = 200  # word/document.xml of a real report shrinks 10 to 60 times
_RATIO_MATTERS_FROM = 1024 * 1024

# ISO/IEC 29500 Strict has other namespaces for the same elements.
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
_DOCTYPES = tuple("<!DOCTYPE".encode(codec) for codec in ("ascii", "utf-16-le", "utf-16-be"))
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, LookupError)


def open_package(data: bytes) -> zipfile.ZipFile:
    """Return the opened package; raise UnreadableFile where the bytes are none, encrypted or of another format."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        what = "protected by a password" if encrypted else "an old Office document with the name of a .docx"
        raise UnreadableFile(f"the file is {what}; open it in Word and save it as an unprotected .docx")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        kind = (
            f"is {looks_like(data)}" if not data.startswith(b"PK") and looks_like(data) else "is no whole Word package"
        )
        raise UnreadableFile(f"the file {kind}; get it again, or open it in Word and save it as .docx") from error


def main_part(package: zipfile.ZipFile) -> str:
    """Return the name of the part with the body, as the package states it, `word/document.xml` by default."""
    name = next(iter(related_parts(package, "").get("officeDocument", ())), "word/document.xml")
    if name not in package.NameToInfo:
        raise UnreadableFile(
            "the package holds no word/document.xml, so no Word text; open it in Word and save it as .docx"
        )
    return name


def related_parts(package: zipfile.ZipFile, part: str) -> dict[str, list[str]]:
    """Return the names of the parts that `part` ("" for the package) relates to, by kind («styles»), if there."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, list[str]] = {}
    for relation in read_xml(package, relations).iter(_RELATIONSHIP) if relations in package.NameToInfo else ():
        kind = relation.get("Type", "")
        if kind.startswith(_KINDS) and relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
            if target in package.NameToInfo:
                found.setdefault(kind.removeprefix(_KINDS), []).append(target)
    return found


def read_xml(package: zipfile.ZipFile, name: str) -> etree._Element:
    """Return the root element of a part; raise UnreadableFile where it is too large, damaged or has a document type."""
    data = _inflate(package, name)
    if any(doctype in data for doctype in _DOCTYPES):
        raise UnreadableFile(
            f"the part {name} has a document type, which Word never writes; save the file anew in Word"
        )
    for strict, transitional in _STRICT if b"http://purl.oclc.org/ooxml/" in data else ():
        data = data.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(f"the part {name} is damaged; open the file in Word and save it anew") from error
    if root.getroottree().docinfo.internalDTD is not None:  # whatever encoding the declaration was hidden in
        raise UnreadableFile(
            f"the part {name} has a document type, which Word never writes; save the file anew in Word"
        )
    return root


def _inflate(package: zipfile.ZipFile, name: str) -> bytes:
    info = package.getinfo(name)
    if info.flag_bits & 1:
        raise UnreadableFile("the package is protected by a password; open it in Word and save it unprotected")
    ratio = info.file_size / max(1, info.compress_size)
    if info.file_size > MAX_PART_BYTES or (info.file_size > _RATIO_MATTERS_FROM and ratio > MAX_RATIO):
        size = f"{info.file_size} bytes out of {info.compress_size}"
        raise UnreadableFile(f"the part {name} would swell to {size}, as a zip bomb does; save the file anew in Word")
    try:
        with package.open(info) as part:
            data = part.read(MAX_PART_BYTES + 1)
    except (*_BROKEN, NotImplementedError) as error:
        raise UnreadableFile(
            f"the part {name} cannot be unpacked; get the file again or save it anew in Word"
        ) from error
    if len(data) > MAX_PART_BYTES:
        raise UnreadableFile(f"the part {name} is larger than {MAX_PART_BYTES // 2**20} MiB; split the report")
    return data
