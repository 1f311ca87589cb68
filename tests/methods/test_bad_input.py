"""Input that cannot be: one typed error for a call with numbers; of rows a reason, and never the loss of the others."""

import math
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Context, Decimal, Inexact, Rounded, localcontext
from fractions import Fraction
from typing import Any

import pytest

from outcome_bees import Measure, Observation, Observations, Period, Plan, Reach, Target, evaluate_plan, frames, methods
from outcome_bees.chance import distributions
from outcome_bees.errors import InvalidTypeError, InvalidValueError, OutcomeBeesError

MEASURE = Measure(id="m", title="M", unit="percent", direction="increase")
FIGURE = Observation(measure="m", period="CY2024", area="E10000015", value=5, numerator=1, denominator=20)
MONTHS = [(date(2024, month, 1), month % 3) for month in range(1, 13)]

CALLS: dict[str, tuple[Callable[..., object], dict[str, Any]]] = {
    "wilson": (lambda numerator, denominator, **how: methods.wilson(numerator, denominator, **how), {
        "numerator": 3, "denominator": 12, "level": 95}),
    "byar": (lambda count, **how: methods.byar(count, **how), {"count": 5, "level": 95}),
    "student": (lambda values, **how: methods.student(values, **how), {"values": [1, 2, 3], "level": 95}),
    "interval_of": (methods.interval_of, {"observation": FIGURE, "measure": MEASURE, "level": 95}),
    "compare": (methods.compare, {"observation": FIGURE, "reference": 5, "measure": MEASURE, "levels": (95,)}),
    "outcome_of": (methods.outcome_of, {
        "interval": methods.wilson(3, 12), "reference": "0.5", "direction": "increase",
        "wider": methods.wilson(3, 12, level=99)}),
    "quantile_groups": (methods.quantile_groups, {"values": [1, 2, 3], "groups": 2, "direction": "increase"}),
    "funnel": (methods.funnel, {"figures": [(1, 2), (3, 4)], "statistic": "proportion", "levels": (95,)}),
    "recent_trend": (methods.recent_trend, {"series": [FIGURE], "measure": MEASURE}),
    "xmr": (methods.xmr, {
        "points": MONTHS, "direction": "increase", "target": 1, "fix_after": 12, "rebase": (),
        "screen_outliers": True, "trend_points": 7, "least": 1}),
    "required_rate": (methods.required_rate, {
        "base": 1, "base_year": 2015, "current": 2, "current_year": 2020, "direction": "increase",
        "target": 3, "target_year": 2030}),
    "forecast": (methods.forecast, {"series": MONTHS, "due": date(2030, 1, 1), "target": 3, "measure": MEASURE}),
}  # fmt: skip
"""Every method with arguments that it takes, each by its name."""


class Odd:
    """Something that nobody would give."""


ANYTHING: list[Any] = [
    None, True, False, 0, -1, 1, 3, -1.5, 0.5, math.nan, math.inf, -math.inf, 1e308, 10**40, Fraction(1, 3), 1j,
    Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("1e400"), "", "x", "5", "1e3", "nan", "95%", b"5",
    [], [1], [1, 2], [1, [2]], (), (1, 2), (1, 2, 3), {}, {"a": 1}, {1}, range(5), [None], [math.nan], ["x"],
    object(), Odd, Odd(), len, ..., date(2024, 1, 1), datetime(2024, 1, 1), Period.year(2024, "calendar"),
    [(date(2024, 1, 1), 1)], [(1, 2)], [(date(2024, 1, 1), "x")], [(date(2024, 1, 1), math.nan)],
    [(date(2024, 1, 1), 1), (date(2024, 1, 1), 2)], MEASURE, FIGURE,
]  # fmt: skip


@pytest.mark.parametrize("method", CALLS)
def test_whatever_is_given_a_method_answers_or_raises_an_error_of_ours(method: str) -> None:
    call, arguments = CALLS[method]
    call(**arguments)
    refused = 0
    for name in arguments:
        for given in ANYTHING:
            try:
                call(**{**arguments, name: given})
            except OutcomeBeesError:  # anything else fails the test
                refused += 1
    assert refused > 20 * len(arguments)


def test_every_method_is_among_the_calls() -> None:
    functions = {name for name in methods.__all__ if name.islower() and callable(getattr(methods, name))}
    assert functions - set(CALLS) == {"certainty_of", "with_methods"}  # of a scale, and of a card: below


def test_a_method_of_a_card_that_is_none_is_an_error() -> None:
    plan = Plan(id="p", title="P", measures=[MEASURE])
    card = evaluate_plan(plan, [FIGURE], as_of="2025-06-01")
    none_of_them: tuple[Any, ...] = (None, [], {"trend"}, 5, Decimal("sNaN"), "tend")
    for given in none_of_them:
        with pytest.raises(InvalidValueError, match=r"method: given .*; allowed: certainty, trend, spc, forecast"):
            card.with_methods(given)


