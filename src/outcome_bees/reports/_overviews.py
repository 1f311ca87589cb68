"""The charts of many at once: every place, every outcome bee, every day."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from outcome_bees.areas import Names
from outcome_bees.errors import InvalidValueError
from outcome_bees.evaluation.rules import place_among
from outcome_bees.evaluation.scorecard import Scorecard
from outcome_bees.evaluation.wording import published
from outcome_bees.model.measure import Measure
from outcome_bees.periods import Period
from outcome_bees.presentation.numbers import plain
from outcome_bees.presentation.words import LABEL, SYMBOL, brief
from outcome_bees.reports._axes import broken, sign_of, tick_values, unit_of
from outcome_bees.reports._drawing import (
    BLUE,
    INK,
    ORANGE,
    PLUM,
    PURPLE,
    TEAL,
    axes_for,
    below,
    describe,
    figure_of,
    new_axes,
    size_of,
    styled,
    width_of,
)
from outcome_bees.reports.answers import bee_names
from outcome_bees.vocabulary import Status

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["STATUS_STYLE", "bees", "history", "narrow_bees", "strip"]

STATUS_STYLE: dict[Status, tuple[str, str, str]] = {
    Status.ACHIEVED: (BLUE, "white", ""),
    Status.ON_TRACK: (TEAL, "black", ""),
    Status.NARROWLY_MISSED: (PURPLE, "black", ""),
    Status.AT_RISK: (ORANGE, "black", ""),
    Status.MISSED: (PLUM, "white", ""),
    Status.OFF_TRACK: (PLUM, "white", "///"),
    Status.NOT_ASSESSED: ("white", INK, ""),
}
"""The colour of each status in a chart, the ink on it, and its hatching; a symbol and a number always go with it."""


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
        period: What the figures are for; ``None`` leaves it out.
        names: What to call places; ``None`` for the register's names.
        ax: Axes to draw on; ``None`` for a figure of its own.

    Raises:
        InvalidValueError: Our place has no figure.

    Example:
        >>> from outcome_bees.reports import charts
        >>> measure = Measure(id="m", title="Plans on time", unit="percent", direction="increase")
        >>> values = {"E10000015": Decimal(56), "E10000016": Decimal(50), "E10000012": Decimal(61)}
        >>> charts.words_of(strip(values, "E10000015", measure=measure)).title
        'Hertfordshire is place 2 of 3, at 56.0%'
    """
    if area not in values:
        raise InvalidValueError("charts.strip: area", area, "a place that has a figure")
    names = names or Names()
    own, ordered = values[area], sorted(values.values())
    place = ""
    if measure.direction is not None:
        place = f" is place {plain(place_among(measure, own, ordered), 0)} of {len(ordered)}, at"
    title = f"{names.of(area)}{place or ' is at'} {published(own, measure)}"
    quarters = [_at_share(ordered, Decimal(share)) for share in ("0.25", "0.5", "0.75")]
    near = {code: values[code] for code in neighbours if code in values and code != area}
    with styled():
        ax = axes_for(ax, 6.6, 2.3, margins=(0.3, 0.3, 0.75, 0.9))
        low, high = float(ordered[0]), float(ordered[-1])
        pad = (high - low) * 0.06 or abs(high) * 0.1 or 1.0
        ax.set_xlim(low - pad, high + pad)
        ax.set_ylim(0, 1)
        ax.set_yticks([])
        ax.spines["left"].set_visible(False)
        rest = [float(value) for code, value in values.items() if code != area and code not in near]
        ax.vlines(rest, 0.28, 0.52, color="#8C8C8C", linewidth=0.9)
        ax.vlines([float(each) for each in quarters], 0.05, 0.75, color=INK, linewidth=0.9, linestyle=":")
        ax.plot([float(each) for each in near.values()], [0.4] * len(near), "D", color=TEAL, markeredgecolor=INK)
        ax.plot([float(own)], [0.4], "o", color=BLUE, markersize=10, zorder=5)
        inches = size_of(ax)[0]
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
        tick_values(ax.xaxis, sign_of(measure), whole=not measure.digits and high - low + 2 * pad >= 1)
        when = f", {period.label}" if period is not None else ""
        notes = ["Dotted: the edges of the quarters and the middle."]
        if near:
            notes.append(f"Diamonds: {', '.join(names.of(code) for code in near)}.")
        below(ax, notes, offset=0.36)
        description = (
            f"{title}. From {published(ordered[0], measure)} to {published(ordered[-1], measure)}; the middle is"
        )
        describe(
            ax,
            title,
            f"{description} {published(quarters[1], measure)}. {' '.join(notes)}",
            subtitle=measure.title,
            after=f"{when}{unit_of(measure)}",
        )
    return ax


