"""The words of the pages in Chinese and English: interface, columns, codes, metrics and findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict, ValidationError

from publish.review.reports import SHOWN
from schemas.declarations import tables
from schemas.event_kinds import event_kinds
from schemas.findings import finding_kinds
from schemas.metrics import metrics
from schemas.sections import section_kinds
from schemas.strict_yaml import VocabularyError, parse
from schemas.table_kinds import table_kinds
from schemas.words import Entry, load

Pair: TypeAlias = tuple[str, str]  # Chinese, English

_FILE = "labels.yaml"


class Words(BaseModel):
    """What labels.yaml holds: the interface's own words, those of codes that no vocabulary labels, and what each kind
    of finding means in Chinese."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    interface: Mapping[str, Pair]
    codes: Mapping[str, Pair]
    findings: Mapping[str, str]


@cache
def words() -> Words:
    """Return the words of labels.yaml; raises VocabularyError where the file breaks its contract."""
    text = files("publish").joinpath("review", _FILE).read_text(encoding="utf-8")
    try:
        return Words.model_validate(parse(text, _FILE))
    except ValidationError as error:
        raise VocabularyError(f"{_FILE}: {error}") from error


def column_labels() -> dict[str, Pair]:
    """Return the label of every column that pages show: its Chinese title, and its name in English.

    A table's own title for a column stands under «table.column».
    """
    shown = [tables()[name] for name in ("documents", *SHOWN, "indicators")]
    labels: dict[str, Pair] = {}
    for table in shown:
        for column in table.columns:
            pair = (column.title, said(column.name))
            if labels.setdefault(column.name, pair) != pair:
                labels[f"{table.name}.{column.name}"] = pair
    return labels


def table_labels() -> dict[str, Pair]:
    """Return the label of every table that pages show."""
    return {name: (tables()[name].title, said(name)) for name in ("documents", *SHOWN)}


def metric_labels(codes: Iterable[str]) -> dict[str, Pair]:
    """Return the labels of these metrics, in the order of the vocabulary, those that it does not know at the end."""
    wanted = set(codes)
    known = {code: (metric.label, said(code)) for code, metric in metrics().items() if code in wanted}
    return known | {code: (code, said(code)) for code in sorted(wanted - known.keys())}


def code_labels(codes: Iterable[str]) -> dict[str, Pair]:
    """Return the labels of codes of any column: of findings, kinds of sections, tables and events, hedges …

    Of a kind of finding the English label is its code, which the docs explain.
    """
    own = words().codes
    kinds = (finding_kinds(), table_kinds(), event_kinds(), section_kinds(), load("settings.yaml", Entry))
    listed = {code: (entry.label, said(code)) for kind in kinds for code, entry in kind.items()}
    return {code: own.get(code) or listed[code] for code in sorted({*codes}) if code in own or code in listed}


def finding_meanings(codes: Iterable[str]) -> dict[str, Pair]:
    """Return what these kinds of finding mean; one that is not known, as of another version, is left out."""
    kinds, chinese = finding_kinds(), words().findings
    return {code: (chinese[code], kinds[code].meaning) for code in sorted({*codes} & kinds.keys() & chinese.keys())}


def said(code: str) -> str:
    """Return a code as English words.

    >>> said("loans_children")
    'loans children'
    """
    return code.replace("_", " ")
