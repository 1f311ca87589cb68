"""Figures that can hardly be meant as they stand are warned of, and nothing is changed."""

import io
import warnings
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from outcome_bees import (
    Improve,
    Measure,
    Observation,
    Observations,
    Plan,
    Reach,
    StayBetween,
    Target,
    load_observations,
)
from outcome_bees.model.index import Origin
from outcome_bees.model.plausibility import ImplausibleFiguresWarning, implausible_figures, warn_of_implausible

PERIODS = [f"FY{year}-{year % 100 + 1:02}" for year in range(2010, 2024)]


def plan(unit: str, goal: Any = None, **fields: Any) -> Plan:
    measure = Measure(**{"id": "m", "title": "M", "unit": unit, "direction": "increase", **fields})
    aim = Reach(goal) if isinstance(goal, (str, int)) else goal
    targets = [] if aim is None else [Target(id="t", measure="m", aim=aim, due="FY2024-25")]
    return Plan(id="p", title="P", measures=[measure], targets=targets)


def figures(*values: Any, **fields: Any) -> list[Observation]:
    return [
        Observation(measure="m", area="E10000015", period=period, value=str(value), **fields)
        for period, value in zip(PERIODS, values, strict=False)
    ]


def found(given_plan: Plan, observations: list[Observation]) -> list[str]:
    return [each.message for each in implausible_figures(observations, given_plan)]


@pytest.mark.parametrize(
    ("unit", "goal", "values", "words"),
    [
        ("percent", 95, (0.96,), "the only figure is between 0 and 1, and the target is 95%"),
        ("percent", 95, (0.96, 0.5, 1), "all 3 figures are between 0 and 1"),
        ("percent", StayBetween(85, 90), (0.96, 0.5), "the targets are 85%, 90%"),
        ("percent", None, (0.1, 0.2, 0.3, 0.4, 0.5), "in a measure of per cent"),
        ("fraction", "0.95", (96, 95), "state the unit percent"),
        ("GBP_million", "1.5", (1_234_567, 1_300_000), "a hundred times more than wanted"),
        ("GBP", 1_500_000, (1.2, 1.3), "a hundred times less than wanted"),
        ("day", 5, (700, 900), "a hundred times more than wanted"),
        ("per_10000", 50, (500, 640), "eight times more than wanted"),
        ("per_10000", 50, (5, 6), "eight times less than wanted"),
        ("percent", 95, (96, 104), "1 figure is above 100% of a whole"),
        ("child", 5, (7000, 9000), "a thousand times more than wanted"),
        ("percent", None, (95, 96, 0.95, 94, 97), "1 figure is between 0 and 1 among percentages of about 95"),
        ("percent", None, (5, 600), "1 figure is a hundred times the one before"),
        ("child", None, (5, -1), "1 figure is below zero"),
        ("score out of 5", None, (4, 3), ""),
        ("milestone", None, (0, 2), "neither 0 nor 1"),
    ],
)
def test_what_can_hardly_be_meant_is_found(unit: str, goal: Any, values: tuple[Any, ...], words: str) -> None:
    messages = found(plan(unit, goal), figures(*values))
    assert (words in messages[0]) if words else not messages


@pytest.mark.parametrize(
    ("unit", "goal", "values"),
    [
        ("percent", 95, (96, 94.5, 0)),
        ("percent", "0.5", (0.4, 0.6)),
        ("percent", 3, (0.4, 0.6)),
        ("percent", None, (0.4, 0.6)),
        ("percent", 95, (0, 0)),
        ("fraction", "0.95", (0.9, 1)),
        ("child", 0, (130, 200)),
        ("child", 100, (0, 1)),
        ("GBP_million", 2, (0.5, 40)),
        ("per_10000", 50, (64.1, 61)),
        ("score", None, (-0.5, 0.5)),
        ("percent", None, (120, 130)),
    ],
)
def test_what_may_well_be_true_is_left_alone(unit: str, goal: Any, values: tuple[Any, ...]) -> None:
    assert found(plan(unit, goal), figures(*values)) == []


def test_a_part_of_a_whole_is_not_above_it() -> None:
    measure = plan("percent", title="Percentage of children seen")
    assert found(measure, figures(95, 101)) == ["1 figure is above 100% of a whole"]


