"""The sentences of a text with their places, for full-text search: text[start:end] is the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from schemas.rows import SectionRow

# from a sign that is no blank to a full stop with the closing marks after it, or to the end of the line
_SENTENCE = regex.compile(r"[^\s。！？!?][^。！？!?\n]*+(?:[。！？!?]++[”’」』）)\"]*+)?+")


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open span of each sentence, within its line and without the blanks around it.

    >>> text = "一、概况\\n\\t新增图书3种。 读者说：“好！”\\n"
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['一、概况', '新增图书3种。', '读者说：“好！”']
    """
    for found in _SENTENCE.finditer(text):
        yield found.start(), found.start() + len(found[0].rstrip())


def with_sections(
    spans: Iterable[tuple[int, int]], sections: Iterable[SectionRow]
) -> Iterator[tuple[int, int, str | None]]:
    """Yield each span with the innermost section that it begins in, None where it stands in none.

    Spans and sections are in document order; a section lies within the one it belongs to.
    """
    coming = iter(sections)
    following = next(coming, None)
    around: list[SectionRow] = []
    for start, end in spans:
        while following is not None and following.char_start <= start:
            around.append(following)
            following = next(coming, None)
        while around and around[-1].char_end <= start:
            around.pop()
        yield start, end, around[-1].section_id if around else None
