"""Findings with their place and the line of the source that they are about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from nianbao.batch import PathLike
from nianbao.inputs import InputError
from nianbao.overview import meant, reported
from nianbao.stored import StoredOutput, open_output
from schemas.findings import finding_kinds

_AROUND = 40  # characters of the line on either side


class FindingLine(Struct, frozen=True):
    """A finding: the file, the offset and line (from 1) where it has a place, and the line as before, at and after."""

    source: str
    severity: str
    code: str
    message: str
    char_start: int | None = None
    line: int | None = None
    around: tuple[str, str, str] = ("", "", "")


def finding_lines(out: PathLike, codes: Iterable[str], *, library: str | None = None) -> Iterator[FindingLine]:
    """Yield the findings of these codes in the folder `out`, in its order, of libraries whose names hold `library`.

    Raises UnreadableOutput where `out` is no output or is broken, InputError for a code that is neither in the
    vocabulary nor in the output, and where no library is meant.
    """
    output, wanted = open_output(Path(out)), frozenset(codes)
    table = output.table("findings")
    known = {*finding_kinds(), *(code for (code,) in table.select("code"))}
    for code in sorted(wanted - known):
        raise InputError(f"no finding has the code {code}{meant(code, known)}; docs/tables.md lists the codes")
    sources = {one.document_id: one.source for one in reversed(reported(output, library))}
    text = _Text("", "", [])
    for number, severity, code, message, start, end in table.select(
        "document_id", "severity", "code", "message", "char_start", "char_end"
    ):
        if code in wanted and number in sources:
            text = text if text.document_id == number else _text(output, number)
            yield _line(FindingLine(sources[number], severity, code, message), text, start, end)


class _Text(Struct, frozen=True):
    document_id: str
    text: str
    starts: Sequence[int]  # of its lines


def _text(output: StoredOutput, document_id: str) -> _Text:
    text = output.text(document_id) or ""
    starts = [0, *(place + 1 for place, char in enumerate(text) if char == "\n")]
    return _Text(document_id, text, starts)


def _line(found: FindingLine, text: _Text, start: str, end: str) -> FindingLine:
    if not (start.isdecimal() and end.isdecimal()):
        return found
    first, last = int(start), int(end)
    if last > len(text.text):  # the text is not there, or not this one
        return FindingLine(found.source, found.severity, found.code, found.message, first)
    line = bisect_right(text.starts, first)
    begin = text.starts[line - 1]
    stop = text.starts[line] - 1 if line < len(text.starts) else len(text.text)
    last = min(last, stop)
    around = (
        text.text[max(begin, first - _AROUND) : first],
        text.text[first:last],
        text.text[last : min(stop, last + _AROUND)],
    )
    return FindingLine(found.source, found.severity, found.code, found.message, first, line, around)
