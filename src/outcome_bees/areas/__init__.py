"""Places: the codes and names of England's upper-tier authorities, regions and countries, now and formerly.

The tables are small, ship with the package and are read when first asked for.

Example:
    >>> from outcome_bees import areas
    >>> areas.name("E10000015"), areas.sort("E10000015").name, areas.successors("E10000006")
    ('Hertfordshire', 'county', ('E06000063', 'E06000064'))
"""

from outcome_bees.areas.combining import why_not_whole
from outcome_bees.areas.naming import Names
from outcome_bees.areas.near_misses import meant_place, mistyped
from outcome_bees.areas.register import (
    RECODED,
    Area,
    AreaChange,
    AreaSort,
    area,
    changes,
    comparable,
    find,
    lifetime,
    name,
    nearest,
    predecessors,
    register,
    same_ground,
    same_sort,
    sort,
    successors,
)

__all__ = [
    "RECODED",
    "Area",
    "AreaChange",
    "AreaSort",
    "Names",
    "area",
    "changes",
    "comparable",
    "find",
    "lifetime",
    "meant_place",
    "mistyped",
    "name",
    "nearest",
    "predecessors",
    "register",
    "same_ground",
    "same_sort",
    "sort",
    "successors",
    "why_not_whole",
]


def __dir__() -> list[str]:
    return __all__
