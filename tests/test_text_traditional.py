"""Traditional characters are understood as simplified ones, one for one, and stay as written in what is quoted."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typed_reports import report_of

from extract.folding import fold
from schemas.traditional import simplified

CASES = [
    ("閱讀推廣徵文比賽", "阅读推广征文比赛"),
    ("三萬餘冊、五億兩千個", "三万余册、五亿两千个"),
    ("臺灣、裡面、後來、麼", "台湾、里面、后来、么"),
    ("著作、乾县、乾隆", "著作、乾县、乾隆"),  # simplified texts write these too
    ("后里余云于干只发面谷", "后里余云于干只发面谷"),  # simplified ones stay
    ("「圖書館」『年報』", "「图书馆」『年报』"),
    ("１２萬　冊", "12万 册"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_cases(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(st.text())
def test_a_fold_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_no_place_name_is_changed() -> None:
    places = Path(__file__).parents[1] / "schemas" / "vocabulary" / "places.tsv"
    text = places.read_text(encoding="utf-8")
    assert text.translate(simplified()) == text


SIMPLE = (
    "永宁县图书馆2019年工作总结\n一、基本情况\n馆藏图书12.5万册，全年接待读者18.6万人次。\n"
    "二、主要活动\n4月23日，在文化广场举办“书香”阅读活动，参加群众三千余人次。\n"
)
TRADITIONAL = (
    "永寧縣圖書館2019年工作總結\n一、基本情況\n館藏圖書12.5萬冊，全年接待讀者18.6萬人次。\n"
    "二、主要活動\n4月23日，在文化廣場舉辦“書香”閱讀活動，參加群眾三千餘人次。\n"
)


def test_a_traditional_report_says_the_same_in_its_own_characters() -> None:
    simple, rows = report_of(SIMPLE), report_of(TRADITIONAL)
    assert len(SIMPLE) == len(TRADITIONAL)
    same = ("metric", "value", "unit", "qualifier", "char_start", "char_end")
    assert [[getattr(f, name) for name in same] for f in rows.facts] == [
        [getattr(f, name) for name in same] for f in simple.facts
    ]
    assert [(n.char_start, n.role) for n in rows.numbers] == [(n.char_start, n.role) for n in simple.numbers]
    assert [(s.depth, s.kind) for s in rows.sections] == [(s.depth, s.kind) for s in simple.sections]
    assert [s.title for s in rows.sections] == ["基本情況", "主要活動"]
    assert [e.kind for e in rows.events] == [e.kind for e in simple.events]
    for row, other in ((rows, simple),):
        for event, model in zip(row.events, other.events, strict=True):
            assert event.title is not None
            assert event.title in TRADITIONAL
            assert fold(event.title) == model.title
    assert rows.facts[0].item == "館藏圖書"
    assert rows.document.region_code == simple.document.region_code
    assert fold(rows.document.library or "") == simple.document.library
    assert rows.document.library in TRADITIONAL.replace(" ", "")
