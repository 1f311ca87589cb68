"""What was known on a day does not depend on the order in which figures arrived."""

import csv
import pickle
import random
import re
import warnings
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from outcome_bees import Measure, Observation, Observations, Period, Series
from outcome_bees.errors import (
    AmbiguousObservationError,
    InvalidTypeError,
    InvalidValueError,
    ProvisionalAfterFinalWarning,
)
from outcome_bees.model import index
from outcome_bees.model.index import Origin, known_of_ground

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


def test_a_day_on_which_nothing_was_known_is_remembered_too_and_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_MOST_KNOWN", 3)
    figures = Observations([figure(1)])
    kept = []
    for month in (1, 2, 3, 4):
        assert figures.known("m", "E1", as_of=date(2024, month, 1)) == {}
        kept.append(len(figures._known))
    assert kept == [1, 2, 3, 1]


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


def of(value: Any, period: str = "CY2024", area: str = "E1", **fields: Any) -> Observation:
    return Observation(**{"measure": "m", "period": period, "area": area, "value": value} | fields)


def test_a_collection_says_how_many_figures_of_how_many_measures_it_has() -> None:
    figures = [of(1), of(2, area="E2"), of(3, measure="n")]
    assert repr(Observations(figures)) == "<Observations: 3 figures of 2 measures>"
    read = Observations(figures, sheets=["sheet A was read", "B was not"])
    assert repr(read) == "<Observations: 3 figures of 2 measures; sheet A was read; B was not>"
    assert read.sheets == ("sheet A was read", "B was not")
    assert (len(read), [*read], read.measures) == (3, figures, ("m", "n"))
    assert [read.areas(each) for each in ("m", "n", "o")] == [("E1", "E2"), ("E1",), ()]
    assert read.areas("m") is read.areas("m")  # found once


def test_a_collection_is_equal_to_another_with_the_same_figures_in_the_same_order() -> None:
    one, two = of(1), of(2, "CY2023")
    assert Observations([one, two]) == Observations([one, two], sheets=["A"])
    assert Observations([one, two]) != Observations([two, one])
    assert Observations([one]) != [one]
    indexed = Observations([one])
    assert Observations.of(indexed) is indexed
    assert Observations.of([two], indexed) == Observations([two, one]) != indexed
    assert Observations.of() == Observations()
    assert Observations.__eq__(Observations([one]), [one]) is NotImplemented


def test_collections_put_together_keep_what_each_was_read_from_and_allowed() -> None:
    one, two, three = (of(1, f"CY202{at}") for at in (1, 2, 3))
    first = Observations.read_from([one], lambda at: Origin("a.csv", at + 2), sheets=["A"])
    strict, lenient = Observations([two]), Observations([three], provisional_after_final_ok=True, sheets=["B"])
    whole = first + strict + lenient
    assert [*whole] == [*Observations.combined(first, strict, lenient)] == [one, two, three]
    assert [whole.origin_of(each) for each in (one, two, three)] == [Origin("a.csv", 2), None, None]
    assert whole.sheets == ("A", "B")
    assert (whole._provisional_ok, (first + strict)._provisional_ok) == (True, False)
    after = Observations.read_from([two, three], lambda at: Origin("b.csv", at + 2))
    assert [(strict_first + after).origin_of(three) for strict_first in (Observations([one]), Observations())] == [
        Origin("b.csv", 3),
        Origin("b.csv", 3),
    ]
    wrong: Any = [two]
    with pytest.raises(TypeError):
        _ = first + wrong


def test_where_a_figure_was_read_from_is_written_from_the_outside_in() -> None:
    assert [str(each) for each in (Origin("f.csv", 2), Origin("f.xlsx", 3, "A"), Origin("f"), Origin(None, 4))] == [
        "f.csv, line 2",
        "f.xlsx, sheet A, line 3",
        "f",
        "line 4",
    ]
    figure = of(1)
    assert Observations([figure]).origin_of(figure) is Observations([figure]).origin_of(of(1)) is None


JANUARY, FEBRUARY, MARCH = (date(2025, month, 1) for month in (1, 2, 3))


