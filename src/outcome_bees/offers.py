"""What is imported only when it is asked for: methods that are implemented in higher packages, names of a room.

A scorecard shows itself as a table and writes itself as a page, but its module may import neither. Each such method
finds its function here by name, so that imports go downwards only and nothing is loaded before it is used.
"""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

__all__ = ["OFFERS", "fetching", "offered"]

OFFERS = {
    "analysis_as_html": "reports.analysis_tables",
    "analysis_as_text": "reports.analysis_tables",
    "as_html": "reports.answers",
    "as_markdown": "reports.answers",
    "as_text": "reports.answers",
    "editions_as_html": "reports.displays",
    "evaluation_as_html": "reports.displays",
    "findings_as_html": "reports.displays",
    "item_as_html": "reports.displays",
    "observations_as_html": "reports.displays",
    "plan_as_html": "reports.displays",
    "published": "reports.publish",
    "provenance": "reports.provenance",
    "report": "reports.report",
    "tally_as_html": "reports.displays",
    **dict.fromkeys(("to_csv", "to_excel", "to_frame", "to_html", "to_markdown"), "reports.tabular"),
    **dict.fromkeys(("to_database", "to_parquet"), "reports.storing"),
    "why": "reports.provenance",
    "with_methods": "methods.analysis",
}
"""The module that has each function, by the function's name."""


def offered(name: str) -> Any:
    """Return the function of that name from the module that has it."""
    return getattr(import_module(f"outcome_bees.{OFFERS[name]}"), name)


def fetching(room: str, modules: Mapping[str, str]) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of a room: it fetches a name from its module when it is first asked for, and keeps it.

    Args:
        room: The room, by its full name.
        modules: The module that has each name.
    """

    def fetch(name: str) -> Any:
        if name not in modules:
            raise AttributeError(f"module {room!r} has no attribute {name!r}", name=name)
        value = getattr(import_module(f"outcome_bees.{modules[name]}"), name)
        setattr(sys.modules[room], name, value)
        return value

    return fetch
