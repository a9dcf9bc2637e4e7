"""The answers of samples/, tests/held_out/ and tests/trial/ are right: spans, values, dates, codes; sentences ours."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import pytest
import regex
import yaml

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
HELD_OUT = ROOT / "tests" / "held_out"
TRIAL = ROOT / "tests" / "trial"
SEEDS = ROOT.parent / "shared" / "seeds"
FOLDERS = sorted(path.parent for home in (SAMPLES, HELD_OUT, TRIAL) for path in home.glob("expected/*/document.csv"))
METRICS = ROOT / "schemas" / "vocabulary" / "metrics.yaml"

HEADERS = {
    "document": "library,region_code,province,city,county,report_year,title",
    "sections": "char_start,depth,alt_depth,optional,parent_char_start,marker,title",
    "facts": "char_start,char_end,raw,value,upper,unit,qualifier,metric,measure,aggregation,status,scope,"
    "period_start,period_end",
    "events": "char_start,char_end,start_date,end_date,date_text,kind,title,place,participants,status",
    "lectures": "sequence,topic,venue,date_text,start_date,end_date,participants,note",
    "outreach": "sequence,host,activity,date_text,start_date,end_date,place,volumes,participants,note",
    "reading_promotions": "sequence,date_text,start_date,end_date,audience,place,content,participants,effect",
}
CLOSED = {
    "qualifier": {"exact", "about", "over", "nearly", "at_least", "at_most", "range"},
    "measure": {"level", "increase", "decrease", "rate", "share"},
    "aggregation": {"total", "daily_mean", "peak", "per_event"},
    "status": {"actual", "planned"},
    "scope": {"institution", "event", "branch", "other"},
    "kind": {
        *("exhibition", "lecture", "training", "contest", "reading_promotion", "outreach", "donation", "meeting"),
        *("study", "opening", "award", "collection", "service", "visit", "other"),
    },
}
# What each hedge says: before the number, between number and unit, or after the unit; the first of them wins.
HEDGES = {
    "nearly": ("近", "将近", "不足", "不到"),
    "about": ("约有", "约", "大约", "几", "数", "来", "左右", "上下"),
    "over": ("余", "多", "余万", "多万", "超过", "逾", "突破", "以上"),
    "at_least": ("不少于", "至少", "不下"),
    "at_most": ("不超过", "以内"),
}
QUALIFIERS = {hedge: qualifier for qualifier, hedges in HEDGES.items() for hedge in hedges}
UNITS = {"平米": "平方米", "册（次）": "册次", "册（件）": "册件", "㎡": "平方米"}
DIGITS: dict[str, int | Decimal] = {"两": 2, "半": Decimal("0.5")}
DIGITS |= {digit: value for value, digit in enumerate("零一二三四五六七八九")}
DIGITS |= {str(digit): digit for digit in range(10)}
FOLD = str.maketrans("０１２３４５６７８９．萬餘約於", "0123456789.万余约于")
SCALES = {"十": 10, "百": 100, "千": 1000}
SHARED_RUN = 20


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    path = folder / f"{table}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def source(folder: Path) -> Path:
    return next(path for path in folder.parents[1].iterdir() if path.stem == folder.name)


def docx_lines(path: Path) -> Iterator[str]:
    document = docx.Document(str(path))
    yield from (paragraph.text for paragraph in document.paragraphs)
    for table in document.tables:
        yield from (cell.text for row in table.rows for cell in row.cells)


def text_of(path: Path) -> str:
    if path.suffix == ".docx":
        return "\n".join(docx_lines(path))
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def place_of(row: dict[str, str], quote: str, text: str, after: int) -> int:
    """Return where the quote stands: at the row's own offset, or (Word) at the next place after the row before."""
    return int(row["char_start"]) if row["char_start"] else text.find(quote, after)


def chinese(numeral: str) -> Decimal:
    """Value of a Chinese numeral below ten thousand («5千» too); a leading scale counts once («千余» is 1000)."""
    total, digit = Decimal(0), None
    for character in numeral:
        if character in SCALES:
            total += SCALES[character] * (1 if digit is None else digit)
            digit = None
        else:
            digit = Decimal(DIGITS[character])
    return total + (digit or 0)


