"""Why a numeral is no fact: what each rule says, in a phrase."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

CLAIMS: Mapping[str, str] = MappingProxyType(  # rules of extract/claims.py, extract/extraction.py and extract/ledger.py
    {
        "heading_marker": "it numbers a heading",
        "date": "it is part of a date",
        "furniture": "it belongs to the page that the report stood on",
        "table_cell": "it stands in a cell of a table",
        "quoted": "it stands in a name or title between quotation marks",
        "code": "it is part of an address, a telephone number, a document number or another code",
        "time": "it is a time of day",
        "ratio": "it is part of a ratio or a score",
        "calendar": "it is part of a day of the week, a lunar day, a quarter or another date without its year",
        "age": "it is an age",
        "ordinal": "it says the how-manieth, not how many",
        "enumeration": "it numbers an item of a list",
        "abbreviation": "it is part of an abbreviation that counts its own words (三会一课)",
        "place_name": "it is part of the name of a place",
        "phrase": "it is part of a name or set phrase of schemas/vocabulary/numeral_names.yaml",
        "word": "it is part of a longer word, by jieba's word boundaries",
        "measure_word": "it stands before a measure word and counts nothing here",
        "in_letters": "it stands among characters that are no measure word",
        "": "no rule knows what it is",
    }
)
REFUSALS: Mapping[str, str] = MappingProxyType(  # rules of extract/counting.py
    {
        "no_measure_word": "no measure word, no great scale and no end of the clause says that it counts",
        "formal_sign": "one formal sign (壹, 伍, 陆) may be a surname",
        "round_crowd": "a bare power (百名, 万册) names a round crowd",
        "points_back": "这 or 那 before it points back at what was counted before",
        "part_of_word": "it is part of a longer word, by jieba's word boundaries",
        "bare_one": "a bare 一 counts with this measure word only where something is set up or held",
    }
)
