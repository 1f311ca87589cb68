"""Two hundred sentences, kept as they were when they were read aloud.

Where one is changed on purpose, the list is written again and read again:

    python tests/evaluation/test_golden_sentences.py
"""

from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from attrs import evolve

from outcome_bees import (
    Baseline,
    Beat,
    Comparator,
    Complete,
    Hold,
    Improve,
    Linear,
    Margin,
    Measure,
    Observation,
    Observations,
    Policy,
    Profile,
    Rank,
    Reach,
    StayBetween,
    Target,
    evaluate,
)
from outcome_bees.evaluation.policy import FIVE_PER_CENT, NOT_WORSE_THAN_LAST_YEAR, STANDARD
from outcome_bees.periods import Period

GOLDEN = Path(__file__).with_name("golden_sentences.txt")
HERE = "E10000015"
AREAS = ("E10000016", "E06000055", "E09000006", "E08000001")
ENGLAND = Comparator(id="england", title="England", areas=["E92000001"])
NEIGHBOURS = Comparator(id="neighbours", title="our neighbours", areas=AREAS, method="median")
LATE = date(2025, 12, 31)
BAND = Policy(id="points", met_within=Margin(amount=1), near_within=Margin(amount=3))
CLEAR = Policy(id="clear", met_only_if_clear=True)


def said(
    aim: Any,
    figures: dict[str, Any],
    *,
    unit: str | None = "percent",
    direction: str | None = "increase",
    as_of: date = LATE,
    due: str | None = "FY2024-25",
    others: dict[str, dict[str, Any]] | None = None,
    policy: Policy = STANDARD,
    comparators: Any = (ENGLAND, NEIGHBOURS),
    measure: dict[str, Any] | None = None,
    untargeted: bool = False,
    **rest: Any,
) -> str:
    """Return the sentence on one target."""
    what = Measure(**{"id": "m", "title": "M", "unit": unit, "direction": direction, **(measure or {})})
    target = None if untargeted else Target(id="t", measure="m", aim=aim, due=due, **rest)
    known = [
        Observation(measure="m", period=period, area=area, **(given if isinstance(given, dict) else {"value": given}))
        for area, series in {HERE: figures, **(others or {})}.items()
        for period, given in series.items()
    ]
    held = Observations(known, provisional_after_final_ok=True)
    given = {"observations": held, "as_of": as_of, "policy": policy, "area": HERE, "comparators": comparators}
    return evaluate(target, measure=what, **given).explanation


def units() -> Iterator[str]:
    """Every unit, met and missed, on the way and at the due period."""
    listed: dict[str, tuple[Any, Any, Any]] = {
        "percent": (94, 95, 97), "per_1000": (3, 4, 5), "per_10000": ("13.8", 14, "14.2"), "count": (0, 1, 12),
        "child": (1, 2, 1200), "place": (1, 2, 30), "day": (1, 2, 21), "week": (1, 2, 20), "month": (1, 2, 6),
        "hour": (1, 2, 40), "GBP": (1, 1200, 15000), "GBP_thousand": (1, 2, 340), "GBP_million": (1, "2.5", 4),
        "score": ("0.4", 1, "1.5"), "rank": (1, 2, 10), "grade": (1, 2, 4), "GBP/child": (99, 100, 101),
        "percent/year": (1, 2, 3),
    }  # fmt: skip
    for (unit, (low, middle, high)), direction in product(listed.items(), ("increase", "decrease")):
        better, worse = (high, low) if direction == "increase" else (low, high)
        yield said(Reach(middle), {"FY2024-25": better}, unit=unit, direction=direction)
        yield said(Reach(middle), {"2024-12-31": worse}, unit=unit, direction=direction, due="2025-12-31")
    for unit, value in product(("percent", "day", "week", "hour", "score"), (1, 2, 3)):
        yield said(Reach(2), {"FY2024-25": value}, unit=unit, measure={"decimals": 0})


