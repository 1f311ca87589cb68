"""What a target asks of its measure's figures, worked out once: evaluation upon evaluation asks the same again."""

from datetime import date
from decimal import Decimal

from outcome_bees.evaluation.rules import Rule, compile_rule, guard_of, needs_direction, travel_scale
from outcome_bees.evaluation.select import (
    Known,
    counts_toward,
    earlier,
    grows_to_due,
    is_observation_for_target,
    last_in_sight,
    latest_in_sight,
)
from outcome_bees.frozen import FrozenMapping, Unchanging, equal, hashed, in_full
from outcome_bees.kept import Kept
from outcome_bees.model.aims import Complete, Flat
from outcome_bees.model.local_policy import Policy
from outcome_bees.model.measure import Measure, broken
from outcome_bees.model.observation import Observation
from outcome_bees.model.target import Target
from outcome_bees.periods import Period
from outcome_bees.vocabulary import MeasureKind, Reason, Role, TravelBasis

__all__ = [
    "KEPT_DIGITS",
    "CompiledTarget",
    "PeriodRole",
    "compiled",
    "is_milestone",
    "past_due",
    "reason_from_plan",
]

KEPT_DIGITS = 6
"""How many digits more than are published a computed number keeps: far below the guard. Our choice."""

_FINEST = tuple(Decimal(1).scaleb(-digits - KEPT_DIGITS) for digits in range(10))
_WHOLE: FrozenMapping[str, str] = FrozenMapping()


class PeriodRole(Unchanging):
    """What the figure of one period is to a target.

    Attributes:
        period: The period; ``None`` where no figure is in sight.
        counts: Whether its figure says anything of the target: otherwise it is shown, and not judged.
        closes: Whether its figure is the one that closes the target, once the period is over.
        grows: Whether its figure is a total so far that can only grow until the target is due.
        crosses_break: Whether the series breaks between it and the baseline.
        before: The period that travel is taken from; ``None`` where there is none, or the series breaks between.
        basis: Since when that is.
    """

    __slots__ = ("basis", "before", "closes", "counts", "crosses_break", "grows", "period")
    __eq__, __hash__, __repr__ = equal, hashed, in_full

    def __init__(
        self,
        period: Period | None = None,
        *,
        counts: bool = False,
        closes: bool = False,
        grows: bool = False,
        crosses_break: bool = False,
        before: Period | None = None,
        basis: TravelBasis = TravelBasis.PREVIOUS_PERIOD,
    ) -> None:
        self.period, self.counts, self.closes, self.grows = period, counts, closes, grows
        self.crosses_break, self.before, self.basis = crosses_break, before, basis


_NONE_IN_SIGHT = PeriodRole()
_MOST_ROLES = 500  # of one target; a monthly series of forty years


