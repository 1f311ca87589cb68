"""Among which places one is ranked, where no group is named: those of its own sort.

Counties are the upper tier and the districts of counties the lower; unitary authorities and the districts of cities and
London are in both. So a county is ranked among counties and unitary authorities, and never among districts; a unitary
authority in a table of both tiers could be ranked in either, and is ranked in neither unless the target names a group.
A code of no register that is known is taken for an authority of either tier.
"""

from collections.abc import Iterable
from functools import lru_cache

__all__ = ["EITHER", "ONE_TIER", "holds_both_tiers", "is_ranked_among", "peer_group", "peer_groups"]

EITHER = "upper lower"
"""The group of those that are in both tiers: both together, where the other tier is not there."""
ONE_TIER = ("upper", "lower")


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
    return EITHER if tiers >= {*ONE_TIER} else min(tiers)


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
    """Return whether a place of both tiers stands among some of the one alone and some of the other alone."""
    return peer_group(area) == EITHER and {*ONE_TIER} <= {peer_group(each) for each in others}
