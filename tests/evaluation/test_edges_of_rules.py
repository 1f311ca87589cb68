"""A rule as plain numbers: which floats its stretches begin at, and how they move with what is known only later."""

from decimal import Decimal
from math import inf, nextafter
from typing import Any

import pytest

from outcome_bees import (
    Baseline,
    Beat,
    Hold,
    Improve,
    Margin,
    Measure,
    Policy,
    Reach,
    StayBetween,
    Target,
    Travel,
    Verdict,
)
from outcome_bees.evaluation.edges import (
    UNREACHABLE,
    Edge,
    Edges,
    Stretch,
    better_sign,
    edges_of,
    settled_from,
    stretches,
    travel_edges,
)
from outcome_bees.evaluation.policy import STANDARD
from outcome_bees.evaluation.rules import Rule, compile_rule

MET, NEAR, OFF = Verdict.MET, Verdict.NEAR, Verdict.OFF
WITHIN_FIVE = Policy(id="five", met_within=Margin(percent=5), near_within=Margin(percent=10))
HIGHEST = Edge.at(UNREACHABLE)
# The guard of a percentage is 0.0001. An edge that moves is a thousandth of it further out: floats err by a bit.
ABOVE, BELOW = 0.0001001, -0.0001001


def after(number: float) -> float:
    return nextafter(number, inf)


def straight(constant: float) -> Edge:
    """An edge that moves as the reference does."""
    return Edge(constant, 1.0, constant, 1.0)


def measure(direction: str | None, unit: str = "percent") -> Measure:
    return Measure(id="m", title="M", unit=unit, direction=direction)


def rule_of(aim: Any, direction: str | None = "increase", unit: str = "percent", **rest: Any) -> Rule:
    policy = rest.pop("policy", STANDARD)
    since: dict[str, Any] = {"baseline": Baseline("CY2020")} if isinstance(aim, Improve | Hold) else {}
    asked = Target(id="t", measure="m", aim=aim, due="CY2024", **since, **rest)
    rule = compile_rule(asked, measure(direction, unit), None, policy)
    assert rule is not None
    return rule


def edges(sign: int, met_from: Edge, low: Edge, **rest: Any) -> Edges:
    """The edges of a rule, met up to the highest number and near nowhere unless given."""
    given = {"met_below": HIGHEST, "near_from": met_from, "near_below": HIGHEST, "high": None, "hinge": 0.0}
    return Edges(
        **{"sign": sign, "met_from": met_from, "low": low, **given, "relative": False, "in_percent": False, **rest}
    )


@pytest.mark.parametrize(
    ("rule", "reference", "expected"),
    [
        (rule_of(Reach(95)), None, edges(1, Edge.at(94.9999), Edge.at(95.0))),
        (
            rule_of(Reach(10), "decrease", tolerance=Margin(amount=2)),
            None,
            edges(-1, Edge.at(-10.0001), Edge.at(-10.0), near_from=Edge.at(-12.0001)),
        ),
        (
            rule_of(StayBetween(55, 64), None, tolerance=Margin(amount=1)),
            None,
            edges(
                1,
                Edge.at(54.9999),
                Edge.at(55.0),
                met_below=Edge.at(after(64.0001)),
                near_from=Edge.at(53.9999),
                near_below=Edge.at(after(65.0001)),
                high=Edge.at(64.0),
            ),
        ),
        (rule_of(Improve()), None, edges(1, straight(ABOVE), straight(0.0))),
        (rule_of(Improve()), "40", edges(1, Edge.at(after(40.0001)), Edge.at(40.0))),
        (rule_of(Hold(), "decrease"), "40", edges(-1, Edge.at(-40.0001), Edge.at(-40.0))),
        (
            rule_of(Hold(), "maintain"),
            None,
            edges(
                1,
                straight(BELOW),
                straight(0.0),
                met_below=straight(ABOVE),
                near_below=straight(ABOVE),
                high=straight(0.0),
            ),
        ),
        (
            rule_of(Beat("england", Margin(percent=5))),
            None,
            edges(1, Edge(BELOW, 1.05, BELOW, 0.95), Edge(0.0, 1.05, 0.0, 0.95), relative=True),
        ),
        # Five per cent up and five per cent down again is straight, but what is near still bends.
        (
            rule_of(Beat("england", Margin(percent=5)), policy=WITHIN_FIVE),
            None,
            edges(
                1,
                Edge(BELOW, 0.9975, BELOW, 0.9975),
                Edge(0.0, 1.05, 0.0, 0.95),
                near_from=Edge(BELOW, 0.945, BELOW, 1.045),
                relative=True,
                in_percent=True,
            ),
        ),
        # Two better than the baseline, or short of that by a tenth, which bends where what is asked is zero.
        *(
            (
                rule_of(Improve(Margin(amount=2)), direction, tolerance=Margin(percent=10)),
                None,
                edges(
                    sign,
                    straight(1.9998999),
                    straight(2.0),
                    near_from=Edge(1.7998999, 0.9, 2.1998999, 1.1),
                    hinge=-2.0,
                    in_percent=True,
                ),
            )
            for direction, sign in (("increase", 1), ("decrease", -1))
        ),
    ],
)
def test_a_rule_in_numbers_has_an_edge_where_each_stretch_begins(
    rule: Rule, reference: str | None, expected: Edges
) -> None:
    assert edges_of(rule, None if reference is None else Decimal(reference)) == expected


