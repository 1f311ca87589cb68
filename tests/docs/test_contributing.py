"""What CONTRIBUTING.md and its companions say of the tree is true of it."""

import re
from pathlib import Path

import pytest
import yaml

import outcome_bees

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(outcome_bees.__file__).parent
PAGES = ["CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md"]
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))


def paths_in(text: str) -> set[str]:
    """Find every path that a page names: in code, with a slash or a suffix, or as the target of a link."""
    code = re.findall(r"`([\w.-]+(?:/[\w.-]*)+|[\w-]+\.md)`", text)
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    return {*code, *links}


def on_disk(path: str) -> Path:
    """Find where a path of the repository is; the package may be installed, and not beside the tests."""
    inside = re.fullmatch(r"(?:src/)?outcome_bees/(.*)", path)
    if inside:
        return PACKAGE / inside[1]
    room = PACKAGE / path
    return room if path.endswith("/") and room.is_dir() else ROOT / path


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_the_page_names_exists(page: str) -> None:
    named = paths_in((ROOT / page).read_text(encoding="utf-8")) - {"build/site"}
    assert named
    assert sorted(path for path in named if not on_disk(path).exists()) == []


def test_a_path_that_does_not_exist_would_be_found() -> None:
    assert paths_in("See `src/outcome_bees/model/aims.py`, `CHANGELOG.md`, [this](docs/x.md#part) and `Reach`.") == {
        "src/outcome_bees/model/aims.py",
        "CHANGELOG.md",
        "docs/x.md",
    }
    assert not on_disk("src/outcome_bees/model/nowhere.py").exists()


def test_every_room_of_the_package_is_in_the_table_of_the_house() -> None:
    table = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("| rooms |")[2].partition("\n\n")[0]
    named = {name.rstrip("/") for name in re.findall(r"`([a-z_]+/?)`", table)}
    rooms = {
        path.stem
        for path in PACKAGE.iterdir()
        if not path.name.startswith("_") and (path.suffix == ".py" or (path / "__init__.py").exists())
    }
    assert rooms - named == set(), "rooms that the table leaves out"


def test_make_can_make_what_the_page_says() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for name in re.findall(r"^\$ make (\w+)", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.MULTILINE):
        assert re.search(rf"^{name}:", makefile, re.MULTILINE), name


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_an_issue_form_is_what_github_reads(form: Path) -> None:
    given = yaml.safe_load(form.read_text(encoding="utf-8"))
    if form.stem == "config":
        assert given == {"blank_issues_enabled": True}
        return
    assert {"name", "description", "body"} <= set(given)
    ids = [part["id"] for part in given["body"] if part["type"] != "markdown"]
    assert len(ids) == len(set(ids))
    assert any(part.get("validations", {}).get("required") for part in given["body"])
