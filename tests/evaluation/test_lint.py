"""A plan's findings: each for what it says, each with a remedy, and taking the remedy ends it."""

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from outcome_bees import (
    Baseline,
    Beat,
    Comparator,
    Complete,
    Finding,
    Hold,
    Improve,
    Linear,
    Margin,
    Measure,
    Observation,
    Period,
    Plan,
    Priority,
    Profile,
    Rank,
    Reach,
    Severity,
    StayBetween,
    Target,
    catalogue,
    draft_measure,
    lint,
)
from outcome_bees.errors import InvalidTypeError
from outcome_bees.linting.finding import SORTS
from outcome_bees.testing import plans

REACH, POINT = Reach(95), Margin(amount=1)
ENGLAND = Comparator(id="england", title="England", areas=["E92000001"])
COMPLETE: dict[str, Any] = {
    "id": "m",
    "title": "Plans in 20 weeks",
    "unit": "percent",
    "direction": "increase",
    "calendar": "financial",
    "frequency": "yearly",
    "outcome_bees": ["be-safe"],
}
"""A measure, and with it a plan, that leaves nothing out."""


def plan_of(measure: dict[str, Any], *targets: Target, **rest: Any) -> Plan:
    whole = Measure(**{**COMPLETE, **measure})
    return Plan(id="p", title="P", measures=[whole], targets=targets, comparators=[ENGLAND], **rest)


def target(aim: Any = REACH, **rest: Any) -> Target:
    return Target(**{"id": "t", "measure": "m", "aim": aim, "due": "FY2024-25", **rest})


def ids(plan: Plan) -> set[str]:
    return {finding.id for finding in lint(plan)}


def test_a_plan_that_leaves_nothing_out_has_no_findings() -> None:
    assert lint(plan_of({}, target())) == ()


@pytest.mark.parametrize(
    ("measure", "finding", "path"),
    [
        ({"direction": None}, "no_direction", "direction"),
        ({"unit": None, "kind": "percentage"}, "no_unit", "unit"),
        ({"calendar": None}, "no_calendar", "calendar"),
        ({"calendar": None, "timing": "flow", "frequency": "quarterly"}, "no_calendar", "calendar"),
        ({"timing": "snapshot", "frequency": None}, "no_frequency", "frequency"),
        ({"outcome_bees": []}, "no_bee", "outcome_bees"),
        ({"unit": None, "kind": "compound"}, "no_parts", "components"),
        ({"title": "Reduction in plans"}, "title_against_direction", "direction"),
        ({"title": "Increase in delays", "direction": "decrease"}, "title_against_direction", "direction"),
        ({"title": "Fewer  moves"}, "title_against_direction", "direction"),
        ({"kind": "count"}, "kind_against_unit", "kind"),
        ({"kind": "percentage", "unit": "child"}, "kind_against_unit", "kind"),
    ],
)
def test_what_a_measure_leaves_out_is_found_where_it_would_be(measure: dict[str, Any], finding: str, path: str) -> None:
    found = {each.id: each for each in lint(plan_of(measure, target()))}
    assert finding in found
    assert (found[finding].path, found[finding].item) == (f"$.measures[0].{path}", "m")


@pytest.mark.parametrize(
    "measure",
    [
        {"title": "Increase in plans"},
        {"title": "More than two moves", "direction": "decrease"},
        {"title": "Lower quartile pay"},
        {"title": "Children at increased risk", "direction": "decrease"},
        {"calendar": None, "frequency": "monthly"},
        {"calendar": None, "timing": "rolling"},
        {"calendar": None, "timing": "snapshot"},
        {"direction": "maintain"},
    ],
)
def test_what_is_said_is_not_found(measure: dict[str, Any]) -> None:
    assert lint(plan_of(measure, target(Reach(95), tolerance=POINT))) == ()


def test_a_draft_whose_sentence_names_no_sort_of_figure_has_that_finding_first() -> None:
    found = draft_measure("Reduce falls", id="falls").findings
    assert (found[0].id, found[0].path, found[0].item) == ("no_kind", "$.measures[0].kind", "falls")
    assert "no_kind" not in {each.id for each in draft_measure("Staff survey data", id="staff").findings}


def test_a_measure_without_target_is_found_unless_it_is_only_watched() -> None:
    assert ids(plan_of({})) == {"no_target"}
    assert ids(plan_of({"role": "contextual"})) == set()
    assert ids(plan_of({"role": "contextual", "direction": None})) == set()
    assert ids(plan_of({"kind": "narrative", "unit": None, "direction": None})) == set()


