"""Coverage-guided fuzzing of everything that reads text from outside: only documented errors may come out.

    python fuzz/fuzz.py TARGET [libFuzzer arguments] fuzz/corpus/TARGET

What loads must also come back the same after it is written. Of the last two targets the bytes are the choices by which
a plan and its figures are drawn: there the evaluator must say what the oracle of the tests says, and the engines of
frames what the evaluator says. Needs atheris, which is no dependency of ours: ``pip install atheris``. ``fuzz/run``
goes through all targets.
"""

import io
import random
import sys
import tempfile
import zipfile
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["outcome_bees", "json", "tomllib", "csv"]):
    from outcome_bees import OutcomeBeesError, Period, Plan, Unit, read_statement
    from outcome_bees.interchange import from_iati, from_stratml, to_iati, to_stratml
    from outcome_bees.layouts.ees import EesLayout
    from outcome_bees.serializers import dump_observations, dump_plan, load_observations, load_plan
    from outcome_bees.sources import load_sources

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="a" '
    f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="a" sheetId="1" r:id="b"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="b" '
    f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
EES = EesLayout(indicators={"rate": "rate"}, filters={"sex": "sex"}, as_at="03-31")


def text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def plan(format: str, data: bytes) -> None:
    loaded = load_plan(io.BytesIO(data), format=format)
    again = io.BytesIO()
    dump_plan(loaded, again, format=format)
    again.seek(0)
    assert load_plan(again, format=format) == loaded


def figures(format: str, data: bytes) -> None:
    loaded = load_observations(io.BytesIO(data), format=format)
    again = io.BytesIO()
    dump_observations(loaded, again, format=format)
    again.seek(0)
    assert load_observations(again, format=format) == loaded


def sheet(data: bytes) -> None:
    """The bytes are those of a sheet: of a whole workbook, hardly a change would leave it unpackable."""
    workbook = io.BytesIO()
    with zipfile.ZipFile(workbook, "w") as packed:
        for name, part in PARTS.items():
            packed.writestr(name, part)
        packed.writestr("xl/worksheets/sheet1.xml", data)
    figures("xlsx", workbook.getvalue())


def open_data(data: bytes) -> None:
    load_observations(io.BytesIO(data), format="csv", layout=EES, on_error="collect")


def period(data: bytes) -> None:
    said = text(data)
    for calendar in (None, "academic", "financial"):
        try:
            read = Period.parse(said, calendar)
        except OutcomeBeesError:
            continue
        assert Period.parse(str(read)) == read


def unit(data: bytes) -> None:
    parsed = Unit.parse(text(data))
    assert Unit(str(parsed)) == parsed
    parsed.convertible(Unit("percent"))


@cache
def folder() -> Path:
    return Path(tempfile.mkdtemp())


def sources(data: bytes) -> None:
    """A document of sources, and after a line of dashes the table ``figures.csv`` that it may read."""
    document, _, table = data.partition(b"\n---\n")
    if b"query" in document or b"database" in document or b"\\" in document or b"/dev" in document:
        return  # no address is to be called
    (folder() / "figures.csv").write_bytes(table)
    (folder() / "sources.yaml").write_bytes(document)
    load_sources(folder() / "sources.yaml", implausible_ok=True)


def stratml(data: bytes) -> None:
    read = from_stratml(io.BytesIO(data), area="E10000015")
    document, _ = to_stratml(read.plan, read.observations)
    from_stratml(io.BytesIO(document))


def iati(data: bytes) -> None:
    read = from_iati(io.BytesIO(data), area="E10000015")
    document, _ = to_iati(read.plan, read.observations)
    from_iati(io.BytesIO(document))


class Choices(random.Random):
    """Takes every choice from bytes, so that a small change of them is a small change of what is drawn."""

    def __new__(cls, data: bytes) -> "Choices":
        return super().__new__(cls, len(data))

    def __init__(self, data: bytes) -> None:
        super().__init__(len(data))
        self.data, self.at = data, 0

    def getrandbits(self, k: int) -> int:
        size = (k + 7) // 8
        taken = self.data[self.at : self.at + size]
        self.at += size
        return int.from_bytes(taken, "big") >> (8 * size - k) if len(taken) == size else super().getrandbits(k)

    def random(self) -> float:
        return self.getrandbits(16) / 65536


@cache
def of_tests(name: str) -> Any:
    """A module of the tests, whose folder is on the path only while it is imported."""
    root = str(Path(__file__).resolve().parents[1])
    sys.path.insert(0, root)
    try:
        return import_module(f"tests.{name}")
    finally:
        sys.path.remove(root)


def evaluator(data: bytes) -> None:
    case = of_tests("oracles.drawing").draw(Choices(data))
    held = of_tests("oracles.test_evaluator")
    found = held.differences(case, held.given(case), of_tests("oracles.oracle").answer(case))
    assert not found, f"{found}\n{case}"


def engines(data: bytes) -> None:
    engine, data = data[:1], data[1:]
    drawing, bulk = of_tests("oracles.drawing"), of_tests("agreement.test_agreement")
    case = drawing.draw(Choices(data))
    installed = ("polars", "pandas alone", "pyarrow alone", "duckdb")
    name = installed[engine[0] % 4 if engine and engine[0] % 16 < 4 else 0]  # the others are slower
    targets = [] if case.target is None else [case.target]
    plan = Plan(id="p", title="P", measures=[case.measure], targets=targets, comparators=drawing.COMPARATORS)
    whole = (plan, list(case.observations), case.policy, case.as_of)
    if case.observations:
        bulk.agree(whole, bulk.one_by_one(*whole), bulk.of_rows(bulk.answered(name, whole)))


TARGETS = {
    "plan-json": lambda data: plan("json", data),
    "plan-yaml": lambda data: plan("yaml", data),
    "plan-toml": lambda data: plan("toml", data),
    "figures-csv": lambda data: figures("csv", data),
    "figures-json": lambda data: figures("json", data),
    "figures-xlsx": sheet,
    "open-data": open_data,
    "period": period,
    "unit": unit,
    "statement": lambda data: read_statement(text(data)),
    "sources": sources,
    "stratml": stratml,
    "iati": iati,
    "evaluator": evaluator,
    "engines": engines,
}


def one(data: bytes) -> None:
    try:
        TARGETS[target](data)
    except OutcomeBeesError as error:
        str(error)


if __name__ == "__main__":
    target = sys.argv.pop(1)
    if target == "--targets":
        print(*TARGETS)
        sys.exit()
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