def test_a_rate_is_held_against_its_own_numerator_and_denominator() -> None:
    wrong = figures(500, 500, 505, numerator=500, denominator=100_000)
    (message,) = found(plan("per_10000"), wrong)
    assert "3 of 3 figures are 10 times what numerator and denominator give in per_10000" in message
    assert found(plan("per_10000"), figures(50, 51, numerator=500, denominator=100_000)) == []


def test_figures_in_a_unit_of_their_own_are_converted_first() -> None:
    assert found(plan("percent", 95), figures("0.96", "0.94", unit="fraction")) == []
    (message,) = found(plan("GBP_million", 2), figures("1.5", unit="GBP"))
    assert "converted from GBP" in message


def test_rows_are_named_and_nothing_is_changed() -> None:
    rows = "".join(f"m,{period},E10000015,0.9{at}\n" for at, period in enumerate(PERIODS[:9]))
    table = f"measure,period,area,value\n{rows}"
    with pytest.warns(ImplausibleFiguresWarning, match=r"m: all 9 figures .* \(lines 2, 3, 4 and 6 more\)"):
        told = load_observations(io.StringIO(table), plan("percent", 95), format="csv")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        silent = load_observations(io.StringIO(table), plan("percent", 95), format="csv", implausible_ok=True)
        assert load_observations(io.StringIO(table), format="csv") == silent == told


@given(st.lists(st.integers(60, 100), min_size=1, max_size=10))
def test_shares_are_found_whatever_they_are_and_percentages_never(values: list[int]) -> None:
    assert found(plan("percent", 95), figures(*values)) == []
    assert len(found(plan("percent", 95), figures(*(each / 100 for each in values)))) == 1


def test_a_rate_in_a_measure_of_per_cent_is_told_and_so_is_the_other_way_about() -> None:
    (message,) = found(plan("percent"), figures(1870, 2060, unit="per_10000"))
    assert message == (
        "2 figures are converted from per_10000 into percent, so that 1870 per 10,000 is read as 18.7%: "
        "see whether it is meant"
    )
    (message,) = found(plan("per_10000"), figures(18.7, unit="percent"))
    assert message.startswith("1 figure is converted from percent into per_10000")
    assert found(plan("percent"), figures(0.2, 0.19, unit="fraction")) == []
    assert found(plan("per_10000"), figures(0.0032, unit="fraction")) == []
    assert found(plan("per_1000"), figures(200, 190, unit="per_10000")) == []


def test_the_command_warns_of_it(tmp_path: Path) -> None:
    table = tmp_path / "figures.csv"
    table.write_text("measure,period,area,value,unit\nm,FY2023-24,E10000015,1870,per_10000\n", encoding="utf-8")
    with pytest.warns(ImplausibleFiguresWarning, match=r"converted from per_10000 into percent.*line 2"):
        load_observations(table, plan=plan("percent"))


