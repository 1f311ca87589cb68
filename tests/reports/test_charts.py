"""Charts say what they show, in shapes as well as colours, the same bytes twice, and no label lies on another."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

pytest.importorskip("matplotlib", reason="the extra 'report' is not installed")

from attrs import evolve
from hypothesis import HealthCheck, given, settings, strategies as st
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from outcome_bees import (
    Baseline,
    Beat,
    Comparator,
    Evaluation,
    Improve,
    Linear,
    Margin,
    Measure,
    Observation,
    Observations,
    Period,
    Plan,
    Profile,
    Reach,
    Scorecard,
    StayBetween,
    Target,
    areas,
    evaluate,
    evaluate_plan,
    methods,
    testing,
)
from outcome_bees.errors import AmbiguousObservationError, InvalidTypeError, InvalidValueError
from outcome_bees.reports import charts
from outcome_bees.reports._drawing import BLUE, new_axes, overlapping, rows_without_overlap, spread
from outcome_bees.reports._overviews import narrow_bees
from outcome_bees.reports.contents import contents_of

HERE = "E10000015"
SVG = "{http://www.w3.org/2000/svg}"


def drawn(
    aim: Any, values: dict[str, Any], *, measure: dict[str, Any] | None = None, **rest: Any
) -> tuple[Axes, Evaluation]:
    what = Measure(
        **{"id": "m", "title": "Plans in time", "unit": "percent", "direction": "increase", **(measure or {})}
    )
    due, ax = rest.pop("due", "CY2025"), rest.pop("ax", None)
    target = Target(id="t", measure="m", aim=aim, due=due, **rest)
    figures = [
        Observation(measure="m", period=period, area=HERE, **(value if isinstance(value, dict) else {"value": value}))
        for period, value in values.items()
    ]
    answer = evaluate(target, measure=what, observations=figures, as_of=date(2026, 6, 1), area=HERE)
    return charts.trajectory(answer, figures, measure=what, target=target, ax=ax), answer


def texts(ax: Axes, gid: str) -> list[str]:
    from matplotlib.text import Text

    return [each.get_text() for each in ax.findobj(Text) if each.get_gid() == gid]


def xs(line: Any) -> list[float]:
    return [float(each) for each in line.get_xdata()]


def ys(line: Any) -> list[float]:
    return [float(each) for each in line.get_ydata()]


# What a chart says


def test_the_title_is_the_finding_and_the_ends_of_lines_are_in_words() -> None:
    ax, _ = drawn(Reach(50), {"CY2023": 40, "CY2024": 45, "CY2025": 56.3})
    assert charts.words_of(ax).title == "56.3% in 2025: achieved, 6.3 percentage points ahead of what was required"
    assert [each.replace("\n", " ") for each in texts(ax, "end")] == ["56.3%, 2025", "required 50.0%"]
    assert ax.get_legend() is None


def test_the_description_holds_the_sentence_and_every_figure() -> None:
    ax, answer = drawn(Reach(50), {"CY2024": 45, "CY2025": 56.3})
    description = charts.words_of(ax).description
    assert answer.explanation in description
    assert "2024 45.0%; 2025 56.3%" in description


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({"CY2025": 40}, "40.0% in 2025: missed, 10.0 percentage points behind what was required"),
        ({"CY2025": 50}, "50.0% in 2025: achieved, exactly on it"),
        ({"CY2025": {"absence": "suppressed"}}, "Not assessed: suppressed"),
        ({"CY2024": 40}, "40.0% in 2024: not assessed (overdue)"),
    ],
)
def test_the_finding_of_every_sort_of_answer(values: dict[str, Any], title: str) -> None:
    assert charts.words_of(drawn(Reach(50), values)[0]).title == title


def test_what_was_required_is_dashed_and_goes_from_the_baseline_to_the_due_period() -> None:
    ax, _ = drawn(
        Reach(60), {"CY2022": 40, "CY2024": 52}, due="CY2026", baseline=Baseline(period="CY2022"), trajectory=Linear()
    )
    dashed = [line for line in ax.lines if line.is_dashed() and len(xs(line)) == 2 and line.get_linewidth() > 1.2]
    assert [ys(line) for line in dashed] == [[40.0, 60.0]]
    assert "baseline 40.0%" in texts(ax, "event")
    assert "due" in texts(ax, "event")


def test_a_profile_is_drawn_step_by_step() -> None:
    profile = Profile({Period.parse("CY2023"): 30, Period.parse("CY2024"): 45})
    ax, _ = drawn(Reach(60), {"CY2024": 46}, trajectory=profile)
    assert any(ys(line) == [30.0, 45.0, 60.0] for line in ax.lines)


def test_the_tolerance_is_a_band_on_the_side_that_is_behind() -> None:
    ax, _ = drawn(Reach(95), {"CY2025": 92}, tolerance=Margin(amount=5))
    (band,) = ax.collections
    low, high = band.get_datalim(ax.transData).intervaly
    assert (low, high) == (90, 95)
    lower, _ = drawn(Reach(10), {"CY2025": 11}, tolerance=Margin(percent=20), measure={"direction": "decrease"})
    (band,) = lower.collections
    assert tuple(band.get_datalim(lower.transData).intervaly) == (10, 12)


def test_a_band_to_stay_in_is_drawn_whole() -> None:
    ax, _ = drawn(StayBetween(40, 60), {"CY2025": 50}, measure={"direction": "maintain"})
    (band,) = ax.collections
    assert tuple(band.get_datalim(ax.transData).intervaly) == (40, 60)


def test_a_break_parts_the_line_and_provisional_figures_are_hollow() -> None:
    values = {"CY2023": 40, "CY2024": 42, "CY2025": {"value": 60, "revision": "provisional"}}
    ax, _ = drawn(Reach(50), values, measure={"breaks": [date(2025, 3, 1)]})
    parts = [len(xs(line)) for line in ax.lines if line.get_linewidth() == 2 and line.get_marker() == "None"]
    assert parts == [2, 1]
    assert "series break" in texts(ax, "event")
    fills = [line.get_markerfacecolor() for line in ax.lines if line.get_marker() == "o" and line.get_markersize() < 6]
    assert fills == [BLUE, BLUE, "white"]
    assert "Hollow: provisional." in texts(ax, "notes")[0]


def test_an_absent_figure_is_a_cross_with_its_reason() -> None:
    ax, _ = drawn(Reach(50), {"CY2023": 40, "CY2024": {"absence": "suppressed"}, "CY2025": 60})
    assert [len(xs(line)) for line in ax.lines if line.get_marker() == "x"] == [1]
    assert "× 2024: suppressed" in texts(ax, "notes")[0]


def test_published_intervals_are_whiskers() -> None:
    ax, _ = drawn(Reach(50), {"CY2025": {"value": 60, "lower": 55, "upper": 66}})
    assert any(ys(line) == [55.0, 66.0] for line in ax.lines)


def test_a_comparator_is_a_thin_line_with_its_name() -> None:
    measure = Measure(id="m", title="Rate", unit="per_10000", direction="decrease")
    target = Target(id="t", measure="m", aim=Beat("england"), due="2025-03-31")
    figures = Observations(
        Observation(measure="m", period=f"{year}-03-31", area=area, value=value)
        for area, values in ((HERE, (20, 18)), ("E92000001", (40, 41)))
        for year, value in zip((2024, 2025), values, strict=True)
    )
    england = Comparator(id="england", title="England", areas=["E92000001"])
    answer = evaluate(
        target, measure=measure, observations=figures, as_of=date(2025, 12, 31), area=HERE, comparators=[england]
    )
    known, others = (figures.known("m", each, as_of=answer.as_of) for each in (HERE, "E92000001"))
    ax = charts.trajectory(answer, known, measure=measure, target=target, comparison=others, comparison_name="England")
    assert any("England 41.0" in each for each in texts(ax, "end"))


def test_the_y_axis_grows_with_the_value() -> None:
    ax, _ = drawn(Reach(50), {"CY2023": 10, "CY2024": -5, "CY2025": 90})
    low, high = ax.get_ylim()
    assert low < -5 < 90 < high


def test_the_users_own_axes_are_drawn_on_and_given_back() -> None:
    figure = Figure()
    own = figure.add_subplot()
    measure = Measure(id="m", title="M", unit="count")
    assert (
        charts.sparkline([Observation(measure="m", period="CY2024", area="x", value=1)], measure=measure, ax=own) is own
    )


def test_a_chart_needs_a_measure_and_foreign_axes_a_title(card: Scorecard) -> None:
    with pytest.raises(InvalidTypeError, match="a Measure"):
        charts.trajectory(card.evaluations[0], [])
    with pytest.raises(InvalidValueError, match="axes with a title"):
        charts.svg(Figure().add_subplot())


# Other charts


def test_bees_are_stacked_with_counts_not_assessed_included(card: Scorecard) -> None:
    ax = charts.bees(card)
    bars: list[Any] = list(ax.patches)
    counted = sum(tally.total for tally in card.by_bee.values())
    assert sum(float(bar.get_width()) for bar in bars) == counted
    assert "Be Safe: 1 missed, 8 not assessed" in charts.words_of(ax).description
    assert overlapping(ax) == []


def test_a_strip_names_our_place_and_our_neighbours() -> None:
    measure = Measure(id="m", title="Plans in time", unit="percent", direction="decrease")
    values = {f"E0900000{i}": Decimal(i) for i in range(1, 10)} | {HERE: Decimal("3.5")}
    ax = charts.strip(values, HERE, measure=measure, neighbours=["E09000006", "E99999999"])
    assert charts.words_of(ax).title == "Hertfordshire is place 4 of 10, at 3.5%"
    assert "Diamonds: Bromley." in charts.words_of(ax).description
    with pytest.raises(InvalidValueError, match="a place that has a figure"):
        charts.strip(values, "E10000016", measure=measure)


def test_without_a_direction_a_strip_gives_no_place() -> None:
    measure = Measure(id="m", title="Rate", unit="percent")
    assert charts.words_of(charts.strip({HERE: Decimal(3)}, HERE, measure=measure)).title == "Hertfordshire is at 3.0%"


def test_history_says_what_changed(card_of: Callable[..., Scorecard]) -> None:
    ax = charts.history([card_of(2025), card_of(2023), card_of(2024)])
    assert charts.words_of(ax).title == "13 of 50 statuses changed since 31 December 2024"
    assert overlapping(ax) == []
    with pytest.raises(InvalidValueError, match="at least one card"):
        charts.history([])


def waits(*values: int | None) -> Axes:
    """Draw the control chart of a measure whose figures are better the lower they are, held against a target of 40."""
    months = [Period.month(2023 + number // 12, number % 12 + 1) for number in range(len(values))]
    found = methods.xmr(list(zip(months, values, strict=True)), direction="decrease", target=40)
    return charts.control_chart(found, title="Waits")


def test_a_control_chart_has_shapes_beside_colours_and_leaves_gaps() -> None:
    ax = waits(50, 52, 49, 51, 50, None, 48, 50, 51, 49, 52, 50, 70, 30, 50)
    markers = [line.get_marker() for line in ax.lines if line.get_markeredgecolor() == "black"]
    assert markers == ["o"] * 11 + ["v", "^", "o"]
    assert charts.words_of(ax).title == "Waits: steady; meets its target by chance"
    assert [each.replace("\n", " ").rpartition(" ")[0] for each in texts(ax, "end")] == [
        "upper limit",
        "mean",
        "lower limit",
    ]
    runs = [len(xs(line)) for line in ax.lines if line.get_linewidth() == 1 and line.get_marker() == "None"]
    assert runs == [5, 9]
    assert overlapping(ax) == []


def test_a_control_chart_says_in_its_title_that_there_is_too_little_to_judge_by() -> None:
    assert charts.words_of(waits()).title == "Waits: there is no figure"


# As files


@pytest.fixture(scope="module")
def one() -> Axes:
    return drawn(Reach(50), {"CY2024": 40, "CY2025": 56.3})[0]


def test_an_svg_is_an_image_with_a_name_and_a_description_and_no_script(one: Axes) -> None:
    root = ET.fromstring(charts.svg(one))
    assert root.get("role") == "img"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert title.text
    assert desc.text
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    assert {title.get("id"), desc.get("id")} == set((root.get("aria-labelledby") or "").split())
    names = {each.tag.removeprefix(SVG) for each in root.iter()}
    assert not names & {"script", "style", "image", "foreignObject"}
    assert not any(each.get("style") or any(name.startswith("on") for name in each.attrib) for each in root.iter())


def test_every_reference_in_an_svg_leads_to_an_id_in_it(one: Axes) -> None:
    root = ET.fromstring(charts.svg(one))
    ids = {each.get("id") for each in root.iter()}
    links = [value for each in root.iter() for name, value in each.attrib.items() if name.endswith("href")]
    links += [value[4:-1] for each in root.iter() for value in each.attrib.values() if value.startswith("url(")]
    assert links
    assert all(link.startswith("#") and link[1:] in ids for link in links)


def test_two_charts_share_no_id(one: Axes) -> None:
    other = drawn(Reach(50), {"CY2024": 41, "CY2025": 56.3})[0]
    first, second = ({each.get("id") for each in ET.fromstring(charts.svg(ax)).iter()} - {None} for ax in (one, other))
    assert not first & second


def test_the_same_chart_is_the_same_bytes(one: Axes) -> None:
    again = drawn(Reach(50), {"CY2024": 40, "CY2025": 56.3})[0]
    assert charts.svg(one) == charts.svg(again)
    assert charts.png(one) == charts.png(again)
    assert charts.png(one).startswith(b"\x89PNG")


def test_a_chart_shows_itself_in_a_notebook(one: Axes) -> None:
    assert one._repr_html_() == charts.svg(one)  # type: ignore[attr-defined]


def test_hostile_titles_stay_text() -> None:
    ax, _ = drawn(Reach(50), {"CY2025": 56.3}, measure={"title": "<script>alert(1)</script> $x_2$ \u202e & 漢字 " * 9})
    root = ET.fromstring(charts.svg(ax))
    assert not [each for each in root.iter() if each.tag.endswith("script")]


# Where labels go


@given(st.lists(st.floats(-0.5, 1.5), min_size=1, max_size=4), st.floats(0.02, 0.2))
def test_labels_are_moved_apart_and_kept_in_their_order(wanted: list[float], height: float) -> None:
    placed = spread(wanted, [height] * len(wanted))
    ordered = sorted(placed)
    assert all(other - one >= height - 1e-9 for one, other in pairwise(ordered))
    assert [placed[index] for index in sorted(range(len(wanted)), key=lambda i: (wanted[i], i))] == ordered


@given(st.lists(st.tuples(st.floats(0, 5), st.floats(0.1, 3)), max_size=8))
def test_labels_of_one_row_do_not_overlap(given_spans: list[tuple[float, float]]) -> None:
    spans = [(left, left + width) for left, width in given_spans]
    rows = rows_without_overlap(spans)
    for one, first in zip(spans, rows, strict=True):
        for other, second in zip(spans, rows, strict=True):
            assert one is other or first != second or one[1] <= other[0] or other[1] <= one[0]


@st.composite
def cases(draw: st.DrawFn) -> Axes:
    years = draw(st.lists(st.integers(2005, 2025), min_size=1, max_size=12, unique=True).map(sorted))
    scale = draw(st.sampled_from([1, 100, 10_000, 1_000_000]))
    kind = draw(st.sampled_from(["CY{}", "{}-03-31", "Y{}-09-30", "AY{}-%s"]))
    unit = draw(st.sampled_from(["percent", "per_10000", "GBP", "child", "day"]))
    values: dict[str, Any] = {}
    for year in years:
        code = kind.format(year).replace("%s", f"{(year + 1) % 100:02}")
        number = draw(st.integers(0, 100)) * scale
        values[code] = draw(
            st.sampled_from(
                [{"value": number}, {"value": number, "revision": "provisional"}, {"absence": "suppressed"}]
            )
        )
    last = list(values)[-1]
    aim = draw(st.sampled_from([Reach(50 * scale), StayBetween(20 * scale, 30 * scale), Improve()]))
    rest: dict[str, Any] = {}
    if isinstance(aim, Improve):
        rest["baseline"] = Baseline(period=next(iter(values)), value=20)
        last = kind.format(2026).replace("%s", "27")
    elif draw(st.booleans()):
        rest["tolerance"] = Margin(percent=10)
    breaks = [date(draw(st.integers(2006, 2025)), 4, 1)] if draw(st.booleans()) else []
    title = draw(st.sampled_from(["Plans", "Children looked after with three or more homes in the year " * 3]))
    narrow = new_axes(3.4, 3.2, (0.5, 1.2, 0.95, 0.95)) if draw(st.booleans()) else None
    return drawn(aim, values, measure={"unit": unit, "breaks": breaks, "title": title}, due=last, ax=narrow, **rest)[0]


def faults(ax: Axes) -> list[Any]:
    """The texts of a chart that lie over each other, and those that reach beyond the picture."""
    from matplotlib.text import Text

    found: list[Any] = list(overlapping(ax))
    figure = ax.get_figure(root=True)
    assert figure is not None
    width, height = figure.get_size_inches() * figure.dpi
    for each in ax.findobj(Text):
        if each.get_text() and each.get_visible():
            box = each.get_window_extent()
            if not (-1 < box.x0 < box.x1 < width + 1 and -1 < box.y0 < box.y1 < height + 1):
                found.append(each.get_text())
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_no_label_lies_on_another_or_beyond_the_edge(case: Axes) -> None:
    assert faults(case) == []


def points_of(ax: Axes) -> list[tuple[float, float]]:
    """How high each drawn value stands in the picture: all points of all lines that have values."""
    lines = [line for line in ax.lines if line.get_transform() == ax.transData]
    return sorted(
        (y, float(ax.transData.transform((x, y))[1])) for line in lines for x, y in zip(xs(line), ys(line), strict=True)
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(testing.plans(), st.data())
def test_the_charts_of_any_card_read_well_and_grow_with_the_value(plan: Plan, data: st.DataObject) -> None:
    ids = [each.id for each in plan.measures]
    given_figures = data.draw(testing.series(st.sampled_from(ids), most=12)) if ids else []
    moved = [evolve(each, area=HERE, breakdown={}, unit=None) for each in given_figures]
    try:
        figures = Observations(moved, provisional_after_final_ok=True)
        card = evaluate_plan(plan, figures, as_of=date(2030, 1, 1), area=HERE)
    except AmbiguousObservationError:  # figures that differed by place or breakdown alone
        return
    contents = contents_of(card, figures)
    narrow = data.draw(st.booleans())
    drawn_charts = [entry.chart(contents.names, narrow=narrow) for entry in contents.entries if entry.has_chart]
    for ax in (*drawn_charts, (narrow_bees if narrow else charts.bees)(card)):
        assert faults(ax) == []
        for (value, height), (larger, higher) in pairwise(points_of(ax)):
            assert height <= higher + 1e-6
            assert height < higher or float(ax.get_ylim()[1] - ax.get_ylim()[0]) * 1e-9 > larger - value


def test_every_chart_of_the_published_card_is_clean(card: Scorecard, figures: Observations) -> None:
    report = contents_of(card, figures)
    found = {
        (entry.title, narrow): faults(entry.chart(report.names, narrow=narrow))
        for entry in report.entries
        if entry.has_chart
        for narrow in (False, True)
    }
    assert len(found) >= 30
    assert {each: several for each, several in found.items() if several} == {}
    assert faults(charts.bees(card)) == faults(narrow_bees(card)) == []


LONG = "Children looked after with three or more homes in the year, " * 3


@pytest.mark.parametrize("title", ["Waits", LONG])
@pytest.mark.parametrize(
    "values",
    [
        (),
        (5,),
        (5,) * 12,
        (50, 52, 48) * 13 + (20,),
        (-(10**6), -2 * 10**6, -15 * 10**5) * 4 + (-4 * 10**6,),
        (50, 52, 49, None, 48, 50, 51, 49, 52, 50, 70, 30, 50),
    ],
)
def test_a_control_chart_of_awkward_figures_reads_well(values: tuple[int | None, ...], title: str) -> None:
    months = [Period.month(2023 + number // 12, number % 12 + 1) for number in range(len(values))]
    found = methods.xmr(list(zip(months, values, strict=True)), direction="decrease", target=40)
    for measure in (None, Measure(id="m", title=title, unit="GBP")):
        ax = charts.control_chart(found, title=title, measure=measure)
        assert faults(ax) == []
        said = texts(ax, "title")[0].replace("\n", " ")
        assert said.endswith(charts.words_of(ax).title[-15:]), "the finding is not cut off"


@pytest.mark.parametrize("title", ["Waits", LONG])
@pytest.mark.parametrize("value", [lambda _: 7, lambda number: -(10**9) * (number % 7), lambda number: number / 7])
@pytest.mark.parametrize("ours", ["E06000058", "E09000001"])
def test_a_strip_of_awkward_figures_reads_well(title: str, value: Callable[[int], float], ours: str) -> None:
    there = [code for code, each in areas.register().items() if each.end is None and code[:3] in ("E06", "E09", "E10")]
    values = {code: Decimal(str(value(number))) for number, code in enumerate(there)}
    measure = Measure(id="m", title=title, unit="GBP", direction="increase")
    assert faults(charts.strip(values, ours, measure=measure, neighbours=there[:10])) == []
    assert faults(charts.strip({ours: values[ours]}, ours, measure=measure)) == []


@pytest.mark.parametrize("days", [1, 2, 8])
def test_history_is_whole_for_few_days_and_for_many(card_of: Callable[..., Scorecard], days: int) -> None:
    ax = charts.history([card_of(2026 - number) for number in range(days)])
    assert faults(ax) == []
    assert texts(ax, "title")[0].replace("\n", " ") == charts.words_of(ax).title
    assert "not assessed" in texts(ax, "notes")[0]


def test_a_long_title_leaves_room_for_the_place_and_the_unit() -> None:
    ax, _ = drawn(Reach(50), {"CY2025": 50}, measure={"title": LONG})
    assert texts(ax, "subtitle")[0].endswith(" …, Hertfordshire, %")


def test_what_is_counted_whole_has_whole_ticks_and_nothing_has_none() -> None:
    ax, _ = drawn(Reach(1), {"CY2024": 0, "CY2025": 0}, measure={"unit": "child"})
    assert [each.get_text() for each in ax.get_yticklabels()] == ["0", "1"]
    assert [each.get_text() for each in waits().get_yticklabels()] == []


def test_zero_has_no_letter_and_both_ends_of_a_band_are_dashed() -> None:
    ax, _ = drawn(Reach(10**6), {"CY2024": 0, "CY2025": 2 * 10**6}, measure={"unit": "GBP"})
    assert next(each.get_text() for each in ax.get_yticklabels()) == "0"
    band, _ = drawn(StayBetween(40, 60), {"CY2024": 50, "CY2025": 50}, measure={"direction": "maintain"})
    dashed = [set(ys(line)) for line in band.lines if line.is_dashed() and line.get_linewidth() > 1.2]
    assert dashed == [{60.0}, {40.0}]


def test_the_notes_of_a_chart_are_whole_however_many_there_are() -> None:
    values = {f"CY{year}": {"absence": "suppressed", "source": f"Source {year} " * 9} for year in range(2012, 2025)}
    ax, _ = drawn(Reach(50), {**values, "CY2025": {"value": 40, "revision": "provisional", "source": LONG}})
    assert faults(ax) == []


def test_intervals_are_drawn_in_the_measures_unit() -> None:
    values = {"CY2025": {"value": "0.6", "lower": "0.5", "upper": "0.7", "unit": "fraction"}}
    ax, _ = drawn(Reach(50), values)
    assert any(ys(line) == [50.0, 70.0] for line in ax.lines)
