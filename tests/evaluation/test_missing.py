"""Which places there are no figures of, in words, and what was there before them."""

import pytest

from outcome_bees import Period
from outcome_bees.evaluation.missing import came_in_place_of, ended_before, in_use, listed, no_figures_of

KENT, HERTFORDSHIRE, BEDFORD, BROMLEY, BOLTON = "E10000016", "E10000015", "E06000055", "E09000006", "E08000001"
CUMBRIA = "E10000006"  # until 31 March 2023
ELEVEN = [f"own-{number}" for number in range(1, 12)]


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ((KENT,), "Kent (E10000016)"),
        ((KENT, BEDFORD), "Kent (E10000016) and Bedford (E06000055)"),
        ((KENT, BEDFORD, BOLTON), "Kent (E10000016), Bedford (E06000055) and Bolton (E08000001)"),
        ((KENT, "own", BOLTON, BROMLEY), "Kent (E10000016), own, Bolton (E08000001) and 1 more"),
        ((KENT, "own", BOLTON, BROMLEY, BEDFORD), "Kent (E10000016), own, Bolton (E08000001) and 2 more"),
    ],
)
def test_a_sentence_names_three_places_and_counts_the_others(codes: tuple[str, ...], words: str) -> None:
    assert listed(codes) == words


@pytest.mark.parametrize(
    ("asked", "codes", "words"),
    [
        ("Ruritania", [KENT, BOLTON], "there are no figures of Ruritania, only of E10000016, E08000001"),
        ("E10000030", [KENT], "there are no figures of Surrey (E10000030), only of E10000016"),
        (
            "Kent",
            [HERTFORDSHIRE, KENT],
            "there are no figures of Kent, only of E10000015, E10000016; did you mean E10000016, which is Kent?",
        ),
        ("Ruritania", ELEVEN[:10], f"there are no figures of Ruritania, only of {', '.join(ELEVEN[:10])}"),
        ("Ruritania", ELEVEN, f"there are no figures of Ruritania, only of {', '.join(ELEVEN[:10])} …"),
        (
            "ward-twelv",
            ["ward-twelve"],
            "there are no figures of ward-twelv, only of ward-twelve; did you mean ward-twelve?",
        ),
    ],
)
def test_a_warning_says_of_which_places_there_are_figures_and_which_may_be_meant(
    asked: str, codes: list[str], words: str
) -> None:
    assert no_figures_of(asked, codes) == words


def test_a_code_is_in_use_while_its_place_is_there() -> None:
    assert [in_use(each) for each in (KENT, CUMBRIA, "own")] == [True, False, False]


NORTHAMPTONSHIRE = "North Northamptonshire (E06000061) came in place of Northamptonshire (E10000021) on 1 April 2021"
DORSET = (
    "Bournemouth, Christchurch and Poole (E06000058) came in place of Bournemouth (E06000028), Poole (E06000029)"
    " and Dorset (E10000009) on 1 April 2019"
)


@pytest.mark.parametrize(
    ("code", "period", "words"),
    [
        ("E06000061", "FY2020-21", NORTHAMPTONSHIRE),
        ("E06000061", "2021-03-31", NORTHAMPTONSHIRE),
        ("E06000061", "2021-04-01", None),
        ("E06000061", "FY2021-22", None),
        ("E06000058", "FY2018-19", DORSET),
        ("E06000060", "FY2018-19", None),  # Buckinghamshire, which was only given another code
        ("E10000021", "FY2018-19", None),  # Northamptonshire itself, which others came in place of
        (KENT, "FY2018-19", None),
        ("own", "FY2018-19", None),
    ],
)
def test_a_place_came_in_place_of_those_before_it(code: str, period: str, words: str | None) -> None:
    assert came_in_place_of(code, Period.from_code(period)) == words


@pytest.mark.parametrize(
    ("code", "period", "ended"),
    [
        (CUMBRIA, "FY2023-24", True),
        (CUMBRIA, "2023-04-01", True),
        (CUMBRIA, "2023-03-31", False),
        (CUMBRIA, "CY2023", False),
        (KENT, "FY2023-24", False),
        ("own", "FY2023-24", False),
    ],
)
def test_a_place_that_ended_has_no_figures_of_what_began_later(code: str, period: str, ended: bool) -> None:
    words = "Cumbria (E10000006, until 2023; now Cumberland; Westmorland and Furness) has no figures any more"
    assert ended_before(code, Period.from_code(period)) == (words if ended else None)
