"""The rules of a control chart that need several points, on plain integers: each marks points by 1, -1 or 0.

Source: NHS England, *Making Data Count*, as in NHSRplotthedots 0.2.2.
"""

from collections.abc import Sequence
from itertools import pairwise

__all__ = ["shift_marks", "trend_marks", "two_of_three_marks"]

_SHIFT_POINTS = 7


def shift_marks(sides: Sequence[int]) -> list[int]:
    """Mark runs of seven points or more on one side of the mean: by 1 above, -1 below, 0 no mark.

    A point on the mean, and a missing one, ends a run.
    """
    marks = [0] * len(sides)
    start = 0
    for index in range(1, len(sides) + 1):
        if index == len(sides) or sides[index] != sides[start]:
            if index - start >= _SHIFT_POINTS:
                marks[start:index] = [sides[start]] * (index - start)
            start = index
    return marks


def trend_marks(values: Sequence[int | None], points: int) -> list[int]:
    """Mark runs of so many points that only rise (1) or only fall (-1); a tie and a missing value end a run.

    The point at which a rise turns into a fall, where both are long enough, belongs to the later one.
    """
    marks = [0] * len(values)
    start, way = 0, 0
    for index in range(1, len(values) + 1):
        step = _step(values[index - 1], values[index]) if index < len(values) else 0
        if step == way and step:
            continue
        if way and index - start >= points:
            marks[start:index] = [way] * (index - start)
        start, way = index - 1, step
    return marks


def _step(before: int | None, after: int | None) -> int:
    return 0 if before is None or after is None else (after > before) - (after < before)


def two_of_three_marks(close: Sequence[int], sides: Sequence[int]) -> list[int]:
    """Mark the points near a limit of which there are two in three successive ones, all three on one side of the mean.

    A point beyond the limits is not near them.
    """
    marks = [0] * len(close)
    places = [index for index, near in enumerate(close) if near]
    for one, other in pairwise(places):  # two that lie within three points have at most one between them
        if other - one > 2:
            continue
        side = close[one]
        for first in range(max(other - 2, 0), min(one, len(close) - 3) + 1):
            if sides[first] == sides[first + 1] == sides[first + 2] == side:
                marks[one] = marks[other] = side
    return marks
