"""See that an extra alone is enough for what it is there for: in an environment that has no other."""

import json
import os
import sys
from collections import Counter
from contextlib import suppress
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from outcome_bees import DocumentError, evaluate_plan, frames, load_observations, load_plan
from outcome_bees.serializers import dump_observations, dump_plan

BRINGS = {
    "polars": "polars",
    "pandas": "pandas",
    "duckdb": "duckdb",
    "arrow": "pyarrow",
    "excel": "xlsxwriter",
    "toml": "tomli_w",
    "schema": "jsonschema",
    "report": "matplotlib",
    "sql": "adbc_driver_postgresql",
    "xml": "lxml",
}
AS_OF = date(2025, 12, 31)
PLAN = load_plan("examples/hertfordshire-2024-25.yaml")
FIGURES = load_observations("examples/hertfordshire.csv", PLAN)


def frame(extra: str) -> Any:
    """The example's figures as a frame of the extra's own sort."""
    columns = frames.from_observations(FIGURES)
    if extra == "polars":
        import polars

        return polars.DataFrame(columns)
    if extra == "pandas":
        import pandas

        return pandas.DataFrame(columns)
    if extra == "arrow":
        import pyarrow

        return pyarrow.table(columns)
    import duckdb

    connection = duckdb.connect()
    kinds = ("DOUBLE" if name in ("value", "numerator", "denominator") else "VARCHAR" for name in columns)
    named = ", ".join(f"{name} {kind}" for name, kind in zip(columns, kinds, strict=True))
    connection.execute(f"CREATE TABLE figures ({named})")
    marks = ", ".join("?" * len(columns))
    connection.executemany(f"INSERT INTO figures VALUES ({marks})", list(zip(*columns.values(), strict=True)))
    return connection.table("figures")


def evaluates(extra: str) -> None:
    """Bulk gives the statuses that ``evaluate_plan`` gives, in every place."""
    rows = frames.evaluations(frames.evaluate(PLAN, frame(extra), as_of=AS_OF), as_of=AS_OF, plan=PLAN)
    areas = {figure.area for figure in FIGURES}
    alone = [each for area in areas for each in evaluate_plan(PLAN, FIGURES, as_of=AS_OF, area=area).evaluations]
    one, other = (
        Counter((each.target, each.measure, each.area, each.status, each.reason) for each in some)
        for some in (rows, alone)
    )
    assert one == other, (one - other, other - one)


def writes(extra: str, folder: Path) -> None:
    """What is written in a format is what is read again."""
    if extra == "excel":
        dump_observations(FIGURES, folder / "figures.xlsx")
        assert len(load_observations(folder / "figures.xlsx", PLAN)) == len(FIGURES)
    elif extra == "toml":
        dump_plan(PLAN, folder / "plan.toml")
        assert load_plan(folder / "plan.toml") == PLAN
    elif extra == "report":
        card = evaluate_plan(PLAN, FIGURES, as_of=AS_OF, area="E10000015")
        for suffix in ("html", "docx", "xlsx"):
            card.report(folder / f"report.{suffix}")
            assert (folder / f"report.{suffix}").stat().st_size > 10_000
    elif extra == "sql":
        from outcome_bees.databases import load_query, query_frame

        card = evaluate_plan(PLAN, FIGURES, as_of=AS_OF, area="E10000015")
        assert card.to_database(folder / "answers.sqlite") == len(card.evaluations)
        query = "SELECT measure, 'CY2025' AS period, area, value FROM answers WHERE value IS NOT NULL"
        assert len(load_query(folder / "answers.sqlite", query)) == query_frame(folder / "answers.sqlite", query).height
        os.environ["COUNCIL"] = "postgresql+none://127.0.0.1/none"
        with suppress(DocumentError):  # SQLAlchemy is there, and says that the driver is not
            load_query("env:COUNCIL", query)
    elif extra == "xml":
        from outcome_bees.interchange import from_stratml, to_iati, to_stratml

        document, losses = to_stratml(PLAN, extensions=True)
        (folder / "plan.xml").write_bytes(document)
        assert not losses
        assert from_stratml(folder / "plan.xml").plan == PLAN
        assert not to_iati(PLAN, FIGURES, extensions=True)[1]
    else:
        import jsonschema

        from outcome_bees.serializers.schema import json_schema

        dump_plan(PLAN, folder / "plan.json")
        written = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator(json_schema()).validate(written)


def main(extra: str) -> None:
    assert find_spec(BRINGS[extra]), f"the extra {extra} has not brought {BRINGS[extra]}"
    if extra in ("polars", "pandas", "duckdb", "arrow"):
        evaluates(extra)
    else:
        with TemporaryDirectory() as folder:
            writes(extra, Path(folder))
    print(f"{extra}: enough by itself")


if __name__ == "__main__":
    main(sys.argv[1])
