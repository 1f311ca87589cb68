"""The closed word lists of the model: each member's text is what files and reports carry.

The texts are a promise. A member may be added in a later version; none changes its text.
"""

from collections.abc import Callable
from enum import StrEnum
from operator import ge, gt, le, lt

__all__ = [
    "ABSENCE_SYMBOLS",
    "WORST_FIRST",
    "Absence",
    "Certainty",
    "ComparatorMethod",
    "Direction",
    "Frequency",
    "MeasureKind",
    "NoAnswer",
    "Rag",
    "Reason",
    "Relation",
    "Revision",
    "Role",
    "Severity",
    "Status",
    "Timing",
    "Travel",
    "TravelBasis",
    "Verdict",
]


class _Ordered(StrEnum):
    """A list of words whose order means something: they compare by their place in it, and never by their letters."""

    def _compared(self, other: str, compare: Callable[[int, int], bool]) -> bool:
        try:
            word = type(self)(other)
        except ValueError:
            kind = type(self).__name__
            raise TypeError(f"{self!r} compares with a {kind} or the text of one, and not with {other!r}") from None
        places = _ORDER[type(self)]
        return compare(places.index(self), places.index(word))

    def __lt__(self, other: str) -> bool:
        return self._compared(other, lt)

    def __le__(self, other: str) -> bool:
        return self._compared(other, le)

    def __gt__(self, other: str) -> bool:
        return self._compared(other, gt)

    def __ge__(self, other: str) -> bool:
        return self._compared(other, ge)


class Direction(StrEnum):
    """Which way a measure is meant to go. It never has a default: a plan states it or it is not known.

    Example:
        >>> Direction("decrease")
        <Direction.DECREASE: 'decrease'>
    """

    INCREASE = "increase"
    DECREASE = "decrease"
    MAINTAIN = "maintain"


class MeasureKind(StrEnum):
    """What sort of thing a measure's figure is.

    Example:
        >>> MeasureKind.PERCENTAGE.value
        'percentage'
    """

    COUNT = "count"
    PERCENTAGE = "percentage"
    RATE = "rate"
    DURATION = "duration"
    AMOUNT = "amount"
    SCORE = "score"
    RANK = "rank"
    RATING = "rating"
    MILESTONE = "milestone"
    NARRATIVE = "narrative"
    COMPOUND = "compound"


class Role(StrEnum):
    """What a measure is for: the outcome itself, a stand-in for it, the work done, or background.

    A contextual measure is shown and never judged.

    Example:
        >>> Role("contextual")
        <Role.CONTEXTUAL: 'contextual'>
    """

    OUTCOME = "outcome"
    PROXY = "proxy"
    ACTIVITY = "activity"
    CONTEXTUAL = "contextual"


class Timing(StrEnum):
    """How a figure lies in time: at a moment, over a period, so far this year, or over a moving window.

    Example:
        >>> Timing.CUMULATIVE.value
        'cumulative'
    """

    SNAPSHOT = "snapshot"
    FLOW = "flow"
    CUMULATIVE = "cumulative"
    ROLLING = "rolling"


class Frequency(StrEnum):
    """How often a measure is published; one step back along it is what "previous" means.

    Example:
        >>> Frequency("quarterly")
        <Frequency.QUARTERLY: 'quarterly'>
    """

    YEARLY = "yearly"
    HALF_YEARLY = "half_yearly"
    TERMLY = "termly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    WEEKLY = "weekly"
    DAILY = "daily"


class Absence(StrEnum):
    """Why a figure is not there. Zero is not an absence, and none of these is zero.

    Source: the data symbols of the Department for Education's guide for analysts (c, x, z, low, k, u).

    Example:
        >>> Absence("suppressed")
        <Absence.SUPPRESSED: 'suppressed'>
    """

    SUPPRESSED = "suppressed"
    NOT_AVAILABLE = "not_available"
    NOT_APPLICABLE = "not_applicable"
    LOW = "low"
    UNRELIABLE = "unreliable"


HIDING = frozenset({Absence.SUPPRESSED, Absence.LOW, Absence.UNRELIABLE})
"""The absences behind which there is a figure that others may not see.

What is not available or not applicable, and what was withdrawn, is no figure of anybody's."""

ABSENCE_SYMBOLS: dict[str, Absence] = {
    "c": Absence.SUPPRESSED,
    "*": Absence.SUPPRESSED,
    "x": Absence.NOT_AVAILABLE,
    ":": Absence.NOT_AVAILABLE,
    "z": Absence.NOT_APPLICABLE,
    "low": Absence.LOW,
    "k": Absence.LOW,
    "~": Absence.LOW,
    "u": Absence.UNRELIABLE,
}
"""The symbols that published tables have for an absence.

Source: the data symbols of the Department for Education's guide for analysts, with the obsolete ``*``, ``:``
and ``~`` that it names.
"""


class Revision(StrEnum):
    """How settled a published figure is. A forecast is no figure yet; a withdrawn one is none any more.

    Example:
        >>> Revision("provisional")
        <Revision.PROVISIONAL: 'provisional'>
    """

    FORECAST = "forecast"
    PROVISIONAL = "provisional"
    REVISED = "revised"
    FINAL = "final"
    WITHDRAWN = "withdrawn"


class Certainty(StrEnum):
    """Whether a verdict would be the same wherever in its interval the figure's true value lies.

    Example:
        >>> Certainty("within_chance")
        <Certainty.WITHIN_CHANCE: 'within_chance'>
    """

    CLEAR = "clear"
    WITHIN_CHANCE = "within_chance"


