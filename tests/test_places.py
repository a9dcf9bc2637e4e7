"""Places: library names of many provinces, levels and years, and what the list itself must be."""

from itertools import pairwise

import pytest
import regex

from normalize.identity.places import find_place
from schemas.places import gazetteer

UNIQUE = [  # library, year, code, province, city, county
    ("醴陵市图书馆", 2014, "430281", "湖南省", "株洲市", "醴陵市"),
    ("金湖县图书馆", 2019, "320831", "江苏省", "淮安市", "金湖县"),
    ("诸城市图书馆", 2020, "370782", "山东省", "潍坊市", "诸城市"),
    ("宁波市图书馆", 2018, "330200", "浙江省", "宁波市", None),
    ("浙江图书馆", 2018, "330000", "浙江省", None, None),
    ("湖南省图书馆", 2012, "430000", "湖南省", None, None),
    ("上海图书馆", 2012, "310000", "上海市", None, None),
    ("首都图书馆", 2012, "110000", "北京市", None, None),
    ("南京图书馆", 2012, "320000", "江苏省", None, None),
    ("广东省立中山图书馆", 2012, "440000", "广东省", None, None),
    ("内蒙古自治区图书馆", 2012, "150000", "内蒙古自治区", None, None),
    ("新疆维吾尔自治区图书馆", 2012, "650000", "新疆维吾尔自治区", None, None),
    ("广西壮族自治区桂林图书馆", 2012, "450300", "广西壮族自治区", "桂林市", None),
    ("苏州图书馆", 2016, "320500", "江苏省", "苏州市", None),
    ("长沙图书馆", 2016, "430100", "湖南省", "长沙市", None),
    ("长沙县图书馆", 2016, "430121", "湖南省", "长沙市", "长沙县"),
    ("河南图书馆", 2016, "410000", "河南省", None, None),
    ("吉林市图书馆", 2016, "220200", "吉林省", "吉林市", None),
    ("东莞图书馆", 2016, "441900", "广东省", "东莞市", None),
    ("上海市浦东新区图书馆", 2016, "310115", "上海市", None, "浦东新区"),
    ("浦东图书馆", 2016, "310115", "上海市", None, "浦东新区"),
    ("杭州市余杭区图书馆", 2016, "330110", "浙江省", "杭州市", "余杭区"),
    ("浙江省杭州市余杭区图书馆", 2016, "330110", "浙江省", "杭州市", "余杭区"),
    ("南京市鼓楼区图书馆", 2016, "320106", "江苏省", "南京市", "鼓楼区"),
    ("福州鼓楼区图书馆", 2016, "350102", "福建省", "福州市", "鼓楼区"),
    ("北京市朝阳区图书馆", 2016, "110105", "北京市", None, "朝阳区"),
    ("仙桃市图书馆", 2016, "429004", "湖北省", None, "仙桃市"),
    ("济源市图书馆", 2016, "419001", "河南省", None, "济源市"),
    ("恩施州图书馆", 2016, "422800", "湖北省", "恩施土家族苗族自治州", None),
    ("恩施市图书馆", 2016, "422801", "湖北省", "恩施土家族苗族自治州", "恩施市"),
    ("恩施州来凤县图书馆", 2016, "422827", "湖北省", "恩施土家族苗族自治州", "来凤县"),
    ("石柱土家族自治县图书馆", 2016, "500240", "重庆市", None, "石柱土家族自治县"),
    ("石柱县图书馆", 2016, "500240", "重庆市", None, "石柱土家族自治县"),
    ("喀左县图书馆", 2016, "211324", "辽宁省", "朝阳市", "喀喇沁左翼蒙古族自治县"),
    ("科左中旗图书馆", 2016, "150521", "内蒙古自治区", "通辽市", "科尔沁左翼中旗"),
    ("鄂温克族自治旗图书馆", 2016, "150724", "内蒙古自治区", "呼伦贝尔市", "鄂温克族自治旗"),
    ("锡林郭勒盟图书馆", 2016, "152500", "内蒙古自治区", "锡林郭勒盟", None),
    ("喀什地区图书馆", 2016, "653100", "新疆维吾尔自治区", "喀什地区", None),
    ("神农架林区图书馆", 2016, "429021", "湖北省", None, "神农架林区"),
    ("六枝特区图书馆", 2016, "520203", "贵州省", "六盘水市", "六枝特区"),
    ("石河子市图书馆", 2016, "659001", "新疆维吾尔自治区", None, "石河子市"),
    ("沈阳市少年儿童图书馆", 2016, "210100", "辽宁省", "沈阳市", None),
    ("忠县图书馆", 2016, "500233", "重庆市", None, "忠县"),
    ("深圳市宝安区图书馆", 2016, "440306", "广东省", "深圳市", "宝安区"),
]

