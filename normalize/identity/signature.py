"""The day that a report itself bears: a lone date at its head or under its last line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from normalize.values.years import FULL_DATE, full_date

HEAD_LINES, FOOT_LINES, PAGE_LINES = 3, 5, 8

# what may stand beside the date on its line: a label before it, a signature of a body, a weekday, brackets
_BEFORE = re.compile(
    r"[\s(（]*(?:(?:发布|成文|填报|上报|报送|落款|制表)?(?:日期|时间)[:：])?|.{2,25}[馆局室部会][\s,，]*"
)
_AFTER = re.compile(r"[\s)）。]*(?:星期[一二三四五六日天])?[\s)）。]*")

# how the page that a report was copied from says when it was put there: 发布时间：2021-03-05 来源：…
_PAGE_DATE = re.compile(rf"(?:发布|发表|成文|印发)(?:日期|时间)[:：]\s?(?:{FULL_DATE.pattern})", FULL_DATE.flags)


def published(folded: str) -> date | None:
    """Return the date of the report, or None; a month without a day («二〇二一年三月») is no date.

    Lines that are a date and nothing more than a label or the name of a body beside it count: the last one of the last
    five lines, else the first one of the first three. Cells of tables do not.

    >>> published("图书馆概况\\n一、馆舍\\n醴陵市图书馆\\n二〇一四年十二月二十六日\\n")
    datetime.date(2014, 12, 26)
    """
    lines = [line for line in folded.split("\n") if line and not line.isspace()]
    foot = list(_dates(lines[-FOOT_LINES:]))
    head = list(_dates(lines[:HEAD_LINES]))
    page = [] if foot or head else list(_page_dates([*lines[:PAGE_LINES], *lines[-PAGE_LINES:]]))
    return foot[-1] if foot else (*head, *page, None)[0]


def is_date_line(line: str) -> bool:
    """Return whether a folded line is a lone date."""
    return any(True for _ in _dates([line]))


def _page_dates(lines: list[str]) -> Iterator[date]:
    for line in lines:
        match = None if line.startswith("\t") else _PAGE_DATE.search(line)
        day = full_date(match) if match else None
        if day:
            yield day


def _dates(lines: list[str]) -> Iterator[date]:
    for line in lines:
        match = None if line.startswith("\t") or len(line) > 60 else FULL_DATE.search(line)
        if match and _BEFORE.fullmatch(line[: match.start()]) and _AFTER.fullmatch(line[match.end() :]):
            day = full_date(match)
            if day:
                yield day
