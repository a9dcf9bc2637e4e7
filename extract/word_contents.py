"""The table of contents: a directory of the report and not its text, so its lines are told from the body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from extract.word_parts import Paragraph, Part

_TITLE = regex.compile(r"\s*(?:目\s*[录錄次]|contents|table of contents)\s*", regex.IGNORECASE)
_PAGE = regex.compile(r"(?:\t|[.…·．]{2,})\s*[-—]?\s*\d{1,4}\s*[-—]?\s*$")


def is_directory_line(text: str) -> bool:
    """Return whether a paragraph that stands in a directory is a line of it.

    What somebody wrote into the directory by mistake, whole sentences without a page number, is not.

    >>> is_directory_line("一、概况\\t1"), is_directory_line("我馆开放。")
    (True, False)
    """
    return "。" not in text or _PAGE.search(text) is not None


def with_title(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield the parts; a line «目录» right before a directory belongs to it."""
    held: list[Paragraph] = []
    for part in parts:
        if isinstance(part, Paragraph) and not part.is_contents and (_is_title(part) or (held and part.is_blank)):
            held.append(part)
            continue
        belongs = isinstance(part, Paragraph) and part.is_contents
        yield from (item._replace(is_contents=True) if belongs else item for item in held)
        held = []
        yield part
    yield from held


def _is_title(paragraph: Paragraph) -> bool:
    return len(paragraph.lines) == 1 and _TITLE.fullmatch(paragraph.lines[0]) is not None
