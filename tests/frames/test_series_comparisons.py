"""Comparisons of a table, in one figure each: what is said, as the method says it too."""

from datetime import date
from typing import Any
from unittest import mock

import pytest

from outcome_bees import Measure, Observation, frames, methods
from outcome_bees.errors import AmbiguousObservationError, InvalidValueError
from outcome_bees.frames import backend

from .engines_alone import ALONE, rows_of

pl = pytest.importorskip("polars")
ON = date(2026, 1, 1)
HERE, ENGLAND = "E10000015", "E92000001"
SHARE = Measure(id="m", title="M", unit="percent", direction="increase")
SCORE = Measure(id="m", title="M", unit="score", direction="decrease")
NEITHER = Measure(id="m", title="M", unit="score")
BARE = Measure(id="m", title="M", kind="percentage", direction="increase")


def frame_of(figures: list[Observation]) -> Any:
    return pl.DataFrame(frames.from_observations(figures), infer_schema_length=None)


def counts(numerator: float, of: float = 500) -> dict[str, Any]:
    return {"value": 100 * numerator / of, "numerator": numerator, "denominator": of}


def compared(
    figure: dict[str, Any], theirs: dict[str, Any] | None, measure: Measure = SHARE, **settings: Any
) -> dict[str, Any]:
    """The row of one figure against England's, once it is seen to be what the method says of it."""
    ours = Observation(measure="m", period="CY2024", area=HERE, **figure)
    reference = None if theirs is None else Observation(measure="m", period="CY2024", area=ENGLAND, **theirs)
    figures = [each for each in (ours, reference) if each is not None]
    row: dict[str, Any]
    (row,) = frames.compare([measure], frame_of(figures), against=ENGLAND, as_of=ON, **settings).to_dicts()
    alone = methods.compare(ours, reference, measure, **settings)
    assert (row["outcome"], row["direction"]) == (str(alone.outcome), alone.direction)
    assert row["reason"] == (None if alone.reason is None else str(alone.reason))
    if alone.interval is not None:
        assert row["lower"] == pytest.approx(float(alone.interval.lower))
        assert row["upper"] == pytest.approx(float(alone.interval.upper))
    return row


def around(value: float, width: float = 4) -> dict[str, Any]:
    return {"value": value, "lower": value - width / 2, "upper": value + width / 2}


def test_the_columns_of_a_comparison_are_these() -> None:
    row = compared(around(50), {"value": 40})
    words = ["outcome", "direction", "reason"]
    assert list(row) == ["measure", "period", "area", "value", "reference", "lower", "upper", *words]
    assert (row["value"], row["reference"], row["lower"], row["upper"]) == (50.0, 40.0, 48.0, 52.0)


@pytest.mark.parametrize(
    ("measure", "above", "below"),
    [(SHARE, "better", "worse"), (SCORE, "worse", "better"), (NEITHER, "higher", "lower")],
)
def test_a_figure_whose_interval_leaves_the_reference_out_differs(measure: Measure, above: str, below: str) -> None:
    for value, outcome, side in ((42.1, above, 1), (42, "similar", 0), (38, "similar", 0), (37.9, below, -1)):
        row = compared(around(value), {"value": 40}, measure)
        assert (row["outcome"], row["direction"], row["reason"]) == (outcome, side, None), value


def test_counts_make_the_interval_of_a_share() -> None:
    row = compared(counts(250), {"value": 45})
    assert (row["lower"], row["upper"], row["outcome"]) == (
        pytest.approx(45.63, abs=0.01),
        pytest.approx(54.37, abs=0.01),
        "better",
    )


@pytest.mark.parametrize(
    ("numerator", "outcome"),
    [(225, "similar"), (250, "better"), (300, "much_better"), (200, "worse"), (150, "much_worse")],
)
def test_beyond_the_second_level_it_is_much_better_or_worse(numerator: float, outcome: str) -> None:
    assert compared(counts(numerator), {"value": 45}, levels=(95, "99.8"))["outcome"] == outcome


def test_a_published_interval_is_of_one_level_alone() -> None:
    both = compared(around(50), {"value": 40}, levels=(95, "99.8"))
    assert (both["outcome"], both["reason"]) == ("better", "other_level_published")
    other = compared(around(50), {"value": 40}, levels=("99.8",))
    assert (other["outcome"], other["reason"]) == ("not_compared", "other_level_published")
    counted = {**counts(250), "lower": 10, "upper": 90}
    assert compared(counted, {"value": 40})["outcome"] == "similar"
    assert compared(counted, {"value": 40}, levels=("99.8",))["outcome"] == "better"
    assert compared(counted, {"value": 9}, levels=(95, "99.8"))["outcome"] == "much_better"