def test_a_provisional_figure_that_is_the_first_or_follows_another_gives_no_warning() -> None:
    first = of(1, revision="provisional", recorded=JANUARY)
    for figures in ([first], [first, of(2, revision="provisional", recorded=FEBRUARY)]):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert value_on(figures, MARCH) == len(figures)
    final = of(3, revision="final", recorded=JANUARY)
    with pytest.warns(ProvisionalAfterFinalWarning) as caught:
        assert value_on([final, of(4, revision="provisional", recorded=FEBRUARY)], MARCH) == 4
    assert str(caught[0].message).startswith(
        "m, CY2024, E1: the provisional figure recorded 2025-02-01 displaces the final one of 2025-01-01;"
    )


def test_what_was_known_is_in_the_order_of_periods_and_asked_for_by_date_or_text() -> None:
    figures = Observations([of(3, "CY2024"), of(1, "CY2022"), of(2, "CY2023"), of(9, "2024-06", breakdown={"a": "b"})])
    for day in (date(2025, 1, 1), "2025-01-01"):
        known = figures.known("m", "E1", as_of=day)
        assert [each.code for each in known] == ["CY2022", "CY2023", "CY2024"]
        assert figures.known("m", "E1", as_of=day) is known
    assert [each.code for each in figures.known("m", "E1", {"a": "b"}, as_of="2025-01-01")] == ["2024-06"]
    assert figures.known("m", "E2", as_of="2025-01-01") == figures.known("n", "E1", as_of="2025-01-01") == {}
    assert [each.code for each in figures.known("m", "E1", as_of="2023-12-31")] == ["CY2022", "CY2023"]


def test_a_forecast_is_known_as_one_until_there_is_a_figure() -> None:
    early, late = (of(at, revision="forecast", recorded=day) for at, day in ((1, JANUARY), (2, FEBRUARY)))
    other = of(5, "CY2023", revision="forecast", recorded=JANUARY)
    figures = Observations([late, early, of(3, recorded=MARCH), other])

    def expected(day: date) -> list[tuple[str, Any]]:
        return [(each.code, found.value) for each, found in figures.forecasts("m", "E1", as_of=day).items()]

    assert expected(date(2024, 12, 31)) == []
    assert expected(JANUARY) == [("CY2023", 5), ("CY2024", 1)]
    assert expected(FEBRUARY) == [("CY2023", 5), ("CY2024", 2)]
    assert expected(MARCH) == [("CY2023", 5)]
    assert figures.forecasts("m", "E2", as_of=MARCH) == {}
    assert figures.forecasts("m", "E1", {"a": "b"}, as_of=MARCH) == {}
    assert value_on([early, late], MARCH) is None


def test_across_places_each_has_what_was_known_of_the_period_or_nothing() -> None:
    figures = Observations(
        [
            of(1, recorded=JANUARY),
            of(2, recorded=FEBRUARY, revision="revised"),
            of(3, area="E2", recorded=FEBRUARY),
            of(4, area="E3", revision="forecast", recorded=JANUARY),
            of(5, area="E1", breakdown={"a": "b"}, recorded=JANUARY),
        ]
    )

    def found(day: date, *part: dict[str, str]) -> dict[str, Any]:
        known = figures.across("m", CY2024, ["E1", "E2", "E3", "E4"], *part, as_of=day)
        return {area: None if each is None else each.value for area, each in known.items()}

    assert found(JANUARY) == {"E1": 1, "E2": None, "E3": None, "E4": None}
    assert found(FEBRUARY) == {"E1": 2, "E2": 3, "E3": None, "E4": None}
    assert found(FEBRUARY, {"a": "b"}) == {"E1": 5, "E2": None, "E3": None, "E4": None}
    assert figures.across("n", CY2024, ["E1"], as_of=FEBRUARY) == {"E1": None}


