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

    def with_code(self, code: str | None) -> str:
        """Return the name with the code, and of a former one what took its place; the code alone where it has no name.

        Example:
            >>> Names().with_code("E10000015"), Names().with_code("own-1")
            ('Hertfordshire (E10000015)', 'own-1')
            >>> Names().with_code("E06000048")
            'Northumberland (E06000048, until 2013; now E06000057)'
        """
        name_now = self.of(code)
        if code is None or name_now == code:
            return name_now
        until, now = self._since(code, name_now)
        return f"{name_now} ({code}, until {until}; now {now})" if until else f"{name_now} ({code})"

    def in_full(self, code: str | None) -> str:
        """Return the name and, of a former code, until when it was used and what took its place."""
        name_now = self.of(code)
        until, now = (None, "") if code is None else self._since(code, name_now)
        if not until:
            return name_now
        return f"{name_now} ({'code ' if now in successors(code or '') else ''}until {until}; now {now})"

    def _since(self, code: str, name_now: str) -> tuple[int | None, str]:
        """Return until when a former code was used, and what is there now; of an unchanged name, its new code."""
        found = area(code)
        if found is None or found.end is None:
            return None, ""
        now = [self.of(each) for each in successors(code)]
        return found.end.year, successors(code)[0] if now == [name_now] else "; ".join(now)
