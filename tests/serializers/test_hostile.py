"""Input that was made to hurt gets one documented error, and the process lives on.

That it does so quickly and in little memory is measured in benchmarks/serializers.py.
"""

import io
import os
import random
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from outcome_bees import DocumentError, Observation, OutcomeBeesError, dump_observations, load_observations, load_plan
from outcome_bees.errors import InvalidValueError
from outcome_bees.serializers import file_access as files
from outcome_bees.serializers.tables import csv as rows

HEAD = "format: outcome-bees/1\nid: p\ntitle: P\n"
JSON = '{"format": "outcome-bees/1", "id": "p", "title": %s}'
DEEP = 100_000
DIGITS = "9" * 1_000_000


def of(text: str | bytes) -> Any:
    return io.BytesIO(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))


PLANS: dict[str, tuple[str, str | bytes]] = {
    "lists 100,000 deep": ("json", "[" * DEEP),
    "lists 100,000 deep, and closed": ("json", JSON % ("[" * DEEP + "]" * DEEP)),
    "mappings 100,000 deep": ("json", '{"a":' * DEEP),
    "lists 100,000 deep in YAML": ("yaml", "[" * DEEP),
    "mappings 100,000 deep in YAML": ("yaml", "{a: " * DEEP),
    "blocks 100,000 deep in YAML": ("yaml", "- " * DEEP),
    "lists 100,000 deep in TOML": ("toml", "a = " + "[" * DEEP),
    "a key of 30,000 parts in quotes in TOML": ("toml", ".".join(['":"'] * 30_000) + " = 1"),
    "a table of 30,000 parts in quotes in TOML": ("toml", "[" + ".".join(['":"'] * 30_000) + "]"),
    "keys of 62 parts in TOML": ("toml", "".join(".".join("a" * 61) + f".z{n} = 1\n" for n in range(10_000))),
    "text of four million characters in TOML": ("toml", f'title = "{"x" * 4_000_000}"'),
    "text of two million lines in TOML": ("toml", 'title = """' + "x\n" * 2_000_000 + '"""'),
    "a key without end in TOML": ("toml", "k" * 1_000_000 + " = 1"),
    "quotes alone in TOML": ("toml", "'" * 1_000_000),
    "points alone in TOML": ("toml", "." * 1_000_000),
    "backslashes alone in TOML": ("toml", 'a = "' + "\\" * 1_000_001),
    "a key of 20,000 parts in TOML": ("toml", ".".join("a" * 20_000) + " = 1"),
    "a number of a million digits": ("json", JSON % DIGITS),
    "a number of a million digits in YAML": ("yaml", HEAD + f"source: {DIGITS}"),
    "a number of a million digits in TOML": ("toml", f"a = {DIGITS}"),
    "a million digits where a whole number stands": (
        "json",
        '{"format": "outcome-bees/1", "id": "p", "title": "P", "measures": [{"id": "m", "title": "M",'
        f' "unit": "percent", "decimals": {DIGITS}}}]}}',
    ),
    "seventy digits where a whole number stands": (
        "yaml",
        HEAD + f"measures: [{{id: m, title: M, unit: percent, decimals: {DIGITS[:70]}}}]",
    ),
    "a fraction of a million digits": ("json", JSON % f"0.{DIGITS}"),
    "1e999999999": ("json", JSON % "1e999999999"),
    "an exponent of 100 digits": ("json", JSON % f"1e{'9' * 100}"),
    "an exponent of 100 digits in TOML": ("toml", f"a = 1e{'9' * 100}"),
    "NaN": ("json", JSON % "NaN"),
    "Infinity": ("json", JSON % "-Infinity"),
    "an alias bomb": ("yaml", "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"),
    "an anchor to itself": ("yaml", "&a [*a]"),
    "a tag that makes an object": ("yaml", "!!python/object/apply:os.system [true]"),
    "a tag that turns text into bytes": ("yaml", HEAD + "source: !!binary aGk="),
    "a merge key": ("yaml", HEAD + "<<: {source: x}"),
    "a key that is a list": ("yaml", HEAD + "? [a]\n: b"),
    "sixty thousand tag directives": ("yaml", "".join(f"%TAG !a{number}! tag:x\n" for number in range(60_000))),
    "tag directives behind a document": ("yaml", HEAD + "...\n" + "%TAG !a! tag:x\n" * 3),
    "a hundred thousand equal keys": ("yaml", HEAD + "source: x\n" * 100_000),
    "a list of a million numbers where measures should be": ("json", f'{{"measures": [{"1," * 1_000_000}1]}}'),
    "a directive of a version to come": ("yaml", "%YAML 9.9\n---\n" + HEAD),
    "a key twice": ("json", '{"format": "outcome-bees/1", "id": "p", "id": "q", "title": "P"}'),
    "half a surrogate pair": ("json", JSON % r'"\ud800"'),
    "half a surrogate pair in YAML": ("yaml", HEAD + 'source: "\\ud800"'),
    "half a surrogate pair as bytes": ("yaml", HEAD.encode() + b"source: \xed\xa0\x80"),
    "a NUL": ("json", JSON % r'"a\u0000b"'),
    "a NUL as a byte": ("yaml", HEAD + "source: a\0b"),
    "a control character": ("yaml", HEAD + "source: a\x07b"),
    "UTF-16": ("json", (JSON % '"P"').encode("utf-16")),
    "Windows-1252": ("yaml", HEAD.encode() + b"source: caf\xe9"),
    "nothing": ("json", ""),
    "only a byte order mark": ("yaml", b"\xef\xbb\xbf"),
    "text of two million characters": ("json", JSON % f'"{"x" * 2_000_000}"'),
    "a list of a million where text should be": ("json", JSON % f"[{'1,' * 1_000_000}1]"),
    "a million keys": ("json", "{" + ",".join(f'"k{number}":1' for number in range(100_000)) + "}"),
    "a million-fold key": ("yaml", "k" * 1_000_000 + ": 1"),
    "a unit that is a sum to be worked out": ("yaml", HEAD + "measures: [{id: m, title: M, unit: 10**10**10}]"),
}


