"""Pages from their data: Jinja2 templates that escape whatever they are given, the data as JSON in the page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from publish.review.charts import chart
from publish.review.embedding import json_for_html, policy, script, style
from publish.review.labels import words
from publish.review.library_page import Library, Series

CHINESE = 0  # the language that a page is written in; its script puts the other in its place


def render_document(data: dict[str, Any]) -> str:
    """Return the page of a report from its data; see document_page.page_data."""
    document = data["document"]
    name = document.get("library") or document.get("title") or document["source"]
    return _render("document", data, name=name, document=document)


def render_index(data: dict[str, Any]) -> str:
    """Return the index from its data; see index_page.index_data."""
    return _render("index", data)


def render_library(library: Library, series: Sequence[Series]) -> str:
    """Return the page of a library; an indicator has a chart where it has values of two years or more."""
    charts = [
        (one, Markup(chart(one.points, f"{one.label[CHINESE]} {one.points[0].year}–{one.points[-1].year}")))
        for one in series
        if len(one.points) > 1
    ]
    return _render("library", {}, library=library, years=sorted(library.years), series=series, charts=charts)


def _render(page: str, data: dict[str, Any], **given: Any) -> str:
    labels = {**data.pop("labels", {}), "interface": dict(words().interface)}
    embedded = Markup(json_for_html({**data, "labels": labels}))
    return (
        _templates()
        .get_template(f"{page}.html")
        .render(
            page=page,
            words={key: pair[CHINESE] for key, pair in words().interface.items()},
            policy=policy(page),
            style=Markup(style(page)),
            script=Markup(script(page)),
            data=embedded,
            **given,
        )
    )


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("publish", "review/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
