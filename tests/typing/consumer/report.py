"""A council tool in small: two measures, what they are to come to, and how they stand, typed."""

from datetime import date
from decimal import Decimal
from typing import assert_type

import outcome_bees
from outcome_bees import (
    Baseline,
    Direction,
    Evaluation,
    Improve,
    InvalidValueError,
    Margin,
    Measure,
    Observation,
    Observations,
    OutcomeBeesError,
    Period,
    Plan,
    Rag,
    Reach,
    Reason,
    Scorecard,
    Status,
    Target,
    Unit,
    Verdict,
    YearType,
    evaluate,
    evaluate_plan,
)

AS_OF = date(2025, 12, 31)
AREA = "E10000015"

in_time = Measure(id="in-time", title="Plans issued in time", unit="percent", direction=Direction.INCREASE)
turnover = Measure(id="turnover", title="Turnover", unit=Unit("percent"), direction="decrease", decimals=1)
before, after = Period.year(2023, YearType.CALENDAR), Period.year(2024, YearType.CALENDAR)
targets = (
    Target(id="t1", measure="in-time", aim=Reach("60"), due=after, tolerance=Margin(percent=10)),
    Target(id="t2", measure="turnover", aim=Improve(), due=after, baseline=Baseline(before)),
)
figures = [
    Observation(measure="in-time", period=after, area=AREA, value=Decimal("56.3")),
    Observation(measure="turnover", period=before, area=AREA, value="12.7"),
    Observation(measure="turnover", period="CY2024", area=AREA, value=9.8),
]


def one() -> Evaluation:
    answer = evaluate(targets[0], measure=in_time, observations=figures, as_of=AS_OF)
    assert_type(answer, Evaluation)
    assert_type(answer.status, Status)
    assert_type(answer.verdict, Verdict | None)
    assert_type(answer.reason, Reason | None)
    assert_type(answer.gap, Decimal | None)
    assert_type(answer.rag, Rag)
    assert_type(answer.explanation, str)
    return answer


def all_of_them() -> Scorecard:
    plan = Plan(id="ours", title="Our plan", period=after, measures=(in_time, turnover), targets=targets)
    assert_type(plan.measures[0].direction, Direction | None)
    assert_type(plan.targets[0].due, Period | None)
    return evaluate_plan(plan, figures, as_of=AS_OF, area=AREA)


def written(card: Scorecard) -> tuple[str, str]:
    """The card as text for another tool; with a place to write to, nothing comes back."""
    assert_type(card.to_csv(), str)
    assert_type(card.to_markdown(), str)
    card.to_html("card.html")
    return card.to_csv(), card.to_html()


def own_words() -> Measure:
    """What a council adds: an owner, and fields of its own."""
    measure = Measure(id="visits", title="Visits", unit="count", owner="Head of Service", extensions={"x-code": 4711})
    assert_type(measure.owner, str | None)
    return measure


def known(first: Observations, second: Observations) -> Observations:
    assert_type(first + second, Observations)
    return Observations.of(first, second, figures)


def refused(error: InvalidValueError) -> str:
    return f"{error.what}: {error.allowed}"


def main() -> None:
    try:
        card = all_of_them()
    except OutcomeBeesError as error:
        raise SystemExit(str(error)) from error
    for answer in card.evaluations:
        assert_type(answer, Evaluation)
        print(answer.measure, answer.status, answer.explanation)
    assert one().status is Status.NARROWLY_MISSED
    assert evaluate(targets[0], measure=in_time, observations=figures, as_of="2025-12-31", policy="standard") == one()
    assert Status.MISSED < one().status < Status.ACHIEVED
    assert written(card)[0].startswith("measure,")
    assert own_words().extensions["x-code"] == 4711
    assert len(known(Observations(), Observations())) == len(figures)
    assert [answer.status for answer in card.evaluations] == [Status.NARROWLY_MISSED, Status.ACHIEVED]
    assert_type(outcome_bees.__version__, str)
    assert_type(outcome_bees.Period.parse("CY2024"), Period)


if __name__ == "__main__":
    main()
