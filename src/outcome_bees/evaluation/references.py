"""What others had, where a rule depends on it: the value of a comparator, and a place among others.

Where no group is named, a place is ranked among those of its own sort. Counties are the upper tier and the districts of
counties the lower; unitary authorities and the districts of cities and London are in both. So a county is ranked among
counties and unitary authorities, and never among districts; a unitary authority in a table of both tiers could be
ranked in either, and is ranked in neither unless the target names a group. A code of no register that is known is taken
for an authority of either tier.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, cast

from attrs import frozen

from outcome_bees.evaluation.changed_areas import across_codes
from outcome_bees.evaluation.rules import place_among
from outcome_bees.exact import CONTEXT
from outcome_bees.frozen import equal, hashed, in_full
from outcome_bees.model.aims import Comparator
from outcome_bees.model.index import Observations
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation, absence_of, value_of
from outcome_bees.periods import Period
from outcome_bees.units import Unit
from outcome_bees.vocabulary import HIDING, ComparatorMethod

__all__ = [
    "EITHER",
    "ONE_TIER",
    "Placing",
    "comparator_figures",
    "comparator_value",
    "peer_group",
    "peer_groups",
    "place_and_count",
    "ranked_figures",
]

EITHER = "upper lower"
"""The group of those that are in both tiers: both together, where the other tier is not there."""
ONE_TIER = ("upper", "lower")


def comparator_figures(
    comparator: Comparator,
    measure: Measure,
    period: Period,
    breakdown: Mapping[str, str],
    observations: Observations,
    as_of: date,
) -> list[Observation | None]:
    """Return the figure of each of the others for one period; ``None`` for one that has none."""
    return [*across_codes(observations, measure.id, period, comparator.areas, breakdown, as_of).values()]


def comparator_value(
    comparator: Comparator,
    measure: Measure,
    period: Period,
    breakdown: Mapping[str, str],
    observations: Observations,
    as_of: date,
) -> Decimal | None:
    """Return the others' one value for the same period; ``None`` where any part of it is missing."""
    # By the comparator's identity, which is kept as long as its value: to compare it would take longer.
    key = ("value", id(comparator), measure.id, measure.unit, period, breakdown, as_of)
    found = observations.derived.get(key)
    if found is None:
        figures = comparator_figures(comparator, measure, period, breakdown, observations, as_of)
        found = observations.derived.keep(key, (comparator, _value_of_all(comparator, figures, measure)))
    return cast(Decimal | None, found[1])


def _value_of_all(comparator: Comparator, figures: Collection[Observation | None], measure: Measure) -> Decimal | None:
    """Return the one value of several figures."""
    if comparator.method is ComparatorMethod.POOLED:
        return _pooled(figures, measure.unit)
    values = sorted(value for figure in figures if (value := value_of(figure, measure)) is not None)
    if len(values) < len(figures):
        return None
    middle = len(values) // 2
    if len(values) % 2:  # a published value is the middle of one
        return values[middle]
    return CONTEXT.divide(CONTEXT.add(values[middle - 1], values[middle]), Decimal(2))


def _pooled(figures: Iterable[Observation | None], unit: Unit | None) -> Decimal | None:
    """Return the sum of the numerators over the sum of the denominators, in the unit: rates are never averaged."""
    scale = None if unit is None else unit.whole
    if scale is None:
        return None
    above, below = Decimal(0), Decimal(0)
    for figure in figures:
        if figure is None or absence_of(figure) or figure.numerator is None or figure.denominator is None:
            return None
        above, below = CONTEXT.add(above, figure.numerator), CONTEXT.add(below, figure.denominator)
    whole = CONTEXT.multiply(above, Decimal(scale.numerator))
    return CONTEXT.divide(whole, CONTEXT.multiply(below, Decimal(scale.denominator)))


@lru_cache(maxsize=8192)  # asked of every place of a table, for every target
def peer_group(area: str) -> str:
    """Return the group that a place is ranked in.

    Example:
        >>> peer_group("E10000015"), peer_group("E06000032"), peer_group("E05000001")
        ('upper', 'upper lower', 'ward')
    """
    from outcome_bees.areas import sort  # the register of places is read where places are ranked, and not before

    found = sort(area)
    tiers = frozenset(ONE_TIER) if found is None else found.tiers
    return EITHER if tiers >= {*ONE_TIER} else next(iter(tiers))


