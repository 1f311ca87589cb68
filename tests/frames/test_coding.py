"""Numbers in place of texts: what they stand for, and that a hash alone never refuses anything."""

from datetime import date
from itertools import product
from typing import Any

import narwhals.stable.v2 as nw
import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from outcome_bees import Measure, Plan, Reach, Target, frames
from outcome_bees.errors import AmbiguousObservationError
from outcome_bees.frames.backend import Backend, LookupTable
from outcome_bees.frames.coding import Coding

AS_OF = date(2025, 6, 1)
PLAN = Plan(
    id="p",
    title="P",
    measures=[Measure(id="m", title="M", unit="percent", direction="increase")],
    targets=[Target(id="t", measure="m", aim=Reach(60), due="CY2024")],
)
FIGURES: dict[str, list[Any]] = {
    "measure": ["m", "m", "x"],
    "period": ["CY2023", "CY2024", "CY2024"],
    "area": ["E1"] * 3,
    "value": [50.0, 61, 1],
}


def test_every_combination_of_texts_has_a_number_of_its_own() -> None:
    coding = Coding.of({"measure": "abc", "period": "xy", "sex": ["", "girls"]})
    numbers = [coding.number(*texts) for texts in product("abc", "xy", ["", "girls"])]
    assert numbers == list(range(coding.size))
    assert coding.number("a", "z", "girls") == -1
    assert coding.number("c", "y", "girls") == coding.size - 1 == 11
    with pytest.raises(ValueError, match="zip"):
        coding.number("a", "x")


def test_a_row_with_one_text_of_no_row_has_no_number_whatever_its_other_texts_are() -> None:
    coding = Coding.of({"measure": "abc", "period": "xy", "sex": ["", "girls"]})
    for texts in (("z", "y", "girls"), ("c", "z", "girls"), ("c", "y", "z")):
        assert coding.number(*texts) == -1


def test_columns_of_unlike_lengths_are_no_rows() -> None:
    coding = Coding.of({"measure": "abc", "period": "xy"})
    for columns in (["ab", "x"], ["a", "xy"]):
        with pytest.raises(ValueError, match="zip"):
            coding.numbers(columns)


def test_an_engine_gives_the_same_numbers_and_none_to_other_texts() -> None:
    pl = pytest.importorskip("polars")
    backend, coding = Backend(pl.DataFrame(FIGURES)), Coding.of({"measure": ["m"], "period": ["CY2024", "CY2023"]})
    coded = nw.to_native(backend.with_code(backend.figures, "code", coding)).collect()
    assert coded["code"].to_list() == [coding.number("m", "CY2023"), coding.number("m", "CY2024"), None]


def test_texts_as_categories_have_the_same_numbers() -> None:
    pl = pytest.importorskip("polars")
    backend, coding = Backend(pl.DataFrame(FIGURES)), Coding.of({"measure": ["m"], "period": ["CY2024", "CY2023"]})
    frame = backend.with_categories(backend.figures, ["measure", "period"])
    assert isinstance(nw.to_native(frame).collect_schema()["measure"], pl.Categorical)
    coded = nw.to_native(backend.with_code(frame, "code", coding)).collect()
    assert coded["code"].to_list() == [coding.number("m", "CY2023"), coding.number("m", "CY2024"), None]
    assert backend.rows(frame) == backend.rows(backend.figures)


