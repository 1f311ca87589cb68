"""Coverage-guided fuzzing of everything that reads text from outside: only documented errors may come out.

    python fuzz/fuzz.py TARGET [libFuzzer arguments] fuzz/corpus/TARGET

What loads must also come back the same after it is written. Needs atheris, which is no dependency of ours:
``pip install atheris``. ``fuzz/run`` goes through all targets.
"""

import io
import sys
import zipfile

import atheris

with atheris.instrument_imports(include=["outcome_bees", "json", "tomllib", "csv"]):
    from outcome_bees import OutcomeBeesError, Period, Unit, read_statement
    from outcome_bees.layouts.ees import EesLayout
    from outcome_bees.serializers import dump_observations, dump_plan, load_observations, load_plan

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
}


def one(data: bytes) -> None:
    try:
        TARGETS[target](data)
    except OutcomeBeesError as error:
        str(error)


if __name__ == "__main__":
    target = sys.argv.pop(1)
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
