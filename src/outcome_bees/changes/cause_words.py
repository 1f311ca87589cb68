"""A cause in words, and a change in one sentence."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import fields

from outcome_bees.areas import changes as area_changes, name as area_name
from outcome_bees.changes.change import Cause, CauseKind
from outcome_bees.changes.factors import Case, Factor, Key
from outcome_bees.changes.steps import Steps
from outcome_bees.evaluation.result import Evaluation
from outcome_bees.evaluation.tracing import Use
from outcome_bees.evaluation.wording import aim_in_words, baseline_in_words, margin_in_words
from outcome_bees.exact import rounded
from outcome_bees.model.aims import Comparator, Margin
from outcome_bees.model.local_policy import Policy
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation, absence_of
from outcome_bees.periods import Period
from outcome_bees.presentation.numbers import quantity
from outcome_bees.presentation.words import LABEL, phrase
from outcome_bees.vocabulary import Absence, Reason, Revision, Status

__all__ = ["change_in_words", "day_in_words", "in_words", "status_in_words"]


def in_words(factor: Factor, before: Case, after: Case, alone: Status | None) -> Cause:
    """Return a factor as a cause, with its sentence."""
    if factor.name == "figures":
        return _of_figures(factor, before, after, alone)
    assert factor.kind is not None, "only figures have their kind from what became of them"
    write: Callable[[Factor, Case, Case], str] = _SENTENCES.get(factor.name, _other)
    sentence, on = write(factor, before, after), None
    if factor.kind is CauseKind.BOUNDARY:
        on = max((each.date for each in area_changes(str(after.area))), default=None)
    if factor.kind is CauseKind.DAY:
        on = _passed(before, after)
    return Cause(kind=factor.kind, sentence=sentence, on=on, alone=alone)


# The plan, the policy, the day and the place


def _other(factor: Factor, before: Case, after: Case) -> str:
    whose = "of the measure" if factor.owner == "measure" else "of the target"
    name = factor.name.replace("_", " ")
    return f"the {name} {whose} was changed from {_plain(factor.before)} to {_plain(factor.after)}"


def _plain(value: Any) -> str:
    match value:
        case None | () | "":
            return "none"
        case Period():
            return value.label
        case date():
            return Period.day(value).label
        case tuple():
            return ", ".join(map(_plain, value))
        case Mapping():
            return ", ".join(f"{name} {each}" for name, each in value.items()) or "none"
        case _:
            return str(getattr(value, "value", value)).replace("_", " ")


def _aim(factor: Factor, before: Case, after: Case) -> str:
    was, now = (
        "to be agreed" if each.target is None else aim_in_words(each.target, each.measure, each.comparators)
        for each in (before, after)
    )
    if before.target is None:
        return f"a target was set: to {now}"
    if after.target is None:
        return f"the target, to {was}, was dropped"
    return f"the target was changed from {_quoted(was)} to {_quoted(now)}"


def _quoted(words: str) -> str:
    return f"“{words}”"


def _tolerance(factor: Factor, before: Case, after: Case) -> str:
    was, now = (_tolerated(each) for each in (before, after))
    return f"the tolerance was changed from {was} to {now}"


def _tolerated(case: Case) -> str:
    target = case.target
    if target is None or target.tolerance is None:
        return "none"
    return margin_in_words(target.tolerance, target, case.measure)


def _baseline(factor: Factor, before: Case, after: Case) -> str:
    was, now = (
        "none" if each.target is None or each.target.baseline is None else baseline_in_words(each.target, each.measure)
        for each in (before, after)
    )
    return f"the baseline was changed from {was} to {now}"


def _trajectory(factor: Factor, before: Case, after: Case) -> str:
    was, now = (type(each).__name__.lower() for each in (factor.before, factor.after))
    if was == now:
        return f"the numbers on the way to the target were changed ({now})"
    return f"the way to the target was changed from {was} to {now}"


def _breaks(factor: Factor, before: Case, after: Case) -> str:
    added = [each for each in factor.after if each not in factor.before]
    gone = [each for each in factor.before if each not in factor.after]
    parts = [f"a break in the series on {Period.day(each).label} was declared" for each in added]
    parts += [f"the break in the series on {Period.day(each).label} was taken back" for each in gone]
    return " and ".join(parts)


def _comparators(factor: Factor, before: Case, after: Case) -> str:
    parts = []
    for id in dict.fromkeys((*factor.before, *factor.after)):
        was, now = factor.before.get(id), factor.after.get(id)
        if was != now:
            parts.append(_comparator(was, now))
    return " and ".join(parts)


def _comparator(was: Comparator | None, now: Comparator | None) -> str:
    if now is None:
        return "" if was is None else f"the comparator {was.title} was dropped"
    if was is None:
        return f"the comparator {now.title} was added"
    parts = []
    joined = [each for each in now.areas if each not in was.areas]
    left = [each for each in was.areas if each not in now.areas]
    parts += [f"joined by {', '.join(map(area_name, joined))}"] if joined else []
    parts += [f"left by {', '.join(map(area_name, left))}"] if left else []
    if was.version != now.version:
        parts.append(f"of version {_plain(now.version)}, from {_plain(was.version)}")
    if was.method is not now.method:
        parts.append(f"{_plain(now.method)}, from {_plain(was.method)}")
    return f"the comparator {now.title} is now {' and '.join(parts) or 'another'}"


def _policy(factor: Factor, before: Case, after: Case) -> str:
    was, now = factor.before, factor.after
    assert isinstance(was, Policy), "a policy is a factor beside a policy"
    assert isinstance(now, Policy), "likewise"
    if was.id != now.id:
        return f"the policy was changed from {was.id} to {now.id}"
    names = (each.name for each in fields(Policy) if each.name not in ("id", "extensions"))
    changed = [each for each in names if getattr(was, each) != getattr(now, each)]
    pairs = ((each.replace("_", " "), _margin(getattr(was, each)), _margin(getattr(now, each))) for each in changed)
    words = (f"{name} from {one} to {other}" for name, one, other in pairs)
    return f"policy {now.id} was changed: {', '.join(words)}"


def _margin(given: Any) -> str:
    if isinstance(given, Margin):
        return f"{given.amount:f}" if given.amount is not None else f"{given.percent:f}%"
    return {None: "none", True: "yes", False: "no"}.get(given, str(given))


def _passed(before: Case, after: Case) -> date | None:
    """Return the day between the two on which the target became due, or the measure ended."""
    target, measure = after.target, after.measure
    days = (None if target is None or target.due is None else target.due.end, measure.ended)
    return next((each for each in days if each is not None and before.as_of <= each < after.as_of), None)


def _day(factor: Factor, before: Case, after: Case) -> str:
    passed, target = _passed(before, after), after.target
    if passed is not None and target is not None and target.due is not None and target.due.end == passed:
        return f"the target became due on {day_in_words(passed, after)}"
    if passed is not None:
        return f"the measure was discontinued on {day_in_words(passed, after)}"
    return f"time passed, from {Period.day(before.as_of).label} to {Period.day(after.as_of).label}"


def day_in_words(day: date, after: Case) -> str:
    """Return a day, without its year where that is the year of the card."""
    label = Period.day(day).label
    return label.removesuffix(f" {day.year}") if day.year == after.as_of.year else label


def _area(factor: Factor, before: Case, after: Case) -> str:
    was, now = str(before.area), str(after.area)
    found = next((each for each in area_changes(now) if each.before == was), None)
    since = "" if found is None else f" on {Period.day(found.date).label}"
    kinds = {"recoded": "was recoded", "boundary_moved": "moved its boundary", "divided": "was divided"}
    did = "was succeeded" if found is None else kinds.get(found.kind, "was reorganised")
    return f"{area_name(was)} ({was}) {did}{since}, and the figures are now of {area_name(now)} ({now})"


_SENTENCES: dict[str, Callable[[Factor, Case, Case], str]] = {
    "aim": _aim,
    "target": _aim,
    "tolerance": _tolerance,
    "baseline": _baseline,
    "trajectory": _trajectory,
    "breaks": _breaks,
    "comparators": _comparators,
    "policy": _policy,
    "as_of": _day,
    "area": _area,
    "due": lambda factor, before, after: f"the target is now due {_plain(factor.after)}, from {_plain(factor.before)}",
    "direction": lambda factor, before, after: (
        f"the direction was changed from {_plain(factor.before)} to {_plain(factor.after)}"
    ),
    "unit": lambda factor, before, after: (
        f"the unit was changed from {_plain(factor.before)} to {_plain(factor.after)}"
    ),
}


# Figures


def _of_figures(factor: Factor, before: Case, after: Case, alone: Status | None) -> Cause:
    if len(factor.keys) > 1:
        others = "ranked with" if Use.RANKED in factor.uses else "of other places and periods"
        sentence = f"{len(factor.keys)} figures {others} were revised, added or withdrawn"
        return Cause(kind=CauseKind.REVISED, sentence=sentence, alone=alone)
    key = next(iter(factor.keys))
    was, now = before.figures.get(key), after.figures.get(key)
    kind = _kind(was, now, any(other[2] != key[2] and other[2].end >= key[2].end for other in before.figures))
    on = None if now is None else now.recorded
    return Cause(kind=kind, sentence=_figure(kind, key, was, now, after), on=on, alone=alone)


def _kind(was: Observation | None, now: Observation | None, older: bool) -> CauseKind:
    if now is None:
        return CauseKind.REMOVED
    if now.revision is Revision.WITHDRAWN:
        return CauseKind.WITHDRAWN
    absence = absence_of(now)
    if absence is Absence.SUPPRESSED:
        return CauseKind.SUPPRESSED
    if absence is not None:
        return CauseKind.ABSENT
    if was is None:
        return CauseKind.PUBLISHED if older else CauseKind.NEW_PERIOD
    return CauseKind.REVISED if absence_of(was) is None else CauseKind.PUBLISHED


def _figure(kind: CauseKind, key: Key, was: Observation | None, now: Observation | None, after: Case) -> str:
    """Return what became of a figure. The number of one that is absent now is not repeated."""
    area, breakdown, period = key
    of = "" if area == after.area else f" of {area_name(area)}"
    part = "" if not breakdown or (after.target and breakdown == after.target.breakdown) else f" ({_plain(breakdown)})"
    figure = f"the figure{of} for {period.label}{part}"
    on = "" if now is None or now.recorded is None else f" on {day_in_words(now.recorded, after)}"
    match kind:
        case CauseKind.REMOVED:
            return f"{figure} is no longer there"
        case CauseKind.WITHDRAWN:
            return f"{figure} was withdrawn{on}"
        case CauseKind.SUPPRESSED:
            return f"{figure} was suppressed{on}"
        case CauseKind.ABSENT:
            absence = None if now is None else absence_of(now)
            stated = "absent" if absence is None else phrase(Reason(absence.value))
            return f"{figure} is now {stated}{f' (recorded{on})' if on else ''}"
        case CauseKind.NEW_PERIOD | CauseKind.PUBLISHED:
            if kind is CauseKind.PUBLISHED:
                return f"{figure} was published{on}: {_number(now, after.measure)}"
            return f"{figure} is new: {_number(now, after.measure)}{on.replace(' on ', ', known since ', 1)}"
        case _:
            old, new = _two_numbers(was, now, after.measure)
            return f"{figure} was revised from {old} to {new}{on}"


def _number(figure: Observation | None, measure: Measure) -> str:
    assert figure is not None, "what is published is there"
    assert figure.value is not None, "and is a figure"
    return quantity(figure.value, figure.unit or measure.unit, measure.digits)


def _two_numbers(was: Observation | None, now: Observation | None, measure: Measure) -> tuple[str, str]:
    """Return two figures, with as many decimals as it takes to distinguish them."""
    assert was is not None, "what is revised was there"
    assert now is not None, "and still is"
    one, other = was.value or Decimal(0), now.value or Decimal(0)
    digits = _decimals_between(one, other, measure)
    if one == other:  # its numerator, denominator or unit
        return f"{_with_parts(was, measure)}", f"{_with_parts(now, measure)}"
    return quantity(one, was.unit or measure.unit, digits), quantity(other, now.unit or measure.unit, digits)


def _decimals_between(one: Decimal | None, other: Decimal | None, measure: Measure) -> int:
    """Return with how many decimals two numbers are distinguished."""
    digits = measure.digits
    if one is not None and other is not None and one != other:
        while rounded(one, digits) == rounded(other, digits) and digits < measure.digits + 12:
            digits += 1
    return digits


def _with_parts(figure: Observation, measure: Measure) -> str:
    parts = "" if figure.numerator is None else f" ({figure.numerator:f} of {_plain(figure.denominator)})"
    return f"{_number(figure, measure)}{parts}"


# The whole sentence


def status_in_words(answer: Evaluation) -> str:
    """Return a status, with the reason of one that is not assessed."""
    label = LABEL[answer.status]
    return label if answer.reason is None else f"{label} ({phrase(answer.reason)})"


def change_in_words(
    before: Evaluation | None, after: Evaluation | None, measure: Measure, causes: Sequence[Cause], steps: Steps | None
) -> str:
    """Return a change and its causes in one sentence, without a full stop."""
    clauses = _listed([each.sentence for each in causes]) or "the cause is not known"
    note = "" if steps is None else _order(steps, before, after)
    return f"{_effect(before, after, measure)}: {clauses}{note}"


def _listed(clauses: Sequence[str]) -> str:
    return clauses[0] if len(clauses) == 1 else ", and ".join((", ".join(clauses[:-1]), clauses[-1])) if clauses else ""


def _effect(before: Evaluation | None, after: Evaluation | None, measure: Measure) -> str:
    if before is None or after is None:
        answer = after or before
        assert answer is not None, "a change has an answer on one of the cards"
        return f"New, {status_in_words(answer)}" if before is None else f"Gone, was {status_in_words(answer)}"
    was, now = status_in_words(before), status_in_words(after)
    if was != now:
        return f"{now[:1].upper()}{now[1:]}, from {was}"
    parts = []
    for name, label in (("verdict", ""), ("travel", "travel ")):
        one, other = getattr(before, name), getattr(after, name)
        if one != other:
            parts.append(f"{label}{_word(other)}, from {_word(one)}")
    if before.required != after.required:
        digits = _decimals_between(before.required, after.required, measure)
        one, other = (
            "none" if each is None else quantity(each, measure.unit, digits)
            for each in (before.required, after.required)
        )
        parts.append(f"required {other}, from {one}")
    return f"Still {now}, {'; '.join(parts)}"


def _word(value: Any) -> str:
    return "not known" if value is None else LABEL[value]


def _order(steps: Steps, before: Evaluation | None, after: Evaluation | None) -> str:
    """Return a remark on the order of several causes; nothing where it does not matter."""
    if before is None or after is None or len(steps.factors) < 2 or before.status is after.status:
        return ""
    if {each.name for each in steps.factors} == {"as_of", "figures"}:
        return ""  # time passed, and figures came with it: there is no other order
    first = [each is not before.status for each in steps.alone]
    last = [each is not after.status for each in steps.without]
    if first == last or None in (*steps.alone, *steps.without):
        return ""
    if not any(first):
        return "; only together: none of them alone would have changed the status"
    if all(first) and not any(last):
        return "; each alone would have changed the status"
    path, reverse = (" → ".join(LABEL[each] if each else "?" for each in way) for way in (steps.path, steps.reverse))
    start = LABEL[before.status]
    return f"; the order matters: in this order {start} → {path}, in the reverse order {start} → {reverse}"