def number(numeral: str) -> Decimal:
    """Value of a numeral with its hedges taken out: «18万», «五万三千», «3万5千», «5,118».

    >>> number("18万"), number("五万三千"), number("3万5千"), number("5,118"), number("1万2")
    (Decimal('180000'), Decimal('53000'), Decimal('35000'), Decimal('5118'), Decimal('12000'))
    """
    high, scale, low = numeral.rpartition("万")
    low += "千" if scale and regex.fullmatch(r"\d", low) else ""
    plain = [
        Decimal(part.replace(",", "")) if regex.fullmatch(r"[\d,.]+", part) else chinese(part) if part else None
        for part in (high, low)
    ]
    first = (Decimal(1) if plain[0] is None else plain[0]) * 10000 if scale else Decimal(0)
    return first + (plain[1] or 0)


NUMERAL = r"[\d,.]+(?:千|万?(?:\d千|\d(?!\d))?)|[零一二三四五六七八九两半十百千万]+"
SHAPE = regex.compile(
    rf"(?P<before>约有|大约|约|将近|近|不足|不到|逾|超过|突破|不少于|至少|不下|不超过|几|数)?"
    rf"(?P<number>{NUMERAL})(?:(?:[—-]|至)(?P<to>{NUMERAL}))?(?P<middle>余万|多万|余|多|来|几)?(?P<unit>\P{{N}}*)"
)


def percentage(raw: str) -> Decimal:
    """Value of a percentage in words.

    >>> percentage("百分之二十三点五"), percentage("百分之百")
    (Decimal('23.5'), Decimal('100'))
    """
    whole, _, tenths = raw.removeprefix("百分之").partition("点")
    return chinese(whole) + chinese(tenths) / 10


def values(raw: str) -> tuple[Decimal, Decimal | None]:
    """Return the value and, of a range, the upper bound of a quantity as written."""
    if raw.startswith("百分之"):
        return percentage(raw), None
    found = SHAPE.fullmatch(raw.translate(FOLD))
    assert found, raw
    middle = found["middle"] or ""
    low = number(found["number"]) * (10000 if middle.endswith("万") else 1)
    high = number(found["to"]) if found["to"] else None
    if high and found["to"].endswith("万") and "万" not in found["number"]:
        low *= 10000
    return low, high


