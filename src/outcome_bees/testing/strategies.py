"""What is drawn: valid things, and as awkward as valid things can be.

Curly quotes, formulas in titles, bees of a plan's own, suppressed figures, zero and negative numbers.
"""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from outcome_bees.errors import InvalidValueError
from outcome_bees.model.aims import (
    Aim,
    Beat,
    Comparator,
    Complete,
    Flat,
    Hold,
    Improve,
    Linear,
    Margin,
    Profile,
    Rank,
    Reach,
    StayBetween,
    Trajectory,
)
from outcome_bees.model.bees import OUTCOME_BEES, OutcomeBee
from outcome_bees.model.index import Observations
from outcome_bees.model.local_policy import FIVE_PER_CENT, NOT_WORSE_THAN_LAST_YEAR, STANDARD, Policy
from outcome_bees.model.measure import Lineage, Link, Measure
from outcome_bees.model.observation import Observation
from outcome_bees.model.plan import AdoptionStep, Ambition, Plan, Priority
from outcome_bees.model.target import Baseline, Target
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
    "AREAS",
    "aims",
    "comparators",
    "extensions",
    "ids",
    "margins",
    "measures",
    "numbers",
    "observations",
    "periods",
    "plans",
    "policies",
    "register_types",
    "series",
    "targets",
    "texts",
    "units",
]


_MOSTLY = st.sampled_from((True, True, True, False))
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


@cache
def ids() -> st.SearchStrategy[str]:
    """Draw identities: short slugs, so that some of them coincide."""
    return st.sampled_from(
        [f"{stem}{end}" for stem in ("a", "be-x", "m", "p-q", "z9") for end in ("", "0", "-1", ".b", "_c")]
    )


@cache
def texts() -> st.SearchStrategy[str]:
    """Draw titles and notes, among them what spreadsheets and YAML misread."""
    letters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))
    free = st.text(letters, min_size=1, max_size=30).filter(lambda text: bool(text.strip()))
    return st.one_of(st.sampled_from(_AWKWARD), free)


@cache
def numbers(decimals: int = 2, low: int = -1_000, high: int = 1_000) -> st.SearchStrategy[Decimal]:
    """Draw exact numbers as they are published, with trailing zeros kept."""
    return st.decimals(low, high, allow_nan=False, places=decimals)


@cache
def units() -> st.SearchStrategy[Unit]:
    """Draw units of the closed list, rates and quotients."""
    rates = st.sampled_from(("per_1000", "per_10000", "per_100000", "per_7"))
    names = st.sampled_from(("percent", "fraction", "percentage_point", "count", "child", "day", "GBP", "score"))
    return st.one_of(names, rates, st.just("day/person")).map(Unit)


@cache
def periods() -> st.SearchStrategy[Period]:
    """Draw periods of every kind, from 1995 to 2060."""
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


@cache
def margins() -> st.SearchStrategy[Margin]:
    """Draw margins: amounts and percentages above zero."""
    sizes = st.decimals(Decimal("0.1"), 50, places=1)
    return st.one_of(sizes.map(lambda size: Margin(amount=size)), sizes.map(lambda size: Margin(percent=size)))


@cache
def aims(comparator: str = "england") -> st.SearchStrategy[Aim]:
    """Draw aims of every sort."""
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


@cache
def extensions() -> st.SearchStrategy[dict[str, Any]]:
    """Draw fields of a plan's own, ``x-…``: texts, numbers, truths, and lists and mappings of them."""
    single = st.one_of(texts(), numbers(), st.booleans(), st.just(""))
    value = st.recursive(
        single, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts(), inner, max_size=2), max_leaves=4
    )
    return st.dictionaries(st.sampled_from(("x-cost-centre", "x-Note.2", "x-1")), value, max_size=2)


@cache
def policies() -> st.SearchStrategy[Policy]:
    """Draw the policies that come with the library."""
    return st.sampled_from((STANDARD, FIVE_PER_CENT, NOT_WORSE_THAN_LAST_YEAR))


