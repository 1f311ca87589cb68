"""What each engine gives to bulk evaluation: the same beside the same row, however its rows are cut and joined."""

from collections import defaultdict
from contextlib import AbstractContextManager, nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from unittest import mock

import narwhals.stable.v2 as nw
import pytest

from outcome_bees.errors import MissingExtraError
from outcome_bees.frames import backend
from outcome_bees.frames.backend import Backend

ROWS, GROUPS, PIECES = 200_000, 1009, 8


def engine_of(name: str) -> AbstractContextManager[Any]:
    alone = name.endswith("alone")
    return mock.patch.object(backend, "_engine_for", return_value=None) if alone else nullcontext()


def table_in_pieces(name: str) -> Any:
    """A table that was put together of several, as PyArrow keeps it, so that its threads have something to share."""
    library = pytest.importorskip(name.partition(" ")[0])
    pieces = [
        {"number_of_row": list(range(start, start + ROWS // PIECES)), "group": [], "number": []}
        for start in range(0, ROWS, ROWS // PIECES)
    ]
    for piece in pieces:
        piece["group"] = [each * 7919 % GROUPS for each in piece["number_of_row"]]
        piece["number"] = [each % 13 for each in piece["number_of_row"]]
    if name.startswith("pyarrow"):
        return library.concat_tables([library.table(piece) for piece in pieces])
    return library.DataFrame({key: [cell for piece in pieces for cell in piece[key]] for key in pieces[0]})


@pytest.mark.parametrize("name", ["polars", "pandas", "pyarrow", "pandas alone", "pyarrow alone"])
def test_the_sum_and_the_highest_of_a_group_stand_beside_the_rows_of_that_group(name: str) -> None:
    with engine_of(name):
        made = Backend(table_in_pieces(name))
    sums: dict[int, int] = defaultdict(int)
    last: dict[int, int] = {}
    for row in range(ROWS):
        sums[row * 7919 % GROUPS] += row % 13
        last[row * 7919 % GROUPS] = row
    wanted = {row: (sums[row * 7919 % GROUPS], last[row * 7919 % GROUPS]) for row in range(ROWS)}
    found = made.with_sums(made.figures, ["group"], total="number")
    found = made.with_highest(found, "number_of_row", ["group"], "last").select("number_of_row", "total", "last")
    for _ in range(3):  # threads do not end in another order each time
        assert {each["number_of_row"]: (each["total"], each["last"]) for each in made.rows(found)} == wanted


@pytest.mark.parametrize("name", ["polars", "pandas", "pyarrow", "pandas alone", "pyarrow alone"])
def test_the_place_of_a_value_stands_beside_that_value(name: str) -> None:
    with engine_of(name):
        made = Backend(table_in_pieces(name))
    ranked = made.with_ranks(made.figures.with_columns(nw.col("number_of_row").alias("x")), "x", ["group"], place=True)
    found = made.rows(ranked.select("number_of_row", "group", "place"))
    places: dict[int, int] = defaultdict(int)
    wanted = {}
    for row in range(ROWS):
        places[row * 7919 % GROUPS] += 1
        wanted[row] = places[row * 7919 % GROUPS]
    assert {each["number_of_row"]: each["place"] for each in found} == wanted


def test_only_the_backend_asks_for_windows() -> None:
    """A window of PyArrow sets a join beside rows in another order: with_sums, with_highest and with_ranks do not."""
    rooms = Path(backend.__file__).parent
    asking = {each.name for each in rooms.rglob("*.py") if ".over(" in each.read_text(encoding="utf-8")}
    assert asking == {"backend.py"}


@pytest.fixture
def before_3(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A pandas that says that it is one before 3, beside neither Polars nor DuckDB."""
    pandas = pytest.importorskip("pandas")
    # Narwhals and PyArrow keep the version that they see first: here they see the true one.
    nw.Implementation.PANDAS._backend_version()
    if find_spec("pyarrow"):
        nw.from_native(pandas.DataFrame({"area": ["E1"]})).to_arrow().to_pandas()
    monkeypatch.setattr(pandas, "__version__", "2.3.3")
    monkeypatch.setattr(backend, "_engine_for", lambda given: None)
    return pandas


def test_pandas_before_3_is_evaluated_by_pyarrow_and_comes_back_as_pandas(before_3: Any) -> None:
    pytest.importorskip("pyarrow")
    made = Backend(before_3.DataFrame({"area": ["E1", None], "value": [1.5, None]}))
    assert made.engine.is_pyarrow()
    back = made.back(made.figures)
    assert isinstance(back, before_3.DataFrame)
    assert back["area"].dropna().tolist() == ["E1"]


def test_pandas_before_3_without_pyarrow_says_what_it_needs(before_3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backend, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"pandas before 3 is evaluated with pyarrow.*outcome-bees\[arrow\]"):
        Backend(before_3.DataFrame({"area": ["E1"]}))