def test_a_part_is_found_without_target_unless_its_whole_has_one() -> None:
    part = Measure(**{**COMPLETE, "id": "part", "title": "Part"})
    whole = Measure(id="m", title="Whole", kind="compound", components=["part"], outcome_bees=["be-safe"])
    bare = Plan(id="p", title="P", measures=[whole, part])
    assert [(each.id, each.item) for each in lint(bare)] == [("no_target", "part")]
    assert lint(bare.amended(targets=[target(Complete())])) == ()


def test_a_direction_is_needed_where_better_is_asked_for_and_not_for_a_band_or_a_milestone() -> None:
    undirected = {"direction": None}
    assert ids(plan_of(undirected, target(Reach(1)))) == {"no_direction", "never_judged"}
    assert ids(plan_of(undirected, target(StayBetween(1, 2)))) == set()
    assert ids(plan_of({**undirected, "unit": "milestone"}, target(Complete()))) == set()
    assert ids(plan_of(undirected)) == {"no_direction", "no_target"}


def test_what_cannot_be_pooled_is_found() -> None:
    pooled = Comparator(id="peers", title="Peers", areas=["E1", "E2"], method="pooled")
    for unit, found in (("score", {"cannot_be_pooled"}), ("per_10000", set())):
        measure = Measure(**{**COMPLETE, "unit": unit})
        beat = Plan(id="p", title="P", measures=[measure], targets=[target(Beat("peers"))], comparators=[pooled])
        assert ids(beat) & {"cannot_be_pooled"} == found


@pytest.mark.parametrize(
    ("aim", "found"), [(Reach(195), True), (Reach(-1), True), (Reach(100), False), (Reach(0), False)]
)
def test_a_percentage_that_none_can_be_is_found(aim: Reach, found: bool) -> None:
    assert ("number_out_of_range" in ids(plan_of({}, target(aim)))) is found


def test_words_that_occur_twice_are_found_at_both_places() -> None:
    plan = plan_of({}, target()).amended(
        measures=[Measure(**{**COMPLETE, "id": "n", "title": "plans  in 20 weeks", "role": "contextual"})]
    )
    assert [(each.id, each.path) for each in lint(plan)] == [
        ("same_title", "$.measures[0].title"),
        ("same_title", "$.measures[1].title"),
    ]


def test_a_priority_without_a_measure_is_found_where_others_have_one() -> None:
    one, two = (Priority(id=id, title=id, outcome_bees=["be-safe"]) for id in ("one", "two"))
    assert ids(plan_of({}, target(), priorities=[one, two])) == set()
    assert ids(plan_of({"priority": "one"}, target(), priorities=[one, two])) == {"no_measure"}


@pytest.mark.parametrize(
    ("measure", "given_target", "expected"),
    [
        ({}, target(None), "placeholder"),
        ({}, target(due=None), "no_due"),
        ({}, target(Improve()), "no_baseline"),
        ({}, target(Hold()), "no_baseline"),
        ({"role": "contextual"}, target(), "never_judged"),
        ({"unit": None, "kind": "narrative"}, target(), "never_judged"),
        ({"direction": None}, target(Rank(1, 4)), "never_judged"),
        ({}, target(Improve(), baseline=Baseline("FY2024-25")), "baseline_not_before_due"),
        ({}, target(Improve(), baseline=Baseline("FY2023-24-Q4")), "baseline_of_another_sort"),
        ({"ended": Period.parse("2024-12-31").end}, target(), "discontinued_before_due"),
        ({}, target(due="AY2024-25"), "due_in_another_calendar"),
        ({}, target(baseline=Baseline("FY2023-24", 96)), "met_at_baseline"),
        (
            {},
            target(baseline=Baseline("FY2023-24", 94), tolerance=POINT),
            "tolerance_reaches_baseline",
        ),
        (
            {},
            target(Improve(), baseline=Baseline("FY2023-24", 94), tolerance=POINT),
            "tolerance_reaches_baseline",
        ),
        ({}, target(tolerance=Margin(percent=5)), "percentage_of_percentage"),
        ({}, target(Beat("england", by=Margin(percent=5))), "percentage_of_percentage"),
        ({"unit": "count", "timing": "cumulative"}, target(), "no_profile"),
        ({"unit": "count", "timing": "flow", "frequency": "quarterly"}, target(), "no_profile"),
    ],
)
def test_what_is_wrong_with_a_target_is_found(measure: dict[str, Any], given_target: Target, expected: str) -> None:
    assert expected in ids(plan_of(measure, given_target))


