"""What all charts share: their axes and colours, where labels go, and how a chart becomes a file.

Source: Government Analysis Function, "Data visualisation: colours" and "charts": the palette, at most four series, no
meaning by colour alone, parts beside each other at least 3 to 1 (here white lies between them), no legend where a label
has room at the line, the source below.
"""

import io
import re
import textwrap
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from attrs import frozen

from outcome_bees.errors import InvalidValueError, MissingExtraError
from outcome_bees.presentation.blocks import visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "BLUE",
    "GREY",
    "INK",
    "ORANGE",
    "PLUM",
    "PURPLE",
    "TEAL",
    "ChartWords",
    "axes_for",
    "below",
    "describe",
    "figure_of",
    "make_room_left",
    "name_only",
    "new_axes",
    "overlapping",
    "png",
    "rows_without_overlap",
    "size_of",
    "spread",
    "styled",
    "svg",
    "width_of",
    "words_of",
]

BLUE, TEAL, PLUM, ORANGE, INK, PURPLE = "#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1"
"""The categorical palette of the Government Analysis Function, in its order."""
GREY = "#6B6B6B"  # our choice, for guides and notes: 5.3 to 1 on white

FONT_SIZE = 9.0  # points
_TITLE_SIZE = 10.5
_STYLE: dict[str, Any] = {
    "font.family": ["DejaVu Sans"],  # which comes with matplotlib: the same shapes on every machine
    "font.size": FONT_SIZE,
    "text.parse_math": False,  # a title may hold dollars and underscores
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.facecolor": "white",
    "figure.facecolor": "white",
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.size": 3,
    "ytick.major.size": 0,
    "svg.fonttype": "path",
    "svg.hashsalt": "outcome-bees",
    "path.simplify": False,
    "hatch.linewidth": 1.2,
}
_RESOLUTION = 150  # dots per inch of a PNG


@frozen
class ChartWords:
    """What a chart says, in words.

    Attributes:
        title: The finding.
        description: Everything that the picture shows, for a reader who does not see it.
    """

    title: str
    description: str


_WORDS: "WeakKeyDictionary[Axes, ChartWords]" = WeakKeyDictionary()


@cache
def _matplotlib() -> Any:
    try:
        import matplotlib
    except ImportError as error:
        raise MissingExtraError("charts", "report", "matplotlib") from error
    return matplotlib


@cache
def _axes_class() -> type["Axes"]:
    """Axes that show themselves in a notebook, without the global state of pyplot."""
    _matplotlib()
    from matplotlib.axes import Axes

    class ChartAxes(Axes):
        def _repr_html_(self) -> str:
            return svg(self)

    return ChartAxes


@contextmanager
def styled() -> Iterator[None]:
    """Draw in the style of this library, and leave the user's own as it was."""
    with _matplotlib().rc_context(_STYLE), warnings.catch_warnings():
        # A title may have a character that the font does not: a box is drawn, and the description has it.
        warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
        yield


def axes_for(ax: "Axes | None", width: float = 6.6, height: float = 3.1, *, margins: Sequence[float]) -> "Axes":
    """Return the axes given, or new ones on a figure of their own.

    Args:
        ax: The user's own axes, whose figure is left as it is; ``None`` for new ones.
        width, height: Of the new figure, in inches.
        margins: Left, right, bottom and top edges of the axes, in inches from the figure's own edges. Those below and
            above become what the words there take.
    """
    return new_axes(width, height, margins) if ax is None else ax


def new_axes(width: float, height: float, margins: Sequence[float]) -> "Axes":
    """Return axes on a figure of their own, which grows and shrinks with what is written above and below."""
    _matplotlib()
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    left, right, bottom, top = margins
    box = (left / width, bottom / height, (width - left - right) / width, (height - bottom - top) / height)
    with styled():
        figure = Figure(figsize=(width, height))
        FigureCanvasAgg(figure)
        return figure.add_axes(_axes_class()(figure, box))


def make_room_left(ax: "Axes", labels: Sequence[str]) -> None:
    """Begin the axes of a chart of ours further in, where the labels of its side would reach beyond the picture."""
    if isinstance(ax, _axes_class()):
        box = ax.get_position()
        wanted = (max(map(width_of, labels), default=0.0) + 0.14) / figure_of(ax).get_size_inches()[0]
        if wanted > box.x0:
            ax.set_position((wanted, box.y0, box.x1 - wanted, box.height))


def _resize(ax: "Axes", *, below: float | None = None, above: float | None = None) -> None:
    """Give a chart of ours as much room below and above as is wanted, in inches; the axes keep their size."""
    if not isinstance(ax, _axes_class()):
        return
    figure, box = figure_of(ax), ax.get_position()
    width, height = figure.get_size_inches()
    tall = box.height * height
    bottom = box.y0 * height if below is None else below
    top = (1 - box.y1) * height if above is None else above
    figure.set_size_inches(width, bottom + tall + top)
    ax.set_position((box.x0, bottom / (bottom + tall + top), box.width, tall / (bottom + tall + top)))