DATED = [  # names that came and went, with the year that decides
    ("余杭市图书馆", 1999, "330184"),
    ("余杭区图书馆", 2005, "330110"),
    ("通州市图书馆", 2005, "320683"),
    ("大兴县图书馆", 2000, "110224"),
    ("宁乡县图书馆", 2015, "430124"),
    ("宁乡市图书馆", 2019, "430182"),
    ("宁乡县图书馆", 2018, "430124"),  # the old name lives on in print
    ("新建县图书馆", 2014, "360122"),
    ("新建区图书馆", 2016, "360112"),
    ("崇明县图书馆", 2010, "310230"),
    ("崇明区图书馆", 2020, "310151"),
    ("莱芜市图书馆", 2015, "371200"),
    ("东方市图书馆", 2015, "469007"),
    ("东方市图书馆", 2001, "460007"),
]

TOLD_BY_TEXT = [  # ambiguous by name, decided by the text
    ("鼓楼区图书馆", "徐州市鼓楼区委宣传部指导。徐州市图书馆送来图书。", "320302"),
    ("鼓楼区图书馆", "在江苏省图书馆学会和南京市文旅局的支持下，南京市图书馆总分馆建设推进。", "320106"),
    ("朝阳区图书馆", "吉林省文化厅表彰，长春市、长春日报报道。", "220104"),
    ("朝阳区图书馆", "北京市委、北京市文化局、首都图书馆。", "110105"),
    ("城区图书馆", "汕尾市创文。", "441502"),
    ("朝阳图书馆", "朝阳区文化委员会组织，朝阳区各街道参加，北京市推广。", "110105"),
    ("和平区图书馆", "沈阳市第三届全民阅读季在辽宁省图书馆启动。", "210102"),
]

UNDECIDED = [
    ("鼓楼区图书馆", "一年来，我馆共接待读者十万人次。", 4),
    ("鼓楼区图书馆", "赴南京市学习，赴福州市交流。", 4),
    ("朝阳区图书馆", "", 2),
    ("朝阳图书馆", "", 4),
    ("城区图书馆", "", 3),
]


@pytest.mark.parametrize("case", UNIQUE)
def test_a_name_that_says_where(case: tuple[str, int, str, str, str | None, str | None]) -> None:
    library, year, *place = case
    found = find_place(library, "", year)
    assert [found.region_code, found.province, found.city, found.county] == place
    assert found.doubt is None


@pytest.mark.parametrize(("library", "year", "code"), DATED)
def test_the_list_of_the_year(library: str, year: int, code: str) -> None:
    assert find_place(library, "", year).region_code == code


@pytest.mark.parametrize(("library", "text", "code"), TOLD_BY_TEXT)
def test_the_text_decides(library: str, text: str, code: str) -> None:
    assert find_place(library, text, 2018).region_code == code


@pytest.mark.parametrize(("library", "text", "candidates"), UNDECIDED)
def test_an_ambiguous_place_is_not_guessed(library: str, text: str, candidates: int) -> None:
    found = find_place(library, text, 2019)
    assert found.region_code is found.province is found.county is None
    assert found.doubt is not None
    assert found.doubt.code == "ambiguous_place"
    assert len(found.candidates) == candidates
    assert all(code in found.doubt.message for code in found.candidates)


@pytest.mark.parametrize("library", [None, "", "县图书馆", "嘉道理图书馆"])
def test_no_place_named(library: str | None) -> None:
    found = find_place(library, "江苏省", 2020)
    assert (found.region_code, found.candidates, found.doubt) == (None, (), None)


def test_no_year_means_the_newest_list() -> None:
    assert find_place("宁乡市图书馆", "", None).region_code == "430182"
    assert find_place("余杭市图书馆", "", None).region_code == "330184"


def test_the_list_is_whole() -> None:
    places = [place for named in gazetteer().by_code.values() for place in named]
    now = [place for place in places if place.last_year == 9999]
    assert [len([p for p in now if p.level == level]) for level in (1, 2)] == [34, 333]
    assert 2800 < len([p for p in now if p.level == 3]) < 2900
    assert all(regex.fullmatch(r"\d{6}", place.code) and place.first_year <= place.last_year for place in places)
    assert all(gazetteer().ancestors(place.code, place.first_year)[0] for place in places)


def test_one_code_has_one_name_a_year() -> None:
    for named in gazetteer().by_code.values():
        ordered = sorted(named, key=lambda place: place.first_year)
        assert all(a.last_year < b.first_year for a, b in pairwise(ordered))
