"""Chronicles whose entries begin with a day in points, beside headings numbered in points."""

from __future__ import annotations

import pytest

from extract.extraction import extract
from nianbao.pipeline import process
from schemas.document import Block, Document


def document(*lines: str) -> Document:
    text, blocks, at = "\n".join(lines), [], 0
    for number, line in enumerate(lines, start=1):
        blocks.append(Block(at, at + len(line), number))
        at += len(line) + 1
    return Document("0" * 12, "x.txt", "text/plain", "utf-8", text, tuple(blocks))


# lines → the days of their entries
ENTRIES = [
    (["1.8 召开年度会议。", "3.12 组织植树。", "5.28 举办故事会。"], ["2014-01-08", "2014-03-12", "2014-05-28"]),
    (["5.28，举办故事会。", "6.1，举办游园会。"], ["2014-05-28", "2014-06-01"]),
    (["４.２３　赠书。", "4.24日 办展。", "12.4：普法。"], ["2014-04-23", "2014-04-24", "2014-12-04"]),
    (["4.20-4.26 读书周。", "5.28至30日 培训。"], ["2014-04-20", "2014-05-28"]),
]
NO_ENTRIES = [
    ["1.1 馆藏情况", "馆藏5万册。", "1.2 读者服务", "接待3万人次。", "2.1 活动"],
    ["2.1 馆藏", "2.2 服务", "2.3 活动", "2.4 队伍"],
    ["3.5 馆藏", "办班3期。"],  # one line shows nothing
    ["2.3 馆藏", "2.5 服务"],  # a number lost
    ["5.28 举办故事会。", "3.12 组织植树。", "1.8 召开会议。"],  # days do not go back
    ["3.5万册图书", "4.8亿元投入", "1.5倍增长"],
]


@pytest.mark.parametrize(("lines", "days"), ENTRIES)
def test_entries_are_happenings_and_no_headings(lines: list[str], days: list[str]) -> None:
    rows = process(document("某县图书馆2014年工作总结", *lines))
    assert [str(row.start_date) for row in rows.events] == days
    assert rows.sections == ()


@pytest.mark.parametrize("lines", NO_ENTRIES)
def test_numbers_of_headings_are_no_days(lines: list[str]) -> None:
    found = extract(document("某县图书馆2014年工作总结", *lines))
    assert [date.rule for date in found.dates if date.rule == "date_pointed_entry"] == []