def describe(
    ax: "Axes", title: str, description: str, *, subtitle: str = "", after: str = "", heading: str = ""
) -> None:
    """Write the finding above a chart, and keep in words what it shows.

    Args:
        ax: The axes.
        title: The finding.
        description: All that the chart shows.
        subtitle: What it is of, shortened where there is no room.
        after: What follows that and is never cut off, such as the place.
        heading: What is drawn where the title has no room; empty for the title, cut off.
    """
    title, description, subtitle, after = visible(title), visible(description), visible(subtitle), visible(after)
    box, (figure_width, _) = ax.get_position(), figure_of(ax).get_size_inches()
    width = size_of(ax)[0]
    indent = box.x0 * figure_width - 0.1 if isinstance(ax, _axes_class()) else 0.0
    room = figure_width - 0.15 if isinstance(ax, _axes_class()) else width
    left, top = -indent / width, 0.38
    if subtitle or after:
        fits = max(int(room / width_of("m")), 12)
        first = textwrap.shorten(subtitle, max(fits * (1 if fits > 45 else 2) - len(after) - 4, 12), placeholder=" …")
        lines = textwrap.wrap(first + after, fits, max_lines=2, placeholder=" …")
        _write_above(ax, left, top, lines, color=GREY, gid="subtitle")
        top += 0.04 + 0.15 * len(lines)
    fits = max(int(room / (width_of("m", _TITLE_SIZE) * 1.02)), 12)
    most = 2 if fits > 45 else 4
    lines = textwrap.wrap(title, fits)
    if len(lines) > most:
        lines = textwrap.wrap(visible(heading) or title, fits, max_lines=most, placeholder=" …")
    _write_above(ax, left, top, lines or ["Untitled"], fontsize=_TITLE_SIZE, fontweight="bold", gid="title")
    top += 0.175 * max(len(lines), 1)
    _resize(ax, above=top + 0.1)
    _WORDS[ax] = ChartWords(title or "Untitled", description or title or "Untitled")


def _write_above(ax: "Axes", left: float, up: float, lines: Sequence[str], **style: Any) -> None:
    ax.text(left, 1 + up / size_of(ax)[1], "\n".join(lines), transform=ax.transAxes, va="bottom", **style)


def name_only(ax: "Axes", title: str, description: str) -> None:
    """Keep in words what a chart shows, where it has no room for a title."""
    _WORDS[ax] = ChartWords(visible(title) or "Untitled", visible(description) or visible(title) or "Untitled")


def below(ax: "Axes", notes: Iterable[str], *, offset: float = 0.42) -> None:
    """Write notes below a chart: why figures are absent, and where the others are published."""
    width, height = size_of(ax)
    figure_width = figure_of(ax).get_size_inches()[0]
    ours = isinstance(ax, _axes_class())
    start = min(ax.get_position().x0 * figure_width, 0.62) if ours else 0.0  # no further in than a trajectory's axes
    indent = ax.get_position().x0 * figure_width - start if ours else 0.0
    fits = max(int((figure_width - start - 0.1 if ours else width) / width_of("m", 7.5)), 12)
    most = 2 if fits > 60 else 4
    wrapped = [textwrap.wrap(visible(note), fits, max_lines=most, placeholder=" …") for note in notes]
    lines = [line for note in wrapped for line in note]
    if lines:
        ax.text(
            -indent / width,
            -offset / height,
            "\n".join(lines),
            transform=ax.transAxes,
            va="top",
            fontsize=7.5,
            color=GREY,
            gid="notes",
        )
    _resize(ax, below=offset + 0.128 * len(lines) + 0.06)


def words_of(ax: "Axes") -> ChartWords:
    """Return what a chart says in words.

    Raises:
        InvalidValueError: The axes are not a chart of this library and have no title.
    """
    words = _WORDS.get(ax)
    if words is not None:
        return words
    title = ax.get_title() or ax.get_title(loc="left")
    if not title:
        raise InvalidValueError("charts.svg", ax, "a chart of this library, or axes with a title")
    return ChartWords(title, title)


def figure_of(ax: "Axes") -> "Figure":
    """Return the whole figure that axes are part of."""
    figure = ax.get_figure(root=True)
    assert figure is not None, "axes are drawn on a figure"
    return figure


def size_of(ax: "Axes") -> tuple[float, float]:
    box = ax.get_position()
    width, height = figure_of(ax).get_size_inches()
    return float(box.width * width), float(box.height * height)


