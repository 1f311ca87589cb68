"""What a person reads when something is refused: every sort of message, kept as it was when it was read aloud.

Where one is changed on purpose, the list is written again and read again:

    python tests/foundations/test_messages.py
"""

import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from outcome_bees import (
    Beat,
    Comparator,
    Complete,
    Disclosure,
    Improve,
    Linear,
    Margin,
    Measure,
    Observation,
    Observations,
    OutcomeBeesError,
    Plan,
    Policy,
    Profile,
    Rank,
    Reach,
    StayBetween,
    Target,
    areas,
    evaluate,
    evaluate_plan,
    load_observations,
    load_plan,
    methods,
    read_statement,
)
from outcome_bees.databases.statement_check import check_query
from outcome_bees.exact import exact
from outcome_bees.identifiers import identifier
from outcome_bees.layouts.cells import absence_of, number_of_cell
from outcome_bees.linting.finding import SORTS
from outcome_bees.periods import Period
from outcome_bees.units import Unit

GOLDEN = Path(__file__).with_name("golden_messages.txt")


def measure(**fields: Any) -> Measure:
    return Measure(**{"id": "m", "title": "M", "unit": "percent", **fields})


def observation(**fields: Any) -> Observation:
    return Observation(**{"measure": "m", "period": "CY2024", "area": "E10000015", "value": 1, **fields})


def financial(text: str) -> Period:
    return Period.parse(text, calendar="financial")


def target(**fields: Any) -> Target:
    return Target(**{"id": "t", "measure": "m", "due": "CY2025", "aim": Reach(95), **fields})


def plan(**fields: Any) -> Plan:
    return Plan(**{"id": "p", "title": "P", "measures": [measure()], **fields})


def table(text: str) -> object:
    return load_observations(io.BytesIO(text.encode()), format="csv")


def document(text: str) -> object:
    return load_plan(io.BytesIO(text.encode()), format="yaml")


def call(function: Callable[[], object]) -> object:
    return function()


DAY = date(2025, 6, 30)
TWO_PLACES = [observation(), observation(area="E10000016")]
ROWS = "measure,period,area,value\n"
PLAN_TEXT = "format: outcome-bees/1\nid: p\ntitle: P\n"

