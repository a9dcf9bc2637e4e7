"""The trend of one indicator as a self-contained SVG: Vega draws it without a browser, the same bytes each time.

Vega, by way of vl-convert, and not matplotlib, pygal or plotly: its SVG holds text as text and presentation attributes
only, which a page that allows no inline styles can show; it follows the colours of the page; it needs no script there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Any

import vl_convert
from msgspec import Struct

_WIDTH, _HEIGHT = 300, 120
_INK, _LINE, _BAD, _FAINT = "var(--ink-2)", "var(--chart)", "var(--bad)", "var(--line)"
_YEAR = {"field": "year", "type": "quantitative"}
_VALUE = {"field": "value", "type": "quantitative"}


class Point(Struct, frozen=True):
    """One year of a series: the value chosen, the bounds that its hedge allows, other values stated for the year.

    `conflict`: the statements contradict each other; `break_`: it does not compare with the value before it.
    """

    year: int
    value: float
    low: float
    high: float
    conflict: bool = False
    others: tuple[float, ...] = ()
    break_: bool = False


def chart(points: Iterable[Point], label: str) -> str:
    """Return the SVG of a series in the order of its years; `label` is what a screen reader says of it.

    A line through the values; a bar where a hedge allows more than one; a ring where statements conflict, and a cross
    at each other value; a dashed line where the definition changed.
    """
    shown = tuple(points)
    data = {
        "points": [
            {
                "year": one.year,
                "value": one.value,
                "low": one.low,
                "high": one.high,
                "conflict": one.conflict,
                "break": one.break_,
            }
            for one in shown
        ],
        "others": [{"year": one.year, "value": other} for one in shown for other in one.others],
    }
    spec = json.loads(_template())
    for source in spec["data"]:
        if source["name"] in data:
            source["values"] = data[source["name"]]
    drawn = str(vl_convert.vega_to_svg(spec))
    return drawn.replace("<svg ", f'<svg role="img" aria-label="{escape(label)}" ', 1)


@cache
def _template() -> str:
    """Return the chart without its data, as Vega; compiled once, because that takes longer than drawing."""
    return json.dumps(vl_convert.vegalite_to_vega(_spec()))


def _spec() -> dict[str, Any]:
    axis = {"labelColor": _INK, "labelFontSize": 11, "domainColor": _FAINT, "tickColor": _FAINT, "gridColor": _FAINT}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": _WIDTH,
        "height": _HEIGHT,
        "padding": {"left": 64, "right": 14, "top": 8, "bottom": 24},
        "autosize": "none",
        "background": None,
        "config": {"view": {"stroke": None}, "font": "system-ui, sans-serif"},
        "data": {"name": "points", "values": []},
        "encoding": {
            "x": {
                **_YEAR,
                "scale": {"zero": False, "nice": False, "padding": 12},
                "axis": {**axis, "title": None, "format": "d", "tickMinStep": 1, "tickCount": 6, "grid": False},
            },
            "y": {"axis": {**axis, "title": None, "tickCount": 4, "domain": False, "ticks": False, "format": ",~f"}},
        },
        "layer": _layers(),
    }


def _layers() -> list[dict[str, Any]]:
    bounds = {"y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}}
    return [
        _layer({"type": "rule", "color": _BAD, "strokeDash": [3, 3]}, {}, only="datum.break"),
        _layer({"type": "line", "color": _LINE, "strokeWidth": 2}, {"y": _VALUE}),
        _layer({"type": "rule", "color": _LINE, "strokeWidth": 6, "opacity": 0.35}, bounds),
        _layer({"type": "point", "filled": True, "color": _LINE, "size": 45, "opacity": 1}, {"y": _VALUE}),
        _layer({"type": "point", "color": _BAD, "size": 170, "opacity": 1}, {"y": _VALUE}, only="datum.conflict"),
        {
            **_layer({"type": "point", "shape": "cross", "filled": True, "color": _BAD, "size": 60}, {"y": _VALUE}),
            "data": {"name": "others", "values": []},
        },
    ]


def _layer(mark: dict[str, Any], encoding: dict[str, Any], only: str | None = None) -> dict[str, Any]:
    """Return a layer of marks; `only` keeps the points for which it holds. One chart has one label for all of it."""
    layer: dict[str, Any] = {"mark": {**mark, "aria": False}, "encoding": encoding}
    return layer | ({"transform": [{"filter": only}]} if only else {})
