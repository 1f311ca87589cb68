"""What two cards were made from, side by side: each thing that differs is a factor that can be changed by itself."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from attrs import evolve, field, fields, frozen

from outcome_bees.changes.change import CauseKind
from outcome_bees.errors import OutcomeBeesError
from outcome_bees.evaluation.evaluate import assess
from outcome_bees.evaluation.inputs import Inputs
from outcome_bees.evaluation.result import Evaluation
from outcome_bees.evaluation.tracing import Use, used_observations
from outcome_bees.frozen import FrozenMapping
from outcome_bees.model.aims import Comparator, Rank
from outcome_bees.model.index import Observations
from outcome_bees.model.local_policy import Policy
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation, absence_of
from outcome_bees.model.target import Target
from outcome_bees.periods import Period
from outcome_bees.vocabulary import Status

__all__ = [
    "Case",
    "Factor",
    "Key",
    "Outcome",
    "applied",
    "case_of",
    "completed",
    "evaluated",
    "factors_of",
    "key_of",
    "outcome_of",
    "status_of",
]

Key = tuple[str, Mapping[str, str], Period]
"""Which figure of a measure: of which place, part of the population and period."""

# What of a measure and of a target has no part in evaluation: words, and what they belong to.
_NOT_JUDGED = {
    *("id", "title", "measure", "priority", "outcome_bees", "population", "numerator", "denominator", "continues"),
    *("links", "source", "agreed_with", "owner", "extensions", "components", "calendar", "area"),
}
_KINDS = {
    "aim": CauseKind.TARGET,
    "tolerance": CauseKind.TOLERANCE,
    "baseline": CauseKind.BASELINE,
    "trajectory": CauseKind.TRAJECTORY,
    "due": CauseKind.DUE,
    "direction": CauseKind.DIRECTION,
    "unit": CauseKind.UNIT,
    "breakdown": CauseKind.TARGET,
}
MOST_APART = 4
"""How many changed figures of other places are held apart; more of them are one factor. Our choice."""


@frozen(kw_only=True)
class Case:
    """What one answer is made from, in a form of which each part can be replaced.

    Attributes:
        figures: The figure known of each place, part and period.
    """

    measure: Measure
    target: Target | None
    comparators: Mapping[str, Comparator]
    policy: Policy
    as_of: date
    area: str | None
    figures: Mapping[Key, Observation]


@frozen(kw_only=True)
class Factor:
    """One thing that differs between two cases.

    Attributes:
        kind: What sort of cause it would be; of figures, found when it is put into words.
        name: The field of a case, measure or target; ``figures`` for figures.
        owner: ``case``, ``measure`` or ``target``.
        before: What it was.
        after: What it is.
        keys: Which figures, where it is of figures.
        uses: What those were used for.
    """

    kind: CauseKind | None
    name: str
    owner: str
    before: Any = field(default=None)
    after: Any = field(default=None)
    keys: tuple[Key, ...] = ()
    uses: tuple[Use, ...] = ()


Outcome = tuple[Any, ...]
"""What of an answer must differ for it to have changed: status, verdict, reason, travel, required number."""


def outcome_of(answer: Evaluation) -> Outcome:
    """Return what is compared of an answer."""
    return (answer.status, answer.verdict, answer.reason, answer.travel, answer.required)


def key_of(figure: Observation) -> Key:
    """Return which figure of its measure an observation is."""
    return (figure.area, figure.breakdown, figure.period)


def case_of(answer: Evaluation, inputs: Inputs, measure: Measure, target: Target | None) -> Case:
    """Return what an answer was made from."""
    observations = inputs.observations
    breakdowns = [answer.breakdown]
    if target is not None and target.breakdown != answer.breakdown:
        breakdowns.append(target.breakdown)
    figures = {
        key_of(each): each
        for area in observations.areas(measure.id)
        for breakdown in breakdowns
        for each in observations.known(measure.id, area, breakdown, as_of=inputs.as_of).values()
    }
    return Case(
        measure=measure,
        target=target,
        comparators=inputs.comparators,
        policy=inputs.policy,
        as_of=inputs.as_of,
        area=inputs.area,
        figures=figures,
    )


def completed(case: Case, other: Case) -> Case:
    """Return a case with the series that its own card had no need of, as the other card has them.

    A file has only what its own answers can be made from. What it had no need of is no figure that was not there.
    """
    needed = {case.area}
    target = case.target
    if target is not None and isinstance(target.aim, Rank) and target.aim.among is None:
        needed |= {key[0] for key in other.figures}
    for id, comparator in case.comparators.items():
        if id in (getattr(target and target.aim, name, None) for name in ("comparator", "among")):
            needed |= {*comparator.areas}
    parts: tuple[Mapping[str, str], ...] = (FrozenMapping(), FrozenMapping() if target is None else target.breakdown)
    more = {
        key: figure
        for key, figure in other.figures.items()
        if key not in case.figures and not (key[0] in needed and key[1] in parts)
    }
    own_place = case.area == other.area
    return evolve(case, figures={**case.figures, **more} if own_place else case.figures)


def evaluated(case: Case) -> Evaluation | None:
    """Evaluate a case; ``None`` where its parts do not go together, as those of two cases may not."""
    inputs = Inputs(
        measure=case.measure,
        target=case.target,
        observations=Observations(
            (_known_by(each, case.as_of) for each in case.figures.values()), provisional_after_final_ok=True
        ),
        comparators=case.comparators,
        as_of=case.as_of,
        area=case.area,
        policy=case.policy,
    )
    try:
        return assess(case.target, case.measure, inputs)
    except OutcomeBeesError:
        return None


def _known_by(figure: Observation, day: date) -> Observation:
    """Return a figure as if it had been known on a day: what it changes is asked of each day alike."""
    return figure if figure.known_on <= day else evolve(figure, recorded=day)


def factors_of(before: Case, after: Case, answers: tuple[Evaluation, Evaluation]) -> list[Factor]:
    """Return everything that differs between two cases, plan first, then policy, day, place and figures."""
    found = [*_of_plan(before, after)]
    for name, kind in (("policy", CauseKind.POLICY), ("as_of", CauseKind.DAY)):
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            found.append(Factor(kind=kind, name=name, owner="case", before=was, after=now))
    if before.area != after.area:
        found.append(Factor(kind=CauseKind.BOUNDARY, name="area", owner="case", before=before.area, after=after.area))
    return [*found, *_of_figures(before, after, answers)]


def _of_plan(before: Case, after: Case) -> Iterator[Factor]:
    yield from _fields(before.measure, after.measure, "measure")
    if before.target is None or after.target is None:
        if before.target is not after.target:
            kind = CauseKind.TARGET
            yield Factor(kind=kind, name="target", owner="case", before=before.target, after=after.target)
    else:
        yield from _fields(before.target, after.target, "target")
    if before.comparators != after.comparators:
        kind = CauseKind.COMPARATOR
        yield Factor(kind=kind, name="comparators", owner="case", before=before.comparators, after=after.comparators)


def _fields(before: Any, after: Any, owner: str) -> Iterator[Factor]:
    for each in fields(type(after)):
        was, now = getattr(before, each.name), getattr(after, each.name)
        with_unit = each.name == "kind" and before.unit != after.unit  # the kind goes with the unit
        if each.init and each.name not in _NOT_JUDGED and was != now and not with_unit:
            kind = _KINDS.get(each.name, CauseKind.MEASURE if owner == "measure" else CauseKind.TARGET)
            yield Factor(kind=kind, name=each.name, owner=owner, before=was, after=now)


def _of_figures(before: Case, after: Case, answers: tuple[Evaluation, Evaluation]) -> Iterator[Factor]:
    """Yield each figure that differs and was used on either card by itself; all others together."""
    uses: dict[Key, Use] = {}
    for answer, case in zip(answers, (before, after), strict=True):
        if answer._inputs is not None:
            for used in used_observations(answer, answer._inputs):
                if used.observation.measure == case.measure.id:
                    uses.setdefault(key_of(used.observation), used.use)
    keys = [
        each
        for each in dict.fromkeys((*before.figures, *after.figures))
        if _content(before.figures.get(each)) != _content(after.figures.get(each))
        and (before.area == after.area or each[0] not in (before.area, after.area))
    ]
    apart = [each for each in keys if each in uses and uses[each] not in (Use.COMPARATOR, Use.RANKED)]
    beside = [each for each in keys if each in uses and each not in apart]
    groups: list[tuple[Key, ...]] = [(each,) for each in apart]
    groups += [(each,) for each in beside] if len(beside) <= MOST_APART else [tuple(beside)]
    rest = tuple(each for each in keys if each not in uses)
    for group in (*groups, *([rest] if rest else [])):
        yield Factor(
            kind=None,
            name="figures",
            owner="case",
            before=before.figures,
            after=after.figures,
            keys=group,
            uses=tuple(uses[each] for each in group if each in uses),
        )


def _content(figure: Observation | None) -> tuple[Any, ...] | None:
    """Return what of a figure evaluation reads."""
    if figure is None:
        return None
    absence = absence_of(figure)
    return (absence, figure.unit, *((None,) * 3 if absence else (figure.value, figure.numerator, figure.denominator)))


def applied(before: Case, after: Case, factors: Iterable[Factor]) -> Case | None:
    """Return the case before with some of the factors as they are after; ``None`` where they do not go together."""
    parts: dict[str, dict[str, Any]] = {"case": {}, "measure": {}, "target": {}}
    figures = dict(before.figures)
    for each in factors:
        if each.name != "figures":
            parts[each.owner][each.name] = each.after
        if (each.owner, each.name) == ("measure", "unit"):
            parts["measure"]["kind"] = after.measure.kind
        for key in each.keys:
            if key in after.figures:
                figures[key] = after.figures[key]
            else:
                figures.pop(key, None)
        if each.name == "area":
            figures |= {key: figure for key, figure in after.figures.items() if key[0] in (before.area, after.area)}
    try:
        measure = evolve(before.measure, **parts["measure"]) if parts["measure"] else before.measure
        target = before.target
        if target is not None and parts["target"]:
            target = evolve(target, **parts["target"])
        return evolve(before, **{"measure": measure, "target": target, "figures": figures, **parts["case"]})
    except OutcomeBeesError:
        return None


def status_of(outcome: Outcome | None) -> Status | None:
    """Return the status of an outcome; ``None`` where there is none."""
    status: Status | None = None if outcome is None else outcome[0]
    return status
