"""What does not go together across a plan: targets counted twice, labels that two periods share, places that ended.

And, where figures are given too, those that close nothing yet.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from outcome_bees import areas
from outcome_bees.areas import Names
from outcome_bees.linting.finding import Found
from outcome_bees.model.constraints import NUMBERS
from outcome_bees.model.index import Observations
from outcome_bees.model.observation import absence_of
from outcome_bees.model.plan import Plan
from outcome_bees.model.target import Target
from outcome_bees.periods import Period
from outcome_bees.vocabulary import Revision

__all__ = [
    "of_comparators",
    "of_figures_of_other_boundaries",
    "of_hidden_numbers",
    "of_known_figures",
    "of_targets_together",
]

_WHOLE_IN_REGISTER = ("E06", "E08", "E09", "E10", "E12", "E92")


def of_comparators(plan: Plan) -> Found:
    """Check the places that comparators and targets name."""
    last = max((target.due.end for target in plan.targets if target.due is not None), default=None)
    for index, comparator in enumerate(plan.comparators):
        listed = [code for code in comparator.areas if areas.lifetime(code)[1] or not areas.same_ground(code)]
        for sort, facts in _of_places(listed, last):  # one that was recoded is found under its other code
            yield sort, f"$.comparators[{index}].areas", comparator.id, facts
    for index, target in enumerate(plan.targets):
        for sort, facts in _of_places(() if target.area is None else (target.area,), last):
            yield sort, f"$.targets[{index}].area", target.id, facts
        began = None if target.area is None else areas.lifetime(target.area)[0]
        if began is not None and target.area is not None and _is_before(target, began):
            assert target.baseline is not None, "what is before has a period"
            facts = {"baseline": target.baseline.period, "area": Names().with_code(target.area), "began": began}
            yield "baseline_before_place", f"$.targets[{index}].baseline", target.id, facts


def _is_before(target: Target, began: date) -> bool:
    """Return whether a target needs a figure from before a day as its baseline."""
    since = target.baseline
    return since is not None and since.value is None and target.stands_on_baseline and since.period.end < began


def _of_places(codes: Iterable[str], needed_until: date | None) -> Iterator[tuple[str, dict[str, object]]]:
    for code in codes:
        place = areas.area(code)
        if place is None and code[:3] in _WHOLE_IN_REGISTER and areas.sort(code) is not None:
            yield "unknown_area", {"code": code}
        elif place is not None and place.end is not None and needed_until is not None and place.end < needed_until:
            after = " and ".join(f"{each} ({areas.name(each)})" for each in areas.successors(code))
            yield "former_area", {"area": Names().with_code(code), "after": after}


def of_targets_together(plan: Plan) -> Found:
    """Check several targets, held against each other."""
    of_measure = Counter(target.measure for target in plan.targets)
    places = [_place_in_the_tally(each) if of_measure[each.measure] > 1 else None for each in plan.targets]
    counted = Counter(places)
    codes: dict[str, list[str]] = {}
    for index, (target, place) in enumerate(zip(plan.targets, places, strict=True)):
        if place is not None and counted[place] > 1 and target.due is not None:
            yield "several_targets", f"$.targets[{index}].measure", target.id, _number_of(counted[place])
        for name, period in _periods(target):
            label, code = period.label, period.code
            alike = codes.setdefault(label, [])
            if code not in alike:
                alike.append(code)
            if len(alike) > 1:
                facts = {"label": label, "codes": " or ".join(alike)}
                yield "same_label", f"$.targets[{index}].{name}", target.id, facts


def _number_of(count: int) -> dict[str, object]:
    return {"count": "two", "all": "both"} if count == 2 else {"count": count, "all": "all"}


def _place_in_the_tally(target: Target) -> tuple[object, ...]:
    return target.measure, type(target.aim), target.area, target.due, target.breakdown


def _periods(target: Target) -> list[tuple[str, Period]]:
    found = [("due", target.due), ("baseline", None if target.baseline is None else target.baseline.period)]
    return [(name, period) for name, period in found if period is not None]


def of_known_figures(plan: Plan, figures: Observations, as_of: date) -> Found:
    """Check figures that were known on a day: those for periods that are not over then, or were not."""
    early: dict[str, list[Period]] = {}
    for figure in figures:
        day = as_of if figure.recorded is None else min(as_of, figure.recorded)
        if figure.period.end > day and figure.period.start <= as_of:
            early.setdefault(figure.measure, []).append(figure.period)
    for index, measure in enumerate(plan.measures):
        periods = early.get(measure.id)
        if periods:
            first = min(periods, key=lambda each: each.end)
            which = (
                f"a figure for {first} is"
                if len(periods) == 1
                else f"each of {len(periods)} figures, such as for {first}, is"
            )
            yield "period_not_over", f"$.measures[{index}]", measure.id, {"figures": which, "as_of": as_of}


def of_figures_of_other_boundaries(plan: Plan, figures: Observations) -> Found:
    """Check figures of a place for periods in which it was not there: not yet, or no more."""
    outside: dict[tuple[str, str, str], Period] = {}
    for figure in figures:
        began, ended = areas.lifetime(figure.area)
        early = began is not None and figure.period.end < began
        if early or (ended is not None and figure.period.start >= ended):
            key = ("figures_before_place" if early else "figures_after_place", figure.measure, figure.area)
            outside[key] = min(outside.get(key, figure.period), figure.period, key=lambda each: each.end)
    paths = {each.id: f"$.measures[{index}]" for index, each in enumerate(plan.measures)}
    for (sort, measure, area), period in outside.items():
        if measure in paths:
            on = areas.lifetime(area)[0 if sort == "figures_before_place" else 1]
            yield sort, paths[measure], measure, {"area": Names().with_code(area), "period": period, "on": on}


def of_hidden_numbers(figures: Observations) -> Found:
    """Check figures that are absent, or were withdrawn, and have numbers all the same."""
    for index, figure in enumerate(figures):
        which = {"figures": f"{figure.period} in {figure.area}"}
        path = f"$.observations[{index}]"
        if figure.revision is Revision.WITHDRAWN and figure.value is not None:
            yield "withdrawn_with_number", path, figure.measure, which
        elif absence_of(figure) and any(getattr(figure, name) is not None for name in NUMBERS):
            yield "numbers_beside_absence", path, figure.measure, which