def width_of(text: str, size: float = FONT_SIZE) -> float:
    """Return how wide a text is in inches, at a size in points: letters of DejaVu Sans take 0.62 em on average."""
    return 0.64 * size / 72 * max(map(len, text.splitlines()), default=0)


def spread(wanted: Sequence[float], heights: Sequence[float], low: float = 0.0, high: float = 1.0) -> list[float]:
    """Return places near those wanted, in their order, so far apart that labels of such heights do not overlap."""
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    placed = [0.0] * len(wanted)
    edge = low
    for index in order:
        placed[index] = max(wanted[index], edge + heights[index] / 2)
        edge = placed[index] + heights[index] / 2
    edge = max(high, edge - (edge - high) if edge > high else high)
    for index in reversed(order):
        placed[index] = min(placed[index], edge - heights[index] / 2)
        edge = placed[index] - heights[index] / 2
    return placed


def rows_without_overlap(spans: Sequence[tuple[float, float]]) -> list[int]:
    """Return the row of each label, the lowest in which it overlaps none that came before."""
    rows: list[list[tuple[float, float]]] = []
    found = []
    for left, right in spans:
        row = next(
            (
                number
                for number, taken in enumerate(rows)
                if all(right <= other_left or left >= other_right for other_left, other_right in taken)
            ),
            len(rows),
        )
        if row == len(rows):
            rows.append([])
        rows[row].append((left, right))
        found.append(row)
    return found


# A chart as a file


def png(ax: "Axes") -> bytes:
    """Return a chart as a PNG image, the same bytes every time."""
    with styled():
        buffer = io.BytesIO()
        figure_of(ax).savefig(buffer, format="png", dpi=_RESOLUTION, metadata={"Software": None})
        return buffer.getvalue()


def svg(ax: "Axes") -> str:
    """Return a chart as an SVG element for a page: named, described, without script or style of its own.

    Ids are made from what the chart shows, so that several charts can be in one page.
    """
    words = words_of(ax)
    with styled():
        buffer = io.StringIO()
        figure_of(ax).savefig(
            buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
        )
    drawn = buffer.getvalue()
    drawn = drawn[drawn.index("<svg") :]
    drawn = re.sub(r"<metadata>.*?</metadata>", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r"<style[^>]*>.*?</style>", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r"<!--.*?-->", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r"\n\s*", " ", drawn)
    drawn = re.sub(r' style="([^"]*)"', _attributes, drawn)
    drawn = re.sub(r' d="[^"]*"|translate\([^)]*\)', _rounded, drawn)
    prefix = f"c{sha256((words.title + words.description + drawn).encode()).hexdigest()[:8]}-"
    wanted = set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', drawn))
    wanted_ids = {id for pair in wanted for id in pair if id}  # all others name nothing that is referred to
    drawn = re.sub(r' id="([^"]+)"', lambda match: f' id="{prefix}{match[1]}"' if match[1] in wanted_ids else "", drawn)
    drawn = re.sub(r'href="#([^"]+)"', rf'href="#{prefix}\1"', drawn)
    drawn = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}\1)", drawn)
    head, body = drawn.split(">", 1)
    box = re.search(r'viewBox="[^"]+"', head)
    assert box is not None, "matplotlib writes the size of every figure"
    size = re.findall(r'(?:width|height)="([\d.]+)pt"', head)
    width, height = (round(float(each) * 4 / 3) for each in size)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" '
        f'aria-labelledby="{prefix}title {prefix}desc" {box[0]} width="{width}" height="{height}" '
        f'stroke-linejoin="round" stroke-linecap="butt">\n'
        f'<title id="{prefix}title">{escape(words.title)}</title>\n'
        f'<desc id="{prefix}desc">{escape(words.description)}</desc>{body.strip()}\n'
    )


def _rounded(match: "re.Match[str]") -> str:
    """Places on the paper to a hundredth of a point: finer than any eye, and a third of the bytes."""
    return re.sub(r"-?\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), match[0])


def _attributes(match: "re.Match[str]") -> str:
    """Style written as attributes, which a page's security policy allows."""
    pairs = (each.split(":", 1) for each in match[1].split(";") if ":" in each)
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in pairs)


def overlapping(ax: "Axes") -> list[tuple[str, str]]:
    """Return the pairs of texts of a chart that lie over each other: what a test asks."""
    from matplotlib.text import Text

    with styled():
        figure_of(ax).draw_without_rendering()
        boxes = [
            (each.get_text(), each.get_window_extent())
            for each in ax.findobj(Text)
            if each.get_text() and each.get_visible()
        ]
    return [
        (one, other)
        for number, (one, box) in enumerate(boxes)
        for other, second in boxes[number + 1 :]
        if min(box.x1, second.x1) - max(box.x0, second.x0) > 1 and min(box.y1, second.y1) - max(box.y0, second.y0) > 1
    ]
