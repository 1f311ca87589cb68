"""Tables as text: within their width, in the characters there are, and saying the same in any dress."""

import re
import unicodedata

import pytest
from hypothesis import given, strategies as st

from outcome_bees.presentation.blocks import Cell, Column, Group, Row, Table
from outcome_bees.presentation.console import columns_of, encodable, text, wrapped
from outcome_bees.presentation.words import LABEL, STAND_IN, SYMBOL
from outcome_bees.vocabulary import Rag, Status, Travel

WORDS = st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(
    ["Looked-after children in three or more homes", "13.8 per 10,000", "子どもの権利", "Zoë’s £5 – “plan”", "é" * 30]
)
CELLS = st.builds(Cell, WORDS, WORDS, st.sampled_from(["", "✔", "–"]), st.none() | st.sampled_from(Rag))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 5))
    rows = st.builds(Row, st.tuples(*[CELLS] * width), st.integers(0, 2))
    groups = st.lists(st.builds(Group, st.lists(rows, min_size=1, max_size=3), WORDS, WORDS), max_size=3)
    columns = [Column(draw(WORDS), draw(st.booleans()), draw(st.integers(1, 24))) for _ in range(width)]
    return Table(draw(WORDS), columns, draw(groups), draw(WORDS))


def letters(given: str) -> list[str]:
    """What is said, without how it is laid out: every character but spaces and rules, in any order."""
    return sorted(
        given.replace(" ", "").replace("\n", "").replace("─", "").replace(":", "").replace("(", "").replace(")", "")
    )


def said_by(table: Table) -> str:
    cells = [f"{each.mark}{each.text}{each.note}" for row in table.rows for each in row.cells]
    headings = [f"{group.title}{group.summary}" if group.title else "" for group in table.groups]
    return "".join([table.caption, table.summary, *headings, *cells])


@given(tables(), st.integers(40, 200))
def test_no_line_is_wider_than_the_terminal(table: Table, width: int) -> None:
    assert all(columns_of(line) <= width for line in text([table], width=width).split("\n"))


@given(tables(), st.integers(1, 200))
def test_nothing_that_a_table_says_is_lost_however_narrow_it_is(table: Table, width: int) -> None:
    shown = letters(text([table], width=width))
    for each in letters(said_by(table)):
        shown.remove(each)


@given(tables(), st.integers(40, 120))
def test_colour_carries_no_meaning_of_its_own(table: Table, width: int) -> None:
    coloured = text([table], width=width, colour=True)
    plain = re.sub(r"\x1b\[[0-9]*m", "", coloured)
    assert [line.rstrip() for line in plain.split("\n")] == text([table], width=width).split("\n")


@given(tables(), st.sampled_from(["ascii", "cp1252", "latin-1", "cp437"]))
def test_any_table_can_be_written_in_any_encoding(table: Table, encoding: str) -> None:
    text([table], encoding=encoding).encode(encoding)


@given(tables())
def test_no_text_moves_the_cursor_or_turns_the_line_around(table: Table) -> None:
    shown = text([table])
    assert not {unicodedata.category(each) for each in shown if each not in "\n\u200c\u200d"} & {
        "Cc",
        "Cf",
        "Cs",
        "Zl",
        "Zp",
    }


@pytest.mark.parametrize("words", [Status, Travel])
def test_no_two_statuses_or_travels_share_a_word_a_symbol_or_its_stand_in(words: type[Status] | type[Travel]) -> None:
    assert len({LABEL[each] for each in words}) == len(words)
    assert len({SYMBOL[each] for each in words}) == len(words)
    assert len({STAND_IN[SYMBOL[each]] for each in words}) == len(words)
    assert all(encodable(SYMBOL[each], "ascii") == STAND_IN[SYMBOL[each]] for each in words)


def test_a_stand_in_is_plain() -> None:
    assert all(each.isascii() and each.isprintable() for each in STAND_IN.values())


def test_a_word_too_long_for_its_line_is_cut_after_a_hyphen_or_where_it_must_be() -> None:
    assert wrapped("children-on-protection-plans", 15) == ["children-on-", "protection-", "plans"]
    assert wrapped("x" * 7, 3) == ["xxx", "xxx", "x"]


def test_a_chinese_character_takes_two_columns_and_an_accent_none() -> None:
    assert [columns_of(each) for each in ("子", "e\u0301", "é", "ab")] == [2, 1, 1, 2]


def test_where_columns_do_not_fit_each_row_is_told_by_itself() -> None:
    table = Table.plain("", ["Measure", "Figure"], [["Plans issued in time", "56.3% in 2024"]])
    table = Table("", [Column("Measure", least=20), Column("Figure", least=12)], table.groups)
    assert text([table], width=35).split("\n")[2] == "Plans issued in time  56.3% in 2024"
    assert text([table], width=30).split("\n")[1:3] == ["Plans issued in time", "  Figure: 56.3% in 2024"]


def test_a_part_is_set_in_below_its_whole_and_so_is_what_goes_on_from_a_line() -> None:
    rows = [
        Row([Cell("Agency staff, turnover and sickness")]),
        Row([Cell("Social worker turnover", "in the year")], level=1),
    ]
    shown = text([Table("", [Column("Measure")], [Group(rows)])], width=20).splitlines()
    assert shown[2:] == [
        "Agency staff,",
        "  turnover and",
        "  sickness",
        "  Social worker",
        "    turnover",
        "    in the year",
    ]


def test_a_cell_has_the_room_of_empty_ones_to_its_right_and_its_note_beside_it_where_that_fits() -> None:
    rows = [
        Row([Cell("Children brought back into education"), Cell(), Cell("not assessed", "no data", "–"), Cell()]),
        Row([Cell("Plans"), Cell("56.3%", "2024"), Cell("achieved", "16.1 ahead", "✔"), Cell("improving", mark="↗")]),
    ]
    columns = [Column("Measure", least=12), Column("Figure", least=22), Column("Status", least=14), Column("Travel")]
    assert text([Table("", columns, [Group(rows)])], width=70).splitlines()[2:] == [
        "Children brought back into education       – not assessed (no data)",
        "Plans                              56.3%   ✔ achieved      ↗ improving",
        "                                   2024      16.1 ahead",
    ]
