"""The noun that a number counts: what stands after a number and is none, and which words stand in for it."""

from __future__ import annotations

import pytest

from tests.test_facts import readings

# text → the number as written, the noun counted (None where the text names none)
new: list[tuple[str, str, str | None]] = [
    ("添置书桌130个左右。", "130个", "添置书桌"),  # as it is without the hedge
    ("130个左右。", "130个", None),
    ("50人以上的分馆共有3个。", "3个", "的分馆"),
    ("添置左右两排书桌130个。", "130个", "书桌"),
    ("采购了3000册左右的图书。", "3000册", "图书"),
    ("接待读者1300人次上下，", "1300人次", "接待读者"),
    ("配书200册至500册不等。", "200册至500册", "配书"),
    ("配书1200册有余。", "1200册", "配书"),
    ("到场听众80人出头。", "80人", "到场听众"),
    ("到场听众200人之众。", "200人", "到场听众"),
    ("外借图书两万册多。", "两万册", "外借图书"),
    ("外借图书两万册不到，", "两万册", "外借图书"),
    ("书款20000元整。", "20000元整", "书款"),
    ("收到赠款3万元正。", "3万元", "收到赠款"),
    ("办证3万个了。", "3万个", "办证"),
    ("日接待读者300人次/天。", "300人次", "日接待读者"),
    ("日接待读者300人次每天。", "300人次", "日接待读者"),
    # what the counted people did is no noun
    ("读者共500人参加。", "500人", "读者"),
    ("约300人参加了讲座。", "约300人", None),
    ("共计800余人次参与。", "800余人次", None),
    ("20人参与者名单。", "20人", "参与者名单"),
    ("到场120人次，60人获奖。", "60人", None),
    ("新书3000册到馆。", "3000册", "新书"),
    ("新书3000册已分批上架。", "3000册", "新书"),
    ("600名学生参加。", "600名", "学生参加"),  # the noun comes first: kept as written
    ("添置图书700册和杂志900册。", "700册", "添置图书"),
    ("添置图书700册和杂志900册。", "900册", "和杂志"),
    ("置自助机6台、24H图书馆2座。", "6台", "置自助机"),
    ("1至12月接待读者3万人次。", "3万人次", "接待读者"),
    ("为2013年的92%。", "92%", None),
    ("书架由12组增至20组。", "12组", "书架"),
    ("图书3000册分类图书。", "3000册", "分类图书"),
]


@pytest.mark.parametrize(("text", "raw", "item"), new)
def test_the_noun_counted(text: str, raw: str, item: str | None) -> None:
    (row,) = [row for reading in readings(text) if (row := reading.row).raw == raw]
    assert row.item == item
