"""The axes of a chart: time along the foot, round numbers up the side, and the ends of lines in words."""

import textwrap
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from outcome_bees.model.measure import Measure
from outcome_bees.model.target import Target
from outcome_bees.periods import Period
from outcome_bees.presentation.numbers import plain, quantity
from outcome_bees.presentation.words import brief
from outcome_bees.reports._drawing import figure_of, make_room_left, size_of, spread, width_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

__all__ = [
    "broken",
    "floats",
    "label_ends",
    "label_periods",
    "set_time",
    "set_values",
    "sign_of",
    "tick_values",
]


def label_ends(ax: "Axes", labels: Sequence[tuple[Decimal, str, str, str]]) -> None:
    """Write the last of every line in words, to the right of it, moved apart where they would touch.

    Args:
        ax: The axes, whose limits are set.
        labels: For each line its last value, the words, their colour and their weight.
    """
    low, high = ax.get_ylim()
    height = size_of(ax)[1]
    room = figure_of(ax).get_size_inches()[0] * (1 - ax.get_position().x1)
    width = min(max(int((room - 0.06) / width_of("m")), 12), 21)
    wrapped = [
        textwrap.fill(words, width - 3 * (weight == "bold"), max_lines=3, placeholder=" …")
        for _, words, _, weight in labels
    ]
    sizes = [(text.count("\n") + 1) * 0.165 / height for text in wrapped]
    places = spread([(float(value) - low) / (high - low) for value, *_ in labels], sizes)
    for (_, _, colour, weight), text, place in zip(labels, wrapped, places, strict=True):
        ax.text(1.015, place, text, transform=ax.transAxes, va="center", color=colour, fontweight=weight, gid="end")


def floats(points: Iterable[tuple[int, Decimal]]) -> tuple[list[int], list[float]]:
    pairs = list(points)
    return [at for at, _ in pairs], [float(value) for _, value in pairs]


def set_time(ax: "Axes", first: int, last: int) -> None:
    pad = max((last - first) * 0.1, 30)  # so much that half a period's label has room
    ax.set_xlim(first - pad, last + pad * 0.4)


def set_values(ax: "Axes", measure: Measure, values: Sequence[Decimal]) -> None:
    low, high = (float(min(values)), float(max(values))) if values else (0.0, 1.0)
    pad = (high - low) * 0.14 or abs(high) * 0.1 or 1.0
    bottom = low - pad
    ax.set_ylim(0.0 if low >= 0 > bottom else bottom, high + pad)
    tick_values(ax.yaxis, sign_of(measure), whole=not measure.digits and high - low + 2 * pad >= 1)
    if not values:
        ax.set_yticks([])  # of nothing there is no scale
    make_room_left(ax, [each.get_text() for each in ax.get_yticklabels()])
    ax.grid(axis="y", color="#D9D9D9", linewidth=0.6, zorder=0)
    ax.set_axisbelow(True)


_LARGE = ((10**9, "bn"), (10**6, "m"), (10**5, "k"))  # from which size ticks are shortened; a thousand is not


def sign_of(measure: Measure) -> str:
    """Return what is written after each number of an axis: the sign of per cent, or nothing."""
    return "%" if quantity(Decimal(0), measure.unit, 0) == "0%" else ""


def unit_of(measure: Measure) -> str:
    """Return the unit as it follows a title; empty where there is none."""
    return "" if measure.unit is None else f", {measure.unit.phrase('', singular=False).strip() or measure.unit.code}"


def tick_values(axis: "Axis", sign: str = "", *, whole: bool = False) -> None:
    """Ticks at round numbers, each written with the digits that it has; ``whole`` for what cannot be parted."""
    from matplotlib.ticker import MaxNLocator

    low, high = sorted(axis.get_view_interval())
    places = MaxNLocator(5, steps=[1, 2, 2.5, 5, 10], integer=whole).tick_values(low, high)
    ticks = [float(each) for each in places if low <= each <= high]
    most = max(map(abs, ticks), default=0.0)
    size, letter = next((each for each in _LARGE if most >= each[0]), (1, ""))
    scale = 1000 if letter == "k" else size
    scaled = [tick / scale for tick in ticks]
    digits = next((each for each in range(9) if all(abs(round(tick, each) - tick) < 1e-9 for tick in scaled)), 9)
    axis.set_ticks(
        ticks,
        [
            plain(Decimal(repr(tick)), digits if tick or not letter else 0) + letter * bool(tick) + sign
            for tick in scaled
        ],
    )


def label_periods(ax: "Axes", periods: Sequence[Period], target: Target | None) -> float:
    """Draw the periods along the foot: as many, from the last, as have room; return how far down they reach."""
    due = [] if target is None or target.due is None else [target.due]
    by_end = {each.end.toordinal(): each for each in (*due, *periods)}
    low, high = ax.get_xlim()
    inches = size_of(ax)[0]
    kept: list[tuple[int, str]] = []
    edge = float("inf")
    for at in sorted(by_end, reverse=True):
        label = broken(brief(by_end[at].label))
        half = width_of(label) / 2
        centre = (at - low) / (high - low) * inches
        if centre + half + 0.08 <= edge:
            kept.append((at, label))
            edge = centre - half
    ax.set_xticks([at for at, _ in kept], [label for _, label in kept])
    return 0.27 + 0.15 * max((label.count("\n") + 1 for _, label in kept), default=0)


def broken(label: str) -> str:
    """Draw a long label on two lines."""
    return "\n".join(textwrap.wrap(label, max(11, (len(label) + 1) // 2 + 2))[:3])
