"""One target's answer: status, verdict, reason, and every number that they were made from."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, localcontext
from functools import partial
from typing import Any, ParamSpec, TypeVar, cast

from attrs import field, frozen

from outcome_bees.chance.no_answer import NoAnswer
from outcome_bees.evaluation.inputs import Inputs
from outcome_bees.exact import CONTEXT
from outcome_bees.frozen import FrozenMapping
from outcome_bees.model.observation import Observation
from outcome_bees.offers import offered
from outcome_bees.periods import Period
from outcome_bees.vocabulary import Certainty, Rag, Reason, Revision, Status, Travel, TravelBasis, Verdict

__all__ = ["Evaluation", "when_asked"]

P = ParamSpec("P")
T = TypeVar("T")


@frozen(kw_only=True)
class Evaluation:
    """How one measure stands against one target, for one place, as was known on one day.

    Attributes:
        target: The target's id; ``None`` where the measure has no target.
        measure: The measure's id.
        area: The code of the place; ``None`` where it was not said and there are no figures to tell.
        breakdown: The part of the population; empty is all of it.
        as_of: The day whose knowledge counted.
        policy: The id of the policy that judged.
        status: How the target stands; ``not_assessed`` comes with a reason.
        verdict: What the figure says against the rule; ``None`` where it could not be judged.
        reason: Why it was not assessed; ``None`` where it was.
        due: The period whose figure decides; ``None`` where there is no date.
        observation: The figure used; ``None`` where none is known.
        value: That figure in the measure's unit; ``None`` where it is absent.
        required: The number that had to be met at the figure's own period; of a band, the end that decides.
        asked: What was asked of the figure against that number ("at least", "less than", "exactly"); ``None`` where
            it was not judged.
        goal: The number that has to be met at the due period; ``None`` where others set it, who may move until then.
        baseline: Where the measure stood before; ``None`` where not known.
        reference: The number the rule stood on: baseline, comparator, or how many areas were ranked.
        gap: How far ahead of what is required, in the measure's unit (places, for a rank); negative is behind.
        progress: The share of the way from baseline to goal that has been gone; below 0 is backwards, above 1 past it.
            ``None`` where there is no one way: toward a band, others who move, or a baseline that is not known.
        travel: Where the figure has moved; ``None`` where there is nothing to hold it against.
        travel_basis: Since when; ``None`` likewise.
        display_conflict: Whether the figure, rounded as it is published, would look met and is not.
        certainty: Whether the rule says the same at both ends of the figure's 95 per cent interval (``clear``), or the
            difference is within chance; ``None`` where there is no verdict, or the figure has no interval.
        certainty_reason: Why a verdict has no certainty; ``None`` where it has one, or there is no verdict.
        explanation: All of this in one plain sentence.

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
    # What it was made from: kept to be traced, and no part of the answer.
    _inputs: Inputs | None = field(init=False, default=None, eq=False, repr=False)

    @property
    def revision(self) -> Revision | None:
        """The quality of the figure: provisional, revised or final; ``None`` where none is known, or it is not said."""
        return None if self.observation is None else self.observation.revision

    @property
    def rag(self) -> Rag:
        """The traffic light of the status."""
        return self.status.rag

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


def when_asked(make: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """Return what stands for a value in some fields of an evaluation until it is read: only then is it made."""
    return cast(T, partial(make, *given, **named))


class _MadeWhenAsked:
    """A field that may be given as ``when_asked`` has it: it is made when it is first read, and then kept.

    Whatever compares, hashes, copies, pickles or writes an evaluation reads its fields, and so makes them: it is the
    same whether anybody has looked at it or not.
    """

    def __init__(self, slot: Any) -> None:
        self._slot = slot

    def __get__(self, evaluation: Evaluation | None, owner: type[Evaluation]) -> Any:
        if evaluation is None:
            return self
        held = self._slot.__get__(evaluation)
        if isinstance(held, partial):
            with localcontext(CONTEXT):
                held = held()
            self._slot.__set__(evaluation, held)
        return held

    def __set__(self, evaluation: Evaluation, value: Any) -> None:
        self._slot.__set__(evaluation, value)


# A tally of ten thousand answers reads none of them: together they cost as much as the rest of an evaluation.
for _name in ("progress", "display_conflict", "certainty", "certainty_reason", "explanation"):
    setattr(Evaluation, _name, _MadeWhenAsked(vars(Evaluation)[_name]))
