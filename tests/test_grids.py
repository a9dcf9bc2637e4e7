"""Numbers, units and words of cells: counts, values, units that a table states once, total words, column meanings."""

from __future__ import annotations

from decimal import Decimal

import pytest

from normalize.tables.cell_values import read_count, read_value
from normalize.tables.column_meaning import meaning_of
from normalize.tables.label_metrics import metric_of_label, plain_label
from normalize.tables.total_rows import total_role
from normalize.tables.units import Unit, read_unit, unit_of_ending, unit_of_header
from schemas.indicator_labels import indicator_labels
from schemas.metrics import metrics
from schemas.words import Entry, load

COUNTS = [
    ("80", "80"), ("1,200", "1200"), ("约60人", "60"), ("1.2万", "12000"), ("一百二十", "120"), ("50余人", "50"),
    ("", None), ("—", None), ("每场50人", None), ("3月5日", None), ("万册", None), ("第3期", None), ("80/120", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), COUNTS)
def test_counts(text: str, value: str | None) -> None:
    assert read_count(text) == (None if value is None else Decimal(value))


VALUES = [  # text, unit stated elsewhere, value, unit, qualifier, raw
    ("42.6", "万册", "426000", "册", "exact", "42.6"),
    ("42.6万", "万册", "426000", "册", "exact", "42.6万"),
    (" 约30余人 ", "", "30", "人", "about", "约30余人"),
    ("620个以上", "", "620", "个", "over", "620个"),
    ("7.3%", "", "7.3", "%", "exact", "7.3%"),
    ("↓5.1%", "", "-5.1", "%", "exact", "↓5.1%"),
    ("十五", "个", "15", "个", "exact", "十五"),
]


@pytest.mark.parametrize(("text", "stated", "value", "unit", "qualifier", "raw"), VALUES)
def test_values(text: str, stated: str, value: str, unit: str, qualifier: str, raw: str) -> None:
    found = read_value(text, read_unit(stated) if stated else None)
    assert found is not None
    assert (f"{found.quantity.value:f}", found.quantity.unit, found.quantity.qualifier) == (value, unit, qualifier)
    assert text[found.start : found.end] == raw


@pytest.mark.parametrize("text", ["", "—", "无", "3月5日", "9:00-17:30", "万册", "清泉镇", "第3名", "12、15"])
def test_no_values(text: str) -> None:
    assert read_value(text) is None


UNITS = [
    ("经费（万元）", 10000, "元"), ("册数（册）", 1, "册"), ("人数(人次)", 1, "人次"), ("人次（万）", 10000, None),
    ("增长（%）", 1, "%"), ("面积（单位：平方米）", 1, "平方米"), ("流通量，万册次", 10000, "册次"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "factor", "word"), UNITS)
def test_units_of_headers(text: str, factor: int, word: str | None) -> None:
    assert unit_of_header(text) == Unit(Decimal(factor), word)


@pytest.mark.parametrize("text", ["备注", "人数（现场）", "时间", "名称（全称）"])
def test_headers_without_units(text: str) -> None:
    assert unit_of_header(text) is None


def test_units_that_labels_end_with() -> None:
    endings = {"外借册次": "册次", "图书种数": "种", "参加人数": "人", "馆名": None, "数量": None}
    assert {label: unit and unit.word for label, unit in ((one, unit_of_ending(one)) for one in endings)} == endings


ROLES = [
    (["合计", "80"], "total"), (["总 计".replace(" ", ""), "80"], "total"), (["共计：", "80"], "total"),
    (["全年合计", "80"], "total"), (["合计：44次"], "total"), (["合计44场2610人次"], "total"), (["7", "合计"], "total"),
    (["小计", "80"], "subtotal"), (["本页合计", "80"], "subtotal"), (["一季度小计", "80"], "subtotal"),
    (["3月合计", "80"], "subtotal"),
    (["合计编目讲座", "80"], None), (["累计借阅之星", "80"], None), (["家风", "合计"], None),
    ([], None), (["80"], None),
]  # fmt: skip


@pytest.mark.parametrize(("words", "role"), ROLES)
def test_total_words(words: list[str], role: str | None) -> None:
    assert total_role(words) == role


MEANINGS = [  # header, first day, last day, measure, status
    ("2022年", "2022-01-01", "2022-12-31", "level", "actual"),
    ("2021", "2021-01-01", "2021-12-31", "level", "actual"),
    ("上年同期", "2021-01-01", "2021-12-31", "level", "actual"),
    ("2022年1-6月", "2022-01-01", "2022-06-30", "level", "actual"),
    ("2022年上半年", "2022-01-01", "2022-06-30", "level", "actual"),
    ("本年度", "2022-01-01", "2022-12-31", "level", "actual"),
    ("同比增长（%）", "2022-01-01", "2022-12-31", "rate", "actual"),
    ("增幅", "2022-01-01", "2022-12-31", "rate", "actual"),
    ("比上年增减", "2022-01-01", "2022-12-31", "increase", "actual"),
    ("占比", "2022-01-01", "2022-12-31", "share", "actual"),
    ("计划数", "2022-01-01", "2022-12-31", "level", "planned"),
    ("实际完成", "2022-01-01", "2022-12-31", "level", "actual"),
]


@pytest.mark.parametrize(("header", "first", "last", "measure", "status"), MEANINGS)
def test_meanings_of_columns(header: str, first: str, last: str, measure: str, status: str) -> None:
    meaning = meaning_of((header,), 2022)
    assert meaning.period is not None
    assert (str(meaning.period.start), str(meaning.period.end)) == (first, last)
    assert (meaning.measure, meaning.status) == (measure, status)


LABELS = [  # label, unit, label above, metric
    ("一、总藏量", "册", "", "collection_total"),
    ("其中：古籍", "册", "", "collection_rare_books"),
    ("其中：少儿文献", "册", "", None),  # a part has no metric unless it has a name of its own
    ("少儿阅览室座席数", "个", "", None),
    ("本年总流通人次（万人次）", "人次", "", "visits"),
    ("参加人次", "人次", "举办讲座", "lecture_participants"),
    ("参加人次", "人次", "", None),
    ("总藏量", "人次", "", None),  # no volumes
    ("开展送书下乡活动", "次", "", "outreach_trips"),
    ("填表人", "", "", None),
]


@pytest.mark.parametrize(("label", "unit", "above", "code"), LABELS)
def test_metrics_of_labels(label: str, unit: str, above: str, code: str | None) -> None:
    found = metric_of_label(label, read_unit(unit) if unit else None, above)
    assert (found[0].code if found else None) == code


def test_the_labels_name_metrics_and_read_as_they_stand() -> None:
    entries = load("indicator_labels.yaml", Entry)
    assert set(entries) <= set(metrics())
    for label, code in indicator_labels().items():
        assert indicator_labels().get(plain_label(label)) == code, label
