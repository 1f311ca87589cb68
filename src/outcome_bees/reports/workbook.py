"""A report as a workbook, for those who count on: a cover, contents, and one named table a sheet.

Source: Government Statistical Service, "Releasing statistics in spreadsheets": a cover and a contents sheet, a title
in A1, one table a sheet from the left edge down, no merged and no blank cells, shorthand in square brackets with a key,
notes, numbers as numbers.
"""

import io
import textwrap
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from attrs import frozen

from outcome_bees.errors import MissingExtraError
from outcome_bees.presentation.blocks import visible
from outcome_bees.presentation.words import LABEL, SENTENCE, phrase
from outcome_bees.reports.contents import AWAITED, Contents, Entry
from outcome_bees.reports.page import DEFAULT_LICENCE, MEANING
from outcome_bees.vocabulary import ABSENCE_SYMBOLS, Absence, Rag, Reason

__all__ = ["workbook_of"]

Value = str | Decimal | int
_NONE, _NOT_THERE = "[z]", "[x]"
_LONGEST = 32_000  # characters in a cell; Excel takes 32,767
_SYMBOL = {
    absence: f"[{next(symbol for symbol, meaning in ABSENCE_SYMBOLS.items() if meaning is absence)}]"
    for absence in Absence
}


@frozen
class _Sheet:
    """One sheet: a title, notes above the table, and the table."""

    name: str
    title: str
    titles: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    widths: tuple[float, ...]
    notes: tuple[str, ...] = ()