def periods() -> Iterator[str]:
    """Every kind of period, for a figure of the due period and one on the way."""
    pairs = [
        ("CY2023", "CY2024"), ("FY2023-24", "FY2024-25"), ("TY2023-24", "TY2024-25"), ("AY2023-24", "AY2024-25"),
        ("SY2023-24", "SY2024-25"), ("FY2024-25-Q1", "FY2024-25-Q4"), ("FY2024-25-H1", "FY2024-25-H2"),
        ("FY2024-25-Q1..Q1", "FY2024-25-Q1..Q4"), ("AY2024-25-T1", "AY2024-25-T2"),
        ("AY2023-24-T1T2", "AY2024-25-T1T2"),
        ("2024-12", "2025-03"), ("2024-W05", "2024-W52"), ("2024-09-30", "2025-03-31"), ("Y2024-03-31", "Y2025-03-31"),
        ("FY2018-19..FY2020-21", "FY2021-22..FY2023-24"), ("2024-01-01/2024-03-17", "2024-04-01/2024-09-17"),
        ("2024-04..2024-06", "2024-07..2024-09"), ("TY2023-24", "FY2024-25"), ("TY2024-25", "FY2024-25"),
        ("SY2024-25", "AY2024-25"), ("AY2024-25", "SY2024-25"),
    ]  # fmt: skip
    for early, due in pairs:
        yield said(Reach(90), {early: 88, due: 91}, due=due)
        yield said(Reach(90), {early: 88}, due=due, as_of=Period.from_code(early).end)
        yield said(Reach(90), {early: 88}, due=due)


def aims() -> Iterator[str]:
    """Every aim with every verdict, and where the number comes from."""
    since = Baseline("FY2022-23")
    for value, direction in product((37, 40, "40.2", 42), ("increase", "decrease")):
        held = {"FY2022-23": 40, "FY2024-25": value}
        for aim in (Improve(), Improve(Margin(percent=5)), Improve(Margin(amount=2)), Hold()):
            yield said(aim, held, direction=direction, baseline=since, tolerance=Margin(amount=1))
    for value in (-6, "-2.4", 0, "2.4", 6):
        yield said(Reach(0), {"FY2024-25": value}, direction="maintain", tolerance=Margin(amount=3))
        yield said(StayBetween(-2, 2), {"FY2024-25": value}, direction=None, tolerance=Margin(amount=1))
        yield said(Hold(), {"FY2022-23": 0, "FY2024-25": value}, direction="maintain", baseline=since)
    for value in (59, 62, "62.00004", 65):
        england = {"E92000001": {"FY2024-25": 62, "FY2023-24": 61}}
        yield said(Beat("england"), {"FY2024-25": value}, others=england)
        yield said(Beat("england", Margin(amount=2)), {"FY2024-25": value}, others=england, direction="decrease")
        yield said(Beat("england"), {"FY2023-24": value}, others=england)
        yield said(Beat("england"), {"FY2023-24": value}, others=england, as_of=date(2024, 6, 1))
        neighbours = {area: {"FY2024-25": 60 + at} for at, area in enumerate(AREAS)}
        yield said(Beat("neighbours"), {"FY2024-25": value}, others=neighbours)
        yield said(Rank(1, 4), {"FY2024-25": value}, others=neighbours)
        yield said(Rank(2, 3, "neighbours"), {"FY2024-25": value}, others=neighbours, tolerance=Margin(amount=1))
    for due, day in (("2025-09-30", LATE), ("2026-03", LATE), (None, LATE)):
        for period, value in (
            ("2025-09-01", 0),
            ("2025-09-01", 1),
            ("2025-09-30", 0),
            ("2025-10-31", 0),
            ("2025-10-31", 1),
        ):
            yield said(Complete(), {period: value}, unit="milestone", due=due, as_of=day, direction=None)
    yield said(Complete(), {"2025-09-01": 80}, unit="percent", due="2025-09-30", direction=None)
    yield said(Complete(), {"2025-09-30": 80}, unit="percent", due="2025-09-30", direction=None)
    yield said(Complete(), {"2025-09-30": 100}, unit="percent", due="2025-09-30", direction=None)


