"""A card becomes a dataframe of whichever library is there."""

from typing import Any

import pytest

from outcome_bees import Scorecard
from outcome_bees.errors import InvalidValueError, MissingExtraError
from outcome_bees.reports import tabular
from outcome_bees.reports.tabular import LIBRARIES, answer_rows, to_frame


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_frame_has_a_row_for_each_answer(card: Scorecard, library: str) -> None:
    pytest.importorskip(library)
    frame: Any = to_frame(card, library)
    assert type(frame).__module__.partition(".")[0] == library
    assert frame.shape == (len(card.evaluations), 26)


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