@pytest.mark.parametrize(
    ("pair", "message"),
    [
        ([of(1), of(2)], "two figures, 1 and 2, with nothing to decide which holds (no day recorded, no revision)"),
        (
            [of(1, recorded=JANUARY), of(None, absence="low", recorded=JANUARY)],
            "two figures, 1 and low, with nothing to decide which holds (recorded 2025-01-01, no revision)",
        ),
        (
            [of(2, revision="final"), of(1), of(3, revision="final")],
            "two figures, 2 and 3, with nothing to decide which holds (no day recorded, final)",
        ),
    ],
)
def test_two_figures_with_nothing_to_tell_them_apart_are_named_with_what_they_share(
    pair: list[Observation], message: str
) -> None:
    with pytest.raises(AmbiguousObservationError) as caught:
        Observations(pair)
    assert str(caught.value) == f"m, CY2024, E1: {message}; give the day each was recorded, or its revision"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            "figures.csv",
            "given 'figures.csv'; allowed: Observations, or a list of Observation (load_observations reads",
        ),
        (Path("figures.csv"), "(load_observations reads a file)"),
        (b"figures", "allowed: Observations, or a list of Observation"),
        (5, "given 5; allowed: Observations, or a list of Observation"),
        ({"a": 1}, "given {'a': 1}; allowed: Observations, or a list of Observation"),
        (
            {"measure": []},
            "given columns by their names; allowed: Observations, or a list of Observation (outcome_bees",
        ),
    ],
)
def test_what_is_no_list_of_figures_is_refused_with_what_reads_it(given: Any, message: str) -> None:
    with pytest.raises(InvalidTypeError) as caught:
        Observations(given)
    assert message in str(caught.value)
    assert str(caught.value).startswith("observations: ")
    assert ("reads a file" in str(caught.value)) is isinstance(given, (str, Path))


class _Frame:
    """Of a library of frames."""


@pytest.mark.parametrize("library", ["pandas.core.frame", "polars.dataframe", "pyarrow.lib", "duckdb", "_duckdb"])
def test_a_frame_is_refused_with_the_function_that_takes_it(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Frame, "__module__", library)
    frame: Any = _Frame()
    with pytest.raises(InvalidTypeError) as caught:
        Observations(frame)
    assert str(caught.value) == (
        f"observations: given a _Frame of {library.partition('.')[0]}; allowed: Observations, or a list of Observation"
        " (outcome_bees.frames.evaluate(plan, frame, as_of=…) takes a frame)"
    )


SHARE = Measure(id="m", title="M", unit="percent")


def test_the_one_place_there_are_figures_for_need_not_be_named() -> None:
    alone = Observations([of(1), of(2, "CY2023")])
    assert alone.series(SHARE, as_of="2025-12-31") == alone.series(SHARE, area="E1", as_of="2025-12-31")
    assert (Observations().series(SHARE, as_of="2025-12-31").area, len(alone.series(SHARE, as_of="2023-12-31"))) == (
        None,
        1,
    )
    nothing = Observations().series(SHARE, breakdown={"sex": "girls"}, as_of="2025-12-31")
    assert nothing == Series(measure=SHARE, breakdown={"sex": "girls"}, as_of=date(2025, 12, 31))
    with pytest.raises(InvalidValueError, match="area"):
        alone.series(SHARE, area="", as_of="2025-12-31")
    with pytest.raises(InvalidValueError) as caught:
        (alone + Observations([of(1, area="E2")])).series(SHARE, as_of="2025-12-31")
    assert str(caught.value) == "series: area: given None; allowed: one of E1, E2 (give area=…)"
    with pytest.raises(InvalidTypeError) as wrong:
        alone.series("m", as_of="2025-12-31")  # type: ignore[arg-type]
    assert str(wrong.value) == "series: measure: given 'm'; allowed: a Measure (plan.measure(id) finds it)"
    with pytest.raises(InvalidValueError, match="as_of"):
        alone.series(SHARE, as_of="2025")


def test_of_a_place_under_two_codes_the_figures_of_both_are_known_its_own_first() -> None:
    own, other = "E06000066", "E10000027"
    given = [of(1, "FY2021-22", other), of(2, "FY2022-23", other), of(3, "FY2022-23", own), of(9, area="E10000015")]

    def known(figures: list[Observation], area: str = own) -> dict[str, Any]:
        whole = Observations(figures)
        alone = whole.known("m", area, as_of="2025-12-31")
        found = known_of_ground(alone, whole, "m", area, {}, date(2025, 12, 31))
        return {each.code: figure.value for each, figure in found.items()}

    assert known(given) == {"FY2021-22": 1, "FY2022-23": 3}
    assert list(known(given, other)) == ["FY2021-22", "FY2022-23"]
    assert known(given, other) == {"FY2021-22": 1, "FY2022-23": 2}
    assert known(given[2:]) == {"FY2022-23": 3}
    assert known(given[:1]) == {}
    assert known(given, "E10000015") == {"CY2024": 9}
    whole = Observations(given)
    alone = whole.known("m", "E10000015", as_of="2025-12-31")
    assert known_of_ground(alone, whole, "m", "E10000015", {}, date(2025, 12, 31)) is alone