def trajectories() -> Iterator[str]:
    """The numbers on the way: a straight line, the steps of a profile, and between them."""
    line: dict[str, Any] = {"trajectory": Linear(), "baseline": Baseline("FY2021-22", 80), "due": "FY2024-25"}
    for value in (82, "83.3", "83.34", 90):
        yield said(Reach(90), {"FY2022-23": value}, as_of=date(2023, 6, 1), tolerance=Margin(amount="0.5"), **line)
    steps = Profile({Period.month(2024, month): number for month, number in ((6, 75), (9, 60), (12, 50))})
    for month, value in product(("2024-05", "2024-07", "2024-09", "2024-12"), (62, 50)):
        rest: dict[str, Any] = {"direction": "decrease", "due": "2024-12", "trajectory": steps}
        yield said(Reach(50), {month: value}, as_of=Period.from_code(month).end, **rest)
    limit: dict[str, Any] = {"unit": "child", "measure": {"timing": "cumulative"}, "as_of": date(2025, 1, 15)}
    for value, direction in product((60, 100, 130), ("increase", "decrease")):
        yield said(Reach(100), {"FY2024-25-Q1..Q3": value}, direction=direction, **limit)
    yield said(Reach(100), {"FY2024-25-Q1": 60}, unit="child", as_of=date(2024, 7, 15))
    yield said(Reach(100), {"FY2024-25": 60}, unit="child", due="FY2024-25-Q4")
    yield said(Reach(100), {"CY2024": 60}, unit="child", due="FY2024-25-Q4", as_of=date(2025, 1, 15))


def qualities() -> Iterator[str]:
    """What may still change, what is absent, and what is early."""
    for revision, aim in product(("provisional", "revised", "final", "withdrawn", "forecast"), (Reach(90), None)):
        figure = {"value": 91, "revision": revision}
        for due in ("FY2024-25", "FY2025-26"):
            yield said(aim, {"FY2024-25": figure}, due=due, untargeted=aim is None)
    yield said(Reach(90), {"FY2023-24": {"value": 91, "revision": "provisional"}})
    for absence in ("suppressed", "not_available", "not_applicable", "low", "unreliable"):
        yield said(Reach(90), {"FY2024-25": {"absence": absence}})
    yield said(Reach(90), {"FY2024-25": {"value": 91, "recorded": date(2024, 6, 1)}}, as_of=date(2024, 7, 1))
    yield said(Complete(), {"2026-01": {"value": 1, "recorded": LATE}}, unit="milestone", due="2026-01", direction=None)
    for value, lower, upper in ((91, 88, 94), (91, "90.5", "91.5"), (89, 86, 92), (90, 88, 92)):
        yield said(Reach(90), {"FY2024-25": {"value": value, "lower": lower, "upper": upper}})
        yield said(Reach(90), {"FY2024-25": {"value": value, "lower": lower, "upper": upper}}, policy=CLEAR)
    yield said(Reach(95), {"FY2024-25": "94.96"})
    yield said(Reach(95), {"FY2023-24": "94.96"})
    yield said(Reach(3), {"FY2024-25": "2.6"}, unit="count", measure={"decimals": 0})
    yield said(Reach(95), {"FY2024-25": "95.00004"})


def policies() -> Iterator[str]:
    """What a policy allows, and what it needs to know."""
    for policy, value in product((STANDARD, FIVE_PER_CENT, BAND), ("94.5", 93, 80)):
        yield said(Reach(95), {"FY2024-25": value}, policy=policy, tolerance=Margin(amount=2))
    for last in (90, 93, 95):
        yield said(Reach(95), {"FY2023-24": last, "FY2024-25": 93}, policy=NOT_WORSE_THAN_LAST_YEAR)
    yield said(Reach(95), {"FY2024-25": 93}, policy=NOT_WORSE_THAN_LAST_YEAR)
    yield said(Reach(0), {"FY2024-25": 3}, policy=FIVE_PER_CENT, direction="decrease")


