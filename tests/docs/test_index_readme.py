"""The README of a package index leads nowhere that there is not."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def index_text() -> Any:
    pytest.importorskip("hatchling", reason="what builds the package is not installed")
    spec = spec_from_file_location("hatch_readme", ROOT / "hatch_readme.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.index_text


def links(text: str) -> list[str]:
    return re.findall(r"\]\(([^)]+)\)", text)


def test_without_the_address_of_the_repository_a_link_is_the_name_of_its_file(index_text: Any) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = index_text(text, None)
    assert all(each.startswith("https://") for each in links(found))
    assert "| `docs/formats.md` |" in found
    assert "[changelog]" not in found


def test_with_it_every_link_is_absolute(index_text: Any) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = index_text(text, "https://example.org/outcome-bees/")
    assert len(links(found)) == len(links(text)) > 10
    assert "https://example.org/outcome-bees/blob/main/docs/formats.md" in links(found)


def test_every_link_of_the_readme_leads_to_a_file(index_text: Any) -> None:
    for each in links((ROOT / "README.md").read_text(encoding="utf-8")):
        assert each.startswith("https://") or (ROOT / each.partition("#")[0]).exists(), each
