"""The changelog keeps its promise: what changes a verdict is said first."""

import re
from pathlib import Path

import outcome_bees

CHANGELOG = Path(__file__).resolve().parents[2] / "CHANGELOG.md"
KINDS = ["Verdicts", "Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]


def releases() -> dict[str, list[str]]:
    """The headings below each release, newest first."""
    parts = re.split(r"^## \[(.+?)\].*$", CHANGELOG.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {
        name: re.findall(r"^### (.+)$", text, re.MULTILINE) for name, text in zip(parts[::2], parts[1::2], strict=True)
    }


def test_every_release_says_first_what_it_does_to_verdicts() -> None:
    assert releases()
    for name, headings in releases().items():
        assert headings[0] == "Verdicts", name
        assert headings == [kind for kind in KINDS if kind in headings], f"{name}: order and words of Keep a Changelog"


def test_the_version_in_hand_is_in_the_changelog() -> None:
    assert {outcome_bees.__version__, "Unreleased"} & set(releases())
