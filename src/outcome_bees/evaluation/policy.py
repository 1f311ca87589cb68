"""A council's own choice of what counts as met and as near: data, checked, and named in every result."""

from decimal import Decimal

from attrs import field, frozen

from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.evaluation.tally import Tally
from outcome_bees.model.aims import Margin, margin_or_none
from outcome_bees.model.fields import item_id, located
from outcome_bees.vocabulary import Rag

__all__ = ["FIVE_PER_CENT", "NOT_WORSE_THAN_LAST_YEAR", "POLICIES", "STANDARD", "Policy"]


def flag(given: bool) -> bool:
    if not isinstance(given, bool):
        raise InvalidTypeError("flag", given, "True or False")
    return given


@frozen(kw_only=True, field_transformer=located)
class Policy:
    """When a figure counts as met, and when as near: traffic lights are local policy, not mathematics.

    Attributes:
        id: The policy's name, which every result carries.
        met_within: How far short of the number required still counts as met; ``None``: not at all.
        near_within: How far short counts as near; ``None``: the target's own tolerance.
        near_if_not_worse: Whether near holds only where the figure is no further behind than that of
            the same period last year would be.
        no_change_within: How far a figure may move and still count as no change; ``None``: not at all.

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
    no_change_within: Margin | None = field(default=None, converter=margin_or_none)

    def __attrs_post_init__(self) -> None:
        met, near = self.met_within, self.near_within
        if met is None:
            return
        if near is None:
            hint = "the target's own tolerance may be narrower, and the two would overlap"
            raise InvalidValueError("Policy.near_within", None, "a margin wider than met_within", hint)
        pairs = ((met.amount, near.amount), (met.percent, near.percent))
        if not any(_wider(one, other) for one, other in pairs):
            raise InvalidValueError(
                "Policy.near_within", near, f"a margin wider than met_within, {met}, in the same word"
            )

    def judge(self, tally: Tally) -> Rag:
        """The colour of many answers together: the worst of those assessed, grey where none is.

        Colours are never averaged: one red among nine greens is one red, and the tally says of how many.

        Example:
            >>> from outcome_bees import Status
            >>> STANDARD.judge(Tally({Status.ACHIEVED: 9, Status.MISSED: 1}))
            <Rag.RED: 'red'>
        """
        return Rag.GREY if tally.worst is None else tally.worst.rag


def _wider(met: Decimal | None, near: Decimal | None) -> bool:
    return met is not None and near is not None and near > met


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
