"""Where a year begins, when Easter falls, and how a day moves by whole months.

Days are counted as ``date.toordinal`` counts them, and months from January of the year 0, so that
periods can be computed with whole numbers and a ``date`` is only made where one is asked for.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from operator import index

from outcome_bees.errors import InvalidTypeError, PeriodError, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, SupportsIndex

__all__ = [
    "LAST_DAY",
    "MONTHS",
    "MONTH_NUMBERS",
    "PREFIXES",
    "Calendar",
    "CustomYear",
    "YearType",
    "calendar_in_words",
    "calendar_named",
    "century",
    "day_in_month",
    "day_number",
    "easter_sunday",
    "is_remote",
    "joined_years",
    "month_later",
    "month_ordinal",
    "plain_date",
    "whole_number",
]

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""The names of the months in English, January first."""

MONTH_NUMBERS = {each.lower(): at for at, name in enumerate(MONTHS, 1) for each in (name[:3], name)} | {"sept": 9}
"""The number of each month, 1 to 12, by its name and its short name in small letters."""

LAST_DAY = date.max.toordinal()
"""The number of 31 December 9999, the last day that a ``date`` can be."""


class YearType(StrEnum):
    """What sort of year a figure is for. A split year is named by the year in which it starts.

    Attributes:
        prefix: What codes of such a year begin with, such as ``FY``.
        month: The month in which it begins, 1 to 12.
        day: The day on which it begins, 1 to 28.
        separator: What is printed between its two years; empty where it lies in one year.

    Source: academic, financial and tax years as in the glossary of the Department for Education's Explore
        Education Statistics, and the separators as in its labels. The school year begins with the first term
        after July (Education Act 1996, section 579); that this is 1 September is our choice.

    Example:
        >>> YearType("financial").month, YearType.TAX.day
        (4, 6)
    """

    _value_: str
    prefix: str
    month: int
    day: int
    separator: str

    ACADEMIC = "academic", "AY", 8, 1, "/"
    CALENDAR = "calendar", "CY", 1, 1, ""
    FINANCIAL = "financial", "FY", 4, 1, "-"
    SCHOOL = "school", "SY", 9, 1, "/"
    TAX = "tax", "TY", 4, 6, "-"

    def __new__(cls, word: str, *facts: Any) -> YearType:  # none, to type checkers, where a word is looked up
        member = str.__new__(cls, word)
        member._value_ = word
        member.prefix, member.month, member.day, member.separator = facts
        return member

    __hash__ = str.__hash__  # that of the text it equals; an Enum's own is that of its name, and slow

    @staticmethod
    def starting(month: int, day: int = 1) -> Calendar:
        """Return the year that begins on a day: a named one where there is one, else a custom one.

        Raises:
            PeriodError: No day of the year, or one after the 28th, which not every month has.

        Example:
            >>> YearType.starting(4, 6), YearType.starting(10)
            (<YearType.TAX: 'tax'>, CustomYear(10, 1))
        """
        for named in YearType:
            if (named.month, named.day) == (month, day):
                return named
        return CustomYear(month, day)


