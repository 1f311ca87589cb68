"""The control chart, as Making Data Count has it.

Source: NHS England, Making Data Count: which points are special, and that each sort has a colour. The shapes are ours.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from outcome_bees.evaluation.wording import published
from outcome_bees.methods.spc import ChartPoint, ControlChart, Signal
from outcome_bees.model.measure import Measure
from outcome_bees.periods import Period
from outcome_bees.presentation.words import brief
from outcome_bees.reports._axes import floats, label_ends, label_periods, set_time, set_values
from outcome_bees.reports._chart_words import SIGNAL_WORDS, chart_in_words
from outcome_bees.reports._drawing import BLUE, GREY, INK, ORANGE, PURPLE, axes_for, below, describe, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["control_chart"]


_SIGNALS = {
    Signal.IMPROVEMENT: ("^", BLUE),
    Signal.CONCERN: ("v", ORANGE),
    Signal.HIGH: ("D", PURPLE),
    Signal.LOW: ("D", PURPLE),
}
_STEADY = ("o", "#A6A6A6")


def control_chart(
    chart: ControlChart, *, measure: Measure | None = None, title: str = "", ax: "Axes | None" = None
) -> "Axes":
    """Draw a control chart as Making Data Count has it: mean, process limits, and what is special about a point.

    Args:
        chart: What ``methods.xmr`` gives.
        measure: The measure, for its unit; ``None`` for plain numbers.
        title: What the chart is of; empty leaves it out.
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
        set_time(ax, min(at, default=0), max(at, default=1))
        unit_of = measure or Measure(id="points", title=title or "Points", unit="count", decimals=1)
        set_values(ax, unit_of, known)
        _steps(ax, at, [point.mean for point in points], "-")
        _steps(ax, at, [point.lower for point in points], (0, (4, 3)))
        _steps(ax, at, [point.upper for point in points], (0, (4, 3)))
        run: list[tuple[int, Decimal]] = []
        for day, point in zip(at, points, strict=True):
            if point.value is None:
                ax.plot(*floats(run), color=INK, linewidth=1, zorder=3)
                run = []
            else:
                run.append((day, point.value))
        ax.plot(*floats(run), color=INK, linewidth=1, zorder=3)
        signals = []
        for day, point in zip(at, points, strict=True):
            if point.value is None:
                continue
            marker, colour = _STEADY if point.signal is None else _SIGNALS.get(point.signal, _STEADY)
            if point.signal is not None and point.signal in _SIGNALS:
                signals.append(f"{_label_of(point.at)} {SIGNAL_WORDS[point.signal]}")
            ax.plot(
                [day], [float(point.value)], marker, color=colour, markeredgecolor="black", markersize=6.5, zorder=5
            )
        _label_limits(ax, points, unit_of)
        foot = label_periods(
            ax, [each.at if isinstance(each.at, Period) else Period.day(each.at) for each in points], None
        )
        found = chart_in_words(chart)
        below(ax, ["▲ improvement · ▼ concern · ◆ special, neither way better · ● common cause"], offset=foot)
        named = f"{title}: {found}" if title else found[:1].upper() + found[1:]
        description = (
            f"{named}. {len(points)} points. " + ("; ".join(signals) if signals else "No point is special") + "."
        )
        of = measure.title if measure else title if len(named) > 120 else ""
        describe(ax, named, description, subtitle=of, heading=found[:1].upper() + found[1:])
    return ax


def _day_of(at: date | Period) -> int:
    return (at.end if isinstance(at, Period) else at).toordinal()


def _label_of(at: date | Period) -> str:
    return brief(at.label if isinstance(at, Period) else Period.day(at).label)


def _steps(ax: "Axes", at: Sequence[int], values: Sequence[Decimal | None], style: Any) -> None:
    """Draw a line that is level within a segment and broken where the limits change."""
    run: list[tuple[int, Decimal]] = []
    for day, value in [*zip(at, values, strict=True), (0, None)]:
        if run and value != run[-1][1]:
            colour = GREY if style != "-" else INK
            ax.plot(*floats(run), color=colour, linewidth=1.1, linestyle=style, zorder=2)
            run = []
        if value is not None:
            run.append((day, value))


def _label_limits(ax: "Axes", points: Sequence[ChartPoint], measure: Measure) -> None:
    last = points[-1] if points else None
    label_ends(
        ax,
        [
            (value, f"{words} {published(value, measure)}", INK, "normal")
            for words, value in (
                ("upper limit", getattr(last, "upper", None)),
                ("mean", getattr(last, "mean", None)),
                ("lower limit", getattr(last, "lower", None)),
            )
            if value is not None
        ],
    )
