"""Word files: the package, its styles and lists, its body, its text.

To read more of Word: what stands in a paragraph is word_text.py, what its style does word_styles.py, its number
word_numbering.py, what stands in the body word_body.py, and how it is laid out as text word_flat.py.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable

from lxml import etree
from msgspec import Struct

from extract.unreadable import UnreadableFile
from extract.word_body import BodyReader
from extract.word_contents import with_title
from extract.word_fields import MARK, are_whole
from extract.word_flat import flatten
from extract.word_margins import read_margins
from extract.word_numbering import Counters, read_numbering
from extract.word_package import main_part, open_package, read_xml, related_parts
from extract.word_styles import read_styles
from extract.word_xml import name
from schemas.document import Block, Doubt

_ROOTS = dict[str, list[etree._Element]]  # the parts of a document by kind
_READ = ("styles", "numbering", "footnotes", "endnotes", "header", "footer")


class WordText(Struct, frozen=True):
    """A Word file read: flattened text, blocks in order, what was doubtful, the lines of headers and footers."""

    text: str
    blocks: tuple[Block, ...]
    doubts: tuple[Doubt, ...] = ()
    margins: tuple[str, ...] = ()


def read_word(data: bytes) -> WordText:
    """Return what a .docx file says.

    Raises UnreadableFile where the bytes are no Word package, the package is unsafe or damaged, or it holds no text.
    """
    with open_package(data) as package:
        part = main_part(package)
        body = read_xml(package, part).find(name("body"))
        beside = _beside(package, part)
    if body is None:
        raise UnreadableFile(
            f"the part {part} has no body, so it is no Word text; open the file in Word and save it anew"
        )
    try:
        found = _read(body, beside)
    except RecursionError as error:
        raise UnreadableFile("its tables are nested too deep to be read; save the file anew in Word") from error
    if not found.text.strip():
        raise UnreadableFile(
            "the document holds no text, perhaps only scanned pages; turn the pictures into text first"
        )
    return found


def _beside(package: zipfile.ZipFile, part: str) -> _ROOTS:
    related = related_parts(package, part)
    return {kind: [read_xml(package, item) for item in related.get(kind, ())] for kind in _READ}


def _read(body: etree._Element, beside: _ROOTS) -> WordText:
    styles = read_styles(next(iter(beside["styles"]), None))
    counters = Counters(read_numbering(next(iter(beside["numbering"]), None)))
    notes = {**_notes(beside["footnotes"], "footnote"), **_notes(beside["endnotes"], "endnote")}
    reader = BodyReader(styles, counters, notes, whole_fields=are_whole(body.iter(MARK)))
    text, blocks, doubts = flatten(with_title(reader.parts(body)))
    return WordText(text, blocks, doubts, read_margins([*beside["header"], *beside["footer"]], styles))


def _notes(roots: Iterable[etree._Element], kind: str) -> dict[tuple[str, str], etree._Element]:
    return {(kind, note.get(name("id"), "")): note for root in roots for note in root.iter(name(kind))}
