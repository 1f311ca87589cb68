"""Column types: understood alike on every engine, with and without pyarrow, or refused by name."""

from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from unittest import mock

import pytest

from outcome_bees import (
    Baseline,
    Improve,
    Measure,
    Observation,
    Plan,
    Reach,
    Target,
    evaluate_plan,
    frames,
)
from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.frames import backend

AS_OF = date(2025, 6, 1)
MEASURE = Measure(id="plans", title="Plans in 20 weeks", unit="percent", direction="increase")
PLAN = Plan(
    id="p", title="P", measures=[MEASURE], targets=[Target(id="t", measure="plans", aim=Reach(60), due="FY2024-25")]
)
ONE: dict[str, list[Any]] = {"measure": ["plans"], "period": ["FY2024-25"], "area": ["E1"], "value": [61.0]}

# Where no faster engine can be reached, a frame is evaluated in itself.
ALONE = ("pandas alone", "pyarrow alone")
IN_MEMORY = ("polars", "pandas", "pyarrow", *ALONE)


def alone(engine: str) -> AbstractContextManager[Any]:
    return mock.patch.object(backend, "_engine_for", return_value=None) if engine in ALONE else nullcontext()


def made(engine: str, columns: dict[str, Any], types: dict[str, dict[str, Any]] | None = None) -> Any:
    """A frame of an engine's own sort; types by library and column, where the values do not say enough."""
    name = engine.partition(" ")[0]
    library = pytest.importorskip(name)
    own = (types or {}).get(name, {})
    if name == "polars":
        return library.DataFrame({key: library.Series(held, dtype=own.get(key)) for key, held in columns.items()})
    if name == "pyarrow":
        return library.table({key: library.array(held, own.get(key)) for key, held in columns.items()})
    return library.DataFrame({key: library.Series(held, dtype=own.get(key)) for key, held in columns.items()})


def answers(engine: str, frame: Any, plan: Plan = PLAN, **settings: Any) -> list[dict[str, Any]]:
    with alone(engine):
        found = frames.evaluate(plan, frame, as_of=AS_OF, **settings)
    if hasattr(found, "to_pylist"):
        return found.to_pylist()  # type: ignore[no-any-return]
    if hasattr(found, "rows"):
        return found.rows(named=True)  # type: ignore[no-any-return]
    rows = found.to_dict("records")
    return [{key: None if cell != cell else cell for key, cell in row.items()} for row in rows]


@pytest.mark.parametrize("engine", IN_MEMORY)
def test_a_day_on_which_a_figure_became_known_is_never_ignored(engine: str) -> None:
    columns = {**ONE, "recorded": [date(2025, 7, 1)]}
    types = {"pandas": {"recorded": object}}
    (row,) = answers(engine, made(engine, columns, types))
    assert (row["reason"], row["value"]) == ("no_data", None)
    (row,) = answers(engine, made(engine, {**columns, "recorded": [date(2025, 5, 1)]}, types))
    assert row["status"] == "achieved"


@pytest.mark.parametrize("engine", IN_MEMORY)
def test_of_two_vintages_the_later_holds_whatever_type_their_days_have(engine: str) -> None:
    columns = {name: held * 3 for name, held in ONE.items()} | {"value": [50.0, 61.0, 40.0]}
    columns["recorded"] = [date(2025, 4, 1), date(2025, 5, 1), None]
    for kind in (object, "datetime64[ns]", "datetime64[s]"):
        (row,) = answers(engine, made(engine, columns, {"pandas": {"recorded": kind}}))
        assert row["value"] == 61.0


