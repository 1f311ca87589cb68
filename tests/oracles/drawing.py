"""Cases for the evaluator and its oracle: drawn from a seed, crowded where verdicts change.

Plain ``random.Random``: a number names a case for ever, and ten thousand are drawn in seconds. Figures lie on the
numbers that matter (what is to be reached, the baseline, others' figures, the ends of the tolerance), within the guard
of them, just outside it, and a published digit away; periods end on one day and are of several kinds; days of knowledge
are the day before a period ends, that day, and the day after.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from attrs import evolve

from outcome_bees import (
    STANDARD,
    Absence,
    Baseline,
    Beat,
    Comparator,
    Complete,
    Direction,
    Hold,
    Improve,
    Linear,
    Margin,
    Measure,
    Observation,
    OutcomeBeesError,
    Period,
    Policy,
    Profile,
    Rank,
    Reach,
    Revision,
    StayBetween,
    Target,
)

from .oracle import Case

T = TypeVar("T")
HERE = "E10000015"
UPPER_TIER = ("E10000016", "E06000055", "E09000006", "E08000001")
ENGLAND = "E92000001"
COMPARATORS = (
    Comparator(id="england", title="England", areas=[ENGLAND]),
    Comparator(id="neighbours", title="Neighbours", areas=UPPER_TIER, method="median"),
    Comparator(id="pool", title="Neighbours together", areas=(*UPPER_TIER[:2], HERE), method="pooled"),
    Comparator(id="group", title="A group", areas=(HERE, *UPPER_TIER[:3]), method="median"),
)
POLICIES = (
    STANDARD,
    Policy(id="five-per-cent", met_within=Margin(percent=1), near_within=Margin(percent=5)),
    Policy(id="not-worse", near_within=Margin(percent=10), near_if_not_worse=True),
    Policy(id="points", met_within=Margin(amount=1), near_within=Margin(amount=3), no_change_within=Margin(amount=1)),
    Policy(id="tolerant-if-not-worse", near_if_not_worse=True, no_change_within=Margin(percent=10)),
)

YEARS = [Period.year(year, "financial") for year in range(2021, 2026)]
ACADEMIC = [Period.year(year, "academic") for year in range(2021, 2026)]
CALENDAR = [Period.year(year, "calendar") for year in range(2021, 2026)]
HALVES = [Period.half(year, half, "financial") for year in range(2022, 2026) for half in (1, 2)]
QUARTERS = [Period.quarter(year, quarter, "financial") for year in range(2022, 2026) for quarter in (1, 2, 3, 4)]
TO_DATE = [Period.to_date(year, quarter, "financial") for year in range(2022, 2026) for quarter in (1, 2, 3, 4)]
MONTHS = [Period.month(2023 + n // 12, n % 12 + 1) for n in range(36)]
WEEKS = [Period.week(year, week) for year in (2024, 2025) for week in (1, 2, 3, 26, 27, 51, 52)]
TERMS = [Period.term(year, term) for year in range(2022, 2026) for term in (1, 2, 3)]
DAYS = [Period.day(each) for each in (date(y, m, d) for y in range(2022, 2026) for m, d in ((3, 30), (3, 31), (9, 30)))]
ROLLING = [
    Period.year_ending(date(year, month, day)) for year in range(2022, 2026) for month, day in ((3, 31), (9, 30))
]
SPANS = [Period.span(YEARS[n], YEARS[n + 2]) for n in range(3)]
MARCHES = [Period.month(year, 3) for year in range(2022, 2027)]
SCENES = (
    YEARS,
    YEARS,
    ACADEMIC,
    CALENDAR,
    HALVES,
    QUARTERS,
    TO_DATE,
    TO_DATE,
    MONTHS,
    WEEKS,
    TERMS,
    TERMS + ACADEMIC,
    DAYS,
    ROLLING,
    SPANS + YEARS,
    YEARS + DAYS,
    YEARS + QUARTERS,
    YEARS + TO_DATE,
    YEARS + ROLLING,
    TO_DATE + QUARTERS,
    YEARS + MARCHES,
    YEARS + QUARTERS + DAYS + ROLLING + TO_DATE + SPANS,
    ACADEMIC + YEARS,
)
NUMBERS = tuple(map(Decimal, ("0", "0", "10", "20", "20", "33.3", "37", "40", "50", "60", "95", "100", "-10", "-20")))
ROUND_MARGINS = (
    Margin(amount=1),
    Margin(amount=5),
    Margin(percent=5),
    Margin(percent=10),
    Margin(percent=50),
    Margin(percent=100),
)


def cases(first: int, last: int) -> Iterator[tuple[int, Case]]:
    """Yield the cases of a range of numbers; what the model itself refuses is drawn again."""
    for number in range(first, last):
        chance = random.Random(number)
        case = None
        while case is None:
            try:
                case = on_changed_ground(random.Random(f"places {number}"), draw(chance))
            except OutcomeBeesError:
                continue
        yield number, case


def on_changed_ground(chance: random.Random, case: Case) -> Case:
    """Return the case, now and then in places whose code or boundary changed on 1 April 2023."""
    if not some(chance, 0.2):
        return case
    renamed = {HERE: chance.choice(("E06000063", "E06000066")), UPPER_TIER[0]: "E10000006"}
    if renamed[HERE] == "E06000063":
        renamed[UPPER_TIER[0]] = chance.choice(("E10000006", "E06000066"))
    former = some(chance, 0.7)

    def placed(each: Observation) -> Observation:
        area = renamed.get(each.area, each.area)
        if area == "E06000066" and former and each.period.end < date(2023, 4, 1):
            area = "E10000027"
        return evolve(each, area=area)

    target = case.target
    if target is not None and target.area is not None:
        target = evolve(target, area=renamed.get(target.area, target.area))
    groups = (evolve(each, areas=[renamed.get(area, area) for area in each.areas]) for each in case.comparators)
    observations = tuple(map(placed, case.observations))
    area = renamed.get(case.area, case.area)
    return case._replace(target=target, observations=observations, comparators=tuple(groups), area=area)


def some(chance: random.Random, share: float) -> bool:
    return chance.random() < share


def draw(chance: random.Random) -> Case:
    """Draw one case.

    Raises:
        OutcomeBeesError: What was drawn is a target that the model refuses, such as a percentage of zero.
    """
    measure = draw_measure(chance)
    scene = chance.choice(SCENES)
    target = None if some(chance, 0.01) else draw_target(chance, measure, scene)
    due = None if target is None else target.due
    as_of = draw_day(chance, scene, due)
    policy = chance.choice(POLICIES) if some(chance, 0.5) else STANDARD
    if target is not None and isinstance(target.aim, Rank) and target.tolerance and some(chance, 0.5):
        policy = POLICIES[-1]  # near only if the place is no worse
    observations = tuple(draw_observations(chance, measure, target, scene, as_of))
    return Case(target, measure, observations, as_of, policy, HERE, () if some(chance, 0.02) else COMPARATORS)


def draw_measure(chance: random.Random) -> Measure:
    """Draw what is measured: counts and percentages mostly, milestones and stories too."""
    unit = chance.choice(
        ["percent"] * 5 + ["count"] * 5 + ["per_10000", "day", "GBP", "score", "milestone", "milestone"]
    )
    breaks: tuple[date, ...] = ()
    if some(chance, 0.15):
        breaks = tuple({chance.choice((date(2023, 9, 1), date(2024, 4, 1), date(2024, 3, 31), date(2025, 3, 31)))})
    kind: dict[str, Any] = {"kind": "narrative"} if some(chance, 0.01) else {}
    return Measure(
        id="m",
        title="M",
        unit=unit,
        **kind,
        direction=chance.choice(["increase"] * 5 + ["decrease"] * 5 + ["maintain", "maintain", None]),
        role="contextual" if some(chance, 0.01) else "outcome",
        timing=chance.choice([None] * 6 + ["snapshot", "flow", "cumulative", "cumulative", "rolling"]),
        calendar=chance.choice([None, "financial"]),
        frequency=chance.choice(
            [None] * 7 + ["yearly", "half_yearly", "termly", "quarterly", "monthly", "weekly", "daily"]
        ),
        decimals=chance.choice([None, None, 0, 1, 2]),
        breaks=breaks,
        ended=chance.choice((date(2024, 3, 31), date(2024, 9, 30), date(2025, 3, 31))) if some(chance, 0.03) else None,
    )


def draw_target(chance: random.Random, measure: Measure, scene: Sequence[Period]) -> Target:
    due = None if some(chance, 0.04) else chance.choice(scene[len(scene) // 2 :] if some(chance, 0.7) else scene)
    aim = draw_aim(chance, measure)
    baseline = None
    if some(chance, 0.85 if isinstance(aim, Improve | Hold) else 0.4):
        earlier = [each for each in scene if due is None or each.end < due.end]
        stated = chance.choice(NUMBERS) if some(chance, 0.4) else None
        baseline = Baseline(chance.choice(earlier), stated) if earlier else None
    given: dict[str, Any] = {}
    if isinstance(aim, Reach | Improve | Hold) and some(chance, 0.3):
        if isinstance(aim, Reach) and some(chance, 0.6):
            given["trajectory"] = draw_profile(chance, aim, due, scene)
        elif baseline is not None and due is not None:
            given["trajectory"] = Linear()
    if some(chance, 0.45) and not isinstance(aim, Complete):
        given["tolerance"] = chance.choice(ROUND_MARGINS)
    if measure.unit is not None and measure.unit.code in ("percent", "day") and some(chance, 0.1):
        given["unit"] = "fraction" if measure.unit.code == "percent" else "week"
    return Target(id="t", measure="m", aim=aim, due=due, baseline=baseline, **given)


def draw_aim(chance: random.Random, measure: Measure) -> Any:
    if some(chance, 0.01):
        return None
    if measure.unit is not None and measure.unit.code == "milestone":
        return Complete()
    by = None if some(chance, 0.4) else chance.choice(ROUND_MARGINS)
    number = chance.choice(NUMBERS)
    low, high = sorted((number, chance.choice(NUMBERS)))
    comparator = chance.choice(("england", "neighbours", "pool", "nobody"))
    if comparator == "pool" and (measure.unit is None or measure.unit.code not in ("percent", "per_10000")):
        comparator = "england"
    kept = [Reach(number), StayBetween(low, high), Hold()]
    if measure.direction is Direction.MAINTAIN:
        return chance.choice(kept)
    rank = chance.choice((Rank(1, 2), Rank(1, 4), Rank(2, 3), Rank(1, 2, "group")))
    return chance.choice([*kept, Reach(number), Improve(by), Improve(by), Beat(comparator, by), rank])


def draw_profile(chance: random.Random, aim: Reach, due: Period | None, scene: Sequence[Period]) -> Profile:
    before = [each for each in scene if due is None or each.end < due.end] or [scene[0] if due is None else due]
    steps = {each: chance.choice(NUMBERS) for each in chance.sample(before, min(3, len(before)))}
    if due is not None:
        steps[due] = aim.value
    return Profile(steps)


def draw_day(chance: random.Random, scene: Sequence[Period], due: Period | None) -> date:
    """Draw the day of knowledge: round the ends of periods, before and after the due one."""
    near = due if due is not None and some(chance, 0.7) else chance.choice(scene)
    return near.end + timedelta(days=chance.choice((-200, -40, -1, 0, 0, 1, 1, 60, 200, 400)))


def points(measure: Measure, target: Target | None) -> list[Decimal]:
    """Return the numbers on which figures should fall."""
    found = [Decimal(20), Decimal(0)]
    if target is None:
        return found
    match target.aim:
        case Reach(number):
            found += [number] * 3
        case StayBetween(low, high):
            found += [low, high]
        case Complete():
            return [Decimal(0), Decimal(1)]
    if isinstance(target.trajectory, Profile):
        found += target.trajectory.values.values()
    if target.baseline is not None and target.baseline.value is not None:
        found += [target.baseline.value] * 2
    margins = [each for each in (target.tolerance, getattr(target.aim, "by", None)) if each is not None]
    for margin in (*margins, Margin(percent=10)):
        for number in tuple(found[-2:]):
            size = margin.amount if margin.amount is not None else abs(number) * (margin.percent or 0) / 100
            found += [number + size, number - size]
    return found


def draw_value(chance: random.Random, measure: Measure, around: Sequence[Decimal]) -> Decimal:
    """Draw a figure: on a number that matters, within the guard of it, just outside, or a digit away."""
    hair = Decimal(1).scaleb(-measure.digits - 3)
    steps = (0, 0, 0, 0, hair / 2, hair, hair * Decimal("1.5"), hair * 900, 1, 3)
    return chance.choice(around) + chance.choice(steps) * chance.choice((1, -1))


def draw_observations(
    chance: random.Random, measure: Measure, target: Target | None, scene: Sequence[Period], as_of: date
) -> Iterator[Observation]:
    """Draw the figures: of here and of others, some revised, withdrawn, absent or not known until later."""
    due = None if target is None else target.due
    around = points(measure, target)
    wanted = [each for each in scene if some(chance, 0.5)] if len(scene) <= 8 else chance.sample(scene, 6)
    if due is not None and some(chance, 0.7):
        wanted.append(due)
    if target is not None and target.baseline is not None and some(chance, 0.7):
        wanted.append(target.baseline.period)
    ranked = isinstance(getattr(target, "aim", None), Rank)
    for each in tuple(wanted):
        if some(chance, 0.8 if ranked else 0.3):
            wanted.append(chance.choice((each.year_before, each.previous))())
    if due is not None and some(chance, 0.2):
        wanted += [each for each in scene if each.end == due.end]
    others = [*UPPER_TIER, ENGLAND] if isinstance(getattr(target, "aim", None), Beat | Rank) else []
    if some(chance, 0.1) and others:
        others += [chance.choice(("E12000006", "E05000001"))]
    for period in sorted(set(wanted), key=lambda each: (each.end, each.code)):
        if some(chance, 0.85):
            yield from draw_vintages(chance, measure, period, around, as_of, HERE)
        for area in others:
            if some(chance, 0.85):
                yield from draw_vintages(chance, measure, period, around, as_of, area)


def draw_vintages(
    chance: random.Random, measure: Measure, period: Period, around: Sequence[Decimal], as_of: date, area: str
) -> Iterator[Observation]:
    """Draw one figure, now and then revised; each vintage has a day of its own."""
    days = sorted({period.end + timedelta(days=chance.choice((-100, 1, 30, 200, 500))) for _ in range(2)})
    for recorded in days if some(chance, 0.1) else [None if some(chance, 0.8) else chance.choice(days)]:
        given: dict[str, Any] = {"value": draw_value(chance, measure, around)}
        if some(chance, 0.04):
            given = {"absence": chance.choice(tuple(Absence))}
        elif measure.unit is not None and measure.unit.code == "percent" and some(chance, 0.05):
            given = {"value": given["value"] / 100, "unit": "fraction"}
        if area != HERE or some(chance, 0.1):
            given |= {"numerator": chance.choice((10, 20, 400)), "denominator": chance.choice((100, 1000, 80000))}
        if some(chance, 0.1):
            given["revision"] = chance.choice(tuple(Revision))
        if some(chance, 0.03):
            given["breakdown"] = {"sex": "girls"}
        yield Observation(measure="m", period=period, area=area, recorded=recorded, **given)
