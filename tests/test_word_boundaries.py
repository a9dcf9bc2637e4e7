"""Word boundaries: the same by jieba's kept dictionary, without one, and where it is broken."""

from __future__ import annotations

import tempfile
from pathlib import Path

import jieba
import pytest

from extract.words import _tokenizer, word_starts

TEXT = "三湘四水的读者统一到馆,进一步走进万寿路分馆"


@pytest.mark.parametrize("kept", [None, b"", b"no dictionary", b"\xe9\x01\x00\x00\x00", b"N"])
def test_a_kept_dictionary_that_cannot_be_read_is_made_anew(
    kept: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    if kept is not None:
        (tmp_path / "jieba.cache").write_bytes(kept)
    made = _tokenizer.__wrapped__()
    assert list(made.cut(TEXT, HMM=False)) == list(jieba.cut(TEXT, HMM=False))
    again = _tokenizer.__wrapped__()
    assert (again.FREQ, again.total) == (made.FREQ, made.total)


def test_words_begin_where_jieba_begins_them() -> None:
    starts = word_starts(TEXT)
    assert [TEXT[at:end] for at, end in zip(starts, [*starts[1:], len(TEXT)], strict=True)] == list(
        jieba.cut(TEXT, HMM=False)
    )
