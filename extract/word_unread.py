"""What lies in a Word document and is not in its text: never silence, but one finding each."""

from __future__ import annotations

from extract.word_parts import Paragraph
from schemas.document import Doubt


class Unread:
    """Notes what is not read as it is met, with the half-open span of the paragraph or cell where it lies."""

    def __init__(self) -> None:
        self._objects: list[Doubt] = []
        self._pictures: list[tuple[int, int]] = []
        self._contents: list[tuple[int, int]] = []

    def note(self, paragraph: Paragraph, start: int, end: int) -> None:
        """Take note of what a paragraph holds that is not in text[start:end]."""
        for kind in paragraph.unread:
            message = f"Something that is not read lies here: {kind}; open the file in Word and see what it says."
            self._objects.append(Doubt("unread_object", message, start, end))
        self._pictures += [(start, end)] * paragraph.pictures
        if paragraph.is_contents and not paragraph.is_blank:
            self._contents.append((start, end))

    def doubts(self) -> tuple[Doubt, ...]:
        """Return one doubt for each object, one for all pictures and one for all lines of contents, at the first."""
        found = list(dict.fromkeys(self._objects))
        if self._pictures:
            message = f"The document holds {_counted(len(self._pictures), 'picture')}, the first of them here."
            found.append(Doubt("picture", f"{message} What they show is not read.", *self._pictures[0]))
        if self._contents:
            lines = _counted(len(self._contents), "line")
            message = f"The table of contents ({lines}) is left out; the headings stand in the body."
            found.append(Doubt("contents_left_out", message, *self._contents[0]))
        return tuple(found)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
