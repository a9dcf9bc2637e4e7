"""Measure words: the vocabulary keeps its contract, folds spellings and tells look-alikes."""

from __future__ import annotations

import pytest

from schemas.measure_words import (
    MeasureWord,
    canonical_units,
    half_inside,
    hedge_inside,
    measure_words,
    read_measure_words,
)
from schemas.strict_yaml import VocabularyError


def test_there_are_enough() -> None:
    assert len(measure_words()) >= 150


@pytest.mark.parametrize(
    ("spelling", "unit"),
    [
        ("册（次）", "册次"),
        ("册(次)", "册次"),
        ("冊次", "册次"),
        ("人（次）", "人次"),
        ("㎡", "平方米"),
        ("平方", "平方米"),
        ("平米", "平方米"),
        ("元人民币", "元"),
        ("人民币", "元"),
        ("个小时", "小时"),
        ("个月", "个月"),
        ("个百分点", "百分点"),
        ("％", "%"),
        ("场（次）", "场次"),
        ("次（场）", "场次"),
        ("台（套）", "台套"),
        ("件（套）", "件套"),
        ("種", "种"),
        ("T", "TB"),
        ("大包", "包"),
    ],
)
def test_spellings_fold(spelling: str, unit: str) -> None:
    assert canonical_units()[spelling] == unit


@pytest.mark.parametrize("word", measure_words().values(), ids=lambda word: word.code)
def test_look_alikes_begin_with_the_word_and_exceptions_with_a_look_alike(word: MeasureWord) -> None:
    assert all(text.startswith(word.spellings) and text not in word.spellings for text in word.look_alikes)
    assert all(text.startswith(word.look_alikes) for text in word.exceptions)
    assert not set(word.look_alikes) & set(canonical_units())


@pytest.mark.parametrize("word", measure_words().values(), ids=lambda word: word.code)
def test_scales_and_blanks_are_no_part_of_a_unit(word: MeasureWord) -> None:
    assert not any(set("万亿 \t") & set(spelling) for spelling in word.spellings)


LOOK_ALIKES = [
    ("部", "部门联合", True),
    ("部", "部长篇", False),
    ("部", "部分别", False),
    ("家", "家长", True),
    ("家", "家长沙企业", False),
    ("家", "家单位", False),
    ("人", "人大代表", True),
    ("人", "人工作组", False),
    ("人", "人参加", False),
    ("种", "种植物", False),
    ("周", "周年", True),
    ("周", "周一次", False),
    ("位", "位居民", False),
    ("元", "元旦", True),
    ("元", "元人民币", False),
]


@pytest.mark.parametrize(("unit", "text", "is_look_alike"), LOOK_ALIKES)
def test_the_longest_word_decides(unit: str, text: str, is_look_alike: bool) -> None:
    assert measure_words()[unit].is_look_alike(f"三{text}", 1) is is_look_alike


def test_hedges_and_halves_inside() -> None:
    assert {spelling for spelling in canonical_units() if hedge_inside(spelling)} >= {"个多月", "个余月", "个多小时"}
    assert {spelling for spelling in canonical_units() if half_inside(spelling)} >= {"个半月", "个半小时", "年半"}
    assert not any(hedge_inside(word) or half_inside(word) for word in measure_words())


ENTRY = "{label: x, family: volume, countable_one: always"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"册: {ENTRY}, aliases: [本]}}\n本: {ENTRY}}}\n", "本"),
        (f"册: {ENTRY}, aliases: [冊]}}\n本: {ENTRY}, aliases: [冊]}}\n", "冊"),
        ("册: {label: x, family: book, countable_one: always}\n", "family"),
        ("册: {label: x, family: volume, countable_one: sometimes}\n", "countable_one"),
        (f"册: {ENTRY}, alias: [冊]}}\n", "alias"),
    ],
)
def test_a_broken_list_is_refused(text: str, problem: str) -> None:
    with pytest.raises(VocabularyError, match=f"(?s)measure_words.yaml.*{problem}"):
        read_measure_words(text)
