"""Documents of every past format load for ever: those in tests/documents are never written again.

``v1`` was written when format 1 was new. A later version may write other bytes; it reads these alike.
"""

import sys
from datetime import date
from pathlib import Path

import pytest

from outcome_bees import (
    Ambition,
    Beat,
    Comparator,
    Complete,
    Evaluation,
    Hold,
    Improve,
    Lineage,
    Linear,
    Link,
    Margin,
    Measure,
    Observation,
    Observations,
    OutcomeBee,
    Period,
    Plan,
    Priority,
    Profile,
    Rank,
    Reach,
    Scorecard,
    StayBetween,
    Target,
)
from outcome_bees.model.plan import AdoptionStep
from outcome_bees.model.target import Baseline
from outcome_bees.serializers import load, load_observations, load_plan
from outcome_bees.vocabulary import Reason, Status, Travel, TravelBasis, Verdict

V1 = Path(__file__).resolve().parents[1] / "documents" / "v1"
SOURCE = "Plan 2024–25, page 3"
AREA = "E10000015"

MEASURES = [
    Measure(
        id="ehcp",
        title="EHC plans within 20 weeks – “new” plans",
        unit="percent",
        direction="increase",
        kind="percentage",
        role="proxy",
        timing="flow",
        calendar="calendar",
        frequency="yearly",
        decimals=1,
        priority="send",
        outcome_bees=["be-included", "be-curious"],
        population="Children with a new plan",
        numerator="In 20 weeks",
        denominator="All, exceptions left out",
        breaks=[date(2019, 1, 1)],
        continues=[Lineage("plan-2018-21", "ehcp", "reworded")],
        links=[Link("send", "send-1", "SEND action plan")],
        source=SOURCE,
    ),
    Measure(id="homes", title="Three or more homes", unit="percent", direction="decrease", ended=date(2026, 3, 31)),
    Measure(id="places", title="School places", unit="place", direction="maintain"),
    Measure(id="hub", title="A hub opens", kind="milestone"),
    Measure(id="survey", title="=cmd()", kind="narrative", role="contextual"),
    Measure(id="both", title="No", kind="compound", components=["ehcp", "homes"]),
]
TARGETS = [
    Target(
        id="t-reach",
        measure="ehcp",
        aim=Reach("79.0"),
        due="CY2025",
        baseline=Baseline("CY2023", "40.2"),
        trajectory=Linear(),
        tolerance=Margin(percent="2.5"),
        area=AREA,
        breakdown={"sex": "girls", "a;b": "c=d"},
        unit="percent",
        agreed_with=["families", "partners"],
        source=SOURCE,
    ),
    Target(
        id="t-profile",
        measure="ehcp",
        aim=Reach(120),
        due="FY2024-25-Q1..Q4",
        trajectory=Profile({Period.from_code("FY2024-25-Q1..Q1"): 20, Period.from_code("FY2024-25-Q1..Q4"): 120}),
    ),
    Target(id="t-between", measure="places", aim=StayBetween(85, "90.5"), due="2025-03-31"),
    Target(id="t-improve", measure="homes", aim=Improve(), due="Y2025-09-30"),
    Target(id="t-improve-by", measure="homes", aim=Improve(by=Margin(percent=10)), due="2024-12"),
    Target(id="t-hold", measure="places", aim=Hold(), due="AY2024-25-T1T2"),
    Target(id="t-beat", measure="homes", aim=Beat("england", by=Margin(amount=2)), due="2024-W05"),
    Target(id="t-complete", measure="hub", aim=Complete(), due="2024-04-01/2024-09-17"),
    Target(id="t-rank", measure="homes", aim=Rank(1, 4, among="neighbours"), due="FY2018-19..FY2020-21"),
    Target(id="t-placeholder", measure="homes", aim=None),
]
PLAN = Plan(
    id="frozen-1",
    title="A plan of every sort of thing",
    period="FY2024-25",
    outcome_bees=[OutcomeBee(id="be-curious", name="Be Curious", description="Asking why.")],
    ambitions=[
        Ambition(
            id="belong", title="To belong", description="More\nof it.", continues=[Lineage("old", "belong", "same")]
        )
    ],
    priorities=[
        Priority(
            id="send",
            title="SEND",
            ambition="belong",
            outcome_bees=["be-included"],
            contributes_to=[Link("corporate", "c-1", "Corporate priority 1")],
            actions=["2024-12", "1e5"],
        )
    ],
    measures=MEASURES,
    targets=TARGETS,
    comparators=[
        Comparator(id="england", title="England", areas=["E92000001"]),
        Comparator(
            id="neighbours", title="Neighbours", areas=["E10000012", "E10000018"], method="median", version="2025"
        ),
    ],
    part_of="county-plan",
    supersedes="plan-2018-21",
    adoption=[AdoptionStep(body="Cabinet", held=date(2024, 7, 17), decision="Agreed")],
    links=[Link("strategy", "s-1", "Strategy")],
    source=SOURCE,
)
FIGURES = Observations(
    [
        Observation(
            measure="ehcp",
            period="CY2024",
            area=AREA,
            value="56.30",
            breakdown={"sex": "girls", "a;b": "c=d"},
            numerator=563,
            denominator=1000,
            lower="55.1",
            upper=58,
            unit="percent",
            revision="final",
            recorded=date(2025, 6, 26),
            source="DfE",
            note="=not a formula",
        ),
        Observation(measure="homes", period="2025-03-31", area=AREA, absence="suppressed"),
        Observation(measure="homes", period="2024-03-31", area=AREA, value="-0.5", revision="provisional"),
    ]
)
CARD = Scorecard(
    plan=Plan(id="p", title="P", measures=[MEASURES[1]], targets=[]),
    area=AREA,
    as_of=date(2025, 12, 31),
    policy="standard",
    evaluations=(
        Evaluation(
            target="t",
            measure="homes",
            area=AREA,
            as_of=date(2025, 12, 31),
            policy="standard",
            status=Status.MISSED,
            verdict=Verdict.OFF,
            due=PLAN.targets[3].due,
            observation=next(iter(FIGURES)),
            value=next(iter(FIGURES)).value,
            travel=Travel.WORSENING,
            travel_basis=TravelBasis.PREVIOUS_PERIOD,
            display_conflict=True,
            explanation="It was not reached.",
        ),
        Evaluation(
            measure="homes",
            area=AREA,
            as_of=date(2025, 12, 31),
            policy="standard",
            status=Status.NOT_ASSESSED,
            reason=Reason.NO_TARGET,
            explanation="There is no target.",
        ),
    ),
)


