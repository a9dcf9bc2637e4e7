"""Which metrics were considered for a number, and why one of them won or none did."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from nianbao.explanation import Option, Reason
from normalize.facts.context import Context
from normalize.facts.metric_choice import Candidate
from schemas.metrics import Metric, metrics, split_cue
from schemas.overlay import from_vocabulary
from schemas.rows import FactRow

_DIGITS = Decimal("0.01")
_MOST_NEAR_MISSES = 5


def options(row: FactRow, context: Context, fits: tuple[Candidate, ...]) -> tuple[Option, ...]:
    """Return the metrics that fit, best first, then up to five whose words stand near and that are out, with why."""
    fitting = [
        Option(fit.metric.code, fit.metric.label, _score(fit), fit.cues, fit.metric.code == row.metric) for fit in fits
    ]
    known = {option.metric for option in fitting}
    misses = sorted(_near_misses(context, known), key=lambda option: -max(map(len, option.cues)))
    return (*fitting, *misses[:_MOST_NEAR_MISSES])


def _score(fit: Candidate) -> Decimal:
    return Decimal(str(fit.score)).quantize(_DIGITS)


def _near_misses(context: Context, known: set[str]) -> Iterator[Option]:
    near: dict[str, dict[str, None]] = {}
    text = f"{context.own}\n{context.noun}"
    for code, side, word in _last_cues():
        if word in text and _stands_near(side, word, context):
            near.setdefault(code, {})[word] = None
    for code, words in near.items():
        if code not in known:
            metric = metrics()[code]
            yield Option(code, metric.label, None, tuple(words), False, _why_out(metric, context))


@from_vocabulary
@cache
def _last_cues() -> tuple[tuple[str, str, str], ...]:
    """Return (metric, side, word) of the last group of each way of saying a metric, in the order of the vocabulary."""
    return tuple(
        (code, *split_cue(cue)) for code, metric in metrics().items() for way in metric.cues for cue in way[-1]
    )


def _words_near(cues: list[str] | tuple[str, ...], context: Context) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for side, word in map(split_cue, cues) if _stands_near(side, word, context)))


def _stands_near(side: str, word: str, context: Context) -> bool:
    return (side != "after" and word in context.own) or (side in {"after", "near"} and word in context.noun)


def _why_out(metric: Metric, context: Context) -> str:
    family, unit = context.quantity.family, context.quantity.unit
    if family is None and not metric.blank:
        return "needs a measure word"
    if family is not None and family not in metric.families and family != "percent":
        return f"is not counted in {unit} ({family})"
    if metric.units and unit not in metric.units:
        return f"is counted in {'、'.join(metric.units)} only"
    refused = _words_near(metric.refused, context)
    return f"is forbidden by «{refused[0]}»" if refused else "its other words are missing, or these are part of others"


def metric_reason(row: FactRow, context: Context, fits: tuple[Candidate, ...]) -> Reason:
    """Return the metric of a fact, or none, with the reason."""
    if row.metric is None:
        return Reason("metric", "none", _why_none(row, context, fits))
    won = next((fit for fit in fits if fit.metric.code == row.metric), None)
    if won is None:
        return Reason("metric", row.metric, _why_of_neighbours(metrics()[row.metric], context))
    return Reason("metric", row.metric, _why_won(won, fits))


def _why_of_neighbours(metric: Metric, context: Context) -> str:
    side = next((word for word in metric.side if word in context.own), None)
    if side:
        return f"«{side}» names a side of the {metric.whole} told before it"
    if "新" in context.own and any(stock.added == metric.code for stock in metrics().values()):
        return "what was added to the stock told before it"
    return "no words of its own: it is that of a number before or after it"


def _why_won(won: Candidate, fits: tuple[Candidate, ...]) -> str:
    words = "、".join(f"«{cue}»" for cue in won.cues)
    rivals = [fit for fit in fits if fit is not won]
    if not rivals:
        return f"{words}; no other metric fits"
    lead = Decimal(str(won.score - rivals[0].score)).quantize(_DIGITS)
    place = f"{lead} ahead of" if lead > 0 else "level with, and listed before," if lead == 0 else f"{-lead} behind"
    return f"{words}; {place} {rivals[0].metric.code}"


def _why_none(row: FactRow, context: Context, fits: tuple[Candidate, ...]) -> str:
    if row.measure == "share":
        return "a share of a whole is no indicator"
    if not fits:
        return "no word of a metric that is counted so stands near it"
    best = fits[0].metric.code
    if "人均" in context.own:
        return f"{best} fits, but the number is so much a head"
    if row.scope != "institution":
        return f"{best} fits, but the number is about {_article(row.scope)}, not the whole library"
    if "其中" in context.clause or row.part_of:
        return f"{best} fits, but the number is part of another that bears it"
    return f"{best} fits, but the words around it do not say that it is the library's"


def _article(scope: str) -> str:
    return {"event": "one event", "branch": "one branch", "other": "something else"}.get(scope, scope)