@contextmanager
def refused(what: str) -> Iterator[None]:
    with pytest.raises(DocumentError) as caught:
        yield
    assert what in str(caught.value)


@pytest.mark.parametrize("what", PLANS)
def test_a_hostile_plan_is_refused(what: str) -> None:
    format, text = PLANS[what]
    with pytest.raises(DocumentError) as caught:
        load_plan(of(text), format=format)
    assert caught.value.problems
    assert len(str(caught.value)) < 20_000, "the message must not flood the reader"


ROWS = "measure,period,area,value\n"
TABLES: dict[str, str | bytes] = {
    "nothing": "",
    "a row of two million characters": ROWS + "x" * 2_000_000,
    "a quote that is never closed": ROWS + 'm,CY2024,E1,"' + "x\n" * 200_000,
    "a quote in the middle": ROWS + 'm,CY2024,E1,"1"2\n',
    "a NUL": ROWS + "m\0,CY2024,E1,1\n",
    "UTF-16": ROWS.encode("utf-16"),
    "Windows-1252": ROWS.encode() + b"caf\xe9,CY2024,E1,1\n",
    "carriage returns alone": (ROWS + "m,CY2024,E1,1\n").replace("\n", "\r"),
    "a million digits": ROWS + f"m,CY2024,E1,{'9' * 100_000}\n",
    "1e999999999": ROWS + "m,CY2024,E1,1e999999999\n",
    "not a number": ROWS + "m,CY2024,E1,NaN\n",
    "a thousands separator": ROWS + 'm,CY2024,E1,"1,234"\n',
    "Arabic digits": ROWS + "m,CY2024,E1,\u0661\u0662\n",
    "an underscore": ROWS + "m,CY2024,E1,1_0\n",
    "cells too many": ROWS + "m,CY2024,E1,1,2\n",
    "a hundred thousand columns": ",".join(f"c{number}" for number in range(100_000)) + "\n",
    "a column twice": "measure,period,area,value,value\nm,CY2024,E1,1,2\n",
}


@pytest.mark.parametrize("what", TABLES)
def test_a_hostile_table_is_refused(what: str) -> None:
    with pytest.raises(DocumentError) as caught:
        load_observations(of(TABLES[what]), format="csv")
    assert len(str(caught.value)) < 40_000


A1 = '<c r="A1"/>'
SHARED = "xl/sharedStrings.xml"
SST = '<sst uniqueCount="%d"><si><t>x</t></si></sst>'


def one_cell(number: float, format: str) -> Any:
    """A workbook with one number, shown in a format."""
    file = io.BytesIO()
    book = pytest.importorskip("xlsxwriter").Workbook(file, {"in_memory": True})
    book.add_worksheet().write_number(0, 0, number, book.add_format({"num_format": format}))
    book.close()
    file.seek(0)
    return file


