"""Commentary lies beside the plan, changes no status, and is missed where a red or amber has none."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from outcome_bees import Measure, Observation, Plan, Reach, Scorecard, Target, evaluate_plan
from outcome_bees.errors import DocumentError
from outcome_bees.reports.commentary import (
    Commentary,
    comment_on,
    commentary_gaps,
    dump_commentary,
    load_commentary,
)

HERE, DAY = "E10000015", date(2025, 6, 1)


def said(written: date = date(2025, 6, 10), **rest: object) -> Commentary:
    return Commentary(**{"measure": "m", "area": HERE, "as_of": DAY, "text": "Why.", "written": written, **rest})  # type: ignore[arg-type]


def card(value: int, recorded: date | None = None) -> Scorecard:
    plan = Plan(
        id="p",
        title="P",
        measures=[Measure(id="m", title="M", unit="percent", direction="increase")],
        targets=[Target(id="t", measure="m", aim=Reach(95), due="CY2024")],
    )
    figures = [Observation(measure="m", period="CY2024", area=HERE, value=value, recorded=recorded)]
    return evaluate_plan(plan, figures, as_of=DAY)


@pytest.mark.parametrize("suffix", ["yaml", "json", "toml"])
def test_a_document_reads_back_as_it_was_written(tmp_path: Path, suffix: str) -> None:
    if suffix == "toml":
        pytest.importorskip("tomli_w", reason="tomli-w is not installed")
    given = [said(cause="a: b", owner="Head of SEND", due=date(2025, 9, 1)), said(text="No.\nTwo lines.")]
    dump_commentary(given, tmp_path / f"c.{suffix}")
    assert load_commentary(tmp_path / f"c.{suffix}") == tuple(given)


def test_a_bad_document_is_refused_with_every_problem_and_its_line() -> None:
    bad = StringIO(
        "format: outcome-bees/1\ncommentary:\n- measure: M\n  area: E10000015\n  as_of: 2025-13-01\n  txt: x\n"
    )
    with pytest.raises(DocumentError) as error:
        load_commentary(bad, format="yaml")
    paths = {problem.path for problem in error.value.problems}
    assert {"$.commentary[0].measure", "$.commentary[0].as_of", "$.commentary[0].txt"} <= paths
    assert all(problem.line is not None for problem in error.value.problems)


def test_the_last_written_of_the_same_day_and_place_is_taken() -> None:
    answer = card(80).evaluations[0]
    last = said(date(2025, 6, 20), text="Later.")
    others = [said(as_of=date(2024, 6, 1)), said(area="E10000016"), said(measure="n")]
    assert comment_on(answer, [last, said(), *others]) == last
    assert comment_on(answer, others) is None


def test_a_red_without_commentary_is_a_gap_and_a_green_is_not() -> None:
    assert [str(each) for each in commentary_gaps(card(80), [])] == ["m: missed, and there is no commentary"]
    assert commentary_gaps(card(80), [said()]) == ()
    assert commentary_gaps(card(96), []) == ()


def test_commentary_older_than_its_figure_is_a_gap() -> None:
    (gap,) = commentary_gaps(card(80, recorded=date(2025, 5, 20)), [said(date(2025, 5, 1))])
    assert gap.message == "the commentary of 2025-05-01 is older than the figure, known on 2025-05-20"
