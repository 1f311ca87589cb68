"""How a sentence is read: what makes a word count, and what keeps it from counting."""

from decimal import Decimal

import pytest
from hypothesis import example, given, strategies as st

from outcome_bees import Direction, MeasureKind, YearType, catalogue
from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.statements import ComparisonBasis, Statement, read_statement

UP, DOWN, HOLD = Direction.INCREASE, Direction.DECREASE, Direction.MAINTAIN


def direction(text: str) -> Direction | None:
    return read_statement(text).direction


def due(text: str, calendar: YearType | None = None) -> str | None:
    period = read_statement(text, calendar=calendar).due
    return None if period is None else period.code


# --- Nothing is invented ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Improved attendance",
        "Improving school attendance for children in need",
        "High number of schools with a travel plan",
        "Sufficient places in every district",
        "Delays due to increased demand",
        "Staff survey data",
        "Number of children in need",
        "Percentage of residents with reduced mobility who use the bus",
        "Number of households whose rent has increased",
        "Higher education entrants from low income areas",
        "Percentage of people at risk of falls",
        "Lower income households helped with bills",
        "Number of business growth grants",
        "Concerns raised by staff",
        "Grants of up to £500",
        "Limit rent increases to 3%",
        "Reduce, reuse, recycle campaign",
        "Growing up healthy",
        "Percentage of two year olds taking up 15 hours of care",
        "Length of stay over 21 days",
        "Number of patients with a length of stay over 21 days",
        "Number of referrals over the last 12 months",
        "Number of stable placements",
        "Number of offers declined",
        "Direct payments taken up by 28% of adults",
        "More able pupils achieving greater depth",
        "Lower Key Stage 2 pupils",
        "Drop in sessions at family centres",
        "Reducing Parental Conflict programme referrals",
        "Increasing Access to Psychological Therapies referrals",
        "Close the gap programme attendance",
        "End child poverty action plan published by March 2026",
        "Growing places sold",
        "Lowered kerbs installed",
    ],
)
def test_words_that_only_sound_like_a_direction_are_none(text: str) -> None:
    assert direction(text) is None


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Fewer evictions", DOWN),
        ("Boost the number of apprentices", UP),
        ("Widening participation in sport", UP),
        ("Narrowing the gap at Key Stage 4", DOWN),
        ("Closing the gap between wards", DOWN),
        ("Waiting times reduced", DOWN),
        ("Rates of smoking falling", DOWN),
        ("The number of complaints has increased to 40", UP),
        ("Work with partners across the county to reduce reoffending", DOWN),
        ("Re-referrals (lower is better)", DOWN),
        ("Agency spend – reduce", DOWN),
        ("Recycling from 48% to 55%", UP),
        ("Spend down £2m on 2024/25", DOWN),
        ("Exclusions lower than in 2023/24", DOWN),
        ("Attendance at or above 2019 levels", UP),
        ("An additional 200 people into work", UP),
        ("Double participation in the youth parliament", UP),
        ("Despite rising demand, reduce waiting times", DOWN),
        ("Fly-tipping incidents reduced compared with 2023/24", DOWN),
        ("Foster carers doubled by 2027", UP),
        ("Smoking prevalence cut to 12%", DOWN),
        ("Apprentices up a quarter on last year", UP),
        ("The attainment gap narrows", DOWN),
        ("A downward trend in offending", DOWN),
    ],
)
def test_a_direction_is_read_where_it_is_said_of_the_figure(text: str, way: Direction) -> None:
    assert direction(text) is way


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("No increase in exclusions", HOLD),
        ("Stop the rise in obesity", HOLD),
        ("Prevent any further decline in bus use", HOLD),
        ("Spending does not increase", HOLD),
        ("Reverse the decline in bus use", UP),
        ("Reverse the rise in obesity", DOWN),
        ("Slow the increase in obesity", None),
        ("Rate of increase in rents", None),
    ],
)
def test_a_rise_or_fall_is_what_the_words_before_it_make_of_it(text: str, way: Direction | None) -> None:
    assert direction(text) is way


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Maintain or increase the number of carers", UP),
        ("Maintain or reduce the number of empty homes", DOWN),
        ("Maintain at or below 5%", HOLD),
        ("Keep the vacancy rate below 5%", HOLD),
        ("Turnover below 12% maintained", HOLD),
        ("Remain in the upper quartile for planning decisions", HOLD),
        ("Exclusions held at 2024 levels", HOLD),
        ("The gap does not widen", HOLD),
        ("Keep children safe", None),
        ("Remain at home with support", None),
    ],
)
def test_holding_is_the_least_of_it_and_only_a_figure_is_held(text: str, way: Direction | None) -> None:
    assert direction(text) is way


