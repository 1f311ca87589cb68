"""A card becomes a dataframe of whichever library is there."""

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from outcome_bees import (
    Comparator,
    Measure,
    Observation,
    Plan,
    Rank,
    Scorecard,
    StayBetween,
    Target,
    evaluate_plan,
    load_observations,
)
from outcome_bees.errors import InvalidTypeError, InvalidValueError, MissingExtraError
from outcome_bees.reports import tabular
from outcome_bees.reports.tabular import COLUMNS, LIBRARIES, answer_rows, to_frame
from outcome_bees.serializers import dump


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_frame_has_a_row_for_each_answer(card: Scorecard, library: str) -> None:
    pytest.importorskip(library)
    frame: Any = to_frame(card, library)
    assert type(frame).__module__.partition(".")[0] == library
    assert frame.shape == (len(card.evaluations), len(COLUMNS))


def test_the_rows_say_what_the_card_says(card: Scorecard) -> None:
    rows = {row["measure"]: row for row in answer_rows(card)}
    plans = rows["ehcp-within-20-weeks"]
    assert (plans["area_name"], plans["period"], plans["value"], plans["status"]) == (
        "Hertfordshire",
        "CY2024",
        56.3,
        "achieved",
    )


def test_another_library_or_none_is_an_error(card: Scorecard, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InvalidValueError, match="polars, pandas, pyarrow"):
        to_frame(card, "excel")
    monkeypatch.setattr(tabular, "find_spec", lambda name: None)
    monkeypatch.setattr(tabular, "LIBRARIES", ("nolibrary",))
    with pytest.raises(MissingExtraError, match="a card is given as a dataframe"):
        to_frame(card)


# In other formats


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_card_is_a_csv_with_the_columns_of_every_other_table(card: Scorecard, tmp_path: Path) -> None:
    text = card.to_csv()
    rows = rows_of(text)
    assert list(rows[0]) == list(COLUMNS)
    assert [row["measure"] for row in rows] == [each.measure for each in card.evaluations]
    assert [row["value"] for row in rows] == [
        "" if each.value is None else format(each.value, "f") for each in card.evaluations
    ]
    for name in ("card.csv", "dumped.csv"):
        target = tmp_path / name
        card.to_csv(target) if name == "card.csv" else dump(card, target)
        assert target.read_text(encoding="utf-8") == text


def test_a_card_is_a_workbook_of_one_sheet(card: Scorecard, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    openpyxl = pytest.importorskip("openpyxl")
    card.to_excel(tmp_path / "card.xlsx")
    dump(card, tmp_path / "dumped.xlsx")
    assert (tmp_path / "card.xlsx").read_bytes() == (tmp_path / "dumped.xlsx").read_bytes()
    sheet = openpyxl.load_workbook(tmp_path / "card.xlsx")["answers"]
    head, *rows = sheet.iter_rows(values_only=True)
    assert head == COLUMNS
    by_measure = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert by_measure["ehcp-within-20-weeks"]["value"] == 56.3
    assert len(rows) == len(card.evaluations)


def test_a_card_is_a_piece_of_html_or_a_page_and_markdown(card: Scorecard, tmp_path: Path) -> None:
    assert card.to_html() == card._repr_html_()
    assert card.to_markdown() == card._repr_markdown_()
    card.to_html(tmp_path / "card.html")
    card.to_markdown(tmp_path / "card.md")
    page = (tmp_path / "card.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert card.to_html() in page
    assert (tmp_path / "card.md").read_text(encoding="utf-8") == card.to_markdown()


def test_no_text_of_a_card_is_run_by_a_spreadsheet() -> None:
    plan = Plan(id="p", title="P", measures=[Measure(id="m", title="=cmd()", unit="count")])
    (row,) = rows_of(evaluate_plan(plan, [], as_of="2025-12-31", area="E10000015").to_csv())
    assert row["title"] == "'=cmd()"


def test_a_rank_has_its_place_and_of_how_many_and_a_band_both_ends() -> None:
    measures = [
        Measure(id="share", title="Share", unit="percent", direction="increase"),
        Measure(id="load", title="Caseload", unit="count", direction="maintain"),
        Measure(id="other", title="Other", unit="percent", direction="increase"),
    ]
    areas = [f"E100000{number}" for number in range(10, 19)]
    targets = [
        Target(id="rank", measure="share", aim=Rank(1, 4, among="them"), due="CY2024"),
        Target(id="band", measure="load", aim=StayBetween(12, 18), due="CY2024"),
    ]
    them = Comparator(id="them", title="Them", areas=areas, method="median")
    plan = Plan(id="p", title="P", measures=measures, targets=targets, comparators=[them])
    figures = [
        Observation(measure="share", period="CY2024", area=area, value=90 - place) for place, area in enumerate(areas)
    ]
    figures.append(Observation(measure="load", period="CY2024", area=areas[2], value=14))
    rank, band, other = answer_rows(evaluate_plan(plan, figures, as_of="2025-12-31", area=areas[2]), exact=True)
    assert (rank["place"], rank["places"], rank["status"]) == (3, 9, "missed")
    assert (band["required_low"], band["required_high"]) == (Decimal(12), Decimal(18))
    assert {rank["required_low"], band["place"], band["places"], other["place"], other["required_high"]} == {None}


def test_what_is_no_text_is_in_the_same_columns_whatever_the_card(card: Scorecard) -> None:
    assert {tuple(row) for row in answer_rows(card)} == {COLUMNS}


# Observations given as something else


def test_observations_add_up_and_keep_where_each_was_read(tmp_path: Path) -> None:
    for name, area in (("one.csv", "E10000015"), ("two.csv", "E10000016")):
        (tmp_path / name).write_text(f"measure,period,area,value\nm,CY2024,{area},5\n", encoding="utf-8")
    one, two = (load_observations(tmp_path / name) for name in ("one.csv", "two.csv"))
    whole = one + two
    assert len(whole) == 2
    assert whole == type(one).of(one, two) == type(one).of([*one], two)
    assert [str(whole.origin_of(each)).rpartition("/")[2] for each in whole] == ["one.csv, line 2", "two.csv, line 2"]
    assert len(type(one).of()) == 0
    with pytest.raises(TypeError):
        one + [1]  # type: ignore[operator]  # noqa: RUF005


@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow", "duckdb", "columns", "lazy"])
def test_a_frame_is_told_what_evaluates_frames(library: str) -> None:
    columns: dict[str, Any] = {"measure": ["m"], "period": ["CY2024"], "area": ["E1"], "value": [5.0]}
    frame: Any = columns
    if library == "duckdb":
        frame = pytest.importorskip("duckdb").sql("select 'm' as measure")
    elif library == "lazy":
        frame = pytest.importorskip("polars").LazyFrame(columns)
    elif library != "columns":
        module = pytest.importorskip(library)
        frame = module.table(columns) if library == "pyarrow" else module.DataFrame(columns)
    plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="count")])
    with pytest.raises(InvalidTypeError, match=r"observations: given .*frames\.evaluate\(plan, frame, as_of=…\)"):
        evaluate_plan(plan, frame, as_of="2025-12-31")


@pytest.mark.parametrize("given", ["figures.csv", Path("figures.csv")])
def test_the_name_of_a_file_is_told_what_reads_it(given: Any) -> None:
    plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="count")])
    with pytest.raises(InvalidTypeError, match="load_observations reads a file"):
        evaluate_plan(plan, given, as_of="2025-12-31")
