"""Word boundaries by jieba, looked up only where a numeral may be part of a word («三湘», «统一»)."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    import jieba  # noqa: PLC0415  its dictionary takes most of a second to load, and many texts never need it

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    return tokenizer


@lru_cache(maxsize=256)
def word_spans(sentence: str) -> tuple[tuple[int, int], ...]:
    """Return the half-open spans of the words of a sentence, in order, by jieba's default dictionary without HMM."""
    spans, at = [], 0
    for word in _tokenizer().cut(sentence, HMM=False):
        spans.append((at, at + len(word)))
        at += len(word)
    return tuple(spans)


def word_at(sentence: str, at: int) -> tuple[int, int]:
    """Return the span of the word that holds the character at `at`.

    >>> word_at("进一步统一思想", 1)
    (0, 3)
    """
    return next((start, end) for start, end in word_spans(sentence) if start <= at < end)
