"""What the rooms above offer on the classes of the rooms below, found when it is first asked for.

A scorecard shows itself as a table and writes itself as a page, but it is made on a floor that knows neither. Each
such method asks here by name, so that imports go downwards only and nothing is loaded before it is used.
"""

from importlib import import_module
from typing import Any

__all__ = ["OFFERS", "offered"]

OFFERS = {
    "as_html": "reports.answers",
    "as_markdown": "reports.answers",
    "as_text": "reports.answers",
    "published": "reports.publish",
    "report": "reports.report",
    "to_frame": "reports.tabular",
}
"""The module that has each function, by the function's name."""


def offered(name: str) -> Any:
    """Return the function of that name from the room that offers it."""
    return getattr(import_module(f"outcome_bees.{OFFERS[name]}"), name)
