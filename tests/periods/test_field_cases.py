"""Small inputs from a field trial: what people write, and the answer that a user should get, each of its kind.

The list stands beside this repository; each entry is checked here by what its sort asks for, so that a new entry of a
known sort is checked too.
"""

import io
import json
import re
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from outcome_bees import Margin, Measure, Observation, Policy, Reach, Target, evaluate, load_observations
from outcome_bees.errors import AmbiguousPeriodError, DocumentError, InvalidValueError, PeriodError, UnknownUnitError
from outcome_bees.exact import exact
from outcome_bees.periods import Period, split_note
from outcome_bees.units import Unit
from outcome_bees.vocabulary import Revision

FIELD = Path(__file__).resolve().parents[3] / "shared" / "cases" / "field.json"
CASES: dict[str, list[dict[str, Any]]] = json.loads(FIELD.read_text(encoding="utf-8")) if FIELD.is_file() else {}
needs_cases = pytest.mark.skipif(not CASES, reason="the cases of the field trial are not beside this repository")


def of(sort: str) -> list[Any]:
    """The cases of a sort; without the list there is one that is skipped."""
    cases = [pytest.param(each, id=each["text"]) for each in CASES.get(sort, []) if "text" in each]
    return cases or [pytest.param({}, id="none")]


@needs_cases
@pytest.mark.parametrize("case", of("periods"))
def test_a_period_is_read_left_open_or_refused_as_it_should_be(case: dict[str, Any]) -> None:
    text, calendar, right = case["text"], case.get("calendar"), case["right"]
    if right == "ambiguous":
        with pytest.raises(AmbiguousPeriodError):
            Period.parse(text, calendar)
    elif right.startswith("refused"):
        with pytest.raises(PeriodError) as caught:
            Period.parse(text, calendar)
        assert not isinstance(caught.value, AmbiguousPeriodError)
        message = str(caught.value)
        assert "nearest" not in message
        for given in re.findall(r"\((.*?)\)", right):
            assert given in message  # such as the date that a number was
        if "last quarter or month" in right:
            assert "needs its last quarter or month, as in" in message
    elif " with revision " in right:
        code, _, revision = right.split(", ")[0].partition(" with revision ")
        plain, found = split_note(text)
        assert (Period.parse(plain, calendar).code, found) == (code, Revision(revision))
        with pytest.raises(PeriodError, match="is a note and no part of a period"):
            Period.parse(text, calendar)
    else:
        assert Period.parse(text, calendar).code == right


@needs_cases
@pytest.mark.parametrize("case", of("units"))
def test_a_unit_is_read_or_refused_with_what_was_meant(case: dict[str, Any]) -> None:
    text, right = case["text"], case["right"]
    if right.startswith("refused"):
        with pytest.raises(UnknownUnitError) as caught:
            Unit(text)
        for word in ("percentage_point", "score", "minute", "hour", "count of assessments"):
            if word in right:
                assert word in str(caught.value)
    elif right.startswith("a unit of time"):
        assert Unit(text).convert(exact(90), Unit("hour")) == exact("1.5")
    elif right.startswith("a count whose noun is open"):
        assert Unit(text).phrase("12") == "12 assessments"
        assert Unit(text).convertible(Unit("count"))
    elif right.startswith("a score with a known top"):
        with pytest.raises(InvalidValueError):
            Observation(measure="m", period="CY2024", area="a", value=6, unit=text)
    else:
        assert Unit(text).code == right


@needs_cases
@pytest.mark.parametrize("case", of("areas"))
def test_a_code_is_never_taken_for_another_place(case: dict[str, Any]) -> None:
    table = f"measure,period,area,value\nm,CY2024,{case['text']},1\n"
    with pytest.raises(DocumentError) as caught:
        load_observations(io.StringIO(table), format="csv")
    assert "write E10000015" in str(caught.value.problems[0])
    if "space" in case["right"]:
        assert "there is a space after it" in str(caught.value.problems[0])


@needs_cases
@pytest.mark.parametrize("case", of("values"))
def test_a_number_is_as_it_should_be_or_the_message_allows_what_is_read(case: dict[str, Any]) -> None:
    text, right = case["text"], case["right"]
    if right == "0":
        assert str(exact(text)) == "0"
        return
    with pytest.raises(InvalidValueError) as caught:
        exact("no number")
    with suppress(InvalidValueError):
        assert "e" not in str(exact(text)).casefold()
        assert text in str(caught.value)  # the message names what is read


PERCENT = Measure(id="m", title="M", unit="percent", direction="decrease")


def judged(measure: Measure, target: Target, value: str, period: str = "FY2024-25") -> str:
    figure = Observation(measure="m", period=period, area="E10000015", value=value)
    return evaluate(target, measure=measure, observations=[figure], as_of=date(2025, 6, 1)).status.value


def target(aim: Any, **rest: Any) -> Target:
    return Target(id="t", measure="m", aim=aim, due="FY2024-25", **rest)


@pytest.mark.parametrize("value", ["119", "150"])
def test_at_most_150_is_met_by_119_and_by_150(value: str) -> None:
    count = Measure(id="m", title="M", unit="count", direction="decrease")
    assert judged(count, target(Reach(150)), value) == "achieved"


@pytest.mark.parametrize(
    ("value", "status"),
    [("94", "narrowly_missed"), ("96", "achieved"), ("104", "achieved"), ("106", "narrowly_missed"), ("111", "missed")],
)
def test_a_number_to_be_kept_has_room_on_both_sides(value: str, status: str) -> None:
    kept = Measure(id="m", title="M", unit="count", direction="maintain")
    policy = Policy(id="both", met_within=Margin(percent=5), near_within=Margin(percent=10))
    figure = Observation(measure="m", period="FY2024-25", area="E10000015", value=value)
    answer = evaluate(target(Reach(100)), measure=kept, observations=[figure], as_of=date(2025, 6, 1), policy=policy)
    assert answer.status.value == status
    assert "behind" not in answer.explanation or float(value) < 100
