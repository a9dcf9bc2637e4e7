"""Sentences of prose, each within one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.document import Document
from schemas.mentions import Sentence

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
                yield Sentence(start, start + len(stripped), number)
