"""Places over time and the identifiers of libraries."""

from __future__ import annotations

import pytest

from normalize.identity.libraries import library_id
from normalize.identity.places import find_place
from schemas.lineage import current_code
from schemas.places import LATEST, gazetteer

# code, year, code today: GB/T 2260 in its revisions
BECAME = [
    ("430124", 2010, "430182"),  # 宁乡县 → 宁乡市, 2017
    ("430182", 2020, "430182"),
    ("110223", 1996, "110112"),  # 通县 → 通州区, 1997
    ("120225", 2010, "120119"),  # 蓟县 → 蓟州区, 2016
    ("130226", 1995, "130283"),  # 迁安县 → 迁安市, 1996
    ("420600", 2008, "420600"),  # 襄樊市 → 襄阳市: another name, the same code
    ("110103", 2005, "110103"),  # 崇文区 went into 东城区: no successor
    ("362200", 1998, "360900"),  # 宜春地区 → 宜春市
    ("440203", 2001, "440204"),  # 浈江区 and 武江区 exchanged their codes
    ("440204", 2001, "440203"),
    ("500222", 2008, "500110"),  # 綦江县 became 綦江区 on the code of 万盛区, which ended
    ("500110", 2008, "500110"),
    ("411023", 2014, "411003"),  # 许昌县 → 建安区: another name
    ("410224", 2012, "410212"),  # 开封县 → 祥符区, beside a district that was merged
    ("430221", 2015, "430212"),  # 株洲县 → 渌口区
    ("522401", 2008, "520502"),  # 毕节市 → 七星关区, when its prefecture became a city
    ("362301", 1999, "361102"),  # 上饶市 → 信州区; 上饶县 beside it kept its name, and became 广信区 later
    ("362321", 1999, "361104"),
    ("620925", 2004, "620922"),  # 安西县 → 瓜州县
    ("360402", 2012, "360402"),  # 庐山区 → 濂溪区 on its code,
    ("360427", 2012, "360483"),  # when 星子县 took the name: 庐山市
    ("230105", 2003, "230105"),  # 太平区 was merged; 松北区, begun with the next year, is another
    ("320586", 1999, "320586"),  # 吴县市 was cut up into two districts
    ("413001", 1997, "413001"),  # 信阳市 and 信阳县 ended and two districts began: nobody says which is which
]


@pytest.mark.parametrize(("code", "year", "today"), BECAME)
def test_current_code(code: str, year: int, today: str) -> None:
    assert current_code(code, year) == today


def test_every_place_has_an_end() -> None:
    places = [place for named in gazetteer().by_code.values() for place in named]
    codes = {place.code: current_code(place.code, place.last_year) for place in places}
    assert all(current_code(code, LATEST) == code for code in set(codes.values()))
    assert all(code == today for code, today in codes.items() if gazetteer().by_code[code][-1].last_year == LATEST)


def _id(name: str, year: int | None = 2015, text: str = "") -> str | None:
    return library_id(name, find_place(name, text, year), year)


ONE = [
    (("醴陵市图书馆", 2014), ("湖南省醴陵市图书馆", 2016)),
    (("醴陵市图书馆", 2014), ("醴陵图书馆", 2020)),
    (("醴陵市图书馆", 2014), ("醴陵市公共图书馆", 2014)),
    (("宁乡县图书馆", 2012), ("宁乡市图书馆", 2019)),
    (("长沙市宁乡县图书馆", 2012), ("宁乡市图书馆", 2019)),
    (("襄樊市图书馆", 2008), ("襄阳市图书馆", 2015)),
    (("许昌县图书馆", 2012), ("许昌市建安区图书馆", 2019)),
    (("温州市少儿图书馆", 2014), ("温州市少年儿童图书馆", 2015)),
    (("首都图书馆", 2014), ("首都图书馆", 2021)),
]
OTHERS = [
    (("醴陵市图书馆", 2014), ("株洲市图书馆", 2014)),
    (("温州市图书馆", 2014), ("温州市少年儿童图书馆", 2014)),
    (("醴陵市图书馆", 2014), ("醴陵市图书馆左权分馆", 2014)),
    (("长沙市图书馆", 2014), ("长沙县图书馆", 2014)),
    (("南京图书馆", 2014), ("金陵图书馆", 2014)),
]


@pytest.mark.parametrize(("one", "other"), ONE)
def test_one_library(one: tuple[str, int], other: tuple[str, int]) -> None:
    assert _id(*one) == _id(*other) is not None


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_another_library(one: tuple[str, int], other: tuple[str, int]) -> None:
    assert _id(*one) != _id(*other)
    assert None not in (_id(*one), _id(*other))


def test_a_library_in_doubt_has_no_identifier() -> None:
    assert _id("鼓楼区图书馆") is None
    assert _id("鼓楼区图书馆", text="徐州市文化局，徐州市教育局，江苏省") is not None
    assert library_id(None, find_place(None, "", 2014), 2014) is None


def test_a_library_without_a_place_goes_by_its_name() -> None:
    assert _id("嘉道理图书馆", 2014) == _id("嘉道理图书馆", 2015) is not None
