"""What was known on a day does not depend on the order in which figures arrived."""

import csv
import pickle
import random
import re
from datetime import date
from pathlib import Path

import pytest

from outcome_bees import Observation, Observations, Period
from outcome_bees.errors import AmbiguousObservationError, InvalidTypeError, ProvisionalAfterFinalWarning
from outcome_bees.model import index

CY2024 = Period.year(2024, "calendar")


def figure(value: float | None, recorded: date | None = None, **fields: object) -> Observation:
    given = {"measure": "m", "period": CY2024, "area": "E1", "value": value, "recorded": recorded}
    return Observation(**{**given, **fields})  # type: ignore[arg-type]


def value_on(figures: list[Observation], day: date) -> object:
    known = Observations(figures).known("m", "E1", as_of=day)
    return known[CY2024].value if CY2024 in known else None


def test_the_latest_vintage_known_on_the_day_holds_whatever_the_order() -> None:
    vintages = [figure(1, date(2025, 1, 10)), figure(2, date(2025, 6, 1)), figure(3, date(2026, 1, 1))]
    for seed in range(6):
        random.Random(seed).shuffle(vintages)
        assert [
            value_on(vintages, day) for day in (date(2025, 1, 1), date(2025, 3, 1), date(2025, 6, 1), date(2026, 2, 1))
        ] == [None, 1, 2, 3]


def test_where_no_day_is_recorded_a_figure_is_known_when_its_period_has_ended() -> None:
    assert value_on([figure(1)], date(2024, 12, 30)) is None
    assert value_on([figure(1)], date(2024, 12, 31)) == 1


def test_two_figures_with_nothing_to_tell_them_apart_are_an_error_that_names_both() -> None:
    with pytest.raises(AmbiguousObservationError, match="m, CY2024, E1: two figures, 1 and 2") as refused:
        Observations([figure(1), figure(2)])
    assert len(refused.value.observations) == 2


def test_figures_of_one_day_are_told_apart_by_how_settled_they_are() -> None:
    day = date(2025, 1, 1)
    figures = [figure(2, day, revision="final"), figure(1, day, revision="provisional")]
    assert value_on(figures, day) == 2


def test_a_forecast_is_not_an_actual() -> None:
    assert value_on([figure(1, revision="forecast")], date(2025, 1, 1)) is None


def test_a_provisional_figure_does_not_displace_a_final_one_without_a_warning() -> None:
    figures = [figure(1, date(2025, 1, 1), revision="final"), figure(2, date(2025, 2, 1), revision="provisional")]
    with pytest.warns(ProvisionalAfterFinalWarning, match="provisional_after_final_ok"):
        assert value_on(figures, date(2025, 3, 1)) == 2
    said = Observations(figures, provisional_after_final_ok=True)
    assert said.known("m", "E1", as_of=date(2025, 3, 1))[CY2024].value == 2


def test_parts_of_the_population_are_series_of_their_own() -> None:
    figures = Observations([figure(1), figure(2, breakdown={"sex": "girls"})])
    assert figures.known("m", "E1", {"sex": "girls"}, as_of=date(2025, 1, 1))[CY2024].value == 2


def test_however_many_days_are_asked_for_what_is_kept_of_them_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_MOST_KNOWN", 3)
    figures = Observations([figure(1, date(2025, 1, 10)), figure(2, date(2025, 1, 20))])
    for _ in range(2):
        found = [figures.known("m", "E1", as_of=date(2025, 1, day)) for day in range(1, 31)]
        assert [None if not each else each[CY2024].value for each in found] == [None] * 9 + [1] * 10 + [2] * 11
        assert sum(len(each) for each in figures._known.values()) <= 3


def test_a_pickled_copy_is_equal_and_has_nothing_worked_out_yet() -> None:
    figures = Observations([figure(1)], provisional_after_final_ok=True)
    figures.derived.keep("key", "value")
    copy = pickle.loads(pickle.dumps(figures))
    assert copy == figures
    assert not copy.derived
    assert copy._provisional_ok


def test_only_figures_are_taken() -> None:
    with pytest.raises(InvalidTypeError):
        Observations([{"measure": "m"}])  # type: ignore[list-item]


def test_real_revisions_give_what_was_published_on_each_day(shared: Path) -> None:
    revisions: dict[tuple[str, ...], dict[date, str]] = {}
    with (shared / "data" / "published" / "lait_vintage_changes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["change"] == "revised" and re.fullmatch(r"-?[0-9.]+", row["new_value"]):
                series = (row["measure_id"], row["time_period"], row["geography_name"])
                revisions.setdefault(series, {})[date.fromisoformat(row["vintage_date"])] = row["new_value"]
    again = {series: days for series, days in revisions.items() if len(days) > 1}
    assert len(again) > 20  # figures revised more than once
    for days in again.values():
        figures = [figure(value, day) for day, value in days.items()]  # type: ignore[arg-type]
        random.Random(len(days)).shuffle(figures)
        for day, value in days.items():
            assert str(value_on(figures, day)) == value
