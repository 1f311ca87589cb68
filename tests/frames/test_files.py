"""Large files of observations: what a scan takes, refuses and answers, on files of a row or a few."""

import tempfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from outcome_bees import Beat, Comparator, Measure, Observation, Plan, Policy, Rank, Reach, Status, Target, frames
from outcome_bees.errors import (
    AmbiguousObservationError,
    InvalidTypeError,
    InvalidValueError,
    MissingExtraError,
    PeriodError,
    UnitMismatchError,
    UnknownNameError,
)
from outcome_bees.frames import files

pl = pytest.importorskip("polars")
AS_OF = date(2025, 6, 1)
HERE, THERE, ENGLAND = "E10000015", "E10000016", "E92000001"
MEASURE = Measure(id="m", title="M", unit="percent", direction="increase")
SIXTY = Target(id="t", measure="m", aim=Reach(60), due="CY2024")
PLAN = Plan(id="p", title="P", measures=[MEASURE], targets=[SIXTY])
HEADER = "measure,period,area,value"
ROW = f"m,CY2024,{HERE},61"
Write = Callable[..., Path]


@pytest.fixture(params=files.ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    pytest.importorskip(name)
    return name


@pytest.fixture
def csv(tmp_path: Path) -> Write:
    def write(*lines: str, header: str = HEADER, name: str = "figures.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def parquet(tmp_path: Path) -> Write:
    def write(**columns: Any) -> Path:
        path = tmp_path / "figures.parquet"
        one = {"measure": ["m"], "period": ["CY2024"], "area": [HERE], "value": [61.0]}
        held = {name: cells for name, cells in {**one, **columns}.items() if cells is not None}
        rows = max(map(len, held.values()))
        whole = {name: cells if len(cells) == rows else [*cells] * rows for name, cells in held.items()}
        pl.DataFrame(whole).write_parquet(path)
        return path

    return write


def held(path: Path, plan: Plan = PLAN, **settings: Any) -> list[dict[str, Any]]:
    """The rows of the observations of a file, as bulk evaluation takes them."""
    with frames.scan(path, plan, engine="polars", **settings) as file:
        rows: list[dict[str, Any]] = file.frame.collect().to_dicts()
        return rows


def kept() -> set[Path]:
    """The folders in which scanned files are kept."""
    return set(Path(tempfile.gettempdir()).glob("outcome-bees-*"))


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder for temporary files that nobody else uses."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


# What is asked for


def test_the_file_and_the_plan_are_what_was_given(engine: str, csv: Write) -> None:
    path = csv(ROW)
    with frames.scan(str(path), PLAN, engine=engine) as file:
        assert (file.path, file.plan, file.areas, file.breakdown) == (path, PLAN, (HERE,), ())
        assert repr(file) == f"<ScannedFile: {path}>"


@pytest.mark.parametrize("name", ["figures.txt", "figures", "figures.csv.gz"])
def test_another_sort_of_file_is_refused(name: str) -> None:
    with pytest.raises(InvalidValueError, match=rf"frames.scan: source: given '{name}'; .* ends in .csv, .parquet"):
        frames.scan(name, PLAN)


def test_the_end_of_a_files_name_may_be_in_capitals(csv: Write) -> None:
    assert len(held(csv(ROW, name="FIGURES.CSV"))) == 1


def test_a_file_that_is_not_there_is_no_faulty_one(engine: str) -> None:
    for name in ("nowhere.csv", "nowhere.parquet"):
        with pytest.raises(FileNotFoundError, match="nowhere"):
            frames.scan(name, PLAN, engine=engine)


def test_an_engine_that_there_is_not_is_refused_with_those_there_are(csv: Write) -> None:
    with pytest.raises(UnknownNameError, match=r"frames.scan: engine: given 'sqlite'; allowed: .*polars.*duckdb"):
        frames.scan(csv(ROW), PLAN, engine="sqlite")


@pytest.mark.parametrize(
    ("asked", "engines", "extra"), [(None, "polars or duckdb", "polars"), ("duckdb", "duckdb", "duckdb")]
)
def test_where_no_engine_is_installed_the_extra_is_named(
    asked: str | None, engines: str, extra: str, csv: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "find_spec", lambda _: None)
    with pytest.raises(MissingExtraError) as missing:
        frames.scan(csv(ROW), PLAN, engine=asked)
    assert str(missing.value) == (
        f"a large file is scanned with {engines}, which is not installed: pip install 'outcome-bees[{extra}]'"
    )


def test_the_first_engine_that_is_installed_is_taken(csv: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("duckdb")
    asked: list[str] = []

    def find(name: str) -> bool:
        asked.append(name)
        return name == "duckdb"

    monkeypatch.setattr(files, "find_spec", find)
    with frames.scan(csv(ROW), PLAN) as file:
        assert type(file.frame).__name__ == "DuckDBPyRelation"
    assert asked == ["polars", "duckdb"]
    with frames.scan(csv(ROW), PLAN, engine="duckdb"):
        assert asked[2:] == ["duckdb"]


def test_what_an_engine_cannot_read_is_refused_with_what_it_says(engine: str, tmp_path: Path, own_folder: None) -> None:
    path = tmp_path / "damaged.parquet"
    path.write_text("no table\nat all", encoding="utf-8")
    with pytest.raises(InvalidValueError, match=f"source: given .*; allowed: a table that {engine} can read") as no:
        frames.scan(path, PLAN, engine=engine)
    assert no.value.hint
    assert "\n" not in no.value.hint
    assert type(no.value.__cause__).__module__.partition(".")[0].lstrip("_") in (engine, "builtins")


def test_a_csv_is_kept_in_a_temporary_folder_until_the_file_is_closed(csv: Write, own_folder: None) -> None:
    file = frames.scan(csv(ROW), PLAN, engine="polars")
    (folder,) = kept()
    assert [each.name for each in folder.iterdir()] == ["figures.parquet"]
    file.close()
    assert not kept()
    with frames.scan(csv(ROW), PLAN, engine="polars") as again:
        assert len(kept()) == 1
    assert not kept(), again


def test_a_csv_that_is_refused_leaves_no_folder(csv: Write, own_folder: None) -> None:
    for lines in (["m,never,E1,1"], ['m,CY2024,"E1,1'], ["m,CY2024,E1,one"]):
        with pytest.raises((InvalidValueError, PeriodError)) as refused:
            frames.scan(csv(*lines), PLAN, engine="polars")
        assert not kept(), refused  # whose traceback holds what would else be cleared away with it


def test_a_parquet_file_is_read_where_it_is(parquet: Write, own_folder: None) -> None:
    with frames.scan(parquet(), PLAN, engine="polars"):
        assert not kept()


def test_what_is_no_plan_is_refused_before_the_file_is_read() -> None:
    with pytest.raises(InvalidTypeError, match=r"frames.scan: plan"):
        frames.scan("nowhere.txt", "plan")  # type: ignore[arg-type]


# Its columns


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("measure,period,value", r"figures.csv: header: .*missing column: area"),
        ("measure,period,area", r"figures.csv: header: .*missing column: value or absence"),
        ("measure,period,area,values", r"figures.csv: header: given 'values'; allowed: unknown column; .*mean value"),
    ],
)
def test_a_header_that_is_wrong_says_how(header: str, message: str, csv: Write) -> None:
    with pytest.raises(InvalidValueError, match=message):
        frames.scan(csv(",".join("x" * len(header.split(","))), header=header), PLAN, engine="polars")


def test_a_missing_column_is_named_with_those_there_are(csv: Write) -> None:
    with pytest.raises(InvalidValueError, match=r"given \['measure', 'period', 'value'\]"):
        frames.scan(csv("m,CY2024,1", header="measure,period,value"), PLAN, engine="polars")


@pytest.mark.parametrize(
    "columns",
    [
        {"value": [True]},
        {"value": [date(2024, 1, 1)]},
        {"lower": [date(2024, 1, 1)]},
        {"period": [date(2024, 1, 1)]},
        {"measure": [5]},
        {"recorded": [20240101]},
        {"note": [["m"]]},
    ],
)
def test_a_column_of_a_type_that_says_nothing_is_refused_by_name(columns: dict[str, Any], parquet: Write) -> None:
    (name,) = columns
    with pytest.raises(InvalidTypeError, match=f"figures.parquet: column '{name}': given '.*'; allowed: text, numbers"):
        frames.scan(parquet(**columns), PLAN, engine="polars")


def test_columns_of_a_parquet_file_may_be_numbers_dates_or_nothing(parquet: Write) -> None:
    (row,) = held(
        parquet(value=[61], recorded=[date(2025, 1, 2)], note=[None], lower=["60.5"], upper=[Decimal("61.5")])
    )
    assert row == {
        "measure": "m",
        "period": "CY2024",
        "area": HERE,
        "value": 61.0,
        "lower": 60.5,
        "upper": 61.5,
        "recorded": date(2025, 1, 2),
    }


def test_a_file_may_have_absences_alone(csv: Write) -> None:
    assert held(csv(f"m,CY2024,{HERE},c", header="measure,period,area,absence")) == [
        {"measure": "m", "period": "CY2024", "area": HERE, "value": None, "absence": "suppressed"}
    ]


def test_every_cell_of_a_csv_is_what_it_means(engine: str, csv: Write) -> None:
    header = f"{HEADER},absence,numerator,denominator,lower,upper,unit,revision,recorded,source,note"
    path = csv(
        f"m,CY2024,{HERE},0.61,,61,100,60,62,fraction,provisional,2025-01-31,s,'=1+1",
        f"m,CY2024,{THERE},,[low],,,,,,,,,",
        header=header,
    )
    with frames.scan(path, PLAN, engine=engine) as file:
        there = [list(file.observations(area)) for area in (HERE, THERE, ENGLAND)]
    full = Observation(
        measure="m",
        period="CY2024",
        area=HERE,
        value="0.61",
        numerator=61,
        denominator=100,
        lower=60,
        upper=62,
        unit="fraction",
        revision="provisional",
        recorded="2025-01-31",
        source="s",
        note="=1+1",
    )
    absent = Observation(measure="m", period="CY2024", area=THERE, absence="low")
    assert there == [[full], [absent], []]
    assert str(there[0][0].value) == "0.61"


def test_the_columns_of_a_csv_are_numbers_dates_and_the_librarys_own_words(csv: Write) -> None:
    header = f"{HEADER},absence,numerator,unit,revision,recorded"
    lines = [f"m,CY2024,{HERE},0.61,,61,fraction,final,2025-01-31", f"m,CY2024,{THERE},,c,,,,"]
    shared = {"measure": "m", "period": "CY2024"}
    assert held(csv(*lines, header=header)) == [
        {
            **shared,
            "area": HERE,
            "value": 0.61,
            "numerator": 61.0,
            "absence": None,
            "unit": "fraction",
            "revision": "final",
            "recorded": date(2025, 1, 31),
        },
        {
            **shared,
            "area": THERE,
            "value": None,
            "numerator": None,
            "absence": "suppressed",
            "unit": None,
            "revision": None,
            "recorded": None,
        },
    ]


def test_a_word_that_no_row_has_is_an_empty_column(csv: Write) -> None:
    (row,) = held(csv(f"{ROW},,", header=f"{HEADER},absence,unit"))
    assert (row["absence"], row["unit"]) == (None, None)


def test_a_breakdown_becomes_a_column_for_each_name(csv: Write) -> None:
    path = csv(
        f"m,CY2024,{HERE},61,sex=girls; age=0-4",
        f"m,CY2024,{HERE},62,sex=boys",
        f"m,CY2024,{HERE},63,",
        header=f"{HEADER},breakdown",
    )
    with frames.scan(path, PLAN, engine="polars") as file:
        assert set(file.breakdown) == {"age", "sex"}
        rows = {row["value"]: (row["age"], row["sex"]) for row in file.frame.collect().to_dicts()}
        found = {each.value: dict(each.breakdown) for each in file.observations(HERE)}
    assert rows == {61.0: ("0-4", "girls"), 62.0: (None, "boys"), 63.0: (None, None)}
    assert found == {61: {"age": "0-4", "sex": "girls"}, 62: {"sex": "boys"}, 63: {}}


@pytest.mark.parametrize("name", ["area", "gap", "status", "value as published", "breakdown as written"])
def test_a_breakdown_may_not_be_called_as_a_column_is(name: str, csv: Write) -> None:
    path = csv(f"m,CY2024,{HERE},61,{name}=x", header=f"{HEADER},breakdown")
    with pytest.raises(InvalidValueError, match=rf"figures.csv: column 'breakdown': given \['{name}'\]; .* no columns"):
        frames.scan(path, PLAN, engine="polars")


def test_an_apostrophe_guards_a_formula_in_a_csv_alone(csv: Write, parquet: Write) -> None:
    header = f"{HEADER},note,breakdown"
    for path, note, part in (
        (csv(f"{ROW},'=note,'+a=b", header=header, name="guarded.csv"), "=note", "+a"),
        (csv(f"{ROW},'note,'a=b", header=header), "'note", "'a"),
        (parquet(note=["'=note"], breakdown=["'+a=b"]), "'=note", "'+a"),
    ):
        with frames.scan(path, PLAN, engine="polars") as file:
            (found,) = file.observations(HERE)
        assert (found.note, dict(found.breakdown)) == (note, {part: "b"})


@pytest.mark.parametrize("text", ["2025-02-30", "20250131", "2025-01", "31/01/2025", "yesterday", "x2025-01-31"])
def test_a_day_that_is_none_is_refused(text: str, csv: Write) -> None:
    with pytest.raises(InvalidValueError, match=f"column 'recorded': given '{text}'; allowed: a date without a time"):
        frames.scan(csv(f"{ROW},{text}", header=f"{HEADER},recorded"), PLAN, engine="polars")


def test_a_date_of_a_parquet_file_is_a_day(parquet: Write) -> None:
    with frames.scan(parquet(recorded=[date(2025, 1, 31)]), PLAN, engine="polars") as file:
        (found,) = file.observations(HERE)
    assert found.recorded == date(2025, 1, 31)


@pytest.mark.parametrize("name", ["measure", "period", "area"])
def test_a_row_without_what_it_is_of_is_refused(name: str, csv: Write) -> None:
    cells = {"measure": "m", "period": "CY2024", "area": HERE, "value": "61", name: ""}
    with pytest.raises(
        InvalidValueError, match=f"figures.csv: column '{name}': given ''; allowed: a text in every row"
    ):
        frames.scan(csv(ROW, ",".join(cells.values())), PLAN, engine="polars")


def test_a_column_with_more_texts_than_a_few_is_refused(csv: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_DISTINCT", 2)
    lines = [f"m,CY{2020 + at},{HERE},61,note {at}" for at in range(2)]
    assert len(held(csv(*lines, header=f"{HEADER},note"))) == 2
    with pytest.raises(
        InvalidValueError, match="column 'note': given 'more than 2 different texts'; allowed: at most 2"
    ):
        frames.scan(csv(*lines, f"m,CY2020,{THERE},61,note 2", header=f"{HEADER},note"), PLAN, engine="polars")
    assert len(held(csv(*(f"m,CY2024,{HERE},{at}" for at in range(1))))) == 1


def test_there_may_be_65_536_texts_in_a_column() -> None:
    texts = [str(number) for number in range(65537)]
    assert len(files._meanings(Path("figures.csv"), "note", str, texts[1:])) == 65536
    with pytest.raises(InvalidValueError, match="more than 65,536 different texts"):
        files._meanings(Path("figures.csv"), "note", str, texts)


# What is checked in every row


@pytest.mark.parametrize(
    ("value", "fine"),
    [
        ("9999999999999", True),
        ("-9999999999999.99999999999999999", True),
        ("+0", True),
        ("99999999999999", False),
        ("1.123456789012345678", False),
        ("1.", False),
        (".5", False),
        ("1e3", False),
        ("1,000", False),
        (" 1", False),
    ],
)
def test_a_number_of_a_csv_is_plain(value: str, fine: bool, csv: Write) -> None:
    path = csv(f'other,CY2024,{HERE},"{value}"')
    if fine:
        assert held(path, unknown_measures_ok=True) == []
        return
    with pytest.raises(InvalidValueError) as no:
        frames.scan(path, PLAN, engine="polars", unknown_measures_ok=True)
    what = f"{path}: measure other, CY2024, {HERE}, value"
    assert str(no.value).startswith(f"{what}: given {value!r}; allowed: a plain decimal")


@pytest.mark.parametrize("name", ["numerator", "denominator", "lower", "upper"])
def test_every_number_is_plain(name: str, csv: Write) -> None:
    with pytest.raises(InvalidValueError, match=f"CY2024, {HERE}, {name}: given 'many'; allowed: a plain decimal"):
        frames.scan(csv(f"{ROW},many", header=f"{HEADER},{name}"), PLAN, engine="polars")


def test_a_number_of_a_parquet_file_is_smaller_than_ten_to_the_fifteenth(parquet: Write) -> None:
    for value in (-999_999_999_999_999.0, 999_999_999_999_999):
        assert held(parquet(measure=["other"], value=[value]), unknown_measures_ok=True) == []
    for value in (1e15, -1e15, float("inf"), 10**15):
        with pytest.raises(InvalidValueError, match=r"value: given '.*'; allowed: a plain decimal number"):
            frames.scan(parquet(measure=["other"], value=[value]), PLAN, engine="polars", unknown_measures_ok=True)


def test_the_first_row_that_is_wrong_is_named_with_what_is(csv: Write) -> None:
    header = f"{HEADER},absence,numerator,denominator"
    lines = [f"{ROW},,,", f"m,CY2023,{THERE},61,c,1,2", f"m,CY2022,{THERE},61,,1,0"]
    with pytest.raises(
        InvalidValueError, match=f"measure m, CY2023, {THERE}: given 'a value and an absence'; .* one of"
    ):
        frames.scan(csv(*lines, header=header), PLAN, engine="polars")
    with pytest.raises(InvalidValueError, match=f"measure m, CY2022, {THERE}: given 'a denominator that is not above"):
        frames.scan(csv(lines[0], lines[2], header=header), PLAN, engine="polars")


def test_rows_of_other_measures_are_left_aside_where_that_is_said_and_checked_all_the_same(csv: Write) -> None:
    other = f"other,CY2024,{THERE},1"
    with pytest.raises(UnknownNameError, match=r"figures.csv: column 'measure': given 'other'; allowed: m$"):
        frames.scan(csv(ROW, other), PLAN, engine="polars")
    with frames.scan(csv(ROW, other), PLAN, engine="polars", unknown_measures_ok=True) as file:
        assert [row["measure"] for row in file.frame.collect().to_dicts()] == ["m"]
        assert file.areas == (HERE, THERE)
        assert not list(file.observations(THERE))
    with pytest.raises(InvalidValueError, match="measure other"):
        frames.scan(csv(ROW, f"other,CY2024,{THERE},one"), PLAN, engine="polars", unknown_measures_ok=True)


def test_a_unit_that_cannot_be_the_measures_is_refused(csv: Write) -> None:
    header = f"{HEADER},unit"
    with pytest.raises(UnitMismatchError):
        frames.scan(csv(f"{ROW},gbp", header=header), PLAN, engine="polars")
    with pytest.raises(UnitMismatchError):
        frames.scan(csv(f"{ROW},gbp,forecast", header=f"{header},revision"), PLAN, engine="polars")
    without = Plan(id="p", title="P", measures=[Measure(id="m", title="M", kind="narrative")])
    assert len(held(csv(f"{ROW},", f"m,CY2023,{HERE},60,gbp", header=header), without)) == 2
    ours = f"m,CY2024,{HERE},61,percent"
    assert len(held(csv(ours, f"other,CY2024,{HERE},61,gbp", header=header), unknown_measures_ok=True)) == 1


def test_two_figures_with_nothing_to_tell_which_holds_are_refused_whenever_they_became_known(csv: Write) -> None:
    header = f"{HEADER},recorded"
    with pytest.raises(AmbiguousObservationError):
        frames.scan(csv(f"{ROW},9999-12-30", f"{ROW},9999-12-30", header=header), PLAN, engine="polars")
    assert len(held(csv(f"{ROW},9999-12-30", f"{ROW},9999-12-31", header=header))) == 2


# What it answers


def test_the_observations_for_a_place_are_its_own_and_those_of_the_others_it_is_held_against(csv: Write) -> None:
    plan = Plan(
        id="p",
        title="P",
        measures=[MEASURE, Measure(id="best", title="B", unit="percent", direction="increase")],
        targets=[
            Target(id="t", measure="m", aim=Beat("england"), due="CY2024"),
            Target(id="among", measure="m", aim=Rank(1, 2, "england"), due="CY2024"),
            Target(id="first", measure="best", aim=Rank(1, 2), due="CY2024"),
        ],
        comparators=[Comparator(id="england", title="England", areas=[ENGLAND])],
    )
    lines = [f"{measure},CY2024,{area},1" for measure in ("m", "best") for area in (HERE, THERE, ENGLAND)]
    with frames.scan(csv(*lines), plan, engine="polars") as file:
        for _ in range(2):
            found = {(each.measure, each.area) for each in file.observations(HERE)}
            assert found == {("m", HERE), ("m", ENGLAND), ("best", HERE), ("best", THERE), ("best", ENGLAND)}
            assert len(list(file.observations(HERE))) == 5


def test_the_observations_for_a_place_have_those_under_other_codes_of_its_ground(csv: Write) -> None:
    somerset, formerly = "E06000066", "E10000027"
    with frames.scan(csv(f"m,CY2020,{formerly},1", f"m,CY2024,{somerset},2"), PLAN, engine="polars") as file:
        assert {each.area for each in file.observations(somerset)} == {somerset, formerly}


def test_every_place_has_its_answers_in_the_plans_order_with_exact_numbers(engine: str, csv: Write) -> None:
    plan = Plan(
        id="p",
        title="P",
        measures=[Measure(id="z", title="Z", unit="percent", direction="increase"), MEASURE],
        targets=[
            Target(id="u", measure="m", aim=Reach("60.50"), due="CY2024"),
            Target(id="t", measure="m", aim=Reach(60), due="CY2024"),
        ],
    )
    lines = [f"m,CY2024,{THERE},60.50,", f"m,CY2024,{HERE},0.6010,fraction", f"z,CY2024,{HERE},5.0,"]
    with frames.scan(csv(*lines, header=f"{HEADER},unit"), plan, engine=engine) as file:
        answers = file.evaluate(as_of=AS_OF)
        rows = list(answers.rows())
        tallies = answers.tallies()
        assert (answers.plan, answers.policy.id) == (plan, "standard")
    names = [each.name for each in frames.RESULTS]
    found = [dict(zip(names, row, strict=True)) for row in rows]
    assert [(row["area"], row["measure"], row["target"]) for row in found] == [
        (HERE, "z", None),
        (HERE, "m", "u"),
        (HERE, "m", "t"),
        (THERE, "z", None),
        (THERE, "m", "u"),
        (THERE, "m", "t"),
    ]
    shown = [
        tuple(None if row[name] is None else str(row[name]) for name in ("value", "required", "gap")) for row in found
    ]
    assert shown == [
        ("5.0", None, None),
        ("60.1", "60.5", "-0.4"),
        ("60.1", "60", "0.1"),
        (None, None, None),
        ("60.50", "60.5", "0"),
        ("60.50", "60", "0.5"),
    ]
    assert [row["status"] for row in found[1:3]] == ["missed", "achieved"]
    assert list(tallies) == [HERE, THERE]
    assert (tallies[HERE].counts[Status.ACHIEVED], tallies[HERE].counts[Status.MISSED]) == (1, 1)
    assert (tallies[THERE].counts[Status.ACHIEVED], tallies[THERE].total) == (2, 3)


def test_answers_as_a_frame_have_the_columns_of_answers(csv: Write) -> None:
    with frames.scan(csv(ROW), PLAN, engine="polars") as file:
        row = file.evaluate(as_of="2025-06-01").frame.collect().to_dicts()[0]
    assert list(row) == [each.name for each in frames.RESULTS]
    assert (row["value"], row["status"]) == (61.0, "achieved")


def test_a_policy_may_be_named_by_its_id(csv: Write) -> None:
    ours = Policy(id="ours")
    plan = Plan(id="p", title="P", measures=[MEASURE], targets=[SIXTY], policies=[ours])
    with frames.scan(csv(ROW), plan, engine="polars") as file:
        assert file.evaluate(as_of=AS_OF, policy="ours").policy == ours
        with pytest.raises(UnknownNameError, match="others"):
            file.evaluate(as_of=AS_OF, policy="others")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (pl.Series([Decimal("61.50")]), "61.50"),
        (pl.Series(["61.500"]), "61.500"),
        (pl.Series([61.5]), "61.5"),
        (pl.Series([61.0]), "61"),
        (pl.Series([61]), "61"),
    ],
)
def test_digits_of_a_parquet_file_are_kept_where_it_has_them(value: Any, shown: str, parquet: Write) -> None:
    with frames.scan(parquet(value=value), PLAN, engine="polars") as file:
        ((_, _, _, _, number, *_),) = file.evaluate(as_of=AS_OF).rows()
    assert str(number) == shown


