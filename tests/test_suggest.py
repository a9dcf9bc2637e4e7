"""`nianbao suggest`: what reviewers changed alike in several documents becomes words, shown with their effect."""

from __future__ import annotations

from pathlib import Path

import pytest
from stored_outputs import run

import nianbao
from extract.read import read
from nianbao.pipeline import process
from nianbao.suggestions import suggestions
from publish.corrections_log import append
from schemas.corrections import Correction, decision
from schemas.rows import ReportRows

REPORTS = {
    "zhuxi-2011.txt": ("2011", "全年柜中自取典册4100册", "陈青"),
    "zhuxi-2012.txt": ("2012", "读者从柜中自取典册约5200册", "韩立"),
    "zhuxi-2013.txt": ("2013", "柜中自取典册6300册", "周敏"),
    "zhuxi-2014.txt": ("2014", "新书上架7400册", "吴江"),
}
REPORT = """竹溪县图书馆{year}年工作总结

一、概况
馆舍面积1800平方米。{told}。

二、讲座
序号\t讲座主题\t上台之人\t时间\t参加人数
1\t怎样养蜂\t{speaker}\t3月8日\t70

三、统计
指标\t单位\t数值
总藏量\t册\t81000
乡亲踏馆量\t人次\t41{place}00
"""


@pytest.fixture(name="folder")
def four_reports(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    for place, (name, (year, told, speaker)) in enumerate(REPORTS.items()):
        text = REPORT.format(year=year, told=told, speaker=speaker, place=place)
        (tmp_path / "reports" / name).write_text(text, encoding="utf-8")
    nianbao.extract(tmp_path / "reports", tmp_path / "out")
    return tmp_path


def report(folder: Path, name: str) -> ReportRows:
    return process(read(folder / "reports" / name, name))


def metric(made: ReportRows, words: str, code: str) -> Correction:
    row = next(row for row in made.facts if words in row.sentence)
    return decision(made, "facts", row, "change", "metric", code)


def decide(folder: Path, *names: str) -> None:
    """Give the numbers of books taken, the visits of the table and the speakers of the lectures their meaning."""
    for name in names:
        made = report(folder, name)
        speaker = decision(made, "lectures", made.lectures[0], "change", "speaker", REPORTS[name][2])
        told = [metric(made, "柜中自取", "loans"), metric(made, "乡亲踏馆量", "visits"), speaker]
        append(folder / "out" / "corrections.csv", told)


def test_words_are_suggested_where_two_documents_agree(folder: Path) -> None:
    decide(folder, "zhuxi-2011.txt")
    assert run("suggest", folder / "out", folder / "reports")[1].startswith("no change was made alike in two documents")
    decide(folder, "zhuxi-2012.txt")
    found = {(one.file, one.code, one.keys, one.word): len(one.documents) for one in suggestions(folder / "out")}
    assert found == {
        ("metrics.yaml", "loans", ("cues",), "<柜中自取典册"): 2,
        ("indicator_labels.yaml", "visits", ("aliases",), "乡亲踏馆量"): 2,
        ("table_kinds.yaml", "lectures", ("columns", "speaker"), "上台之人"): 2,
    }


def test_the_effect_is_shown_on_all_documents_concerned(folder: Path) -> None:
    decide(folder, "zhuxi-2011.txt", "zhuxi-2012.txt")
    code, out, _ = run("suggest", folder / "out", folder / "reports", "--out", folder / "words")
    assert code == 0
    assert "loans ← «柜中自取典册» before the number: 2 decisions in 2 documents (metrics.yaml)" in out
    assert "lectures.speaker ← «上台之人» as a header" in out
    assert "read with these words, 4 documents concerned:" in out
    assert "lectures: 4 changed" in out
    assert "facts: 7 changed" in out
    assert "~ lectures zhuxi-2014.txt:" in out
    assert "6 of 6 decisions would be read so without a reviewer" in out
    nianbao.extract(folder / "reports", folder / "again", vocabulary=folder / "words")
    made = nianbao.read_report(folder / "reports" / "zhuxi-2013.txt", vocabulary=folder / "words")
    assert {row.metric for row in made.facts} == {"floor_area", "loans", "collection_total", "visits"}
    assert run("vocabulary", "check", folder / "words")[0] == 0


def test_suggested_words_are_added_to_those_in_use(folder: Path) -> None:
    own = folder / "own"
    own.mkdir()
    (own / "metrics.yaml").write_text("loans: {cues: [[[<窗口借走]]]}\n", encoding="utf-8")
    decide(folder, "zhuxi-2011.txt", "zhuxi-2012.txt")
    code, _, _ = run(*("suggest", folder / "out", folder / "reports", "--vocabulary", own, "--out", folder / "words"))
    assert code == 0
    text = (folder / "words" / "metrics.yaml").read_text(encoding="utf-8")
    assert "<窗口借走" in text
    assert "<柜中自取典册" in text


def test_words_that_are_known_are_not_suggested(folder: Path) -> None:
    told = []
    for name in ("zhuxi-2011.txt", "zhuxi-2012.txt"):
        made = report(folder, name)
        told.append(metric(made, "总藏量", "collection_books"))
        told.append(metric(made, "馆舍面积", "floor_area"))
    append(folder / "out" / "corrections.csv", told)
    assert suggestions(folder / "out") == ()


def test_decisions_that_were_taken_back_speak_for_nothing(folder: Path) -> None:
    decide(folder, "zhuxi-2011.txt")
    one = metric(report(folder, "zhuxi-2012.txt"), "柜中自取", "loans")
    append(folder / "out" / "corrections.csv", [one, Correction(**{**as_dict(one), "action": "undo", "value": ""})])
    assert suggestions(folder / "out") == ()


def as_dict(one: Correction) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__struct_fields__}