@pytest.mark.parametrize(
    ("home", "least"), [(SAMPLES, 7), (HELD_OUT, 10), (TRIAL, 8)], ids=["samples", "held_out", "trial"]
)
def test_the_folder_is_not_empty_and_every_report_has_answers(home: Path, least: int) -> None:
    reports = {path.stem: path.name for path in home.iterdir() if path.suffix in {".txt", ".docx"}}
    assert len(reports) >= least
    assert set(reports) == {folder.name for folder in FOLDERS if folder.parents[1] == home}
    assert {row["folder"]: row["seed"] for row in rows(home / "expected", "reports")} == reports


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_headers_are_those_of_the_contract(folder: Path) -> None:
    names = {path.stem for path in folder.iterdir()}
    assert {"document", "sections", "facts", "events"} <= names <= set(HEADERS)
    for path in folder.iterdir():
        assert path.read_text(encoding="utf-8").split("\n")[0] == HEADERS[path.stem]
        assert rows(folder, path.stem) or path.stem == "sections", f"{path} has no rows"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_fact_is_where_it_says_and_says_what_it_reads(folder: Path) -> None:
    text, after = text_of(source(folder)), 0
    for row in rows(folder, "facts"):
        after = place_of(row, row["raw"], text, after)
        assert text[after : after + len(row["raw"])] == row["raw"], row
        assert not row["char_end"] or int(row["char_end"]) == after + len(row["raw"])
        after += len(row["raw"])
        value, upper = values(row["raw"])
        assert (value, upper) == (Decimal(row["value"]), Decimal(row["upper"]) if row["upper"] else None), row
        assert bool(row["upper"]) == (row["qualifier"] == "range")
        written = next((word for word in UNITS if row["raw"].endswith(word)), row["unit"])
        assert row["raw"].endswith(written) or (written == "%" and row["raw"].startswith("百分之")), row
        assert row["unit"] == UNITS.get(written, written)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_qualifier_is_the_first_hedge(folder: Path) -> None:
    text, after = text_of(source(folder)), 0
    for row in rows(folder, "facts"):
        found = SHAPE.fullmatch(row["raw"].translate(FOLD).removeprefix("百分之").replace("点", ""))
        assert found, row
        after = place_of(row, row["raw"], text, after) + len(row["raw"])
        hedge = found["before"] or found["middle"] or text[after : after + 2]
        assert row["qualifier"] == ("range" if found["to"] else QUALIFIERS.get(hedge, "exact")), row


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_codes_and_dates_are_known(folder: Path) -> None:
    metrics = set(yaml.safe_load(METRICS.read_text(encoding="utf-8"))) | {""}
    for row in rows(folder, "facts"):
        assert row["metric"] in metrics, row
    for table in HEADERS:
        for row in rows(folder, table):
            for column in CLOSED.keys() & row.keys():
                assert row[column] in CLOSED[column], row
            for start, end in [("start_date", "end_date"), ("period_start", "period_end")]:
                if start in row:
                    assert date.fromisoformat(row[start]) <= date.fromisoformat(row[end]), row
            for column in {"participants", "volumes"} & row.keys():
                assert regex.fullmatch(r"\d*", row[column]), row


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_event_quotes_its_telling(folder: Path) -> None:
    text = text_of(source(folder))
    for row in rows(folder, "events"):
        told = text[int(row["char_start"]) : int(row["char_end"])] if row["char_start"] else text
        assert not row["char_start"] or told == told.strip(), row
        for column in ("date_text", "title", "place"):
            assert row[column] in told, row


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_heading_is_where_it_says_under_its_parent(folder: Path) -> None:
    text, after, depths = text_of(source(folder)), 0, {"": 0}
    for row in rows(folder, "sections"):
        after = place_of(row, row["marker"], text, after)
        line = text[after : after + len(row["marker"]) + len(row["title"]) + 2]
        line = regex.sub(r"[ \u3000]", "", line)
        assert line.startswith(row["marker"] + row["title"]), row
        assert not regex.search("[。；！？：]", row["title"]), row
        if row["char_start"]:
            assert depths[row["parent_char_start"]] < int(row["depth"]), row
            depths[row["char_start"]] = int(row["depth"])
        after += 1


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_table_row_quotes_its_cells(folder: Path) -> None:
    cells = set(regex.split(r"\s*[|\t\n]\s*|\s{2,}", text_of(source(folder))))
    for table in ("lectures", "outreach", "reading_promotions"):
        for row in rows(folder, table):
            for column, quote in row.items():
                assert not quote or column in {"start_date", "end_date"} or quote in cells, (column, row)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_document_row_agrees_with_the_report(folder: Path) -> None:
    (row,), text = rows(folder, "document"), text_of(source(folder))
    assert regex.fullmatch(r"\d{6}", row["region_code"])
    assert row["library"] in text
    assert row["report_year"] == folder.name[-4:]
    assert row["title"] in text


def test_no_sentence_of_the_seed_reports_came_in() -> None:
    if not SEEDS.is_dir():
        pytest.skip("the seed reports (../shared/seeds) are not on this machine")
    seeds = "".join(regex.sub(r"\s", "", path.read_text(encoding="utf-8")) for path in sorted(SEEDS.glob("*.txt")))
    runs = {seeds[at : at + SHARED_RUN] for at in range(len(seeds) - SHARED_RUN + 1)}
    assert runs
    shared = [
        line[at : at + SHARED_RUN]
        for path in map(source, FOLDERS)
        for line in regex.sub(r"[^\S\n]", "", text_of(path)).split("\n")
        for at in range(len(line) - SHARED_RUN + 1)
        if line[at : at + SHARED_RUN] in runs
    ]
    assert not shared


def test_the_word_sample_is_what_its_source_builds() -> None:
    from build_sample_docx import SAMPLE, SOURCE, build  # noqa: PLC0415

    built, kept = build(SOURCE.read_text(encoding="utf-8")), docx.Document(str(SAMPLE))
    assert built.element.xml == kept.element.xml
