"""Charts that say what they show: a measure's way to its target, a control chart, bees, all places, and history.

Every chart takes ``ax=`` and gives the axes back; ``svg`` and ``png`` make files of them. Without ``ax`` a chart has a
figure of its own and shows itself in a notebook. matplotlib (the extra ``report``) is imported when a chart is drawn.

Example:
    >>> from datetime import date
    >>> from outcome_bees import Measure, Observation, Reach, Target, evaluate
    >>> from outcome_bees.reports import charts
    >>> measure = Measure(id="plans", title="Plans in 20 weeks", unit="percent", direction="increase")
    >>> target = Target(id="t", measure="plans", aim=Reach(50), due="CY2024")
    >>> series = [Observation(measure="plans", period="CY2024", area="E10000015", value=56.3)]
    >>> answer = evaluate(target, measure=measure, observations=series, as_of=date(2025, 12, 31))
    >>> charts.words_of(charts.trajectory(answer, series, measure=measure, target=target)).title
    '56.3% in 2024: achieved, 6.3 percentage points ahead of what was required'
"""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from attrs import frozen

from outcome_bees.areas import Names
from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.evaluation.distance import distance
from outcome_bees.evaluation.policy import STANDARD
from outcome_bees.evaluation.report import bee_names
from outcome_bees.evaluation.result import Evaluation
from outcome_bees.evaluation.rules import in_unit_of, place_among
from outcome_bees.evaluation.scorecard import Scorecard
from outcome_bees.model.aims import Beat, Complete, Rank, StayBetween
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation
from outcome_bees.model.target import Target
from outcome_bees.model.trajectories import Linear, Profile
from outcome_bees.periods import Period, PeriodKind
from outcome_bees.presentation.numbers import plain, quantity
from outcome_bees.presentation.words import LABEL, SYMBOL, brief, phrase
from outcome_bees.reports._drawing import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PLUM,
    PURPLE,
    TEAL,
    ChartWords,
    axes_for,
    below,
    describe,
    name_only,
    png,
    rows_without_overlap,
    spread,
    styled,
    svg,
    width_of,
    words_of,
)
from outcome_bees.vocabulary import Revision, Status

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

__all__ = [
    "ChartWords",
    "bees",
    "control_chart",
    "history",
    "png",
    "sparkline",
    "strip",
    "svg",
    "trajectory",
    "words_of",
]

Figures = Mapping[Period, Observation] | Iterable[Observation]

STATUS_STYLE: dict[Status, tuple[str, str, str]] = {
    Status.ACHIEVED: (BLUE, "white", ""),
    Status.ON_TRACK: (TEAL, "black", ""),
    Status.NARROWLY_MISSED: (PURPLE, "black", ""),
    Status.AT_RISK: (ORANGE, "black", ""),
    Status.MISSED: (PLUM, "white", ""),
    Status.OFF_TRACK: (PLUM, "white", "///"),
    Status.NOT_ASSESSED: ("white", INK, ""),
}
"""The colour of each status in a chart, the ink on it, and its hatching; a symbol and a number always stand with it."""


class _Point(Protocol):
    """A point of a control chart, as ``methods.xmr`` gives it."""

    @property
    def at(self) -> date | Period: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def mean(self) -> Decimal | None: ...
    @property
    def lower(self) -> Decimal | None: ...
    @property
    def upper(self) -> Decimal | None: ...
    @property
    def signal(self) -> object: ...


class _ControlChart(Protocol):
    """A control chart, as ``methods.xmr`` gives it."""

    @property
    def points(self) -> Sequence[_Point]: ...


# A measure's way to its target


def _in_order(series: Figures) -> list[Observation]:
    given = series.values() if isinstance(series, Mapping) else series
    return sorted(given, key=lambda figure: (figure.period.end, figure.period.code))


def _number(figure: Observation, measure: Measure) -> Decimal | None:
    """The figure in the measure's unit; ``None`` where it is absent or was withdrawn."""
    if figure.value is None or figure.revision is Revision.WITHDRAWN:
        return None
    if figure.unit is None or measure.unit is None:
        return figure.value
    return figure.unit.convert(figure.value, measure.unit)


def _shown(number: Decimal, measure: Measure) -> str:
    return quantity(number, measure.unit, measure.digits)


