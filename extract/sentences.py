"""Sentences of prose, each within one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.document import Document
from schemas.mentions import Sentence

MAX_SENTENCE = 500  # characters; the longest of the reports known has some 250, and each of its facts carries it
_PAUSES = "；;，,、"

_SENTENCE = re.compile(r"[^。！？!?\n]*+(?:[。！？!?]++[”’」』）)\"]*+|$|\n)")


def split_sentences(document: Document, folded: str) -> tuple[Sentence, ...]:
    """Return the sentences of all paragraphs (not of cells), ends after their stop and closing quotation marks."""
    return tuple(_sentences(document, folded))


def _sentences(document: Document, folded: str) -> Iterator[Sentence]:
    for number, block in enumerate(document.blocks):
        if block.place is not None:
            continue
        for found in _SENTENCE.finditer(folded, block.start, block.end):
            text = found[0]
            stripped = text.strip()
            if stripped:
                start = found.start() + text.find(stripped)
                for begin, end in _pieces(folded, start, start + len(stripped)):
                    yield Sentence(begin, end, number)


def _pieces(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence in pieces of at most MAX_SENTENCE characters, each to its last pause: what is longer is none."""
    while end - start > MAX_SENTENCE:
        last = max(folded.rfind(pause, start, start + MAX_SENTENCE) for pause in _PAUSES) + 1
        cut = last if last > start else start + MAX_SENTENCE
        yield start, start + len(folded[start:cut].rstrip())
        start = next((at for at in range(cut, end) if not folded[at].isspace()), end)
    yield start, end
