"""Word files: the package, its styles and lists, its body, its text.

To read more of Word: what stands in a paragraph is word_text.py, what its style does word_styles.py, its number
word_numbering.py, what stands in the body word_body.py, and how it is laid out as text word_flat.py. What keeps a
hostile file from doing harm is word_package.py, word_parsing.py and limits.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree
from msgspec import Struct

from extract.unreadable import UnreadableFile
from extract.word_body import BodyReader
from extract.word_contents import with_title
from extract.word_fields import MARK, are_whole
from extract.word_flat import flatten
from extract.word_margins import read_margins
from extract.word_numbering import Counters, read_numbering
from extract.word_package import Package, open_package
from extract.word_relations import Parts
from extract.word_styles import read_styles
from extract.word_xml import name
from schemas.document import Block, Doubt

_ROOTS = dict[str, list[etree._Element]]  # the parts of a document by kind


class WordText(Struct, frozen=True):
    """A Word file read: flattened text, blocks in order, what was doubtful, the lines of headers and footers."""

    text: str
    blocks: tuple[Block, ...]
    doubts: tuple[Doubt, ...] = ()
    margins: tuple[str, ...] = ()


def read_word(data: bytes) -> WordText:
    """Return what a .docx file says; where some of it is lost, a doubt partly_unreadable says what.

    Raises UnreadableFile where the bytes are no Word package, the package is unsafe or damaged, or it holds no text.
    """
    package = open_package(data)
    parts = Parts(package)
    body = parts.main().find(name("body"))
    if body is None:
        raise UnreadableFile(_no_text(parts, "has no body, so it is no Word text"))
    try:
        text, blocks, doubts, margins = _read(body, parts.beside())
    except RecursionError as error:
        raise UnreadableFile("its tables are nested too deep to be read; save the file anew in Word") from error
    if not text.strip():
        raise UnreadableFile(_no_text(parts, "holds no text, perhaps only scanned pages"))
    return WordText(text, blocks, (*_losses(package, parts), *doubts), margins)


def _no_text(parts: Parts, otherwise: str) -> str:
    if parts.main_name in parts.damaged:
        return f"the part {parts.main_name} is damaged, and no text is left; get the file again"
    return f"the part {parts.main_name} {otherwise}; open the file in Word, see what it shows, and save that as text"


def _losses(package: Package, parts: Parts) -> Iterator[Doubt]:
    if package.directory_lost:
        message = "The file is cut off: its directory is lost, and what stands in it is read as far as it goes."
        yield Doubt("partly_unreadable", message)
    for part in parts.damaged:
        message = f"The part {part} is damaged and read as far as it goes; open the file in Word and compare."
        yield Doubt("partly_unreadable", message)


def _read(body: etree._Element, beside: _ROOTS) -> tuple[str, tuple[Block, ...], tuple[Doubt, ...], tuple[str, ...]]:
    """Return text, blocks, doubts and the lines of the margins."""
    styles = read_styles(next(iter(beside["styles"]), None))
    counters = Counters(read_numbering(next(iter(beside["numbering"]), None)))
    notes = {**_notes(beside["footnotes"], "footnote"), **_notes(beside["endnotes"], "endnote")}
    reader = BodyReader(styles, counters, notes, whole_fields=are_whole(body.iter(MARK)))
    text, blocks, doubts = flatten(with_title(reader.parts(body)))
    return text, blocks, doubts, read_margins([*beside["header"], *beside["footer"]], styles)


def _notes(roots: Iterable[etree._Element], kind: str) -> dict[tuple[str, str], etree._Element]:
    return {(kind, note.get(name("id"), "")): note for root in roots for note in root.iter(name(kind))}