def finding(evaluation: Evaluation, measure: Measure, target: Target | None) -> str:
    """Return the title of a chart: the figure, its status, and how far ahead or behind it is."""
    if evaluation.value is None or evaluation.observation is None:
        reason = "" if evaluation.reason is None else f": {phrase(evaluation.reason)}"
        return f"{LABEL[evaluation.status].capitalize()}{reason}"
    known = f"{_shown(evaluation.value, measure)} {_when(evaluation.observation.period)}"
    if evaluation.reason is not None:
        return f"{known}: {LABEL[evaluation.status]} ({phrase(evaluation.reason)})"
    if target is None or evaluation.verdict is None or evaluation.gap is None or evaluation.required is None:
        return f"{known}: {LABEL[evaluation.status]}"
    far = distance(target, measure, evaluation.verdict, evaluation.required, evaluation.gap, brief=False)
    if far.endswith(("ahead", "behind")):
        far += " of what was required" if far.endswith("ahead") else " what was required"
    return ", ".join(filter(None, (f"{known}: {LABEL[evaluation.status]}", far)))


def _when(period: Period) -> str:
    """When, as a sentence has it."""
    the = "the " if period.kind is PeriodKind.YEAR_ENDING else ""
    return f"{'on' if period.kind is PeriodKind.DAY else 'in'} {the}{period.label}"


@frozen
class _Way:
    """What was required, as it is drawn: a dashed line, and a band beside it."""

    line: tuple[tuple[int, Decimal], ...] = ()
    low: tuple[Decimal, ...] = ()
    high: tuple[Decimal, ...] = ()
    words: str = ""


def _required(evaluation: Evaluation, measure: Measure, target: Target | None, first: int, last: int) -> _Way:
    """What was required from the baseline to the due period, from the evaluation's own numbers."""
    if target is None or target.aim is None or isinstance(target.aim, Complete | Rank):
        return _Way()
    start = target.baseline.period.end.toordinal() if target.baseline is not None else first
    end = target.due.end.toordinal() if target.due is not None else last
    start, end = min(start, end), max(start, end)
    if isinstance(target.aim, StayBetween):
        low, high = (in_unit_of(measure, target, each) for each in (target.aim.low, target.aim.high))
        words = f"required {_shown(low, measure)} to {_shown(high, measure)}"
        return _Way(((start, low), (end, low)), (low, low), (high, high), words)
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
        line = ((evaluation.observation.period.end.toordinal() - 1, goal), (end, goal))
    low, high, tolerated = _tolerated(evaluation, measure, target, tuple(value for _, value in line))
    return _Way(line, low, high, f"required {_shown(goal, measure)}{tolerated}")


