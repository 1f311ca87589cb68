"""Which figures of a frame were known on a day: checked, converted, and one of each series and period."""

from collections.abc import Callable
from datetime import date
from itertools import product
from math import inf, nextafter
from typing import Any
from unittest import mock

import pytest

from outcome_bees import Measure, Plan, Reach, Target, frames
from outcome_bees.errors import AmbiguousObservationError, InvalidTypeError, InvalidValueError, UnitMismatchError
from outcome_bees.frames import backend, known as room
from outcome_bees.frames._outcome_codes import NO_REASON, REASONS
from outcome_bees.frames.backend import Backend
from outcome_bees.frames.known import KnownObservations, Question, known_observations
from outcome_bees.vocabulary import Reason

AS_OF = date(2025, 6, 1)
MEASURES = [
    Measure(id="m", title="M", unit="percent", direction="increase"),
    Measure(id="n", title="N", unit="count", direction="increase"),
]
YEAR, NEXT = "FY2024-25", "FY2025-26"
BASE: dict[str, list[Any]] = {
    "measure": ["m", "m", "n", "x"],
    "period": [YEAR, NEXT, "CY2024", "no period"],
    "area": ["E1", "E1", "E2", "E3"],
    "value": [1.0, 2.0, 3.0, 4.0],
}
ENGINES: dict[str, Callable[[dict[str, list[Any]]], Any]] = {
    "polars": lambda columns: pytest.importorskip("polars").DataFrame(columns, strict=False),
    "pyarrow alone": lambda columns: pytest.importorskip("pyarrow").table(columns),
}
EACH = pytest.mark.parametrize("engine", ENGINES)
Held = tuple[KnownObservations, list[dict[str, Any]]]


def of_one(**columns: list[Any]) -> dict[str, list[Any]]:
    """Figures of one series, with some columns otherwise."""
    rows = max(map(len, columns.values()))
    one: dict[str, list[Any]] = {"measure": ["m"], "period": [YEAR], "area": ["E1"], "value": [1.0]}
    return {**{name: cells * rows for name, cells in one.items()}, **columns}


def known(engine: str, columns: dict[str, list[Any]], *, looked_later: bool | None = None, **asked: Any) -> Held:
    """What was known, and its rows with texts in the place of their numbers."""
    with mock.patch.object(backend, "_engine_for", return_value="polars" if engine == "polars" else None):
        made = Backend(ENGINES[engine](columns), Question(MEASURES, frozenset(), ("area",), AS_OF).kinds)
    settings = {"measures": MEASURES, "parts": frozenset(), "by": ("area",), "as_of": AS_OF, **asked}
    put_off = {} if looked_later is None else {"looked_later": looked_later}
    found = known_observations(made, Question(**settings), **put_off)
    rows = []
    for cells in made.rows(found.frame):
        for name, coding in (("series code", found.coding), ("place code", found.places)):
            if coding is not None:
                texts = list(product(*coding.places.values()))
                cells |= dict(zip(coding.places, texts[cells.pop(name)], strict=True))
        if cells["measure"] != "x":  # where texts have no numbers, the joins that follow leave other measures aside
            rows.append({name: None if cell != cell else cell for name, cell in cells.items()})
    return found, sorted(rows, key=lambda row: (row["measure"], row["period"], row["area"]))


def values(held: Held) -> list[tuple[Any, ...]]:
    return [(row["measure"], row["period"], row["area"], row["value"]) for row in held[1]]


def periods(held: Held) -> dict[tuple[str, tuple[str, ...]], list[str]]:
    return {series: [each.code for each in found] for series, found in held[0].seen.items()}


@EACH
def test_figures_of_the_plans_measures_are_kept_and_those_that_are_not_over_are_left_aside(engine: str) -> None:
    held = known(engine, BASE)
    found = held[0]
    assert values(held)[:1] + values(held)[-1:] == [("m", YEAR, "E1", 1.0), ("n", "CY2024", "E2", 3.0)]
    assert (periods(held), found.later) == ({("m", ()): [YEAR], ("n", ()): ["CY2024"]}, {("m", ()): (NEXT,)})
    assert (found.parts, found.by, sorted(found.areas), found.look) == ((), ("area",), ["E1", "E2", "E3"], None)


@EACH
def test_a_period_that_ends_on_the_day_is_over(engine: str) -> None:
    columns = of_one(period=["2025-06-01", "2025-06-02"])
    held = known(engine, columns)
    assert (periods(held), held[0].later) == ({("m", ()): ["2025-06-01"]}, {("m", ()): ("2025-06-02",)})


