"""The chart of a measure's way to its target, and the same as small as a word."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from attrs import frozen

from outcome_bees.areas import Names
from outcome_bees.errors import InvalidTypeError
from outcome_bees.evaluation.result import Evaluation
from outcome_bees.evaluation.rules import in_unit_of
from outcome_bees.evaluation.wording import distance, published, when
from outcome_bees.model.aims import Beat, Complete, Linear, Profile, Rank, StayBetween
from outcome_bees.model.local_policy import STANDARD
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation, value_of
from outcome_bees.model.series import Series
from outcome_bees.model.target import Target
from outcome_bees.periods import Period
from outcome_bees.presentation.numbers import plain
from outcome_bees.presentation.words import LABEL, brief, phrase
from outcome_bees.reports._axes import floats, label_ends, label_periods, set_time, set_values, unit_of
from outcome_bees.reports._drawing import (
    BLUE,
    GREY,
    INK,
    PLUM,
    axes_for,
    below,
    describe,
    name_only,
    rows_without_overlap,
    size_of,
    styled,
    width_of,
)
from outcome_bees.vocabulary import Revision

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Figures", "finding", "sparkline", "trajectory"]

Figures = Series | Mapping[Period, Observation] | Iterable[Observation]
"""Figures in time: a ``Series``, what ``Observations.known`` gives, or any observations of one series."""


def _in_order(series: Figures) -> list[Observation]:
    if isinstance(series, Series):
        return list(series)
    given = series.values() if isinstance(series, Mapping) else series
    return sorted(given, key=lambda figure: (figure.period.end, figure.period.code))


def _measure_of(series: Figures, measure: Measure | None, what: str) -> Measure:
    """Return the measure that was given, else the one that a series brings."""
    if measure is None and isinstance(series, Series):
        return series.measure
    if not isinstance(measure, Measure):
        raise InvalidTypeError(f"{what}: measure", measure, "a Measure, unless a Series brings it")
    return measure


def _in_unit(number: Decimal, figure: Observation, measure: Measure) -> Decimal:
    """Return a number of a figure, such as the end of its interval, in the measure's unit."""
    if figure.unit is None or measure.unit is None:
        return number
    return figure.unit.convert(number, measure.unit)


def _interval(figure: Observation, measure: Measure) -> tuple[Decimal, ...]:
    """Return the ends of the published interval in the measure's unit; empty where there is none."""
    if figure.lower is None or figure.upper is None:
        return ()
    return _in_unit(figure.lower, figure, measure), _in_unit(figure.upper, figure, measure)


def finding(evaluation: Evaluation, measure: Measure, target: Target | None) -> str:
    """Return the title of a chart: the figure, its status, and how far ahead or behind it is."""
    if evaluation.value is None or evaluation.observation is None:
        reason = "" if evaluation.reason is None else f": {phrase(evaluation.reason)}"
        return f"{LABEL[evaluation.status].capitalize()}{reason}"
    known = f"{published(evaluation.value, measure)} {when(evaluation.observation.period)}"
    if evaluation.reason is not None:
        return f"{known}: {LABEL[evaluation.status]} ({phrase(evaluation.reason)})"
    if target is None or evaluation.verdict is None or evaluation.gap is None or evaluation.required is None:
        return f"{known}: {LABEL[evaluation.status]}"
    required, gap = evaluation.required, evaluation.gap
    far = distance(target, measure, evaluation.verdict, required, gap, brief=False, number=evaluation.value)
    if far.endswith(("ahead", "behind")):
        far += " of what was required" if far.endswith("ahead") else " what was required"
    return ", ".join(filter(None, (f"{known}: {LABEL[evaluation.status]}", far)))


@frozen
class _Way:
    """What was required, as it is drawn: a dashed line, the other end of a range, and a band beside it."""

    line: tuple[tuple[int, Decimal], ...] = ()
    other: tuple[tuple[int, Decimal], ...] = ()
    low: tuple[Decimal, ...] = ()
    high: tuple[Decimal, ...] = ()
    words: str = ""


