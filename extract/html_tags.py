"""The tags and entities of web pages that were pasted into a text: found, told apart, none of them trusted."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

import regex
from msgspec import Struct

TABLE_PARTS = frozenset({"table", "tr", "td", "th"})
_BREAKS = """
    caption thead tbody tfoot p div br hr li ul ol dl dt dd h1 h2 h3 h4 h5 h6 section article center pre blockquote
    html body header footer nav title form
"""
_INLINES = "a abbr b big col colgroup em font i img input label link meta o:p s small span strike strong sub sup u wbr"
BREAKS = TABLE_PARTS | frozenset(_BREAKS.split())
UNSEEN = frozenset({"head", "script", "style"})  # what they hold is not shown to a reader
_NAMES = "|".join(sorted(BREAKS | frozenset(_INLINES.split()) | UNSEEN, key=lambda name: (-len(name), name)))
_TOKEN = regex.compile(
    rf"""
      <[!?][^<>]*+>                                                            # a comment, <!DOCTYPE html>
    | <(?P<closing>/?)(?P<name>{_NAMES})(?=[\s/>])(?P<attributes>[^<>]*+)>     # a tag that pages use; <图书馆> is none
    | &(?:\#\d{{1,7}}|\#x[0-9a-f]{{1,6}}|[a-z]{{2,8}}\d{{0,2}});                # an entity
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_SPAN = regex.compile(r"""\b(?P<way>row|col)span\s*=\s*["']?\s*(?P<number>\d{1,4})""", regex.IGNORECASE)
_MOST_ROWS, _MOST_COLUMNS = 1000, 100  # larger spans are mistakes or attacks


class Tag(Struct, frozen=True):
    """A tag, a comment (name "") or an entity (name "&") at a half-open span; `text` is what an entity stands for."""

    start: int
    end: int
    name: str
    closing: bool = False
    text: str = ""
    row_span: int = 1
    column_span: int = 1


def find_tags(text: str) -> list[Tag]:
    """Return the tags, comments and entities of a text in order; what an unseen element holds counts as one comment.

    >>> [(tag.name, tag.text, tag.column_span) for tag in find_tags("<TD colspan='2'>a&lt;b &c <图书馆></td >")]
    [('td', '', 2), ('&', '<', 1), ('td', '', 1)]
    """
    if "<" not in text and "&" not in text:
        return []
    return list(_seen([tag for found in _TOKEN.finditer(text) if (tag := _tag(found))]))


def _tag(found: regex.Match[str]) -> Tag | None:
    name = (found["name"] or "").lower()
    if found[0][0] == "&":
        meant = html.unescape(found[0])
        return Tag(*found.span(), "&", text=meant.replace("\xa0", " ")) if meant != found[0] else None
    spans = {way.lower(): int(number) for way, number in _SPAN.findall(found["attributes"] or "")}
    rows, columns = max(1, spans.get("row", 1)), max(1, spans.get("col", 1))
    return Tag(*found.span(), name, bool(found["closing"]), "", min(rows, _MOST_ROWS), min(columns, _MOST_COLUMNS))


def _seen(tags: Sequence[Tag]) -> Iterator[Tag]:
    """Yield the tags, those from an unseen element's beginning to its end as one comment."""
    closings = {tag.name: at for at, tag in enumerate(tags) if tag.closing and tag.name in UNSEEN}
    hidden: Tag | None = None
    for at, tag in enumerate(tags):
        if hidden is not None:
            if tag.closing and tag.name == hidden.name:
                yield Tag(hidden.start, tag.end, "")
                hidden = None
        elif tag.name in UNSEEN and not tag.closing and closings.get(tag.name, -1) > at:
            hidden = tag
        else:
            yield tag
