"""A report in a file: page, paper or workbook, by the suffix of its name."""

from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from outcome_bees.areas import Names
from outcome_bees.errors import InvalidValueError
from outcome_bees.evaluation.scorecard import Scorecard
from outcome_bees.model.index import Observations
from outcome_bees.model.local_policy import STANDARD, Policy
from outcome_bees.model.observation import Observation
from outcome_bees.reports.commentary import Commentary
from outcome_bees.reports.contents import contents_of
from outcome_bees.reports.page import DEFAULT_LICENCE, page_of
from outcome_bees.reports.paper import paper_of
from outcome_bees.reports.publish import (
    Disclosure,
    hidden_figures,
    hidden_measures,
    published,
    unchecked_measures,
)
from outcome_bees.reports.workbook import workbook_of
from outcome_bees.serializers.file_access import write

__all__ = ["REPORT_FORMATS", "report", "report_bytes"]

REPORT_FORMATS = ("html", "docx", "xlsx")
"""What a report can be: a page, a paper, a workbook."""


def report_bytes(
    card: Scorecard,
    format: str,
    *,
    observations: Observations | Iterable[Observation] = (),
    commentary: Iterable[Commentary] = (),
    before: Scorecard | None = None,
    names: Names | None = None,
    template: str | PathLike[str] | None = None,
    disclosure: Disclosure | None = None,
    policy: Policy | str = STANDARD,
    licence: str = DEFAULT_LICENCE,
    charts: bool = True,
) -> bytes:
    """Return a report as the bytes of a file, the same every time.

    Args:
        card: The answers.
        format: ``html``, ``docx`` or ``xlsx``.
        observations: The figures they were made from, for charts and sources.
        commentary: Commentary on them.
        before: The card of an earlier day, to show what changed.
        names: What to call places; ``None`` for the register's names.
        template: A Jinja template for ``html``, a Word document for ``docx``; ``None`` for ours.
        disclosure: The rule by which small numbers are hidden; ``None`` hides nothing, for use inside the council.
        policy: The policy that the card was judged by; asked for with ``disclosure`` alone.
        licence: Under what licence the figures are used.
        charts: Whether to draw charts, where there are figures to draw.

    Raises:
        InvalidValueError: An unknown format; a template for a workbook; a disclosure rule without figures.
        MissingExtraError: A library of the extra ``report`` is not installed.
    """
    if format not in REPORT_FORMATS:
        raise InvalidValueError("report: format", format, ", ".join(REPORT_FORMATS))
    if format == "xlsx" and template is not None:
        raise InvalidValueError("report: template", str(template), "none for a workbook")
    figures, comments = Observations.of(observations), tuple(commentary)
    notes: list[str] = []
    if disclosure is not None:
        if not len(figures):
            raise InvalidValueError(
                "report: observations",
                (),
                "the observations that the card was made from, so that the rule can be applied to them",
            )
        notes = _disclosure_notes(card, figures, disclosure)
        hidden = set(hidden_measures(figures, card.plan, disclosure, card.area))
        comments = tuple(each for each in comments if each.measure not in hidden)
        card = published(card, figures, disclosure, policy=policy)
        if before is not None:
            before = published(before, figures, disclosure, policy=policy)
        figures = Observations(hidden_figures(figures, card.plan, disclosure), provisional_after_final_ok=True)
    contents = contents_of(card, figures, commentary=comments, before=before, names=names, notes=notes)
    if format == "html":
        return page_of(contents, template=template, licence=licence, charts=charts).encode()
    if format == "docx":
        return paper_of(contents, template=template, licence=licence, charts=charts)
    return workbook_of(contents, licence=licence)


def _disclosure_notes(card: Scorecard, figures: Observations, rule: Disclosure) -> list[str]:
    """Return the rule in words, and what could not be checked by it."""
    notes = [rule.sentence()]
    unchecked = unchecked_measures(figures, card.plan)
    titles = [each.title for each in card.plan.measures if each.id in unchecked]
    if titles:
        notes.append(
            "Not checked, as their numerators and denominators are not stated: "
            f"{'; '.join(titles)}. Nor were figures that add up and were not declared to."
        )
    return notes


def report(
    card: Scorecard,
    path: str | PathLike[str],
    *,
    observations: Observations | Iterable[Observation] = (),
    commentary: Iterable[Commentary] = (),
    before: Scorecard | None = None,
    names: Names | None = None,
    template: str | PathLike[str] | None = None,
    disclosure: Disclosure | None = None,
    policy: Policy | str = STANDARD,
    licence: str = DEFAULT_LICENCE,
    charts: bool = True,
) -> None:
    """Write a report to a file: a page (``.html``), a paper (``.docx``) or a workbook (``.xlsx``).

    The arguments are those of ``report_bytes``. A file is replaced whole, or stays as it was.

    Raises:
        InvalidValueError: Another suffix; see also ``report_bytes``.
    """
    format = Path(path).suffix.lower().removeprefix(".")
    content = report_bytes(
        card,
        format,
        observations=observations,
        commentary=commentary,
        before=before,
        names=names,
        template=template,
        disclosure=disclosure,
        policy=policy,
        licence=licence,
        charts=charts,
    )
    write(Path(path), content)
