"""What places are called in a report: the caller's names, else the figures', else the register's."""

from collections.abc import Mapping

from attrs import field, frozen

from outcome_bees.areas.register import area, name, successors
from outcome_bees.frozen import FrozenMapping

__all__ = ["Names"]


def names_by_code(given: Mapping[str, str]) -> FrozenMapping[str, str]:
    return FrozenMapping(given)


@frozen
class Names:
    """The names to show for places.

    Attributes:
        given: Names by code that the caller chose; they go before all others.
        published: Names by code as the published table had them, in a column ``area_name``.

    Example:
        >>> names = Names({"north-area": "North Herts office"})
        >>> names.of("north-area"), names.of("E10000015"), names.of("unknown-7"), names.of(None)
        ('North Herts office', 'Hertfordshire', 'unknown-7', 'no place')
        >>> names.in_full("E10000006")
        'Cumbria (until 2023; now Cumberland; Westmorland and Furness)'
    """

    given: Mapping[str, str] = field(factory=FrozenMapping, converter=names_by_code)
    published: Mapping[str, str] = field(factory=FrozenMapping, converter=names_by_code)

    def of(self, code: str | None) -> str:
        """Return the name of a place; its code where no name is known, and "no place" for ``None``."""
        if code is None:
            return "no place"
        return self.given.get(code) or self.published.get(code) or name(code)

    def in_full(self, code: str | None) -> str:
        """Return the name and, of a former code, until when it was used and what took its place."""
        name_now, found = self.of(code), None if code is None else area(code)
        if code is None or found is None or found.end is None:
            return name_now
        now = [self.of(each) for each in successors(code)]
        if now == [name_now]:
            return f"{name_now} (code until {found.end.year}; now {successors(code)[0]})"
        return f"{name_now} (until {found.end.year}; now {'; '.join(now)})"