def peer_groups(area: str) -> tuple[str, ...]:
    """Return every group in which others are ranked against a place.

    Example:
        >>> peer_groups("E10000015"), peer_groups("E05000001")
        (('upper', 'upper lower'), ('ward',))
    """
    group = peer_group(area)
    return (*ONE_TIER, EITHER) if group == EITHER else (group, EITHER) if group in ONE_TIER else (group,)


def is_ranked_among(area: str, other: str) -> bool:
    """Return whether a place is ranked against another."""
    return peer_group(area) in peer_groups(other)


def holds_both_tiers(area: str, others: Iterable[str]) -> bool:
    """Return whether a place of both tiers is among some of the one alone and some of the other alone."""
    return peer_group(area) == EITHER and {*ONE_TIER} <= {peer_group(each) for each in others}


class _Peers(NamedTuple):
    """Those that a place is ranked among, and what they had in one period.

    Attributes:
        areas: The group as it was given.
        there: Those of them with a figure.
        values: Their figures, from the lowest to the highest; ``None`` where it is among some of both tiers.
        hidden: How many of them have a figure that is not shown: suppressed, low or unreliable.
    """

    areas: Sequence[str] | None
    there: Collection[str]
    values: Sequence[Decimal] | None
    hidden: int


@frozen
class Placing:
    """Where a place is among others.

    Attributes:
        best: Its place if every figure that is not known is behind it.
        worst: Its place if every one of them is ahead: the same where all are known.
        count: How many places there are, those with a figure that is not known among them.
    """

    best: Decimal
    worst: Decimal
    count: Decimal

    __eq__, __hash__, __repr__ = equal, hashed, in_full


def place_and_count(
    own: str,
    areas: Sequence[str] | None,
    measure: Measure,
    period: Period,
    breakdown: Mapping[str, str],
    observations: Observations,
    as_of: date,
) -> Placing | None:
    """Return an area's place among those with a figure for the period, and how many they are; ``None`` if it has none.

    A figure that is there and not shown (suppressed, low, unreliable) may be ahead of it or behind: it counts, and the
    place is certain only between two. What is not available or was withdrawn is no figure, and counts for nothing.

    Args:
        areas: The group; ``None``: every place of its sort.
    """
    number = value_of(observations.known(measure.id, own, breakdown, as_of=as_of).get(period), measure)
    if number is None:
        return None
    # The same for every place of a group: gathered and put in order once. A group is known by its identity.
    group = peer_group(own) if areas is None else id(areas)
    key = ("peers", group, measure.id, measure.unit, period, breakdown, as_of)
    peers: _Peers | None = observations.derived.get(key)
    if peers is None:
        peers = _peers(own, areas, measure, period, breakdown, observations, as_of)
        observations.derived.keep(key, peers, len(peers.there) + 1)
    if peers.values is None:
        return None
    others = len(peers.values) - (own in peers.there)
    best = place_among(measure, number, peers.values)
    return Placing(best, best + peers.hidden, Decimal(others + 1 + peers.hidden))


def _peers(
    own: str,
    areas: Sequence[str] | None,
    measure: Measure,
    period: Period,
    breakdown: Mapping[str, str],
    observations: Observations,
    as_of: date,
) -> _Peers:
    """Return those that a place is ranked among."""
    group = _group(own, areas, measure, observations)
    figures = observations.across(measure.id, period, group, breakdown, as_of=as_of)
    values = {area: value for area, each in figures.items() if (value := value_of(each, measure)) is not None}
    undecided = areas is None and holds_both_tiers(own, values)
    absences = [absence_of(each) for each in figures.values() if each is not None]
    hidden = sum(each in HIDING for each in absences)
    return _Peers(areas, frozenset(values), None if undecided else sorted(values.values()), hidden)


def _group(own: str, areas: Sequence[str] | None, measure: Measure, observations: Observations) -> Sequence[str]:
    """Return the group that was named, or else every place of the same sort."""
    if areas is not None:
        return areas
    return [each for each in observations.areas(measure.id) if is_ranked_among(own, each)]


def ranked_figures(
    own: str,
    areas: Sequence[str] | None,
    measure: Measure,
    period: Period,
    breakdown: Mapping[str, str],
    observations: Observations,
    as_of: date,
) -> dict[str, Observation | None]:
    """Return the figure of each place that an area is ranked with, its own first; ``None`` for one that has none.

    Args:
        areas: The group; ``None``: every place of its sort.
    """
    group = (own, *_group(own, areas, measure, observations))
    return observations.across(measure.id, period, group, breakdown, as_of=as_of)
