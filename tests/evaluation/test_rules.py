"""From an aim to a scale: the cuts and labels of every sort of target, on the way and at the due date."""

from decimal import Decimal
from typing import Any

import pytest

from outcome_bees import (
    Baseline,
    Beat,
    Complete,
    Hold,
    Improve,
    Linear,
    Margin,
    Measure,
    Period,
    Policy,
    Profile,
    Rank,
    Reach,
    StayBetween,
    Target,
    Travel,
    Verdict,
)
from outcome_bees.errors import InvalidValueError
from outcome_bees.evaluation.policy import FIVE_PER_CENT, STANDARD
from outcome_bees.evaluation.rules import (
    Reference,
    Rule,
    Settling,
    compile_rule,
    guard_of,
    in_unit_of,
    moved_toward,
    needs_direction,
    place_among,
    travel_scale,
    wanted_stretch,
)
from outcome_bees.scales import Scale

MET, OFF = Verdict.MET, Verdict.OFF
POINTS = Policy(id="points", met_within=Margin(amount=1), near_within=Margin(amount=3))
SINCE = Baseline("CY2020")


def measure(direction: str | None = "increase", unit: str | None = "percent", **rest: Any) -> Measure:
    return Measure(id="m", title="M", unit=unit, direction=direction, **rest)


def target(aim: Any, **rest: Any) -> Target:
    return Target(**{"id": "t", "measure": "m", "aim": aim, "due": "CY2024", **rest})


def rule_of(aim: Any, direction: str | None = "increase", **rest: Any) -> Rule:
    policy = rest.pop("policy", STANDARD)
    rule = compile_rule(target(aim, **rest), measure(direction), None, policy)
    assert rule is not None
    return rule


def cuts(scale: Scale[Any]) -> list[str]:
    """Every cut as where it is and who owns it: ``"38 + 1 x above"``."""
    written = []
    for cut in scale.cuts:
        constant, weight = (f"{number.normalize():f}" for number in (cut.line.constant, cut.line.weight))
        parts = [constant] * (constant != "0" or weight == "0") + [f"{weight} x"] * (weight != "0")
        written.append(f"{' + '.join(parts)} {cut.owner.value}")
    return written


