"""A user's words: added from outside without touching code, read strictly, in use for one run and no longer."""

from __future__ import annotations

import csv
import io
import json
import os
import pickle
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir
from pathlib import Path
from threading import Barrier

import pytest
import regex
from own_words import KIND_OF_TABLE, METRIC, PURCHASES, folder
from typer.testing import CliRunner

import nianbao
from nianbao import cli
from nianbao.vocabulary_check import READERS, check_folder
from schemas.metrics import metrics
from schemas.overlay import BUILT_IN, in_use
from schemas.strict_yaml import VocabularyError
from schemas.vocabularies import KINDS, VOCABULARIES, fingerprint, read_overlay, using

ROOT = Path(__file__).resolve().parents[1]

REPORT = f"""青川县图书馆2018年工作总结

一、设施

全馆设朗读亭3座。

{PURCHASES}"""


@pytest.fixture
def words(tmp_path: Path) -> Path:
    return folder(tmp_path / "words", {"metrics.yaml": METRIC, "table_kinds.yaml": KIND_OF_TABLE})


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def run(*arguments: str | Path, cwd: Path) -> tuple[int, str, str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = (sys.executable, "-m", "nianbao", *arguments)
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout, done.stderr


def told(*arguments: str, cwd: Path) -> tuple[int, str, str]:
    """Run a command in this process, which is quicker and shows that it leaves no words behind."""
    with chdir(cwd):
        result = CliRunner().invoke(cli.app, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert in_use() == BUILT_IN
    return result.exit_code, result.stdout, result.stderr


def column(out: Path, table: str, name: str) -> list[str]:
    with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row[name] for row in csv.DictReader(file)]


@pytest.mark.usefixtures("words", "report")
def test_a_metric_and_a_kind_of_table_are_added_from_outside(tmp_path: Path) -> None:
    assert run("extract", "report.txt", "--out", "with", "--vocabulary", "words", cwd=tmp_path)[0] == 0
    assert run("extract", "report.txt", "--out", "without", cwd=tmp_path)[0] == 0
    assert column(tmp_path / "with", "facts", "metric") == ["reading_booths"]
    assert column(tmp_path / "with", "indicators", "metric") == ["reading_booths"]
    assert column(tmp_path / "with", "tables", "kind") == ["purchases"]
    assert column(tmp_path / "without", "facts", "metric") == [""]
    assert column(tmp_path / "without", "tables", "kind") == ["unknown"]


@pytest.mark.usefixtures("words", "report")
def test_show_and_explain_take_words_too(tmp_path: Path) -> None:
    for command in (("show", "report.txt"), ("explain", "report.txt", "--find", "3座")):
        code, said, error = told(*command, "--vocabulary", "words", cwd=tmp_path)
        assert (code, error) == (0, "")
        assert "reading_booths" in said
        assert "reading_booths" not in told(*command, cwd=tmp_path)[1]


def test_in_python_each_call_has_its_own_words(words: Path, report: Path, tmp_path: Path) -> None:
    before = nianbao.read_report(report)
    taught = nianbao.read_report(report, vocabulary=words)
    after = nianbao.read_report(report)
    assert [row.metric for row in taught.facts] == ["reading_booths"]
    assert before.rows == after.rows
    assert [row.metric for row in after.facts] == [None]
    assert in_use() == BUILT_IN
    assert "reading_booths" not in metrics()
    assert list(taught.frames()["indicators"]["metric"]) == ["reading_booths"]  # long after it was read
    assert len(after.frames()["indicators"]) == 0
    nianbao.extract(report, tmp_path / "out", vocabulary=words)
    assert column(tmp_path / "out", "facts", "metric") == ["reading_booths"]


def test_find_quantities_knows_new_units(tmp_path: Path) -> None:
    units = folder(
        tmp_path / "units", {"measure_words.yaml": "筐: {label: basket, family: container, countable_one: made}"}
    )
    assert [found.unit for found in nianbao.find_quantities("送旧报12筐", vocabulary=units)] == ["筐"]
    assert nianbao.find_quantities("送旧报12筐") == []


ENTRIES = {  # kind: an addition with an example that the built-in words read otherwise
    "metrics": METRIC,
    "labels": "floor_area: {label: 建筑面积, aliases: [全馆房舍规模], examples: {yes: [全馆房舍规模], no: [总藏量]}}",
    "units": "筐: {label: basket, family: container, countable_one: made, examples: {yes: [送旧报12筐]}}",
    "tables": KIND_OF_TABLE,
    "sections": "disinfection: {label: 消杀, aliases: [消杀工作], examples: {yes: [（二）消杀工作], no: [工作计划]}}",
    "events": "opera: {label: 社戏, aliases: [社戏], examples: {yes: [春节社戏], no: [讲座]}}",
    "settings": "temple_fair: {label: 庙会, aliases: [庙会], examples: {yes: [送书进庙会], no: [送书进校园]}}",
    "organizations": "guild: {label: 行会, aliases: [行会馆], examples: {yes: [金湖县茶业行会馆], no: [南门中学]}}",
    "libraries": 'tea_library: {label: 茶山书院, aliases: [茶山书院], region: "430281", examples: {yes: [茶山书院]}}',
    "names": "slogans: {label: 口号, aliases: [四心服务], examples: {yes: [坚持四心服务], no: [四册]}}",
    "furniture": 'home: {label: 首页, aliases: [本馆大门], examples: {yes: ["本馆大门 > 年报"], no: [本馆大门朝南。]}}',
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_reader_sees_what_is_added_and_forgets_it(kind: str, tmp_path: Path) -> None:
    file = next(vocabulary.file for vocabulary in VOCABULARIES if vocabulary.kind == kind)
    added = folder(tmp_path / "words", {file: ENTRIES[kind]})
    checked = check_folder(added)
    assert checked.wrong == ()
    assert checked.untested == ()
    new = [example for example in checked.own if example.text in ENTRIES[kind]]
    assert {example.wanted for example in new} >= {True}
    with using(read_overlay(added)):
        entry = next(v for v in VOCABULARIES if v.kind == kind).entries()[new[0].code]
    wanted = [example.text for example in new if example.wanted]
    if kind in {"tables", "libraries"}:  # their readers ask the vocabulary for the entry itself
        with pytest.raises(KeyError):
            READERS[kind](wanted[0], entry)
    else:
        assert entry.code not in READERS[kind](wanted[0], entry)


def test_a_known_entry_grows(tmp_path: Path) -> None:
    added = folder(
        tmp_path / "words",
        {"metrics.yaml": "visits: {label: 总流通人次, refused: [云游], terms: [{term: 到馆总数, to: 1999}]}"},
    )
    before = metrics()["visits"]
    with using(read_overlay(added)):
        after = metrics()["visits"]
    assert after.refused == (*before.refused, "云游")
    assert [term.term for term in after.terms] == [*(term.term for term in before.terms), "到馆总数"]
    assert after.model_copy(update={"refused": before.refused, "terms": before.terms}) == before
    assert metrics()["visits"] == before


def test_new_entries_stand_after_the_known_ones(words: Path) -> None:
    known = list(metrics())
    with using(read_overlay(words)):
        assert list(metrics()) == [*known, "reading_booths"]


def test_one_overlay_at_a_time(words: Path, tmp_path: Path) -> None:
    one, other = read_overlay(words), read_overlay(folder(tmp_path / "other", {"settings.yaml": "fair: {label: 庙会}"}))
    with using(one):
        with using(one):
            assert "reading_booths" in metrics()
        assert "reading_booths" in metrics()
        for overlay in (other, BUILT_IN):
            with (
                pytest.raises(VocabularyError, match=r"a process has one at a time; use .* after that run"),
                using(overlay),
            ):
                pass
        assert "reading_booths" in metrics()
    assert "reading_booths" not in metrics()


def test_threads_with_the_same_words_share_them(words: Path, report: Path) -> None:
    together = Barrier(4)

    def metric(_: int) -> str | None:
        with using(read_overlay(words)):
            together.wait()
            return nianbao.read_report(report, vocabulary=words).facts[0].metric

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(metric, range(4))) == ["reading_booths"] * 4
    assert in_use() == BUILT_IN


def test_an_overlay_travels_without_its_folder(words: Path) -> None:
    sent = pickle.dumps(read_overlay(words))
    shutil.rmtree(words)
    with using(pickle.loads(sent)):
        assert "reading_booths" in metrics()


def test_the_fingerprint_tells_the_rules_and_not_the_place(words: Path, tmp_path: Path) -> None:
    def print_of(place: Path | None) -> str:
        with using(read_overlay(place)):
            return fingerprint()

    copy = shutil.copytree(words, tmp_path / "copy")
    assert print_of(words) == print_of(copy) != print_of(None)
    (copy / "metrics.yaml").write_text(METRIC + "# a note\n", encoding="utf-8")
    assert print_of(copy) not in {print_of(words), print_of(None)}
    assert regex.fullmatch("[0-9a-f]{64}", print_of(None))
    assert fingerprint() == print_of(None)


def test_the_output_says_by_which_rules_it_was_read(words: Path, report: Path, tmp_path: Path) -> None:
    packages = []
    for name, vocabulary in (("one", words), ("two", words), ("three", None)):
        nianbao.extract(report, tmp_path / name, vocabulary=vocabulary)
        packages.append((tmp_path / name / "datapackage.json").read_bytes())
    assert packages[0] == packages[1] != packages[2]
    assert json.loads(packages[2])["nianbao:rules"] == f"sha256:{fingerprint()}"


def test_a_check_says_what_was_read_instead(tmp_path: Path) -> None:
    wrong = METRIC.replace("no: [自助借还机3台]", "no: [设朗读亭2座]").replace("全馆设朗读亭3座", "全年接待读者3万人次")
    folder(tmp_path / "words", {"metrics.yaml": wrong, "settings.yaml": "fair: {label: 庙会, aliases: [庙会]}"})
    code, said, error = told("vocabulary", "check", "words", cwd=tmp_path)
    assert (code, error) == (1, "")
    assert regex.search(r"wrong +metrics +reading_booths +全年接待读者3万人次 +visits", said)
    assert regex.search(r"wrong +metrics +not reading_booths +设朗读亭2座 +reading_booths", said)
    assert "settings fair: no examples" in said
    assert "your entries: 2 of 2 examples are read otherwise\nall others: every example is read as it says\n" in said


def test_a_check_tells_what_new_words_harm(tmp_path: Path) -> None:
    place = folder(
        tmp_path / "words", {"section_kinds.yaml": "work: {label: 工作, aliases: [2014年], examples: {yes: [2014年]}}"}
    )
    checked = check_folder(place)
    assert [example.code for example in checked.own if not example.right] == []
    assert {example.code for example in checked.others if not example.right} >= {"summary", "chronicle"}


@pytest.mark.usefixtures("words", "report")
def test_a_check_that_passes_is_exit_0_and_one_that_cannot_be_made_exit_2(tmp_path: Path) -> None:
    code, said, _ = told("vocabulary", "check", "words", cwd=tmp_path)
    assert code == 0
    assert "your entries: every example is read as it says\n" in said
    folder(tmp_path / "broken", {"metrics.yaml": "visits: {unit: 册}"})
    for command in (
        ("vocabulary", "check", "broken"),
        ("vocabulary", "list", "--vocabulary", "broken"),
        ("extract", "report.txt", "--out", "out", "--vocabulary", "broken"),
    ):
        code, said, error = told(*command, cwd=tmp_path)
        assert (code, said) == (2, "")
        assert error.startswith(f"nianbao: {Path('broken', 'metrics.yaml')}:1: entry 'visits': unit is '人次'")
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("words")
def test_the_list_says_where_an_entry_is_from(tmp_path: Path) -> None:
    (tmp_path / "words" / "settings.yaml").write_text("# mine\nschool: {aliases: [学堂里]}\n", encoding="utf-8")
    code, said, _ = told("vocabulary", "list", "--format", "csv", "--vocabulary", "words", cwd=tmp_path)
    rows = {(row["kind"], row["code"]): row for row in csv.DictReader(io.StringIO(said))}
    assert code == 0
    mine = rows["metrics", "reading_booths"]
    assert (mine["label"], mine["words"], mine["unit"], mine["kept"]) == ("朗读亭", "朗读亭", "座", "stock")
    assert (mine["file"], mine["added"]) == ("", f"{Path('words', 'metrics.yaml')}:1")
    school = rows["settings", "school"]
    assert school["words"].endswith("|学堂里")
    assert (school["file"], school["added"]) == ("settings.yaml", f"{Path('words', 'settings.yaml')}:2")
    assert rows["metrics", "visits"]["kept"] == "flow"
    assert {kind for kind, _ in rows} == {*KINDS}


def test_the_list_is_one_in_all_forms(tmp_path: Path) -> None:
    forms = {
        form: told("vocabulary", "list", "units", "--format", form, cwd=tmp_path)[1] for form in ("text", "csv", "json")
    }
    codes = [entry["code"] for entry in json.loads(forms["json"])]
    assert codes == [row["code"] for row in csv.DictReader(io.StringIO(forms["csv"]))]
    assert codes == [line.split()[0] for line in forms["text"].splitlines()[2:]]
    assert "册次" in codes


@pytest.mark.parametrize("wrong", [("list", "unit"), ("list", "--format", "xml")])
def test_a_list_of_what_there_is_not_is_exit_2(wrong: tuple[str, ...], tmp_path: Path) -> None:
    code, said, error = told("vocabulary", *wrong, cwd=tmp_path)
    assert (code, said) == (2, "")
    assert "nianbao: no such" in error


PURE = {  # modules, and functions of them, whose caches no word list has a part in
    "extract/folding.py",
    "extract/mojibake.py",
    "extract/plausibility.py",
    "schemas/traditional.py",
    "extract/words.py",
    "normalize/tables/cell_values.py read_count",
    "normalize/tables/column_meaning.py",
    "normalize/facts/meaning.py _names_plan",
    "normalize/organizations/likeness.py sounds",
    "nianbao/rules.py",
    "normalize/facts/meaning.py _tells_what_was_done",
    "normalize/identity/place_names.py",
    "normalize/facts/periods.py year_period",
    "publish/review/charts.py",
    "publish/review/embedding.py",
    "publish/review/labels.py words",
    "publish/review/rendering.py _templates",
    "schemas/metrics.py split_cue",
    "schemas/holidays.py",  # takes no additions
    "schemas/lineage.py",
    "schemas/places.py",
    "schemas/words.py _loaded",  # by overlay
}
CACHE = regex.compile(r"^((?:@.*\n)*)@(?:functools\.)?(?:lru_)?cache\b.*\n(?:@.*\n)*def (\w+)", regex.MULTILINE)


def test_every_cache_is_marked_or_pure() -> None:
    """A new cache of what is made of words needs `@from_vocabulary` above it; any other stands in the list above."""
    for package in ("schemas", "extract", "normalize", "publish", "nianbao"):
        for path in (ROOT / package).rglob("*.py"):
            for found in CACHE.finditer(path.read_text(encoding="utf-8")):
                name = path.relative_to(ROOT).as_posix()
                assert "@from_vocabulary\n" in found[1] or PURE & {name, f"{name} {found[2]}"}, f"{name} {found[2]}"