@pytest.mark.parametrize(
    ("unit", "goal", "values", "words"),
    [
        ("percent", 5, (0.96, 0.5), "the target is 5%"),
        ("percent", "4.9", (0.96, 0.5), ""),
        ("percent", 95, (0.96, 1), "between 0 and 1"),
        ("percent", 95, (0.96, 1.1), ""),
        ("percent", 95, (0, "0.9"), "all 2 figures are between 0 and 1"),
        ("percent", StayBetween(3, 95), ("0.9",), "the targets are 3%, 95%"),
        ("percent", StayBetween(3, 4), ("0.9",), ""),
        ("percent", None, (0.1, 0.2, 0.3, 0.4), ""),
        ("percent", None, (0.1, 0.2, 0.3, 0.4, 0.5), "in a measure of per cent"),
        ("day", 5, (500, 600), "a hundred times more than wanted"),
        ("day", 5, (499, 600), ""),
        ("day", 5, (0.05, 0.04), "a hundred times less than wanted"),
        ("day", 5, (0.051, 0.04), ""),
        ("per_10000", 50, (400, 640), "eight times more than wanted"),
        ("per_10000", 50, (399, 640), ""),
        ("child", 5, (5000, 9000), "a thousand times more than wanted"),
        ("child", 5, (4999, 9000), ""),
        ("percent", 95, (96, 100), ""),
        ("percent", 100, (96, 101), "above 100% of a whole"),
        ("percent", 101, (96, 101), ""),
        ("score out of 5", None, (5, 3), ""),
        ("percent", None, (95, 96, 1, 94, 97), "between 0 and 1 among percentages of about 95"),
        ("percent", None, (95, 96, 0, 94, 97), ""),
        ("percent", None, (49, 48, 0.48, 47, 46), "a hundred times the one before"),
        ("percent", None, (50, 51, 0.5, 50, 49), "between 0 and 1 among percentages of about 50"),
        ("percent", None, (50, 51, 0.19, 50, 49), "a hundred times the one before"),
        ("percent", None, (50, 50, 0.8, 50, 50), "between 0 and 1 among percentages of about 50"),
        ("percent", None, (50, 50, 0.2, 50, 50), "between 0 and 1 among percentages of about 50"),
        ("percent", None, (49, 49, 0.48, 49, 49), "a hundred times the one before"),
        ("child", None, (5, 500), "a hundred times the one before"),
        ("child", None, (5, 499), ""),
        ("child", None, (0, 499), ""),
        ("child", None, (5, 0), ""),
        ("milestone", None, (0, 1), ""),
    ],
)
def test_the_last_figure_that_may_be_meant_is_left_alone_and_the_first_beyond_it_is_found(
    unit: str, goal: Any, values: tuple[Any, ...], words: str
) -> None:
    messages = found(plan(unit, goal), figures(*values))
    assert (any(words in each for each in messages)) if words else not messages, messages


@pytest.mark.parametrize(("title", "whole"), [("Percentage of children seen", True), ("M", False), ("Growth", False)])
def test_a_percentage_whose_title_or_denominator_says_of_what_is_no_more_than_the_whole(
    title: str, whole: bool
) -> None:
    beyond = "2 figures are above 100% of a whole"
    assert (found(plan("percent", title=title), figures(120, 130)) == [beyond]) is whole
    assert found(plan("percent", title="M", denominator="children"), figures(120, 130)) == [beyond]
    assert found(plan("per_1000", title=title), figures(1200, 1300)) == []


SEE = "see whether another unit is meant"
SHARE = "is between 0 and 1, and the target is 95%: if it is a share, state the unit fraction"
SHARES = "are between 0 and 1 in a measure of per cent: if they are shares, state the unit fraction"
PERCENTAGES = "are above 1 in a measure of a fraction: if they are percentages, state the unit percent"


@pytest.mark.parametrize(
    ("unit", "goal", "values", "message"),
    [
        ("percent", 95, (1,), f"the only figure {SHARE}"),
        ("percent", None, (0, 0.1, 0.2, 0.3, 0.4, 0.5, 1), f"all 7 figures {SHARES}"),
        ("fraction", None, (1.01, 96), f"all 2 figures {PERCENTAGES}"),
        (
            "GBP",
            StayBetween(10, 20),
            (2000, 0),
            "all 2 figures are at least a hundred times more than wanted (the targets are £10, £20): "
            "if they are in a smaller unit, such as pounds, state it",
        ),
        (
            "GBP",
            StayBetween(1000, 2000),
            (-10,),
            "the only figure is at least a hundred times less than wanted (the targets are £1000, £2000): "
            "if it is in a larger unit, such as millions, state it",
        ),
        ("score out of 5", None, (5.1, 3), "1 figure is above 5, the highest there is"),
        ("child", None, (-1, -2), "2 figures are below zero, which it cannot be"),
        ("per_10000", None, (-1, 2), "1 figure is below zero, which it cannot be"),
        ("day", None, (-1, 2), "1 figure is below zero, which it cannot be"),
        ("milestone", None, (0, 2), "1 figure is neither 0 nor 1, not done or done"),
        ("percent", None, (1, 200, 1), "2 figures are a hundred times the one before, or a hundredth of it"),
        (
            "percent",
            None,
            (81, 82, 0.5, 81, 80.9),
            "2 figures are a hundred times the one before, or a hundredth of it",
        ),
        ("percent", None, (80, 81, 0.5, 0.6, 79), "2 figures are between 0 and 1 among percentages of about 79"),
    ],
)
def test_each_finding_says_how_many_figures_and_what_is_odd_about_them(
    unit: str, goal: Any, values: tuple[Any, ...], message: str
) -> None:
    assert found(plan(unit, goal), figures(*values)) == [message]


