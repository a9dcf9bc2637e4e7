"""Decisions made on the review pages in a real browser, saved or exported, and applied by the next run."""

from __future__ import annotations

import csv
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from attack_report import attacked
from browsing import ROOT, Open, axe, browser, has_no_sideways_scroll, needs_chromium, of, open_page, serious
from stored_outputs import run

import nianbao
from schemas.corrections import RECORDS, Correction, decision
from schemas.corrections_file import line_of, read_corrections

uvicorn = pytest.importorskip("uvicorn", reason="uvicorn is not installed; pip install '.[test]'")

from nianbao.review_server import Desk  # noqa: E402
from nianbao.review_serving import listen, server  # noqa: E402

__all__ = ["axe", "browser", "open_page"]  # fixtures

pytestmark = needs_chromium

SAMPLE = "liling-2014.txt"
TABLES = "huoshan-2015.txt"

Served = Callable[[], Any]


def extracted(out: Path, *names: str) -> Path:
    """Read samples into an output folder and write its pages."""
    nianbao.extract([ROOT / "samples" / name for name in names], out)
    nianbao.review(out)
    return out


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One sample as an output folder with its pages, for tests that leave it as it is."""
    return extracted(tmp_path_factory.mktemp("decisions") / "out", SAMPLE)


@pytest.fixture
def out(made: Path, tmp_path: Path) -> Path:
    """The output folder as one of the test's own."""
    return Path(shutil.copytree(made, tmp_path / "out"))


@contextmanager
def serving(out: Path) -> Iterator[str]:
    """Serve an output folder; the address of its pages."""
    with listen(0) as listening:
        desk = Desk(out, listening.getsockname()[1], "a-token", "钟")
        running = server(desk)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
        thread.start()
        yield desk.address
        running.should_exit = True
        thread.join(timeout=20)


@pytest.fixture
def served(out: Path, browser: Any) -> Iterator[Served]:
    """Open the page of the sample from a server; what the page does wrong fails the test."""
    told: list[str] = []
    with serving(out) as address:
        context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="zh-CN")

        def opened() -> Any:
            page = context.new_page()
            page.on("console", lambda message: told.append(message.text) if "409" not in message.text else None)
            page.on("pageerror", lambda error: told.append(str(error)))
            page.goto(f"{address}{of(out / 'review', SAMPLE).name}")
            return page

        yield opened
        context.close()
    assert told == []