@pytest.mark.parametrize(
    ("aim", "direction", "rest", "where", "labels"),
    [
        (Reach(95), "increase", {}, ["95 above"], "off met"),
        (Reach(10), "decrease", {}, ["10 below"], "met off"),
        (Reach(5), "maintain", {}, ["5 above", "5 below"], "off met off"),
        (StayBetween(55, 64), None, {}, ["55 above", "64 below"], "off met off"),
        (Improve(), "increase", {"baseline": SINCE}, ["1 x below"], "off met"),
        (Improve(), "decrease", {"baseline": SINCE}, ["1 x above"], "met off"),
        (Improve(Margin(amount=2)), "increase", {"baseline": SINCE}, ["2 + 1 x above"], "off met"),
        (Improve(Margin(amount=2)), "decrease", {"baseline": SINCE}, ["-2 + 1 x below"], "met off"),
        (Improve(Margin(percent=5)), "increase", {"baseline": SINCE}, ["1.05 x above"], "off met"),
        (Improve(Margin(percent=5)), "decrease", {"baseline": SINCE}, ["0.95 x below"], "met off"),
        (Hold(), "increase", {"baseline": SINCE}, ["1 x above"], "off met"),
        (Hold(), "maintain", {"baseline": SINCE}, ["1 x above", "1 x below"], "off met off"),
        (Beat("england"), "increase", {}, ["1 x below"], "off met"),
        (Beat("england", Margin(amount=2)), "decrease", {}, ["-2 + 1 x below"], "met off"),
        (Rank(1, 4), "increase", {}, ["0.25 x below"], "met off"),
        (Rank(3, 4), "decrease", {}, ["0.75 x below"], "met off"),
        (Complete(), None, {}, ["100 above"], "off met"),
        # A tolerance, or what a policy allows.
        (Reach(95), "increase", {"tolerance": Margin(amount=2)}, ["93 above", "95 above"], "off near met"),
        (Reach(10), "decrease", {"tolerance": Margin(percent=5)}, ["10 below", "10.5 below"], "met near off"),
        (
            StayBetween(55, 64),
            None,
            {"tolerance": Margin(amount=1)},
            ["54 above", "55 above", "64 below", "65 below"],
            "off near met near off",
        ),
        (Rank(1, 4), "increase", {"tolerance": Margin(amount=1)}, ["0.25 x below", "1 + 0.25 x below"], "met near off"),
        (
            Improve(),
            "increase",
            {"baseline": SINCE, "tolerance": Margin(amount=1)},
            ["-1 + 1 x above", "1 x below"],
            "off near met",
        ),
        (
            Improve(),
            "increase",
            {"baseline": SINCE, "policy": POINTS},
            ["-3 + 1 x above", "-1 + 1 x above"],
            "off near met",
        ),
        (
            Improve(),
            "decrease",
            {"baseline": SINCE, "policy": POINTS},
            ["1 + 1 x below", "3 + 1 x below"],
            "met near off",
        ),
        (Reach(95), "increase", {"policy": FIVE_PER_CENT}, ["90.25 above", "94.05 above"], "off near met"),
        (
            Reach(95),
            "increase",
            {"policy": POINTS, "tolerance": Margin(amount=9)},
            ["92 above", "94 above"],
            "off near met",
        ),
        (Complete(), None, {"policy": POINTS}, ["100 above"], "off met"),
        # Numbers of the target in its own unit; a rank's tolerance is in places, whatever the unit.
        (
            Reach("0.95"),
            "increase",
            {"unit": "fraction", "tolerance": Margin(amount="0.02")},
            ["93 above", "95 above"],
            "off near met",
        ),
        (
            Reach("0.95"),
            "increase",
            {"unit": "fraction", "tolerance": Margin(percent=2)},
            ["93.1 above", "95 above"],
            "off near met",
        ),
        (Beat("england", Margin(amount="0.02")), "increase", {"unit": "fraction"}, ["2 + 1 x above"], "off met"),
        (
            Rank(1, 4),
            "increase",
            {"unit": "fraction", "tolerance": Margin(amount=1)},
            ["0.25 x below", "1 + 0.25 x below"],
            "met near off",
        ),
    ],
)
def test_an_aim_cuts_the_number_line(
    aim: Any, direction: str | None, rest: dict[str, Any], where: list[str], labels: str
) -> None:
    scale = rule_of(aim, direction, **rest).scale
    assert (cuts(scale), " ".join(label.value for label in scale.labels)) == (where, labels)


@pytest.mark.parametrize(
    ("unit", "done"),
    [("milestone", "1"), ("percent", "100"), ("fraction", "1"), ("per_1000", "1000"), ("day", "1"), (None, "1")],
)
def test_what_is_finished_reads_all_of_its_unit_or_one(unit: str | None, done: str) -> None:
    asked = measure(None, unit, **({} if unit else {"kind": "milestone"}))
    rule = compile_rule(target(Complete()), asked, None)
    assert rule is not None
    assert cuts(rule.scale) == [f"{done} above"]


