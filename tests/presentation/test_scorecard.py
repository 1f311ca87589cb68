"""A scorecard as tables: every measure once, in order, with the figure, what was asked, the status and the reason."""

import re
from datetime import date

import pytest

from outcome_bees import (
    Ambition,
    Baseline,
    Beat,
    Comparator,
    Complete,
    Improve,
    Measure,
    Observation,
    Observations,
    Period,
    Plan,
    Priority,
    Profile,
    Rank,
    Reach,
    Scorecard,
    StayBetween,
    Target,
    evaluate_plan,
)
from outcome_bees.evaluation.policy import FIVE_PER_CENT
from outcome_bees.presentation.blocks import Table
from outcome_bees.reports.answers import as_html, as_markdown, as_text, tables_of

AREA = "E10000015"
AS_OF = date(2025, 12, 31)


def figure(measure: str, period: str, value: object, area: str = AREA, **more: object) -> Observation:
    return Observation(measure=measure, period=period, area=area, value=value, **more)  # type: ignore[arg-type]


def measure(id: str, title: str, unit: str | None = "percent", **more: object) -> Measure:
    return Measure(**{"id": id, "title": title, "unit": unit, "direction": "increase", **more})  # type: ignore[arg-type]


def card(plan: Plan, *figures: Observation, as_of: date = AS_OF) -> Scorecard:
    return evaluate_plan(plan, figures, as_of=as_of, area=AREA)


def row(what: Measure, target: dict[str, object], *figures: Observation, as_of: date = AS_OF) -> tuple[str, ...]:
    """The texts and notes of the row of a plan with one measure and one target."""
    stated = Target(**{"id": "t", "measure": what.id, "due": "CY2024", **target})  # type: ignore[arg-type]
    england = Comparator(id="england", title="England", areas=["E92000001"])
    plan = Plan(id="p", title="P", measures=[what], targets=[stated], comparators=[england])
    (only,) = tables_of(card(plan, *figures, as_of=as_of))[0].rows
    return tuple(f"{each.text} | {each.note}".strip(" |") for each in only.cells)


IN_TIME = measure("m", "Plans in time")
LATE = measure("m", "Late plans", direction="decrease")
PLACES = measure("m", "Places", "place")


@pytest.mark.parametrize(
    ("said", "what", "target", "figures"),
    [
        (
            ("Plans in time", "56.3% | 2024", "more than 40.2%", "achieved | 16.1 ahead", "improving"),
            IN_TIME,
            {"aim": Improve(), "baseline": Baseline("CY2023")},
            [figure("m", "CY2023", "40.2"), figure("m", "CY2024", "56.3")],
        ),
        (
            ("Late plans", "12.0% | 2024", "at most 10.0%", "missed | 2.0 behind", ""),
            LATE,
            {"aim": Reach(10)},
            [figure("m", "CY2024", "12")],
        ),
        (
            ("Plans in time", "94.96% | 2024", "at least 95.0%", "missed | 0.04 behind", ""),
            IN_TIME,
            {"aim": Reach(95)},
            [figure("m", "CY2024", "94.96")],
        ),
        (
            ("Plans in time", "90.0% | 2024", "85.0% to 90.0%", "achieved | exactly on it", ""),
            IN_TIME,
            {"aim": StayBetween(85, 90)},
            [figure("m", "CY2024", 90)],
        ),
        (
            (
                "Plans in time",
                "50.0% | 2023",
                "at least 60.0% | due 2024",
                "not assessed | overdue; last not met, 10.0 behind",
                "",
            ),
            IN_TIME,
            {"aim": Reach(60)},
            [figure("m", "CY2023", 50)],
        ),
        (
            ("Late plans", "13.8 per 10,000 | 2024", "less than 41.6", "achieved | 27.8 ahead", ""),
            measure("m", "Late plans", "per_10000", direction="decrease"),
            {"aim": Beat("england")},
            [figure("m", "CY2024", "13.8"), figure("m", "CY2024", "41.6", "E92000001")],
        ),
        (
            ("Places", "", "", "not assessed | no data", ""),
            PLACES,
            {"aim": Reach(90)},
            [],
        ),
        (
            ("Places", "2024", "", "not assessed | suppressed", ""),
            PLACES,
            {"aim": Reach(90)},
            [figure("m", "CY2024", None, absence="suppressed")],
        ),
        (
            ("Places", "55 places | 2025-26 Q1 to Q2", "at least 50 | 120 due 2025-26", "on track | 5 ahead", ""),
            PLACES,
            {
                "aim": Reach(120),
                "due": "FY2025-26",
                "trajectory": Profile({Period.parse("FY2025-26-Q1..Q2"): 50, Period.parse("FY2025-26"): 120}),
            },
            [figure("m", "FY2025-26-Q1..Q2", 55)],
        ),
        (
            ("Places", "7 places | 2024", "best quarter", "missed | 1 place behind", ""),
            PLACES,
            {"aim": Rank(1, 4)},
            [figure("m", "CY2024", 7), *(figure("m", "CY2024", 8 - n, f"E0{n}") for n in (0, 4, 5))],
        ),
        (
            ("New service", "done | 2024", "done", "achieved", ""),
            measure("m", "New service", "milestone", direction=None),
            {"aim": Complete()},
            [figure("m", "CY2024", 1)],
        ),
    ],
)
def test_a_row_says_the_figure_what_was_required_the_status_and_why(
    said: tuple[str, ...], what: Measure, target: dict[str, object], figures: list[Observation]
) -> None:
    assert row(what, target, *figures) == said