def among_good(name: str, given: Any) -> Any:
    """The bad number where an argument takes one; in the midst of good ones where it takes several."""
    if name in ("points", "series"):
        return [*MONTHS[:-1], (date(2025, 1, 1), given)]
    return {"values": [1, given, 3], "figures": [(1, 2), (given, 4)], "levels": (95, given)}.get(name, given)


TAKE_NUMBERS = (
    ("wilson", "numerator"), ("wilson", "denominator"), ("wilson", "level"), ("byar", "count"), ("byar", "level"),
    ("student", "values"), ("student", "level"), ("interval_of", "level"), ("compare", "reference"),
    ("compare", "levels"), ("outcome_of", "reference"), ("quantile_groups", "values"), ("funnel", "figures"),
    ("funnel", "levels"), ("xmr", "points"), ("xmr", "target"), ("required_rate", "base"), ("required_rate", "current"),
    ("required_rate", "target"), ("forecast", "series"), ("forecast", "target"),
)  # fmt: skip
NO_NUMBERS: tuple[Any, ...] = (math.nan, math.inf, -math.inf, Decimal("NaN"), Decimal("-Infinity"), "nan")
TAKE_LEVELS = ("wilson", "byar", "student", "interval_of", "compare", "funnel")
NUMBERS: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "numerator above denominator": [("wilson", {"numerator": 13}), ("funnel", {"figures": [(1, 2), (5, 4)]})],
    "negative counts": [
        ("wilson", {"numerator": -1}),
        ("wilson", {"numerator": -1, "denominator": -5}),
        ("byar", {"count": "-0.5"}),
        ("funnel", {"figures": [(1, 2), (-1, 4)]}),
        ("funnel", {"figures": [(1, 2), (-1, 4)], "statistic": "rate"}),
    ],
    "zero denominators": [
        ("wilson", {"numerator": 0, "denominator": 0}),
        ("funnel", {"figures": [(0, 0)]}),
        ("funnel", {"figures": [(1, 2), (0, 0)], "statistic": "rate"}),
        ("funnel", {"figures": [(1, 2), (3, 0)], "statistic": "ratio"}),
    ],
    "NaN and infinity": [
        (method, {name: among_good(name, given)}) for method, name in TAKE_NUMBERS for given in NO_NUMBERS
    ],
    "duplicate dates": [
        ("xmr", {"points": [*MONTHS, MONTHS[3]]}),
        ("xmr", {"points": [*MONTHS, (Period.day(date(2024, 4, 1)), 1)]}),
        ("forecast", {"series": [*MONTHS, MONTHS[3]]}),
        ("recent_trend", {"series": [FIGURE, FIGURE]}),
    ],
    "levels outside the range": [
        (method, {"level": level} if "level" in CALLS[method][1] else {"levels": (level,)})
        for method in TAKE_LEVELS
        for level in (0, 80, "89.999", "99.91", 100, -95, 0.95)
    ],
}
"""The bad numbers that methods must not take: for each sort the method, and what is changed in its call."""


@pytest.mark.parametrize("sort", NUMBERS)
def test_numbers_that_cannot_be_are_one_typed_error(sort: str) -> None:
    for method, changes in NUMBERS[sort]:
        call, arguments = CALLS[method]
        with pytest.raises(InvalidValueError):
            call(**{**arguments, **changes})


def test_dates_in_any_order_are_put_in_order() -> None:
    assert methods.xmr(MONTHS[::-1]) == methods.xmr(MONTHS)
    assert methods.forecast(MONTHS[::-1], date(2030, 1, 1)) == methods.forecast(MONTHS, date(2030, 1, 1))


def test_a_figure_instead_of_an_observation_is_an_error_that_says_so() -> None:
    with pytest.raises(InvalidTypeError, match="observation: given 5; allowed: an Observation"):
        methods.interval_of(5, MEASURE)  # type: ignore[arg-type]
    with pytest.raises(InvalidTypeError, match="measure: given 'm'; allowed: a Measure"):
        methods.compare(FIGURE, 5, "m")  # type: ignore[arg-type]
    with pytest.raises(InvalidTypeError, match="interval: given None; allowed: an Interval"):
        methods.outcome_of(None, 5, direction=None)  # type: ignore[arg-type]


def forget() -> None:
    """Empty what is kept of quantiles, so that they are worked out again."""
    for name in ("_plain", "_confidence", "poisson_limits", "student_quantile", "_log_gamma"):
        getattr(distributions, name).cache_clear()


@pytest.mark.parametrize("method", CALLS)
def test_the_callers_decimal_context_changes_no_answer(method: str) -> None:
    call, arguments = CALLS[method]
    expected = call(**arguments)
    for hostile in (Context(prec=2), Context(prec=3, Emax=3, Emin=-3), Context(prec=60, traps=[Inexact, Rounded])):
        forget()
        with localcontext(hostile):
            assert call(**arguments) == expected


# Rows

