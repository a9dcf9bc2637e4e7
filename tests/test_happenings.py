"""Dated happenings: which dates begin one, which only bound it, and how far its telling goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.extraction import extract
from extract.read import read
from nianbao.find import _document

# text → for each happening its telling and its dates
CASES = {
    # met in the wild
    "days under a month": (
        "大事记\n3月\n5日，办讲座。\n27日至4月2日，办书展。",
        [("5日，办讲座。", ["5日"]), ("27日至4月2日，办书展。", ["27日至4月2日"])],
    ),
    "a month heads its days": (
        "4月：23日，办比赛；25日，开会。",
        [("23日，办比赛；", ["23日"]), ("25日，开会。", ["25日"])],
    ),
    "dates in brackets": (
        "办了少儿画展（5月18日）、“祖国颂”征文（9月26日）。",
        [("办了少儿画展（5月18日）、", ["5月18日"]), ("“祖国颂”征文（9月26日）。", ["9月26日"])],
    ),
    "none: a paper": ("根据市局2012年3月15日印发的通知，我馆认真落实。", []),
    "none: a count of months": ("1—11月接待读者41万人次。", []),
    "none: a signature": ("读者踊跃参加。\n某县图书馆 2013年1月15日", []),
    "days of one month, listed": (
        "大事记\n3月\n16日、23日 办讲座。",
        [("16日、23日 办讲座。", ["16日、23日"])],
    ),
    "a numbered day of the moon": (
        "1、正月十五，办灯谜会，读者踊跃。\n2、三月五日，办讲座，读者踊跃。",
        [
            ("1、正月十五，办灯谜会，读者踊跃。", ["正月十五"]),
            ("2、三月五日，办讲座，读者踊跃。", ["三月五日"]),
        ],
    ),
    "entries of a chronicle": (
        "大事记\n1月5日，召开会议。\n2月8日，举办讲座，读者60人参加。",
        [("1月5日，召开会议。", ["1月5日"]), ("2月8日，举办讲座，读者60人参加。", ["2月8日"])],
    ),
    "two entries on a line": (
        "1月5日，开会。2月8日，办讲座。",
        [("1月5日，开会。", ["1月5日"]), ("2月8日，办讲座。", ["2月8日"])],
    ),
    "parts of a sentence": (
        "5月4日，我馆举办讲座；5月6日至8日，举办书展。",
        [("5月4日，我馆举办讲座；", ["5月4日"]), ("5月6日至8日，举办书展。", ["5月6日至8日"])],
    ),
    "an entry goes on in its next sentence": (
        "3月5日，举办灯谜会。读者踊跃参加。",
        [("3月5日，举办灯谜会。读者踊跃参加。", ["3月5日"])],
    ),
    "in prose to the stop": (
        "我馆于3月5日在广场举办活动。读者踊跃参加。",
        [("我馆于3月5日在广场举办活动。", ["3月5日"])],
    ),
    "the clause around the date": (
        "为方便读者，我馆于3月5日延长开放。",
        [("我馆于3月5日延长开放。", ["3月5日"])],
    ),
    "the end of it": (
        "2月10日开始，至2月15日结束，举办灯谜会。",
        [("2月10日开始，至2月15日结束，举办灯谜会。", ["2月10日开始", "2月15日"])],
    ),
    "several days of one": ("3月5日、3月8日，分别办讲座。", [("3月5日、3月8日，分别办讲座。", ["3月5日", "3月8日"])]),
    "a month": ("5月，文化局来馆检查。", [("5月，文化局来馆检查。", ["5月"])]),
    "after a run-in heading": ("（一）讲座。5月4日，办讲座一场。", [("5月4日，办讲座一场。", ["5月4日"])]),
    "the same month again": (
        "12月，获评文明单位；同月，论文获奖。",
        [("12月，获评文明单位；", ["12月"]), ("同月，论文获奖。", ["同月"])],
    ),
    "after a point of a list": ("\n·4·23世界读书日，办书市。", [("4·23世界读书日，办书市。", ["4·23"])]),
    "a day in points, no heading": ("4.23当天，办书市。", [("4.23当天，办书市。", ["4.23"])]),
    "none: a state at a day": ("截至12月31日，藏书3万册。", []),
    "none: the whole year": ("1月至12月，接待读者3万人次。", []),
    "none: a year": ("2014年，接待读者3万人次。", []),
    "none: since a day": ("5月4日以来，读者增多。", []),
    "none: only a date": ("2014年3月5日", []),
    "none: in a title": ("《5月4日的书》展出。", []),
    "none: in a heading": ("一、关于5月4日的讲座\n读者踊跃参加，秩序良好，反响热烈，好评如潮。", []),
    "none: every year": ("每年4月23日举办讲座。", []),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_happenings(text: str, expected: list[tuple[str, list[str]]]) -> None:
    found = extract(_document(text)).happenings
    told = [(text[h.start : h.end], [text[date.start : date.end] for date in h.dates]) for h in found]
    assert told == expected


def test_an_entry_is_of_a_chronicle_where_its_date_leads() -> None:
    entry, told = extract(_document("5月4日，办讲座。\n我馆于5月6日办书展。")).happenings
    assert entry.chronicle
    assert not told.chronicle


def test_cells_tell_no_happenings(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("活动一览表\n\t日期\n\t活动\n\n\t5月4日\n\t讲座一场\n", encoding="utf-8")
    found = extract(read(path, "a.txt"))
    assert len(found.dates) == 1
    assert found.happenings == ()
