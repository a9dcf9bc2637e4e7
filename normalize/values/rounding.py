"""How exactly a number is written: half of its last digit's worth."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_WRITTEN = re.compile(r"\d(?:[\d,]*\d)?(?:\.(?P<decimals>\d+))?\s*(?P<scale>[百千]?[万亿]|[百千](?!分))?")
_SCALES = {"百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_SCALES |= {"百亿": 10**10, "千亿": 10**11}


def half_step(raw: str) -> Decimal:
    """Return by how much a number may have been rounded: 500 for «12.4万», 0.05 for «3.1%», 0 for «1234册».

    >>> half_step("12.4万人次"), half_step("1234册"), half_step("12%")
    (Decimal('500.0'), Decimal('0'), Decimal('0.5'))
    """
    found = _WRITTEN.search(unicodedata.normalize("NFKC", raw))
    decimals = found["decimals"] if found else None
    if found is None or not (decimals or found["scale"] or "%" in raw or "％" in raw or "百分" in raw):
        return Decimal(0)
    return Decimal(_SCALES.get(found["scale"] or "", 1)).scaleb(-len(decimals or "")) / 2