ROWS: dict[str, tuple[str, dict[str, Any], str]] = {
    "numerator above denominator": ("m", {"numerator": 600, "denominator": 500}, "numerator_above_denominator"),
    "negative numerator": ("m", {"numerator": -6, "denominator": 500}, "negative_count"),
    "negative numerator of a rate": ("r", {"numerator": -6, "denominator": 500}, "negative_count"),
    "negative count": ("c", {"value": -6}, "negative_count"),
    "no numerator": ("m", {"numerator": None}, "no_numerator"),
    "no denominator": ("r", {"denominator": None}, "no_denominator"),
    "numbers that disagree": ("m", {"numerator": 3, "denominator": 500}, "numbers_disagree"),
    "places, which are decided": ("p", {"value": 39.0}, "no_interval_for_kind"),
    "a suppressed figure": ("m", {"value": None, "absence": "suppressed"}, "suppressed"),
    "a figure that is NaN": ("m", {"value": math.nan}, "not_available"),
    "a numerator that is NaN": ("m", {"numerator": math.nan}, "no_numerator"),
}
"""For each sort of bad row: its measure, what is bad in it, and the reason that it has."""
MEASURES = [
    MEASURE,
    Measure(id="r", title="R", unit="per_1000", direction="decrease"),
    Measure(id="c", title="C", unit="count", direction="decrease"),
    Measure(id="p", title="P", unit="place", direction="increase"),
]
PLAN = Plan(
    id="p",
    title="P",
    measures=MEASURES,
    targets=[Target(id=each.id, measure=each.id, aim=Reach(50), due="FY2024-25") for each in MEASURES],
)
GOOD: dict[str, dict[str, Any]] = {
    "m": {"value": 60.0, "numerator": 300, "denominator": 500},
    "r": {"value": 40.0, "numerator": 20, "denominator": 500},
    "c": {"value": 40.0, "numerator": None, "denominator": None},
    "p": {"value": 40.0, "numerator": None, "denominator": None},
}
AREAS = ("E10000015", "E10000016", "E92000001")


def table(sort: str | None) -> list[dict[str, Any]]:
    """Five years of three measures for three places; one figure of the second place is of the sort that is bad."""
    rows = []
    for id, good in GOOD.items():
        for area in AREAS:
            for year in range(2020, 2025):
                shared = {"measure": id, "area": area, "period": f"FY{year}-{year - 1999}", "absence": None}
                row: dict[str, Any] = {**shared, **good}
                if sort is not None and (id, area, year) == (ROWS[sort][0], "E10000016", 2024):
                    row |= ROWS[sort][1]
                rows.append(row)
    return rows


def in_polars(rows: list[dict[str, Any]]) -> Any:
    polars = pytest.importorskip("polars")
    types = {
        name: polars.Float64 if name in ("value", "numerator", "denominator") else polars.String for name in rows[0]
    }
    return polars.DataFrame(rows, schema=types, strict=False)


def answers(rows: list[dict[str, Any]]) -> Iterator[tuple[str, Mapping[tuple[Any, ...], dict[str, Any]]]]:
    """What each method of whole tables says, by row."""
    frame, on = in_polars(rows), "2026-01-01"
    asked = {
        "evaluate": frames.evaluate(PLAN, frame, as_of=on, certainty=True),
        "compare": frames.compare(PLAN, frame, against="E92000001", as_of=on),
        "trend": frames.trend(PLAN, frame, as_of=on),
        "xmr": frames.xmr(PLAN, frame, as_of=on, least=3),
    }
    for name, found in asked.items():
        yield name, {(row["measure"], row["area"], row.get("period")): row for row in found.rows(named=True)}


@pytest.mark.parametrize("sort", ROWS)
def test_a_bad_row_has_a_reason_and_costs_no_other_row(sort: str) -> None:
    measure, _, reason = ROWS[sort]
    bad = (measure, "E10000016", "FY2024-25")
    for (name, clean), (_, found) in zip(answers(table(None)), answers(table(sort)), strict=True):
        assert set(found) >= set(clean) - {bad}, name
        for key, row in clean.items():
            if key[:2] != bad[:2]:
                assert found[key] == row, (name, key)
        if name == "compare":
            assert (found[bad]["outcome"], found[bad]["reason"]) == ("not_compared", reason)


@pytest.mark.parametrize("sort", ROWS)
def test_the_reason_of_a_bad_row_is_that_of_the_observation_alone(sort: str) -> None:
    id, changes, reason = ROWS[sort]
    row = {**GOOD[id], **changes}
    facts: dict[str, Any] = {
        name: None if isinstance(given, float) and math.isnan(given) else given for name, given in row.items()
    }
    if facts["value"] is None:
        facts.setdefault("absence", "not_available")
    measure = next(each for each in MEASURES if each.id == id)
    figure = Observation(measure=id, period="FY2024-25", area="E10000016", **facts)
    assert methods.compare(figure, 50, measure).reason == reason
    assert methods.interval_of(figure, measure) == methods.Unavailable(methods.NoAnswer(reason))
    others = [Observation(measure=each, period="FY2024-25", area="E10000015", **good) for each, good in GOOD.items()]
    card = evaluate_plan(PLAN, Observations([figure, *others]), as_of="2026-01-01", area="E10000015")
    assert [str(each.certainty) for each in card.evaluations] == ["clear", "within_chance", "within_chance", "None"]
