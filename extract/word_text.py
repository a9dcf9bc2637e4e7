"""The text of one Word paragraph, as a reader of the final version sees it, and what hangs on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from extract.word_drawings import look
from extract.word_fields import MARK, Fields, is_contents
from extract.word_styles import Styles
from extract.word_symbols import symbol
from extract.word_xml import ALTERNATIVES, WRAPPERS, chosen, is_on, name, val

_SIGNS = {
    name("tab"): "\t",
    name("ptab"): "\t",
    name("br"): "\n",
    name("cr"): "\n",
    name("noBreakHyphen"): "-",
}
_RUN, _TEXT, _PROPERTIES, _CODE = name("r"), name("t"), name("rPr"), name("instrText")
_VANISH, _RUN_STYLE = name("vanish"), name("rStyle")
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FORMULAS = {f"{_MATHS}oMath", f"{_MATHS}oMathPara"}
# Word shows XML line ends and tabs as a space (its own are elements) and a soft hyphen only where a line breaks at it.
_AS_SHOWN = str.maketrans({"\t": " ", "\r": " ", "\n": " ", "\xad": None})


@dataclass(slots=True)
class Hanging:
    """What hangs on a paragraph: text boxes, references to notes, words set as a drawing, what is not read."""

    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[etree._Element] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    pictures: int = 0

    def add(self, other: Hanging) -> None:
        """Add what hangs on another part of the same paragraph."""
        self.boxes += other.boxes
        self.notes += other.notes
        self.words += other.words
        self.unread += other.unread
        self.pictures += other.pictures


@dataclass(slots=True)
class Content:
    """What stands in a paragraph: its text (line breaks as `\\n`), and what hangs on it, None where nothing does.

    `contents` says that some of the text is a field that makes a table of contents.
    """

    text: str = ""
    hanging: Hanging | None = None
    contents: bool = False

    def joined(self, following: Content) -> Content:
        """Return this content and the following as one, as where the paragraph mark between them was deleted."""
        hanging = Hanging()
        for part in (self.hanging, following.hanging):
            if part:
                hanging.add(part)
        some = self.hanging or following.hanging
        return Content(self.text + following.text, hanging if some else None, self.contents or following.contents)


class TextReader:
    """Reads the paragraphs of one story (body, note, text box) in order, for fields may run over several of them."""

    def __init__(self, styles: Styles, *, over_paragraphs: bool = True) -> None:
        self._styles = styles
        self._over_paragraphs = over_paragraphs
        self.fields = Fields()
        self._pieces: list[str] = []
        self._content = Content()
        self._hidden_by_style = False

    def read(self, paragraph: etree._Element, hidden: bool = False) -> Content:
        """Return what stands in a w:p element; `hidden` says that its style hides its text."""
        self._pieces, self._content, self._hidden_by_style = [], Content(), hidden
        self._inline(paragraph)
        self._content.text = "".join(self._pieces)
        if self.fields.open and not self._over_paragraphs:
            self.fields = Fields()
        return self._content

    def _inline(self, element: etree._Element) -> None:
        for child in element:
            tag = child.tag
            if tag == _RUN:
                self._run(child)
            elif tag in WRAPPERS:
                self._inline(child)
            elif tag == ALTERNATIVES:
                self._inline(chosen(child))
            elif tag == _SIMPLE_FIELD:
                self._simple_field(child)
            elif tag in _FORMULAS:
                self._write("".join(item.text or "" for item in child.iter(f"{_MATHS}t")))

    def _run(self, run: etree._Element) -> None:
        hidden = self._hidden_by_style
        for child in run:
            tag = child.tag
            if tag == _TEXT:
                text = child.text
                if text and not hidden:
                    self._write(text if text.isprintable() else text.translate(_AS_SHOWN))
            elif tag == _PROPERTIES:
                hidden = self._is_hidden(child)
            elif tag == MARK:
                self._write(self.fields.pass_mark(child))
            elif tag == _CODE:
                self.fields.add_code(child.text or "")
            elif not hidden and not self.fields.in_code:
                self._other(child)

    def _other(self, child: etree._Element) -> None:
        sign = _SIGNS.get(str(child.tag))
        if sign is not None:
            self._write(sign)
        elif child.tag in _HANDLERS:
            _HANDLERS[str(child.tag)](self, child)

    def _write(self, text: str) -> None:
        if not text or self.fields.in_code:
            return
        self._pieces.append(text)
        if self.fields.open:
            self.fields.has_text()
            self._content.contents = self._content.contents or self.fields.in_contents

    def _is_hidden(self, properties: etree._Element) -> bool:
        """Return whether a run is hidden: as it says itself, else as the styles say (two that hide undo each other)."""
        hidden = self._hidden_by_style
        for item in properties.iterchildren(_VANISH, _RUN_STYLE):  # w:rStyle comes first
            hidden = is_on(item) if item.tag == _VANISH else hidden ^ self._styles.effect(val(item)).hidden
        return hidden

    def _simple_field(self, element: etree._Element) -> None:
        self._content.contents = self._content.contents or is_contents(element.get(name("instr"), ""))
        self._inline(element)

    def _alternatives(self, element: etree._Element) -> None:
        self._run(chosen(element))

    def _ruby(self, element: etree._Element) -> None:
        """Read the text under a phonetic guide and not the guide."""
        for base in element.iterchildren(name("rubyBase")):
            self._inline(base)

    def _symbol(self, element: etree._Element) -> None:
        self._write(symbol(element.get(name("font"), ""), element.get(name("char"), "")))

    def _drawing(self, element: etree._Element) -> None:
        seen = look(element)
        self._hang(Hanging([*seen.boxes], [], [*seen.words], [*seen.unread], int(seen.is_picture)))

    def _note(self, element: etree._Element) -> None:
        self._hang(Hanging(notes=[element]))

    def _hang(self, hanging: Hanging) -> None:
        if self._content.hanging:
            self._content.hanging.add(hanging)
        else:
            self._content.hanging = hanging


_SIMPLE_FIELD = name("fldSimple")
_HANDLERS: dict[str, Callable[[TextReader, etree._Element], None]] = {
    ALTERNATIVES: TextReader._alternatives,
    _RUN: TextReader._run,
    name("ruby"): TextReader._ruby,
    name("sym"): TextReader._symbol,
    name("drawing"): TextReader._drawing,
    name("pict"): TextReader._drawing,
    name("object"): TextReader._drawing,
    name("footnoteReference"): TextReader._note,
    name("endnoteReference"): TextReader._note,
}
