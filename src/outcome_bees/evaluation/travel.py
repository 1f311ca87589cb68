"""Where a figure has moved since the one before: for better or worse, or merely up or down."""

from outcome_bees.evaluation.figures import Known, broken, earlier, value_of
from outcome_bees.evaluation.policy import Policy
from outcome_bees.evaluation.rules import guard_of, travel_scale
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation
from outcome_bees.vocabulary import Travel, TravelBasis

__all__ = ["travel_of"]


def travel_of(
    figure: Observation | None, known: Known, measure: Measure, policy: Policy
) -> tuple[Travel | None, TravelBasis | None]:
    """The figure's travel and since when; nothing where there is no earlier figure, or a break lies between.

    A hole in the series is not skipped over: what is missing is not replaced by what was before it.
    """
    value = value_of(figure, measure)
    if figure is None or value is None:
        return None, None
    before, basis = earlier(measure, figure.period)
    if before is None or broken(measure, before, figure.period):
        return None, None
    previous = value_of(known.get(before), measure)
    scale = travel_scale(measure.direction, policy.no_change_within)
    if previous is None or scale.undefined_at(previous):
        return None, None
    return scale.label(value, guard_of(measure), previous), basis
