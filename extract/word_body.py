"""The body of a Word document as parts in order: paragraphs and tables, tables with their grid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from extract.word_contents import is_directory_line
from extract.word_grid import read_grid
from extract.word_numbering import Counters
from extract.word_paragraphs import Properties, properties
from extract.word_parts import Cell, Paragraph, Part, Table
from extract.word_styles import Styles
from extract.word_text import Content, Hanging, TextReader
from extract.word_xml import ALTERNATIVES, WRAPPERS, chosen, name, value

_PARAGRAPH, _TABLE, _CONTROL = name("p"), name("tbl"), name("sdt")
_ELSEWHERE = {name("altChunk"): "text in another format", name("subDoc"): "part of a master document"}
_GALLERY = "sdtPr/docPartObj/docPartGallery"


@dataclass(slots=True)
class _Place:
    """Where the reading is: 1-based number of the paragraph; how many notes or boxes, and tables, around it."""

    number: int = 0
    hanging: int = 0
    tables: int = 0


class BodyReader:
    """Reads the parts of a document in reading order; it counts lists and paragraphs as it goes, so it reads once."""

    def __init__(
        self, styles: Styles, counters: Counters, notes: dict[tuple[str, str], etree._Element], *, whole_fields: bool
    ) -> None:
        self._styles = styles
        self._counters = counters
        self._notes = notes
        self._waiting: list[etree._Element] = []
        self._text = TextReader(styles, over_paragraphs=whole_fields)
        self._place = _Place()

    def parts(self, container: etree._Element) -> Iterator[Part]:
        """Yield the paragraphs and tables of a w:body (or cell, note, text box) element in reading order."""
        held: tuple[Properties, Content] | None = None  # text whose paragraph mark was deleted
        for element, in_directory in _blocks(container):
            if element.tag == _PARAGRAPH:
                stated = properties(element)
                content = self._text.read(element, self._styles.effect(stated.style).hidden)
                self._place.number += not self._place.hanging
                if held:
                    content = held[1].joined(content)
                held = (stated, content) if stated.mark_gone else None
                if not held:
                    yield from self._paragraph(stated, content, in_directory)
                continue
            if held:
                yield from self._paragraph(*held)
            held = None
            if element.tag == _TABLE:
                yield from self._table(element)
            else:
                yield Paragraph((), self._place.number, unread=(_ELSEWHERE[str(element.tag)],))
        if held and held[1] != Content():
            yield from self._paragraph(*held)

    def _paragraph(self, stated: Properties, content: Content, in_directory: bool = False) -> Iterable[Part]:
        """Return a paragraph and what hangs on it: words set as a drawing, text boxes, notes."""
        text, hanging = content.text, content.hanging
        effect = self._styles.effect(stated.style)
        is_blank = not text or text.isspace()
        if is_blank and stated.mark_hidden:
            own = Paragraph((), self._place.number)
        else:
            contents = content.contents or effect.is_contents or in_directory
            contents = contents and is_directory_line(text)
            marker = "" if contents else self._counters.marker(stated.number, stated.level, effect)
            text = marker.rstrip() if is_blank and marker else marker + text
            own = Paragraph(_lines(text), self._place.number, effect.role_with(stated.outline), is_contents=contents)
        return (own,) if hanging is None else self._with_hanging(own, hanging)

    def _with_hanging(self, own: Paragraph, hanging: Hanging) -> Iterator[Part]:
        yield own._replace(unread=tuple(hanging.unread), pictures=hanging.pictures)
        if hanging.words:
            yield Paragraph(tuple(hanging.words), self._place.number)
        for box in hanging.boxes:
            yield from self._story(box)
        self._waiting += [note for note in map(self._note, hanging.notes) if note is not None]
        if not self._place.tables:
            yield from self._written_notes()

    def _note(self, reference: etree._Element) -> etree._Element | None:
        """Return the note that is referred to, once."""
        kind = "footnote" if reference.tag == name("footnoteReference") else "endnote"
        return self._notes.pop((kind, reference.get(name("id"), "")), None)

    def _written_notes(self) -> Iterator[Part]:
        waiting, self._waiting = self._waiting, []
        for note in waiting:
            yield from self._story(note)

    def _story(self, element: etree._Element) -> Iterator[Part]:
        """Yield the parts of a text box or note; they have the number of the paragraph that they hang on."""
        outer, self._text = self._text, TextReader(self._styles, over_paragraphs=False)
        self._place.hanging += 1
        yield from self.parts(element)
        self._place.hanging -= 1
        self._text = outer

    def _table(self, element: etree._Element) -> Iterator[Part]:
        """Yield a table, then the notes of its cells; a table of one cell only frames what stands in it."""
        grid = read_grid(element)
        if [len(row) for row in grid if row] == [1]:
            yield from (part for row in grid for cell in row for part in self.parts(cell.element))
            return
        self._place.tables += 1
        rows = tuple(
            tuple(Cell(item.column, item.row_span, item.column_span, tuple(self.parts(item.element))) for item in row)
            for row in grid
        )
        self._place.tables -= 1
        if any(rows):
            yield Table(rows)
        if not self._place.tables:
            yield from self._written_notes()


def _lines(text: str) -> tuple[str, ...]:
    """Return the lines of a paragraph. None begins with a tab, for that is how a cell is told: those are spaces."""
    if "\n" not in text and not text.startswith("\t"):
        return (text,)
    bare = [(line, line.lstrip("\t")) for line in text.split("\n")]
    return tuple(" " * (len(line) - len(rest)) + rest for line, rest in bare)


def _blocks(container: etree._Element, in_directory: bool = False) -> Iterator[tuple[etree._Element, bool]]:
    """Yield paragraphs, tables and what lies elsewhere, in order, each with whether a directory's control holds it."""
    for child in container:
        tag = child.tag
        if tag in (_PARAGRAPH, _TABLE) or tag in _ELSEWHERE:
            yield child, in_directory
        elif tag in WRAPPERS:
            gallery = value(child, _GALLERY) if tag == _CONTROL else None
            yield from _blocks(child, in_directory or gallery == "Table of Contents")
        elif tag == ALTERNATIVES:
            yield from _blocks(chosen(child), in_directory)