def test_a_running_total_s_travel_says_that_it_is_since_last_year() -> None:
    figures = (figure("m", "FY2023-24-Q1..Q2", 50), figure("m", "FY2024-25-Q1..Q2", 55))
    assert row(PLACES, {"aim": Reach(90), "due": None}, *figures)[-1] == "improving | on last year"


TREE = Plan(
    id="p",
    title="A plan",
    ambitions=[Ambition(id="a", title="First"), Ambition(id="b", title="Second"), Ambition(id="c", title="Empty")],
    priorities=[
        Priority(id="pa", title="PA", ambition="a", outcome_bees=["be-safe", "be-happy"]),
        Priority(id="pb", title="PB", ambition="b", outcome_bees=["be-safe"]),
    ],
    measures=[
        measure("part-2", "Part 2"),
        measure("b1", "B one", priority="pb"),
        measure(
            "whole", "Whole", None, kind="compound", direction=None, priority="pa", components=["part-1", "part-2"]
        ),
        measure("none", "Of no priority"),
        measure("part-1", "Part 1"),
        measure("a1", "A one", priority="pa"),
    ],
    targets=[
        Target(id="t1", measure="part-1", aim=Reach(50), due="CY2024"),
        Target(id="t2", measure="part-2", aim=Reach(50), due="CY2024"),
        Target(id="t3", measure="b1", aim=Reach(50), due="CY2024"),
        Target(id="t4", measure="b1", aim=Reach(60), due="CY2025"),
    ],
)
FIGURES = (figure("part-1", "CY2024", 60), figure("part-2", "CY2024", 40), figure("b1", "CY2024", 55))


def captions(tables: tuple[Table, ...]) -> list[str]:
    return [each.caption for each in tables]


def test_measures_stand_under_their_ambition_in_order_and_parts_below_their_whole() -> None:
    answers = tables_of(card(TREE, *FIGURES))[0]
    assert [(group.title, [(each.cells[0].text, each.level) for each in group.rows]) for group in answers.groups] == [
        ("First", [("Whole", 0), ("Part 1", 1), ("Part 2", 1), ("A one", 0)]),
        ("Second", [("B one", 0), ("B one", 0)]),
        ("Other measures", [("Of no priority", 0)]),
    ]


def test_every_answer_has_one_row() -> None:
    made = card(TREE, *FIGURES)
    assert len(tables_of(made)[0].rows) == len(made.evaluations) == 7


def test_two_targets_of_a_measure_are_told_apart() -> None:
    _, second, _ = tables_of(card(TREE, *FIGURES))[0].groups
    assert [each.cells[0].note for each in second.rows] == ["due 2024", "due 2025"]


def test_a_compound_measure_says_that_it_is_the_worst_of_its_parts() -> None:
    whole = tables_of(card(TREE, *FIGURES))[0].rows[0]
    assert (whole.cells[3].text, whole.cells[3].note) == ("missed", "worst of parts")


def test_tallies_have_their_denominators_and_say_where_something_counts_twice() -> None:
    answers, bees, ambitions = tables_of(card(TREE, *FIGURES))
    assert answers.summary.endswith("2 of 4 assessed are on track or achieved (6 in all).")
    assert answers.groups[0].summary == "1 of 2 assessed are on track or achieved (3 in all)"
    cells = [[each.text for each in line.cells] for line in bees.rows]
    assert cells == [
        ["Be Safe", "2 of 4 assessed", "5", "1 off track, 2 achieved, 1 missed, 1 not assessed"],
        ["Be Happy", "1 of 2 assessed", "3", "1 achieved, 1 missed, 1 not assessed"],
        ["The whole plan", "2 of 4 assessed", "6", "1 off track, 2 achieved, 1 missed, 2 not assessed"],
    ]
    assert "counted under both" in bees.summary
    assert not ambitions.summary
    assert [line.cells[0].text for line in ambitions.rows] == ["First", "Second", "The whole plan"]


