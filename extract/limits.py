"""How much of a file is read at most. A report has far less of everything; what has more was made to exhaust.

Limits are on what a file states or holds and never on time, so that a file ends the same way on every machine.
"""

from __future__ import annotations

# Of any file
MAX_BYTES = 256 * 1024 * 1024  # as it lies on the disk; photographs make Word files large
MAX_CHARACTERS = 1_000_000  # of its text; the longest reports have some 50,000
MAX_BLOCKS = 200_000  # paragraphs and cells; a register of 10,000 loans in ten columns has half of them
MAX_TEXT_BYTES = 4 * MAX_CHARACTERS + 4  # of a text file: no encoding has more than four bytes a character

# Of a Word package
MAX_MEMBERS = 10_000  # files in the package; a report with a thousand photographs has some 1,100
MAX_PART_BYTES = 64 * 1024 * 1024  # of one part inflated; the text of a long report is a hundredth of it
MAX_TOTAL_BYTES = 96 * 1024 * 1024  # of all parts that are read, inflated
MAX_RATIO = (
    200  # inflated to packed, of all parts read so far; word/document.xml of a real report shrinks 10 to 60 times
)
RATIO_MATTERS_FROM = 1024 * 1024  # bytes inflated; below, whatever the ratio, nothing is exhausted
MAX_MARKS = 2_000_000  # tags and attributes of one part, 100 to 200 bytes of memory each; a report has some 100,000
MAX_LEVEL = 8  # of lists, 0 on top (ISO/IEC 29500-1, 17.9.3: nine levels)
MAX_TEMPLATE = 255  # characters of the template of a list's numbers, longer ones are none
MAX_STYLE_DEPTH = 64  # styles based on one another; Word allows 11
