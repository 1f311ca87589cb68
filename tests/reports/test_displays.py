"""What a notebook and a traceback show of the library's objects."""

from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest

from outcome_bees import (
    Measure,
    Observation,
    Observations,
    Plan,
    Reach,
    Status,
    Target,
    catalogue,
    compare_plans,
    evaluate_plan,
    lint,
)
from outcome_bees.evaluation.scorecard import Scorecard
from outcome_bees.evaluation.tally import Tally

HOSTILE = '</td><script>alert("1")</script>'


def card_of(title: str = "Calls answered in time") -> Scorecard:
    measure = Measure(id="calls", title=title, unit="percent", direction="increase", frequency="yearly")
    target = Target(id="calls-95", measure="calls", aim=Reach(95), due="FY2024-25")
    figures = [Observation(measure="calls", period="FY2024-25", area="E10000015", value="96.20", note=title)]
    plan = Plan(id="p", title=title, measures=[measure], targets=[target])
    return evaluate_plan(plan, figures, as_of=date(2025, 12, 31))


def shown(title: str = "Calls answered in time") -> dict[str, Any]:
    card = card_of(title)
    old = Plan(id="o", title=title, measures=[Measure(id="gone", title=title, unit="count")])
    return {
        "plan": card.plan,
        "measure": card.plan.measures[0],
        "target": card.plan.targets[0],
        "evaluation": card.evaluations[0],
        "scorecard": card,
        "tally": card.overall,
        "observations": Observations([card.evaluations[0].observation]),  # type: ignore[list-item]
        "findings": lint(card.plan),
        "comparison": compare_plans(old, card.plan),
    }


class Cells(HTMLParser):
    """The texts of a page's cells, and the tags that it has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("name", list(shown()))
def test_everything_a_notebook_holds_shows_itself_as_a_table(name: str) -> None:
    page = Cells(shown()[name]._repr_html_())
    assert {"table", "caption", "th", "td"} <= page.tags


@pytest.mark.parametrize("name", list(shown()))
def test_no_title_is_markup(name: str) -> None:
    page = Cells(shown(HOSTILE)[name]._repr_html_())
    assert "script" not in page.tags


@pytest.mark.parametrize("name", list(shown()))
def test_what_a_traceback_shows_is_one_short_line(name: str) -> None:
    text = repr(shown("A long title of a measure, " * 40)[name])
    assert "\n" not in text
    assert len(text) <= 160


def test_a_plan_of_fifty_measures_is_one_line_and_says_how_many() -> None:
    plan = catalogue.load("plan-2018-21")
    assert repr(plan) == "<Plan plan-2018-21: 26 measures, 0 targets>"


def test_an_answer_is_named_by_its_target_place_day_and_status() -> None:
    assert repr(card_of().evaluations[0]) == "<Evaluation of calls-95 in E10000015 as of 2025-12-31: achieved>"
    assert repr(card_of()).endswith("as of 2025-12-31: 1 of 1 assessed are on track or achieved (1 in all)>")


def test_a_notebook_shows_the_numbers_of_an_answer_with_their_digits() -> None:
    page = Cells(card_of().evaluations[0]._repr_html_())
    assert {"96.20", "95", "31 December 2025"} <= set(page.texts)
    assert any(text.startswith("Hertfordshire") for text in page.texts)


def test_a_notebook_counts_the_figures_of_each_measure() -> None:
    figures = [
        Observation(measure="calls", period=f"FY{year}-{year - 1999}", area=area, value=year)
        for year in (2023, 2024)
        for area in ("E10000015", "E10000016")
    ]
    absent = Observation(measure="calls", period="FY2025-26", area="E10000015", absence="suppressed")
    page = Cells(Observations([*figures, absent])._repr_html_())
    row = page.texts[page.texts.index("calls") :]
    assert row[:6] == ["calls", "5", "1", "2", "2023-24", "2025-26"]


def test_an_observation_is_written_as_the_call_that_makes_it() -> None:
    given = Observation(
        measure="m", period="2025-03-31", area="E10000015", value=Decimal("17.50"), breakdown={"sex": "girls"}
    )
    assert repr(given) == (
        "Observation(measure='m', period='2025-03-31', area='E10000015', value='17.50', breakdown={'sex': 'girls'})"
    )
    assert eval(repr(given), {"Observation": Observation}) == given


def test_a_tally_of_nothing_says_so() -> None:
    assert repr(Tally()) == "<Tally: of nothing>"
    assert repr(Tally({Status.MISSED: 2})) == "<Tally: 2 missed>"


def test_findings_are_a_tuple_that_counts_them_by_severity() -> None:
    findings = lint(Plan(id="p", title="P", measures=[Measure(id="m", title="Staff", unit="person")]))
    assert isinstance(findings, tuple)
    assert repr(findings) == "<Findings: 2 warning, 2 info>"


def test_what_a_measure_does_not_have_is_not_shown() -> None:
    page = Cells(Measure(id="m", title="M", unit="count")._repr_html_())
    assert "extensions" not in page.texts
    assert not [text for text in page.texts if "FrozenMapping" in text]
