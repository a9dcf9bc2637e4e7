"""Review pages in Chromium: how large one is, how soon it answers, and what it would cost to draw all of its text.

    python benchmarks/review_pages.py [CHARACTERS …]

Each line is a report of as many characters (15,000 and 300,000 if none are given), made by repeating two samples, which
are dense: a marked place every 8 characters. «open» is the time from the address to a page that answers; «step» a key
that selects the next row; «whole» what drawing all text and rows takes, beside that of opening the page as it is. Best
of five, each in a fresh context. Needs `pip install '.[test]'` and Chromium.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

import nianbao

_SAMPLES = Path(__file__).resolve().parents[1] / "samples"
_SIZES, _TIMES = (15_000, 300_000), 5
_FLAGS = ["--headless", "--no-sandbox", "--disable-gpu"]

_OPEN = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
_TIMED = """async (act) => {
  const start = performance.now();
  if (act === "whole") dispatchEvent(new Event("beforeprint"));
  else document.body.dispatchEvent(new KeyboardEvent("keydown", { key: act, bubbles: true }));
  document.body.getBoundingClientRect();
  await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
  return performance.now() - start;
}"""


def main(*sizes: int) -> None:
    """Print the table."""
    print("characters  megabytes   open ms   step ms   whole ms   whole / open")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS)
        for size in sizes or _SIZES:
            page = made_page(Path(folder) / str(size), size)
            runs = [_times(chromium, page) for _ in range(_TIMES)]
            opened, step, whole = (min(times) for times in zip(*runs, strict=True))
            told = f"{opened:>10.0f}{step:>10.0f}{whole:>11.0f}{whole / opened:>15.1f}"
            print(f"{size:>10,}{page.stat().st_size / 1e6:>11.2f}{told}", flush=True)
        chromium.close()


def made_page(folder: Path, size: int) -> Path:
    """Return the page of a report of `size` characters, written under `folder`."""
    text = "".join((_SAMPLES / name).read_text(encoding="utf-8") for name in ("liling-2014.txt", "huoshan-2015.txt"))
    folder.mkdir()
    (folder / "report.txt").write_text((text * (size // len(text) + 1))[:size], encoding="utf-8")
    nianbao.extract(folder / "report.txt", folder / "out")
    nianbao.review(folder / "out")
    return next((folder / "out" / "review").glob("[0-9a-f]*[0-9a-f].html"))


def _times(chromium: Any, path: Path) -> tuple[float, float, float]:
    context = chromium.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.goto(path.as_uri())
    opened = page.evaluate(_OPEN)
    step, whole = (page.evaluate(_TIMED, act) for act in ("j", "whole"))
    context.close()
    return opened, step, whole


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