@pytest.mark.parametrize(
    ("unit", "goal", "values"),
    [
        ("percent", None, (0, 0.1, 0.2, 0.3, 0.4, 1)),
        ("fraction", None, (1, 96)),
        ("GBP", StayBetween(10, 20), (1999,)),
        ("GBP", StayBetween(1000, 2000), (11,)),
        ("child", 100_000, (1,)),
        ("milestone", None, (1, 1)),
    ],
)
def test_nothing_is_said_of_what_is_just_within_what_may_be(unit: str, goal: Any, values: tuple[Any, ...]) -> None:
    assert found(plan(unit, goal), figures(*values)) == []


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (("5.1", "5.1"), "2 of 2 figures are 1/10 of what"),
        (("5.11", "5.11"), ""),
        (("4.9", "4.9"), "2 of 2 figures are 1/10 of what"),
        (("5", "50"), ""),
        (("5", "5", "50"), "2 of 3 figures are 1/10 of what"),
        (("500000", "500000"), "2 of 2 figures are 10000 times what"),
        (("0", "5"), "1 of 1 figures are 1/10 of what"),
    ],
)
def test_most_figures_are_ten_times_their_parts_or_none_is_doubted(values: tuple[str, ...], words: str) -> None:
    messages = found(plan("per_1000"), figures(*values, numerator=50, denominator=1000))
    assert (len(messages) == 1 and words in messages[0]) if words else messages == []
    assert found(plan("per_1000"), figures(*values, numerator=50)) == []


def test_a_figure_without_a_number_and_one_of_another_measure_are_passed_over() -> None:
    absent = Observation(measure="m", area="E10000015", period="FY2008-09", absence="suppressed")
    other = Observation(measure="another", area="E10000015", period="FY2008-09", value=1)
    assert found(plan("percent", 95), [absent, other]) == []
    (only,) = implausible_figures([absent, other, *figures("0.96")], plan("percent", 95))
    assert (only.measure, [str(each.value) for each in only.figures]) == ("m", ["0.96"])


def test_a_jump_is_looked_for_within_one_series_in_the_order_of_its_periods() -> None:
    here, there = figures(5, 6), [*figures(600, 700)]
    there = [Observation(measure="m", area="E10000016", period=each.period, value=each.value) for each in there]
    assert found(plan("child"), [*here, *there]) == []
    part = [
        Observation(measure="m", area="E10000015", period=each.period, value=each.value, breakdown={"sex": "male"})
        for each in there
    ]
    assert found(plan("child"), [*here, *part]) == []
    month = [Observation(measure="m", area="E10000015", period="2012-01", value=600)]
    assert found(plan("child"), [*here, *month]) == []
    last, *others = reversed(figures(5, 6, 600))
    (jump,) = implausible_figures([last, *others], plan("child"))
    assert [str(each.value) for each in jump.figures] == ["600"]


def test_only_percentages_are_taken_for_shares_and_only_where_there_are_enough() -> None:
    assert found(plan("child"), figures(95, 96, 1, 94, 97)) == []
    assert found(plan("percent"), figures(95, 96, 1, 94)) == []
    assert found(plan("percent"), figures(95, 96, 1, 94, 97)) == [
        "1 figure is between 0 and 1 among percentages of about 95"
    ]


def test_above_one_is_no_share_however_high_the_percentages_are() -> None:
    assert found(plan("percent"), figures(130, 140, "1.5", 135, 128)) == []
    assert found(plan("percent"), figures(130, 140, "1", 135, 128)) == [
        "1 figure is between 0 and 1 among percentages of about 130"
    ]


