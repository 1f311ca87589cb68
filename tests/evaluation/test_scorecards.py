"""A scorecard: how it shows itself, what it hands on to who writes it, and how a compound measure is answered."""

import warnings
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from outcome_bees import (
    Ambition,
    Measure,
    Observation,
    Observations,
    Plan,
    Policy,
    Priority,
    Reach,
    Reason,
    Scorecard,
    Status,
    Target,
    evaluate_plan,
)
from outcome_bees.errors import InvalidTypeError, InvalidValueError, UnknownAreaWarning, UnknownMeasureWarning
from outcome_bees.evaluation import scorecard
from outcome_bees.evaluation.scorecard import with_inputs

HERE, ON = "E10000015", date(2025, 12, 31)
OURS = Policy(id="ours")


def measure(id: str, **rest: Any) -> Measure:
    return Measure(**{"id": id, "title": id, "unit": "percent", "direction": "increase", **rest})


def compound(id: str, *parts: str) -> Measure:
    return Measure(id=id, title=id, kind="compound", components=parts)


def plan(*measures: Measure, reached: dict[str, int] | None = None, **rest: Any) -> Plan:
    """A plan whose measures are each to reach a number, or none."""
    targets = [
        Target(id=f"t-{id}", measure=id, aim=Reach(number), due="CY2024") for id, number in (reached or {}).items()
    ]
    return Plan(id="p", title="P", measures=measures, targets=targets, **rest)


def figures(**values: int) -> list[Observation]:
    return [Observation(measure=id, period="CY2024", area=HERE, value=value) for id, value in values.items()]


def card_of(made: Plan, *, area: str | None = HERE, **values: int) -> Scorecard:
    return evaluate_plan(made, figures(**values), as_of=ON, area=area)


ONE = plan(measure("m"), reached={"m": 50})


def test_a_card_shows_its_plan_its_place_its_day_and_how_many_are_well() -> None:
    assert repr(card_of(ONE, m=60)) == (
        "<Scorecard of p in E10000015 as of 2025-12-31: 1 of 1 assessed are on track or achieved (1 in all)>"
    )
    assert repr(card_of(ONE, area=None)) == "<Scorecard of p as of 2025-12-31: none assessed (1 in all)>"


@pytest.fixture
def offers(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, tuple[Any, ...], dict[str, Any]]]:
    """What was asked of the rooms above, which answer with the name of what they were asked for."""
    asked = []

    def offered(name: str) -> Callable[..., str]:
        def answer(*given: Any, **how: Any) -> str:
            asked.append((name, given, how))
            return name

        return answer

    monkeypatch.setattr(scorecard, "offered", offered)
    return asked


@pytest.mark.parametrize(
    ("ask", "name", "given", "how"),
    [
        (str, "as_text", (), {}),
        (Scorecard._repr_html_, "as_html", (), {}),
        (Scorecard._repr_markdown_, "as_markdown", (), {}),
        (lambda card: card.with_methods("trend", "spc"), "with_methods", ("trend", "spc"), {}),
        (Scorecard.to_frame, "to_frame", (None,), {}),
        (lambda card: card.to_frame("polars"), "to_frame", ("polars",), {}),
        (Scorecard.to_csv, "to_csv", (None,), {}),
        (lambda card: card.to_csv("a.csv"), "to_csv", ("a.csv",), {}),
        (Scorecard.to_html, "to_html", (None,), {}),
        (Scorecard.to_markdown, "to_markdown", (None,), {}),
        (lambda card: card.to_database("a.db"), "to_database", ("a.db", "answers"), {"if_there": "refuse"}),
        (
            lambda card: card.to_database("a.db", "ours", if_there="replace"),
            "to_database",
            ("a.db", "ours"),
            {"if_there": "replace"},
        ),
    ],
)
def test_a_card_is_shown_and_written_by_the_rooms_above_it(
    ask: Callable[[Scorecard], Any], name: str, given: tuple[Any, ...], how: dict[str, Any], offers: list[Any]
) -> None:
    card = card_of(ONE, m=60)
    assert ask(card) == name
    assert offers == [(name, (card, *given), how)]


