"""A rule as a number line cut into labelled stretches: pure mathematics that knows no measure.

``n`` cuts and ``n + 1`` labels leave no gap and no overlap to write. Each cut has the neighbour
that owns the point itself, and it may depend on a reference number that is known only later: a baseline,
the value of a comparator, the number of areas ranked.

A number is compared not with a cut but with its *edge*: the cut moved toward the neighbour that does
not own it, by a guard far finer than any published digit. A figure that went through a float and came
back a hair short is thus still on the cut it was published to be on.
"""

from decimal import Decimal
from enum import Enum
from itertools import pairwise
from typing import Generic, TypeVar

from outcome_bees.errors import InvalidValueError
from outcome_bees.frozen import Unchanging, equal, hashed, in_full

__all__ = ["Cut", "Line", "Owner", "Scale"]

ZERO = Decimal(0)
ONE = Decimal(1)
L = TypeVar("L")


class Owner(Enum):
    """Which neighbour of a cut the point itself belongs to."""

    BELOW = "below"
    ABOVE = "above"


# Every rule is made of these, and a first verdict needs one: plain classes are made in a tenth of what attrs takes.


class Line(Unchanging):
    """A number that depends on a reference: ``constant + weight × (reference - hinge)``.

    A percentage of a negative number is one of its size, so a line that holds a percentage bends where
    the number it was taken of is zero: below the hinge it has a weight of its own.

    Attributes:
        constant: The value of the line at the hinge, in the measure's unit.
        weight: How it moves with the reference at and above the hinge; 0 needs no reference.
        weight_below: The same below the hinge.
        hinge: The reference at which the line bends.
        relative: Whether a percentage was taken, which is undefined where the reference is the hinge.
        needs_reference: Whether the number depends on the reference at all.

    Example:
        >>> ten_percent_down = Line(weight=1).plus_percent(Decimal(-10))
        >>> ten_percent_down.at(Decimal(50)), ten_percent_down.at(Decimal(-50))
        (Decimal('45.0'), Decimal('-55.0'))
    """

    __slots__ = ("constant", "hinge", "needs_reference", "relative", "weight", "weight_below")
    constant: Decimal
    weight: Decimal
    weight_below: Decimal
    hinge: Decimal
    relative: bool
    needs_reference: bool
    __eq__, __hash__, __repr__ = equal, hashed, in_full

    def __init__(
        self,
        constant: Decimal | int | str = ZERO,
        weight: Decimal | int = ZERO,
        *,
        weight_below: Decimal | int | None = None,
        hinge: Decimal | int = ZERO,
        relative: bool = False,
    ) -> None:
        self.constant, self.weight, self.hinge = Decimal(constant), Decimal(weight), Decimal(hinge)
        self.weight_below = self.weight if weight_below is None else Decimal(weight_below)
        self.relative = relative
        self.needs_reference = bool(self.weight or self.weight_below)

    def at(self, reference: Decimal | None = None) -> Decimal:
        """Return the value of the line for this reference; the reference may be ``None`` where none is needed."""
        if not self.needs_reference:
            return self.constant
        assert reference is not None, "this line needs a reference"
        weight = self.weight if reference >= self.hinge else self.weight_below
        return self.constant + weight * (reference - self.hinge)

    def undefined_at(self, reference: Decimal | None) -> bool:
        """Return whether a percentage was taken of what is, or turns out to be, zero."""
        return self.relative and (reference == self.hinge or not self.needs_reference)

    def plus(self, amount: Decimal) -> "Line":
        """Return the line moved by an amount."""
        constant = self.constant + amount
        return Line(constant, self.weight, weight_below=self.weight_below, hinge=self.hinge, relative=self.relative)

    def plus_percent(self, percent: Decimal) -> "Line":
        """Return the line moved by a percentage of its own size: up when positive, down when negative."""
        share = percent / 100
        if not self.needs_reference:
            moved = self.constant + share * abs(self.constant)
            return Line(moved, relative=not self.constant)  # of zero there is no percentage
        # A line that holds a percentage bends where it is zero already; a straight one is zero at one place.
        hinge = self.hinge if self.relative else self.hinge - self.constant / self.weight
        # Above the hinge the number has the sign of its weight; below, the opposite one.
        above = self.weight + share * abs(self.weight)
        below = self.weight_below - share * abs(self.weight_below)
        return Line(ZERO, above, weight_below=below, hinge=hinge, relative=True)

    def part_way(self, start: "Line", share: Decimal) -> "Line":
        """Return the line ``share`` (0-1) of the way from ``start`` to this one."""
        rest = ONE - share
        assert not start.relative, "a start is a plain reference or a number"
        straight = Line(
            rest * (start.constant - start.weight * start.hinge) + share * self.constant,
            rest * start.weight + share * self.weight,
            weight_below=rest * start.weight + share * self.weight_below,
            hinge=self.hinge,
            relative=self.relative,
        )
        return straight.plus(rest * start.weight * self.hinge)

    def mirrored(self) -> "Line":
        """Return the same line where every number has changed its sign."""
        return Line(
            -self.constant, self.weight_below, weight_below=self.weight, hinge=-self.hinge, relative=self.relative
        )


