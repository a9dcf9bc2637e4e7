"""Claims: the places where numerals stand and count nothing, found by form before quantities are looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby

from msgspec import Struct

from extract.claim_rules import RULES
from extract.scanning import Scan
from schemas.overlay import from_vocabulary
from schemas.words import Entry, alternation, load

_NUMERALS = frozenset("一二两三四五六七八九十百千万亿")


class Claim(Struct, frozen=True):
    """A half-open span whose numerals have this role, and the name of the rule that says so."""

    start: int
    end: int
    role: str
    rule: str


@from_vocabulary
@cache
def _phrases() -> tuple[Scan, frozenset[str]]:
    """Return the scan for all names and look-alikes of numeral_names.yaml, and the look-alikes."""
    entries = load("numeral_names.yaml", Entry).values()
    decoys = frozenset(decoy for entry in entries for decoy in entry.look_alikes)
    words = {*decoys, *(alias for entry in entries for alias in entry.aliases)}
    heads = "".join(sorted({word[0] for word in words}))
    return Scan(f"[{re.escape(heads)}]", _by_first_character(words)), decoys


def _by_first_character(words: Iterable[str]) -> str:
    """Return an alternation of words, tried longest first, only those that begin as the text does."""
    groups = groupby(sorted(words), key=lambda word: word[0])
    return "|".join(f"{re.escape(head)}(?:{alternation(word[1:] for word in group)})" for head, group in groups)


def named_spans(folded: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open spans of the names and set phrases of numeral_names.yaml, in order, none overlapping.

    >>> list(named_spans("一卡通十分方便,用时十分钟"))
    [(0, 3), (3, 5)]
    """
    scan, decoys = _phrases()
    for start, end in scan.spans(folded):
        goes_on = folded[start] in _NUMERALS and folded[start - 1 : start] in _NUMERALS  # «七万一千», not «万一»
        if folded[start:end] not in decoys and not goes_on:
            yield start, end


def find_claims(folded: str, earlier: Sequence[Claim] = ()) -> tuple[Claim, ...]:
    """Return the claims of a folded text, the strongest first; `earlier` ones (dates, heading markers) go before all.

    >>> [(c.rule, c.role, "第39届3本“百名读者”"[c.start : c.end]) for c in find_claims("第39届3本“百名读者”")]
    [('quoted', 'name', '“百名读者”'), ('ordinal', 'ordinal', '第39')]
    """
    claims = list(earlier)
    for rule in RULES:
        claims += [Claim(start, end, rule.role, rule.name) for start, end in rule.scan.spans(folded)]
    claims += [Claim(start, end, "name", "phrase") for start, end in named_spans(folded)]
    return tuple(claims)


def taken_spans(claims: Iterable[Claim]) -> tuple[tuple[int, int], ...]:
    """Return the spans that claims cover, merged and in order.

    >>> taken_spans([Claim(5, 9, "name", "age"), Claim(0, 3, "date", "date"), Claim(2, 4, "code", "code")])
    ((0, 4), (5, 9))
    """
    merged: list[tuple[int, int]] = []
    for start, end in sorted([(claim.start, claim.end) for claim in claims]):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)
