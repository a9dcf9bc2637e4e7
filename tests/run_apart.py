"""Files read in processes of their own, each with limits that the system enforces."""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from hostile_corpus import Hostile, corpus
from msgspec import Struct, convert, to_builtins

from extract.read import UnreadableFile, read
from nianbao.pipeline import process
from schemas.document import Block, Document
from schemas.rows import ReportRows

SECONDS = 60  # of the processor; a guard against hanging, ten times what the slowest file takes
MEMORY = 1024**3  # of address space beyond what the process has


class End(Struct, frozen=True):
    """How the reading of a file ended: ok, partial, error, fault or killed; what was said; seconds and kilobytes."""

    name: str
    status: str
    said: str
    codes: tuple[str, ...] = ()
    seconds: float = 0.0
    kilobytes: int = 0


def run_apart(files: Iterable[Hostile], folder: Path) -> Iterator[End]:
    """Yield the end of each file; it is read in a fork, whose memory and time are its own."""
    warm()
    for hostile in files:
        path = folder / hostile.name
        path.write_bytes(hostile.make())
        told = folder / "told.json"
        told.unlink(missing_ok=True)
        pid = os.fork()
        if pid == 0:
            _in_child(path, told)
        _, status, used = os.wait4(pid, 0)
        end = json.loads(told.read_text("utf-8")) if told.exists() else {"status": "killed", "said": f"by {status}"}
        yield convert({"name": hostile.name, "seconds": used.ru_utime + used.ru_stime, **end}, End)
        path.unlink()


def _kilobytes(what: str) -> int:
    """Return what the system says of this process: VmRSS, VmHWM (the highest it was), VmSize."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith(f"{what}:")))


def _in_child(path: Path, told: Path) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    most = _kilobytes("VmSize") * 1024 + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    Path("/proc/self/clear_refs").write_text("5", "ascii")  # the highest it was begins anew
    before = _kilobytes("VmRSS")
    try:
        end = ended(path)
        told.write_text(json.dumps({**end, "kilobytes": _kilobytes("VmHWM") - before}), "utf-8")
    finally:
        os._exit(0)


def ended(path: Path) -> dict[str, object]:
    """Return how one file ends: its status, what was said, and the codes of its findings."""
    try:
        rows = process(read(path, path.name))
    except UnreadableFile as error:
        return {"status": "error", "said": str(error)}
    except Exception as error:
        return {"status": "fault", "said": f"{type(error).__name__}: {error}"[:500]}
    wrong = wrong_spans(rows)
    if wrong:
        return {"status": "fault", "said": wrong}
    codes = sorted({finding.code for finding in rows.findings})
    return {"status": rows.document.status, "said": "", "codes": codes}


def wrong_spans(rows: ReportRows) -> str:
    """Return what is wrong with the spans of a report's rows and its ledger, "" where nothing is."""
    text = rows.text
    for row in (*rows.facts, *rows.events, *rows.numbers):
        if text[row.char_start : row.char_end] != row.raw:
            return f"{row!r} is not what the text says there"
    ends = 0
    for number in rows.numbers:
        if number.char_start < ends:
            return f"{number!r} is in the ledger twice"
        ends = number.char_end
    return ""


def warm() -> None:
    """Load what is loaded once, so that no file pays for it."""
    text = "2014年，馆藏3.5万册。"
    process(Document("0" * 12, "warm.txt", "text/plain", "utf-8", text, (Block(0, len(text), 1),)))


def main(*names: str) -> None:
    """Print the end of each file whose name holds one of these words, or of all."""
    chosen = [item for item in corpus() if not names or any(name in item.name for name in names)]
    with tempfile.TemporaryDirectory() as folder:
        for end in run_apart(chosen, Path(folder)):
            print(json.dumps(to_builtins(end), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
