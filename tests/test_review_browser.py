"""The review pages in a real browser, opened from disk with no server and no network."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attack_report import ATTACKS, attacked
from browsing import (
    ROOT,
    Open,
    axe,
    browser,
    has_no_sideways_scroll,
    is_in_view,
    needs_chromium,
    of,
    open_page,
    serious,
)
from made_reports import made_report
from msgspec.structs import replace
from stored_outputs import write

import nianbao
from nianbao.review_pages import reports
from nianbao.stored import open_output
from publish.review.writing import write_review
from schemas.rows import ReportRows

__all__ = ["axe", "browser", "open_page"]  # fixtures

SAMPLES = ("huoshan-2015.txt", "liling-2014.txt", "liling-2016.docx")

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three samples as an output folder with its pages."""
    folder = tmp_path_factory.mktemp("browser") / "out"
    nianbao.extract([ROOT / "samples" / name for name in SAMPLES], folder)
    nianbao.review(folder)
    return folder / "review"


# selecting


def test_a_place_in_the_text_leads_to_its_row(out: Path, open_page: Open) -> None:
    page = open_page(of(out, "liling-2014.txt"))
    page.locator(".k-facts", has_text="3400").first.click()
    row = page.locator('#list [aria-current="true"]')
    assert "建筑面积" in row.inner_text()
    assert page.locator("#tab-facts").get_attribute("aria-selected") == "true"
    assert page.url.endswith(f"#{row.get_attribute('data-key')}")
    detail = page.locator("#detail").inner_text()
    assert all(word in detail for word in ("建筑面积", "3400", "平方米", "2014-01-01", "quantity_arabic", "置信度"))
    assert page.locator("#detail .candidates .won").inner_text().startswith("建筑面积")
    page.locator("#detail summary").click()
    assert page.locator("#detail .decisions dt").all_inner_texts()[:2] == ["组成", "读作"]
    assert not any(any(map(str.isascii, said)) for said in page.locator("#detail .decisions dt").all_inner_texts())


def test_a_row_leads_to_its_place_in_the_text(out: Path, open_page: Open) -> None:
    page = open_page(of(out, "liling-2014.txt"))
    page.locator("#tab-facts").click()
    page.locator("#list").evaluate("(node) => node.scrollTo(0, node.scrollHeight)")
    page.locator("#list .row").last.click()
    lit = page.locator("#text .on")
    assert lit.count() >= 1
    assert lit.first.inner_text() in page.locator("#detail .raw").first.inner_text()
    assert is_in_view(page, "#text .on")


def test_the_address_opens_the_row_that_it_names(out: Path, open_page: Open) -> None:
    path = of(out, "liling-2014.txt")
    page = open_page(path, f"#facts/{path.stem}-f0080")
    assert page.locator("#text .on").count() >= 1
    assert is_in_view(page, "#text .on")
    assert open_page(path, "#facts/none").locator("#text .on").count() == 0


def test_a_finding_is_told_in_the_language_of_the_page(out: Path, open_page: Open) -> None:
    for locale, label, said in (
        ("zh-CN", "合计不符", "合计行不等于"),
        ("en-US", "total mismatch", "A total row is not"),
    ):
        page = open_page(of(out, "huoshan-2015.txt"), locale=locale)
        row = page.locator("#list .row", has_text=label).first
        message = row.locator('[lang="en"]').inner_text()
        assert "750" in message
        row.click()
        assert page.locator("#detail .means").inner_text().startswith(said)
        page.locator("#text .on").first.hover()
        page.locator("#hover").wait_for()
        assert all(one in page.locator("#hover").inner_text() for one in (label, message))


def test_findings_come_first_and_are_steps(out: Path, open_page: Open) -> None:
    page = open_page(of(out, "huoshan-2015.txt"))
    assert page.locator("#tabs [role=tab]").first.get_attribute("aria-selected") == "true"
    rows = page.locator("#list .row")
    for number in range(3):
        page.keyboard.press("f")
        assert rows.nth(number).get_attribute("aria-current") == "true"
        assert page.locator("#text .on.k-findings").count() >= 1
    page.keyboard.press("d")
    assert rows.nth(1).get_attribute("aria-current") == "true"


