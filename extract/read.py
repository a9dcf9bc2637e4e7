"""A file becomes a Document: one text, one coordinate system."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path, PurePath, PurePosixPath
from typing import Literal

from extract import limits
from extract.plain_text import read_plain_text
from extract.unreadable import UnreadableFile
from extract.word import read_word
from schemas.document import Document, Doubt

__all__ = ["TEXT", "WORD", "UnreadableFile", "read", "read_with"]

TEXT = "text/plain"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read(path: Path, source: str) -> Document:
    """Return the document in the file at `path`; `source` is the name it goes by (path relative to the input root).

    Raises UnreadableFile, with one sentence that begins with `source`, where nothing of the file can be read.
    """
    try:
        media_type = _media_type(path)
        data = _bytes(path, limits.MAX_TEXT_BYTES if media_type == TEXT else limits.MAX_BYTES)
        return _text_document(data, source) if media_type == TEXT else _word_document(data, source)
    except UnreadableFile as error:
        raise UnreadableFile(f"{source}: {error}") from error


def read_with(load: Callable[[int], bytes], name: str, source: str) -> Document:
    """Return the document that `load` gives, whose format the end of `name` tells; `source` is the name it goes by.

    `load` is asked for so many bytes at most, and gives one more where there are more. For what is no file of its own:
    a member of an archive, an object in a store. Raises UnreadableFile as `read` does, and what `load` raises.
    """
    try:
        media_type = _media_type(PurePosixPath(name))
        most = limits.MAX_TEXT_BYTES if media_type == TEXT else limits.MAX_BYTES
        data = load(most)
        if len(data) > most:
            raise UnreadableFile(f"the file is larger than {most / 10**6:.0f} MB; split it into single reports")
        if not data:
            raise UnreadableFile("the file is empty; leave it out or replace it with the report")
        return _text_document(data, source) if media_type == TEXT else _word_document(data, source)
    except UnreadableFile as error:
        raise UnreadableFile(f"{source}: {error}") from error


def _media_type(path: PurePath) -> str:
    suffix = path.suffix.lower()
    if suffix == ".doc":
        raise UnreadableFile("the old .doc format is not read; open the file in Word and save it as .docx")
    if suffix not in {".txt", ".docx"}:
        raise UnreadableFile(
            f"files named {suffix or 'without extension'} are not read; save the report as .docx or .txt"
        )
    return TEXT if suffix == ".txt" else WORD


def _bytes(path: Path, most: int) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableFile("this is a folder, not a file; rename the folder or give the files in it")
        if path.exists() and not path.is_file():
            raise UnreadableFile("this is a device or pipe, not a file; give a regular file")
        if path.stat().st_size > most:
            raise UnreadableFile(f"the file is larger than {most / 10**6:.0f} MB; split it into single reports")
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableFile(f"the file cannot be opened ({reason}); check that it exists and may be read") from error
    if not data:
        raise UnreadableFile("the file is empty; leave it out or replace it with the report")
    return data


def _identity(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def _text_document(data: bytes, source: str) -> Document:
    read = read_plain_text(data)
    return Document(
        document_id=_identity(data),
        source=source,
        media_type=TEXT,
        encoding=read.encoding,
        text=read.text,
        blocks=read.blocks,
        status=_status(read.doubts),
        doubts=read.doubts,
        reading=read.reading,
    )


def _word_document(data: bytes, source: str) -> Document:
    found = read_word(data)
    return Document(
        document_id=_identity(data),
        source=source,
        media_type=WORD,
        encoding="",
        text=found.text,
        blocks=found.blocks,
        status=_status(found.doubts),
        doubts=found.doubts,
        margins=found.margins,
    )


def _status(doubts: tuple[Doubt, ...]) -> Literal["ok", "partial"]:
    return "partial" if any(doubt.code == "partly_unreadable" for doubt in doubts) else "ok"
