"""Small numbers for the few distinct texts of columns: an engine groups, joins and compares them faster than texts."""

from collections.abc import Iterable, Mapping

from attrs import frozen

__all__ = ["FIGURE_NUMBER", "PLACE_CODE", "SERIES_CODE", "Coding"]

# The columns of these numbers, in names that no column of the caller's is likely to have.
SERIES_CODE = "series code"
PLACE_CODE = "place code"
FIGURE_NUMBER = "figure number"


@frozen
class Coding:
    """A number from 0 for every combination of the texts that some columns hold.

    Attributes:
        places: By column, the place of each text among those that it holds.

    Example:
        >>> coding = Coding.of({"measure": ["births", "deaths"], "period": ["CY2023", "CY2024"]})
        >>> coding.number("deaths", "CY2023"), coding.size
        (2, 4)
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
        number = 0
        for text, places in zip(texts, self.places.values(), strict=True):
            place = places.get(text)
            if place is None:
                return -1
            number = number * len(places) + place
        return number