def test_a_table_of_the_report_is_a_table_and_its_rows_are_marked(out: Path, open_page: Open) -> None:
    page = open_page(of(out, "huoshan-2015.txt"))
    tables = page.locator("#text table")
    assert tables.count() >= 2
    assert tables.first.locator("th").count() == 5
    tables.first.locator("td", has_text="家庭教育").locator(".k-lectures").first.click()
    assert page.locator("#tab-lectures").get_attribute("aria-selected") == "true"
    assert "家庭教育" in page.locator('#list [aria-current="true"]').inner_text()


def test_hovering_shows_how_a_number_was_read(out: Path, open_page: Open) -> None:
    page = open_page(of(out, "liling-2014.txt"))
    page.locator(".k-facts", has_text="3400").first.hover()
    page.locator("#hover").wait_for()
    told = page.locator("#hover").inner_text()
    assert all(word in told for word in ("建筑面积", "3400 平方米", "2014-01-01", "quantity_arabic", "0.9", "候选指标"))
    page.keyboard.press("Escape")
    assert page.locator("#hover").is_hidden()


# the ledger


def test_the_ledger_colours_every_numeral(out: Path, open_page: Open) -> None:
    page = open_page(of(out, "liling-2016.docx"))
    page.evaluate("dispatchEvent(new Event('beforeprint'))")  # draws all of the text
    page.locator("#ledger").click()
    assert page.locator("#ledger").get_attribute("aria-pressed") == "true"
    listed = int(page.locator("#tab-numbers .count").inner_text())
    shown = page.evaluate(
        "new Set([...document.querySelectorAll('#text .k-numbers')].flatMap((node) => node.dataset.m.split(' ')"
        ".filter((mark) => JSON.parse(document.getElementById('data').textContent).marks[mark][0] === 'numbers'))).size"
    )
    assert shown == listed > 50
    assert "未解释" in page.locator("#legend").inner_text()
    page.keyboard.press("j")
    assert page.locator("#tab-numbers").get_attribute("aria-selected") == "true"
    page.keyboard.press("l")
    assert page.locator("#legend").is_hidden()


# the keyboard alone