class ComparatorMethod(StrEnum):
    """How the value of a group of areas is made.

    Example:
        >>> ComparatorMethod("pooled")
        <ComparatorMethod.POOLED: 'pooled'>
    """

    PUBLISHED = "published"
    POOLED = "pooled"
    MEDIAN = "median"


class Relation(StrEnum):
    """How an item continues one of an earlier edition.

    Example:
        >>> Relation("reworded")
        <Relation.REWORDED: 'reworded'>
    """

    SAME = "same"
    REWORDED = "reworded"
    NARROWED = "narrowed"
    WIDENED = "widened"
    SPLIT = "split"
    MERGED = "merged"


class Verdict(_Ordered):
    """How a number compares with what is required: met, short by no more than is tolerated, or off.

    They compare from the worst to the best.

    Example:
        >>> Verdict("near")
        <Verdict.NEAR: 'near'>
    """

    MET = "met"
    NEAR = "near"
    OFF = "off"


class Status(_Ordered):
    """A verdict in time: whether a target is on its way before it is due, and whether it was met.

    They compare from missed, the worst, to achieved, the best. What was not assessed comes last, and is no better.

    Example:
        >>> Status("on_track")
        <Status.ON_TRACK: 'on_track'>
        >>> Status.MISSED < Status.AT_RISK < Status.ACHIEVED
        True
    """

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    ACHIEVED = "achieved"
    NARROWLY_MISSED = "narrowly_missed"
    MISSED = "missed"
    NOT_ASSESSED = "not_assessed"

    @property
    def rag(self) -> "Rag":
        """The colour of this status: red is never the colour of what could not be assessed."""
        return _RAG[self]


class Rag(_Ordered):
    """The traffic light of a status: a view of it, never a second judgement.

    They compare from red to green; grey comes last and is no better for it.

    Example:
        >>> Rag("grey")
        <Rag.GREY: 'grey'>
    """

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


_RAG = {
    Status.ON_TRACK: Rag.GREEN,
    Status.ACHIEVED: Rag.GREEN,
    Status.AT_RISK: Rag.AMBER,
    Status.NARROWLY_MISSED: Rag.AMBER,
    Status.OFF_TRACK: Rag.RED,
    Status.MISSED: Rag.RED,
    Status.NOT_ASSESSED: Rag.GREY,
}


class Reason(_Ordered):
    """Why a target could not be assessed. The order of the members is the order in which they apply.

    That order is kept here alone: evaluation one by one and in bulk both iterate over this class.

    Example:
        >>> next(iter(Reason))
        <Reason.CONTEXTUAL: 'contextual'>
    """

    CONTEXTUAL = "contextual"
    QUALITATIVE = "qualitative"
    NO_TARGET = "no_target"
    NO_DIRECTION = "no_direction"
    PLACEHOLDER = "placeholder"
    DISCONTINUED = "discontinued"
    NO_DATA = "no_data"
    SUPPRESSED = "suppressed"
    NOT_AVAILABLE = "not_available"
    NOT_APPLICABLE = "not_applicable"
    LOW = "low"
    UNRELIABLE = "unreliable"
    SERIES_BREAK = "series_break"
    BASELINE_NOT_SET = "baseline_not_set"
    COMPARATOR_MISSING = "comparator_missing"
    REFERENCE_IS_ZERO = "reference_is_zero"
    INSUFFICIENT_HISTORY = "insufficient_history"
    NOT_YET_DUE = "not_yet_due"
    OVERDUE = "overdue"


class Travel(StrEnum):
    """Where a figure has moved since an earlier one: for better or worse, or merely up or down.

    Without a direction of improvement there is no better: the words are increasing and decreasing.

    Example:
        >>> Travel("improving")
        <Travel.IMPROVING: 'improving'>
    """

    IMPROVING = "improving"
    WORSENING = "worsening"
    INCREASING = "increasing"
    DECREASING = "decreasing"
    NO_CHANGE = "no_change"


class TravelBasis(StrEnum):
    """Which earlier figure a direction of travel was taken from.

    Example:
        >>> TravelBasis("same_period_last_year").value
        'same_period_last_year'
    """

    PREVIOUS_PERIOD = "previous_period"
    SAME_PERIOD_LAST_YEAR = "same_period_last_year"


class Severity(_Ordered):
    """How much a finding of ``lint`` matters: it stops an evaluation, weakens it, or is good to know.

    They compare by how much they matter.

    Example:
        >>> Severity("warning")
        <Severity.WARNING: 'warning'>
        >>> Severity.ERROR > Severity.INFO
        True
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


WORST_FIRST = (
    Status.MISSED,
    Status.OFF_TRACK,
    Status.NARROWLY_MISSED,
    Status.AT_RISK,
    Status.ON_TRACK,
    Status.ACHIEVED,
)
"""The statuses of what was assessed, from the worst to the best."""

_ORDER: dict[type, tuple[StrEnum, ...]] = {
    Verdict: (Verdict.OFF, Verdict.NEAR, Verdict.MET),
    Status: (*WORST_FIRST, Status.NOT_ASSESSED),
    Rag: (Rag.RED, Rag.AMBER, Rag.GREEN, Rag.GREY),
    Reason: tuple(Reason),
    Severity: (Severity.INFO, Severity.WARNING, Severity.ERROR),
}


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
        return _NO_ANSWER_IN_WORDS[self]


_NO_ANSWER_IN_WORDS = {
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