@pytest.mark.parametrize(
    ("measure", "given_target"),
    [
        ({}, target(Improve(), baseline=Baseline("FY2023-24", 94))),
        ({}, target(Hold(), baseline=Baseline("FY2023-24", 94), tolerance=POINT)),
        ({}, target(baseline=Baseline("FY2023-24", 90), tolerance=POINT)),
        ({"direction": "decrease"}, target(baseline=Baseline("FY2023-24", 96))),
        ({"direction": "maintain"}, target(baseline=Baseline("FY2023-24", 95), tolerance=POINT)),
        ({}, target(Beat("england"))),
        ({"timing": "snapshot", "calendar": None}, target(Improve(), baseline=Baseline("2024-03-31"))),
        ({"unit": "count", "timing": "flow"}, target()),
        (
            {"unit": "count", "timing": "cumulative"},
            target(baseline=Baseline("FY2023-24"), trajectory=Linear()),
        ),
        (
            {"unit": "count", "timing": "cumulative"},
            target(trajectory=Profile({Period.to_date(2024, 2, "financial"): 50})),
        ),
    ],
)
def test_a_target_that_will_work_is_not_found(measure: dict[str, Any], given_target: Target) -> None:
    assert lint(plan_of(measure, given_target)) == ()


def test_a_break_between_baseline_and_due_date_is_found_before_any_figure_is_known() -> None:
    broken = {"breaks": [Period.parse("2024-09-01").start]}
    crossing = target(Improve(), baseline=Baseline("FY2023-24"))
    assert ids(plan_of(broken, crossing)) == {"break_before_due"}
    assert ids(plan_of(broken, target(Reach(95), baseline=Baseline("FY2023-24")))) == set()


def test_a_date_after_the_edition_is_only_good_to_know_and_one_before_it_is_wrong() -> None:
    edition = {"period": "FY2024-25"}
    (after,) = lint(plan_of({}, target(due="2025-09"), **edition))
    assert (after.id, after.severity) == ("due_after_edition", Severity.INFO)
    (before,) = lint(plan_of({}, target(due="FY2023-24"), **edition))
    assert (before.id, before.severity) == ("due_before_edition", Severity.WARNING)


def test_an_error_is_a_target_that_can_never_be_judged() -> None:
    plan = plan_of({"direction": None}, target(Improve()))
    assert {(each.id, each.severity) for each in lint(plan)} == {
        ("no_direction", Severity.WARNING),
        ("no_baseline", Severity.ERROR),
        ("never_judged", Severity.ERROR),
    }


# What hardly any figure would meet


@pytest.mark.parametrize(
    ("aim", "rest", "number"),
    [(Reach(95), {}, "exactly 95"), (Hold(), {"baseline": Baseline("FY2023-24", 94)}, "exactly the baseline")],
)
def test_a_number_to_be_kept_without_a_tolerance_is_found(aim: Any, rest: dict[str, Any], number: str) -> None:
    (found,) = lint(plan_of({"direction": "maintain"}, target(aim, **rest)))
    assert (found.id, found.path, found.severity) == ("no_tolerance", "$.targets[0].tolerance", Severity.WARNING)
    assert found.message == f"it is met only at exactly {number}, and has no tolerance: hardly any figure will meet it"
    assert lint(plan_of({"direction": "maintain"}, target(aim, tolerance=POINT, **rest))) == ()
    assert lint(plan_of({"direction": "maintain"}, target(StayBetween(94, 96)))) == ()


@pytest.mark.parametrize("by", [Margin(percent=100), Margin(amount=5)])
def test_a_tolerance_in_per_cent_of_a_required_zero_is_found(by: Margin) -> None:
    rest = {"baseline": Baseline("FY2023-24", 5), "tolerance": Margin(percent=10)}
    measure = {"unit": "child", "direction": "decrease"}
    assert "percentage_of_zero" in ids(plan_of(measure, target(Improve(by=by), **rest)))
    rest["tolerance"] = POINT
    assert "percentage_of_zero" not in ids(plan_of(measure, target(Improve(by=by), **rest)))


def test_a_profile_by_quarter_of_a_monthly_measure_is_found() -> None:
    months = [Period.from_code(f"2024-{month:02}") for month in range(4, 10)]
    quarterly, monthly = ({each: 75 - number for number, each in enumerate(some)} for some in (months[::3], months))
    measure = {"frequency": "monthly"}
    found = {each.id: each for each in lint(plan_of(measure, target(trajectory=Profile(quarterly))))}
    assert found["gaps_in_profile"].message.startswith("its profile has numbers further apart than its monthly figures")
    assert "gaps_in_profile" not in ids(plan_of(measure, target(trajectory=Profile(monthly))))
    assert "gaps_in_profile" not in ids(plan_of({"frequency": "quarterly"}, target(trajectory=Profile(quarterly))))