class CustomYear:
    """A year that begins on a day of the caller's own, such as 1 October; it fits wherever a year type does.

    Days that begin a named year are refused: one year has one name. ``YearType.starting`` gives either.

    Args:
        month: The month in which it begins, 1 to 12.
        day: The day on which it begins, 1 to 28, so that each of its quarters can begin on that day.

    Raises:
        PeriodError: No such day, or the first day of a named year type.

    Example:
        >>> str(CustomYear(10, 1))
        '10-01'
    """

    __slots__ = ("day", "month")

    month: int
    day: int

    def __init__(self, month: int, day: int = 1) -> None:
        month, day = whole_number(month, "month", 1, 12), whole_number(day, "day", 1, 28)
        for named in YearType:
            if (named.month, named.day) == (month, day):
                given = f"{month:02}-{day:02}"
                raise PeriodError(f"year: {given} begins the {named.value} year; use YearType.{named.name}")
        object.__setattr__(self, "month", month)
        object.__setattr__(self, "day", day)

    @property
    def value(self) -> str:
        """Its text in files: the month and day on which it begins, such as ``10-01``."""
        return f"{self.month:02}-{self.day:02}"

    @property
    def prefix(self) -> str:
        """What codes of such a year begin with, such as ``Y10-01:``."""
        return f"Y{self.value}:"

    @property
    def separator(self) -> str:
        """What is printed between its two years."""
        return "/"

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a CustomYear cannot change: {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a CustomYear cannot change: {name}")

    def __eq__(self, other: object) -> bool:
        if isinstance(other, CustomYear):
            return (self.month, self.day) == (other.month, other.day)
        return NotImplemented

    def __hash__(self) -> int:
        return hash((CustomYear, self.month, self.day))

    def __str__(self) -> str:
        return self.value

    def __format__(self, spec: str) -> str:
        return format(self.value, spec)

    def __repr__(self) -> str:
        return f"CustomYear({self.month}, {self.day})"

    def __reduce__(self) -> tuple[type[CustomYear], tuple[int, int]]:
        return (CustomYear, (self.month, self.day))


Calendar = YearType | CustomYear
"""What a ``calendar`` or ``year_type`` may be."""

PREFIXES = {named.prefix: named for named in YearType}
"""The named sorts of year, by what codes of theirs begin with."""

_OF_WORD = {named.value: named for named in YearType}
_ALLOWED = f"{', '.join(_OF_WORD)}, or a first day such as 10-01"


def calendar_named(given: Calendar | str) -> Calendar:
    """Return the year type that a word names, or the custom year that a first day such as ``10-01`` names.

    Raises:
        PeriodError: No such word and no such day.

    Example:
        >>> calendar_named("academic"), calendar_named("10-01")
        (<YearType.ACADEMIC: 'academic'>, CustomYear(10, 1))
    """
    if isinstance(given, (YearType, CustomYear)):
        return given
    if not isinstance(given, str):
        raise InvalidTypeError("calendar", given, _ALLOWED)
    named = _OF_WORD.get(given.casefold())
    if named is not None:
        return named
    if re.fullmatch("[0-9]{2}-[0-9]{2}", given):
        return YearType.starting(int(given[:2]), int(given[3:]))
    from outcome_bees.synonyms import meant  # only where a word is none of the list

    near = meant("YearType", given, list(_OF_WORD))
    hint = f" (did you mean {near}?)" if near else ""
    raise PeriodError(f"calendar: given {shown(given)}; allowed: {_ALLOWED}{hint}")


def calendar_in_words(words: str) -> YearType:
    """Return the sort of year that words beside a year name: ``fy``, ``tax``, ``academic year``.

    Example:
        >>> calendar_in_words("fy"), calendar_in_words("school-year")
        (<YearType.FINANCIAL: 'financial'>, <YearType.SCHOOL: 'school'>)
    """
    word = words.replace("-", " ").split()[0]
    return PREFIXES.get(words.upper()) or _SHORT.get(word) or YearType(word)


_SHORT = {"acad": YearType.ACADEMIC, "cal": YearType.CALENDAR, "fin": YearType.FINANCIAL, "fiscal": YearType.FINANCIAL}


def century(short: int) -> int:
    """Return the year of two digits: 69 to 99 are 1969 to 1999 and 00 to 68 are 2000 to 2068.

    Source: POSIX strptime.
    """
    return short + (1900 if short >= 69 else 2000)


def is_remote(year: int) -> bool:
    """Return whether a year is centuries away, so that four digits which could be it are rather two short years.

    Source: our choice: no council's figure is for a split year before 1900 or after 2199.
    """
    return not 1900 <= year <= 2199


def joined_years(year: int) -> int | None:
    """Return the first of two short years that four digits may be: 2023 for 2324, where 24 follows 23.

    ``None`` where the second does not follow the first, as in 2729.

    Example:
        >>> joined_years(2324), joined_years(9900), joined_years(2729)
        (2023, 1999, None)
    """
    first, second = divmod(year, 100)
    return century(first) if second == (first + 1) % 100 else None


def whole_number(given: SupportsIndex, what: str, low: int, high: int) -> int:
    """Return the whole number that was given, after checking that it lies from ``low`` to ``high``.

    Raises:
        InvalidTypeError: No whole number; ``True`` is none.
        PeriodError: It lies outside.
    """
    try:
        number = index(given)  # numpy's integers too, as they come out of a frame
    except TypeError:
        number = None
    if number is None or isinstance(given, bool):
        raise InvalidTypeError(what, given, f"a whole number from {low} to {high}")
    if not low <= number <= high:
        raise PeriodError(f"{what}: given {shown(given)}; allowed: {low} to {high}")
    return number


def plain_date(given: object, what: str) -> date:
    """Return the date that was given; a ``datetime`` is refused, for its time of day would be lost."""
    if not isinstance(given, date) or isinstance(given, datetime):
        hint = "take its .date()" if isinstance(given, datetime) else None
        raise InvalidTypeError(what, given, "a datetime.date", hint)
    return given


def day_number(months: int, day: int) -> int:
    """Return the number of a day, from its month (counted from January of the year 0) and day of the month."""
    year, month = divmod(months, 12)
    if year > 9999:  # the day after the last that a date can be ends the last year
        return LAST_DAY + day
    return date(year, month + 1, day).toordinal()


def month_ordinal(year: int, month: int) -> int:
    """Return the number of a month, counted from January of the year 0.

    Raises:
        PeriodError: No such year or month.
    """
    return whole_number(year, "year", 1, 9999) * 12 + whole_number(month, "month", 1, 12) - 1


def day_in_month(months: int, day: int) -> int:
    """Return the number of a day of a month, the month counted from January of the year 0.

    Raises:
        PeriodError: The month has no such day.
    """
    first, after = day_number(months, 1), day_number(months + 1, 1)
    return first + whole_number(day, "day", 1, after - first) - 1


def month_later(day: int, months: int) -> int:
    """Return the number of the day so many months later; the end of a month stays the end of a month.

    Raises:
        PeriodError: It would lie outside the years 1 to 9999.

    Example:
        >>> date.fromordinal(month_later(date(2025, 3, 31).toordinal(), -6))
        datetime.date(2024, 9, 30)
    """
    if day == 0 and months > 0:  # no date, but the end of a month, and what begins after it is the first of all days
        return month_later(31, months - 1)
    if day <= 0:
        raise PeriodError("the days before 1 January of the year 1 cannot be counted")
    was = date.fromordinal(day)
    month = was.year * 12 + was.month - 1
    if not 12 <= month + months < 120_000:
        raise PeriodError(f"{was} and {months} months lies outside the years 1 to 9999")
    first = day_number(month + months, 1)
    last = day_number(month + months + 1, 1) - 1
    if day + 1 == day_number(month + 1, 1):
        return last
    return min(first + was.day - 1, last)


@lru_cache(maxsize=512)
def easter_sunday(year: int) -> int:
    """Return the number of the day on which Easter falls in a year.

    Source: the anonymous Gregorian computus of 1876 (Nature, 20 April 1876), which gives the dates of the
        table in the Calendar (New Style) Act 1750.

    Example:
        >>> date.fromordinal(easter_sunday(2025))
        datetime.date(2025, 4, 20)
    """
    golden = year % 19
    century, in_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    lunar = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * rest + 2 * (in_century // 4) - lunar - in_century % 4) % 7
    correction = (golden + 11 * lunar + 22 * weekday) // 451
    month, day = divmod(lunar + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1).toordinal()
