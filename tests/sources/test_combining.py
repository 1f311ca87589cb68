"""Places that changed: what a source says of how their figures go together, and what it cannot say."""

import pickle
import warnings
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from outcome_bees import (
    Absence,
    Baseline,
    Comparator,
    Improve,
    Measure,
    Observation,
    Observations,
    Plan,
    Reason,
    Status,
    Target,
    evaluate_plan,
    frames,
    load_sources,
)
from outcome_bees.areas import why_not_whole
from outcome_bees.errors import DocumentError, NotCombinedWarning
from outcome_bees.sources import load_frame

PARTS = ("E07000026", "E07000028", "E07000029")
WHOLE = "E06000063"
UNITS = {"starts": "count", "plans": "percent", "days": "day", "spend": "GBP", "rate": "per_10000"}
MEASURES = [Measure(id=id, title=id, unit=unit, direction="increase") for id, unit in UNITS.items()]
PLAN = Plan(
    id="p",
    title="P",
    measures=MEASURES,
    targets=[Target(id=id, measure=id, aim=Improve(), due="FY2024-25", baseline=Baseline("FY2021-22")) for id in UNITS],
    comparators=[Comparator(id="c", title="C", areas=[WHOLE])],
)
NAMES = "measure,period,area,value,absence,numerator,denominator,recorded,revision"


def source(folder: Path, rows: Sequence[str], combine: str = "{E06000063: [E07000026, E07000028, E07000029]}") -> Path:
    (folder / "figures.csv").write_text("\n".join([NAMES, *rows]) + "\n")
    path = folder / "sources.yaml"
    path.write_text(f"format: outcome-bees/1\nsources:\n  - file: figures.csv\n    combine: {combine}\n")
    return path


def rows_of(measure: str, values: Sequence[Any], **more: Sequence[Any]) -> list[str]:
    """The rows of the three parts."""
    rows = []
    for at, (area, value) in enumerate(zip(PARTS, values, strict=True)):
        cells = [str(more.get(name, [""] * 3)[at]) for name in NAMES.split(",")[4:]]
        rows.append(",".join([measure, "FY2021-22", area, str(value), *cells]))
    return rows


def made(figures: Observations, place: str = WHOLE) -> list[Observation]:
    return [each for each in figures if each.area == place]


def test_counts_are_added_and_percentages_made_of_the_sums(tmp_path: Path) -> None:
    counts = {"numerator": (10, 20, 40), "denominator": (100, 100, 200)}
    path = source(tmp_path, [*rows_of("starts", (10, 20, 40)), *rows_of("plans", (10, 20, 20), **counts)])
    starts, plans = made(load_sources(path, PLAN))
    assert (starts.value, starts.note) == (70, "made of E07000026, E07000028, E07000029")
    assert (plans.value, plans.numerator, plans.denominator) == (Decimal("17.5"), 70, 400)


def test_a_pickled_copy_of_them_says_of_each_what_it_was_made_from(tmp_path: Path) -> None:
    figures = load_sources(source(tmp_path, rows_of("starts", (10, 20, 40))), PLAN)
    copy = pickle.loads(pickle.dumps(figures))
    assert copy == figures
    assert [copy.origin_of(each) for each in copy] == [figures.origin_of(each) for each in figures]
    assert all(copy.origin_of(each) is not None for each in copy)


@pytest.mark.parametrize("measure", ["plans", "rate", "days", "spend"])
def test_nothing_else_is_put_together_and_a_warning_names_the_measure(measure: str, tmp_path: Path) -> None:
    path = source(tmp_path, rows_of(measure, (10, 20, 20)))
    with pytest.warns(NotCombinedWarning, match=f"figures of {measure} are not combined for E06000063"):
        assert made(load_sources(path, PLAN)) == []


@pytest.mark.parametrize("measure", ["plans", "rate", "days", "spend"])
def test_nor_is_it_in_a_frame(measure: str, tmp_path: Path) -> None:
    pytest.importorskip("polars")
    path = source(tmp_path, rows_of(measure, (10, 20, 20)))
    with pytest.warns(NotCombinedWarning, match=f"figures of {measure} are not combined for E06000063"):
        assert load_frame(path, PLAN).filter(area=WHOLE).is_empty()


def test_without_a_unit_nothing_is_known_to_be_a_count(tmp_path: Path) -> None:
    path = source(tmp_path, rows_of("starts", (10, 20, 40)))
    with pytest.warns(NotCombinedWarning, match="their unit is not stated"):
        assert made(load_sources(path)) == []


def test_a_part_that_is_missing_or_hidden_is_no_zero(tmp_path: Path) -> None:
    assert made(load_sources(source(tmp_path, rows_of("starts", (10, 20, 40))[:2]), PLAN)) == []
    hidden = rows_of("starts", (10, "", 40), absence=("", "suppressed", ""))
    (figure,) = made(load_sources(source(tmp_path, hidden), PLAN))
    assert (figure.value, figure.absence) == (None, Absence.SUPPRESSED)


