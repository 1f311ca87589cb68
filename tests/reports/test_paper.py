"""The paper is a Word document that a panel can read: real headings, headers that repeat, texts for every picture."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("matplotlib", reason="the extra 'report' is not installed")
pytest.importorskip("docx", reason="the extra 'report' is not installed")

import docx
from docx.document import Document
from docx.oxml.ns import qn

from outcome_bees import Measure, Observation, Observations, Plan, Reach, Scorecard, Target, evaluate_plan
from outcome_bees.errors import InvalidValueError
from outcome_bees.reports.commentary import Commentary
from outcome_bees.reports.contents import contents_of
from outcome_bees.reports.paper import PLACEHOLDERS, paper_of


@pytest.fixture(scope="module")
def content(card: Scorecard, figures: Observations, card_of: Callable[..., Scorecard]) -> bytes:
    said = Commentary(
        measure="social-worker-absence",
        area="E10000015",
        as_of=date(2025, 12, 31),
        text="Sickness rose in two teams.",
        cause="Vacancies.",
        owner="Head of Workforce",
        due=date(2026, 3, 31),
        written=date(2026, 1, 12),
    )
    return paper_of(contents_of(card, figures, commentary=[said], before=card_of(2024)))


@pytest.fixture(scope="module")
def paper(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def headings(paper: Document, level: int) -> list[str]:
    return [each.text for each in paper.paragraphs if each.style is not None and each.style.name == f"Heading {level}"]


def test_the_parts_come_in_the_order_of_a_panel_paper(paper: Document) -> None:
    assert headings(paper, 1) == [
        "1 Purpose",
        "2 Summary",
        "3 Recommendations",
        "4 Exceptions",
        "5 All measures",
        "6 Outcome bees",
        "7 Not assessed",
        "8 Data notes",
        "9 Implications",
        "Appendix A: What the statuses mean",
        "Appendix B: Sources",
    ]


def test_what_a_council_must_fill_in_is_a_placeholder(paper: Document) -> None:
    block = {row.cells[0].text: row.cells[1].text for row in paper.tables[0].rows[1:]}
    assert block == PLACEHOLDERS
    assert all(value.startswith("[") and value.endswith("]") for value in block.values())
    texts = [each.text for each in paper.paragraphs]
    assert "[What the panel is asked to note, agree or recommend]" in texts
    assert "[Equalities implications]" in texts


def test_each_exception_has_its_sentence_its_chart_and_its_commentary_or_says_that_it_is_awaited(
    paper: Document, card: Scorecard
) -> None:
    texts = [each.text for each in paper.paragraphs]
    for answer in card.evaluations:
        if answer.rag.value == "red" and answer.target:
            assert answer.explanation in texts
    assert texts.count("Commentary awaited.") == 2
    assert "Sickness rose in two teams." in texts
    rows = {row.cells[0].text: row.cells[1].text for table in paper.tables for row in table.rows}
    assert (rows["Cause"], rows["Owner"], rows["By"]) == ("Vacancies.", "Head of Workforce", "31 March 2026")


def test_an_exceptions_words_stay_with_its_chart(paper: Document, card: Scorecard) -> None:
    kept = {each.text: each.paragraph_format.keep_with_next for each in paper.paragraphs}
    reds = [each for each in card.evaluations if each.rag.value == "red" and each.target]
    assert reds
    assert all(kept[each.explanation] for each in reds)


def test_header_rows_repeat_and_rows_do_not_break(paper: Document) -> None:
    assert len(paper.tables) > 10
    for table in paper.tables:
        rows: list[Any] = [row._tr.trPr for row in table.rows]
        first, *others = rows
        assert first.find(qn("w:tblHeader")) is not None
        assert all(each.find(qn("w:cantSplit")) is not None for each in (first, *others))
        assert all(each.find(qn("w:tblHeader")) is None for each in others)


def test_every_picture_has_an_alternative_text(paper: Document) -> None:
    assert len(paper.inline_shapes) == 4
    texts = [shape._inline.docPr.get("descr") for shape in paper.inline_shapes]
    assert all(len(text) > 40 for text in texts)
    assert len({shape._inline.docPr.get("name") for shape in paper.inline_shapes}) == 4


def test_the_language_is_said(paper: Document) -> None:
    assert paper.core_properties.language == "en-GB"
    said = paper.styles["Normal"].element.rPr.find(qn("w:lang"))
    assert said.get(qn("w:val")) == "en-GB"


def test_the_same_card_is_the_same_bytes_and_holds_no_time_of_day(card: Scorecard, figures: Observations) -> None:
    one, other = (paper_of(contents_of(card, figures), charts=False) for _ in range(2))
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_councils_own_document_keeps_its_styles_and_its_header(card: Scorecard, tmp_path: Path) -> None:
    own = docx.Document()
    own.sections[0].header.paragraphs[0].text = "Our Council"
    own.add_paragraph("What stood here before")
    styles: Any = own.styles
    styles["Heading 1"].font.name = "Georgia"
    path = tmp_path / "own.docx"
    own.save(str(path))
    made = docx.Document(io.BytesIO(paper_of(contents_of(card), template=path)))
    assert made.sections[0].header.paragraphs[0].text == "Our Council"
    styles = made.styles
    assert styles["Heading 1"].font.name == "Georgia"
    assert "What stood here before" not in [each.text for each in made.paragraphs]
    assert headings(made, 1)[0] == "1 Purpose"


def test_hostile_words_stay_words() -> None:
    title = "<w:p>&amp; \u0001\u202e ]]> {{7*7}} \ufffe"
    plan = Plan(
        id="p",
        title=title,
        measures=[Measure(id="m", title=title, unit="percent", direction="increase")],
        targets=[Target(id="t", measure="m", aim=Reach(50), due="CY2024")],
    )
    figures = [Observation(measure="m", period="CY2024", area="E10000015", value=1, source=title)]
    card = evaluate_plan(plan, figures, as_of=date(2025, 12, 31))
    made = docx.Document(io.BytesIO(paper_of(contents_of(card, figures))))
    assert "<w:p>&amp; ]]> {{7*7}}" in headings(made, 2)[0]


def test_a_template_that_is_no_word_document_or_lacks_headings_is_refused(card: Scorecard, tmp_path: Path) -> None:
    text = tmp_path / "own.docx"
    text.write_text("no archive", encoding="utf-8")
    with pytest.raises(InvalidValueError, match="a Word document"):
        paper_of(contents_of(card), template=text)
    bare = docx.Document()
    style = bare.styles["Heading 2"].element
    style.getparent().remove(style)
    bare.save(str(text))
    with pytest.raises(InvalidValueError, match="missing: Heading 2"):
        paper_of(contents_of(card), template=text)