@pytest.mark.parametrize("engine", [*IN_MEMORY, "duckdb"])
def test_a_time_of_a_time_zone_is_of_the_day_it_was_there(engine: str) -> None:
    late = datetime(2025, 6, 1, 23, 30, tzinfo=UTC)  # the second of June in London
    if engine == "duckdb":
        connection = pytest.importorskip("duckdb").connect()
        connection.execute("SET TimeZone = 'Europe/London'")
        frame = connection.query(
            "SELECT 'plans' AS measure, 'FY2024-25' AS period, 'E1' AS area, 61.0::DOUBLE AS value,"
            " TIMESTAMPTZ '2025-06-01 23:30:00+00' AS recorded"
        )
        found = frames.evaluate(PLAN, frame, as_of=AS_OF)
        (row,) = [dict(zip(found.columns, cells, strict=True)) for cells in found.fetchall()]
    else:
        types: dict[str, dict[str, Any]] = {"pandas": {"recorded": "datetime64[us, Europe/London]"}}
        if engine.startswith("pyarrow"):
            types["pyarrow"] = {"recorded": pytest.importorskip("pyarrow").timestamp("us", "Europe/London")}
        if engine == "polars":
            polars = pytest.importorskip("polars")
            types["polars"] = {"recorded": polars.Datetime("us", "Europe/London")}
            frame = made(engine, {**ONE, "recorded": [late]}).with_columns(
                polars.col("recorded").dt.convert_time_zone("Europe/London")
            )
        else:
            frame = made(engine, {**ONE, "recorded": [late]}, types)
        (row,) = answers(engine, frame)
    assert row["reason"] == "no_data"


def test_a_time_of_a_time_zone_is_of_that_day_also_where_duckdb_shows_it_otherwise() -> None:
    pyarrow, _ = pytest.importorskip("pyarrow"), pytest.importorskip("duckdb")
    late = [datetime(2025, 6, 1, 23, 30, tzinfo=UTC)]
    zoned = pyarrow.table({**ONE, "recorded": pyarrow.array(late, pyarrow.timestamp("us", "Europe/London"))})
    eastern = pyarrow.table({**ONE, "recorded": pyarrow.array(late, pyarrow.timestamp("us", "America/New_York"))})
    with mock.patch.object(backend, "_engine_for", return_value="duckdb"):
        reasons = [frames.evaluate(PLAN, frame, as_of=AS_OF)["reason"].to_pylist() for frame in (zoned, eastern)]
    assert reasons == [["no_data"], [None]]


@pytest.mark.parametrize("engine", IN_MEMORY)
def test_texts_may_be_categories(engine: str) -> None:
    columns = {**ONE, "revision": ["final"], "sex": ["girls"]}
    names = ("measure", "period", "area", "revision", "sex")
    types: dict[str, dict[str, Any]] = {"pandas": dict.fromkeys(names, "category")}
    if engine == "polars":
        types["polars"] = dict.fromkeys(names, pytest.importorskip("polars").Categorical)
    frame = made(engine, columns, types)
    if engine.startswith("pyarrow"):
        for at, name in enumerate(frame.column_names):
            if name in names:
                frame = frame.set_column(at, name, frame[name].dictionary_encode())
    (row,) = answers(engine, frame, by=("area", "sex"))
    assert (row["status"], row["sex"]) == ("achieved", "girls")


@pytest.mark.parametrize("engine", IN_MEMORY)
def test_decimals_and_short_floats_are_the_numbers_that_people_read(engine: str) -> None:
    numbers = ["54.9", "0.1", "33.3", "1234567.89", "59.99"]
    columns = {name: held * 5 for name, held in ONE.items()} | {"area": [f"E{n}" for n in range(5)]}
    decimals = made(engine, {**columns, "value": [Decimal(each) for each in numbers]}, {"pandas": {"value": object}})
    if engine.startswith("pyarrow"):
        pyarrow = pytest.importorskip("pyarrow")
        wide = pyarrow.array([Decimal(each) for each in numbers], pyarrow.decimal128(25, 6))
        decimals = decimals.set_column(3, "value", wide)
    assert sorted(row["value"] for row in answers(engine, decimals)) == sorted(map(float, numbers))
    short = [each for each in numbers if len(each) < 8]
    types: dict[str, dict[str, Any]] = {"pandas": {"value": "float32"}}
    if engine == "polars":
        types["polars"] = {"value": pytest.importorskip("polars").Float32}
    if engine.startswith("pyarrow"):
        types["pyarrow"] = {"value": pytest.importorskip("pyarrow").float32()}
    columns = {name: held[: len(short)] for name, held in columns.items()}
    floats = made(engine, {**columns, "value": [float(each) for each in short]}, types)
    assert sorted(row["value"] for row in answers(engine, floats)) == sorted(map(float, short))