@cache
def _measure_fields() -> st.SearchStrategy[dict[str, Any]]:
    """Draw what a measure may have whatever its unit; made once, since to make a strategy costs more than to draw."""
    return st.fixed_dictionaries(
        {"id": ids(), "title": texts()},
        optional={
            "direction": st.sampled_from(Direction),
            "role": st.sampled_from(Role),
            "timing": st.sampled_from(Timing),
            "calendar": st.sampled_from(YearType),
            "frequency": st.sampled_from(Frequency),
            "decimals": st.integers(0, 3),
            "population": texts(),
            "breaks": st.lists(st.dates(date(2020, 1, 1), date(2026, 12, 31)), max_size=2),
            "ended": st.dates(date(2023, 1, 1), date(2030, 12, 31)),
            "continues": st.lists(st.builds(Lineage, ids(), ids(), st.sampled_from(Relation)), max_size=2),
            "links": st.lists(st.builds(Link, ids(), ids(), texts()), max_size=2),
            "source": texts(),
            "owner": texts(),
            "extensions": extensions(),
        },
    )


@cache
def _units_and_kinds() -> st.SearchStrategy[dict[str, Any]]:
    kinds = [each for each in MeasureKind if each is not MeasureKind.COMPOUND]
    return units().map(lambda unit: {"unit": unit}) | st.sampled_from(kinds).map(lambda kind: {"kind": kind})


@st.composite
def measures(draw: st.DrawFn, id: st.SearchStrategy[str] | None = None) -> Measure:
    """Draw measures of every kind but compound ones, which need others to be made of."""
    fields: dict[str, Any] = draw(_measure_fields()) | draw(_units_and_kinds())
    if id is not None:
        fields["id"] = draw(id)
    return Measure(**fields)


@cache
def _target_fields() -> st.SearchStrategy[dict[str, Any]]:
    """Draw what a target may have whatever its due period."""
    return st.fixed_dictionaries(
        {"aim": st.none() | aims(), "linear": st.booleans(), "back": st.integers(1, 3), "profiled": st.booleans()},
        optional={
            "baseline": st.none() | numbers(),
            "tolerance": margins(),
            "area": st.sampled_from(AREAS),
            "breakdown": st.just({"sex": "girls"}),
            "agreed_with": st.lists(texts(), max_size=2),
            "source": texts(),
            "owner": texts(),
            "extensions": extensions(),
        },
    )


@st.composite
def targets(draw: st.DrawFn, id: str = "t", measure: str = "m", due: st.SearchStrategy[Period] | None = None) -> Target:
    """Draw targets that could be set for a measure; one that could never be evaluated is left without an aim."""
    when = draw(periods() if due is None else due) if draw(_MOSTLY) else None
    fields = draw(_target_fields())
    aim, back = fields.pop("aim"), fields.pop("back")
    baseline = None
    if "baseline" in fields:
        since = draw(periods()) if when is None else when.shifted(-back)
        baseline = Baseline(since, fields.pop("baseline"))
    trajectory: Trajectory = Linear() if fields.pop("linear") else Flat()
    if fields.pop("profiled") and isinstance(aim, Reach) and when is not None:
        trajectory = Profile({when.shifted(-1): draw(numbers()), when: aim.value})
    given: dict[str, Any] = {"id": id, "measure": measure, "due": when, "baseline": baseline}
    try:
        return Target(**given, aim=aim, trajectory=trajectory, **fields)
    except InvalidValueError:
        return Target(**given, aim=None)


@cache
def comparators(id: str = "england") -> st.SearchStrategy[Comparator]:
    """Draw a nation by its published value, or several places pooled or by their median."""
    groups = st.sampled_from((ComparatorMethod.POOLED, ComparatorMethod.MEDIAN))
    return st.one_of(
        st.just(Comparator(id=id, title="England", areas=AREAS[2:])),
        groups.map(lambda method: Comparator(id=id, title="Both", areas=AREAS[1:], method=method, version="2025")),
    )


