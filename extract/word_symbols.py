"""Symbol fonts: the signs that Word shows for the code points of Wingdings and Symbol, as Unicode."""

from __future__ import annotations

from collections.abc import Mapping

_PRIVATE = 0xF000  # Word stores the code of a symbol font in the private use area


def _run(first: int, signs: str) -> dict[int, str]:
    return {first + step: sign for step, sign in enumerate(signs) if sign != " "}


# Signs that stand in reports: boxes, ticks, bullets, arrows, numbers in circles, mathematics, Greek.
_WINGDINGS = {
    **_run(0x6C, "●❍■□"),
    **_run(0x71, "❑❒"),
    **_run(0x74, "⧫◆❖"),
    **_run(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    **_run(0x9E, "·•"),
    **_run(0xA1, "○"),
    **_run(0xA7, "▪☐"),
    **_run(0xAB, "★"),
    **_run(0xD8, "➢"),
    **_run(0xDF, "←→↑↓"),
    **_run(0xE8, "➔"),
    **_run(0xFB, "✗✓☒☑"),
    0x28: "☎",
    0x2A: "✉",
    0x4A: "☺",
}
_WINGDINGS_2 = {
    **_run(0x4F, "✗✓☒☑"),
    **_run(0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    0x97: "●",
    0xA2: "■",
    0xA3: "☐",
}
_WINGDINGS_3 = {0x75: "▶", 0x7D: "▶"}
_SYMBOL = {
    **_run(0x41, "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"),
    **_run(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"),
    **_run(0xA3, "≤⁄∞"),
    **_run(0xAB, "↔←↑→↓°±″≥×∝∂•÷≠≡≈…"),
    **_run(0x28, "()"),
    **_run(0x30, "0123456789:;<=>?"),
    0x25: "%",
    0x2B: "+",
    0x2C: ",",
    0x2D: "−",
    0x2E: ".",
    0x2F: "/",
    0xD6: "√",
    0xD7: "⋅",
    0xE5: "∑",
}
_FONTS: Mapping[str, Mapping[int, str]] = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "symbol": _SYMBOL,
}


def symbol(font: str, code: str) -> str:
    """Return the sign that a font shows for a hexadecimal code; the code point itself where it is not known.

    >>> symbol("Wingdings", "F0FC"), symbol("Symbol", "F0B4"), symbol("Wingdings", "F0FF"), symbol("", "x")
    ('✓', '×', '\\uf0ff', '')
    """
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    if not 0x20 <= point <= 0x10FFFF or 0xD800 <= point <= 0xDFFF:
        return ""
    place = point - _PRIVATE if _PRIVATE <= point <= _PRIVATE + 0xFF else point
    return _FONTS.get(font.strip().lower(), {}).get(place, chr(point))
