"""`nianbao score`: an output against answers, right and wrong rows told apart, each miss shown where it stands."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from stored_outputs import change_table, run

import nianbao
from nianbao.score import score, shown
from nianbao.score_matching import equal_facts, likest_rows, same_name
from nianbao.scoring import Tally, added

TESTS = Path(__file__).parent
SHARED = TESTS.parent.parent / "shared"

REPORT = """石门县图书馆2013年工作总结

一、概况
馆舍面积2100平方米，阅览座席180个。全年接待读者4.5万人次。

二、活动
4月23日，在县广场举办图书漂流活动，参加市民200人。

三、讲座
序号\t讲座主题\t主讲人\t时间\t地点\t参加人数
1\t怎样养兰花\t陈青\t3月8日\t报告厅\t70
"""
GOLD = {
    "document": "library,region_code,province,city,county,report_year,title\n石门县图书馆,430726,,,,2013,\n",
    "sections": (
        "char_start,depth,alt_depth,optional,parent_char_start,marker,title\n"
        "17,1,,,,一、,概况\n,1,,,,二、,活动\n,1,,,,三、,讲座\n"
    ),
    "lectures": (
        "sequence,topic,venue,date_text,start_date,end_date,participants,note\n"
        "1,怎样养兰花,报告厅,3月8日,2013-03-08,2013-03-08,70,\n"
    ),
    "facts": (
        "char_start,char_end,raw,value,upper,unit,qualifier,metric,measure,aggregation,status,scope,period_start,period_end\n"
        ",,2100平方米,2100,,㎡,exact,floor_area,level,total,actual,institution,2013-01-01,2013-12-31\n"
        ",,180个,180,,个,about,seats,level,total,actual,institution,2013-01-01,2013-12-31\n"
        ",,4.5万人次,45000,,人次,exact,loans,level,total,actual,institution,2013-01-01,2013-12-31\n"
        ",,200人,200,,人,exact,,level,total,actual,event,2013-04-23,2013-04-23\n"
    ),
    "events": (
        "char_start,char_end,start_date,end_date,date_text,kind,title,place,participants,status\n"
        ",,2013-04-23,2013-04-23,4月23日,other,图书漂流,县广场,200,actual\n"
    ),
}


@pytest.fixture(scope="module", name="folders")
def made_folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("score")
    (folder / "shimen-2013.txt").write_text(REPORT, encoding="utf-8")
    nianbao.extract(folder / "shimen-2013.txt", folder / "out")
    gold = folder / "gold" / "shimen"
    gold.mkdir(parents=True)
    (folder / "gold" / "reports.csv").write_text("folder,seed\nshimen,shimen-2013.txt\n", encoding="utf-8")
    for name, text in GOLD.items():
        (gold / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder / "out", folder / "gold"


def test_rows_and_columns_are_counted_apart(folders: tuple[Path, Path]) -> None:
    tallies = score(*folders).tallies
    assert (tallies["quantities"].hit, tallies["quantities"].gold, tallies["quantities"].found) == (4, 4, 4)
    assert (tallies["quantities"].right["qualifier"], tallies["quantities"].asked["qualifier"]) == (3, 4)
    assert (tallies["facts"].hit, tallies["facts"].gold, tallies["facts"].found) == (2, 3, 3)
    assert (tallies["lectures"].f1, tallies["sections"].f1, tallies["documents"].f1) == (1, 1, 1)
    assert (tallies["events"].hit, tallies["events"].right["kind"], tallies["events"].right["title"]) == (1, 0, 1)
    assert tallies["provenance"].precision == 1
    assert tallies["outreach"].f1 == 0


def test_misses_show_the_line_of_the_text(folders: tuple[Path, Path]) -> None:
    told = {(one.miss.sign, one.miss.table, one.miss.said): one.around for one in shown(score(*folders))}
    assert told["missed", "facts", "loans 4.5万人次"][1] == "4.5万人次"
    assert told["extra", "facts", "visits 4.5万人次"][0].endswith("全年接待读者")
    wrong = next(key for key in told if key[:2] == ("wrong", "quantities"))
    assert "qualifier is exact, not about" in wrong[2]


def test_the_command_prints_it_all(folders: tuple[Path, Path]) -> None:
    code, out, _ = run("score", *folders, "--misses")
    assert code == 0
    assert "quantities" in out
    assert "qualifier 3/4" in out
    assert "- facts shimen: loans 4.5万人次" in out
    assert "全年接待读者[4.5万人次]" in out


def test_json_has_the_same_figures(folders: tuple[Path, Path]) -> None:
    code, out, _ = run("score", *folders, "--format", "json", "--misses")
    told = json.loads(out)
    assert code == 0
    assert told["tables"]["facts"]["recall"] == pytest.approx(2 / 3)
    assert told["tables"]["quantities"]["columns"]["qualifier"] == {"right": 3, "asked": 4}
    assert {miss["kind"] for miss in told["misses"]} == {"missed", "extra", "wrong"}
    assert "misses" not in json.loads(run("score", *folders, "--format", "json")[1])


WRONG = [  # what is done to the answers, what is said
    (lambda gold: (gold / "reports.csv").unlink(), "reports.csv names no report; name a folder that holds answers"),
    (
        lambda gold: (gold / "reports.csv").write_text("a\nb\n"),
        "reports.csv has no column folder, seed; the answers need",
    ),
    (lambda gold: (gold / "shimen" / "document.csv").unlink(), "document.csv has 0 rows; it needs one"),
    (
        lambda gold: (gold / "shimen" / "facts.csv").write_text("raw\n3\n"),
        "facts.csv has no column value, unit, metric",
    ),
    (lambda gold: (gold / "shimen" / "events.csv").write_bytes("日期\n".encode("gbk")), "is no CSV file in UTF-8"),
]


@pytest.mark.parametrize(("spoilt", "said"), WRONG)
def test_broken_answers_are_refused(
    folders: tuple[Path, Path], tmp_path: Path, spoilt: Callable[[Path], object], said: str
) -> None:
    gold = tmp_path / "gold"
    shutil.copytree(folders[1], gold)
    spoilt(gold)
    code, _, told = run("score", folders[0], gold)
    assert code == 2
    assert said in told


def test_a_report_that_was_not_read_is_missed(folders: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(folders[0], out)
    change_table(out, "documents", lambda lines: lines[:1])
    tallies = score(out, folders[1]).tallies
    assert (tallies["documents"].gold, tallies["documents"].found, tallies["facts"].found) == (1, 0, 0)
    assert "shimen: not in documents.csv" in run("score", out, folders[1], "--misses")[1]


def test_tallies_are_summed() -> None:
    total = added([Tally(1, 2, 3, {"a": 1}, {"a": 1}), Tally(1, 2, 1, {"a": 0, "b": 1}, {"a": 1, "b": 1})])
    assert (total.hit, total.precision, total.recall, total.f1) == (2, 0.5, 0.5, 0.5)
    assert (total.right, total.asked) == ({"a": 1, "b": 1}, {"a": 2, "b": 1})


def test_of_equal_facts_the_nearest_in_order_is_taken() -> None:
    found = [{"value": "5", "unit": "个", "metric": str(place)} for place in range(4)]
    gold = [{"value": "8", "unit": "", "metric": ""}] * 3 + [{"value": "5.0", "unit": "", "metric": ""}]
    assert [pair[1]["metric"] for pair in equal_facts(gold, found, with_metric=False)] == ["3"]


def test_rows_much_alike_are_compared_column_by_column() -> None:
    gold = [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}]
    found = [{"a": "9", "b": "4"}, {"a": "8", "b": "8"}]
    assert likest_rows(gold, found, ("a", "b")) == [(gold[1], found[0])]


@pytest.mark.parametrize(
    ("one", "other", "same"), [("“书香”朗诵会", "书香朗诵会", True), ("书展", "", False), ("甲", "乙", False)]
)
def test_names_of_one_event(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


# against the measures that the project is held to


def spoil(out: Path, seed: int) -> None:
    """Lose, repeat and change some rows of an output, so that the measures have something to measure."""
    chance = random.Random(seed)

    def spoilt(lines: list[list[str]]) -> list[list[str]]:
        kept = [lines[0]]
        for line in lines[1:]:
            what = chance.random()
            if what < 0.1:
                continue
            at = chance.randrange(2, len(line))
            kept.append([*line[:at], chance.choice(["", "1", "7", line[at]]), *line[at + 1 :]] if what < 0.5 else line)
            if what > 0.95:
                kept.append(line)
        return kept

    for name in ("sections", "lectures", "outreach", "reading_promotions", "facts", "events"):
        change_table(out, name, spoilt)


@pytest.mark.skipif(not (SHARED / "score.py").exists(), reason="the measures are not beside the checkout")
@pytest.mark.parametrize(
    ("inputs", "gold"),
    [(SHARED / "seeds", SHARED / "gold"), (TESTS / "trial", TESTS / "trial" / "expected")],
    ids=["seeds", "trial"],
)
def test_the_figures_are_those_of_the_measures(inputs: Path, gold: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    nianbao.extract(inputs, out)
    for seed in range(4):
        if seed:
            spoil(out, seed)
        command = [sys.executable, str(SHARED / "score.py"), str(out), str(gold), "--json", str(tmp_path / "s.json")]
        subprocess.run(command, check=True, capture_output=True)
        wanted = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
        for name, tally in score(out, gold).tallies.items():
            own = {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1}
            own |= {"gold": tally.gold, "found": tally.found}
            if name not in {"lectures", "outreach", "reading_promotions"}:
                own |= {f"{column}_right": tally.right[column] / asked for column, asked in tally.asked.items()}
            assert own == pytest.approx(wanted[name]), (name, seed)
