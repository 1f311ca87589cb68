"""A large table of figures, through whichever data frame engine is installed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
from attrs import frozen

from outcome_bees import frames
from outcome_bees.cli.answer import Value
from outcome_bees.cli.figures import ANSWER, Everywhere, number
from outcome_bees.cli.vetting import Vetted, vetted
from outcome_bees.evaluation.policy import Policy
from outcome_bees.evaluation.tally import Tally
from outcome_bees.frames.door import Door
from outcome_bees.model.aims import Rank
from outcome_bees.model.observations import Observations
from outcome_bees.model.plan import Plan
from outcome_bees.serializers.layouts import OwnLayout
from outcome_bees.serializers.observations import finished
from outcome_bees.serializers.table import Table
from outcome_bees.serializers.typed import as_text
from outcome_bees.vocabulary import Status

__all__ = ["large"]

_AS_TEXTS: dict[str, dict[str, Any]] = {
    "polars": {"infer_schema": False},
    "duckdb": {"all_varchar": True, "header": True, "quotechar": '"'},
}
"""How each engine reads CSV as the texts that it holds."""


def large(path: Path, engine: str, folder: Path, plan: Plan, *, unknown_measures_ok: bool) -> "_Many | None":
    """The figures of a file, where all of it is in order; else the other reader tells what is wrong, and where.

    Args:
        folder: Where the figures may be put in another form, for as long as they are needed.
    """
    is_csv = path.suffix.lower() == ".csv"
    layout, backend, held = OwnLayout(guard=is_csv), _backend(engine), path
    try:
        if is_csv:  # it is gone through several times, and by columns that costs a tenth
            held = folder / "figures.parquet"
            nw.scan_csv(str(path), backend=backend, **_AS_TEXTS[engine]).sink_parquet(held)
        raw: Any = nw.scan_parquet(str(held), backend=backend)
        found = vetted(raw, layout, plan, unknown_measures_ok=unknown_measures_ok)
    except Exception:  # each engine has errors of its own
        return None
    return None if found is None else _Many(str(path), raw, layout, found)


def _backend(engine: str) -> Any:
    return engine


@frozen
class _Many:
    """Figures that stay where they lie."""

    _name: str
    _raw: nw.LazyFrame[Any]
    _layout: OwnLayout
    _vetted: Vetted

    @property
    def areas(self) -> tuple[str, ...]:
        return self._vetted.areas

    def needed_for(self, plan: Plan, area: str) -> Observations:
        """The figures of a place and its comparators, and of all places where it is ranked among them."""
        aims = [(target.measure, target.aim) for target in plan.targets]
        ranked = [measure for measure, aim in aims if isinstance(aim, Rank) and aim.among is None]
        areas = [area, *(each for comparator in plan.comparators for each in comparator.areas)]
        wanted = nw.col("area").is_in(areas) | nw.col("measure").is_in(ranked)
        known = nw.col("measure").is_in([each.id for each in plan.measures])
        rows = Door(nw.to_native(self._raw)).rows(self._raw.filter(wanted & known))
        found = Table(self._name)
        found.read(self._texts(rows), self._layout)
        figures = finished(found, plan, collect=False)
        assert isinstance(figures, Observations), "nothing was collected beside them"
        return figures

    def _texts(self, rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, list[str]]]:
        yield 1, list(self._raw.collect_schema())
        for row in rows:
            yield 1, [as_text(cell) for cell in row.values()]

    def everywhere(self, plan: Plan, as_of: date, policy: Policy) -> Everywhere:
        """The answers in every place, made by the engine."""
        found = self._vetted
        answers = frames.evaluate(
            plan,
            found.figures,
            as_of=as_of,
            policy=policy,
            breakdown=found.parts,
            distinct_ok=True,  # it has been looked at
        )
        tallied = Door(frames.roll_up(plan, answers, policy=policy))
        rows = tallied.rows(tallied.figures)
        tallies = {row["area"]: Tally({each: int(row[each.value]) for each in Status}) for row in rows}
        return Everywhere(dict(sorted(tallies.items())), lambda: _in_order(plan, answers))


def _in_order(plan: Plan, answers: Any) -> Iterator[tuple[Value, ...]]:
    """The rows of the answers, place by place in the plan's order."""
    measures = {each.id: place for place, each in enumerate(plan.measures)}
    targets = {each.id: place for place, each in enumerate(plan.targets)}
    door = Door(answers)
    rows = door.rows(door.figures.select(*ANSWER))
    rows.sort(key=lambda row: (row["area"], measures[row["measure"]], targets.get(row["target"], -1)))
    for row in rows:
        yield tuple(number(cell) if isinstance(cell, float) else cell for cell in (row[name] for name in ANSWER))
