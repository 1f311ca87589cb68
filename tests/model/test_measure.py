"""What a measure may be, how its figures are read in its unit, and where its series is broken."""

from datetime import date
from typing import Any

import pytest

from outcome_bees import Absence, Lineage, Link, Measure, MeasureKind, Observation, Period
from outcome_bees.errors import InvalidTypeError, InvalidValueError, UnitMismatchError
from outcome_bees.model.measure import broken
from outcome_bees.model.observation import absence_of, value_of
from outcome_bees.vocabulary import Relation, Role


def measured(**fields: Any) -> Measure:
    call: dict[str, Any] = {"id": "m", "title": "M", "unit": "percent"}
    return Measure(**call | fields)


@pytest.mark.parametrize(
    ("fields", "field", "allowed"),
    [
        ({"unit": None}, "kind", "a kind, where there is no unit"),
        ({"components": ["n"]}, "components", "none, unless the kind is 'compound'"),
        ({"kind": "compound", "components": ["n", "m"]}, "components", "measures other than itself"),
    ],
)
def test_what_is_no_measure_is_refused(fields: dict[str, Any], field: str, allowed: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        measured(**fields)
    assert (caught.value.what, caught.value.allowed) == (f"Measure.{field}", allowed)


def test_a_measure_is_one_of_outcomes_where_nothing_else_is_said() -> None:
    assert measured().role is Role.OUTCOME


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, MeasureKind.PERCENTAGE),
        ({"unit": "per_1000"}, MeasureKind.RATE),
        ({"unit": "day/person"}, MeasureKind.RATE),
        ({"kind": "rate"}, MeasureKind.RATE),
        ({"unit": None, "kind": "narrative"}, MeasureKind.NARRATIVE),
        ({"unit": None, "kind": "compound", "components": ["n"]}, MeasureKind.COMPOUND),
        ({"unit": None, "kind": "compound"}, MeasureKind.COMPOUND),
    ],
)
def test_a_measure_is_of_the_kind_that_it_states_or_that_its_unit_makes(
    fields: dict[str, Any], kind: MeasureKind
) -> None:
    assert measured(**fields).kind is kind


def test_a_measure_is_tied_to_others_by_links_and_lineages() -> None:
    continued, linked = Lineage("plan-2018-21", "turnover", Relation.SAME), Link("corporate", "c1", "C1")
    measure = measured(continues=[continued], links=[linked], breaks=["2024-02-01", "2023-02-01"])
    assert (measure.continues, measure.links) == ((continued,), (linked,))
    assert measure.breaks == (date(2023, 2, 1), date(2024, 2, 1))
    for name, kind in (("continues", "Lineage"), ("links", "Link")):
        with pytest.raises(InvalidTypeError, match=f"objects of {kind}"):
            measured(**{name: ["turnover"]})


@pytest.mark.parametrize(
    ("fields", "digits"),
    [
        ({}, 1),
        ({"decimals": 0}, 0),
        ({"decimals": 3}, 3),
        ({"unit": "count"}, 0),
        ({"unit": "fraction"}, 3),
        ({"unit": None, "kind": "narrative"}, 0),
        ({"unit": None, "kind": "score", "decimals": 2}, 2),
    ],
)
def test_figures_have_the_digits_of_the_measure_else_of_its_unit(fields: dict[str, Any], digits: int) -> None:
    assert measured(**fields).digits == digits


@pytest.mark.parametrize(
    ("breaks", "between"),
    [
        ([], False),
        (["2023-12-31"], False),
        (["2024-01-01"], True),
        (["2024-12-31"], True),
        (["2025-01-01"], False),
        (["2020-01-01", "2024-06-01"], True),
        (["2020-01-01", "2030-01-01"], False),
    ],
)
def test_a_break_lies_between_two_periods_after_the_end_of_the_earlier_and_within_the_later(
    breaks: list[str], between: bool
) -> None:
    measure, earlier, later = measured(breaks=breaks), Period.from_code("CY2023"), Period.from_code("CY2024")
    assert broken(measure, earlier, later) is broken(measure, later, earlier) is between
    assert broken(measure, later, later) is False


def observed(**fields: Any) -> Observation:
    call: dict[str, Any] = {"measure": "m", "period": "CY2024", "area": "E1", "value": 5}
    return Observation(**call | fields)


@pytest.mark.parametrize(
    ("figure", "measure", "value"),
    [
        (None, {}, None),
        ({}, {}, "5"),
        ({"value": "5.00"}, {}, "5.00"),
        ({"value": None, "absence": "low"}, {}, None),
        ({"value": None, "absence": "low", "unit": "fraction"}, {}, None),
        ({"value": None, "absence": "low"}, {"unit": "score out of 5"}, None),
        ({"revision": "withdrawn"}, {}, None),
        ({"revision": "forecast"}, {}, "5"),
        ({"unit": "percent", "value": "5.00"}, {}, "5.00"),
        ({"unit": "fraction", "value": "0.5"}, {}, "50"),
        ({"unit": "day"}, {"unit": None, "kind": "score"}, "5"),
        ({"value": "5.0"}, {"unit": "score out of 5"}, "5.0"),
        ({"value": 6}, {"unit": "score"}, "6"),
    ],
)
def test_a_figure_is_read_in_the_measures_unit(figure: Any, measure: dict[str, Any], value: str | None) -> None:
    found = value_of(None if figure is None else observed(**figure), measured(**measure))
    assert (None if found is None else str(found)) == value


def test_a_figure_that_the_measure_cannot_have_is_refused_with_its_place() -> None:
    with pytest.raises(InvalidValueError) as caught:
        value_of(observed(value=6), measured(unit="score out of 5"))
    assert caught.value.what == "m, CY2024, E1"
    with pytest.raises(UnitMismatchError):
        value_of(observed(unit="day"), measured())


@pytest.mark.parametrize(
    ("fields", "absence"),
    [
        ({}, None),
        ({"value": None, "absence": "low"}, Absence.LOW),
        ({"revision": "withdrawn"}, Absence.NOT_AVAILABLE),
        ({"value": None, "absence": "low", "revision": "withdrawn"}, Absence.NOT_AVAILABLE),
        ({"revision": "final"}, None),
    ],
)
def test_a_withdrawn_figure_is_no_longer_available(fields: dict[str, Any], absence: Absence | None) -> None:
    assert absence_of(observed(**fields)) is absence


def test_a_figure_is_known_from_the_day_it_was_recorded_else_from_the_end_of_its_period() -> None:
    assert observed().known_on == date(2024, 12, 31)
    assert observed(recorded="2024-06-01").known_on == date(2024, 6, 1)
