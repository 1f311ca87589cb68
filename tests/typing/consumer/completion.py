"""What an editor built on jedi offers to whoever uses the installed library: run where jedi is beside it."""

from typing import Any

import jedi  # type: ignore[import-untyped, unused-ignore]

ASKED = {
    "import outcome_bees as ob\nob.Meas": "Measure",
    "import outcome_bees as ob\nob.frames.ev": "evaluate",
    "from outcome_bees import load_pl": "load_plan",
    "from outcome_bees import evaluate_plan\nevaluate_plan(plan, [], as_of=day).to_c": "to_csv",
    "from outcome_bees import Target\nTarget(id='t', measure='m', aim=None).own": "owner",
}


def main() -> None:
    for typed, offered in ASKED.items():
        script: Any = jedi.Script(typed)
        found = [str(each.name) for each in script.complete()]
        assert offered in found, f"{typed!r} completes to {found}"


if __name__ == "__main__":
    main()