def test_a_short_float_that_is_missing_is_null() -> None:
    (row,) = answers("polars", made("polars", {**ONE, "value": [float("nan")]}, {}))
    assert row["reason"] == "not_available"


@pytest.mark.parametrize("engine", IN_MEMORY)
@pytest.mark.parametrize("name", ["absence", "revision", "recorded", "numerator", "lower", "unit"])
def test_a_column_that_is_empty_needs_no_type(engine: str, name: str) -> None:
    (row,) = answers(engine, made(engine, {**ONE, name: [None]}, {"pandas": {name: object}}))
    assert row["status"] == "achieved"


REFUSED: dict[str, tuple[str, list[Any], str]] = {
    "truth among numbers": ("value", [True, 61.0], "column 'value'.*True"),
    "a symbol among numbers": ("value", [61.0, "c"], "column 'value'.*'c' says why.*column absence"),
    "a word among numbers": ("value", [61.0, "tbc"], "column 'value'.*'tbc'"),
    "text among days": ("recorded", [date(2025, 4, 1), "2025-04-01"], "column 'recorded'.*'2025-04-01'"),
    "objects among texts": ("period", ["FY2024-25", 2024], "column 'period'.*2024 \\(int\\)"),
    "lists": ("absence", [["c"], ["x"]], "column 'absence'.*list"),
}


@pytest.mark.parametrize("engine", ["pandas", "pandas alone"])
@pytest.mark.parametrize("kind", ["float64", "category"])
@pytest.mark.parametrize("name", ["absence", "revision", "recorded", "unit"])
def test_a_column_of_empty_cells_that_pandas_takes_for_numbers_is_empty(engine: str, kind: str, name: str) -> None:
    frame = made(engine, {**ONE, name: [float("nan")]}, {"pandas": {name: kind}})
    (row,) = answers(engine, frame)
    assert row["status"] == "achieved"


@pytest.mark.parametrize("engine", ["pandas", "pandas alone"])
@pytest.mark.parametrize("case", REFUSED)
def test_a_column_of_python_objects_of_another_kind_is_refused_by_name(case: str, engine: str) -> None:
    name, held, message = REFUSED[case]
    columns = {**{key: value * 2 for key, value in ONE.items()}, "area": ["E1", "E2"], name: held}
    with pytest.raises(InvalidTypeError, match=message):
        answers(engine, made(engine, columns, {"pandas": {name: object}}))


@pytest.mark.parametrize("engine", IN_MEMORY)
@pytest.mark.parametrize(
    ("name", "held", "message"),
    [
        ("value", [True], "column 'value': given '(B|b)ool"),
        ("value", ["c"], "column 'value': given .(String|object).*'c' says why there is no figure.*absence.*from_ees"),
        ("value", ["61"], "column 'value': given .(String|object, which holds '61').*; allowed: a number type"),
        ("recorded", ["2025-04-01"], "column 'recorded': given .*allowed: a date type"),
        ("recorded", [20250401], "column 'recorded': given 'Int64'"),
        ("area", [1], "column 'area': given 'Int64'; allowed: a text type"),
        ("revision", [b"final"], "column 'revision': given "),
        ("denominator", ["many"], "column 'denominator': given .(String|object).*'many'"),
    ],
)
def test_a_type_that_is_not_understood_is_refused_by_name(
    engine: str, name: str, held: list[Any], message: str
) -> None:
    with pytest.raises(InvalidTypeError, match=message):
        answers(engine, made(engine, {**ONE, name: held}))


