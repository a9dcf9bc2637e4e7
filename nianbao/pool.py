"""Who reads: the processes of this machine, or the workers of a cluster. Both take inputs and give outcomes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nianbao.hands import Piece
from nianbao.inputs import Input
from nianbao.steps import ClusterError, Running
from nianbao.worker import Prepare
from nianbao.workers import Crew, Outcomes


def outcomes(
    todo: Sequence[Input],
    prepare: Prepare[Input],
    running: Running,
    joined: Callable[[str], None],
    crew: Crew[Input | Piece],
) -> Outcomes[Input]:
    """Yield what comes of each input, as they finish; see nianbao.workers.run, and nianbao.cluster for a cluster.

    `crew` are the processes of this machine.

    `joined` is told where a cluster can be watched. Where there is nothing to do, no cluster is joined. Raises
    CannotStartError, ClusterError, ClusterLostError.
    """
    if running.cluster is None:
        yield from crew.finish(todo, running.jobs)  # type: ignore[misc]  # what is done is what was to be
    elif todo:
        yield from _cluster()(todo, prepare, running, joined)


def _cluster() -> Callable[..., Outcomes[Input]]:
    try:
        from nianbao.cluster import run_on_cluster  # noqa: PLC0415  heavy, and not there where it is not wanted
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("nianbao"):
            raise
        raise ClusterError(
            f"--cluster needs Dask, which is not installed ({error}); run `pip install nianbao[cluster]`"
        ) from error
    return run_on_cluster
