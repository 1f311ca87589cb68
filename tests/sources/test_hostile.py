"""Files and documents that were made to hurt get one documented error, quickly."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from outcome_bees import DocumentError, OutcomeBeesError, inspect, load_sources

WIDE = "    layout: {kind: wide, measures: {m: m}, area: E1, calendar: financial}\n"
LONG = "    layout: {kind: long, columns: {period: p, value: v}, measure: m, area: E1, calendar: financial}\n"
QUICK = 60.0  # seconds; each takes less than one on a machine that has nothing else to do

TABLES = {
    "a thousand columns": ",".join(f"c{n}" for n in range(1000)) + "\n" + ",".join("5" * 1000) + "\n",
    "two thousand columns of periods": "m,"
    + ",".join(f"Q1 {2000 + n % 30}/{(n + 1) % 30:02}" for n in range(2000))
    + "\nm"
    + ",5" * 2000,
    "many labels": "p,v\n" + "".join(f"Q{n} of the year {n},{n}\n" for n in range(20_000)),
    "many symbols": "p,v\n" + "".join(f"2024/25,s{n}\n" for n in range(20_000)),
    "a label of a megabyte": f"p,v\n{'1' * 1_000_000},5\n",
    "a number of a megabyte": f"p,v\n2024/25,{'1,' * 1}{'9' * 1_000_000}\n",
    "brackets without end": f"p,v\n2024/25,{'(' * 100_000}\n",
    "marks without end": f"p,v\n2024/25,5{' (p)' * 50_000}\n",
    "pounds without end": f"p,v\n2024/25,{'£' * 100_000}\n",
    "spaces without end": f"p,v\n2024/25,£1{' ' * 100_000}x\n",
    "quotes": 'p,v\n"2024/25,5\n' * 100,
    "nothing": "",
    "commas alone": "," * 100_000,
}


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[str, str], Path]:
    def written(table: str, layout: str) -> Path:
        (tmp_path / "table.csv").write_text(table, encoding="utf-8")
        document = f"format: outcome-bees/1\nsources:\n  - file: table.csv\n{layout}"
        (tmp_path / "sources.yaml").write_text(document, encoding="utf-8")
        return tmp_path

    return written


@pytest.mark.parametrize("layout", [WIDE, LONG], ids=["wide", "long"])
@pytest.mark.parametrize("name", TABLES)
def test_a_hostile_table_is_refused_quickly(name: str, layout: str, folder: Callable[[str, str], Path]) -> None:
    path = folder(TABLES[name], layout)
    began = time.monotonic()
    with pytest.raises(DocumentError):
        load_sources(path / "sources.yaml")
    assert time.monotonic() - began < QUICK


@pytest.mark.parametrize("name", TABLES)
def test_a_hostile_table_is_looked_at_quickly(name: str, folder: Callable[[str, str], Path]) -> None:
    path = folder(TABLES[name], "")
    began = time.monotonic()
    try:
        draft = inspect(path / "table.csv")
    except OutcomeBeesError:
        draft = None
    assert draft is None or len(str(draft)) < 2_000_000
    assert time.monotonic() - began < QUICK


@pytest.mark.parametrize(
    "document",
    [
        "format: outcome-bees/1\nsources: " + "[" * 5000,
        "format: outcome-bees/1\nsources:\n" + "  - {file: a.csv}\n" * 2000,
        "format: outcome-bees/1\nsources: {}\n",
        "format: outcome-bees/1\nsources: [{file: /etc}]\n",
        "format: outcome-bees/1\nsources: [{file: /dev/zero, format: csv}]\n",
        "format: outcome-bees/1\nsources: [{file: sources.yaml}]\n",
        "format: outcome-bees/1\nsources: [{file: a.csv, layout: {kind: wide, measures: {a: b}, header: [9999999]}}]\n",
    ],
)
def test_a_hostile_document_is_refused_quickly(document: str, tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text(document, encoding="utf-8")
    began = time.monotonic()
    with pytest.raises(DocumentError):
        load_sources(tmp_path / "sources.yaml")
    assert time.monotonic() - began < QUICK
