"""Outcome bees: what a plan is for, in the words agreed with children and young people.

The vocabulary is open. Seven bees are known from Hertfordshire's published plans; a plan may bring its own.
"""

import re
from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from outcome_bees.errors import InvalidTypeError, UnknownNameError
from outcome_bees.frozen import FrozenMapping, described
from outcome_bees.identifiers import slug
from outcome_bees.model.fields import extensions, item_id, located, text, text_or_none

__all__ = ["OUTCOME_BEES", "OutcomeBee", "bee_id"]

_KNOWN = {
    "Safe": "Free from harm, at home and in the community.",
    "Healthy": "Well in body and mind, with a good start and healthy choices.",
    "Ambitious": "Able to thrive, to learn and to reach for their own goals.",
    "Independent": "Ready for work, a home and an adult life of their own.",
    "Resilient": "Able to meet difficulty, knowing where help is to be had.",
    "Happy": "Content with their lives and confident in themselves.",
    "Included": "Heard, valued and part of what goes on.",
}


def bee_id(name: str) -> str:
    """Return the id of the bee that a name spells, under any case, spacing or dash, or "Bee" for "Be".

    Example:
        >>> bee_id("Bee  ambitious"), bee_id("safe"), bee_id("BeAmbitious"), bee_id("Outcome Bee: Be Safe")
        ('be-ambitious', 'be-safe', 'be-ambitious', 'be-safe')
    """
    if not isinstance(name, str):
        raise InvalidTypeError("bee", name, "the name of a bee, such as 'Be Safe'")
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|[\u2010-\u2015\u2212]", " ", name)
    words = re.sub(r"^(?:outcome-bees?-)?(?:bee?-)?|-bee$", "", slug(apart))
    run_together = words.removeprefix("be")
    return f"be-{run_together if run_together.capitalize() in _KNOWN else words}"


@described(
    id='The bee\'s identity, such as ``"be-safe"``.',
    name='As people write it, such as ``"Be Safe"``.',
    description="What it means; ``None`` where the plan does not state it.",
    extensions="Fields of your own, each ``x-…``: kept, written and shown, and never read.",
)
@frozen(kw_only=True, field_transformer=located)
class OutcomeBee:
    """One of the outcomes that a children's services plan works for, such as *Be Safe*.

    Source: Hertfordshire's Plan for Children and Young People 2018-21 (six outcome bees) and the
    strategic priorities 2024-25 (the seventh, Be Included).

    Example:
        >>> OutcomeBee(id="be-curious", name="Be Curious").id
        'be-curious'
    """

    id: str = field(converter=item_id)
    name: str = field(converter=text)
    description: str | None = field(default=None, converter=text_or_none)
    extensions: Mapping[str, Any] = field(factory=FrozenMapping, converter=extensions)

    @property
    def title(self) -> str:
        """The name, under the word that all other items of a plan have for theirs."""
        return self.name

    @classmethod
    def from_name(cls, name: str) -> "OutcomeBee":
        """Find the known bee that a name spells.

        Raises:
            UnknownNameError: No known bee is spelt so; the message lists them and the nearest.

        Example:
            >>> OutcomeBee.from_name("Bee\\u00a0Ambitious").name
            'Be Ambitious'
        """
        wanted = bee_id(name)
        for bee in OUTCOME_BEES:
            if bee.id == wanted:
                return bee
        raise UnknownNameError("outcome bee", name, [bee.name for bee in OUTCOME_BEES])


OUTCOME_BEES: tuple[OutcomeBee, ...] = tuple(
    OutcomeBee(id=bee_id(name), name=f"Be {name}", description=description) for name, description in _KNOWN.items()
)
"""The bees known from Hertfordshire's published plans.

Example:
    >>> [bee.name for bee in OUTCOME_BEES][:2]
    ['Be Safe', 'Be Healthy']
"""
