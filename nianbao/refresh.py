"""Bring a store up to date with its inputs: read what is new or changed, forget what is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from nianbao.failures import content_hash, failed
from nianbao.hands import Hands, Piece
from nianbao.inputs import Input
from nianbao.pool import outcomes
from nianbao.reading import Reader, Reading, decoded, packed, reading
from nianbao.rules import fingerprint
from nianbao.steps import BEGIN, CLUSTER, DOCUMENT, Progress, Running, Step
from nianbao.store import Kept, Store
from nianbao.workers import DIED, MEMORY, TIME, Crew, Limits, Lost
from schemas.overlay import in_use

_WORTH = 20  # documents that a process more is worth: loading the words takes about as long as reading twice as many


class Tally(Struct, frozen=True):
    """How many documents there are; how many stood as they were, were read now, and of all these could not be read."""

    total: int
    kept: int = 0
    read: int = 0
    failed: int = 0

    @property
    def done(self) -> int:
        """How many are in the store."""
        return self.kept + self.read


def crew_of(jobs: int, limits: Limits) -> Crew[Input | Piece]:
    """Return the processes that read and write, which start when they are needed; `jobs` at most."""
    return Crew(partial(Hands, Reader, in_use()), limits, jobs)


def refresh(
    store: Store,
    inputs: Sequence[Input],
    running: Running,
    progress: Progress,
    crew: Crew[Input | Piece],
    *,
    debug: bool = False,
) -> Iterator[Tally]:
    """Read what must be read and keep each reading as it comes; yield the tally before the first and after each.

    A document is read again where its content, its source or the rules changed, where its content cannot be had, where
    a limit that it met is another one now, and where its process died, whatever of.
    """
    rules = fingerprint()
    kept = store.kept()
    store.forget(kept.keys() - {item.source for item in inputs})
    known = {} if running.force else kept
    todo = [item for item in inputs if not _current(item, known, _valid(rules, running.limits))]
    waiting = {item.source for item in todo}
    bad = sum(source not in waiting for (source,) in store.rows("SELECT source FROM reports WHERE status = 'failed'"))
    tally = Tally(len(inputs), len(inputs) - len(todo), failed=bad)
    progress(Step(BEGIN, tally.done, tally.total, tally.failed))
    yield tally

    def joined(dashboard: str) -> None:
        progress(Step(CLUSTER, tally.done, tally.total, tally.failed, dashboard=dashboard))

    for found, suffix in _readings(todo, running, joined, crew, debug=debug):
        store.put(found, rules + suffix)
        tally = replace(tally, read=tally.read + 1, failed=tally.failed + (found.status == "failed"))
        progress(_step(found, tally))
        yield tally


def _step(found: Reading, tally: Tally) -> Step:
    about = (found.source, found.status, round(found.seconds, 3), found.rows, found.error)
    return Step(DOCUMENT, tally.done, tally.total, tally.failed, *about)


def _current(item: Input, known: dict[str, Kept], valid: frozenset[str]) -> bool:
    row = known.get(item.source)
    return (
        row is not None and row.rules in valid and row.content is not None and row.content == content_hash(item.opener)
    )


def _valid(rules: str, limits: Limits) -> frozenset[str]:
    """Return what a reading that still holds may have been made with: the rules, and the limit that it met if any."""
    return frozenset({rules, rules + _met(TIME, limits), rules + _met(MEMORY, limits)})


def _met(reason: str, limits: Limits) -> str:
    return f" {reason} {limits.seconds if reason == TIME else limits.megabytes if reason == MEMORY else ''}"


def _readings(
    todo: Sequence[Input], running: Running, joined: Callable[[str], None], crew: Crew[Input | Piece], *, debug: bool
) -> Iterator[tuple[Reading, str]]:
    """Yield the readings, each with the limit that it met or ""."""
    if debug or not (running.jobs or running.cluster):
        for item in todo:
            yield _here(item, debug=debug)
        return
    worth = replace(running, jobs=min(running.jobs, 1 + len(todo) // _WORTH))
    for outcome in outcomes(todo, partial(Reader, in_use()), worth, joined, crew):
        if isinstance(outcome, Lost):
            yield _failed(outcome.task, _sentence(outcome, running.limits)), _met(outcome.reason, running.limits)
        else:
            yield decoded(outcome.result), ""


def _here(item: Input, *, debug: bool) -> tuple[Reading, str]:
    try:
        return reading(item, debug=debug), ""
    except MemoryError:
        return _failed(item, "reading it needs more memory than there is; close other programs"), f" {DIED}"


def _failed(item: Input, sentence: str) -> Reading:
    report = failed(item.opener, item.source, f"{item.source}: {sentence}")
    return packed(report, content_hash(item.opener))


def _sentence(lost: Lost[Input], limits: Limits) -> str:
    if lost.reason == TIME:
        return f"reading it took more than {limits.seconds:g} seconds, twice; give it more with --time-limit"
    if lost.reason == MEMORY:
        return f"reading it took more than {limits.megabytes} MB of memory, twice; give it more with --memory-limit"
    return f"the process that read it ended ({lost.ended}), twice; the next run tries it again"
