"""Laws of time: periods of a kind tile it, steps undo each other, and every text comes back to its period."""

import contextlib
import pickle
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import assume, example, given, strategies as st

from outcome_bees.errors import AmbiguousPeriodError, OutcomeBeesError, PeriodError
from outcome_bees.periods import CustomYear, Period, PeriodKind, YearType

DAYS = st.dates(min_value=date(200, 1, 1), max_value=date(9800, 12, 31))
"""Days so far from the first and the last that there are that every neighbour of a period exists."""

LEAP_DAYS = st.integers(50, 2450).map(lambda leap: date(4 * leap, 2, 28) + timedelta(days=1))
CENTURIES = st.sampled_from([date(1899, 12, 31), date(1900, 2, 28), date(1999, 12, 31), date(2000, 2, 29)])
WHENEVER = DAYS | LEAP_DAYS | CENTURIES

CALENDARS = st.sampled_from(list(YearType)) | st.builds(
    lambda month, day: YearType.starting(month, day), st.integers(1, 12), st.integers(1, 28)
)
YEARLY = st.sampled_from([PeriodKind.YEAR, PeriodKind.HALF, PeriodKind.QUARTER])
TILES = st.tuples(YEARLY, CALENDARS) | st.tuples(
    st.sampled_from([PeriodKind.MONTH, PeriodKind.WEEK, PeriodKind.TERM, PeriodKind.DAY]), st.none()
)


@st.composite
def tiles(draw: st.DrawFn) -> Period:
    """A period of a kind that tiles time."""
    kind, calendar = draw(TILES)
    return Period.containing(draw(WHENEVER), kind, calendar)


@st.composite
def spans(draw: st.DrawFn) -> Period:
    """Several periods of a kind, or one."""
    first = draw(tiles())
    last = first.shifted(draw(st.integers(0, 30)))
    return Period.span(first, last)


@st.composite
def others(draw: st.DrawFn) -> Period:
    """A period of a kind whose periods overlap."""
    day, calendar = draw(WHENEVER), draw(CALENDARS)
    return draw(
        st.sampled_from(
            [
                Period.year_ending(day),
                Period.to_date(day.year, draw(st.integers(1, 4)), calendar),
                Period.term(day.year, "autumn and spring"),
            ]
        )
    )


PERIODS = tiles() | spans() | others()


@given(TILES, WHENEVER)
def test_every_day_lies_in_exactly_one_period_of_a_kind(
    sort: tuple[PeriodKind, YearType | CustomYear | None], day: date
) -> None:
    period = Period.containing(day, *sort)
    assert period.start <= day <= period.end
    assert day in period
    assert day not in period.next()
    assert day not in period.previous()


@given(tiles() | spans())
@example(Period.parse("2020-W53"))
@example(Period.parse("AY1999-00"))
@example(Period.parse("AY2099-00-T2"))
@example(Period.parse("2024-02-29"))
def test_periods_of_a_kind_follow_each_other_without_gap_or_overlap(period: Period) -> None:
    assert period.end + timedelta(days=1) == period.next().start
    assert period.start - timedelta(days=1) == period.previous().end
    assert not period.overlaps(period.next())
    assert period.days == (period.end - period.start).days + 1 >= 1


@given(tiles(), st.integers(-400, 400), st.integers(-400, 400))
def test_steps_add_up_and_undo_each_other(period: Period, one: int, other: int) -> None:
    assume(1000 < period.start.year < 9000)
    assert period.shifted(one).shifted(other) == period.shifted(one + other)
    assert period.shifted(one).shifted(-one) == period
    assert period.shifted(one).ordinal - period.ordinal == one


@given(PERIODS)
def test_next_and_previous_undo_each_other(period: Period) -> None:
    if period.kind is PeriodKind.YEAR_ENDING:
        assume((period.end.month, period.end.day) != (2, 28) or (period.end + timedelta(days=1)).day == 1)
    assert period.next().previous() == period
    assert period.previous().next() == period
    assert period.previous() < period < period.next()