def _tolerated(
    evaluation: Evaluation, measure: Measure, target: Target, required: tuple[Decimal, ...]
) -> tuple[tuple[Decimal, ...], tuple[Decimal, ...], str]:
    """The band of what is near, on the side that the evaluation itself calls behind."""
    margin, gap = target.tolerance, evaluation.gap
    if margin is None or evaluation.policy != STANDARD.id or not gap or evaluation.value is None:
        return (), (), ""
    assert evaluation.required is not None, "what has a gap has a number required"
    behind = -1 if (evaluation.value > evaluation.required) == (gap > 0) else 1
    if margin.amount is not None:
        size = [in_unit_of(measure, target, margin.amount)] * len(required)
        words = f"{_shown(size[0], measure)} tolerated"
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
        series: The figures: what ``Observations.known`` gives, any observations of one series, or a ``Series``.
        measure: The measure; ``None`` where the series has it.
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
    measure = measure if measure is not None else getattr(series, "measure", None)
    if not isinstance(measure, Measure):
        raise InvalidTypeError("charts.trajectory: measure", measure, "a Measure, where the series does not have one")
    figures = _in_order(series)
    numbers = [(figure, _number(figure, measure)) for figure in figures]
    present = [(figure, value) for figure, value in numbers if value is not None]
    others = [
        (each.period.end.toordinal(), value)
        for each in _in_order(comparison)
        if (value := _number(each, measure)) is not None
    ]
    ends = [figure.period.end.toordinal() for figure in figures] or [evaluation.as_of.toordinal()]
    way = _required(evaluation, measure, target, ends[0], ends[-1])
    title = finding(evaluation, measure, target)
    place = (names or Names()).of(evaluation.area)
    unit = "" if measure.unit is None else f", {measure.unit.phrase('', singular=False).strip() or measure.unit.code}"
    with styled():
        ax = axes_for(ax, margins=(0.62, 1.75, 0.86, 0.95))
        span = [*ends, *(at for at, _ in way.line), *(at for at, _ in others)]
        _set_time(ax, min(span), max(span))
        _set_values(
            ax,
            measure,
            [
                *(value for _, value in present),
                *(value for _, value in others),
                *(value for _, value in way.line),
                *way.low,
                *way.high,
                *(each for figure, _ in present for each in (figure.lower, figure.upper) if each is not None),
            ],
        )
        _draw_required(ax, way)
        if others:
            ax.plot(*_floats(others), color=INK, linewidth=0.9, zorder=2)
        _draw_figures(ax, present, measure, evaluation.observation)
        absent = [(figure.period.end.toordinal(), figure) for figure, value in numbers if value is None]
        foot = ax.get_ylim()[0]
        ax.plot([at for at, _ in absent], [foot] * len(absent), "x", color=PLUM, clip_on=False, zorder=5)
        _label_ends(ax, present, others, way, measure, comparison_name)
        _label_events(ax, evaluation, measure, target)
        _label_periods(ax, [figure.period for figure in figures], target)
        notes = [
            "× " + "; ".join(f"{brief(figure.period.label)}: {_why_absent(figure)}" for _, figure in absent)
        ] * bool(absent)
        if any(figure.revision is Revision.PROVISIONAL for figure, _ in present):
            notes.append("Hollow: provisional.")
        notes += _sources(figures)
        below(ax, notes)
        said = "; ".join(f"{brief(figure.period.label)} {_shown(value, measure)}" for figure, value in present)
        told = [
            evaluation.explanation,
            f"Figures: {said}." if said else "",
            f"{way.words.capitalize()}." * bool(way.words),
        ]
        if others:
            told.append(f"{comparison_name or 'The comparison'}: {_shown(others[-1][1], measure)} last.")
        describe(
            ax,
            title,
            " ".join(filter(None, [*told, *notes[: bool(absent)]])),
            subtitle=f"{measure.title}, {place}{unit}",
        )
    return ax


def _why_absent(figure: Observation) -> str:
    if figure.revision is Revision.WITHDRAWN or figure.absence is None:
        return "withdrawn"
    return figure.absence.value.replace("_", " ")


def _sources(figures: Sequence[Observation]) -> list[str]:
    said = dict.fromkeys(figure.source for figure in figures if figure.source)
    return [f"Source: {'; '.join(said)}"] if said else []


def _floats(points: Iterable[tuple[int, Decimal]]) -> tuple[list[int], list[float]]:
    pairs = list(points)
    return [at for at, _ in pairs], [float(value) for _, value in pairs]


def _set_time(ax: "Axes", first: int, last: int) -> None:
    pad = max((last - first) * 0.1, 30)  # so much that half a period's label has room
    ax.set_xlim(first - pad, last + pad * 0.4)


def _set_values(ax: "Axes", measure: Measure, values: Sequence[Decimal]) -> None:
    low, high = (float(min(values)), float(max(values))) if values else (0.0, 1.0)
    pad = (high - low) * 0.14 or abs(high) * 0.1 or 1.0
    bottom = low - pad
    ax.set_ylim(0.0 if low >= 0 > bottom else bottom, high + pad)
    _tick_values(ax.yaxis, "%" if quantity(Decimal(0), measure.unit, 0) == "0%" else "")
    ax.grid(axis="y", color="#D9D9D9", linewidth=0.6, zorder=0)
    ax.set_axisbelow(True)


def _draw_required(ax: "Axes", way: _Way) -> None:
    if not way.line:
        return
    at, values = _floats(way.line)
    if way.low:
        ax.fill_between(
            at, [float(each) for each in way.low], [float(each) for each in way.high], color="#E3DBF1", zorder=1
        )
        ax.plot(at, [float(each) for each in way.high], color=PLUM, linewidth=0.6, linestyle=":", zorder=2)
        ax.plot(at, [float(each) for each in way.low], color=PLUM, linewidth=0.6, linestyle=":", zorder=2)
    ax.plot(at, values, color=PLUM, linewidth=1.4, linestyle=(0, (5, 3)), zorder=3)


