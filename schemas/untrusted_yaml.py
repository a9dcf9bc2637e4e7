"""YAML files from outside: bounded in size and depth, and plain before any of it is built."""

from __future__ import annotations

from pathlib import Path

import yaml

from schemas.strict_yaml import StrictLoader, VocabularyError, unreadable

MOST_BYTES = 1_000_000  # the longest built-in vocabulary is a tenth of this
DEEPEST = 12  # mappings and lists inside one another; the deepest entry needs six


def read_untrusted(path: Path) -> str:
    """Return the text of a YAML file, its line ends as one character, without byte order mark.

    Raises VocabularyError where it is no file, is longer than MOST_BYTES or no UTF-8, is deeper than DEEPEST, or holds
    anchors, aliases or tags, by which a short text can grow without bound or ask for other types.
    """
    place = str(path)
    if not path.is_file():
        raise VocabularyError(f"{place} is no file; leave only vocabulary files in the folder")
    with path.open("rb") as file:
        raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise VocabularyError(
            f"{place}: longer than {MOST_BYTES} bytes; leave words out, or use two folders in two runs"
        )
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise VocabularyError(f"{place}:{line}: the file is not UTF-8; save it as UTF-8") from error
    _refuse_what_is_not_plain(text, place)
    return text


def _refuse_what_is_not_plain(text: str, place: str) -> None:
    depth = 0
    try:
        for event in yaml.parse(text, Loader=StrictLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                _refuse(place, event, f"lists and mappings are more than {DEEPEST} deep; write them flatter")
            if getattr(event, "anchor", None) is not None:
                _refuse(place, event, "anchors and aliases (& and *) are not read; write the words out, or quote them")
            if getattr(event, "tag", None) is not None:
                _refuse(place, event, "tags (!) are not read; leave the tag out, or quote the word")
    except yaml.YAMLError as error:
        raise unreadable(error, place) from error


def _refuse(place: str, event: yaml.Event, problem: str) -> None:
    line = event.start_mark.line + 1 if event.start_mark else 1
    raise VocabularyError(f"{place}:{line}: {problem}")
