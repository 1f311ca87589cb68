"""What an answer holds beside its numbers: how it shows itself, and what is made only when it is read."""

from collections.abc import Callable
from datetime import date

import pytest

from outcome_bees import Beat, Comparator, Evaluation, Measure, Observation, Plan, Reach, Reason, Status, evaluate_plan
from outcome_bees.evaluation import result
from outcome_bees.vocabulary import Rag, Revision

Judged = Callable[..., Evaluation]
HERE = "E10000015"


def made(**facts: object) -> Evaluation:
    given = {"measure": "m", "as_of": date(2025, 12, 31), "policy": "standard", "explanation": "…", **facts}
    return Evaluation(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        (
            {"status": Status.NOT_ASSESSED, "reason": Reason.NO_TARGET},
            "<Evaluation of m as of 2025-12-31: not_assessed, no_target>",
        ),
        (
            {"status": Status.MISSED, "target": "t", "area": HERE},
            "<Evaluation of t in E10000015 as of 2025-12-31: missed>",
        ),
    ],
)
def test_an_answer_shows_what_it_is_of_where_and_how_it_stands(facts: dict[str, object], shown: str) -> None:
    assert repr(made(**facts)) == shown


def test_an_answer_has_the_quality_of_its_figure_and_the_light_of_its_status() -> None:
    figure = Observation(measure="m", period="CY2024", area=HERE, value=1, revision="revised")
    answer = made(status=Status.MISSED, observation=figure)
    assert (answer.revision, answer.rag) == (Revision.REVISED, Rag.RED)
    assert made(status=Status.MISSED).revision is None


def test_what_an_answer_made_by_hand_is_not_given_it_does_not_have() -> None:
    bare = made(status=Status.MISSED)
    assert (bare.target, bare.area, dict(bare.breakdown), bare.value, bare.certainty) == (None, None, {}, None, None)
    assert bare.display_conflict is False


def test_an_answer_has_the_facts_of_its_target_and_none_where_there_is_none(judged: Judged) -> None:
    answer = judged(Reach(50), {"CY2024": 60}, breakdown={"sex": "girls"})
    assert (answer.target, answer.measure, answer.area, str(answer.due)) == ("t", "m", HERE, "CY2024")
    assert (dict(answer.breakdown), answer.status, answer.observation) == ({"sex": "girls"}, Status.NOT_ASSESSED, None)
    plan = Plan(id="p", title="P", measures=[Measure(id="m", title="M", unit="percent")])
    (answer,) = evaluate_plan(plan, [], as_of=date(2025, 12, 31)).evaluations
    assert (answer.target, answer.area, answer.due, answer.observation) == (None, None, None, None)
    assert answer.explanation == "Not assessed: the plan sets no target for it."


def test_the_numbers_beside_an_absence_are_no_part_of_an_answer(judged: Judged) -> None:
    figure = {"absence": "suppressed", "numerator": 3, "denominator": 70}
    hidden = judged(Reach(50), {"CY2024": figure}).observation
    assert hidden is not None
    assert (hidden.absence, hidden.numerator, hidden.denominator) == ("suppressed", None, None)
    shown = judged(Reach(50), {"CY2024": {"value": 60, "numerator": 6, "denominator": 10}}).observation
    assert shown is not None
    assert (shown.value, shown.numerator, shown.denominator) == (60, 6, 10)


def test_a_sentence_names_others_by_their_title_or_says_that_nobody_describes_them(judged: Judged) -> None:
    england = Comparator(id="england", title="England", areas=["E92000001"])
    figures = {"figures": {"CY2024": 62}, "others": {"E92000001": {"CY2024": 60}}}
    assert judged(Beat("england"), **figures, comparators=[england]).explanation == (
        "62.0% in 2024, where the target was more than 60.0% (England): achieved, 2.0 percentage points ahead."
    )
    assert judged(Beat("england"), **figures).explanation == (
        "Not assessed: the plan does not describe the comparator england;"
        " the place's own latest figure is 62.0% in 2024."
    )


def test_an_answer_is_shown_in_a_notebook_by_the_room_above(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result, "offered", lambda name: lambda answer: f"{name} of {answer.measure}")
    assert made(status=Status.MISSED)._repr_html_() == "evaluation_as_html of m"
