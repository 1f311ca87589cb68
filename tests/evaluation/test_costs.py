"""What is worked out once is the same as if it were worked out each time, and is worked out once."""

import copy
import pickle
from collections.abc import Callable
from datetime import date
from decimal import Decimal, localcontext
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from outcome_bees import (
    Baseline,
    Beat,
    Comparator,
    Evaluation,
    Margin,
    Measure,
    Observation,
    Observations,
    Period,
    Policy,
    Rank,
    Reach,
    Target,
    evaluate,
)
from outcome_bees.chance.certainty import certainty_of_figure
from outcome_bees.evaluation.compiled import KEPT_DIGITS, compiled
from outcome_bees.evaluation.policy import FIVE_PER_CENT, STANDARD
from outcome_bees.evaluation.rules import compile_rule
from outcome_bees.exact import CONTEXT
from outcome_bees.serializers.whole import from_tree, to_tree

AS_OF = date(2025, 12, 31)
AREAS = [f"E08{number:06}" for number in range(40)]
VALUES = {area: Decimal(number * 7 % 11) / 2 for number, area in enumerate(AREAS)}
GROUP = Comparator(id="group", title="Group", areas=AREAS[::2], method="median")


def figures() -> Observations:
    return Observations(
        Observation(measure="m", period="CY2024", area=area, value=value) for area, value in VALUES.items()
    )


@pytest.mark.parametrize("direction", ["increase", "decrease"])
@pytest.mark.parametrize("among", [None, "group"])
def test_the_place_of_each_is_one_more_than_there_are_better_ones(direction: str, among: str | None) -> None:
    measure = Measure(id="m", title="M", unit="percent", direction=direction)
    target = Target(id="t", measure="m", aim=Rank(1, 4, among), due="CY2024")
    known = figures()
    for own, value in VALUES.items():
        found = evaluate(target, measure=measure, observations=known, as_of=AS_OF, area=own, comparators=[GROUP])
        others = [VALUES[each] for each in (AREAS if among is None else GROUP.areas) if each != own]
        better = sum(each > value if direction == "increase" else each < value for each in others)
        assert found.required is not None
        assert found.gap is not None
        assert (found.required - found.gap, found.reference) == (better + 1, len(others) + 1)