def test_a_figure_published_for_the_place_itself_comes_first(tmp_path: Path) -> None:
    own = f"starts,FY2021-22,{WHOLE},71,,,,,"
    (figure,) = made(load_sources(source(tmp_path, [*rows_of("starts", (10, 20, 40)), own]), PLAN))
    assert (figure.value, figure.note) == (71, None)


def test_each_day_has_the_sum_of_what_was_known_on_it(tmp_path: Path) -> None:
    first = rows_of("starts", (10, 20, 40), recorded=["2022-06-01"] * 3, revision=["provisional", "final", "final"])
    revised = f"starts,FY2021-22,{PARTS[0]},12,,,,2022-11-01,final"
    figures = load_sources(source(tmp_path, [*first, revised]), PLAN)
    seen = {
        str(day): next(iter(figures.known("starts", WHOLE, as_of=day).values()), None)
        for day in (date(2022, 5, 31), date(2022, 6, 1), date(2022, 11, 1))
    }
    assert [each and (each.value, each.revision) for each in seen.values()] == [
        None,
        (70, "provisional"),
        (72, "final"),
    ]


def test_small_and_bulk_say_the_same_and_what_is_not_combined_stays_a_break(tmp_path: Path) -> None:
    pytest.importorskip("polars")
    counts = {"numerator": (10, 20, 40), "denominator": (100, 100, 200)}
    rows = [*rows_of("starts", (10, 20, 40)), *rows_of("plans", (10, 20, 20), **counts)]
    rows += [*rows_of("rate", (1, 2, 3)), *(f"{id},FY2024-25,{WHOLE},60,,,,," for id in UNITS)]
    path = source(tmp_path, rows)
    with pytest.warns(NotCombinedWarning):
        card = evaluate_plan(PLAN, load_sources(path, PLAN), as_of="2025-12-31", area=WHOLE)
    with pytest.warns(NotCombinedWarning):
        answers = frames.evaluate(PLAN, load_frame(path, PLAN), as_of="2025-12-31")
    bulk = {row["target"]: (row["status"], row["reason"]) for row in answers.filter(area=WHOLE).rows(named=True)}
    one_by_one = {each.target: (str(each.status), each.reason and str(each.reason)) for each in card.evaluations}
    assert bulk == one_by_one
    assert [each.status for each in card.evaluations[:2]] == [Status.MISSED, Status.ACHIEVED]
    assert {each.reason for each in card.evaluations[2:]} == {Reason.SERIES_BREAK}


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(400, 9000)), min_size=3, max_size=3))
def test_a_combined_percentage_lies_between_those_of_its_parts(pairs: list[tuple[int, int]]) -> None:
    from outcome_bees.sources._combining import combined_figures

    parts = [
        Observation(
            measure="plans", period="FY2021-22", area=area, value=Decimal(n * 100) / d, numerator=n, denominator=d
        )
        for area, (n, d) in zip(PARTS, pairs, strict=True)
    ]
    (whole,) = combined_figures(parts, {WHOLE: PARTS}, PLAN)
    values = [each.value for each in parts if each.value is not None]
    assert whole.value is not None
    assert min(values) - Decimal("1e-9") <= whole.value <= max(values) + Decimal("1e-9")


REFUSED: Mapping[str, tuple[str, str]] = {
    "more than the whole": ("{E06000063: [E10000006]}", "it became Westmorland and Furness (E06000064) too"),
    "less than the whole": ("{E06000058: [E06000028, E06000029]}", "a part of Dorset (E10000009) is in"),
    "one half of a former county": ("{E10000006: [E06000063]}", "is a part of Cumbria (E10000006) too"),
    "more than a former county": ("{E10000009: [E06000058, E06000059]}", "more than a part of Dorset"),
    "the same place": ("{E06000066: [E10000027]}", "is no part of itself"),
    "nothing": ("{E06000063: []}", "give at least one part"),
    "one twice": ("{E06000063: [E07000026, E07000026]}", "each of them once"),
    "no code": ("{E06000063: [Allerdale Borough]}", "combine"),
}


@pytest.mark.parametrize(("combine", "why"), REFUSED.values(), ids=REFUSED)
def test_what_the_register_knows_to_be_no_whole_is_refused(combine: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        load_sources(source(tmp_path, rows_of("starts", (10, 20, 40)), combine), PLAN)
    assert why in str(caught.value)
    assert "line 4" in str(caught.value)


@pytest.mark.parametrize(
    ("place", "parts"),
    [
        ("E06000063", PARTS),
        ("E06000058", ("E06000028", "E06000029", "E07000048")),
        ("E10000006", ("E06000063", "E06000064")),
        ("E10000021", ("E06000061", "E06000062")),
        ("E08000038", ("E08000016",)),
    ],
)
def test_what_makes_up_the_whole_is_taken(place: str, parts: tuple[str, ...]) -> None:
    assert why_not_whole(place, parts) is None


def test_a_single_part_is_taken_for_a_place_whose_boundary_hardly_moved(tmp_path: Path) -> None:
    path = source(tmp_path, ["plans,FY2021-22,E08000016,45,,,,,"], "{E08000038: E08000016}")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (figure,) = made(load_sources(path, PLAN), "E08000038")
    assert (figure.value, figure.note) == (45, "made of E08000016")
