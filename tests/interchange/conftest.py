"""A plan that uses everything."""

import pytest

from outcome_bees import (
    Ambition,
    Baseline,
    Comparator,
    Lineage,
    Link,
    Margin,
    Measure,
    OutcomeBee,
    Plan,
    Priority,
    Reach,
    Target,
)
from outcome_bees.model.plan import AdoptionStep


@pytest.fixture(scope="session")
def everything() -> Plan:
    """A plan in which every text is a word that occurs nowhere else."""
    return Plan(
        id="w-plan",
        title="Wtitle",
        period="FY2024-25",
        outcome_bees=[OutcomeBee(id="w-bee", name="Wbee", description="Wbeetext")],
        ambitions=[Ambition(id="w-ambition", title="Wambition", description="Wambitiontext", source="Wambitionsource")],
        priorities=[
            Priority(
                id="w-priority",
                title="Wpriority",
                ambition="w-ambition",
                actions=["Waction", "Wsecond"],
                contributes_to=[Link("w-scheme", "w-link", "Wlink")],
                source="Wprioritysource",
            )
        ],
        measures=[
            Measure(
                id="w-measure",
                title="Wmeasure",
                unit="percent",
                direction="decrease",
                priority="w-priority",
                outcome_bees=["w-bee"],
                population="Wpopulation",
                numerator="Wnumerator",
                denominator="Wdenominator",
                continues=[Lineage("w-before", "w-earlier", "same")],
                links=[Link("w-other", "w-tie", "Wtie")],
                source="Wmeasuresource",
            )
        ],
        targets=[
            Target(
                id="w-target",
                measure="w-measure",
                aim=Reach("31.25"),
                due="FY2025-26",
                baseline=Baseline("FY2023-24", "42.75"),
                tolerance=Margin(amount="1.5"),
                agreed_with=["Wagreed"],
                source="Wtargetsource",
            )
        ],
        comparators=[Comparator(id="w-comparator", title="Wcomparator", areas=["E92000001"])],
        part_of="w-above",
        supersedes="w-past",
        adoption=[AdoptionStep(body="Wbody", decision="Wdecision")],
        links=[Link("w-list", "w-entry", "Wentry")],
        source="https://example.org/Wsource",
    )
