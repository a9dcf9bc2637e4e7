"""Headings: which paragraphs name what follows, before anything is said of their nesting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from extract.markers import Marker, read_marker
from schemas.document import Block, Document
from schemas.mentions import RawTable
from schemas.sections import kind_of_heading

LONGEST_TITLE = 40  # a title that runs on longer ends at its first comma
_LONGEST_BEFORE_TITLE = 12  # a line of navigation above the title
_LONGEST_BARE = 24  # an unnumbered line longer than this is prose
_LONGEST_DOCUMENT_TITLE = 60
_LONGEST_BODY_NAME = 30
_TITLE_END = re.compile(r"[。；！？：;!?:]")
_COMMA = re.compile(r"[，,]")
_SENTENCE_MARK = re.compile(r"[。；！？;!?]$|，")
_DOCUMENT_TITLE = re.compile(
    r"年\s*报|年度报告|工作报告|总结|年鉴|汇报|报告|述职|大事记|工作情况|(?:19|20)\d\d年[^，。]{0,16}情况|综述|要点|计划|小结|回顾|统计"
)
_YEAR_TITLE = re.compile(  # «2014年工作总结», «2016年度某某图书馆大事记（…）», «二〇一二年工作打算»
    r"""
    (?:(?:19|20)\d\d|[二一][〇○零O0九][〇○零一二三四五六七八九]{2})[—\-~～至\d]*+\s*年度?
    .{0,20}
    (?:总结|计划|大事记|要点|打算|思路|安排|回顾|工作情况|年报|报告|设想|展望)
    (?:[（(].{0,24}[）)])?
    $
    """,
    re.VERBOSE,
)
_DATE_LINE = re.compile(  # «2015年1月8日», «（二〇一五年一月）», «2015.1.8»
    r"""
    [（(]?[ ]{0,4}[\d〇○零一二三四五六七八九十]{2,4}
    [ ]{0,4}[年./-][ ]{0,4}[\d一二三四五六七八九十]{1,3}
    [ ]{0,4}[月./-]?[^，。]{0,6}[）)]?
    $
    """,
    re.VERBOSE,
)
_CONTENTS_LINE = re.compile(r"(?:[.…·]{2}[ ]?|\t[ ]?)\d{1,3}[ ]{0,8}$")  # «一、概况……3»
_FURNITURE = re.compile(r"[ \t]{0,8}(?:\[(?:image|bookmark)[^\]\n]{0,80}\][ \t]{0,8}){1,20}")
_NOT_BARE = re.compile(  # what no unnumbered heading has in it
    r"""
      [，。；！？：、;!?:\t|]   # it is a sentence, or cells
    | ^[（(\[【<《“"]          # a remark, a quotation
    | \d{5}|@|www|http       # a telephone number, an address
    """,
    re.VERBOSE,
)
_NUMBERED_LIKE = re.compile(r"[\W①-⓿㈠-㉃]{0,8}\d")
_HALF = r"[^\s，。；！？：、;!?:\t|“”了我本还]{3,12}"
_BALANCED = re.compile(rf"(?P<first>{_HALF})[，,](?P<second>{_HALF})")
_SAME_TITLE = 8  # characters in which a repeated title agrees with the title
_IN_BRACKETS = re.compile(r"【(?P<title>[^】\n]{2,24})】")  # «【读者服务】 全年…», as yearbooks have it
_PICTURE = re.compile(r"[图表][ ]?\d|图片[：:]|附[：:件]")
_LEADS_TO_LIST = re.compile(r"如下|下列|以下|包括|下面")
_BODY_NAME = re.compile(r"(?:图书馆|图书室|分馆|局|委员会|办公室|学会|协会|中心|公司|支部)$")
_STOPS_AND_BLANKS = " 。；！？：;!?:，、\t\n"
_CLOSING_KINDS = frozenset({"shortcomings", "plan", "chronicle", "achievements", "closing"})


class Shape(Enum):
    """How a heading is set: by a marker, by a style of the source, as a bare line, or filling in for a lost number."""

    MARKED = "marked"
    STYLED = "styled"
    YEAR_TITLE = "year_title"
    CLOSING = "closing"
    BARE = "bare"
    SENTENCE = "sentence"


class Heading(Struct, frozen=True):
    """A heading before nesting: span of marker and title, how it is set, and the level that the source states.

    `runs_in`: text follows on its own line; `follows`: nothing stands between it and the heading before.
    """

    start: int
    title_start: int
    title_end: int
    marker: Marker | None
    shape: Shape
    level: int | None
    kind: str | None
    runs_in: bool
    follows: bool = False


def find_title(document: Document, folded: str) -> tuple[int, int] | None:
    """Return the span of the document's own title, or None where it has none.

    The title is what the source styles as one; else the first paragraph (or the first two, where the first is only
    the library's name) that is short, has no marker and names a kind of report, with nothing but short lines (of a
    page's navigation) before it.
    """
    paragraphs = list(islice((block for block in document.blocks if block.place is None and not block.furniture), 8))
    styled = next((block for block in paragraphs if block.is_title), None)
    if styled is not None:
        return _strip(folded, styled.start, styled.end)
    lines = [_strip(folded, block.start, block.end) for block in paragraphs]
    for at, (start, end) in enumerate(lines):
        if _DATE_LINE.match(folded, start, end):
            continue
        title = _title_at(folded, lines, at)
        if title is not None or not _may_stand_before_title(folded[start:end]):
            return title
    return None


def _may_stand_before_title(line: str) -> bool:
    return len(line) <= _LONGEST_BEFORE_TITLE and read_marker(line) is None and not _SENTENCE_MARK.search(line)


def _title_at(folded: str, lines: Sequence[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """Return the title that begins at a line: that line, or a library's name and the line after it."""
    start, end = lines[at]
    if _names_report(folded[start:end]):
        return start, end
    is_name = end - start <= _LONGEST_BODY_NAME and _BODY_NAME.search(folded, start, end)
    if at + 1 < len(lines) and is_name and read_marker(folded[start:end]) is None:
        next_start, next_end = lines[at + 1]
        return (start, next_end) if _names_report(folded[next_start:next_end]) else None
    return None


def _names_report(line: str) -> bool:
    short = 4 <= len(line) <= _LONGEST_DOCUMENT_TITLE and not _SENTENCE_MARK.search(line)
    return short and read_marker(line) is None and bool(_DOCUMENT_TITLE.search(line))


def find_headings(
    document: Document, folded: str, tables: Sequence[RawTable], title: tuple[int, int] | None
) -> list[Heading]:
    """Return the headings of a document in order: marked, styled, and bare lines that name what follows."""
    captions = {table.caption for table in tables}
    lines = list(_lines(document, folded))
    listed = _list_items(lines)
    headings: list[Heading] = []
    for at, line in enumerate(lines):
        block, start, end = line.block, line.start, line.end
        in_title = block.is_title or (title is not None and start < title[1])
        if block.place is not None or block.furniture or in_title or start == end or (start, end) in captions:
            continue
        if block.start in listed:
            continue
        if title is not None and not headings and _repeats(folded[slice(*title)], line.text):
            continue
        heading = _read(folded, line)
        if heading is None and _stands_alone(lines, at, captions):
            heading = _bare(folded, start, end)
        if heading is not None:
            follows = bool(headings) and _nothing_between(folded, headings[-1], heading)
            headings.append(replace(heading, follows=True) if follows else heading)
    return headings


class _Line(Struct, frozen=True):
    """A paragraph that is not empty, or the first cell of a table: its span and text without what stands around it."""

    block: Block
    start: int
    end: int
    text: str
    marker: Marker | None


def _lines(document: Document, folded: str) -> Iterator[_Line]:
    in_table = False
    for block in document.blocks:
        if block.place is not None:
            if not in_table:
                yield _Line(block, block.start, block.end, "", None)
            in_table = True
        elif folded[block.start : block.end].strip():
            start, end = _trim(folded, block)
            text = folded[start:end]
            yield _Line(block, start, end, text, read_marker(text))
            in_table = False


def _repeats(title: str, line: str) -> bool:
    """Whether a line says the title once more, as pages do that print it above and inside the report."""
    one, other = ("".join(text.split()) for text in (title, line))
    return _names_report(line) and (one == other or one[:_SAME_TITLE] == other[:_SAME_TITLE])


def _list_items(lines: Iterable[_Line]) -> set[int]:
    """Return the starts of the items of lists: of one numbering, and a line of it ends in «；»."""
    items: set[int] = set()
    run: list[tuple[int, str, bool]] = []
    for line in lines:
        marker = line.marker if line.block.level is None else None
        if run and (marker is None or marker.family != run[-1][1]):
            items |= {start for start, _, _ in run} if any(ends for _, _, ends in run) else set()
            run = []
        if marker is not None:
            run.append((line.block.start, marker.family, line.text.endswith(("；", ";"))))
    return items | ({start for start, _, _ in run} if any(ends for _, _, ends in run) else set())


def _nothing_between(folded: str, before: Heading, heading: Heading) -> bool:
    return not folded[before.title_end : heading.start].strip(_STOPS_AND_BLANKS)


def _trim(folded: str, block: Block) -> tuple[int, int]:
    start, end = _strip(folded, block.start, block.end)
    furniture = _FURNITURE.match(folded, start, end) if folded[start:end].startswith("[") else None
    return (furniture.end() if furniture else start), end


def _strip(folded: str, start: int, end: int) -> tuple[int, int]:
    line = folded[start:end]
    return start + len(line) - len(line.lstrip()), start + len(line.rstrip())


def _read(folded: str, line: _Line) -> Heading | None:
    """Read a marked or styled heading from a line, or one in 【】 that runs into its paragraph."""
    start, end, marker, level = line.start, line.end, line.marker, line.block.level
    bracketed = _IN_BRACKETS.match(folded, start, end) if line.text[0] == "【" else None
    if bracketed:
        title_start, title_end = bracketed.span("title")
        runs_in = bool(folded[bracketed.end() : end].strip(_STOPS_AND_BLANKS))
        kind = kind_of_heading(bracketed["title"])
        return Heading(start, title_start, title_end, None, Shape.BARE, level, kind, runs_in)
    if (marker is None and level is None) or _CONTENTS_LINE.search(folded, start, end):
        return None
    title_start = start + (marker.length if marker else 0)
    title_end = _title_end(folded, title_start, end)
    if title_end <= title_start:
        return None
    kind = kind_of_heading(folded[title_start:title_end])
    shape = Shape.MARKED if marker else Shape.STYLED
    runs_in = bool(folded[title_end:end].strip(_STOPS_AND_BLANKS))
    return Heading(start, title_start, title_end, marker, shape, level, kind, runs_in)


def _title_end(folded: str, start: int, end: int) -> int:
    found = _TITLE_END.search(folded, start, end)
    stop = found.start() if found else end
    if stop - start > LONGEST_TITLE:
        comma = _COMMA.search(folded, start, stop)
        stop = comma.start() if comma else stop
    return start + len(folded[start:stop].rstrip(" 、，,.—-"))


def _stands_alone(lines: Sequence[_Line], at: int, captions: set[tuple[int, int] | None]) -> bool:
    """Whether a line is followed by what it could name: a longer paragraph, a table or another heading."""
    if at + 1 >= len(lines):
        return False
    own, following = lines[at], lines[at + 1]
    if following.block.place is not None or (following.start, following.end) in captions:
        return True
    return len(following.text) > len(own.text) + 8 or following.marker is not None


def _bare(folded: str, start: int, end: int) -> Heading | None:
    """Read an unnumbered heading: «2014年工作总结», «不足之处», or a short sentence that may fill a lost number."""
    line = folded[start:end]
    if _YEAR_TITLE.match(line) and not _CONTENTS_LINE.search(line):
        return Heading(start, start, end, None, Shape.YEAR_TITLE, None, kind_of_heading(line), False)
    text = line.rstrip("。:： ")
    balanced = line == text and _is_balanced(text)
    if len(text) > _LONGEST_BARE or (_NOT_BARE.search(text) and not balanced) or _DATE_LINE.match(text):
        return None
    if _CONTENTS_LINE.search(line):
        return None
    kind = kind_of_heading(text)
    shape = _bare_shape(line, text, kind)
    if (len(text) < 3 and kind is None) or _PICTURE.match(text) or (balanced and shape is Shape.SENTENCE):
        return None
    return shape and Heading(start, start, start + len(text), None, shape, None, kind, False)


def _is_balanced(text: str) -> bool:
    """Whether a line is a motto of two halves («强化服务，提升效能»), a heading although it has a comma."""
    found = _BALANCED.fullmatch(text)
    return found is not None and abs(len(found["first"]) - len(found["second"])) <= 5


def _bare_shape(line: str, text: str, kind: str | None) -> Shape | None:
    """Return how an unnumbered line is set, or None where it is no heading; `text` is the line without its stop."""
    if line.endswith("。"):
        return None if _NUMBERED_LIKE.match(text) else Shape.SENTENCE
    if line.endswith(("：", ":")) and (kind is None or _LEADS_TO_LIST.search(text)):
        return None
    if kind is None and (_BODY_NAME.search(text) or _NUMBERED_LIKE.match(text)):
        return None
    return Shape.CLOSING if kind in _CLOSING_KINDS else Shape.BARE
