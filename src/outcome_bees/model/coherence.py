"""That the parts of a plan fit together: everything that does not is found, not only the first."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from outcome_bees.errors import Problem, nearest
from outcome_bees.model.aims import Beat, Improve, Rank
from outcome_bees.model.bees import OUTCOME_BEES
from outcome_bees.vocabulary import Direction

if TYPE_CHECKING:
    from outcome_bees.model.plan import Plan

__all__ = ["COLLECTIONS", "problems_of"]

COLLECTIONS = ("outcome_bees", "ambitions", "priorities", "measures", "targets", "comparators")
"""The fields of a plan whose items have an id of their own."""


def problems_of(plan: "Plan") -> list[Problem]:
    """Every problem of a plan, each with its path."""
    return [*_repeated(plan), *_dangling(plan), *_circular(plan), *_contradicted(plan)]


def _repeated(plan: "Plan") -> Iterator[Problem]:
    """Ids that a collection has twice."""
    for name in COLLECTIONS:
        first: dict[str, int] = {}
        for index, item in enumerate(getattr(plan, name)):
            if item.id in first:
                yield Problem(f"$.{name}[{index}].id", f"{item.id!r} is the id of {name}[{first[item.id]}] already")
            first.setdefault(item.id, index)


def _references(plan: "Plan") -> Iterator[tuple[str, str | None, str]]:
    """Every reference in the plan: where it stands, what it says, and which collection it is to."""
    for i, priority in enumerate(plan.priorities):
        yield f"priorities[{i}].ambition", priority.ambition, "ambitions"
        for j, bee in enumerate(priority.outcome_bees):
            yield f"priorities[{i}].outcome_bees[{j}]", bee, "outcome_bees"
    for i, measure in enumerate(plan.measures):
        yield f"measures[{i}].priority", measure.priority, "priorities"
        for j, bee in enumerate(measure.outcome_bees):
            yield f"measures[{i}].outcome_bees[{j}]", bee, "outcome_bees"
        for j, part in enumerate(measure.components):
            yield f"measures[{i}].components[{j}]", part, "measures"
    for i, target in enumerate(plan.targets):
        yield f"targets[{i}].measure", target.measure, "measures"
        if isinstance(target.aim, Beat):
            yield f"targets[{i}].aim.comparator", target.aim.comparator, "comparators"
        if isinstance(target.aim, Rank):
            yield f"targets[{i}].aim.among", target.aim.among, "comparators"


def _dangling(plan: "Plan") -> Iterator[Problem]:
    """References that lead nowhere."""
    ids = {name: {item.id for item in getattr(plan, name)} for name in COLLECTIONS}
    ids["outcome_bees"] |= {bee.id for bee in OUTCOME_BEES}
    told = 0
    for path, given, collection in _references(plan):
        if given is not None and given not in ids[collection]:
            told += 1  # a message shows fifty, and looking for a near word among thousands takes its time
            meant = nearest(given, ids[collection]) if told <= 50 else None
            hint = f"; did you mean {meant!r}?" if meant else ""
            yield Problem(f"$.{path}", f"{given!r} is the id of none of the plan's {collection}{hint}")


def _circular(plan: "Plan") -> Iterator[Problem]:
    """Compound measures that are, by way of others, parts of themselves."""
    try:
        TopologicalSorter({each.id: each.components for each in plan.measures}).prepare()
    except CycleError as error:
        ring: list[str] = error.args[1]
        index = next(i for i, each in enumerate(plan.measures) if each.id in ring)
        yield Problem(f"$.measures[{index}].components", f"measures that are part of themselves: {' → '.join(ring)}")


def _contradicted(plan: "Plan") -> Iterator[Problem]:
    """Targets that say what their measure cannot have."""
    known = {each.id: each for each in plan.measures}
    for index, target in enumerate(plan.targets):
        measure = known.get(target.measure)
        if measure is None:
            continue
        if target.unit and measure.unit and not target.unit.convertible(measure.unit):
            allowed = f"a unit that can be compared with {measure.unit}, the unit of {measure.id}"
            yield Problem(f"$.targets[{index}].unit", f"given {target.unit}; allowed: {allowed}")
        if measure.direction is Direction.MAINTAIN and isinstance(target.aim, Improve | Beat | Rank):
            allowed = "reach, stay_between, hold or complete, since the measure is to be maintained"
            yield Problem(f"$.targets[{index}].aim", f"given {type(target.aim).__name__.lower()}; allowed: {allowed}")
