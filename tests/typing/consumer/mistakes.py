"""What a type checker must object to. One ignore too many is an error, so each line is held to its mistake.

Nothing here is run.
"""

from report import AS_OF, in_time, targets

import outcome_bees
from outcome_bees import Margin, Reach, Target, evaluate


def mistakes() -> None:
    print(outcome_bees.evaluat)  # type: ignore[attr-defined]
    Margin(5)  # type: ignore[call-arg]
    Target(id="t", measure="m", aim=95)  # type: ignore[arg-type]
    Reach(None)  # type: ignore[arg-type]
    in_time.title = "another"  # type: ignore[misc]
    print(targets[0].due.label)  # type: ignore[union-attr]
    evaluate(targets[0], measure=in_time, observations=[])  # type: ignore[call-arg]
    evaluate(targets[0], measure=in_time, observations=[], as_of=20251231)  # type: ignore[arg-type]
    print(evaluate(targets[0], measure=in_time, observations=[], as_of=AS_OF).colour)  # type: ignore[attr-defined]