def packed(parts: dict[str, str | bytes]) -> Any:
    """An archive of some parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in parts.items():
            book.writestr(name, part)
    file.seek(0)
    return file


def workbook(sheet: str | bytes, **parts: str | bytes) -> Any:
    pytest.importorskip("python_calamine")
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    relation = f'<Relationship Id="a" Type="{office}/%s" Target="%s"/>'
    relation = f'<Relationships xmlns="{package}/relationships">{relation}</Relationships>'
    sheets = '<sheets><sheet name="s" sheetId="1" r:id="a"/></sheets>'
    standing = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": relation % ("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns:r="{office}">{sheets}</workbook>',
        "xl/_rels/workbook.xml.rels": relation % ("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet,
    }
    return packed({**standing, **parts})


SHEET = "<worksheet><sheetData>%s</sheetData></worksheet>"
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
WORKBOOKS: dict[str, Callable[[], Any]] = {
    "a cell at the far corner": lambda: workbook(SHEET % FAR),
    "a far cell behind a sign that ends a tag": lambda: workbook(SHEET % '<row><c t="a>b" r="XFD1048576"/></row>'),
    "a far cell behind a million spaces": lambda: workbook(SHEET % f'<row><c {" " * 2_000_000} r="XFD1048576"/></row>'),
    "a far cell in text that is no XML": lambda: workbook("x" + SHEET % FAR),
    "a column that no sheet has": lambda: workbook(SHEET % '<row><c r="ZZZZZZZZ1"><v>1</v></c></row>'),
    "a far cell by counting": lambda: workbook(SHEET % f"<row>{'<c/>' * 50_000}</row>{'<row><c/></row>' * 50_000}"),
    "a document type with entities": lambda: workbook('<!DOCTYPE a [<!ENTITY b "c">]>' + SHEET % ""),
    "a part of 300 million bytes": lambda: workbook(SHEET % "", **{"xl/media/a.png": bytes(300_000_000)}),
    "a cell in a column before the last": lambda: workbook(SHEET % '<row><c r="B1"/><c r="A1"/></row>'),
    "a row before the last": lambda: workbook(SHEET % '<row r="2"/><row r="1"/>'),
    "eight million cells in one place": lambda: workbook(SHEET % f"<row>{A1 * 8_000_000}</row>"),
    "texts more than there are": lambda: workbook(SHEET % "", **{SHARED: SST % 4_294_967_295}),
    "texts more than memory can be": lambda: workbook(SHEET % "", **{SHARED: SST % 10**18}),
    "texts fewer than none": lambda: workbook(SHEET % "", **{SHARED: SST % -1}),
    "texts in what is no XML": lambda: workbook(SHEET % "", **{SHARED: "x" + SST % 10**18}),
    "an encoding that there is not": lambda: workbook('<?xml version="1.0" encoding="foo"?>' + SHEET % ""),
    "an encoding that another reader may not heed": lambda: workbook('<?xml version="1.0" encoding="cp037"?>'),
    "an OpenDocument sheet": lambda: packed({"mimetype": "application/vnd.oasis", "content.xml": "<office/>"}),
    "a binary workbook": lambda: packed({"xl/workbook.bin": "x"}),
    "a binary workbook beside another": lambda: workbook(SHEET % "", **{"xl/workbook.bin": "x"}),
    "an archive behind bytes of another sort": lambda: of(bytes(100) + workbook(SHEET % "").getvalue()),
    "a time of two billion hours": lambda: one_cell(2_147_483_647, "[h]:mm"),
    "a number that is no date": lambda: one_cell(-1e308, "yyyy-mm-dd"),
    "no workbook": lambda: of("hello"),
    "an old workbook": lambda: of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "a zip of nothing": lambda: of(b"PK\x05\x06" + bytes(18)),
    "half a workbook": lambda: of(workbook(SHEET % FAR).getvalue()[:700]),
}


@pytest.mark.parametrize("what", WORKBOOKS)
def test_a_hostile_workbook_is_refused(what: str) -> None:
    pytest.importorskip("python_calamine")
    with pytest.raises(DocumentError):
        load_observations(WORKBOOKS[what](), format="xlsx")


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + bytes(100) + b"PAR1"])
def test_what_is_no_parquet_is_refused(content: bytes) -> None:
    pytest.importorskip("polars")
    with refused("not Parquet"):
        load_observations(of(content), format="parquet")


@pytest.mark.parametrize("engine", ["polars", "pyarrow"])
def test_a_parquet_file_with_damaged_bytes_is_read_or_refused(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pl = pytest.importorskip("polars")
    pytest.importorskip(engine)
    monkeypatch.setattr("outcome_bees.serializers.tables.parquet._ENGINES", (engine,))
    row = {"measure": "m", "period": "CY2024", "area": "E10000015", "value": "1.5"}
    pl.DataFrame([row] * 50).write_parquet(file := io.BytesIO())
    drawn, refusals = random.Random(7), 0
    for _ in range(150):
        damaged = bytearray(file.getvalue())
        for _ in range(drawn.choice((1, 2, 5))):
            damaged[drawn.randrange(len(damaged))] = drawn.randrange(256)
        try:
            load_observations(of(bytes(damaged)), format="parquet")
        except OutcomeBeesError:
            refusals += 1
    assert refusals > 100


@pytest.mark.parametrize("engine", ["polars", "pyarrow"])
def test_more_rows_of_parquet_than_can_be_held_are_refused_unread(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pl = pytest.importorskip("polars")
    pytest.importorskip(engine)
    monkeypatch.setattr("outcome_bees.serializers.tables.parquet._ENGINES", (engine,))
    pl.DataFrame({"measure": ["m"]}).select(pl.col("measure").repeat_by(11_000_000).explode()).write_parquet(
        file := io.BytesIO()
    )
    with refused("it has 11,000,000 rows; allowed: 10,000,000"):
        load_observations(of(file.getvalue()), format="parquet")


@pytest.mark.parametrize(
    "name", ["plan.yaml", "plan.json", "plan.toml", "figures.csv", "figures.xlsx", "figures.parquet"]
)
def test_what_is_no_file_is_refused_in_words(name: str, tmp_path: Path) -> None:
    load: Callable[[Path], object] = load_plan if name.startswith("plan") else load_observations
    path = tmp_path / name
    with refused("there is no such file"):
        load(path)
    path.mkdir()
    with refused("it is a directory"):
        load(path)
    path.rmdir()
    with refused("no file can have that name"):
        load(tmp_path / f"a\0{name}")
    if hasattr(os, "mkfifo"):
        os.mkfifo(path)
        with refused("it is a pipe or a device"):
            load(path)


def test_a_file_larger_than_any_document_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    with path.open("wb") as file:
        file.truncate(files.MAX_BYTES + 1)
    with refused("larger than"):
        load_plan(path)


def test_a_gigabyte_of_one_line_is_refused_after_its_first_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    with path.open("wb") as file:
        file.truncate(2**30)
    with refused("a row of more than"):
        load_observations(path)


class Endless(io.RawIOBase):
    """A file that never ends, and counts what was read of it."""

    taken = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        assert size >= 0, "an endless file must be read in pieces"
        self.taken += size
        return b"x" * size


@pytest.mark.parametrize(("format", "most"), [("csv", 2 * rows.MAX_ROW), ("json", files.MAX_BYTES + 2**21)])
def test_a_file_without_end_is_given_up(format: str, most: int) -> None:
    file = Endless()
    with pytest.raises(DocumentError):
        load_observations(file, format=format)
    assert file.taken <= most


class Broken(io.RawIOBase):
    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        raise OSError("the disk is gone")


@pytest.mark.parametrize("format", ["csv", "json", "xlsx"])
def test_a_disk_that_fails_is_an_error_of_ours(format: str) -> None:
    pytest.importorskip("python_calamine")
    with pytest.raises(OutcomeBeesError):
        load_observations(Broken(), format=format)


class Odd(io.RawIOBase):
    """A file that gives what no file should."""

    def __init__(self, *pieces: Any) -> None:
        self._pieces = list(pieces)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> Any:
        return self._pieces.pop(0) if self._pieces else b""


@pytest.mark.parametrize("format", ["csv", "json"])
@pytest.mark.parametrize("pieces", [(None,), (5,), (b"a", "b"), ("a", b"b"), ([],)])
def test_a_file_that_gives_neither_bytes_nor_text_is_told(format: str, pieces: tuple[Any, ...]) -> None:
    with refused("where bytes or text should be"):
        load_observations(Odd(*pieces), format=format)


@pytest.mark.parametrize("format", ["csv", "json"])
def test_bytes_may_come_in_any_wrapping(format: str) -> None:
    text = ROWS + "m,CY2024,E1,1\n" if format == "csv" else '{"format": "outcome-bees/1", "observations": []}'
    load_observations(Odd(bytearray(text.encode())), format=format)


@pytest.mark.parametrize("source", [None, 5, b"x"])
def test_what_is_no_source_is_the_callers_mistake(source: Any) -> None:
    with pytest.raises(InvalidValueError):
        load_plan(source, format="json")


FIGURE = Observation(measure="m", period="CY2024", area="E1", value=1)


def test_a_file_is_replaced_whole_or_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("before")
    path.chmod(0o640)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with refused("no space left"):
        dump_observations([FIGURE], path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path], "nothing is left behind"
    monkeypatch.undo()
    dump_observations([FIGURE], path)
    assert path.read_text().startswith("measure")
    assert path.stat().st_mode & 0o777 == 0o640


def test_writing_where_nothing_can_be_written_is_an_error_of_ours(tmp_path: Path) -> None:
    for path in (tmp_path / "none" / "figures.csv", tmp_path):
        with refused("cannot be"):
            dump_observations([FIGURE], path, format="csv")


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("before")
    link.symlink_to(real)
    dump_observations([FIGURE], link)
    assert link.is_symlink()
    assert real.read_text().startswith("measure")
