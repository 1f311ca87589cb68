"""Units as people write them in councils' spreadsheets: read where they have one meaning, else refused with a way."""

import io
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, strategies as st

from outcome_bees import (
    DocumentError,
    Measure,
    Observation,
    Plan,
    PlanError,
    Reach,
    Target,
    evaluate,
    frames,
    load_observations,
    load_plan,
)
from outcome_bees.errors import InvalidValueError, UnitMismatchError, UnknownUnitError
from outcome_bees.units import Unit, _conversion
from outcome_bees.units._facts import CLOSED, singular_of
from outcome_bees.units._spellings import SPELLINGS

READ = {
    "percent": "%|per cent|Per Cent|per cent.|percentage|Percentage (%)|% (percentage)|pct|% |percent |%age|PERCENT"
    "|in %|% of children|percentage of pupils|percentages|Per cent|\u00a0%|\uff05",
    "percentage_point": "pp|ppt|ppts|p.p.|percentage points|percentage point|% points|%pts|percent points",
    "count": "count|Count|number|Number|no.|No|No.|nos.|#|num|n|number (count)|Numbers",
    "child": "child|children|Children",
    "person": "person|people|Persons|headcount|Headcount",
    "fte": "FTE|fte|FTEs|WTE|full-time equivalent|Full time equivalents",
    "place": "places|School places",
    "school": "schools|School",
    "second": "seconds|secs|sec",
    "minute": "minutes|mins|min|Minutes|average minutes|in minutes",
    "hour": "hours|hrs|hr|Hours",
    "day": "days|Days|day(s)|calendar days|average days|mean number of days|number of days|no. of days|in days|Day",
    "working_day": "working days|Working days|working day|business days|average working days|working-days",
    "week": "weeks|wks|wk|Average number of weeks",
    "month": "months|mths|Month",
    "year": "years|yrs",
    "GBP": "£|number of pounds|GBP|gbp|pounds|£s|Pounds sterling|in £",
    "GBP_thousand": "£k|£K|£000|£000s|£'000|£\u2019000s|£\u2018000|£ '000s|£ thousand|thousand pounds|GBPk|£ (000s)"
    "|in £000s|£,000",
    "GBP_million": "£m|£M|£mn|£ million|£ millions|GBP million|£ (millions)|m£|million pounds",
    "score": "score|Score|scores",
    "rank": "rank|Ranking",
    "grade": "grade|Grades",
    "per_100": "per 100|per hundred",
    "per_1000": "per 1,000|per 1000|per thousand|Rate (per 1,000)|cases per 1,000 population"
    "|deaths per 1,000 live births|per 1000 births|visits per 1,000|per 1k",
    "per_10000": "per ten thousand|per 10k"
    "|per 10,000|rate per 10,000|Rate per 10,000 children|per 10,000 children aged under 18|/10,000"
    "|per 10,000 aged 0-17|number of children per 10,000|number per 10,000|PER_10000|per 10 000",
    "per_100000": "per 100,000 population|per 100,000|per 100k|per 100 000|crude rate per 100,000|DSR per 100,000"
    "|directly standardised rate per 100,000|per hundred thousand",
    "per_1000000": "per million|per 1 million",
    "GBP/person": "£ per head|£/person|£ per person",
    "GBP/child": "£ per child|£/child|GBP/child",
    "GBP_thousand/child": "£000 per child|£k/child",
    "GBP/week": "£ per week",
    "day/person": "days per person|days/person|Days per person",
    "day/fte": "days per FTE|average days per FTE|number of days per FTE",
    "hour/week": "hours per week",
    "per_1000/child": "per_1000/child",
    "score out of 5": "score out of 5|out of 5|Score (out of 5)|average score out of 5",
    "score out of 10": "Score out of 10",
    "score out of 100": "marks out of 100|points out of 100",
    "count of assessments": "count of assessments|number of assessments|Number of assessments|no. of assessments"
    "|total number of assessments|# of assessments|count of  assessments|Count: assessments|count of assessments ",
    "count of EHC plans": "count of EHC plans|Number of EHC plans",
    "count of upper2": "count of upper2|number of upper2|#:)upper2",  # within a word "per" makes no rate
    "count of children in need": "number of children in need",
}
READINGS = [(text, code) for code, texts in READ.items() for text in texts.split("|")]

