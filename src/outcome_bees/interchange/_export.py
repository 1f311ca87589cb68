"""A plan and its figures while they are written in another form, and what of them the other form does not have."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, BinaryIO, NamedTuple

from outcome_bees.errors import DocumentError, InvalidTypeError, InvalidValueError
from outcome_bees.interchange._items import extension_of, items_of, losses_between
from outcome_bees.interchange._xml import serialise
from outcome_bees.interchange.imported import Imported
from outcome_bees.interchange.loss import LossReport
from outcome_bees.model.index import recency
from outcome_bees.model.observation import Observation
from outcome_bees.model.plan import Plan
from outcome_bees.model.target import Target
from outcome_bees.vocabulary import Revision

__all__ = ["Form", "Written", "by_measure", "figures_of", "with_losses"]


class Form(NamedTuple):
    """Another form: what it is called, how it is read, and why it does not have a field or an item of ours."""

    name: str
    read: Callable[[BinaryIO], Imported]
    reasons: Mapping[str, str]


class Written(NamedTuple):
    """What was written: the document, its targets and figures in its order, and why each other figure is not there."""

    root: Any
    targets: Iterable[Target]
    figures: Iterable[Observation]
    left: Mapping[int, str]  # by the identity of the figure


def figures_of(observations: Iterable[Observation] | None) -> list[Observation]:
    """Return the figures to write.

    Raises:
        InvalidTypeError: One is no observation.
    """
    figures = list(observations or ())
    for each in figures:
        if not isinstance(each, Observation):
            raise InvalidTypeError("observations", each, "Observation objects")
    return figures


def with_losses(
    plan: Plan, figures: Sequence[Observation], form: Form, write: Callable[[str | None], Written], *, extensions: bool
) -> tuple[bytes, LossReport]:
    """Return a document and all that reading it does not give back.

    Args:
        plan: The plan that is written.
        figures: Its figures.
        form: The form that it is written in.
        write: Writes the document, with a text as extension or without one.
        extensions: Whether what is lost is written into the document as an extension.

    Raises:
        InvalidValueError: The document is larger than any that is read.
    """
    written = write(None)
    before = items_of(plan, figures, written_targets=written.targets, written_figures=written.figures)
    try:
        document = serialise(written.root)
        after = _items_in(document, form)
        names = [key for key in before.fields if key[0] == "observations"]
        whole = {
            key: written.left[id(each)] for key, each in zip(names, figures, strict=True) if id(each) in written.left
        }
        losses = losses_between(before, after, form.name, form.reasons, whole)
        if extensions and losses:
            document = serialise(write(extension_of(before, after)).root)
            losses = losses_between(items_of(plan, figures), _items_in(document, form), form.name, form.reasons, {})
    except DocumentError as error:
        allowed = f"a plan and figures whose document can be read again ({error.problems[0].message})"
        raise InvalidValueError(form.name, plan, allowed) from None
    return document, losses


def _items_in(document: bytes, form: Form) -> Any:
    back = form.read(io.BytesIO(document))
    return items_of(back.plan, back.observations)


def by_measure(
    plan: Plan, figures: Iterable[Observation], why_not: Callable[[Observation], str | None]
) -> tuple[dict[str, list[Observation]], dict[int, str]]:
    """Return the figures to write, one a period, for each measure; and why each other is left out, by identity."""
    kept, left = one_per_period(figures)
    measures = {each.id for each in plan.measures}
    found: dict[str, list[Observation]] = {}
    for each in kept:
        why = why_not(each) if each.measure in measures else "the plan has no such measure"
        if why is None:
            found.setdefault(each.measure, []).append(each)
        else:
            left[id(each)] = why
    return found, left


def one_per_period(figures: Iterable[Observation]) -> tuple[list[Observation], dict[int, str]]:
    """Return the last known figure for each place, part and period; and why each other is left out, by identity."""
    latest: dict[tuple[object, ...], Observation] = {}
    left: dict[int, str] = {}
    figures = list(figures)
    for each in figures:
        if each.revision is Revision.FORECAST:
            left[id(each)] = "a forecast is no result"
            continue
        key = (each.measure, each.area, each.breakdown, each.period)
        other = latest.get(key)
        replaced = other is None or recency(other) < recency(each)
        earlier = other if replaced else each
        if replaced:
            latest[key] = each
        if earlier is not None:
            left[id(earlier)] = "a later figure for the same period takes its place"
    kept = {id(each) for each in latest.values()}
    return [each for each in figures if id(each) in kept], left
