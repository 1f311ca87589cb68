"""Figures that can hardly be meant as they are: shares where percentages are wanted, pounds where millions are.

Nothing is corrected and no verdict changes: a warning names the measure and the rows. Each finding needs more than a
low or a high number, so that true figures are seldom doubted. Source of every bound: our choice.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from attrs import frozen

from outcome_bees.errors import OutcomeBeesWarning, warn_caller
from outcome_bees.model.aims import Reach, StayBetween
from outcome_bees.model.index import Observations
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation
from outcome_bees.model.plan import Plan
from outcome_bees.units import Unit
from outcome_bees.vocabulary import MeasureKind

__all__ = ["Implausible", "ImplausibleFiguresWarning", "implausible_figures", "warn_of_implausible"]

_HUNDRED, _THOUSAND = Decimal(100), Decimal(1000)
_ENOUGH = 5  # figures of shares alone, where no target says what is expected
_SHOWN = 3  # rows that a warning names; the others are counted
_FAR = {
    MeasureKind.COUNT: (_THOUSAND, "a thousand times"),
    MeasureKind.RATE: (Decimal(8), "eight times"),  # per 10,000 and per 100,000 are ten times apart
}
_TENFOLD = {
    **{Decimal("0.0001"): "1/10000 of", Decimal("0.001"): "1/1000 of", Decimal("0.01"): "1/100 of"},
    **{Decimal("0.1"): "1/10 of", Decimal("10"): "10 times", Decimal("100"): "100 times"},
    **{Decimal("1000"): "1000 times", Decimal("10000"): "10000 times"},
}
_PART_OF_WHOLE = ("percentage of ", "per cent of ", "proportion of ", "% of ", "share of ")
_BEYOND_WHOLE = (
    *("change", "growth", "increase", "target", "budget", "varia", "capacity"),
    *("planned", "expected", "occupan"),
)
_NOT_BELOW_ZERO = (MeasureKind.COUNT, MeasureKind.RATE, MeasureKind.DURATION, MeasureKind.RANK)


class ImplausibleFiguresWarning(OutcomeBeesWarning):
    """Figures that can hardly be meant as they are; ``implausible_ok=True`` silences this."""


@frozen
class Implausible:
    """Some figures of a measure that can hardly be meant as they are.

    Attributes:
        measure: The id of the measure.
        figures: The figures, in their order.
        message: What is odd about them, and what to do.
    """

    measure: str
    figures: tuple[Observation, ...]
    message: str


class _MeasureNumbers(NamedTuple):
    """The figures of one measure.

    Attributes:
        measure: The measure.
        pairs: Those that are there, each with its number in the measure's unit.
        figures: The figures alone.
        numbers: The numbers alone.
        wanted: The numbers that its targets name, in its unit.
    """

    measure: Measure
    pairs: Sequence[tuple[Observation, Decimal]]
    figures: Sequence[Observation]
    numbers: Sequence[Decimal]
    wanted: Sequence[Decimal]


def implausible_figures(figures: Observations | Iterable[Observation], plan: Plan) -> Iterator[Implausible]:
    """Yield what can hardly be meant as it is among figures of a plan's measures.

    Example:
        >>> from outcome_bees import Target
        >>> measure = Measure(id="calls", title="Calls answered", unit="percent", direction="increase")
        >>> target = Target(id="t", measure="calls", aim=Reach(95), due="FY2024-25")
        >>> figures = [Observation(measure="calls", period="FY2024-25", area="E10000015", value="0.962")]
        >>> (found,) = implausible_figures(figures, Plan(id="p", title="P", measures=[measure], targets=[target]))
        >>> found.message
        'the only figure is between 0 and 1, and the target is 95%: if it is a share, state the unit fraction'
    """
    by_measure: dict[str, list[Observation]] = {}
    for each in figures:
        by_measure.setdefault(each.measure, []).append(each)
    for measure in plan.measures:
        if found := by_measure.get(measure.id):
            yield from _of_column(_column(measure, found, plan))


def warn_of_implausible(observations: Observations, plan: Plan) -> None:
    """Warn of every measure whose figures can hardly be meant as they are, naming the rows they were read from."""
    for found in implausible_figures(observations, plan):
        message = f"{found.measure}: {found.message}{_rows_of(found.figures, observations)}"
        warn_caller(message, ImplausibleFiguresWarning)


def _rows_of(figures: Sequence[Observation], observations: Observations) -> str:
    """Return where figures were read from, in brackets; nothing where they were not read from a file."""
    origins = [origin for each in figures[:_SHOWN] if (origin := observations.origin_of(each)) is not None]
    if not origins:
        return ""
    more = f" and {len(figures) - len(origins):,} more" if len(figures) > len(origins) else ""
    places = {(each.file, each.sheet) for each in origins}
    if len(places) > 1 or any(each.line is None for each in origins):
        return f" ({'; '.join(map(str, origins))}{more})"
    first, *rest = [str(origins[0]), *(str(each.line) for each in origins[1:])]
    return f" ({', '.join([first.replace('line', 'lines') if rest or more else first, *rest])}{more})"


def _column(measure: Measure, figures: Sequence[Observation], plan: Plan) -> _MeasureNumbers:
    pairs = [(each, number) for each in figures if (number := _in_unit(each.value, each.unit, measure)) is not None]
    wanted: list[Decimal] = []
    for target in plan.targets:
        aim = target.aim
        if target.measure == measure.id and isinstance(aim, (Reach, StayBetween)):
            stated = (aim.value,) if isinstance(aim, Reach) else (aim.low, aim.high)
            wanted += [number for goal in stated if (number := _in_unit(goal, target.unit, measure)) is not None]
    return _MeasureNumbers(measure, pairs, [each for each, _ in pairs], [number for _, number in pairs], wanted)


def _in_unit(value: Decimal | None, unit: Unit | None, measure: Measure) -> Decimal | None:
    if value is None or unit is None or measure.unit is None:
        return value
    return unit.convert(value, measure.unit) if unit.convertible(measure.unit) else None


def _of_column(column: _MeasureNumbers) -> Iterator[Implausible]:
    if not column.figures:
        return
    beyond = list(_beyond_range(column))
    yield from beyond
    whole = next((found for look in _LOOKS if (found := look(column))), None)
    if whole is not None:
        yield whole
    elif not beyond:
        yield from _jumps(column)


def _made(column: _MeasureNumbers, chosen: Iterable[Observation], message: str) -> Implausible:
    return Implausible(column.measure.id, tuple(chosen), message)


def _subject(column: _MeasureNumbers) -> str:
    count = len(column.figures)
    return "the only figure is" if count == 1 else f"all {count:,} figures are"


def _goal(column: _MeasureNumbers) -> str:
    """Return the numbers that the targets name, in words."""
    unit = column.measure.unit
    shown = [f"{each.normalize():f}" for each in dict.fromkeys(column.wanted)]
    words = [each if unit is None else unit.phrase(each) for each in shown]
    return f"the target{' is' if len(words) == 1 else 's are'} {', '.join(words[:3])}"


def _they(column: _MeasureNumbers) -> str:
    return "it is a share" if len(column.figures) == 1 else "they are shares"


def _shares(column: _MeasureNumbers) -> Implausible | None:
    """Find figures between 0 and 1 in a measure of per cent."""
    unit, numbers = column.measure.unit, column.numbers
    if unit is None or unit.code != "percent" or not all(0 <= each <= 1 for each in numbers):
        return None
    between = [each for each in numbers if 0 < each < 1]
    if column.wanted:
        if max(numbers) == 0 or not any(each >= 5 for each in column.wanted):
            return None
        return _made(
            column,
            column.figures,
            f"{_subject(column)} between 0 and 1, and {_goal(column)}: if {_they(column)}, state the unit fraction",
        )
    if len(between) < _ENOUGH:
        return None
    message = (
        f"{_subject(column)} between 0 and 1 in a measure of per cent: if {_they(column)}, state the unit fraction"
    )
    return _made(column, column.figures, message)


def _percentages(column: _MeasureNumbers) -> Implausible | None:
    """Find percentages in a measure of a fraction."""
    unit = column.measure.unit
    if unit is None or unit.code != "fraction" or min(column.numbers) <= 1:
        return None
    message = f"{_subject(column)} above 1 in a measure of a fraction: if they are percentages, state the unit percent"
    return _made(column, column.figures, message)


def _far_from_target(column: _MeasureNumbers) -> Implausible | None:
    """Find figures that are all a hundred times what is wanted, or a hundredth of it."""
    wanted = [abs(each) for each in column.wanted if each]
    sizes = [abs(each) for each in column.numbers if each]
    if not wanted or not sizes or column.measure.kind is MeasureKind.MILESTONE:
        return None
    kind = column.measure.kind
    counted = kind is MeasureKind.COUNT  # which may truly be far from its goal
    far, times = _FAR.get(kind, (_HUNDRED, "a hundred times"))
    if min(sizes) >= far * max(wanted):
        size, remedy = "more", "if they are in a smaller unit, such as pounds, state it"
    elif max(sizes) * far <= min(wanted) and not counted:
        size, remedy = "less", "if they are in a larger unit, such as millions, state it"
    else:
        return None
    if len(column.figures) == 1:
        remedy = remedy.replace("they are", "it is")
    stated = {str(each.unit) for each in column.figures if each.unit is not None} - {str(column.measure.unit)}
    unit = f", converted from {', '.join(sorted(stated))}" if stated else ""
    message = f"{_subject(column)} at least {times} {size} than wanted{unit} ({_goal(column)}): {remedy}"
    return _made(column, column.figures, message)


def _off_its_parts(column: _MeasureNumbers) -> Implausible | None:
    """Find figures that are ten times, or a tenth of, what their numerators and denominators give."""
    unit = column.measure.unit
    whole = _whole_in(unit)
    if whole is None:
        return None
    off: dict[str, list[Observation]] = {}
    compared = 0
    for each, number in column.pairs:
        if each.numerator and each.denominator and number:
            made = whole * each.numerator / each.denominator
            compared += 1
            for power, times in _TENFOLD.items():
                if abs(number / made / power - 1) <= Decimal("0.02"):
                    off.setdefault(times, []).append(each)
    for times, found in off.items():
        if 2 * len(found) > compared:
            message = (
                f"{len(found):,} of {compared:,} figures are {times} what numerator and denominator give in {unit}"
            )
            return _made(column, found, f"{message}: see whether another unit is meant")
    return None


def _converted(column: _MeasureNumbers) -> Implausible | None:
    """Find rates, such as per 10,000, in a measure of per cent, and percentages in a measure of a rate."""
    unit = column.measure.unit
    whole = _whole_in(unit)
    if whole is None:
        return None
    found = [(each, number) for each, number in column.pairs if _is_mistaken(_whole_in(each.unit), whole)]
    if not found:
        return None
    first, number = found[0]
    assert unit is not None
    assert first.unit is not None
    given, made = first.unit.phrase(f"{first.value:f}"), unit.phrase(f"{number.normalize():f}")
    subject = "1 figure is" if len(found) == 1 else f"{len(found):,} figures are"
    message = f"{subject} converted from {first.unit} into {unit}, so that {given} is read as {made}"
    return _made(column, [figure for figure, _ in found], f"{message}: see whether it is meant")


def _is_mistaken(given: Decimal | None, whole: Decimal) -> bool:
    """Return whether a percentage may be mistaken for a rate, or a rate for it; a fraction is mistaken for neither."""
    return given is not None and given != 1 and (given > _HUNDRED) is not (whole > _HUNDRED)


_LOOKS = (_shares, _percentages, _far_from_target, _off_its_parts, _converted)


def _beyond_range(column: _MeasureNumbers) -> Iterator[Implausible]:
    """Find figures that the measure cannot have."""
    measure, top = column.measure, None if column.measure.unit is None else column.measure.unit.top

    def found(chosen: list[Observation], what: str) -> Iterator[Implausible]:
        if chosen:
            count = "1 figure is" if len(chosen) == 1 else f"{len(chosen):,} figures are"
            yield _made(column, chosen, f"{count} {what}")

    below = measure.kind in _NOT_BELOW_ZERO or _is_part_of_whole(measure)
    yield from found([each for each, number in column.pairs if below and number < 0], "below zero, which it cannot be")
    if top is not None:
        yield from found([each for each, number in column.pairs if number > top], f"above {top}, the highest there is")
    elif _is_part_of_whole(measure) or _wants_part_of_whole(column):
        most = _whole_in(measure.unit)
        assert most is not None
        assert measure.unit is not None
        chosen = [each for each, number in column.pairs if number > most]
        yield from found(chosen, f"above {measure.unit.phrase(f'{most:f}')} of a whole")
    if measure.kind is MeasureKind.MILESTONE:
        yield from found(
            [each for each, number in column.pairs if number not in (0, 1)], "neither 0 nor 1, not done or done"
        )


def _is_part_of_whole(measure: Measure) -> bool:
    stated = measure.denominator is not None or measure.title.casefold().startswith(_PART_OF_WHOLE)
    return measure.kind is MeasureKind.PERCENTAGE and stated and _whole_in(measure.unit) is not None


def _wants_part_of_whole(column: _MeasureNumbers) -> bool:
    """Return whether all targets of a percentage are parts of a whole, and its title is of nothing beyond one."""
    measure = column.measure
    words = measure.title.casefold()
    return (
        measure.unit is not None
        and measure.unit.code == "percent"
        and bool(column.wanted)
        and all(0 < each <= _HUNDRED for each in column.wanted)
        and not any(word in words for word in _BEYOND_WHOLE)
    )


def _whole_in(unit: Unit | None) -> Decimal | None:
    """Return what a whole is in a unit, such as 100 in per cent; ``None`` where the unit is of no share.

    It asks no registry of units, which is slow to load and wanted for nothing else here.
    """
    if unit is None:
        return None
    size = unit.code.removeprefix("per_")
    return {"percent": _HUNDRED, "fraction": Decimal(1)}.get(unit.code) or (Decimal(size) if size.isdecimal() else None)


def _jumps(column: _MeasureNumbers) -> Iterator[Implausible]:
    """Find shares among percentages; else figures a hundred times the one before them, or a hundredth of it."""
    if column.measure.unit is not None and column.measure.unit.code == "percent" and len(column.pairs) >= _ENOUGH:
        middle = median(column.numbers)
        small = [
            each for each, number in column.pairs if number <= 1 and middle >= 50 and abs(number * 100 - middle) <= 30
        ]
        if small:
            count = "1 figure is" if len(small) == 1 else f"{len(small):,} figures are"
            yield _made(column, small, f"{count} between 0 and 1 among percentages of about {middle:.0f}")
            return
    series: dict[object, list[tuple[Observation, Decimal]]] = {}
    for each, number in column.pairs:
        series.setdefault((each.area, each.breakdown, each.period.kind), []).append((each, abs(number)))
    jumped: list[Observation] = []
    for figures in series.values():
        figures.sort(key=lambda pair: (pair[0].period.end, pair[0].known_on))
        for (_, before), (each, after) in pairwise(figures):
            if before and after and max(before, after) >= _HUNDRED * min(before, after):
                jumped.append(each)
    if jumped:
        count = "1 figure is" if len(jumped) == 1 else f"{len(jumped):,} figures are"
        yield _made(column, jumped, f"{count} a hundred times the one before, or a hundredth of it")
