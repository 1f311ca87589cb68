"""Whether a card comes out as it was written, when it is evaluated again from what it was made from."""

from collections.abc import Iterable
from typing import Any

from attrs import fields, frozen

from outcome_bees import __version__
from outcome_bees.errors import OutcomeBeesError
from outcome_bees.evaluation.result import Evaluation
from outcome_bees.evaluation.scorecard import Scorecard, evaluate_plan
from outcome_bees.model.index import Observations
from outcome_bees.model.local_policy import POLICIES, Policy
from outcome_bees.model.observation import Observation
from outcome_bees.presentation.words import LABEL
from outcome_bees.vocabulary import Reason

__all__ = ["Difference", "Reproduction", "reproduce"]

# What an answer may lack where the card has only the figures that it shows, and not those they were held against.
_BESIDE = {Reason.BASELINE_NOT_SET, Reason.COMPARATOR_MISSING, Reason.INSUFFICIENT_HISTORY}
# What answers did not have yet when cards did not say which version wrote them.
_NEWER = ("certainty", "certainty_reason")
_HELD_AGAINST = ("travel", "travel_basis", "baseline", "progress")


@frozen(kw_only=True)
class Difference:
    """One thing of an answer that comes out otherwise than it was written.

    Attributes:
        measure: The id of the measure.
        target: The id of the target; ``None`` for none.
        field: What of the answer.
        written: What the card has.
        again: What this version of the library finds.
    """

    measure: str
    target: str | None
    field: str
    written: Any
    again: Any

    def __str__(self) -> str:
        which = self.measure if self.target is None else f"{self.measure}, target {self.target}"
        name = self.field.replace("_", " ")
        return f"{which}: {name}: the card has {_shown(self.written)}, and evaluated again it is {_shown(self.again)}"


@frozen(kw_only=True)
class Reproduction:
    """A card, evaluated again.

    Attributes:
        agrees: Whether every answer came out as it was written.
        differences: What did not.
        not_told: The answers that could not be evaluated again, by the id of target or measure: their card does not
            have what they were held against.
        written_by: The version of the library that wrote the card; ``None`` where it does not say.
        library: This version.

    Example:
        >>> from datetime import date
        >>> from outcome_bees import Measure, Plan
        >>> plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="count")])
        >>> reproduce(evaluate_plan(plan, [], as_of=date(2025, 12, 31), area="E10000015")).agrees
        True
    """

    differences: tuple[Difference, ...]
    not_told: tuple[str, ...] = ()
    written_by: str | None
    library: str = __version__

    @property
    def agrees(self) -> bool:
        """Whether this version gives the answers that the card has, as far as they can be evaluated again."""
        return not self.differences


def reproduce(
    card: Scorecard,
    observations: Observations | Iterable[Observation] | None = None,
    *,
    policy: Policy | None = None,
) -> Reproduction:
    """Evaluate a card again from what it was made from, and compare every answer.

    Args:
        card: The card, such as one that was loaded from a file.
        observations: Its figures; ``None``: those that it carries. A card that was written without has those that it
            shows: what else they were held against cannot be known then.
        policy: What judged it; ``None``: the policy that it carries, else the one of its name that the library has.

    Raises:
        OutcomeBeesError: The policy is not known, or the plan and figures cannot be evaluated.

    Example:
        >>> from datetime import date
        >>> from outcome_bees import Measure, Plan
        >>> plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="count")])
        >>> reproduce(evaluate_plan(plan, [], as_of=date(2025, 12, 31), area="E10000015")).differences
        ()
    """
    inputs = card.inputs
    judge = policy or (POLICIES.get(card.policy) if inputs is None else inputs.policy)
    if judge is None:
        raise OutcomeBeesError(f"policy {card.policy} judged the card, and is not in it; give the policy")
    whole = observations is not None or inputs is not None
    if observations is None:
        observations = _own(card) if inputs is None else inputs.observations
    again = evaluate_plan(
        card.plan,
        observations,
        as_of=card.as_of,
        area=card.area,
        policy=judge,
        unknown_measures_ok=True,
        unknown_area_ok=True,
    )
    written_by = None if inputs is None else inputs.library
    found: list[Difference] = []
    not_told: list[str] = []
    for written, now in zip(card.evaluations, again.evaluations, strict=False):
        if not whole and now.reason in _BESIDE and now.reason is not written.reason:
            not_told.append(now.target or now.measure)
        else:
            found += _differences(written, now, whole=whole, written_by=written_by)
    if len(card.evaluations) != len(again.evaluations):
        counts = (len(card.evaluations), len(again.evaluations))
        found.append(Difference(measure=card.plan.id, target=None, field="answers", written=counts[0], again=counts[1]))
    if judge.id != card.policy:
        found.append(Difference(measure=card.plan.id, target=None, field="policy", written=card.policy, again=judge.id))
    return Reproduction(differences=tuple(found), not_told=tuple(not_told), written_by=written_by)


def _own(card: Scorecard) -> Observations:
    """Return the observations that the answers of a card show: of two that contradict each other, the first."""
    shown: dict[object, Observation] = {}
    for each in card.evaluations:
        figure = each.observation
        if figure is not None:
            shown.setdefault((figure.measure, figure.area, figure.breakdown, figure.period), figure)
    return Observations(shown.values(), provisional_after_final_ok=True)


def _differences(written: Evaluation, again: Evaluation, *, whole: bool, written_by: str | None) -> list[Difference]:
    """Return what differs.

    Args:
        whole: Whether all that the answers were held against is known.
        written_by: The version that wrote them; where it is this one, their words are compared as well.
    """
    left = {*(() if written_by == __version__ else ("explanation", "asked")), *(() if whole else _HELD_AGAINST)}
    left |= {*(() if written_by is not None else _NEWER)}
    found = []
    for each in fields(Evaluation):
        if each.init and each.name not in left:
            was, now = getattr(written, each.name), getattr(again, each.name)
            if was != now:
                found.append(
                    Difference(measure=written.measure, target=written.target, field=each.name, written=was, again=now)
                )
    return found


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, Observation):
        return f"{value.period} {value.value if value.absence is None else value.absence.value}"
    return LABEL[value] if value in LABEL else str(value)