def test_a_file_of_a_card_is_written_and_a_terminal_gets_its_text(offers: list[Any]) -> None:
    card, shown = card_of(ONE, m=60), []

    class Printer:
        def text(self, given: str) -> None:
            shown.append(given)

    card.to_excel("a.xlsx")
    card.to_parquet("a.parquet")
    card._repr_pretty_(Printer(), cycle=False)
    assert [(name, given[1:]) for name, given, _ in offers] == [
        ("to_excel", ("a.xlsx",)),
        ("to_parquet", ("a.parquet",)),
        ("as_text", ()),
    ]
    assert shown == ["as_text"]


def by_hand() -> Scorecard:
    """A card without what it was made from."""
    made = card_of(ONE, m=60)
    return Scorecard(plan=made.plan, as_of=ON, policy="ours", evaluations=made.evaluations)


def test_a_report_has_the_figures_and_the_policy_of_its_card_unless_they_are_given(offers: list[Any]) -> None:
    card, given = card_of(ONE, m=60), Observations()
    assert card.inputs is not None
    card.report("a.html", charts=False)
    card.report("a.html", observations=given, policy=OURS)
    by_hand().report("a.html")
    by_hand().report("a.html", observations=given, policy=OURS)
    own = {"observations": card.inputs.observations, "policy": card.inputs.policy}
    assert [how for _, _, how in offers] == [
        {"charts": False, **own},
        {"observations": given, "policy": OURS},
        {"observations": ()},
        {"observations": given, "policy": OURS},
    ]
    assert [(name, *asked[1:]) for name, asked, _ in offers] == [("report", "a.html")] * 4


def test_a_card_is_published_from_its_own_figures_under_its_own_policy_unless_others_are_given(
    offers: list[Any],
) -> None:
    card, rule, others = card_of(ONE, m=60), object(), Observations()
    inputs = card.inputs
    assert inputs is not None
    alone = by_hand()
    for each in (
        card.published(rule),
        card.published(rule, others),
        card.published(rule, policy=OURS),
        alone.published(rule, others, policy="ours"),
    ):
        assert str(each) == "published"
    assert offers == [
        ("published", (card, inputs.observations, rule), {"policy": inputs.policy}),
        ("published", (card, others, rule), {"policy": inputs.policy}),
        ("published", (card, inputs.observations, rule), {"policy": OURS}),
        ("published", (alone, others, rule), {"policy": "ours"}),
    ]


@pytest.mark.parametrize("given", [{}, {"observations": Observations()}, {"policy": OURS}])
def test_a_card_without_its_figures_or_its_policy_is_not_published(given: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError, match="observations and policy, since the card was loaded and does not have"):
        by_hand().published(object(), **given)


def test_a_card_and_its_answers_have_what_they_were_made_from() -> None:
    card = card_of(plan(measure("m"), compound("whole", "m"), reached={"m": 50}), m=60)
    assert card.inputs is not None
    assert all(each._inputs is card.inputs for each in card.evaluations)
    assert by_hand().inputs is None
    alone = by_hand()
    assert with_inputs(alone, card.inputs) is alone
    assert alone.inputs is card.inputs
    assert all(each._inputs is card.inputs for each in alone.evaluations)


def test_a_compound_measure_is_the_worst_of_its_parts_or_says_that_none_was_assessed() -> None:
    parts = measure("a"), measure("b"), measure("c")
    card = card_of(plan(compound("whole", "a", "b", "c"), *parts, reached={"a": 50, "b": 50}), a=60, b=40, c=1)
    (whole,) = (each for each in card.evaluations if each.measure == "whole")
    assert (whole.status, whole.reason, whole.area, whole.as_of, whole.policy) == (
        Status.MISSED,
        None,
        HERE,
        ON,
        "standard",
    )
    assert whole.explanation == "The worst of its parts that were assessed: 1 achieved, 1 missed, 1 not assessed."
    none = card_of(plan(compound("whole", "a", "b", "c"), *parts, reached={"a": 50, "b": 50}))
    assert (none.evaluations[0].status, none.evaluations[0].reason) == (Status.NOT_ASSESSED, Reason.NO_TARGET)
    assert none.evaluations[0].explanation == "Not assessed: none of its 3 parts was."


