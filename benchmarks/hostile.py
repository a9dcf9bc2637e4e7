"""Hostile files: the time and memory of each, beside an ordinary report of the same kind.

    python benchmarks/hostile.py [WORD…]

Each line is a file of the corpus (those with one of the words in their names): how it ended, the seconds of the
processor and the megabytes that reading it and all stages took, in a process of its own in which everything was loaded
before, and how many times what the samples' .docx took on the same machine just before. Writing the file to the disk
is not counted.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from hostile_corpus import Hostile, corpus
from run_apart import End, run_apart

_SAMPLE = next((Path(__file__).parent.parent / "samples").glob("*.docx"))
_LEAST = 0.01  # seconds that the system can tell apart


def main(*words: str) -> None:
    """Print the table."""
    ordinary = Hostile("an ordinary report", _SAMPLE.name, "ok", _SAMPLE.read_bytes)
    chosen = [item for item in corpus() if not words or any(word in item.name for word in words)]
    with tempfile.TemporaryDirectory() as folder:
        ends = run_apart([ordinary, *chosen], Path(folder))
        floor = next(ends)
        _print(floor, floor)
        for end in ends:
            _print(end, floor)


def _print(end: End, floor: End) -> None:
    ratio = max(end.seconds, _LEAST) / max(floor.seconds, _LEAST)
    megabytes = end.kilobytes / 1024
    print(f"{end.name:<55}{end.status:<9}{end.seconds:>7.2f}s{megabytes:>8.1f} MB   x{ratio:.2f}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