@given(st.sampled_from(list(YearType)), st.sampled_from(["year", "half", "quarter", "to_date"]), st.data())
def test_a_label_beside_one_of_another_sort_of_year_needs_no_calendar(
    year_type: YearType, kind: str, data: st.DataObject
) -> None:
    year, part = data.draw(st.integers(1900, 2190)), data.draw(st.integers(1, 2))
    periods = [
        Period.year(year, each) if kind == "year" else getattr(Period, kind)(year, part, each) for each in YearType
    ]
    period = periods[list(YearType).index(year_type)]
    alike = [each for each in periods if each.label == period.label]
    label = period.label_beside(periods)
    assert (label == period.label) is (len(alike) == 1)
    if len(alike) > 1:
        assert Period.parse(label) == period
    assert period.label_beside([period]) == period.label


@given(PERIODS)
@example(Period.parse("2011-12"))
@example(Period.parse("FY1999-00"))
@example(Period.parse("Y2024-02-29"))
def test_every_text_of_a_period_comes_back_to_it(period: Period) -> None:
    assert Period.parse(str(period)) == period
    assert Period.from_code(period.code) == period
    read = Period.parse(period.label, calendar=period.year_type)
    if period.kind is PeriodKind.TO_DATE and period.place[1] == 1:
        # The year so far at the end of its first quarter is called by that quarter, which has the same days.
        assert (read.kind, read.start, read.end) == (PeriodKind.QUARTER, period.start, period.end)
    else:
        assert read == period
    assert eval(repr(period), {"Period": Period}) == period
    assert pickle.loads(pickle.dumps(period)) == period


@given(PERIODS, PERIODS)
def test_periods_are_equal_when_their_codes_are(one: Period, other: Period) -> None:
    assert (one == other) is (one.code == other.code)
    assert one != other or hash(one) == hash(other)


@given(PERIODS, PERIODS)
def test_order_is_within_a_kind_and_year_type_alone(one: Period, other: Period) -> None:
    try:
        before = one < other
    except TypeError:
        assert (one.kind, one.year_type) != (other.kind, other.year_type) or one.kind is PeriodKind.SPAN
    else:
        assert (one.kind, one.year_type) == (other.kind, other.year_type)
        assert before is ((one.start, one.end) < (other.start, other.end))
        assert [before, one == other, one > other].count(True) == 1


@given(tiles() | spans(), st.sampled_from([each for each in PeriodKind if each is not PeriodKind.SPAN]))
def test_splitting_and_joining_are_inverse(period: Period, into: PeriodKind) -> None:
    assume(period.days < 4000)
    try:
        parts = period.split(into)
    except PeriodError:
        return
    joined = Period.span(parts[0], parts[-1])
    assert (joined.start, joined.end) == (period.start, period.end)
    assert joined.split(into) == parts == Period.range(parts[0], parts[-1])
    assert sum(each.days for each in parts) == period.days
    assert all(each in period for each in parts)


@given(CALENDARS, st.integers(100, 9900))
def test_a_year_is_its_halves_and_its_quarters(calendar: YearType | CustomYear, year: int) -> None:
    whole = Period.year(year, calendar)
    halves, quarters = whole.split("half"), whole.split("quarter")
    assert (len(halves), len(quarters)) == (2, 4)
    assert [part for half in halves for part in half.split("quarter")] == list(quarters)
    assert whole.split("half")[1] == Period.half(year, 2, calendar)
    for number in range(1, 5):
        so_far = Period.to_date(year, number, calendar)
        assert (so_far.start, so_far.end) == (whole.start, Period.quarter(year, number, calendar).end)
        assert so_far.split("quarter") == quarters[:number]


@given(tiles() | others(), st.integers(-5, 5))
def test_moving_by_years_keeps_the_place(period: Period, years: int) -> None:
    if period.kind is PeriodKind.WEEK:
        assume(period.place[1] != 53)
    assume(period.start.year > 20)
    moved = period.months_later(12 * years)
    assert (moved.kind, moved.year_type) == (period.kind, period.year_type)
    assert moved.place[0] - period.place[0] == years
    if period.kind not in (PeriodKind.DAY, PeriodKind.YEAR_ENDING):
        assert moved.place[1] == period.place[1]


@given(WHENEVER, st.integers(-1000, 1000))
def test_a_day_moved_by_months_stays_in_the_month_it_should(day: date, months: int) -> None:
    assume(100 < day.year < 9900)
    moved = Period.day(day).months_later(months).start
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    last, also_last = (each + timedelta(days=1) for each in (day, moved))
    if last.day == 1:
        assert also_last.day == 1
    else:
        assert moved.day == day.day or (moved.day < day.day and also_last.day == 1)


