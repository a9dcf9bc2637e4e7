"""The one error of reading, a file that gives no text at all, and its kind for a part that may be missed."""

from __future__ import annotations

from extract import limits


class UnreadableFile(ValueError):  # noqa: N818 (named after what it is about, as the design does)
    """A file that cannot be read at all; the message is one sentence that says what, where and what to do."""


class DamagedPart(UnreadableFile):
    """A part of a package of which nothing can be read; a text may go without it. `name` is the part's."""

    def __init__(self, what: str, name: str) -> None:
        super().__init__(f"{what}; get the file again, or open it in Word and save it anew")
        self.name = name


def refuse_too_much(characters: int, blocks: int = 0) -> None:
    """Raise UnreadableFile where a text has more characters, or more paragraphs and cells, than any report."""
    for number, most, what in (
        (characters, limits.MAX_CHARACTERS, "characters"),
        (blocks, limits.MAX_BLOCKS, "paragraphs and cells"),
    ):
        if number > most:
            raise UnreadableFile(f"the text has more than {most} {what}; split it into single reports")


_SIGNATURES = (
    (b"PK\x03\x04", "a zip package such as a .docx"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc, .xls) or an encrypted one"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a rich text document (.rtf)"),
)


def looks_like(data: bytes) -> str | None:
    """Return what kind of file the first bytes announce, where it is one that is often misnamed, else None.

    >>> looks_like(b"%PDF-1.7 ...")
    'a PDF'
    """
    return next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), None)
