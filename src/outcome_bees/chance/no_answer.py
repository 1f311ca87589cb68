"""Why a figure cannot be used by a method, or has no interval; ``NoAnswer`` has the words."""

from outcome_bees.errors import InvalidTypeError
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation, absence_of
from outcome_bees.vocabulary import MeasureKind, NoAnswer

__all__ = ["check_figure", "counts_events", "reason_of_absence", "reason_without_interval"]


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
        if kind not in _OF_A_WHOLE or measure.unit is None or measure.unit.whole is None:
            return NoAnswer.NO_INTERVAL_FOR_KIND
        count = figure.numerator
        if count is None:
            return NoAnswer.NO_NUMERATOR
        if figure.denominator is None:
            return NoAnswer.NO_DENOMINATOR
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