def test_between_the_two_levels_it_is_better_and_no_more() -> None:
    for theirs, outcome in ((45, "better"), (44, "better"), (43, "much_better"), (55, "worse"), (58, "much_worse")):
        assert compared(counts(251), {"value": theirs}, levels=(95, "99.8"))["outcome"] == outcome, theirs


@pytest.mark.parametrize(("level", "above", "below"), [(95, "similar", "similar"), ("99.8", "better", "worse")])
def test_an_interval_that_ends_at_the_reference_does_not_leave_it_out(level: Any, above: str, below: str) -> None:
    row = compared(counts(250), {"value": 45}, levels=(level,))
    for end, outcome in ((row["lower"], above), (row["upper"], below)):
        figures = [
            Observation(measure="m", period="CY2024", area=HERE, **counts(250)),
            Observation(measure="m", period="CY2024", area=ENGLAND, value=0),
        ]
        frame = frame_of(figures).with_columns(
            pl.when(pl.col("area") == ENGLAND).then(end).otherwise(pl.col("value")).alias("value")
        )
        (found,) = frames.compare([SHARE], frame, against=ENGLAND, as_of=ON, levels=(95, "99.8")).to_dicts()
        assert found["outcome"] == outcome


WITHOUT: dict[str, tuple[dict[str, Any], dict[str, Any] | None, Measure, str]] = {
    "no figure of the others": (around(50), None, SHARE, "no_reference"),
    "one that is suppressed": (around(50), {"absence": "suppressed"}, SHARE, "no_reference"),
    "a figure that is suppressed": ({"absence": "suppressed"}, {"value": 40}, SHARE, "suppressed"),
    "a figure that is low": ({"absence": "low"}, {"value": 40}, SHARE, "low"),
    "a figure that is not available": ({"absence": "not_available"}, {"value": 40}, SHARE, "not_available"),
    "a figure that is unreliable": ({"absence": "unreliable"}, {"value": 40}, SHARE, "unreliable"),
    "a figure that is not applicable": ({"absence": "not_applicable"}, {"value": 40}, SHARE, "not_applicable"),
    "a figure that is withdrawn": ({"value": 50, "revision": "withdrawn"}, {"value": 40}, SHARE, "not_available"),
    "a share of no unit, without a numerator": ({"value": 50}, {"value": 40}, BARE, "no_interval_for_kind"),
    "a share of no unit": (counts(250), {"value": 40}, BARE, "no_interval_for_kind"),
    "the lower end of an interval alone": ({"value": 50, "lower": 48}, {"value": 40}, SCORE, "no_interval_for_kind"),
    "the upper end of an interval alone": ({"value": 50, "upper": 52}, {"value": 40}, SCORE, "no_interval_for_kind"),
    "a score without an interval": ({"value": 50}, {"value": 40}, SCORE, "no_interval_for_kind"),
    "a share without a numerator": ({"value": 50}, {"value": 40}, SHARE, "no_numerator"),
    "a share without a denominator": ({"value": 50, "numerator": 5}, {"value": 40}, SHARE, "no_denominator"),
    "counts that do not give the figure": (
        {"value": 50, "numerator": 5, "denominator": 100},
        {"value": 40},
        SHARE,
        "numbers_disagree",
    ),
    "a numerator above its denominator": (
        {"value": 50, "numerator": 101, "denominator": 100},
        {"value": 40},
        SHARE,
        "numerator_above_denominator",
    ),
    "a numerator below zero": (
        {"value": 50, "numerator": -1, "denominator": 100},
        {"value": 40},
        SHARE,
        "negative_count",
    ),
    "a count below zero": ({"value": -5}, {"value": 4}, Measure(id="m", title="M", unit="child"), "negative_count"),
}


@pytest.mark.parametrize("case", WITHOUT)
def test_what_is_not_compared_says_why(case: str) -> None:
    figure, theirs, measure, reason = WITHOUT[case]
    row = compared(figure, theirs, measure)
    assert (row["outcome"], row["direction"], row["reason"]) == ("not_compared", None, reason)


@pytest.mark.parametrize("value", [0, 3, 9, 9.5, 10, 40])
@pytest.mark.parametrize("unit", ["child", "per_1000"])
def test_counts_of_events_have_exact_limits_below_ten_and_byars_above(value: float, unit: str) -> None:
    measure = Measure(id="m", title="M", unit=unit, direction="decrease")
    figure = {"value": value} if unit == "child" else {"value": value, "numerator": value, "denominator": 1000}
    row = compared(figure, {"value": 1000}, measure)
    assert row["lower"] <= value <= row["upper"]
    assert row["outcome"] == "better"


def test_the_place_is_not_compared_with_itself() -> None:
    figures = [Observation(measure="m", period="CY2024", area=ENGLAND, **around(40))]
    assert frames.compare([SHARE], frame_of(figures), against=ENGLAND, as_of=ON).is_empty()


