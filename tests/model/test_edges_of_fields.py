"""The last value that the model reads and the first that it does not: each a mutant that survived before."""

import itertools
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from outcome_bees import (
    Baseline,
    Linear,
    Measure,
    Observation,
    Observations,
    Plan,
    Rank,
    Reach,
    Revision,
    Target,
    Unit,
)
from outcome_bees.errors import AmbiguousObservationError, InvalidTypeError, InvalidValueError, PlanError
from outcome_bees.model.bees import bee_id
from outcome_bees.model.fields import brief, day
from outcome_bees.model.plausibility import implausible_figures
from outcome_bees.periods import Period

DEEPEST = 20


def nested(depth: int, wrap: Any) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = wrap(value)
    return value


@pytest.mark.parametrize("wrap", [lambda each: [each], lambda each: (each,), lambda each: {"a": each}])
def test_an_extension_is_twenty_deep_at_most(wrap: Any) -> None:
    kept = Plan(id="p", title="P", extensions={"x-deep": nested(DEEPEST, wrap)}).extensions["x-deep"]
    for _ in range(DEEPEST):
        kept = kept["a"] if "a" in kept else kept[0]
    assert kept == 1
    with pytest.raises(InvalidTypeError, match="20 deep at most"):
        Plan(id="p", title="P", extensions={"x-deep": nested(DEEPEST + 1, wrap)})


def test_an_extension_of_lists_and_mappings_counts_both() -> None:
    both = nested(DEEPEST // 2, lambda each: {"a": [each]})
    assert Plan(id="p", title="P", extensions={"x-deep": both}).extensions
    with pytest.raises(InvalidTypeError):
        Plan(id="p", title="P", extensions={"x-deep": [both]})


@pytest.mark.parametrize("given", [5, 20240101, None, ("2024",), date])
def test_a_day_is_a_date_or_its_text(given: Any) -> None:
    with pytest.raises(InvalidTypeError, match="without a time of day"):
        day(given)


def figure(value: Any = 1, **fields: Any) -> Observation:
    return Observation(**{"measure": "m", "period": "CY2024", "area": "E10000015", "value": value} | fields)


SETTLED = [None, *(Revision(each) for each in ("forecast", "provisional", "revised", "final", "withdrawn"))]


@pytest.mark.parametrize(("less", "more"), list(itertools.combinations(SETTLED, 2)))
def test_of_two_figures_known_on_one_day_the_more_settled_holds(less: Revision | None, more: Revision | None) -> None:
    pair = [figure(1, revision=less, recorded="2025-01-31"), figure(2, revision=more, recorded="2025-01-31")]
    for order in (pair, pair[::-1]):
        known = Observations(order).known("m", "E10000015", as_of=date(2025, 12, 31))
        if more is Revision.WITHDRAWN:
            assert known[Period.year(2024, "calendar")].revision is Revision.WITHDRAWN
        elif less is not Revision.FORECAST and more is not Revision.FORECAST:
            assert known[Period.year(2024, "calendar")].value == 2


@pytest.mark.parametrize("revision", SETTLED)
def test_two_figures_equally_settled_and_known_on_one_day_are_refused(revision: Revision | None) -> None:
    pair = [figure(each, revision=revision, recorded="2025-01-31") for each in (1, 2)]
    with pytest.raises(AmbiguousObservationError):
        Observations(pair)


def test_columns_by_their_names_are_no_observations_and_the_message_says_what_takes_them() -> None:
    columns: Any = {"measure": ["m"], "value": [1]}
    others: Any = {"a": 1}
    with pytest.raises(InvalidTypeError, match=r"columns by their names.*frames\.evaluate"):
        Observations(columns)
    with pytest.raises(InvalidTypeError) as other:
        Observations(others)
    assert "frames" not in str(other.value)


def test_where_a_figure_was_read_from_is_found_in_the_collection_that_it_came_with() -> None:
    one, two, three = (figure(each, period=f"CY202{each}") for each in (1, 2, 3))
    read = Observations.read_from([two, three], lambda number: ("file", number))  # type: ignore[arg-type, return-value]
    whole = Observations.combined(Observations([one]), read)
    assert [whole.origin_of(each) for each in (one, two, three)] == [None, ("file", 0), ("file", 1)]
    assert [read.origin_of(each) for each in (two, three)] == [("file", 0), ("file", 1)]
    assert whole.origin_of(figure(9)) is None


def implausible(unit: str | None, figures: list[Observation], **fields: Any) -> list[str]:
    goal = fields.pop("goal", None)
    measure = Measure(**{"id": "m", "title": "M", "unit": unit, "direction": "increase"} | fields)
    targets = [] if goal is None else [Target(id="t", measure="m", aim=Reach(goal), due="CY2025")]
    plan = Plan(id="p", title="P", measures=[measure], targets=targets)
    return [each.message for each in implausible_figures(figures, plan)]


@pytest.mark.parametrize(("value", "found"), [("1", False), ("1.01", True), ("2", True), ("3", True)])
def test_fractions_above_one_look_like_percentages(value: str, found: bool) -> None:
    messages = implausible("fraction", [figure(value)])
    assert any("above 1 in a measure of a fraction" in each for each in messages) is found


@pytest.mark.parametrize(
    ("unit", "value", "numerator", "denominator", "times"),
    [
        ("percent", 50, 1, 2, None),
        ("percent", 5, 1, 2, "1/10 of"),
        ("percent", "0.5", 1, 2, "1/100 of"),
        ("fraction", "0.5", 1, 2, None),
        ("fraction", "0.05", 1, 2, "1/10 of"),
        ("per_1000", 50, 1, 2, "1/10 of"),
        ("percent", 5, 1, None, None),
        ("percent", 5, None, 2, None),
        ("percent", 5, 0, 2, None),
        ("percent", 0, 1, 2, None),
    ],
)
def test_a_figure_is_held_against_what_its_numerator_and_denominator_give(
    unit: str, value: Any, numerator: Any, denominator: Any, times: str | None
) -> None:
    messages = implausible(unit, [figure(value, numerator=numerator, denominator=denominator)])
    found = [each for each in messages if "give in" in each]
    assert (times is None) == (not found)
    assert times is None or times in found[0]


def test_a_figure_with_a_unit_of_a_measure_without_one_is_left_as_it_is() -> None:
    assert implausible(None, [figure(5, unit="day")], kind="score", goal=4) == []


def test_a_breakdown_that_was_read_is_read_again_as_itself() -> None:
    read = figure(breakdown={"sex": "girls", "age": "5"}).breakdown
    assert figure(breakdown=read).breakdown == read == {"age": "5", "sex": "girls"}
    assert list(read) == ["age", "sex"]


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Be Safe", "be-safe"),
        ("besafe", "be-safe"),
        ("Bee Safe", "be-safe"),
        ("safe", "be-safe"),
        ("becalm", "be-becalm"),
        ("Be Calm", "be-calm"),
        ("Outcome Bee: Be Ambitious", "be-ambitious"),
        ("Best", "be-best"),
    ],
)
def test_a_bee_is_known_by_its_name_however_that_is_written(name: str, id: str) -> None:
    assert bee_id(name) == id


