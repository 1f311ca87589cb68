"""Names of columns that a caller gives, and what is refused before any row is read."""

from typing import Any

import pytest

from outcome_bees import frames
from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.frames.contract import check_names, column_names

THERE = ["measure", "period", "area", "value", "district", "ward"]


def test_names_of_columns_may_come_in_any_iterable() -> None:
    assert column_names(["area", "ward"], "by") == column_names(iter(["area", "ward"]), "by") == ("area", "ward")
    assert column_names((), "by") == ()


@pytest.mark.parametrize("given", ["area", b"area", 5, None, ["area", 5]])
def test_what_are_no_names_of_columns_is_refused(given: Any) -> None:
    with pytest.raises(InvalidTypeError, match=r"^by: given .*; allowed: names of columns, such as a list of them"):
        column_names(given, "by")


@pytest.mark.parametrize("by", ["area", ["district"], ["area", "area"], ["area", "value"], ["area", "status"]])
def test_figures_are_divided_by_area_and_further_columns_of_the_callers(by: Any) -> None:
    with pytest.raises(InvalidValueError, match=r"^by: given .*; allowed: column names, each once: 'area' and any"):
        check_names([*THERE, "status"], by)


@pytest.mark.parametrize("by", [["area"], ["area", "district"], ["ward", "area", "district"]])
def test_figures_may_be_divided_by_columns_that_are_there(by: list[str]) -> None:
    check_names(THERE, by)


@pytest.mark.parametrize("missing", ["measure", "period", "area", "value", "district"])
def test_a_column_that_is_missing_is_named(missing: str) -> None:
    with pytest.raises(InvalidValueError, match=rf"allowed: a frame with a column '{missing}'"):
        check_names([each for each in THERE if each != missing], ["area", "district"])


def test_the_room_lists_the_names_that_it_promises() -> None:
    assert dir(frames) == sorted(frames.__all__)