def test_a_compound_measure_with_a_target_is_judged_by_its_own_figures_and_counted_with_its_parts() -> None:
    own = Measure(id="whole", title="W", kind="compound", unit="percent", direction="increase", components=["a"])
    card = card_of(plan(own, measure("a"), reached={"a": 50, "whole": 90}), a=60, whole=80)
    assert [(each.target, each.status) for each in card.evaluations] == [
        ("t-whole", Status.MISSED),
        ("t-a", Status.ACHIEVED),
    ]
    assert (card.overall.total, card.overall.good) == (2, 1)
    waiting = card_of(plan(own, measure("a"), reached={"a": 50}), a=60, whole=80)
    assert [each.target for each in waiting.evaluations] == [None, "t-a"]
    assert (waiting.overall.total, waiting.overall.good) == (1, 1)


def test_compound_measures_of_compound_measures_wait_for_theirs() -> None:
    card = card_of(
        plan(
            compound("top", "half", "b"), compound("half", "a"), measure("a"), measure("b"), reached={"a": 50, "b": 9}
        ),
        a=40,
        b=10,
    )
    assert [(each.measure, each.status) for each in card.evaluations] == [
        ("top", Status.MISSED),
        ("half", Status.MISSED),
        ("a", Status.MISSED),
        ("b", Status.ACHIEVED),
    ]
    assert {id: (tally.total, tally.good) for id, tally in card.by_compound.items()} == {"top": (2, 1), "half": (1, 0)}


def test_what_serves_no_ambition_priority_or_bee_is_in_no_tally_of_them() -> None:
    made = plan(
        measure("m", priority="one", outcome_bees=["be-safe"]),
        measure("n"),
        measure("o", priority="two"),
        ambitions=[Ambition(id="a", title="A")],
        priorities=[Priority(id="one", title="One", ambition="a"), Priority(id="two", title="Two")],
    )
    card = card_of(made)
    assert {id: tally.total for id, tally in card.by_ambition.items()} == {"a": 1}
    assert {id: tally.total for id, tally in card.by_priority.items()} == {"one": 1, "two": 1}
    assert {id: tally.total for id, tally in card.by_bee.items()} == {"be-safe": 1}
    assert (card.by_compound, card.overall.total) == ({}, 3)


def test_the_day_and_the_policy_may_be_given_as_texts() -> None:
    card = evaluate_plan(plan(measure("m"), policies=[OURS]), [], as_of="2025-12-31", policy="ours", area=HERE)
    assert (card.as_of, card.policy) == (ON, "ours")
    assert card.inputs is not None
    assert card.inputs.policy is OURS


@pytest.mark.parametrize(
    ("ids", "warning"),
    [
        (["alnoe"], "figures of 1 measure that plan p does not have were left aside: alnoe (alone?);"),
        (["alnoe", "zzz"], "figures of 2 measures that plan p does not have were left aside: alnoe (alone?), zzz;"),
        (
            ["u1", "u2", "u3", "u4", "u5"],
            "figures of 5 measures that plan p does not have were left aside: u1, u2, u3, u4, u5;",
        ),
        (
            ["u1", "u2", "u3", "u4", "u5", "u6"],
            "figures of 6 measures that plan p does not have were left aside: u1, u2, u3, u4, u5 …;",
        ),
    ],
)
def test_a_warning_names_five_measures_that_the_plan_does_not_have(ids: list[str], warning: str) -> None:
    made, known = plan(measure("alone")), figures(alone=1, **dict.fromkeys(ids, 1))
    with pytest.warns(UnknownMeasureWarning) as caught:
        evaluate_plan(made, known, as_of=ON)
    assert [str(each.message) for each in caught] == [
        f"{warning} evaluate_plan(…, unknown_measures_ok=True) leaves them aside without a warning"
    ]
    assert caught[0].filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        evaluate_plan(made, known, as_of=ON, unknown_measures_ok=True)


def test_a_warning_of_a_place_without_figures_says_how_it_is_silenced() -> None:
    with pytest.warns(UnknownAreaWarning) as caught:
        evaluate_plan(ONE, figures(m=1), as_of=ON, area="Ruritania")
    assert [str(each.message) for each in caught] == [
        "there are no figures of Ruritania, only of E10000015 (evaluate_plan(…, unknown_area_ok=True) silences this)"
    ]
    assert caught[0].filename == __file__


def test_what_is_no_plan_is_refused() -> None:
    with pytest.raises(InvalidTypeError, match="evaluate_plan: plan"):
        evaluate_plan("p", [], as_of=ON)  # type: ignore[arg-type]
