"""Which observations an answer was made from, and what each was used for.

It asks the same functions that made the answer, so that the two cannot differ.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import localcontext
from enum import StrEnum

from attrs import frozen

from outcome_bees.evaluation.changed_areas import codes_of
from outcome_bees.evaluation.inputs import Inputs
from outcome_bees.evaluation.judge import last_years_figure, previous_figure
from outcome_bees.evaluation.references import comparator_figures, ranked_figures
from outcome_bees.evaluation.result import Evaluation
from outcome_bees.evaluation.rules import Rule, compile_rule, needs_direction
from outcome_bees.evaluation.select import after_due, baseline_figure, grows_to_due
from outcome_bees.exact import CONTEXT
from outcome_bees.frozen import FrozenMapping
from outcome_bees.model.aims import Beat, Complete, Rank
from outcome_bees.model.index import known_of_ground
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation
from outcome_bees.model.plan import Plan
from outcome_bees.model.target import Target

__all__ = ["Use", "UsedObservation", "known_observations", "rule_of", "used_observations"]


class Use(StrEnum):
    """What an observation was used for."""

    FIGURE = "figure"
    BASELINE = "baseline"
    COMPARATOR = "comparator"
    RANKED = "ranked"
    PREVIOUS = "previous"
    YEAR_BEFORE = "year_before"


@frozen
class UsedObservation:
    """An observation, and what it was used for."""

    use: Use
    observation: Observation


def used_observations(answer: Evaluation, inputs: Inputs) -> tuple[UsedObservation, ...]:
    """Return the observations that an answer was made from: its figure first, then what that was held against."""
    measure, target = inputs.measure_of(answer.measure), inputs.target_of(answer.target)
    if measure is None or answer.area is None:
        return ()
    with localcontext(CONTEXT):
        return tuple(_used(answer, measure, target, inputs))


def known_observations(plan: Plan, inputs: Inputs) -> Iterator[Observation]:
    """Yield what was known of the series that a plan's answers for one place can be made from, one a period.

    Those are the series of the place, of the places of the comparators that a target names, and for a rank of all
    places that are ranked; for all of the population and for the parts that a target is set for.
    """
    if inputs.area is None:
        return
    observations, targets = inputs.observations, plan.targets
    for measure in plan.measures:
        places = [inputs.area]
        breakdowns: list[Mapping[str, str]] = [FrozenMapping()]
        for target in targets:
            if target.measure == measure.id:
                breakdowns.append(target.breakdown)
                places += _places_beside(target, inputs)
        places += [code for _, code in codes_of(places, observations.areas(measure.id))]
        for place in dict.fromkeys(places):
            for breakdown in dict.fromkeys(breakdowns):
                yield from observations.known(measure.id, place, breakdown, as_of=inputs.as_of).values()


def _places_beside(target: Target, inputs: Inputs) -> Iterable[str]:
    """Return the places that a target is held against."""
    match target.aim:
        case Rank(among=None):
            return inputs.observations.areas(target.measure)
        case Beat(id) | Rank(among=str(id)):
            return inputs.comparators[id].areas
        case _:
            return ()


def _used(answer: Evaluation, measure: Measure, target: Target | None, inputs: Inputs) -> Iterator[UsedObservation]:
    observations, as_of = inputs.observations, answer.as_of
    assert answer.area is not None, "what has no place has no figures"
    known = observations.known(measure.id, answer.area, answer.breakdown, as_of=as_of)
    ground = known_of_ground(known, observations, measure.id, answer.area, answer.breakdown, as_of)
    figure = None if answer.observation is None else known.get(answer.observation.period)
    if figure is not None:
        yield UsedObservation(Use.FIGURE, figure)
    if target is not None and isinstance(target.aim, Complete):
        late = [known[each] for each in after_due(known, target, as_of)]
        yield from (UsedObservation(Use.FIGURE, each) for each in late if each is not figure)
    baseline = None if target is None else baseline_figure(target, measure, ground)
    if baseline is not None:
        yield UsedObservation(Use.BASELINE, baseline)
    if figure is None:
        return
    if target is not None:
        yield from _others(answer, figure, measure, target, inputs)
    previous = previous_figure(figure, ground, measure)
    if previous is not None:
        yield UsedObservation(Use.PREVIOUS, previous)
    last = last_years_figure(figure, ground, measure) if inputs.policy.near_if_not_worse else None
    if last is not None and last is not previous:
        yield UsedObservation(Use.YEAR_BEFORE, last)
    if last is not None and target is not None and isinstance(target.aim, Rank):  # whose places are compared
        for each in _others(answer, last, measure, target, inputs):
            yield UsedObservation(Use.YEAR_BEFORE, each.observation)


def _others(
    answer: Evaluation, figure: Observation, measure: Measure, target: Target, inputs: Inputs
) -> Iterator[UsedObservation]:
    """Yield the figures of the other places that a target is held against."""
    beside = (measure, figure.period, target.breakdown, inputs.observations, answer.as_of)
    match target.aim:
        case Beat(id) if id in inputs.comparators:
            found = comparator_figures(inputs.comparators[id], *beside)
            yield from (UsedObservation(Use.COMPARATOR, each) for each in found if each is not None)
        case Rank(among=among) if among is None or among in inputs.comparators:
            areas = None if among is None else inputs.comparators[among].areas
            ranked = ranked_figures(figure.area, areas, *beside)
            yield from (
                UsedObservation(Use.RANKED, each)
                for area, each in ranked.items()
                if each is not None and area != figure.area
            )


def rule_of(answer: Evaluation, inputs: Inputs) -> Rule | None:
    """Return the rule that a figure was held against; ``None`` where there is none."""
    measure, target = inputs.measure_of(answer.measure), inputs.target_of(answer.target)
    if measure is None or target is None or target.aim is None:
        return None
    if measure.direction is None and needs_direction(target):
        return None
    period = None if answer.observation is None else answer.observation.period
    if period is not None and grows_to_due(period, measure, target) and answer.required == answer.goal:
        period = None
    with localcontext(CONTEXT):
        return compile_rule(target, measure, period, inputs.policy)
