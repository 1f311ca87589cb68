"""A target with a profile: 120 places in the year, and 20, 50 and 90 of them by the end of each quarter before.

Figures of a year to date are never held against a quarter of the year's target, nor the first quarter of this
year against the fourth of last: the profile says what each of them has to be.
"""

from datetime import date

from outcome_bees import Measure, Observation, Plan, Profile, Reach, Target, evaluate_plan

YEAR = "FY2025-26"

places = Measure(
    id="short-break-places",
    title="Short-break places opened, year to date",
    unit="place",
    direction="increase",
    timing="cumulative",
    frequency="quarterly",
)
target = Target(
    id="short-break-places-2025-26",
    measure=places.id,
    aim=Reach(120),
    due=YEAR,
    trajectory=Profile({f"{YEAR}-Q1": 20, f"{YEAR}-Q1..Q2": 50, f"{YEAR}-Q1..Q3": 90, YEAR: 120}),
)
plan = Plan(id="short-breaks", title="Short breaks", measures=[places], targets=[target])


def so_far(period: str, value: int, recorded: date) -> Observation:
    """A figure of the year to date, and the day on which it was reported."""
    return Observation(measure=places.id, period=period, area="E10000015", value=value, recorded=recorded)


figures = [
    so_far(f"{YEAR}-Q1", 17, date(2025, 7, 14)),
    so_far(f"{YEAR}-Q1..Q2", 55, date(2025, 10, 13)),
    so_far(f"{YEAR}-Q1..Q3", 88, date(2026, 1, 12)),
    so_far(YEAR, 121, date(2026, 4, 13)),
]

# The panel meets after each quarter, and sees what was known on that day.
for panel in (date(2025, 7, 31), date(2025, 10, 31), date(2026, 1, 31), date(2026, 4, 30)):
    (answer,) = evaluate_plan(plan, figures, as_of=panel, area="E10000015").evaluations
    print(f"{panel}: {answer.status}: {answer.explanation}")
