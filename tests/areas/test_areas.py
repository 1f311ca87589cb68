"""Places have names, sorts and histories, and each is checked against published tables where those are at hand."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from outcome_bees import (
    Comparator,
    DocumentError,
    Measure,
    Observation,
    Plan,
    Target,
    areas,
    evaluate,
    evaluate_plan,
    load_observations,
)
from outcome_bees.errors import InvalidTypeError, InvalidValueError, UnknownNameError

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


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("e10000015", "write E10000015"),
        ("w06000015", "write W06000015"),
        ("E10000015 ", "there is a space after it: write E10000015"),
        (" E10000015", "there is a space before it: write E10000015"),
        ("E10000015\u00a0", "there is a no-break space after it: write E10000015"),
        ("\ufeffE10000015", "there is an invisible character before it: write E10000015"),
        ("e10000015\t", "there is a tab after it; write E10000015"),
        ("'E10000015", "there is a sign before it: write E10000015"),
        ("E1000015", "such a code has 8 digits, and this has 7: did you mean E10000015?"),
        ("E100000155", "such a code has 8 digits, and this has 9: did you mean E10000015?"),
        ("E1O000015", "write E10000015, with digits in place of O"),
        ("El0000015", "write E10000015, with digits in place of l"),
        ("E1000001S", "write E10000015, with digits in place of S"),
        ("E1OOOOO15", "write E10000015, with digits in place of O"),
        ("S1200003", "such a code has 8 digits, and this has 7"),
        ("E0600001", "such a code has 8 digits, and this has 7"),  # one of several: none is named
        ("E12000006\u200b", "there is an invisible character after it: write E12000006"),
        ("E10 000 015", "write E10000015"),
        ("E10-000-015", "write E10000015"),
        ("E10000015 Hertfordshire", "write the code alone: E10000015"),
        ("Hertfordshire (E10000015)", "write the code alone: E10000015"),
        ("North Yorkshire", "the code of North Yorkshire is E06000065"),
        ("Hertfordshire County Council", "the code of Hertfordshire is E10000015"),
        ("  ", "there is a space before it"),
    ],
)
def test_what_is_nearly_a_code_is_refused_with_what_to_write(text: str, hint: str) -> None:
    assert areas.mistyped(text) == hint
    with pytest.raises(InvalidValueError) as caught:
        Observation(measure="m", period="CY2024", area=text, value=1)
    assert caught.value.hint == hint


@pytest.mark.parametrize(
    "code",
    [
        "E10000015",
        "E10000099",
        "north-area",
        "Kent",
        "919",
        "117654",
        "00AM",
        "e1",
        "SB1",
        "W06000015",
        "WOBS10",
        "10010",
    ],
)
def test_codes_of_other_lists_and_of_later_registers_are_left_alone(code: str) -> None:
    assert areas.mistyped(code) is None
    assert Observation(measure="m", period="CY2024", area=code, value=1).area == code


def test_a_comparator_a_target_and_a_call_refuse_it_as_a_figure_does() -> None:
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    with pytest.raises(InvalidValueError, match=r"Comparator\.areas: given 'e10000015'.*write E10000015"):
        Comparator(id="c", title="C", areas=["e10000015"])
    with pytest.raises(InvalidValueError, match=r"Target\.area: given 'e10000015'.*write E10000015"):
        Target(id="t", measure="m", aim=None, area="e10000015")
    for ask in (
        lambda: evaluate(None, measure=measure, observations=[], as_of=date(2025, 1, 1), area="e10000015"),
        lambda: evaluate_plan(Plan(id="p", title="P"), [], as_of=date(2025, 1, 1), area="e10000015"),
    ):
        with pytest.raises(InvalidValueError, match="write E10000015"):
            ask()


def test_a_table_names_the_line_of_a_code_that_is_mistyped() -> None:
    table = "measure,period,area,value\nm,CY2024,E10000015,1\nm,CY2023,E10000015\u00a0,1\n"
    with pytest.raises(DocumentError) as caught:
        load_observations(io.StringIO(table), format="csv")
    (problem,) = caught.value.problems
    assert (problem.line, problem.path) == (3, "$.area")
    assert problem.message.endswith("(there is a no-break space after it: write E10000015)")
