"""Bodies and settings: which spellings are one body, which never, and what kind of place was served."""

from collections.abc import Sequence
from typing import Any

import pytest
from merging import merge
from msgspec.structs import fields

from normalize.organizations.names import body_names, spelling
from normalize.tables.settings import setting_of
from schemas.organization_kinds import organization_kinds
from schemas.panel_rows import OrganizationRow
from schemas.rows import DocumentRow, LectureRow, OutreachRow, ReadingPromotionRow, ReportRows
from schemas.words import Entry, load

LILING = DocumentRow("d1", "a.txt", "text/plain", library="醴陵市图书馆", region_code="430281", report_year=2014)
JINHU = DocumentRow("d2", "b.txt", "text/plain", library="金湖县图书馆", region_code="320831", report_year=2019)
NOWHERE = DocumentRow("d3", "c.txt", "text/plain")


def row(kind: type, **values: Any) -> Any:
    """Build a row with None for all that is not said."""
    return kind(**{field.name: values.get(field.name) for field in fields(kind)})


def report(document: DocumentRow, *hosts: str) -> ReportRows:
    return ReportRows(document, outreach=tuple(row(OutreachRow, host=host) for host in hosts))


def organizations(reports: Sequence[ReportRows]) -> tuple[OrganizationRow, ...]:
    return merge(reports).organizations


def by_name(rows: tuple[OrganizationRow, ...]) -> dict[str, OrganizationRow]:
    return {found.name: found for found in rows}


BODIES = [  # field, [(spelling, bare, region, kind)]
    ("醴陵市南门中学", [("醴陵市南门中学", "南门中学", "430281", "secondary_school")]),
    ("南门中学", [("南门中学", "南门中学", "430281", "secondary_school")]),
    ("醴陵南门中学", [("醴陵南门中学", "南门中学", "430281", "secondary_school")]),
    ("湖南省醴陵市南门中学", [("湖南省醴陵市南门中学", "南门中学", "430281", "secondary_school")]),
    ("醴陵市 南门中学", [("醴陵市南门中学", "南门中学", "430281", "secondary_school")]),
    ("醴陵市图书馆共享工程室", [("醴陵市图书馆", "图书馆", "430281", "library")]),
    ("图书馆大厅", [("醴陵市图书馆", "图书馆", "430281", "library")]),
    ("我馆三楼报告厅", [("醴陵市图书馆", "图书馆", "430281", "library")]),
    ("市图书馆", [("醴陵市图书馆", "图书馆", "430281", "library")]),
    ("湖南省图书馆", [("湖南省图书馆", "图书馆", "430000", "library")]),
    ("株洲市图书馆", [("株洲市图书馆", "图书馆", "430200", "library")]),
    ("国家图书馆", [("国家图书馆", "国家图书馆", "110000", "library")]),
    ("醴陵市王仙镇司徒村", [("醴陵市王仙镇司徒村", "王仙镇司徒村", "430281", "village")]),
    ("醴陵市黄獭嘴中学图书室", [("醴陵市黄獭嘴中学图书室", "黄獭嘴中学图书室", "430281", "reading_room")]),
    ("南门中学全体师生", [("南门中学", "南门中学", "430281", "secondary_school")]),
    (
        "南门中学、姜湾居委会",
        [
            ("南门中学", "南门中学", "430281", "secondary_school"),
            ("姜湾居委会", "姜湾居委会", "430281", "community"),
        ],
    ),
    ("醴陵市全市少年儿童", []),
    ("醴陵市图书馆少儿阅览室", [("醴陵市图书馆", "图书馆", "430281", "library")]),
    ("小学", []),
    ("醴陵市中心状元洲", []),
    ("文化馆", [("文化馆", "文化馆", "430281", "culture")]),
    ("醴陵市图书馆办公室", [("醴陵市图书馆", "图书馆", "430281", "library")]),
    ("醴陵市状元洲", []),
    (None, []),
    ("", []),
]


@pytest.mark.parametrize(("field", "bodies"), BODIES)
def test_body_names(field: str | None, bodies: list[tuple[str, str, str, str]]) -> None:
    found = body_names(field, LILING)
    assert [(body.spelling, body.bare, body.region_code, body.kind) for body in found] == bodies


KINDS = [
    ("狮子坡小学", "primary_school"),
    ("机关幼儿园", "kindergarten"),
    ("湖南工业大学", "university"),
    ("老年大学", "elder_university"),  # a county has one
    ("社区", None),
    ("醴陵市老年大学", "elder_university"),
    ("醴陵市委党校", "party_school"),
    ("南门居委会", "community"),
    ("星海明筑小区", "residential_quarter"),
    ("司徒村", "village"),
    ("浦口镇", "township"),
    ("来龙门街道办事处", "township"),
    ("醴陵市人社局", "government"),
    ("醴陵市纪律检查委员会", "government"),
    ("黄泥坳派出所", "police"),
    ("武警某部中队", "military"),
    ("醴陵市妇幼保健院", "hospital"),
    ("升华科技有限公司", "enterprise"),
    ("醴陵市新华书店", "bookstore"),
    ("王仙镇综合文化站", "culture"),
    ("湖南省图书馆学会", "association"),
    ("奥特莱斯广场", "square"),
    ("星海明筑分馆", "library_branch"),
    ("醴陵市敬老院", "welfare"),
]


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_kind_by_ending(name: str, kind: str | None) -> None:
    found = body_names(name, LILING)
    assert [body.kind for body in found] == ([kind] if kind else [])