def reasons() -> Iterator[str]:
    """Every reason that has not come yet."""
    now = {"FY2024-25": 60}
    yield said(Reach(90), now, measure={"role": "contextual"})
    yield said(Reach(90), now, measure={"kind": "narrative", "unit": None})
    yield said(Reach(90), now, direction=None)
    yield said(None, now)
    yield said(Complete(), {"2024-09-30": 1}, unit="milestone", direction=None, measure={"role": "contextual"})
    yield said(None, {"2024-09-30": 0}, unit="milestone", direction=None, untargeted=True)
    yield said(Beat("england", Margin(percent=5)), now, others={"E92000001": {"FY2024-25": 0}})
    to_none: dict[str, Any] = {"direction": "decrease", "baseline": Baseline("FY2022-23", 20)}
    yield said(Improve(Margin(percent=100)), {"FY2024-25": 0}, policy=FIVE_PER_CENT, **to_none)
    yield said(Reach(90), {"FY2023-24": 60}, measure={"ended": date(2024, 9, 30)})
    yield said(Reach(90), {})
    yield said(Reach(90), {"FY2025-26": {"value": 60, "recorded": date(2024, 5, 1)}}, as_of=date(2024, 6, 1))
    yield said(Improve(), now)
    yield said(Improve(), now, baseline=Baseline("FY2021-22"))
    yield said(
        Improve(), {"FY2021-22": 60, **now}, baseline=Baseline("FY2021-22"), measure={"breaks": [date(2023, 4, 1)]}
    )
    yield said(Improve(), {"FY2022-23": 40}, baseline=Baseline("FY2022-23"), as_of=date(2024, 6, 1))
    yield said(Improve(), {"FY2021-22": 40}, baseline=Baseline("FY2022-23", 50), as_of=date(2024, 6, 1))
    yield said(Improve(Margin(percent=5)), {"FY2022-23": 0, **now}, baseline=Baseline("FY2022-23"))
    yield said(Beat("england"), now)
    yield said(Beat("neighbours"), now, others={AREAS[0]: {"FY2024-25": 50}})
    together = evolve(NEIGHBOURS, method="pooled", title="our neighbours together")
    yield said(Beat("neighbours"), now, others={area: {"FY2024-25": 50} for area in AREAS}, comparators=[together])
    yield said(Beat("somebody"), now)
    yield said(Rank(1, 4), now, others={AREAS[0]: {"FY2024-25": 50}})
    yield said(Reach(90), {"FY2023-24": 60}, due=None)
    yield said(Reach(90), {"FY2023-24": 60}, as_of=date(2024, 5, 1))


def sentences() -> list[str]:
    """Every sentence once, under the heading of what it shows."""
    found: list[str] = []
    for source in (units, periods, aims, trajectories, qualities, policies, reasons):
        found += ["", f"# {source.__name__}", "", *dict.fromkeys(source())]
    return found[1:]


def test_every_sentence_is_still_as_it_was_read() -> None:
    assert sentences() == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_there_are_two_hundred_and_none_of_them_stumbles() -> None:
    spoken = [each for each in sentences() if each and not each.startswith("#")]
    assert len(spoken) >= 200
    for each in spoken:
        assert each.endswith(".")
        assert each[0] == each[0].upper()
        for odd in ("  ", " .", " ,", "..", "None", "in 1 ", " 1 days", " 1 children", "-0", "+"):
            assert odd not in each, each


if __name__ == "__main__":
    GOLDEN.write_text("\n".join(sentences()) + "\n", encoding="utf-8")
