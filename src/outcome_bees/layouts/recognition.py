"""Which kind of published table a header is of, so that a table given to the wrong layout is named in one message."""

from outcome_bees.layouts.ees import EesLayout
from outcome_bees.layouts.fingertips import FingertipsLayout
from outcome_bees.layouts.header import Header, HeaderProblem, Layout, Reading
from outcome_bees.layouts.lait import LaitLayout
from outcome_bees.layouts.nomis import NomisLayout
from outcome_bees.layouts.own import REQUIRED

__all__ = ["PUBLISHED", "is_any_header", "reading_of"]

_Kind = type[EesLayout] | type[LaitLayout] | type[FingertipsLayout] | type[NomisLayout]
PUBLISHED: tuple[tuple[_Kind, str], ...] = (
    (EesLayout, "an open data file of the Department for Education (Explore Education Statistics)"),
    (LaitLayout, "a long file of the Department for Education's local authority interactive tool (LAIT)"),
    (FingertipsLayout, "a file of Fingertips, the public health profiles"),
    (NomisLayout, "a file of Nomis, of the Office for National Statistics"),
)


def is_any_header(layout: Layout, row: Header) -> bool:
    """Return whether a row is the header of the layout's kind of table, or of another kind that is known."""
    return layout.is_header(row) or any(kind.is_header(row) for kind, _ in PUBLISHED)


def reading_of(layout: Layout, header: Header) -> Reading | list[HeaderProblem]:
    """Return how the rows under a header are read, or what is wrong with it: of a table of another kind, that alone.

    Example:
        >>> from outcome_bees.layouts import OwnLayout
        >>> (problem,) = reading_of(OwnLayout(), ["Short Desc", "Years", "LA and Regions", "Values"])
        >>> problem.message.partition(": ")[2]
        'read it with layout=LaitLayout(...), as docs/formats.md shows, or draft its source with outcome-bees inspect'
    """
    reading = layout.plan(header)
    if isinstance(reading, Reading):
        return reading
    for kind, words in PUBLISHED:
        if kind.is_header(header) and not isinstance(layout, kind):
            message = f"this is {words}: read it with layout={kind.__name__}(...), as docs/formats.md shows"
            message += ", or draft its source with outcome-bees inspect"
            return [HeaderProblem(None, None, message)]
    published = tuple(kind for kind, _ in PUBLISHED)
    if isinstance(layout, published) and not layout.is_header(header) and set(REQUIRED) <= set(header):
        message = f"this is a table with the library's own columns: no {type(layout).__name__} is needed to read it"
        return [HeaderProblem(None, None, message)]
    return reading
