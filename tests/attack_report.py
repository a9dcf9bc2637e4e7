"""A report whose words try to be markup, script, style, an address or a change of direction, for the review pages."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from made_reports import made_report
from msgspec.structs import replace
from stored_outputs import write

from schemas.rows import FindingRow, NumberRow, ReportRows, SectionRow

ATTACKS = (  # new, but the first eight are the usual ones of every list of such strings
    "<script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    '"><img src=x onerror="window.hit=1">',
    "' onmouseover='window.hit=1",
    "]]><svg/onload=window.hit=1>",
    "javascript:window.hit=1",
    "<!--<script>window.hit=1//-->",
    "<a href=javascript:window.hit=1>馆</a>",
    "{{ 7*7 }}{% raw %}",
    "</style><style>*{display:none}",
    "\u2028window.hit=1\u2029",
    "\u202e册万三\u202c",
    "&lt;b&gt;&#60;i&#62;",
    "\\u003cscript\\u003e",
    "书\x1b[31m目\u0000",
)

TEXT = "".join(f"{number}、{attack}外借3万册。\n" for number, attack in enumerate(ATTACKS, 1))


def attack_report() -> ReportRows:
    """Return a report with every attack in the text, the headings and every column of words."""
    made = made_report()
    bad = "".join(ATTACKS)
    document = replace(made.document, source=f"{bad}.txt", title=bad, library=bad, library_id="lib-attack", error=bad)
    own = document.document_id
    places = [(TEXT.index(attack), TEXT.index(attack) + len(attack)) for attack in ATTACKS]
    return replace(
        made,
        document=replace(document, characters=len(TEXT), county=bad),
        sections=tuple(
            SectionRow(f"{own}-s{at}", own, None, 1, str(at), f"{at}、", attack, bad, *place)
            for at, (attack, place) in enumerate(zip(ATTACKS, places, strict=True))
        ),
        tables=tuple(replace(row, caption=bad, section_id=None) for row in made.tables),
        cells=tuple(replace(row, text=bad) for row in made.cells),
        lectures=tuple(replace(row, topic=bad, speaker=bad, section_id=None) for row in made.lectures),
        outreach=(),
        reading_promotions=(),
        events=tuple(replace(row, title=bad, raw=bad, section_id=None) for row in made.events),
        facts=tuple(
            replace(row, item=bad, raw=bad, sentence=bad, unit=bad, section_id=None, value=Decimal(3))
            for row in made.facts
        ),
        numbers=tuple(NumberRow(own, place[0], place[1], bad, "unexplained", None) for place in places),
        findings=tuple(
            FindingRow(f"{own}-d{at}", own, "warning", attack, bad, char_start=place[0], char_end=place[1])
            for at, (attack, place) in enumerate(zip(ATTACKS, places, strict=True))
        ),
        text=TEXT,
    )


def attacked(folder: Path) -> Path:
    """Write an output folder of the attack report."""
    return write(folder, attack_report())
