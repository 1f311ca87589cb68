"""Each answer names what it was made from: figures with their place in a file, rule, policy, plan, library."""

import copy
import io
import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import outcome_bees
from outcome_bees import (
    Baseline,
    Beat,
    Comparator,
    Complete,
    Evaluation,
    Improve,
    Margin,
    Measure,
    Observation,
    Observations,
    Plan,
    Policy,
    Rank,
    Reach,
    Scorecard,
    Target,
    evaluate,
    evaluate_plan,
    load_observations,
    load_plan,
)
from outcome_bees.evaluation.policy import NOT_WORSE_THAN_LAST_YEAR
from outcome_bees.reports.provenance import plan_hash
from outcome_bees.serializers import dump, dump_observations, dump_plan, load, to_tree

HERTFORDSHIRE, ESSEX, ENGLAND = "E10000015", "E10000012", "E92000001"
AS_OF = date(2025, 12, 31)
TABLE = """measure,period,area,value,source,revision,recorded
m,CY2022,E10000015,50.1,Release 1,final,2023-05-01
m,CY2023,E10000015,52.1,Release 2,final,2024-05-01
m,CY2024,E10000015,53.1,Release 3,provisional,2025-05-01
m,CY2024,E92000001,54.0,Release 3,provisional,2025-05-01
m,CY2024,E10000012,55.0,Release 3,provisional,2025-05-01
other,CY2024,E10000015,1,Release 3,provisional,2025-05-01
"""


def plan_with(target: Target | None, **fields: object) -> Plan:
    measure = Measure(id="m", title="Plans in time", unit="percent", direction="increase", frequency="yearly")
    england = Comparator(id="england", title="England", areas=[ENGLAND])
    return Plan(id="p", title="P", measures=[measure], targets=[target] if target else [], comparators=[england])


BEAT_ENGLAND = Target(id="t", measure="m", aim=Beat("england"), due="CY2024", tolerance=Margin(percent=5))
ON_BASELINE = Target(id="t", measure="m", aim=Improve(), due="CY2024", baseline=Baseline("CY2022"))


def card_of(target: Target, table: str = TABLE, policy: Policy = outcome_bees.STANDARD) -> Scorecard:
    figures = load_observations(io.StringIO(table), format="csv")
    return evaluate_plan(
        plan_with(target), figures, as_of=AS_OF, area=HERTFORDSHIRE, policy=policy, unknown_measures_ok=True
    )


def used(answer: Evaluation) -> list[tuple[str, str, str]]:
    return [(each["used_as"], each["period"], each["area"]) for each in answer.provenance["observations"]]


@pytest.mark.parametrize(
    ("target", "policy", "expected"),
    [
        (
            BEAT_ENGLAND,
            outcome_bees.STANDARD,
            [
                ("figure", "CY2024", HERTFORDSHIRE),
                ("comparator", "CY2024", ENGLAND),
                ("previous", "CY2023", HERTFORDSHIRE),
            ],
        ),
        (
            ON_BASELINE,
            outcome_bees.STANDARD,
            [
                ("figure", "CY2024", HERTFORDSHIRE),
                ("baseline", "CY2022", HERTFORDSHIRE),
                ("previous", "CY2023", HERTFORDSHIRE),
            ],
        ),
        (
            Target(id="t", measure="m", aim=Rank(1, 2), due="CY2024"),
            outcome_bees.STANDARD,
            [
                ("figure", "CY2024", HERTFORDSHIRE),
                ("ranked", "CY2024", ESSEX),
                ("previous", "CY2023", HERTFORDSHIRE),
            ],
        ),
        (
            Target(id="t", measure="m", aim=Reach(54), due="CY2024"),
            NOT_WORSE_THAN_LAST_YEAR,
            [("figure", "CY2024", HERTFORDSHIRE), ("previous", "CY2023", HERTFORDSHIRE)],
        ),
    ],
)
def test_an_answer_names_the_observations_that_it_used_and_no_others(
    target: Target, policy: Policy, expected: list[tuple[str, str, str]]
) -> None:
    (answer,) = card_of(target, policy=policy).evaluations
    assert used(answer) == expected


