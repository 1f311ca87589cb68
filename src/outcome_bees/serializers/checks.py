"""What is checked between figures, and between figures and their plan, whatever they were read from."""

from collections.abc import Iterator, Sequence
from typing import Any

from outcome_bees.errors import nearest
from outcome_bees.model.observation import Observation
from outcome_bees.model.plan import Plan

__all__ = ["misfits", "repeats"]

_UNKNOWN = object()


def misfits(figures: Sequence[Observation], plan: Plan) -> Iterator[tuple[int, str, str]]:
    """Figures of measures that a plan does not have, or in units that cannot be compared: which, field, why."""
    units = {each.id: each.unit for each in plan.measures}
    fitting: set[tuple[str, object]] = set()
    near: dict[str, Any] = {}
    for index, figure in enumerate(figures):
        pair = figure.measure, figure.unit
        if pair in fitting:
            continue
        if figure.measure not in units:
            meant = near.get(figure.measure, _UNKNOWN)
            if meant is _UNKNOWN:  # looked for once, and for fifty names at most: it takes its time
                meant = near[figure.measure] = nearest(figure.measure, units) if len(near) < 50 else None
            hint = f" (did you mean {meant}?)" if meant else ""
            message = f'given "{figure.measure}"; allowed: a measure of plan {plan.id}{hint}'
            yield index, "measure", message
            continue
        unit = units[figure.measure]
        if figure.unit is not None and unit is not None and not figure.unit.convertible(unit):
            allowed = f"a unit that can be compared with {unit}, the unit of {figure.measure}"
            yield index, "unit", f"given {figure.unit}; allowed: {allowed}"
            continue
        fitting.add(pair)


def repeats(figures: Sequence[Observation]) -> Iterator[tuple[int, int, str]]:
    """Figures for what an earlier one was for, with nothing to tell which holds: which, the earlier, what for."""
    first: dict[object, int] = {}
    for index, figure in enumerate(figures):
        known = figure.known_on, figure.revision
        earlier = first.setdefault((figure.measure, figure.area, figure.breakdown, figure.period, known), index)
        if earlier != index:
            yield index, earlier, f"{figure.measure}, {figure.period}, {figure.area}"
