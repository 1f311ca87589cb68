"""Hypothesis strategies for the public types, and laws, for the tests of every tool that is built on this library.

They register themselves with Hypothesis through its entry point, so that ``st.from_type(Plan)`` works
wherever the library is installed. What they draw is valid, and as awkward as valid things can be:
curly quotes, formulas in titles, bees of a plan's own, suppressed figures, zero and negative numbers.

Example:
    >>> from hypothesis import find
    >>> find(margins(), lambda margin: margin.percent is not None)
    Margin(amount=None, percent=Decimal('0.1'))
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from io import BytesIO
from itertools import pairwise
from os import PathLike
from typing import Any

from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.evaluation.edges import better_sign
from outcome_bees.evaluation.evaluate import evaluate
from outcome_bees.evaluation.policy import FIVE_PER_CENT, NOT_WORSE_THAN_LAST_YEAR, STANDARD, Policy
from outcome_bees.evaluation.result import Evaluation
from outcome_bees.evaluation.rules import guard_of
from outcome_bees.evaluation.scorecard import evaluate_plan
from outcome_bees.model.aims import (
    Aim,
    Beat,
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
from outcome_bees.model.comparator import Comparator
from outcome_bees.model.index import Observations
from outcome_bees.model.measure import Lineage, Link, Measure
from outcome_bees.model.observation import Observation
from outcome_bees.model.plan import AdoptionStep, Ambition, Plan, Priority
from outcome_bees.model.target import Baseline, Target
from outcome_bees.periods import Period, YearType
from outcome_bees.serializers import (
    dump,
    dump_observations,
    dump_plan,
    from_tree,
    load_observations,
    load_plan,
    to_tree,
)
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
    Verdict,
)

__all__ = [
    "aims",
    "check_plan",
    "check_policy",
    "check_source",
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
    "register",
    "series",
    "targets",
    "texts",
    "units",
]


def __dir__() -> list[str]:
    return __all__


def register() -> None:
    """Register the strategies of the public types with Hypothesis, whose entry point calls this."""
    if not globals().get("_ready"):  # this module itself is what imports Hypothesis: it registers at its end
        return
    st.register_type_strategy(Period, periods())
    st.register_type_strategy(Unit, units())
    st.register_type_strategy(Margin, margins())
    st.register_type_strategy(Measure, measures())
    st.register_type_strategy(Target, targets())
    st.register_type_strategy(Observation, observations())
    st.register_type_strategy(Observations, series().map(Observations))
    st.register_type_strategy(Comparator, comparators())
    st.register_type_strategy(Plan, plans())


# Hypothesis looks for the function above while it is being imported.
from hypothesis import assume, given, settings, strategies as st  # noqa: E402

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


# Laws: what holds of every policy, plan and source, proved on drawn cases

_RANK = {Verdict.OFF: 0, Verdict.NEAR: 1, Verdict.MET: 2}
_DUE = Period.year(2024, YearType.FINANCIAL)
_AREA = AREAS[0]
_LATE = date(2100, 1, 1)


def _proved(law: Callable[..., None], examples: int, **drawn: st.SearchStrategy[Any]) -> None:
    """Try a law on drawn cases; the simplest that breaks it is raised."""
    how = settings(max_examples=examples, deadline=None, database=None, report_multiple_bugs=False)
    how(given(**drawn)(law))()


def _hold(holds: bool, law: str, *case: object) -> None:
    if not holds:
        raise AssertionError("\n".join((law, *map(str, case))))


def _not_worse(better: Evaluation, worse: Evaluation) -> bool:
    """Return whether a verdict is no worse than another, where there are two."""
    if better.verdict is None or worse.verdict is None:
        return True
    return _RANK[better.verdict] >= _RANK[worse.verdict]


@cache
def _judged() -> st.SearchStrategy[tuple[Measure, Target]]:
    """Draw a measure with a direction and a target that more or less of it is better for."""
    aimed = st.one_of(numbers().map(Reach), st.none().map(Improve), margins().map(Improve), st.just(Hold()))
    directions = st.sampled_from(sorted(set(Direction) - {Direction.MAINTAIN}))

    def made(drawn: tuple[Direction, Aim, Margin | None, Decimal]) -> tuple[Measure, Target] | None:
        direction, aim, tolerance, start = drawn
        measure = Measure(id="m", title="M", unit="score", direction=direction, decimals=2)
        baseline = Baseline(_DUE.shifted(-1), start)
        try:
            return measure, Target(id="t", measure="m", aim=aim, due=_DUE, baseline=baseline, tolerance=tolerance)
        except InvalidValueError:  # a percentage of zero
            return None

    drawn = st.tuples(directions, aimed, st.none() | margins(), numbers())
    return drawn.map(made).filter(lambda pair: pair is not None)  # type: ignore[return-value,arg-type]


def check_policy(policy: Policy, *, examples: int = 100) -> None:
    """Prove on drawn targets and figures that a policy keeps the laws of judging.

    A better figure never has a worse verdict; a policy never makes a verdict worse than met where the target is met
    without it; where less is better the mirrored figures have the same verdict; the order of the figures changes
    nothing, nor does a figure that became known later; and the policy survives its document.

    Args:
        policy: The policy.
        examples: How many cases are drawn for each law.

    Raises:
        AssertionError: A law is broken; the message has the law and the simplest case.

    Example:
        >>> check_policy(Policy(id="ours", met_within=Margin(percent=1), near_within=Margin(percent=5)), examples=10)
    """
    if not isinstance(policy, Policy):
        raise InvalidTypeError("check_policy: policy", policy, "a Policy")
    file = BytesIO()
    dump(policy, file, format="json")
    _hold(from_tree(to_tree(policy), Policy) == policy, "A policy survives its document.", policy)

    def answer(measure: Measure, target: Target, values: Sequence[Decimal], **how: Any) -> Evaluation:
        figures = [
            Observation(measure="m", period=_DUE.shifted(-back), area=_AREA, value=value)
            for back, value in enumerate(values)
        ]
        if how.pop("reversed", False):
            figures.reverse()
        if how.pop("later", False):
            figures.append(Observation(measure="m", period=_DUE, area=_AREA, value=-999, recorded=_LATE))
        judge: Policy = how.pop("policy", policy)
        return evaluate(target, measure=measure, observations=figures, as_of=date(2030, 1, 1), policy=judge)

    def law(pair: tuple[Measure, Target], value: Decimal, other: Decimal, last: Decimal) -> None:
        measure, target = pair
        low, high = sorted((value, other), key=lambda each: each * better_sign(measure))
        better, worse = (answer(measure, target, (each, last)) for each in (high, low))
        _hold(_not_worse(better, worse), "A better figure never has a worse verdict.", better, worse, target)
        plain = answer(measure, target, (value, last), policy=STANDARD)
        ours = answer(measure, target, (value, last))
        met = plain.verdict is Verdict.MET
        kept = not met or ours.verdict in (None, Verdict.MET)  # a percentage of zero has no verdict
        _hold(kept, "What is met without an allowance is met.", ours, target)
        mirrored = _mirrored(measure, target)
        if mirrored is not None:
            turned = answer(*mirrored, (-value, -last))
            _hold(turned.verdict is ours.verdict, "The mirrored figures have the same verdict.", ours, turned, target)
        again = answer(measure, target, (value, last), reversed=True)
        _hold(again == ours, "The order of the figures changes nothing.", ours, again)
        later = answer(measure, target, (value, last), later=True)
        _hold(later == ours, "What became known later changes nothing.", ours, later)

    _proved(law, examples, pair=_judged(), value=numbers(), other=numbers(), last=numbers())


def _mirrored(measure: Measure, target: Target) -> tuple[Measure, Target] | None:
    """Return the same target of a measure of which the other way is better, every number with its sign changed."""
    (way,) = set(Direction) - {Direction.MAINTAIN, measure.direction}
    aim = Reach(-target.aim.value) if isinstance(target.aim, Reach) else target.aim
    assert target.baseline is not None, "every target that is drawn has one"
    assert target.baseline.value is not None, "with its number"
    turned = Measure(id="m", title="M", unit="score", direction=way, decimals=2)
    baseline = Baseline(target.baseline.period, -target.baseline.value)
    try:
        mirror = Target(id="t", measure="m", aim=aim, due=_DUE, baseline=baseline, tolerance=target.tolerance)
    except InvalidValueError:
        return None
    return turned, mirror


def check_plan(plan: Plan, *, policy: Policy = STANDARD, examples: int = 50) -> None:
    """Prove on drawn figures that a plan keeps the laws of evaluation.

    The plan survives its documents; every measure has an answer, and every target exactly one; absent figures are
    answers and never errors; a better figure never has a worse verdict; the order of the figures changes nothing, nor
    does a figure that became known later.

    Args:
        plan: The plan.
        policy: The policy that judges it.
        examples: How many cases are drawn for each law.

    Raises:
        AssertionError: A law is broken; the message has the law and the simplest case.

    Example:
        >>> from outcome_bees import catalogue
        >>> check_plan(catalogue.load("strategic-priorities-2024-25"), examples=3)
    """
    if not isinstance(plan, Plan):
        raise InvalidTypeError("check_plan: plan", plan, "a Plan")
    for format in ("json", "yaml"):
        file = BytesIO()
        dump_plan(plan, file, format=format)
        again = load_plan(BytesIO(file.getvalue()), format=format)
        _hold(again == plan, f"A plan survives its document in {format.upper()}.", plan.id)
    judged = [each for each in plan.measures if each.components == () and each.kind is not MeasureKind.NARRATIVE]
    dues = [each.due for each in plan.targets if each.due is not None] or [_DUE]
    bases = [each.baseline.period for each in plan.targets if each.baseline is not None]
    possible = list(dict.fromkeys((*dues, *bases)))
    if judged:
        one = observations(
            st.sampled_from([each.id for each in judged]), st.sampled_from(possible), numbers(low=0, high=100)
        )
        drawn = st.lists(
            one, max_size=20, unique_by=lambda each: (each.measure, each.area, each.breakdown, each.period)
        )
        units_of = {each.id: each for each in judged}
        _proved(
            lambda figures, day: _plan_laws(plan, policy, figures, day), examples, figures=drawn, day=_days(possible)
        )
        _proved(
            lambda figures, change: _better_is_no_worse(plan, policy, units_of, figures, change),
            examples,
            figures=drawn,
            change=numbers(low=0, high=50),
        )


def _which(figure: Observation) -> tuple[object, ...]:
    return (figure.measure, figure.area, figure.breakdown, figure.period)


def _days(possible: Iterable[Period]) -> st.SearchStrategy[date]:
    """Draw days around those on which periods end."""
    return st.sampled_from([each.end + timedelta(days) for each in possible for days in (-40, 0, 1, 400)])


def _plan_laws(plan: Plan, policy: Policy, figures: list[Observation], day: date) -> None:
    how: dict[str, Any] = {"as_of": day, "area": _AREA, "policy": policy, "unknown_measures_ok": True}
    card = evaluate_plan(plan, Observations(figures, provisional_after_final_ok=True), **how)
    measures = {each.measure for each in card.evaluations}
    _hold(measures == {each.id for each in plan.measures}, "Every measure has an answer.", card)
    ids = [each.target for each in card.evaluations if each.target is not None]
    expected = sorted(each.id for each in plan.targets if each.area in (None, _AREA))
    _hold(sorted(ids) == expected, "Every target has exactly one answer.", ids)
    turned = evaluate_plan(plan, Observations(figures[::-1], provisional_after_final_ok=True), **how)
    _hold(turned == card, "The order of the figures changes nothing.", *figures)
    later = [_known_later(each, day) for each in figures]
    told = evaluate_plan(plan, Observations([*figures, *later], provisional_after_final_ok=True), **how)
    _hold(told == card, "What became known later changes nothing.", *figures)


def _known_later(figure: Observation, day: date) -> Observation:
    later = max(day, figure.known_on) + timedelta(1)
    return Observation(measure=figure.measure, period=figure.period, area=figure.area, value=7, recorded=later)


def _better_is_no_worse(
    plan: Plan, policy: Policy, measures_by_id: dict[str, Measure], figures: list[Observation], change: Decimal
) -> None:
    """See that no answer is worse when the figure that it was judged by is better, all else being the same."""
    day = max((each.end for each in (figure.period for figure in figures)), default=_DUE.end) + timedelta(1_000)
    how: dict[str, Any] = {"as_of": day, "area": _AREA, "policy": policy, "unknown_measures_ok": True}
    card = evaluate_plan(plan, Observations(figures, provisional_after_final_ok=True), **how)
    for answer in card.evaluations:
        figure, measure = answer.observation, measures_by_id.get(answer.measure)
        if answer.verdict is None or figure is None or measure is None or figure.value is None:
            continue
        if measure.direction in (None, Direction.MAINTAIN) or len(_aims_of(plan, answer)) != 1:
            continue
        moved = figure.value + better_sign(measure) * (change + 2 * guard_of(measure))
        better = [each if each != figure else _with_value(each, moved) for each in figures]
        after = evaluate_plan(plan, Observations(better, provisional_after_final_ok=True), **how)
        now = next(each for each in after.evaluations if (each.measure, each.target) == (answer.measure, answer.target))
        _hold(_not_worse(now, answer), "A better figure never has a worse verdict.", answer, now, answer.explanation)


def _aims_of(plan: Plan, answer: Evaluation) -> list[Aim]:
    """Return the aim of an answer, where it is one that a better figure is nearer to: no band and no milestone."""
    aims = (each.aim for each in plan.targets if each.id == answer.target)
    return [each for each in aims if each is not None and not isinstance(each, StayBetween | Complete)]


def _with_value(figure: Observation, value: Decimal) -> Observation:
    return Observation(
        measure=figure.measure,
        period=figure.period,
        area=figure.area,
        value=value,
        breakdown=figure.breakdown,
        unit=figure.unit,
        revision=figure.revision,
        recorded=figure.recorded,
    )


Source = str | PathLike[str] | Observations | Iterable[Observation] | Callable[[], Any]
"""What gives figures: a file, figures, or a function that gives either."""


def check_source(source: Source, plan: Plan | None = None, *, examples: int = 20) -> None:
    """Prove that a source of figures keeps the laws of a source.

    It gives the same figures each time; no two of them contradict each other; each survives a table and a document; no
    number stands beside an absence; what is known on a day is known on every later one, or was replaced by what became
    known since; and the order of the figures changes nothing.

    Args:
        source: A file that ``load_observations`` reads, figures, or a function without arguments that gives either.
        plan: The plan that the figures are for: each must be of one of its measures; ``None``: not checked.
        examples: How many orders are tried.

    Raises:
        AssertionError: A law is broken; the message has the law and the figures.

    Example:
        >>> check_source([Observation(measure="m", period="CY2024", area="E10000015", value="56.3")])
    """
    figures = _read(source)
    if callable(source) or isinstance(source, (str, PathLike)):
        _hold(_read(source) == figures, "A source gives the same figures each time.")
    index = Observations(figures, provisional_after_final_ok=True)  # which refuses those that contradict each other
    for each in figures:
        parts = (each.numerator, each.denominator, each.lower, each.upper)
        hidden = each.absence is None or parts == (None,) * 4
        _hold(hidden, "No number stands beside an absence.", each)
    for format in ("csv", "json"):
        file = BytesIO()
        dump_observations(figures, file, format=format)
        again = tuple(load_observations(BytesIO(file.getvalue()), format=format))
        _hold(again == figures, f"Every figure survives {format.upper()}.")
    if plan is not None:
        known = {each.id for each in plan.measures}
        strange = sorted({each.measure for each in figures} - known)
        _hold(not strange, "Every figure is of a measure of the plan.", *strange)
    series = dict.fromkeys((each.measure, each.area, each.breakdown) for each in figures)
    days = sorted({each.known_on for each in figures})
    for measure, area, breakdown in series:
        for before, after in pairwise(days):
            was = index.known(measure, area, breakdown, as_of=before)
            now = index.known(measure, area, breakdown, as_of=after)
            replaced = all(
                period in now and (now[period] == was[period] or now[period].known_on > before) for period in was
            )
            _hold(replaced, "What is known stays known, or was replaced.", measure, area, before, after)
    if len(figures) > 1:
        _proved(lambda order: _in_any_order(figures, index, order), examples, order=st.randoms(use_true_random=False))


def _read(source: Source) -> tuple[Observation, ...]:
    found = source() if callable(source) else source
    return tuple(load_observations(found) if isinstance(found, (str, PathLike)) else found)


def _in_any_order(figures: tuple[Observation, ...], index: Observations, order: Any) -> None:
    """See that figures in another order are known alike."""
    shuffled = list(figures)
    order.shuffle(shuffled)
    assume(tuple(shuffled) != figures)
    other = Observations(shuffled, provisional_after_final_ok=True)
    for each in figures:
        one, two = (
            known.known(each.measure, each.area, each.breakdown, as_of=each.known_on).get(each.period)
            for known in (index, other)
        )
        _hold(one == two, "The order of the figures changes nothing.", one, two)


_ready = True
register()
