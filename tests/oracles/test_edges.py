"""An oracle that never heard of scales: every rule in plain words on exact decimals.

Ten thousand and more figures are crowded around the numbers at which a verdict changes, each once as an exact
decimal and once as the float that a spreadsheet would hand over. Within the guard of a cut is on it; beyond, the
exact decimal decides. Both must say what the oracle says.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import product

import pytest

from outcome_bees import Baseline, Beat, Hold, Improve, Margin, Measure, Reach, StayBetween, Target, Verdict
from outcome_bees.evaluation.edges import Edge as FloatEdge
from outcome_bees.evaluation.rules import compile_rule
from outcome_bees.exact import exact
from outcome_bees.scales import Line

NUMBERS = [Fraction(each) for each in ("37", "95", "0.8", "7.6", "62.25", "-18", "100000.5", "1/1000000")][:7]
REFERENCES = [Fraction(each) for each in ("40.2", "12.7", "-20", "0.1", "33.3")]
MARGINS = [None, ("amount", Fraction(21, 10)), ("percent", Fraction(10)), ("percent", Fraction(5, 2))]
GUARD = Fraction(1, 10_000)  # a thousandth of the last of one published digit
Edge = tuple[Fraction, bool]  # the number from which it is met or near, and whether the number itself will do


def size(margin: tuple[str, Fraction] | None, of: Fraction) -> Fraction:
    if margin is None:
        return Fraction(0)
    word, much = margin
    return much if word == "amount" else abs(of) * much / 100


def verdict(number: Fraction, required: Fraction, enough: bool, tolerance: Fraction | None, more: bool) -> Verdict:
    """In words: ahead of it is met; on it is met if that is enough; short by no more than is tolerated is near."""
    ahead = number - required if more else required - number
    if abs(ahead) <= GUARD:
        ahead = Fraction(0)
    if ahead > 0 or (ahead == 0 and enough):
        return Verdict.MET
    return Verdict.NEAR if tolerance is not None and -ahead <= tolerance + GUARD else Verdict.OFF


def crowd(points: list[Fraction]) -> Iterator[Fraction]:
    """Figures on a point, a hair beside it, a published digit beside it, and further off."""
    steps = [Fraction(0), GUARD / 2, GUARD * 3, Fraction(1, 100), Fraction(1, 10), Fraction(3)]
    for point, step, sign in product(points, steps, (1, -1)):
        yield point + sign * step


def decimal(number: Fraction) -> Decimal:
    """The number to nine places: thirds do not end, and no figure is published so finely."""
    return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(Decimal("1e-9"))


def margin(given: tuple[str, Fraction] | None) -> Margin | None:
    return None if given is None else Margin(**{given[0]: decimal(given[1]).normalize()})


def cases() -> Iterator[tuple[Target, bool, Fraction | None, Fraction, bool, Fraction | None]]:
    """Every aim with every margin and tolerance, and what the words of it require."""
    for more, tolerance in product((True, False), MARGINS):
        sign = 1 if more else -1
        made = partial(Target, id="t", measure="m", tolerance=margin(tolerance))
        for number in NUMBERS:
            yield made(aim=Reach(decimal(number))), more, None, number, True, tolerance and size(tolerance, number)
        for reference in REFERENCES:
            yield made(aim=Hold()), more, reference, reference, True, tolerance and size(tolerance, reference)
            for by in MARGINS:
                required = reference + sign * size(by, reference)
                spare = tolerance and size(tolerance, required)
                yield made(aim=Improve(margin(by))), more, reference, required, by is not None, spare
                yield made(aim=Beat("england", margin(by))), more, reference, required, by is not None, spare


def test_the_edges_say_what_the_words_say_on_exact_decimals_and_on_floats() -> None:
    tried = 0
    for target, more, reference, required, enough, spare in cases():
        measure = Measure(id="m", title="M", unit="percent", direction="increase" if more else "decrease")
        rule = compile_rule(target, measure, None)
        assert rule is not None
        against = None if reference is None else decimal(reference)
        points = [required] if spare is None else [required, required + (-spare if more else spare)]
        for figure in crowd(points):
            written = decimal(figure)
            expected = verdict(Fraction(written), required, enough, spare, more)
            for handed_over in (written, float(written)):
                assert rule.verdict(exact(handed_over), against) is expected, (target, more, reference, handed_over)
                tried += 1
    assert tried >= 10_000


@pytest.mark.parametrize("tolerance", MARGINS)
def test_both_ends_of_a_band_say_what_the_words_say(tolerance: tuple[str, Fraction] | None) -> None:
    low, high = Fraction(85), Fraction(90)
    target = Target(id="t", measure="m", aim=StayBetween(85, 90), tolerance=margin(tolerance))
    rule = compile_rule(target, Measure(id="m", title="M", unit="percent"), None)
    assert rule is not None
    points = [low, high, low - size(tolerance, low), high + size(tolerance, high)]
    for figure in crowd(points):
        low_end = verdict(figure, low, True, tolerance and size(tolerance, low), more=True)
        high_end = verdict(figure, high, True, tolerance and size(tolerance, high), more=False)
        worse = max(low_end, high_end, key=[Verdict.MET, Verdict.NEAR, Verdict.OFF].index)
        assert rule.verdict(decimal(figure), None) is worse


def test_a_line_of_thirds_says_what_fractions_say() -> None:
    measure = Measure(id="m", title="M", unit="percent", direction="decrease")
    from outcome_bees import Linear, Period

    years = [Period.year(2023 + n, "calendar") for n in range(8)]
    for last, reference in product((3, 6, 7), REFERENCES):
        target = Target(
            id="t",
            measure="m",
            aim=Improve(Margin(percent=10)),
            due=years[last],
            baseline=Baseline(years[0]),
            trajectory=Linear(),
        )
        for gone in range(1, last + 1):
            rule = compile_rule(target, measure, years[gone])
            assert rule is not None
            required = reference - Fraction(gone, last) * abs(reference) / 10
            for figure in crowd([required]):
                expected = verdict(Fraction(decimal(figure)), required, True, None, more=False)
                assert rule.verdict(decimal(figure), decimal(reference)) is expected


@pytest.mark.parametrize("reference", [-7, -3, 0, 3, 8])
@pytest.mark.parametrize("sign", [1, -1])
def test_an_edge_in_floats_runs_beside_its_line_on_both_sides_of_the_hinge(reference: int, sign: int) -> None:
    line = Line(Decimal(5), Decimal(2), weight_below=Decimal(-4), hinge=Decimal(sign * 3))
    edge = FloatEdge.along(line, Decimal("0.5"))
    above = edge.constant + edge.weight * reference
    below = edge.constant_below + edge.weight_below * reference
    assert (above if reference >= sign * 3 else below) == float(line.at(Decimal(reference))) + 0.5
