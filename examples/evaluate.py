"""From a published plan and a table of published figures to a status for every measure."""

from datetime import date
from pathlib import Path

from outcome_bees import Status, evaluate_plan, load_observations, load_plan
from outcome_bees.evaluation.policy import FIVE_PER_CENT

HERE = Path(__file__).parent
AS_OF = date(2025, 12, 31)  # the day whose knowledge counts: the same answer next year
HERTFORDSHIRE = "E10000015"

# The plan extends a published edition by baselines and due periods; the figures hold England as well.
plan = load_plan(HERE / "hertfordshire-2024-25.yaml")
figures = load_observations(HERE / "hertfordshire.csv", plan=plan)

card = evaluate_plan(plan, figures, as_of=AS_OF, area=HERTFORDSHIRE)
print(card)

# One sentence for each measure that was missed, with its numbers, units and periods.
for answer in card.evaluations:
    if answer.status is Status.MISSED and answer.target:
        print(f"{plan.measure(answer.measure).title}: {answer.explanation}")
print()

# What counts as near is local policy: the same figures by another council's rule.
by_another_rule = evaluate_plan(plan, figures, as_of=AS_OF, area=HERTFORDSHIRE, policy=FIVE_PER_CENT)
for strict, lenient in zip(card.evaluations, by_another_rule.evaluations, strict=True):
    if strict.status is not lenient.status:
        title = plan.measure(strict.measure).title
        print(f"{title}: {strict.status} by {strict.policy}, {lenient.status} by {lenient.policy}")
