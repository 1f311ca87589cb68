"""What does not go from one form into another: every field without a place, its value, and why."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from attrs import field, frozen

from outcome_bees.errors import shown

__all__ = ["Loss", "LossReport"]

_SHOWN = 20


@frozen
class Loss:
    """One field that the other form has no place for.

    Attributes:
        path: Where it is in what was converted: ``$.measures[3].direction``, or the path of an element of XML.
        value: What it holds, as a document would have it.
        reason: Why it is lost.
        line: The line of the element that was read; ``None`` where a plan was written.

    Example:
        >>> print(Loss("$.measures[0].direction", "increase", "StratML has no element for it"))
        $.measures[0].direction = 'increase': StratML has no element for it
    """

    path: str
    value: Any = field(hash=False)
    reason: str
    line: int | None = None

    def __str__(self) -> str:
        where = self.path if self.line is None else f"line {self.line}, {self.path}"
        return f"{where} = {shown(self.value)}: {self.reason}"


@frozen
class LossReport:
    """All that was lost in a conversion, in the order of what was converted; false where nothing was.

    Attributes:
        losses: Each field.

    Example:
        >>> report = LossReport((Loss("$.measures[0].direction", "increase", "StratML has no element for it"),))
        >>> bool(report), len(report), report.paths
        (True, 1, ('$.measures[0].direction',))
        >>> print(report)
        1 field is lost:
          $.measures[0].direction = 'increase': StratML has no element for it
    """

    losses: tuple[Loss, ...] = ()

    def __iter__(self) -> Iterator[Loss]:
        return iter(self.losses)

    def __len__(self) -> int:
        return len(self.losses)

    @property
    def paths(self) -> tuple[str, ...]:
        """Where each of them is."""
        return tuple(each.path for each in self.losses)

    def __str__(self) -> str:
        if not self.losses:
            return "nothing is lost"
        lines = [f"{len(self):,} field{' is' if len(self) == 1 else 's are'} lost:"]
        lines += [f"  {each}" for each in self.losses[:_SHOWN]]
        further = Counter(each.reason for each in self.losses[_SHOWN:])
        lines += [f"  … and {count:,} more: {reason}" for reason, count in further.most_common()]
        return "\n".join(lines)
