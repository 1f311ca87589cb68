"""Places have names, sorts and histories, and each is checked against published tables where those are at hand."""

import csv
from datetime import date
from pathlib import Path

import pytest

from outcome_bees import areas
from outcome_bees.errors import InvalidTypeError, UnknownNameError

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "published"
UPPER = ("E06", "E08", "E09", "E10")


def upper_tier(*, current: bool) -> list[areas.Area]:
    return [each for code, each in areas.register().items() if code.startswith(UPPER) and (each.end is None) == current]


def test_england_has_153_upper_tier_authorities_of_four_kinds() -> None:
    counts = [sum(each.code.startswith(prefix) for each in upper_tier(current=True)) for prefix in UPPER]
    assert counts == [63, 36, 33, 21]


def test_every_former_authority_has_one_that_follows_it_from_the_next_day_on() -> None:
    for former in upper_tier(current=False):
        followers = [each for each in areas.changes(former.code) if each.before == former.code]
        assert followers
        assert former.end is not None
        for change in followers:
            assert (change.date - former.end).days == 1
            follower = areas.area(change.after)
            assert follower is not None
            assert follower.start == change.date
            assert follower.region == former.region


def test_every_code_that_began_after_2009_came_in_the_place_of_another() -> None:
    late = [each.code for each in areas.register().values() if each.start and each.start > date(2009, 1, 1)]
    assert late
    assert all(areas.predecessors(code) for code in late)


def test_names_and_departmental_codes_in_use_are_unique() -> None:
    current = upper_tier(current=True)
    assert len({each.name for each in current}) == len({each.dfe_code for each in current}) == 153


@pytest.mark.parametrize(
    ("former", "now"),
    [
        ("E10000006", ["Cumberland", "Westmorland and Furness"]),
        ("E10000021", ["North Northamptonshire", "West Northamptonshire"]),
        ("E10000009", ["Bournemouth, Christchurch and Poole", "Dorset"]),
        ("E06000029", ["Bournemouth, Christchurch and Poole"]),
        ("E10000023", ["North Yorkshire"]),
        ("E10000027", ["Somerset"]),
        ("E06000048", ["Northumberland"]),
        ("E08000020", ["Gateshead"]),
        ("E07000097", ["East Hertfordshire"]),
    ],
)
def test_a_former_code_says_what_it_became(former: str, now: list[str]) -> None:
    assert [areas.name(each) for each in areas.successors(former)] == now


def test_only_a_mere_recoding_leaves_figures_comparable() -> None:
    assert areas.comparable("E10000002", "E06000060")  # Buckinghamshire, the same ground
    assert not areas.comparable("E06000048", "E06000057")  # Northumberland, whose boundary moved
    assert not areas.comparable("E10000009", "E06000059")  # Dorset, without Christchurch
    assert not areas.comparable("E06000055", "E06000056")  # two parts of what was Bedfordshire
    assert areas.comparable("north", "north")


def test_a_county_is_of_one_sort_with_unitaries_and_not_with_districts_wards_or_schools() -> None:
    assert areas.same_sort("E10000015", "E09000006") is True
    assert [areas.same_sort("E10000015", each) for each in ("E07000242", "E05000001", "117654", "E12000006")] == [
        False
    ] * 4
    assert areas.same_sort("E07000242", "E06000032") is True
    assert areas.same_sort("E10000015", "my-own-code") is None


@pytest.mark.parametrize("code", ["E10", "E1000001", "E10ABCDEF", "X99000001", "12345", "Hertfordshire"])
def test_what_is_no_code_of_the_register_has_no_sort(code: str) -> None:
    assert areas.sort(code) is None


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Kent", "E10000016"),
        ("bristol", "E06000023"),
        ("City of Bristol".replace("City of ", ""), "E06000023"),
        ("St Helens", "E08000013"),
        ("Bedford Borough", "E06000055"),
        ("Durham", "E06000047"),
        ("Bournemouth, Christchurch & Poole", "E06000058"),
        ("Yorkshire and the Humber", "E12000003"),
        ("919", "E10000015"),
        ("Cumbria", "E10000006"),
        ("Northumberland", "E06000057"),
    ],
)
def test_a_place_is_found_by_the_names_people_use(said: str, code: str) -> None:
    assert areas.find(said).code == code


def test_a_name_is_looked_up_as_of_a_day() -> None:
    assert areas.find("Northumberland", on=date(2010, 5, 1)).code == "E06000048"
    with pytest.raises(UnknownNameError, match="did you mean Cumbria"):
        areas.find("Cumbria", on=date(2024, 1, 1))


def test_a_misspelt_name_is_an_error_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean Hertfordshire"):
        areas.find("Hertforshire")
    assert areas.nearest("zzzzzzz") is None
    with pytest.raises(InvalidTypeError):
        areas.find(919)  # type: ignore[arg-type]


def test_names_are_the_callers_then_the_tables_then_the_registers() -> None:
    names = areas.Names({"E10000015": "Herts"}, {"E10000015": "HERTFORDSHIRE", "E10000016": "Kent County"})
    assert [names.of(each) for each in ("E10000015", "E10000016", "E10000030", "w-1")] == [
        "Herts",
        "Kent County",
        "Surrey",
        "w-1",
    ]
    assert names.in_full("E06000048") == "Northumberland (code until 2013; now E06000057)"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published figures are not beside this repository")
def test_codes_and_names_agree_with_those_in_published_tables() -> None:
    seen: dict[str, set[tuple[str, str]]] = {}
    for path in sorted(SHARED.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            titles = reader.fieldnames or []
            code, name = (
                ("geography_code", "geography_name") if "geography_code" in titles else ("new_la_code", "la_name")
            )
            if code in titles:
                for row in reader:
                    seen.setdefault(row[code], set()).add((row[name], row.get("old_la_code") or ""))
    assert len(seen) >= 30
    for each, known in seen.items():
        if areas.sort(each) is None:
            continue
        registered = areas.area(each)
        assert registered is not None, (each, known)
        for name, old in known:
            assert areas.find(name, on=registered.start).code == each or name == registered.name, (each, name)
            assert old in ("", registered.dfe_code) or not old.isdigit(), (each, old)
