"""One target's answer: status, verdict, reason, and every number that they were made from."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, localcontext
from typing import Any

from attrs import field, frozen

from outcome_bees.evaluation.inputs import Inputs
from outcome_bees.evaluation.judge import Judgement
from outcome_bees.evaluation.select import without_hidden_numbers
from outcome_bees.exact import CONTEXT
from outcome_bees.frozen import FrozenMapping, described, equal, hashed
from outcome_bees.model.aims import Beat
from outcome_bees.model.observation import Observation
from outcome_bees.offers import offered
from outcome_bees.periods import Period
from outcome_bees.vocabulary import Certainty, NoAnswer, Rag, Reason, Revision, Status, Travel, TravelBasis, Verdict

__all__ = ["Evaluation", "answered"]


@described(
    target="The target's id; ``None`` where the measure has no target.",
    measure="The measure's id.",
    area="The code of the place; ``None`` where it was not given and there are no figures to show it.",
    breakdown="The part of the population; empty is all of it.",
    as_of="The day whose knowledge counted.",
    policy="The id of the policy that judged.",
    status="How the target is doing; ``not_assessed`` comes with a reason.",
    verdict="What the figure says against the rule; ``None`` where it could not be judged.",
    reason="Why it was not assessed; ``None`` where it was.",
    due="The period whose figure decides; ``None`` where there is no date.",
    observation="The figure used; ``None`` where none is known.",
    value="That figure in the measure's unit; ``None`` where it is absent.",
    required="The number that had to be met at the figure's own period; of a band, the end that decides.",
    asked='What was asked of the figure against that number ("at least", "less than", "exactly"); ``None`` where it '
    "was not judged.",
    goal="The number that has to be met at the due period; ``None`` where others set it, who may move until then.",
    baseline="Where the measure stood before; ``None`` where not known.",
    reference="The number the rule stood on: baseline, comparator, or how many areas were ranked.",
    gap="How far ahead of what is required, in the measure's unit (places, for a rank); negative is behind.",
    progress="The share of the way from baseline to goal that has been gone; below 0 is backwards, above 1 past it. "
    "``None`` where there is no one way: toward a band, others who move, or a baseline that is not known.",
    travel="Where the figure has moved; ``None`` where there is nothing to hold it against.",
    travel_basis="Since when; ``None`` likewise.",
    display_conflict="Whether the figure, rounded as it is published, would look met and is not.",
    certainty="Whether the rule says the same at both ends of the figure's 95 per cent interval (``clear``), or the "
    "difference is within chance; ``None`` where there is no verdict, or the figure has no interval.",
    certainty_reason="Why a verdict has no certainty; ``None`` where it has one, or there is no verdict.",
    explanation="All of this in one plain sentence.",
)
@frozen(kw_only=True)
class Evaluation:
    """How one measure is doing against one target, for one place, as was known on one day.

    Example:
        >>> Evaluation(measure="m", area="E10000015", as_of=date(2025, 12, 31), policy="standard",
        ...            status=Status.NOT_ASSESSED, reason=Reason.NO_TARGET, explanation="…").rag
        <Rag.GREY: 'grey'>
    """

    target: str | None = None
    measure: str
    area: str | None = None
    breakdown: Mapping[str, str] = field(factory=FrozenMapping)
    as_of: date
    policy: str
    status: Status
    verdict: Verdict | None = None
    reason: Reason | None = None
    due: Period | None = None
    observation: Observation | None = None
    value: Decimal | None = None
    required: Decimal | None = None
    asked: str | None = None
    goal: Decimal | None = None
    baseline: Decimal | None = None
    reference: Decimal | None = None
    gap: Decimal | None = None
    progress: Decimal | None = None
    travel: Travel | None = None
    travel_basis: TravelBasis | None = None
    display_conflict: bool = False
    certainty: Certainty | None = None
    certainty_reason: NoAnswer | None = None
    explanation: str
    # What it was made from: kept to be traced, and for what is made when it is read. No part of the answer.
    _inputs: Inputs | None = field(init=False, default=None, eq=False)
    _judgement: Judgement | None = field(init=False, default=None, eq=False)

    @property
    def revision(self) -> Revision | None:
        """The quality of the figure: provisional, revised or final; ``None`` where it is not known or stated."""
        return None if self.observation is None else self.observation.revision

    @property
    def rag(self) -> Rag:
        """The traffic light of the status."""
        return self.status.rag

    __eq__, __hash__ = equal, hashed

    def __repr__(self) -> str:
        place = "" if self.area is None else f" in {self.area}"
        reason = "" if self.reason is None else f", {self.reason}"
        return f"<Evaluation of {self.target or self.measure}{place} as of {self.as_of}: {self.status}{reason}>"

    def _repr_html_(self) -> str:
        """Write the evaluation as a notebook shows it: its sentence, and its numbers as a table."""
        markup: str = offered("evaluation_as_html")(self)
        return markup

    @property
    def provenance(self) -> dict[str, Any]:
        """Everything that the answer was made from, as plain data: texts, exact numbers, lists and mappings.

        Its keys are ``status`` and the other facts of the answer in brief, ``observations`` (each with what it was used
        for and, where it was loaded from a file, ``file``, ``line`` and ``sheet``), ``rule`` with its stretches,
        ``policy``, ``plan`` with the SHA-256 of its document, ``library`` and ``as_of``. Nothing is worked out until it
        is asked for. Of an answer that was loaded alone, without what it was made from, ``traced`` is false.

        Example:
            >>> from outcome_bees import Measure, Observation, Reach, Target, evaluate
            >>> measure = Measure(id="m", title="M", unit="percent", direction="increase")
            >>> target = Target(id="t", measure="m", aim=Reach(50), due="CY2024")
            >>> figure = Observation(measure="m", period="CY2024", area="E10000015", value=56.3, source="SFR 12")
            >>> answer = evaluate(target, measure=measure, observations=[figure], as_of=date(2025, 12, 31))
            >>> [(each["used_as"], each["value"], each["source"]) for each in answer.provenance["observations"]]
            [('figure', Decimal('56.3'), 'SFR 12')]
        """
        data: dict[str, Any] = offered("provenance")(self)
        return data

    def why(self) -> str:
        """Return the chain that led to the answer, in words: figures, rule, policy, plan, library.

        Example:
            >>> from outcome_bees import Measure, Observation, Reach, Target, evaluate
            >>> measure = Measure(id="m", title="M", unit="percent", direction="increase")
            >>> target = Target(id="t", measure="m", aim=Reach(50), due="CY2024")
            >>> figure = Observation(measure="m", period="CY2024", area="E10000015", value=56.3, source="SFR 12")
            >>> answer = evaluate(target, measure=measure, observations=[figure], as_of=date(2025, 12, 31))
            >>> print(answer.why().splitlines()[0])
            56.3% in 2024, where the target was at least 50.0%: achieved, 6.3 percentage points ahead.
        """
        text: str = offered("why")(self)
        return text


class _MadeWhenRead:
    """A field that ``answered`` leaves empty: it is made from the judgement when it is first read, and then kept.

    Whatever compares, hashes, copies, pickles or writes an evaluation reads its fields, and so makes them: it is the
    same whether anybody has looked at it or not.
    """

    def __init__(self, slot: Any, make: Callable[[Evaluation, Judgement], object]) -> None:
        self._slot, self._make = slot, make

    def __get__(self, evaluation: Evaluation | None, owner: type[Evaluation]) -> Any:
        if evaluation is None:
            return self
        try:
            return self._slot.__get__(evaluation)
        except AttributeError:
            pass  # it is empty
        judgement = evaluation._judgement
        assert judgement is not None, "only what was judged has an empty field"
        with localcontext(CONTEXT):
            made = self._make(evaluation, judgement)
        self._slot.__set__(evaluation, made)
        return made

    def __set__(self, evaluation: Evaluation, value: Any) -> None:
        self._slot.__set__(evaluation, value)


def _explanation(evaluation: Evaluation, judgement: Judgement) -> str:
    """Return the sentence of an answer."""
    from outcome_bees.evaluation.wording import explain  # loaded with the first sentence that is read

    inputs, compiled = evaluation._inputs, judgement.compiled
    assert inputs is not None, "what was judged has inputs"
    target, measure, area = compiled.target, compiled.measure, evaluation.area
    comparator = inputs.comparators.get(target.aim.comparator) if target and isinstance(target.aim, Beat) else None
    expected: Mapping[Period, Observation] = {}
    if area is not None:
        expected = inputs.observations.forecasts(measure.id, area, compiled.breakdown, as_of=evaluation.as_of)
    return explain(judgement, evaluation.status, evaluation.reason, evaluation.as_of, comparator, expected)


# A tally of ten thousand answers reads none of them: together they cost more than the rest of an evaluation.
_WHEN_READ: dict[str, Callable[[Evaluation, Judgement], object]] = {
    "progress": lambda _, judgement: judgement.progress(),
    "display_conflict": lambda _, judgement: judgement.display_conflict(),
    "certainty": lambda _, judgement: judgement.certainty(),
    "certainty_reason": lambda _, judgement: judgement.no_certainty(),
    "explanation": _explanation,
}
for _name, _make in _WHEN_READ.items():
    setattr(Evaluation, _name, _MadeWhenRead(vars(Evaluation)[_name], _make))


def _setter(name: str) -> Callable[[Evaluation, object], None]:
    """Return a slot's own way to be filled: past what keeps an evaluation from changing, and faster than it."""
    put: Callable[[Evaluation, object], None] = vars(Evaluation)[name].__set__
    return put


