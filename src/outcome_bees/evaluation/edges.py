"""Rules as plain numbers: what a table of figures is compared with, by an engine that knows no decimals.

A cut becomes an *edge*: the least float that lies above the cut, so that ``number >= edge`` says in floats
exactly what ``Cut.passed_by`` says in decimals. Where less is better, number, reference and edges are taken
with their signs changed, as the mirrored scale is, so that one comparison does for both.
"""

from decimal import Decimal, localcontext
from math import inf, nextafter

from attrs import frozen

from outcome_bees.evaluation.rules import Rule, Settling, guard_of, travel_scale
from outcome_bees.exact import CONTEXT
from outcome_bees.model.aims import Margin
from outcome_bees.model.measure import Measure
from outcome_bees.scales import Cut, Line, Owner
from outcome_bees.vocabulary import Travel, Verdict

__all__ = [
    "EDGE_MARGIN",
    "UNREACHABLE",
    "Edge",
    "Edges",
    "Stretch",
    "better_sign",
    "edges_of",
    "settled_from",
    "stretches",
    "travel_edges",
]

UNREACHABLE = 1e290
"""In place of an edge that no figure reaches (they have 30 digits at most); its negative, for one that all pass."""

# A computed edge is wrong by its last bit. Moved this share of the guard past the point, it still lies on the
# right side of every figure with fewer than six digits more than are published.
EDGE_MARGIN = Decimal("0.001")


@frozen
class Edge:
    """A number that depends on a reference: ``constant + weight × reference``, or another below the hinge.

    Attributes:
        constant: The number itself where there is no reference; above the hinge else.
        weight: How it moves with the reference.
        constant_below: The same where the reference is below the hinge.
        weight_below: Likewise.
    """

    constant: float
    weight: float
    constant_below: float
    weight_below: float

    @classmethod
    def at(cls, constant: float) -> "Edge":
        """Return an edge that depends on no reference."""
        return cls(constant, 0.0, constant, 0.0)

    @classmethod
    def along(cls, line: Line, moved: Decimal) -> "Edge":
        """Return the edge that runs beside a line at a distance."""
        above = line.constant - line.weight * line.hinge + moved
        below = line.constant - line.weight_below * line.hinge + moved
        return cls(float(above), float(line.weight), float(below), float(line.weight_below))


@frozen
class Edges:
    """A rule in numbers. Every edge is of ``sign × number``, on ``sign × reference``.

    Attributes:
        sign: -1 where less is better.
        met_from, met_below: Met from the one edge up to, and not at, the other.
        near_from, near_below: Met or near likewise.
        low: The number required, or the lower end of a band.
        high: The upper end of a band; ``None`` where there is no band.
        hinge: The reference below which the edges bend.
        relative: Whether the hinge itself is a reference that the rule is undefined at.
        in_percent: Whether it is undefined, too, where an end of what is required is zero.
    """

    sign: int
    met_from: Edge
    met_below: Edge
    near_from: Edge
    near_below: Edge
    low: Edge
    high: Edge | None
    hinge: float
    relative: bool
    in_percent: bool


def edges_of(rule: Rule, reference: Decimal | None = None) -> Edges:
    """Return the rule in numbers.

    Args:
        reference: The number the rule depends on, where it is known beforehand: a stated baseline.

    Example:
        >>> from outcome_bees import Measure, Period, Reach, Target
        >>> from outcome_bees.evaluation.rules import compile_rule
        >>> measure = Measure(id="m", title="M", unit="percent", direction="decrease")
        >>> rule = compile_rule(Target(id="t", measure="m", aim=Reach(10)), measure, None)
        >>> edges = edges_of(rule)
        >>> edges.sign, edges.met_from.constant  # at most 10 is met, and so is what is printed as 10
        (-1, -10.0001)
    """
    with localcontext(CONTEXT):
        sign = -1 if all(bound.sign == -1 for bound in rule.bounds) else 1
        scale = rule.scale if sign == 1 else rule.scale.mirrored()
        known = None if reference is None else sign * reference
        edges = [_edge(cut, rule.guard, known) for cut in scale.cuts]
        all_edges = [Edge.at(-UNREACHABLE), *edges, Edge.at(UNREACHABLE)]
        met = scale.labels.index(Verdict.MET)
        near = [at for at, label in enumerate(scale.labels) if label is not Verdict.OFF]
        lines = [bound.line if sign == 1 else bound.line.mirrored() for bound in rule.bounds]
        # Percentages of one rule are all taken of one number.
        (hinge,) = {cut.line.hinge for cut in scale.cuts if cut.line.weight != cut.line.weight_below} or {Decimal(0)}
        required = [
            Edge.at(float(line.at(known))) if _settled(line, known) else Edge.along(line, Decimal(0)) for line in lines
        ]
        return Edges(
            sign=sign,
            met_from=all_edges[met],
            met_below=all_edges[met + 1],
            near_from=all_edges[near[0]],
            near_below=all_edges[near[-1] + 1],
            low=required[0],
            high=required[1] if len(required) > 1 else None,
            hinge=float(hinge),
            relative=any(line.relative for line in lines),
            in_percent=rule.in_percent,
        )