# --- Limits ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "way", "number"),
    [
        ("At least 95% of visits on time", UP, "95"),
        ("No more than 5% of calls abandoned", DOWN, "5"),
        ("Recycling rate of 60% or more", UP, "60"),
        ("Vacancy rate under 8%", DOWN, "8"),
        ("95%+ of invoices paid on time", UP, "95"),
        ("Number of families in hotels reduced to nil", DOWN, "0"),
        ("Ensure that no more than one in ten pupils is absent", DOWN, None),
        ("Average wait under 10 days", DOWN, "10"),
        ("Percentage of pupils with attendance below 90%", None, None),
        ("Percentage of pupils missing 10% or more of sessions", None, None),
        ("Number of people waiting over 28 days", None, None),
        ("Number of schools below 90% attendance", None, None),
        ("Number of families with at least 3 children", None, None),
        ("Under 18 conception rate", None, None),
        ("Over 65s offered a vaccination", None, None),
        ("Children with three or more moves", None, None),
    ],
)
def test_a_limit_is_the_figures_or_only_tells_whom_it_counts(
    text: str, way: Direction | None, number: str | None
) -> None:
    read = read_statement(text)
    assert (read.direction, read.number) == (way, None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("text", "way", "number"),
    [
        ("Vacancy rate not to exceed 5%", DOWN, "5"),
        ("Never more than 10% agency staff", DOWN, "10"),
        ("Without exceeding 10%", DOWN, "10"),
        ("Attendance never falls below 95%", UP, "95"),
        ("Officer numbers must not be allowed to drop below 2,100", UP, "2100"),
        ("Attendance doesn't go below 95%", UP, "95"),
        ("No patient waits longer than 52 weeks", DOWN, "52"),
        ("No pupil misses more than 10 days", DOWN, "10"),
        ("Not more than two placement moves per child", DOWN, "2"),
        ("Sickness absence no higher than 8 days per employee", DOWN, "8"),
        ("Exclusions not to rise above 2023 levels", DOWN, None),
        ("No families in hotels for longer than six weeks", None, "0"),
    ],
)
def test_a_limit_that_is_denied_is_the_other_limit(text: str, way: Direction, number: str | None) -> None:
    read = read_statement(text)
    assert (read.direction, read.number) == (way, None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Employment rate above the national average", UP),
        ("Attainment of disadvantaged pupils above the national average", UP),
        ("Percentage of care leavers in work above the national average", UP),
        ("Percentage of neighbourhoods above the national average for child poverty", None),
        ("Number of schools below the national average", None),
        ("Attendance at the national average or above", UP),
        ("Number of schools at the national average or above", None),
        ("Number of households below average income", None),
        ("Household income below the national average", None),
    ],
)
def test_above_others_is_a_limit_of_a_figure_and_the_position_of_what_is_counted(
    text: str, way: Direction | None
) -> None:
    assert direction(text) is way


@pytest.mark.parametrize(
    ("text", "way", "number"),
    [
        ("Attendance from 91 to 94%", UP, "94"),
        ("Improve average time to adoption from 420 to 380 days", DOWN, "380"),
        ("Waiting list from 400 to 300", DOWN, "300"),
        ("Attendance: 91% (2023) to 95% (2026)", UP, "95"),
        ("Attendance 91% -> 95%", UP, "95"),
        ("Baseline 91%, target 95%", UP, "95"),
        ("Target 95% (baseline 97%)", DOWN, "95"),
        ("Current 91%; target 95%", UP, "95"),
        ("Young people from 16 to 25 in work", None, None),
        ("Attendance of 90% to 95%", None, None),
    ],
)
def test_two_numbers_of_one_figure_say_which_way(text: str, way: Direction | None, number: str | None) -> None:
    read = read_statement(text)
    assert (read.direction, read.components) == (way, ())
    assert way is None or read.number == Decimal(number or 0)


