"""Pieces of the writing that other processes do: in turn, whatever happens to them, and to the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from odd_work import Order, no_reader
from test_batch import contents

from nianbao import hands
from nianbao.batch import extract
from nianbao.hands import Hands, Piece, Pieces
from nianbao.inputs import Input
from nianbao.steps import Running
from nianbao.workers import Crew, Limits
from publish.folder import FolderWrite
from schemas.overlay import BUILT_IN

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def pieces() -> Iterator[Pieces]:
    limits = Limits(seconds=1, megabytes=512)
    with Crew[Input | Piece](partial(Hands, no_reader, BUILT_IN), limits, 2) as crew:
        yield Pieces(crew, 10_000)


def done(pieces: Pieces, words: Sequence[str]) -> list[str]:
    """Return what comes of each order; each stands beside its own piece."""
    found = list(pieces.each(map(Order, words)))
    assert [piece.words.encode() for piece, _ in found] == [raw for _, raw in found]
    return [raw.decode() for _, raw in found]


def test_pieces_come_in_turn_though_one_takes_longer(pieces: Pieces, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hands, "_WINDOW", 7)
    words = ["slowly 0.2", *map(str, range(30))]
    assert done(pieces, words) == words


ENDS = ["die", "hang", "eat"]  # a worker that is killed, that takes too long, that has no memory


@pytest.mark.parametrize("end", ENDS)
def test_what_takes_a_process_down_is_done_here(pieces: Pieces, end: str) -> None:
    words = ["a", end, "b", "c", "d"]
    assert done(pieces, words) == words


def test_pieces_are_taken_as_they_are_needed(pieces: Pieces, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hands, "_WINDOW", 3)
    taken: list[int] = []
    first = next(pieces.each(Order(str(taken.append(number) or number)) for number in range(1000)))
    assert first[1] == b"0"
    assert len(taken) <= 3


def taken_when(pieces: Pieces, words: Sequence[str]) -> Iterator[int]:
    """Yield how many pieces were taken by the time that each comes back."""
    taken: list[str] = []
    for _ in pieces.each(Order(taken.append(word) or word) for word in words):  # type: ignore[func-returns-value]
        yield len(taken)


def test_one_that_takes_long_does_not_let_the_others_pile_up(pieces: Pieces, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hands, "_WINDOW", 5)
    counts = list(taken_when(pieces, ["slowly 0.3", *map(str, range(30))]))
    assert counts[0] == 5
    assert all(count <= number + 5 for number, count in enumerate(counts))


def test_the_window_moves_on_with_each_that_comes_back(pieces: Pieces, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fourth of a window of four takes long; before it is back, others behind it are taken."""
    monkeypatch.setattr(hands, "_WINDOW", 4)
    counts = list(taken_when(pieces, ["0", "1", "2", "slowly 0.3", *map(str, range(4, 9))]))
    assert counts[2] > 4


def test_few_reports_start_no_process_to_write_them() -> None:
    crew = Crew[Input | Piece](partial(Hands, no_reader, BUILT_IN), Limits(), 2)
    assert not Pieces(crew, 10).apart
    assert Pieces(crew, 1000).apart
    assert done(Pieces(crew, 10), ["die"]) == ["die"]
    assert crew.at_work == 0


SOME_HALVED = [("csv", "sqlite"), ("csv", "jsonl"), ("jsonl",)]  # JSON Lines are written here, the others in two halves


@pytest.mark.parametrize("formats", SOME_HALVED)
def test_what_is_written_with_the_help_of_others_has_the_bytes_of_this_process(
    tmp_path: Path, formats: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    helped: list[frozenset[str]] = []
    take = FolderWrite.take

    def noted(self: FolderWrite, prepared: dict[str, bytes], rows: object) -> None:
        helped.append(frozenset(prepared))
        take(self, prepared, rows)  # type: ignore[arg-type]

    monkeypatch.setattr(FolderWrite, "take", noted)
    reports = [ROOT / "samples" / name for name in ("liling-2014.txt", "liling-2016.docx")]
    (tmp_path / "again.txt").write_bytes(reports[0].read_bytes())  # met before: its rows are given once
    (tmp_path / "empty.txt").write_bytes(b"")
    outs = []
    for jobs in (0, 1):
        given = [*reports, tmp_path / "again.txt", tmp_path / "empty.txt"]
        extract(given, tmp_path / str(jobs), running=Running(jobs=jobs), formats=formats)
        outs.append(contents(tmp_path / str(jobs)))
    assert outs[0] == outs[1]
    assert set(helped) == {frozenset({*formats, "text"}) - {"jsonl"}}
    assert len(helped) > 5  # the bodies, four reports, the panel
