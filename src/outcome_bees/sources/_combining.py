"""Figures of a place made of those of its parts, as a source states: counts add, percentages and rates never do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Context, Decimal
from typing import Any

from outcome_bees.errors import NotCombinedWarning, warn_caller
from outcome_bees.exact import CONTEXT
from outcome_bees.model.index import recency
from outcome_bees.model.observation import Observation, absence_of
from outcome_bees.model.plan import Plan
from outcome_bees.periods import Period
from outcome_bees.units import Unit
from outcome_bees.vocabulary import Absence, MeasureKind, Revision

__all__ = ["combined_figures"]

_Series = tuple[str, Period, Mapping[str, str]]
_FIFTEEN = Context(prec=15)
"""How many digits what is divided has: as everything that the library works out and that is not exact."""


def combined_figures(
    figures: Iterable[Observation], combine: Mapping[str, Sequence[str]], plan: Plan | None
) -> list[Observation]:
    """Return the figures that parts make for places which have none themselves.

    Each is known from the day on which the last of its parts is, and again whenever one of them is revised.

    Args:
        figures: All figures of a source.
        combine: The parts of each place.
        plan: Whose measures say what figures without a unit count; ``None``: those are not combined.
    """
    units = {} if plan is None else {each.id: (each.unit, each.kind) for each in plan.measures}
    wanted = {code for place, parts in combine.items() for code in (place, *parts)}
    by_place: dict[str, dict[_Series, list[Observation]]] = {code: {} for code in wanted}
    for each in figures:
        if each.area in wanted and each.revision is not Revision.FORECAST:
            by_place[each.area].setdefault((each.measure, each.period, each.breakdown), []).append(each)
    found: list[Observation] = []
    refused: dict[tuple[str, str], str] = {}
    for place, parts in combine.items():
        series = dict.fromkeys(key for part in parts for key in by_place[part])
        for key in series:
            held = [by_place[part].get(key, []) for part in parts]
            if key not in by_place[place] and all(held):
                unit, kind = units.get(key[0], (None, None))
                for made in _vintages(place, held, unit, kind):
                    if isinstance(made, str):
                        refused.setdefault((key[0], place), made)
                    else:
                        found.append(made)
    for (measure, place), why in refused.items():
        warn_caller(f"figures of {measure} are not combined for {place}: {why}", NotCombinedWarning)
    return found


def _vintages(
    place: str, held: Sequence[Sequence[Observation]], unit: Unit | None, kind: MeasureKind | None
) -> Iterator[Observation | str]:
    """Yield what the parts make, from each day on which one of them became known; or why they make nothing."""
    days = sorted({each.known_on for vintages in held for each in vintages})
    for day in days:
        known = [[each for each in vintages if each.known_on <= day] for vintages in held]
        if not all(known):
            continue  # another part is to come
        latest = [max(each, key=recency) for each in known]
        stated = any(each.recorded is not None for each in latest)
        made = _whole(place, latest, unit, kind)
        if isinstance(made, str):
            yield made
            return
        first = latest[0]
        yield Observation(
            measure=first.measure,
            period=first.period,
            area=place,
            breakdown=first.breakdown,
            revision=_revision(latest),
            recorded=day if stated else None,
            note=f"made of {', '.join(each.area for each in latest)}",
            **made,
        )


def _whole(
    place: str, parts: Sequence[Observation], unit: Unit | None, kind: MeasureKind | None
) -> dict[str, Any] | str:
    """Return the numbers that the parts make, or why they make none."""
    units = {each.unit for each in parts}
    if len(units) > 1:
        return "they are in several units"
    (own,) = units
    absences = [absence for each in parts if (absence := absence_of(each)) is not None]
    if absences:
        return {"absence": min(absences, key=list(Absence).index), "unit": own}
    first = parts[0]
    if len(parts) == 1:
        names = ("value", "numerator", "denominator", "lower", "upper", "unit")
        return {name: getattr(first, name) for name in names}
    unit, kind = (unit, kind) if own is None else (own, own.kind)
    sums = {name: _sum([getattr(each, name) for each in parts]) for name in ("numerator", "denominator")}
    if kind is MeasureKind.COUNT:
        return {"value": _sum([each.value for each in parts]), "unit": own}
    if unit is None:
        return "their unit is not stated, neither in the source nor by a plan"
    if unit.whole is None:
        return f"figures in {unit} do not add up"
    above, below = sums["numerator"], sums["denominator"]
    if above is None or below is None:
        return f"figures in {unit} do not add up, and a numerator or a denominator is missing"
    top = CONTEXT.multiply(above, Decimal(unit.whole.numerator))
    value = CONTEXT.divide(top, CONTEXT.multiply(below, Decimal(unit.whole.denominator)))
    return {"value": _FIFTEEN.plus(value), "numerator": above, "denominator": below, "unit": own}


def _sum(numbers: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum; ``None`` where one is missing."""
    total = Decimal(0)
    for each in numbers:
        if each is None:
            return None
        total = CONTEXT.add(total, each)
    return total


def _revision(parts: Iterable[Observation]) -> Revision | None:
    """Return how settled a whole is: as its least settled part. What was withdrawn is an absence already."""
    words = {None if each.revision is Revision.WITHDRAWN else each.revision for each in parts}
    if Revision.PROVISIONAL in words:
        return Revision.PROVISIONAL
    return Revision.REVISED if Revision.REVISED in words else Revision.FINAL if words == {Revision.FINAL} else None