def workbook_of(report: Contents, *, licence: str = DEFAULT_LICENCE) -> bytes:
    """Return a report as an Excel workbook, the same bytes every time.

    Args:
        report: Its contents.
        licence: Under what licence the figures are used.

    Raises:
        MissingExtraError: xlsxwriter is not installed.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingExtraError("a workbook is written", "report", "xlsxwriter") from error
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties(
        {
            "title": visible(f"{report.title}: {report.place}")[:255],
            "subject": f"As known on {report.as_of}",
            "author": "outcome_bees",
            "created": datetime(1980, 1, 1),
        }
    )
    formats = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "link": book.add_format({"valign": "top", "underline": 1, "font_color": "#12436D"}),
        "line": book.add_format({"valign": "top"}),
    }
    sheets = list(_sheets(report))
    _cover(book.add_worksheet("Cover"), report, licence, formats)
    _contents(book.add_worksheet("Contents"), sheets, formats)
    for sheet in sheets:
        _write(book, book.add_worksheet(sheet.name), sheet, formats)
    for page in book.worksheets():
        _set_print(page)
    book.close()
    return buffer.getvalue()


def _set_print(page: Any) -> None:
    """Print on sheets of A4, as wide as the table, with its place and page below."""
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&R&P of &N")
    if page.name in ("Measures", "Figures"):
        page.set_landscape()


def _cover(page: Any, report: Contents, licence: str, formats: dict[str, Any]) -> None:
    page.set_column(0, 0, 85)
    page.hide_gridlines(2)
    lines = [
        f"Place: {report.place}" + (f" ({report.place_code})" if report.place_code not in ("", report.place) else ""),
        f"As known on: {report.as_of}",
        f"Policy: {report.policy}",
        report.summary,
        *report.notes,
        *(f"Source: {source}" for source in report.sources),
        licence,
        f"Made by outcome_bees {report.version}.",
    ]
    page.write_string(0, 0, _text(report.title), formats["title"])
    for row, line in enumerate(lines, start=1):
        page.set_row(row, _height((line,), (85,)))
        page.write_string(row, 0, _text(line), formats["text"])


def _contents(page: Any, sheets: Sequence[_Sheet], formats: dict[str, Any]) -> None:
    page.set_column(0, 0, 20)
    page.set_column(1, 1, 80)
    page.write_string(0, 0, "Contents", formats["title"])
    page.write_string(1, 0, "This sheet has one table, of the sheets that follow.", formats["line"])
    rows = [(sheet.name, sheet.title) for sheet in sheets]
    page.add_table(2, 0, 2 + len(rows), 1, _table("contents", ("Sheet", "What it holds"), formats))
    for row, (name, title) in enumerate(rows, start=3):
        page.set_row(row, _height((name, title), (20, 80)))
        page.write_url(row, 0, f"internal:'{name}'!A1", string=name, cell_format=formats["link"])
        page.write_string(row, 1, _text(title), formats["text"])


def _table(name: str, titles: Sequence[str], formats: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "style": None,
        "autofilter": False,
        "columns": [{"header": title, "header_format": formats["head"]} for title in titles],
    }


def _write(book: Any, page: Any, sheet: _Sheet, formats: dict[str, Any]) -> None:
    page.write_string(0, 0, _text(sheet.title), formats["title"])
    top = 1
    for note in sheet.notes:
        page.write_string(top, 0, _text(note), formats["line"])
        top += 1
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    last = top + max(len(sheet.rows), 1)
    page.add_table(top, 0, last, len(sheet.titles) - 1, _table(f"table_{sheet.name.lower()}", sheet.titles, formats))
    for row, values in enumerate(sheet.rows or (("[z]",) * len(sheet.titles),), start=top + 1):
        page.set_row(row, _height(values, sheet.widths))
        for column, value in enumerate(values):
            if isinstance(value, str):
                page.write_string(row, column, _text(value), formats["text"])
            else:
                page.write_number(row, column, float(value), _number_format(book, value, formats))
    page.freeze_panes(top + 1, 1)
    page.repeat_rows(top)


def _height(values: Sequence[Value], widths: Sequence[float]) -> float:
    """Return the height of a row in points, so that wrapped text is seen whole: not every reader works it out."""
    lines = (
        len(textwrap.wrap(value, max(int(width) - 2, 1))) if isinstance(value, str) else 1
        for value, width in zip(values, widths, strict=True)
    )
    return 15.0 * min(max(lines, default=1) or 1, 27)  # Excel's rows are at most 409 points high


def _number_format(book: Any, value: Decimal | int, formats: dict[str, Any]) -> Any:
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    digits = max(-exponent, 0) if isinstance(exponent, int) else 0
    key = f"number {min(digits, 10)}"
    if key not in formats:
        pattern = "#,##0" + ("." + "0" * min(digits, 10) if digits else "")
        formats[key] = book.add_format({"num_format": pattern, "valign": "top", "indent": 1})
    return formats[key]


def _text(given: str) -> str:
    """Text that is never empty, never read as a formula, and not too long for a cell."""
    return visible(given)[:_LONGEST] or _NONE


def _sheets(report: Contents) -> Iterable[_Sheet]:
    key = "Shorthand in square brackets is explained in the sheet Key."
    yield _Sheet(
        "Measures",
        f"Every measure of {report.title}, {report.place}, as known on {report.as_of}",
        (
            "Group",
            "Measure",
            "Measure id",
            "Target id",
            "Unit",
            "Period",
            "Figure",
            "Required",
            "Gap",
            "Status",
            "Colour",
            "Reason",
            "Travel",
            "Due",
            "Explanation",
            "Commentary",
        ),
        tuple(_measure_row(section.title, entry) for section in report.sections for entry in section.entries),
        (28, 40, 26, 26, 12, 18, 11, 11, 11, 16, 10, 20, 14, 18, 70, 50),
        (key,),
    )
    yield _Sheet(
        "Figures",
        f"The figures behind the charts, {report.place}",
        ("Measure", "Measure id", "Place", "Period", "Figure", "Revision", "Source"),
        tuple(_figure_rows(report)),
        (40, 26, 26, 22, 12, 14, 70),
        (key,),
    )
    yield _Sheet(
        "Bees",
        "Measures by outcome bee",
        ("Outcome bee", "On track or achieved", "Assessed", "In all"),
        tuple((name, tally.good, tally.assessed, tally.total) for name, tally in report.bees),
        (26, 24, 12, 12),
        ("What serves two bees is counted under both.",),
    )
    yield _Sheet(
        "Not_assessed",
        "Measures that were not assessed, by reason",
        ("Reason", "Meaning", "Measure"),
        tuple((name, sentence, entry.title) for _, name, sentence, entries in report.unassessed for entry in entries),
        (22, 60, 50),
    )
    meanings = [
        (_NONE, "not applicable: no entry here"),
        (_NOT_THERE, "not available"),
        *((_SYMBOL[absence], SENTENCE[Reason(absence.value)]) for absence in Absence),
    ]
    statuses = [(LABEL[status], meaning) for status, meaning in MEANING.items()]
    yield _Sheet(
        "Key",
        "What shorthand and statuses mean",
        ("Word or sign", "Meaning"),
        tuple(dict([*meanings, *statuses]).items()),
        (22, 90),
    )


def _measure_row(group: str, entry: Entry) -> tuple[Value, ...]:
    answer, measure = entry.answer, entry.measure
    absence = None if answer.observation is None else answer.observation.absence
    figure: Value = _NOT_THERE if absence is None else _SYMBOL[absence]
    comment = entry.comment.text if entry.comment else ""
    attention = answer.rag in (Rag.RED, Rag.AMBER)
    return (
        group,
        entry.title,
        answer.measure,
        answer.target or _NONE,
        _NONE if measure.unit is None else measure.unit.code,
        _NOT_THERE if answer.observation is None else answer.observation.period.label,
        figure if answer.value is None else answer.value,
        _NONE if answer.required is None else answer.required,
        _NONE if answer.gap is None else answer.gap,
        LABEL[answer.status],
        LABEL[answer.rag],
        _NONE if answer.reason is None else phrase(answer.reason),
        _NONE if answer.travel is None else LABEL[answer.travel],
        _NONE if answer.due is None else answer.due.label,
        answer.explanation,
        comment or (AWAITED if attention else _NONE),
    )


def _figure_rows(report: Contents) -> Iterable[tuple[Value, ...]]:
    seen = set()
    for entry in report.entries:
        for figure in (*entry.figures, *entry.comparison):
            key = (figure.measure, figure.area, figure.breakdown, figure.period)
            if key in seen:
                continue
            seen.add(key)
            value: Value = figure.value if figure.value is not None else _NOT_THERE
            if figure.absence is not None:
                value = _SYMBOL[figure.absence]
            yield (
                entry.title,
                figure.measure,
                report.names.of(figure.area),
                figure.period.label,
                value,
                _NONE if figure.revision is None else figure.revision.value,
                figure.source or _NONE,
            )
