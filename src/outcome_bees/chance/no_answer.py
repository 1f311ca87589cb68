"""Why a method has no answer: a closed list of stable texts, each with a sentence for people."""

from enum import StrEnum

from outcome_bees.errors import InvalidTypeError
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation, absence_of
from outcome_bees.vocabulary import MeasureKind

__all__ = ["NoAnswer", "check_figure", "counts_events", "reason_of_absence", "reason_without_interval"]


class NoAnswer(StrEnum):
    """Why a method has no answer for what it was given. A missing answer is never guessed, nor NaN.

    Example:
        >>> NoAnswer("too_few_points").words
        'there are too few figures'
    """

    NO_DATA = "no_data"
    SUPPRESSED = "suppressed"
    NOT_AVAILABLE = "not_available"
    NOT_APPLICABLE = "not_applicable"
    LOW = "low"
    UNRELIABLE = "unreliable"
    NO_REFERENCE = "no_reference"
    NO_DIRECTION = "no_direction"
    IS_A_PLACE = "is_a_place"
    SETTLED = "settled"
    NO_INTERVAL_FOR_KIND = "no_interval_for_kind"
    NO_NUMERATOR = "no_numerator"
    NO_DENOMINATOR = "no_denominator"
    NEGATIVE_COUNT = "negative_count"
    NUMERATOR_ABOVE_DENOMINATOR = "numerator_above_denominator"
    NUMBERS_DISAGREE = "numbers_disagree"
    OTHER_LEVEL_PUBLISHED = "other_level_published"
    ALL_OR_NONE = "all_or_none"
    ZERO_WIDTH = "zero_width"
    TOO_FEW_POINTS = "too_few_points"
    NOT_YEARLY = "not_yearly"
    OVERLAPPING_PERIODS = "overlapping_periods"
    MISSING_PERIOD = "missing_period"
    SERIES_BREAK = "series_break"
    NO_VARIATION = "no_variation"
    BASE_IS_ZERO = "base_is_zero"
    SIGN_CHANGES = "sign_changes"
    NO_TIME_SINCE_BASE = "no_time_since_base"
    TARGET_IS_ZERO = "target_is_zero"
    BASE_IS_TARGET = "base_is_target"
    DEADLINE_NOT_AFTER_BASE = "deadline_not_after_base"
    ALREADY_OBSERVED = "already_observed"

    @property
    def words(self) -> str:
        """The reason as part of a sentence for people."""
        return _WORDS[self]


_WORDS = {
    NoAnswer.NO_DATA: "there is no figure",
    NoAnswer.SUPPRESSED: "the figure is suppressed",
    NoAnswer.NOT_AVAILABLE: "the figure is not available",
    NoAnswer.NOT_APPLICABLE: "the figure is not applicable",
    NoAnswer.LOW: "the figure is only known to round to zero",
    NoAnswer.UNRELIABLE: "the figure is marked as unreliable",
    NoAnswer.NO_REFERENCE: "there is nothing to compare with",
    NoAnswer.NO_DIRECTION: "the plan does not say which one way is better",
    NoAnswer.SETTLED: "the total can only grow, and has settled it",
    NoAnswer.IS_A_PLACE: "a place among others has no interval",
    NoAnswer.NO_INTERVAL_FOR_KIND: "figures of this kind have no interval unless one is published",
    NoAnswer.NO_NUMERATOR: "the numerator is not published",
    NoAnswer.NO_DENOMINATOR: "the denominator is not published",
    NoAnswer.NEGATIVE_COUNT: "a count is below zero",
    NoAnswer.NUMERATOR_ABOVE_DENOMINATOR: "the numerator of a proportion is above its denominator",
    NoAnswer.NUMBERS_DISAGREE: "numerator and denominator do not give the figure published with them",
    NoAnswer.OTHER_LEVEL_PUBLISHED: "the interval published is of another level",
    NoAnswer.ALL_OR_NONE: "all or none are counted in one of the periods",
    NoAnswer.ZERO_WIDTH: "an interval has no width",
    NoAnswer.TOO_FEW_POINTS: "there are too few figures",
    NoAnswer.NOT_YEARLY: "the figures are not a year apart",
    NoAnswer.OVERLAPPING_PERIODS: "the periods overlap",
    NoAnswer.MISSING_PERIOD: "a figure is missing among the periods needed",
    NoAnswer.SERIES_BREAK: "the series breaks within the periods needed",
    NoAnswer.NO_VARIATION: "there is no variation to judge by",
    NoAnswer.BASE_IS_ZERO: "growth cannot be taken of a base of zero",
    NoAnswer.SIGN_CHANGES: "compound growth does not cross zero",
    NoAnswer.NO_TIME_SINCE_BASE: "the current figure is not later than the base",
    NoAnswer.TARGET_IS_ZERO: "compound growth never arrives at zero",
    NoAnswer.BASE_IS_TARGET: "the base was at the target, so that no growth is required",
    NoAnswer.DEADLINE_NOT_AFTER_BASE: "the deadline is not later than the base",
    NoAnswer.ALREADY_OBSERVED: "the due period has been observed already",
}


