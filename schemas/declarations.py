"""The published tables as declared in tables/: columns with type, unit, title and meaning; keys and links."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from schemas.metrics import Metric, metrics
from schemas.overlay import from_vocabulary
from schemas.strict_yaml import VocabularyError, packaged, parse, refuse, require_mapping

ColumnType = Literal["string", "integer", "number", "date", "boolean"]


class Column(BaseModel):
    """One column: Table Schema type, unit where it has one, Chinese title, meaning, closed list of values if any."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    type: ColumnType
    title: str
    meaning: str
    unit: str | None = None
    values: tuple[str, ...] | None = None


class Table(BaseModel):
    """One table: Chinese title, meaning, columns in order, primary key, foreign keys as {column: "table.column"}.

    `reviewed` are the columns that a reviewer may change, `reading` those that a decision quotes, by default the same;
    a table that has some has the column `corrected` too.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    title: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    links: dict[str, str] = {}
    reviewed: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def quoted(self) -> tuple[str, ...]:
        """The names of the columns that a decision on a row quotes; none where nobody decides on the rows."""
        return self.reading or self.reviewed


def _columns(text: str) -> dict[str, Column]:
    declared = require_mapping(parse(text, "columns.yaml"), "columns.yaml")
    columns = {}
    for key, body in declared.items():
        try:
            columns[key] = Column(name=key.rpartition(".")[2], **body)
        except (ValidationError, TypeError) as error:
            refuse("columns.yaml", text, f"{key}:", f"column {key!r}: {error}")
    return columns


def _metric_columns() -> list[Column]:
    return [
        Column(name=code, type="number", title=metric.label, unit=metric.unit or None, meaning=_meaning(metric))
        for code, metric in metrics().items()
    ]


def _meaning(metric: Metric) -> str:
    return f"{metric.label}, {'over the year' if metric.flow else 'at a moment of the year'}; see indicators."


_COLUMNS_OF = {"metrics": _metric_columns}  # tables.yaml, columns_of: columns that a vocabulary adds


@from_vocabulary
@cache
def tables() -> dict[str, Table]:
    """Return the declared tables by name, in the order of the contract.

    Raises VocabularyError where a declaration has an unknown key, an undeclared column or a link to nowhere.
    """
    columns = _columns(packaged("tables", "columns.yaml"))
    text = packaged("tables", "tables.yaml")
    result: dict[str, Table] = {}
    for name, body in require_mapping(parse(text, "tables.yaml"), "tables.yaml").items():
        try:
            own = [columns.get(f"{name}.{column}") or columns[column] for column in body["columns"]]
            own += _COLUMNS_OF[body["columns_of"]]() if "columns_of" in body else []
            told = {key: value for key, value in body.items() if key != "columns_of"}
            result[name] = Table(name=name, **{**told, "columns": tuple(own)})
        except KeyError as error:
            refuse(
                "tables.yaml", text, f"{name}:", f"table {name!r} lists {error}, which columns.yaml does not declare"
            )
        except ValidationError as error:
            refuse("tables.yaml", text, f"{name}:", f"table {name!r}: {error}")
    _check_links(result)
    _check_reviewed(result)
    return result


def _check_links(declared: dict[str, Table]) -> None:
    for table in declared.values():
        for column, target in table.links.items():
            other, _, target_column = target.partition(".")
            known = other in declared and target_column in declared[other].column_names
            if column not in table.column_names or not known:
                raise VocabularyError(f"tables.yaml: {table.name}.{column} links to {target!r}, which is not declared")


def _check_reviewed(declared: dict[str, Table]) -> None:
    for table in declared.values():
        wanted = {*table.reviewed, *table.quoted, "corrected"} if table.quoted else set()
        for column in sorted(wanted - {*table.column_names}):
            raise VocabularyError(f"tables.yaml: {table.name} is reviewed and lacks the column {column!r}")