@given(PERIODS, WHENEVER)
def test_the_share_elapsed_only_grows_from_nothing_to_all(period: Period, day: date) -> None:
    share = period.elapsed(day)
    assert 0 <= share <= 1
    assert share <= period.elapsed(day + timedelta(days=1))
    assert period.elapsed(period.start - timedelta(days=1)) == 0
    assert period.elapsed(period.start) == Fraction(1, period.days)
    assert period.elapsed(period.end) == 1


@given(PERIODS)
def test_what_is_exchanged_keeps_its_days(period: Period) -> None:
    year_type = period.year_type
    start_day = "--01-01" if year_type is None else f"--{year_type.month:02}-{year_type.day:02}"
    for again in (
        Period.from_iso(period.to_iso()),
        Period.from_sdmx(period.to_sdmx(start_day), start_day),
    ):
        assert (again.start, again.end) == (period.start, period.end)
    with contextlib.suppress(PeriodError):
        written = period.to_ees()
        on = f"{period.end.month:02}-{period.end.day:02}"
        if period.kind is PeriodKind.YEAR_ENDING:
            assert Period.from_ees(*written, year_ending=on) == period
        else:
            assert Period.from_ees(*written, as_at=on) == period


@given(
    st.integers(1000, 9990),
    st.integers(1, 8),
    st.sampled_from(["-", "/", " – ", "\u00a0-\u00a0"]),
    st.booleans(),
)
def test_a_split_year_is_never_guessed(year: int, length: int, separator: str, long: bool) -> None:
    end = year + length
    assume(long or year % 100 < end % 100 or (length == 1 and end % 100 == 0))
    text = f"{year}{separator}{end if long else f'{end % 100:02}'}"
    assume(len(text) != 7 or separator != "-" or not 1 <= end % 100 <= 12)  # the code of a month
    readings = meanings(text)
    assert len(readings) >= 4
    for year_type in (YearType.ACADEMIC, YearType.FINANCIAL, YearType.SCHOOL, YearType.TAX):
        period = Period.parse(text, calendar=year_type)
        assert period in readings
        assert len(period.split("year")) == length


def meanings(text: str, calendar: YearType | CustomYear | None = None) -> tuple[Period, ...]:
    """The one period that a text means, or its several readings, or none."""
    try:
        return (Period.parse(text, calendar),)
    except AmbiguousPeriodError as error:
        return tuple(each for each in error.readings if isinstance(each, Period))
    except OutcomeBeesError:
        return ()


ALPHABET = "0123456789 -/.,–QHTWYFACS:qhtwyfacsmarndpeojulb\u00a0'\n\x00²٢"


@given(st.text(ALPHABET, max_size=80) | st.text(max_size=80), st.none() | st.sampled_from(list(YearType)))
def test_any_text_is_read_or_refused_in_our_own_words(text: str, calendar: YearType | None) -> None:
    meant = meanings(text, calendar)
    assert len(set(meant)) == len(meant)
    assert all(Period.parse(each.code) == each for each in meant)


@given(st.text(ALPHABET, max_size=40), st.text(ALPHABET, max_size=30))
def test_any_pair_of_columns_is_read_or_refused_in_our_own_words(one: str, other: str) -> None:
    for read in (Period.from_ees, Period.from_lait, Period.from_sdmx):
        with contextlib.suppress(OutcomeBeesError):
            read(one, other)
    with contextlib.suppress(OutcomeBeesError):
        Period.from_iso(f"{one}/{other}")


@given(tiles(), st.integers(1, 30), st.sampled_from([" to ", " – ", "-"]))
def test_a_range_of_labels_holds_all_from_the_first_to_the_last(first: Period, length: int, joint: str) -> None:
    last = first.shifted(length)
    text = f"{first.label}{joint}{last.label}"
    assume(len(text) <= 64)
    if first.kind is PeriodKind.YEAR and first.year_type is YearType.CALENDAR and joint != " to ":
        return  # 2014-16 is open
    assert Period.span(first, last) in meanings(text, first.year_type)


@given(st.integers(1000, 9900), st.integers(1, 12), st.sampled_from("–—−\u2011"))
def test_a_month_and_a_year_that_look_alike_are_both_found(year: int, month: int, dash: str) -> None:
    codes = [each.code for each in meanings(f"{year}{dash}{month:02}")]
    assert f"{year}-{month:02}" in codes
    assert (len(codes) > 1) is (0 < (month - year) % 100 <= 15 and month != year % 100)
