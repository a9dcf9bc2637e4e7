"""Word boundaries by jieba, looked up only where a numeral may be part of a word («三湘», «统一»)."""

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from schemas.mentions import Sentence

_RUN = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%-]+")  # what jieba takes for words


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    import jieba  # noqa: PLC0415  its dictionary takes most of a second to load, and many texts never need it

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    return tokenizer


def word_starts(text: str) -> list[int]:
    """Return where the words of a text begin, by jieba's default dictionary without its guesses (HMM).

    >>> word_starts("进一步统一思想")
    [0, 3, 5]
    """
    starts, at = [], 0
    for word in _tokenizer().cut(text, HMM=False):
        starts.append(at)
        at += len(word)
    return starts


class Words:
    """The words of a text's prose; a run of characters is cut when a word of it is first asked for, and only once.

    jieba never joins what a sign outside `_RUN` parts, so a run gives the words that its whole sentence would.
    """

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

        >>> Words("进一步,统一思想", [Sentence(0, 8, 0)]).word_at(1)
        (0, 3)
        """
        sentence = self.sentence_at(place)
        runs = _RUN.finditer(self._folded, sentence.start, sentence.end) if sentence else ()
        run = next((found.span() for found in runs if found.end() > place), (place + 1, place + 1))
        if run[0] > place:
            return place, place + 1
        starts = self._words.get(run[0])
        if starts is None:
            starts = self._words[run[0]] = word_starts(self._folded[slice(*run)])
        number = bisect_right(starts, place - run[0])
        end = run[0] + starts[number] if number < len(starts) else run[1]
        return run[0] + starts[number - 1], end