_set_target, _set_measure, _set_area, _set_breakdown = map(_setter, ("target", "measure", "area", "breakdown"))
_set_as_of, _set_policy, _set_due, _set_observation = map(_setter, ("as_of", "policy", "due", "observation"))
_set_status, _set_verdict, _set_reason, _set_value = map(_setter, ("status", "verdict", "reason", "value"))
_set_required, _set_asked, _set_goal, _set_baseline = map(_setter, ("required", "asked", "goal", "baseline"))
_set_reference, _set_gap, _set_travel, _set_basis = map(_setter, ("reference", "gap", "travel", "travel_basis"))
_set_inputs, _set_judgement = map(_setter, ("_inputs", "_judgement"))


def answered(
    judgement: Judgement,
    inputs: Inputs,
    status: Status,
    reason: Reason | None,
    travel: Travel | None,
    basis: TravelBasis | None,
) -> Evaluation:
    """Return the answer that a judgement comes to; what few readers ask for is left to be made when it is read."""
    answer: Evaluation = object.__new__(Evaluation)
    compiled, figure = judgement.compiled, judgement.figure
    target = compiled.target
    _set_target(answer, None if target is None else target.id)
    _set_measure(answer, compiled.measure.id)
    _set_area(answer, inputs.area)
    _set_breakdown(answer, compiled.breakdown)
    _set_as_of(answer, inputs.as_of)
    _set_policy(answer, compiled.policy.id)
    _set_status(answer, status)
    _set_verdict(answer, judgement.verdict)
    _set_reason(answer, reason)
    _set_due(answer, None if target is None else target.due)
    _set_observation(
        answer, figure if figure is None or judgement.value is not None else without_hidden_numbers(figure)
    )
    _set_value(answer, judgement.value)
    _set_required(answer, judgement.required)
    _set_asked(answer, judgement.asked)
    _set_goal(answer, judgement.goal)
    _set_baseline(answer, judgement.baseline)
    _set_reference(answer, judgement.reference)
    _set_gap(answer, judgement.gap)
    _set_travel(answer, travel)
    _set_basis(answer, basis)
    _set_inputs(answer, inputs)
    _set_judgement(answer, judgement)
    return answer
