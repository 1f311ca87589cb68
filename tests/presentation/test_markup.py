"""Tables as HTML and Markdown: accessible, escaped, readable on a light ground and a dark one."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, strategies as st

from outcome_bees.presentation.blocks import Cell, Column, Group, Row, Table
from outcome_bees.presentation.html import BADGE, html, page
from outcome_bees.presentation.markdown import markdown
from outcome_bees.vocabulary import Rag

HOSTILE = "<script>alert('1')</script> & \"x\" | `y` *z* [a](b) $c$ ~d~ #e"
TABLE = Table(
    "How it stands",
    [Column("Measure"), Column("Status"), Column("Number", numbers=True)],
    [
        Group([Row([Cell("Plans"), Cell("achieved", "3 ahead", "✔", Rag.GREEN), Cell("4")])], "Ambition", "1 of 1"),
        Group([Row([Cell(HOSTILE), Cell(HOSTILE, HOSTILE), Cell("5")], level=1)], HOSTILE, HOSTILE),
    ],
    "2 in all",
)


class Reader(HTMLParser):
    """The elements of a piece of HTML, their attributes, and its text; an element left open is an error."""

    VOID = ("meta", "br")

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for each, attributes in self.elements if each == tag]


def luminance(colour: str) -> float:
    """Source: WCAG 2.2, relative luminance."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Source: WCAG 2.2, contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_reckoned_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("rag", BADGE)
def test_the_words_of_a_badge_stand_out_from_its_ground(rag: Rag) -> None:
    ink, ground = BADGE[rag]
    assert contrast(ink, ground) >= 7


def test_every_colour_but_grey_has_a_badge_of_its_own() -> None:
    assert set(BADGE) == set(Rag) - {Rag.GREY}


@pytest.mark.parametrize(("ink", "ground"), [("#000000", "#ffffff"), ("#e0e0e0", "#111111")])
def test_a_note_is_quieter_and_still_stands_out_on_a_light_page_and_a_dark_one(ink: str, ground: str) -> None:
    opacity = float(re.findall(r"opacity:([.0-9]+)", html([TABLE]))[0])
    mixed = [round(opacity * int(ink[i : i + 2], 16) + (1 - opacity) * int(ground[i : i + 2], 16)) for i in (1, 3, 5)]
    assert contrast("#" + "".join(f"{each:02x}" for each in mixed), ground) >= 4.5


def test_the_page_s_own_colours_are_left_alone_but_for_badges() -> None:
    styles = [attributes.get("style") or "" for _, attributes in Reader(html([TABLE])).elements]
    coloured = [each for each in styles if re.search(r"(?<![-a-z])(color|background):(?!inherit)", each)]
    assert len(coloured) == 1
    assert all(each in coloured[0] for each in BADGE[Rag.GREEN])


def test_a_screen_reader_hears_what_each_cell_is_of() -> None:
    read = Reader(html([TABLE]))
    assert "How it stands" in "".join(read.text)
    assert [each.get("scope") for each in read.all("th")] == ["col"] * 3 + ["rowgroup", "row"] * 2
    assert len(read.all("caption")) == len(read.all("table")) == 1
    assert read.all("div")[0]["role"] == "region"
    assert read.all("div")[0]["aria-label"] == "How it stands"


def test_a_colour_always_has_its_word_and_the_symbol_is_for_the_eye_alone() -> None:
    badge = re.search(r'<span style="background[^>]*>(.*?)</span> achieved</span>', html([TABLE]))
    assert badge is not None
    assert badge[1] == '<span aria-hidden="true">✔'


def test_nothing_is_fetched_and_nothing_is_run() -> None:
    read = Reader(page("<title>", [TABLE]))
    assert {tag for tag, _ in read.elements} <= {
        *(
            "html",
            "head",
            "meta",
            "title",
            "body",
            "div",
            "span",
            "table",
            "caption",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
        ),
    }
    assert not {name for _, attributes in read.elements for name in attributes} & {"src", "href", "onload", "onclick"}
    assert "url(" not in page("", [TABLE])


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_text_of_any_sort_is_shown_as_it_is(given_text: str) -> None:
    table = Table.plain(given_text, ["A"], [[given_text]])
    read = Reader(html([table]))
    assert table.caption in "".join(read.text)
    assert {tag for tag, _ in read.elements} <= {"div", "table", "caption", "thead", "tbody", "tr", "th", "span"}


def test_a_page_takes_the_ground_that_its_reader_has_chosen() -> None:
    read = Reader(page("How it stands", [TABLE]))
    assert {"name": "color-scheme", "content": "light dark"} in read.all("meta")
    assert {"charset": "utf-8"} in read.all("meta")
    assert read.all("html") == [{"lang": "en-GB"}]


def test_every_row_of_a_markdown_table_has_its_columns_whatever_its_cells_hold() -> None:
    rows = [line for line in markdown([TABLE]).splitlines() if line.startswith("|")]
    assert len(rows) == 6
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {4}


def test_markdown_has_no_markup_that_a_title_brings() -> None:
    said = markdown([TABLE])
    assert "<script" not in said
    assert not re.search(r"(?<!\\)[*`~$\[\]]", said)
    assert said.count("\n### ") == 2
    assert "| Plans | ✔ achieved (3 ahead) | 4 |" in said


# As GitHub finds them (its extended autolinks, and who is named): within one piece of text.
LINKS_OF_THEIR_OWN = re.compile(r"(?:https?|ftp)://\w|\bwww\.\w|[\w.+-]+@[\w-]+\.\w|(?<![\w`])@\w", re.IGNORECASE)
WITH_LINKS = [
    "Write to someone@example.org",
    "mailto:someone@example.org or xmpp:a@b.example",
    "See https://example.org/a_b?c=d#e and HTTP://EXAMPLE.ORG",
    "ftp://example.org, www.example.org",
    "@team asks: <a@b.example> a.b+c@d-e.example",
    "[link](https://example.org) <https://example.org> ![image](data:x)",
]


@pytest.mark.parametrize("title", WITH_LINKS)
def test_a_title_with_an_address_is_no_link_in_markdown(title: str) -> None:
    markdown_it = pytest.importorskip("markdown_it", reason="markdown-it, which reads it, is not installed")
    made = markdown([Table(title, (Column(title),), [Group([Row((Cell(title, note=title),))], title)])])
    read = markdown_it.MarkdownIt("commonmark", {"html": True}).enable("table")
    texts: list[str] = []
    for token in read.parse(made):
        pieces = [each for each in token.children or () if each.type in ("text", "html_inline", "link_open", "image")]
        assert not {each.type for each in pieces} & {"link_open", "image"}
        assert all(each.content == "<!-- -->" for each in pieces if each.type == "html_inline")
        joined = "".join(each.content if each.type == "text" else "\0" for each in pieces)
        assert not LINKS_OF_THEIR_OWN.search(joined)
        texts.append(joined.replace("\0", ""))
    assert sum(title in text for text in texts) == 4, "the words themselves are whole"