def test_each_observation_has_its_source_its_revision_and_the_day_it_was_recorded() -> None:
    figure = card_of(BEAT_ENGLAND).evaluations[0].provenance["observations"][0]
    assert (figure["source"], figure["revision"], figure["recorded"]) == ("Release 3", "provisional", "2025-05-01")
    assert figure["value"] == Decimal("53.1")


@pytest.mark.parametrize("format", ["csv", "xlsx", "json", "yaml", "toml"])
def test_an_observation_knows_the_file_and_the_line_it_was_read_from(format: str, tmp_path: Path) -> None:
    for needed in {"toml": ("tomli_w",), "xlsx": ("xlsxwriter", "python_calamine")}.get(format, ()):
        pytest.importorskip(needed)
    figures = load_observations(io.StringIO(TABLE), format="csv")
    path = tmp_path / f"figures.{format}"
    dump_observations(figures, path)
    read = load_observations(path)
    (answer,) = evaluate_plan(
        plan_with(ON_BASELINE), read, as_of=AS_OF, area=HERTFORDSHIRE, unknown_measures_ok=True
    ).evaluations
    found = answer.provenance["observations"][0]
    assert found["file"] == str(path)
    assert ("sheet" in found) is (format == "xlsx")
    if format in ("csv", "xlsx"):
        assert found["line"] == 4
    else:  # where the item begins
        lines = path.read_text(encoding="utf-8").splitlines()
        assert "53.1" in "".join(lines[found["line"] - 1 : found["line"] + 4])
    assert f"{path}" in answer.why()
    assert f"line {found['line']}" in answer.why()