@frozen
class Stretch:
    """One stretch of a rule, for the references on one side of its bend.

    Attributes:
        label: The verdict there.
        lower: Its lower edge as a number and a weight of the reference; ``None`` where it has none.
        upper: Its upper edge, the first number above it, likewise.
        reference_from: The lowest reference it holds for; ``None`` where there is none.
        reference_below: The first reference it no longer holds for; ``None`` likewise.
    """

    label: Verdict
    lower: tuple[float, float] | None
    upper: tuple[float, float] | None
    reference_from: float | None
    reference_below: float | None


def stretches(rule: Rule, reference: Decimal | None = None) -> list[Stretch]:
    """Return the stretches of a rule from the lowest number to the highest, for a table that others read.

    Args:
        reference: The number the rule depends on, where it is known beforehand.
    """
    with localcontext(CONTEXT):
        edges = [_edge(cut, rule.guard, reference) for cut in rule.scale.cuts]
        bends = any((edge.constant, edge.weight) != (edge.constant_below, edge.weight_below) for edge in edges)
        hinges = {float(cut.line.hinge) for cut in rule.scale.cuts if cut.line.weight != cut.line.weight_below}
        sides: list[tuple[float | None, float | None]] = [(None, None)]
        if bends:
            (hinge,) = hinges
            sides = [(None, hinge), (hinge, None)]
        found = []
        for start, stop in sides:
            below = stop is not None
            at = [(each.constant_below, each.weight_below) if below else (each.constant, each.weight) for each in edges]
            ends = [None, *at, None]
            found += [
                Stretch(label, ends[place], ends[place + 1], start, stop)
                for place, label in enumerate(rule.scale.labels)
            ]
        return found


def settled_from(rule: Rule) -> float:
    """Return the first number from which a growing total has settled the verdict of a rule without a reference."""
    edges = edges_of(rule)
    match rule.settling:
        case Settling.FLOOR:
            return edges.met_from.constant
        case Settling.CEILING:
            return nextafter(-edges.near_from.constant, inf)
        case Settling.BAND:
            return edges.near_below.constant


def travel_edges(
    measure: Measure, no_change_within: Margin | None, *, toward: bool = False
) -> tuple[Edge, Edge, tuple[Travel, ...]]:
    """Where a figure has moved against an earlier one, the reference: two edges and the three labels.

    Args:
        toward: Whether what is compared with them has risen as the figure came nearer to what is wanted.
    """
    with localcontext(CONTEXT):
        scale = travel_scale(measure.direction, no_change_within, toward=toward)
        low, high = (_edge(cut, guard_of(measure), None) for cut in scale.cuts)
        return low, high, scale.labels


def better_sign(measure: Measure) -> int:
    """-1 where less is better: what figures are multiplied with before they are ranked."""
    return 1 if travel_scale(measure.direction, None).labels[-1] is Travel.IMPROVING else -1


def _settled(line: Line, reference: Decimal | None) -> bool:
    return reference is not None or not line.needs_reference


def _edge(cut: Cut, guard: Decimal, reference: Decimal | None) -> Edge:
    """Return the edge of a cut: the number is at it or above exactly where it passes the cut."""
    moved = -guard if cut.owner is Owner.ABOVE else guard
    if _settled(cut.line, reference):
        return Edge.at(_least_float(cut.line.at(reference) + moved, beyond=cut.owner is Owner.BELOW))
    return Edge.along(cut.line, moved * (1 + EDGE_MARGIN))


def _least_float(point: Decimal, *, beyond: bool) -> float:
    """Return the least float whose shortest repr is at the point or above it; ``beyond``: above it."""
    least = float(point)
    read = Decimal(repr(least))
    if read < point or (beyond and read == point):
        least = nextafter(least, inf)
    return least