def test_the_keyboard_alone_suffices(out: Path, open_page: Open) -> None:
    page = open_page(of(out, "liling-2014.txt"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for key in ("j", "j", "k"):
        page.keyboard.press(key)
    assert page.locator("#text .on").count() >= 1
    page.keyboard.press("Escape")
    assert page.locator("#text .on").count() == 0
    page.keyboard.press("2")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "tab-events"
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("图书")
    assert 0 < page.locator("#list .row").count() < int(page.locator("#tab-events .count").inner_text())


def test_the_outline_is_walked_with_arrows(out: Path, open_page: Open) -> None:
    page = open_page(of(out, "liling-2014.txt"))
    page.keyboard.press("o")
    first = page.locator("[role=treeitem]").first
    assert first.get_attribute("aria-expanded") == "true"
    for key in ("ArrowLeft", "ArrowDown"):
        page.keyboard.press(key)
    assert first.get_attribute("aria-expanded") == "false"
    assert "2014年度工作材料" in page.evaluate("document.activeElement.querySelector('.label').textContent")
    page.keyboard.press("Enter")
    heading = page.locator("#text h2", has_text="年度工作材料")
    assert heading.evaluate(
        "(node) => { const box = node.getBoundingClientRect(); return box.top > 0 && box.top < innerHeight; }"
    )


# language, colours, sizes, print


SPOKEN = (  # locale of the browser, language of the page, a word on the page of a report, of the index, of a library
    ("zh-TW", "zh-Hans", ("数字台账", "清除筛选", "趋势图")),
    ("de-DE", "en", ("Ledger", "Clear filters", "Charts")),
)


@pytest.mark.parametrize(("locale", "lang", "words"), SPOKEN)
def test_the_pages_speak_as_the_browser_asks(
    out: Path, open_page: Open, locale: str, lang: str, words: tuple[str, str, str]
) -> None:
    paths = (of(out, "liling-2014.txt"), out / "index.html", next(out.glob("lib-*.html")))
    for path, selector, said in zip(paths, ("#ledger", "[type=reset]", "#charts-title"), words, strict=True):
        page = open_page(path, locale=locale)
        assert page.locator("html").get_attribute("lang") == lang
        assert page.locator(selector).inner_text() == said
        page.locator("#language").click()
        assert page.locator("html").get_attribute("lang") != lang
        assert page.locator(selector).inner_text() != said


def test_light_and_dark(out: Path, open_page: Open) -> None:
    page = open_page(of(out, "liling-2014.txt"), color_scheme="dark")
    colour = "getComputedStyle(document.querySelector('.sheet')).backgroundColor"
    dark = page.evaluate(colour)
    page.locator("#theme").click()
    assert page.evaluate(colour) != dark


@pytest.mark.parametrize("width", [400, 800, 1400])
def test_nothing_runs_off_the_side(out: Path, open_page: Open, width: int) -> None:
    for path in (of(out, "huoshan-2015.txt"), out / "index.html", *out.glob("lib-*.html")):
        assert has_no_sideways_scroll(open_page(path, width=width))


def test_a_phone_shows_one_side_at_a_time(out: Path, open_page: Open) -> None:
    page = open_page(of(out, "liling-2014.txt"), width=400)
    assert page.locator("#list").is_hidden()
    page.locator(".k-facts").first.click()
    assert page.locator("#detail").is_visible()
    page.locator('.switch [data-view="rows"]').click()
    assert page.locator("#text").is_hidden()
    page.locator("#list .row").nth(1).click()
    assert page.locator("#text").is_visible()


def test_print_holds_the_whole_text_and_the_rows_of_the_table_that_is_shown(out: Path, open_page: Open) -> None:
    page = open_page(of(out, "liling-2014.txt"))
    page.keyboard.press("2")
    nodes = page.locator("*").count()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    blocks = page.evaluate("JSON.parse(document.getElementById('data').textContent).blocks.length")
    assert page.locator("#text [data-b]").count() == blocks
    assert page.locator("#list .row").count() == int(page.locator("#tab-facts .count").inner_text()) > 60
    assert [page.locator(one).is_visible() for one in ("#text", "#list", "#tab-facts")] == [True] * 3
    assert [page.locator(one).is_visible() for one in (".tools", "#tab-findings")] == [False] * 2
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.wait_for_function("(nodes) => document.querySelectorAll('*').length < 1.3 * nodes", arg=nodes)


def test_a_phone_prints_the_same_pages(out: Path, browser: Any) -> None:
    pages = []
    for width in (400, 1400):
        page = browser.new_page(viewport={"width": width, "height": 900}, locale="zh-CN")
        page.goto(of(out, "liling-2014.txt").as_uri())
        pages.append(page.pdf(format="A4").count(b"/Type /Page\n"))
        page.close()
    assert pages[0] == pages[1] > 2


# attacks


def test_the_words_of_a_report_do_nothing(tmp_path: Path, open_page: Open) -> None:
    out = attacked(tmp_path / "out")
    nianbao.review(out)
    for path in sorted((out / "review").glob("*.html")):
        page = open_page(path)
        page.mouse.move(500, 300)
        assert page.evaluate("window.hit") is None
        assert page.locator("img, iframe").count() == 0
    page = open_page(next((out / "review").glob("0*.html")))
    shown = page.locator("#text").inner_text()
    assert all(attack in shown for attack in ATTACKS if attack.isascii() and attack.isprintable())
    for name in ("findings", "facts", "numbers"):
        page.locator(f"#tab-{name}").click()
        for number in range(page.locator("#list .row").count()):
            page.locator("#list .row").nth(number).click()
    assert page.evaluate("window.hit") is None
    assert page.locator("#text .unseen").first.get_attribute("data-code") == "U+2028"


def test_no_other_script_can_run(out: Path, browser: Any) -> None:
    page = browser.new_page()
    page.goto((out / "index.html").as_uri())
    page.evaluate("document.body.append(Object.assign(document.createElement('a'), {id: 'hit'}))")
    page.evaluate(
        "() => { const node = document.createElement('script');"
        " try { node.textContent = 'window.hit = 1'; document.body.append(node); } catch { /* trusted types */ } }"
    )
    assert page.evaluate("window.hit?.tagName ?? window.hit") == "A"
    page.close()


# long reports and many reports


def long_report(lines: int) -> ReportRows:
    """Return a report of a fact a line, 60 characters each."""
    made = made_report()
    text = "".join(f"{number:05}外借图书{number:05}册。".ljust(59, "书") + "\n" for number in range(lines))
    fact = made.facts[0]
    facts = tuple(
        replace(
            fact,
            fact_id=f"{fact.document_id}-f{number:05}",
            value=Decimal(number),
            raw=f"{number:05}册",
            char_start=60 * number + 9,
            char_end=60 * number + 15,
            section_id=None,
            part_of=None,
            same_as=None,
        )
        for number in range(lines)
    )
    return ReportRows(replace(made.document, characters=len(text)), facts=facts, text=text)


def test_a_report_of_300_000_characters_is_drawn_as_far_as_it_is_seen(tmp_path: Path, open_page: Open) -> None:
    out = write(tmp_path / "out", long_report(5000))
    write_review(out, reports(open_output(out)), ())
    page = open_page(next((out / "review").glob("0*.html")))
    assert page.evaluate("JSON.parse(document.getElementById('data').textContent).marks.length") == 5000
    nodes = "document.querySelectorAll('*').length"
    assert page.evaluate(nodes) < 3000
    page.locator("#tab-facts").click()
    for share in (0.25, 0.5, 0.75, 1):
        page.evaluate("(share) => { for (const id of ['main', 'list']) { const node = document.getElementById(id);"
                      " node.scrollTo(0, share * node.scrollHeight); } }", share)  # fmt: skip
        page.wait_for_timeout(100)
        assert page.evaluate(nodes) < 4000
    page.locator("#list .row").last.click()
    assert page.locator("#text .on").inner_text() == "04999册"
    assert is_in_view(page, "#text .on")
    page.keyboard.press("a")
    page.locator('#list [aria-current="true"] .verdict').wait_for()
    page.locator("#find").fill("02500册")
    assert page.locator("#list .row").count() == 1
    page.locator("#list .row").click()
    assert is_in_view(page, "#text .on")
    assert page.evaluate(nodes) < 4000


def test_the_index_is_searched_sorted_and_filtered(out: Path, open_page: Open) -> None:
    page = open_page(out / "index.html")
    rows = page.locator("#documents tbody tr")
    assert rows.count() == len(SAMPLES)
    page.locator("#words").fill("霍山 2015")
    assert rows.count() == 1
    assert page.locator("#count-documents").inner_text() == "1"
    page.locator("#filters [type=reset]").click()
    page.locator("#from").select_option("2016")
    assert rows.count() == 1
    page.locator("#from").select_option("")
    page.locator("#finding").select_option("none")
    assert rows.count() == 0
    merged = page.locator("#finding option", has_text="名称归并").or_(
        page.locator("#finding option", has_text="merged")
    )
    page.locator("#finding").select_option(merged.get_attribute("value"))
    assert 0 < rows.count() < len(SAMPLES)
    label = merged.inner_text().split(" · ")[1]
    assert all(label in text for text in rows.all_inner_texts())
    page.locator("#finding").select_option("")
    page.locator('[data-sort="findings"]').click()
    assert "霍山" in rows.first.inner_text()
    assert (out / rows.first.locator("a").get_attribute("href")).exists()


def test_the_index_leads_to_trends_and_coverage(out: Path, open_page: Open) -> None:
    page = open_page(out / "index.html")
    page.locator("#tab-coverage").click()
    assert page.locator(".matrix tbody tr").count() == len(SAMPLES)
    assert page.locator(".matrix .clash").count() > 0
    page.locator("#tab-libraries").click()
    assert page.locator("#libraries tbody tr").count() == 2


# accessibility


PAGES = ("document", "ledger", "selected", "index", "coverage", "library")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_the_accessibility_checker_finds_nothing_serious(
    out: Path, open_page: Open, axe: str, name: str, scheme: str
) -> None:
    paths = {"index": out / "index.html", "coverage": out / "index.html", "library": next(out.glob("lib-*.html"))}
    path = paths.get(name, of(out, "huoshan-2015.txt"))
    page = open_page(path, bypass_csp=True, color_scheme=scheme, reduced_motion="reduce")
    if name == "ledger":
        page.keyboard.press("l")
    if name == "selected":
        page.keyboard.press("f")
    if name == "coverage":
        page.locator("#tab-coverage").click()
    assert serious(page, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_accessibility_checker_finds_nothing_serious_on_a_phone(
    out: Path, open_page: Open, axe: str, scheme: str
) -> None:
    how = {"width": 400, "bypass_csp": True, "color_scheme": scheme, "reduced_motion": "reduce"}
    page = open_page(of(out, "huoshan-2015.txt"), **how)
    page.keyboard.press("f")
    for view in ("rows", "outline", "text"):
        page.locator(f'.switch [data-view="{view}"]').click()
        assert (view, serious(page, axe)) == (view, [])
        assert page.locator("main").is_visible()
