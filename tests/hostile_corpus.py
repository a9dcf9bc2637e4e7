"""Hostile files: all of them with the end that each must come to, and a folder of them for other programs.

    python tests/hostile_corpus.py FOLDER

Nothing here was taken from elsewhere: each file is made by the code that names it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from itertools import chain
from pathlib import Path

from hostile_documents import documents
from hostile_packages import packages
from hostile_texts import texts
from msgspec import Struct

_ODD = re.compile(r"[^\w-]+")


class Hostile(Struct, frozen=True):
    """One file: what it does, its name, how it may end («ok», «partial», a finding, words of the error), its bytes."""

    what: str
    name: str
    outcome: str
    make: Callable[[], bytes]


def corpus() -> tuple[Hostile, ...]:
    """Return all hostile files; their bytes are made when they are asked for."""
    kinds = ((".docx", chain(packages(), documents())), (".txt", texts()))
    return tuple(
        Hostile(f"{what} {suffix}", f"{number:03d}-{_ODD.sub('-', what)}{suffix}", outcome, make)
        for suffix, group in kinds
        for number, (what, outcome, make) in enumerate(group, start=1)
    )


def write(folder: Path) -> None:
    """Write all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for hostile in corpus():
        (folder / hostile.name).write_bytes(hostile.make())


if __name__ == "__main__":
    write(Path(sys.argv[1]))