def test_rows_of_several_files_are_named_each_with_its_file(tmp_path: Path) -> None:
    tables = []
    for name, period in (("one.csv", PERIODS[0]), ("two.csv", PERIODS[1])):
        table = tmp_path / name
        table.write_text(f"measure,period,area,value\nm,{period},E10000015,0.9\n", encoding="utf-8")
        tables.append(load_observations(table))
    both = Observations.combined(*tables)
    with pytest.warns(ImplausibleFiguresWarning, match=r"\(.*one\.csv.*line 2; .*two\.csv.*line 2\)$"):
        warn_of_implausible(both, plan("percent", 95))
    with pytest.warns(ImplausibleFiguresWarning, match=r"\([^;(]*one\.csv[^;]*line 2\)$"):
        warn_of_implausible(tables[0], plan("percent", 95))
    with pytest.warns(ImplausibleFiguresWarning, match=r"state the unit fraction$"):
        warn_of_implausible(Observations(figures("0.9")), plan("percent", 95))


def test_a_target_of_another_measure_and_one_in_another_unit_are_not_mistaken_for_what_is_wanted() -> None:
    measures = [Measure(id=each, title=each, unit="GBP", direction="increase") for each in ("m", "n")]
    of_other = Plan(
        id="p", title="P", measures=measures, targets=[Target(id="t", measure="n", aim=Reach(1), due="FY2024-25")]
    )
    assert found(of_other, figures(1000)) == []
    in_thousands = Target(id="t", measure="m", aim=Reach(1), unit="GBP_thousand", due="FY2024-25")
    wanted = Plan(id="p", title="P", measures=measures, targets=[in_thousands])
    assert found(wanted, figures(1000)) == []
    (message,) = found(wanted, figures(10))
    assert "a hundred times less than wanted (the target is £1000)" in message


@pytest.mark.parametrize("power", range(-4, 5))
def test_a_figure_is_held_against_every_power_of_ten_from_a_ten_thousandth_to_ten_thousand_times(power: int) -> None:
    times = f"1/{10**-power} of" if power < 0 else f"{10**power} times"
    expected = [f"1 of 1 figures are {times} what numerator and denominator give in per_1000: {SEE}"] if power else []
    for value in (Decimal(each).scaleb(power) for each in ("0.98", "1", "1.02")):
        assert found(plan("per_1000"), figures(value, numerator=1, denominator=1000)) == expected


@pytest.mark.parametrize("value", [100_000, "0.00001", "1.021", 20, 5])
def test_other_ratios_to_its_parts_are_not_doubted(value: Any) -> None:
    assert found(plan("per_1000"), figures(value, numerator=1, denominator=1000)) == []


def warned(given_plan: Plan, observations: Observations) -> str:
    with pytest.warns(ImplausibleFiguresWarning) as caught:
        warn_of_implausible(observations, given_plan)
    (warning,) = caught
    return str(warning.message)


@pytest.mark.parametrize(
    ("origins", "rows"),
    [
        ([Origin("f.csv", 2)], " (f.csv, line 2)"),
        ([Origin("f.csv", 2), Origin("f.csv", 7)], " (f.csv, lines 2, 7)"),
        ([Origin("f.csv", 2), Origin("f.csv", 3), Origin("f.csv", 4)], " (f.csv, lines 2, 3, 4)"),
        ([Origin("f.csv", line) for line in (2, 3, 4, 5)], " (f.csv, lines 2, 3, 4 and 1 more)"),
        ([Origin("f.csv", 2), Origin("g.csv", 3)], " (f.csv, line 2; g.csv, line 3)"),
        ([Origin("f.xlsx", 2, "A"), Origin("f.xlsx", 3, "B")], " (f.xlsx, sheet A, line 2; f.xlsx, sheet B, line 3)"),
        ([Origin("f.json"), Origin("f.json")], " (f.json; f.json)"),
        ([Origin("f.csv", 2), Origin("f.csv")], " (f.csv, line 2; f.csv)"),
        ([Origin(line=2)], " (line 2)"),
    ],
)
def test_a_warning_names_up_to_three_rows_and_counts_the_others(origins: list[Origin], rows: str) -> None:
    observations = Observations.read_from(figures(*["0.9"] * len(origins)), origins.__getitem__)
    assert warned(plan("percent", 95), observations).endswith(f"state the unit fraction{rows}")


def test_a_figure_that_was_read_from_no_file_is_counted_among_the_others() -> None:
    read, other = figures("0.9", "0.8")
    both = Observations.combined(Observations.read_from([read], lambda _: Origin("f.csv", 2)), Observations([other]))
    assert warned(plan("percent", 95), both).endswith(" (f.csv, lines 2 and 1 more)")


