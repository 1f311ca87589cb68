"""What a target may be: whatever could never be evaluated is refused where it is built, and nothing else is."""

from types import SimpleNamespace
from typing import Any

import pytest

from outcome_bees import (
    Baseline,
    Beat,
    Complete,
    Flat,
    Hold,
    Improve,
    Linear,
    Margin,
    Period,
    Profile,
    Rank,
    Reach,
    StayBetween,
    Target,
)
from outcome_bees.errors import InvalidTypeError, InvalidValueError
from outcome_bees.model.constraints import broken_invariants

PERCENT, AMOUNT, NOTHING = Margin(percent=5), Margin(amount=5), Baseline("FY2020-21", 0)
OF_ZERO = "Margin(amount=…) where zero is required"


def target(**fields: Any) -> Target:
    call: dict[str, Any] = {"id": "t", "measure": "m", "aim": Reach(5), "due": "FY2024-25"}
    return Target(**call | fields)


def profile(*values: Any) -> Profile:
    return Profile({f"FY{2025 - at}-{26 - at}": value for at, value in enumerate(values, 1)})  # type: ignore[misc]


@pytest.mark.parametrize(
    ("fields", "field", "allowed"),
    [
        ({"aim": Reach(0), "tolerance": PERCENT}, "tolerance", OF_ZERO),
        ({"aim": StayBetween(0, 5), "tolerance": PERCENT}, "tolerance", OF_ZERO),
        ({"aim": StayBetween(-5, 0), "tolerance": PERCENT}, "tolerance", OF_ZERO),
        ({"aim": Hold(), "baseline": NOTHING, "tolerance": PERCENT}, "tolerance", OF_ZERO),
        ({"aim": Improve(), "baseline": NOTHING, "tolerance": PERCENT}, "tolerance", OF_ZERO),
        ({"trajectory": profile(5, 0), "tolerance": PERCENT}, "tolerance", OF_ZERO),
        ({"aim": None, "trajectory": profile(5, 0), "tolerance": PERCENT}, "tolerance", OF_ZERO),
        (
            {"aim": Improve(PERCENT), "baseline": NOTHING},
            "aim.by",
            "Margin(amount=…) where the baseline is zero",
        ),
        *(
            (
                {"aim": aim, "trajectory": Linear(), "baseline": Baseline("FY2020-21", 1)},
                "trajectory",
                "Linear() with Reach, Improve or Hold only",
            )
            for aim in (StayBetween(1, 2), Beat("c"), Rank(1, 4), Complete())
        ),
        ({"trajectory": Linear()}, "trajectory", "Linear() with both a baseline and a due period"),
        (
            {"trajectory": Linear(), "baseline": NOTHING, "due": None},
            "trajectory",
            "Linear() with both a baseline and a due period",
        ),
        *(
            ({"trajectory": Linear(), "baseline": Baseline(code)}, "baseline", "a period before FY2024-25")
            for code in ("FY2024-25", "2025-03-31", "FY2025-26")
        ),
        *(
            ({"aim": aim, "trajectory": profile(5), "baseline": NOTHING}, "trajectory", "a profile with Reach only")
            for aim in (StayBetween(1, 2), Beat("c"), Rank(1, 4), Complete(), Hold(), Improve())
        ),
        ({"trajectory": profile("5.1", 3)}, "trajectory", "5 at the due period, as in the aim"),
        ({"aim": Complete(), "tolerance": AMOUNT}, "tolerance", "none: a milestone is done or it is not"),
        ({"aim": Complete(), "tolerance": PERCENT}, "tolerance", "none: a milestone is done or it is not"),
        ({"aim": Rank(1, 4), "tolerance": PERCENT}, "tolerance", "Margin(amount=…), in places"),
    ],
)
def test_what_could_never_be_evaluated_is_refused(fields: dict[str, Any], field: str, allowed: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        target(**fields)
    assert (caught.value.what, caught.value.allowed) == (f"Target.{field}", allowed)
    assert caught.value.hint == ("a percentage of zero is undefined" if "zero" in allowed else None)


@pytest.mark.parametrize(
    "fields",
    [
        {"aim": Reach(0), "tolerance": AMOUNT},
        {"aim": Reach(0)},
        {"aim": Reach("0.1"), "tolerance": PERCENT},
        {"aim": StayBetween(1, 5), "tolerance": PERCENT, "baseline": NOTHING},
        {"aim": Hold(), "tolerance": PERCENT},
        {"aim": Hold(), "baseline": Baseline("FY2020-21"), "tolerance": PERCENT},
        {"aim": Improve(), "baseline": Baseline("FY2020-21", 1), "tolerance": PERCENT},
        {"aim": Improve(AMOUNT), "baseline": NOTHING, "tolerance": PERCENT},
        {"aim": Improve(AMOUNT), "baseline": NOTHING},
        {"aim": Improve(PERCENT), "baseline": Baseline("FY2020-21")},
        {"aim": Improve(PERCENT), "baseline": Baseline("FY2020-21", 1)},
        {"aim": Improve(PERCENT)},
        {"aim": Improve(), "baseline": NOTHING},
        {"aim": Beat("c"), "baseline": NOTHING, "tolerance": PERCENT},
        {"trajectory": profile(5, 0), "tolerance": AMOUNT},
        {"trajectory": profile(5, 1), "tolerance": PERCENT},
        *(
            {"aim": aim, "trajectory": Linear(), "baseline": Baseline("FY2020-21", 1)}
            for aim in (Reach(5), Hold(), Improve(), None)
        ),
        {"trajectory": Linear(), "baseline": Baseline("2025-03-30")},
        {"aim": None, "trajectory": profile(6)},
        {"trajectory": profile(6), "due": None},
        {"trajectory": profile(6), "due": "FY2030-31"},
        {"trajectory": profile("5.0", 6)},
        {"aim": None, "tolerance": AMOUNT},
        {"aim": Complete()},
        {"aim": Rank(1, 4)},
        {"aim": Rank(1, 4), "tolerance": AMOUNT},
        {"baseline": Baseline("FY2025-26")},
    ],
)
def test_all_else_is_a_target(fields: dict[str, Any]) -> None:
    made = target(**fields)
    assert {name: getattr(made, name) for name in fields if name != "due"} == {
        name: value for name, value in fields.items() if name != "due"
    }


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("aim", "Reach, StayBetween, Improve, Hold, Beat, Complete or Rank"),
        ("baseline", "Baseline(period, value)"),
        ("trajectory", "Flat(), Linear() or Profile({period: number})"),
        ("tolerance", "Margin(amount=…) or Margin(percent=…)"),
    ],
)
@pytest.mark.parametrize("given", [5, "reach", {"value": 5}])
def test_what_a_target_is_made_of_is_an_object_of_its_class(name: str, allowed: str, given: Any) -> None:
    with pytest.raises(InvalidTypeError) as caught:
        target(**{name: given})
    assert (caught.value.what, caught.value.allowed) == (f"Target.{name}", allowed)


