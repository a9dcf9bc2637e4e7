"""Where a decision belongs in the text as it is now: at its span, or at the one place where its quote stands."""

from __future__ import annotations

from msgspec.structs import replace
from rapidfuzz import fuzz

from schemas.corrections import Correction

_LEAST = 12  # code points of quote and context in its own line; fewer may stand elsewhere and mean another thing
_LONGEST_SOUGHT = 120  # code points of a quote that a near passage is looked for by
_WINDOW = 2000  # code points on either side of the old place in which it is looked for
_NEAR = 60  # from this likeness on (0 to 100) a passage is worth naming


def anchored(correction: Correction, document_id: str, text: str) -> Correction | str:
    """Return a decision with its span in `text`, the text of `document_id`, or in a sentence why it has none.

    1. In the file that it was made on the span holds the quote: it stays.
    2. In another state of the file, or where the text is decoded otherwise, it goes where the quote stands between
       the same words, in the paragraph at least, if that is one place.
    3. Else nothing is certain, and nothing is done: the sentence names what comes nearest.
    """
    start, end = correction.char_start, correction.char_end
    if start is None or end is None:
        same = correction.document_id == document_id
        return correction if same else "the file has changed, and a decision on the whole of it has no place in it"
    if correction.document_id == document_id and text[start:end] == correction.quote:
        return correction
    places = _places(correction, text)
    if len(places) == 1:
        found = places[0]
        moved = replace(correction, content_hash=document_id, char_start=found, char_end=found + len(correction.quote))
        return moved
    if places:
        return f"the text has changed, and the quote stands between the same words in {len(places)} places"
    near = _nearest(correction, text)
    return f"the text has changed, and the quote does not stand in it between the same words{near}"


def _places(correction: Correction, text: str) -> list[int]:
    """Return where the quote stands with its whole context, or if nowhere with the context in its own line."""
    before, after = correction.before, correction.after
    whole = _found(before, correction.quote, after, text)
    before, after = before[before.rfind("\n") + 1 :], after.partition("\n")[0]
    if whole or len(before) + len(correction.quote) + len(after) < _LEAST:
        return whole
    return _found(before, correction.quote, after, text)


def _found(before: str, quote: str, after: str, text: str) -> list[int]:
    places, sought = [], before + quote + after
    at = text.find(sought)
    while at >= 0:
        places.append(at + len(before))
        at = text.find(sought, at + 1)
    return places


def _nearest(correction: Correction, text: str) -> str:
    """Return what is most like the quote around its old place, for people; nothing where all is other."""
    first = max(0, (correction.char_start or 0) - _WINDOW)
    sought, around = correction.quote[:_LONGEST_SOUGHT], text[first : first + 2 * _WINDOW]
    near = fuzz.partial_ratio_alignment(sought, around, score_cutoff=_NEAR)
    if near is None or near.dest_start == near.dest_end:
        return ""
    said = " ".join(around[near.dest_start : near.dest_end].split())
    return f"; «{said}» at {first + near.dest_start} is nearest"