@EACH
def test_where_a_row_has_its_day_that_says_whether_it_was_known(engine: str) -> None:
    days = [None, date(2025, 6, 1), date(2025, 6, 2), date(2025, 5, 31)]
    columns = of_one(period=[YEAR, NEXT, "CY2023", "CY2022"], value=[1.0, 2.0, 3.0, 4.0], recorded=days)
    held = known(engine, columns)
    assert values(held) == [("m", "CY2022", "E1", 4.0), ("m", YEAR, "E1", 1.0), ("m", NEXT, "E1", 2.0)]
    assert (set(periods(held)["m", ()]), held[0].later) == ({YEAR, NEXT, "CY2023", "CY2022"}, {})


@EACH
def test_the_same_places_are_there_whether_or_not_rows_have_days_and_units(engine: str) -> None:
    for further in (
        {"recorded": [date(2025, 5, 1)] * 4},
        {"unit": ["fraction", "percent", None, None]},
        {"revision": ["final"] * 4},
    ):
        held = known(engine, {**BASE, **further})
        assert sorted(held[0].areas) == ["E1", "E2", "E3"]


@EACH
def test_texts_of_a_part_are_texts_and_nothing_is_everybody(engine: str) -> None:
    held = known(engine, {**BASE, "sex": ["girls", None, "", "x"]}, parts=frozenset({"sex", "colour"}))
    assert held[0].parts == ("column: sex",)
    assert periods(held) == {("m", ("girls",)): [YEAR], ("n", ("",)): ["CY2024"]}
    assert held[0].later == {("m", ("",)): (NEXT,)}
    parts = {(row["measure"], row["period"]): row["column: sex"] for row in held[1]}
    assert (parts["m", YEAR], parts["n", "CY2024"]) == ("girls", "")


@EACH
def test_what_divides_figures_is_no_part_of_them(engine: str) -> None:
    held = known(engine, {**BASE, "sex": ["a", "b", "c", "d"]}, parts=frozenset({"sex"}), by=("area", "sex"))
    assert (held[0].parts, held[0].by) == ((), ("area", "column: sex"))
    assert [row["column: sex"] for row in held[1] if row["period"] != NEXT] == ["a", "c"]


@EACH
def test_a_figure_that_is_absent_has_its_reason(engine: str) -> None:
    columns = of_one(
        period=[YEAR, "CY2020", "CY2021", "CY2022", "CY2023"],
        value=[1.0, None, None, 7.0, None],
        absence=[None, "low", None, None, "suppressed"],
        revision=[None, None, None, "withdrawn", None],
    )
    found = {row["period"]: (row["value"], row["absent"]) for row in known(engine, columns)[1]}
    assert found == {
        YEAR: (1.0, NO_REASON),
        "CY2020": (None, REASONS[Reason.LOW]),
        "CY2021": (None, REASONS[Reason.NOT_AVAILABLE]),
        "CY2022": (None, REASONS[Reason.NOT_AVAILABLE]),
        "CY2023": (None, REASONS[Reason.SUPPRESSED]),
    }
    for further in ({"revision": ["final"]}, {"absence": [""]}):
        assert "absent" not in known(engine, of_one(**further))[1][0]
    (low,) = known(engine, of_one(value=[None], absence=["low"]))[1]
    assert (low["value"], low["absent"]) == (None, REASONS[Reason.LOW])
    (gone,) = known(engine, of_one(revision=["withdrawn"]))[1]
    assert (gone["value"], gone["absent"]) == (None, REASONS[Reason.NOT_AVAILABLE])


@EACH
def test_a_forecast_is_neither_a_figure_nor_of_a_period_that_is_seen(engine: str) -> None:
    columns = of_one(period=[YEAR, NEXT, "CY2023"], revision=["final", "forecast", "forecast"])
    held = known(engine, columns)
    assert (values(held), periods(held)) == ([("m", YEAR, "E1", 1.0)], {("m", ()): [YEAR]})
    assert held[0].later == {}
    beside = of_one(value=[1.0, 2.0], revision=[None, "forecast"])
    assert values(known(engine, beside)) == [("m", YEAR, "E1", 1.0)]


@EACH
def test_of_several_revisions_the_most_settled_is_known(engine: str) -> None:
    columns = of_one(revision=["provisional", "final", "revised", None], value=[1.0, 2.0, 3.0, 4.0])
    assert values(known(engine, columns)) == [("m", YEAR, "E1", 2.0)]
    single = of_one(period=[YEAR, NEXT], revision=["provisional", "final"])  # nothing to choose, and no days
    assert known(engine, single)[0].later == {("m", ()): (NEXT,)}


