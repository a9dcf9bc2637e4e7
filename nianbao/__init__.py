"""年报: legacy reports of Chinese public libraries in, tidy tables out.

`extract` reads many reports into a folder of tables, `read_report` one into records and data frames;
`summary` tells what such a folder holds, `compare` what differs between two, `review` writes pages to check it on;
`find_quantities` and `find_dates` read a piece of text.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nianbao.batch import Summary, extract
    from nianbao.comparison import compare
    from nianbao.differences import Comparison
    from nianbao.find import find_dates, find_quantities
    from nianbao.holdings import Overview
    from nianbao.overview import summary
    from nianbao.report import Report, read_report
    from nianbao.review_pages import review
    from nianbao.steps import Running, Step, Stopped
    from nianbao.workers import Limits

    __version__: str

__all__ = [
    "Comparison",
    "Limits",
    "Overview",
    "Report",
    "Running",
    "Step",
    "Stopped",
    "Summary",
    "__version__",
    "compare",
    "extract",
    "find_dates",
    "find_quantities",
    "read_report",
    "review",
    "summary",
]

# loaded when first used: `nianbao --version` waits for no word list and no data frames
_HOMES = {
    "Comparison": "nianbao.differences",
    "Limits": "nianbao.workers",
    "Overview": "nianbao.holdings",
    "Report": "nianbao.report",
    "Running": "nianbao.steps",
    "Step": "nianbao.steps",
    "Stopped": "nianbao.steps",
    "Summary": "nianbao.batch",
    "compare": "nianbao.comparison",
    "extract": "nianbao.batch",
    "find_dates": "nianbao.find",
    "find_quantities": "nianbao.find",
    "read_report": "nianbao.report",
    "review": "nianbao.review_pages",
    "summary": "nianbao.overview",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("importlib.metadata").version("nianbao")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'nianbao' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
