"""A target: which number a measure is to have, and by when."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from attrs import field, frozen

from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.frozen import FrozenMapping, described, equal, hashed, in_full
from outcome_bees.model.aims import (
    Aim,
    Complete,
    Flat,
    Hold,
    Improve,
    Linear,
    Margin,
    Profile,
    Rank,
    Reach,
    StayBetween,
    Trajectory,
    margin_or_none,
)
from outcome_bees.model.constraints import Invariant, enforce
from outcome_bees.model.fields import (
    area_or_none,
    breakdown,
    concise,
    extensions,
    item_id,
    located,
    number_or_none,
    period,
    period_or_none,
    text_or_none,
    texts,
    unit_or_none,
)
from outcome_bees.offers import offered
from outcome_bees.periods import Period
from outcome_bees.units import Unit

__all__ = ["Baseline", "Target"]


@described(
    period="The period from which improvement is counted.",
    value="The agreed figure, in the target's unit; ``None`` takes it from the observations.",
)
@frozen(field_transformer=located)
class Baseline:
    """Where a measure was before the plan: a period, and its figure where that is agreed.

    Example:
        >>> Baseline(Period.year(2023, "calendar"), "40.2").value
        Decimal('40.2')
    """

    period: Period = field(converter=period)
    value: Decimal | None = field(default=None, converter=number_or_none)

    __eq__, __hash__, __repr__ = equal, hashed, in_full


def aim_or_none(given: Aim | None) -> Aim | None:
    if given is not None and not isinstance(given, Aim):
        raise InvalidTypeError("aim", given, "Reach, StayBetween, Improve, Hold, Beat, Complete or Rank")
    return given


def baseline_or_none(given: Baseline | None) -> Baseline | None:
    if given is not None and not isinstance(given, Baseline):
        raise InvalidTypeError("baseline", given, "Baseline(period, value)")
    return given


def trajectory(given: Trajectory) -> Trajectory:
    if not isinstance(given, Trajectory):
        raise InvalidTypeError("trajectory", given, "Flat(), Linear() or Profile({period: number})")
    return given


def _tolerance_of_zero(target: "Target") -> InvalidValueError | None:
    """Refuse a percentage that would be taken of zero: it is undefined, and a small number instead would be made up."""
    if target.tolerance is None or target.tolerance.percent is None or 0 not in _required(target):
        return None
    allowed = "Margin(amount=…) where zero is required"
    return InvalidValueError("Target.tolerance", target.tolerance, allowed, _OF_ZERO)


def _improvement_on_zero(target: "Target") -> InvalidValueError | None:
    """Refuse a percentage of a baseline of zero, likewise."""
    by = target.aim.by if isinstance(target.aim, Improve) else None
    if by is None or by.percent is None or target.baseline is None or target.baseline.value != 0:
        return None
    return InvalidValueError("Target.aim.by", by, "Margin(amount=…) where the baseline is zero", _OF_ZERO)


def _required(target: "Target") -> tuple[Decimal | None, ...]:
    """Return the numbers that the target itself requires, at its due period and on the way."""
    profile = tuple(target.trajectory.values.values()) if isinstance(target.trajectory, Profile) else ()
    match target.aim:
        case Reach(value):
            return (value, *profile)
        case StayBetween(low, high):
            return (low, high)
        case Hold() | Improve(None):
            return (target.baseline.value if target.baseline else None,)
        case _:
            return profile


def _line_to_no_number(target: "Target") -> InvalidValueError | None:
    """Refuse a straight line to an aim that is no single number."""
    if not isinstance(target.trajectory, Linear) or isinstance(target.aim, Reach | Improve | Hold | None):
        return None
    return InvalidValueError("Target.trajectory", target.trajectory, "Linear() with Reach, Improve or Hold only")


def _line_without_ends(target: "Target") -> InvalidValueError | None:
    if not isinstance(target.trajectory, Linear) or (target.baseline is not None and target.due is not None):
        return None
    return InvalidValueError("Target.trajectory", target.trajectory, "Linear() with both a baseline and a due period")


def _line_backwards(target: "Target") -> InvalidValueError | None:
    if not isinstance(target.trajectory, Linear) or target.baseline is None or target.due is None:
        return None
    if target.baseline.period.end < target.due.end:
        return None
    return InvalidValueError("Target.baseline", str(target.baseline.period), f"a period before {target.due}")


def _profile_without_goal(target: "Target") -> InvalidValueError | None:
    """Refuse a profile to an aim that is no number to reach."""
    if not isinstance(target.trajectory, Profile) or isinstance(target.aim, Reach | None):
        return None
    return InvalidValueError("Target.trajectory", target.trajectory, "a profile with Reach only")


def _profile_beside_goal(target: "Target") -> InvalidValueError | None:
    if not isinstance(target.trajectory, Profile) or not isinstance(target.aim, Reach) or target.due is None:
        return None
    last = target.trajectory.values.get(target.due)
    if last is None or last == target.aim.value:
        return None
    return InvalidValueError("Target.trajectory", last, f"{target.aim.value} at the due period, as in the aim")


def _milestone_nearly(target: "Target") -> InvalidValueError | None:
    if target.tolerance is None or not isinstance(target.aim, Complete):
        return None
    return InvalidValueError("Target.tolerance", target.tolerance, "none: a milestone is done or it is not")


def _places_by_percent(target: "Target") -> InvalidValueError | None:
    if target.tolerance is None or target.tolerance.percent is None or not isinstance(target.aim, Rank):
        return None
    return InvalidValueError("Target.tolerance", target.tolerance, "Margin(amount=…), in places")


_OF_ZERO = "a percentage of zero is undefined"


@described(
    id="The target's identity in its plan.",
    measure="The id of the measure it is set for.",
    aim="What is asked of the figure; ``None`` marks a placeholder, a target still to be agreed.",
    due="The period whose figure decides; a date is read as that day. ``None``: no date was set, so that the target "
    "is on its way for ever.",
    baseline="Where the measure was before; ``None`` where none is stated.",
    trajectory="What must hold on the way; by default the goal itself.",
    tolerance="How far short still counts as near, from the number required; ``None``: not at all.",
    area="The place it is set for; ``None``: every place that is evaluated.",
    breakdown="The part of the population it is set for; empty: all of it.",
    unit="The unit its numbers are in; ``None``: the measure's.",
    agreed_with='Who set it together, such as ``("service users", "families", "partners")``.',
    source="Where it is published; ``None`` where not stated.",
    owner='The role that answers for it, such as ``"Head of SEND"``, never a person; ``None`` where not stated.',
    extensions="Fields of your own, each ``x-…``: kept, written and shown, and never read.",
)
@frozen(kw_only=True, field_transformer=located)
class Target:
    """A target of a plan: what a measure is to come to, and by when.

    Raises:
        InvalidValueError: A percentage of zero, a line without a baseline, a profile that does not
            end on the goal, and whatever else could never be evaluated.

    Example:
        >>> Target(id="t1", measure="ehcp-within-20-weeks", aim=Reach(60), due=Period.year(2025, "calendar")).aim
        Reach(value=Decimal('60'))
    """

    id: str = field(converter=item_id)
    measure: str = field(converter=item_id)
    aim: Aim | None = field(converter=aim_or_none)
    due: Period | None = field(default=None, converter=period_or_none)
    baseline: Baseline | None = field(default=None, converter=baseline_or_none)
    trajectory: Trajectory = field(factory=Flat, converter=trajectory)
    tolerance: Margin | None = field(default=None, converter=margin_or_none)
    area: str | None = field(default=None, converter=area_or_none)
    breakdown: Mapping[str, str] = field(factory=FrozenMapping, converter=breakdown)
    unit: Unit | None = field(default=None, converter=unit_or_none)
    agreed_with: tuple[str, ...] = field(default=(), converter=texts)
    source: str | None = field(default=None, converter=text_or_none)
    owner: str | None = field(default=None, converter=text_or_none)
    extensions: Mapping[str, Any] = field(factory=FrozenMapping, converter=extensions)

    @property
    def stands_on_baseline(self) -> bool:
        """Whether what it asks for depends on where the measure was before."""
        return isinstance(self.aim, Improve | Hold) or isinstance(self.trajectory, Linear)

    RULES: ClassVar = (
        Invariant(("tolerance", "aim", "baseline", "trajectory"), _tolerance_of_zero),
        Invariant(("aim", "baseline"), _improvement_on_zero),
        Invariant(("trajectory", "aim"), _line_to_no_number),
        Invariant(("trajectory", "baseline", "due"), _line_without_ends),
        Invariant(("trajectory", "baseline", "due"), _line_backwards),
        Invariant(("trajectory", "aim"), _profile_without_goal),
        Invariant(("trajectory", "aim", "due"), _profile_beside_goal),
        Invariant(("tolerance", "aim"), _milestone_nearly),
        Invariant(("tolerance", "aim"), _places_by_percent),
    )
    __attrs_post_init__ = enforce
    __eq__, __hash__, __repr__ = equal, hashed, concise

    def _repr_html_(self) -> str:
        """Write the target as a notebook shows it: what is stated of it as a table."""
        markup: str = offered("item_as_html")(self)
        return markup
