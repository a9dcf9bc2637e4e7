"""Text of reports and names of files as a terminal may see them."""

from __future__ import annotations

import unicodedata


def visible(text: str) -> str:
    """Return `text` without control characters, which could move the cursor or recolour a terminal.

    >>> visible("书\\x1b[31m目")
    '书·[31m目'
    """
    return "".join("·" if unicodedata.category(char) == "Cc" and char != "\n" else char for char in text)
