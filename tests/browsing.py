"""Review pages in a real browser, Chromium driven by Playwright, for the tests of the pages: what all of them use."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed; pip install '.[test]'")

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
AXE = "axe-core@4"

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium here; apt-get install chromium")

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of the accessibility checker, installed from the npm registry."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("there is no npm here to install axe-core with")
    folder = tmp_path_factory.mktemp("axe")
    command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", AXE]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        pytest.skip(f"npm cannot install {AXE}: {done.stderr[-200:]}")
    return script.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for all tests."""
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Any) -> Iterator[Open]:
    """Open a page from disk in a fresh context; an error, a warning or a request of the page fails the test."""
    contexts, told = [], []

    def opened(path: Path, address: str = "", width: int = 1400, **options: Any) -> Any:
        options = {"viewport": {"width": width, "height": 900}, "locale": "zh-CN"} | options
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("request", lambda request: told.append(request.url) if request.url != page_address else None)
        page_address = path.as_uri()
        page.goto(page_address + address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert told == []


def of(out: Path, source: str) -> Path:
    """Return the page of a report among the pages in `out`."""
    with (out.parent / "documents.csv").open(encoding="utf-8-sig", newline="") as file:
        return out / f"{next(row['document_id'] for row in csv.DictReader(file) if row['source'] == source)}.html"


def has_no_sideways_scroll(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def is_in_view(page: Any, selector: str) -> bool:
    return bool(
        page.evaluate(
            "(selector) => { const box = document.querySelector(selector).getBoundingClientRect();"
            " return box.top >= 0 && box.bottom <= innerHeight; }",
            selector,
        )
    )


def serious(page: Any, axe: str) -> list[list[str]]:
    """Return what the accessibility checker finds serious or critical: impact, rule, element."""
    return [one for one in checked(page, axe) if one[0] in {"serious", "critical"}]


def checked(page: Any, axe: str) -> list[list[str]]:
    """Return all that the accessibility checker finds: impact, rule, element."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(axe)
    run = "async () => (await axe.run()).violations.map((one) => [one.impact, one.id, one.nodes[0].html])"
    return list(page.evaluate(run))
