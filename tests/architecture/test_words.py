"""Names, comments, docstrings, messages and pages are in plain English: no private register.

A word is banned where a plain one does: "told" (given, reported), "said" (stated), "stands" (is, depends), "door" for a
backend. Sentences of verdicts and public names stay as they are; each that has such a word is listed here.
"""

import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

import outcome_bees

SRC = Path(outcome_bees.__file__).parent
REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = [
    path for path in (*REPOSITORY.glob("[A-Z]*.md"), *(REPOSITORY / "docs").rglob("*.md")) if path.stem != "CHANGELOG"
]

BANNED = re.compile(
    r"(?<![a-z])(?:told|tells|said|unsaid|whence|thence|anew|hence|thereof|whereof|unremarked|salvaged|misfits?|heed|wont"
    r"|mend(?:s|ed|ing)?|spoken|betimes|hitherto|aught|let go|of old|as (?:it|they) stands?"
    r"|(?<!front[ _])doors?|stands(?!-)|stand(?:s|ing)? (?:on|for))(?![a-z])",
    re.IGNORECASE,
)
ALLOWED = (
    "not_told",  # a public field of Reproduction
    "stands_on",  # public: Target.stands_on_baseline, and a key of a rule's provenance
    "nothing can be said on the way",  # part of a verdict's sentence
)


def words_of(source: str) -> Iterator[tuple[int, str]]:
    """The names, comments and texts of a module, each with the line that it begins on."""
    worded = {tokenize.NAME, tokenize.COMMENT, tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", -1)}
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in worded:
            yield token.start[0], token.string


def banned_in(text: str) -> list[str]:
    for each in ALLOWED:
        text = text.replace(each, "")
    return BANNED.findall(text)


@pytest.mark.parametrize("name", sorted({path.relative_to(SRC).parts[0] for path in SRC.rglob("*.py")}))
def test_a_room_is_written_in_plain_english(name: str) -> None:
    paths = [SRC / name] if name.endswith(".py") else sorted((SRC / name).rglob("*.py"))
    found = [
        f"{path.relative_to(SRC)}:{line}: {word}"
        for path in paths
        for line, text in words_of(path.read_text(encoding="utf-8"))
        for word in banned_in(text)
    ]
    assert found == []


def test_the_pages_are_written_in_plain_english() -> None:
    found = [
        f"{path.relative_to(REPOSITORY)}:{number}: {word}"
        for path in PAGES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for word in banned_in(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "def tells(): pass\n",
        "x = 1  # what it is told\n",
        "'''A target stands on its baseline.'''\n",
        "f'{1} is mended'\n",
    ],
)
def test_a_banned_word_is_seen_in_a_name_a_comment_a_docstring_and_a_message(source: str) -> None:
    assert [word for _, text in words_of(source) for word in banned_in(text)] != []


@pytest.mark.parametrize("text", ["outstanding debts", "a stand-in", "the front door", "understands", "recommended"])
def test_words_that_only_hold_a_banned_one_are_plain(text: str) -> None:
    assert banned_in(text) == []