@EACH
def test_units_are_converted_each_by_its_own_factor(engine: str) -> None:
    columns = of_one(
        period=[YEAR, "CY2023", "CY2022"],
        value=[0.57, 57.0, None],
        lower=[0.551, 55.1, None],
        upper=[0.6, 60.0, None],
        unit=["fraction", "percent", None],
    )
    held = known(engine, columns, evidence=True, carried=("unit",))
    assert {
        row["period"]: tuple(row[name] for name in ("value", "published_low", "published_high", "unit"))
        for row in held[1]
    } == {
        YEAR: (57.0, 55.1, 60.0, "fraction"),
        "CY2023": (57.0, 55.1, 60.0, "percent"),
        "CY2022": (None, None, None, ""),
    }
    with pytest.raises(UnitMismatchError):
        known(engine, of_one(unit=["GBP"]))


def test_what_is_smaller_in_the_unit_of_its_measure_may_be_large_in_its_own() -> None:
    spent = [Measure(id="m", title="M", unit="GBP_million", direction="decrease")]
    held = known("polars", of_one(value=[2_500_000_000.0], unit=["GBP"]), measures=spent)
    assert values(held) == [("m", YEAR, "E1", 2500.0)]


def test_a_converted_number_has_nine_decimals_more_than_are_published() -> None:
    held = known("polars", of_one(value=[0.001234567898766], unit=["fraction"]))
    assert values(held) == [("m", YEAR, "E1", 0.1234567899)]


def test_a_unit_of_figures_whose_measure_has_none_changes_nothing() -> None:
    told = [Measure(id="m", title="M", kind="narrative")]
    assert values(known("polars", of_one(value=[7.0], unit=["percent"]), measures=told)) == [("m", YEAR, "E1", 7.0)]


@EACH
def test_what_was_carried_is_beside_each_figure(engine: str) -> None:
    columns = of_one(revision=["final"], numerator=[1.0], denominator=[4.0], lower=[0.5], upper=[2.0])
    (plain,) = known(engine, columns)[1]
    assert {*plain} - {"measure"} == {"period", "area", "value", "numerator", "denominator"}
    (row,) = known(engine, columns, evidence=True, carried=("revision", "unit"))[1]
    assert {name: row[name] for name in ("revision", "unit", "numerator", "denominator", "published_low")} == {
        "revision": "final",
        "unit": "",
        "numerator": 1.0,
        "denominator": 4.0,
        "published_low": 0.5,
    }
    assert row["published_high"] == 2.0
    (low,) = known(engine, of_one(lower=[0.5]), evidence=True)[1]
    assert not {"lower", "published_low", "published_high"} & {*low}


REFUSED: dict[str, tuple[dict[str, list[Any]], str]] = {
    "an infinity": (of_one(value=[inf]), f"frame, measure m, {YEAR}: given 'an infinity'; allowed: a finite number"),
    "one below": (of_one(value=[-inf]), f"frame, measure m, {YEAR}: given 'an infinity'; allowed: a finite number"),
    "an interval that is crossed": (
        of_one(lower=[3.0], upper=[2.0]),
        f"measure m, {YEAR}: given 'a number in lower above",
    ),
    "nothing to divide by": (
        of_one(denominator=[0.0]),
        f"measure m, {YEAR}: given 'a denominator that is not above zero'",
    ),
    "a value that is absent": (of_one(absence=["low"]), f"measure m, {YEAR}: given 'a value and an absence'"),
    "no place": (
        of_one(area=[None]),
        f"measure m, {YEAR}: given 'null in a column of by, or in period'; allowed: every column",
    ),
    "no period": (of_one(period=[None]), "measure m, None: given 'null in a column of by, or in period'"),
    "an unknown absence": (of_one(value=[None], absence=["hidden"]), "column 'absence': given 'hidden'"),
    "an unknown revision": (of_one(revision=["hidden"]), "column 'revision': given 'hidden'"),
    "too large a number": (
        of_one(value=[nextafter(0.0001 * 2.0**51, inf)]),
        f"measure m, {YEAR}: given 225179981368.52.*; allowed: numbers up to 2.3e\\+11 where 1 decimals are published",
    ),
    "as large a number as there is": (of_one(value=[1.7e308]), r"given 1.7e\+308; allowed: numbers up to 2.3e\+11"),
    "too large a negative number": (of_one(value=[-3e11]), "given 300000000000.0; allowed: numbers up to"),
    "the largest of several, wherever it is": (
        of_one(period=["CY2022", "CY2023", "CY2024"], value=[1.0, 3e11, 2.0]),
        "CY2023: given 3",
    ),
    "one that is too large once it is converted": (
        of_one(period=["CY2022", "CY2023"], value=[3e9, 1e11], unit=["fraction", "percent"]),
        "CY2022: given 3000000000.0",
    ),
    "a text beside the one that is": (of_one(area=["E1", "E10000015 "]), "column 'area': given 'E10000015 '"),
}


