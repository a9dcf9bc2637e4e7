"""Texts that remember where each of their characters was typed, through any number of edits."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from msgspec import Struct

from schemas.document import Block, Reading


class Edit(Struct, frozen=True):
    """Put `text` in the place of the half-open span from start to end."""

    start: int
    end: int
    text: str = ""


class Traced(Struct, frozen=True):
    """A text, and for each of its characters the half-open span of the source that it was typed at."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, source: str) -> Traced:
        """Return a source as it stands."""
        return cls(source, range(len(source)), range(1, len(source) + 1))

    def edit(self, edits: Iterable[Edit]) -> Traced:
        """Return the text after edits that are in order and apart from each other; time linear in the text.

        A new character has the span of what it replaces, or an empty one before the character it stands before.

        >>> done = Traced.of("一\\n二").edit([Edit(1, 2)]).edit([Edit(0, 0, "\\t"), Edit(1, 2, "三")])
        >>> done.text, list(done.starts), list(done.ends)
        ('\\t一三', [0, 0, 2], [0, 1, 3])
        """
        parts: list[str] = []
        starts, ends, at = array("q"), array("q"), 0
        for edit in edits:
            parts += self.text[at : edit.start], edit.text
            starts.extend(self.starts[at : edit.start])
            ends.extend(self.ends[at : edit.start])
            first, last = self.span(edit.start, edit.end)
            starts.extend([first] * len(edit.text))
            ends.extend([last] * len(edit.text))
            at = edit.end
        if not parts:
            return self
        starts.extend(self.starts[at:])
        ends.extend(self.ends[at:])
        return Traced("".join(parts) + self.text[at:], starts, ends)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open span of the source at which a span of the text was typed."""
        return source_span(self.starts, self.ends, start, end)

    def reading(self, blocks: Sequence[Block]) -> Reading:
        """Return the text with its parts as a document carries them."""
        return Reading(self.text, tuple(blocks), self.starts, self.ends)


def source_span(starts: Sequence[int], ends: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """Return the half-open span of the source for one of the text; an empty one stands after what is before it."""
    if start < end:
        return starts[start], ends[end - 1]
    place = ends[start - 1] if start else starts[0] if starts else 0
    return place, place