@pytest.mark.parametrize("name", ["plan.json", "plan.yaml", "plan.toml"])
def test_a_plan_of_format_1_loads_for_ever(name: str) -> None:
    again = load_plan(V1 / name)
    assert again == PLAN
    assert str(again.targets[0].aim.value) == "79.0"  # type: ignore[union-attr]  # a Reach


@pytest.mark.parametrize(
    "name", ["figures.json", "figures.yaml", "figures.toml", "figures.csv", "figures.xlsx", "figures.parquet"]
)
def test_figures_of_format_1_load_for_ever(name: str) -> None:
    if name.endswith("xlsx"):
        pytest.importorskip("python_calamine")
    if name.endswith("parquet"):
        pytest.importorskip("polars")
    assert load_observations(V1 / name) == FIGURES


@pytest.mark.parametrize("name", ["scorecard.json", "scorecard.yaml", "scorecard.toml"])
def test_a_scorecard_of_format_1_loads_for_ever(name: str) -> None:
    assert load(V1 / name, Scorecard) == CARD


@pytest.mark.parametrize("name", ["targets.json", "evaluations.yaml"])
def test_lists_of_format_1_load_for_ever(name: str) -> None:
    kind, expected = (Target, PLAN.targets) if name.startswith("targets") else (Evaluation, CARD.evaluations)
    assert load(V1 / name, kind) == expected


if __name__ == "__main__":  # how they were written, once: python tests/serializers/test_frozen_documents.py FOLDER
    from outcome_bees.serializers import dump, dump_observations

    folder = Path(sys.argv[1])
    for suffix in ("json", "yaml", "toml"):
        dump(PLAN, folder / f"plan.{suffix}")
        dump(CARD, folder / f"scorecard.{suffix}")
    for suffix in ("json", "yaml", "toml", "csv", "xlsx", "parquet"):
        dump_observations(FIGURES, folder / f"figures.{suffix}")
    dump(PLAN.targets, folder / "targets.json")
    dump(CARD.evaluations, folder / "evaluations.yaml")