def _at_share(ordered: Sequence[Decimal], share: Decimal) -> Decimal:
    """Return the value below which a share of the places lies, between two where it falls between them.

    Source: the linear method that spreadsheets call inclusive quartiles.
    """
    position = share * (len(ordered) - 1)
    lower = int(position)
    upper = min(lower + 1, len(ordered) - 1)
    return ordered[lower] + (ordered[upper] - ordered[lower]) * (position - lower)


def bees(card: Scorecard, *, ax: "Axes | None" = None) -> "Axes":
    """Draw how many measures of each outcome bee have which status, not assessed included.

    Example:
        >>> from datetime import date
        >>> from outcome_bees import Observations, Plan, evaluate_plan
        >>> from outcome_bees.reports import charts
        >>> measure = Measure(id="m", title="M", unit="count", outcome_bees=["be-safe"])
        >>> plan = Plan(id="p", title="P", measures=[measure])
        >>> charts.words_of(bees(evaluate_plan(plan, Observations(), as_of=date(2025, 12, 31), area="E10000015"))).title
        'None assessed (1 in all)'
    """
    names = bee_names(card.plan)
    rows = [(names[id], card.by_bee[id]) for id in names if id in card.by_bee]
    title = f"{card.overall}"
    with styled():
        ax = axes_for(ax, 6.6, 0.34 * max(len(rows), 1) + 1.75, margins=(1.5, 0.3, 0.72, 0.95))
        most = max((tally.total for _, tally in rows), default=1)
        ax.set_xlim(0, most * 1.01)
        ax.set_ylim(max(len(rows), 1) - 0.5, -0.5)
        for row, (_, tally) in enumerate(rows):
            start = 0
            for status in STATUS_STYLE:
                number = tally.counts.get(status, 0)
                if number:
                    _status_bar(ax, row, start, number, status, most)
                    start += number
        room = figure_of(ax).get_size_inches()[0] * ax.get_position().x0 - 0.08
        fits = max(int(room / width_of("m") * 1.2), 10)
        ax.set_yticks(range(len(rows)), [textwrap.shorten(name, fits, placeholder=" …") for name, _ in rows])
        ax.xaxis.set_visible(False)
        ax.spines["left"].set_visible(False)
        ax.spines["bottom"].set_visible(False)
        used = [each for each in STATUS_STYLE if any(tally.counts.get(each) for _, tally in rows)]
        below(ax, [" · ".join(f"{SYMBOL[each]} {LABEL[each]}" for each in used)], offset=0.12)
        description = "; ".join(
            f"{name}: {', '.join(f'{number} {LABEL[status]}' for status, number in tally.counts.items())}"
            for name, tally in rows
        )
        describe(
            ax,
            title[:1].upper() + title[1:],
            f"Outcome bees. {description}.",
            subtitle="Measures by outcome bee and status",
        )
    return ax


def narrow_bees(card: Scorecard) -> "Axes":
    """Draw the same, as wide as a telephone."""
    return bees(card, ax=new_axes(3.4, 0.34 * max(len(card.by_bee), 1) + 1.75, (1.32, 0.12, 0.72, 0.95)))


def _status_bar(ax: "Axes", row: int, start: int, number: int, status: Status, most: int) -> None:
    fill, ink, hatch = STATUS_STYLE[status]
    edge = INK if status is Status.NOT_ASSESSED else "white"
    ax.barh(row, number, left=start, height=0.72, color=fill, edgecolor=edge, linewidth=1.2, hatch=hatch)
    inches = size_of(ax)[0] * number / most
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
        ax.set_xticks(range(len(ordered)), [broken(brief(Period.day(card.as_of).label)) for card in ordered])
        used = [
            each
            for each in STATUS_STYLE
            if any(answer.status is each for card in ordered for answer in card.evaluations)
        ]
        lines = max(broken(brief(Period.day(card.as_of).label)).count("\n") for card in ordered) + 1
        below(ax, [" · ".join(f"{SYMBOL[each]} {LABEL[each]}" for each in used)], offset=0.27 + 0.15 * lines)
        since = (
            f"{moved} of {len(keys)} statuses changed since {Period.day(ordered[-2].as_of).label}"
            if len(ordered) > 1
            else str(last.overall)
        )
        description = "; ".join(
            f"{visible_title(last, each.measure)}: {LABEL[each.status]}" for each in last.evaluations
        )
        describe(
            ax,
            since[:1].upper() + since[1:],
            f"{since}. On {Period.day(last.as_of).label}: {description}.",
            subtitle="Statuses as known on each day",
        )
    return ax


def visible_title(card: Scorecard, measure: str) -> str:
    """Return the title of a measure of a card, on one line."""
    return " ".join(card.plan.measure(measure).title.split())
