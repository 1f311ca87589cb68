"""What the priorities and measures of a plan leave unsaid."""

from collections import Counter
from collections.abc import Iterable, Iterator

from outcome_bees.evaluation.lint.finding import Found
from outcome_bees.evaluation.rules import needs_direction
from outcome_bees.model.measure import Measure
from outcome_bees.model.plan import Plan, Priority
from outcome_bees.model.target import Target
from outcome_bees.vocabulary import Frequency, MeasureKind, Role, Timing

__all__ = ["of_measures", "of_priorities"]

_SHARES = (MeasureKind.PERCENTAGE, MeasureKind.RATE)
_AMOUNTS = (MeasureKind.COUNT, MeasureKind.AMOUNT, MeasureKind.DURATION)
_WITHIN_A_YEAR = (
    Frequency.MONTHLY,
    Frequency.WEEKLY,
    Frequency.DAILY,
)  # periods of these need no sort of year
# First words that can be nothing but a direction: "More than …" or "Lower …" may be part of a name.
_SAYING = {
    "increase": "increase",
    "decrease": "decrease",
    "fewer": "decrease",
    "reduce": "decrease",
    "reduction": "decrease",
}


def of_priorities(plan: Plan) -> Found:
    """What is found of the priorities."""
    used = {priority.id for measure in plan.measures if (priority := plan.priority_of(measure))}
    for index, priority in enumerate(plan.priorities):
        if used and priority.id not in used:  # a plan may hang its measures elsewhere altogether
            yield "no_measure", f"$.priorities[{index}]", priority.id, {}
    yield from _same_titles("priorities", plan.priorities)


def of_measures(plan: Plan) -> Found:
    """What is found of the measures."""
    targets: dict[str, list[Target]] = {}
    for target in plan.targets:
        targets.setdefault(target.measure, []).append(target)
    judged_whole = {part for each in plan.measures if each.id in targets for part in each.components}
    for index, measure in enumerate(plan.measures):
        own = targets.get(measure.id, [])
        for sort, name in (*_of_direction(measure, own), *_of_figures(measure)):
            facts = {
                **{"word": _first_word(measure), "direction": measure.direction},
                **{"kind": measure.kind.value, "unit": measure.unit},
            }
            yield sort, f"$.measures[{index}].{name}", measure.id, facts
        if _judged(measure) and not own and measure.id not in judged_whole:
            yield "no_target", f"$.measures[{index}]", measure.id, {}
        if not plan.bees_of(measure):
            yield "no_bee", f"$.measures[{index}].outcome_bees", measure.id, {}
    yield from _same_titles("measures", plan.measures)


def _judged(measure: Measure) -> bool:
    """Whether it is meant to be judged by itself: not background, not words, not the sum of its parts."""
    watched = measure.role is Role.CONTEXTUAL or measure.kind is MeasureKind.NARRATIVE
    return not watched and not measure.components


def _first_word(measure: Measure) -> str:
    return measure.title.split()[0].casefold()


def _of_direction(measure: Measure, targets: list[Target]) -> Iterator[tuple[str, str]]:
    """What is not said of a measure's direction, or is said twice over."""
    if measure.direction is None:
        needed = any(map(needs_direction, targets)) if targets else measure.kind is not MeasureKind.MILESTONE
        if needed and _judged(measure):
            yield "no_direction", "direction"
    elif _SAYING.get(_first_word(measure), measure.direction.value) != measure.direction.value:
        yield "title_against_direction", "direction"


def _of_figures(measure: Measure) -> Iterator[tuple[str, str]]:
    """What is not said of a measure's figures, and the field that would say it."""
    if measure.kind is MeasureKind.COMPOUND and not measure.components:
        yield "no_parts", "components"
    if measure.kind in (MeasureKind.COMPOUND, MeasureKind.NARRATIVE, MeasureKind.MILESTONE):
        return
    if measure.unit is None:
        yield "no_unit", "unit"
    elif (measure.kind in _SHARES) != (measure.unit.kind in _SHARES) and measure.kind in (*_SHARES, *_AMOUNTS):
        yield "kind_against_unit", "kind"
    if measure.timing is Timing.SNAPSHOT and measure.frequency is None:
        yield "no_frequency", "frequency"
    dated = measure.timing in (Timing.SNAPSHOT, Timing.ROLLING) or measure.frequency in _WITHIN_A_YEAR
    if not dated and measure.calendar is None:
        yield "no_calendar", "calendar"


def _same_titles(things: str, items: Iterable[Measure | Priority]) -> Found:
    titles = [(each.id, " ".join(each.title.split()).casefold()) for each in items]
    count = Counter(title for _, title in titles)
    for index, (id, title) in enumerate(titles):
        if count[title] > 1:
            yield "same_title", f"$.{things}[{index}].title", id, {"count": count[title], "things": things}
