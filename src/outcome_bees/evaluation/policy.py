"""Which policy is meant: one given whole, or by the id of one of the plan's own or of the library's."""

from collections.abc import Iterable

from outcome_bees.errors import InvalidTypeError, UnknownNameError
from outcome_bees.model.local_policy import FIVE_PER_CENT, NOT_WORSE_THAN_LAST_YEAR, POLICIES, STANDARD, Policy

__all__ = ["FIVE_PER_CENT", "NOT_WORSE_THAN_LAST_YEAR", "POLICIES", "STANDARD", "Policy", "policy_of"]


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
