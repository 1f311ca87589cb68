"""One plain sentence with the numbers, units and periods: why a target has the status it has."""

from datetime import date
from decimal import Decimal

from outcome_bees.evaluation.judge import Judgement
from outcome_bees.model.aims import Beat, Complete, Hold, Improve, Rank, StayBetween
from outcome_bees.model.comparator import Comparator
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation
from outcome_bees.model.target import Target
from outcome_bees.periods import Period, PeriodKind
from outcome_bees.presentation.numbers import difference, plain, quantity, telling
from outcome_bees.presentation.words import LABEL, SENTENCE
from outcome_bees.vocabulary import Reason, Status

__all__ = ["explain"]


def explain(
    target: Target | None,
    measure: Measure,
    figure: Observation | None,
    value: Decimal | None,
    status: Status,
    reason: Reason | None,
    judgement: Judgement,
    comparator: Comparator | None,
    as_of: date,
) -> str:
    """The answer in words, from the same facts that the result holds."""
    known = None if figure is None or value is None else f"{_quantity(value, measure)} {_when(figure.period)}"
    unjudged = target is None or judgement.verdict is None or known is None
    if target is None or known is None or (reason is not None and (unjudged or reason is not Reason.OVERDUE)):
        assert reason is not None, "what has no verdict has a reason"
        said = f"Not assessed: {SENTENCE[reason]}"
        return f"{said}; the latest figure is {known}." if known else f"{said}."
    assert judgement.verdict is not None, "what has no verdict has been answered"
    on_the_way = " at that point" if judgement.required != judgement.goal else ""
    judged = f"the target{on_the_way} was {_asked(target, measure, judgement, comparator)}"
    if reason is Reason.OVERDUE and target.due is not None:
        return (
            f"Not assessed: the figure {_for(target.due)} was not known on {_date(as_of)};"
            f" the last was {known}, where {judged}: {LABEL[judgement.verdict]},"
            f" {_ahead(target, measure, judgement)}."
        )
    sentence = f"{known}, where {judged}: {LABEL[status]}, {_ahead(target, measure, judgement)}."
    if judgement.display_conflict:
        places = f"{measure.digits} decimal{'' if measure.digits == 1 else 's'}" if measure.digits else "a whole number"
        sentence += f" Shown to {places} it looks met and is not: the exact figure is {value}."
    return sentence


def _asked(target: Target, measure: Measure, judgement: Judgement, comparator: Comparator | None) -> str:
    """What was asked for, with the number and where it comes from."""
    aim = target.aim
    required = judgement.required or Decimal(0)
    if isinstance(aim, Complete):
        return "completion"
    if isinstance(aim, Rank):
        best = f"the best {aim.best} of {aim.of} groups of {plain(judgement.reference or Decimal(0), 0)} areas"
        return f"a place in {best} (place {plain(judgement.number or Decimal(0), 0)} was reached)"
    if isinstance(aim, StayBetween):
        low, high = (quantity(end, target.unit or measure.unit, measure.digits) for end in (aim.low, aim.high))
        return f"{low} to {high}"
    origin = ""
    if isinstance(aim, Improve | Hold) and target.baseline is not None:
        origin = f" (from the baseline of {_named(target.baseline.period)})"
    if isinstance(aim, Beat) and comparator is not None:
        origin = f" ({comparator.title})"
    return f"{judgement.asked} {_quantity(required, measure)}{origin}"


def _ahead(target: Target, measure: Measure, judgement: Judgement) -> str:
    """How far ahead or behind, with as many digits as it takes not to read nought where it is not."""
    gap = judgement.gap or Decimal(0)
    if isinstance(target.aim, Complete):
        return "done" if gap >= 0 else "not done"
    if isinstance(target.aim, Rank):
        return f"{plain(abs(gap), 1)} places {'inside' if gap >= 0 else 'outside'}"
    if not gap:
        return "exactly on it"
    digits = telling(gap, measure.digits)
    return f"{difference(abs(gap), measure.unit, digits)} {'ahead' if gap > 0 else 'behind'}"


def _quantity(number: Decimal, measure: Measure) -> str:
    if measure.unit is not None and measure.unit.code == "milestone":
        return "done" if number >= 1 else "not done"
    return quantity(number, measure.unit, measure.digits)


def _when(period: Period) -> str:
    return f"{'at' if period.kind is PeriodKind.DAY else 'in'} {_named(period)}"


def _for(period: Period) -> str:
    return f"for {_named(period)}"


def _named(period: Period) -> str:
    return f"the {period.label}" if period.kind is PeriodKind.YEAR_ENDING else period.label


def _date(day: date) -> str:
    return Period.day(day).label
