"""Linear time: texts that punish patterns, doubled and doubled again, through the whole pipeline.

    python benchmarks/linear.py [CHARACTERS]

Each line is one text of 100,000 characters (or CHARACTERS), then of twice and of four times as many, as one paragraph;
it shows the seconds of each and by how much each doubling multiplied them: 2 is linear, 4 is quadratic. The last text
tells quantities, dates and happenings in many paragraphs, so that what is done for each of them is measured too.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from itertools import pairwise

from nianbao.pipeline import process
from schemas.document import Block, Document

_UNITS: Mapping[str, str] = {
    "1111…": "1",
    "一一一一…": "一",
    "（（（（…": "（",
    "————…": "—",
    "mixed": "1一（—万.、年",
    "spaces": " 　",
    "blanks": "购书3册 ",
    "letters": "a1-",
    "1年1年…": "1年",
    "1万1万…": "1万",
    "百分之…": "百分之",
    "one telling": "2014年5月4日,举办讲座1场.参观3.5万人次,",
    "其中…": "其中:1册",
    "sentences": "2014年5月4日，我馆在一楼大厅举办书画展1场，参观3.5万人次，新增图书1200册。\n",
}
_LEAST, _DOUBLINGS = 100_000, 2


def main(least: int = _LEAST) -> None:
    """Print the table."""
    process(_document("2014年，馆藏3.5万册。"))
    sizes = [least * 2**step for step in range(_DOUBLINGS + 1)]
    print(f"{'text':<12}" + "".join(f"{size:>12,}" for size in sizes) + "   growth per doubling")
    for name, unit in _UNITS.items():
        times = [_seconds((unit * (size // len(unit) + 1))[:size]) for size in sizes]
        growth = "  ".join(f"x{after / before:.2f}" for before, after in pairwise(times))
        print(f"{name:<12}" + "".join(f"{seconds:>11.2f}s" for seconds in times) + f"   {growth}", flush=True)


def _seconds(text: str) -> float:
    document = _document(text)
    start = time.perf_counter()
    process(document)
    return time.perf_counter() - start


def _document(text: str) -> Document:
    blocks, at = [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        blocks.append(Block(at, at + len(line), number))
        at += len(line) + 1
    return Document("0" * 12, "made.txt", "text/plain", "utf-8", text, tuple(blocks))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
