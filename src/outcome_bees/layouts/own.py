"""Our own table of observations: its columns are the fields of ``Observation``."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from attrs import field, fields, frozen

from outcome_bees.errors import InvalidValueError, nearest
from outcome_bees.frozen import FrozenMapping, described
from outcome_bees.layouts.cells import (
    SHOWN_AS_MONTH,
    TYPED_DATE,
    TYPED_ERROR,
    absence_of,
    day_of,
    number_of_cell,
    parse_breakdown,
    unguard_formula,
)
from outcome_bees.layouts.header import (
    MAX_COLUMNS,
    REFUSED,
    Header,
    HeaderProblem,
    Reading,
    SourceColumn,
    constant,
    day_or_none,
    header_problems,
)
from outcome_bees.model import fields as model_fields
from outcome_bees.model.constraints import NUMBERS
from outcome_bees.model.observation import Observation
from outcome_bees.periods import Period
from outcome_bees.synonyms import meant
from outcome_bees.units import Unit
from outcome_bees.vocabulary import Revision

__all__ = ["COLUMNS", "PROSE", "REQUIRED", "OwnLayout", "cell_readers"]

COLUMNS: tuple[str, ...] = tuple(each.name for each in fields(Observation))
"""The columns of our own table, in the order in which they are written."""

REQUIRED = ("measure", "period", "area")
"""The columns without which there is no observation; beside them value, absence or both."""

_ANOTHER = "it has other columns than the library's own: outcome-bees inspect drafts a source that says how they read"

PROSE = ("breakdown", "source", "note")
"""The columns whose text may be anything, a formula among them."""


def cell_readers(*, guard: bool = True) -> dict[str, Callable[[str], Any]]:
    """Return how the text of a cell is read as each field of an observation, as strictly as the field itself would.

    Args:
        guard: Whether an apostrophe before a formula was put there to guard against it, and is taken off.
    """
    unguard = unguard_formula if guard else str

    def text(cell: str) -> str:
        return model_fields.text(unguard(_no_error(cell)))

    readers: dict[str, Callable[[str], Any]] = {
        "measure": model_fields.item_id,
        "period": _period,
        "area": model_fields.area,
        **dict.fromkeys(NUMBERS, number_of_cell),
        "absence": absence_of,
        "breakdown": lambda cell: model_fields.breakdown(parse_breakdown(unguard(_no_error(cell)))),
        "unit": Unit,
        "revision": _revision,
        "recorded": lambda cell: day_of(cell.removeprefix(TYPED_DATE).removesuffix(SHOWN_AS_MONTH)),
        "source": text,
        "note": text,
    }
    return {name: readers[name] for name in COLUMNS}


def _period(cell: str) -> Period:
    if cell.startswith(TYPED_DATE):
        hint = "a spreadsheet makes dates of codes: set the column to Text, and type it again"
        raise InvalidValueError("period", cell, "the code of a period as text, such as 2024-12", hint)
    return model_fields.period(cell)


def _revision(cell: str) -> Revision:
    try:
        return Revision(cell)
    except ValueError:
        near = meant("Revision", cell, Revision)
        allowed = ", ".join(repr(each.value) for each in Revision)
        raise InvalidValueError("revision", cell, allowed, f"did you mean {near}?" if near else None) from None


def _no_error(cell: str) -> str:
    if cell == TYPED_ERROR:
        raise InvalidValueError("text", cell, "text, or nothing (check the formula)")
    return cell


def _blank(name: str) -> Any:
    return REFUSED if name in REQUIRED else FrozenMapping() if name == "breakdown" else None


@described(
    unknown_columns_ok="Whether other columns may be there, and are left aside.",
    guard="Whether an apostrophe before ``=``, ``+``, ``-`` or ``@`` was put there to guard against formulas.",
    recorded="The day on which the observations became known, where no cell gives it, as a date or its text; "
    "``None``: when their periods ended.",
)
@frozen(kw_only=True)
class OwnLayout:
    """Our own table: the columns are the fields of ``Observation``.

    Example:
        >>> OwnLayout(recorded="2025-06-26").recorded
        datetime.date(2025, 6, 26)
    """

    unknown_columns_ok: bool = False
    guard: bool = True
    recorded: date | None = field(default=None, converter=day_or_none)

    def is_header(self, row: Sequence[str]) -> bool:
        """Return whether a row names the columns of a table of this kind."""
        return len({"value", "absence", *REQUIRED}.intersection(row)) >= 2

    def plan(self, header: Header) -> Reading | list[HeaderProblem]:
        """Return how the rows under a header are read, or everything that is wrong with it."""
        problems = self._problems(header)
        if problems:
            return problems
        known = [name for name in header if name in COLUMNS]
        readers = cell_readers(guard=self.guard)
        blanks = {name: _blank(name) for name in known} | {"recorded": self.recorded}
        columns = [SourceColumn(name, name, (name,), readers[name], blanks[name]) for name in known]
        if self.recorded is not None and "recorded" not in known:
            columns.append(constant("recorded", "recorded", self.recorded))
        return Reading([columns])

    def _problems(self, header: Header) -> list[HeaderProblem]:
        problems = header_problems([*REQUIRED, *(name for name in header if name in COLUMNS)], header)
        if len(header) > MAX_COLUMNS:
            return problems
        if not self.unknown_columns_ok:
            problems += [self._unknown(place, name) for place, name in enumerate(header) if name not in COLUMNS]
        if not {"value", "absence"}.intersection(header):
            problems.append(HeaderProblem(None, None, "missing column: value or absence (or both)"))
        if sum(name in header for name in (*REQUIRED, "value")) <= 2 and len(header) > 2:
            problems.append(HeaderProblem(None, None, _ANOTHER))
        return sorted(problems, key=lambda each: len(header) if each.place is None else each.place)

    @staticmethod
    def _unknown(place: int, name: str) -> HeaderProblem:
        meant = nearest(name, COLUMNS)
        hint = f" (did you mean {meant}?)" if meant else ""
        return HeaderProblem(place, name, f"unknown column; allowed: {', '.join(COLUMNS)}{hint}")