REFUSED = {
    "percentage_point (a difference of two percentages) or score": "points|Points|pts|point",
    "percent (of what it was), percentage_point": "% change|percentage change|year on year change",
    "minute, hour or second, with a plain number": "h:mm|hh:mm|mm:ss|[h]:mm|HH:MM:SS",
    "fraction (0.25), percent (25), or one unit by another": "ratio|proportion|share|decimal",
    "per_<number>, such as per_1000 or per_10000": "rate|Rate|rates|rate per|per_|per_0",
    "one unit by another, such as GBP/person": "per head|per capita|per child",
    "per_<number> for a rate among so many; GBP/person": "£ per 1,000 population|days per 1,000"
    "|per 1,000 hours|per 10.000|days lost per 1,000|sickness days per 1,000"
    "|per 1,000 sick days|visits per child per 1,000|per 1,000 children per year"
    "|per 1,000 children per head|#: visits per1000",
    "there is no other currency": "$|€m|US$|euros",
    "GBP_million; a billion is 1000 of them": "£bn|£ billion",
    "GBP; a penny is 0.01 of one": "pence",
    "GBP_million, month or minute": "m",
    **{f"allowed: {word}": word[0] for word in ("hour", "day", "week", "year", "second")},
    "GBP_thousand for money; a count is written out": "k|000s|'000|thousands",
    "milestone, whose figures are 1 (done) and 0 (not done)": "yes/no|Y/N|done|true/false",
    "grade, with a number for each grade": "rating|Ofsted rating",
    "score out of <number> where it has a top": "stars|index|average point score|likert|marks",
    "score out of 5": "1-5|scale 1 to 5|score 0-5|4 out of 5",
    "score out of 5, or per_5 for a rate among so many": "/5|score/5|mark / 5",
    "fraction (0.05 for 1 in 20), percent (5)": "1:20|1 in 20",
    "leave it out": "n/a|none|-|text|narrative|free text|TBC",
    "count of <what is counted>, such as count of assessments": "count of|number of",
    "did you mean percent?": "% attending|pecent|precent|percnt|perecentage|count of percent",
    "did you mean child?": "chidren",
    "did you mean minute?": "miuntes",
    "did you mean GBP?": "£ spent|cost, £",
    "did you mean day?": "day to complete|days to complete|days (average)",
    "did you mean day/fte?": "sickness days per FTE",
    "did you mean working_day/fte?": "working days lost per FTE",
    "did you mean count/child?": "visits/child",
    "did you mean count of assessments?": "assessments",
    "did you mean count of EHC plans?": "EHC plans",
    "did you mean count of young people?": "young people",
    "did you mean count of staff?": "staff",
    "did you mean count of children looked after?": "children looked after",
    "per_<number> such as per_10000, count of <what is counted>": "kg|foo|°C|tCO2e|day/day/day|10**10**10|percent\x00"
    "|number of visits per child|qtyy|dys|wk commencing|hr cost|3 cases|cases & visits||()|£ a day",
}
REFUSALS = [(text, words) for words, texts in REFUSED.items() for text in texts.split("|")]


@pytest.mark.parametrize(("text", "code"), READINGS)
def test_what_has_one_meaning_is_read_and_keeps_the_name_on_the_list(text: str, code: str) -> None:
    assert Unit(text).code == Unit.parse(text).code == code
    assert Unit(code).code == code


@pytest.mark.parametrize(("text", "words"), REFUSALS)
def test_what_has_none_or_several_is_refused_with_what_to_write(text: str, words: str) -> None:
    with pytest.raises(UnknownUnitError, match="allowed") as caught:
        Unit(text)
    assert words in str(caught.value)


def test_what_a_refusal_suggests_is_read() -> None:
    for _, words in REFUSALS:
        if words.startswith("did you mean"):
            assert Unit(words.removeprefix("did you mean ").removesuffix("?")).code


PIECES = (
    *("count of", "number of", "no.", "#", ":", "total", "per", "per_", "/", "for every", "5", "1,000", "000"),
    *("out of", "score", "%", "£", "m", "k", "days", "children", "upper", "x", "average", "in", "'"),
)
WRITTEN = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " ", " ", "(", ")"])), max_size=8).map(
    lambda pieces: "".join(piece + between for piece, between in pieces)
)


@given(st.text(max_size=90) | st.from_regex(r"[a-z0-9 /%£,.()*+-]{0,90}", fullmatch=True) | WRITTEN)
def test_any_text_at_all_is_a_unit_of_the_grammar_or_a_documented_error(text: str) -> None:
    with suppress(UnknownUnitError):
        unit = Unit(text)
        assert Unit(unit.code) == unit
        assert unit.convertible(Unit("percent")) in (True, False)  # pint takes its code, or never sees it


def test_every_spelling_of_the_table_is_read_as_its_unit() -> None:
    for code, spellings in SPELLINGS.items():
        for spelling in spellings:
            assert Unit(spelling).code == Unit(spelling.upper()).code == code


