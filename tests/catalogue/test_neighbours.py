"""Statistical neighbours are a comparator of a stated edition, and none are invented."""

import csv
from pathlib import Path

import pytest

from outcome_bees import Beat, Comparator, Measure, Observation, Plan, Target, areas, catalogue, evaluate_plan
from outcome_bees.errors import InvalidValueError

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "published" / "geographies.csv"


def test_each_edition_has_ten_and_they_differ() -> None:
    one, two = (catalogue.neighbours("E10000015", edition=edition) for edition in ("2021", "2025"))
    assert len(one.areas) == len(two.areas) == 10
    assert (one.version, two.version) == ("2021", "2025")
    assert set(one.areas) != set(two.areas)
    assert all(areas.same_sort("E10000015", each) for each in (*one.areas, *two.areas))


def test_they_serve_a_plan_as_any_comparator_does() -> None:
    group = catalogue.neighbours("E10000015", edition="2025", id="sn")
    plan = Plan(
        id="p",
        title="P",
        measures=[Measure(id="m", title="M", unit="percent", direction="increase")],
        comparators=[group],
        targets=[Target(id="t", measure="m", aim=Beat("sn"), due="FY2024-25")],
    )
    figures = [
        Observation(measure="m", period="FY2024-25", area=code, value=number)
        for number, code in enumerate(("E10000015", *group.areas))
    ]
    (answer,) = evaluate_plan(plan, figures, as_of="2025-06-30", area="E10000015").evaluations
    assert (answer.status.value, str(answer.reference)) == ("missed", "5.5")


def test_what_is_not_at_hand_is_refused_with_what_is() -> None:
    with pytest.raises(InvalidValueError, match=r"E10000015 \(Hertfordshire\) \(list the codes"):
        catalogue.neighbours("E10000016", edition="2025")
    with pytest.raises(InvalidValueError, match="edition: given '2014'; allowed: '2021', '2025'"):
        catalogue.neighbours("E10000015", edition="2014")
    with pytest.raises(InvalidValueError, match="edition"):
        catalogue.neighbours("E10000015", edition=2025)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="write E10000015"):
        catalogue.neighbours("e10000015", edition="2025")


@pytest.mark.skipif(not SHARED.is_file(), reason="the published figures are not beside this repository")
@pytest.mark.parametrize("edition", ["2021", "2025"])
def test_they_are_those_of_the_published_table(edition: str) -> None:
    with SHARED.open(encoding="utf-8", newline="") as file:
        ranked = {
            int(row[f"sn{edition}_rank"]): row["new_la_code"]
            for row in csv.DictReader(file)
            if row[f"sn{edition}_rank"]
        }
    group: Comparator = catalogue.neighbours("E10000015", edition=edition)
    assert list(group.areas) == [ranked[place] for place in sorted(ranked)]
