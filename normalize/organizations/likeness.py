"""How like two names of bodies are, and why they may or may not be one: pure functions of two texts."""

from __future__ import annotations

from functools import cache, lru_cache

import regex
from msgspec import Struct
from rapidfuzz import fuzz

from schemas.organization_words import organization_words
from schemas.overlay import from_vocabulary

DOUBLED_FLOOR = 80  # «星海海明筑»: the slip shows itself, so two characters are enough
HOMOPHONE_FLOOR, HOMOPHONE_SHORTEST = 83, 3  # one character in three written with another that sounds the same
TYPO_FLOOR, TYPO_SHORTEST = 88, 4  # one character of five left out or put in, or one of nine put for another
ENDING_SHORTEST = 3  # characters of an ending that is misspelt

_DOUBLED = regex.compile(r"(.)\1")
_COUNTING = regex.compile(r"[\d零〇一二三四五六七八九十百千甲乙丙丁戊己庚辛壬癸A-Za-z]")


class Likeness(Struct, frozen=True):
    """How like two names are, 0 to 100, and of what sort the difference is."""

    score: int
    reason: str


def likeness(name: str, other: str) -> Likeness | None:
    """Return how like two names without their endings are, where the one may be a slip for the other, or None.

    1. Another number, letter, compass or order word, anywhere in the name, is another body.
    2. A character written twice, where the other has it once, is a slip.
    3. Names that sound the same: the score is half that of the characters, half 100.
    4. A character left out or put in within the name, or one put for another in a long one; at its edges it may
       be another place («新华联园»), so that is none.

    >>> likeness("星海海明筑", "星海明筑"), likeness("南门", "北门")
    (Likeness(score=89, reason='typo'), None)
    """
    if name == other or marks(name) != marks(other):
        return None
    ratio = fuzz.ratio(name, other)
    shorter = min(len(name), len(other))
    if ratio >= DOUBLED_FLOOR and _once(name) == _once(other):
        return Likeness(round(ratio), "typo")
    if shorter >= HOMOPHONE_SHORTEST and sounds(name) == sounds(other):
        score = (100 + ratio) / 2
        return Likeness(round(score), "homophone") if score >= HOMOPHONE_FLOOR else None
    if shorter < TYPO_SHORTEST or ratio < TYPO_FLOOR or name[0] != other[0] or name[-1] != other[-1]:
        return None
    return Likeness(round(ratio), "typo")


def misspelt_ending(ending: str, known: str) -> Likeness | None:
    """Return how like an ending is to a known one of the same length: of its sounds all but one, and that one begins
    alike; a word of another sound is another kind of body.

    >>> misspelt_ending("胖处所", "派出所"), misspelt_ending("供电所", "派出所")
    (Likeness(score=50, reason='ending'), None)
    """
    if len(ending) != len(known) or len(known) < ENDING_SHORTEST or ending == known:
        return None
    pairs = [(one, other) for one, other in zip(sounds(ending), sounds(known), strict=True) if one != other]
    if len(pairs) > 1 or any(one[:1] != other[:1] for one, other in pairs) or marks(ending) != marks(known):
        return None
    return Likeness(round((fuzz.ratio(ending, known) + fuzz.ratio(sounds(ending), sounds(known))) / 2), "ending")


@lru_cache(maxsize=65536)
def sounds(name: str) -> tuple[str, ...]:
    """Return the syllables of a name without their tones, one a character.

    >>> sounds("派出所")
    ('pai', 'chu', 'suo')
    """
    from pypinyin import lazy_pinyin  # noqa: PLC0415  its dictionary takes a while to load; who only reads needs none

    return tuple(syllable for sign in name for syllable in lazy_pinyin(sign))


@from_vocabulary
@lru_cache(maxsize=65536)
def marks(name: str) -> str:
    """Return the numbers, letters, compass and order words of a name, in order: where they differ, so do the bodies."""
    return "".join(sign for sign in name if sign in _opposites() or _COUNTING.match(sign))


@from_vocabulary
@cache
def _opposites() -> frozenset[str]:
    return organization_words()["opposites"]


def _once(name: str) -> str:
    return _DOUBLED.sub(r"\1", name)


def is_doubled(name: str) -> bool:
    """Return whether a character stands twice in a row: of two spellings the one without is likelier."""
    return _DOUBLED.search(name) is not None