def test_text_of_eighty_characters_is_read_and_longer_text_is_not() -> None:
    assert Unit("percent".ljust(80)).code == "percent"
    with pytest.raises(UnknownUnitError):
        Unit("percent".ljust(81))


@pytest.fixture
def small_registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def forget() -> None:
        _conversion.factor_between.cache_clear()
        _conversion._registry.cache_clear()
        _conversion._OPENED.clear()

    monkeypatch.setattr(_conversion, "_MAX_OPEN", 3)
    forget()
    yield
    forget()


def test_pints_registry_has_few_rates_of_their_own_each_defined_once(
    small_registry: None, caplog: pytest.LogCaptureFixture
) -> None:
    def given() -> list[str]:
        return [f"per_{size}" for size in range(101, 110) if f"per_{size}" in _conversion._registry()]

    kept = []
    for one, other in ((101, 102), (102, 101), (101, 103), (103, 104), (104, 105), (105, 106)):
        assert Unit(f"per_{one}").factor(Unit(f"per_{other}")) == Fraction(other, one)
        assert sorted(_conversion._OPENED) == given()
        kept.append(len(given()))
    assert kept == [2, 2, 3, 2, 3, 2]
    assert not caplog.records


class TestTime:
    def test_ninety_minutes_are_an_hour_and_a_half(self) -> None:
        assert Unit("minutes").convert(Decimal(90), Unit("hour")) == Decimal("1.5")
        assert Unit("hour").convert(Decimal("1.5"), Unit("mins")) == 90
        assert Unit("minute").factor(Unit("second")) == 60
        assert Unit("week").factor(Unit("minute")) == 7 * 24 * 60
        assert Unit("second").factor(Unit("day")) == Fraction(1, 86_400)

    def test_working_days_are_no_days(self) -> None:
        with pytest.raises(UnitMismatchError):
            Unit("working days").factor(Unit("day"))
        assert Unit("working_day").phrase("10") == "10 working days"


class TestOpenNouns:
    def test_they_are_shown_as_people_would_write_them(self) -> None:
        unit = Unit("count of assessments")
        assert (unit.phrase("12"), unit.phrase("1", singular=True)) == ("12 assessments", "1 assessment")
        assert (unit.kind.value, unit.decimals) == ("count", 0)

    @pytest.mark.parametrize(
        ("many", "one"),
        [
            *(("referrals", "referral"), ("children in care", "child in care"), ("young people", "young person")),
            *(
                ("bodies", "body"),
                ("EHC plans", "EHC plan"),
                ("classes", "class"),
                ("boxes", "box"),
                ("staff", "staff"),
            ),
            *(("premises", "premises"), ("care leavers aged 19", "care leaver aged 19"), ("bus passes", "bus pass")),
            *(("open cases in court", "open case in court"), ("gas", "gas"), ("flies", "fly"), ("pies", "pie")),
            *(("offences", "offence"), ("cases", "case"), ("ties", "tie"), ("houses", "house"), ("women", "woman")),
        ],
    )
    def test_one_of_them_is_in_the_singular(self, many: str, one: str) -> None:
        assert singular_of(many) == one

    @pytest.mark.parametrize(
        ("other", "comparable"),
        [
            *(("count of assessments", True), ("count", True), ("count of Assessment", True), ("number", True)),
            *(("count of referrals", False), ("child", False), ("percent", False), ("per_1000", False), ("day", False)),
        ],
    )
    def test_they_are_comparable_with_the_same_noun_and_with_a_bare_count(self, other: str, comparable: bool) -> None:
        one, two = Unit("count of assessments"), Unit(other)
        assert one.convertible(two) is two.convertible(one) is comparable
        if comparable:
            assert one.convert(Decimal(12), two) == 12

    @pytest.mark.parametrize(
        ("many", "unit"),
        [("children", "child"), ("People", "person"), ("FTEs", "fte"), ("places", "place"), ("schools", "school")],
    )
    def test_what_the_list_has_a_unit_for_is_the_same_when_it_is_counted(self, many: str, unit: str) -> None:
        counted, known = Unit(f"number of {many}"), Unit(unit)
        others = [each for each in map(Unit, CLOSED) if counted.convertible(each)]
        assert others == [Unit("count"), known]
        assert [each for each in map(Unit, CLOSED) if each.convertible(counted)] == others

    def test_what_is_done_is_no_milestone(self) -> None:
        assert not Unit("count of done").convertible(Unit("milestone"))

    def test_they_are_read_from_a_plan_and_shown_in_its_sentences(self) -> None:
        text = (
            "format: outcome-bees/1\nid: p\ntitle: P\n"
            "measures: [{id: m, title: Assessments, unit: number of assessments, direction: increase}]\n"
            "targets: [{id: t, measure: m, aim: {kind: reach, value: 10}, due: FY2024-25}]\n"
        )
        plan = load_plan(io.StringIO(text), format="yaml")
        figures = [Observation(measure="m", period="FY2024-25", area="E10000015", value=12, unit="count")]
        answer = evaluate(plan.targets[0], measure=plan.measures[0], observations=figures, as_of=date(2025, 6, 1))
        assert answer.explanation.startswith("12 assessments in 2024-25")


