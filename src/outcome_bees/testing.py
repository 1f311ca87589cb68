"""Hypothesis strategies for the public types, for the tests of every tool that is built on this library.

They register themselves with Hypothesis through its entry point, so that ``st.from_type(Plan)`` works
wherever the library is installed. What they draw is valid, and as awkward as valid things can be:
curly quotes, formulas in titles, bees of a plan's own, suppressed figures, zero and negative numbers.

Example:
    >>> from hypothesis import find
    >>> find(margins(), lambda margin: margin.percent is not None)
    Margin(amount=None, percent=Decimal('0.1'))
"""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from outcome_bees.errors import InvalidValueError
from outcome_bees.evaluation.policy import FIVE_PER_CENT, NOT_WORSE_THAN_LAST_YEAR, STANDARD, Policy
from outcome_bees.model.aims import Aim, Beat, Complete, Hold, Improve, Rank, Reach, StayBetween
from outcome_bees.model.bees import OUTCOME_BEES, OutcomeBee
from outcome_bees.model.comparator import Comparator
from outcome_bees.model.links import Lineage, Link
from outcome_bees.model.margin import Margin
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation
from outcome_bees.model.observations import Observations
from outcome_bees.model.plan import AdoptionStep, Ambition, Plan, Priority
from outcome_bees.model.target import Baseline, Target
from outcome_bees.model.trajectories import Flat, Linear, Profile, Trajectory
from outcome_bees.periods import Period, YearType
from outcome_bees.units import Unit
from outcome_bees.vocabulary import (
    Absence,
    ComparatorMethod,
    Direction,
    Frequency,
    MeasureKind,
    Relation,
    Revision,
    Role,
    Timing,
)

__all__ = [
    "aims",
    "comparators",
    "ids",
    "margins",
    "measures",
    "numbers",
    "observations",
    "periods",
    "plans",
    "policies",
    "register",
    "series",
    "targets",
    "texts",
    "units",
]

AREAS = ("E10000015", "E12000006", "E92000001")
_AWKWARD = (
    "=cmd()",
    "+1",
    "-2",
    "@x",
    "No",
    "1_000",
    "2024-12",
    "“curly” – quotes’",
    "é\u00a0ß",
    'a"b,c;d\n e',
    "null",
    "~",
)


def ids() -> st.SearchStrategy[str]:
    """Identities: short slugs, so that some of them meet."""
    return st.from_regex(r"[a-z][a-z0-9]{0,3}(-[a-z0-9]{1,3}){0,2}", fullmatch=True)


def texts() -> st.SearchStrategy[str]:
    """Titles and notes, among them what spreadsheets and YAML misread."""
    letters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))
    free = st.text(letters, min_size=1, max_size=30).filter(lambda text: bool(text.strip()))
    return st.one_of(st.sampled_from(_AWKWARD), free)


def numbers(decimals: int = 2, low: int = -1_000, high: int = 1_000) -> st.SearchStrategy[Decimal]:
    """Exact numbers as they are published, with trailing zeros kept."""
    return st.decimals(low, high, allow_nan=False, places=decimals)


def units() -> st.SearchStrategy[Unit]:
    """Units of the closed list, rates and quotients."""
    rates = st.sampled_from(("per_1000", "per_10000", "per_100000", "per_7"))
    names = st.sampled_from(("percent", "fraction", "percentage_point", "count", "child", "day", "GBP", "score"))
    return st.one_of(names, rates, st.just("day/person")).map(Unit)


def periods() -> st.SearchStrategy[Period]:
    """Periods of every kind, from 1995 to 2060."""
    years = st.integers(1995, 2060)
    types = st.sampled_from(YearType)
    days = st.dates(date(1995, 1, 1), date(2060, 12, 31))
    quarters = st.integers(1, 4)
    return st.one_of(
        st.builds(Period.year, years, types),
        st.builds(Period.half, years, st.integers(1, 2), types),
        st.builds(Period.quarter, years, quarters, types),
        st.builds(Period.to_date, years, quarters, types),
        st.builds(Period.month, years, st.integers(1, 12)),
        st.builds(Period.week, years, st.integers(1, 52)),
        st.builds(Period.term, years, st.integers(1, 3)),
        st.builds(Period.day, days),
        st.builds(Period.year_ending, days),
        st.tuples(years, st.integers(1, 5), types).map(
            lambda drawn: Period.span(Period.year(drawn[0], drawn[2]), Period.year(drawn[0] + drawn[1], drawn[2]))
        ),
        st.tuples(days, days).map(lambda drawn: Period.span(min(drawn), max(drawn))),
    )


