"""What a number counts: a closed list of units, what people write for them, and exact conversion between them."""

from outcome_bees.units.unit import Unit

__all__ = ["Unit"]
