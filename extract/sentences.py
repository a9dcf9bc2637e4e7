"""Sentences of prose, each within one paragraph."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from schemas.document import Document
from schemas.mentions import Sentence

_SENTENCE = regex.compile(r"[^。！？!?\n]*+(?:[。！？!?]++[”’」』）)\"]*+|$|\n)")


def split_sentences(document: Document, folded: str) -> tuple[Sentence, ...]:
    """Return the sentences of all paragraphs (not of cells), ends after their stop and closing quotation marks."""
    return tuple(sentence for number in range(len(document.blocks)) for sentence in _of_block(document, folded, number))


def _of_block(document: Document, folded: str, number: int) -> Iterator[Sentence]:
    block = document.blocks[number]
    if block.place is not None:
        return
    for found in _SENTENCE.finditer(folded, block.start, block.end):
        text = found[0]
        if text.strip():
            start = found.start() + len(text) - len(text.lstrip())
            yield Sentence(start, found.start() + len(text.rstrip()), number)