def margins() -> st.SearchStrategy[Margin]:
    """Amounts and percentages above zero."""
    sizes = st.decimals(Decimal("0.1"), 50, places=1)
    return st.one_of(sizes.map(lambda size: Margin(amount=size)), sizes.map(lambda size: Margin(percent=size)))


def aims(comparator: str = "england") -> st.SearchStrategy[Aim]:
    """Every sort of aim."""
    return st.one_of(
        numbers().map(Reach),
        st.tuples(numbers(), numbers()).map(lambda drawn: StayBetween(min(drawn), max(drawn))),
        st.none().map(Improve),
        margins().map(Improve),
        st.just(Hold()),
        st.none().map(lambda by: Beat(comparator, by)),
        margins().map(lambda by: Beat(comparator, by)),
        st.just(Complete()),
        st.integers(2, 5).flatmap(lambda of: st.integers(1, of - 1).map(lambda best: Rank(best, of))),
    )


def policies() -> st.SearchStrategy[Policy]:
    """The policies that come with the library."""
    return st.sampled_from((STANDARD, FIVE_PER_CENT, NOT_WORSE_THAN_LAST_YEAR))


@st.composite
def measures(draw: st.DrawFn, id: st.SearchStrategy[str] | None = None) -> Measure:
    """Measures of every kind but compound ones, which need others to be made of."""
    unit = draw(st.none() | units())
    kinds = [each for each in MeasureKind if each is not MeasureKind.COMPOUND]
    return Measure(
        id=draw(ids() if id is None else id),
        title=draw(texts()),
        unit=unit,
        direction=draw(st.none() | st.sampled_from(Direction)),
        kind=draw(st.sampled_from(kinds)) if unit is None else unit.kind,
        role=draw(st.sampled_from(Role)),
        timing=draw(st.none() | st.sampled_from(Timing)),
        calendar=draw(st.none() | st.sampled_from(YearType)),
        frequency=draw(st.none() | st.sampled_from(Frequency)),
        decimals=draw(st.none() | st.integers(0, 3)),
        population=draw(st.none() | texts()),
        breaks=draw(st.lists(st.dates(date(2020, 1, 1), date(2026, 12, 31)), max_size=2)),
        ended=draw(st.none() | st.dates(date(2023, 1, 1), date(2030, 12, 31))),
        continues=draw(st.lists(st.builds(Lineage, ids(), ids(), st.sampled_from(Relation)), max_size=2)),
        links=draw(st.lists(st.builds(Link, ids(), ids(), texts()), max_size=2)),
        source=draw(st.none() | texts()),
    )


@st.composite
def targets(draw: st.DrawFn, id: str = "t", measure: str = "m", due: st.SearchStrategy[Period] | None = None) -> Target:
    """Targets that could be set for a measure; what cannot be written is drawn again."""
    when = draw(st.none() | (periods() if due is None else due))
    baseline = None
    if draw(st.booleans()):
        period = when.shifted(-draw(st.integers(1, 3))) if when is not None else draw(periods())
        baseline = Baseline(period, draw(st.none() | numbers()))
    trajectory: Trajectory = Linear() if draw(st.booleans()) else Flat()
    aim = draw(st.none() | aims())
    if isinstance(aim, Reach) and when is not None and draw(st.booleans()):
        trajectory = Profile({when.shifted(-1): draw(numbers()), when: aim.value})
    try:
        return Target(
            id=id,
            measure=measure,
            aim=aim,
            due=when,
            baseline=baseline,
            trajectory=trajectory,
            tolerance=draw(st.none() | margins()),
            area=draw(st.none() | st.sampled_from(AREAS)),
            breakdown=draw(st.sampled_from(({}, {"sex": "girls"}))),
            agreed_with=draw(st.lists(texts(), max_size=2)),
            source=draw(st.none() | texts()),
        )
    except InvalidValueError:
        return Target(id=id, measure=measure, aim=None, due=when, baseline=baseline)


def comparators(id: str = "england") -> st.SearchStrategy[Comparator]:
    """A nation by its published value, or several places pooled or by their median."""
    groups = st.sampled_from((ComparatorMethod.POOLED, ComparatorMethod.MEDIAN))
    return st.one_of(
        st.just(Comparator(id=id, title="England", areas=AREAS[2:])),
        groups.map(lambda method: Comparator(id=id, title="Both", areas=AREAS[1:], method=method, version="2025")),
    )