def _draw_figures(
    ax: "Axes", present: Sequence[tuple[Observation, Decimal]], measure: Measure, deciding: Observation | None
) -> None:
    """The line, parted at breaks, and its points: hollow where they are provisional, ringed where one decided."""
    stretch: list[tuple[int, Decimal]] = []
    before: date | None = None
    for figure, value in present:
        if before is not None and any(before < each <= figure.period.end for each in measure.breaks):
            ax.plot(*_floats(stretch), color=BLUE, linewidth=2, zorder=4)
            stretch = []
        stretch.append((figure.period.end.toordinal(), value))
        before = figure.period.end
    ax.plot(*_floats(stretch), color=BLUE, linewidth=2, zorder=4)
    for figure, value in present:
        at = figure.period.end.toordinal()
        if figure.lower is not None and figure.upper is not None:
            ax.plot([at, at], [float(figure.lower), float(figure.upper)], color=BLUE, linewidth=1, marker="_", zorder=3)
        fill = "white" if figure.revision is Revision.PROVISIONAL else BLUE
        ax.plot([at], [float(value)], "o", color=BLUE, markerfacecolor=fill, markersize=5.5, zorder=5)
        if figure == deciding:
            ax.plot([at], [float(value)], "o", color=BLUE, markerfacecolor="none", markersize=10, zorder=5)


def _label_ends(
    ax: "Axes",
    present: Sequence[tuple[Observation, Decimal]],
    others: Sequence[tuple[int, Decimal]],
    way: _Way,
    measure: Measure,
    comparison_name: str,
) -> None:
    """The last of every line in words, to the right of it, moved apart where they would touch."""
    labels: list[tuple[Decimal, str, str, str]] = []
    if present:
        figure, value = present[-1]
        labels.append((value, f"{_shown(value, measure)}, {brief(figure.period.label)}", BLUE, "bold"))
    if way.line:
        labels.append((way.high[-1] if way.low else way.line[-1][1], way.words, PLUM, "normal"))
    if others:
        labels.append((others[-1][1], f"{comparison_name or 'others'} {_shown(others[-1][1], measure)}", INK, "normal"))
    low, high = ax.get_ylim()
    height = ax.get_position().height * ax.figure.get_size_inches()[1]
    wrapped = [textwrap.fill(words, 21, max_lines=3, placeholder=" …") for _, words, _, _ in labels]
    sizes = [(text.count("\n") + 1) * 0.165 / height for text in wrapped]
    places = spread([(float(value) - low) / (high - low) for value, *_ in labels], sizes)
    for (_, _, colour, weight), text, place in zip(labels, wrapped, places, strict=True):
        ax.text(1.015, place, text, transform=ax.transAxes, va="center", color=colour, fontweight=weight, gid="end")


def _label_events(ax: "Axes", evaluation: Evaluation, measure: Measure, target: Target | None) -> None:
    """Baseline, due period and breaks: a thin upright line each, with its name above the chart."""
    low, high = ax.get_xlim()
    inches = ax.get_position().width * ax.figure.get_size_inches()[0]
    events: list[tuple[int, str, str]] = []
    if target is not None and target.baseline is not None:
        value = f" {_shown(evaluation.baseline, measure)}" if evaluation.baseline is not None else ""
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
            height = ax.get_position().height * ax.figure.get_size_inches()[1]
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


def _label_periods(ax: "Axes", periods: Sequence[Period], target: Target | None) -> None:
    """The periods along the foot: as many, from the last, as stand apart."""
    due = [] if target is None or target.due is None else [target.due]
    by_end = {each.end.toordinal(): each for each in (*due, *periods)}
    low, high = ax.get_xlim()
    inches = ax.get_position().width * ax.figure.get_size_inches()[0]
    kept: list[tuple[int, str]] = []
    edge = float("inf")
    for at in sorted(by_end, reverse=True):
        label = _broken(brief(by_end[at].label))
        half = width_of(label) / 2
        centre = (at - low) / (high - low) * inches
        if centre + half + 0.08 <= edge:
            kept.append((at, label))
            edge = centre - half
    ax.set_xticks([at for at, _ in kept], [label for _, label in kept])


