"""Whatever a file holds: no error but UnreadableFile, spans that are true, every numeral in the ledger once.

The examples are the same in every run; benchmarks/fuzz.py goes on looking, for as long as one likes.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from run_apart import wrong_spans
from word_builder import (
    cell,
    code,
    definition,
    document,
    list_level,
    list_of,
    mark,
    numbered,
    package,
    paragraph,
    relations,
    row,
    style,
    table,
    word,
)

from extract.read import UnreadableFile, read
from nianbao.pipeline import process
from schemas.document import Document

_FOLDER = tempfile.TemporaryDirectory()
_SAME = settings(
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

_WORDS = (
    *(
        "年",
        "月",
        "日",
        "册",
        "万",
        "余",
        "约",
        "近",
        "第",
        "其中",
        "截至",
        "至",
        "和",
        "每周",
        "百分之",
        "全年",
        "我馆",
        "一、",
    ),
    *(
        "（一）",
        "1.",
        "①",
        "第一章",
        "2014年",
        "5月4日",
        "3.5万册",
        "18万余人次",
        "12场",
        "举办讲座",
        "接待读者",
        "新增",
        "计划",
    ),
    *(
        "，",
        "。",
        "；",
        "：",
        "、",
        "（",
        "）",
        "“",
        "”",
        "《",
        "》",
        "|",
        "\t",
        "  ",
        "\u3000",
        "\n",
        "\n\n",
        "—",
        "%",
        "\r\n",
    ),
    *(
        "0",
        "7",
        "１",
        "九",
        "零",
        "廿",
        "佰",
        "半",
        "几",
        "<td>",
        "</tr>",
        "<table>",
        "&lt;",
        "&#x0;",
        "\u202e",
        "\ufffd",
        "\x00",
    ),
    *(
        "附件",
        "目录",
        "合计",
        "序号",
        "主题",
        "时间",
        "人数",
        "单位：人次",
        "工作总结",
        "大事记",
        "县图书馆",
        "😀",
        "\u0301",
    ),
)
_TEXTS = st.lists(st.sampled_from(_WORDS), max_size=80).map("".join)
_CODECS = st.sampled_from(["utf-8", "gb18030", "utf-16", "utf-8-sig", "utf-16-le", "big5"])


def survives(data: bytes, name: str) -> Document | None:
    """Read bytes under a name and check what comes out; None where they are refused."""
    path = Path(_FOLDER.name) / name
    path.write_bytes(data)
    try:
        document = read(path, name)
    except UnreadableFile as error:
        assert str(error).startswith(f"{name}: ")  # noqa: PT017 (either way is right)
        assert ";" in str(error)  # noqa: PT017
        return None
    rows = process(document)
    assert wrong_spans(rows) == ""
    return document


@settings(_SAME, max_examples=250)
@given(_TEXTS, _CODECS)
def test_any_text_of_the_genre(text: str, codec: str) -> None:
    survives(text.encode(codec, "replace"), "x.txt")


@settings(_SAME, max_examples=150)
@given(st.lists(st.tuples(st.sampled_from(_WORDS), st.integers(1, 300)), max_size=8), st.binary(max_size=4))
def test_any_repetition_and_noise(parts: list[tuple[str, int]], noise: bytes) -> None:
    survives("".join(piece * times for piece, times in parts).encode() + noise, "x.txt")


@settings(_SAME, max_examples=200)
@given(_TEXTS.filter(lambda text: "<" not in text and "&" not in text and "\0" not in text))
def test_every_digit_of_a_text_is_in_the_ledger_once(text: str) -> None:
    document = survives(text.encode("utf-8"), "x.txt")
    if document is None:
        return
    numbers = process(document).numbers
    covered = [at for number in numbers for at in range(number.char_start, number.char_end)]
    typed = {at for at, sign in enumerate(document.text) if sign.isdecimal()}
    assert len(covered) == len(set(covered))
    assert typed <= set(covered)


# --- packages: sound ones, bent in their XML and then in their bytes

_VALUES = st.sampled_from(
    ["", "-1", "0", "1", "9", "63", "999", "2147483648", "x", "restart", "continue", "①", "&#65;", "%1%2"]
)
_PROPERTIES = st.builds(
    lambda name, value: f'<w:{name} w:val="{value}"/>',
    st.sampled_from(["gridSpan", "vMerge", "hMerge", "outlineLvl", "pStyle", "vanish", "rtl", "shd"]),
    _VALUES,
)
_PLAIN = _TEXTS.map(lambda text: "".join(sign for sign in text if sign not in "<&\0"))
_RUNS = _PLAIN | st.sampled_from([mark("begin"), mark("separate"), mark("end"), code("TOC"), code(r"EQ \o\ac(○,3)")])
_PARAGRAPHS = st.builds(
    lambda runs, number, level, identity: paragraph(*runs, style=identity, properties=numbered(number, level)),
    st.lists(_RUNS, max_size=4),
    st.integers(0, 3) | st.just(10**9),
    st.integers(0, 9) | st.just(10**9),
    st.sampled_from(["", "a", "b", "none"]),
)
_CELLS = st.builds(
    lambda inside, properties: cell(*inside, properties=properties), st.lists(_PARAGRAPHS, max_size=2), _PROPERTIES
)
_TABLES = st.lists(st.lists(_CELLS, max_size=4), max_size=4).map(lambda rows: table(*(row(*cells) for cells in rows)))
_BODIES = st.recursive(
    _PARAGRAPHS | _TABLES,
    lambda inner: st.builds(
        lambda before, parts, after: before + "".join(parts) + after,
        *[st.sampled_from(["<w:sdt>", "<w:ins>", "<w:del>", "<w:hyperlink>"]), st.lists(inner, max_size=3)],
        st.sampled_from(["</w:sdt>", "</w:ins>", "</w:del>", ""]),
    ),
    max_leaves=6,
)
_STYLES = style("a", "heading 1", "b", 0, numbering='<w:numId w:val="1"/>') + style(
    "b", "标题", "a", hidden="<w:vanish/>"
)
_LISTS = definition(
    0, list_level(0, "%1、", "chineseCounting"), list_level(1, "（%2）"), list_level(7, "%9%1")
) + list_of(1, 0)


@settings(_SAME, max_examples=150)
@given(st.lists(_BODIES, min_size=1, max_size=6))
def test_any_document_of_known_parts(body: list[str]) -> None:
    survives(word(*body, styles=_STYLES, numbering=_LISTS), "x.docx")


@settings(_SAME, max_examples=200)
@given(st.lists(_BODIES, min_size=1, max_size=3), st.data())
def test_any_damage_to_the_xml(body: list[str], data: st.DataObject) -> None:
    main = document("".join(body)).encode()
    at = data.draw(st.integers(0, len(main)))
    patch, cut = data.draw(st.binary(max_size=5)), data.draw(st.integers(0, 40))
    bent = main[:at] + patch + main[at + cut :]
    survives(
        package({"_rels/.rels": relations(officeDocument="word/document.xml"), "word/document.xml": bent}), "x.docx"
    )


@settings(_SAME, max_examples=200)
@given(st.integers(0, 10_000), st.binary(max_size=8), st.booleans())
def test_any_damage_to_the_zip(place: int, patch: bytes, cut: bool) -> None:
    whole = word(
        paragraph("一、概况", style="a"), table(row("序号", "册"), row("1", "2")), styles=_STYLES, numbering=_LISTS
    )
    at = place % len(whole)
    survives(whole[:at] + patch + (b"" if cut else whole[at + len(patch) :]), "x.docx")
