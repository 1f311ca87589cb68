"""A report as a paper for a panel: a Word document in the order in which councils read papers.

What a council has to decide or to fill in is a placeholder in square brackets, and is never made up. A council's own
``.docx`` may be the template: its styles, headers and footers are kept, and its body is replaced.

Source: GOV.UK, "Publishing accessible documents": real heading styles, header rows that repeat, alternative texts, a
language. That rows do not break over pages is our choice.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any

from outcome_bees.errors import InvalidValueError, MissingExtraError
from outcome_bees.periods import Period
from outcome_bees.presentation.words import LABEL, SYMBOL
from outcome_bees.reports.contents import AWAITED, Contents, Entry
from outcome_bees.reports.page import DEFAULT_LICENCE, MEANING

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["PLACEHOLDERS", "paper_of"]

PLACEHOLDERS = {
    "Meeting": "[Name of the panel]",
    "Date": "[Date of the meeting]",
    "Report of": "[Director]",
    "Author": "[Role and contact]",
    "Executive member": "[Name of the executive member]",
    "Wards affected": "[Wards]",
}
"""The title block until somebody fills it in."""

_STYLES = ("Title", "Heading 1", "Heading 2", "Heading 3")
_IMPLICATIONS = ("Financial", "Legal", "Equalities", "Human resources", "Environment", "Risk")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP archive can hold: the same bytes every time
# What Word and XML cannot hold; everything else of a title is shown as it is.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _text(given: object) -> str:
    return _UNWRITABLE.sub("", str(given))


def _document(template: str | PathLike[str] | None) -> "Document":
    try:
        import docx
    except ImportError as error:
        raise MissingExtraError("a paper is written", "report", "python-docx") from error
    if template is None:
        return docx.Document()
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = docx.Document(str(template))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:  # as python-docx refuses a file
        raise InvalidValueError("report: template", str(template), "a Word document (.docx)") from error
    missing = [each for each in _STYLES if each not in {style.name for style in document.styles}]
    if missing:
        allowed = f"a Word document with the styles {', '.join(_STYLES)}"
        raise InvalidValueError("report: template", str(template), allowed, f"missing: {', '.join(missing)}")
    body = document.element.body
    for child in list(body):
        if not child.tag.endswith("}sectPr"):
            body.remove(child)
    return document


def paper_of(
    report: Contents,
    *,
    template: str | PathLike[str] | None = None,
    licence: str = DEFAULT_LICENCE,
    language: str = "en-GB",
    charts: bool = True,
) -> bytes:
    """Return a report as a Word document, the same bytes every time.

    Args:
        report: Its contents.
        template: A council's own ``.docx``, whose styles are used; ``None`` for plain ones.
        licence: Under what licence the figures are used.
        language: The language of the document.
        charts: Whether to draw charts, where there are figures to draw.

    Raises:
        InvalidValueError: The template is no Word document, or lacks a style that headings need.
        MissingExtraError: python-docx, or for charts matplotlib, is not installed.
    """
    document = _document(template)
    writer = _Writer(document, report, charts)
    if template is None:
        writer.set_styles()
    writer.set_properties(language)
    writer.write_title_block()
    writer.write_body(licence)
    buffer = io.BytesIO()
    document.save(buffer)
    return _steady(buffer.getvalue())


def _steady(archive: bytes) -> bytes:
    """Return the same archive with no time of day in it."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(target, "w") as written:
        for name in sorted(source.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(entry, source.read(name))
    return target.getvalue()


class _Writer:
    """A document being written, and what it is written from."""

    def __init__(self, document: "Document", report: Contents, charts: bool) -> None:
        self.document, self.report, self.charts = document, report, charts
        self.pictures = 0

    # Shape

    def set_styles(self) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Cm, Pt, RGBColor

        styles: Any = self.document.styles  # each has a font and a paragraph format, which the stubs do not know
        for section in self.document.sections:
            section.page_width, section.page_height = Cm(21), Cm(29.7)
            section.left_margin = section.right_margin = Cm(2.3)
            section.top_margin = section.bottom_margin = Cm(2.2)
        for name, size in (("Normal", 11), ("Title", 20), ("Heading 1", 15), ("Heading 2", 12.5), ("Heading 3", 11.5)):
            style = styles[name]
            style.font.name, style.font.size = "Arial", Pt(size)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(kind), None)
            if name != "Normal":
                style.font.color.rgb = RGBColor(0x12, 0x43, 0x6D)
                style.font.bold = True
        normal = styles["Normal"].paragraph_format
        normal.space_before, normal.space_after = Pt(6), Pt(6)
        bullet = styles["List Bullet"].paragraph_format
        bullet.space_before, bullet.space_after = Pt(0), Pt(3)

    def set_properties(self, language: str) -> None:
        from datetime import datetime

        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        properties = self.document.core_properties
        properties.title = _text(f"{self.report.title}: {self.report.place}")[:255]
        properties.subject = f"As known on {self.report.as_of}"
        properties.author, properties.last_modified_by = "outcome_bees", ""
        properties.language, properties.comments, properties.keywords = language, "", ""
        properties.created = properties.modified = datetime(1980, 1, 1)
        properties.revision = 1
        normal = self.document.styles["Normal"].element.get_or_add_rPr()
        for old in normal.findall(qn("w:lang")):
            normal.remove(old)
        lang = OxmlElement("w:lang")
        lang.set(qn("w:val"), language)
        normal.append(lang)

    def heading(self, text: str, level: int) -> None:
        self.document.add_heading(_text(text), level)

    def add_text(self, text: str, style: str | None = None) -> Any:
        known = style if style in {each.name for each in self.document.styles} else None
        return self.document.add_paragraph(_text(text), known)

    def table(self, titles: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float]) -> None:
        """Return a table whose header row repeats and whose rows do not break over pages."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Cm, Pt

        table = self.document.add_table(rows=1, cols=len(titles))
        if "Table Grid" in {each.name for each in self.document.styles}:
            table.style = "Table Grid"
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        for text, cell in zip(titles, table.rows[0].cells, strict=True):
            cell.text = ""
            cell.paragraphs[0].add_run(_text(text)).bold = True
        for row in rows:
            for text, cell in zip(row, table.add_row().cells, strict=True):
                cell.text = _text(text)
        for number, each in enumerate(table.rows):
            properties = each._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if number == 0:
                properties.append(OxmlElement("w:tblHeader"))
            for cell, width in zip(each.cells, widths, strict=True):
                cell.width = Cm(width)
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
                    for run in paragraph.runs:
                        run.font.size = Pt(9.5)
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        if look is not None:
            look.set(qn("w:firstRow"), "1")
            look.set(qn("w:firstColumn"), "1")

    def picture(self, ax: Any) -> None:
        from docx.shared import Cm

        from outcome_bees.reports.charts import png, words_of

        words = words_of(ax)
        self.document.add_picture(io.BytesIO(png(ax)), width=Cm(15.6))
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        self.pictures += 1
        inline = self.document.inline_shapes[-1]._inline
        inline.docPr.set("name", f"Chart {self.pictures}")
        inline.docPr.set("title", _text(words.title))
        inline.docPr.set("descr", _text(words.description))

    # Contents

    def write_title_block(self) -> None:
        self.document.add_heading(_text(self.report.title), 0)
        self.add_text(f"{self.report.place}, as known on {self.report.as_of}")
        rows = [*PLACEHOLDERS.items()]
        self.table(("Title block", "To be filled in"), rows, (4.4, 11.6))

    def write_body(self, licence: str) -> None:
        report = self.report
        self.heading("1 Purpose", 1)
        self.add_text(
            f"To report how the measures of {report.title} are doing in {report.place}, as known on {report.as_of},"
            f" judged by policy {report.policy}."
        )
        self.heading("2 Summary", 1)
        self.add_text(report.summary)
        self.table(
            ("Status", "Measures"),
            [(f"{SYMBOL[status]} {LABEL[status]}", f"{number}") for status, number in report.counts],
            (8, 3),
        )
        self._write_changes()
        self.heading("3 Recommendations", 1)
        self.add_text("[What the panel is asked to note, agree or recommend]")
        self._write_exceptions()
        self._write_sections()
        self.heading("6 Outcome bees", 1)
        if report.bees:
            if self.charts:
                from outcome_bees.reports.charts import bees

                self.picture(bees(report.card))
            self.table(
                ("Outcome bee", "On track or achieved", "In all"),
                [
                    (
                        name,
                        f"{tally.good} of {tally.assessed} assessed" if tally.assessed else "none assessed",
                        f"{tally.total}",
                    )
                    for name, tally in report.bees
                ],
                (7, 6, 3),
            )
        else:
            self.add_text("No measure names an outcome bee.")
        self._write_unassessed()
        self.heading("8 Data notes", 1)
        for note in report.notes or ("There is nothing to note about the figures.",):
            self.add_text(note)
        self.heading("9 Implications", 1)
        for name in _IMPLICATIONS:
            self.heading(name, 2)
            self.add_text(f"[{name} implications]")
        self._write_appendices(licence)

    def _write_changes(self) -> None:
        if self.report.changed is None:
            self.add_text("There is no earlier card to compare with.")
            return
        if not self.report.changed:
            self.add_text(f"No status changed since {self.report.before}.")
            return
        self.add_text(f"Since {self.report.before}, statuses changed:")
        for each in self.report.changed:
            self.add_text(str(each), "List Bullet")

    def _write_exceptions(self) -> None:
        self.heading("4 Exceptions", 1)
        if not self.report.red and not self.report.amber:
            self.add_text("No measure was missed, nearly missed, off track or at risk.")
        for entry in self.report.red + self.report.amber:
            self.heading(entry.title, 2)
            status = self.add_text(f"{entry.cells[2].mark} {LABEL[entry.answer.status]}")
            status.runs[0].bold = True
            sentence = self.add_text(entry.answer.explanation)
            status.paragraph_format.keep_with_next = sentence.paragraph_format.keep_with_next = True
            if self.charts and entry.has_chart:
                self.picture(entry.chart(self.report.names))
            self._write_comment(entry)

    def _write_comment(self, entry: Entry) -> None:
        comment = entry.comment
        if comment is None:
            self.add_text(f"{AWAITED}.").runs[0].italic = True
            return
        self.add_text(comment.text)
        due = None if comment.due is None else Period.day(comment.due).label
        details = [("Cause", comment.cause), ("Action", comment.action), ("Owner", comment.owner), ("By", due)]
        details.append(("Evidence", comment.evidence))
        self.table(
            ("Commentary", "Details"),
            [*((name, text) for name, text in details if text), ("Written", Period.day(comment.written).label)],
            (3, 13),
        )

    def _write_sections(self) -> None:
        self.heading("5 All measures", 1)
        for section in self.report.sections:
            priorities: dict[str, list[Entry]] = {}
            for entry in section.entries:
                priority = self.report.card.plan.priority_of(entry.measure)
                priorities.setdefault("" if priority is None else priority.title, []).append(entry)
            self.heading(section.title, 2)
            summary = self.add_text(section.summary[:1].upper() + section.summary[1:] + ".")
            summary.paragraph_format.keep_with_next = True
            for title, entries in priorities.items():
                if title:
                    self.heading(title, 3)
                rows = [(entry.title, *(_cell(entry, index) for index in range(4))) for entry in entries]
                self.table(("Measure", "Figure", "Required", "Status", "Travel"), rows, (5.6, 2.6, 2.6, 3.2, 2.2))

    def _write_unassessed(self) -> None:
        self.heading("7 Not assessed", 1)
        if not self.report.unassessed:
            self.add_text("Every measure was assessed.")
        for _, name, sentence, entries in self.report.unassessed:
            self.heading(f"{name[:1].upper()}{name[1:]} ({len(entries)})", 2)
            self.add_text(f"{sentence[:1].upper()}{sentence[1:]}.")
            for entry in entries:
                self.add_text(entry.title, "List Bullet")

    def _write_appendices(self, licence: str) -> None:
        self.heading("Appendix A: What the statuses mean", 1)
        self.table(
            ("Status", "Meaning"),
            [(f"{SYMBOL[status]} {LABEL[status]}", meaning) for status, meaning in MEANING.items()],
            (4.4, 11.6),
        )
        self.heading("Appendix B: Sources", 1)
        for source in self.report.sources or ("No source is stated.",):
            self.add_text(source, "List Bullet" if self.report.sources else None)
        self.add_text(licence)
        self.add_text(f"Made by outcome_bees {self.report.version}.")


def _cell(entry: Entry, index: int) -> str:
    cell = entry.cells[index]
    words = " ".join(filter(None, (cell.mark, cell.text)))
    return f"{words} ({cell.note})" if words and cell.note else words or cell.note or "–"
