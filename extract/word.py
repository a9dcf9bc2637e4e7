"""Word files: the package, its styles, its body, its text.

To read more of Word: what stands in a paragraph is word_text.py, what a paragraph is by its style word_styles.py, what
stands in the body word_body.py, and how it is laid out as text word_flat.py.
"""

from __future__ import annotations

from extract.unreadable import UnreadableFile
from extract.word_body import read_body
from extract.word_flat import flatten
from extract.word_package import main_part, open_package, read_xml, related_part
from extract.word_styles import read_styles
from extract.word_xml import name
from schemas.document import Block


def read_word(data: bytes) -> tuple[str, tuple[Block, ...]]:
    """Return the flattened text of a .docx file and its blocks in order.

    Raises UnreadableFile where the bytes are no Word package, the package is unsafe or damaged, or it holds no text.
    """
    with open_package(data) as package:
        part = main_part(package)
        styles = related_part(package, part, "styles")
        known = read_styles(read_xml(package, styles)) if styles else {}
        body = read_xml(package, part).find(name("body"))
    if body is None:
        raise UnreadableFile(
            f"the part {part} has no body, so it is no Word text; open the file in Word and save it anew"
        )
    try:
        text, blocks = flatten(read_body(body, known))
    except RecursionError as error:
        raise UnreadableFile("its tables are nested too deep to be read; save the file anew in Word") from error
    if not text.strip():
        raise UnreadableFile(
            "the document holds no text, perhaps only scanned pages; turn the pictures into text first"
        )
    return text, blocks
