"""Word boundaries by jieba, looked up only where a numeral may be part of a word («三湘», «统一»)."""

from __future__ import annotations

import logging
import marshal
import re
import tempfile
from bisect import bisect_right
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import regex

from schemas.mentions import Sentence

_SIGN = r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%-]"  # what jieba takes for parts of words
_RUN = re.compile(rf"{_SIGN}+")
_RUN_BEFORE = regex.compile(rf"(?r){_SIGN}+")  # read backwards


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    import jieba  # noqa: PLC0415  its dictionary takes most of a second to load, and many texts never need it

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    with suppress(OSError, EOFError, ValueError, TypeError):
        # what jieba keeps from one process to the next; it reads its half a million values one by one, which takes long
        kept = Path(tempfile.gettempdir(), "jieba.cache").read_bytes()
        tokenizer.FREQ, tokenizer.total = marshal.loads(kept)
        tokenizer.initialized = True
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

    jieba never joins what a sign other than `_SIGN` parts, so a run gives the words that its whole sentence would.
    """

    def __init__(self, folded: str, sentences: Sequence[Sentence]) -> None:
        self._folded = folded
        self._sentences = sentences
        self._begins = [sentence.start for sentence in sentences]
        self._words: dict[int, list[int]] = {}
        self._last = (0, 0)  # the run asked for last; a long one is not measured again for each of its words

    def sentence_at(self, place: int) -> Sentence | None:
        """Return the sentence that holds the character at `place`, or None outside prose."""
        number = bisect_right(self._begins, place) - 1
        return self._sentences[number] if number >= 0 and place < self._sentences[number].end else None

    def word_at(self, place: int) -> tuple[int, int]:
        """Return the half-open span in the text of the word at `place`; outside prose that one character.

        >>> Words("进一步,统一思想", [Sentence(0, 8, 0)]).word_at(1)
        (0, 3)
        """
        start, end = self._last
        if not start <= place < end:
            start, end = self._last = self._run_at(place)
        starts = self._words.get(start)
        if starts is None:
            starts = self._words[start] = word_starts(self._folded[start:end])
        number = bisect_right(starts, place - start)
        return start + starts[number - 1], start + starts[number] if number < len(starts) else end

    def _run_at(self, place: int) -> tuple[int, int]:
        """Return the half-open span of the run that holds the character at `place`, or of that one character."""
        sentence = self.sentence_at(place)
        after = _RUN.match(self._folded, place, sentence.end) if sentence else None
        if sentence is None or after is None:
            return place, place + 1
        before = _RUN_BEFORE.match(self._folded, sentence.start, place)
        return (before.start() if before else place), after.end()