def test_by_default_the_goal_itself_holds_on_the_way() -> None:
    assert (target().trajectory, target().baseline, target().tolerance) == (Flat(), None, None)
    with pytest.raises(InvalidTypeError, match=r"Target\.trajectory"):
        target(trajectory=None)


@pytest.mark.parametrize(
    ("aim", "way", "depends"),
    [
        *((aim, Flat(), True) for aim in (Hold(), Improve(), Improve(PERCENT))),
        *((aim, Flat(), False) for aim in (Reach(5), StayBetween(1, 2), Beat("c"), Rank(1, 4), Complete(), None)),
        *((aim, Linear(), True) for aim in (Reach(5), Hold(), None)),
        (Reach(5), profile(5), False),
    ],
)
def test_what_improves_holds_or_is_on_a_line_depends_on_its_baseline(aim: Any, way: Any, depends: bool) -> None:
    assert target(aim=aim, trajectory=way, baseline=Baseline("FY2020-21", 1)).stands_on_baseline is depends


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"trajectory": Linear()}, ["Target.trajectory"]),
        ({"trajectory": Linear(), "due": Period.from_code("FY2024-25")}, ["Target.trajectory"]),
        ({"trajectory": Linear(), "baseline": NOTHING}, ["Target.trajectory"]),
        (
            {"trajectory": Linear(), "aim": Complete(), "tolerance": PERCENT},
            ["Target.trajectory", "Target.trajectory", "Target.tolerance"],
        ),
        (
            {"aim": Rank(1, 4), "tolerance": PERCENT, "trajectory": profile(0)},
            ["Target.tolerance", "Target.trajectory", "Target.tolerance"],
        ),
    ],
)
def test_of_what_is_no_target_all_that_is_wrong_is_found(fields: dict[str, Any], wrong: list[str]) -> None:
    none = dict.fromkeys(("due", "baseline", "tolerance"))
    whole = SimpleNamespace(**{"aim": Reach(5), "trajectory": Flat(), "RULES": Target.RULES} | none | fields)
    assert [each.what for each in broken_invariants(whole, ())] == wrong
