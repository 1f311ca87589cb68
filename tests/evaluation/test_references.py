"""What others had: the one value of a comparator, and a place among those of its sort."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from outcome_bees import Comparator, Measure, Observation, Observations, Period
from outcome_bees.evaluation.references import (
    EITHER,
    Placing,
    comparator_figures,
    comparator_value,
    holds_both_tiers,
    is_ranked_among,
    peer_group,
    peer_groups,
    place_and_count,
    ranked_figures,
)
from outcome_bees.frozen import FrozenMapping

YEAR = Period.from_code("FY2024-25")
ALL: FrozenMapping[str, str] = FrozenMapping()
GIRLS = FrozenMapping({"sex": "female"})
AS_OF = date(2025, 12, 31)
SHARE = Measure(id="m", title="M", unit="percent", direction="increase")
COUNTY, ANOTHER, THIRD = "E10000015", "E10000016", "E10000017"
UNITARY, DISTRICT, BOROUGH, WARD = "E06000032", "E07000242", "E09000006", "E05000001"


def figure(area: str, value: Any = None, **facts: Any) -> Observation:
    return Observation(measure="m", area=area, period="FY2024-25", value=value, **facts)


def share(area: str, above: int | None, below: int | None, **facts: Any) -> Observation:
    return figure(area, facts.pop("value", 7), numerator=above, denominator=below, **facts)


def group(*areas: str, method: str = "median") -> Comparator:
    return Comparator(id="g", title="G", areas=areas, method=method)


def value_of(method: str, *figures: Observation, areas: tuple[str, ...] = (), unit: str | None = "percent") -> Any:
    """The one value of the places of some figures, or of those that are named."""
    others = group(*(areas or [each.area for each in figures]), method=method)
    kind = {"kind": "score"} if unit is None else {"unit": unit}
    measure = Measure(id="m", title="M", direction="increase", **kind)  # type: ignore[arg-type]
    return comparator_value(others, measure, YEAR, ALL, Observations(figures), AS_OF)


# The one value of others


@pytest.mark.parametrize(
    ("values", "median"),
    [((4,), 4), ((4, 9), "6.5"), ((9, 1, 4), 4), ((9, 1, 4, 6), 5), ((2, 8, 8, 1, 3), 3), ((3, 3), 3)],
)
def test_the_middle_is_that_of_the_figures_in_order(values: tuple[int, ...], median: Any) -> None:
    areas = (COUNTY, ANOTHER, THIRD, UNITARY, DISTRICT)
    figures = [figure(area, value) for area, value in zip(areas, values, strict=False)]
    assert value_of("median", *figures) == Decimal(median)


def test_a_published_value_is_that_of_its_one_place() -> None:
    assert value_of("published", figure("E92000001", "56.30")) == Decimal("56.30")
    assert value_of("published", areas=("E92000001",)) is None


def test_where_one_of_the_others_has_no_figure_there_is_no_value() -> None:
    absent = figure(ANOTHER, absence="suppressed")
    assert value_of("median", figure(COUNTY, 4), absent) is None
    assert value_of("median", figure(COUNTY, 4), areas=(COUNTY, ANOTHER)) is None


@pytest.mark.parametrize(("unit", "pooled"), [("percent", "20"), ("per_1000", "200"), ("fraction", "0.2")])
def test_numerators_are_pooled_over_denominators_in_the_unit(unit: str, pooled: str) -> None:
    assert value_of("pooled", share(COUNTY, 5, 10), share(ANOTHER, 15, 90), unit=unit) == Decimal(pooled)


@pytest.mark.parametrize("unit", ["GBP", None])
def test_what_is_no_share_of_a_whole_is_not_pooled(unit: str | None) -> None:
    assert value_of("pooled", share(COUNTY, 5, 10), unit=unit) is None


@pytest.mark.parametrize(
    "other",
    [
        share(ANOTHER, None, 10),
        share(ANOTHER, 5, None),
        share(ANOTHER, 5, 10, revision="withdrawn"),
        share(ANOTHER, 5, 10, value=None, absence="low"),
        None,
    ],
)
def test_where_a_part_is_missing_nothing_is_pooled(other: Observation | None) -> None:
    figures = [share(COUNTY, 5, 10)] + ([] if other is None else [other])
    assert value_of("pooled", *figures, areas=(COUNTY, ANOTHER)) is None


def test_the_figures_of_the_others_are_theirs_in_the_order_of_the_group() -> None:
    there = figure(ANOTHER, 4)
    found = comparator_figures(group(COUNTY, ANOTHER), SHARE, YEAR, ALL, Observations([there]), AS_OF)
    assert found == [None, there]


def test_a_value_is_of_its_group_period_part_unit_and_day() -> None:
    figures = Observations(
        [
            figure(COUNTY, 40),
            figure(ANOTHER, 60),
            figure(COUNTY, 30, breakdown=GIRLS),
            Observation(measure="m", area=COUNTY, period="FY2023-24", value=20),
        ]
    )
    here, there = group(COUNTY, method="published"), group(ANOTHER, method="published")
    fraction = Measure(id="m", title="M", unit="fraction", direction="increase")
    year_before = Period.from_code("FY2023-24")

    def value(others: Comparator, measure: Measure, period: Period, part: FrozenMapping[str, str], day: date) -> Any:
        return comparator_value(others, measure, period, part, figures, day)

    assert value(here, SHARE, YEAR, ALL, AS_OF) == 40
    assert value(there, SHARE, YEAR, ALL, AS_OF) == 60
    assert value(here, SHARE, year_before, ALL, AS_OF) == 20
    assert value(here, SHARE, YEAR, ALL, date(2025, 3, 30)) is None
    assert value(here, fraction, YEAR, ALL, AS_OF) == 40  # no unit is stated, so that it is in the measure's
    assert value(here, SHARE, YEAR, ALL, AS_OF) == 40


# Who is ranked with whom


@pytest.mark.parametrize(
    ("area", "own", "others"),
    [
        (COUNTY, "upper", ("upper", EITHER)),
        (DISTRICT, "lower", ("lower", EITHER)),
        (UNITARY, EITHER, ("upper", "lower", EITHER)),
        (BOROUGH, EITHER, ("upper", "lower", EITHER)),
        ("made-up", EITHER, ("upper", "lower", EITHER)),
        (WARD, "ward", ("ward",)),
    ],
)
def test_a_place_is_ranked_in_the_group_of_its_sort(area: str, own: str, others: tuple[str, ...]) -> None:
    assert (peer_group(area), peer_groups(area)) == (own, others)


@pytest.mark.parametrize(
    ("area", "other", "together"),
    [
        (COUNTY, ANOTHER, True),
        (COUNTY, UNITARY, True),
        (UNITARY, COUNTY, True),
        (UNITARY, DISTRICT, True),
        (COUNTY, DISTRICT, False),
        (DISTRICT, COUNTY, False),
        (COUNTY, WARD, False),
        (WARD, UNITARY, False),
    ],
)
def test_counties_are_ranked_with_unitaries_and_never_with_districts(area: str, other: str, together: bool) -> None:
    assert is_ranked_among(area, other) is together


@pytest.mark.parametrize(
    ("area", "others", "both"),
    [
        (UNITARY, [COUNTY, DISTRICT], True),
        (UNITARY, [COUNTY, BOROUGH], False),
        (UNITARY, [DISTRICT, BOROUGH], False),
        (UNITARY, [], False),
        (COUNTY, [COUNTY, DISTRICT], False),
    ],
)
def test_a_unitary_among_both_tiers_could_be_ranked_in_either(area: str, others: list[str], both: bool) -> None:
    assert holds_both_tiers(area, others) is both


# A place among others


def placed(own: str, *figures: Observation, among: tuple[str, ...] | None = None, direction: str = "increase") -> Any:
    """The best and the worst place of an area, and of how many."""
    measure = Measure(id="m", title="M", unit="percent", direction=direction)
    found = place_and_count(own, among, measure, YEAR, ALL, Observations(figures), AS_OF)
    return None if found is None else (int(found.best), int(found.worst), int(found.count))


THREE = figure(COUNTY, 50), figure(ANOTHER, 60), figure(THIRD, 40)


def test_a_place_is_counted_from_the_better_end() -> None:
    assert [placed(each.area, *THREE) for each in THREE] == [(2, 2, 3), (1, 1, 3), (3, 3, 3)]
    assert [placed(each.area, *THREE, direction="decrease") for each in THREE] == [(2, 2, 3), (3, 3, 3), (1, 1, 3)]
    assert placed(COUNTY, figure(COUNTY, 50), figure(ANOTHER, 50), figure(THIRD, 40)) == (1, 1, 3)
    assert placed(COUNTY, figure(COUNTY, 50)) == (1, 1, 1)


def test_a_place_outside_its_group_is_one_more() -> None:
    assert placed(COUNTY, *THREE, among=(ANOTHER, THIRD)) == (2, 2, 3)
    assert placed(COUNTY, *THREE, among=(COUNTY, THIRD)) == (1, 1, 2)
    assert placed(COUNTY, *THREE, among=(ANOTHER, UNITARY)) == (2, 2, 2)


@pytest.mark.parametrize(
    ("absence", "place"),
    [
        ("suppressed", (2, 3, 4)),
        ("low", (2, 3, 4)),
        ("unreliable", (2, 3, 4)),
        ("not_available", (2, 2, 3)),
        ("not_applicable", (2, 2, 3)),
    ],
)
def test_a_figure_that_is_there_and_not_shown_may_be_ahead_or_behind(absence: str, place: tuple[int, int, int]) -> None:
    assert placed(COUNTY, *THREE, figure("E10000018", absence=absence)) == place
    assert placed(COUNTY, *THREE, figure("E10000018", 70, revision="withdrawn")) == (2, 2, 3)


def test_a_place_without_a_figure_has_no_place() -> None:
    assert placed("E10000018", *THREE) is None
    assert placed("E10000018", *THREE, figure("E10000018", absence="low")) is None


def test_among_both_tiers_only_a_group_that_is_named_ranks_a_unitary() -> None:
    both = figure(UNITARY, 50), figure(COUNTY, 60), figure(DISTRICT, 40)
    assert placed(UNITARY, *both) is None
    assert placed(UNITARY, *both, among=(COUNTY, DISTRICT)) == (2, 2, 3)
    assert placed(COUNTY, *both) == (1, 1, 2)
    assert placed(DISTRICT, *both) == (2, 2, 2)


def test_places_of_one_collection_are_each_ranked_in_their_own_group_part_and_day() -> None:
    parts = [figure(COUNTY, 30, breakdown=GIRLS), figure(ANOTHER, 20, breakdown=GIRLS)]
    figures = Observations([*THREE, *parts, figure(UNITARY, 70), figure(DISTRICT, 10)])
    named, other = (COUNTY, ANOTHER), (COUNTY, THIRD)

    def place(own: str, among: tuple[str, ...] | None, part: FrozenMapping[str, str], day: date = AS_OF) -> Any:
        found = place_and_count(own, among, SHARE, YEAR, part, figures, day)
        return None if found is None else (int(found.best), int(found.count))

    assert [place(COUNTY, each, ALL) for each in (named, other, None)] == [(2, 2), (1, 2), (3, 4)]
    assert (place(DISTRICT, None, ALL), place(UNITARY, None, ALL)) == ((2, 2), None)
    assert [place(COUNTY, each, GIRLS) for each in (named, other, None)] == [(1, 2), (1, 1), (1, 2)]
    assert place(COUNTY, named, ALL, date(2025, 3, 30)) is None
    assert Placing(Decimal(1), Decimal(2), Decimal(3)) == Placing(Decimal(1), Decimal(2), Decimal(3))


def test_who_is_ranked_with_a_place_comes_after_it() -> None:
    figures = Observations([*THREE, figure(DISTRICT, 10)])

    def ranked(areas: tuple[str, ...] | None) -> dict[str, Observation | None]:
        return ranked_figures(ANOTHER, areas, SHARE, YEAR, ALL, figures, AS_OF)

    county, another, third = THREE
    assert [*ranked(None).items()] == [(ANOTHER, another), (COUNTY, county), (THIRD, third)]
    assert [*ranked((THIRD, UNITARY)).items()] == [(ANOTHER, another), (THIRD, third), (UNITARY, None)]
