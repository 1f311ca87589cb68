"""Figures across a change of places: what another code of the same ground had, and what was of another place.

A place whose code alone was changed is the same place, and what was published under its other code is held against. A
place that came in place of others, or whose boundary moved, is another: the figures of those before it are theirs, and
nothing is held against them. ``areas`` has the register of changes.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from outcome_bees.model.aims import Comparator
from outcome_bees.model.index import Observations
from outcome_bees.model.observation import Observation
from outcome_bees.model.target import Target
from outcome_bees.periods import Period

__all__ = [
    "across_codes",
    "baseline_end_for_places",
    "baseline_is_of_others",
    "codes_of",
    "comparator_is_of_others",
    "former_codes",
]


def codes_of(areas: Iterable[str], there: Iterable[str]) -> list[tuple[str, str]]:
    """Return of some places every further code that there are figures under, as (the place, the other code).

    Example:
        >>> codes_of(["E06000066", "E10000015"], ["E06000066", "E10000015", "E10000027"])
        [('E06000066', 'E10000027')]
    """
    from outcome_bees.areas import same_ground  # the register of places is read where places are several

    present = {*there}
    return [(area, code) for area in dict.fromkeys(areas) for code in same_ground(area) if code in present]


def former_codes(areas: Iterable[str]) -> list[str]:
    """Return the codes of some places that ended when the ground was recoded, and whose later code is among them.

    Example:
        >>> former_codes(["E10000027", "E06000066", "E10000023"])
        ['E10000027']
    """
    from outcome_bees.areas import predecessors  # likewise

    there = {*areas}
    return [code for place, code in codes_of(there, there) if code in predecessors(place)]


def across_codes(
    observations: Observations,
    measure: str,
    period: Period,
    areas: Iterable[str],
    breakdown: Mapping[str, str],
    as_of: date,
) -> dict[str, Observation | None]:
    """Return what was known of one period in each of some places, under its own code or another of the same ground."""
    found = observations.across(measure, period, areas, breakdown, as_of=as_of)
    for area, code in codes_of([area for area, each in found.items() if each is None], observations.areas(measure)):
        found[area] = observations.across(measure, period, [code], breakdown, as_of=as_of)[code]
    return found


def baseline_end_for_places(target: Target) -> date | None:
    """Return the last day of a baseline that only a place which was there by then can have.

    ``None`` for no baseline, and for a number that a target for one place states: it is that place's.
    """
    if target.baseline is None or (target.baseline.value is not None and target.area is not None):
        return None
    return target.baseline.period.end


def baseline_is_of_others(target: Target, area: str | None, number: Decimal | None) -> bool:
    """Return whether the baseline of a target is from before its place was there: a figure of the places before it.

    A figure that is published for the place itself, on its boundary of now, is its own.

    Args:
        target: The target.
        area: The place that it is evaluated for.
        number: What is known of the baseline.
    """
    if target.baseline is None or (number is not None and target.baseline.value is None):
        return False
    end = baseline_end_for_places(target)
    if end is None or area is None:
        return False
    from outcome_bees.areas import lifetime

    began, _ = lifetime(area)
    return began is not None and began > end


def comparator_is_of_others(comparator: Comparator, period: Period) -> bool:
    """Return whether any of the others was not there when a period ended: not yet, or no more."""
    from outcome_bees.areas import lifetime

    return any(
        (began is not None and began > period.end) or (ended is not None and ended <= period.end)
        for began, ended in map(lifetime, comparator.areas)
    )