@pytest.mark.parametrize("given", [5, None, b"Be Safe"])
def test_the_name_of_a_bee_is_a_text(given: Any) -> None:
    with pytest.raises(InvalidTypeError, match="allowed: the name of a bee, such as 'Be Safe'"):
        bee_id(given)


@pytest.mark.parametrize("given", [{}, {"baseline": Baseline("CY2020", 1)}, {"due": "CY2025"}])
def test_a_line_needs_both_its_ends(given: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError, match="both a baseline and a due period"):
        Target(id="t", measure="m", aim=Reach(5), trajectory=Linear(), **given)


@pytest.mark.parametrize("due", ["CY2020", "CY2019", "2020-12-31"])
def test_a_line_begins_before_it_ends(due: str) -> None:
    with pytest.raises(InvalidValueError, match="a period before"):
        Target(id="t", measure="m", aim=Reach(5), trajectory=Linear(), baseline=Baseline("CY2020", 1), due=due)


def test_numbers_are_worked_out_to_eighty_digits() -> None:
    third = Unit("month").convert(Decimal(4), Unit("year"))
    assert str(third) == "0." + "3" * 80
    assert str(Unit("month").convert(Decimal(8), Unit("year"))) == "0." + "6" * 79 + "7"


@pytest.mark.parametrize(("count", "more"), [(2, False), (10, False), (11, True)])
def test_of_many_places_ten_are_named_and_that_there_are_more_is_said(count: int, more: bool) -> None:
    places = [f"E100000{number}" for number in range(10, 10 + count)]
    measure = Measure(id="m", title="M", unit="percent", direction="increase")
    with pytest.raises(InvalidValueError) as caught:
        Observations([figure(area=each) for each in places]).series(measure, as_of=date(2025, 12, 31))
    assert caught.value.allowed == f"one of {', '.join(places[:10])}{' …' if more else ''}"


@pytest.mark.parametrize("code", ["day", "percent", "count of boxes", "per_1000", "day/person"])
def test_one_of_a_unit_is_one_of_itself(code: str) -> None:
    assert Unit(code).factor(Unit(code)) == 1


