"""What a target asks for, how far ahead of it or behind a figure is, and why it has its status: all of it in words."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from outcome_bees.evaluation.compiled import KEPT_DIGITS
from outcome_bees.evaluation.judge import Judgement
from outcome_bees.evaluation.missing import came_in_place_of, ended_before, listed
from outcome_bees.evaluation.rules import guard_of, in_unit_of
from outcome_bees.evaluation.select import grows_to_due, in_order, is_over
from outcome_bees.model.aims import (
    Beat,
    Comparator,
    Complete,
    Hold,
    Improve,
    Linear,
    Margin,
    Profile,
    Rank,
    Reach,
    StayBetween,
)
from outcome_bees.model.measure import Measure, broken
from outcome_bees.model.observation import Observation, value_of
from outcome_bees.model.target import Target
from outcome_bees.periods import Period, PeriodKind
from outcome_bees.presentation.numbers import decimals_to_show, difference, plain, quantity
from outcome_bees.presentation.words import LABEL, MARK, SENTENCE, brief as cut
from outcome_bees.units import Unit
from outcome_bees.vocabulary import Certainty, ComparatorMethod, Direction, Reason, Revision, Status, Verdict

__all__ = [
    "aim_in_words",
    "baseline_in_words",
    "best_groups",
    "decimals_as_stated",
    "decimals_required",
    "distance",
    "explain",
    "last_place",
    "margin_in_words",
    "named",
    "published",
    "when",
]


def aim_in_words(target: Target, measure: Measure, comparators: Mapping[str, Comparator]) -> str:
    """Return what a target asks for, as an order: "reach 95.0%".

    Example:
        >>> measure = Measure(id="m", title="M", unit="percent", direction="increase")
        >>> aim_in_words(Target(id="t", measure="m", aim=Reach(95)), measure, {})
        'reach 95.0%'
    """

    def margin(by: Margin | None) -> str:
        return "" if by is None else f" by {margin_in_words(by, target, measure)}"

    unit = target.unit or measure.unit
    match target.aim:
        case None:
            return "to be agreed"
        case Reach(value):
            return f"reach {_stated(value, unit, measure)}"
        case StayBetween(low, high):
            return f"stay between {_stated(low, unit, measure)} and {_stated(high, unit, measure)}"
        case Improve(by):
            return f"improve{margin(by)} on {baseline_in_words(target, measure)}"
        case Hold():
            return f"be no worse than {baseline_in_words(target, measure)}"
        case Beat(comparator, by):
            title = comparators[comparator].title if comparator in comparators else comparator
            return f"be better than {title}{margin(by)}"
        case Complete():
            return "be done"
        case Rank(best, of):
            return f"be in the best {best} of {of} groups"


def margin_in_words(margin: Margin, target: Target, measure: Measure) -> str:
    """Return a margin with its unit: points of a percentage, or per cent of a number."""
    if margin.amount is None:
        return f"{margin.percent:f} per cent"
    digits = max(measure.digits, _decimals_of(margin.amount))
    return difference(margin.amount, target.unit or measure.unit, digits)


def baseline_in_words(target: Target, measure: Measure) -> str:
    """Return where a measure was before, as the target says it."""
    if target.baseline is None:
        return "a baseline not stated"
    period = cut(target.baseline.period.label)
    if target.baseline.value is None:
        return period
    return f"{_stated(target.baseline.value, target.unit or measure.unit, measure)} in {period}"


_SHARES = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 10: "tenth"}


def best_groups(aim: Rank) -> str:
    """Return the groups that will do: the best quarter, the best 2 of 3 groups."""
    return f"best {_SHARES[aim.of]}" if aim.best == 1 and aim.of in _SHARES else f"best {aim.best} of {aim.of} groups"


def last_place(required: Decimal) -> int:
    """Return the last place that will do: there is no place 2.25."""
    return int(required)


def decimals_required(
    required: Decimal, target: Target, measure: Measure, goal: Decimal | None, baseline: Decimal | None
) -> int:
    """Return with how many decimals to write a required number: all that the plan states, unless it was worked out.

    Half of a way, or 5 % off a baseline, is written as the measure's figures are.
    """
    if isinstance(target.aim, Reach):
        stated = not isinstance(target.trajectory, Linear) or required == goal
    else:
        stated = target.baseline is not None and target.baseline.value is not None and required == baseline
    return decimals_as_stated(required, measure) if stated else measure.digits


def decimals_as_stated(number: Decimal, measure: Measure) -> int:
    """Return with how many decimals to write a number of a plan in the measure's unit: beside tenths 95.25 is not 95.3.

    What only another unit makes of it, such as a third, is written as the measure's figures are.
    """
    decimals = _decimals_of(number)
    return max(measure.digits, decimals) if decimals < measure.digits + KEPT_DIGITS else measure.digits


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
        brief: Without the unit, which is beside it already.
        number: The number judged. With it, one above or below a band, or a number to be kept, is called that and not
            behind.
    """
    if isinstance(target.aim, Complete):
        return "" if brief else "done" if verdict is Verdict.MET else "not done"
    if isinstance(target.aim, Rank):
        whole = last_place(required) - (required - gap)  # places are whole, what is required of them may not be
        return _in_words(whole, f"{plain(abs(whole), 0)} place{'' if abs(whole) == 1 else 's'}")
    two_sided = isinstance(target.aim, StayBetween) or measure.direction is Direction.MAINTAIN
    if abs(gap) <= guard_of(measure):
        if verdict is Verdict.MET:
            gap = Decimal(0)
        elif isinstance(target.aim, Improve | Beat) and target.aim.by is None:
            return "no more than equal"
    digits = decimals_to_show(gap, measure.digits)
    size = plain(abs(gap), digits) if brief else difference(abs(gap), measure.unit, digits)
    if number is None or not two_sided or not gap:
        return _in_words(gap, size)
    the_band = "the band" if isinstance(target.aim, StayBetween) else "it"
    if gap > 0:
        return "within it" if brief else f"within {the_band}"
    return f"{size} {'above' if number > required else 'below'}{'' if brief else f' {the_band}'}"


