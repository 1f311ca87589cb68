"""What is known of every unit, and how some hundred texts for units are read: kept as they were when they were read.

Where one is changed on purpose, the list is written again and read again:

    python tests/foundations/test_golden_units.py
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from outcome_bees.errors import OutcomeBeesError
from outcome_bees.units import Unit
from outcome_bees.units._facts import CLOSED

GOLDEN = Path(__file__).with_name("golden_units.txt")
CODES = (
    *CLOSED,
    *(
        "per_1",
        "per_1000",
        "per_10000",
        "per_100000",
        "per_999999999",
        "count of assessments",
        "count of children in care",
    ),
    *("count of boxes", "score out of 5", "score out of 999999", "day/person", "GBP/child", "GBP_million/school"),
    *("child/fte", "hour/week"),
)
TEXTS = (
    *("%", "per cent", "Percentage (%)", "pct", "percentage points", "pp", "ppt", "points", "% change", "share"),
    *("£", "£s", "£000", "£000s", "£k", "£m", "£ million", "£ millions", "in £000s", "£bn", "pounds", "$", "pence"),
    *("days", "working days", "no. of days", "number of weeks", "average days", "mean weeks", "median months", "hrs"),
    *("days to complete", "working days to complete", "days and weeks", "days to complete 3", "weeks (average)", "yrs"),
    *("number of children", "children", "pupils", "young people", "cases", "assessments", "FTE", "staff", "premises"),
    *("rate per 10,000", "per 10,000 population", "per 1,000 children", "per 0", "per 100", "1 in 100", "per head"),
    *("out of 5", "score out of 10", "score out of 0", "score out of 1000000", "rating", "grade", "rank", "yes/no"),
    *("% of children", "% of change", "pecent", "wekes", "d", "w", "", " ", "number", "count", "count of", "no"),
    *("days per person", "£ per child", "£ per head", "hours per week", "day/", "/day", "day/person/week", "m"),
    *(
        "count of  boxes",
        "count of 3 things",
        "number of 3 things",
        "count of boxes!",
        "count of -x",
        "count of x-",
        "count of it's",
    ),
    *(
        "per_0",
        "per_01",
        "per_1234567890",
        "per_123456789",
        "score out of 05",
        "score out of 1234567",
        "score out of five",
    ),
    *(f"count of {'x' * length}" for length in (51, 52)),
)


def said(text: str) -> str:
    try:
        return Unit(text).code
    except OutcomeBeesError as error:
        return f"refused: {error}"


def facts_of(code: str) -> Iterator[str]:
    unit = Unit(code)
    yield f"{code} | {unit.code}, {unit.kind}, {unit.decimals} decimals, whole {unit.whole}, top {unit.top}"
    yield f"{code} | {unit.phrase('1', singular=True)}, {unit.phrase('2')}"
    others = [each for each in CODES if each != code and unit.convertible(Unit(each))]
    yield f"{code} | {', '.join(f'{unit.factor(Unit(each))} {each}' for each in others) or 'converts into none'}"


def lines_of(text: str) -> list[str]:
    return list(facts_of(text)) if text in CODES else [f"{text} | {said(text)}"]


@pytest.mark.parametrize("text", [*CODES, *(each for each in TEXTS if each not in CODES)])
def test_a_unit_is_read_and_known_as_it_was(text: str) -> None:
    kept = GOLDEN.read_text(encoding="utf-8").splitlines()
    assert lines_of(text) == [each for each in kept if each.startswith(f"{text} | ")]


@pytest.mark.parametrize("text", TEXTS)
def test_what_a_refusal_asks_about_is_a_unit_itself(text: str) -> None:
    meant = re.search(r"did you mean (.*)\?\)", said(text))
    assert meant is None or Unit(meant[1]).code == meant[1]
    assert "count of count" not in said(text)


if __name__ == "__main__":
    asked = dict.fromkeys((*CODES, *TEXTS))
    GOLDEN.write_text("\n".join(line for each in asked for line in lines_of(each)) + "\n", encoding="utf-8")
