"""What one published sentence says of a measure."""

from decimal import Decimal

from attrs import field, frozen

from outcome_bees.frozen import FrozenMapping
from outcome_bees.periods import Period
from outcome_bees.statements.comparison import Comparison
from outcome_bees.vocabulary import Direction, MeasureKind

__all__ = ["Statement"]


@frozen(kw_only=True)
class Statement:
    """What one sentence of a plan says of a measure, and nothing that it does not say.

    Attributes:
        text: The sentence, as given; of a part, the words that are the part's.
        kind: The sort of figure; ``None`` where no word says it.
        direction: Which way the figure is to go; ``None`` where it is not said, or the parts differ.
        comparator: What the figure is compared with.
        due: The period by whose end it is to be so; ``None`` without a deadline, or where the words leave
            open which (a "2025/26" of no stated calendar): ``evidence["due"]`` then has those words.
        unit: The code of the figure's unit; ``None`` where the words do not say one of the closed list.
        number: The number to be reached or delivered, in that unit; ``None`` without one, for a share in
            words ("one in three"), a range, and a mere change ("by 10%").
        components: The parts of a compound, each a statement of its own; empty for a single measure.
        evidence: Field by field, the words of the sentence that say so.

    Example:
        >>> Statement(text="Staff survey data", kind=MeasureKind.NARRATIVE).direction is None
        True
    """

    text: str
    kind: MeasureKind | None = None
    direction: Direction | None = None
    comparator: Comparison = Comparison.NONE
    due: Period | None = None
    unit: str | None = None
    number: Decimal | None = None
    components: "tuple[Statement, ...]" = ()
    evidence: FrozenMapping[str, tuple[str, ...]] = field(factory=FrozenMapping, repr=False)