class Cut(Unchanging):
    """A point that divides two stretches, and which of them it belongs to.

    Example:
        >>> at_least_80 = Cut(Line(80), Owner.ABOVE)
    """

    __slots__ = ("line", "owner")
    line: Line
    owner: Owner
    __eq__, __hash__, __repr__ = equal, hashed, in_full

    def __init__(self, line: Line, owner: Owner) -> None:
        self.line, self.owner = line, owner

    def passed_by(self, number: Decimal, guard: Decimal = ZERO, reference: Decimal | None = None) -> bool:
        """Return whether the number lies above the cut; within the guard of the cut is on it."""
        point = self.line.at(reference)
        return number >= point - guard if self.owner is Owner.ABOVE else number > point + guard

    def mirrored(self) -> "Cut":
        """Return the same cut where every number has changed its sign."""
        return Cut(self.line.mirrored(), Owner.BELOW if self.owner is Owner.ABOVE else Owner.ABOVE)


class Scale(Unchanging, Generic[L]):
    """A number line cut into labelled stretches.

    Attributes:
        cuts: The cuts from the lowest to the highest.
        labels: One more than there are cuts: the label below the first, between each two, above the last.
        relative: Whether any cut holds a percentage.

    Example:
        >>> at_least_80 = Scale((Cut(Line(80), Owner.ABOVE),), ("off", "met"))
        >>> at_least_80.label(Decimal(80)), at_least_80.label(Decimal("79.9"))
        ('met', 'off')
    """

    __slots__ = ("cuts", "labels", "relative")
    cuts: tuple[Cut, ...]
    labels: tuple[L, ...]
    relative: bool
    __eq__, __hash__, __repr__ = equal, hashed, in_full

    def __init__(self, cuts: tuple[Cut, ...], labels: tuple[L, ...]) -> None:
        if len(labels) != len(cuts) + 1:
            raise InvalidValueError("Scale.labels", len(labels), f"{len(cuts) + 1}, one more than there are cuts")
        fixed = [cut.line.constant for cut in cuts if not cut.line.needs_reference]
        if any(lower > higher for lower, higher in pairwise(fixed)):
            raise InvalidValueError("Scale.cuts", fixed, "cuts in ascending order")
        self.cuts, self.labels = cuts, labels
        self.relative = any(cut.line.relative for cut in cuts)

    def label(self, number: Decimal, guard: Decimal = ZERO, reference: Decimal | None = None) -> L:
        """Return the label of the stretch in which the number falls; within the guard of a cut is on it."""
        return self.labels[self.place(number, guard, reference)]

    def place(self, number: Decimal, guard: Decimal = ZERO, reference: Decimal | None = None) -> int:
        """Return how many cuts the number has passed."""
        passed = 0
        for cut in self.cuts:
            passed += cut.passed_by(number, guard, reference)
        return passed

    def undefined_at(self, reference: Decimal | None) -> bool:
        """Return whether a percentage was taken of what turns out to be zero."""
        return self.relative and any(cut.line.undefined_at(reference) for cut in self.cuts)

    def mirrored(self) -> "Scale[L]":
        """Return the same scale where every number has changed its sign: the low end is now the high one."""
        return Scale(tuple(cut.mirrored() for cut in reversed(self.cuts)), tuple(reversed(self.labels)))
