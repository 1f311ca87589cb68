"""Published tables as frames with the columns of ``frames.FIGURES``, by the layouts that files are read with.

What a cell means is asked of the layout once for each distinct text (a few thousand, whatever the number of rows), and
joined to the rows inside the engine; numbers alone are read by the engine itself.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from outcome_bees.errors import InvalidValueError, Verbatim
from outcome_bees.frames.backend import Backend, Lazy, LookupTable
from outcome_bees.layouts import EesLayout, LaitLayout, Layout
from outcome_bees.layouts.header import (
    REFUSED,
    Condition,
    HeaderProblem,
    Reading,
    SourceColumn,
    warn_of_unmatched,
)
from outcome_bees.layouts.own import COLUMNS
from outcome_bees.layouts.recognition import reading_of
from outcome_bees.model.constraints import NUMBERS
from outcome_bees.vocabulary import Absence

if TYPE_CHECKING:
    from narwhals.stable.v2.typing import IntoFrameT

__all__ = ["from_ees", "from_lait", "from_layout"]

# Numbers in other notations, or with more digits than numbers may have, are read by the layout, as a file's are.
_PLAIN = r"^[+-]?[0-9]{1,13}(?:\.[0-9]{1,17})?$"

_ALWAYS = ("measure", "period", "area", "value", "absence")
_PART = "part: "  # before the name of a breakdown, within the engine


def from_layout(frame: "IntoFrameT", layout: Layout) -> "IntoFrameT":
    """Return a published table with the columns of ``frames.FIGURES``: what ``load_observations`` reads of its file.

    Args:
        frame: The table, as it was read from its file; best as text alone, so that symbols are left as they are.
        layout: How its columns are to be read: an ``EesLayout``, a ``LaitLayout`` or an ``OwnLayout``.

    Returns:
        A frame of the kind given, with the columns measure, period, area, value and absence, those further ones
        that the layout gives, and one for each name of a breakdown, null where the row is of the whole population.

    Raises:
        InvalidValueError: A column is missing or there twice, or a cell cannot be read: the first that is found.
        PeriodError: A label that is no period of this form.
        UnitError: A unit that there is not.

    Warns:
        UnmatchedNameWarning: A name that the layout asks for occurs nowhere.
    """
    backend = Backend(_with_columns_once(frame, layout))
    schema = backend.figures.collect_schema()
    header = list(schema)
    reading = reading_of(layout, [*header, *_renamed_repeats(header)])
    if isinstance(reading, list):
        raise _header_error(reading, header)
    named = [] if reading.named_in is None else [reading.named_in]
    conditions = [*reading.conditions, *reading.asked]
    sources = [name for columns in reading.figures for column in columns for name in column.sources]
    wanted = list(dict.fromkeys([*sources, *named, *(each.column for each in conditions)]))
    texts = {name: f"cell {number}" for number, name in enumerate(wanted)}
    raw = backend.figures.select(*(_as_text(name, schema[name]).alias(text) for name, text in texts.items()))
    numbers = {name for columns in reading.figures for each in columns if _is_number(each) for name in each.sources}
    raw = backend.with_categories(raw, [text for name, text in texts.items() if name not in numbers])
    if not getattr(layout, "unmatched_ok", True):
        for each in reading.expected:
            rows = backend.distinct(raw, texts[each.column])
            warn_of_unmatched(each, {row[texts[each.column]] for row in rows})
    rows_wanted = raw
    for each in reading.conditions:
        rows_wanted = rows_wanted.filter(_meets(each, texts))
    rows_wanted = backend.held(rows_wanted)
    found = _Frame(backend, rows_wanted, texts, schema).observations(reading)
    figures: IntoFrameT = backend.back(found.unique() if reading.repeats_ok else found)
    return figures


def from_ees(frame: "IntoFrameT", **layout: Any) -> "IntoFrameT":
    """Return a table of the Department for Education's open data, with our columns.

    Args:
        frame: The table, as read from its file; figures may be numbers, or text with the symbols of absences.
        **layout: The fields of ``EesLayout``, such as ``indicators`` and ``filters``.

    Returns:
        A frame of the kind given, as ``from_layout`` gives it.

    Source: the Department for Education's guide for analysts.
    """
    return from_layout(frame, EesLayout(**layout))


def from_lait(frame: "IntoFrameT", **layout: Any) -> "IntoFrameT":
    """Return a long table of the Department for Education's local authority interactive tool, with our columns.

    Args:
        frame: The table, as read from its file: all text.
        **layout: The fields of ``LaitLayout``: ``measures``, ``year_types`` and ``areas``. Rows of the label ``0``,
            which dates nothing, are left aside unless ``undated_ok=False``.

    Returns:
        A frame of the kind given, as ``from_layout`` gives it.

    Source: the tool's published data.
    """
    return from_layout(frame, LaitLayout(**{"undated_ok": True, **layout}))


def _with_columns_once(frame: Any, layout: Layout) -> Any:
    """Return the frame, seen to have no column twice: no engine can tell two of one name apart.

    Raises:
        InvalidValueError: It has.
    """
    names = [str(name) for name in getattr(frame, "column_names", getattr(frame, "columns", ()))]
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise InvalidValueError(f"column {twice[0]!r}", Verbatim("a column that occurs twice"), "each column once")
    return frame


def _renamed_repeats(header: Sequence[str]) -> list[str]:
    """Return the columns that a reader of CSV found twice and gave another name: ``rate.1``, ``rate_duplicated_0``."""
    there = set(header)
    repeats = ((name, name.removesuffix(".1"), name.removesuffix("_duplicated_0")) for name in header)
    return [stem for name, *stems in repeats for stem in stems if stem != name and stem in there]


def _header_error(problems: Iterable[HeaderProblem], header: Sequence[str]) -> InvalidValueError:
    first = next(iter(problems))
    given = Verbatim(f"a frame with {', '.join(header[:20])}{' …' if len(header) > 20 else ''}")
    if first.name is not None:
        return InvalidValueError(f"column {first.name!r}", given, first.message)
    missing = first.message.removeprefix("missing column: ")
    if missing == first.message:
        return InvalidValueError("frame", given, first.message)
    name, _, hint = missing.partition(" (")
    return InvalidValueError("frame", given, f"a frame with a column {name!r}", hint.removesuffix(")") or None)


def _as_text(name: str, kind: Any) -> Any:
    """Return a column as the texts that a file of it would have; a null, or no number, is a blank cell."""
    cell = nw.col(name)
    if kind.is_float():
        cell = cell.fill_nan(None)
    text = cell.cast(nw.String)
    if kind.is_float():  # where a column of whole numbers has a gap, some libraries make floats of them
        text = text.str.replace(r"\.0$", "")
    return text.fill_null("")


def _meets(condition: Condition, texts: Mapping[str, str]) -> Any:
    meets = nw.col(texts[condition.column]).is_in(sorted(condition.values))
    return ~meets if condition.negated else meets


class _Frame:
    """The rows of a table that count, while its columns are read.

    Attributes:
        parts: The names of breakdowns that were met, in the order in which they are columns.
    """

    def __init__(self, backend: Backend, rows: Lazy, texts: Mapping[str, str], schema: Mapping[str, Any]) -> None:
        self._backend, self._rows, self._texts, self._schema = backend, rows, texts, schema
        self.parts: list[str] = []

    def observations(self, reading: Reading) -> Lazy:
        """Return the observations of all rows, with our columns."""
        first, *others = reading.figures
        shared = [each for each in first if all(any(each is one for one in columns) for columns in others)]
        rows = self._of(self._rows, reading, None)
        frame = self._joined(rows, shared, rows)
        figures = []
        for number, columns in enumerate(reading.figures):
            own = [each for each in columns if not any(each is one for one in shared)]
            rows = self._of(self._rows, reading, number)
            figures.append(self._joined(self._of(frame, reading, number), own, rows))
        fields = {each.field for columns in reading.figures for each in columns} - {"breakdown"}
        names = [*_ALWAYS, *(name for name in COLUMNS if name in fields and name not in _ALWAYS)]
        self._refuse_taken(names)
        parts = [nw.col(f"{_PART}{name}").alias(name) for name in self.parts]
        selected = [figure.select(*names, *parts) for figure in map(self._filled(names), figures)]
        frame = nw.concat(selected)
        if not all(self._has_absence_beside_value(columns) for columns in reading.figures):
            self._refuse_neither_or_both(frame)
        return frame

    def _of(self, frame: Lazy, reading: Reading, number: int | None) -> Lazy:
        """Return the rows that have one of the observations, or any of them."""
        if reading.named_in is None or not reading.names:
            return frame
        names = reading.names if number is None else [reading.names[number]]
        return frame.filter(nw.col(self._texts[reading.named_in]).is_in(sorted(set().union(*names))))

    def _joined(self, frame: Lazy, columns: Sequence[SourceColumn], rows: Lazy) -> Lazy:
        """Return a frame with what some of its columns mean.

        Args:
            frame: The frame, which other columns may have been joined to already.
            columns: The columns.
            rows: The same rows as they came, in which texts are looked for without making those joins again.
        """
        numbers = [each for each in columns if _is_number(each)]
        words = [each for each in columns if each not in numbers and not self._beside_number(each, numbers)]
        for each in columns:
            if not each.sources:
                frame = frame.with_columns(_constant(each.blank).alias(each.field))
        groups: dict[tuple[str, ...], list[SourceColumn]] = {}
        for each in sorted((each for each in words if each.sources), key=lambda each: -len(each.sources)):
            fitting = next((sources for sources in groups if set(each.sources) <= set(sources)), each.sources)
            groups.setdefault(fitting, []).append(each)
        for sources, group in groups.items():
            frame = self._with_meanings(frame, sources, group, rows)
        for each in numbers:
            frame = self._with_number(frame, each, columns, rows)
        return frame

    @staticmethod
    def _beside_number(column: SourceColumn, numbers: Sequence[SourceColumn]) -> bool:
        """Return whether a column of absences is read from the cells of a number."""
        return column.field == "absence" and any(each.sources == column.sources for each in numbers)

    @classmethod
    def _has_absence_beside_value(cls, columns: Sequence[SourceColumn]) -> bool:
        values = [each for each in columns if each.field == "value"]
        return any(cls._beside_number(each, values) for each in columns)

    def _with_meanings(
        self, frame: Lazy, sources: tuple[str, ...], columns: Sequence[SourceColumn], source_rows: Lazy
    ) -> Lazy:
        """Return the rows with what the texts of some columns mean, each combination of them read once."""
        cells = [self._texts[name] for name in sources]
        rows = [tuple(row.values()) for row in self._backend.distinct(source_rows, *cells)]
        read = {each.field: _meanings(each, [sources.index(name) for name in each.sources], rows) for each in columns}
        types: dict[str, type] = dict.fromkeys(cells, str)
        names = [each.field for each in columns if each.field != "breakdown"]
        types |= dict.fromkeys(names, str)
        parts: list[str] = []
        for each in columns:
            if each.field == "breakdown":
                met = dict.fromkeys(name for meaning in read["breakdown"] for name in meaning)
                parts = list(met if each.parts is None else each.parts)
        self.parts += [name for name in parts if name not in self.parts]
        types |= {f"{_PART}{name}": str for name in parts}
        if len(types) == len(cells):  # a breakdown that no row has
            return frame
        held: dict[str, Sequence[Any]] = {cell: [row[at] for row in rows] for at, cell in enumerate(cells)}
        held |= {name: [*map(_as_word, read[name])] for name in names}
        held |= {f"{_PART}{name}": [meaning.get(name) for meaning in read["breakdown"]] for name in parts}
        frame = self._backend.with_texts_looked_up(frame, LookupTable(types, held), cells)
        if "recorded" in names:
            frame = frame.with_columns(nw.col("recorded").str.to_date(format="%Y-%m-%d"))
        return frame.with_columns(nw.col(name).cast(nw.Float64) for name in names if name in NUMBERS)

    def _with_number(self, frame: Lazy, column: SourceColumn, columns: Sequence[SourceColumn], rows: Lazy) -> Lazy:
        """Return the rows with a number, and why there is none where the same cells say that."""
        text, absences = self._texts[column.sources[0]], column.absences or {}
        cell = nw.col(text)
        known = {*absences} if column.blank is REFUSED else {*absences, ""}
        unusual = rows.filter(~cell.str.contains(_PLAIN)).select(text, nw.lit(1).alias("rows"))
        met: list[str] = []  # most tables have one or two of the many symbols that there are
        for row in self._backend.rows(unusual.group_by(text).agg(nw.col("rows").sum())):
            if row[text] in known:
                met.append(row[text])
            else:
                _meaning(column, row[text], row["rows"])
        number = nw.when(~cell.is_in(sorted(met))).then(cell) if met else cell
        number = number.cast(nw.Float64) + 0.0  # a rounded -0.04 is no figure below zero
        frame = frame.with_columns(number.alias(column.field))
        for each in columns:
            if self._beside_number(each, [column]):
                chain: Any = nw
                for meaning in Absence:
                    texts = [text for text in sorted(met) if absences.get(text) is meaning]
                    if texts:
                        chain = chain.when(cell.is_in(texts)).then(nw.lit(meaning.value))
                nothing = nw.lit(None, nw.String)
                frame = frame.with_columns((nothing if chain is nw else chain.otherwise(nothing)).alias("absence"))
        return frame

    @staticmethod
    def _filled(names: Sequence[str]) -> Any:
        """Return the function that gives a frame the columns that it lacks."""

        def filled(frame: Lazy) -> Lazy:
            there = frame.collect_schema()
            kinds = {**dict.fromkeys(NUMBERS, nw.Float64()), "recorded": nw.Date()}
            lacking = [name for name in names if name not in there]
            return frame.with_columns(nw.lit(None, kinds.get(name, nw.String())).alias(name) for name in lacking)

        return filled

    def _refuse_taken(self, names: Sequence[str]) -> None:
        taken = [name for name in self.parts if name in names]
        if taken:
            raise InvalidValueError("breakdown", taken[0], "a name that is no column of an observation")

    def _refuse_neither_or_both(self, frame: Lazy) -> None:
        """Refuse rows with a value and an absence, or neither, as ``Observation`` does."""
        wrong = frame.filter(nw.col("value").is_null() == nw.col("absence").is_null())
        for row in self._backend.rows(wrong.select("measure", "period", "area", "value").head(1)):
            given = Verbatim("neither" if row["value"] is None else "both")
            what = f"frame, measure {row['measure']}, {row['period']}, {row['area']}"
            hint = "say why a figure is absent, such as 'suppressed'; zero is a figure"
            raise InvalidValueError(what, given, "exactly one of value and absence", hint)


def _is_number(column: SourceColumn) -> bool:
    """Return whether a column is of numbers that the engine itself reads."""
    return column.field in NUMBERS and bool(column.sources) and not column.rewritten


def _meanings(column: SourceColumn, places: Sequence[int], rows: Iterable[tuple[str, ...]]) -> list[Any]:
    """Return what some of the cells of each row mean for a field; the same texts are read once."""
    cells = [*map(itemgetter(*places), rows)]  # a text, or a tuple of several
    known = {given: _meaning(column, given, rows=None) for given in dict.fromkeys(cells)}
    return [*map(known.__getitem__, cells)]


def _meaning(column: SourceColumn, given: Any, rows: int | None) -> Any:
    """Return what the cells of one row mean for a field.

    Args:
        column: What the field is read from.
        given: The text of the cell, or a tuple of the texts of several.
        rows: How many rows have it; ``None``: that is not known.

    Raises:
        OutcomeBeesError: They mean nothing there; the error names the column.
    """
    if given == "" and column.blank is not REFUSED:
        return column.blank
    try:
        return column.read(given)
    except InvalidValueError as error:
        name = error.what if error.what in column.sources else column.name
        cell = error.given if name == error.what else given if isinstance(given, str) else given[0]
        shown: Any = cell if cell != "" else Verbatim("a blank cell")
        what = f"column {name!r}" + (f", in {rows:,} rows" if rows and rows > 1 else "")
        raise type(error)(what, shown, error.allowed, error.hint) from None


def _as_word(meaning: Any) -> str | None:
    """Return what a field means as a frame has it: a word, a code or a day as text."""
    return None if meaning is None else str(meaning)


def _constant(value: Any) -> Any:
    return nw.lit(value) if isinstance(value, date) else nw.lit(_as_word(value), nw.String)
