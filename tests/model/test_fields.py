"""What each field reads, what it refuses, and what the refusal says: field by field."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from attrs import frozen

from outcome_bees import Margin, Measure, Observation, Period, Profile, Reach, Target, Unit
from outcome_bees.errors import InvalidTypeError, InvalidValueError, PeriodError
from outcome_bees.frozen import FrozenMapping
from outcome_bees.model import fields

A_PERIOD = "a Period, the code of one such as 'FY2024-25', or a date"
A_DAY = "a date, or its text such as '2025-12-31'"
AN_AREA = "an area code such as E10000015: letters and digits, '.', '_', ':' or '-' between them"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("CY2024", "CY2024"),
        (date(2024, 1, 2), "2024-01-02"),
        (Period.from_code("2024-12"), "2024-12"),
    ],
)
def test_a_period_is_itself_its_code_or_a_day(given: Any, code: str) -> None:
    assert fields.period(given).code == code
    assert fields.period_or_none(given) == Period.from_code(code)
    assert fields.period_or_none(None) is None


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            "2024/25",
            "period: given '2024/25'; allowed: the code of a period; meant may be"
            " AY2024-25, FY2024-25, SY2024-25, TY2024-25",
        ),
        (
            "12 months to March 2024",
            "period: given '12 months to March 2024'; allowed: the code of a period; meant may be Y2024-03-31",
        ),
        ("foo", "period: given 'foo'; allowed: a code such as FY2024-25, 2024-12 or Y2025-03-31"),
    ],
)
def test_a_text_that_is_no_code_is_refused_with_the_codes_that_may_be_meant(given: str, message: str) -> None:
    with pytest.raises(PeriodError) as caught:
        fields.period(given)
    assert str(caught.value) == message
    with pytest.raises(PeriodError) as caught:
        Target(id="t", measure="m", aim=None, due=given)
    assert str(caught.value) == f"Target.due: {message.removeprefix('period: ')}"


@pytest.mark.parametrize("given", [5, None, datetime(2024, 1, 2), ["CY2024"]])
def test_nothing_else_is_a_period(given: Any) -> None:
    with pytest.raises(InvalidTypeError) as caught:
        fields.period(given)
    assert str(caught.value) == f"period: given {given!r}; allowed: {A_PERIOD}"


@pytest.mark.parametrize(
    "given",
    ["20240102", "2025-W01-1", "2025-01-32", "2025", "2024-01-02T", "2024/01/02", "2024-01/02", "2024/01-02", ""],
)
def test_a_text_that_is_no_day_is_refused(given: str) -> None:
    for read, what in ((fields.day, "date"), (fields.as_of_day, "as_of")):
        with pytest.raises(InvalidValueError) as caught:
            read(given)
        assert str(caught.value) == f"{what}: given {given!r}; allowed: {A_DAY}"


def test_a_day_is_a_date_or_its_text() -> None:
    for read in (fields.day, fields.as_of_day, fields.day_or_none):
        assert read("2024-01-02") == read(date(2024, 1, 2)) == date(2024, 1, 2)
        with pytest.raises(InvalidTypeError, match="without a time of day"):
            read(datetime(2024, 1, 2))
    assert fields.day_or_none(None) is None
    assert fields.days(["2024-01-02", date(2023, 1, 1)]) == (date(2023, 1, 1), date(2024, 1, 2))


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ("e10000015", "write E10000015"),
        ("E1000001", "such a code has 8 digits, and this has 7"),
        ("E10000O15", "write E10000015, with digits in place of O"),
    ],
)
def test_what_is_nearly_the_code_of_a_place_is_refused_with_what_to_write(given: str, hint: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        fields.area(given, "place")
    assert str(caught.value) == f"place: given {given!r}; allowed: {AN_AREA} ({hint})"


def test_the_code_of_a_place_is_a_text() -> None:
    assert [fields.area(each) for each in ("E10000015", "Essex", "E1")] == ["E10000015", "Essex", "E1"]
    assert (fields.area_or_none("E1"), fields.area_or_none(None)) == ("E1", None)
    assert fields.areas(["E1", "E2"]) == ("E1", "E2")
    wrong: Any
    for wrong in (5, None):
        with pytest.raises(InvalidTypeError, match=f"area: given {wrong}"):
            fields.area(wrong)


TEXT = "text that is not blank, at most 20,000 characters, no NUL"


@pytest.mark.parametrize("given", ["", " ", "\t\n", "a\x00b", "\ud800", "a" * 20_001])
def test_a_text_that_is_blank_too_long_or_cannot_be_written_is_refused(given: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        fields.text_or_none(given)
    assert caught.value.allowed == TEXT
    if given.strip():  # a blank one is kept in a field of one's own
        with pytest.raises(InvalidTypeError, match=r"extensions\['x-a'\]"):
            fields.extensions({"x-a": given})


def test_a_text_is_kept_as_it_is_written() -> None:
    assert (fields.text(" a "), fields.text_or_none(" a "), fields.text_or_none(None)) == (" a ", " a ", None)
    wrong: Any = 5
    with pytest.raises(InvalidTypeError, match="text: given 5; allowed: text"):
        fields.text(wrong)


@pytest.mark.parametrize("given", ["ab", b"ab", {"a": 1}, 5, None])
@pytest.mark.parametrize(
    "read",
    [fields.texts, fields.item_ids, fields.areas, fields.days, lambda given: fields.members(str, given)],
)
def test_a_list_is_no_text_and_no_mapping(read: Any, given: Any) -> None:
    with pytest.raises(InvalidTypeError) as caught:
        read(given)
    assert str(caught.value) == f"list: given {given!r}; allowed: a list or tuple"


def test_a_list_may_be_any_that_can_be_gone_through_once() -> None:
    assert fields.texts(each for each in "ab") == fields.item_ids(("a", "b")) == fields.members(str, ["a", "b"])
    with pytest.raises(InvalidTypeError, match="str: given 5; allowed: objects of str"):
        fields.members(str, ["a", 5])


def test_fields_of_one_s_own_are_kept_so_that_nothing_can_change_them() -> None:
    given = {
        "x-text": "a",
        "x-number": 1.5,
        "x-true": True,
        "x-day": date(2024, 1, 2),
        "x-list": [1, ("a", False)],
        "x-mapping": {"k": {"l": "m"}},
        "x-nothing": None,
        "x-" + "a" * 98: 1,
    }
    kept = fields.extensions(given)
    assert dict(kept) == {
        "x-text": "a",
        "x-number": Decimal("1.5"),
        "x-true": True,
        "x-day": "2024-01-02",
        "x-list": (1, ("a", False)),
        "x-mapping": {"k": {"l": "m"}},
        "x-" + "a" * 98: 1,
    }
    assert type(kept["x-mapping"]["k"]) is FrozenMapping
    assert type(kept["x-number"]) is type(kept["x-list"][0]) is Decimal
    assert kept["x-true"] is True


@pytest.mark.parametrize("name", ["y", "x", "x-", "x-.a", "x-a b", 5, None, "x-" + "a" * 99, "X-a"])
def test_their_names_begin_with_x(name: Any) -> None:
    with pytest.raises(InvalidValueError, match="names such as x-cost-centre"):
        fields.extensions({name: 1})


@pytest.mark.parametrize(
    "given", [b"a", {5: 1}, {"k": 1, 5: 1}, {"k", "l"}, object, datetime(2024, 1, 2), [b"a"], {"k": b"a"}]
)
def test_nothing_else_is_kept(given: Any) -> None:
    with pytest.raises(InvalidTypeError, match=r"^extensions\['x-a'\]: given .*, 20 deep at most$"):
        fields.extensions({"x-a": given})


@pytest.mark.parametrize("given", [[], None, "x-a", [("x-a", 1)]])
def test_they_are_a_mapping(given: Any) -> None:
    with pytest.raises(InvalidTypeError, match="a mapping of names that begin with x- to values"):
        fields.extensions(given)
    with pytest.raises(InvalidTypeError, match=r"breakdown: .*a mapping of text to text"):
        fields.breakdown(given)


def test_a_part_of_the_population_is_in_the_order_of_the_alphabet() -> None:
    read = fields.breakdown({"sex": "girls", "age": "5"})
    assert [*read.items()] == [("age", "5"), ("sex", "girls")]
    assert fields.breakdown(read) is read
    assert fields.breakdown({}) is fields.breakdown({})
    wrong: Any
    for wrong in ({"age": 5}, {5: "age"}):
        with pytest.raises(InvalidTypeError, match="text: given 5"):
            fields.breakdown(wrong)


def test_a_unit_and_a_number_are_read_from_what_people_write() -> None:
    assert fields.unit_or_none("%") == fields.unit_or_none(Unit("percent")) == Unit("percent")
    assert fields.unit_or_none(None) is fields.number_or_none(None) is None
    assert fields.number("1.50").as_tuple() == fields.number_or_none("1.50").as_tuple()  # type: ignore[union-attr]
    assert (fields.item_id_or_none("a"), fields.item_id_or_none(None), fields.item_id("a")) == ("a", None, "a")


@pytest.mark.parametrize(
    ("read", "word", "other"),
    [
        (fields.direction_or_none, "increase", "decrease"),
        (fields.measure_kind, "count", "rate"),
        (fields.role, "proxy", "outcome"),
        (fields.timing_or_none, "rolling", "flow"),
        (fields.frequency_or_none, "yearly", "monthly"),
        (fields.calendar_or_none, "financial", "academic"),
        (fields.absence_or_none, "low", "suppressed"),
        (fields.revision_or_none, "final", "revised"),
        (fields.method, "pooled", "median"),
        (fields.relation, "same", "split"),
    ],
)
def test_a_word_of_a_list_is_read_as_its_member_and_no_other_word_is(read: Any, word: str, other: str) -> None:
    member: Any = read(word)
    words: Any = type(member)
    assert (member.value, read(member), read(other).value) == (word, member, other)
    if "or_none" in read.__name__:
        assert read(None) is None
    with pytest.raises(InvalidValueError) as caught:
        read("qqqq")
    assert caught.value.allowed == ", ".join(repr(each.value) for each in words)
    assert (caught.value.what, caught.value.hint) == (type(member).__name__, None)


def test_an_object_is_written_with_its_lists_mappings_and_words_as_they_are_read() -> None:
    target = Target(
        id="t",
        measure="m",
        aim=Reach(5),
        due="FY2024-25",
        tolerance=Margin(amount=1),
        trajectory=Profile({"FY2024-25": 5}),  # type: ignore[dict-item]
        breakdown={"sex": "girls"},
        unit="percent",
        agreed_with=["families", "partners"],
        extensions={"x-a": [1, {"b": 2}]},
    )
    assert repr(target) == (
        f"Target(id='t', measure='m', aim={target.aim!r}, due='FY2024-25', trajectory={target.trajectory!r},"
        f" tolerance={target.tolerance!r}, breakdown={{'sex': 'girls'}}, unit='percent',"
        " agreed_with=['families', 'partners'], extensions={'x-a': ['1', {'b': '2'}]})"
    )
    assert repr(Target(id="t", measure="m", aim=None)) == "Target(id='t', measure='m', aim=None)"
    figure = Observation(measure="m", period="CY2024", area="E1", absence="low", recorded=date(2025, 1, 2))
    assert repr(figure) == (
        "Observation(measure='m', period='CY2024', area='E1', absence='low', recorded=datetime.date(2025, 1, 2))"
    )


def test_a_converter_is_found_by_what_it_takes_and_a_field_without_one_is_left() -> None:
    @frozen(field_transformer=fields.located)
    class Plain:
        one: int

    assert Plain("anything").one == "anything"  # type: ignore[arg-type]
    with pytest.raises(InvalidTypeError, match=r"^Measure\.title: given 5; allowed: text$"):
        Measure(id="m", title=5, unit="percent")  # type: ignore[arg-type]
    annotations = Measure.__init__.__annotations__
    assert (annotations["title"], annotations["id"]) == (str, str)
