"""Periods: which days a number covers, and which days a happening takes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter

from msgspec.structs import replace

from normalize.facts.changes import reaches
from normalize.facts.context import Context, section_at
from normalize.facts.meaning import is_planned, is_titled_plan
from normalize.facts.reading import Reading
from normalize.values.calendar import Period, read_period
from schemas.document import Doubt
from schemas.mentions import DateMention, Extraction, Happening, Section
from schemas.metrics import Metric
from schemas.rows import EventRow

_JOINS = re.compile(r"^[^。；\n]{0,6}?[,，]?\s*(?:一直)?(?:到|至|—|-)\s*$")
_LEADS = re.compile(r"(?:^|[，。；：、,;:\n（(])[^，。；：、,;:\d]{0,3}$")  # a date that a clause begins with says when
_HISTORY = re.compile(r"^[^，。；]{0,8}(?:成立|始建|建成|建馆|创建|创办|开馆|落成|投入使用|修建|扩建|重建|搬迁|建立)")
_SINCE_OPENED = re.compile(r"(?:建馆|开馆|开放|成立|启用|落成|使用|运行|创办|建成)(?:以来|至今)")
_OF_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)年?末?的?$")
_OF_LAST_YEAR = re.compile(r"(?:上一?年度?|去年度?|前年)(?:同期|全年|[年]?[末底])?的$")
_IS_COMPARED = re.compile(r"(?:[比较与同和是为达]|相[比较]于|相当于)\s*$")  # «比上年», «与上年相比», «是上年的»
_IS_LESS = re.compile(r"[比较]于?\s*$")  # «比2013年的28万人次增长8%，外借»: only its own number is dated
_COMPARES = re.compile(
    r"""(?:同期|全年|[年]?[末底])?[^，。；\d]{0,4}
        (?:相比|比较|一样|相同|相当|持平|的?\s?\d|的$|的?[比较]|的?[一二两三四五六七八九]成)
      | (?:同期|[年]?[末底])?(?:净|共|分别)?(?:增|减|多|少|上升|提高|下降|降|持平|相当)""",
    re.VERBOSE,
)
# «（上年为28万人次），», «，上年为28万人次，»: the date of one number that stands beside another
_WAS_THEN = re.compile(r"[^（）()]++[）)] | (?:同期|全年|度)?(?:数?值|数)?[为是]\s*+[约近]?\d[^，。；]*+，", re.VERBOSE)
_ASIDE = re.compile(r"(?:同期|全年)?(?:数?值|数)?[为是]?\s?\d")  # «，上年值为49.1万册次»: of this number alone
_OF_A_THING = re.compile(r"年?(?:注册|出版|发行|购置|购买|采购|引进|开通|建成|开放|启用)的")  # «2021年注册的小程序»
_WAS = re.compile(r"[由从自](?:原来|原先|过去|以前|原有)?的?$")
_WHOLE_YEAR = re.compile(r"[，；、,;](?:预计|力争|争取|确保)?(?:全年|年内|本年度|年度|年购|年接待|年订|截[止至]目前)")
_ENDS_OF_A_YEAR = frozenset("0123456789年末的")
_CAME_TO_BE = re.compile(r"建成|建起|建立|新建|新增|增设|开设|设立|发展|办成")
_NUMBERED_PART = re.compile(r"\s{0,2}(?:[①-⑳]|[（(]?\d{1,2}[）)．、])")
_START = attrgetter("start")
_LASTS, _UP_TO = frozenset("底末"), frozenset("到至")
_AT_THE_HEAD = 8  # characters of a sentence before a date that leads all of it
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TOLD_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=\s?年)")  # in a sentence «购书2000册» names none


@lru_cache(maxsize=64)
def year_period(year: int | None) -> Period | None:
    """Return 1 January to 31 December of a year, or None where the year is not known."""
    return Period(date(year, 1, 1), date(year, 12, 31)) if year else None


def happening_period(happening: Happening, found: Extraction, year: int | None) -> Period | None:
    """Return the days of a happening: those of its first date, up to the one that «到…» or «截至…» joins to it.

    A date without a year is in the report's year; in a plan it is in the year that is planned.
    """
    first = happening.dates[0]
    if not first.year and not first.relative:
        section = section_at(found.sections, happening.start)
        told = found.folded[happening.start : happening.end]
        year = planned_year(section, found, year) if is_planned(found, section, told) else year
    period = read_period(first, year)
    if period is None:
        return None
    end = period.end
    for before, after in zip(happening.dates, happening.dates[1:], strict=False):
        if found.folded[after.start] == "截" or _JOINS.match(found.folded[before.end : after.start]):
            later = read_period(after, period.start.year)
            if later is not None and later.end > end:
                end = later.end
    return Period(period.start, end, period.doubts)


def lengthened(period: Period, days: int | None) -> Period:
    """Return a period of one day as one of so many days, where its telling says how many; any other unchanged."""
    if not days or period.start != period.end or not 1 < days <= 366:
        return period
    return Period(period.start, period.start + timedelta(days=days - 1), period.doubts)


def period_of(
    context: Context, metric: Metric | None, planned: bool, found: Extraction, year: int | None
) -> Period | None:
    """Return the days that a number outside any dated happening covers.

    1. «截至…»: for a stock that day, for a flow the year (or what «自…起» says) up to that day.
    2. Another date that leads a clause before the number in its sentence: its days; «…以来» to the end of the year.
    3. In a plan: the year that the section's heading or the sentence names, else the year after the report's.
    4. What a level rose or fell from, without a date of its own: the year before the report's.
    5. Else the report's year; no days for what is counted since a house was opened («自新馆开放以来»). A year that
       stands right before the number («比2010年的…») goes before 2.
    """
    before = _within(found.dates, context.sentence.start, context.mention.start)
    stock = metric is not None and not metric.flow
    told = _cut_off(context, stock, found, before, year) if before else None
    if told is not None:
        return told
    of_year = _OF_YEAR.search(context.own) if context.own[-1:] in _ENDS_OF_A_YEAR else None
    if of_year and context.quantity.family != "percent":  # «由2010年的56小时», «比2013年的28万人次»
        return year_period(int(of_year["year"]))
    of_last = _OF_LAST_YEAR.search(context.own) if context.own[-1:] == "的" else None
    if of_last and year and context.quantity.family != "percent":  # «较上年的30万元»
        return year_period(year - (2 if of_last[0][0] == "前" else 1))
    told = _led(context, stock, found, before, year) if before else None
    if told is not None:
        return told
    if year and not planned and _WAS.search(context.own) and reaches(context.noun):  # «由1300平方米扩至2100平方米»
        return year_period(year - 1)
    if not stock and _SINCE_OPENED.search(context.carried + context.own):
        return None
    return year_period(_planned_year(context, found, year) if planned else year)


def _within(dates: Sequence[DateMention], start: int, end: int) -> Sequence[DateMention]:
    """Return the dates that begin in a span; `dates` are in order."""
    first = bisect_left(dates, start, key=_START)
    last = first
    while last < len(dates) and dates[last].start < end:
        last += 1
    return dates[first:last]


def _cut_off(
    context: Context, stock: bool, found: Extraction, before: Sequence[DateMention], year: int | None
) -> Period | None:
    """Return the period that «截至…» before the number ends, or None where none does."""
    part, at = 0 if stock else _part(context, found), context.mention.start
    cutoff = next((d for d in reversed(before) if _bounds(found.folded, d) and d.start >= part), None)
    period = None if cutoff is None else read_period(cutoff, year)
    if cutoff is None or period is None or (not stock and _WHOLE_YEAR.search(found.folded, cutoff.end, at)):
        return None
    if stock:
        return Period(period.end, period.end)
    since = _up_to(period.end, before, year)
    if since is None and found.folded[cutoff.start] != "截":
        return Period(date(period.end.year, 1, 1), period.end)
    return since or _since_before(period.end, context, found, year)


def _led(
    context: Context, stock: bool, found: Extraction, before: Sequence[DateMention], year: int | None
) -> Period | None:
    """Return the days of the last date before the number that says when, or None where none does."""
    part = _part(context, found)
    numbered = part > context.sentence.start and _NUMBERED_PART.match(found.folded, part) is not None
    for date_ in reversed(before):
        past = stock and _is_past(date_, year) and not (date_.open_start and _CAME_TO_BE.search(context.own))
        if (
            past
            or (date_.start < part and _is_over(date_, context, numbered=numbered))
            or not _says_when(found.folded, context, date_)
        ):
            continue
        told = read_period(date_, year)
        if told is not None and date_.open_start and year:
            return Period(told.start, max(told.end, date(year, 12, 31)))
        return told
    return None


def _bounds(folded: str, mention: DateMention) -> bool:
    """Whether a date says up to when something is counted («截至5月», «到年底»)."""
    start = mention.start
    return folded[start] == "截" or (mention.part[-1:] in _LASTS and folded[start - 1 : start] in _UP_TO)


def _part(context: Context, found: Extraction) -> int:
    """Return where the part of the sentence begins that a number stands in: after the last semicolon before it."""
    span = context.sentence.start, context.mention.start
    return max(found.folded.rfind("；", *span), found.folded.rfind(";", *span), span[0] - 1) + 1


def _is_over(mention: DateMention, context: Context, *, numbered: bool) -> bool:
    """Whether a date of an earlier part of the sentence says nothing of later parts.

    So do a day and one told in passing; where the parts are numbered («①5月，…；②…»), any.
    """
    leads = mention.start - context.sentence.start < _AT_THE_HEAD
    return not mention.open_start and (bool(mention.day) or not leads or numbered)


def _is_past(mention: DateMention, year: int | None) -> bool:
    """Whether a date tells when something came to be rather than when a stock was counted."""
    return bool(mention.month) or (bool(mention.year) and mention.year != str(year))


def _up_to(end: date, before: Sequence[DateMention], year: int | None) -> Period | None:
    """Return the period from the «自…起» of a sentence to a day, or None where the sentence has none."""
    since = next((p for d in before if d.open_start and (p := read_period(d, year)) is not None), None)
    return Period(min(since.start, end), end) if since else None


def _since_before(end: date, context: Context, found: Extraction, year: int | None) -> Period:
    """Return the period to a day, from the month that the paragraph said before («自3月起，…。截至11月…»)."""
    line = found.folded.rfind("\n", 0, context.sentence.start) + 1
    told = (read_period(d, year) for d in _within(found.dates, line, context.sentence.start) if d.open_start)
    starts = [period.start for period in told if period and period.start.year == end.year and period.start <= end]
    return Period(starts[-1] if starts else date(end.year, 1, 1), end)


def _says_when(folded: str, context: Context, mention: DateMention) -> bool:
    if _bounds(folded, mention):
        return False
    lead = folded[max(context.sentence.start, mention.start - 8) : mention.start]
    after = folded[mention.end : context.mention.start]
    if lead.endswith(("“", "《")) or _OF_A_THING.match(after):
        return False  # a name («“五月宣传周”»)
    if _IS_LESS.search(lead) or (_IS_COMPARED.search(lead) and _COMPARES.match(after)):
        return False  # a year that the number, or one before it, is compared with
    if _WAS_THEN.match(after):
        return False  # a year that another number beside it is of
    if _WHOLE_YEAR.search(after) or (_ASIDE.match(after) and mention.relative):
        return False  # «1—11月进馆41万人次，全年45万人次»; «上年为49万册次，新办证300张»
    return bool(_LEADS.search(lead)) and not _HISTORY.match(after)


def planned_year(section: Section | None, found: Extraction, year: int | None) -> int | None:
    """Return the year that a plan is for: the one its heading names, else the year after the report's.

    Outside a plan section it is the report's own year: «9月将举办…» in a report is about that September. So it is in
    a document whose title makes it the plan of its year («2014年工作计划»).
    """
    if year is None:
        return None
    coming = year if is_titled_plan(found) else year + 1
    while section is not None:
        if section.kind == "plan":
            named = [int(text) for text in _YEAR.findall(section.title)]
            return max(named) if named else coming
        section = found.sections[section.parent] if section.parent is not None else None
    return year


def _planned_year(context: Context, found: Extraction, year: int | None) -> int | None:
    told = [int(text) for text in _TOLD_YEAR.findall(found.folded[context.sentence.start : context.mention.start])]
    if told:
        return max(told)
    planned = planned_year(context.section, found, year)
    return planned if planned != year or not year or is_titled_plan(found) else year + 1


def as_long_as_told(readings: Sequence[Reading], events: Sequence[EventRow]) -> tuple[Reading, ...]:
    """Return the numbers told in a happening of one day with its days, where its telling says that it lasted longer."""
    longer = {event.char_start: event for event in events if event.start_date and event.end_date != event.start_date}
    return tuple(_lengthened_with(reading, longer) for reading in readings) if longer else tuple(readings)


def _lengthened_with(reading: Reading, events: Mapping[int, EventRow]) -> Reading:
    row, happening = reading.row, reading.context.happening
    event = events.get(happening.start) if happening else None
    if event is None or not row.period_start == row.period_end == event.start_date:
        return reading
    return replace(reading, row=replace(row, period_end=event.end_date))


def approximate_dates(found: Extraction, readings: Sequence[Reading], year: int | None) -> Iterator[Doubt]:
    """Yield the doubt approximate_date of every holiday or vacation that gives a number of prose its period."""
    near = [mention for mention in found.dates if mention.rule == "date_holiday" and mention.part]
    if not near:
        return
    told = {(item.context.sentence.start, item.row.period_start, item.row.period_end) for item in readings}
    for mention in near:
        period = read_period(mention, year)
        at = bisect_right(found.sentences, mention.start, key=_START) - 1
        if period is not None and at >= 0 and (found.sentences[at].start, period.start, period.end) in told:
            yield from period.doubts


def out_of_year(period: Period, mention: DateMention, year: int | None, text: str) -> Doubt | None:
    """Return the doubt date_out_of_year where a date without a stated year falls outside the report's year."""
    if year is None or mention.year or mention.relative or period.start.year == year:
        return None
    return Doubt("date_out_of_year", f"«{text}» is outside the report's year {year}.", mention.start, mention.end)
