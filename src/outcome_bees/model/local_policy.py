"""A council's own choice of what counts as met and as near: data, checked, and named in every result."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, ClassVar, Protocol

from attrs import field, frozen

from outcome_bees.errors import InvalidTypeError, InvalidValueError, UnknownNameError
from outcome_bees.frozen import FrozenMapping, described, equal, hashed, in_full
from outcome_bees.model.aims import Margin, margin_or_none
from outcome_bees.model.constraints import Invariant, enforce
from outcome_bees.model.fields import extensions, item_id, located
from outcome_bees.vocabulary import Rag, Status

__all__ = ["FIVE_PER_CENT", "NOT_WORSE_THAN_LAST_YEAR", "POLICIES", "STANDARD", "Policy", "policy_of"]


def flag(given: bool) -> bool:
    if not isinstance(given, bool):
        raise InvalidTypeError("flag", given, "True or False")
    return given


class _Counted(Protocol):
    """What a policy judges many answers by, such as a ``Tally``."""

    @property
    def worst(self) -> Status | None: ...


def _overlapping(policy: "Policy") -> InvalidValueError | None:
    met, near = policy.met_within, policy.near_within
    if met is None:
        return None
    if near is None:
        hint = "the target's own tolerance may be narrower, and the two would overlap"
        return InvalidValueError("Policy.near_within", None, "a margin wider than met_within", hint)
    pairs = ((met.amount, near.amount), (met.percent, near.percent))
    if any(_wider(one, other) for one, other in pairs):
        return None
    allowed = f"a margin wider than met_within, {met}, in the same form (amount or percent)"
    return InvalidValueError("Policy.near_within", near, allowed)


def _wider(met: Decimal | None, near: Decimal | None) -> bool:
    return met is not None and near is not None and near > met


@described(
    id="The policy's name, which every result carries.",
    met_within="How far short of the number required still counts as met; ``None``: not at all.",
    near_within="How far short counts as near; ``None``: the target's own tolerance.",
    near_if_not_worse="Whether near holds only where the figure is no further behind than that of the same period "
    "last year would be.",
    met_only_if_clear="Whether met holds only where the difference is beyond chance: where the rule says otherwise at "
    "one end of the figure's 95 per cent interval, what would be met is near, and the sentence says so. A figure "
    "without an interval is judged as it is.",
    no_change_within="How far a figure may move and still count as no change; ``None``: not at all.",
    extensions="Fields of your own, each ``x-…``: kept, and never read.",
)
@frozen(kw_only=True, field_transformer=located)
class Policy:
    """When a figure counts as met, and when as near: traffic lights are local policy, not mathematics.

    Raises:
        InvalidValueError: Stretches that would overlap: near not wider than met, or the two in
            different words (an amount and a percentage), or met without near.

    Example:
        >>> Policy(id="ours", met_within=Margin(percent=1), near_within=Margin(percent=5)).near_if_not_worse
        False
    """

    id: str = field(converter=item_id)
    met_within: Margin | None = field(default=None, converter=margin_or_none)
    near_within: Margin | None = field(default=None, converter=margin_or_none)
    near_if_not_worse: bool = field(default=False, converter=flag)
    met_only_if_clear: bool = field(default=False, converter=flag)
    no_change_within: Margin | None = field(default=None, converter=margin_or_none)

    extensions: Mapping[str, Any] = field(factory=FrozenMapping, converter=extensions)

    RULES: ClassVar = (Invariant(("met_within", "near_within"), _overlapping),)
    __attrs_post_init__ = enforce
    __eq__, __hash__, __repr__ = equal, hashed, in_full

    def judge(self, tally: _Counted) -> Rag:
        """Return the colour of many answers together: the worst of those assessed, grey where none is.

        Colours are never averaged: one red among nine greens is one red, and the tally says of how many.

        Example:
            >>> from outcome_bees import Status, Tally
            >>> STANDARD.judge(Tally({Status.ACHIEVED: 9, Status.MISSED: 1}))
            <Rag.RED: 'red'>
        """
        return Rag.GREY if tally.worst is None else tally.worst.rag


STANDARD = Policy(id="standard")
"""Met at the number required; near within the target's own tolerance.

Example:
    >>> STANDARD.id
    'standard'
"""

FIVE_PER_CENT = Policy(id="five-per-cent", met_within=Margin(percent=1), near_within=Margin(percent=5))
"""Within 1 % of the number counts as met, within 5 % as near.

Source: the shape of a rule in councils' published performance reports, as ``docs/policies.md`` says.
"""

NOT_WORSE_THAN_LAST_YEAR = Policy(id="not-worse-than-last-year", near_within=Margin(percent=10), near_if_not_worse=True)
"""Within 10 % is near, but only where the figure is no worse than that of the same period last year.

Source: likewise.
"""

POLICIES: dict[str, Policy] = {each.id: each for each in (STANDARD, FIVE_PER_CENT, NOT_WORSE_THAN_LAST_YEAR)}
"""The policies that come with the library, by id.

Example:
    >>> list(POLICIES)
    ['standard', 'five-per-cent', 'not-worse-than-last-year']
"""


def policy_of(given: Policy | str, own: Iterable[Policy] = (), what: str = "policy") -> Policy:
    """Return the policy that is meant.

    Args:
        given: A policy, or the id of one.
        own: The policies of the plan, which may be meant by their id beside those that come with the library.
        what: What an error calls it.

    Raises:
        UnknownNameError: No policy has that id; the message lists those that there are.
        InvalidTypeError: It is neither a policy nor text.

    Example:
        >>> policy_of("five-per-cent") is FIVE_PER_CENT
        True
    """
    if isinstance(given, Policy):
        return given
    known = POLICIES | {each.id: each for each in own}
    if not isinstance(given, str):
        raise InvalidTypeError(what, given, f"a Policy, or the id of one: {', '.join(known)}")
    if given not in known:
        raise UnknownNameError(what, given, list(known))
    return known[given]