@pytest.mark.parametrize("aim", [Rank(1, 4), Rank(1, 4, "group"), Beat("group")])
def test_the_others_are_gathered_once_for_all_places(aim: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    gathered: list[Any] = []
    across = Observations.across

    def counted(self: Observations, *given: Any, **named: Any) -> Any:
        gathered.append(given)
        return across(self, *given, **named)

    monkeypatch.setattr(Observations, "across", counted)
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    target = Target(id="t", measure="m", aim=aim, due="CY2024")
    known = figures()
    for area in AREAS:
        evaluate(target, measure=measure, observations=known, as_of=AS_OF, area=area, comparators=[GROUP])
    assert len(gathered) == 1


def test_two_comparators_alike_in_name_are_told_apart() -> None:
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    target = Target(id="t", measure="m", aim=Beat("group"), due="CY2024")
    known = figures()
    found = [
        evaluate(target, measure=measure, observations=known, as_of=AS_OF, area=AREAS[0], comparators=[each]).reference
        for each in (Comparator(id="group", title="Group", areas=[area]) for area in AREAS)
    ]
    assert found == list(VALUES.values())


MEASURE = Measure(id="m", title="M", unit="percent", direction="increase")
TARGET = Target(id="t", measure="m", aim=Reach("45.2"), due="CY2024", baseline=Baseline("CY2023", "30.1"))
FIGURE = Observation(measure="m", period="CY2024", area="E10000015", value="45.17")
NOT_READ = ("progress", "display_conflict", "explanation")


def answer() -> Evaluation:
    """An evaluation that nobody has read yet: just short of its number, which it seems to meet as it is shown."""
    return evaluate(TARGET, measure=MEASURE, observations=[FIGURE], as_of=AS_OF)


def is_unread(evaluation: Evaluation) -> bool:
    """Whether what is made when it is asked for is still to be made."""

    def is_empty(name: str) -> bool:
        try:
            vars(Evaluation)[name]._slot.__get__(evaluation)
        except AttributeError:
            return True
        return False

    return all(is_empty(name) for name in NOT_READ)


def test_sentence_progress_and_display_are_made_when_they_are_read() -> None:
    found = answer()
    assert is_unread(found)
    assert found.progress == Decimal("0.9980")
    assert found.display_conflict
    assert found.explanation.startswith("45.2% in 2024, where the target was at least 45.2%: missed")
    assert not is_unread(found)
    assert found.explanation is found.explanation


@pytest.mark.parametrize(
    "made_of",
    [
        copy.copy,
        copy.deepcopy,
        evolve,
        lambda found: pickle.loads(pickle.dumps(found)),
    ],
    ids=["copy", "deepcopy", "evolve", "pickle"],
)
def test_an_answer_is_the_same_whether_or_not_it_has_been_read(made_of: Callable[[Evaluation], Evaluation]) -> None:
    read = answer()
    assert read.explanation
    assert answer() == read
    assert hash(answer()) == hash(read)
    other = made_of(answer())
    assert other == read
    assert hash(other) == hash(read)
    assert [getattr(other, name) for name in NOT_READ] == [getattr(read, name) for name in NOT_READ]


def test_what_an_answer_was_made_from_is_not_pickled_with_it() -> None:
    found = answer()
    assert found._judgement is not None
    assert copy.deepcopy(found)._judgement is found._judgement
    again = pickle.loads(pickle.dumps(found))
    assert (again._judgement, again._inputs) == (None, None)
    assert again.explanation == found.explanation


def test_the_interval_of_a_figure_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def counted(*given: Any) -> Any:
        asked.append(given)
        return certainty_of_figure(*given)

    monkeypatch.setattr("outcome_bees.chance.certainty.certainty_of_figure", counted)
    figure = evolve(FIGURE, numerator=4517, denominator=10_000)
    clear = Policy(id="clear", near_within=Margin(amount=5), met_only_if_clear=True)
    found = evaluate(evolve(TARGET, aim=Reach(45)), measure=MEASURE, observations=[figure], as_of=AS_OF, policy=clear)
    assert (found.verdict, found.certainty, found.certainty_reason) == ("near", "within_chance", None)
    assert "within chance" in found.explanation
    assert len(asked) == 1


def test_an_answer_with_another_sentence_is_another_answer() -> None:
    assert evolve(answer(), explanation="…") != answer()


def test_what_is_made_later_does_not_depend_on_who_asks() -> None:
    read, unread = answer(), answer()
    assert read.explanation
    with localcontext(prec=1):
        assert (unread.progress, unread.display_conflict, unread.explanation) == (
            read.progress,
            read.display_conflict,
            read.explanation,
        )


def test_a_rule_is_kept_with_its_target_and_never_given_to_one_that_is_merely_equal() -> None:
    plain, precise = (Target(id="t", measure="m", aim=Reach(each), due="CY2024") for each in ("95", "95.0"))
    assert plain == precise
    first, second = compile_rule(plain, MEASURE, None), compile_rule(precise, MEASURE, None)
    assert first is compile_rule(plain, MEASURE, FIGURE.period)
    assert [str(rule.bounds[0].line.constant) for rule in (first, second) if rule] == ["95", "95.0"]


def test_what_a_target_asks_is_worked_out_once_for_each_policy_and_never_for_one_that_is_merely_equal() -> None:
    plain, precise = (Target(id="t", measure="m", aim=Reach(each), due="CY2024") for each in ("95", "95.0"))
    first = compiled(plain, MEASURE, STANDARD)
    assert compiled(plain, MEASURE, STANDARD) is first
    assert first.due_rule() is first.rule_of(FIGURE.period)
    assert compiled(precise, MEASURE, STANDARD) is not first
    assert compiled(plain, MEASURE, FIVE_PER_CENT) is not first
    assert first.role_of(FIGURE.period) is first.role_of(FIGURE.period)


def test_equal_periods_that_are_two_objects_are_the_same_to_a_target() -> None:
    wanted = compiled(TARGET, MEASURE, STANDARD)
    one, other = (wanted.role_of(Period.year(2024, "calendar")) for _ in range(2))
    assert one is not other
    assert one.closes
    assert one == other


@given(st.decimals(-(10**12), 10**12, allow_nan=False, places=None), st.integers(0, 9))
def test_a_computed_number_keeps_six_digits_more_than_are_published_and_no_zeros_that_nobody_published(
    number: Decimal, digits: int
) -> None:
    measure = Measure(id="m", title="M", unit="percent", decimals=digits)
    with localcontext(CONTEXT):
        tidied = compiled(None, measure, STANDARD).tidied(number)
        assert abs(tidied - number) <= Decimal(5).scaleb(-digits - KEPT_DIGITS - 1)
    exponent, given_exponent = tidied.as_tuple().exponent, number.as_tuple().exponent
    assert isinstance(exponent, int)
    assert isinstance(given_exponent, int)
    if given_exponent >= -digits - KEPT_DIGITS:
        assert str(tidied) == str(number if number else abs(number))
    else:
        assert -digits - KEPT_DIGITS <= exponent <= -digits
        assert exponent == -digits or tidied.normalize().as_tuple().exponent == exponent


def test_a_rule_is_compiled_exactly_whoever_asks_first() -> None:
    target = Target(id="t", measure="m", aim=Reach("45.175"), due="CY2024", tolerance=Margin(amount="0.0005"))
    with localcontext(prec=2):
        found = compile_rule(target, MEASURE, None)
    assert found is not None
    assert [cut.line.constant for cut in found.scale.cuts] == [Decimal("45.1745"), Decimal("45.175")]


def test_a_written_answer_is_the_same_whether_or_not_it_has_been_read() -> None:
    read = answer()
    assert read.explanation
    tree = to_tree([answer()])
    assert tree == to_tree([read])
    assert from_tree(tree, Evaluation) == (read,)