def test_the_stretches_of_a_rule_leave_no_gap() -> None:
    near, met = (92.9999, 0.0), (94.9999, 0.0)
    assert stretches(rule_of(Reach(95), tolerance=Margin(amount=2))) == [
        Stretch(OFF, None, near, None, None),
        Stretch(NEAR, near, met, None, None),
        Stretch(MET, met, None, None, None),
    ]
    assert stretches(rule_of(Hold(), "decrease"), Decimal(40)) == [
        Stretch(MET, None, (after(40.0001), 0.0), None, None),
        Stretch(OFF, (after(40.0001), 0.0), None, None, None),
    ]


def test_the_stretches_of_a_rule_that_bends_are_listed_below_the_bend_and_above_it() -> None:
    below, above = (2.1998999, 1.1), (1.7998999, 0.9)
    met = (1.9998999, 1.0)
    assert stretches(rule_of(Improve(Margin(amount=2)), tolerance=Margin(percent=10))) == [
        Stretch(OFF, None, below, None, -2.0),
        Stretch(NEAR, below, met, None, -2.0),
        Stretch(MET, met, None, None, -2.0),
        Stretch(OFF, None, above, -2.0, None),
        Stretch(NEAR, above, met, -2.0, None),
        Stretch(MET, met, None, -2.0, None),
    ]
    assert stretches(rule_of(Improve(Margin(percent=5))), Decimal(40)) == [
        Stretch(OFF, None, (41.9999, 0.0), None, None),
        Stretch(MET, (41.9999, 0.0), None, None, None),
    ]


@pytest.mark.parametrize(
    ("aim", "direction", "rest", "first"),
    [
        (Reach(100), "increase", {}, 99.999),
        (Reach(100), "increase", {"tolerance": Margin(amount=10)}, 99.999),
        (Reach(100), "decrease", {}, after(100.001)),
        (Reach(100), "decrease", {"tolerance": Margin(amount=10)}, after(110.001)),
        (StayBetween(90, 100), None, {}, after(100.001)),
        (StayBetween(90, 100), None, {"tolerance": Margin(amount=10)}, after(110.001)),
        (Reach(100), "maintain", {}, after(100.001)),
    ],
)
def test_a_growing_total_settles_a_floor_when_it_is_there_and_a_ceiling_when_it_is_past_what_is_near(
    aim: Any, direction: str | None, rest: dict[str, Any], first: float
) -> None:
    assert settled_from(rule_of(aim, direction, "child", **rest)) == first


@pytest.mark.parametrize(
    ("direction", "within", "low", "high", "labels"),
    [
        (
            "increase",
            None,
            straight(BELOW),
            straight(ABOVE),
            (Travel.WORSENING, Travel.NO_CHANGE, Travel.IMPROVING),
        ),
        (
            None,
            Margin(amount=2),
            straight(-2.0001001),
            straight(2.0001001),
            (Travel.DECREASING, Travel.NO_CHANGE, Travel.INCREASING),
        ),
        (
            "decrease",
            Margin(percent=5),
            Edge(BELOW, 0.95, BELOW, 1.05),
            Edge(ABOVE, 1.05, ABOVE, 0.95),
            (Travel.IMPROVING, Travel.NO_CHANGE, Travel.WORSENING),
        ),
    ],
)
def test_where_a_figure_has_moved_is_two_edges_beside_the_figure_before(
    direction: str | None, within: Margin | None, low: Edge, high: Edge, labels: tuple[Travel, ...]
) -> None:
    assert travel_edges(measure(direction), within) == (low, high, labels)


def test_what_comes_nearer_to_what_is_wanted_improves() -> None:
    *_, labels = travel_edges(measure("maintain"), None, toward=True)
    assert labels == (Travel.WORSENING, Travel.NO_CHANGE, Travel.IMPROVING)


def test_places_are_counted_from_the_better_end() -> None:
    assert [better_sign(measure(each)) for each in ("increase", "decrease")] == [1, -1]


@pytest.mark.parametrize(
    ("required", "met_from", "strictly_from"),
    [
        # With nine digits published the guard is 1E-12: floats of this size are 1.4E-14 apart.
        ("100.000000000", 99.999999999999, after(100.000000000001)),
        # A float whose shortest form is short of the edge does not reach it: the next one does.
        ("0.3", 0.299999999999, after(0.300000000001)),
        ("99.99999999999999999999", 99.999999999999, 100.000000000001),
        ("123456.7890123456789", after(123456.78901234568), after(123456.78901234568)),
    ],
)
def test_an_edge_is_the_least_float_that_reads_as_there_or_beyond(
    required: str, met_from: float, strictly_from: float
) -> None:
    fine = Measure(id="m", title="M", unit="score", direction="increase", decimals=9)
    asked = Target(id="t", measure="m", aim=Hold(), due="CY2024", baseline=Baseline("CY2020", required))
    strict = Target(id="t", measure="m", aim=Improve(), due="CY2024", baseline=Baseline("CY2020", required))
    found = []
    for each in (asked, strict):
        rule = compile_rule(each, fine, None)
        assert rule is not None
        found.append(edges_of(rule, Decimal(required)).met_from)
    assert found == [Edge.at(met_from), Edge.at(strictly_from)]
