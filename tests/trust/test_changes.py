"""Why an answer is another than it was: each cause by its sentence, several told apart, nothing else named."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from outcome_bees import (
    Baseline,
    Beat,
    Change,
    Comparator,
    Improve,
    InvalidValueError,
    Linear,
    Margin,
    Measure,
    Observation,
    Plan,
    Policy,
    Rank,
    Reach,
    Scorecard,
    Target,
    compare_scorecards,
    evaluate_plan,
)
from outcome_bees.changes import CauseKind
from outcome_bees.changes.releases import verdict_lines
from outcome_bees.cli import main
from outcome_bees.evaluation.inputs import Inputs
from outcome_bees.presentation.console import text
from outcome_bees.presentation.html import html
from outcome_bees.reports.comparisons import table_of_changes
from outcome_bees.serializers import dump, load
from outcome_bees.testing import plans, series
from outcome_bees.vocabulary import Status

HERTFORDSHIRE, ENGLAND, CUMBRIA, CUMBERLAND = "E10000015", "E92000001", "E10000006", "E06000063"
DUE = "FY2024-25"


def measure(**fields: Any) -> Measure:
    given: dict[str, Any] = {"id": "m", "title": "M", "unit": "percent", "direction": "decrease", "frequency": "yearly"}
    return Measure(**(given | fields))


def plan(of: Measure | None = None, comparators: Iterable[Comparator] | None = None, **fields: Any) -> Plan:
    wanted: dict[str, Any] = {"id": "t", "measure": "m", "aim": Reach(9), "due": DUE}
    england = Comparator(id="england", title="England", areas=[ENGLAND])
    targets = [] if "aim" in fields and fields["aim"] is ... else [Target(**(wanted | fields))]
    return Plan(
        id="p",
        title="P",
        measures=[of or measure()],
        targets=targets,
        comparators=[england] if comparators is None else comparators,
    )


def figure(value: object, period: str = DUE, recorded: str = "2025-05-01", **fields: Any) -> Observation:
    given: dict[str, Any] = {"measure": "m", "period": period, "area": HERTFORDSHIRE, "recorded": recorded}
    given |= {"value": value} | fields
    return Observation(**given)


def hidden(**fields: Any) -> Observation:
    return figure(None, **{"absence": "suppressed", "recorded": "2025-07-03", **fields})


def card(
    figures: Iterable[Observation],
    of: Plan | None = None,
    as_of: str = "2025-07-31",
    policy: Policy | None = None,
    area: str = HERTFORDSHIRE,
) -> Scorecard:
    how: dict[str, Any] = {} if policy is None else {"policy": policy}
    return evaluate_plan(of or plan(), list(figures), as_of=as_of, area=area, **how)


def written(one: Scorecard) -> Scorecard:
    """The card as it comes back from a file."""
    file = io.StringIO()
    dump(one, file, format="json")
    loaded: Scorecard = load(io.StringIO(file.getvalue()), Scorecard, format="json")
    return loaded


OLD = [figure("8.8", "FY2023-24", "2024-05-01")]
NOW = figure("9.1")
IMPROVING: dict[str, Any] = {"aim": Improve(), "baseline": Baseline("FY2022-23")}
LONG = [figure("8", "FY2022-23", "2023-05-01"), figure("9.5", "FY2023-24", "2024-05-01"), NOW]
NEIGHBOURS = Comparator(id="england", title="Neighbours", areas=[ENGLAND, "E12000006"], method="median", version="2021")
BESIDE = [NOW, figure(10, area=ENGLAND), figure(9, area="E12000006"), figure("8.5", area="E12000007")]
OTHERS = evolve(NEIGHBOURS, areas=["E12000006", "E12000007"], version="2025")

CASES: dict[str, tuple[Scorecard, Scorecard, CauseKind, str]] = {
    "revised": (
        card([figure("8.7")]),
        card([figure("8.7"), figure("9.1", recorded="2025-07-03", revision="revised")]),
        CauseKind.REVISED,
        "Missed, from achieved: the figure for 2024-25 was revised from 8.7% to 9.1% on 3 July",
    ),
    "revised by less than is shown": (
        card([figure("9.00")]),
        card(
            [figure("9.00"), figure("9.02", recorded="2024-12-03", period=DUE), figure("9.02", recorded="2025-07-03")]
        ),
        CauseKind.REVISED,
        "Missed, from achieved: the figure for 2024-25 was revised from 9.00% to 9.02% on 3 July",
    ),
    "withdrawn": (
        card([NOW]),
        card([NOW, figure("9.1", recorded="2025-07-03", revision="withdrawn")]),
        CauseKind.WITHDRAWN,
        "Not assessed (not available), from missed: the figure for 2024-25 was withdrawn on 3 July",
    ),
    "suppressed": (
        card([NOW]),
        card([NOW, hidden()]),
        CauseKind.SUPPRESSED,
        "Not assessed (suppressed), from missed: the figure for 2024-25 was suppressed on 3 July",
    ),
    "unreliable": (
        card([NOW]),
        card([NOW, hidden(absence="unreliable")]),
        CauseKind.ABSENT,
        "Not assessed (unreliable), from missed: the figure for 2024-25 is now unreliable (recorded on 3 July)",
    ),
    "published after all": (
        card([hidden(recorded="2025-05-01")]),
        card([hidden(recorded="2025-05-01"), figure("8.7", recorded="2025-07-03")]),
        CauseKind.PUBLISHED,
        "Achieved, from not assessed (suppressed): the figure for 2024-25 was published on 3 July: 8.7%",
    ),
    "a new period": (
        card(OLD),
        card([*OLD, NOW]),
        CauseKind.NEW_PERIOD,
        "Missed, from not assessed (overdue): the figure for 2024-25 is new: 9.1%, known since 1 May",
    ),
    "no longer there": (
        card([*OLD, NOW]),
        card(OLD),
        CauseKind.REMOVED,
        "Not assessed (overdue), from missed: the figure for 2024-25 is no longer there",
    ),
    "target": (
        card([NOW]),
        card([NOW], plan(aim=Reach(10))),
        CauseKind.TARGET,
        "Achieved, from missed: the target was changed from “reach 9.0%” to “reach 10.0%”",
    ),
    "tolerance": (
        card([NOW]),
        card([NOW], plan(tolerance=Margin(percent=5))),
        CauseKind.TOLERANCE,
        "Narrowly missed, from missed: the tolerance was changed from none to 5 per cent",
    ),
    "baseline": (
        card(LONG, plan(**IMPROVING)),
        card(LONG, plan(aim=Improve(), baseline=Baseline("FY2023-24"))),
        CauseKind.BASELINE,
        "Achieved, from missed: the baseline was changed from 2022-23 to 2023-24",
    ),
    "direction": (
        card([NOW]),
        card([NOW], plan(measure(direction="increase"))),
        CauseKind.DIRECTION,
        "Achieved, from missed: the direction was changed from decrease to increase",
    ),
    "unit": (
        card([figure(3)], plan(measure(unit="week"))),
        card([figure(3)], plan(measure(unit="week"), unit="day")),
        CauseKind.UNIT,
        "Missed, from achieved: the unit was changed from none to day",
    ),
    "unit of the measure": (
        card([figure(3, unit="week")], plan(measure(unit="week"))),
        card([figure(3, unit="week")], plan(measure(unit="day"))),
        CauseKind.UNIT,
        "Missed, from achieved: the unit was changed from week to day",
    ),
    "policy": (
        card([NOW]),
        card([NOW], policy=Policy(id="ours", near_within=Margin(percent=5))),
        CauseKind.POLICY,
        "Narrowly missed, from missed: the policy was changed from standard to ours",
    ),
    "a policy of the same name": (
        card([NOW], policy=Policy(id="ours", near_within=Margin(percent=1))),
        card([NOW], policy=Policy(id="ours", near_within=Margin(percent=5))),
        CauseKind.POLICY,
        "Narrowly missed, from missed: policy ours was changed: near within from 1% to 5%",
    ),
    "overdue": (
        card(OLD, as_of="2025-03-31"),
        card(OLD),
        CauseKind.DAY,
        "Not assessed (overdue), from on track: the target became due on 31 March",
    ),
    "became due": (
        card([figure("8.7", recorded="2025-03-01")], as_of="2025-03-30"),
        card([figure("8.7", recorded="2025-03-01")]),
        CauseKind.DAY,
        "Achieved, from on track: the target became due on 31 March",
    ),
    "discontinued": (
        card(OLD, plan(measure(ended="2025-01-31"), due="FY2025-26"), as_of="2025-01-30"),
        card(OLD, plan(measure(ended="2025-01-31"), due="FY2025-26")),
        CauseKind.DAY,
        "Not assessed (discontinued), from on track: the measure was discontinued on 31 January",
    ),
    "a later due period": (
        card([NOW]),
        card([NOW], plan(due="FY2025-26")),
        CauseKind.DUE,
        "Off track, from missed: the target is now due 2025-26, from 2024-25",
    ),
    "a boundary": (
        card([figure("8.7", area=CUMBRIA)], area=CUMBRIA),
        card([figure("9.1", area=CUMBERLAND)], area=CUMBERLAND),
        CauseKind.BOUNDARY,
        "Missed, from achieved: Cumbria (E10000006) was divided on 1 April 2023,"
        " and the figures are now of Cumberland (E06000063)",
    ),
    "a boundary that moved": (
        card([figure("8.7", area="E08000020")], area="E08000020"),
        card([figure("9.1", area="E08000037")], area="E08000037"),
        CauseKind.BOUNDARY,
        "Missed, from achieved: Gateshead (E08000020) moved its boundary on 1 April 2013,"
        " and the figures are now of Gateshead (E08000037)",
    ),
    "a place with another code": (
        card([figure("8.7", area="E10000002")], area="E10000002"),
        card([figure("9.1", area="E06000060")], area="E06000060"),
        CauseKind.BOUNDARY,
        "Missed, from achieved: Buckinghamshire (E10000002) was recoded on 1 April 2020,"
        " and the figures are now of Buckinghamshire (E06000060)",
    ),
    "a break": (
        card(LONG, plan(**IMPROVING)),
        card(LONG, plan(measure(breaks=["2024-04-01"]), **IMPROVING)),
        CauseKind.MEASURE,
        "Not assessed (series break), from missed: a break in the series on 1 April 2024 was declared",
    ),
    "a comparator's figure": (
        card([NOW, figure(10, area=ENGLAND)], plan(aim=Beat("england"))),
        card([NOW, figure(9, area=ENGLAND, recorded="2025-07-03")], plan(aim=Beat("england"))),
        CauseKind.REVISED,
        "Missed, from achieved: the figure of England for 2024-25 was revised from 10.0% to 9.0% on 3 July",
    ),
    "a comparator's members": (
        card(BESIDE, plan(aim=Beat("england"), comparators=[NEIGHBOURS])),
        card(BESIDE, plan(aim=Beat("england"), comparators=[OTHERS])),
        CauseKind.COMPARATOR,
        "Missed, from achieved: the comparator Neighbours is now joined by London and left by England"
        " and of version 2025, from 2021",
    ),
    "a target set": (
        card([NOW], plan(aim=...)),
        card([NOW]),
        CauseKind.TARGET,
        "Missed, from not assessed (no target): a target was set: to reach 9.0%",
    ),
    "travel alone": (
        card([*OLD, NOW]),
        card([figure("9.4", "FY2023-24", "2025-07-03"), *OLD, NOW]),
        CauseKind.REVISED,
        "Still missed, travel improving, from worsening:"
        " the figure for 2023-24 was revised from 8.8% to 9.4% on 3 July",
    ),
    "the way to it": (
        card(LONG[:2], plan(aim=Reach(9), baseline=Baseline("FY2022-23", 10)), as_of="2024-12-31"),
        card(LONG[:2], plan(aim=Reach(9), baseline=Baseline("FY2022-23", 10), trajectory=Linear()), as_of="2024-12-31"),
        CauseKind.TRAJECTORY,
        "On track, from off track: the way to the target was changed from flat to linear",
    ),
}


@pytest.mark.parametrize(("before", "after", "kind", "sentence"), CASES.values(), ids=CASES)
def test_each_cause_is_named_and_nothing_else(
    before: Scorecard, after: Scorecard, kind: CauseKind, sentence: str
) -> None:
    (change,) = compare_scorecards(before, after)
    assert change.sentence == sentence
    assert [each.kind for each in change.causes] == [kind]


def test_every_sort_of_cause_has_its_sentence_here() -> None:
    elsewhere = {CauseKind.PART, CauseKind.LIBRARY, CauseKind.NOT_KNOWN}  # each has a test of its own, below
    assert {kind for _, _, kind, _ in CASES.values()} | elsewhere == set(CauseKind)


@pytest.mark.parametrize("name", CASES)
def test_cards_from_files_give_the_same_causes_as_those_just_made(name: str) -> None:
    before, after, _, sentence = CASES[name]
    (change,) = compare_scorecards(written(before), written(after))
    assert change.sentence == sentence


@pytest.mark.parametrize("name", CASES)
def test_a_card_does_not_differ_from_itself(name: str) -> None:
    for one in CASES[name][:2]:
        assert compare_scorecards(one, one) == ()
        assert compare_scorecards(one, written(one)) == ()


def test_a_number_that_is_no_longer_published_is_not_repeated() -> None:
    for name in ("withdrawn", "suppressed", "unreliable"):
        before, after, _, _ = CASES[name]
        (change,) = compare_scorecards(before, after)
        assert "9.1" not in change.sentence


def test_several_causes_are_told_apart_and_each_is_evaluated_alone() -> None:
    after = card([NOW, figure("9.8", recorded="2025-07-03")], plan(aim=Reach("9.5")))
    (change,) = compare_scorecards(card([figure("8.7")]), after)
    assert {each.kind: each.alone for each in change.causes} == {
        CauseKind.TARGET: Status.ACHIEVED,
        CauseKind.REVISED: Status.MISSED,
    }


def test_of_two_causes_either_of_which_would_do_that_is_said() -> None:
    after = card([NOW, figure("9.8", recorded="2025-07-03")], plan(aim=Reach(8)))
    (change,) = compare_scorecards(card([figure("8.7")]), after)
    assert change.sentence == (
        "Missed, from achieved: the target was changed from “reach 9.0%” to “reach 8.0%”, and the figure for 2024-25"
        " was revised from 8.7% to 9.8% on 3 July; each alone would have changed the status"
    )


def test_two_required_numbers_that_print_alike_are_shown_until_they_differ() -> None:
    [change] = compare_scorecards(card([NOW], plan(aim=Reach("9.02"))), card([NOW], plan(aim=Reach("9.04"))))
    assert change.sentence.startswith("Still missed, required 9.04%, from 9.02%")


def test_of_two_causes_that_do_it_only_together_that_is_said() -> None:
    after = card([figure("9.3", recorded="2025-07-03")], plan(aim=Reach("9.2")))
    (change,) = compare_scorecards(card([figure("9.5")], plan(tolerance=None)), after)
    assert change.sentence.startswith("Still missed, required 9.2%, from 9.0%")
    both = card([figure("9.15", recorded="2025-07-03")], plan(aim=Reach("9.2")))
    (change,) = compare_scorecards(card([figure("9.5")]), both)
    assert change.sentence.endswith("; only together: none of them alone would have changed the status")


def test_where_the_order_of_the_steps_matters_they_are_told_in_both() -> None:
    before = card([figure("9.05")], plan(tolerance=Margin(amount="0.1")))
    after = card([figure("9.25", recorded="2025-07-03")], plan(aim=Reach("9.1"), tolerance=Margin(amount="0.2")))
    (change,) = compare_scorecards(before, after)
    assert change.before is not None
    assert change.after is not None
    assert (change.before.status, change.after.status) == (Status.NARROWLY_MISSED, Status.NARROWLY_MISSED)
    assert {each.kind for each in change.causes} >= {CauseKind.TARGET, CauseKind.REVISED}
    assert {each.kind: each.alone for each in change.causes}[CauseKind.REVISED] is Status.MISSED


def test_a_figure_that_came_when_the_target_became_due_is_no_question_of_order() -> None:
    (change,) = compare_scorecards(card(OLD, as_of="2025-03-31"), card([*OLD, NOW]))
    assert change.sentence == (
        "Missed, from on track: the target became due on 31 March, and the figure for 2024-25 is new: 9.1%,"
        " known since 1 May"
    )


def test_a_figure_that_nothing_was_made_from_is_no_cause() -> None:
    further = figure(3, "FY2020-21", "2025-07-04")
    elsewhere = figure(3, area="E12000006", recorded="2025-07-04")
    (change,) = compare_scorecards(card([figure("8.7")]), card([NOW, further, elsewhere]))
    assert [each.sentence for each in change.causes] == [
        "the figure for 2024-25 was revised from 8.7% to 9.1% on 1 May"
    ]


def test_places_ranked_with_are_one_cause_where_they_are_many() -> None:
    areas = [f"E100000{number}" for number in (12, 16, 17, 18, 19, 23)]
    ranked = plan(aim=Rank(1, 4))
    before = card([NOW, *(figure(10, area=each) for each in areas)], ranked)
    after = card([NOW, *(figure(8, area=each, recorded="2025-07-03") for each in areas)], ranked)
    (change,) = compare_scorecards(before, after)
    assert change.sentence.endswith("6 figures ranked with were revised, added or withdrawn")


def test_what_comes_and_goes_with_the_plan_is_told() -> None:
    two = Plan(id="p", title="P", measures=[measure(), measure(id="n", title="N")], targets=plan().targets)
    (new,) = compare_scorecards(card([NOW]), card([NOW], two))
    (gone,) = compare_scorecards(card([NOW], two), card([NOW]))
    assert new.sentence == "New, not assessed (no target): the measure was added to the plan"
    assert gone.sentence == "Gone, was not assessed (no target): the measure is no longer in the plan"
    assert gone.after is None


def test_a_compound_measure_has_its_parts_as_causes() -> None:
    whole = Measure(id="w", title="W", kind="compound", components=["m"])
    of = Plan(id="p", title="P", measures=[whole, measure()], targets=plan().targets)
    changes = compare_scorecards(card([figure("8.7")], of), card([NOW], of))
    assert [each.sentence for each in changes] == [
        "Missed, from achieved: its part “M” is missed, from achieved",
        "Missed, from achieved: the figure for 2024-25 was revised from 8.7% to 9.1% on 1 May",
    ]


def test_cards_of_places_that_have_nothing_to_do_with_each_other_are_refused() -> None:
    with pytest.raises(InvalidValueError, match="the place of the card before, or one that followed it"):
        compare_scorecards(card([NOW]), card([figure(1, area="E10000012")], area="E10000012"))


def test_an_answer_that_only_the_library_can_have_changed_is_told_with_the_lines_under_verdicts() -> None:
    after = card([NOW])
    answer = evolve(after.evaluations[0], status=Status.ACHIEVED)
    before = evolve(after, evaluations=(answer,))
    was = after.inputs
    assert was is not None
    by_an_older = Inputs(
        plan=was.plan,
        observations=was.observations,
        as_of=was.as_of,
        area=was.area,
        policy=was.policy,
        library="0.0.9",
    )
    object.__setattr__(before, "_inputs", by_an_older)
    (change,) = compare_scorecards(before, after)
    (cause,) = change.causes
    assert cause.kind is CauseKind.LIBRARY
    assert "of the library judges it otherwise than version 0.0.9 did (Verdicts: " in change.sentence
    assert set(cause.verdicts) <= set(verdict_lines("0.0.9"))
    assert cause.verdicts


def test_of_a_card_without_its_inputs_what_can_be_told_is_told() -> None:
    before, after, _, sentence = CASES["revised"]
    bare = evolve(before)
    assert bare.inputs is None
    (change,) = compare_scorecards(bare, after)
    assert change.sentence == sentence


def test_what_a_card_without_its_inputs_cannot_tell_is_said() -> None:
    after = card([figure("9.1", period="FY2023-24"), *LONG[:1]])
    answer = evolve(after.evaluations[0], status=Status.ACHIEVED)
    (change,) = compare_scorecards(evolve(after, evaluations=(answer,)), after)
    assert [each.kind for each in change.causes] == [CauseKind.NOT_KNOWN]
    assert "does not have what it was made from" in change.sentence


@given(plan=plans(), one=series(), two=series(), days=st.tuples(*[st.dates(date(2024, 1, 1), date(2027, 1, 1))] * 2))
def test_every_difference_has_a_change_and_every_change_a_cause(
    plan: Plan, one: list[Observation], two: list[Observation], days: tuple[date, date]
) -> None:
    before, after = (
        evaluate_plan(plan, each, as_of=day, area=HERTFORDSHIRE, unknown_measures_ok=True)
        for each, day in zip((one, two), sorted(days), strict=True)
    )
    changes = compare_scorecards(before, after)
    pairs = zip(before.evaluations, after.evaluations, strict=True)
    names = ("status", "verdict", "reason", "travel", "required")
    differing = [now for was, now in pairs if any(getattr(was, each) != getattr(now, each) for each in names)]
    assert [each.after for each in changes] == differing
    for each in changes:
        assert each.causes, each.sentence
        assert CauseKind.LIBRARY not in {cause.kind for cause in each.causes}


OF_FIGURES = {
    *(CauseKind.REVISED, CauseKind.WITHDRAWN, CauseKind.ABSENT, CauseKind.PUBLISHED, CauseKind.REMOVED),
    CauseKind.NEW_PERIOD,
}


def vintages(path: Path, name: str) -> dict[str, dict[tuple[str, str, str], str]]:
    """The figures of every published version of a table, for one kind of place name, as changes tell them."""
    found: dict[str, dict[tuple[str, str, str], str]] = {}
    held: dict[tuple[str, str, str], str] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["geography_name"] == name and len(row["time_period"]) == 4:
                key = (row["measure_id"], row["time_period"], name)
                if row["old_value"] and key not in held:
                    for earlier in found.values():
                        earlier.setdefault(key, row["old_value"])
                held[key] = row["new_value"]
            found[row["vintage_date"]] = dict(held)
    return found


def test_between_two_published_vintages_what_was_revised_is_named_and_nothing_else(shared: Path) -> None:
    place, code = "Hertfordshire", HERTFORDSHIRE
    by_day = vintages(shared / "data" / "published" / "lait_vintage_changes.csv", place)
    days = sorted(by_day)
    compared = 0
    for one, two in pairwise(days):
        old, new = by_day[one], by_day[two]
        revised = {key for key in old.keys() & new.keys() if old[key] != new[key]}
        names = sorted({key[0] for key in (*old, *new)})
        ids = {name: f"m{number}" for number, name in enumerate(names)}

        def figures(held: dict[tuple[str, str, str], str], known: str, of: dict[str, str] = ids) -> list[Observation]:
            made = []
            for (name, year, _), value in held.items():
                with_value: dict[str, Any] = (
                    {"value": value} if value.replace(".", "", 1).isdigit() else {"absence": "not_available"}
                )
                fields: dict[str, Any] = {"measure": of[name], "period": f"CY{year}", "area": code, "recorded": known}
                made.append(Observation(**fields, **with_value))
            return made

        numeric = {key for key in revised if all(each[key].replace(".", "", 1).isdigit() for each in (old, new))}
        targets, wanted = [], set()
        for name, year, _ in sorted(numeric):
            if (ids[name], year) not in wanted:
                wanted.add((ids[name], year))
                aim = Reach((Decimal(old[name, year, place]) + Decimal(new[name, year, place])) / 2)
                targets.append(Target(id=f"{ids[name]}-{year}", measure=ids[name], aim=aim, due=f"CY{year}"))
        measures = [
            Measure(id=ids[name], title=name, unit="score", direction="increase", frequency="yearly") for name in names
        ]
        whole = Plan(id="p", title="P", measures=measures, targets=targets)
        before, after = (
            evaluate_plan(whole, figures(held, known), as_of="2026-12-31", area=code)
            for held, known in ((old, one), (new, two))
        )
        changes = {each.target: each for each in compare_scorecards(before, after) if each.target}
        for name, year, _ in numeric:
            change = changes[f"{ids[name]}-{year}"]
            assert any(f"the figure for {year} was revised from" in each.sentence for each in change.causes)
            compared += 1
        kinds = {cause.kind for each in changes.values() for cause in each.causes}
        assert kinds <= OF_FIGURES
        for each in changes.values():
            for cause in each.causes:
                told = cause.sentence.split(" for ")[1].split(" ")[0] if " for " in cause.sentence else ""
                title = next(one.title for one in measures if one.id == each.measure)
                key = (title, told, place)
                assert old.get(key) != new.get(key), cause.sentence
    assert compared > 10


def test_the_changes_are_shown_as_table_html_and_sentence() -> None:
    before, after, _, sentence = CASES["revised"]
    changes = compare_scorecards(before, after)
    table = table_of_changes(changes, before, after)
    assert "1 answer changed, 0 answers are as they were." in text([table])
    assert "The figure for 2024-25 was revised from 8.7% to 9.1% on 3 July" in " ".join(html([table]).split())
    assert str(changes[0]) == f"m: {sentence}."


@pytest.mark.parametrize("format", ["text", "json", "csv", "markdown", "html"])
def test_the_command_tells_the_changes(format: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after, _, sentence = CASES["revised"]
    paths = [tmp_path / "before.json", tmp_path / "after.yaml"]
    for one, path in zip((before, after), paths, strict=True):
        dump(one, path)
    assert main(["changes", *map(str, paths), "--format", format]) == 0
    said = capsys.readouterr().out
    assert "revised" in said
    if format == "json":
        assert json.loads(said)[0]["sentence"] == sentence


def test_the_command_refuses_what_is_no_card(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text("{format: outcome-bees/1, id: p, title: P}", encoding="utf-8")
    assert main(["changes", str(path), str(path)]) == 2
    assert "it is not a scorecard" in capsys.readouterr().err


def test_a_change_can_be_compared_and_hashed() -> None:
    before, after, _, _ = CASES["target"]
    assert len({*compare_scorecards(before, after), *compare_scorecards(before, after)}) == 1
    assert isinstance(compare_scorecards(before, after)[0], Change)
