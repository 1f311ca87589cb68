"""What methods say beside the answers of a scorecard: objects, documents, tables and the command."""

import csv
import io
import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from outcome_bees import Measure, Observation, Period, Plan, Rank, Reach, Scorecard, Target, evaluate_plan, methods
from outcome_bees.cli import main
from outcome_bees.errors import DocumentError, InvalidTypeError, InvalidValueError
from outcome_bees.serializers import dump, load

HERE = "E10000015"
ROOT = Path(__file__).resolve().parents[2]
PLAN = Plan(
    id="p",
    title="P",
    measures=[
        Measure(id="leavers", title="Care leavers", unit="percent", direction="increase"),
        Measure(id="visits", title="Visits", unit="count", direction="increase"),
        Measure(id="text", title="In words", kind="narrative"),
    ],
    targets=[
        Target(id="reach", measure="leavers", aim=Reach(60), due="CY2026"),
        Target(id="place", measure="leavers", aim=Rank(1, 4), due="CY2026"),
    ],
)
FIGURES = [
    *(
        Observation(measure="leavers", period=f"CY{2020 + at}", area=HERE, value=x, numerator=5 * x, denominator=500)
        for at, x in enumerate((40, 44, 50, 57, 62))
    ),
    *(
        Observation(measure="visits", period=Period.month(2024, 1 + at), area=HERE, value=50 + at % 3)
        for at in range(12)
    ),
]


@pytest.fixture
def card() -> Scorecard:
    return evaluate_plan(PLAN, FIGURES, as_of=date(2025, 6, 1), area=HERE)


def test_methods_stand_beside_the_answers_in_the_cards_order(card: Scorecard) -> None:
    analysis = card.with_methods("certainty", "trend", "spc", "forecast")
    assert [each.target or each.measure for each in analysis.answers] == ["reach", "place", "visits", "text"]
    reach, place, visits, text = analysis.answers
    assert (reach.certainty, place.certainty, str(place.certainty_reason)) == ("within_chance", None, "None")
    assert reach.trend is not None
    assert reach.trend.judged == "improving"
    assert reach.forecast is not None
    assert (reach.forecast.projected, reach.forecast.pace_needed) == (
        methods.forecast(
            [(Period.year(2020 + at, "calendar"), x) for at, x in enumerate((40, 44, 50, 57, 62))],
            Period.year(2026, "calendar"),
        ).projected,
        -1,
    )
    assert place.forecast is not None
    assert place.forecast.pace_needed is None  # a place is no figure to reach
    assert visits.spc is not None
    assert visits.spc.variation == "common_cause"
    assert visits.forecast is None  # there is no date
    assert text.trend is not None
    assert text.trend.reason == "no_data"
    assert analysis.of("visits") is visits
    assert analysis.card is card


def test_only_what_was_asked_is_worked_out_and_everything_where_nothing_was_named(card: Scorecard) -> None:
    asked = card.with_methods("trend")
    assert asked.methods == ("trend",)
    assert (asked.answers[0].spc, asked.answers[0].forecast, asked.answers[0].certainty) == (None, None, None)
    assert card.with_methods().methods == tuple(methods.Method)


def test_what_cannot_be_asked_is_an_error(card: Scorecard) -> None:
    with pytest.raises(InvalidValueError, match="certainty, trend, spc, forecast"):
        card.with_methods("regression")
    with pytest.raises(InvalidValueError, match="a measure of the card"):
        card.with_methods("trend").of("none")
    with pytest.raises(InvalidTypeError, match="Scorecard"):
        methods.with_methods(PLAN)  # type: ignore[arg-type]
    made = Scorecard(plan=PLAN, area=HERE, as_of=date(2025, 6, 1), policy="standard", evaluations=())
    with pytest.raises(InvalidValueError, match="made from"):
        made.with_methods("trend")


def results(card: Scorecard) -> list[Any]:
    days: list[tuple[date | Period, int | None]] = [(date(2024, month, 1), month % 3) for month in range(1, 13)]
    days += [(Period.day(date(2025, 1, 1)), None)]
    latest, measure = FIGURES[4], PLAN.measure("leavers")
    return [
        card.with_methods(),
        methods.wilson(3, 12),
        methods.compare(latest, 50, measure, levels=(95, "99.8")),
        methods.recent_trend(FIGURES[:5], measure),
        methods.xmr(days, direction="increase", target=3),
        methods.required_rate(base=100, base_year=2015, current=110, current_year=2020, direction="increase"),
        methods.forecast(FIGURES[:5], date(2030, 3, 31)),
        methods.funnel([(30, 60), (28, 60)], statistic="proportion"),
    ]


@pytest.mark.parametrize("format", ["json", "yaml", "toml"])
def test_what_a_method_gave_is_written_and_comes_back_equal(format: str, card: Scorecard) -> None:
    if format == "toml":
        pytest.importorskip("tomli_w")
    for result in results(card):
        file = StringIO()
        dump(result, file, format=format)
        assert load(StringIO(file.getvalue()), type(result), format=format) == result


def test_every_such_document_is_valid_by_the_schema(card: Scorecard) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    from outcome_bees.serializers.schema import json_schema

    validator = jsonschema.Draft202012Validator(json_schema())
    for result in results(card):
        file = StringIO()
        dump(result, file, format="json")
        assert list(validator.iter_errors(json.loads(file.getvalue()))) == []


def test_a_wrong_document_of_a_result_tells_all_its_problems_at_once() -> None:
    text = '{"format": "outcome-bees/1", "trend": {"direction": "up", "slope": "x", "more": 1}}'
    with pytest.raises(DocumentError) as error:
        load(StringIO(text), methods.Trend, format="json")
    paths = sorted(problem.path for problem in error.value.problems)
    assert paths == ["$.trend.direction", "$.trend.more", "$.trend.slope"]


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_the_command_shows_them_to_people(format: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*COMMAND, "--with", "certainty,trend,spc,forecast", "--format", format]) == 0
    shown = capsys.readouterr().out
    for words in ("What methods say", "Recent trend", "denominator", "within chance"):
        assert words in shown


def test_the_command_writes_them_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*COMMAND, "--with", "certainty,forecast", "--format", "json"]) == 0
    analysis = load(io.StringIO(capsys.readouterr().out), methods.Analysis, format="json")
    assert analysis.methods == ("certainty", "forecast")
    assert main([*COMMAND, "--with", "certainty,trend,spc,forecast", "--format", "csv"]) == 0
    rows = {row["measure"]: row for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert rows["ehcp-within-20-weeks"]["certainty"] == "clear"
    assert rows["ehcp-within-20-weeks"]["trend_judged"] == "worsening"
    assert rows["ehcp-within-20-weeks"]["spc_reason"] == "too_few_points"


def test_the_command_says_what_may_be_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*COMMAND, "--with", "magic"]) == 2
    assert "certainty, trend, spc, forecast" in capsys.readouterr().err


COMMAND = [
    "evaluate",
    str(ROOT / "examples/hertfordshire-2024-25.yaml"),
    str(ROOT / "examples/hertfordshire.csv"),
    *("--as-of", "2025-12-31", "--area", HERE),
]
