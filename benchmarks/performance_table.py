"""What was measured, as lines on a terminal and as the tables of docs/performance.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


class Line(NamedTuple):
    """One measurement: what, the ratio or share that holds on other machines too, what else was measured."""

    what: str
    ratio: str
    more: str = ""

    def told(self) -> str:
        """Return the line for a terminal."""
        return f"  {self.ratio:<14} {self.what}" + (f" ({self.more})" if self.more else "")


def machine() -> str:
    """Return what it was measured on."""
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{cores} cores ({_processor()}), {memory:.0f} GB, {platform.system()}, "
        f"{platform.python_implementation()} {platform.python_version()}"
    )


def put_into(page: Path, command: str, parts: Mapping[str, Sequence[Line]]) -> None:
    """Write the tables between the two marks of a page; what stands around them stays."""
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise SystemExit(f"{page} has no {BEGIN} … {END}; put the two where the tables are to stand")
    told = "\n".join(_markdown(command, parts))
    page.write_text(f"{before}{BEGIN}\n{told}\n{END}{after}", encoding="utf-8")


def _markdown(command: str, parts: Mapping[str, Sequence[Line]]) -> Iterable[str]:
    yield f"\n{machine()}\n\n```sh\n{command}\n```"
    for heading, lines in parts.items():
        yield f"\n**{heading}**\n"
        yield "| ratio | what | measured |\n| ---: | --- | --- |"
        yield from (f"| {line.ratio} | {line.what} | {line.more} |" for line in lines)


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