# What does not go together


def test_a_minimum_and_a_stretch_are_found_to_be_counted_twice() -> None:
    two = target(Reach(80), id="minimum"), target(Reach(90), id="stretch")
    found = [each for each in lint(plan_of({}, *two)) if each.id == "several_targets"]
    assert [each.item for each in found] == ["minimum", "stretch"]
    assert found[0].message.startswith("two targets for one measure, place and due period: both are counted")
    apart = (
        target(id="a", area="E10000015"),
        target(id="b", area="E10000016"),
        target(id="c", due="FY2025-26"),
        target(id="d", breakdown={"sex": "girls"}),
    )
    assert "several_targets" not in ids(plan_of({}, *apart))


def test_one_label_for_two_sorts_of_year_is_found() -> None:
    both = target(id="f", due="FY2024-25"), target(id="t", due="TY2024-25")
    found = [each for each in lint(plan_of({"calendar": None}, *both)) if each.id == "same_label"]
    assert [(each.item, each.path) for each in found] == [("t", "$.targets[1].due")]
    assert "2024-25 is the label of different periods in this plan: FY2024-25 or TY2024-25" in found[0].message
    assert "same_label" not in ids(plan_of({}, target(id="f"), target(id="a", due="AY2024-25")))


def test_places_that_ended_and_codes_that_never_were_are_found() -> None:
    others = Comparator(id="n", title="N", areas=["E10000021", "E06000062", "E10000099", "own-code"], method="median")
    plan = Plan(
        id="p",
        title="P",
        measures=[Measure(**COMPLETE)],
        targets=[target(), target(id="kent", area="E10000006")],
        comparators=[others],
    )
    found = {(each.id, each.path): each.message for each in lint(plan)}
    assert found["unknown_area", "$.comparators[0].areas"] == "the register of places has no E10000099"
    former = found["former_area", "$.comparators[0].areas"]
    assert former.startswith("Northamptonshire (E10000021, until 2021; now North Northamptonshire; West ")
    assert ("former_area", "$.targets[1].area") in found
    assert len(found) == 3
    remedy = next(each.remedy for each in lint(plan) if each.id == "former_area")
    assert "E06000061 (North Northamptonshire) and E06000062 (West Northamptonshire)" in remedy
    early = evolve(plan, targets=[target(due="FY2019-20")])
    assert "former_area" not in ids(early)


IN_20_WEEKS = Measure(id="m", title="Plans in 20 weeks", unit="percent", direction="increase", frequency="yearly")


def of_place(period: str, area: str, value: int) -> Observation:
    return Observation(measure="m", period=period, area=area, value=value)


def test_a_baseline_and_figures_from_when_the_place_was_not_there_are_found() -> None:
    plan = Plan(
        id="p",
        title="P",
        measures=[IN_20_WEEKS],
        targets=[
            Target(
                id=area.lower(), measure="m", aim=Improve(), due="FY2024-25", baseline=Baseline("FY2017-18"), area=area
            )
            for area in ("E06000063", "E06000066", "E10000015")
        ],
    )
    assert [each.item for each in lint(plan) if each.id == "baseline_before_place"] == ["e06000063"]
    figures = [of_place("FY2017-18", "E06000063", 40), of_place("FY2024-25", "E10000006", 40)]
    figures += [of_place("FY2017-18", "E06000066", 40), of_place("FY2024-25", "E10000027", 40)]
    found = {each.id: each.message for each in lint(plan, figures, as_of="2025-12-31")}
    assert "Cumberland (E06000063)" in found["figures_before_place"]
    assert "Cumbria (E10000006" in found["figures_after_place"]
    assert not any(
        "Somerset" in each.message for each in lint(plan, figures, as_of="2025-12-31") if "figures_" in each.id
    )


def test_a_comparator_may_name_a_place_that_was_only_recoded() -> None:
    beat = Target(id="t", measure="m", aim=Beat("others"), due="FY2024-25")
    group = Comparator(id="others", title="C", areas=["E10000027", "E10000006"], method="median")
    plan = Plan(id="p", title="P", measures=[IN_20_WEEKS], targets=[beat], comparators=[group])
    (found,) = [each for each in lint(plan) if each.id == "former_area"]
    assert "Cumbria" in found.message


# Figures


def observed(period: str, recorded: str | None = None) -> Observation:
    day = None if recorded is None else date.fromisoformat(recorded)
    return Observation(measure="m", period=period, area="E10000015", value=90, recorded=day)


