"""The indicator that a number is: the best candidate that its scope and its neighbours leave possible."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import cache

from normalize.facts.attendance import attendance_of
from normalize.facts.changes import is_aside_base, is_base, is_elliptical, is_multiple, reaches
from normalize.facts.context import Context
from normalize.facts.meaning import measure_of
from normalize.facts.metric_choice import Candidate
from normalize.facts.prices import price_of
from normalize.facts.reading import Reading
from normalize.facts.scope import goes_on_about_event
from schemas.metrics import Metric, metrics
from schemas.overlay import from_vocabulary

_STANDING = {"collection", "facility"}  # groups of stocks that a happening does not make its own
_ONLY_WHEN = re.compile(  # «1—6月4.4万人次，下半年4.1万人次»
    r"[，、\s]*(?:其中)?(?:[上下]半年|第?[一二三四]季度|\d{1,2}(?:[—~-]\d{1,2})?月份?)[为是有达]?$"
)
_VENUE = re.compile(r"“[^”]{0,8}(?:室|吧|厅|屋|角|书房|驿站|园|舱)”(?![^，。；]{0,4}(?:活动|工程))")
_NO_SUBJECT = re.compile(r"[，\s]*(?:日均|平均|每[天日周月]|共计?|单日|最高|最多|周末|暑期)*(?:接待|服务|外借|借出)")
_WHOLE_LIBRARY = re.compile(r"全年|全馆|我馆|本馆|总馆|累计|年度")
_GREW = re.compile(
    r"(?:增长|增加|提高|上升|[较比][^，。；\d]?(?:\d{4})?[年上去]年?度?|同比)了?近?$"
)  # «较上年翻一番», but not «约为馆舍的2倍»
_ADDS = re.compile(  # «，当年新增», «，其中今年新办»
    r"[，、（\s]*(?:其中)?(?:当年|今年|本年度?|全年|年内)?(?:新增加?|新办|新建|新购|新设|新发展)了?\s?$"
)
_SIDE = re.compile(r"[，、（和及\s]*(?:其中)?(?P<side>[^\W\d_]{1,6}?)(?:读者|活动|部分|占|有|为|达|约)*")
_SEASON = re.compile(r"季度|半年|\d月")


def metric_of(
    context: Context, fits: Sequence[Candidate], aggregation: str, scope: str, told: Sequence[Reading]
) -> Metric | None:
    """Return the best metric that the number's scope and its neighbours leave possible.

    1. A rate has the metric of its own words, else that of the number before it in the sentence; a share has none but
       one that is a share itself; a change or a new value that names nothing has that of what it changes.
    2. «31种139册», «10多种（60余册）» count one thing in titles and in volumes, under one metric.
    3. «讲座24场，参与3200人次»: those who came are of what was counted before; «其中线上30场» is a side of it;
       «购书3000册，金额5万元» is what was paid for it.
    4. A part of the number before («其中…») does not have the metric of the whole; a number a head has none.
    5. What is told of a room with a name in quotation marks («“绿色网吧”接待…») is not the use of the library.
    6. A number of one happening, branch or other thing is an indicator of the library only where the vocabulary says
       that the metric is one even then, or where it is a standing stock told in passing.
    """
    before = told[-1] if told else None
    known = metrics().get(before.row.metric) if before and before.row.metric else None
    if context.quantity.family == "percent":
        return _metric_of_percent(context, fits, known)
    same = known if before and known and _counts_the_same(before.context, context) else None
    came = attendance_of(context, told) if scope == "institution" and context.happening is None else None
    paid = price_of(context, told) if scope == "institution" and context.happening is None else None
    if neighbours := same or came or paid or _side_of(context, told):
        return neighbours
    fits = [fit for fit in fits if _is_named(fit, context)]
    if not fits:
        return _inherited(context, told)
    metric = _chosen(fits, {reading.row.metric for reading in told})
    if before and known is metric and _is_part(context, aggregation) and not _is_part(before.context, "total"):
        return None
    if metric.group == "use" and _is_of_venue(context):
        return None
    of_branch = scope == "branch" and metric.group == "use"
    if scope == "institution" or (aggregation in metric.in_event and not of_branch):
        return metric
    if scope == "event" and context.happening is None and not goes_on_about_event(context):
        return metric  # its own words say what it is, louder than a contest named in passing
    standing = not metric.flow and metric.group in _STANDING and any(cue in context.own for cue in fits[0].cues)
    return metric if scope == "event" and standing else None


def _counts_the_same(before: Context, context: Context) -> bool:
    families = (before.quantity.family, context.quantity.family)
    adjacent = context.mention.start - before.mention.end <= 1 and not context.own.strip()
    return adjacent and families in {("title", "volume"), ("title", "loan")}


def _metric_of_percent(context: Context, fits: Sequence[Candidate], known: Metric | None) -> Metric | None:
    changes = measure_of(context, has_own_flow=False) == "rate" and (
        context.quantity.unit != "倍" or _GREW.search(context.own)
    )
    if changes or is_multiple(context.own):
        return fits[0].metric if fits else known
    return next((fit.metric for fit in fits if "percent" in fit.metric.families), None)


def _inherited(context: Context, told: Sequence[Reading]) -> Metric | None:
    """Return the metric of what a number changes or comes to, where its own words do not name it."""
    comes_to = reaches(context.own) and told and is_base(told[-1].context.own)
    if _ADDS.match(context.own) and (added := _added_to(context, told)):
        return added
    if not (is_elliptical(context.own) or is_aside_base(context.own) or comes_to or _ONLY_WHEN.match(context.own)):
        return None
    return _alike(context, told)


def _alike(context: Context, told: Sequence[Reading]) -> Metric | None:
    """Return the metric of the last number of the sentence that counts in units of this number's kind, or None."""
    family = context.quantity.family
    alike = (reading for reading in reversed(told) if reading.context.quantity.family == family and reading.row.metric)
    whose = next(alike, None)
    return metrics()[whose.row.metric] if whose and whose.row.metric else None