def test_each_part_is_compared_with_its_like() -> None:
    figures = [
        Observation(measure="m", period="CY2024", area=area, breakdown={"sex": sex}, **around(value))
        for area, sex, value in ((HERE, "girls", 50), (HERE, "boys", 50), (ENGLAND, "girls", 40), (ENGLAND, "boys", 60))
    ]
    rows = frames.compare([SHARE], frame_of(figures), against=ENGLAND, as_of=ON, breakdown=["sex"]).to_dicts()
    assert {row["sex"]: row["outcome"] for row in rows} == {"girls": "better", "boys": "worse"}


def test_an_empty_cell_of_a_table_without_absences_is_not_available() -> None:
    columns = {"measure": ["m", "m"], "period": ["CY2024", "CY2024"], "area": [HERE, ENGLAND], "value": [None, 40.0]}
    (row,) = frames.compare([SHARE], pl.DataFrame(columns), against=ENGLAND, as_of=ON).to_dicts()
    assert (row["outcome"], row["reason"]) == ("not_compared", "not_available")


def test_only_a_figure_of_the_same_period_is_compared_with() -> None:
    figures = [
        Observation(measure="m", period=period, area=area, **around(value))
        for area, period, value in ((HERE, "CY2023", 50), (HERE, "CY2024", 50), (ENGLAND, "CY2024", 40))
    ]
    rows = frames.compare([SHARE], frame_of(figures), against=ENGLAND, as_of=ON).to_dicts()
    assert {row["period"]: (row["outcome"], row["reason"]) for row in rows} == {
        "CY2023": ("not_compared", "no_reference"),
        "CY2024": ("better", None),
    }


def test_figures_that_a_column_divides_are_compared_with_their_like() -> None:
    figures = [
        Observation(measure="m", period="CY2024", area=area, **around(value))
        for area, value in ((HERE, 50), (HERE, 50), (ENGLAND, 40), (ENGLAND, 60))
    ]
    frame = frame_of(figures).with_columns(wave=pl.Series([1, 2, 1, 2]))
    rows = frames.compare([SHARE], frame, against=ENGLAND, as_of=ON, by=("area", "wave")).to_dicts()
    assert {row["wave"]: row["outcome"] for row in rows} == {1: "better", 2: "worse"}
    assert list(rows[0])[:4] == ["measure", "period", "area", "wave"]


@pytest.mark.parametrize("name", ["outcome", "reference", "lower"])
def test_no_column_may_be_called_as_one_of_the_answer(name: str) -> None:
    with pytest.raises(InvalidValueError, match=r"breakdown: .* those of the answer: reference, lower, upper, outcome"):
        frames.compare([SHARE], frame_of([]), against=ENGLAND, as_of=ON, breakdown=[name])


@pytest.mark.parametrize("engine", ALONE)
def test_every_engine_compares_alike_by_itself(engine: str) -> None:
    pytest.importorskip("pyarrow")
    given: list[tuple[str, str, dict[str, Any]]] = [
        (HERE, "girls", counts(250)),
        (HERE, "boys", {"absence": "low"}),
        (ENGLAND, "girls", {"value": 40}),
        ("E10000016", "girls", {"value": 40.5, "numerator": 202}),
    ]
    figures = [
        Observation(measure="m", period="CY2024", area=area, breakdown={"sex": sex}, **figure)
        for area, sex, figure in given
    ]
    frame = frame_of(figures)
    settings: dict[str, Any] = {"against": ENGLAND, "as_of": ON, "breakdown": ["sex"], "levels": (95, "99.8")}
    wanted = rows_of(frames.compare([SHARE], frame, **settings))
    with mock.patch.object(backend, "_engine_for", return_value=None):
        assert rows_of(frames.compare([SHARE], ALONE[engine](frame), **settings)) == wanted
    assert len(wanted) == 3


@pytest.mark.parametrize("breakdown", [["area"], ("area", "sex")])
def test_the_place_is_no_part_of_the_population(breakdown: Any) -> None:
    with pytest.raises(InvalidValueError, match=r"breakdown.*the place is in by"):
        frames.compare(
            [SHARE],
            frame_of([Observation(measure="m", period="CY2024", area=HERE, **counts(200))]),
            against=ENGLAND,
            as_of=ON,
            breakdown=breakdown,
        )


def test_two_figures_of_one_period_are_refused_unless_the_caller_vouches_that_there_are_none() -> None:
    frame = frame_of([Observation(measure="m", period="CY2024", area=HERE, **counts(200))])
    with pytest.raises(AmbiguousObservationError, match="two of one series and period"):
        frames.compare([SHARE], pl.concat([frame, frame]), as_of=ON, against=ENGLAND)
    assert frames.compare([SHARE], frame, as_of=ON, against=ENGLAND, distinct_ok=True).height == 1