def test_a_figure_for_a_period_that_is_not_over_is_found_where_figures_are_given() -> None:
    plan = plan_of({}, target())
    early = [observed("FY2024-25", "2024-06-01"), observed("FY2025-26"), observed("FY2023-24"), observed("FY2027-28")]
    (found,) = lint(plan, early, as_of="2025-06-01")
    assert (found.id, found.path, found.item) == ("period_not_over", "$.measures[0]", "m")
    assert "each of 2 figures, such as for FY2024-25, is known before" in found.message
    assert lint(plan, early[2:3], as_of=date(2025, 6, 1)) == ()
    assert lint(plan, [observed("FY2024-25", "2025-05-01")], as_of="2025-06-01") == ()


def test_figures_need_the_day() -> None:
    with pytest.raises(InvalidTypeError, match="as_of"):
        lint(plan_of({}, target()), [])


def test_numbers_beside_absences_and_withdrawn_figures_are_found() -> None:
    figures = [
        Observation(measure="m", period="CY2023", area="x", absence="suppressed", numerator=3, denominator=30),
        Observation(measure="m", period="CY2024", area="x", value=7, revision="withdrawn"),
        Observation(measure="m", period="CY2025", area="x", value=7, numerator=3, denominator=30),
    ]
    found = lint(plan_of({}, target()), figures, as_of="2026-12-31")
    assert [(each.id, each.path) for each in found if each.path.startswith("$.observations")] == [
        ("numbers_beside_absence", "$.observations[0]"),
        ("withdrawn_with_number", "$.observations[1]"),
    ]


# The list of sorts


def test_the_page_lists_every_sort_of_finding_with_its_severity_and_remedy() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "lint.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| .+ \| (.+) \|$", page, re.MULTILINE)
    assert rows == [
        (id, sort.severity.value, sort.remedy.replace("{remedy}", "as it says")) for id, sort in SORTS.items()
    ]


def test_every_sort_of_finding_is_found_by_a_test() -> None:
    """The tests above name each sort, so that a sort that nothing finds is seen."""
    tests = Path(__file__).read_text(encoding="utf-8")
    assert [id for id in SORTS if f'"{id}"' not in tests] == []


# The published editions


def test_the_first_plan_has_26_measures_without_direction() -> None:
    found = Counter(finding.id for finding in lint(catalogue.load("plan-2018-21")))
    assert found == {"no_direction": 26, "no_target": 26, "no_calendar": 25, "no_parts": 1, "no_unit": 1}


def test_the_ambitions_alone_have_no_findings() -> None:
    assert lint(catalogue.load("our-way-forward-2021-26")) == ()


def test_the_third_is_found_to_state_no_baseline_for_what_it_would_improve() -> None:
    plan = catalogue.load("strategic-priorities-2024-25")
    found: dict[str, list[str]] = {}
    for finding in lint(plan):
        found.setdefault(finding.id, []).append(finding.item)
    improving = [each.id for each in plan.targets if isinstance(each.aim, Improve)]
    assert found.pop("no_baseline") == improving
    assert len(found.pop("no_calendar")) == 22
    assert found == {
        "no_direction": ["cin-rate", "cla-rate", "programmes-beyond-funding"],
        "never_judged": ["cin-rate", "cla-rate"],
        "no_target": ["programmes-beyond-funding"],
        "no_frequency": [
            "cpp-rate",
            "cla-three-or-more-homes",
            "social-worker-agency-rate",
            "cin-rate",
            "cla-rate",
        ],
        "no_bee": ["special-school-places"],
        "same_title": ["staff-survey-development", "staff-survey-inclusion"],
        "due_in_another_calendar": [
            "ehcp-within-20-weeks",
            "attainment-early-years",
            "attainment-ks2",
            "attainment-ks4",
            "attainment-ks5",
            "funded-early-education-two-year-olds",
        ],
        "due_after_edition": ["special-school-places"],
        "no_profile": ["special-school-places"],
    }


# Laws


@given(plan=plans())
def test_any_plan_can_be_asked_and_every_finding_has_its_words(plan: Plan) -> None:
    items = {
        f"$.{name}[{index}]": each.id
        for name in ("priorities", "measures", "targets", "comparators")
        for index, each in enumerate(getattr(plan, name))
    }
    for finding in lint(plan):
        assert isinstance(finding, Finding)
        assert finding.message
        assert finding.remedy
        assert items["]".join((finding.path.partition("]")[0], ""))] == finding.item
        assert str(finding).startswith(f"{finding.severity}: {finding.item}: ")


@given(plan=plans())
def test_asking_twice_gives_the_same(plan: Plan) -> None:
    assert lint(plan) == lint(plan)
