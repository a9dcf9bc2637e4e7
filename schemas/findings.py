"""The vocabulary of findings: code, label, severity and meaning."""

from __future__ import annotations

from functools import cache
from typing import Literal

from schemas.overlay import from_vocabulary
from schemas.words import Entry, load


class FindingKind(Entry):
    """One kind of finding, with how grave it is."""

    severity: Literal["error", "warning", "info"]
    meaning: str


@from_vocabulary
@cache
def finding_kinds() -> dict[str, FindingKind]:
    """Return the kinds of findings by code."""
    return load("findings.yaml", FindingKind)