@pytest.mark.parametrize(
    ("aim", "direction", "rest", "reference", "others_move", "in_percent", "of_anything", "exact"),
    [
        (Reach(95), "increase", {}, None, False, False, False, False),
        (Reach(5), "maintain", {}, None, False, False, False, True),
        (StayBetween(5, 6), None, {}, None, False, False, False, False),
        (Hold(), "increase", {"baseline": SINCE}, Reference.BASELINE, False, False, False, False),
        (Hold(), "maintain", {"baseline": SINCE}, Reference.BASELINE, False, False, False, True),
        (Improve(Margin(percent=5)), "increase", {"baseline": SINCE}, Reference.BASELINE, False, False, True, False),
        (Improve(Margin(amount=5)), "increase", {"baseline": SINCE}, Reference.BASELINE, False, False, False, False),
        (Beat("england"), "increase", {}, Reference.COMPARATOR, True, False, False, False),
        (Rank(1, 4), "increase", {}, Reference.AREAS_RANKED, True, False, False, False),
        (Reach(95), "increase", {"policy": FIVE_PER_CENT}, None, False, True, True, False),
        (Reach(95), "increase", {"tolerance": Margin(percent=5)}, None, False, True, True, False),
        (Reach(95), "increase", {"tolerance": Margin(amount=5)}, None, False, False, False, False),
        (Reach(95), "increase", {"policy": POINTS}, None, False, False, False, False),
        (Complete(), None, {"policy": FIVE_PER_CENT}, None, False, False, False, False),
    ],
)
def test_a_rule_knows_what_it_depends_on(
    aim: Any,
    direction: str | None,
    rest: dict[str, Any],
    reference: Reference | None,
    others_move: bool,
    in_percent: bool,
    of_anything: bool,
    exact: bool,
) -> None:
    rule = rule_of(aim, direction, **rest)
    assert (rule.reference, rule.others_move) == (reference, others_move)
    assert (rule.in_percent, rule.takes_a_percentage, rule.is_exact) == (in_percent, of_anything, exact)


def test_the_guard_is_a_thousandth_of_the_last_published_digit() -> None:
    assert [str(guard_of(measure(decimals=digits))) for digits in (0, 1, 2, 9)] == [
        "0.001",
        "0.0001",
        "0.00001",
        "1E-12",
    ]
    assert rule_of(Reach(95)).guard == Decimal("0.0001")


FIVE = Margin(percent=5)


@pytest.mark.parametrize(
    ("aim", "rest", "reference", "undefined"),
    [
        (Reach(95), {}, None, False),
        (Reach(0), {}, None, False),
        (Reach(0), {"policy": FIVE_PER_CENT}, None, True),
        (Reach(95), {"policy": FIVE_PER_CENT}, None, False),
        # Within a thousandth of the guard (0.0001) of zero is zero: thirds of a way do not add up to the last digit.
        (Reach("0.0000001"), {"policy": FIVE_PER_CENT}, None, True),
        (Reach("-0.0000001"), {"policy": FIVE_PER_CENT}, None, True),
        (Reach("0.00000011"), {"policy": FIVE_PER_CENT}, None, False),
        (StayBetween(0, 5), {"policy": FIVE_PER_CENT}, None, True),
        (StayBetween(-5, 0), {"policy": FIVE_PER_CENT}, None, True),
        (StayBetween(-5, 5), {"policy": FIVE_PER_CENT}, None, False),
        (Improve(FIVE), {"baseline": SINCE}, "0", True),
        (Improve(FIVE), {"baseline": SINCE}, "1", False),
        (Improve(FIVE), {"baseline": SINCE}, None, False),
        (Improve(), {"baseline": SINCE}, "0", False),
        (Hold(), {"baseline": SINCE, "policy": FIVE_PER_CENT}, "0", True),
        (Hold(), {"baseline": SINCE, "policy": FIVE_PER_CENT}, None, False),
        (Improve(Margin(amount=2)), {"baseline": SINCE, "policy": FIVE_PER_CENT}, "-2", True),
        (Improve(Margin(amount=2)), {"baseline": SINCE, "policy": FIVE_PER_CENT}, "0", False),
    ],
)
def test_a_percentage_of_zero_is_no_number(
    aim: Any, rest: dict[str, Any], reference: str | None, undefined: bool
) -> None:
    known = None if reference is None else Decimal(reference)
    assert rule_of(aim, **rest).undefined_at(known) is undefined