def test_texts_of_a_lazy_frame_stay_texts_for_it_is_not_worked_out() -> None:
    pl = pytest.importorskip("polars")
    backend = Backend(pl.LazyFrame(FIGURES))
    assert backend.with_categories(backend.figures, ["measure"]) is backend.figures


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_rows_whose_hashes_are_alike_are_refused_only_where_they_are_the_same(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    pl, library = pytest.importorskip("polars"), pytest.importorskip(engine)

    def in_engine(columns: dict[str, list[Any]]) -> Any:
        frame = pl.DataFrame(columns)
        return frame if engine == "polars" else library.connect().from_arrow(frame.to_arrow())

    twice = {name: [*held, held[1]] for name, held in FIGURES.items()}
    with pytest.raises(AmbiguousObservationError, match=r"measure m, period CY2024, area E1.*two of") as found:
        frames.evaluate(PLAN, in_engine(twice), as_of=AS_OF)
    monkeypatch.setattr(Backend, "may_repeat", lambda *_: True)
    frames.evaluate(PLAN, in_engine(FIGURES), as_of=AS_OF)
    with pytest.raises(AmbiguousObservationError) as again:
        frames.evaluate(PLAN, in_engine(twice), as_of=AS_OF)
    assert str(again.value) == str(found.value)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize(
    ("measure", "period", "sex", "revision"),
    [
        ("m", "CY2024", None, None),
        ("m", "CY2026", None, None),  # not over yet
        ("m", "CY2024", "girls", None),  # of a part that no target asks for
        ("without", "CY2024", None, None),  # of a measure without a target
        ("m", "CY2024", None, "forecast"),
    ],
)
def test_a_figure_that_is_there_twice_is_refused_whatever_asks_for_it(
    engine: str, measure: str, period: str, sex: str | None, revision: str | None
) -> None:
    pytest.importorskip("pyarrow")
    pl, library = pytest.importorskip("polars"), pytest.importorskip(engine)
    others = {name: [*held, "E1"] if name == "area" else [*held, held[0]] for name, held in FIGURES.items()}
    others["period"][-1] = "CY2022"
    row = {"measure": measure, "period": period, "area": "E2", "value": 1.0, "sex": sex, "revision": revision}
    alike = pl.DataFrame([row, row | {"value": 2.0}], schema_overrides={"sex": pl.String, "revision": pl.String})
    single = pl.concat([pl.DataFrame(others, strict=False), alike.head(1)], how="diagonal")
    double = pl.concat([pl.DataFrame(others, strict=False), alike], how="diagonal")
    plan = evolve(PLAN, measures=(*PLAN.measures, Measure(id="without", title="W", unit="percent")))

    def evaluated(frame: Any, *, distinct_ok: bool = False) -> Any:
        given = frame if engine == "polars" else library.connect().from_arrow(frame.to_arrow())
        return frames.evaluate(plan, given, as_of=AS_OF, breakdown=["sex"], distinct_ok=distinct_ok)

    evaluated(single)
    evaluated(double, distinct_ok=True)
    with pytest.raises(AmbiguousObservationError, match=f"measure {measure}, period {period}.*area E2.*two of one"):
        evaluated(double)


NUMBERS = st.none() | st.integers(-4, 4)
TEXTS = st.none() | st.text("ab", max_size=1)


@given(
    rows=st.lists(st.tuples(NUMBERS, NUMBERS, TEXTS), min_size=1, max_size=12),
    held=st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3), TEXTS, st.floats(0, 1)), max_size=8),
    columns=st.integers(1, 2),
)
def test_what_is_found_by_place_is_what_a_join_finds(
    rows: list[tuple[int | None, ...]], held: list[tuple[Any, ...]], columns: int
) -> None:
    pl = pytest.importorskip("polars")
    on = ["x", "y"][:columns]
    types = {**dict.fromkeys(on, int), "word": str, "number": float}
    table = LookupTable.of(types, [(*row[:columns], *row[2:]) for row in held])
    frame = pl.DataFrame(rows, {"x": pl.Int64, "y": pl.Int64, "kept": pl.String}, orient="row")
    found, joined = (
        backend.rows(backend.looked_up(backend.figures, table, on)) for backend in map(Backend, (frame, frame.lazy()))
    )
    assert sorted(found, key=repr) == sorted(joined, key=repr)


@given(rows=st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy")), min_size=1, max_size=8))
def test_rows_found_by_texts_have_what_the_table_has_of_them(rows: list[tuple[str, str]]) -> None:
    pl = pytest.importorskip("polars")
    table = LookupTable.of({"x": str, "y": str, "both": str}, [(x, y, x + y) for x in "ab" for y in "xy"])
    for frame in (pl.DataFrame(rows, ["x", "y"], orient="row"), pl.LazyFrame(rows, ["x", "y"], orient="row")):
        backend = Backend(frame)
        found = backend.rows(backend.with_texts_looked_up(backend.figures, table, ["x", "y"]))
        expected = [{"x": x, "y": y, "both": x + y} for x, y in rows if x in "ab"]
        assert sorted(map(repr, found)) == sorted(map(repr, expected))
