"""Long files of the Department for Education's local authority interactive tool (LAIT).

Such a file names places and has no codes, dates a row by a label that only its year type makes clear, and
has what is missing as ``-``. Source: the tool's published data and code.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from operator import itemgetter
from typing import Any

from attrs import field, frozen

from outcome_bees.errors import InvalidValueError, PeriodError, nearest
from outcome_bees.exact import exact
from outcome_bees.periods import LAIT_REVISIONS, Period, read_lait
from outcome_bees.serializers.cells import ABSENCES
from outcome_bees.serializers.layouts import Column, Header, Reading, Trouble, cell_readers, no_column, texts_by_name
from outcome_bees.vocabulary import Absence

__all__ = ["LaitLayout"]

_MEASURE, _LABEL, _AREA, _VALUE = "Short Desc", "Years", "LA and Regions", "Values"
_SYMBOLS = {**ABSENCES, "-": Absence.NOT_AVAILABLE, "..": Absence.NOT_AVAILABLE, "": Absence.NOT_AVAILABLE}
_FLOAT_DIGITS = 16  # a float's shortest text has at most 17 digits; one of 16 or more was printed from a float


@frozen(kw_only=True)
class LaitLayout:
    """How a long file is to be read: which of its measures and places are wanted, and what they are here.

    Attributes:
        measures: The id of the measure for each short description that is wanted.
        year_types: The year type of each short description, as the tool's dictionary has it, such as
            ``"Academic Year"``.
        areas: The code of the place for each name that is wanted.

    Example:
        >>> LaitLayout(measures={"NEET": "neet"}, year_types={"NEET": "Calendar Year"},
        ...            areas={"Hertfordshire": "E10000015"}).areas["Hertfordshire"]
        'E10000015'
    """

    measures: Mapping[str, str] = field(converter=texts_by_name)
    year_types: Mapping[str, str] = field(converter=texts_by_name)
    areas: Mapping[str, str] = field(converter=texts_by_name)

    def __attrs_post_init__(self) -> None:
        for name in self.measures:
            if name not in self.year_types:
                meant = nearest(name, self.year_types)
                raise InvalidValueError("LaitLayout.year_types", None, f"a year type for {name!r}", meant)

    def is_header(self, row: Sequence[str]) -> bool:
        return _MEASURE in row and _LABEL in row

    def plan(self, header: Header) -> Reading | list[Trouble]:
        """How the rows under a header are read, or everything that is wrong with it."""
        troubles = [no_column(name, header) for name in (_MEASURE, _LABEL, _AREA, _VALUE) if name not in header]
        if troubles:
            return troubles
        place = {name: header.index(name) for name in (_MEASURE, _LABEL, _AREA, _VALUE)}
        readers = cell_readers(guard=False)
        dated = itemgetter(place[_LABEL], place[_MEASURE])

        def one(field: str, column: str, read: Callable[[str], Any], blank: Any = None) -> Column:
            return Column(field, column, place[column], itemgetter(place[column]), read, blank)

        figures = [
            one("measure", _MEASURE, lambda name: readers["measure"](self.measures[name])),
            Column("period", _LABEL, place[_LABEL], dated, lambda pair: self._read(pair)[0]),
            one("area", _AREA, lambda name: readers["area"](self.areas[name])),
            one("value", _VALUE, lambda text: None if text in _SYMBOLS else _without_noise(text)),
            one("absence", _VALUE, _SYMBOLS.get, _SYMBOLS[""]),
            Column("revision", _LABEL, place[_LABEL], dated, self._revision),
        ]
        measure, area = place[_MEASURE], place[_AREA]
        return Reading([figures], lambda row: (0,) if row[measure] in self.measures and row[area] in self.areas else ())

    def _revision(self, pair: Sequence[str]) -> Any:
        with suppress(PeriodError):  # which is told of the period, from the same cell
            return LAIT_REVISIONS.get(self._read(pair)[1] or "")
        return None

    def _read(self, pair: Sequence[str]) -> tuple[Period, str | None]:
        label, name = pair
        return read_lait(label, self.year_types[name])


def _without_noise(text: str) -> Any:
    """The number that was published, where a program has printed the float nearest to it with all its digits."""
    number = exact(text)
    if len(number.as_tuple().digits) >= _FLOAT_DIGITS:
        return exact(float(text))
    return number