@pytest.mark.parametrize(
    ("aim", "direction", "number", "reference", "verdict", "required", "gap", "asked"),
    [
        (Reach(95), "increase", "97", None, MET, "95", "2", "at least"),
        (Reach(95), "decrease", "97", None, OFF, "95", "-2", "at most"),
        (Reach(95), "increase", "94.9999", None, MET, "95", "-0.0001", "at least"),
        (Reach(95), "increase", "94.9998", None, OFF, "95", "-0.0002", "at least"),
        (Improve(), "increase", "40", "40", OFF, "40", "0", "more than"),
        (Improve(), "decrease", "39", "40", MET, "40", "1", "less than"),
        (Reach(5), "maintain", "7", None, OFF, "5", "-2", "exactly"),
        (Reach(5), "maintain", "3", None, OFF, "5", "-2", "exactly"),
        (StayBetween(55, 64), None, "57", None, MET, "55", "2", "at least"),
        (StayBetween(55, 64), None, "63", None, MET, "64", "1", "at most"),
        (StayBetween(55, 64), None, "54", None, OFF, "55", "-1", "at least"),
        (StayBetween(55, 64), None, "69", None, OFF, "64", "-5", "at most"),
        (Rank(1, 4), "increase", "3", "9", OFF, "2.25", "-0.75", "at most"),
    ],
)
def test_a_number_is_held_against_the_side_that_it_is_least_ahead_of(
    aim: Any,
    direction: str | None,
    number: str,
    reference: str | None,
    verdict: Verdict,
    required: str,
    gap: str,
    asked: str,
) -> None:
    rule = rule_of(aim, direction, **({"baseline": SINCE} if isinstance(aim, Improve) else {}))
    given = Decimal(number), None if reference is None else Decimal(reference)
    assert rule.held_against(*given) == (verdict, Decimal(required), Decimal(gap), asked)
    assert rule.verdict(*given) is verdict
    assert rule.gap(*given) == Decimal(gap)


@pytest.mark.parametrize(
    ("aim", "direction", "shown", "met"),
    [
        (Reach("95.04"), "increase", "95.0", True),
        (Reach("95.05"), "increase", "95.0", False),
        (Reach("95.04"), "increase", "94.9", False),
        (Reach("95.04"), "increase", "95.1", True),
        (Reach("9.96"), "decrease", "10.0", True),
        (Reach("9.96"), "decrease", "10.1", False),
        (Reach("9.96"), "decrease", "9.9", True),
        (Improve(), "increase", "40.0", False),
        (Improve(), "increase", "40.1", True),
        (Improve(), "decrease", "40.0", False),
        (Improve(), "decrease", "39.9", True),
    ],
)
def test_a_number_as_it_is_published_may_look_met(aim: Any, direction: str, shown: str, met: bool) -> None:
    (bound,) = rule_of(aim, direction, **({"baseline": SINCE} if isinstance(aim, Improve) else {})).bounds
    assert bound.looks_met(Decimal(shown), Decimal("40.04"), 1) is met


@pytest.mark.parametrize(
    ("aim", "direction", "settling", "settled"),
    [
        (Reach(100), "increase", Settling.FLOOR, [False, True, True]),
        (Reach(100), "decrease", Settling.CEILING, [False, False, True]),
        (StayBetween(90, 100), None, Settling.BAND, [False, False, True]),
        (Reach(100), "maintain", Settling.BAND, [False, False, True]),
        (StayBetween(120, 130), None, Settling.BAND, [False, False, False]),
    ],
)
def test_a_total_that_can_only_grow_settles_a_floor_once_there_and_a_ceiling_once_past(
    aim: Any, direction: str | None, settling: Settling, settled: list[bool]
) -> None:
    rule = rule_of(aim, direction)
    assert rule.settling is settling
    numbers = [Decimal(each) for each in (80, 100, 110)]
    assert [rule.settles(rule.verdict(each, None), each, None) for each in numbers] == settled


def test_a_total_that_is_near_a_ceiling_has_not_settled_it() -> None:
    rule = rule_of(Reach(100), "decrease", tolerance=Margin(amount=10))
    assert [rule.settles(rule.verdict(each, None), each, None) for each in map(Decimal, (105, 111))] == [False, True]


