"""Prose without stops: where the gaps between its clauses are read as commas, and where a blank is only a blank."""

from __future__ import annotations

import pytest

from extract.plain_text import blocks
from extract.unpunctuated import with_stops
from nianbao.pipeline import process
from schemas.document import Document

READ = {  # line → as it is read
    "new": [
        (
            "全年购书2100册 订报刊230种 装订过刊310册 征集乡土资料70余种",
            "全年购书2100册，订报刊230种，装订过刊310册，征集乡土资料70余种",
        ),
        (
            "二 读者工作 接待读者3万人次 借阅图书6万册次 发证850个 闭馆5天",
            "二 读者工作：接待读者3万人次，借阅图书6万册次，发证850个，闭馆5天",
        ),
        (
            "共放映科普录像三十场 观众近4千 9月28日办演讲赛 12人参加 评奖",
            "共放映科普录像三十场，观众近4千，9月28日办演讲赛 12人参加，评奖",
        ),
        (
            "现有职工 14 人 其中中级职称 6 人 馆舍 1600 平方米 座位 120 个",
            "现有职工 14 人，其中中级职称 6 人，馆舍 1600 平方米，座位 120 个",
        ),
    ],
}
KEPT = [  # what stays as it is typed
    "全年购书2100册 订报刊230种",  # short
    "全年购书2100册，订报刊230种 装订过刊310册 征集乡土资料70余种 编目2100条",  # it has stops
    "全年共接待前来阅览室借阅图书和报刊的各界读者三万五千人次 发放借书证八百五十个",  # one gap
    "Annual Report of the County Public Library for the year 2003 in English words",
    "购置 ThinkPad T40 型 便携 计算机 3 台",
]


@pytest.mark.parametrize(("line", "read"), [case for cases in READ.values() for case in cases])
def test_gaps_between_clauses_are_commas(line: str, read: str) -> None:
    assert with_stops(blocks(line), line) == read
    assert len(read) == len(line)


@pytest.mark.parametrize("line", KEPT)
def test_other_blanks_are_blanks(line: str) -> None:
    assert with_stops(blocks(line), line) == line


def test_a_report_without_stops_has_headings_happenings_and_facts() -> None:
    text = (
        "永宁县图书馆2003年工作总结\n"
        "一 藏书建设 全年共购新书2100册 订报刊230余种 装订报刊310册 征集乡土资料七十余种\n"
        "二 活动 5月20日举办书市 售书两千余册 9月28日办职工演讲赛 24名选手参加 评出一等奖2个\n"
    )
    rows = process(Document("0" * 12, "x.txt", "text/plain", "utf-8", text, tuple(blocks(text))))
    assert [section.title for section in rows.sections] == ["藏书建设", "活动"]
    assert [str(event.start_date) for event in rows.events] == ["2003-05-20", "2003-09-28"]
    read = {fact.raw: (fact.metric, fact.scope) for fact in rows.facts}
    assert read["2100册"] == ("acquisitions_books", "institution")
    assert read["310册"] == ("serials_bound", "institution")
    assert read["24名"] == (None, "event")
    assert all(text[fact.char_start : fact.char_end] == fact.raw for fact in rows.facts)