class TestScoresWithATop:
    SCORED: Any = Measure(id="m", title="Satisfaction", unit="score out of 5", direction="increase")
    TARGET = Target(id="t", measure="m", aim=Reach(4), due="FY2024-25")
    PLAN = Plan(id="p", title="P", measures=[SCORED], targets=[TARGET])

    def test_they_are_shown_with_it(self) -> None:
        figures = [Observation(measure="m", period="FY2024-25", area="a", value="4.5")]
        answer = evaluate(self.TARGET, measure=self.SCORED, observations=figures, as_of=date(2025, 6, 1))
        assert (
            answer.explanation
            == "4.5 out of 5 in 2024-25, where the target was at least 4.0 out of 5: achieved, 0.5 ahead."
        )

    def test_six_out_of_five_is_refused_in_a_figure(self) -> None:
        with pytest.raises(InvalidValueError, match="allowed: 0 to 5, for it is a score out of 5"):
            Observation(measure="m", period="FY2024-25", area="a", value=6, unit="score out of 5")

    def test_and_where_the_measure_alone_has_the_unit(self) -> None:
        figures = [Observation(measure="m", period="FY2024-25", area="a", value=6)]
        with pytest.raises(InvalidValueError, match="0 to 5"):
            evaluate(self.TARGET, measure=self.SCORED, observations=figures, as_of=date(2025, 6, 1))

    def test_and_in_bulk(self) -> None:
        pl = pytest.importorskip("polars")
        frame = pl.DataFrame({"measure": ["m"], "period": ["FY2024-25"], "area": ["a"], "value": [6.0]})
        with pytest.raises(InvalidValueError, match="0 to 5"):
            frames.evaluate(self.PLAN, frame, as_of=date(2025, 6, 1))
        fine = frames.evaluate(self.PLAN, frame.with_columns(value=pl.lit(5.0)), as_of=date(2025, 6, 1))
        assert fine["status"].to_list() == ["achieved"]

    def test_and_in_a_table_that_is_loaded_with_its_plan(self) -> None:
        table = "measure,period,area,value\nm,FY2024-25,a,4\nm,FY2023-24,a,6\n"
        with pytest.raises(DocumentError) as caught:
            load_observations(io.StringIO(table), self.PLAN, format="csv")
        (problem,) = caught.value.problems
        assert (problem.line, problem.path) == (3, "$.value")
        assert problem.message == "given 6; allowed: 0 to 5, for it is a score out of 5"

    def test_and_in_a_target(self) -> None:
        target = Target(id="t", measure="m", aim=Reach(6), due="FY2024-25")
        with pytest.raises(PlanError) as caught:
            Plan(id="p", title="P", measures=[self.SCORED], targets=[target])
        assert "targets[0].aim: given 6; allowed: 0 to 5" in str(caught.value.problems[0])

    def test_the_top_is_the_highest_there_is(self) -> None:
        assert Unit("score out of 5").within(Decimal("5.0")) == 5
        with pytest.raises(InvalidValueError, match="0 to 5"):
            Unit("score out of 5").within(Decimal("5.1"))

    def test_one_of_them_is_one_of_itself(self) -> None:
        assert Unit("score out of 5").factor(Unit("score out of 5")) == 1

    def test_only_a_bare_score_is_comparable(self) -> None:
        assert Unit("score out of 5").convertible(Unit("score"))
        assert not Unit("score out of 5").convertible(Unit("score out of 10"))


def test_a_table_may_have_units_as_people_write_them() -> None:
    table = "measure,period,area,value,unit\nm,FY2024-25,a,90,mins\nm,FY2023-24,a,2,Hours\n"
    assert [str(each.unit) for each in load_observations(io.StringIO(table), format="csv")] == ["minute", "hour"]


def test_a_refused_unit_names_its_field_once() -> None:
    with pytest.raises(UnknownUnitError, match=r"^Measure\.unit: given 'points'; allowed: percentage_point"):
        Measure(id="m", title="M", unit="points")
