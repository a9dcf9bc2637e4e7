"""The decisions of an output folder as a review page reads and makes them: each checked, then saved at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from nianbao.correction_book import Book, read_book
from nianbao.stored import StoredOutput, open_output
from normalize.corrections.reanchoring import anchored
from publish.corrections_log import append
from schemas.correction_values import problem
from schemas.corrections import CONTEXT, Correction
from schemas.corrections_file import FILE_NAME, CorrectionError, parse_corrections, read_corrections

AGAIN = "load the page again"


class RefusedDecision(ValueError):  # noqa: N818 (as UnreadableOutput)
    """A decision cannot be saved; the message says why and what to do, `field` what it is about, if one."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


def decisions_on(book: Book, sources: dict[str, str], document_id: str, text: str) -> tuple[Correction, ...]:
    """Return the decisions of a book that have a place in a document, where they stand in it, in order.

    `sources` are the documents of the output: document_id and source.
    """
    own = book.on_file(document_id, sources[document_id], sources.keys())
    placed = (anchored(one, document_id, text) for one in own)
    return tuple(one for one in placed if isinstance(one, Correction))


def saved(out: Path, document_id: str) -> tuple[Correction, ...]:
    """Return the decisions in OUT/corrections.csv on a document of `out`.

    Raises RefusedDecision where `out` has no such document, CorrectionError where the file is broken.
    """
    output = open_output(out)
    sources = output.sources()
    _require(document_id, sources)
    return decisions_on(read_book(out), sources, document_id, output.text(document_id) or "")


def save(out: Path, decisions: Sequence[Correction], reviewer: str = "") -> None:
    """Add decisions to OUT/corrections.csv, all or none; they are on the disk when this returns.

    1. Each is sound, on a document of this output, and quotes its text as it stands.
    2. File, reviewer and time are said by us, whatever the decision says.
    Raises RefusedDecision where one is not so, CorrectionError where the file is no file of decisions.
    """
    output = open_output(out)
    sources = output.sources()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    for one in decisions:
        _require(one.content_hash, sources)
        wrong = problem(one) or _other_text(one, output)
        if wrong:
            raise RefusedDecision(wrong, one.field)
    made = [replace(one, source=sources[one.document_id], reviewer=reviewer, decided_at=now) for one in decisions]
    path = out / FILE_NAME
    if path.exists():
        read_corrections(path)  # nothing is added to a file that a run would refuse
    append(path, made)


def take_in(out: Path, exported: Path) -> int:
    """Add the decisions of a file that a page exported to OUT/corrections.csv; return how many are new there.

    Raises CorrectionError where either file is broken.
    """
    wanted = read_corrections(exported)
    if wanted.notes:
        raise CorrectionError(f"{wanted.notes[0]}; export the file again")
    path = out / FILE_NAME
    known = set(parse_corrections(path.read_bytes(), str(path)).decisions) if path.exists() else set()
    new = [one for one in wanted.decisions if one not in known]
    append(path, new)
    return len(new)


def _require(document_id: str, sources: dict[str, str]) -> None:
    if document_id not in sources:
        raise RefusedDecision(f"{document_id[:64]!r} is no document of this output; {AGAIN}")


def _other_text(one: Correction, output: StoredOutput) -> str | None:
    """Return in a sentence that the text of a document is not what a decision quotes; None where it is."""
    start, end = one.char_start, one.char_end
    if start is None or end is None:
        return None if not (one.quote or one.before or one.after) else "a row without a place has no quote"
    text = output.text(one.document_id) or ""
    there = (text[max(0, start - CONTEXT) : start], text[start:end], text[end : end + CONTEXT])
    return None if there == (one.before, one.quote, one.after) else f"the text there is another now; {AGAIN}"