@st.composite
def observations(
    draw: st.DrawFn,
    measure: st.SearchStrategy[str] | None = None,
    period: st.SearchStrategy[Period] | None = None,
    value: st.SearchStrategy[Decimal] | None = None,
) -> Observation:
    """Figures and absences, with and without what they were made of."""
    number = draw(st.none() | (numbers() if value is None else value))
    return Observation(
        measure=draw(ids() if measure is None else measure),
        period=draw(periods() if period is None else period),
        area=draw(st.sampled_from(AREAS)),
        value=number,
        absence=draw(st.sampled_from(Absence)) if number is None else None,
        breakdown=draw(st.sampled_from(({}, {"sex": "girls"}, {"sex": "boys", "age; a=b": "5\\10"}))),
        numerator=draw(st.none() | st.integers(0, 1_000)),
        denominator=draw(st.none() | st.integers(1, 1_000)),
        lower=draw(st.none() | st.integers(0, 5)),
        upper=draw(st.none() | st.integers(6, 9)),
        revision=draw(st.none() | st.sampled_from(Revision)),
        recorded=draw(st.none() | st.dates(date(2024, 1, 1), date(2026, 12, 31))),
        source=draw(st.none() | texts()),
        note=draw(st.none() | texts()),
    )


def series(
    measure: st.SearchStrategy[str] | None = None,
    period: st.SearchStrategy[Period] | None = None,
    value: st.SearchStrategy[Decimal] | None = None,
    most: int = 12,
) -> st.SearchStrategy[list[Observation]]:
    """Figures of which no two are indistinguishable."""

    def told_apart(figure: Observation) -> tuple[object, ...]:
        return (figure.measure, figure.area, figure.period, figure.breakdown, figure.known_on, figure.revision)

    return st.lists(observations(measure, period, value), max_size=most, unique_by=told_apart)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Whole plans: some bees of their own, priorities with and without ambitions, a compound measure now and then."""
    bees = draw(st.lists(ids(), max_size=2, unique=True))
    ambitions = draw(st.lists(ids(), max_size=2, unique=True))
    priorities = draw(st.lists(ids(), max_size=3, unique=True))
    all_bees = [*bees, *(bee.id for bee in OUTCOME_BEES)]
    parts = draw(st.lists(measures(), max_size=4, unique_by=lambda measure: measure.id))
    if len(parts) > 1 and draw(st.booleans()):
        whole = Measure(id="whole", title="Whole", kind="compound", components=[each.id for each in parts[:2]])
        parts = [whole, *(each for each in parts if each.id != "whole")]
        parts[0] = (
            whole
            if {each.id for each in parts} >= set(whole.components)
            else Measure(id="whole", title="W", unit="count")
        )
    bearing = [each for each in parts if each.direction is not Direction.MAINTAIN]
    aimed = [draw(targets(f"t{index}", each.id)) for index, each in enumerate(bearing) if draw(st.booleans())]
    return Plan(
        id=draw(ids()),
        title=draw(texts()),
        period=draw(st.none() | periods()),
        outcome_bees=[OutcomeBee(id=bee, name=draw(texts())) for bee in bees],
        ambitions=[Ambition(id=each, title=draw(texts())) for each in ambitions],
        priorities=[
            Priority(
                id=each,
                title=draw(texts()),
                ambition=draw(st.none() | st.sampled_from(ambitions)) if ambitions else None,
                outcome_bees=draw(st.lists(st.sampled_from(all_bees), max_size=2, unique=True)),
                actions=draw(st.lists(texts(), max_size=2)),
                contributes_to=draw(st.lists(st.builds(Link, ids(), ids(), texts()), max_size=1)),
            )
            for each in priorities
        ],
        measures=parts,
        targets=aimed,
        comparators=[draw(comparators())],
        part_of=draw(st.none() | ids()),
        adoption=draw(st.lists(st.builds(AdoptionStep, body=texts(), held=st.none() | st.dates()), max_size=2)),
    )


def register() -> None:
    """Tell Hypothesis how the public types are drawn; its entry point calls this."""
    st.register_type_strategy(Period, periods())
    st.register_type_strategy(Unit, units())
    st.register_type_strategy(Margin, margins())
    st.register_type_strategy(Measure, measures())
    st.register_type_strategy(Target, targets())
    st.register_type_strategy(Observation, observations())
    st.register_type_strategy(Observations, series().map(Observations))
    st.register_type_strategy(Comparator, comparators())
    st.register_type_strategy(Plan, plans())
