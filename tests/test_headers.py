"""Headers: likeness with its score, kinds by the words of header, caption and headings, columns never by position."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pytest
from rapidfuzz import fuzz

from normalize.tables.header_words import likest
from normalize.tables.headers import DOUBTFUL, HeaderMatch, match_header, named_kinds
from schemas.table_kinds import table_kinds

LIKENESS = [  # header, known, least, most
    ("时间", "时间", 100, 100),
    ("时　间", "时间", 100, 100),
    ("人数（人次）", "人数", 100, 100),
    ("阅读推广活动对象", "活动对象", 85, 99),
    ("学生参加人数", "人数", 80, 99),
    ("讲座的主题", "讲座主题", 72, 99),
    ("市图书馆", "图书", 0, 71),
    ("备注", "时间", 0, 0),
    ("", "时间", 0, 0),
    ("这一格里写的是一整句话并不是表头它太长了不是吗时间", "时间", 0, 0),
]


@pytest.mark.parametrize(("header", "known", "least", "most"), LIKENESS)
def test_likeness(header: str, known: str, least: float, most: float) -> None:
    assert least <= likest(header).get(known, 0) <= most


KNOWN = sorted(
    {
        header
        for kind in table_kinds().values()
        for headers in (*kind.columns.values(), *kind.generic.values())
        for header in headers
    }
)


def by_rule(text: str, known: str) -> float:
    """Return the likeness of two headers as the rule says it, one pair at a time."""
    share = len(known) / len(text)
    if text == known:
        return 100.0
    if text.endswith(known):
        return 80.0 + 15.0 * share
    if known in text and share > 0.5:
        return 66.0 + 15.0 * share
    return fuzz.ratio(text, known)


@pytest.mark.parametrize(
    "change",
    [
        lambda known: known,
        lambda known: f"县级{known}",
        lambda known: f"{known}概况表",
        lambda known: f"本{known}等",
        lambda known: known[1:] + known[:1],
        lambda known: known + known,
        "-".join,
    ],
)
def test_no_header_that_is_like_a_text_is_missed(change: Callable[[str], str]) -> None:
    for text in map(change, KNOWN[::5]):
        expected = {known: like for known in KNOWN if (like := by_rule(text, known)) >= 72.0}
        assert likest(text) == (expected if len(text) <= 24 else {}), text


def match(*texts: str, hints: tuple[str, ...] = ()) -> HeaderMatch | None:
    return match_header({column: (text,) for column, text in enumerate(texts)}, hints)


def test_position_never_decides() -> None:
    for order in permutations(["主题", "主讲人", "时间", "听众人数"]):
        found = match(*order)
        assert found is not None
        assert found.kind == "lectures"
        assert {name: order[at] for name, (at, _) in found.columns.items()} == {
            "topic": "主题",
            "speaker": "主讲人",
            "date_text": "时间",
            "participants": "听众人数",
        }


def test_generic_headers_need_a_hint() -> None:
    assert match("名称", "时间", "人数") is None
    found = match("名称", "时间", "人数", hints=("2022年讲座一览表",))
    assert found is not None
    assert found.kind == "lectures"


def test_the_nearest_hint_that_names_a_kind_decides() -> None:
    assert named_kinds(("2022年一览表", "（一）展览", "三、送书下乡")) == {"exhibitions"}


def test_the_score_tells_what_is_doubtful() -> None:
    found = match("讲座的主题词", "时间", "人数", hints=("讲座",))
    assert found is not None
    assert [(name, at) for name, at, score in found.doubtful() if score < DOUBTFUL] == [("topic", 0)]


@pytest.mark.parametrize("code", table_kinds())
def test_the_examples_of_every_kind(code: str) -> None:
    kind = table_kinds()[code]
    for caption in kind.examples.yes:
        assert code in named_kinds((caption,)), caption
    for caption in kind.examples.no:
        assert code not in named_kinds((caption,)), caption


@pytest.mark.parametrize("code", table_kinds())
def test_every_header_of_the_vocabulary_means_its_column(code: str) -> None:
    kind = table_kinds()[code]
    for column, headers in kind.columns.items():
        assert [header for header in headers if likest(header)[header] < 100] == [], column