def test_of_many_targets_three_are_named_each_once() -> None:
    targets = [
        Target(id=f"t{number}", measure="m", aim=Reach(goal), due="FY2024-25")
        for number, goal in enumerate((10, 20, 20, 30, 40))
    ]
    (message,) = found(evolve(plan("GBP"), targets=targets), figures(4000))
    assert "(the targets are £10, £20, £30)" in message


def test_a_target_that_names_no_number_says_nothing_of_what_is_wanted() -> None:
    aims = {"improve": Improve(), "open": None}
    targets = [Target(id=id, measure="m", aim=aim, due="FY2024-25") for id, aim in aims.items()]
    assert found(evolve(plan("percent"), targets=targets), figures("0.9")) == []


@pytest.mark.parametrize(("unit", "goal"), [("percent", 95), ("fraction", None), ("fraction", "0.95")])
def test_where_no_figure_has_a_number_in_the_measures_unit_nothing_is_doubted(unit: str, goal: Any) -> None:
    absent = Observation(measure="m", area="E10000015", period="FY2008-09", absence="suppressed", unit="percent")
    incomparable = figures(5, unit="day")
    assert found(plan(unit, goal), [absent, *incomparable]) == []


def test_a_jump_is_looked_for_only_where_no_figure_is_beyond_what_may_be() -> None:
    assert found(plan("child"), figures(5, 600, -1)) == ["1 figure is below zero, which it cannot be"]


@pytest.mark.parametrize("unit", ["GBP", "day", "count", "per_1000/child", None])
def test_what_is_no_share_is_held_against_no_parts_and_is_mistaken_for_no_share(unit: Any) -> None:
    measure = plan(unit, kind="score" if unit is None else "rate")
    assert found(measure, figures(500, 500, numerator=5, denominator=1000)) == []
    assert found(measure, figures(500, 500, unit="percent")) == []


@pytest.mark.parametrize(
    ("unit", "goal", "values", "messages"),
    [
        ("percent", 95, (-0.5, "0.96"), []),
        ("milestone", 1, (200,), ["1 figure is neither 0 nor 1, not done or done"]),
    ],
)
def test_what_a_measure_cannot_be_mistaken_for_is_not_looked_for(
    unit: str, goal: Any, values: tuple[Any, ...], messages: list[str]
) -> None:
    assert found(plan(unit, goal), figures(*values)) == messages


BELOW = "1 figure is below zero, which it cannot be"


@pytest.mark.parametrize(
    ("unit", "fields", "messages"),
    [
        ("percent", {"title": "Percentage of children seen"}, [BELOW]),
        ("percent", {"title": "Children seen", "denominator": "children"}, [BELOW]),
        ("percent", {"title": "Children seen"}, []),
        ("fraction", {"title": "Share of children seen"}, [BELOW]),
        ("percentage_point", {"title": "Difference", "denominator": "children"}, []),
        ("GBP", {"title": "Share of the spend", "kind": "percentage"}, []),
        ("per_1000", {"title": "Children seen"}, [BELOW]),
        *((unit, {}, [BELOW]) for unit in ("count", "day", "rank")),
        *((unit, {}, []) for unit in ("grade", "GBP", "score")),
    ],
)
def test_a_part_of_a_whole_is_not_below_zero(unit: str, fields: dict[str, Any], messages: list[str]) -> None:
    assert found(plan(unit, **fields), figures(-5)) == messages


@pytest.mark.parametrize(
    ("goal", "title", "whole"),
    [
        ("1", "M", True),
        ("0.5", "M", True),
        (0, "M", False),
        (StayBetween(95, 110), "M", False),
        (StayBetween(90, 100), "M", True),
        ("-0.5", "M", False),
        *((95, f"Beds: {word}", False) for word in ("growth", "change", "planned places", "occupancy", "variance")),
        *((95, f"Beds: {word}", False) for word in ("INCREASE", "target", "Budget", "capacity", "expected")),
        (95, "Beds", True),
    ],
)
def test_a_percentage_that_is_to_be_no_more_than_a_whole_is_none_itself(goal: Any, title: str, whole: bool) -> None:
    messages = found(plan("percent", goal, title=title), figures(104))
    assert ("1 figure is above 100% of a whole" in messages) is whole