def test_of_many_ids_that_lead_nowhere_fifty_are_held_against_those_there_are() -> None:
    measures = [Measure(id="turnover", title="T", unit="percent", direction="increase")]
    targets = [Target(id=f"t{number}", measure="turnovr", aim=Reach(1)) for number in range(51)]
    with pytest.raises(PlanError) as caught:
        Plan(id="p", title="P", measures=measures, targets=targets)
    hints = ["did you mean 'turnover'" in each.message for each in caught.value.problems]
    assert hints == [True] * 50 + [False]


@pytest.mark.parametrize("given", [True, False, "1", 1.0, Decimal(1)])
def test_decimals_are_a_whole_number(given: Any) -> None:
    with pytest.raises(InvalidTypeError, match="decimals"):
        Measure(id="m", title="M", unit="percent", decimals=given)


@pytest.mark.parametrize("given", [0, 1, 9, None])
def test_decimals_may_be_none_or_few(given: int | None) -> None:
    assert Measure(id="m", title="M", unit="percent", decimals=given).decimals == given


@pytest.mark.parametrize("given", [-1, 10])
def test_decimals_are_at_most_nine(given: int) -> None:
    with pytest.raises(InvalidValueError, match=r"decimals: .* from 0 to 9"):
        Measure(id="m", title="M", unit="percent", decimals=given)


def test_a_text_has_at_most_twenty_thousand_characters_wherever_it_stands() -> None:
    longest = "a" * 20_000
    assert Measure(id="m", title=longest, unit="percent").title == longest
    assert Measure(id="m", title="M", unit="percent", extensions={"x-a": longest}).extensions["x-a"] == longest
    with pytest.raises(InvalidValueError):
        Measure(id="m", title=longest + "a", unit="percent")
    with pytest.raises(InvalidValueError):
        Measure(id="m", title="M", unit="percent", extensions={"x-a": longest + "a"})


def test_a_traceback_shows_sixty_letters_of_a_title_and_of_a_longer_one_whole_words() -> None:
    assert brief("Priority", "p", "a" * 60) == f"<Priority p: {'a' * 60}>"
    assert brief("Priority", "p", f"{'a' * 50} {'b' * 9}") == f"<Priority p: {'a' * 50} {'b' * 9}>"
    assert brief("Priority", "p", f"{'a' * 50} {'b' * 10}") == f"<Priority p: {'a' * 50}…>"
    assert brief("Priority", "p", f"{'a' * 50} {'b' * 8} {'c' * 9}") == f"<Priority p: {'a' * 50}…>"
    assert brief("Priority", "p", f"{'a' * 50} {'b' * 7} {'c' * 9}") == f"<Priority p: {'a' * 50} {'b' * 7}…>"


def test_an_object_is_written_as_the_call_that_makes_it_without_what_is_at_its_default() -> None:
    figure = Observation(measure="m", period="CY2024", area="E1", value="1.50", breakdown={"sex": "girls"})
    assert repr(figure) == (
        "Observation(measure='m', period='CY2024', area='E1', value='1.50', breakdown={'sex': 'girls'})"
    )
    assert eval(repr(figure), {"Observation": Observation}) == figure


def test_a_rank_is_among_at_most_a_thousand() -> None:
    assert (Rank(best=1, of=1000).of, Rank(best=999, of=1000).best) == (1000, 999)
    for best, of in ((1, 1001), (0, 4), (1001, 1001)):
        with pytest.raises(InvalidValueError, match="from 1 to 1,000"):
            Rank(best=best, of=of)
    with pytest.raises(InvalidTypeError, match="a whole number from 1"):
        Rank(best=True, of=4)


def test_a_day_in_a_field_of_one_s_own_is_kept_as_its_text_and_a_time_is_refused() -> None:
    kept = Measure(id="m", title="M", unit="percent", extensions={"x-a": date(2025, 1, 2), "x-b": [True, 1]})
    assert dict(kept.extensions) == {"x-a": "2025-01-02", "x-b": (True, 1)}
    with pytest.raises(InvalidTypeError, match=r"Measure\.extensions: given datetime"):
        Measure(id="m", title="M", unit="percent", extensions={"x-a": datetime(2025, 1, 2)})


def test_figures_given_in_several_lists_are_all_there() -> None:
    one, other = (Observation(measure="m", period=f"CY{year}", area="E1", value=1) for year in (2023, 2024))
    assert [*Observations.of([one], [other])] == [one, other]
    assert [*Observations.of([one])] == [one]
