"""What must hold between fields: in an object, in the columns of any engine, and in a JSON Schema."""

from collections.abc import Callable
from itertools import product
from operator import gt, le
from typing import Any

import pytest

from outcome_bees import Observation
from outcome_bees.errors import InvalidValueError
from outcome_bees.model.constraints import (
    CONSTRAINTS,
    NUMBERS,
    Check,
    Invariant,
    broken_invariants,
    field_keywords,
    object_keywords,
    object_rules,
    unknown_words,
    violations,
)


def observed(**fields: Any) -> Observation:
    given: dict[str, Any] = {"measure": "m", "period": "CY2024", "area": "E10000015", "value": 5}
    return Observation(**given | fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"denominator": "0.5"},
        {"lower": 1},
        {"upper": 1},
        {"lower": 1, "upper": 1},
        {"lower": "0.9", "upper": 1},
        {"value": None, "absence": "suppressed", "unit": "score out of 5"},
        {"value": 5, "unit": "score out of 5"},
        {"value": 6, "unit": "score"},
    ],
)
def test_what_is_just_within_a_constraint_is_an_observation(fields: dict[str, Any]) -> None:
    assert observed(**fields).measure == "m"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"absence": "low"}, "Observation: given both; allowed: exactly one of value and absence"),
        ({"value": None}, "Observation: given neither; allowed: exactly one of value and absence"),
        ({"denominator": 0}, "Observation.denominator: given Decimal('0'); allowed: a number above zero"),
        ({"denominator": -1}, "Observation.denominator: given Decimal('-1'); allowed: a number above zero"),
        ({"lower": 2, "upper": 1}, "Observation.lower: given Decimal('2'); allowed: a number not above upper, 1"),
        (
            {"value": 6, "unit": "score out of 5"},
            "Observation.value: given Decimal('6'); allowed: 0 to 5, for it is a score out of 5",
        ),
    ],
)
def test_what_is_beyond_one_is_refused_with_the_field(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        observed(**fields)
    assert str(caught.value).removesuffix(ZERO) == message


ZERO = " (say why a figure is absent, such as 'suppressed'; zero is a figure)"


class Cells:
    """A column of truth values or numbers, as an engine would have it."""

    def __init__(self, *cells: Any) -> None:
        self.cells = cells

    def _with(self, other: Any, work: Callable[[Any, Any], Any]) -> "Cells":
        others = other.cells if isinstance(other, Cells) else (other,) * len(self.cells)
        pairs = zip(self.cells, others, strict=True)
        return Cells(*(None not in (one, two) and work(one, two) for one, two in pairs))

    def __and__(self, other: "Cells") -> "Cells":
        return self._with(other, lambda one, two: one and two)

    def __invert__(self) -> "Cells":
        return Cells(*(not each for each in self.cells))

    def __gt__(self, other: Any) -> "Cells":
        return self._with(other, gt)

    def __le__(self, other: Any) -> "Cells":
        return self._with(other, le)

    def abs(self) -> "Cells":
        return Cells(*(None if each is None else abs(each) for each in self.cells))


FILLINGS: dict[str, tuple[Any, ...]] = {
    "value": (None, 0, 5),
    "absence": (None, "low"),
    "denominator": (None, -1, 0, 0.5, 2),
    "lower": (None, 1, 2, 3),
    "upper": (None, 2),
}
ROWS = [dict(zip(FILLINGS, cells, strict=True)) for cells in product(*FILLINGS.values())]


def broken_in(columns: tuple[str, ...], rows: list[dict[str, Any]]) -> list[tuple[str, str, tuple[bool, ...]]]:
    filled = {name: Cells(*(row[name] is not None for row in rows)) for name in columns}
    number = {name: Cells(*(row[name] for row in rows)) for name in columns if name in NUMBERS}
    return [(each.id, given, broken.cells) for each, given, broken in violations(filled, number, infinite_from=100)]


def test_columns_break_the_constraints_that_an_object_made_of_their_row_breaks() -> None:
    found = broken_in(tuple(FILLINGS), ROWS)
    for at, row in enumerate(ROWS):
        columns = [rule.fields for rule in object_rules()[:-1] if rule.refusal(Row(row)) is not None]
        ids = [each.id for each in CONSTRAINTS if each.columns in columns and each.check is not Check.FINITE]
        assert sorted({id for id, _, broken in found if broken[at]}) == sorted(ids)


class Row:
    def __init__(self, fields: dict[str, Any]) -> None:
        vars(self).update(fields)


def test_what_is_wrong_with_a_column_is_in_words_and_what_is_missing_comes_last() -> None:
    assert [(id, given) for id, given, _ in broken_in(tuple(FILLINGS), ROWS)] == [
        ("value_or_absence", "a value and an absence"),
        ("denominator_above_zero", "a denominator that is not above zero"),
        ("limits_in_order", "a number in lower above that in upper"),
        *((f"{name}_finite", "an infinity") for name in ("value", "denominator", "lower", "upper")),
        ("value_or_absence", "neither"),
    ]


@pytest.mark.parametrize(
    ("columns", "ids"),
    [
        (("value",), ["value_finite", "value_or_absence"]),
        (("absence",), ["value_or_absence"]),
        (("value", "lower"), ["value_finite", "lower_finite", "value_or_absence"]),
        (("value", "upper"), ["value_finite", "upper_finite", "value_or_absence"]),
        (
            ("value", "denominator"),
            ["denominator_above_zero", "value_finite", "denominator_finite", "value_or_absence"],
        ),
    ],
)
def test_of_a_table_with_few_columns_only_those_are_checked(columns: tuple[str, ...], ids: list[str]) -> None:
    assert [id for id, _, _ in broken_in(columns, ROWS)] == ids
    (id, given, broken) = broken_in(columns, ROWS)[-1]
    assert (id, given) == ("value_or_absence", "neither")
    assert broken == tuple(all(row[name] is None for name in {"value", "absence"} & {*columns}) for row in ROWS)


def test_a_number_beyond_the_bound_is_an_infinity_on_either_side() -> None:
    rows = [{"value": each} for each in (100, 100.1, -100, -100.1, None)]
    assert broken_in(("value",), rows)[0] == ("value_finite", "an infinity", (False, True, False, True, False))
    (number,) = [{"value": Cells(1.7e308, 1.8e308)}]
    (first, *_) = violations({"value": Cells(True, True)}, number)
    assert first[2].cells == (False, True)


def test_the_first_text_that_is_no_word_of_its_list_is_refused() -> None:
    assert unknown_words("absence", ["low", None, "", "suppressed"]) is None
    error = unknown_words("absence", ["low", "hidden", "secret"])
    assert error is not None
    assert str(error).startswith("column 'absence': given 'hidden'; allowed: 'suppressed', 'not_available'")
    assert unknown_words("revision", ["low"]) is not None
    assert unknown_words("value", ["hidden"]) is None


def test_a_schema_has_the_keywords_of_what_it_can_express() -> None:
    there = {"not": {"type": "null"}}
    assert object_keywords() == {
        "oneOf": [
            {"required": ["value"], "properties": {"value": there}},
            {"required": ["absence"], "properties": {"absence": there}},
        ]
    }
    keywords = {name: found for name in FILLINGS if (found := field_keywords(name))}
    assert keywords == {"denominator": {"exclusiveMinimum": 0}}


def test_what_looks_at_a_field_that_could_not_be_read_is_not_checked() -> None:
    refused = InvalidValueError("x", 1, "2")

    class Whole:
        RULES = (
            Invariant(("one", "two"), lambda _: refused),
            Invariant(("three",), lambda _: refused),
            Invariant(("four",), lambda _: None),
        )

    found = {unread: len([*broken_invariants(Whole(), unread)]) for unread in [(), ("one",), ("two",), ("three",)]}
    assert found == {(): 2, ("one",): 1, ("two",): 1, ("three",): 1}
    assert [*broken_invariants(object(), ())] == []


def test_each_constraint_is_one_of_the_sorts_that_are_checked() -> None:
    assert {each.check for each in CONSTRAINTS} == {*Check}