def test_one_body_in_many_spellings() -> None:
    rows = organizations([report(LILING, "醴陵市南门中学", "南门中学", "南门中学", "醴陵南门中学", "南门中学 ")])
    school = by_name(rows)["醴陵市南门中学"]
    assert (school.aliases, school.mentions, school.region_code) == ("南门中学|醴陵南门中学", 5, "430281")


NEVER_ONE = [
    ("南门中学", "南门小学"),
    ("第一中学", "第二中学"),
    ("3号楼社区", "4号楼社区"),
    ("姜湾社区", "姜湾村"),
    ("湖南省图书馆", "株洲市图书馆"),
]


@pytest.mark.parametrize(("one", "other"), NEVER_ONE)
def test_two_bodies(one: str, other: str) -> None:
    names = by_name(organizations([report(LILING, one, other)]))
    assert {one, other} <= set(names)
    assert names[one].organization_id != names[other].organization_id


def test_the_same_name_elsewhere_is_another_body() -> None:
    rows = organizations([report(LILING, "实验小学"), report(JINHU, "实验小学", "金湖县实验小学")])
    schools = [found for found in rows if found.kind == "primary_school"]
    assert [(found.name, found.region_code, found.mentions) for found in schools] == [
        ("实验小学", "430281", 1),
        ("金湖县实验小学", "320831", 2),
    ]


def test_order_and_ids_do_not_depend_on_the_batch() -> None:
    one, two = report(LILING, "南门中学", "姜湾居委会"), report(JINHU, "黎城镇")
    rows = organizations([one, two])
    assert rows == organizations([two, one])
    assert [found.name for found in rows] == sorted(found.name for found in rows)
    alone = {found.organization_id for found in organizations([one])}
    assert alone < {found.organization_id for found in rows}
    assert all(found.organization_id.startswith("org-") and len(found.organization_id) == 12 for found in rows)


def test_all_fields_are_read() -> None:
    full = ReportRows(
        LILING,
        lectures=(row(LectureRow, venue="醴陵市图书馆共享工程室"),),
        outreach=(row(OutreachRow, host="南门中学", place="醴陵市南门中学"),),
        reading_promotions=(row(ReadingPromotionRow, audience="狮子坡小学学生", place="图书馆"),),
    )
    found = by_name(organizations([full]))
    assert {name: body.mentions for name, body in found.items()} == {
        "狮子坡小学": 1,
        "醴陵市南门中学": 2,
        "醴陵市图书馆": 3,
    }


def test_a_report_of_nowhere() -> None:
    rows = organizations([report(NOWHERE, "南门中学", "醴陵市南门中学", "图书馆")])
    assert [(found.name, found.region_code) for found in rows] == [("南门中学", None), ("醴陵市南门中学", "430281")]


def test_spelling_folds() -> None:
    assert spelling("　南门　中学（东）") == "南门中学(东)"


@pytest.mark.parametrize("entry", organization_kinds().values(), ids=lambda entry: entry.code)
def test_examples_of_kinds(entry: Entry) -> None:
    assert entry.examples.yes or entry.code == "other"
    assert all(entry.code in [body.kind for body in body_names(name, NOWHERE)] for name in entry.examples.yes if name)
    assert not any(entry.code in [body.kind for body in body_names(name, NOWHERE)] for name in entry.examples.no)


SETTINGS = [
    ("送书进社区", "醴陵市马放塘居委会", None, "community"),
    ("送书进学校", "醴陵市狮子坡小学", None, "school"),
    ("图书进校园", None, None, "school"),
    ("送书进机关", "醴陵市妇幼保健院", None, "government"),  # the report's own word goes before the host's
    ("送书进企业", "醴陵市升华科技有限公司", None, "enterprise"),
    ("送书进村组", "醴陵市王仙镇司徒村", None, "village"),
    ("送书下乡", None, None, "village"),
    ("送书进乡镇", None, None, "township"),
    ("送书进军营", "黄泥坳派出所", None, "military"),
    ("送书进小区", "星海明筑小区", None, "community"),
    ("送书进广场", "奥特莱斯广场", None, "square"),
    ("送书进家庭", None, None, "family"),
    ("送书", "黄泥坳派出所", None, "police"),
    ("送书", "司徒村小学", None, "school"),
    ("送书", "机关幼儿园", None, "school"),
    ("送书", "新村小区", None, "community"),
    ("送书", None, "醴陵火车站", "station"),
    ("送书", "居民委员会", None, "community"),
    (None, None, "浦口镇综合文化站", "township"),
    ("家乡的书", None, None, None),
    ("送书", "张三", "状元洲", None),
    (None, None, None, None),
]


@pytest.mark.parametrize(("activity", "host", "place", "setting"), SETTINGS)
def test_setting(activity: str | None, host: str | None, place: str | None, setting: str | None) -> None:
    assert setting_of(activity, host, place) == setting


@pytest.mark.parametrize("entry", load("settings.yaml", Entry).values(), ids=lambda entry: entry.code)
def test_examples_of_settings(entry: Entry) -> None:
    assert all(setting_of(text, None, None) == entry.code for text in entry.examples.yes)
    assert not any(setting_of(text, None, None) == entry.code for text in entry.examples.no)
