"""What a row was read from, quoted: its raw text, or the characters of its span."""

from __future__ import annotations

from nianbao.differences import Comparison, RowDifference
from nianbao.stored import StoredOutput, open_output


class Quotation:
    """Quotes the rows of a comparison; keeps the text of one document at a time, as rows come document by document."""

    def __init__(self, comparison: Comparison) -> None:
        self._a = open_output(comparison.out_a)
        self._b = open_output(comparison.out_b)
        self._held: tuple[str, str] = ("", "")

    def of(self, row: RowDifference) -> str:
        """Return `raw` where the row has it, else the text of its span; empty where the row has no place."""
        raw, document_id = row.value("raw"), row.document_id
        start, end = row.value("char_start"), row.value("char_end")
        if raw or not (document_id and start.isdecimal() and end.isdecimal()):
            return raw
        return self._text(document_id, self._a if row.new is None else self._b)[int(start) : int(end)]

    def _text(self, document_id: str, output: StoredOutput) -> str:
        name = f"{output.folder}/{document_id}"
        if self._held[0] != name:
            self._held = (name, output.text(document_id) or "")
        return self._held[1]
