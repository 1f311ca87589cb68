"""Numbers in place of texts: what they stand for, and that a hash alone never refuses anything."""

from datetime import date
from itertools import product
from typing import Any

import narwhals.stable.v2 as nw
import pytest

from outcome_bees import Measure, Plan, Reach, Target, frames
from outcome_bees.errors import AmbiguousObservationError
from outcome_bees.frames.backend import Backend
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


def test_an_engine_gives_the_same_numbers_and_none_to_other_texts() -> None:
    pl = pytest.importorskip("polars")
    backend, coding = Backend(pl.DataFrame(FIGURES)), Coding.of({"measure": ["m"], "period": ["CY2024", "CY2023"]})
    coded = nw.to_native(backend.with_code(backend.figures, "code", coding)).collect()
    assert coded["code"].to_list() == [coding.number("m", "CY2023"), coding.number("m", "CY2024"), None]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_rows_whose_hashes_are_alike_are_refused_only_where_they_are_the_same(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    pl, library = pytest.importorskip("polars"), pytest.importorskip(engine)

    def given(columns: dict[str, list[Any]]) -> Any:
        frame = pl.DataFrame(columns)
        return frame if engine == "polars" else library.connect().from_arrow(frame.to_arrow())

    twice = {name: [*held, held[1]] for name, held in FIGURES.items()}
    with pytest.raises(AmbiguousObservationError, match=r"measure m, period CY2024, area E1.*two of") as found:
        frames.evaluate(PLAN, given(twice), as_of=AS_OF)
    monkeypatch.setattr(Backend, "may_repeat", lambda *_: True)
    frames.evaluate(PLAN, given(FIGURES), as_of=AS_OF)
    with pytest.raises(AmbiguousObservationError) as again:
        frames.evaluate(PLAN, given(twice), as_of=AS_OF)
    assert str(again.value) == str(found.value)