def reason_of_absence(observation: Observation) -> NoAnswer | None:
    """Return why a figure is absent; ``None`` where it is there."""
    absence = absence_of(observation)
    return None if absence is None else NoAnswer(absence.value)


def check_figure(figure: object, measure: object) -> None:
    """Refuse what is no figure of a measure, with numbers of its own for instance: those are for the small formulas.

    Raises:
        InvalidTypeError: The one is no ``Observation``, or the other no ``Measure``.
    """
    if not isinstance(figure, Observation):
        raise InvalidTypeError("observation", figure, "an Observation")
    if not isinstance(measure, Measure):
        raise InvalidTypeError("measure", measure, "a Measure")


def reason_without_interval(figure: Observation, measure: Measure) -> NoAnswer | None:
    """Return why a figure can have no interval, before one is calculated; ``None`` where all is there that makes one.

    The limits published with it make one of any kind of figure. Else a count of what happens is enough for itself, and
    a percentage or a rate needs its numerator and denominator. Of a mean, only its single values would show it.
    """
    reason = reason_of_absence(figure)
    if reason is not None or (figure.lower is not None and figure.upper is not None):
        return reason
    kind, count = measure.kind, figure.value
    if kind is MeasureKind.COUNT:
        if not counts_events(measure):
            return NoAnswer.NO_INTERVAL_FOR_KIND
    else:
        if kind not in _OF_A_WHOLE:
            return NoAnswer.NO_INTERVAL_FOR_KIND
        count = figure.numerator
        if count is None:
            return NoAnswer.NO_NUMERATOR
        if figure.denominator is None:
            return NoAnswer.NO_DENOMINATOR
        if measure.unit is None or measure.unit.whole is None:
            return NoAnswer.NO_INTERVAL_FOR_KIND
        if kind is MeasureKind.PERCENTAGE and count > figure.denominator:
            return NoAnswer.NUMERATOR_ABOVE_DENOMINATOR
    return NoAnswer.NEGATIVE_COUNT if count is not None and count < 0 else None


def counts_events(measure: Measure) -> bool:
    """Return whether a measure counts what happens, so that there is chance in how many there are.

    Children, people and cases come as they come. Places, schools and full-time posts are as many as somebody decided
    on: that there are 92 and not 90 is no accident, and no interval says how many there might have been.

    Source: our choice. Byar's interval is of events that happen independently of one another (Public Health England,
    *Technical Guide: Confidence Intervals*).

    Example:
        >>> [counts_events(Measure(id="m", title="M", unit=unit)) for unit in ("child", "place")]
        [True, False]
    """
    return measure.kind is MeasureKind.COUNT and (measure.unit is None or measure.unit.code not in _DECIDED)


_DECIDED = frozenset({"place", "school", "fte"})
_OF_A_WHOLE = (MeasureKind.PERCENTAGE, MeasureKind.RATE)