def test_a_figure_that_is_absent_has_no_digits(csv: Write) -> None:
    with frames.scan(
        csv(f"m,CY2024,{HERE},,c,fraction", header=f"{HEADER},absence,unit"), PLAN, engine="polars"
    ) as file:
        (row,) = file.evaluate(as_of=AS_OF).rows()
    assert (row[4], row[9]) == (None, "suppressed")


def test_a_figure_that_is_withdrawn_is_not_shown(csv: Write) -> None:
    with frames.scan(csv(f"{ROW},withdrawn", header=f"{HEADER},revision"), PLAN, engine="polars") as file:
        (row,) = file.evaluate(as_of=AS_OF).rows()
    assert (row[4], row[9]) == (None, "not_available")


def test_a_figure_of_a_measure_without_a_unit_is_as_it_was_published(csv: Write) -> None:
    plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", kind="count", direction="increase")])
    with frames.scan(csv(f"m,CY2024,{HERE},61.0,gbp", header=f"{HEADER},unit"), plan, engine="polars") as file:
        (row,) = file.evaluate(as_of=AS_OF).rows()
    assert str(row[4]) == "61.0"


def test_a_blank_text_of_a_parquet_file_is_no_word(parquet: Write) -> None:
    (row,) = held(parquet(absence=[""], unit=[""], revision=[""], recorded=[""], breakdown=[""]))
    assert [row[name] for name in ("absence", "unit", "revision", "recorded")] == [None] * 4
    assert row["value"] == 61.0


def test_a_file_without_values_has_answers_without_them(csv: Write) -> None:
    with frames.scan(csv(f"m,CY2024,{HERE},c", header="measure,period,area,absence"), PLAN, engine="polars") as file:
        (row,) = file.evaluate(as_of=AS_OF).rows()
    assert (row[4], row[9]) == (None, "suppressed")


def test_parts_of_the_population_are_answered_apart(csv: Write) -> None:
    girls = Target(id="girls", measure="m", aim=Reach(60), due="CY2024", breakdown={"sex": "girls"})
    plan = Plan(id="p", title="P", measures=[MEASURE], targets=[SIXTY, girls])
    path = csv(f"{ROW},", f"m,CY2024,{HERE},59,sex=girls", header=f"{HEADER},breakdown")
    with frames.scan(path, plan, engine="polars") as file:
        assert [(row[0], row[8]) for row in file.evaluate(as_of=AS_OF).rows()] == [
            ("t", "achieved"),
            ("girls", "missed"),
        ]
