"""How far ahead of what is required, or behind it, in words: for a sentence and for a narrow cell alike.

One plain sentence with the numbers, units and periods: why a target has the status it has.
"""

from datetime import date
from decimal import Decimal

from outcome_bees.evaluation.judge import Judgement
from outcome_bees.evaluation.rules import guard_of, in_unit_of
from outcome_bees.evaluation.select import is_over
from outcome_bees.model.aims import Beat, Complete, Hold, Improve, Rank, StayBetween
from outcome_bees.model.comparator import Comparator
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation
from outcome_bees.model.target import Target
from outcome_bees.periods import Period, PeriodKind
from outcome_bees.presentation.numbers import decimals_to_show, difference, plain, quantity
from outcome_bees.presentation.words import LABEL, SENTENCE
from outcome_bees.vocabulary import Direction, Reason, Revision, Status, Verdict

__all__ = ["best_groups", "distance", "explain", "last_place"]


_UNSETTLED = (Revision.PROVISIONAL, Revision.REVISED)  # what a sentence must not hide
_SHARES = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 10: "tenth"}


def best_groups(aim: Rank) -> str:
    """The groups that will do: the best quarter, the best 2 of 3 groups."""
    return f"best {_SHARES[aim.of]}" if aim.best == 1 and aim.of in _SHARES else f"best {aim.best} of {aim.of} groups"


def last_place(required: Decimal) -> int:
    """The last place that will do: there is no place 2.25."""
    return int(required)


def distance(
    target: Target,
    measure: Measure,
    verdict: Verdict,
    required: Decimal,
    gap: Decimal,
    *,
    brief: bool,
    number: Decimal | None = None,
) -> str:
    """How far ahead or behind, with as many digits as it takes not to read nought where it is not.

    Args:
        brief: Without the unit, which stands beside it already.
        number: The number judged. With it, one above a band, or above a number to be kept, is called that and not
            behind.
    """
    if isinstance(target.aim, Complete):
        return "" if brief else "done" if verdict is Verdict.MET else "not done"
    if isinstance(target.aim, Rank):
        whole = last_place(required) - (required - gap)  # places are whole, what is required of them may not be
        return _said(whole, f"{plain(abs(whole), 0)} place{'' if abs(whole) == 1 else 's'}")
    if verdict is Verdict.MET and abs(gap) <= guard_of(measure):
        gap = Decimal(0)
    strict = isinstance(target.aim, Improve | Beat) and target.aim.by is None
    if abs(gap) <= guard_of(measure) and strict and verdict is not Verdict.MET:
        return "no better" if brief else "no better than that"
    digits = decimals_to_show(gap, measure.digits)
    size = plain(abs(gap), digits) if brief else difference(abs(gap), measure.unit, digits)
    two_sided = isinstance(target.aim, StayBetween) or measure.direction is Direction.MAINTAIN
    if number is not None and gap < 0 and number > required and two_sided:
        return f"{size} above it"
    return _said(gap, size)


def _said(gap: Decimal, size: str) -> str:
    return f"{size} {'ahead' if gap > 0 else 'behind'}" if gap else "exactly on it"


