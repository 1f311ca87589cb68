"""A report as a page: one HTML file that needs no other, for any reader and any width, by a template.

The template gets: ``report`` (``Contents``), ``chart(entry)`` and ``bees_chart()`` (SVG elements; with ``narrow=true``
for a screen no wider than a telephone's), ``charts`` (whether there are any), ``detailed`` (the anchors of measures
with an article of their own), ``key``, ``badges``, ``licence``, ``language``, ``day(date)``, and the filters
``content_hash`` and ``capitalize_first``.

Source: Web Content Accessibility Guidelines 2.2, level AA; reflow at 320 pixels (1.4.10); the policy of content
security of the World Wide Web Consortium, level 3, for the hash of the one style.
"""

from base64 import b64encode
from collections.abc import Callable
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from os import PathLike
from pathlib import Path
from typing import Any

from outcome_bees.errors import InvalidValueError, MissingExtraError
from outcome_bees.periods import Period
from outcome_bees.presentation.html import BADGE
from outcome_bees.presentation.words import LABEL, SYMBOL
from outcome_bees.reports.contents import Contents, Entry
from outcome_bees.vocabulary import Status

__all__ = ["DEFAULT_LICENCE", "MEANING", "page_of"]

DEFAULT_LICENCE = "The figures are used under the licences that their publishers state."

MEANING: dict[Status, str] = {
    Status.ACHIEVED: "The figure for the due period meets what was required.",
    Status.ON_TRACK: "The latest figure meets what was required by then; the due period is still to come.",
    Status.NARROWLY_MISSED: "The figure for the due period is short of what was required by no more than is tolerated.",
    Status.AT_RISK: "The latest figure is short of what was required by then by no more than is tolerated.",
    Status.MISSED: "The figure for the due period does not meet what was required.",
    Status.OFF_TRACK: "The latest figure does not meet what was required by then.",
    Status.NOT_ASSESSED: "No status can be given; the reason is beside it.",
}
"""What each status means, in a sentence for a key."""


@cache
def _environment() -> Any:
    try:
        from jinja2 import StrictUndefined
        from jinja2.sandbox import SandboxedEnvironment
    except ImportError as error:
        raise MissingExtraError("a page is written", "report", "jinja2") from error
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    environment.filters["content_hash"] = _content_hash
    environment.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]
    return environment


def _content_hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(str(text).encode()).digest()).decode()}"


def _default_template() -> str:
    return files("outcome_bees.reports").joinpath("templates", "page.html.jinja").read_text(encoding="utf-8")


def page_of(
    report: Contents,
    *,
    template: str | PathLike[str] | None = None,
    licence: str = DEFAULT_LICENCE,
    language: str = "en-GB",
    charts: bool = True,
) -> str:
    """Return a report as one HTML page.

    Args:
        report: Its contents.
        template: A Jinja template of the council's own; ``None`` for the one that ships.
        licence: Under what licence the figures are used.
        language: The language of the page.
        charts: Whether to draw charts, where there are figures to draw.

    Raises:
        InvalidValueError: The template cannot be read, or asks for a name that there is not.
        MissingExtraError: jinja2, or for charts matplotlib, is not installed.

    Example:
        >>> from outcome_bees import Measure, Plan, evaluate_plan
        >>> from outcome_bees.reports.contents import contents_of
        >>> plan = Plan(id="p", title="A <plan>", measures=[Measure(id="m", title="M", unit="count")])
        >>> card = evaluate_plan(plan, [], as_of=date(2025, 12, 31), area="E10000015")
        >>> page = page_of(contents_of(card))
        >>> "A &lt;plan&gt;" in page, "<script" in page
        (True, False)
    """
    environment = _environment()
    text = _default_template() if template is None else _own_template(template)
    attention = report.red + report.amber
    detailed = {
        each.anchor
        for each in report.entries
        if each in attention or each.comment is not None or (charts and each.has_chart)
    }
    names = {
        "report": report,
        "chart": _chart(report),
        "bees_chart": _bees_chart(report),
        "charts": charts,
        "detailed": detailed,
        "key": [(status, SYMBOL[status], LABEL[status], meaning) for status, meaning in MEANING.items()],
        "badges": BADGE,
        "licence": licence,
        "language": language,
        "day": _day,
    }
    from jinja2 import TemplateError

    try:
        return str(environment.from_string(text).render(names))
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        trouble = f"{error.message}{'' if line is None else f' (line {line})'}"
        raise InvalidValueError("report: template", str(template), "a Jinja template of a page", trouble) from error


def _own_template(path: str | PathLike[str]) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InvalidValueError("report: template", str(path), "a Jinja template of a page, as UTF-8 text") from error


def _day(day: date) -> str:
    return Period.day(day).label


class _Svg(str):
    """An SVG element of ours, whose texts have been escaped: a template takes it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def _chart(report: Contents) -> Callable[..., _Svg]:
    def chart(entry: Entry, narrow: bool = False) -> _Svg:
        from outcome_bees.reports.charts import svg  # matplotlib is wanted only where there are charts

        return _Svg(svg(entry.chart(report.names, narrow=narrow)))

    return chart


def _bees_chart(report: Contents) -> Callable[..., _Svg]:
    def bees_chart(narrow: bool = False) -> _Svg:
        from outcome_bees.reports._overviews import bees, narrow_bees
        from outcome_bees.reports.charts import svg

        return _Svg(svg((narrow_bees if narrow else bees)(report.card)))

    return bees_chart
