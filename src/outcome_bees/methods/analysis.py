"""What methods say of every measure of a scorecard, put beside its answers: none of it changes a status."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

from attrs import field, frozen

from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.evaluation.result import Evaluation
from outcome_bees.evaluation.scorecard import Scorecard
from outcome_bees.frozen import described
from outcome_bees.methods._words import closed_word
from outcome_bees.methods.projection import Forecast, forecast
from outcome_bees.methods.spc import ControlChart, xmr
from outcome_bees.methods.trend import Trend, recent_trend
from outcome_bees.model.aims import Complete, Rank, StayBetween
from outcome_bees.model.series import Series
from outcome_bees.offers import offered
from outcome_bees.vocabulary import Certainty, NoAnswer

__all__ = ["Analysis", "MeasureAnalysis", "Method", "with_methods"]


class Method(StrEnum):
    """A method that is offered beside the answers of a scorecard.

    Example:
        >>> ", ".join(Method)
        'certainty, trend, spc, forecast'
    """

    CERTAINTY = "certainty"
    TREND = "trend"
    SPC = "spc"
    FORECAST = "forecast"


@described(
    target="The target's id; ``None`` where the measure has none.",
    measure="The measure's id.",
    certainty="Whether the verdict is clear or within chance; ``None`` where that was not asked, or is not known.",
    certainty_reason="Why it is not known; ``None`` where it is, or there is no verdict.",
    trend="What the last five years show; ``None`` where it was not asked.",
    spc="The control chart of all figures; ``None`` likewise.",
    forecast="Where a straight line leads by the due date; ``None`` where it was not asked, or there is no date.",
)
@frozen(kw_only=True)
class MeasureAnalysis:
    """What methods say beside one answer of a scorecard."""

    target: str | None = None
    measure: str
    certainty: Certainty | None = None
    certainty_reason: NoAnswer | None = None
    trend: Trend | None = None
    spc: ControlChart | None = None
    forecast: Forecast | None = None


@described(
    card="The scorecard, as it was.",
    methods="The methods that were asked.",
    answers="One for each evaluation of the card, in its order.",
)
@frozen(kw_only=True)
class Analysis:
    """A scorecard, and what methods say beside each of its answers. In a notebook it shows itself as a table."""

    card: Scorecard
    methods: tuple[Method, ...]
    answers: tuple[MeasureAnalysis, ...] = field(repr=False)

    def of(self, measure: str) -> MeasureAnalysis:
        """Return what was found for a measure; for the first of its targets where it has several.

        Raises:
            InvalidValueError: The card has no such measure.
        """
        for each in self.answers:
            if each.measure == measure:
                return each
        raise InvalidValueError("measure", measure, "a measure of the card")

    def __str__(self) -> str:
        """Write the tables as text, 80 columns wide."""
        text: str = offered("analysis_as_text")(self)
        return text

    def _repr_html_(self) -> str:
        """Write the tables as a notebook shows them."""
        markup: str = offered("analysis_as_html")(self)
        return markup


def with_methods(card: Scorecard, *methods: Method | str) -> Analysis:
    """Return the card with what methods say beside each of its answers; without any named, all four.

    Args:
        card: What ``evaluate_plan`` gave, or a card that was loaded with what it was made from.
        methods: ``certainty``, ``trend``, ``spc`` and ``forecast``.

    Raises:
        InvalidValueError: No such method; or the card is without the observations that it was made from.

    Example:
        >>> from datetime import date
        >>> from outcome_bees import Measure, Observation, Plan, Reach, Target, evaluate_plan
        >>> measure = Measure(id="m", title="M", unit="percent", direction="increase")
        >>> target = Target(id="t", measure="m", aim=Reach(60), due="CY2026")
        >>> plan = Plan(id="p", title="P", measures=[measure], targets=[target])
        >>> years = [Observation(measure="m", period=f"CY{year}", area="E10000015", value=value)
        ...          for year, value in ((2022, 50), (2023, 52), (2024, 54))]
        >>> beside = evaluate_plan(plan, years, as_of=date(2025, 12, 31)).with_methods("forecast").of("m")
        >>> beside.forecast.projected, beside.forecast.pace_needed
        (Decimal('58'), Decimal('3'))
    """
    asked = tuple(dict.fromkeys(closed_word(each, Method, "method") for each in methods)) or tuple(Method)
    if not isinstance(card, Scorecard):
        raise InvalidTypeError("with_methods: card", card, "a Scorecard")
    if card.inputs is None:
        allowed = (
            "a card with the observations that it was made from: one of evaluate_plan, or one loaded with its inputs"
        )
        raise InvalidValueError("with_methods: card", "one without observations", allowed)
    series = {
        key: _series(card, *key) for key in dict.fromkeys((each.measure, each.breakdown) for each in card.evaluations)
    }
    answers = []
    for each in card.evaluations:
        found: dict[str, Any] = {}
        for method in asked:
            found |= _ASKED[method](each, series[each.measure, each.breakdown], _goal(card, each))
        answers.append(MeasureAnalysis(target=each.target, measure=each.measure, **found))
    return Analysis(card=card, methods=asked, answers=tuple(answers))


def _series(card: Scorecard, id: str, breakdown: Mapping[str, str]) -> Series:
    measure = card.plan.measure(id)
    if card.inputs is None or card.area is None:
        return Series(measure=measure, breakdown=breakdown, as_of=card.as_of)
    return card.inputs.observations.series(measure, area=card.area, breakdown=breakdown, as_of=card.as_of)


def _goal(card: Scorecard, evaluation: Evaluation) -> Decimal | None:
    """Return the one number to meet at the due date; a band has two, and a place or a milestone is no figure."""
    target = next((each for each in card.plan.targets if each.id == evaluation.target), None)
    if target is None or isinstance(target.aim, Rank | Complete | StayBetween):
        return None
    return evaluation.goal


_Beside = Callable[[Evaluation, Series, Decimal | None], dict[str, Any]]
_ASKED: dict[Method, _Beside] = {
    Method.CERTAINTY: lambda evaluation, _, __: {
        "certainty": evaluation.certainty,
        "certainty_reason": evaluation.certainty_reason,
    },
    Method.TREND: lambda _, series, __: {"trend": recent_trend(series)},
    Method.SPC: lambda _, series, goal: {"spc": xmr(series, target=goal)},
    Method.FORECAST: lambda evaluation, series, goal: {
        "forecast": None if evaluation.due is None else forecast(series, evaluation.due, target=goal)
    },
}