def test_the_file_and_line_survive_leaving_bad_rows_out_and_putting_files_together(tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("measure,period,area,value\nm,CY2022,E10000015,oops\nm,CY2023,E10000015,52.1\n", encoding="utf-8")
    two.write_text("measure,period,area,value\nm,CY2024,E10000015,53.1\n", encoding="utf-8")
    by_hand = Observations([Observation(measure="m", period="CY2021", area=HERTFORDSHIRE, value=1)])
    whole = Observations.combined(
        load_observations(one, on_error="collect").observations, by_hand, load_observations(two)
    )
    assert [str(whole.origin_of(each)) for each in whole] == [f"{one}, line 3", "None", f"{two}, line 2"]
    (answer,) = evaluate_plan(plan_with(ON_BASELINE), whole, as_of=AS_OF).evaluations
    assert [(each["file"], each["line"]) for each in answer.provenance["observations"]] == [
        (str(two), 2),
        (str(one), 3),
    ]


def test_a_figure_that_was_used_for_two_things_is_named_once() -> None:
    reach = Target(id="t", measure="m", aim=Reach(54), due="CY2024")
    answer = card_of(reach, policy=NOT_WORSE_THAN_LAST_YEAR).evaluations[0]
    assert [each for each, *_ in used(answer)] == ["figure", "previous"]


def test_a_figure_after_the_due_date_is_used_by_a_milestone_alone() -> None:
    def periods_used(unit: str, target: Target, value: int) -> list[str]:
        measure = Measure(id="m", title="M", unit=unit, direction="increase")
        values = {"2024-12-31": value, "2025-03-31": 1}
        figures = [Observation(measure="m", period=period, area="E1", value=each) for period, each in values.items()]
        answer = evaluate(target, measure=measure, observations=figures, as_of=AS_OF)
        return [each["period"] for each in answer.provenance["observations"] if each["used_as"] == "figure"]

    done = Target(id="t", measure="m", aim=Complete(), due="2024-12-31")
    assert periods_used("milestone", done, 0) == ["2024-12-31", "2025-03-31"]
    assert periods_used("count", Target(id="t", measure="m", aim=Reach(1), due="2024-12-31"), 0) == ["2024-12-31"]


def test_the_rule_is_named_with_its_edges() -> None:
    rule = card_of(BEAT_ENGLAND).evaluations[0].provenance["rule"]
    assert (rule["id"], rule["stands_on"], rule["period"]) == ("t", "comparator", "CY2024")
    assert [each["verdict"] for each in rule["stretches"]] == ["off", "near", "met"]
    assert [each["to"]["at"] for each in rule["stretches"][:2]] == [Decimal("51.30"), Decimal("54.0")]
    reached = Target(id="t", measure="m", aim=Reach(50), due="CY2024")
    assert card_of(reached).evaluations[0].provenance["rule"]["stretches"][1]["from"] == {"at": Decimal(50)}


def test_policy_plan_and_library_are_named() -> None:
    card = card_of(BEAT_ENGLAND)
    data = card.evaluations[0].provenance
    assert data["policy"] == {"id": "standard"}
    assert data["plan"] == {"id": "p", "sha256": plan_hash(card.plan)}
    assert data["library"] == outcome_bees.__version__
    assert data["as_of"] == "2025-12-31"


def test_a_plan_has_one_hash_in_every_format_and_another_when_a_number_of_it_changes() -> None:
    pytest.importorskip("tomli_w")
    plan = plan_with(BEAT_ENGLAND)
    hashes = {plan_hash(plan)}
    for format in ("json", "yaml", "toml"):
        file = io.BytesIO()
        dump_plan(plan, file, format=format)
        hashes.add(plan_hash(load_plan(io.BytesIO(file.getvalue()), format=format)))
    assert len(hashes) == 1
    assert plan_hash(plan_with(Target(id="t", measure="m", aim=Reach(1)))) not in hashes


def test_the_chain_is_told_in_words() -> None:
    lines = card_of(BEAT_ENGLAND).evaluations[0].why().splitlines()
    assert lines[0].endswith("narrowly missed, 0.9 percentage points behind.")
    assert lines[1] == (
        "The figure: 53.1% for CY2024 in E10000015, provisional, recorded 2025-05-01,"
        " source: Release 3, read from line 4."
    )
    assert lines[2].startswith("The comparator: 54.0% for CY2024 in E92000001")
    assert "nearly met from 0.95 × the comparator (51.3%) and up to the comparator (54.0%)" in lines[4]
    assert lines[-1] == f"Evaluated by outcome_bees {outcome_bees.__version__}, as known on 2025-12-31."


def test_a_measure_evaluated_by_itself_can_be_traced_too() -> None:
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    figures = [Observation(measure="m", period="CY2024", area=HERTFORDSHIRE, value=5)]
    answer = evaluate(None, measure=measure, observations=figures, as_of=AS_OF)
    assert used(answer) == [("figure", "CY2024", HERTFORDSHIRE)]
    assert answer.provenance["plan"] is None
    assert answer.provenance["rule"] is None


def test_a_compound_measure_names_its_parts() -> None:
    parts = [Measure(id=id, title=id, unit="percent", direction="increase") for id in ("a", "b")]
    whole = Measure(id="whole", title="Whole", kind="compound", components=["a", "b"])
    card = evaluate_plan(Plan(id="p", title="P", measures=[whole, *parts]), [], as_of=AS_OF, area=HERTFORDSHIRE)
    assert card.evaluations[0].provenance["parts"] == ["a", "b"]
    assert "Made of the answers of its parts: a, b." in card.evaluations[0].why()


def test_what_an_answer_was_made_from_is_no_part_of_it() -> None:
    card = card_of(BEAT_ENGLAND)
    (answer,) = card.evaluations
    assert pickle.loads(pickle.dumps(answer)) == answer
    assert len(pickle.dumps(answer)) < 5_000
    assert copy.deepcopy(card) == card
    assert "Observations" not in repr(answer) + repr(card)
    assert "inputs" not in to_tree([answer])["evaluations"][0]


def test_a_card_that_was_written_and_read_can_still_be_traced() -> None:
    card = card_of(BEAT_ENGLAND)
    file = io.StringIO()
    dump(card, file, format="json")
    again = load(io.StringIO(file.getvalue()), Scorecard, format="json")
    assert again == card
    assert used(again.evaluations[0]) == used(card.evaluations[0])
    assert again.evaluations[0].provenance["plan"] == card.evaluations[0].provenance["plan"]
    assert to_tree(again) == to_tree(card)


def test_a_card_holds_only_what_it_could_be_made_from() -> None:
    written = to_tree(card_of(ON_BASELINE))["inputs"]["observations"]
    assert {(each["measure"], each["area"]) for each in written} == {("m", HERTFORDSHIRE)}


def test_a_card_holds_the_figures_of_the_parts_and_places_that_its_targets_are_about() -> None:
    def held(*targets: Target) -> set[tuple[str, str | None]]:
        measure = Measure(id="m", title="M", unit="percent", direction="increase")
        figures = [
            Observation(measure="m", period="CY2024", area=area, value=4, breakdown=part)
            for area in (HERTFORDSHIRE, ESSEX)
            for part in ({}, {"sex": "girls"}, {"sex": "boys"})
        ]
        plan = Plan(id="p", title="P", measures=[measure], targets=targets)
        card = evaluate_plan(plan, figures, as_of=AS_OF, area=HERTFORDSHIRE)
        written = to_tree(card)["inputs"]["observations"]
        return {(each["area"], each.get("breakdown", {}).get("sex")) for each in written}

    reach = Target(id="t", measure="m", aim=Reach(5), due="CY2024")
    girls = Target(id="g", measure="m", aim=Reach(5), due="CY2024", breakdown={"sex": "girls"})
    rank = Target(id="r", measure="m", aim=Rank(best=1, of=2), due="CY2024")
    assert held(reach) == {(HERTFORDSHIRE, None)}
    assert held(reach, girls) == {(HERTFORDSHIRE, None), (HERTFORDSHIRE, "girls")}
    assert held(rank) == {(HERTFORDSHIRE, None), (ESSEX, None)}


def test_what_has_no_place_used_no_observations() -> None:
    plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="percent", direction="increase")])
    (answer,) = evaluate_plan(plan, [], as_of=AS_OF).evaluations
    assert answer.area is None
    assert answer.provenance["observations"] == []