def pressed(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def leave(page: Any) -> None:
    """Leave a dialog; the browser closes it a little after the key."""
    page.keyboard.press("Escape")
    page.locator("dialog[open]").wait_for(state="detached", timeout=5000)


def chosen(page: Any, words: str) -> None:
    """Select the first fact that reads so, among the rows."""
    if page.locator(".switch").is_visible():  # on a phone
        page.locator('.switch [data-view="rows"]').click()
    page.locator("#tab-facts").click()
    page.locator("#list .row", has=page.locator(".raw", has_text=words)).first.click()


def state(page: Any) -> str:
    """Return what the selected row says that was decided."""
    return str(page.locator('#list [aria-current="true"] .verdict').inner_text(timeout=5000))


def told(page: Any, words: str) -> None:
    """Wait until the page has said so."""
    page.locator("#said", has_text=words).wait_for(timeout=5000)


def facts(out: Path) -> dict[str, list[str]]:
    """Return the first fact of each wording in an output."""
    with (out / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["raw"]: list(row.values()) for row in reversed(rows)}


def decide_three(page: Any) -> None:
    """Accept one fact, reject one, and change one to 77."""
    chosen(page, "3400")
    pressed(page, "a")
    told(page, "审核确认")
    chosen(page, "60万册")
    pressed(page, "r")
    told(page, "审核否定")
    chosen(page, "6个")
    pressed(page, "v")
    page.keyboard.type("77")
    pressed(page, "Enter")
    told(page, "审核更正")


def assert_three(page: Any) -> None:
    """The decisions of `decide_three` are shown."""
    for words, said in (("3400", "审核确认"), ("60万册", "审核否定"), ("6个", "审核更正")):
        chosen(page, words)
        assert state(page) == said
    assert "77" in page.locator('#list [aria-current="true"] .value').inner_text()
    assert page.locator('#list [aria-current="true"] .sure').inner_text() == "1"
    assert page.locator("#decided-count").inner_text() == "3"


def assert_applied(out: Path) -> None:
    """The decisions of `decide_three` are in the tables."""
    found = facts(out)
    assert "accepted" in found["3400平方米"]
    assert "60万册" not in found
    assert {"changed", "77", "1"} <= set(found["6个"])


# served


def test_decisions_on_a_served_page_survive(out: Path, served: Served) -> None:
    page = served()
    decide_three(page)
    assert [(one.action, one.reviewer) for one in read_corrections(out / "corrections.csv").decisions] == [
        ("accept", "钟"),
        ("reject", "钟"),
        ("change", "钟"),
    ]
    page.reload()
    assert_three(page)
    extracted(out, SAMPLE)
    assert_applied(out)
    page.reload()
    chosen(page, "6个")
    assert state(page) == "审核更正"
    pressed(page, "x")
    told(page, "已收回")
    extracted(out, SAMPLE)
    assert "changed" not in facts(out)["6个"]


CHANGES = (  # table, key that opens the form at the field, field, what is typed or chosen, what the table says then
    ("events", "c", "kind", "exhibition", "exhibition"),
    ("lectures", "v", "participants", "55", "55"),
    ("outreach", "c", "activity", "送书进社区和校园", "送书进社区和校园"),
    ("reading_promotions", "p", "start_date", "2014-03-01", "2014-03-01"),
    ("documents", "c", "library", "醴陵市渌江图书馆", "醴陵市渌江图书馆"),
    ("facts", "s", "scope", "branch", "branch"),
)


def test_a_row_of_any_table_is_changed_by_its_key(out: Path, served: Served) -> None:
    page = served()
    for table, key, field, said, _ in CHANGES:
        page.locator(f"#tab-{table}").click()
        page.locator("#list .row").first.click()
        pressed(page, key)
        control = page.locator(f"#field-{field}")
        assert page.evaluate("document.activeElement.id") == f"field-{field}"
        if control.evaluate("(node) => node.tagName") == "SELECT":
            control.select_option(said)
        else:
            control.fill(said)
        pressed(page, "Control+Enter")
        page.locator("dialog[open]").wait_for(state="detached", timeout=5000)
        assert state(page) == "审核更正"
    assert page.locator("#decided-count").inner_text() == str(len(CHANGES))
    extracted(out, SAMPLE)
    for table, _, field, _, written in CHANGES:
        with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            row = next(csv.DictReader(file))
        assert (row[field], row["corrected"]) == (written, "changed")


def table_of(out: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a table of an output."""
    with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_headings_tables_cells_numerals_and_findings_are_decided_on_by_the_same_keys(
    tmp_path: Path, browser: Any
) -> None:
    out = extracted(tmp_path / "out", TABLES)
    before = {name: table_of(out, name) for name in ("sections", "tables", "cells", "numbers", "findings")}
    marker = next(at for at, row in enumerate(before["numbers"]) if row["role"] == "list_marker")
    steps = (  # table, row, key, field and its value, what is said
        ("sections", 0, "r", None, "审核否定"),
        ("sections", 1, "c", ("kind", "plan"), "审核更正"),
        ("tables", 0, "c", ("caption", "新表题"), "审核更正"),
        ("tables", 0, "r", None, "不能否定"),
        ("cells", 0, "c", ("text", "新字样"), "审核更正"),
        ("numbers", marker, "c", ("role", "ordinal"), "审核更正"),
        ("findings", 0, "c", None, "只能确认或否定"),
        ("findings", 0, "r", None, "审核否定"),
        ("findings", 1, "a", None, "审核确认"),
    )
    with serving(out) as address:
        page = browser.new_context(viewport={"width": 1400, "height": 900}, locale="zh-CN").new_page()
        page.goto(f"{address}{of(out / 'review', TABLES).name}")
        for table, row, key, change, said in steps:
            page.locator(f"#tab-{table}").click()
            page.locator("#list .row").nth(row).click()
            pressed(page, key)
            if change:
                control = page.locator(f"#field-{change[0]}")
                (control.select_option if change[0] in {"kind", "role"} else control.fill)(change[1])
                pressed(page, "Control+Enter")
            told(page, said)
    extracted(out, TABLES)
    after = {name: table_of(out, name) for name in before}
    assert [row["code"] for row in after["findings"] if row["code"] == "correction_not_applied"] == []
    assert len(after["sections"]) == len(before["sections"]) - 1
    assert (after["sections"][0]["kind"], after["sections"][0]["corrected"]) == ("plan", "changed")
    assert (after["tables"][0]["caption"], after["cells"][0]["text"]) == ("新表题", "新字样")
    assert after["numbers"][marker]["role"] == "ordinal"
    assert before["findings"][0]["message"] not in {row["message"] for row in after["findings"]}
    assert [row["message"] for row in after["findings"] if row["corrected"]] == [before["findings"][1]["message"]]


def test_after_the_file_changed_its_decisions_stand_where_they_still_fit(
    out: Path, served: Served, open_page: Open, tmp_path: Path
) -> None:
    page = served()
    decide_three(page)
    chosen(page, "500余本")
    pressed(page, "r")
    told(page, "审核否定")
    text = (ROOT / "samples" / SAMPLE).read_text(encoding="utf-8").replace("500余本", "510余本")
    (tmp_path / SAMPLE).write_text(f"归档副本\n\n{text}", encoding="utf-8")
    nianbao.extract(tmp_path / SAMPLE, out)
    nianbao.review(out)
    page = open_page(of(out / "review", SAMPLE))
    page.locator("#list .row", has_text="更正未能应用").click()
    assert "500余本" in page.locator("#detail").inner_text()
    for words, said in (("3400", "审核确认"), ("6个", "审核更正")):
        chosen(page, words)
        assert state(page) == said
    assert "510余本" in facts(out)
    assert_applied(out)
    pressed(page, "e")  # the row of a fact that was rejected is gone, and its decision can be taken back
    page.locator("#decided-list li", has_text="60万册").locator("button", has_text="收回").click()
    told(page, "已收回")
    assert page.locator("#decided-list li", has_text="60万册").count() == 0


def test_a_document_reviewed_by_keyboard_becomes_answers(tmp_path: Path, browser: Any) -> None:
    (tmp_path / "一.txt").write_text("青川县图书馆2018年工作总结\n外借图书3.2万册次，到馆5万人次。\n", encoding="utf-8")
    out, gold = tmp_path / "out", tmp_path / "gold"
    nianbao.extract(tmp_path / "一.txt", out)
    nianbao.review(out)
    asked = ("gold", out, "--out", gold, "--documents", "一.txt")
    assert run(*asked)[0] == 2  # nothing is decided yet
    with serving(out) as address:
        page = browser.new_page(viewport={"width": 1400, "height": 900}, locale="zh-CN")
        page.goto(f"{address}{of(out / 'review', '一.txt').name}")
        tabs = [tab.get_attribute("id") for tab in page.locator("#tabs [role=tab]").all()]
        for table in ("facts", "documents"):
            pressed(page, str(tabs.index(f"tab-{table}") + 1))
            for number in range(page.locator("#list .row").count()):
                page.locator("#list .row").nth(number).focus()
                pressed(page, "Enter", "a")
                told(page, "审核确认")
        page.locator("#decided-count", has_text="3").wait_for()
        page.close()
    nianbao.extract(tmp_path / "一.txt", out)
    assert run(*asked)[0] == 0
    scored = json.loads(run("score", out, gold, "--format", "json")[1])["tables"]
    assert [(scored[name]["gold"], scored[name]["f1"]) for name in ("documents", "facts")] == [(1, 1.0), (2, 1.0)]


def test_the_served_pages_lead_to_each_other(served: Served) -> None:
    page = served()
    own = page.url
    page.locator(".crumb a").click()
    page.locator("#tab-libraries").click()
    page.locator("#libraries a").click()
    page.locator("table.values a").first.click()
    page.wait_for_url(f"{own}#facts/*", timeout=5000)
    assert page.locator("#text .on").first.is_visible()


def test_a_server_that_has_ended_is_said(out: Path, browser: Any) -> None:
    with serving(out) as address:
        page = browser.new_page(viewport={"width": 1400, "height": 900}, locale="zh-CN")
        page.goto(f"{address}{of(out / 'review', SAMPLE).name}")
        chosen(page, "3400")
    pressed(page, "a")
    told(page, "服务已停止")
    assert page.locator("#list .verdict").count() == 0
    page.close()


def test_what_the_server_refuses_is_said_and_not_shown_as_decided(out: Path, served: Served) -> None:
    page = served()
    (out / "corrections.csv").write_text("a,b\n", encoding="utf-8")
    chosen(page, "3400")
    page.keyboard.press("a")
    told(page, "the header is not")
    assert page.locator("#list .verdict").count() == 0


# from disk


def test_decisions_on_a_page_from_disk_are_exported_and_applied(out: Path, open_page: Open, tmp_path: Path) -> None:
    page = open_page(of(out / "review", SAMPLE))
    decide_three(page)
    page.reload()
    assert_three(page)
    pressed(page, "e")
    with page.expect_download() as download:
        page.locator("#export").click()
    exported = tmp_path / "corrections.csv"
    download.value.save_as(exported)
    assert download.value.suggested_filename == "corrections.csv"
    found = read_corrections(exported)
    assert "".join(map(line_of, found.decisions)) == exported.read_text(encoding="utf-8").partition("\n")[2]
    assert run("review", out, "--static", "--add", exported)[0] == 0
    extracted(out, SAMPLE)
    assert_applied(out)
    page.reload()
    chosen(page, "6个")
    assert state(page) == "审核更正"
    pressed(page, "e")
    assert page.locator("#decided-list li").count() == 3
    assert page.locator("#export").is_disabled()  # nothing is new


def test_the_browser_asks_before_it_loses_decisions_that_it_cannot_keep(made: Path, open_page: Open) -> None:
    page = open_page(of(made / "review", SAMPLE))
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('full'); }; }")
    chosen(page, "3400")
    pressed(page, "a")
    told(page, "审核确认")
    may_leave = "dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    assert not page.evaluate(may_leave)
    pressed(page, "e")
    with page.expect_download():
        page.locator("#export").click()
    assert page.evaluate(may_leave)


@pytest.mark.parametrize("name", [SAMPLE, TABLES])
def test_a_page_decides_as_the_program_does(tmp_path: Path, open_page: Open, name: str) -> None:
    out = extracted(tmp_path / "out", name)
    page = open_page(of(out / "review", name))
    report = nianbao.read_report(ROOT / "samples" / name).rows
    expected = []
    for table in (name for name in RECORDS if name != "facts"):
        rows: Any = [report.document] if table == "documents" else getattr(report, table)
        rows = [row for row in rows if table != "cells" or row.text]
        if not rows:
            continue
        page.locator(f"#tab-{table}").click()
        shown = page.locator("#list .row" if table != "cells" else "#list .row:not(:has(.nothing))")
        for number, row in enumerate(rows[:8]):
            shown.nth(number).click()
            page.keyboard.press("a")
            expected.append(told_of(decision(report, table, row, "accept")))
    store = f"nianbao.decisions.{report.document.document_id}"
    page.wait_for_function(
        "([store, count]) => JSON.parse(localStorage.getItem(store)).length === count", arg=[store, len(expected)]
    )
    found = [Correction(**one) for one in json.loads(page.evaluate("(store) => localStorage.getItem(store)", store))]
    assert [told_of(one) for one in found] == expected
    assert len(found) > 12


def told_of(one: Correction) -> tuple[object, ...]:
    """Return what a decision says, without file and time."""
    return (one.content_hash, one.table, one.char_start, one.char_end, one.row, one.action, one.value, one.quote,
            one.before, one.after)  # fmt: skip


# the form


def test_the_focus_stays_on_the_row_that_is_decided_on(made: Path, open_page: Open) -> None:
    page = open_page(of(made / "review", SAMPLE))
    focused = "document.activeElement.dataset.key"
    chosen(page, "3400")
    page.locator('#list [aria-current="true"]').focus()
    own = page.evaluate(focused)
    for keys, said in (("a", "审核确认"), (("v", "9", "Enter"), "审核更正"), ("z", "已撤销"), ("x", "已收回")):
        pressed(page, *keys)
        told(page, said)
        assert page.evaluate(focused) == own
    page.keyboard.press("Tab")
    assert page.evaluate(focused) not in {own, None}


@pytest.mark.parametrize(
    ("key", "field"), [("c", "metric"), ("v", "value"), ("u", "unit"), ("p", "period_start"), ("s", "scope")]
)
def test_a_key_opens_the_form_at_its_field(made: Path, open_page: Open, key: str, field: str) -> None:
    page = open_page(of(made / "review", SAMPLE))
    chosen(page, "3400")
    pressed(page, key)
    assert page.evaluate("document.activeElement.id") == f"field-{field}"
    assert page.locator("dialog[open]").count() == 1
    leave(page)
    assert page.locator("#decided-count").inner_text() == "0"


def test_errors_stand_beside_their_fields(made: Path, open_page: Open) -> None:
    page = open_page(of(made / "review", SAMPLE))
    chosen(page, "3400")
    pressed(page, "c")
    assert page.evaluate("document.activeElement.id") == "field-metric"
    page.locator("#field-metric").fill("没有的指标")
    page.locator("#field-value").fill("很多")
    page.locator("#field-period_end").fill("2014-02-30")
    pressed(page, "Enter")
    for field, said in (("metric", "列表"), ("value", "数字"), ("period_end", "日期")):
        assert said in page.locator(f"#wrong-{field}").inner_text()
        assert page.locator(f"#field-{field}").get_attribute("aria-invalid") == "true"
        assert page.locator(f"#field-{field}").get_attribute("aria-describedby") == f"wrong-{field}"
    page.locator("#field-metric").fill("阅览室数")
    page.locator("#field-value").fill("9")
    page.locator("#field-period_end").fill("2013-12-31")
    pressed(page, "Enter")
    assert "早于" in page.locator("#wrong-period_end").inner_text()
    page.locator("#field-period_end").fill("2014-12-31")
    pressed(page, "Enter")
    told(page, "审核更正")
    assert "阅览室数" in page.locator('#list [aria-current="true"]').inner_text()


def test_undo_brings_back_what_stood(made: Path, open_page: Open) -> None:
    page = open_page(of(made / "review", SAMPLE))
    chosen(page, "3400")
    pressed(page, "a")
    told(page, "审核确认")
    for value in ("1", "2"):
        pressed(page, "v")
        page.keyboard.type(value)
        pressed(page, "Enter")
        told(page, "审核更正")
    value = page.locator('#list [aria-current="true"] .value')
    for shown, said in (("1 平方米", "审核更正"), ("3400 平方米", "审核确认")):
        pressed(page, "z")
        told(page, "已撤销")
        page.locator('#list [aria-current="true"]', has_text=said).wait_for(timeout=5000)
        assert value.inner_text() == shown
    pressed(page, "z")
    page.wait_for_function("document.getElementById('decided-count').textContent === '0'")
    assert page.locator("#list .verdict").count() == 0


SELECT = """(words) => {
  const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at >= 0) return getSelection().setBaseAndExtent(node, at, node, at + words.length);
  }
}"""


@pytest.mark.parametrize("by", ["selecting", "typing"])
def test_a_fact_is_added(out: Path, served: Served, by: str) -> None:
    page = served()
    words = ""
    if by == "selecting":
        page.evaluate(SELECT, "全部敞开")
        words = "全部敞开"
    pressed(page, "n")
    if by == "typing":
        assert page.evaluate("document.activeElement.id") == "place-words"
        page.keyboard.type("没有这几个字")
        page.locator("#field-value").fill("3")
        pressed(page, "Enter")
        assert "没有" in page.locator("#wrong-place").inner_text()
        words = "3400平方米"
        page.locator("#place-words").fill(words)
        pressed(page, "Enter")
        assert "已读出" in page.locator("#wrong-place").inner_text()
        words = "全部敞开"
        page.locator("#place-words").fill(words)
    page.locator("#field-value").fill("3")
    page.locator("#field-metric").fill("阅览室数")
    pressed(page, "Enter")
    told(page, "审核补充")
    assert state(page) == "审核补充"
    assert page.locator("#text .on").inner_text() == words
    extracted(out, SAMPLE)
    assert {"added", "3", "reading_rooms"} <= set(facts(out)[words])
    page.reload()
    assert page.locator("#text .v-added").first.inner_text() == words


# attacks and access


@pytest.mark.parametrize("how", ["static", "served"])
def test_the_words_of_a_report_do_nothing_in_the_form(tmp_path: Path, browser: Any, how: str) -> None:
    out = attacked(tmp_path / "out")
    nianbao.review(out)
    path = next((out / "review").glob("0*.html"))
    with serving(out) as address:
        page = browser.new_page(viewport={"width": 1400, "height": 900}, locale="zh-CN")
        page.goto(f"{address}{path.name}" if how == "served" else path.as_uri())
        page.locator("#tab-facts").click()
        for number in range(page.locator("#list .row").count()):
            page.locator("#list .row").nth(number).click()
            pressed(page, "a", "c")
            leave(page)
        pressed(page, "e")
        assert page.locator("#decided-list li").count() > 0
        assert page.evaluate("window.hit") is None
        saved = out / "corrections.csv"
        if how == "static":
            with page.expect_download() as download:
                page.locator("#export").click()
            download.value.save_as(saved)
        page.close()
    text = (out / "text" / f"{path.stem}.txt").read_bytes().decode()
    found = read_corrections(saved).decisions
    assert [one.quote for one in found] == [text[one.char_start : one.char_end] for one in found] != []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_accessibility_checker_finds_nothing_serious(made: Path, open_page: Open, axe: str, scheme: str) -> None:
    page = open_page(of(made / "review", SAMPLE), bypass_csp=True, color_scheme=scheme, reduced_motion="reduce")
    decide_three(page)
    for name, keys in (("rows", ""), ("form", "v"), ("adding", "n"), ("decided", "e")):
        pressed(page, *keys)
        assert (name, serious(page, axe)) == (name, [])
        if name == "form":
            page.keyboard.type("x")
            pressed(page, "Enter")
            assert page.locator("#wrong-value").inner_text()
            assert ("wrong", serious(page, axe)) == ("wrong", [])
        if keys:
            leave(page)


@pytest.mark.parametrize("width", [400, 1400])
def test_nothing_runs_off_the_side(made: Path, open_page: Open, width: int) -> None:
    page = open_page(of(made / "review", SAMPLE), width=width)
    chosen(page, "3400")
    pressed(page, "a")
    assert has_no_sideways_scroll(page)
    for keys in ("v", "n", "e"):
        pressed(page, keys)
        assert has_no_sideways_scroll(page)
        assert page.locator("dialog[open]").evaluate("(node) => node.scrollWidth <= node.clientWidth")
        leave(page)