@EACH
@pytest.mark.parametrize("case", REFUSED)
def test_what_is_wrong_in_a_row_is_refused_with_the_series_and_period(engine: str, case: str) -> None:
    columns, message = REFUSED[case]
    with pytest.raises(InvalidValueError, match=message):
        known(engine, columns)


@EACH
def test_the_first_of_two_faults_is_named_by_its_own_words(engine: str) -> None:
    columns = of_one(period=["CY2022", "CY2023"], lower=[3.0, 1.0], upper=[2.0, 2.0], denominator=[1.0, 0.0])
    with pytest.raises(InvalidValueError) as no:
        known(engine, columns)
    assert ("CY2022" in str(no.value)) == ("lower above" in str(no.value))
    assert ("CY2023" in str(no.value)) == ("denominator" in str(no.value))


def test_numbers_as_large_as_floats_hold_apart_are_taken() -> None:
    assert values(known("polars", of_one(value=[0.0001 * 2.0**51]))) == [("m", YEAR, "E1", 0.0001 * 2.0**51)]
    assert values(known("polars", of_one(value=[2e9], unit=["fraction"])))[0][-1] == 2e11


@pytest.mark.parametrize(("unit", "value"), [("score out of 5", 6.0), (None, 6.0), ("score out of 5", -6.0)])
def test_a_score_beyond_its_top_is_refused(unit: str | None, value: float) -> None:
    score = [Measure(id="m", title="M", unit="score out of 5", direction="increase")]
    with pytest.raises(InvalidValueError, match=f"frame, measure m, {YEAR}: given .*6.0.*; allowed: 0 to 5"):
        known("polars", of_one(value=[value], unit=[unit]), measures=score)
    assert values(known("polars", of_one(value=[5.0]), measures=score)) == [("m", YEAR, "E1", 5.0)]


@EACH
def test_rows_of_one_series_and_period_are_refused_with_what_names_them(engine: str) -> None:
    columns = of_one(value=[1.0, 2.0], sex=["girls", "girls"], wave=["one", "one"])
    asked: dict[str, Any] = {"parts": frozenset({"sex"}), "by": ("area", "wave")}
    with pytest.raises(AmbiguousObservationError) as no:
        known(engine, columns, **asked)
    assert str(no.value).startswith(
        f"measure m, period {YEAR}, sex girls, area E1, wave one: two of one series and period"
    )
    assert len(known(engine, columns, distinct_ok=True, **asked)[1]) == 2
    others = {name: [*held, *held[-1:]] for name, held in BASE.items()}  # of a measure that the plan does not have
    assert len(known(engine, others)[1]) == 3
    for name in ("sex", "wave", "area", "period"):
        apart = {**columns, name: ["a", "b"] if name != "period" else [YEAR, "CY2023"]}
        assert len(known(engine, apart, **asked)[1]) == 2


@EACH
def test_of_two_days_neither_is_twice_and_of_one_day_both_are(engine: str) -> None:
    day = date(2025, 5, 1)
    apart = of_one(value=[1.0, 2.0], recorded=[day, date(2025, 5, 2)])
    assert values(known(engine, apart)) == [("m", YEAR, "E1", 2.0)]
    with pytest.raises(AmbiguousObservationError, match=f"^measure m, period {YEAR}, area E1: two"):
        known(engine, of_one(value=[1.0, 2.0], recorded=[day, day]))
    everybody = of_one(value=[1.0, 2.0], sex=[None, ""])
    with pytest.raises(AmbiguousObservationError, match=f"^measure m, period {YEAR}, area E1: two"):
        known(engine, everybody, parts=frozenset({"sex"}))
    settled = of_one(value=[1.0, 2.0], recorded=[day, day], revision=["final", "revised"])
    assert values(known(engine, settled)) == [("m", YEAR, "E1", 1.0)]


@EACH
def test_the_look_for_rows_that_are_alike_may_be_put_off(engine: str) -> None:
    twice = of_one(value=[1.0, 2.0])
    found, _ = known(engine, twice, looked_later=True)
    assert found.look is not None
    with pytest.raises(AmbiguousObservationError):
        found.look()
    for settled in (BASE, {**BASE, "revision": ["final"] * 4}):
        assert known(engine, settled, looked_later=True)[0].look is not None
    for further in ({"recorded": [date(2025, 5, 1)] * 2}, {"revision": ["forecast"] * 2}):
        with pytest.raises(AmbiguousObservationError):  # not where rows will be left aside before the caller looks
            known(engine, {**twice, **further}, looked_later=True)


