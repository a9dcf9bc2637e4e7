"""Putting a finished output in the place of the earlier one, so that a run killed in between can be finished later.

OUT/.nianbao is the workshop: not part of the output, and left alone where outputs are replaced. `next` in it is the
output being written, `old` the one being replaced, and while things are renamed the journal says which.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

WORKSHOP = ".nianbao"

_NEXT, _OLD, _JOURNAL = "next", "old", "placing.json"


class Names(Struct, frozen=True):
    """The top names of the outputs: `removed` first to last, then `put`, the one that stands for the whole last."""

    removed: tuple[str, ...]
    put: tuple[str, ...]


@contextmanager
def replacing(out: Path, names: Callable[[Path], Names]) -> Iterator[Path]:
    """Yield a new folder for the output; at the end all its entries, which `names` tells of it, are put into `out`.

    1. Until everything is written, the earlier output stands.
    2. Then a journal is written, the earlier entries are taken away and the new ones put there by renaming. Where a
       step fails, the earlier ones are put back and the error goes on.
    3. A run that is killed leaves the journal; `finish` in the next run does what it did not.
    """
    workshop = out / WORKSHOP
    made = [folder for folder in (workshop, out) if not folder.exists()]
    workshop.mkdir(parents=True, exist_ok=True)
    finish(out)
    folder = workshop / _NEXT
    folder.mkdir()
    try:
        yield folder
        _place(out, names(folder))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    finally:
        with suppress(OSError):  # where something is in it, it stays
            for empty in made:
                empty.rmdir()


def finish(out: Path) -> None:
    """Bring an output whose placing was cut off to its end, and remove what a killed run left in the workshop."""
    workshop = out / WORKSHOP
    with suppress(FileNotFoundError, NotADirectoryError):
        _forward(out, _journal(workshop))
    _clean(workshop)


def _place(out: Path, names: Names) -> None:
    workshop = out / WORKSHOP
    (workshop / _OLD).mkdir()
    draft = workshop / f"{_JOURNAL}.draft"
    draft.write_text(json.dumps({"removed": names.removed, "put": names.put}), encoding="utf-8")
    draft.rename(workshop / _JOURNAL)
    try:
        _forward(out, names)
    except BaseException:
        _back(out, names)
        _clean(workshop)
        raise
    _clean(workshop)


def _journal(workshop: Path) -> Names:
    said = json.loads((workshop / _JOURNAL).read_text(encoding="utf-8"))
    return Names(tuple(said["removed"]), tuple(said["put"]))


def _forward(out: Path, names: Names) -> None:
    """Do the steps that were not done: each leaves a trace, an entry that is no longer where it was."""
    next_, old = out / WORKSHOP / _NEXT, out / WORKSHOP / _OLD
    for name in names.removed:
        waiting = (next_ / name).exists() or name not in names.put
        if waiting and (out / name).exists():
            (out / name).rename(old / name)
    for name in names.put:
        if (next_ / name).exists():
            (next_ / name).rename(out / name)


def _back(out: Path, names: Names) -> None:
    next_, old = out / WORKSHOP / _NEXT, out / WORKSHOP / _OLD
    for name in reversed(names.put):
        if (out / name).exists() and not (next_ / name).exists():
            (out / name).rename(next_ / name)
    for name in reversed(names.removed):
        if (old / name).exists():
            (old / name).rename(out / name)


def _clean(workshop: Path) -> None:
    """Remove the journal first: what it speaks of is there as long as it is."""
    with suppress(FileNotFoundError, NotADirectoryError):
        (workshop / _JOURNAL).unlink()
    for name in (_NEXT, _OLD):
        shutil.rmtree(workshop / name, ignore_errors=True)