def test_an_answer_that_was_loaded_alone_says_that_it_cannot_be_traced() -> None:
    file = io.StringIO()
    dump(card_of(BEAT_ENGLAND).evaluations, file, format="json")
    (answer,) = load(io.StringIO(file.getvalue()), Evaluation, format="json")
    assert answer.provenance["traced"] is False
    assert [each["used_as"] for each in answer.provenance["observations"]] == ["figure"]
    assert "is not known" in answer.why()


@pytest.mark.parametrize(
    "hidden",
    [
        Observation(
            measure="m", period="CY2024", area=HERTFORDSHIRE, value="77.7", numerator=777, revision="withdrawn"
        ),
        Observation(
            measure="m", period="CY2024", area=HERTFORDSHIRE, absence="suppressed", numerator=777, denominator=7770
        ),
        Observation(measure="m", period="CY2024", area=HERTFORDSHIRE, absence="unreliable", lower=777, upper="777.7"),
    ],
)
def test_the_numbers_of_an_absent_figure_leave_in_no_dump_and_no_chain(hidden: Observation) -> None:
    card = evaluate_plan(plan_with(ON_BASELINE), [hidden], as_of=AS_OF)
    (answer,) = card.evaluations
    written = io.StringIO()
    dump(card, written, format="json")
    dump([answer], written, format="yaml")
    told = written.getvalue() + answer.why() + str(answer.provenance) + repr(answer) + str(card)
    assert "777" not in told.replace(plan_hash(card.plan), "")
    assert answer.observation is not None
    assert answer.observation.absence is not None