def test_types_that_only_one_engine_has_are_named_as_it_names_them() -> None:
    duckdb = pytest.importorskip("duckdb")
    for made_of, message in (("uuid()", "UUID"), ("'a'::BLOB", "Binary"), ("INTERVAL 1 DAY", "Duration")):
        frame = duckdb.sql(
            f"SELECT 'plans' AS measure, 'FY2024-25' AS period, 'E1' AS area, 61.0 AS value, {made_of} AS recorded"
        )
        with pytest.raises(InvalidTypeError, match=f"column 'recorded': given .{message}"):
            frames.evaluate(PLAN, frame, as_of=AS_OF)
    polars = pytest.importorskip("polars")
    objects = polars.DataFrame({**ONE, "recorded": polars.Series([object()], dtype=polars.Object)})
    with pytest.raises(InvalidTypeError, match="column 'recorded': given 'Object"):
        frames.evaluate(PLAN, objects, as_of=AS_OF)
    pandas = pytest.importorskip("pandas")
    # Polars before 2 reads what an extension of pandas is stored as.
    periods = pandas.DataFrame({**ONE, "period": pandas.Series(pandas.period_range("2024", periods=1, freq="Y"))})
    with pytest.raises(InvalidTypeError, match=r"column 'period': given '(period|Int64)"):
        frames.evaluate(PLAN, periods, as_of=AS_OF)


MONEY = Measure(id="spend", title="Spend", unit="GBP", decimals=2, direction="decrease")
BETTER = Target(id="less", measure="spend", aim=Improve(), baseline=Baseline("FY2023-24"), due="FY2024-25")
SPEND = Plan(id="p", title="P", measures=[MONEY], targets=[BETTER])


def spend(engine: str, *values: float) -> Any:
    columns: dict[str, list[Any]] = {"measure": ["spend"] * 2, "area": ["E1"] * 2, "value": list(values)}
    return made(engine, {**columns, "period": ["FY2023-24", "FY2024-25"]})


@pytest.mark.parametrize("engine", IN_MEMORY)
def test_numbers_that_floats_cannot_hold_apart_are_refused_in_words(engine: str) -> None:
    with pytest.raises(InvalidValueError, match=r"spend.*given 1000000000000.0; allowed: numbers up to .*larger unit"):
        answers(engine, spend(engine, 1e12, 1e12), SPEND)


@pytest.mark.parametrize("engine", IN_MEMORY)
@pytest.mark.parametrize("change", ["0", "0.01", "-0.01"])
def test_the_largest_numbers_that_are_taken_say_what_scalar_says(engine: str, change: str) -> None:
    base = Decimal("22000000000.37")
    now = base + Decimal(change)
    observations = [
        Observation(measure="spend", area="E1", period=period, value=value)
        for period, value in (("FY2023-24", base), ("FY2024-25", now))
    ]
    (alike,) = evaluate_plan(SPEND, observations, as_of=AS_OF, area="E1").evaluations
    (row,) = answers(engine, spend(engine, float(base), float(now)), SPEND)
    assert (row["status"], row["travel"]) == (alike.status, alike.travel)


def test_large_numbers_of_a_larger_unit_are_refused_too() -> None:
    columns = {**ONE, "measure": ["spend"], "value": [1e9], "unit": ["GBP_thousand"]}
    with pytest.raises(InvalidValueError, match="numbers up to"):
        answers("polars", made("polars", columns), SPEND)


NUMBERS_FIRST = "turn it into numbers first; a symbol such as 'c' goes into the column absence, and is null here"
HINTED: list[tuple[str, list[Any], str | None]] = [
    ("value", [True], NUMBERS_FIRST),
    ("value", ["tbc"], f"such as 'tbc': {NUMBERS_FIRST}"),
    (
        "value",
        ["c"],
        "'c' says why there is no figure: it goes into the column absence, and is null here;"
        " frames.from_ees reads a published table with its symbols",
    ),
    ("recorded", ["2025-04-01"], "turn it into dates first: a day, not text"),
    ("recorded", ["c"], "turn it into dates first: a day, not text"),
    ("area", [1], None),
]


@pytest.mark.parametrize("engine", ["polars", "pandas", "duckdb"])
@pytest.mark.parametrize(("name", "held", "hint"), HINTED)
def test_the_hint_says_what_to_do_with_such_a_column(engine: str, name: str, held: list[Any], hint: str | None) -> None:
    columns = {**ONE, name: held}
    if engine == "duckdb":
        frame = pytest.importorskip(engine).connect().from_arrow(pytest.importorskip("pyarrow").table(columns))
    else:
        frame = made(engine, columns, {"pandas": {name: object}})
    with pytest.raises(InvalidTypeError) as refused:
        frames.evaluate(PLAN, frame, as_of=AS_OF)
    assert refused.value.hint == hint