def _required(evaluation: Evaluation, measure: Measure, target: Target | None, first: int, last: int) -> _Way:
    """Draw what was required from the baseline to the due period, from the evaluation's own numbers."""
    if target is None or target.aim is None or isinstance(target.aim, Complete | Rank):
        return _Way()
    start = target.baseline.period.end.toordinal() if target.baseline is not None else first
    end = target.due.end.toordinal() if target.due is not None else last
    start, end = min(start, end - 20), max(start, end)  # of one figure, a stretch that can be seen
    if isinstance(target.aim, StayBetween):
        least, most = (in_unit_of(measure, target, each) for each in (target.aim.low, target.aim.high))
        words = f"required {published(least, measure)} to {published(most, measure)}"
        least_line, most_line = (((start, each), (end, each)) for each in (least, most))
        return _Way(least_line, most_line, (least, least), (most, most), words)
    goal = evaluation.goal if evaluation.goal is not None else evaluation.required
    if goal is None:
        return _Way()
    line: tuple[tuple[int, Decimal], ...] = ((start, goal), (end, goal))
    if isinstance(target.trajectory, Linear) and evaluation.baseline is not None and start < end:
        line = ((start, evaluation.baseline), (end, goal))
    elif isinstance(target.trajectory, Profile):
        steps = {
            period.end.toordinal(): in_unit_of(measure, target, value)
            for period, value in target.trajectory.values.items()
        }
        line = tuple(sorted({**steps, end: goal}.items()))
    elif isinstance(target.aim, Beat) and evaluation.observation is not None:
        at = evaluation.observation.period.end.toordinal()
        line = ((min(at, end - max(20, (last - first) // 4)), goal), (end, goal))  # as long as can be seen
    low, high, tolerated = _tolerated(evaluation, measure, target, tuple(value for _, value in line))
    return _Way(line, (), low, high, f"required {published(goal, measure)}{tolerated}")


def _tolerated(
    evaluation: Evaluation, measure: Measure, target: Target, required: tuple[Decimal, ...]
) -> tuple[tuple[Decimal, ...], tuple[Decimal, ...], str]:
    """Draw the band of what is near, on the side that the evaluation itself calls behind."""
    margin, gap = target.tolerance, evaluation.gap
    if margin is None or evaluation.policy != STANDARD.id or not gap or evaluation.value is None:
        return (), (), ""
    assert evaluation.required is not None, "what has a gap has a number required"
    behind = -1 if (evaluation.value > evaluation.required) == (gap > 0) else 1
    if margin.amount is not None:
        size = [in_unit_of(measure, target, margin.amount)] * len(required)
        words = f"{published(size[0], measure)} tolerated"
    else:
        assert margin.percent is not None, "a margin has one of the two"
        size = [abs(each) * margin.percent / 100 for each in required]
        words = f"{plain(margin.percent, 0)}% tolerated"
    other = tuple(each + behind * by for each, by in zip(required, size, strict=True))
    pairs = list(zip(required, other, strict=True))
    return tuple(min(each) for each in pairs), tuple(max(each) for each in pairs), f" ({words})"


def trajectory(
    evaluation: Evaluation,
    series: Figures,
    *,
    measure: Measure | None = None,
    target: Target | None = None,
    comparison: Figures = (),
    comparison_name: str = "",
    names: Names | None = None,
    ax: "Axes | None" = None,
) -> "Axes":
    """Draw a measure's figures and what was required of them, up to the due period.

    Args:
        evaluation: The answer that the chart is of; its title and numbers are the chart's.
        series: The figures: a ``Series``, what ``Observations.known`` gives, or any observations of one series.
        measure: The measure; ``None`` where a ``Series`` brings it.
        target: The target; without it nothing required is drawn.
        comparison: Figures of one other place or group, drawn as a thin line.
        comparison_name: What to call it.
        names: What to call places; ``None`` for the register's names.
        ax: Axes to draw on; ``None`` for a figure of its own.

    Returns:
        The axes. Breaks in the series part the line; provisional figures are hollow; absent ones are crosses at the
        foot, with the reason below the chart; published intervals are whiskers.

    Raises:
        InvalidTypeError: There is no measure.
        MissingExtraError: matplotlib is not installed.
    """
    measure = _measure_of(series, measure, "charts.trajectory")
    figures = _in_order(series)
    numbers = [(figure, value_of(figure, measure)) for figure in figures]
    present = [(figure, value) for figure, value in numbers if value is not None]
    others = [
        (each.period.end.toordinal(), value)
        for each in _in_order(comparison)
        if (value := value_of(each, measure)) is not None
    ]
    ends = [figure.period.end.toordinal() for figure in figures] or [evaluation.as_of.toordinal()]
    way = _required(evaluation, measure, target, ends[0], ends[-1])
    title = finding(evaluation, measure, target)
    place = (names or Names()).of(evaluation.area)
    with styled():
        ax = axes_for(ax, margins=(0.62, 1.75, 0.86, 0.95))
        due = [] if target is None or target.due is None else [target.due.end.toordinal()]
        span = [*ends, *due, *(at for at, _ in way.line), *(at for at, _ in others)]
        set_time(ax, min(span), max(span))
        set_values(
            ax,
            measure,
            [
                *(value for _, value in present),
                *(value for _, value in others),
                *(value for _, value in way.line),
                *way.low,
                *way.high,
                *(each for figure, _ in present for each in _interval(figure, measure)),
            ],
        )
        _draw_required(ax, way)
        if others:
            one = "o" if len(others) == 1 else ""  # a line of one figure would not be seen
            ax.plot(*floats(others), color=INK, linewidth=0.9, marker=one, markersize=3, zorder=2)
        _draw_figures(ax, present, measure, evaluation.observation)
        absent = [(figure.period.end.toordinal(), figure) for figure, value in numbers if value is None]
        foot = ax.get_ylim()[0]
        ax.plot([at for at, _ in absent], [foot] * len(absent), "x", color=PLUM, clip_on=False, zorder=5)
        _label_ends(ax, present, others, way, measure, comparison_name)
        _label_events(ax, evaluation, measure, target)
        foot_of_labels = label_periods(ax, [figure.period for figure in figures], target)
        notes = [
            "× " + "; ".join(f"{brief(figure.period.label)}: {_why_absent(figure)}" for _, figure in absent)
        ] * bool(absent)
        if any(figure.revision is Revision.PROVISIONAL for figure, _ in present):
            notes.append("Hollow: provisional.")
        notes += _sources(figures)
        below(ax, notes, offset=foot_of_labels)
        listed = "; ".join(f"{brief(figure.period.label)} {published(value, measure)}" for figure, value in present)
        sentences = [
            evaluation.explanation,
            f"Figures: {listed}." if listed else "",
            f"{way.words.capitalize()}." * bool(way.words),
        ]
        if others:
            sentences.append(f"{comparison_name or 'The comparison'}: {published(others[-1][1], measure)} last.")
        describe(
            ax,
            title,
            " ".join(filter(None, [*sentences, *notes[: bool(absent)]])),
            subtitle=measure.title,
            after=f", {place}{unit_of(measure)}",
        )
    return ax


def _why_absent(figure: Observation) -> str:
    if figure.revision is Revision.WITHDRAWN or figure.absence is None:
        return "withdrawn"
    return figure.absence.value.replace("_", " ")


def _sources(figures: Sequence[Observation]) -> list[str]:
    sources = dict.fromkeys(figure.source for figure in figures if figure.source)
    return [f"Source: {'; '.join(sources)}"] if sources else []


def _draw_required(ax: "Axes", way: _Way) -> None:
    if not way.line:
        return
    at, values = floats(way.line)
    if way.other:
        ax.plot(*floats(way.other), color=PLUM, linewidth=1.4, linestyle=(0, (5, 3)), zorder=3)
    elif way.low:
        ax.plot(at, [float(each) for each in way.high], color=PLUM, linewidth=0.6, linestyle=":", zorder=2)
        ax.plot(at, [float(each) for each in way.low], color=PLUM, linewidth=0.6, linestyle=":", zorder=2)
    if way.low:
        ax.fill_between(
            at, [float(each) for each in way.low], [float(each) for each in way.high], color="#E3DBF1", zorder=1
        )
    ax.plot(at, values, color=PLUM, linewidth=1.4, linestyle=(0, (5, 3)), zorder=3)


def _draw_figures(
    ax: "Axes", present: Sequence[tuple[Observation, Decimal]], measure: Measure, deciding: Observation | None
) -> None:
    """Draw the line, parted at breaks, and its points: hollow where they are provisional, ringed where one decided."""
    stretch: list[tuple[int, Decimal]] = []
    before: date | None = None
    for figure, value in present:
        if before is not None and any(before < each <= figure.period.end for each in measure.breaks):
            ax.plot(*floats(stretch), color=BLUE, linewidth=2, zorder=4)
            stretch = []
        stretch.append((figure.period.end.toordinal(), value))
        before = figure.period.end
    ax.plot(*floats(stretch), color=BLUE, linewidth=2, zorder=4)
    for figure, value in present:
        at = figure.period.end.toordinal()
        if interval := _interval(figure, measure):
            ax.plot([at, at], [float(each) for each in interval], color=BLUE, linewidth=1, marker="_", zorder=3)
        fill = "white" if figure.revision is Revision.PROVISIONAL else BLUE
        ax.plot([at], [float(value)], "o", color=BLUE, markerfacecolor=fill, markersize=5.5, clip_on=False, zorder=5)
        if figure == deciding:
            ax.plot(
                [at], [float(value)], "o", color=BLUE, markerfacecolor="none", markersize=10, clip_on=False, zorder=5
            )


def _label_ends(
    ax: "Axes",
    present: Sequence[tuple[Observation, Decimal]],
    others: Sequence[tuple[int, Decimal]],
    way: _Way,
    measure: Measure,
    comparison_name: str,
) -> None:
    """Draw the last of every line in words, to the right of it, moved apart where they would touch."""
    labels: list[tuple[Decimal, str, str, str]] = []
    if present:
        figure, value = present[-1]
        labels.append((value, f"{published(value, measure)}, {brief(figure.period.label)}", BLUE, "bold"))
    if way.line:
        labels.append((way.high[-1] if way.low else way.line[-1][1], way.words, PLUM, "normal"))
    if others:
        labels.append(
            (others[-1][1], f"{comparison_name or 'others'} {published(others[-1][1], measure)}", INK, "normal")
        )
    label_ends(ax, labels)


def _label_events(ax: "Axes", evaluation: Evaluation, measure: Measure, target: Target | None) -> None:
    """Baseline, due period and breaks: a thin upright line each, with its name above the chart."""
    low, high = ax.get_xlim()
    inches = size_of(ax)[0]
    events: list[tuple[int, str, str]] = []
    if target is not None and target.baseline is not None:
        value = f" {published(evaluation.baseline, measure)}" if evaluation.baseline is not None else ""
        events.append((target.baseline.period.end.toordinal(), f"baseline{value}", ":"))
    if target is not None and target.due is not None:
        events.append((target.due.end.toordinal(), "due", "-"))
    events += [(each.toordinal(), "series break", "--") for each in measure.breaks]
    events = sorted({each for each in events if low <= each[0] <= high})
    spans = []
    for at, words, _ in events:
        wide = width_of(words, 8) + 0.08
        centre = min(max((at - low) / (high - low) * inches, wide / 2), inches - wide / 2)
        spans.append((centre - wide / 2, centre + wide / 2))
    rows = rows_without_overlap(spans)
    for (at, words, line), (left, right), row in zip(events, spans, rows, strict=True):
        ax.axvline(at, color=GREY, linewidth=0.8, linestyle=line, zorder=1)
        if row < 2:  # there is room for two; what is left out is in the description and has its line
            height = size_of(ax)[1]
            ax.text(
                (left + right) / 2 / inches,
                1 + (0.03 + 0.155 * row) / height,
                words,
                transform=ax.transAxes,
                ha="center",
                va="bottom",
                fontsize=8,
                color=INK,
                gid="event",
            )


def sparkline(series: Figures, *, measure: Measure | None = None, ax: "Axes | None" = None) -> "Axes":
    """Draw a series without axes or words, as small as a word in a table; the last figure has a point.

    Example:
        >>> from outcome_bees.reports import charts
        >>> measure = Measure(id="m", title="Places", unit="place")
        >>> series = [Observation(measure="m", period=f"CY{year}", area="x", value=year) for year in (2023, 2024)]
        >>> charts.words_of(sparkline(series, measure=measure)).description
        'Places: 2023 2,023 places; 2024 2,024 places.'
    """
    measure = _measure_of(series, measure, "charts.sparkline")
    present = [(each, value) for each in _in_order(series) if (value := value_of(each, measure)) is not None]
    with styled():
        ax = axes_for(ax, 1.2, 0.3, margins=(0.04, 0.06, 0.04, 0.04))
        ax.set_axis_off()
        points = [(each.period.end.toordinal(), value) for each, value in present]
        ax.plot(*floats(points), color=BLUE, linewidth=1.2)
        ax.plot(*floats(points[-1:]), "o", color=BLUE, markersize=3)
    listed = "; ".join(f"{brief(each.period.label)} {published(value, measure)}" for each, value in present)
    name_only(ax, measure.title, f"{measure.title}: {listed or 'no figure'}.")
    return ax
