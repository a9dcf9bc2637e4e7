"""Word files: the package, its styles and lists, its body, its text.

To read more of Word: what stands in a paragraph is word_text.py, what its style does word_styles.py, its number
word_numbering.py, what stands in the body word_body.py, and how it is laid out as text word_flat.py.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass

from lxml import etree

from extract.unreadable import UnreadableFile
from extract.word_body import BodyReader
from extract.word_contents import with_title
from extract.word_fields import MARK, are_whole
from extract.word_flat import flatten
from extract.word_margins import read_margins
from extract.word_numbering import Counters, read_numbering
from extract.word_package import main_part, open_package, read_xml, related_parts
from extract.word_styles import Styles, read_styles
from extract.word_xml import name
from schemas.document import Block, Doubt


@dataclass(frozen=True, slots=True)
class WordText:
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
        styles = read_styles(_related(package, part, "styles"))
        counters = Counters(read_numbering(_related(package, part, "numbering")))
        notes = {key: note for kind in ("footnote", "endnote") for key, note in _notes(package, part, kind).items()}
        body = read_xml(package, part).find(name("body"))
        margins = [
            read_xml(package, item) for kind in ("header", "footer") for item in related_parts(package, part, kind)
        ]
    if body is None:
        raise UnreadableFile(
            f"the part {part} has no body, so it is no Word text; open the file in Word and save it anew"
        )
    return _read(body, styles, counters, notes, margins)


def _related(package: zipfile.ZipFile, part: str, kind: str) -> etree._Element | None:
    return next((read_xml(package, item) for item in related_parts(package, part, kind)), None)


def _notes(package: zipfile.ZipFile, part: str, kind: str) -> dict[tuple[str, str], etree._Element]:
    root = _related(package, part, f"{kind}s")
    return {} if root is None else {(kind, note.get(name("id"), "")): note for note in root.iter(name(kind))}


def _read(
    body: etree._Element,
    styles: Styles,
    counters: Counters,
    notes: dict[tuple[str, str], etree._Element],
    margins: list[etree._Element],
) -> WordText:
    try:
        reader = BodyReader(styles, counters, notes, whole_fields=are_whole(body.iter(MARK)))
        text, blocks, doubts = flatten(with_title(reader.parts(body)))
        in_margins = read_margins(margins, styles)
    except RecursionError as error:
        raise UnreadableFile("its tables are nested too deep to be read; save the file anew in Word") from error
    if not text.strip():
        raise UnreadableFile(
            "the document holds no text, perhaps only scanned pages; turn the pictures into text first"
        )
    return WordText(text, blocks, doubts, in_margins)
