"""Small numbers for the few distinct texts of columns: an engine groups, joins and compares them faster than texts."""

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

__all__ = ["FIGURE_NUMBER", "PLACE_CODE", "SERIES_CODE", "Coding"]

# The columns of these numbers, in names that no column of the caller's is likely to have.
SERIES_CODE = "series code"
PLACE_CODE = "place code"
FIGURE_NUMBER = "figure number"
_NOWHERE = -(2**63)  # below zero whatever is added: there are never so many numbers


@frozen
class Coding:
    """A number from 0 for every combination of the texts that some columns hold.

    Attributes:
        places: By column, the place of each text among those that it holds.

    Example:
        >>> coding = Coding.of({"measure": ["births", "deaths"], "period": ["CY2023", "CY2024"]})
        >>> coding.numbers([["deaths", "deaths"], ["CY2023", "CY2025"]]), coding.size
        ([2, -1], 4)
    """

    places: Mapping[str, Mapping[str, int]]

    @classmethod
    def of(cls, texts: Mapping[str, Iterable[str]]) -> "Coding":
        """Return the numbers for the texts of columns, given in the order of the columns."""
        return cls(
            {column: {text: place for place, text in enumerate(dict.fromkeys(held))} for column, held in texts.items()}
        )

    @property
    def size(self) -> int:
        """How many numbers there are."""
        size = 1
        for held in self.places.values():
            size *= len(held)
        return size

    def number(self, *texts: str) -> int:
        """Return the number of one combination, its texts in the order of the columns; -1 where one is of no row."""
        return self.numbers([(text,) for text in texts])[0]

    def numbers(self, columns: Sequence[Sequence[str]]) -> list[int]:
        """Return the number of the texts in each row of columns, in their order; -1 where one of them is of no row."""
        numbers = [0] * len(columns[0])
        for texts, places in zip(columns, self.places.values(), strict=True):
            size, place_of = len(places), places.get
            numbers = [number * size + place_of(text, _NOWHERE) for number, text in zip(numbers, texts, strict=True)]
        return [number if number >= 0 else -1 for number in numbers]
