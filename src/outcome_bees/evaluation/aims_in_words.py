"""What a target asks for, in words: its aim, its margins and its baseline."""

from collections.abc import Mapping
from decimal import Decimal

from outcome_bees.model.aims import Beat, Comparator, Complete, Hold, Improve, Margin, Rank, Reach, StayBetween
from outcome_bees.model.measure import Measure
from outcome_bees.model.target import Target
from outcome_bees.presentation.numbers import decimals_to_show, difference, quantity
from outcome_bees.presentation.words import brief

__all__ = ["aim_in_words", "baseline_in_words", "margin_in_words"]


def aim_in_words(target: Target, measure: Measure, comparators: Mapping[str, Comparator]) -> str:
    """Return what a target asks for, as an order: "reach 95.0%".

    Example:
        >>> measure = Measure(id="m", title="M", unit="percent", direction="increase")
        >>> aim_in_words(Target(id="t", measure="m", aim=Reach(95)), measure, {})
        'reach 95.0%'
    """

    def margin(by: Margin | None) -> str:
        return "" if by is None else f" by {margin_in_words(by, target, measure)}"

    match target.aim:
        case None:
            return "to be agreed"
        case Reach(value):
            return f"reach {_stated(value, target, measure)}"
        case StayBetween(low, high):
            return f"stay between {_stated(low, target, measure)} and {_stated(high, target, measure)}"
        case Improve(by):
            return f"improve{margin(by)} on {baseline_in_words(target, measure)}"
        case Hold():
            return f"be no worse than {baseline_in_words(target, measure)}"
        case Beat(comparator, by):
            title = comparators[comparator].title if comparator in comparators else comparator
            return f"be better than {title}{margin(by)}"
        case Complete():
            return "be done"
        case Rank(best, of):
            return f"be in the best {best} of {of} groups"


def _stated(number: Decimal, target: Target, measure: Measure) -> str:
    """Return a number that a plan states with its unit and with all of its decimals: 7.25 is not 7.3."""
    exponent = number.normalize().as_tuple().exponent
    assert isinstance(exponent, int), "numbers of a plan are finite"
    return quantity(number, target.unit or measure.unit, max(measure.digits, -exponent))


def margin_in_words(margin: Margin, target: Target, measure: Measure) -> str:
    """Return a margin with its unit: points of a percentage, or per cent of a number."""
    if margin.amount is None:
        return f"{margin.percent:f} per cent"
    digits = decimals_to_show(margin.amount, measure.digits)
    return difference(margin.amount, target.unit or measure.unit, digits)


def baseline_in_words(target: Target, measure: Measure) -> str:
    """Return where a measure was before, as the target says it."""
    if target.baseline is None:
        return "a baseline not stated"
    period = brief(target.baseline.period.label)
    if target.baseline.value is None:
        return period
    return f"{_stated(target.baseline.value, target, measure)} in {period}"
