"""What methods say beside a scorecard's answers, as a table for people and as columns for spreadsheets."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from outcome_bees.evaluation.wording import published
from outcome_bees.methods.analysis import Analysis, MeasureAnalysis, Method
from outcome_bees.methods.projection import Forecast
from outcome_bees.methods.trend import Trend
from outcome_bees.model.measure import Measure
from outcome_bees.presentation import console, html
from outcome_bees.presentation.blocks import Cell, Column, Group, Row, Table
from outcome_bees.presentation.numbers import difference
from outcome_bees.reports._chart_words import chart_in_words
from outcome_bees.reports.answers import tables_of
from outcome_bees.reports.tabular import COLUMNS, answer_rows

Value = str | Decimal | float | int | bool | date | None
__all__ = ["analysis_as_html", "analysis_as_text", "analysis_columns", "analysis_rows", "analysis_tables"]

_HEADINGS = {
    Method.CERTAINTY: "Chance",
    Method.TREND: "Recent trend",
    Method.SPC: "Control chart",
    Method.FORECAST: "Straight line",
}
_COLUMNS = {
    Method.CERTAINTY: ("certainty", "certainty_reason"),
    Method.TREND: ("trend", "trend_judged", "trend_chi_square", "trend_reason"),
    Method.SPC: ("variation", "assurance", "mean", "lower_limit", "upper_limit", "spc_reason"),
    Method.FORECAST: ("projected", "pace", "pace_needed", "forecast_reason"),
}


def analysis_tables(analysis: Analysis) -> tuple[Table, ...]:
    """Make the tables of a card, and one of what methods say beside its answers."""
    return (*tables_of(analysis.card), _beside(analysis))


def analysis_as_text(analysis: Analysis) -> str:
    """Write the tables as text, 80 columns wide."""
    return console.text(analysis_tables(analysis))


def analysis_as_html(analysis: Analysis) -> str:
    """Write the tables as a piece of HTML, as a notebook shows them."""
    return html.html(analysis_tables(analysis))


def analysis_columns(analysis: Analysis) -> tuple[str, ...]:
    """Return the names of the columns of ``analysis_rows``: those of an answer, and those of the methods asked."""
    return (*COLUMNS, *(name for method in analysis.methods for name in _COLUMNS[method]))


def analysis_rows(analysis: Analysis) -> Iterator[dict[str, Value]]:
    """Return one row for each answer, with what methods say in further columns; numbers are exact."""
    for row, beside in zip(answer_rows(analysis.card, exact=True), analysis.answers, strict=True):
        found = _facts(beside)
        yield {**row, **{name: found[name] for method in analysis.methods for name in _COLUMNS[method]}}


def _facts(beside: MeasureAnalysis) -> dict[str, Value]:
    trend, chart = beside.trend or Trend(), beside.spc
    line = None if chart is None or not chart.segments else chart.segments[-1]
    ahead = beside.forecast
    return {
        "certainty": _word(beside.certainty),
        "certainty_reason": _word(beside.certainty_reason),
        "trend": _word(trend.direction),
        "trend_judged": _word(trend.judged),
        "trend_chi_square": trend.chi_square,
        "trend_reason": _word(trend.reason),
        "variation": None if chart is None else _word(chart.variation),
        "assurance": None if chart is None else _word(chart.assurance),
        "mean": None if line is None else line.mean,
        "lower_limit": None if line is None else line.lower,
        "upper_limit": None if line is None else line.upper,
        "spc_reason": None if chart is None else _word(chart.reason),
        "projected": None if ahead is None else ahead.projected,
        "pace": None if ahead is None else ahead.pace,
        "pace_needed": None if ahead is None else ahead.pace_needed,
        "forecast_reason": None if ahead is None else _word(ahead.reason),
    }


def _word(given: object) -> str | None:
    return None if given is None else str(given)


def _beside(analysis: Analysis) -> Table:
    columns = [Column("Measure", least=20), *(Column(_HEADINGS[each], least=12) for each in analysis.methods)]
    plan = analysis.card.plan
    rows = []
    for each, evaluation in zip(analysis.answers, analysis.card.evaluations, strict=True):
        if evaluation.observation is None:  # without a figure no method has anything to say
            continue
        measure = plan.measure(each.measure)
        cells = [Cell(_result_in_words(method, each, measure)) for method in analysis.methods]
        rows.append(Row((Cell(measure.title), *cells)))
    left = len(analysis.answers) - len(rows)
    without = f" {left} without a figure are left out." if left else ""
    note = f"Beside the answers, and no part of them: none of it changes a status.{without}"
    return Table("What methods say", columns, [Group(rows)], note)


def _result_in_words(method: Method, beside: MeasureAnalysis, measure: Measure) -> str:
    match method:
        case Method.CERTAINTY:
            if beside.certainty is not None:
                return str(beside.certainty).replace("_", " ")
            return "" if beside.certainty_reason is None else beside.certainty_reason.words
        case Method.TREND:
            return _trend(beside.trend)
        case Method.SPC:
            return "" if beside.spc is None else chart_in_words(beside.spc)
        case Method.FORECAST:
            return _line(beside.forecast, measure)


def _trend(trend: Trend | None) -> str:
    if trend is None or trend.judged is None:
        return "" if trend is None or trend.reason is None else trend.reason.words
    return str(trend.judged).replace("_", " ")


def _line(ahead: Forecast | None, measure: Measure) -> str:
    if ahead is None:
        return "no due date"
    if ahead.projected is None:
        return "" if ahead.reason is None else ahead.reason.words
    words = f"{published(ahead.projected, measure)} projected"
    if ahead.pace is not None and ahead.pace_needed is not None:
        pace, needed = _pace(ahead.pace, measure), _pace(ahead.pace_needed, measure)
        words += f", at {pace} a year where {needed} is needed"
    return words


def _pace(pace: Decimal, measure: Measure) -> str:
    size = difference(abs(pace), measure.unit, measure.digits)
    return f"{'-' if pace < 0 else '+'}{size}"