def test_no_word_is_cut_in_two(folder: Path) -> None:
    told = []
    for place, before in enumerate(("东门添置", "西门添置")):
        text = f"竹溪县图书馆201{place}年总结\n\n一、概况\n{before}3{place}座，供人取书。\n"
        (folder / "reports" / f"b{place}.txt").write_text(text, encoding="utf-8")
        told.append(metric(report(folder, f"b{place}.txt"), "添置", "service_points"))
    nianbao.extract(folder / "reports", folder / "out")
    append(folder / "out" / "corrections.csv", told)
    assert [one.word for one in suggestions(folder / "out")] == ["<添置"]


def test_words_after_the_number_are_suggested_where_none_before_it_agree(folder: Path) -> None:
    for place, before in enumerate(("东门立起", "西门来了")):
        text = f"竹溪县图书馆201{place}年总结\n\n一、概况\n{before}3{place}座漂流书亭，供人取书。\n"
        (folder / "reports" / f"a{place}.txt").write_text(text, encoding="utf-8")
    nianbao.extract(folder / "reports", folder / "out")
    for place in range(2):
        made = report(folder, f"a{place}.txt")
        append(folder / "out" / "corrections.csv", [metric(made, "漂流书亭", "service_points")])
    assert [one.word for one in suggestions(folder / "out")] == [">漂流书亭"]


WRONG = [  # the inputs and options, what is said
    (["none"], "none does not exist; check the path"),
    (["other"], "the inputs lack the documents concerned (zhuxi-2011.txt"),
    (["reports", "--corrections", "none.csv"], "none.csv cannot be read"),
    (["reports", "--out", "reports/full"], "metrics.yaml is there already; give --out a new folder"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_wrong_use_is_told_in_a_sentence(folder: Path, arguments: list[str], said: str) -> None:
    decide(folder, "zhuxi-2011.txt", "zhuxi-2012.txt")
    (folder / "other").mkdir()
    (folder / "other" / "x.txt").write_text("竹溪县图书馆", encoding="utf-8")
    (folder / "reports" / "full").mkdir()
    (folder / "reports" / "full" / "metrics.yaml").write_text("", encoding="utf-8")
    given = [one if one.startswith("--") else str(folder / one) for one in arguments]
    code, _, told = run("suggest", folder / "out", *given)
    assert code == 2
    assert said in told
