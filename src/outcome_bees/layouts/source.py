"""Where figures come from: a file or a query, and how its table reads. Documents of sources are lists of these."""

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import evolve, field, frozen

from outcome_bees.areas import why_not_whole
from outcome_bees.errors import InvalidTypeError, InvalidValueError, Verbatim
from outcome_bees.frozen import FrozenMapping, described
from outcome_bees.layouts.ees import EesLayout
from outcome_bees.layouts.fingertips import FingertipsLayout
from outcome_bees.layouts.header import day_or_none
from outcome_bees.layouts.lait import LaitLayout
from outcome_bees.layouts.long import LongLayout
from outcome_bees.layouts.nomis import NomisLayout
from outcome_bees.layouts.own import OwnLayout
from outcome_bees.layouts.wide import WideLayout
from outcome_bees.model.fields import area

__all__ = ["AnyLayout", "Source", "sheet_names"]

AnyLayout = OwnLayout | EesLayout | LaitLayout | FingertipsLayout | NomisLayout | LongLayout | WideLayout


def sheet_names(given: str | Sequence[str] | None) -> tuple[str, ...] | None:
    """Return one or several names of sheets."""
    return None if given is None else (given,) if isinstance(given, str) else tuple(given)


def parts_by_place(given: Mapping[str, Sequence[str]]) -> FrozenMapping[str, tuple[str, ...]]:
    """Return the codes of the parts of each place."""
    if not isinstance(given, Mapping):
        raise InvalidTypeError("combine", given, "a mapping from the code of a place to those of its parts")
    read = {area(place): tuple(map(area, sheet_names(parts) or ())) for place, parts in given.items()}
    return FrozenMapping(read)


@described(
    file="The path of a table or a document, from the folder of the document of sources; or ``database`` and "
    "``query``.",
    database="The path of an SQLite or DuckDB file, a URL without a password, or ``env:NAME``, which is a URL in the "
    "environment.",
    query="One SELECT of that database.",
    format="The format of the file, such as ``csv``; ``None``: as its suffix says.",
    sheet="Of a workbook, the sheet that is read, or several; ``None``: every one that has a header and is not hidden.",
    layout="How the table reads; ``None``: its columns are the fields of ``Observation``.",
    combine="Of places that came in place of others, and of which it has no figure from before, the places whose "
    "figures make one, by code: ``{E06000063: [E07000026, E07000028, E07000029]}``. Counts are added; a percentage or "
    "rate is made of the sums of numerators and denominators, where every part has both; nothing else is put "
    "together. A single part is taken for the whole, where a boundary moved too little to matter. Empty: nothing is.",
    recorded="The day on which it was released, from which its figures count as known, where the table does not give "
    "it itself. Of two sources with a figure for one period, the later release holds from its day on. ``None``: "
    "figures count as known when their periods ended.",
)
@frozen(kw_only=True)
class Source:
    """Where some figures come from, and how they read.

    Raises:
        InvalidValueError: It has a file and a database, or neither; a query without a database; or places to combine
            of which the register knows that they are not the whole of the other.

    Example:
        >>> Source(file="figures.csv", recorded="2025-06-26").recorded
        datetime.date(2025, 6, 26)
    """

    file: str | None = None
    database: str | None = None
    query: str | None = None
    format: str | None = None
    sheet: tuple[str, ...] | None = field(default=None, converter=sheet_names)
    layout: AnyLayout | None = None
    combine: Mapping[str, tuple[str, ...]] = field(factory=FrozenMapping, converter=parts_by_place)
    recorded: date | None = field(default=None, converter=day_or_none)

    def __attrs_post_init__(self) -> None:
        if (self.file is None) == (self.database is None):
            given = Verbatim("neither" if self.file is None else "both")
            raise InvalidValueError("Source.file", given, "one of file and database")
        if (self.query is None) != (self.database is None):
            raise InvalidValueError("Source.query", self.query, "a database with a query, or neither")
        for name in ("format", "sheet"):
            if self.database is not None and getattr(self, name) is not None:
                raise InvalidValueError(f"Source.{name}", getattr(self, name), "nothing, for a query has none")
        for place, parts in self.combine.items():
            why = why_not_whole(place, parts)
            if why is not None:
                raise InvalidValueError(
                    f"Source.combine[{place!r}]", list(parts), "the parts that make up the whole", why
                )

    @property
    def reads_as(self) -> AnyLayout:
        """How its table reads, with the day of its release."""
        layout: AnyLayout = OwnLayout() if self.layout is None else self.layout
        return evolve(layout, recorded=self.recorded) if self.recorded and layout.recorded is None else layout

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.file or self.database or ""