@cache
def _observation_fields() -> st.SearchStrategy[dict[str, Any]]:
    """Draw what an observation may have whatever it is of."""
    return st.fixed_dictionaries(
        {"area": st.sampled_from(AREAS)},
        optional={
            "absence": st.sampled_from(Absence),
            "breakdown": st.sampled_from(({"sex": "girls"}, {"sex": "boys", "age; a=b": "5\\10"})),
            "numerator": st.integers(0, 1_000),
            "denominator": st.integers(1, 1_000),
            "lower": st.integers(0, 5),
            "upper": st.integers(6, 9),
            "revision": st.sampled_from(Revision),
            "recorded": st.dates(date(2024, 1, 1), date(2026, 12, 31)),
            "source": texts(),
            "note": texts(),
        },
    )


@st.composite
def observations(
    draw: st.DrawFn,
    measure: st.SearchStrategy[str] | None = None,
    period: st.SearchStrategy[Period] | None = None,
    value: st.SearchStrategy[Decimal] | None = None,
) -> Observation:
    """Draw observations, figures and absences, with and without what they were made of."""
    fields = draw(_observation_fields())
    if "absence" not in fields or draw(_MOSTLY):
        fields = {key: given for key, given in fields.items() if key != "absence"}
        fields["value"] = draw(numbers() if value is None else value)
    fields["measure"] = draw(ids() if measure is None else measure)
    fields["period"] = draw(periods() if period is None else period)
    return Observation(**fields)


def series(
    measure: st.SearchStrategy[str] | None = None,
    period: st.SearchStrategy[Period] | None = None,
    value: st.SearchStrategy[Decimal] | None = None,
    most: int = 12,
) -> st.SearchStrategy[list[Observation]]:
    """Draw lists of observations of which no two are indistinguishable."""

    def identity(one: Observation) -> tuple[object, ...]:
        return (one.measure, one.area, one.period, one.breakdown, one.known_on, one.revision)

    return st.lists(observations(measure, period, value), max_size=most, unique_by=identity)


@cache
def _own_policies() -> st.SearchStrategy[Policy]:
    """Draw policies as a plan may have them beside the library's."""
    near = margins().map(lambda margin: {"near_within": margin})
    further = extensions().map(lambda drawn: {"extensions": drawn})
    return st.builds(lambda one, other: Policy(id="ours", **one, **other), near, further)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw whole plans: some have bees of their own, priorities without ambitions, or a compound measure."""
    bees = draw(st.lists(ids(), max_size=2, unique=True))
    ambitions = draw(st.lists(ids(), max_size=2, unique=True))
    priorities = draw(st.lists(ids(), max_size=3, unique=True))
    all_bees = [*bees, *(bee.id for bee in OUTCOME_BEES)]
    parts = draw(st.lists(measures(), max_size=4, unique_by=lambda measure: measure.id))
    if len(parts) > 1 and draw(st.booleans()):
        whole = Measure(id="whole", title="Whole", kind="compound", components=[each.id for each in parts[:2]])
        parts = [whole, *parts]
    bearing = [each for each in parts if each.direction is not Direction.MAINTAIN]
    aimed = [draw(targets(f"t{index}", each.id)) for index, each in enumerate(bearing) if draw(st.booleans())]
    return Plan(
        id=draw(ids()),
        title=draw(texts()),
        period=draw(st.none() | periods()),
        outcome_bees=[OutcomeBee(id=bee, name=draw(texts()), extensions=draw(extensions())) for bee in bees],
        ambitions=[Ambition(id=each, title=draw(texts()), extensions=draw(extensions())) for each in ambitions],
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
        policies=draw(st.lists(_own_policies(), max_size=1)),
        extensions=draw(extensions()),
        part_of=draw(st.none() | ids()),
        adoption=draw(st.lists(st.builds(AdoptionStep, body=texts(), held=st.none() | st.dates()), max_size=2)),
    )


def register_types() -> None:
    """Register the strategies of the public types with Hypothesis."""
    st.register_type_strategy(Period, periods())
    st.register_type_strategy(Unit, units())
    st.register_type_strategy(Margin, margins())
    st.register_type_strategy(Measure, measures())
    st.register_type_strategy(Target, targets())
    st.register_type_strategy(Observation, observations())
    st.register_type_strategy(Observations, series().map(Observations))
    st.register_type_strategy(Comparator, comparators())
    st.register_type_strategy(Plan, plans())
