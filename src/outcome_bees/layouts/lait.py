"""Long files of the Department for Education's local authority interactive tool (LAIT).

Such a file names places and has no codes, dates a row by a label that only its year type makes clear, and
has what is missing as ``-``. Source: the tool's published data and code.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from attrs import field, frozen

from outcome_bees.errors import InvalidValueError, PeriodError, nearest
from outcome_bees.exact import exact
from outcome_bees.frozen import described
from outcome_bees.layouts.cells import ABSENCES, absence_texts, number_of_cell
from outcome_bees.layouts.header import (
    Condition,
    Header,
    HeaderProblem,
    Reading,
    SourceColumn,
    constant,
    day_or_none,
    header_problems,
    texts_by_name,
)
from outcome_bees.layouts.own import cell_readers
from outcome_bees.periods import LAIT_REVISIONS, Period, read_lait
from outcome_bees.vocabulary import Absence

__all__ = ["LaitLayout"]

_MEASURE, _LABEL, _AREA, _VALUE = _COLUMNS = ("Short Desc", "Years", "LA and Regions", "Values")
_UNDATED = "0"
_ABSENCES = {**ABSENCES, **absence_texts(dict.fromkeys(("-", "..", ""), Absence.NOT_AVAILABLE))}
_MOST_LABELS = 10_000
_FLOAT_DIGITS = 16  # a float's shortest text has at most 17 digits; one of 16 or more was printed from a float


@described(
    measures="The id of the measure for each short description that is wanted.",
    year_types="The year type of each short description, as the tool's dictionary has it, such as ``Academic Year``.",
    areas="The code of the place for each name that is wanted.",
    recorded="The day on which the file was published, as a date or its text; ``None``: its figures count as known "
    "when their periods ended.",
    undated_ok="Whether rows of the label ``0``, which dates nothing, are left aside; else they are refused.",
    unmatched_ok="Whether ``measures`` and ``areas`` may occur nowhere, without a warning.",
)
@frozen(kw_only=True)
class LaitLayout:
    """How a long file is to be read: which of its measures and places are wanted, and what they are here.

    Raises:
        InvalidValueError: A measure has no year type.

    Example:
        >>> LaitLayout(measures={"NEET": "neet"}, year_types={"NEET": "Calendar Year"},
        ...            areas={"Hertfordshire": "E10000015"}).areas["Hertfordshire"]
        'E10000015'
    """

    measures: Mapping[str, str] = field(converter=texts_by_name)
    year_types: Mapping[str, str] = field(converter=texts_by_name)
    areas: Mapping[str, str] = field(converter=texts_by_name)
    recorded: date | None = field(default=None, converter=day_or_none)
    undated_ok: bool = False
    unmatched_ok: bool = False

    def __attrs_post_init__(self) -> None:
        for name in self.measures:
            if name not in self.year_types:
                meant = nearest(name, self.year_types)
                raise InvalidValueError("LaitLayout.year_types", None, f"a year type for {name!r}", meant)

    @staticmethod
    def is_header(row: Sequence[str]) -> bool:
        """Return whether a row names the columns of such a file."""
        return _MEASURE in row and _LABEL in row

    def plan(self, header: Header) -> Reading | list[HeaderProblem]:
        """Return how the rows under a header are read, or everything that is wrong with it."""
        problems = header_problems(_COLUMNS, header)
        if problems:
            return problems
        readers = cell_readers(guard=False)
        known = lru_cache(_MOST_LABELS)(read_lait)  # few labels and year types, and each is met by many measures
        year_types = dict(self.year_types)

        def read(pair: Sequence[str]) -> tuple[Period, str | None]:
            label, name = pair
            return known(label, year_types[name])

        def revision(pair: Sequence[str]) -> Any:
            try:
                status = read(pair)[1]
            except PeriodError:  # the period is read from the same cell, and is refused itself
                return None
            return None if status is None else LAIT_REVISIONS.get(status)

        columns = [
            SourceColumn("measure", _MEASURE, (_MEASURE,), lambda name: readers["measure"](self.measures[name])),
            SourceColumn("period", _LABEL, (_LABEL, _MEASURE), lambda pair: read(pair)[0]),
            SourceColumn("area", _AREA, (_AREA,), lambda name: readers["area"](self.areas[name])),
            SourceColumn("value", _VALUE, (_VALUE,), _number, absences=_ABSENCES),
            SourceColumn("absence", _VALUE, (_VALUE,), _ABSENCES.get, _ABSENCES[""]),
            SourceColumn("revision", _LABEL, (_LABEL, _MEASURE), revision),
        ]
        if self.recorded is not None:
            columns.append(constant("recorded", "recorded", self.recorded))
        conditions = [
            Condition(_MEASURE, frozenset(self.measures), "LaitLayout.measures"),
            Condition(_AREA, frozenset(self.areas), "LaitLayout.areas"),
        ]
        if self.undated_ok:
            conditions.append(Condition(_LABEL, frozenset({_UNDATED}), "LaitLayout.undated_ok", negated=True))
        return Reading([columns], conditions)


def _number(text: str) -> Decimal | None:
    """Return the number that was published, where a program has printed the float nearest to it with all its digits."""
    if text in _ABSENCES:
        return None
    number = number_of_cell(text)
    if len(number.as_tuple().digits) >= _FLOAT_DIGITS:
        number = exact(float(text))
    return number.copy_abs() if number.is_zero() else number