class CompiledTarget:
    """A target, its measure and a policy, with all that depends on nothing else.

    Attributes:
        target: The target; ``None`` for a measure that has none.
        measure: The measure.
        policy: What counts as met and as near.
        breakdown: The part of the population that it is set for.
        until: The last day on which the period of a figure in sight ends.
        reason: Why nothing could be judged on whatever day; ``None`` where it could be.
        is_milestone: Whether it is something to be done.
        is_flat: Whether what is asked on the way is what is asked at the due date.
        guard: Within this of a number is on it.
        finest: A unit of the last digit that a computed number keeps.
        moves: Where a figure has moved, for every number, against an earlier one as the reference.
    """

    __slots__ = (
        *("breakdown", "finest", "guard", "is_flat", "is_milestone", "measure", "moves", "policy", "reason", "target"),
        *("until", "_due_rule", "_roles"),
    )

    def __init__(self, target: Target | None, measure: Measure, policy: Policy) -> None:
        self.target, self.measure, self.policy = target, measure, policy
        self.breakdown = _WHOLE if target is None else target.breakdown
        self.until = last_in_sight(target)
        self.reason = reason_from_plan(target, measure, date.min)  # before anything was discontinued
        self.is_milestone = is_milestone(target)
        self.is_flat = target is None or isinstance(target.trajectory, Flat)
        self.guard, self.finest = guard_of(measure), _FINEST[measure.digits]
        self.moves = travel_scale(measure.direction, policy.no_change_within)
        self._due_rule: Rule | None = None
        self._roles: Kept[int, PeriodRole] = Kept(_MOST_ROLES)

    def deciding(self, known: Known) -> tuple[Observation | None, PeriodRole]:
        """Return the figure that decides, of those known, and what it is to the target."""
        figure = latest_in_sight(known, self.measure, self.target, self.until)
        return figure, _NONE_IN_SIGHT if figure is None else self.role_of(figure.period)

    def role_of(self, period: Period) -> PeriodRole:
        """Return what the figure of a period is to the target."""
        # By identity, as rules are kept: quicker than by what a period is. It is kept with its role.
        return self._roles.get(id(period)) or self._roles.keep(id(period), self._role(period))

    def _role(self, period: Period) -> PeriodRole:
        target, measure = self.target, self.measure
        since = None if target is None else target.baseline
        before, basis = earlier(measure, period)
        return PeriodRole(
            period=period,
            counts=counts_toward(period, measure, target),
            closes=is_observation_for_target(period, measure, target),
            grows=grows_to_due(period, measure, target),
            crosses_break=since is not None and broken(measure, since.period, period),
            before=None if before is None or broken(measure, before, period) else before,
            basis=basis,
        )

    def rule_of(self, period: Period) -> Rule | None:
        """Return the rule for the figure of one period; ``None`` where a profile says nothing of that period."""
        assert self.target is not None, "only a target has a rule"
        return self.due_rule() if self.is_flat else compile_rule(self.target, self.measure, period, self.policy)

    def due_rule(self) -> Rule:
        """Return the rule for the figure of the due period."""
        if self._due_rule is None:
            assert self.target is not None, "only a target has a rule"
            self._due_rule = compile_rule(self.target, self.measure, None, self.policy)
            assert self._due_rule is not None, "of its due period a target says something"
        return self._due_rule

    def tidied(self, number: Decimal) -> Decimal:
        """Return a number with no more digits than could ever matter: thirds are cut far below the guard."""
        if not (number + self.finest).same_quantum(self.finest):  # it has finer digits than those that are kept
            number = number.quantize(self.finest).normalize()
            published = number.quantize(self.finest.scaleb(KEPT_DIGITS))
            number = published if published == number else number
        return number if number else abs(number)


def compiled(target: Target | None, measure: Measure, policy: Policy) -> CompiledTarget:
    """Return what a target asks under a policy; kept as long as any of the three may be asked for again."""
    # By identity: 95 and 95.0 are equal, but one's digits are not the other's. What is known by it is kept with it.
    key = (id(target), id(measure), id(policy))
    return _COMPILED.get(key) or _COMPILED.keep(key, CompiledTarget(target, measure, policy))


_COMPILED: Kept[tuple[int, int, int], CompiledTarget] = Kept(20_000)


def reason_from_plan(target: Target | None, measure: Measure, as_of: date) -> Reason | None:
    """Why nothing could be judged whatever the figures are: reasons that the plan itself gives."""
    if measure.role is Role.CONTEXTUAL:
        return Reason.CONTEXTUAL
    if measure.kind is MeasureKind.NARRATIVE:
        return Reason.QUALITATIVE
    if target is None:
        return Reason.NO_TARGET
    if measure.direction is None and needs_direction(target):
        return Reason.NO_DIRECTION
    if target.aim is None:
        return Reason.PLACEHOLDER
    if measure.ended is not None and measure.ended <= as_of and (target.due is None or target.due.end > measure.ended):
        return Reason.DISCONTINUED
    return None


def past_due(target: Target | None, as_of: date) -> bool:
    """Whether the day is after the last of the due period."""
    return as_of > last_in_sight(target)


def is_milestone(target: Target | None) -> bool:
    """Whether the target is something to be done, which stays done."""
    return target is not None and isinstance(target.aim, Complete)