def _broken(label: str) -> str:
    """A long label on two lines."""
    return "\n".join(textwrap.wrap(label, max(11, (len(label) + 1) // 2 + 2))[:3])


def sparkline(series: Figures, *, measure: Measure, ax: "Axes | None" = None) -> "Axes":
    """Draw a series without axes or words, as small as a word in a table; the last figure has a point.

    Example:
        >>> measure = Measure(id="m", title="Places", unit="place")
        >>> series = [Observation(measure="m", period=f"CY{year}", area="x", value=year) for year in (2023, 2024)]
        >>> words_of(sparkline(series, measure=measure)).description
        'Places: 2023 2,023 places; 2024 2,024 places.'
    """
    present = [(each, value) for each in _in_order(series) if (value := _number(each, measure)) is not None]
    with styled():
        ax = axes_for(ax, 1.2, 0.3, margins=(0.04, 0.06, 0.04, 0.04))
        ax.set_axis_off()
        points = [(each.period.end.toordinal(), value) for each, value in present]
        ax.plot(*_floats(points), color=BLUE, linewidth=1.2)
        ax.plot(*_floats(points[-1:]), "o", color=BLUE, markersize=3)
    said = "; ".join(f"{brief(each.period.label)} {_shown(value, measure)}" for each, value in present)
    name_only(ax, measure.title, f"{measure.title}: {said or 'no figure'}.")
    return ax


# All places at once


def strip(
    values: Mapping[str, Decimal],
    area: str,
    *,
    measure: Measure,
    neighbours: Iterable[str] = (),
    period: Period | None = None,
    names: Names | None = None,
    ax: "Axes | None" = None,
) -> "Axes":
    """Draw every place of a sort along one line, with ours, our neighbours and the edges of the quarters.

    Args:
        values: Figures in the measure's unit, by the code of the place; our own among them.
        area: Our place.
        measure: The measure.
        neighbours: Places to compare with, such as statistical neighbours; those without a figure are left out.
        period: What the figures are for; ``None`` leaves it unsaid.
        names: What to call places; ``None`` for the register's names.
        ax: Axes to draw on; ``None`` for a figure of its own.

    Raises:
        InvalidValueError: Our place has no figure.

    Example:
        >>> measure = Measure(id="m", title="Plans on time", unit="percent", direction="increase")
        >>> values = {"E10000015": Decimal(56), "E10000016": Decimal(50), "E10000012": Decimal(61)}
        >>> words_of(strip(values, "E10000015", measure=measure)).title
        'Hertfordshire is place 2 of 3, at 56.0%'
    """
    if area not in values:
        raise InvalidValueError("charts.strip: area", area, "a place that has a figure")
    names = names or Names()
    own, ordered = values[area], sorted(values.values())
    place = ""
    if measure.direction is not None:
        place = f" is place {plain(place_among(measure, own, ordered), 0)} of {len(ordered)}, at"
    title = f"{names.of(area)}{place or ' is at'} {_shown(own, measure)}"
    quarters = [_at_share(ordered, Decimal(share)) for share in ("0.25", "0.5", "0.75")]
    near = {code: values[code] for code in neighbours if code in values and code != area}
    with styled():
        ax = axes_for(ax, 6.6, 2.3, margins=(0.3, 0.3, 0.75, 0.9))
        low, high = float(ordered[0]), float(ordered[-1])
        pad = (high - low) * 0.06 or 1.0
        ax.set_xlim(low - pad, high + pad)
        ax.set_ylim(0, 1)
        ax.set_yticks([])
        ax.spines["left"].set_visible(False)
        rest = [float(value) for code, value in values.items() if code != area and code not in near]
        ax.vlines(rest, 0.28, 0.52, color="#8C8C8C", linewidth=0.9)
        ax.vlines([float(each) for each in quarters], 0.05, 0.75, color=INK, linewidth=0.9, linestyle=":")
        ax.plot([float(each) for each in near.values()], [0.4] * len(near), "D", color=TEAL, markeredgecolor=INK)
        ax.plot([float(own)], [0.4], "o", color=BLUE, markersize=10, zorder=5)
        inches = ax.get_position().width * ax.figure.get_size_inches()[0]
        centre = (float(own) - low + pad) / (high - low + 2 * pad)
        half = width_of(names.of(area)) / 2 / inches
        ax.text(
            min(max(centre, half), 1 - half),
            0.82,
            names.of(area),
            transform=ax.transAxes,
            ha="center",
            va="bottom",
            color=BLUE,
            fontweight="bold",
            gid="own",
        )
        _tick_values(ax.xaxis)
        when = f", {period.label}" if period is not None else ""
        notes = ["Dotted: the edges of the quarters and the middle."]
        if near:
            notes.append(f"Diamonds: {', '.join(names.of(code) for code in near)}.")
        below(ax, notes, offset=0.36)
        told = f"{title}. From {_shown(ordered[0], measure)} to {_shown(ordered[-1], measure)}; the middle is"
        describe(
            ax, title, f"{told} {_shown(quarters[1], measure)}. {' '.join(notes)}", subtitle=f"{measure.title}{when}"
        )
    return ax


def _at_share(ordered: Sequence[Decimal], share: Decimal) -> Decimal:
    """The value below which a share of the places lies, between two where it falls between them.

    Source: the linear method that spreadsheets call inclusive quartiles.
    """
    position = share * (len(ordered) - 1)
    lower = int(position)
    upper = min(lower + 1, len(ordered) - 1)
    return ordered[lower] + (ordered[upper] - ordered[lower]) * (position - lower)


_LARGE = ((10**9, "bn"), (10**6, "m"), (10**5, "k"))  # from which size ticks are shortened; a thousand is not


def _tick_values(axis: "Axis", sign: str = "") -> None:
    """Ticks at round numbers, each written with the digits that it has."""
    from matplotlib.ticker import MaxNLocator

    low, high = sorted(axis.get_view_interval())
    places = MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    ticks = [float(each) for each in places if low <= each <= high]
    most = max(map(abs, ticks), default=0.0)
    size, letter = next((each for each in _LARGE if most >= each[0]), (1, ""))
    scale = 1000 if letter == "k" else size
    shown = [tick / scale for tick in ticks]
    digits = next((each for each in range(9) if all(abs(round(tick, each) - tick) < 1e-9 for tick in shown)), 9)
    axis.set_ticks(ticks, [plain(Decimal(repr(tick)), digits) + letter + sign for tick in shown])


# Many answers at once


def bees(card: Scorecard, *, ax: "Axes | None" = None) -> "Axes":
    """Draw how many measures of each outcome bee have which status, not assessed included.

    Example:
        >>> from outcome_bees import Observations, Plan, evaluate_plan
        >>> measure = Measure(id="m", title="M", unit="count", outcome_bees=["be-safe"])
        >>> plan = Plan(id="p", title="P", measures=[measure])
        >>> words_of(bees(evaluate_plan(plan, Observations(), as_of=date(2025, 12, 31), area="E10000015"))).title
        'None assessed (1 in all)'
    """
    names = bee_names(card.plan)
    rows = [(names[id], card.by_bee[id]) for id in names if id in card.by_bee]
    title = f"{card.overall}"
    with styled():
        ax = axes_for(ax, 6.6, 0.34 * max(len(rows), 1) + 1.75, margins=(1.5, 0.3, 0.72, 0.95))
        most = max((tally.total for _, tally in rows), default=1)
        ax.set_xlim(0, most * 1.01)
        ax.set_ylim(len(rows) - 0.5, -0.5)
        for row, (_, tally) in enumerate(rows):
            start = 0
            for status in STATUS_STYLE:
                number = tally.counts.get(status, 0)
                if number:
                    _status_bar(ax, row, start, number, status, most)
                    start += number
        ax.set_yticks(range(len(rows)), [textwrap.shorten(name, 22, placeholder=" …") for name, _ in rows])
        ax.xaxis.set_visible(False)
        ax.spines["left"].set_visible(False)
        ax.spines["bottom"].set_visible(False)
        used = [each for each in STATUS_STYLE if any(tally.counts.get(each) for _, tally in rows)]
        below(ax, [" · ".join(f"{SYMBOL[each]} {LABEL[each]}" for each in used)], offset=0.12)
        told = "; ".join(
            f"{name}: {', '.join(f'{number} {LABEL[status]}' for status, number in tally.counts.items())}"
            for name, tally in rows
        )
        describe(
            ax, title[:1].upper() + title[1:], f"Outcome bees. {told}.", subtitle="Measures by outcome bee and status"
        )
    return ax


def _status_bar(ax: "Axes", row: int, start: int, number: int, status: Status, most: int) -> None:
    fill, ink, hatch = STATUS_STYLE[status]
    edge = INK if status is Status.NOT_ASSESSED else "white"
    ax.barh(row, number, left=start, height=0.72, color=fill, edgecolor=edge, linewidth=1.2, hatch=hatch)
    inches = ax.get_position().width * ax.figure.get_size_inches()[0] * number / most
    words = f"{SYMBOL[status]} {number}"
    if width_of(words) > inches:
        words = str(number)
    box = {"facecolor": fill, "edgecolor": "none", "pad": 1.0} if hatch else None
    ax.text(start + number / 2, row, words, ha="center", va="center", color=ink, bbox=box, gid="count")


def history(cards: Iterable[Scorecard], *, ax: "Axes | None" = None) -> "Axes":
    """Draw the status of every measure on several days: one row a measure, one column a day.

    Args:
        cards: Scorecards of one plan, by other days of ``as_of``; they are put in order of the day.
        ax: Axes to draw on; ``None`` for a figure of its own.

    Raises:
        InvalidValueError: There is no card, or they are of several plans.
    """
    ordered = sorted(cards, key=lambda card: card.as_of)
    if not ordered or len({card.plan.id for card in ordered}) > 1:
        raise InvalidValueError(
            "charts.history", [card.plan.id for card in ordered], "at least one card, all of one plan"
        )
    last = ordered[-1]
    keys = [(each.measure, each.target) for each in last.evaluations]
    with styled():
        ax = axes_for(ax, max(4.6, 2.9 + 0.85 * len(ordered)), 0.24 * len(keys) + 1.6, margins=(2.75, 0.2, 0.5, 1.0))
        ax.set_xlim(-0.5, len(ordered) - 0.5)
        ax.set_ylim(len(keys) - 0.5, -0.5)
        moved = 0
        for column, card in enumerate(ordered):
            answers = {(each.measure, each.target): each for each in card.evaluations}
            for row, key in enumerate(keys):
                answer = answers.get(key)
                if answer is not None:
                    ax.text(
                        column,
                        row,
                        SYMBOL[answer.status],
                        ha="center",
                        va="center",
                        gid="status",
                        color=INK if answer.status is Status.NOT_ASSESSED else STATUS_STYLE[answer.status][0],
                    )
        if len(ordered) > 1:
            before = {(each.measure, each.target): each.status for each in ordered[-2].evaluations}
            moved = sum(
                before.get((each.measure, each.target), each.status) is not each.status for each in last.evaluations
            )
        labels = [textwrap.shorten(visible_title(last, measure), 40, placeholder=" …") for measure, _ in keys]
        ax.set_yticks(range(len(keys)), labels, fontsize=8)
        ax.set_xticks(range(len(ordered)), [_broken(brief(Period.day(card.as_of).label)) for card in ordered])
        used = [
            each
            for each in STATUS_STYLE
            if any(answer.status is each for card in ordered for answer in card.evaluations)
        ]
        below(ax, [" · ".join(f"{SYMBOL[each]} {LABEL[each]}" for each in used)])
        since = (
            f"{moved} of {len(keys)} statuses changed since {Period.day(ordered[-2].as_of).label}"
            if len(ordered) > 1
            else str(last.overall)
        )
        told = "; ".join(f"{visible_title(last, each.measure)}: {LABEL[each.status]}" for each in last.evaluations)
        describe(
            ax,
            since[:1].upper() + since[1:],
            f"{since}. On {Period.day(last.as_of).label}: {told}.",
            subtitle="Statuses as known on each day",
        )
    return ax


def visible_title(card: Scorecard, measure: str) -> str:
    """Return the title of a measure of a card, on one line."""
    return " ".join(card.plan.measure(measure).title.split())


# A control chart


_SIGNALS = {"improvement": ("^", BLUE), "concern": ("v", ORANGE), "neutral": ("D", PURPLE)}


def control_chart(
    chart: _ControlChart, *, measure: Measure | None = None, title: str = "", ax: "Axes | None" = None
) -> "Axes":
    """Draw a control chart as Making Data Count has it: mean, process limits, and what is special about a point.

    Args:
        chart: What ``methods.xmr`` gives.
        measure: The measure, for its unit; ``None`` for plain numbers.
        title: What the chart is of; empty leaves it unsaid.
        ax: Axes to draw on; ``None`` for a figure of its own.

    Returns:
        The axes. Special points have shapes of their own beside colours: upward for improvement, downward for
        concern, diamonds where neither way is better; all points are outlined. A gap is a gap.
    """
    points = list(chart.points)
    with styled():
        ax = axes_for(ax, margins=(0.62, 1.5, 0.86, 0.95))
        at = [_day_of(point.at) for point in points]
        known = [
            each for point in points for each in (point.value, point.lower, point.upper, point.mean) if each is not None
        ]
        _set_time(ax, min(at, default=0), max(at, default=1))
        shown = measure or Measure(id="points", title=title or "Points", unit="count", decimals=1)
        _set_values(ax, shown, known)
        for line, style in (
            (lambda point: point.mean, "-"),
            (lambda point: point.lower, (0, (4, 3))),
            (lambda point: point.upper, (0, (4, 3))),
        ):
            _steps(ax, at, [line(point) for point in points], style)
        run: list[tuple[int, Decimal]] = []
        for day, point in zip(at, points, strict=True):
            if point.value is None:
                ax.plot(*_floats(run), color=INK, linewidth=1, zorder=3)
                run = []
            else:
                run.append((day, point.value))
        ax.plot(*_floats(run), color=INK, linewidth=1, zorder=3)
        signals = []
        for day, point in zip(at, points, strict=True):
            if point.value is None:
                continue
            marker, colour = _marker(point.signal)
            if marker != "o":
                signals.append(f"{_label_of(point.at)} {_plainly(point.signal)}")
            ax.plot(
                [day], [float(point.value)], marker, color=colour, markeredgecolor="black", markersize=6.5, zorder=5
            )
        _label_limits(ax, points, shown)
        _label_periods(ax, [each.at if isinstance(each.at, Period) else Period.day(each.at) for each in points], None)
        variation, assurance = (_plainly(getattr(chart, each, None)) for each in ("variation", "assurance"))
        summary = "; ".join(
            filter(None, (f"variation: {variation}" * bool(variation), f"assurance: {assurance}" * bool(assurance)))
        )
        reason = getattr(chart, "reason", None)
        found = summary or (_plainly(reason) if reason else "no special cause")
        below(ax, ["▲ improvement · ▼ concern · ◆ special, neither way better · ● common cause"])
        named = f"{title}: {found}" if title else found[:1].upper() + found[1:]
        told = f"{named}. {len(points)} points. " + ("; ".join(signals) if signals else "No point is special") + "."
        describe(ax, named, told, subtitle=shown.title if measure else "")
    return ax


def _day_of(at: date | Period) -> int:
    return (at.end if isinstance(at, Period) else at).toordinal()


def _label_of(at: date | Period) -> str:
    return brief(at.label if isinstance(at, Period) else Period.day(at).label)


def _plainly(given: object) -> str:
    if given is None:
        return ""
    return str(getattr(given, "value", given)).replace("_", " ")


def _marker(signal: object) -> tuple[str, str]:
    said = _plainly(signal)
    return next((style for word, style in _SIGNALS.items() if word in said), ("o", "#A6A6A6"))


def _steps(ax: "Axes", at: Sequence[int], values: Sequence[Decimal | None], style: Any) -> None:
    """A line that is level within a segment and broken where the limits change."""
    run: list[tuple[int, Decimal]] = []
    for day, value in [*zip(at, values, strict=True), (0, None)]:
        if run and value != run[-1][1]:
            colour = GREY if style != "-" else INK
            ax.plot(*_floats(run), color=colour, linewidth=1.1, linestyle=style, zorder=2)
            run = []
        if value is not None:
            run.append((day, value))


def _label_limits(ax: "Axes", points: Sequence[_Point], measure: Measure) -> None:
    last = points[-1] if points else None
    labels = [
        (value, f"{words} {_shown(value, measure)}")
        for words, value in (
            ("upper limit", getattr(last, "upper", None)),
            ("mean", getattr(last, "mean", None)),
            ("lower limit", getattr(last, "lower", None)),
        )
        if value is not None
    ]
    low, high = ax.get_ylim()
    height = ax.get_position().height * ax.figure.get_size_inches()[1]
    wrapped = [textwrap.fill(words, 18, max_lines=2, placeholder=" …") for _, words in labels]
    sizes = [(text.count("\n") + 1) * 0.165 / height for text in wrapped]
    for text, place in zip(
        wrapped, spread([(float(value) - low) / (high - low) for value, _ in labels], sizes), strict=True
    ):
        ax.text(1.015, place, text, transform=ax.transAxes, va="center", color=INK, gid="end")