@pytest.mark.parametrize("most", [0, 1, 2, 5, 6, 100])
def test_texts_are_numbered_as_long_as_there_are_numbers(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_MOST_CODES", most)
    held = known("polars", {**BASE, "wave": ["one", "two", "one", "two"]}, by=("area", "wave"))
    # Six of series, two measures in three periods; six of places, three areas in two waves.
    assert ((held[0].coding is None), (held[0].places is None)) == (most < 6, most < 6)
    assert values(held) == [("m", YEAR, "E1", 1.0), ("m", NEXT, "E1", 2.0), ("n", "CY2024", "E2", 3.0)]
    assert [row["column: wave"] for row in held[1]] == ["one", "two", "one"]
    monkeypatch.setattr(room, "_MOST_CODES", 5)
    few = known(
        "polars", {**of_one(area=["E1", "E2"]), "wave": ["one", "two"], "row": ["a", "b"]}, by=("area", "wave", "row")
    )
    assert (few[0].coding is None, few[0].places is None) == (False, True)  # one of series, eight of places


@pytest.mark.parametrize(("columns", "numbered"), [(31, True), (32, False)])
def test_numbers_of_texts_are_so_few_that_two_have_room_in_one(columns: int, numbered: bool) -> None:
    names = [f"column {at}" for at in range(1, columns)]  # of two texts each
    figures = {**of_one(area=["a", "b"], value=[1.0, 2.0]), **{name: ["a", "b"] for name in ["column 0", *names]}}
    made = Backend(ENGINES["polars"](figures))
    divided = known_observations(made, Question(MEASURES, frozenset(), ("area", *names), AS_OF))
    assert (divided.coding is not None, divided.places is not None) == (True, numbered)
    parts = known_observations(made, Question(MEASURES, frozenset(["column 0", *names]), ("area",), AS_OF))
    assert (parts.coding is not None) == numbered


@pytest.mark.parametrize("most", [2**31, 1, 0])
def test_columns_of_numbers_divide_without_codes(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_MOST_CODES", most)
    held = known("polars", {**of_one(value=[1.0, 2.0]), "wave": [1, 2]}, by=("area", "wave"))
    assert (held[0].coding is None, held[0].places is None) == (most < 1, True)
    assert {row["column: wave"]: row["value"] for row in held[1]} == {1: 1.0, 2: 2.0}


@EACH
def test_the_latest_is_found_in_each_place_by_itself(engine: str) -> None:
    days = [date(2025, 5, day) for day in (1, 2, 3, 4)]
    columns = of_one(area=["E1", "E1", "E2", "E2"], value=[1.0, 2.0, 3.0, 4.0], recorded=days)
    assert values(known(engine, columns)) == [("m", YEAR, "E1", 2.0), ("m", YEAR, "E2", 4.0)]
    held = known(engine, {**columns, "wave": [1, 2, 1, 1]}, by=("area", "wave"))
    assert {(row["area"], row["column: wave"]): row["value"] for row in held[1]} == {
        ("E1", 1): 1.0,
        ("E1", 2): 2.0,
        ("E2", 1): 4.0,
    }


def test_a_place_of_which_only_other_measures_have_figures_has_its_answers_with_days_as_without() -> None:
    polars = pytest.importorskip("polars")
    target = Target(id="t", measure="m", aim=Reach(60), due=YEAR)
    plan = Plan(id="p", title="P", measures=MEASURES[:1], targets=[target])
    for further in ({}, {"recorded": [date(2025, 5, 1)] * 4}, {"unit": ["fraction", "percent", None, None]}):
        answers = frames.evaluate(plan, polars.DataFrame({**BASE, **further}), as_of=AS_OF)
        reasons = {row["area"]: row["reason"] for row in answers.to_dicts()}
        assert reasons == {"E1": None, "E2": "no_data", "E3": "no_data"}


@EACH
def test_what_divides_figures_is_read_as_it_is_called(engine: str) -> None:
    with pytest.raises(InvalidTypeError, match="column 'recorded'"):
        known(engine, of_one(recorded=["2025-05-01"]))
    with pytest.raises(InvalidValueError, match=r"frame: given .*a frame with a column 'wave'"):
        known(engine, BASE, by=("area", "wave"))