@pytest.mark.parametrize("text", ["Annual reviews by quarter", "Attendance by half term", "Referrals by a third party"])
def test_a_fraction_that_is_part_of_a_name_is_no_change(text: str) -> None:
    assert read_statement(text).comparator is ComparisonBasis.NONE


@pytest.mark.parametrize(
    "text",
    [
        "Percentage of 16-17 year olds in learning",
        "Percentage of under 5s seen by a dentist",
        "Percentage of 2 year olds in funded places",
        "Percentage of pupils at the expected standard at Key Stage 2",
        "Number of Year 6 pupils walking to school",
        "Take-up of 30 hours free childcare",
        "Percentage of plans issued within 20 weeks",
        "Residents of the most deprived 20% of wards",
        "Adults aged 16 to 64 in work",
        "Services with a good rating (3 or 4)",
        "Number of homes completed in 2024",
    ],
)
def test_an_age_a_stage_a_length_of_time_and_a_year_are_no_number_to_reach(text: str) -> None:
    assert read_statement(text).number is None


# --- Deadlines -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Launched by December 2024", "2024-12"),
        ("Launched by Sept 24", "2024-09"),
        ("Launched by the end of March 2026", "2026-03"),
        ("Launched by the 1st of April 2026", "2026-04-01"),
        ("Launched by March 31st, 2026", "2026-03-31"),
        ("Launched no later than 31/03/2026", "2026-03-31"),
        ("Launched before April 2026", "2026-03"),
        ("Launched by the start of September 2026", "2026-09-01"),
        ("Launched by 2030", "CY2030"),
        ("Launched by the end of 2025", "CY2025"),
        ("Launched by the end of the financial year 2025/26", "FY2025-26"),
        ("Launched by the end of the 2025/26 academic year", "AY2025-26"),
        ("Launched by the end of the summer term 2026", "AY2025-26-T3"),
        ("Launched in June 2026", "2026-06"),
        ("Raise uptake from 80% in 2023 to 95% in 2026", "CY2026"),
        ("Attendance: 91% (2023) to 95% (2026)", "CY2026"),
        ("Launched by 31.03.2026", "2026-03-31"),
        ("Launched by 31/3/26", "2026-03-31"),
    ],
)
def test_a_date_is_a_deadline_where_a_word_makes_it_one(text: str, code: str) -> None:
    assert due(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "Childcare for two year olds (9 months from Sept 24)",
        "Trees planted since April 2023",
        "Fewer collisions compared to 2019",
        "Satisfaction in the 2022 survey",
        "Increase satisfaction as measured by the March 2026 survey",
        "Children looked after as at 31 March 2026",
        "Reviews completed by social workers",
        "Launched by the autumn",
        "Launched by spring 2026",
        "Launched within 20 weeks",
        "Homes built before 2020",
        "Contracts extended to March 2028",
        "Children who were placed by March 2024",
        "Take-up for children born by 31 August 2022",
        "Reviews due by March 2025 completed on time",
        "Complaints received before 1 April 2025",
        "Number of children expected by 2030",
        "Launched by 3/4/2026",
    ],
)
def test_a_date_to_reckon_from_a_season_and_a_length_of_time_are_no_deadline(text: str) -> None:
    assert due(text) is None


def test_a_split_year_is_due_only_in_a_calendar_that_somebody_says() -> None:
    text = "Launched by the end of 2025/26"
    assert due(text) is None
    assert read_statement(text).evidence["due"] == ("by the end of 2025/26",)
    assert due(text, YearType.FINANCIAL) == "FY2025-26"
    assert due(text, YearType.ACADEMIC) == "AY2025-26"


def test_a_year_from_one_to_the_next_is_a_split_year() -> None:
    assert due("Delivered by 2025 to 2026") is None
    assert due("Delivered by 2025 to 2026", YearType.FINANCIAL) == "FY2025-26"


def test_a_bare_year_is_the_calendars_whatever_year_the_plan_keeps() -> None:
    assert due("Net zero by 2030", YearType.FINANCIAL) == "CY2030"


# --- Compounds -------------------------------------------------------------------------------------------------