def test_a_total_that_is_what_it_was_to_stay_below_has_settled_it_too() -> None:
    rule = rule_of(Improve(), "decrease", baseline=SINCE)
    numbers, before = [Decimal(each) for each in ("39", "39.9999", "40", "41")], Decimal(40)
    assert [rule.settles(rule.verdict(each, before), each, before) for each in numbers] == [False, True, True, True]


def test_what_has_no_direction_needs_none_where_its_aim_says_which_numbers_will_do() -> None:
    needing = [Reach(5), Improve(), Hold(), Beat("england"), Rank(1, 4), None]
    assert all(needs_direction(target(aim, baseline=SINCE)) for aim in needing)
    assert not any(needs_direction(target(aim)) for aim in (StayBetween(1, 2), Complete()))


def test_a_number_of_a_target_is_read_in_the_unit_of_its_measure() -> None:
    stated = target(Reach("0.95"), unit="fraction")
    assert in_unit_of(measure(), stated, Decimal("0.95")) == 95
    assert in_unit_of(measure(), target(Reach(95)), Decimal(95)) == 95
    without = measure(unit=None, kind="percentage")
    assert in_unit_of(without, stated, Decimal("0.95")) == Decimal("0.95")


@pytest.mark.parametrize(
    ("start", "period", "due", "share"),
    [
        ("FY2020-21", "FY2022-23", "FY2024-25", "0.5"),
        ("FY2020-21-Q4", "FY2021-22-Q3", "FY2021-22-Q4", "0.75"),
        ("FY2020-21", "FY2020-21", "FY2024-25", "0"),
        ("FY2020-21", "FY2018-19", "FY2024-25", "0"),
        ("FY2020-21", "FY2024-25", "FY2024-25", "1"),
        ("FY2020-21", "FY2026-27", "FY2024-25", "1"),
        ("AY2023-24-T1", "AY2023-24-T2", "AY2023-24-T3", "0.5"),
        # A span is as far as the period that it ends with, however long it is.
        ("CY2018..CY2020", "CY2022..CY2024", "CY2023..CY2025", "0.8"),
        ("CY2018..CY2020", "CY2023..CY2024", "CY2023..CY2025", "0.8"),
        ("CY2018..CY2020", "CY2022..CY2025", "CY2023..CY2025", "1"),
        ("CY2019", "CY2020..CY2022", "CY2025", "0.5"),
        # In whole months where days fall on the same day of a month, or on the last of each: a leap year is no longer.
        ("2022-03-31", "2023-03-31", "2026-03-31", "0.25"),
        ("2023-06-15", "2024-02-15", "2025-06-15", "1/3"),
        ("2023-11-30", "2024-02-29", "2024-05-31", "0.5"),
        ("Y2022-03-31", "Y2023-03-31", "Y2026-03-31", "0.25"),
        ("FY2020-21", "FY2022-23-Q4", "FY2024-25", "0.5"),
        ("AY2020-21", "FY2022-23", "AY2024-25", "20/48"),
        ("CY2018..CY2020", "CY2022-Q1..CY2023-Q2", "CY2023..CY2025", "0.5"),
        # Else in days.
        ("2024-01-01", "2024-01-11", "2024-02-10", "0.25"),
        ("2024-01-31", "2024-02-10", "2024-03-01", "1/3"),
        ("TY2023-24", "2024-09-27", "TY2024-25", "175/365"),
    ],
)
def test_the_way_along_a_line_is_counted_in_periods_or_in_months_or_in_days(
    start: str, period: str, due: str, share: str
) -> None:
    asked = target(Reach(1000), due=due, baseline=Baseline(start), trajectory=Linear())
    rule = compile_rule(asked, measure(unit="score"), Period.from_code(period))
    assert rule is not None
    (bound,) = rule.bounds
    gone, _, of = share.partition("/")
    required = Decimal(1000) * Decimal(gone) / Decimal(of or 1)
    assert bound.line.at(Decimal(0)) == pytest.approx(required)
    assert bound.line.at(Decimal(1000)) == 1000