def test_a_text_that_is_no_number_is_shown_and_none_that_is_one() -> None:
    columns = {name: cells * 6 for name, cells in ONE.items()}
    for texts, shown in (
        (["61", " 5.", "-.5e3", "+6E-2", None, "1,5"], "such as '1,5': "),
        (["61", " 5.", "-.5e3", "+6E-2", None, "7"], ""),
    ):
        with pytest.raises(InvalidTypeError) as refused:
            answers("polars", made("polars", {**columns, "value": texts}))
        assert refused.value.hint == f"{shown}{NUMBERS_FIRST}"


@pytest.mark.parametrize("engine", ["pandas", "pandas alone"])
def test_texts_may_be_python_objects_and_numbers_any_that_python_has(engine: str) -> None:
    numpy = pytest.importorskip("numpy")
    numbers = [Fraction(1, 2), Decimal("54.9"), 7, numpy.float32(54.9), numpy.int64(8), 61.5, None]
    columns = {name: cells * 7 for name, cells in ONE.items()} | {"area": [f"E{n}" for n in range(7)], "value": numbers}
    frame = made(
        engine, {**columns, "revision": ["final"] * 7}, {"pandas": dict.fromkeys((*columns, "revision"), object)}
    )
    values = {row["area"]: row["value"] for row in answers(engine, frame)}
    assert values == {"E0": 0.5, "E1": 54.9, "E2": 7.0, "E3": 54.9, "E4": 8.0, "E5": 61.5, "E6": None}


@pytest.mark.parametrize(
    ("name", "categories", "message"),
    [
        ("area", [1], r"column 'area': given 'category of int64, which holds 1 \(int\)'"),
        ("value", [61.0], r"column 'value': given 'category of float64, which holds 61.0 \(float\)'"),
        ("value", ["c"], "column 'value': given '(Categorical|Enum)"),
        ("recorded", ["2025-04-01"], "column 'recorded': given .category of .*, which holds .*2025-04-01"),
    ],
)
def test_categories_are_of_texts(name: str, categories: list[Any], message: str) -> None:
    with pytest.raises(InvalidTypeError, match=message):
        answers("pandas", made("pandas", {**ONE, name: categories}, {"pandas": {name: "category"}}))


@pytest.mark.parametrize("engine", ["pyarrow", "pyarrow alone"])
def test_a_dictionary_of_numbers_is_no_text(engine: str) -> None:
    frame = made(engine, ONE)
    numbers = pytest.importorskip("pyarrow").array([5]).dictionary_encode()
    with pytest.raises(InvalidTypeError, match="column 'area': given"):
        answers(engine, frame.set_column(2, "area", numbers))


@pytest.mark.parametrize("engine", ["polars", "pandas"])
@pytest.mark.parametrize("name", ["absence", "recorded"])
def test_a_column_of_another_type_is_refused_though_it_is_empty(engine: str, name: str) -> None:
    types: dict[str, dict[str, Any]] = {"pandas": {name: "Int64"}}
    if engine == "polars":
        types["polars"] = {name: pytest.importorskip("polars").Int64}
    with pytest.raises(InvalidTypeError, match=f"column '{name}': given 'Int64'"):
        answers(engine, made(engine, {**ONE, name: [None]}, types))


def test_a_time_that_divides_figures_keeps_its_time_zone() -> None:
    polars = pytest.importorskip("polars")
    noon = datetime(2025, 6, 1, 12, tzinfo=UTC)
    frame = made("polars", {**ONE, "moment": [noon]}, {"polars": {"moment": polars.Datetime("us", "UTC")}})
    assert frames.evaluate(PLAN, frame, as_of=AS_OF, by=("area", "moment"))["moment"].to_list() == [noon]


def test_a_frame_without_rows_keeps_the_type_of_what_divides_it() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({**ONE, "wave": [1.5]}).head(0)
    assert frames.evaluate(PLAN, frame, as_of=AS_OF, by=("area", "wave"))["wave"].dtype == "float64"
