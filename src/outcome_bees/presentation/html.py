"""Tables as HTML that anyone can read: in a notebook, in a browser, by a screen reader, on a dark ground.

All style is inline and nothing is fetched. The page's own colours are left alone but for the badges, which
bring their ink and their ground with them, so that they read alike on a light page and a dark one.
"""

from collections.abc import Iterable, Iterator
from html import escape

from outcome_bees.presentation.blocks import Cell, Column, Group, Row, Table, visible
from outcome_bees.vocabulary import Rag

__all__ = ["BADGE", "html", "page"]

BADGE: dict[Rag, tuple[str, str]] = {
    Rag.GREEN: ("#0b3d20", "#bfe8cd"),
    Rag.AMBER: ("#4a2c00", "#ffdf9e"),
    Rag.RED: ("#5c0a14", "#ffcdd0"),
}
"""The ink and the ground of a badge, which differ by 7 to 1 or more. What is grey has an outline and steps back.

Source: Web Content Accessibility Guidelines 2.2, 1.4.6, enhanced contrast of text (7:1); colours, our choice.
"""

# Notebooks have styles of their own for table cells, most of them aligned right: what matters is set here again.
_CELL = "padding:.35em .7em;vertical-align:top;border:0;border-bottom:1px solid rgba(128,128,128,.35)"
_LEFT, _RIGHT = "text-align:left", "text-align:right;font-variant-numeric:tabular-nums"
_NOTE = "display:block;margin-top:.15em;font-size:.88em;font-weight:normal;opacity:.85"
_TABLE = "border-collapse:collapse;margin:.5em 0 1.5em 0;table-layout:auto;max-width:75em;font-size:inherit"
_CAPTION = "caption-side:top;text-align:left;padding:.35em .7em;color:inherit;font-weight:bold;font-size:1.1em"


_SHORT = 20  # characters that are never broken over two lines: "more than 40.2%"


def html(tables: Iterable[Table]) -> str:
    """Write tables as a piece of HTML that carries all its style.

    Example:
        >>> piece = html([Table.plain("Two words", ["Word", "Means"], [["met", "as <required>"]])])
        >>> "<caption" in piece, "as &lt;required&gt;" in piece
        (True, True)
    """
    return "".join(f"{line}\n" for table in tables for line in _table(table))


def page(title: str, tables: Iterable[Table], language: str = "en-GB") -> str:
    """Write tables as a whole document, which takes the light or dark ground that its reader has chosen."""
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(visible(title))}</title>
</head>
<body style="font-family:system-ui,sans-serif;line-height:1.4;margin:1.5em">
{html(tables)}</body>
</html>
"""


def _table(table: Table) -> Iterator[str]:
    # Wide tables scroll in a box of their own; a keyboard reaches it, and a screen reader has a name for it.
    yield f'<div role="region" tabindex="0" aria-label="{escape(table.caption)}" style="overflow-x:auto">'
    yield f'<table style="{_TABLE}">'
    yield f'<caption style="{_CAPTION}">{escape(table.caption)}{_noted(table.summary)}</caption>'
    yield "<thead>"
    yield f"<tr>{''.join(_heading(column) for column in table.columns)}</tr>"
    yield "</thead>"
    for group in table.groups:
        yield "<tbody>"
        if group.title:
            yield _group(group, len(table.columns))
        yield from (_row(row, table.columns) for row in group.rows)
        yield "</tbody>"
    yield "</table>"
    yield "</div>"


def _heading(column: Column) -> str:
    style = f"{_CELL};{_RIGHT if column.numbers else _LEFT};border-bottom:2px solid rgba(128,128,128,.7)"
    return f'<th scope="col" style="{style}">{escape(column.title)}</th>'


def _group(group: Group, width: int) -> str:
    style = f"{_CELL};{_LEFT};padding-top:1.1em;font-weight:bold"
    words = escape(group.title) + _noted(group.summary)
    return f'<tr><th scope="rowgroup" colspan="{width}" style="{style}">{words}</th></tr>'


def _noted(note: str) -> str:
    return f'<span style="{_NOTE}">{escape(note)}</span>' if note else ""


def _row(row: Row, columns: tuple[Column, ...]) -> str:
    first, *others = row.cells
    indent = f";padding-left:{0.7 + 1.5 * row.level:g}em"
    cells = [
        f'<th scope="row" style="{_CELL};{_LEFT};font-weight:normal;min-width:14em{indent}">{_content(first)}</th>'
    ]
    for cell, column in zip(others, columns[1:], strict=True):
        cells.append(f'<td style="{_CELL};{_RIGHT if column.numbers else _LEFT}">{_content(cell)}</td>')
    return f"<tr>{''.join(cells)}</tr>"


def _content(cell: Cell) -> str:
    # The mark repeats the words for the eye alone.
    mark = f'<span aria-hidden="true">{escape(cell.mark)}</span> ' if cell.mark else ""
    words, style = mark + escape(cell.text), ""
    if cell.rag is not None:
        style = f"{_filled(cell.rag)};padding:.1em .5em;border-radius:.4em;"
    if style or 0 < len(cell.text) <= _SHORT:
        words = f'<span style="{style}white-space:nowrap">{words}</span>'
    return words + _noted(cell.note)


def _filled(rag: Rag) -> str:
    if rag not in BADGE:
        return "box-shadow:inset 0 0 0 1px rgba(128,128,128,.7)"
    ink, ground = BADGE[rag]
    return f"background:{ground};color:{ink}"
