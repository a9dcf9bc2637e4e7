"""What was paid: a sum that names nothing is the price of what the sentence counted right before it as bought."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from normalize.facts.context import Context
from normalize.facts.reading import Reading
from schemas.metrics import Metric, metrics

_SUM = regex.compile(  # «，金额», «，共计总金额达», «（用款», but not 码洋 and 价值: what books are worth is not paid
    r"[\s，、（]*(?:共计?|合计|总计)?(?:采购|购书|订购)?(?:总?金额|总?款额|用款|花费|耗资)(?:共计?|合计|总计|达到?|约|为|是|近)*\s*"
)
_GIVEN = regex.compile("[捐赠]")
_NOT_BOUGHT = frozenset({"donations_received", "local_documents_acquired"})


def price_of(context: Context, told: Sequence[Reading]) -> Metric | None:
    """Return the metric of a sum that pays for what was counted before it («购书3000册，金额5万元»), or None.

    Alone, after a gift or after furniture it says no more than that it is a sum.
    """
    if context.quantity.family != "money" or not told or not _SUM.fullmatch(context.own):
        return None
    bought = metrics().get(told[-1].row.metric or "")
    if bought is None or bought.group != "acquisition" or bought.code in _NOT_BOUGHT or _GIVEN.search(context.carried):
        return None
    return metrics()["expenditure_acquisitions"]