def _in_words(gap: Decimal, size: str) -> str:
    return f"{size} {'ahead' if gap > 0 else 'behind'}" if gap else "exactly on it"


def named(period: Period, beside: Iterable[Period] = ()) -> str:
    """Return the period as a sentence has it; with its sort of year where another beside it is written alike.

    Example:
        >>> named(Period.week(2024, 5)), named(Period.year_ending(date(2025, 3, 31)))
        ('week 5 of 2024', 'the year ending 31 March 2025')
    """
    label = period.label_beside(beside)
    if period.kind is PeriodKind.WEEK:
        return f"week {label.removeprefix('Week ').replace(' ', ' of ')}"
    if period.kind in (PeriodKind.TERM, PeriodKind.AUTUMN_AND_SPRING):
        return f"the {label[:1].lower()}{label[1:]}"
    return f"the {label}" if period.kind is PeriodKind.YEAR_ENDING or label != period.label else label


def when(period: Period, beside: Iterable[Period] = ()) -> str:
    """When something was, in a sentence: on a day, in a month, from one quarter to another.

    Example:
        >>> when(Period.to_date(2024, 3, "financial")), when(Period.day(date(2025, 3, 31)))
        ('from 2024-25 Q1 to Q3', 'on 31 March 2025')
    """
    if period.kind is PeriodKind.DAY:
        return f"on {named(period, beside)}"
    return f"{'from' if ' to ' in period.label else 'in'} {named(period, beside)}"


def explain(
    judgement: Judgement,
    status: Status,
    reason: Reason | None,
    as_of: date,
    comparator: Comparator | None,
    expected: Mapping[Period, Observation],
) -> str:
    """Return the answer in words, from the same facts that the result holds.

    Args:
        comparator: Whom the target is held against; ``None`` where that is nobody, or the plan does not describe them.
        expected: The forecasts of periods of which nothing else is known: a sentence says that they are no figures.
    """
    words = _Sentence(judgement, status, as_of, comparator, expected)
    sentence = words.assessed() if reason is None else f"Not assessed: {words.not_assessed(reason)}"
    sentence = f"{sentence}.{words.exactly()}"
    if judgement.done_later is not None:
        sentence += f" It was done by {words.named(judgement.done_later)}."
    return f"{sentence[:1].upper()}{sentence[1:]}"


