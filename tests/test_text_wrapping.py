"""Paragraphs cut at a fixed width: read as if they were whole, with spans in the file; other texts stay as they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import fields
from typed_reports import cut, document_of, report_of

from schemas.rows import Row

HERE = Path(__file__).parent
WHOLE = (
    "永宁县图书馆2019年工作总结",
    "　　一、基本情况",
    "　　永宁县图书馆现有馆舍建筑面积3200平方米，馆藏图书12.5万册，在编人员9人，每周开放60小时，全年接待读者18.6万"
    "人次，外借图书21万册次，新办借书证3500个，比上年增长百分之十二。",
    "　　二、主要活动",
    "　　（一）讲座。全年举办公益讲座12场，参加读者2400人次。4月23日，在文化广场举办世界读书日宣传活动，发放资料1500"
    "份，当场办证230个，参加群众三千余人次，活动得到了各界群众的好评，也为今后的工作积累了经验。",
    "　　（二）展览。5月12日至20日在一楼大厅举办全民阅读图片展，展出图片120幅，观众5600人次，县电视台作了报道，展览结束"
    "后又到三个乡镇巡回展出，把图片送到了农民朋友的家门口。",
)


def told(row: Row) -> tuple[object, ...]:
    """A row without its place and its quotation, which the line ends change."""
    moved = {"char_start", "char_end", "raw", "document_id"}
    return tuple(
        str(getattr(row, f.name))[-30:] for f in fields(row) if f.name not in moved and not f.name.endswith("_id")
    )


@pytest.mark.parametrize("width", [40, 56, 60, 61, 72, 80])
@pytest.mark.parametrize("indented", [True, False])
@pytest.mark.parametrize("margin", ["", "  "])
def test_a_wrapped_report_reads_as_the_whole_one(width: int, indented: bool, margin: str) -> None:
    paragraphs = WHOLE if indented else [paragraph.strip() for paragraph in WHOLE]
    lines = "\n".join(cut(paragraph, width) for paragraph in paragraphs).split("\n")
    whole, wrapped = report_of("\n".join(paragraphs)), report_of("\n".join(margin + line for line in lines))
    for table in ("sections", "events", "facts", "numbers"):
        assert [told(row) for row in getattr(wrapped, table)] == [told(row) for row in getattr(whole, table)]
    for kind in ("facts", "events", "numbers"):
        for row, other in zip(getattr(wrapped, kind), getattr(whole, kind), strict=True):
            assert row.raw.replace("\n" + margin, "") == other.raw
    assert "\n" in wrapped.text[slice(*spread(wrapped.facts))]


def spread(rows: tuple[Row, ...]) -> tuple[int, int]:
    return rows[0].char_start, rows[-1].char_end  # type: ignore[union-attr]


def test_a_number_cut_in_two_is_one_number() -> None:
    line = "馆里全年开展各类读者活动丰富了城乡群众的文化生活受到好评"
    text = f"{line}1\n200场次吸引城乡读者走进图书馆参加活动的人数达到历年之最多\n{line}又\n{line}了\n这是结尾。"
    rows = report_of(text)
    assert rows.facts[0].value == 1200
    assert rows.facts[0].raw == "1\n200场次"


def test_english_words_stay_apart() -> None:
    text = "\n".join(
        ["The county library bought many new books and journals", "during the year and lent out a great many more"] * 3
    )
    document = document_of(text)
    assert document.reading is not None
    assert "journals during" in document.reading.text


NOT_WRAPPED = [
    "\n".join(
        f"{month}月{day}日，举办读者活动一次，参加者很多，效果良好，受到各界好评。" for month in "3456" for day in "12"
    ),
    "\n".join(f"（{number}）加强领导，健全制度，抓好全馆各项工作的落实和检查" for number in "一二三四五六"),
    "\n".join(["馆舍建设：新馆于年底前完成了主体工程的施工和验收工作；"] * 6),
    "\n\n".join(["全县各乡镇图书室在本年度内都完成了图书的分类编目和上架工作"] * 6),
    "\n".join(["张某某", "李某某", "王某某"] * 6),
]


@pytest.mark.parametrize("text", NOT_WRAPPED)
def test_lines_that_are_paragraphs_stay_apart(text: str) -> None:
    assert document_of(text).reading is None


REPORTS = sorted((HERE.parent / "samples").glob("*.txt"))


def test_there_are_reports() -> None:
    assert len(REPORTS) >= 6


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_reports_with_a_paragraph_a_line_are_read_as_typed(path: Path) -> None:
    assert document_of(path.read_bytes()).reading is None
