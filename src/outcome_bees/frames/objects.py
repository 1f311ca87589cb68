"""From objects to columns and back: observations as a table, rows of answers as evaluations."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from outcome_bees.errors import InvalidValueError
from outcome_bees.evaluation.result import Evaluation
from outcome_bees.exact import exact
from outcome_bees.frames.backend import Backend
from outcome_bees.frames.contract import RESULTS
from outcome_bees.model.fields import as_of_day
from outcome_bees.model.local_policy import STANDARD, Policy, policy_of
from outcome_bees.model.observation import Observation
from outcome_bees.model.plan import Plan
from outcome_bees.periods import Period
from outcome_bees.presentation.words import LABEL, SENTENCE
from outcome_bees.vocabulary import Absence, Reason, Status, Travel, Verdict

__all__ = ["evaluations", "from_observations"]


def from_observations(figures: Iterable[Observation]) -> dict[str, list[Any]]:
    """Return observations as the columns of ``frames.FIGURES``, ready for any data frame library.

    Values are floats; a breakdown's keys are columns of their own; columns that hold nothing are left out.

    Example:
        >>> figure = Observation(measure="m", period="CY2024", area="E10000015", value="56.3")
        >>> from_observations([figure])
        {'measure': ['m'], 'period': ['CY2024'], 'area': ['E10000015'], 'value': [56.3]}
    """
    listed = list(figures)
    columns: dict[str, list[Any]] = {
        "measure": [each.measure for each in listed],
        "period": [each.period.code for each in listed],
        "area": [each.area for each in listed],
        "value": [_float(each.value) for each in listed],
    }
    further: dict[str, list[Any]] = {
        "absence": [each.absence and each.absence.value for each in listed],
        "unit": [each.unit and each.unit.code for each in listed],
        "recorded": [each.recorded for each in listed],
        "revision": [each.revision and each.revision.value for each in listed],
        "numerator": [_float(each.numerator) for each in listed],
        "denominator": [_float(each.denominator) for each in listed],
        "lower": [_float(each.lower) for each in listed],
        "upper": [_float(each.upper) for each in listed],
    }
    for key in dict.fromkeys(key for each in listed for key in each.breakdown):
        further[key] = [each.breakdown.get(key) for each in listed]
    return columns | {name: held for name, held in further.items() if any(each is not None for each in held)}


def evaluations(
    frame: Any, *, as_of: date | str, policy: Policy | str = STANDARD, plan: Plan | None = None
) -> list[Evaluation]:
    """Return rows of ``frames.evaluate`` as ``Evaluation`` objects: for the few that a person looks at.

    Args:
        frame: The rows, in any sort of frame; a lazy one is collected.
        as_of: The day that they were evaluated for.
        policy: The policy that judged.
        plan: The plan, from which the due periods and breakdowns of its targets are taken; ``None``: left out.

    Returns:
        One a row. Columns beside the place that the figures were divided by are not kept, nor are baseline,
        goal and progress, which a row does not have; ``frames.evaluate`` for one place has them all.

    Raises:
        InvalidValueError: A column is missing.
    """
    as_of, policy = as_of_day(as_of), policy_of(policy, () if plan is None else plan.policies)
    backend = Backend(frame)
    there = list(backend.figures.collect_schema())
    missing = [each.name for each in RESULTS if each.name not in there]
    if missing:
        raise InvalidValueError("frame", there, f"a frame with a column {missing[0]!r}")
    targets = {} if plan is None else {target.id: target for target in plan.targets}
    found = []
    for row in backend.rows(backend.figures):
        row = {name: None if value is None or value != value else value for name, value in row.items()}
        target = targets.get(str(row["target"]))
        facts: dict[str, Any] = {} if target is None else {"due": target.due, "breakdown": target.breakdown}
        found.append(_evaluation(row, as_of, policy, facts))
    return found


def _evaluation(row: Mapping[str, Any], as_of: date, policy: Policy, facts: dict[str, Any]) -> Evaluation:
    status = Status(row["status"])
    reason = None if row["reason"] is None else Reason(row["reason"])
    words = LABEL[status] if reason is None else f"{LABEL[status]}: {SENTENCE[reason]}"
    return Evaluation(
        target=row["target"],
        measure=row["measure"],
        area=row["area"],
        as_of=as_of,
        policy=policy.id,
        status=status,
        verdict=None if row["verdict"] is None else Verdict(row["verdict"]),
        reason=reason,
        observation=_observation(row, reason, facts.get("breakdown", {})),
        value=_decimal(row["value"]),
        required=_decimal(row["required"]),
        gap=_decimal(row["gap"]),
        travel=None if row["travel"] is None else Travel(row["travel"]),
        explanation=f"{words[:1].upper()}{words[1:]}.",
        **facts,
    )


def _observation(row: Mapping[str, Any], reason: Reason | None, breakdown: Mapping[str, str]) -> Observation | None:
    if row["period"] is None:
        return None
    value = _decimal(row["value"])
    absences = {absence.value for absence in Absence}
    absent = None if value is not None else Absence(reason) if reason in absences else Absence.NOT_AVAILABLE
    return Observation(
        measure=row["measure"],
        period=Period.from_code(row["period"]),
        area=row["area"],
        value=value,
        absence=absent,
        revision=row.get("revision"),
        breakdown=breakdown,
    )


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)


def _decimal(number: float | None) -> Decimal | None:
    return None if number is None else exact(number)
