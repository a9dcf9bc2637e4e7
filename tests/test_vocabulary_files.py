"""What a folder of a user's words may hold: every breach is an error with file, line and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex
from own_words import KIND_OF_TABLE, METRIC, folder

from schemas.measure_words import canonical_units
from schemas.overlay import BUILT_IN, in_use
from schemas.strict_yaml import VocabularyError
from schemas.untrusted_yaml import DEEPEST, MOST_BYTES
from schemas.vocabularies import read_overlay, using

REFUSED: list[tuple[str, dict[str, str | bytes], str]] = [  # what is wrong, the files, what the error says
    (
        "a changed scalar",
        {"metrics.yaml": "visits:\n  unit: 册"},
        "metrics.yaml:2: entry 'visits': unit is '人次' and cannot be changed to '册'; leave it out, or give",
    ),
    (
        "a scalar that was not said",
        {"metrics.yaml": "staff:\n  blank: true"},
        "metrics.yaml:2: entry 'staff': blank is False",
    ),
    (
        "a whole for a whole",
        {"metrics.yaml": "visits: {whole: loans}"},
        "metrics.yaml:1: entry 'visits': whole is None",
    ),
    (
        "a longer key",
        {"table_kinds.yaml": "lectures: {key: [speaker]}"},
        "table_kinds.yaml:1: entry 'lectures': key belongs to the entry",
    ),
    (
        "a narrower unit",
        {"metrics.yaml": "visits:\n  units: [人]"},
        "metrics.yaml:2: entry 'visits': units belongs to the entry",
    ),
    (
        "a word for a list",
        {"metrics.yaml": "visits: {refused: 云游}"},
        "metrics.yaml:1: entry 'visits': refused must be a list",
    ),
    (
        "an alias of a built-in entry",
        {"measure_words.yaml": "筐:\n  label: basket\n  family: container\n  countable_one: made\n  aliases:\n  - 冊"},
        r"measure_words.yaml:6: alias '冊' stands under '筐' and under '册' \(measure_words.yaml:\d+, built in\); keep",
    ),
    (
        "a built-in code as alias",
        {"measure_words.yaml": "平方米: {aliases: [册]}"},
        r"words/measure_words.yaml:1: alias '册' stands under '平方米' and under '册' \(measure_words.yaml:\d+,",
    ),
    (
        "an alias twice",
        {"settings.yaml": "a: {label: 甲, aliases: [庙会]}\nb: {label: 乙, aliases: [庙会]}"},
        r"settings.yaml:2: alias '庙会' stands under 'b' and under 'a' \(.*settings.yaml:1\); keep one",
    ),
    (
        "a label of another metric",
        {"indicator_labels.yaml": "loans: {label: 书刊文献外借册次, aliases: [总藏量]}"},
        "indicator_labels.yaml:1: ",
    ),
    (
        "a label of no metric",
        {"indicator_labels.yaml": "booths: {label: 朗读亭}"},
        "indicator_labels.yaml:1: entry 'booths': it is no code of metrics.yaml",
    ),
    (
        "an unknown key",
        {"settings.yaml": "fair: {label: 庙会, alias: [庙会]}"},
        "settings.yaml:1: entry 'fair': alias: is no key of an entry; leave it out; known keys are label, aliases",
    ),
    (
        "a missing key",
        {"metrics.yaml": METRIC.replace("  unit: 座\n", "")},
        "metrics.yaml:1: entry 'reading_booths': unit: is missing",
    ),
    (
        "a repeated key",
        {"settings.yaml": "fair: {label: 庙会}\nfair: {label: 庙会}"},
        "settings.yaml:2: key 'fair' stands twice",
    ),
    (
        "a wrong value",
        {"metrics.yaml": METRIC.replace("facility", "furniture")},
        "metrics.yaml:4: entry 'reading_booths': group: Input should be",
    ),
    (
        "an unknown unit",
        {"metrics.yaml": METRIC.replace("unit: 座", "unit: 幢楼")},
        "metrics.yaml:3: entry 'reading_booths': '幢楼' is no unit",
    ),
    (
        "an empty way",
        {"metrics.yaml": METRIC.replace("[[<朗读亭]]", "[[]]")},
        "metrics.yaml:8: entry 'reading_booths': cues: a cue is empty",
    ),
    (
        "a blank cue",
        {"metrics.yaml": METRIC.replace("[[<朗读亭]]", '[["<"]]')},
        "metrics.yaml:8: entry 'reading_booths': cues: a cue is empty",
    ),
    (
        "a blank alias",
        {"settings.yaml": 'fair:\n  label: 庙会\n  aliases: [庙会, ""]'},
        "settings.yaml:3: entry 'fair': aliases: '' is no word",
    ),
    (
        "a number for a word",
        {"numeral_names.yaml": "years:\n  label: 年\n  aliases: [1919]"},
        r"numeral_names.yaml:3: entry 'years': aliases.0: is no text; put it in quotes",
    ),
    (
        "a word for a list and for a mapping",
        {"settings.yaml": "fair:\n  label: 庙会\n  aliases: 庙会\n  examples: 庙会"},
        "settings.yaml:3: entry 'fair': aliases: must be a list; examples: must be a mapping",
    ),
    (
        "a code with blanks",
        {"settings.yaml": "Temple Fair: {label: 庙会}"},
        "settings.yaml:1: entry 'Temple Fair': code: write a code in lower-case",
    ),
    ("a code that is a number", {"settings.yaml": "7: {label: 庙会}"}, "settings.yaml:1: code 7 is no text"),
    ("an entry that is a word", {"settings.yaml": "fair: 庙会"}, "settings.yaml:1: entry 'fair' must be a mapping"),
    (
        "a tidy table that is none",
        {"table_kinds.yaml": KIND_OF_TABLE + "  rows_as: purchases"},
        "table_kinds.yaml:10: entry 'purchases': rows_as",
    ),
    (
        "a key column that is none",
        {"table_kinds.yaml": KIND_OF_TABLE.replace("[supplier]", "[seller]")},
        "table_kinds.yaml:1: entry 'purchases': seller is no column of it; name one of \\S+",
    ),
    (
        "a region of no place",
        {"named_libraries.yaml": 'a: {label: 甲, region: "999999"}'},
        "named_libraries.yaml:1: entry 'a': region '999999' is no code",
    ),
    (
        "a scale in a unit",
        {"measure_words.yaml": "册: {aliases: [万册]}"},
        "measure_words.yaml:1: entry '册': '万册' holds a blank or a scale",
    ),
    (
        "a look-alike that is none",
        {"measure_words.yaml": "册: {look_alikes: [手册]}"},
        "measure_words.yaml:1: entry '册': '手册' does not begin with the measure word",
    ),
    (
        "an unknown file",
        {"metric.yaml": METRIC},
        r"words/metric.yaml is no vocabulary that can be added to; known are metrics.yaml, ",
    ),
    (
        "a file that code belongs to",
        {"findings.yaml": "a: {}"},
        "words/findings.yaml is no vocabulary that can be added to",
    ),
    ("nothing", {}, "words holds no vocabulary; it can hold metrics.yaml"),
    ("an empty file", {"settings.yaml": ""}, "settings.yaml:1: the file must be a mapping"),
    ("a list", {"settings.yaml": "- fair"}, "settings.yaml:1: the file must be a mapping"),
    (
        "a slip of the pen in a known code",
        {"metrics.yaml": "vists:\n  refused: [云游]"},
        "metrics.yaml:1: entry 'vists': label: is missing; .*; or write 'visits', if that is the entry to add to",
    ),
    (
        "indented with a tab",
        {"settings.yaml": "fair:\n\tlabel: 庙会"},
        "settings.yaml:2: .*; indent with spaces, not tabs, or put the word in quotes",
    ),
    ("no YAML", {"settings.yaml": "fair:\n  label: [庙会"}, "settings.yaml:[23]: .*; mend the YAML"),
    ("a control character", {"settings.yaml": "fair: {label: 庙\0会}"}, "settings.yaml:1: .*; mend the YAML"),
    (
        "a list for a key",
        {"settings.yaml": "? [a, b]\n: {label: 庙会}"},
        "settings.yaml:1: a key is a list or a mapping",
    ),
    (
        "not UTF-8",
        {"settings.yaml": "# 庙会\nfair: {label: 庙会}".encode("gb18030")},
        "settings.yaml:1: the file is not UTF-8",
    ),
    (
        "aliases that multiply",
        {"settings.yaml": "a: &a [x, x]\nb: &b [*a, *a]"},
        "settings.yaml:1: anchors and aliases",
    ),
    ("an alias to nothing", {"settings.yaml": "a: *b"}, "settings.yaml:1: anchors and aliases"),
    ("a type of Python", {"settings.yaml": "a: !!python/object/apply:os.system [true]"}, "settings.yaml:1: tags"),
    (
        "a depth",
        {"settings.yaml": "a: " + "[" * 200_000},
        f"settings.yaml:1: lists and mappings are more than {DEEPEST} deep",
    ),
    ("a length", {"settings.yaml": "#" * (MOST_BYTES + 1)}, f"settings.yaml: longer than {MOST_BYTES} bytes"),
    (
        "a number of too many digits",
        {"settings.yaml": "a: {label: " + "9" * 5000 + "}"},
        "settings.yaml:1: .*; mend the YAML",
    ),
]


@pytest.mark.parametrize(("files", "said"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_breaks_the_contract_is_refused(files: dict[str, str | bytes], said: str, tmp_path: Path) -> None:
    place = folder(tmp_path / "words", files)
    with pytest.raises(VocabularyError) as refused, using(read_overlay(place)):
        pass
    assert regex.search(said, str(refused.value)), str(refused.value)
    assert len(str(refused.value)) < 1000
    assert in_use() == BUILT_IN
    assert canonical_units()["冊"] == "册"


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    for place in (tmp_path / "nowhere", tmp_path / "file"):
        (tmp_path / "file").write_text("")
        with pytest.raises(VocabularyError, match="is no folder; name the folder"):
            read_overlay(place)


def test_a_folder_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (folder(tmp_path / "words", {}) / "settings.yaml").mkdir()
    with pytest.raises(VocabularyError, match=r"settings\.yaml is no file"):
        read_overlay(tmp_path / "words")


def test_marks_line_ends_notes_and_hidden_files_do_no_harm(tmp_path: Path) -> None:
    marked = b"\xef\xbb\xbf" + METRIC.replace("\n", "\r\n").encode()
    plain = folder(tmp_path / "plain", {"metrics.yaml": METRIC})
    other = folder(tmp_path / "other", {"metrics.yaml": marked, "README.md": "notes", ".DS_Store": b"\0"})
    assert read_overlay(plain).sources[0].text == read_overlay(other).sources[0].text
