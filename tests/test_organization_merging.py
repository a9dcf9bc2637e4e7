"""Names of bodies in pairs: the same body, two bodies, and doubtful ones, which stay two; and how much work it is."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest
from merging import Bodies, merge
from msgspec.structs import replace
from test_organizations import JINHU, LILING, NOWHERE, row
from typer.testing import CliRunner

import nianbao
from nianbao import cli
from normalize.organizations import merging as organization_merging
from normalize.organizations.decisions import DecisionError, parse_decisions, read_decisions
from normalize.organizations.joins import Name
from normalize.organizations.keys import form_of
from normalize.organizations.likeness import likeness, misspelt_ending
from normalize.organizations.links import link
from normalize.organizations.mentions import mentions
from normalize.organizations.merging import merge_names
from normalize.organizations.near import FULLEST
from schemas.organization_kinds import OrganizationKind, organization_kinds
from schemas.organization_words import organization_words
from schemas.rows import DocumentRow, EventRow, LectureRow, OutreachRow, ReadingPromotionRow, ReportRows
from schemas.strict_yaml import VocabularyError
from schemas.words import load

HUOSHAN = DocumentRow("d4", "d.txt", "text/plain", library="霍山县图书馆", region_code="341525", report_year=2019)


def report(document: DocumentRow, *hosts: str) -> ReportRows:
    """Return a report with outreach to hosts, one row each, ten characters a row."""
    rows = (row(OutreachRow, host=host, char_start=10 * at, char_end=10 * at + 9) for at, host in enumerate(hosts))
    return ReportRows(document, outreach=tuple(rows))


def merged(*reports: ReportRows, decisions: str = "") -> Bodies:
    read = parse_decisions(f"name,other,decision,region_code\n{decisions}", "mine.csv") if decisions else ()
    return merge(reports, read)


def reasons(found: Bodies) -> dict[str, str]:
    return {alias.name: alias.reason for alias in found.aliases}


def ids_of(found: Bodies) -> dict[str, str]:
    return {alias.name: alias.organization_id for alias in found.aliases}


SAME = [  # name, a spelling of it, why; where the pair comes from
    # wild: met in reports of county libraries
    ("醴陵市星海明筑小区", "星海海明筑小区", "typo"),
    ("醴陵市星海明筑小区", "星海明筑", "short_form"),
    ("黄泥坳派出所", "黄泥坳胖处所", "ending"),
    ("醴陵市来龙门街道办事处", "来龙门办事处", "folding"),
    ("浦口镇官山居委会", "官山居委会", "township_prefix"),
    ("王仙镇司徒村图书室", "司徒村图书室", "township_prefix"),
    ("醴陵市南门居委会", "南门居委会", "region_prefix"),
    ("醴陵市仙岳山办事处南门社区", "仙岳山办事处南门社区", "region_prefix"),
    ("阳三街道办事处企石村", "阳三办事处企石村", "folding"),
    ("醴陵市武警中队", "市武警中队", "region_prefix"),
    # new: of the same make
    ("醴陵市第一中学", "醴陵一中", "folding"),
    ("第一中学", "第1中学", "folding"),
    ("第十一中学", "十一中", "folding"),
    ("实验三中", "实验第三中学", "folding"),
    ("三号楼社区", "3号楼社区", "folding"),
    ("姜湾居委会", "姜湾居民委员会", "folding"),
    ("河西村委会", "河西村村民委员会", "folding"),
    ("小星星幼儿园", "小星星幼稚园", "folding"),
    ("升华科技有限公司", "升华科技公司", "folding"),
    ("升华科技有限公司", "升华科技股份有限公司", "folding"),
    ("明月镇政府", "明月镇人民政府", "folding"),
    ("渌江初级中学", "渌江初中", "folding"),
    ("王仙镇综合文化站", "王仙镇文化站", "folding"),
    ("石门镇长岭村", "石门乡长岭村", "folding"),
    ("南門中學", "南门中学", "folding"),
    ("明月　山庄小区", "“明月山庄”小区", "canonical"),
    ("ＡＢ花园小区", "AB花园小区", "canonical"),
    ("南门中学(南门)", "南门中学", "canonical"),
    ("黄泥坳社区", "黄泥凹社区", "homophone"),
    ("新华联火炬园小区", "新华联火矩园小区", "homophone"),
    ("马放塘居委会", "马方塘居委会", "homophone"),
    ("南门村", "南门门村", "typo"),
    ("白桦林广告公司", "白桦广告公司", "typo"),
    ("金鹏陶瓷制造公司", "金鹏陶制造公司", "typo"),
    ("红星美凯龙家居装饰城公司", "红星美凯龙家具装饰城公司", "homophone"),
    ("天鹅湖国际度假山庄公司", "天鹅湖国际渡假山庄公司", "homophone"),
    ("湘东工业瓷材料股份制造厂", "湘东工业磁材料股份制造厂", "homophone"),
    ("新世纪陶瓷颜料化工制造厂", "新世纪陶瓷釉料化工制造厂", "typo"),
    ("荷花垅文化站", "荷花垅文话站", "ending"),
    ("碧水湾小区", "碧水湾", "short_form"),
    ("仙岳山办事处南门社区", "仙月山办事处南门社区", "homophone"),
    ("明珠苑小区", "明珠珠苑小区", "typo"),
]


@pytest.mark.parametrize(("name", "spelled", "reason"), SAME)
def test_one_body(name: str, spelled: str, reason: str) -> None:
    # the right spelling is met more often, as it is in life
    for hosts in ((name, name, spelled), (spelled, name, name)):
        found = merged(report(LILING, *hosts))
        assert len(found.organizations) == 2, "the reporting library and one body"
        assert reason in reasons(found).values()
        assert len({found.ids[mention.named] for mention in mentions(report(LILING, name, spelled))}) == 2


DIFFERENT = [  # name, other; where the pair comes from
    # wild
    ("第一中学", "第二中学"),
    ("第一中学", "第四中学"),
    ("南门中学", "南门居委会"),
    ("南门居委会", "南门社区"),
    ("南门中学", "北门中学"),
    ("佛年小学", "佛年学校"),
    ("王仙镇", "王仙中学"),
    ("王仙镇", "王仙镇政府"),
    ("司徒村", "司徒村图书室"),
    ("姜湾小学", "姜湾居委会"),
    ("嘉树乡纪律检查委员会", "醴陵市纪律检查委员会"),
    ("状元洲", "状元洲文化公园"),
    ("新华联社区", "新华联火炬园小区"),
    ("国土局", "国税局"),
    ("国税局", "地税局"),
    ("来龙门派出所", "来龙门办事处"),
    ("枫林镇中心学校", "中心学校"),
    # new
    ("第十一中学", "第一中学"),
    ("阳光小区一期小区", "阳光小区二期小区"),
    ("东岗村", "西岗村"),
    ("上石桥村", "下石桥村"),
    ("石桥村", "新石桥村"),
    ("前进大队小学", "后进大队小学"),
    ("黄泥坳供电所", "黄泥坳派出所"),
    ("黄泥坳国税所", "黄泥坳国土所"),
    ("黄泥坳林业站", "黄泥坳文化站"),
    ("枫林镇实验小学", "实验小学"),
    ("枫林镇第一小学", "第一小学"),
    ("南门中学", "南门中学图书室"),
    ("甲班幼儿园", "乙班幼儿园"),
    ("A座社区", "B座社区"),
    ("黄泥坳社区", "黄泥塘社区"),
    ("马放塘村", "马放垅村"),
    ("明月山庄小区", "明月水庄小区"),
    ("渌江小学", "渌江中学"),
    ("石门镇长岭村", "沙河镇长岭村"),
    ("王仙镇敬老院", "敬老院"),
    ("明月镇卫生院", "明月乡中心卫生院"),
    ("长岭花园小区", "长岭家园小区"),
    ("浦口镇长岭村", "浦口镇长山岭村"),  # the township makes them no more alike
    ("浦口镇东岗村", "浦口镇东冈村"),
    ("仙岳山办事处南门社区", "仙岳山办事处北门社区"),
]


@pytest.mark.parametrize(("name", "other"), DIFFERENT)
def test_two_bodies(name: str, other: str) -> None:
    found = merged(report(LILING, name, name, other), report(replace(LILING, document_id="d9"), other, name))
    ids = ids_of(found)
    assert ids.get(name) != ids.get(other), reasons(found)


DOUBTFUL = [  # one body or two, nobody can say from the names: they stay two until a user confirms
    ("小哈佛幼儿园", "阳小哈佛幼儿园"),  # wild
    ("浦口镇荷花垅图书室", "浦口镇荷花垅村图书室"),  # wild
    ("左权社区", "左权社区居委会"),  # wild
    ("东岗村", "东冈村"),  # new: two characters sound like too many others
    ("新华联小区", "新华联园小区"),
    ("实验中学", "实验高级中学"),
    ("河西村", "河西村委会"),
    ("金山公司", "金山集团"),
    ("长岭小学", "长岭完小"),
]


@pytest.mark.parametrize(("name", "other"), DOUBTFUL)
def test_doubtful_names_stay_two_until_confirmed(name: str, other: str) -> None:
    hosts = report(LILING, name, name, other)
    assert ids_of(merged(hosts))[name] != ids_of(merged(hosts))[other]
    confirmed = merged(hosts, decisions=f"{name},{other},same")
    assert ids_of(confirmed)[name] == ids_of(confirmed)[other]
    assert "confirmed" in reasons(confirmed).values()


def test_both_frequent_is_no_slip() -> None:
    slip = merged(report(LILING, *["马放塘居委会"] * 9, "马方塘居委会"))
    both = merged(report(LILING, *["马放塘居委会"] * 9, *["马方塘居委会"] * 6))
    assert len(slip.organizations) == 2
    assert len(both.organizations) == 3


def test_no_chain_of_doubtful_links() -> None:
    """Each name is a slip for the next one; the last is none for the first."""
    chain = ["甘露清泉山庄", "甘露泉山庄", "甘泉山庄"]
    hosts = [f"{name}小区" for name, count in zip(chain, (5, 3, 1), strict=True) for _ in range(count)]
    found = merged(report(LILING, *hosts))
    ids = ids_of(found)
    assert ids["甘露清泉山庄小区"] == ids["甘露泉山庄小区"] != ids["甘泉山庄小区"]


def test_an_ambiguous_short_name_joins_nothing() -> None:
    two_townships = merged(report(LILING, "石门镇长岭村", "沙河镇长岭村", "长岭村"))
    assert "township_prefix" not in reasons(two_townships).values()
    two_bodies = merged(report(LILING, "黄泥坳派出所", "黄泥坳社区", "黄泥坳"))
    assert "黄泥坳" not in reasons(two_bodies)


def test_other_regions_are_never_compared() -> None:
    found = merged(report(LILING, "星海明筑小区", "星海明筑小区"), report(JINHU, "星海海明筑小区", "星海明筑"))
    quarters = [one.region_code for one in found.organizations if one.kind == "residential_quarter"]
    assert sorted(map(str, quarters)) == ["320831", "430281"]


def test_unknown_regions_are_one_a_library() -> None:
    here, there = (
        replace(NOWHERE, document_id=code, library=name) for code, name in (("x", "甲图书馆"), ("y", "乙图书馆"))
    )
    found = merged(report(here, "实验小学"), report(there, "实验小学"))
    schools = [one for one in found.organizations if one.kind == "primary_school"]
    assert [(one.name, one.region_code) for one in schools] == [("实验小学", None)] * 2
    assert len({one.organization_id for one in schools}) == 2


def test_a_county_that_became_a_city_keeps_its_bodies() -> None:
    county = DocumentRow(
        "n1", "n1.txt", "text/plain", None, None, "宁乡县图书馆", region_code="430124", report_year=2012
    )
    city = DocumentRow("n2", "n2.txt", "text/plain", None, None, "宁乡市图书馆", region_code="430182", report_year=2020)
    found = merged(report(county, "宁乡县玉潭中学"), report(city, "玉潭中学", "宁乡市玉潭中学"))
    school = next(one for one in found.organizations if one.kind == "secondary_school")
    assert (school.name, school.region_code, school.mentions) == ("宁乡市玉潭中学", "430182", 3)
    assert (school.province, school.city, school.county) == ("湖南省", "长沙市", "宁乡市")
    assert school.aliases == "宁乡县玉潭中学|玉潭中学"


def test_a_reporting_library_bears_its_number() -> None:
    one = report(replace(LILING, library_id="lib-1"), "图书馆", "南门中学")
    assert {body.kind: body.library_id for body in merged(one).organizations} == {
        "library": "lib-1",
        "secondary_school": None,
    }


def test_two_reporting_libraries_are_never_one() -> None:
    one, other = (replace(LILING, document_id=code, library_id=f"lib-{code}") for code in "ab")
    found = merged(report(one), report(replace(other, library="醴陵市渌江图书馆")))
    assert sorted(body.library_id or "" for body in found.organizations) == ["lib-a", "lib-b"]


LEVELS = [  # field, report, (region, name without it)
    ("县武警中队", HUOSHAN, ("341525", "武警中队")),
    ("市文化馆", HUOSHAN, ("341500", "文化馆")),  # a county's report: the city's
    ("省图书馆", HUOSHAN, ("340000", "图书馆")),
    ("我县实验小学", HUOSHAN, ("341525", "实验小学")),
    ("县馆", HUOSHAN, ("341525", "图书馆")),
    ("总馆报告厅", HUOSHAN, ("341525", "图书馆")),
    ("市武警中队", LILING, ("430281", "武警中队")),
    ("市民中心", LILING, ("430281", "市民中心")),
    ("县职教中心", HUOSHAN, ("341525", "职教中心")),
]


@pytest.mark.parametrize(("field", "document", "expected"), LEVELS)
def test_a_level_alone_names_the_region(field: str, document: DocumentRow, expected: tuple[str, str]) -> None:
    names = [mention.named for mention in mentions(report(document, field))][1:]
    assert [(region, bare) for region, _, bare, _ in names] == [expected]


MANY = [
    "城区各学校",
    "茶山镇贫困村",
    "12所学校",
    "周边社区",
    "各乡镇综合文化站",
    "十个社区",
    "辖区内企业",
    "全市中小学校",
]


@pytest.mark.parametrize("name", MANY)
def test_many_bodies_are_none(name: str) -> None:
    assert [body.kind for body in merged(report(LILING, name)).organizations] == ["library"]


JOINED = [
    ("市文化馆和南门中学", 3),
    ("南门中学与姜湾居委会", 3),
    ("和平小学", 2),
    ("颐和园林公司", 2),
]


@pytest.mark.parametrize(("field", "bodies"), JOINED)
def test_and_joins_two_bodies(field: str, bodies: int) -> None:
    assert len(merged(report(LILING, field)).organizations) == bodies


# --- order, ids, findings, links


def test_the_order_of_reports_changes_nothing() -> None:
    three = [
        report(LILING, "星海明筑小区", "黄泥坳派出所", "官山居委会"),
        report(replace(LILING, document_id="d5"), "星海海明筑小区", "浦口镇官山居委会", "一中"),
        report(replace(LILING, document_id="d6"), "黄泥坳胖处所", "第一中学", "星海明筑"),
    ]
    results = {(found.organizations, found.aliases) for found in (merged(*order) for order in permutations(three))}
    assert len(results) == 1


def test_a_better_spelling_gives_its_id() -> None:
    slip, right = report(LILING, "星海海明筑小区"), report(JINHU, "南门中学")
    alone = ids_of(merged(slip))["星海海明筑小区"]
    good = ids_of(merged(report(LILING, "星海明筑小区")))["星海明筑小区"]
    both = ids_of(merged(slip, right, report(LILING, "星海明筑小区")))
    assert alone != good
    assert {both["星海明筑小区"], both["星海海明筑小区"]} == {good}


def test_every_doubtful_merge_is_told_once_at_its_first_place() -> None:
    one = report(LILING, "星海明筑小区", "星海海明筑小区", "醴陵市星海海明筑小区")
    found = merged(one)
    linked = link(one, found.known[one.document.document_id])
    assert [(row.code, row.severity, row.char_start) for row in linked.findings] == [("merged_name", "info", 10)]
    assert linked.findings[0].message.startswith("«星海海明筑小区» is taken for «星海明筑小区» (89 of 100)")
    assert link(linked, found.known[one.document.document_id]) == linked


def test_rows_carry_the_bodies_they_name() -> None:
    one = ReportRows(
        LILING,
        lectures=(row(LectureRow, venue="二楼报告厅"), row(LectureRow, venue="图书馆三楼")),
        outreach=(row(OutreachRow, host="醴陵一中", place="南门中学、姜湾居委会"),),
        reading_promotions=(row(ReadingPromotionRow, audience="第一中学学生", place="操场"),),
        events=(row(EventRow, host="我馆", place="第1中学"),),
    )
    found = merged(one)
    ids, linked = ids_of(found), link(one, found.known[one.document.document_id])
    assert [lecture.organization_id for lecture in linked.lectures] == [None, ids["醴陵市图书馆"]]
    assert (linked.outreach[0].host_id, linked.outreach[0].organization_id) == (ids["醴陵一中"], None)
    assert linked.reading_promotions[0].organization_id == ids["第一中学"] == ids["醴陵一中"]
    assert (linked.events[0].host_id, linked.events[0].organization_id) == (ids["醴陵市图书馆"], ids["第1中学"])


# --- the user's file

PAIR = ("南门中学", "南门居委会")


def test_a_confirmed_merge_beats_kinds() -> None:
    found = merged(report(LILING, *PAIR), decisions="南门中学,南门居委会,same")
    assert len({ids_of(found)[name] for name in PAIR}) == 1


def test_a_forbidden_merge_holds() -> None:
    hosts = report(LILING, "星海明筑小区", "星海海明筑小区")
    found = merged(hosts, decisions="星海海明筑小区,星海明筑小区,different")
    assert len(set(ids_of(found).values())) == 3


def test_a_forbidden_merge_parts_spellings_of_one_folded_name() -> None:
    hosts = report(LILING, "南门中学", "醴陵市南门中学")
    found = merged(hosts, decisions="南门中学,醴陵市南门中学,different")
    assert ids_of(found)["南门中学"] != ids_of(found)["醴陵市南门中学"]


def test_a_decision_holds_in_its_region_only() -> None:
    both = (report(LILING, *PAIR), report(JINHU, *PAIR))
    found = merged(*both, decisions="南门中学,南门居委会,same,320831")
    assert [one.region_code for one in found.organizations if one.aliases] == ["320831"]
    everywhere = merged(*both, decisions="南门中学,南门居委会,same")
    assert sorted(one.region_code or "" for one in everywhere.organizations if one.aliases) == ["320831", "430281"]


def test_a_confirmed_chain_is_one_body() -> None:
    hosts = report(LILING, "甲小学", "乙小学", "丙小学")
    found = merged(hosts, decisions="甲小学,乙小学,same\n乙小学,丙小学,same")
    assert len(found.organizations) == 2


def test_names_that_never_occur_are_told() -> None:
    found = merged(report(LILING, "南门中学"), decisions="南门中学,北门中学,same\n甲小学,乙小学,different,430281")
    assert [note.split(":")[1] for note in found.unused] == ["2", "3", "3"]
    assert found.unused[0] == "mine.csv:2: no report names «北门中学»; the line does nothing"


REFUSED = [  # file, what the message begins with
    ("", "mine.csv:1: there is no header"),
    ("# mine\n\n", "mine.csv:1: there is no header"),
    ("name,other\n", "mine.csv:1: column 'decision' is missing"),
    ("name;other;decision\n甲;乙;same\n", "mine.csv:1: there is one column, 'name;other;decision'; part columns by"),
    ("name\tother\tdecision\n", "mine.csv:1: there is one column"),
    ("name，other，decision\n", "mine.csv:1: there is one column"),
    ('name,other,decision\n"甲,乙,same\n', "mine.csv:2: a quotation mark is not closed"),
    ("name,other,decision,why\n", "mine.csv:1: column 'why' is not known"),
    ("name,other,decision,name\n", "mine.csv:1: column 'name' is not known or stands twice"),
    ("# mine\nname,other,decision\n甲,乙,maybe\n", "mine.csv:3: decision 'maybe' is not known"),
    ("name,other,decision\n甲,,same\n", "mine.csv:2: name and other must be two names"),
    ("name,other,decision\n甲 校,甲校,same\n", "mine.csv:2: name and other must be two names"),
    ("name,other,decision\n甲,乙,same,x\n", "mine.csv:2: there are 4 cells for 3 columns"),
    ("name,other,decision,region_code\n甲,乙,same,123\n", "mine.csv:2: region_code '123' is no code"),
    (
        "name,other,decision\n甲,乙,same\n乙,甲,different\n",
        "mine.csv:3: «乙» and «甲» are different here and the same by",
    ),
    (
        "name,other,decision\n甲,乙,same\n\n乙,丙,same\n甲,丙,different\n",
        "mine.csv:5: «甲» and «丙» are different here and the same by",
    ),
    (
        "name,other,decision,region_code\n甲,乙,same,\n甲,乙,different,430281\n",
        "mine.csv:3: «甲» and «乙» are different here and the same by mine.csv:2",
    ),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_a_file_that_breaks_its_form_is_refused(text: str, message: str) -> None:
    with pytest.raises(DecisionError) as refused:
        parse_decisions(text, "mine.csv")
    assert str(refused.value).startswith(message)


def test_decisions_of_two_regions_do_not_contradict() -> None:
    text = "name,other,decision,region_code\n甲,乙,same,320831\n甲,乙,different,430281\n"
    assert [one.decision for one in parse_decisions(text, "mine.csv")] == ["same", "different"]


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DecisionError, match=r"none\.csv cannot be read"):
        read_decisions(tmp_path / "none.csv")
    assert read_decisions(None) == ()


SAVED = "name,other,decision\n星光里小区,星光星里小区,same\n"


@pytest.mark.parametrize(("encoding", "line_end"), [("utf-8", "\n"), ("utf-8-sig", "\r\n"), ("utf-8", "\r")])
def test_a_file_as_programs_save_it_is_read(tmp_path: Path, encoding: str, line_end: str) -> None:
    (tmp_path / "mine.csv").write_bytes(SAVED.replace("\n", line_end).encode(encoding))
    (decision,) = read_decisions(tmp_path / "mine.csv")
    assert (decision.name, decision.other, decision.decision) == ("星光里小区", "星光星里小区", "same")


@pytest.mark.parametrize("saved", [SAVED.encode("gbk"), SAVED.encode("utf-16"), b"PK\x03\x04\x00\x00"])
def test_a_file_in_another_form_says_how_to_save_it(tmp_path: Path, saved: bytes) -> None:
    (tmp_path / "mine.csv").write_bytes(saved)
    with pytest.raises(DecisionError, match=r"it is no text in UTF-8; save it as CSV UTF-8"):
        read_decisions(tmp_path / "mine.csv")


# --- the ways in

TEXT = """霍山县图书馆2019年工作总结
一、活动情况
3月5日，在星海明筑小区举办图书展览，参加200人。
4月8日，在星海海明筑小区举办读书讲座，参加100人。
5月6日，在南门社区举办图书展览，参加300人。
"""


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "霍山2019.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_one_report_reads_as_a_batch_of_one(text: Path, tmp_path: Path) -> None:
    read = nianbao.read_report(text)
    nianbao.extract(text, tmp_path / "out")
    with (tmp_path / "out" / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        written = [line["organization_id"] for line in csv.DictReader(file)]
    assert written == [event.organization_id for event in read.events]
    assert written[0] == written[1] != written[2]
    assert [finding.code for finding in read.all_rows()["findings"]] == [finding.code for finding in read.findings]
    assert "merged_name" in [finding.code for finding in read.findings]


def test_decisions_come_in_by_a_file(text: Path, tmp_path: Path) -> None:
    decisions = tmp_path / "mine.csv"
    lines = ["name,other,decision", "星海明筑小区,星海海明筑小区,different", "北门小区,星海明筑小区,same"]
    decisions.write_text("\n".join(lines), encoding="utf-8")
    read = nianbao.read_report(text, organizations=decisions)
    assert len({event.organization_id for event in read.events}) == 3
    assert len({row.organization_id for row in read.all_rows()["events"]}) == 3  # type: ignore[union-attr]
    done = nianbao.extract(text, tmp_path / "out", organizations=decisions)
    assert done.notes == (f"{decisions}:3: no report names «北门小区»; the line does nothing",)


def test_the_command_takes_decisions(text: Path, tmp_path: Path) -> None:
    decisions = tmp_path / "mine.csv"
    command = ["extract", str(text), "--out", str(tmp_path / "out"), "--organizations", str(decisions)]
    decisions.write_text("name,other,decision\n甲小学,乙小学,same\n", encoding="utf-8")
    told = CliRunner().invoke(cli.app, command)
    assert told.exit_code == 0
    assert "mine.csv:2: no report names «甲小学»; the line does nothing\n" in told.stdout
    decisions.write_text("name,other,decision\n甲小学,乙小学,perhaps\n", encoding="utf-8")
    refused = CliRunner().invoke(cli.app, command)
    assert refused.exit_code == 2
    assert "mine.csv:2: decision 'perhaps' is not known; write same or different" in refused.stderr


def test_a_file_given_twice_tells_its_merges_once(text: Path, tmp_path: Path) -> None:
    (text.parent / "again.txt").write_bytes(text.read_bytes())
    nianbao.extract([text.parent / "again.txt", text], tmp_path / "out")
    with (tmp_path / "out" / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        findings = [line["finding_id"] for line in csv.DictReader(file)]
    assert len(set(findings)) == len(findings)


# --- the work

SIGNS = "安白宝北滨昌长成城池春大丹德东恩丰福富高光桂海和衡红湖华怀黄惠吉佳建江金锦景开康昆兰乐丽连林龙罗马"


def names_of(count: int, seed: int, length: int = 5) -> tuple[Name, ...]:
    made = random.Random(seed)
    texts = sorted({"".join(made.choices(SIGNS, k=length)) for _ in range(count)})
    forms = {text: form_of(f"{text}小区", "residential_quarter") for text in texts}
    return tuple(
        Name(("430281", form.text, "residential_quarter"), form, 1 + len(text)) for text, form in forms.items()
    )


def comparisons(monkeypatch: pytest.MonkeyPatch, names: Sequence[Name]) -> int:
    made = [0]

    def counted(name: str, other: str) -> object:
        made[0] += 1
        return likeness(name, other)

    monkeypatch.setattr(organization_merging, "likeness", counted)
    merge_names(names)
    return made[0]


# five characters of 56: few pairs are near; four of 12: each name has neighbours on all sides, and clues are full
@pytest.mark.parametrize(("signs", "length"), [(56, 5), (12, 4), (3, 11)], ids=["sparse", "dense", "long"])
def test_the_work_grows_as_the_names_do(monkeypatch: pytest.MonkeyPatch, signs: int, length: int) -> None:
    monkeypatch.setattr(f"{__name__}.SIGNS", SIGNS[:signs])
    few, many = (names_of(count, 7, length) for count in (1_000, 4_000))
    assert comparisons(monkeypatch, many) <= 5 * (comparisons(monkeypatch, few) + len(few))


def test_the_worst_block_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.SIGNS", "安白")
    names = names_of(4_000, 7, 12)
    assert comparisons(monkeypatch, names) <= len(names) * 27 * FULLEST


# --- the parts

FORMS = [
    ("仙岳山街道办事处南门社区", "community", ("仙岳山", "南门", "社区")),
    ("镇江小学", "primary_school", ("", "镇江", "小学")),
    ("王仙镇", "township", ("", "王仙", "镇")),
    ("王仙镇综合文化站", "culture", ("", "王仙镇", "文化站")),
    ("浦口镇荷花垅村图书室", "reading_room", ("浦口", "荷花垅村", "图书室")),
    ("星海明筑", "", ("", "星海明筑", "")),
    ("南门中学(东校区)", "secondary_school", ("", "南门中学(东校区)", "")),
]


@pytest.mark.parametrize(("bare", "kind", "parts"), FORMS)
def test_parts_of_a_name(bare: str, kind: str, parts: tuple[str, str, str]) -> None:
    form = form_of(bare, kind)
    assert (form.township, form.proper, form.ending) == parts


@pytest.mark.parametrize(("name", "other", "reason"), SAME)
def test_likeness_goes_both_ways(name: str, other: str, reason: str) -> None:
    assert likeness(name, other) == likeness(other, name)


ENDINGS = [
    ("派处所", "派出所", True),
    ("文华站", "文化站", True),
    ("司发所", "司法所", True),
    ("财税所", "财政所", False),
]


@pytest.mark.parametrize(("ending", "known", "alike"), ENDINGS)
def test_misspelt_endings(ending: str, known: str, alike: bool) -> None:
    assert (misspelt_ending(ending, known) is not None) == alike


def test_like_endings_are_aliases() -> None:
    with pytest.raises(VocabularyError, match="'公会' of alike is none of the aliases"):
        load(
            "organization_kinds.yaml",
            OrganizationKind,
            "guild: {label: 行会, aliases: [行会], alike: [[行会, 公会]]}\n",
        )
    with pytest.raises(VocabularyError, match="stands twice in alike"):
        load(
            "organization_kinds.yaml",
            OrganizationKind,
            "guild: {label: 行会, aliases: [行会], alike: [[行会], [行会]]}\n",
        )


def test_the_words_that_rules_ask_for_are_there() -> None:
    assert set(organization_words()) == {"collective", "many", "generic", "opposites", "townships"}
    assert any(kind.local for kind in organization_kinds().values())
