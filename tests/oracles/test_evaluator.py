"""The evaluator says what the oracle says, on drawn cases crowded where verdicts change.

CI compares twenty thousand, in shares that xdist spreads. A million by hand, which takes some minutes on two cores:

    OUTCOME_BEES_ORACLE_CASES=1000000 python -m pytest tests/oracles/test_evaluator.py -n auto
"""

import os
from collections import Counter
from fractions import Fraction

import pytest

from outcome_bees import Observations, evaluate

from .drawing import cases
from .oracle import Answer, Case, answer

CASES = int(os.environ.get("OUTCOME_BEES_ORACLE_CASES", "20000"))
SHARES = max(1, CASES // 1000)


def given(case: Case) -> Answer:
    """Return what the library says, in the words of the oracle."""
    said = evaluate(
        case.target,
        measure=case.measure,
        observations=Observations(case.observations, provisional_after_final_ok=True),
        as_of=case.as_of,
        policy=case.policy,
        area=case.area,
        comparators=case.comparators,
    )
    judged = said.verdict is not None  # without a verdict, what would be required is for display alone
    return Answer(
        said.status,
        said.verdict,
        said.reason,
        Fraction(said.required) if judged and said.required is not None else None,
        Fraction(said.gap) if judged and said.gap is not None else None,
        said.travel,
        said.travel_basis,
        None if said.observation is None else said.observation.period,
    )


def differences(case: Case, one: Answer, other: Answer) -> list[str]:
    """Return the fields in which two answers differ; numbers are given to six digits beyond those published."""
    nearly = Fraction(1, 10 ** (case.measure.digits + 6))
    found = []
    for name, this, that in zip(Answer._fields, one, other, strict=True):
        if isinstance(this, Fraction) and isinstance(that, Fraction):
            alike = abs(this - that) <= nearly
        else:
            alike = this == that
        if not alike:
            found.append(f"{name}: the library says {this}, the oracle {that}")
    return found


@pytest.mark.parametrize("share", range(SHARES))
def test_the_evaluator_says_what_the_words_of_the_design_say(share: int) -> None:
    size = CASES // SHARES
    told = []
    for number, case in cases(share * size, (share + 1) * size):
        found = differences(case, given(case), answer(case))
        if found:
            told.append(f"case {number}: {'; '.join(found)}\n    {case}")
    assert not told, f"{len(told)} cases differ, such as\n" + "\n".join(told[:3])


def test_every_status_verdict_reason_and_travel_is_among_the_cases() -> None:
    from outcome_bees import Reason, Status, Travel, Verdict

    seen: Counter[object] = Counter()
    for _, case in cases(0, 8000):
        seen.update(answer(case)[:3])
        seen[answer(case).travel] += 1
    assert {*Status, *Verdict, *Reason, *Travel} <= set(seen)
    assert min(seen[each] for each in Reason) >= 20
