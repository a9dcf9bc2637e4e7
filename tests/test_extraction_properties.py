"""What holds for any text: spans, order, the ledger, and work in proportion to the length."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Protocol

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import (
    carried_dates,
    claim_rules,
    claims,
    counting,
    date_forms,
    happenings,
    headings,
    ledger,
    markers,
    mere_dates,
    named_days,
    pointed_entries,
    quantities,
    sentences,
    tables,
    words,
)
from extract.extraction import extract as extract_all
from extract.folding import fold
from extract.scanning import Scan
from nianbao.find import _document

# the signs and words that the rules look for, so that random texts meet the rules
PIECES = (
    *"0123456789一二三四五六七八九十百千万亿两零〇半几数余多约近第年月日时点分至到",
    *"、，。；：！？（）()《》“”-—~.·/\t\n　 ",
    *("册", "人次", "个", "场", "名", "%", "小时", "截至", "以来", "起", "底", "初", "旬", "每周", "岁", "号", "楼"),
    *("一、", "（一）", "1.", "①", "第一章", "2014年", "5月4日", "工作总结", "概况", "大事记", "图书馆", "等奖"),
    *("百分之", "翻一番", "电话:", "ISBN", "@", "www.", "１", "Ａ", "a", "電", "萬", "😀", "\u0301", "\x00", "\ufffd"),
)
texts = st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=60)


class Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def assert_in_order(spans: Sequence[Spanned], length: int) -> None:
    assert all(0 <= span.start < span.end <= length for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded
    assert [at for at, sign in enumerate(text) if sign == "\n"] == [
        at for at, sign in enumerate(folded) if sign == "\n"
    ]


@settings(max_examples=300, deadline=None)
@given(texts)
def test_what_is_found_lies_in_the_text_in_order(text: str) -> None:
    found = extract_all(_document(text))
    for mentions in (found.dates, found.quantities, found.numerals, found.sentences, found.happenings):
        assert_in_order(mentions, len(text))
    for date in found.dates:
        parts = (date.year, date.month, date.day, date.year_to, date.month_to, date.day_to, date.relative)
        assert all(part in found.folded[date.start : date.end] for part in parts)
    for mention in found.quantities:
        raw = found.folded[mention.start : mention.end]
        assert mention.start <= mention.number_start < mention.end
        assert raw.startswith(mention.before)
        assert mention.measure_word in raw


@settings(max_examples=300, deadline=None)
@given(texts)
def test_every_digit_is_in_exactly_one_numeral(text: str) -> None:
    found = extract_all(_document(text))
    covered = [place for numeral in found.numerals for place in range(numeral.start, numeral.end)]
    digits = {
        at for at, sign in enumerate(found.folded) if sign.isdecimal() or sign in "一二三四五六七八九十百千万亿两〇零"
    }
    assert len(covered) == len(set(covered))
    assert digits <= set(covered)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_sections_nest(text: str) -> None:
    sections = extract_all(_document(text)).sections
    for number, section in enumerate(sections):
        assert section.index == number
        assert 0 <= section.start < section.title_end <= section.end <= len(text)
        above = sections[section.parent] if section.parent is not None else None
        assert section.depth == (above.depth + 1 if above else 1)
        assert above is None or above.start <= section.start < section.end <= above.end
        assert text[section.start : section.title_end].endswith(section.title)


# --- work in proportion to the length

HOSTILE = (
    *(
        "1",
        "一",
        "（",
        "(",
        "—",
        "11.",
        "1-1-",
        "\t",
        " ",
        "1,234,",
        "1,",
        "年月日",
        "1年",
        "1月1日",
        "2014年1月",
        "第一",
    ),
    *(
        "一、",
        "“",
        "《",
        '"',
        "1:",
        "A1",
        "a@",
        "1.1",
        "万余",
        "百分之",
        "1岁",
        "1、",
        "二〇一",
        "一学二",
        "①",
        "(1)",
        "号",
    ),
    *("至", "。", "，", "[image", "截至", "十几", "三个一", "周一至", "…", "1月1日，", "一本", "3本"),
)
HOSTILE_LINES = (
    "一、\n",
    "一、概况\n1、人员\n",
    "1月1日，开会。\n",
    "不足之处\n",
    "2014年工作总结\n",
    "1本\n",
    "\t1\n\n",
    "\t\n",
)
SIZE = 20_000  # characters; what grows with the square of it takes many times as long as the time allowed
SECONDS = 4  # some twenty times what the slowest pattern takes


MODULES = (
    *(carried_dates, claim_rules, counting, date_forms, happenings, headings, ledger, markers, mere_dates, named_days),
    *(pointed_entries, quantities, sentences, tables, words),
)
Pattern = Scan | re.Pattern[str] | regex.Pattern[str]


def patterns() -> Iterator[tuple[str, Pattern]]:
    for module in MODULES:
        for name, value in vars(module).items():
            if isinstance(value, Scan | re.Pattern | regex.Pattern):
                yield f"{module.__name__.removeprefix('extract.')}.{name}", value
    yield "quantities._pattern", quantities._pattern()
    yield "claims._phrases", claims._phrases()[0]


PATTERNS = dict(patterns())


def test_there_are_patterns() -> None:
    assert {"date_forms.DATE", "claim_rules._ORDINAL", "words._RUN"} <= set(PATTERNS)
    assert PATTERNS["ledger.NUMERAL"] is ledger.NUMERAL


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_no_pattern_blows_up(name: str) -> None:
    pattern = PATTERNS[name]
    find = pattern.spans if isinstance(pattern, Scan) else pattern.finditer
    for piece in HOSTILE:
        start = time.perf_counter()
        sum(1 for _ in find(piece * (SIZE // len(piece))))
        assert time.perf_counter() - start < SECONDS


@pytest.mark.parametrize("piece", [*HOSTILE, *HOSTILE_LINES])
def test_every_numeral_of_a_hostile_text_is_in_the_ledger(piece: str) -> None:
    text = piece * (SIZE // 2 // len(piece))
    found = extract_all(_document(text))
    assert sum(numeral.end - numeral.start for numeral in found.numerals) >= sum(sign.isdecimal() for sign in text)


@pytest.mark.parametrize("piece", ["1年", "馆", "书，", "1万 ", "（一", "好\u3000\u3000"])
def test_a_sentence_without_a_stop_is_cut_at_a_pause(piece: str) -> None:
    text = piece * 3000
    found = extract_all(_document(text)).sentences
    assert max(sentence.end - sentence.start for sentence in found) <= sentences.MAX_SENTENCE
    assert "".join("".join(text[s.start : s.end].split()) for s in found) == "".join(text.split())
    if "，" in piece:
        assert all(text[sentence.end - 1] == "，" for sentence in found)
