"""YAML read strictly: repeated keys are refused and every error says file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any, NoReturn

import yaml

try:  # the C loader is the same language, several times faster; it is missing on some platforms
    from yaml import CSafeLoader as BaseLoader
except ImportError:  # pragma: no cover
    from yaml import SafeLoader as BaseLoader  # type: ignore[assignment]


class VocabularyError(ValueError):
    """A word list or table declaration breaks its contract; the message says file, line and what to do."""


class StrictLoader(BaseLoader):
    """Refuses repeated keys, which YAML would silently let win; true and false are the only booleans (YAML 1.2)."""

    name: str


# Without this YAML 1.1 reads the keys «yes» and «no» as booleans, and «12-25» or «2014-01-01» as dates.
StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":bool", ":timestamp"))]
    for first, resolvers in BaseLoader.yaml_implicit_resolvers.items()
}
StrictLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def _mapping(loader: StrictLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        line = key_node.start_mark.line + 1
        if isinstance(key, list | dict):
            raise VocabularyError(f"{loader.name}:{line}: a key is a list or a mapping; make it a word")
        if key in seen:
            raise VocabularyError(f"{loader.name}:{line}: key {key!r} stands twice; keep one")
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def parse(text: str, name: str) -> Any:
    """Return the value of a YAML text; raise VocabularyError with file and line where it is not well formed."""
    loader = StrictLoader(text)
    loader.name = name
    try:
        return loader.get_single_data()
    except yaml.YAMLError as error:
        raise unreadable(error, name) from error
    except VocabularyError:
        raise
    except ValueError as error:  # such as a number of more digits than Python reads
        raise VocabularyError(f"{name}:1: {error}; mend the YAML") from error
    finally:
        loader.dispose()


def unreadable(error: yaml.YAMLError, name: str) -> VocabularyError:
    """Return the error of a text that is no YAML, with file and line."""
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    mend = (
        "indent with spaces, not tabs, or put the word in quotes"
        if "cannot start any token" in problem
        else "mend the YAML"
    )
    return VocabularyError(f"{name}:{mark.line + 1 if mark else 1}: {problem}; {mend}")


def line_at(text: str, path: Sequence[str | int]) -> int:
    """Return the 1-based line of the deepest part of a path of keys and positions that a YAML text has.

    >>> line_at("a:\\n  unit: 册\\nb:\\n  - 1\\n  - 2\\n", ["b", 1]), line_at("a:\\n  unit: 册\\n", ["a", "label"])
    (5, 1)
    """
    node, line = yaml.compose(text, Loader=BaseLoader), 1
    for step in path:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == str(step)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
    return line


def line_of_word(text: str, key: str, word: str) -> int | None:
    """Return the 1-based line where a word stands in a YAML mapping as this key or under it, or None.

    >>> line_of_word("a:\\n  label: 册\\nb:\\n  aliases:\\n  - 本\\n  - 册\\n", "b", "册")
    6
    """
    root = yaml.compose(text, Loader=BaseLoader)
    body = (pair for pair in root.value if pair[0].value == key) if root else ()
    return next((node.start_mark.line + 1 for pair in body for node in _scalars(pair) if node.value == word), None)


def _scalars(found: Any) -> Iterator[yaml.ScalarNode]:
    """Yield the words of a node, or of a pair of nodes, in order."""
    if isinstance(found, yaml.ScalarNode):
        yield found
        return
    for inner in found if isinstance(found, tuple) else found.value:
        yield from _scalars(inner)


def packaged(folder: str, name: str) -> str:
    """Return the text of a data file of this package, such as packaged("vocabulary", "metrics.yaml")."""
    return files("schemas").joinpath(folder, name).read_text(encoding="utf-8")


def line_of(text: str, needle: str) -> int:
    """Return the 1-based line where `needle` first stands in a YAML text, or 1."""
    at = text.find(needle)
    return text.count("\n", 0, at) + 1 if at >= 0 else 1


def refuse(name: str, text: str, needle: str, problem: str) -> NoReturn:
    """Raise VocabularyError for a problem at the first place of `needle`."""
    raise VocabularyError(f"{name}:{line_of(text, needle)}: {problem}")


def require_mapping(value: Any, name: str) -> Mapping[str, Any]:
    """Return value as a mapping, or say that the file must be one."""
    if not isinstance(value, dict):
        raise VocabularyError(f"{name}:1: the file must be a mapping of codes to entries")
    return value
