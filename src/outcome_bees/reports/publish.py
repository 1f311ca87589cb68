"""What may leave the building: small numbers hidden, and everything from which they could be worked out.

The figures are hidden first, and the plan is evaluated again on what is left. So nothing of a hidden number can be in a
status, a sentence, a tally or a chart: whatever it was, the published card is the same, byte for byte.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from attrs import evolve, field, frozen

from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.evaluation.scorecard import Scorecard, evaluate_plan
from outcome_bees.frozen import FrozenMapping
from outcome_bees.model.fields import area, breakdown, item_id, item_ids, located, members, text
from outcome_bees.model.index import Observations
from outcome_bees.model.local_policy import STANDARD, Policy, policy_of
from outcome_bees.model.measure import Measure
from outcome_bees.model.observation import Observation
from outcome_bees.model.plan import Plan
from outcome_bees.periods import Period
from outcome_bees.vocabulary import Absence, MeasureKind

__all__ = ["Disclosure", "Part", "Whole", "hidden_figures", "published", "unchecked_measures"]


def __dir__() -> list[str]:
    return __all__


_Cell = tuple[str, str, Mapping[str, str], Period]


@frozen(field_transformer=located)
class Part:
    """One series of figures: a measure in a place, for a part of the population.

    Attributes:
        measure: The measure's id.
        area: The code of the place.
        breakdown: The part of the population; empty is all of it.

    Example:
        >>> Part("exclusions", "E10000015", {"sex": "girls"}).breakdown
        FrozenMapping({'sex': 'girls'})
    """

    measure: str = field(converter=item_id)
    area: str = field(converter=area)
    breakdown: Mapping[str, str] = field(factory=FrozenMapping, converter=breakdown)


def parts(given: Iterable[Part]) -> tuple[Part, ...]:
    return members(Part, given)


@frozen(kw_only=True, field_transformer=located)
class Whole:
    """Series that add up, so that one hidden figure could be had by taking the others away.

    Attributes:
        total: The sum.
        parts: What it is the sum of, two at least. Where a figure of any of them or of the total is hidden, so are
            those of the first two: put those first whose loss matters least.

    Example:
        >>> everyone, girls, boys = (Part("m", "E10000015", by) for by in ({}, {"sex": "girls"}, {"sex": "boys"}))
        >>> len(Whole(total=everyone, parts=[girls, boys]).parts)
        2
    """

    total: Part
    parts: tuple[Part, ...] = field(converter=parts)

    def __attrs_post_init__(self) -> None:
        if len(set(self.parts)) < 2 or len(set(self.parts)) < len(self.parts) or self.total in self.parts:
            raise InvalidValueError("Whole.parts", self.parts, "two different parts or more, none of them the total")


def wholes(given: Iterable[Whole]) -> tuple[Whole, ...]:
    return members(Whole, given)


def threshold(given: int) -> int:
    if type(given) is not int:
        raise InvalidTypeError("below", given, "a whole number from 2")
    if given < 2:
        raise InvalidValueError("below", given, "a whole number from 2")
    return given


@frozen(kw_only=True, field_transformer=located)
class Disclosure:
    """A council's own rule of which numbers are too small to be published. There is no default number.

    Hidden is every figure of which the count, the numerator, the denominator, or the rest (denominator less numerator)
    is from 1 up to, but not including, ``below``. Zero is shown unless ``zeros`` is true.

    Attributes:
        below: The smallest number of people that may be shown, such as 6 where 5 and fewer are hidden.
        source: Where the rule is laid down.
        wholes: Which series add up. What is not declared is not checked.
        zeros: Whether zero is hidden as well.
        exempt: Ids of measures that are not of people, such as a count of schools: their figures are shown as they are.

    Raises:
        InvalidValueError: ``below`` is less than 2: then nothing would be hidden.

    Example:
        >>> Disclosure(below=6, source="Our publication policy, section 4").hides(Decimal(5))
        True
    """

    below: int = field(converter=threshold)
    source: str = field(converter=text)
    wholes: tuple[Whole, ...] = field(default=(), converter=wholes)
    zeros: bool = False
    exempt: tuple[str, ...] = field(default=(), converter=item_ids)

    def hides(self, count: Decimal) -> bool:
        """Return whether a count of people is too small to be shown."""
        return (self.zeros if count == 0 else 0 < count < self.below) if count >= 0 else False

    def sentence(self) -> str:
        """Return the rule in words, for readers of what is published."""
        nought = " Zero is hidden as well." if self.zeros else ""
        hidden = f"Numbers of people below {self.below} are hidden, with all that would give them away."
        return f"{hidden}{nought} Rule: {self.source}."


def _small(figure: Observation, measure: Measure | None, rule: Disclosure) -> bool:
    if figure.measure in rule.exempt:
        return False
    counts = [figure.numerator, figure.denominator]
    if figure.numerator is not None and figure.denominator is not None:
        rest = figure.denominator - figure.numerator
        if rest:  # that all of them are is no small number
            counts.append(rest)
    if measure is not None and measure.kind is MeasureKind.COUNT:
        counts.append(figure.value)
    return any(rule.hides(each) for each in counts if each is not None)


def hidden_figures(
    observations: Observations | Iterable[Observation], plan: Plan, rule: Disclosure
) -> tuple[Observation, ...]:
    """Return all figures, with those that the rule hides as suppressed ones.

    A figure is hidden in every vintage, where it is too small in any. Its numerator, denominator, limits and note go
    with it. What a declared whole would give back is hidden too.

    Example:
        >>> measure = Measure(id="m", title="Exclusions", unit="child")
        >>> plan = Plan(id="p", title="P", measures=[measure])
        >>> figures = [Observation(measure="m", period="CY2024", area="E10000015", value=3)]
        >>> hidden_figures(figures, plan, Disclosure(below=6, source="policy"))[0].absence
        <Absence.SUPPRESSED: 'suppressed'>
    """
    measures = {each.id: each for each in plan.measures}
    figures = tuple(observations)
    hidden = {_cell(each) for each in figures if _small(each, measures.get(each.measure), rule)}
    hidden = _closed(hidden, {_cell(each) for each in figures}, rule.wholes)
    return tuple(_suppressed(each) if _cell(each) in hidden else each for each in figures)


def _cell(figure: Observation) -> _Cell:
    return (figure.measure, figure.area, figure.breakdown, figure.period)


def _closed(hidden: set[_Cell], known: set[_Cell], wholes: tuple[Whole, ...]) -> set[_Cell]:
    """Return the cells hidden, and those that a whole would give them back from, until nothing more follows.

    Hiding more never shows anything: so what is hidden in the end does not depend on which small number came first.
    """
    hidden = set(hidden)
    periods = {period for *_, period in known}
    grown = True
    while grown:
        before = len(hidden)
        for whole in wholes:
            for period in periods:
                cells = [(each.measure, each.area, each.breakdown, period) for each in (whole.total, *whole.parts)]
                if any(each in hidden for each in cells):
                    hidden |= {each for each in cells[1:3] if each in known}
        grown = len(hidden) > before
    return hidden


def _suppressed(figure: Observation) -> Observation:
    return evolve(
        figure,
        value=None,
        absence=Absence.SUPPRESSED,
        numerator=None,
        denominator=None,
        lower=None,
        upper=None,
        note=None,
    )


def unchecked_measures(observations: Observations | Iterable[Observation], plan: Plan) -> tuple[str, ...]:
    """Return the ids of measures of people with figures that come without numerator or denominator.

    It cannot be known whether those are made of small numbers.

    Example:
        >>> plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="percent")])
        >>> unchecked_measures([Observation(measure="m", period="CY2024", area="x", value=50)], plan)
        ('m',)
    """
    shares = {each.id for each in plan.measures if each.kind in (MeasureKind.PERCENTAGE, MeasureKind.RATE)}
    return tuple(
        dict.fromkeys(
            each.measure
            for each in observations
            if each.measure in shares and each.absence is None and (each.numerator is None or each.denominator is None)
        )
    )


def published(
    card: Scorecard,
    observations: Observations | Iterable[Observation],
    rule: Disclosure,
    *,
    policy: Policy | str = STANDARD,
) -> Scorecard:
    """Return the card as it may be published: evaluated again on the figures that the rule leaves.

    Args:
        card: The card.
        observations: The figures that it was made from.
        rule: The council's rule.
        policy: The policy that it was judged by.

    Raises:
        InvalidValueError: The card was judged by another policy.

    Example:
        >>> from datetime import date
        >>> plan = Plan(id="p", title="P", measures=[Measure(id="m", title="Exclusions", unit="child")])
        >>> figures = [Observation(measure="m", period="CY2024", area="E10000015", value=3)]
        >>> card = evaluate_plan(plan, figures, as_of=date(2025, 12, 31))
        >>> published(card, figures, Disclosure(below=6, source="policy")).evaluations[0].value
    """
    policy = policy_of(policy, card.plan.policies)
    if policy.id != card.policy:
        raise InvalidValueError(
            "published: policy", policy.id, f"{card.policy!r}, the policy of the card", "give policy=…"
        )
    left = Observations(hidden_figures(observations, card.plan, rule), provisional_after_final_ok=True)
    silent = {"unknown_measures_ok": True, "unknown_area_ok": True}
    return evaluate_plan(card.plan, left, as_of=card.as_of, area=card.area, policy=policy, **silent)


def hidden_measures(
    observations: Observations | Iterable[Observation], plan: Plan, rule: Disclosure, place: str | None
) -> Iterator[str]:
    """Return the ids of measures of which a figure of a place is hidden: what people wrote about them may name it."""
    given = tuple(observations)
    seen = zip(given, hidden_figures(given, plan, rule), strict=True)
    return iter(dict.fromkeys(one.measure for one, other in seen if one != other and one.area == place))
