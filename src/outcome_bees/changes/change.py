"""A change of an answer from one scorecard to another, and its causes."""

from datetime import date
from enum import StrEnum

from attrs import frozen

from outcome_bees.evaluation.result import Evaluation
from outcome_bees.vocabulary import Status

__all__ = ["Cause", "CauseKind", "Change"]


class CauseKind(StrEnum):
    """What sort of cause changed an answer.

    Example:
        >>> CauseKind("revised")
        <CauseKind.REVISED: 'revised'>
    """

    NEW_PERIOD = "new_period"
    REVISED = "revised"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    SUPPRESSED = "suppressed"
    ABSENT = "absent"
    REMOVED = "removed"
    TARGET = "target"
    TOLERANCE = "tolerance"
    BASELINE = "baseline"
    TRAJECTORY = "trajectory"
    DUE = "due"
    DIRECTION = "direction"
    UNIT = "unit"
    MEASURE = "measure"
    COMPARATOR = "comparator"
    POLICY = "policy"
    DAY = "day"
    BOUNDARY = "boundary"
    PART = "part"
    LIBRARY = "library"
    NOT_KNOWN = "not_known"


@frozen(kw_only=True)
class Cause:
    """One thing that changed an answer.

    Attributes:
        kind: What sort of cause it is.
        sentence: What it is, as a clause: "the figure for 2024-25 was revised from 9.1% to 8.7% on 3 July".
        on: When it happened; ``None`` where that is not known.
        alone: The status that the answer before would have had, had this been the only change; ``None`` where it could
            not be evaluated alone.
        verdicts: Of a change of the library, the lines under Verdicts of its changelog that may have brought it.

    Example:
        >>> Cause(kind=CauseKind.POLICY, sentence="the policy was changed from standard to ours").kind.value
        'policy'
    """

    kind: CauseKind
    sentence: str
    on: date | None = None
    alone: Status | None = None
    verdicts: tuple[str, ...] = ()


@frozen(kw_only=True)
class Change:
    """One answer that is another than it was: in its status, verdict, reason, travel or required number.

    Attributes:
        measure: The id of the measure.
        target: The id of the target; ``None`` where the measure has none.
        before: The answer on the card before; ``None`` where there was none.
        after: The answer now; ``None`` where there is none any more.
        causes: What changed it, in the order in which the steps were taken.
        sentence: All of this in one sentence, without a full stop.

    Example:
        >>> from outcome_bees import Measure, Observation, Plan, Reach, Target, compare_scorecards, evaluate_plan
        >>> measure = Measure(id="m", title="Turnover", unit="percent", direction="decrease")
        >>> target = Target(id="t", measure="m", aim=Reach(9), due="FY2024-25")
        >>> plan = Plan(id="p", title="P", measures=[measure], targets=[target])
        >>> def card(value, recorded):
        ...     figure = Observation(measure="m", period="FY2024-25", area="E10000015", value=value, recorded=recorded)
        ...     return evaluate_plan(plan, [figure], as_of=date(2025, 7, 31))
        >>> (change,) = compare_scorecards(card("9.1", "2025-05-01"), card("8.7", "2025-07-03"))
        >>> change.sentence
        'Achieved, from missed: the figure for 2024-25 was revised from 9.1% to 8.7% on 3 July'
    """

    measure: str
    target: str | None
    before: Evaluation | None
    after: Evaluation | None
    causes: tuple[Cause, ...]
    sentence: str

    def __str__(self) -> str:
        return f"{self.measure}: {self.sentence}."