def test_parts_take_the_direction_that_is_said_once_for_both() -> None:
    read = read_statement("Increase in the number of carers and the percentage of carers paid")
    assert [part.kind for part in read.components] == [MeasureKind.COUNT, MeasureKind.PERCENTAGE]
    assert [part.direction for part in read.components] == [UP, UP]
    assert (read.kind, read.direction) == (MeasureKind.COMPOUND, UP)


def test_a_compound_whose_parts_go_different_ways_has_no_direction_and_one_deadline() -> None:
    read = read_statement("Reduce complaints and increase the number of compliments by March 2026")
    assert [part.direction for part in read.components] == [DOWN, UP]
    assert read.direction is None
    assert {part.due for part in (read, *read.components)} == {read.due}
    assert read.due is not None


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("Fewer complaints and more compliments", [DOWN, UP]),
        ("Fewer exclusions and higher attendance", [DOWN, UP]),
        ("Lower exclusions and higher attendance", [DOWN, UP]),
        ("Reduced absence and improved attainment", [DOWN, None]),
        ("We will increase attendance and will reduce exclusions", [UP, DOWN]),
        ("Increase the number of apprentices to 150 and the retention rate to 90%", [UP, UP]),
        ("Number of people supported and percentage who remain in work", [None, None]),
    ],
)
def test_a_second_measure_is_read_whatever_part_of_speech_leads_it(text: str, ways: list[Direction | None]) -> None:
    assert [part.direction for part in read_statement(text).components] == ways


@pytest.mark.parametrize(
    "text",
    [
        "Fewer and more effective meetings",
        "Fewer but better targeted interventions",
        "More adults in work and more able to save",
        "Increase in care leavers in education, employment and training",
        "Increase the number of people who stop smoking and reduce their drinking",
        "Gap between the rate for boys and the rate for girls",
        "By working with schools, reduce exclusions",
        "Percentage of schools promoting walking, reducing year on year",
    ],
)
def test_what_and_joins_within_one_measure_is_no_compound(text: str) -> None:
    assert read_statement(text).components == ()


# --- Any text --------------------------------------------------------------------------------------------------


def test_what_people_type_is_read_alike() -> None:
    plain = read_statement("Reduce the gap to 5% by 31 March 2026")
    typed = read_statement("REDUCE\u00a0the gap  to 5 per cent – by 31st\nMarch 2026.")
    for name in ("kind", "direction", "comparator", "due", "unit", "number"):
        assert getattr(typed, name) == getattr(plain, name)


@pytest.mark.parametrize("given_text", ["", " \n", "x" * 2_001, "Reduce\x00 it", "Reduce\x1b[31m it", "\ud800"])
def test_blank_endless_and_control_text_is_refused(given_text: str) -> None:
    with pytest.raises(InvalidValueError, match="statement"):
        read_statement(given_text)


def test_what_is_no_text_and_what_is_no_calendar_is_refused() -> None:
    with pytest.raises(InvalidTypeError):
        read_statement(None)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="calendar"):
        read_statement("Reduce it by 2025/26", calendar="lunar")


WORDS = st.sampled_from(
    """
    increase reduce in of the number percentage rate by to from and or , ; ( ) – : at least no more than 2025/26
    2026 March 31 5% £2m 1,200 two who with maintain below national average quartile per 10,000 lower is better %
    improve not never fall → baseline target were born due before 31/3/26 maximum programme children half
    """.split()
)


@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=40).map(" ".join)))
@example("increase")
@example("- by 2026")
@example("; ;")
@example("and and number of")
@example("%")
@example("of 5% to 6% to 7% by 1 by")
def test_any_text_is_read_or_refused_and_every_quotation_is_from_it(text: str) -> None:
    try:
        read = read_statement(text)
    except InvalidValueError:
        return
    assert isinstance(read, Statement)
    assert read.text == text
    assert hash(read) == hash(read_statement(text))
    for part in (read, *read.components):
        assert all(words in text for quoted in part.evidence.values() for words in quoted)
        assert part.comparator is ComparisonBasis.NONE or part.comparator in ComparisonBasis


def test_no_published_title_is_read_against_its_own_direction() -> None:
    for name in catalogue.names():
        for measure in catalogue.load(name).measures:
            assert direction(measure.title) in (None, measure.direction), measure.title
