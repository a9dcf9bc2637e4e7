"""A user's file of confirmed and forbidden merges: which names are the same body, which never are."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NoReturn, cast

import regex
from msgspec import Struct

from normalize.organizations.joins import Groups
from normalize.organizations.names import spelling
from schemas.places import gazetteer
from schemas.strict_yaml import VocabularyError

REQUIRED = ("name", "other", "decision")
COLUMNS = (*REQUIRED, "region_code", "note")
_OTHER_COMMA = regex.compile(r"[;\t，；、|]")
_SHOWN = 40


class DecisionError(VocabularyError):
    """A file of merges breaks its contract; the message says file, line and what to do."""


class Decision(Struct, frozen=True):
    """Two names, folded as spellings, that are the same body or two; in all regions unless one is given."""

    name: str
    other: str
    decision: Literal["same", "different"]
    region_code: str | None
    place: str  # file and line, for messages


def read_decisions(path: str | os.PathLike[str] | None) -> tuple[Decision, ...]:
    """Return the decisions of a CSV file in UTF-8, in order; none for None.

    The header is name,other,decision and, if wanted, region_code and note; a line that begins with # is a comment.
    Raises DecisionError where the file cannot be read, a line breaks the form, or decisions contradict one another.
    """
    if path is None:
        return ()
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        said = f"{error.strerror}; name a CSV file with {','.join(REQUIRED)}"
        raise DecisionError(f"{path} cannot be read: {said}") from error
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise DecisionError(f"{path} cannot be read: it is no text in UTF-8; save it as CSV UTF-8, as Excel calls it")
    return parse_decisions(text, str(path))


def parse_decisions(text: str, file: str) -> tuple[Decision, ...]:
    """Return the decisions of a text; `file` is what messages call it."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip(" ,\t")]
    lines = [(number, line) for number, line in lines if not line.lstrip().startswith("#")]
    if not lines:
        raise DecisionError(f"{file}:1: there is no header; begin with {','.join(REQUIRED)}")
    told = [(_cells(line, f"{file}:{number}"), f"{file}:{number}") for number, line in lines]
    header = _header(*told[0])
    decisions = tuple(_decision(header, cells, place) for cells, place in told[1:])
    _refuse_contradictions(decisions)
    return decisions


def _cells(line: str, place: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], strict=True))]
    except csv.Error:
        _refuse(place, "a quotation mark is not closed on its line; write each decision on one line")


def _header(names: list[str], place: str) -> list[str]:
    if len(names) == 1 and _OTHER_COMMA.search(names[0]):
        _refuse(place, f"there is one column, {names[0][:_SHOWN]!r}; part columns by the comma «,»")
    for name in names:
        if name not in COLUMNS or names.count(name) > 1:
            _refuse(place, f"column {name!r} is not known or stands twice; known are {', '.join(COLUMNS)}")
    for name in REQUIRED:
        if name not in names:
            _refuse(place, f"column {name!r} is missing; begin with {','.join(REQUIRED)}")
    return names


def _decision(header: list[str], cells: list[str], place: str) -> Decision:
    if len(cells) > len(header):
        _refuse(place, f"there are {len(cells)} cells for {len(header)} columns; quote a cell that holds a comma")
    row = {**dict.fromkeys(COLUMNS, ""), **dict(zip(header, cells, strict=False))}
    name, other, decision, code = spelling(row["name"]), spelling(row["other"]), row["decision"], row["region_code"]
    if not name or not other or name == other:
        _refuse(place, "name and other must be two names; give both, spelled differently")
    if decision not in {"same", "different"}:
        _refuse(place, f"decision {decision!r} is not known; write same or different")
    if code and code not in gazetteer().by_code:
        _refuse(place, f"region_code {code!r} is no code of GB/T 2260; write six digits or leave it empty")
    return Decision(name, other, cast(Literal["same", "different"], decision), code or None, place)


def _refuse(place: str, problem: str) -> NoReturn:
    raise DecisionError(f"{place}: {problem}")


def _refuse_contradictions(decisions: Sequence[Decision]) -> None:
    """Raise where names that are the same, directly or by others, are said to be different, in any one region."""
    for region in {None, *(decision.region_code for decision in decisions)}:
        told = [decision for decision in decisions if decision.region_code in {None, region}]
        same = Groups((one.name, one.other) for one in told if one.decision == "same")
        for one in told:
            if one.decision == "different" and same.first(one.name) == same.first(one.other):
                named = {one.name, one.other}
                where = [
                    other.place
                    for other in told
                    if other.decision == "same" and same.first(other.name) == same.first(one.name)
                ]
                direct = [
                    other.place for other in told if other.decision == "same" and {other.name, other.other} == named
                ]
                at = (direct or where)[0]
                _refuse(one.place, f"«{one.name}» and «{one.other}» are different here and the same by {at}; keep one")