def test_a_plan_without_ambitions_is_grouped_by_bee_and_one_group_needs_no_title() -> None:
    bees = [measure("a", "A", outcome_bees=["be-safe"]), measure("b", "B", outcome_bees=["be-happy"])]
    both = Plan(id="p", title="P", measures=bees)
    assert [each.title for each in tables_of(card(both))[0].groups] == ["Be Safe", "Be Happy"]
    alone = Plan(id="p", title="P", measures=bees[:1])
    assert [(each.title, each.summary) for each in tables_of(card(alone))[0].groups] == [("", "")]


def test_a_part_of_two_compound_measures_stands_once() -> None:
    wholes = [measure(id, id, None, kind="compound", components=["part"], direction=None) for id in ("x", "y")]
    plan = Plan(id="p", title="P", measures=[*wholes, measure("part", "Part")])
    assert [each.cells[0].text for each in tables_of(card(plan))[0].rows] == ["x", "Part", "y"]


def test_a_scorecard_prints_and_shows_itself() -> None:
    made = card(TREE, *FIGURES)
    shown: list[str] = []

    class Printer:
        def text(self, given: str) -> None:
            shown.append(given)

    made._repr_pretty_(Printer(), cycle=False)
    assert shown == [str(made)] == [as_text(made, width=80)]
    assert made._repr_html_() == as_html(made)
    assert made._repr_markdown_() == as_markdown(made)


def test_every_form_of_a_scorecard_has_the_same_words() -> None:
    made = card(TREE, *FIGURES)
    plain = re.sub(r"<[^>]+>", " ", as_html(made))
    for each in tables_of(made)[0].rows:
        for cell in each.cells:
            for form in (plain, as_markdown(made), as_text(made, width=200)):
                assert cell.text in form
                assert cell.mark in form


def test_an_empty_plan_has_an_empty_table() -> None:
    empty = evaluate_plan(Plan(id="p", title="Nothing yet"), Observations(), as_of=AS_OF, area=AREA)
    assert captions(tables_of(empty)) == ["Nothing yet"]
    assert "none assessed (0 in all)" in as_text(empty, width=120)


def test_what_a_policy_lets_pass_is_said_to_be_within_it() -> None:
    plan = Plan(
        id="p", title="P", measures=[IN_TIME], targets=[Target(id="t", measure="m", aim=Reach(70), due="CY2024")]
    )
    made = evaluate_plan(plan, [figure("m", "CY2024", "69.8")], as_of=AS_OF, area=AREA, policy=FIVE_PER_CENT)
    status = tables_of(made)[0].rows[0].cells[3]
    assert (status.text, status.note) == ("achieved", "0.2 behind, within policy")


def test_a_figure_that_may_still_change_is_marked_and_the_mark_is_explained() -> None:
    targets = [Target(id="t", measure="m", aim=Reach(90), due="CY2024")]
    plan = Plan(id="p", title="P", measures=[IN_TIME, measure("n", "Places", "place")], targets=targets)
    marked = card(plan, figure("m", "CY2024", 95, revision="provisional"), figure("n", "CY2024", 7, revision="revised"))
    assert marked.evaluations[0].revision == "provisional"
    table = tables_of(marked)[0]
    assert [each.cells[1].text for each in table.rows] == ["95.0% [p]", "7 places [r]"]
    assert table.summary.endswith("(2 in all). [p] provisional, [r] revised.")
    for write in (as_text, as_html, as_markdown):
        assert re.search(r"\[?p\\?\] provisional", write(marked))
    final = card(plan, figure("m", "CY2024", 95, revision="final"))
    assert "[" not in tables_of(final)[0].summary


def test_a_measure_with_a_minimum_and_a_stretch_counts_once_for_each_and_the_table_says_so() -> None:
    targets = [
        Target(id=id, measure="m", aim=Reach(number), due="CY2024") for id, number in (("low", 80), ("high", 90))
    ]
    both = card(Plan(id="p", title="P", measures=[IN_TIME], targets=targets), figure("m", "CY2024", 85))
    assert str(both.overall) == "1 of 2 assessed are on track or achieved (2 in all)"
    assert tables_of(both)[0].summary.endswith(" One measure has several targets due together: each is counted.")
    later = [targets[0], Target(id="high", measure="m", aim=Reach(90), due="CY2025")]
    one = card(Plan(id="p", title="P", measures=[IN_TIME], targets=later), figure("m", "CY2024", 85))
    assert "several" not in tables_of(one)[0].summary
