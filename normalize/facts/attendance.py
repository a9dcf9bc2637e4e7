"""How many came: a number that says no more than «参与…人次» is of what the sentence counted last before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normalize.facts.context import Context
from normalize.facts.reading import Reading
from schemas.metrics import Metric, metrics

_CAME = re.compile(  # «，参与», «，吸引市民», «，受众达», «，参加人数共计»
    r"""[\s，、和及（]*(?:共计?|累计|总共|合计|先后|现场|线下)?(?:有|约|近|超)?
        (?:参与|参加|参训|受训|惠及|服务|吸引|受众|受益|听众|观众|学员|到场|覆盖|听讲|听课|参观|观展|参观者)了?
        (?:读者|群众|市民|学员|学生|师生|居民|村民|农民|少儿|家长|儿童|人员|总?人数|总?人次)?(?:总?人数|总?人次)?
        (?:共计?|合计|约|达到?了?|近|为|有|超过?)*""",
    re.VERBOSE,
)
_LISTED = re.compile(r"\s*[、，和与及]\s*约?")
_ONE_SIDE = re.compile(r"[，、（和及\s]*(?:其中)?(?:线下|现场|成人)(?:活动)?")  # «线上30场、线下56场，参与…»
_LEADS_TO_WHO = re.compile(r"[\s，、（]*(?:共计?|累计|合计)?(?:有|约|近|吸引了?)*")
_WHO_CAME = re.compile(
    r"的?(?:读者|群众|市民|学员|学生|师生|居民|村民|家长)?(?:到场)?(?:参与|参加|受益|听讲|聆听|听课|参训|观看|参观)"
)


def attendance_of(context: Context, told: Sequence[Reading]) -> Metric | None:
    """Return the metric of those who came to what the sentence counted before («讲座24场，参与3200人次»), or None.

    Of several kinds counted side by side («讲座24场、展览6场，参与…») they came to activities, unless «分别» gives each
    kind its own («参加人员分别为1200人次、600人次»).
    """
    if context.quantity.family not in {"attendance", "person"} or not told:
        return None
    if shared := _shared_out(context, told):
        return shared
    if not _says_who_came(context):
        return None
    known = metrics()
    came_to = {metric.attended: None for metric in _counted(context, told) if metric.attended}
    if not came_to:
        return None
    return known[next(iter(came_to))] if len(came_to) == 1 else known["activity_participants"]


def _shared_out(context: Context, told: Sequence[Reading]) -> Metric | None:
    """Return the metric of those who came to what stands at this number's place in the list before «分别», or None."""
    place = 0
    while place < len(told) and _LISTED.fullmatch((told[-place].context if place else context).own):
        place += 1
    head = told[-place].context if place else context
    counts = told[: len(told) - place]
    if "分别" not in head.own or not _CAME.fullmatch(head.own.partition("分别")[0]):
        return None
    came_to = [metric.attended for metric in _counted(head, counts) if metric.attended][::-1]
    return metrics()[came_to[place]] if place < len(came_to) > 1 else None


def _says_who_came(context: Context) -> bool:
    if _CAME.fullmatch(context.own):
        return True
    return bool(_LEADS_TO_WHO.fullmatch(context.own) and _WHO_CAME.match(context.noun))


def _counted(context: Context, told: Sequence[Reading]) -> Iterator[Metric]:
    """Yield what was counted right before, backwards, to the first number that is of nothing one can come to."""
    known = metrics()
    for reading in reversed(told):
        metric = known.get(reading.row.metric or "")
        if metric is None and _ONE_SIDE.fullmatch(reading.context.own):
            continue
        if metric is None or not metric.attended or not _in_one_part(reading.context, context):
            return
        yield metric


def _in_one_part(before: Context, context: Context) -> bool:
    first, second = (before.carried + before.own)[:4], (context.carried + context.own)[:4]
    return first.startswith(second) or second.startswith(first)
