"""The year that a report is about: from its title, its headings, its words, its file name, in this order."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date

from normalize.identity.report_period import Period, period_of_title, whole_year
from normalize.identity.signature import is_date_line
from normalize.values.years import YearMention, find_years

HEADING_LENGTH = 40
LEAST_WEIGHT = 2.0
DATE_WEIGHT = 3.0  # a report signed from January to April tells of the year before, one from November on of its own

_REPORT_LINE = re.compile(r"总结|年报|年度报告|工作报告|工作汇报|工作情况|工作回顾|述职|大事记|概况|情况报告|统计")
_PLAN_LINE = re.compile(r"计划|思路|打算|要点|设想|展望|规划|下一?步|明年|来年")
_REPORT_AND_PLAN = re.compile(r"总结|情况|回顾|年报")

# words beside a year that say what it is, and what one mention then weighs; the first that fits counts
_BEFORE = (
    (re.compile(r"截[止至]+(?:时间)?[到至]?\s?$"), 4.0),
    (re.compile(r"(?:[于自从较比和与]|同比|相比|成立|始建|建成|截至?自)\s?$"), 0.0),
    (re.compile(r"(?:评为|获得?|荣获|授予|表彰|颁发的?|[《“\"『「])\s?$"), 0.25),
)
_AFTER = (
    (re.compile(r"度[^。，；\n]{0,12}(?:先进|优秀|优胜|十佳|模范|文明|标兵|红旗|称号|奖)"), 0.25),
    (re.compile(r"\s?(?:以来|起|始|同期|相比|成立|建成|建馆|开馆|前)"), 0.0),
    (re.compile(r"[^。；\n]{0,15}(?:计划|打算|[将拟]|即将)"), 0.25),
    (re.compile(r"度?[,，、]|度?(?:我馆|全[年馆]|本馆|[市县区省]?图书馆)|1\s?[-—–至]\s?12月"), 2.0),
    (re.compile(r"度"), 1.5),
)


def report_period(title: str, folded: str, stem: str, signed: date | None) -> Period | None:
    """Return year and period of a report, or None where nothing tells; `signed` is the date that it bears.

    1. The title's year; 2. the year of the headings that name a report; 3. the year that the text states most, weighed
    by the words beside it (plans, history and awards count little or nothing) and by the date of the report;
    4. the file name, which also decides between years that the text states alike.
    """
    named = period_of_title(title) or _of_headings(folded)
    if named:
        return named
    weights = _weights(folded, signed)
    best = max(weights.values(), default=0.0)
    alike = [year for year, weight in weights.items() if weight >= LEAST_WEIGHT and weight == best]
    by_name = period_of_title(stem)
    if len(alike) == 1:
        return whole_year(alike[0])
    return by_name if by_name and (not alike or by_name.year in alike) else None


def _of_headings(folded: str) -> Period | None:
    """Return the period that most headings of a report name; of several alike the first."""
    named: list[Period] = []
    for line in folded.split("\n"):
        if line and line[0] != "\t" and _is_report_heading(line):
            period = period_of_title(line, bare=False)
            named += [period] if period else []
    return Counter(named).most_common(1)[0][0] if named else None


def _is_report_heading(line: str) -> bool:
    if len(line.strip()) > HEADING_LENGTH or line.rstrip().endswith(("。", "；", "，")):
        return False
    return bool(_REPORT_LINE.search(line)) and not is_date_line(line)


def _weights(folded: str, signed: date | None) -> dict[int, float]:
    weights: defaultdict[int, float] = defaultdict(float)
    in_plan = False
    for line in folded.split("\n"):
        if not line.startswith("\t") and 0 < len(line.strip()) <= HEADING_LENGTH:
            in_plan = bool(_PLAN_LINE.search(line)) and not _REPORT_AND_PLAN.search(line)
        if not in_plan and not is_date_line(line):
            for mention in find_years(line):
                weights[mention.year_to] += _weight(mention, line)
    if signed:
        weights = defaultdict(float, {year: weight for year, weight in weights.items() if year <= signed.year})
        weights[signed.year - (signed.month <= 4)] += DATE_WEIGHT if signed.month <= 4 or signed.month >= 11 else 1.0
    return dict(weights)


def _weight(mention: YearMention, line: str) -> float:
    before, after = line[max(0, mention.start - 8) : mention.start], line[mention.end : mention.end + 20]
    for pattern, weight in _BEFORE:
        if pattern.search(before):
            return weight
    at_start = 1.0 if not before.strip() or before.rstrip().endswith("。") else 0.0
    for pattern, weight in _AFTER:
        if pattern.match(after):
            return weight + (at_start if weight >= 1 else 0)
    return 1.0 + at_start