def test_on_the_way_along_a_line_a_rule_depends_on_the_baseline_and_at_its_end_on_what_the_aim_does() -> None:
    line: dict[str, Any] = {"baseline": SINCE, "trajectory": Linear()}
    asked, middle = target(Reach(95), **line), Period.from_code("CY2022")
    on_the_way, at_last = compile_rule(asked, measure(), middle), compile_rule(asked, measure(), None)
    assert on_the_way is not None
    assert at_last is not None
    assert (on_the_way.reference, at_last.reference) == (Reference.BASELINE, None)
    arrived = compile_rule(asked, measure(), Period.from_code("CY2024"))
    assert arrived is not None
    assert (cuts(arrived.scale), arrived.reference) == (["95 above"], None)


def profile(
    asked: Measure, values: dict[str, Any], period: str, due: str | None = "FY2024-25", **rest: Any
) -> str | None:
    """What a profile asks of a period's figure."""
    steps = Profile({Period.from_code(code): number for code, number in values.items()})
    aim = Reach(values.get(due or "", 90))
    rule = compile_rule(target(aim, due=due, trajectory=steps, **rest), asked, Period.from_code(period))
    return None if rule is None else " and ".join(cuts(rule.scale))


def test_a_profile_asks_for_its_number_of_that_period_or_of_one_that_ends_with_it() -> None:
    steps = {"FY2023-24": 70, "FY2024-25": 90}
    assert profile(measure(), steps, "FY2023-24") == "70 above"
    assert profile(measure(), steps, "2024-03-31") == "70 above"
    assert profile(measure(), steps, "2024-03") == "70 above"
    assert profile(measure(), steps, "2024-02") is None
    assert profile(measure(), steps, "2025-03-31") == "90 above"
    assert profile(measure(), {"FY2023-24": 70}, "2025-03-31") == "90 above"  # the aim's own, at the due date
    assert profile(measure(), {"FY2023-24": 70}, "2024-12-31") is None
    assert profile(measure(), {"FY2023-24": 70}, "2025-03-31", due=None) is None


def test_a_profile_of_what_adds_up_asks_for_its_number_of_periods_as_long() -> None:
    steps, count = {"FY2024-25-Q1": 20, "FY2024-25": 90}, measure(unit="child")
    assert profile(count, steps, "FY2024-25-Q1") == "20 above"
    assert profile(count, steps, "2024-04..2024-06") == "20 above"
    assert profile(count, steps, "2024-06") is None
    assert profile(count, steps, "2024-06-30") == "20 above"  # a snapshot has no length
    assert profile(measure(unit="child", timing="cumulative"), steps, "2024-06") == "20 above"


def test_of_several_steps_that_end_with_a_period_the_first_by_code_counts() -> None:
    steps = {"FY2023-24-Q4": 71, "FY2023-24": 70, "2024-03": 72, "FY2024-25": 90}
    assert profile(measure(), steps, "2024-03-31") == "72 above"
    assert profile(measure(), steps, "FY2023-24") == "70 above"


def test_a_profile_is_in_the_unit_of_its_target() -> None:
    steps = {"FY2023-24": "0.7", "FY2024-25": "0.9"}
    assert profile(measure(), steps, "FY2023-24", unit="fraction") == "70 above"


UP, DOWN, SAME = Travel.INCREASING, Travel.DECREASING, Travel.NO_CHANGE
BETTER, WORSE = Travel.IMPROVING, Travel.WORSENING


