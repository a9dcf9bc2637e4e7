"""Word boundaries by jieba, looked up only where a numeral may be part of a word («三湘», «统一»)."""

from __future__ import annotations

import logging
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from schemas.mentions import Sentence


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    import jieba  # noqa: PLC0415  its dictionary takes most of a second to load, and many texts never need it

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    return tokenizer


def word_starts(sentence: str) -> list[int]:
    """Return where the words of a sentence begin, by jieba's default dictionary without its guesses (HMM).

    >>> word_starts("进一步统一思想")
    [0, 3, 5]
    """
    starts, at = [], 0
    for word in _tokenizer().cut(sentence, HMM=False):
        starts.append(at)
        at += len(word)
    return starts


class Words:
    """The words of a text's prose; a sentence is cut when a word of it is first asked for, and only once."""

    def __init__(self, folded: str, sentences: Sequence[Sentence]) -> None:
        self._folded = folded
        self._sentences = sentences
        self._begins = [sentence.start for sentence in sentences]
        self._words: dict[int, list[int]] = {}

    def sentence_at(self, place: int) -> Sentence | None:
        """Return the sentence that holds the character at `place`, or None outside prose."""
        number = bisect_right(self._begins, place) - 1
        return self._sentences[number] if number >= 0 and place < self._sentences[number].end else None

    def word_at(self, place: int) -> tuple[int, int]:
        """Return the half-open span in the text of the word at `place`; outside prose that one character.

        >>> Words("进一步统一思想", [Sentence(0, 7, 0)]).word_at(1)
        (0, 3)
        """
        sentence = self.sentence_at(place)
        if sentence is None:
            return place, place + 1
        starts = self._words.get(sentence.start)
        if starts is None:
            starts = self._words[sentence.start] = word_starts(self._folded[sentence.start : sentence.end])
        number = bisect_right(starts, place - sentence.start)
        end = sentence.start + starts[number] if number < len(starts) else sentence.end
        return sentence.start + starts[number - 1], end
