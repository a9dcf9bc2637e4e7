"""Adding to an entry: lists grow, and what else the entry says stays as it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any


class ClashError(ValueError):
    """An addition that would change what an entry says; `path` are the keys that lead to it."""

    def __init__(self, path: tuple[str, ...], problem: str) -> None:
        super().__init__(problem)
        self.path = path


def extended(entry: Mapping[str, Any], addition: Mapping[str, Any], closed: Collection[str]) -> dict[str, Any]:
    """Return an entry with the items of an addition after its own, each once; keys that it lacks are taken over.

    Raises ClashError where the addition says something else than the entry does, or adds to one of the `closed` lists.

    >>> extended({"unit": "册", "refused": ["购"]}, {"refused": ["购", "借"]}, ())
    {'unit': '册', 'refused': ['购', '借']}
    """
    merged = dict(entry)
    for key, value in addition.items():
        if key in closed and list(value if isinstance(value, list) else [value]) != list(entry.get(key, ())):
            raise ClashError((key,), f"{key} belongs to the entry and cannot be added to; leave it out")
        merged[key] = _joined((key,), merged[key], value) if key in merged else value
    return merged


def _joined(path: tuple[str, ...], old: Any, new: Any) -> Any:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return {**old, **{key: _joined((*path, key), old[key], new[key]) if key in old else new[key] for key in new}}
    if isinstance(old, list) and isinstance(new, list):
        return old + [item for item in new if item not in old]
    if isinstance(old, list | Mapping):
        shape = "a list" if isinstance(old, list) else "a mapping"
        raise ClashError(path, f"{'.'.join(path)} must be {shape} of what is added")
    if old != new:
        told = f"{'.'.join(path)} is {old!r} and cannot be changed to {new!r}"
        raise ClashError(path, f"{told}; leave it out, or give the entry a code of its own")
    return old