def explain(
    target: Target | None,
    measure: Measure,
    figure: Observation | None,
    value: Decimal | None,
    status: Status,
    reason: Reason | None,
    judgement: Judgement,
    comparator: Comparator | None,
    as_of: date,
    policy: str,
    done_later: Period | None = None,
) -> str:
    """The answer in words, from the same facts that the result holds.

    Args:
        done_later: The period after a milestone's day whose figure shows it done: when, within that time, is open.
    """
    if done_later is not None:
        facts = (target, measure, figure, value, status, reason, judgement, comparator, as_of, policy)
        return f"{explain(*facts)} It was done by {_named(done_later)}."
    if figure is None or value is None:
        assert reason is not None, "what has no figure has a reason"
        return f"Not assessed: {_absent(figure, reason)}."
    mark = f" ({figure.revision})" if figure.revision in _UNSETTLED else ""
    unfinished = "" if is_over(figure.period, as_of) else " (which is not over)"
    known = f"{_quantity(value, measure)} {_when(figure.period)}{unfinished}"
    if target is None or judgement.verdict is None:
        assert reason is not None, "what has no verdict has a reason"
        return f"Not assessed: {SENTENCE[reason]}; the latest figure is {known}{mark}."
    if isinstance(target.aim, Complete):
        done = judgement.verdict is Verdict.MET
        amount = "" if measure.unit and measure.unit.code == "milestone" else f" ({_quantity(value, measure)})"
        by = (f"by {_named(figure.period)}" if done else _when(figure.period)) + unfinished
        known = judged = f"{'done' if done else 'not done'} {by}{amount}"
    else:
        on_the_way = " at that point" if judgement.required != judgement.goal else ""
        judged = f"{known}, where the target{on_the_way} was {_asked(target, measure, judgement, comparator)}"
    if reason is Reason.OVERDUE and target.due is not None:
        return (
            f"Not assessed: the figure for {_named(target.due, figure.period)} was not known on {_date(as_of)};"
            f" the last{mark} was {judged}{_standing(target, measure, judgement, LABEL[judgement.verdict], policy)}."
        )
    if reason is not None:  # such as an unfinished milestone before its day
        return f"Not assessed: {SENTENCE[reason]}; the latest figure is {known}{mark}."
    first = f"{figure.revision}: " if mark else ""
    sentence = f"{first}{judged}{_standing(target, measure, judgement, LABEL[status], policy)}."
    if judgement.display_conflict(measure):
        places = f"{measure.digits} decimal{'' if measure.digits == 1 else 's'}" if measure.digits else "a whole number"
        sentence += f" Shown to {places} it looks met and is not: the exact figure is {value}."
    return f"{sentence[:1].upper()}{sentence[1:]}"


def _absent(figure: Observation | None, reason: Reason) -> str:
    if figure is None:
        return SENTENCE[reason]
    gone = figure.revision is Revision.WITHDRAWN and reason is Reason.NOT_AVAILABLE
    said = "the figure was withdrawn" if gone else SENTENCE[reason]
    return said.replace("the figure ", f"the figure for {_named(figure.period)} ", 1)


def _standing(target: Target, measure: Measure, judgement: Judgement, label: str, policy: str) -> str:
    """The status, and how far ahead or behind that is."""
    if isinstance(target.aim, Complete):
        return f": {label}"
    assert judgement.verdict is not None, "what stands anywhere has a verdict"
    required, gap = judgement.required or Decimal(0), judgement.gap or Decimal(0)
    ahead = distance(target, measure, judgement.verdict, required, gap, brief=False, number=judgement.number)
    short = gap < 0 and not ahead.startswith("exactly")
    allowed = f", which policy {policy} allows" if short and judgement.verdict is Verdict.MET else ""
    worse = ", and worse than a year before" if judgement.worse else ""
    return f": {label}, {ahead}{allowed}{worse}"


def _asked(target: Target, measure: Measure, judgement: Judgement, comparator: Comparator | None) -> str:
    """What was asked for, with the number and where it comes from."""
    aim = target.aim
    required = judgement.required or Decimal(0)
    if isinstance(aim, Rank):
        of, reached = (plain(each or Decimal(0), 0) for each in (judgement.reference, judgement.number))
        return f"the {best_groups(aim)}, place {last_place(required)} or better of {of} (place {reached} was reached)"
    if isinstance(aim, StayBetween):
        low, high = (
            quantity(in_unit_of(measure, target, end), measure.unit, measure.digits) for end in (aim.low, aim.high)
        )
        return f"{low} to {high}"
    origin = ""
    if isinstance(aim, Improve | Hold) and target.baseline is not None:
        origin = f" (from the baseline of {_named(target.baseline.period)})"
    if isinstance(aim, Beat) and comparator is not None:
        origin = f" ({comparator.title})"
    return f"{judgement.asked} {_quantity(required, measure)}{origin}"


def _quantity(number: Decimal, measure: Measure) -> str:
    if measure.unit is not None and measure.unit.code == "milestone":
        return "done" if number >= 1 else "not done"
    return quantity(number, measure.unit, measure.digits)


def _when(period: Period) -> str:
    return f"{'on' if period.kind is PeriodKind.DAY else 'in'} {_named(period)}"


def _named(period: Period, beside: Period | None = None) -> str:
    """The period as people write it; with its sort of year where another beside it is written alike."""
    label = f"the {period.label}" if period.kind is PeriodKind.YEAR_ENDING else period.label
    alike = beside is not None and beside != period and beside.label == period.label
    return f"{label} ({period.year_type} year)" if alike and period.year_type is not None else label


def _date(day: date) -> str:
    return Period.day(day).label
