"""How fast periods are read, moved and compared, beside ``pandas.Period`` in the same run.

Run it with ``python benchmarks/periods.py``. pandas is optional; without it our own figures are printed.
"""

import platform
import sys
from collections.abc import Callable
from itertools import islice, pairwise
from time import perf_counter
from typing import Any

from outcome_bees.errors import PeriodError
from outcome_bees.periods import Period, PeriodKind, YearType

BARS = {"read a code seen before": 300_000, "read a code not seen before": 50_000}
"""How many a second are promised."""

SLOWEST_REFUSAL = 1_000
"""How many microseconds the refusal of hostile text may take."""

HOSTILE = (
    *("x" * 64, "9" * 1_000_000, "-" * 64, " " * 64, "2024/25 " * 8, "2024-25 to " * 5, "99/99/99 " * 7),
    *(
        "2024/25 to 2024/26 - 2026/27",
        "q1 to q3 q1 to q3 q1 to q3",
        "from april to march from april",
        "a" * 20,
    ),
    *("Autum term 2024/25", "1 aaaaaaaaaaaaaaaaaa", "aaaa bbbb cccc 2024", "2022/23 YTD", "45747", "2024/25 (p)"),
    *(
        "\u0662\u0660\u0662\u0664",
        "2024-12\x00",
        "FY2024-25-Q1..Q3..Q4",
        "1 to 2 to 3 to 4 to 5 to 6 to 7 to 8",
    ),
)

COUNT = 20_000
ROUNDS = 7


def distinct_codes() -> list[str]:
    """Codes of every kind but the span, each of them once."""
    first = [
        *(Period.year(1950, each) for each in YearType),
        *(Period.quarter(1950, 1, each) for each in YearType),
        *(Period.to_date(1950, 1, each) for each in YearType),
        Period.month(1950, 1),
        Period.week(1950, 1),
        Period.term(1950, 1),
        Period.containing(Period.month(1950, 1).start, PeriodKind.DAY),
        Period.year_ending(Period.month(1950, 1).end),
    ]
    return [each.shifted(step).code for step in range(COUNT // len(first)) for each in first]


def dates_in_words(september: str) -> list[str]:
    """Days as people write them, each of them once."""
    months = ("Mar", september)
    return [f"{day} {month} {year}" for year in range(1980, 2020) for month in months for day in range(1, 31)]


def per_second(each: Callable[[Any], object], inputs: list[Any], before: Callable[[], object] | None = None) -> float:
    """The best of several rounds, in calls a second."""
    best = float("inf")
    for _ in range(ROUNDS):
        if before is not None:
            before()
        began = perf_counter()
        for given in inputs:
            each(given)
        best = min(best, perf_counter() - began)
    return len(inputs) / best


def refused(text: str) -> None:
    """Read what cannot be read."""
    try:
        Period.parse(text)
    except PeriodError:
        return
    raise AssertionError(f"{text[:80]} was read")


def ours() -> dict[str, float]:
    """Our figures."""
    from outcome_bees.periods import period as module

    codes = distinct_codes()
    few = list(islice(codes, 100))
    quarters = [Period.quarter(1950, 1, "financial").shifted(step) for step in range(400)] * 50
    pairs = list(pairwise(quarters))
    phrases = dates_in_words("Sept")
    forget = module._parsed.cache_clear
    return {
        "read a code seen before": per_second(Period.parse, few * (COUNT // 100)),
        "read a code not seen before": per_second(Period.parse, codes, forget),
        "read what people write, not seen before": per_second(Period.parse, phrases, forget),
        "next quarter": per_second(Period.next, quarters),
        "compare two quarters": per_second(lambda pair: pair[0] < pair[1], pairs),
        "first day of a quarter (ours is kept)": per_second(lambda quarter: quarter.start, quarters),
    }


def theirs(pandas: Any) -> dict[str, float]:
    """The same of pandas, as nearly as it has it: it keeps no texts, so nothing is seen before."""
    months = [f"{year}-{month:02}" for year in range(1800, 2600) for month in range(1, 13)]
    days = dates_in_words("Sep")
    quarters = [pandas.Period("1950Q1", freq="Q-MAR") + step for step in range(400)] * 50
    pairs = list(pairwise(quarters))
    return {
        "read a code seen before": per_second(pandas.Period, [months[0]] * 5000),
        "read a code not seen before": per_second(pandas.Period, months),
        "read what people write, not seen before": per_second(pandas.Period, days),
        "next quarter": per_second(lambda quarter: quarter + 1, quarters),
        "compare two quarters": per_second(lambda pair: pair[0] < pair[1], pairs),
        "first day of a quarter (ours is kept)": per_second(lambda quarter: quarter.start_time, quarters),
    }


def main() -> int:
    """Print both, and fail where a promise is not kept."""
    try:
        import pandas
    except ImportError:
        pandas = None
    beside = theirs(pandas) if pandas is not None else {}
    versions = f"Python {platform.python_version()}, {platform.machine()}"
    print(f"{versions}; pandas {pandas.__version__ if pandas is not None else 'not installed'}")
    print(f"{'a second':42}{'outcome_bees':>14}{'pandas':>12}{'promised':>12}")
    kept = True
    for what, speed in ours().items():
        bar = BARS.get(what)
        kept = kept and (bar is None or speed >= bar)
        other, promised = beside.get(what), f"{bar:,}" if bar else ""
        print(f"{what:42}{speed:14,.0f}{f'{other:,.0f}' if other else '':>12}{promised:>12}")
    slowest, text = max((1e6 / per_second(refused, [each] * 50), each) for each in HOSTILE)
    print(f"the slowest refusal of {len(HOSTILE)} hostile texts takes {slowest:,.0f} µs: {text[:40]!r}")
    return 0 if kept and slowest < SLOWEST_REFUSAL else 1


if __name__ == "__main__":
    sys.exit(main())
