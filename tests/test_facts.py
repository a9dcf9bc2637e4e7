"""What numbers mean: cases in our own sentences, with the history of each list.

Every case is a text, the number asked about as it is written, and what a careful reader says of it.
"""

from __future__ import annotations

from typing import Any

import pytest

from extract.extraction import extract
from extract.plain_text import blocks
from normalize.facts import read_facts
from schemas.document import Document
from schemas.rows import FactRow

YEAR = 2014

# the first list, written with the rules
new: list[tuple[str, str, dict[str, Any]]] = [
    ("截至2014年12月31日，全馆藏书12万册。", "12万册", {"metric": "collection_total", "period_start": "2014-12-31"}),
    ("截至11月20日，共征集地方文献45种。", "45种", {"period_start": "2014-01-01", "period_end": "2014-11-20"}),
    ("自3月起改造书库，截至9月30日共搬运图书3万册。", "3万册", {"period_end": "2014-09-30"}),
    ("全年接待读者21万人次，比上年增长8%。", "8%", {"metric": "visits", "measure": "rate"}),
    ("全年接待读者21万人次，其中少儿占38%。", "38%", {"metric": None, "measure": "share"}),
    ("每月更新电子图书200册。", "200册", {"metric": "acquisitions_ebooks", "aggregation": "per_event"}),
    ("暑期到馆读者日均900人次。", "900人次", {"metric": "visits", "aggregation": "daily_mean"}),
    ("到馆读者最多的一天达2100人次。", "2100人次", {"metric": "visits", "aggregation": "peak"}),
    ("阅览室增加了小书桌12张。", "12张", {"measure": "increase", "metric": None}),
    ("阅览室增加了书架6组、小书桌12张。", "12张", {"measure": "increase"}),
    ("计划新建分馆3个。", "3个", {"metric": "service_points_added", "status": "planned"}),
    ("今年新建分馆3个。", "3个", {"metric": "service_points_added", "status": "actual"}),
    ("书画院捐出字画20件，我馆将其送到各分馆展出。", "20件", {"status": "actual"}),
    ("5月8日，我馆为养老院送书200册。", "200册", {"scope": "event", "metric": None, "period_start": "2014-05-08"}),
    ("青石桥书房位于南门，面积260平方米，可容纳50人。", "260平方米", {"scope": "branch", "metric": None}),
    ("馆长一名，副馆长2名。", "2名", {"metric": "deputy_directors"}),
    ("订购期刊120种，报纸45种。", "45种", {"metric": "newspaper_subscriptions"}),
]

# readings that were wrong on a report and are right now
met_in_the_wild: list[tuple[str, str, dict[str, Any]]] = [
    ("全年接待读者32万人次，比2013年的28万人次增长14%。", "28万人次", {"metric": "visits"}),
    ("全年接待读者32万人次，比2013年的28万人次增长14%。", "14%", {"metric": "visits", "measure": "rate"}),
    ("总藏量46万册，其中古籍1.3万册，地方文献3260种。", "3260种", {"metric": "collection_local_documents"}),
    ("征集地方文献210种，其中族谱38部。", "38部", {"metric": None}),
    ("共有图书流通点47个，其中今年新建8个。", "8个", {"metric": "service_points_added"}),
    ("图书流通2.5万册次,读者3万人次,办证420个。", "3万人次", {"metric": "visits"}),
    ("推出“虚拟阅读”体验活动，吸引200人。", "200人", {"status": "actual"}),
    ("各分馆藏书参差不齐，总分馆藏书已达100万册。", "100万册", {"metric": "collection_total", "scope": "institution"}),
    ("要服务全县20多万群众，任务不轻。", "20多万", {"scope": "other"}),
    ("全区建有乡镇（街道）图书馆18个。", "18个", {"metric": "township_libraries"}),
    ("文献购置按人口算，人均购书费0.5元。", "0.5元", {"metric": None}),
    ("流动图书车出车40次，受益群众数千人次。", "数千人次", {"metric": "outreach_participants"}),
]


def read(text: str, raw: str) -> FactRow:
    document = Document("0" * 12, "x.txt", "text/plain", "utf-8", text, tuple(blocks(text)))
    return next(r.row for r in read_facts(document, extract(document), YEAR) if r.row.raw == raw)


@pytest.mark.parametrize(("text", "raw", "expected"), new + met_in_the_wild)
def test_a_number_means_what_a_reader_says(text: str, raw: str, expected: dict[str, Any]) -> None:
    row = read(text, raw)
    actual = {name: getattr(row, name) for name in expected}
    assert {name: value if value is None else str(value) for name, value in actual.items()} == expected


def test_every_fact_reproduces_its_characters() -> None:
    text = "全年接待读者近21万人次，外借图书9.5万余册次；\n其中少儿图书约3万册。"
    document = Document("0" * 12, "x.txt", "text/plain", "utf-8", text, tuple(blocks(text)))
    rows = [reading.row for reading in read_facts(document, extract(document), YEAR)]
    assert [text[row.char_start : row.char_end] for row in rows] == [row.raw for row in rows]
    assert len(rows) == 3