def _added_to(context: Context, told: Sequence[Reading]) -> Metric | None:
    """Return the metric of what was added to the stock told before («持证读者8600人，当年新增320人»), or None."""
    stock = _alike(context, told)
    return metrics()[stock.added] if stock and stock.added else None


def _side_of(context: Context, told: Sequence[Reading]) -> Metric | None:
    """Return the metric of one side of what was told before, where no more than the side is named («其中线上30场»)."""
    named = _SIDE.fullmatch(context.own) if told else None
    whole = _alike(context, told) if named else None
    return _sides().get((whole.whole or whole.code, named["side"])) if named and whole else None


@from_vocabulary
@cache
def _sides() -> dict[tuple[str, str], Metric]:
    """Return the metrics of sides by the code of their whole and the word that names them, the first listed of each."""
    every = reversed([metric for metric in metrics().values() if metric.side])
    return {(metric.whole or "", word): metric for metric in every for word in metric.side}


def _is_of_venue(context: Context) -> bool:
    """Whether a part of the library with a name in quotation marks is what the sentence speaks of."""
    told = context.carried + context.own
    if "”" not in told or ("”" not in context.clause and not _NO_SUBJECT.match(context.own)):
        return False
    venues = list(_VENUE.finditer(told))
    return bool(venues) and not _WHOLE_LIBRARY.search(told, venues[-1].end())


def _is_named(fit: Candidate, context: Context) -> bool:
    """Whether a metric may be meant: «人均» asks for one that is itself so many a head."""
    return "人均" not in context.own or any("人均" in cue for cue in fit.cues)


def _chosen(fits: Sequence[Candidate], told: Set[str | None]) -> Metric:
    """Return the best metric: a part with a code of its own where its whole is told before it, else no such part."""
    codes = {fit.metric.code for fit in fits}
    parts = [fit.metric for fit in fits if fit.metric.whole in told - {None}]
    return parts[0] if parts else next(fit.metric for fit in fits if fit.metric.whole not in codes)


def _is_part(context: Context, aggregation: str) -> bool:
    """Whether a number is a part of one before it; a mean, a peak or a season of it is the indicator itself."""
    return "其中" in context.clause and aggregation == "total" and not _SEASON.search(context.own)
