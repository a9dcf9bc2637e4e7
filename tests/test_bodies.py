"""Bodies merged region by region: the same rows whatever is merged together, ids that no two bodies share."""

from __future__ import annotations

from pathlib import Path

import pytest
from merging import Bodies, merge
from msgspec.structs import replace
from test_organization_merging import HUOSHAN, report
from test_organizations import JINHU, LILING, NOWHERE

import nianbao.bodies
from extract.read import read
from nianbao import gather as gathering
from nianbao.gather import gather
from nianbao.pipeline import process
from normalize.organizations import merged as organizations
from normalize.organizations.decisions import parse_decisions
from normalize.organizations.keys import form_of
from normalize.organizations.merged import holding_together, key_of, numbered

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
MOVED = replace(  # the library of 醴陵 in a report that has another region's code
    LILING, document_id="d9", region_code="430200", library_id="lib-1", library="株洲渌江图书馆"
)
REPORTS = (
    report(replace(LILING, library_id="lib-1"), "星海明筑小区", "星海明筑小区", "星海海明筑小区", "南门中学"),
    report(MOVED, "南门中学", "实验小学"),
    report(JINHU, "南门中学", "黎城镇文化站", "黄泥坳胖处所", "黄泥坳派出所"),
    report(HUOSHAN, "衡山镇中心学校", "南门中学"),
    report(NOWHERE, "南门中学", "实验小学"),
)
DECISIONS = parse_decisions(
    "name,other,decision,region_code\n南门中学,衡山镇中心学校,same,\n星海明筑小区,星海海明筑小区,different,\n",
    "mine.csv",
)


@pytest.fixture(params=[1, 3, 10**6])
def names_in_a_piece(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nianbao.bodies, "_IN_A_PIECE", request.param)


ALONE = merge(REPORTS)
DECIDED = merge(REPORTS, DECISIONS)


@pytest.mark.usefixtures("names_in_a_piece")
def test_what_is_merged_together_makes_no_difference() -> None:
    assert (merge(REPORTS), merge(REPORTS, DECISIONS)) == (ALONE, DECIDED)


def test_a_library_of_two_regions_is_one_body() -> None:
    assert ids(ALONE, "醴陵市图书馆") == ids(ALONE, "株洲渌江图书馆")
    assert len(ids(ALONE, "醴陵市图书馆")) == 1


def test_a_decision_holds_across_regions() -> None:
    assert not ids(ALONE, "衡山镇中心学校") & ids(ALONE, "南门中学")
    assert ids(DECIDED, "衡山镇中心学校") <= ids(DECIDED, "南门中学")
    assert ids(ALONE, "星海海明筑小区") == ids(ALONE, "星海明筑小区")
    assert not ids(DECIDED, "星海海明筑小区") & ids(DECIDED, "星海明筑小区")


def ids(found: Bodies, name: str) -> set[str]:
    return {row.organization_id for row in found.aliases if row.name == name}


def test_regions_hold_together_by_their_libraries() -> None:
    libraries = (("430200", "lib-1"), ("430281", "lib-1"), ("430281", "lib-2"), ("341525", "lib-2"), ("1", "lib-3"))
    group = ("341525", "430200", "430281")
    assert holding_together(libraries, organizations.NO_RULES) == dict.fromkeys(group, group)


def test_no_two_bodies_share_an_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(organizations, "ID_DIGITS", 1)
    found = merge(REPORTS)
    rows = {row.organization_id: row for row in found.organizations}
    assert len(rows) == len(found.organizations) == len(ALONE.organizations)
    assert max(map(len, rows)) > len("org-0")
    assert {row.organization_id for row in found.aliases} == set(found.ids.values()) == set(rows)
    names = {one: two for one, two in found.ids.items() if rows[two].name == one[3]}
    keys = {key_of(named, form_of(named[2], named[1])): own for named, own in names.items()}
    assert numbered(keys) == keys


def test_bodies_go_out_in_pieces_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [process(read(SAMPLES / name, name)) for name in ("huixian-2013.txt", "liling-2014.txt")]
    whole = gather(reports)
    monkeypatch.setattr(gathering, "_AT_ONCE", 2)
    assert gather(reports) == whole
    assert len(whole["organization_aliases"]) > len(whole["organizations"]) > 4
