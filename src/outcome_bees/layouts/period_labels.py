"""Labels of periods as tables have them, with what a layout states of those that leave something open."""

import re
from collections.abc import Mapping, Sequence

from attrs import field, frozen

from outcome_bees.errors import AmbiguousPeriodError, InvalidValueError
from outcome_bees.frozen import FrozenMapping
from outcome_bees.layouts.cells import SHOWN_AS_MONTH, TYPED_DATE, day_of
from outcome_bees.layouts.header import texts_by_name
from outcome_bees.periods import Period, split_note
from outcome_bees.vocabulary import Revision

__all__ = ["PeriodLabels"]

_YEAR = re.compile("[0-9]{4}", re.ASCII)


@frozen(kw_only=True)
class PeriodLabels:
    """How the labels of periods are read.

    Attributes:
        calendar: The sort of year that a label leaves open; ``None``: none may.
        span: How pooled years are counted; ``None``: the label must say.
        day_first: Whether 03/04/2025 is 3 April; ``None``: the label must say.
        bare_year: A bare year ``"starts"`` or ``"ends"`` the split year that it names; ``None``: the label must say.
        as_at: A bare year is this month and day of it.
        year_ending: A bare year is the twelve months up to this month and day of it.
        codes: The code of each label that is not to be read otherwise.

    Example:
        >>> labels = PeriodLabels(calendar="financial", codes={"2024/25 YTD": "FY2024-25-Q1..Q3"})
        >>> [str(labels.read([each])) for each in ("2024/25 Q1", "2024/25 YTD")]
        ['FY2024-25-Q1', 'FY2024-25-Q1..Q3']
    """

    calendar: str | None = field(default=None)
    span: str | None = None
    day_first: bool | None = None
    bare_year: str | None = None
    as_at: str | None = None
    year_ending: str | None = None
    codes: Mapping[str, str] = field(factory=FrozenMapping, converter=texts_by_name)

    def __attrs_post_init__(self) -> None:
        if self.as_at is not None and self.year_ending is not None:
            raise InvalidValueError("as_at", self.as_at, "one of as_at and year_ending")
        if self.bare_year not in (None, "starts", "ends"):
            raise InvalidValueError("bare_year", self.bare_year, "'starts' or 'ends'")
        if self.bare_year is not None and self.calendar is None:
            raise InvalidValueError("bare_year", self.bare_year, "it with a calendar")
        for code in self.codes.values():
            Period.from_code(code)
        self.read(["2024-06"])  # which refuses a calendar that there is not
        if self.as_at or self.year_ending:
            self.read(["2024"])

    def read(self, parts: Sequence[str]) -> Period:
        """Return the period of a label, whose parts are in one cell or in several.

        Raises:
            PeriodError: It is none, or may be several and nothing says which.
        """
        whole = " ".join(filter(None, map(_part, parts)))
        if whole in self.codes:
            return Period.from_code(self.codes[whole])
        label, _ = split_note(whole)
        if label in self.codes:
            return Period.from_code(self.codes[label])
        if whole.startswith(TYPED_DATE):
            return _dated(whole)
        if (self.as_at or self.year_ending) and _YEAR.fullmatch(label):
            return Period.from_ees(label, "Reporting year", as_at=self.as_at, year_ending=self.year_ending)
        if self.bare_year and self.calendar and _YEAR.fullmatch(label):
            return _year(int(label), self.calendar, ends=self.bare_year == "ends")
        try:
            return Period.parse(label, self.calendar, day_first=self.day_first, span=self.span)
        except AmbiguousPeriodError as error:
            way = (
                "calendar" if self.calendar is None else "bare_year" if _YEAR.fullmatch(label) else "span or day_first"
            )
            message = f"{error}, or state {way} in the layout"
            raise AmbiguousPeriodError(message, error.text, error.readings) from None

    def revision(self, parts: Sequence[str]) -> Revision | None:
        """Return what the note of a label says of its figures; ``None`` where it has none."""
        return split_note(" ".join(filter(None, map(str.strip, parts))))[1]


def _year(number: int, calendar: str, *, ends: bool) -> Period:
    """Return the year that a bare number starts or ends."""
    year = Period.year(number, calendar)
    return year.shifted(-1) if ends and year.start.year != year.end.year else year


def _part(text: str) -> str:
    return " ".join(text.split())


def _dated(text: str) -> Period:
    """Return the period of a cell that a spreadsheet keeps as a date: its day, or its month if that alone is shown."""
    stamp = text.removeprefix(TYPED_DATE)
    month = stamp.endswith(SHOWN_AS_MONTH)
    day = day_of(stamp.removesuffix(SHOWN_AS_MONTH))
    return Period.month(day.year, day.month) if month else Period.day(day)
