"""Drawings: the text boxes in them, and what in them is no text."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from extract.word_xml import ALTERNATIVES, chosen, name

_BOX = name("txbxContent")
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_GRAPHIC = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"
_VML = "{urn:schemas-microsoft-com:vml}"
_IMAGE, _WORDS = f"{_VML}imagedata", f"{_VML}textpath"
_EMBEDDED = "{urn:schemas-microsoft-com:office:office}OLEObject"
# the ends of a:graphicData/@uri that hold figures or words in another part
_OTHER_PARTS = {"chart": "chart", "chartex": "chart", "diagram": "SmartArt diagram"}


class Drawing(Struct, frozen=True):
    """What a drawing holds: text boxes, words set as a drawing, whether it is a picture, kinds of unread objects."""

    boxes: tuple[etree._Element, ...] = ()
    words: tuple[str, ...] = ()
    is_picture: bool = False
    unread: tuple[str, ...] = ()


def look(element: etree._Element) -> Drawing:
    """Return what a w:drawing, w:pict or w:object holds; a picture with a text box on it counts as the text box."""
    boxes, words, unread, is_picture = [], [], [], False
    for item in _outermost(element):
        if item.tag == _BOX:
            boxes.append(item)
        elif item.tag == _WORDS:
            words.append(item.get("string", ""))
        elif item.tag == _GRAPHIC:
            kind = _OTHER_PARTS.get(item.get("uri", "").rpartition("/")[2])
            unread += [kind] if kind else []
        elif item.tag == _EMBEDDED:
            unread.append(item.get("ProgID") or "object")
        else:
            is_picture = is_picture or item.tag in {_BLIP, _IMAGE}
    if element.tag == name("object") and not unread:
        unread.append("control")
    return Drawing(tuple(boxes), tuple(filter(None, words)), is_picture and not (boxes or unread), tuple(unread))


def _outermost(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements below, one branch of alternatives only, and not what stands in text boxes."""
    for child in element:
        if child.tag == ALTERNATIVES:
            yield from _outermost(chosen(child))
        else:
            yield child
            if child.tag != _BOX:
                yield from _outermost(child)
