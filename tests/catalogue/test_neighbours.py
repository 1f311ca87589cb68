"""Statistical neighbours are a comparator of a stated edition, and none are invented."""

import csv
from datetime import date
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


@pytest.mark.parametrize("edition", ["2021", "2025"])
def test_every_upper_tier_authority_that_there_was_has_ten_others(edition: str) -> None:
    day = date(int(edition), 5, 1)
    there = [
        each
        for code, each in areas.register().items()
        if "upper" in getattr(areas.sort(code), "tiers", ())
        and code[0] == "E"
        and (each.start or date.min) <= day <= (each.end or date.max)
    ]
    assert len(there) > 150
    for each in there:
        group = catalogue.neighbours(each.code, edition=edition)
        assert len({*group.areas} - {each.code}) == 10, each
        assert all(areas.same_sort(each.code, other) for other in group.areas)


def test_kent_has_its_own() -> None:
    group = catalogue.neighbours("E10000016", edition="2025")
    assert group.title == "Statistical neighbours of Kent (2025)"
    assert [areas.name(each) for each in group.areas] == [
        *("Essex", "East Sussex", "Devon", "Bexley", "Suffolk"),
        *("Norfolk", "Nottinghamshire", "West Sussex", "Bedford", "Somerset"),
    ]


def test_codes_are_those_of_today_and_a_former_code_asks_for_the_same_place() -> None:
    somerset, former = (catalogue.neighbours(each, edition="2025") for each in ("E06000066", "E10000027"))
    assert somerset == former
    assert "E10000006" in catalogue.neighbours("E06000061", edition="2021").areas  # Cumbria, which is no more


def test_what_there_is_not_is_refused_with_what_there_is() -> None:
    with pytest.raises(InvalidValueError, match=r"upper-tier authority of England, such as E10000016 \(Kent\)"):
        catalogue.neighbours("E07000242", edition="2025")
    with pytest.raises(InvalidValueError, match=r"it became E06000061 \(North Northamptonshire\) and E06000062"):
        catalogue.neighbours("E10000021", edition="2025")
    with pytest.raises(InvalidValueError, match="edition: given '2014'; allowed: '2021', '2025'"):
        catalogue.neighbours("E10000015", edition="2014")
    with pytest.raises(InvalidValueError, match=r"given '2021'; allowed: '2025' \(Cumberland has none of 2021\)"):
        catalogue.neighbours("E06000063", edition="2021")
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