@pytest.mark.parametrize(
    ("direction", "within", "toward", "where", "labels"),
    [
        (None, None, False, ["1 x above", "1 x below"], (DOWN, SAME, UP)),
        ("maintain", None, False, ["1 x above", "1 x below"], (DOWN, SAME, UP)),
        ("increase", None, False, ["1 x above", "1 x below"], (WORSE, SAME, BETTER)),
        ("decrease", None, False, ["1 x above", "1 x below"], (BETTER, SAME, WORSE)),
        ("maintain", None, True, ["1 x above", "1 x below"], (WORSE, SAME, BETTER)),
        ("increase", Margin(amount=2), False, ["-2 + 1 x above", "2 + 1 x below"], (WORSE, SAME, BETTER)),
        ("decrease", Margin(percent=5), False, ["0.95 x above", "1.05 x below"], (BETTER, SAME, WORSE)),
        (None, Margin(percent=5), False, ["0.95 x above", "1.05 x below"], (DOWN, SAME, UP)),
    ],
)
def test_where_a_figure_has_moved_is_a_scale_too(
    direction: str | None, within: Margin | None, toward: bool, where: list[str], labels: tuple[Travel, ...]
) -> None:
    scale = travel_scale(measure(direction).direction, within, toward=toward)
    assert (cuts(scale), scale.labels) == (where, labels)


@pytest.mark.parametrize(
    ("aim", "direction", "stretch"),
    [
        (Reach(5), "maintain", (5, 5)),
        (StayBetween(55, 64), "maintain", (55, 64)),
        (Hold(), "maintain", (40, 40)),
        (Complete(), "maintain", None),
        (None, "maintain", None),
        (Reach(5), "increase", None),
        (StayBetween(55, 64), "decrease", None),
        (StayBetween(55, 64), None, None),
    ],
)
def test_a_measure_is_to_be_kept_at_a_number_or_in_a_band(
    aim: Any, direction: str | None, stretch: tuple[int, int] | None
) -> None:
    found = wanted_stretch(target(aim, **({"baseline": SINCE} if isinstance(aim, Hold) else {})), measure(direction))
    assert (found and tuple(line.at(Decimal(40)) for line in found)) == stretch
    assert wanted_stretch(None, measure(direction)) is None


@pytest.mark.parametrize(
    ("before", "number", "moved"),
    [
        ("50", "53", "53"),  # three nearer
        ("53", "50", "50"),  # three further away
        ("70", "66", "74"),  # four nearer
        ("66", "70", "62"),  # four further away
        ("50", "66", "53"),  # from five below to two above
        ("50", "60", "55"),  # into the band
        ("56", "63", "56"),  # within it
    ],
)
def test_what_comes_nearer_to_a_band_has_risen_by_so_much(before: str, number: str, moved: str) -> None:
    assert moved_toward((Decimal(55), Decimal(64)), Decimal(number), Decimal(before)) == Decimal(moved)


@pytest.mark.parametrize(
    ("direction", "number", "place"),
    [
        ("increase", "65", 1),
        ("increase", "60", 2),
        ("increase", "50", 3),
        ("increase", "49", 5),
        ("decrease", "65", 6),
        ("decrease", "60", 4),
        ("decrease", "50", 2),
        ("decrease", "49", 2),
        ("decrease", "44", 1),
        # Within the guard of another is as good.
        ("increase", "59.9999", 2),
        ("increase", "59.9998", 3),
        ("decrease", "50.0001", 2),
        ("decrease", "50.0002", 4),
    ],
)
def test_equal_places_share_the_better_one(direction: str, number: str, place: int) -> None:
    others = [Decimal(each) for each in (45, 50, 50, 60, 64)]
    assert place_among(measure(direction), Decimal(number), others) == place


def test_without_a_better_side_no_place_is_better() -> None:
    assert place_among(measure(None), Decimal(50), [Decimal(40), Decimal(60)]) == 1


def test_a_placeholder_has_no_rule_and_a_better_number_needs_a_side() -> None:
    with pytest.raises(InvalidValueError, match="an aim; a placeholder has no rule"):
        compile_rule(target(None), measure(), None)
    for direction in ("maintain", None):
        with pytest.raises(InvalidValueError, match="where neither more nor less is better"):
            compile_rule(target(Beat("england")), measure(direction), None)