GIVEN: dict[str, tuple[Callable[[Any], object], list[Any]]] = {
    "unit": (
        Unit,
        [
            *(
                "points",
                "% change",
                "basis points",
                "h:mm",
                "ratio",
                "rate",
                "per head",
                "£ per 1,000 population",
                "$",
                "£bn",
            ),
            *(
                "pence",
                "m",
                "k",
                "millions",
                "h",
                "p",
                "yes/no",
                "rating",
                "stars",
                "1-5",
                "position",
                "text",
                "n/a",
                "time",
            ),
            *(
                "money",
                "number of",
                "pecent",
                "assessments",
                "days to complete",
                "visits/child",
                "kg",
                "",
                "x" * 100,
                5,
            ),
        ],
    ),
    "unit of a measure": (lambda text: measure(unit=text), ["pecent", "points"]),
    "comparing units": (lambda units: Unit(units[0]).factor(Unit(units[1])), [("count", "percent"), ("day", "month")]),
    "score with a top": (lambda value: observation(unit="score out of 5", value=value), [6]),
    "period": (
        Period.parse,
        [
            *(
                "2024/25",
                "Q3 2025",
                "01/04/2024",
                "2010 - 12",
                "Autumn 2024",
                "P6",
                "April",
                "24-Apr",
                "24",
                "Spring 25",
            ),
            *("Term 1 2024/25", "HT1 2024/25", "1Q25", "2024 04", "2022/23 YTD", "45747", "2023/24 Q4 (provisional)"),
            *("2024/25 outturn", "mid-2023", "LTM Mar 2025", "w/e 5 April 2024", "202401", "20230229", "2024April"),
            *(
                "2024/24",
                "Month 13 2024/25",
                "Q5 2024/25",
                "week 53 2025",
                "2729",
                "2021-23 (4 year average)",
                "2024#25",
            ),
            *("Septembr 2024", "2024S1", "TBC", "", "x" * 100, "2018-21 Q3", "0 years to 2024", 5),
        ],
    ),
    "period of a financial year": (
        financial,
        ["2025 Q3", "2024/5", "Q1 (Jan-Mar) 2024/25", "3 years to 2024", "2024-13"],
    ),
    "period's code": (Period.from_code, ["2024/25", "FY2024", "CY2024-25", "FY2024-25-Q5"]),
    "period of a figure": (lambda text: observation(period=text), ["2024/25", "March 2025", "2025-13", 2024]),
    "calendar": (lambda word: Period.parse("2024/25", calendar=word), ["fiscal", "FY", "lunar", "13-45", 4]),
    "area": (
        lambda code: observation(area=code),
        [
            *(
                "e10000015",
                "E10000015 ",
                "\u00a0E10000015",
                "E1000015",
                "E100000155",
                "E1O000015",
                "E10 000 015",
                "a b",
            ),
            *("E10000015 Hertfordshire", "North Yorkshire", "Hertfordshire County Council", "", "x" * 200, 919),
        ],
    ),
    "areas of a comparator": (
        lambda codes: Comparator(id="c", title="C", areas=codes),
        [["E10000016 "], [], "E10000016"],
    ),
    "name of a place": (areas.find, ["Hertforshire", "zzz", 5]),
    "number": (exact, ["ninety", "1,234", "", "1e99", "9" * 31, float("nan"), True, None]),
    "number in a table": (
        number_of_cell,
        [
            *(
                "45%",
                "£1.2m",
                "£1,200",
                "1.2k",
                "½",
                "<5",
                "..",
                "n/a",
                "-",
                "c",
                "95 (p)",
                "95 [u]",
                "95*",
                " 95",
                "(5)",
            ),
            *("\u22125", "1:30", "1 in 4", "TBC", "#DIV/0!", "1,234", "1 234", "3rd", "12 days", "five", "1.234,5"),
        ],
    ),
    "direction": (lambda word: measure(direction=word), ["up", "low is good", "improve", "increas", 1]),
    "frequency": (lambda word: measure(frequency=word), ["annual", "bi-monthly", "Quarterly"]),
    "timing": (lambda word: measure(timing=word), ["YTD", "sometimes"]),
    "kind": (lambda word: measure(kind=word), ["%", "text"]),
    "role": (lambda word: measure(role=word), ["context"]),
    "revision": (lambda word: observation(revision=word), ["p", "estimate"]),
    "absence in a table": (absence_of, ["n/a", "redacted", "zzz"]),
    "id": (identifier, ["Be Safe", "", "ehcp_", "x" * 101, 5]),
    "target": (lambda due: Target(id="t", measure="m", aim=None, due=due), ["2024/25"]),
    "margin": (lambda fields: Margin(**fields), [{}, {"amount": 1, "percent": 1}, {"amount": 0}, {"percent": -5}]),
    "aim": (
        call,
        [
            lambda: Reach(None),  # type: ignore[arg-type]
            lambda: StayBetween(10, 5),
            lambda: Improve(by=5),  # type: ignore[arg-type]
            lambda: Beat(7),  # type: ignore[arg-type]
            lambda: Rank(0, 4),
            lambda: Profile({}),
        ],
    ),
    "what goes into a target": (
        lambda fields: target(**fields),
        [
            {"aim": 95},
            {"baseline": "CY2025"},
            {"trajectory": "linear"},
            {"trajectory": Linear()},
            {"trajectory": Profile({Period.from_code("CY2025"): 90})},
            {"aim": Complete(), "tolerance": Margin(amount=1)},
            {"aim": Rank(1, 4), "tolerance": Margin(percent=1)},
        ],
    ),
    "what goes into an observation": (
        lambda fields: observation(**fields),
        [
            {"value": None},
            {"absence": "suppressed"},
            {"denominator": 0},
            {"lower": 5, "upper": 3},
            {"recorded": "yesterday"},
            {"breakdown": "female"},
        ],
    ),
    "what goes into a measure": (
        lambda fields: measure(**fields),
        [
            {"title": " "},
            {"components": ["a"]},
            {"kind": "compound", "unit": None, "components": ["m"]},
            {"extensions": {"colour": "red"}},
            {"decimals": 12},
        ],
    ),
    "what goes into a plan": (
        lambda fields: plan(**fields),
        [
            {"measures": [measure(), measure()]},
            {"measures": [measure(priority="x")]},
            {"targets": [target(measure="n")]},
            {"targets": [target(unit="day")]},
            {"measures": "m"},
            {"policies": [Policy(id="standard", near_within=Margin(amount=1))]},
        ],
    ),
    "policy": (lambda fields: Policy(id="own", **fields), [{"met_within": Margin(amount=2)}, {"near_within": 3}]),
    "what is evaluated": (
        call,
        [
            lambda: evaluate(target(), measure="m", observations=[], as_of=DAY),  # type: ignore[arg-type]
            lambda: evaluate(target(), measure=measure(id="n"), observations=[], as_of=DAY),
            lambda: evaluate(target(), measure=measure(), observations=[], as_of="soon"),
            lambda: evaluate(target(), measure=measure(), observations=[], as_of=DAY, policy="lenient"),
            lambda: evaluate(target(), measure=measure(), observations=TWO_PLACES, as_of=DAY),
            lambda: evaluate_plan(measure(), [], as_of=DAY),  # type: ignore[arg-type]
            lambda: Observations([observation(), observation(value=2)]),
            lambda: Observations([5]),  # type: ignore[list-item]
        ],
    ),
    "table of figures": (
        table,
        [
            "",
            "measure,period\nm,CY2024\n",
            "measure,period,area,vlaue\nm,CY2024,E10000015,1\n",
            ROWS + "m,CY2024,E10000015\n",
            ROWS + "m,2024/25,E10000015,1\nm,CY2024,Herts,x\n",
            ROWS + "m,CY2024,E10000015,1\nm,CY2024,E10000015,2\n",
            "\x00",
        ],
    ),
    "plan in YAML": (
        document,
        [
            "",
            "- a",
            "id: p",
            "format: outcome-bees/2\n",
            PLAN_TEXT + "colour: red\n",
            PLAN_TEXT + "titel: Q\n",
            PLAN_TEXT + "id: q\n",
            PLAN_TEXT + "measures: m\n",
            PLAN_TEXT + "measures: [{id: m, title: M, unit: pecent}]\n",
            PLAN_TEXT + "targets: [{id: t, measure: m, aim: {kind: reech, value: 5}}]\n",
            PLAN_TEXT + "measures: &a [b]\n",
            "format: [",
        ],
    ),
    "rule for publishing": (
        lambda fields: Disclosure(**fields),
        [{"below": 1, "source": "S"}, {"below": 5, "source": ""}],
    ),
    "statement": (read_statement, ["", "x" * 3000, 5]),
    "method": (
        call,
        [
            lambda: methods.xmr([("2024", 5)]),  # type: ignore[arg-type]
            lambda: methods.xmr(5),  # type: ignore[arg-type]
        ],
    ),
    "query": (
        check_query,
        ["", "DELETE FROM t", "SELECT 1; SELECT 2", "SELECT 'a"],
    ),
}


def messages() -> Iterator[str]:
    """Yield each message under its sort."""
    for sort, (give, given) in GIVEN.items():
        yield f"# {sort}"
        for each in given:
            try:
                give(each)
            except OutcomeBeesError as error:
                yield from str(error).splitlines()
            else:
                raise AssertionError(f"{sort}: {each!r} was to be refused")
    yield "# findings"
    yield from (f"{sort.severity}: {sort.message}; {sort.remedy}" for sort in SORTS.values())


_REGISTER = re.compile(r"\b(?:said|says|told|tells|stands|whence|anew|unsaid|thereof|there twice)\b")


def test_every_message_is_still_as_it_was_read() -> None:
    assert list(messages()) == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_no_message_has_a_word_that_readers_would_stumble_over() -> None:
    assert [each for each in messages() if _REGISTER.search(each)] == []


def test_every_message_is_one_line_and_begins_with_what_was_wrong() -> None:
    for each in messages():
        if not each.startswith("#"):
            assert "\n" not in each
            assert re.match(r"[\w$.:,\[\] ]+: |a figure in ", each), each
            assert len(each) < 700, each


if __name__ == "__main__":
    GOLDEN.write_text("\n".join(messages()) + "\n", encoding="utf-8")