class _Sentence:
    """What the sentence of one answer is made from."""

    def __init__(
        self,
        judgement: Judgement,
        status: Status,
        as_of: date,
        comparator: Comparator | None,
        expected: Mapping[Period, Observation],
    ) -> None:
        self.judgement, self.status, self.as_of = judgement, status, as_of
        self.comparator, self.expected = comparator, expected
        self.target, self.measure = judgement.compiled.target, judgement.compiled.measure
        self.policy = judgement.compiled.policy.id
        self.figure, self.value = judgement.figure, judgement.value
        self.seen, self.without = judgement.seen, judgement.without

    # Periods

    def named(self, period: Period) -> str:
        """Write the period as people do; with its sort of year where another that may be meant is written alike."""
        return named(period, self._periods())

    def when(self, period: Period) -> str:
        """When the figure is of."""
        return when(period, self._periods())

    def _periods(self) -> Iterator[Period]:
        """Every period that the sentence names, or that a reader knows to be meant."""
        if self.target is not None and self.target.due is not None:
            yield self.target.due
        if self.target is not None and self.target.baseline is not None:
            yield self.target.baseline.period
        yield from self.seen

    # The figure

    def known(self) -> str:
        """Return the figure and its period; and that the period is not over, where it is not."""
        assert self.figure is not None, "only a figure can be named"
        assert self.value is not None, "and only one that is there"
        unfinished = "" if is_over(self.figure.period, self.as_of) else " (which is not over)"
        verdict = self.judgement.verdict
        if verdict is None or not self.judgement.compiled.is_milestone:
            return f"{published(self.value, self.measure)} {self.when(self.figure.period)}{unfinished}"
        done = verdict is Verdict.MET
        unit = self.measure.unit
        amount = "" if unit is None or unit.code == "milestone" else f" ({published(self.value, self.measure)})"
        by = f"by {self.named(self.figure.period)}" if done else self.when(self.figure.period)
        return f"{'done' if done else 'not done'} {by}{unfinished}{amount}"

    def quality(self) -> str:
        """Return what a sentence must not hide of its figure: that it may still change, or has changed."""
        revision = None if self.figure is None else self.figure.revision
        return str(revision) if revision in MARK else ""

    def _mark(self) -> str:
        return f" ({self.quality()})" if self.quality() else ""

    # Judged

    def assessed(self) -> str:
        """Return the figure, what was asked of it, its status, and how far that is."""
        first = f"{self.quality()}: " if self.quality() else ""
        return f"{first}{self._judged()}{self._standing(LABEL[self.status])}"

    def exactly(self) -> str:
        """Return a sentence on two numbers that print alike, where the one does not meet the other."""
        if not self.judgement.display_conflict():
            return ""
        digits = self.measure.digits
        shown = f"to {digits} decimal{'' if digits == 1 else 's'}" if digits else "as a whole number"
        required, gap = self._held_against()
        exactly = plain(required, decimals_to_show(gap, digits))
        return f" Shown {shown} it looks met and is not: the exact figure is {self.value}, and {exactly} was required."

    def _held_against(self) -> tuple[Decimal, Decimal]:
        """Return the number to be met, and how far ahead of it the figure is."""
        required, gap = self.judgement.required, self.judgement.gap
        assert required is not None, "what was judged had a number to meet"
        assert gap is not None, "and is ahead of it or behind"
        return required, gap

    def _judged(self) -> str:
        """Return the figure beside what was asked of it."""
        target, judgement = self.target, self.judgement
        assert target is not None, "what is judged has a target"
        if isinstance(target.aim, Complete):
            return self.known()
        on_the_way = " at that point" if judgement.required != judgement.goal else ""
        return f"{self.known()}, where the target{on_the_way} was {self._asked(target)}"

    def _standing(self, label: str) -> str:
        """Return the status, and how far ahead or behind that is."""
        target, judgement = self.target, self.judgement
        if judgement.compiled.is_milestone:
            return f": {label}"
        assert target is not None, "what is judged has a target"
        assert judgement.verdict is not None, "what is anywhere on the scale has a verdict"
        required, gap = self._held_against()
        ahead = distance(target, self.measure, judgement.verdict, required, gap, brief=False, number=judgement.number)
        short = gap < -guard_of(self.measure)
        allowed = f", which policy {self.policy} allows" if short and judgement.verdict is Verdict.MET else ""
        worse = ", and worse than a year before" if judgement.worse else ""
        return f": {label}, {ahead}{allowed}{worse}{self._chance(ahead)}"

    def _chance(self, ahead: str) -> str:
        """Write that the difference is within chance, where it is."""
        if self.judgement.unclear:
            return f", but within chance, so that policy {self.policy} does not count it as met"
        if self.judgement.certainty() is not Certainty.WITHIN_CHANCE:
            return ""
        return f", though {'that' if ahead.startswith('exactly') else 'the difference'} is within chance"

    def _asked(self, target: Target) -> str:
        """Write what was asked for, with the number and where it comes from."""
        aim, judgement = target.aim, self.judgement
        required, _ = self._held_against()
        if isinstance(aim, Rank):
            # Where figures of others are not known it may be any from the one place to the other.
            best, worst, of = (
                plain(each, 0)
                for each in (judgement.at_best, judgement.number, judgement.reference)
                if each is not None
            )
            reached = worst if best == worst else f"{best} to {worst}"
            return (
                f"the {best_groups(aim)}, place {last_place(required)} or better of {of} (place {reached} was reached)"
            )
        if isinstance(aim, StayBetween):
            ends = (in_unit_of(self.measure, target, end) for end in (aim.low, aim.high))
            low, high = (quantity(end, self.measure.unit, decimals_as_stated(end, self.measure)) for end in ends)
            return f"{low} to {high}"
        origin = ""
        if isinstance(aim, Improve | Hold):
            assert target.baseline is not None, "what is judged by its baseline has one"
            origin = f" (from the baseline of {self.named(target.baseline.period)})"
        if self.comparator is not None:
            origin = f" ({self.comparator.title})"
        digits = decimals_required(required, target, self.measure, judgement.goal, judgement.baseline)
        return f"{judgement.asked} {quantity(required, self.measure.unit, digits)}{origin}"

    # Not judged

    def not_assessed(self, reason: Reason) -> str:
        """Why there is no status, and what is known all the same."""
        target, verdict = self.target, self.judgement.verdict
        if self.figure is None:
            return self._why(reason)
        if self.value is None:
            return self._absent(reason)
        done_or_not = self.judgement.compiled.is_milestone
        if done_or_not and reason is Reason.NOT_YET_DUE:
            return self._undone()
        unit = self.measure.unit
        if (unit is not None and unit.code == "milestone") or (done_or_not and reason is Reason.OVERDUE):
            return f"{self._why(reason)}; it was {self.known()}{self._mark()}"
        if verdict is not None:  # of the last figure before the due date
            return f"{self._why(reason)}; the last{self._mark()} was {self._judged()}{self._standing(LABEL[verdict])}"
        beside_others = target is not None and isinstance(target.aim, Beat | Rank)
        whose = "the place's own" if beside_others else "the"
        return f"{self._why(reason)}; {whose} latest figure is {self.known()}{self._mark()}"

    def _undone(self) -> str:
        """How a milestone is doing that is not done, and need not be yet."""
        assert self.target is not None, "only a target can be due"
        due = self.target.due
        until = "and no day is set for it" if due is None else f"and not due until {self.named(due)}"
        return f"{self.known()}{self._mark()}, {until}"

    def _only_forecast(self) -> str:
        """Write that nothing is known but what was expected: of the due period, or else of the latest."""
        due = None if self.target is None else self.target.due
        period = max(reversed([*self.expected]), key=lambda each: each == due)
        value = value_of(self.expected[period], self.measure)
        number = "" if value is None else f" ({published(value, self.measure)})"
        return f"only a forecast is known for {self.named(period)}{number}, and no figure"

    def _absent(self, reason: Reason) -> str:
        """Why the figure is not there."""
        assert self.figure is not None, "an absent figure has a period"
        gone = self.figure.revision is Revision.WITHDRAWN and reason is Reason.NOT_AVAILABLE
        words = "the figure was withdrawn" if gone else SENTENCE[reason]
        return words.replace("the figure ", f"the figure for {self.named(self.figure.period)} ")

    def _why(self, reason: Reason) -> str:
        """Return the reason, with the names and periods that it is about."""
        target = self.target
        if reason is Reason.NO_DATA and self.expected:
            return self._only_forecast()
        if target is None:
            return SENTENCE[reason]
        if reason is Reason.NOT_YET_DUE:
            return self._waiting(target)
        if reason is Reason.OVERDUE:
            assert target.due is not None, "what is overdue was due"
            if isinstance(target.aim, Complete):
                return f"whether it was done by {self.named(target.due)} was not known on {_date(self.as_of)}"
            ended = None if self.figure is None else ended_before(self.figure.area, target.due)
            unknown = f"the figure for {self.named(target.due)} was not known on {_date(self.as_of)}"
            if target.due in self.expected:
                unknown = f"{unknown}, but for a forecast"
            return f"{unknown}: {ended}" if ended else unknown
        if reason is Reason.BASELINE_NOT_SET and target.baseline is not None:
            return f"no figure is known for its baseline of {self.named(target.baseline.period)}"
        if reason in (Reason.COMPARATOR_MISSING, Reason.SERIES_BREAK) and isinstance(target.aim, Beat):
            return self._missing(target.aim)
        if reason is Reason.SERIES_BREAK:
            return self._of_other_places(target) or SENTENCE[reason]
        if reason is Reason.INSUFFICIENT_HISTORY:
            last = "place" if isinstance(target.aim, Rank) else "figure"
            return f"policy {self.policy} asks for the {last} of a year before, which is not known"
        if reason is Reason.REFERENCE_IS_ZERO:
            return f"{self._zero(target)} is zero, and {SENTENCE[reason]}"
        return SENTENCE[reason]

    def _of_other_places(self, target: Target) -> str | None:
        """Write that the baseline is from before the place was there; ``None`` where the measure itself breaks."""
        if self.figure is None:
            return None
        assert target.baseline is not None, "a break lies after a baseline"
        period = target.baseline.period
        if broken(self.measure, period, self.figure.period):
            return None
        came = came_in_place_of(self.figure.area, period)
        return came and f"its baseline of {self.named(period)} cannot be held against: {came}"

    def _zero(self, target: Target) -> str:
        """Name what is zero, that a percentage would be taken of."""
        by = target.aim.by if isinstance(target.aim, Improve | Beat) else None
        percent = None if by is None else by.percent
        # While its figure is to come the margin alone is known: all of it off leaves nothing of any baseline.
        if percent is not None and (percent != 100 or self.judgement.reference == 0):
            return "its baseline" if self.comparator is None else f"the figure of {self.comparator.title}"
        return "what is required"

    def _missing(self, aim: Beat) -> str:
        """Write what is not known of the others."""
        if self.comparator is None:
            return f"the plan does not describe the comparator {aim.comparator}"
        assert self.figure is not None, "others are looked for in the period of a figure"
        period = self.named(self.figure.period)
        if len(self.comparator.areas) == 1:
            (place,) = self.comparator.areas
            gone = ended_before(place, self.figure.period)
            return f"no figure of {self.comparator.title} is known for {period}{f': {gone}' if gone else ''}"
        pooled = self.comparator.method is ComparatorMethod.POOLED
        none = ": numerators or denominators are missing" if pooled else ""
        if self.without:
            none = f": there is none of {listed(self.without)}"
        return f"not every figure of {self.comparator.title} is known for {period}{none}"

    def _waiting(self, target: Target) -> str:
        """Why a target that is not yet due cannot be judged by what is known."""
        due, figure = target.due, self.figure
        if due is not None:
            none = "no figure is known yet" if figure is None else ended_before(figure.area, due)
            if none is not None:
                return f"it is {self._due(due)}, and {none}"
        assert figure is not None, "without a day that it is due every figure is in sight"
        period = figure.period
        baseline = target.baseline
        if baseline is not None and target.stands_on_baseline and period.end <= baseline.period.end:
            return f"nothing is known yet of the time after its baseline of {self.named(baseline.period)}"
        if isinstance(target.trajectory, Profile):
            return self._between(target.trajectory, period)
        assert due is not None, "what has no day says something at once"
        named = self.named(due)
        if grows_to_due(period, self.measure, target):
            return f"the total so far can still come out either way by the end of {named}"
        whole = f"{named} alone" if period.start < due.start else f"the whole of {named}"
        return f"a figure for {self.named(period)} says nothing yet of {whole}"

    def _due(self, due: Period) -> str:
        return f"due {'on' if due.kind is PeriodKind.DAY else 'by the end of'} {self.named(due)}"

    def _between(self, profile: Profile, period: Period) -> str:
        """Between which steps of a profile a figure lies."""
        steps, here = in_order(profile.values), f"the plan has no number for {self.named(period)}"
        ended = bisect_right([each.end for each in steps], period.end)
        if ended == 0:
            return f"{here}, before its first, {self.named(steps[0])}"
        if ended == len(steps):
            return f"{here}, after its last, {self.named(steps[-1])}"
        return f"{here}, only for {self.named(steps[ended - 1])} and {self.named(steps[ended])}"


def _date(day: date) -> str:
    return Period.day(day).label


def published(number: Decimal, measure: Measure) -> str:
    """Write a number as figures of its measure are published: with their unit and decimals."""
    return quantity(number, measure.unit, measure.digits)


def _stated(number: Decimal, unit: Unit | None, measure: Measure) -> str:
    """Write a number that a plan states in the target's own unit, with all of its decimals."""
    return quantity(number, unit, max(measure.digits, _decimals_of(number)))


def _decimals_of(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    assert isinstance(exponent, int), "numbers of a plan are finite"
    return -exponent
